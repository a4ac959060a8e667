/// What a measure's definition says about itself.
struct Facts: Sendable {
  let code: String
  var aliases: [String] = []
  let name: String
  let scale: Scale
  let display: Transform
  var varianceTypes: [VarianceType] = [.LS]
  let formula: String
  let assumptions: String
  let source: String
}

extension Measure {
  init(
    _ facts: Facts, family: Family, forms: [InputForm], add: Double = 0,
    compute: @escaping @Sendable (StudyColumns, Settings) -> EffectColumns
  ) {
    self.init(
      code: facts.code, aliases: facts.aliases, name: facts.name, family: family, scale: facts.scale,
      display: facts.display, forms: forms, varianceTypes: facts.varianceTypes, defaultAdd: add,
      formula: facts.formula, assumptions: facts.assumptions, source: facts.source, compute: compute)
  }
}
