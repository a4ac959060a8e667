import Datasets
import EffectSizes
import Plots
import Synthesis

/// How a kind of figure is made from a request: one value a kind, each in a file of its own.
public struct FigureRecipe: Sendable {
  /// The word by which the kind is chosen.
  public let kind: String
  /// What it shows, in a few words.
  public let summary: String
  /// The options that it has beside those of all kinds.
  let options: Set<FigureOption>
  /// Whether it is defined for models with moderators.
  let allowsModerators: Bool
  /// Whether options of the pool change it.
  let pools: Bool
  let make: @Sendable (FigureRequest) throws(EvidenceError) -> FigureRun

  init(
    _ type: any Figure.Type, _ summary: String, options: Set<FigureOption> = [], allowsModerators: Bool = false,
    pools: Bool = true, make: @escaping @Sendable (FigureRequest) throws(EvidenceError) -> FigureRun
  ) {
    self.init(
      kind: type.kind, summary, options: options, allowsModerators: allowsModerators, pools: pools, make: make)
  }

  init(
    kind: String, _ summary: String, options: Set<FigureOption> = [], allowsModerators: Bool = false,
    pools: Bool = true, make: @escaping @Sendable (FigureRequest) throws(EvidenceError) -> FigureRun
  ) {
    self.kind = kind
    self.summary = summary
    self.options = options
    self.allowsModerators = allowsModerators
    self.pools = pools
    self.make = make
  }

  /// All kinds, in the order of the documentation; adding a kind is adding its recipe here.
  public static let all: [FigureRecipe] = [
    funnel, doi, radial, labbe, normalQQ, drapery, bubble, baujat, influence, cumulative, leaveOneOut, gosh,
    profile, baselineRisk, multiverse,
  ]

  /// The recipe of a kind.
  /// - Throws: 64 that names the kinds.
  public static func named(_ kind: String) throws(EvidenceError) -> FigureRecipe {
    if let recipe = all.first(where: { $0.kind == kind }) { return recipe }
    throw EvidenceError(
      .usage, "no kind of figure is called \"\(kind)\"",
      hint: "choose from " + all.map(\.kind).joined(separator: ", ") + "; a forest plot is evidence forest")
  }

  /// Runs the analysis and gathers the figure's data.
  /// - Throws: 64 for options that the kind does not have or data it cannot use, and what the analysis throws.
  public func run(_ request: FigureRequest) throws(EvidenceError) -> FigureRun {
    if let option = request.given.first(where: { !options.contains($0) }) {
      let kinds = FigureRecipe.all.filter { $0.options.contains(option) }.map(\.kind)
      throw EvidenceError(
        .usage, "--\(option.rawValue) is not available with plot \(kind)",
        hint: "it goes with " + kinds.joined(separator: ", "))
    }
    if !pools, let option = request.poolOption {
      throw EvidenceError(
        .usage, "\(option) is not available with plot \(kind)", hint: "leave it out; all methods and inferences are run"
      )
    }
    let pool = request.pool
    let others: [(String, Bool)] = [
      ("--subgroup", pool.subgroupColumn != nil), ("--permute", pool.permutation != nil),
      ("--threshold", pool.threshold != nil),
    ]
    if let other = others.first(where: \.1) {
      throw EvidenceError(
        .usage, "\(other.0) is not available with plot", hint: "leave it out; studies are selected with --where")
    }
    if pool.moderators != nil, !allowsModerators {
      let kinds = FigureRecipe.all.filter(\.allowsModerators).map(\.kind)
      throw EvidenceError(
        .usage, "plot \(kind) shows one pooled estimate, not a meta-regression",
        hint: "leave out --mods; it goes with " + kinds.joined(separator: ", "))
    }
    return try make(request)
  }
}

extension FigureAbout {
  /// What a figure says of an analysis.
  init(_ request: FigureRequest, _ studies: StudySet, _ fit: Fit) {
    let model = fit.effects == "random" ? "Random effects" : fit.effects == "mixed" ? "Mixed effects" : "Common effect"
    self.init(request, studies, note: "\(model), \(fit.method); \(fit.k) studies.")
  }

  /// What a figure says of studies.
  init(_ request: FigureRequest, _ studies: StudySet, note: String) {
    self.init()
    let measure = studies.measure
    title = request.title ?? studies.source.document.dataset?.title
    self.measure = measure.code
    // Values that are neither ratios nor as they are stay on the analysis scale, and so does the name.
    let isShown = measure.display == .exp || measure.display == .none
    measureName = isShown ? measure.shownName : measure.name
    isLog = measure.display == .exp
    null = measure.hasNullEffect ? 0 : nil
    level = request.pool.measure.level
    self.note = note
  }
}
