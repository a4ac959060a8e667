import EffectSizes
import Synthesis

/// Makes the data of a forest plot from studies and fits.
public struct ForestBuilder: Sendable {
  let input: ForestInput
  let style: ForestStyle
  let options: ForestOptions

  private init(_ input: ForestInput, style: ForestStyle, options: ForestOptions) {
    self.input = input
    self.style = style
    self.options = options
  }

  /// The data of the figure: rows in drawing order with numbers and texts, the axis, headings and footers.
  ///
  /// Studies stay in the order of the input unless `options` sort them, within their subgroup if there are subgroups. A
  /// study whose group has no entry in `input.groups` comes under a heading of its own, without subtotal.
  public static func table(
    _ input: ForestInput, style: ForestStyle = .plain, options: ForestOptions = ForestOptions()
  ) -> ForestTable {
    ForestBuilder(input, style: style, options: options).table()
  }

  private func table() -> ForestTable {
    let rows = self.rows()
    let axis = ForestAxisFinder(input: input, options: options, style: style).axis(rows)
    var table = ForestTable(style: style.name, digits: options.digits, axis: axis)
    table.title = input.title
    table.analysis = analysis()
    table.extraColumns = input.extraColumns
    if input.studies.contains(where: { $0.raw.hasControl }) {
      table.headings = [KeyedText("arm_e", input.armExperimental), KeyedText("arm_c", input.armControl)]
    }
    table.rows = rows
    table.footers = ForestFootnotes(input: input).lines
    var composed = ForestComposer.composed(table, style: style)
    if let cells = options.cells { composed.cells = ForestCell.layout(cells) }
    if !input.showsAnalysisScale { composed.cells.removeAll { $0 == .generic } }
    if let heading = input.labelHeading { composed.headings["label"] = heading }
    return composed
  }

  private func analysis() -> [KeyedText] {
    var entries = [
      KeyedText("measure", input.measureCode), KeyedText("measure_name", input.measureName),
      KeyedText("scale", input.scale.rawValue), KeyedText("weighting", input.weighting),
      KeyedText("level", ForestFootnotes.percent(input.level)),
    ]
    if let main = input.overall.last ?? input.groups.lazy.compactMap({ $0.pooled.last }).first {
      entries.append(KeyedText("model", main.model.rawValue))
      entries.append(KeyedText("tau2", main.model == .random ? main.fit.method : "none"))
      entries.append(KeyedText("ci", main.fit.inference))
      entries.append(KeyedText("pi", main.fit.prediction?.method ?? "none"))
      entries.append(KeyedText("i2", main.fit.heterogeneity.iSquaredMethod))
    }
    return entries + input.provenance
  }

  private func rows() -> [ForestRow] {
    let order = ForestOrder(input: input, options: options)
    var rows: [ForestRow] = []
    if groupNames.isEmpty, options.showStudies {
      rows += order.indices(of: nil).map { study(input.studies[$0], sortKey: order.key($0)) }
    }
    for name in options.showStudies ? groupNames : [] {
      let members = order.indices(of: name)
      var heading = ForestRow(.heading)
      heading.label = name
      heading.subgroup = name
      rows.append(heading)
      rows += members.map { study(input.studies[$0], sortKey: order.key($0)) }
      guard let group = input.groups.first(where: { $0.name == name }) else { continue }
      rows += pooledRows(group.pooled, group: group, members: members.map { input.studies[$0] })
    }
    if !options.showStudies { rows += input.groups.flatMap(summaryRows) }
    rows += pooledRows(input.overall, group: nil, members: input.studies)
    if let test = input.subgroupTest { rows.append(subgroupTest(test)) }
    return rows
  }

  /// The groups of the input, then those that only studies name, in order of appearance.
  private var groupNames: [String] {
    var names = input.groups.map(\.name)
    guard !names.isEmpty || input.studies.contains(where: { $0.group != nil }) else { return [] }
    for study in input.studies {
      let name = study.group ?? ForestOrder.noGroup
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  private func study(_ study: ForestStudy, sortKey: String?) -> ForestRow {
    var row = base(study.effect == nil ? .studyNotEstimable : .study)
    row.subgroup = study.group
    row.studyID = study.label
    row.label = study.label
    row.year = study.year
    row.ciMethod = study.effect == nil ? nil : "normal"
    row.weightCommon = study.weightCommon
    row.weightRandom = study.weightRandom
    row.setRaw(study.raw)
    row.excludedReason = study.effect == nil ? study.notEstimableReason : nil
    row.note = study.note
    row.sortKey = sortKey
    row.extra = study.extra
    if let effect = study.effect { setEffect(&row, effect) }
    return row
  }

  private func base(_ type: ForestRow.RowType) -> ForestRow {
    var row = ForestRow(type)
    row.measure = input.measureCode
    row.scale = input.scale.rawValue
    row.nullValue = input.null
    row.level = input.level
    return row
  }

  private func setEffect(_ row: inout ForestRow, _ effect: ForestEffect) {
    row.estimate = Self.bounded(effect.estimate)
    row.se = Self.bounded(effect.standardError)
    row.ciLower = Self.bounded(effect.lower)
    row.ciUpper = Self.bounded(effect.upper)
    row.estimateDisplay = Self.bounded(effect.displayed?.estimate ?? input.display(effect.estimate))
    row.ciLowerDisplay = Self.bounded(effect.displayed?.lower ?? input.display(effect.lower))
    row.ciUpperDisplay = Self.bounded(effect.displayed?.upper ?? input.display(effect.upper))
  }

  /// Stands for infinity, which JSON cannot hold; printed as ∞.
  static let unbounded = Double.greatestFiniteMagnitude

  /// The value, infinities as ±``unbounded``; `nil` for not-a-number.
  private static func bounded(_ value: Double) -> Double? {
    value.isNaN ? nil : min(max(value, -unbounded), unbounded)
  }

  /// The rows of pooled estimates, of their prediction intervals, and the lines of text under them.
  private func pooledRows(_ fits: [ForestPooled], group: ForestGroup?, members: [ForestStudy]) -> [ForestRow] {
    let isWhole = group?.isWhole ?? true
    let type: ForestRow.RowType = isWhole ? .overall : .subgroup
    var rows: [ForestRow] = []
    for pooled in fits {
      rows.append(pooledRow(pooled, type: type, group: group, members: members))
      let wanted = isWhole ? options.showPrediction : options.showSubgroupPrediction
      if wanted, let row = predictionRow(pooled, group: group) { rows.append(row) }
    }
    if fits.isEmpty, let reason = group?.notEstimableReason {
      var row = base(type)
      row.subgroup = group?.name
      row.excludedReason = reason
      rows.append(row)
    }
    if let last = fits.last { rows.append(heterogeneityRow(last, group: group)) }
    // Single-group measures have no value of no effect that a test could be about.
    if input.null != nil, isWhole || style.frame.testsInSubgroups {
      rows += fits.compactMap { testRow($0, group: group) }
    }
    return rows
  }

  /// The rows of a subgroup of which only the pooled estimates are shown, under its name.
  private func summaryRows(_ group: ForestGroup) -> [ForestRow] {
    let members = input.studies.filter { $0.group == group.name }
    if group.pooled.isEmpty {
      var row = base(.subgroup)
      (row.subgroup, row.studyID) = (group.name, group.name)
      row.excludedReason = group.notEstimableReason
      return [row]
    }
    return group.pooled.map { pooled in
      var row = pooledRow(pooled, type: .subgroup, group: group, members: members)
      row.studyID = group.name
      row.extra = [
        DecimalText(digits: 0).text(Double(pooled.fit.k)),
        pooled.fit.heterogeneity.iSquared.map { DecimalText(digits: style.numbers.i2Digits).text(100 * $0) + "%" }
          ?? "",
      ]
      return row
    }
  }

  private func pooledRow(
    _ pooled: ForestPooled, type: ForestRow.RowType, group: ForestGroup?, members: [ForestStudy]
  ) -> ForestRow {
    var row = base(type)
    row.subgroup = group?.name
    row.model = pooled.model.rawValue
    row.level = pooled.fit.level
    row.k = Double(pooled.fit.k)
    row.ciMethod = pooled.fit.inference
    row.setRaw(ForestRawData.totals(of: members.map(\.raw)))
    switch pooled.model {
    case .common: row.weightCommon = ForestOrder.sum(members.map(\.weightCommon))
    case .random: row.weightRandom = ForestOrder.sum(members.map(\.weightRandom))
    }
    guard let estimate = pooled.fit.pooled else { return row }
    setEffect(
      &row,
      ForestEffect(
        estimate: estimate.value, standardError: estimate.standardError, lower: estimate.interval.lower,
        upper: estimate.interval.upper, displayed: pooled.displayed))
    row.stat = estimate.statistic
    row.df = estimate.degreesOfFreedom
    row.p = estimate.pValue
    row.setHeterogeneity(pooled)
    return row
  }

  private func predictionRow(_ pooled: ForestPooled, group: ForestGroup?) -> ForestRow? {
    guard let prediction = pooled.fit.prediction else { return nil }
    var row = base(.prediction)
    row.subgroup = group?.name
    row.model = pooled.model.rawValue
    row.level = prediction.interval.level
    row.ciMethod = prediction.method
    row.df = prediction.degreesOfFreedom
    let (lower, upper) = (prediction.interval.lower, prediction.interval.upper)
    row.ciLower = Self.bounded(lower)
    row.ciUpper = Self.bounded(upper)
    row.ciLowerDisplay = Self.bounded(pooled.predictionDisplayed?.lower ?? input.display(lower))
    row.ciUpperDisplay = Self.bounded(pooled.predictionDisplayed?.upper ?? input.display(upper))
    return row
  }

  private func heterogeneityRow(_ pooled: ForestPooled, group: ForestGroup?) -> ForestRow {
    var row = ForestRow(.heterogeneityText)
    row.subgroup = group?.name
    row.model = pooled.model.rawValue
    row.setHeterogeneity(pooled)
    return row
  }

  private func testRow(_ pooled: ForestPooled, group: ForestGroup?) -> ForestRow? {
    guard let estimate = pooled.fit.pooled, estimate.pValue != nil else { return nil }
    var row = ForestRow(.testText)
    row.subgroup = group?.name
    row.model = pooled.model.rawValue
    row.stat = estimate.statistic
    row.df = estimate.degreesOfFreedom
    row.p = estimate.pValue
    return row
  }

  /// The test of differences between subgroups; `k` is the number of subgroups, which marks the row.
  private func subgroupTest(_ test: OmnibusTest) -> ForestRow {
    var row = ForestRow(.testText)
    row.k = Double(test.degreesOfFreedom + 1)
    row.qDf = Double(test.degreesOfFreedom)
    if let denominator = test.denominatorDegreesOfFreedom {
      row.stat = test.statistic
      row.df = denominator
      row.p = test.pValue
    } else {
      row.q = test.statistic
      row.qP = test.pValue
      if test.statistic > 0 {
        row.i2 = max(0, 100 * (test.statistic - Double(test.degreesOfFreedom)) / test.statistic)
        row.i2Method = "q"
      }
    }
    return row
  }
}
