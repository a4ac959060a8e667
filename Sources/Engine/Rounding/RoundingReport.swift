public import EffectSizes
import NumericCore
import Synthesis
import TableIO

/// How far the figures of a pooled analysis can move within the rounding of its inputs.
public struct RoundingReport: Sendable {
  /// How the ranges were found.
  public enum Method: String, Sendable {
    /// Every input is exact.
    case exact
    /// Bounds that hold for certain.
    case guaranteed
    /// The extremes of corners and points drawn from the box of inputs: the truth may lie a little outside.
    case sampled
  }

  /// How the ranges were found.
  public let method: Method
  /// Cells that were rounded, and cells that are exact.
  public let roundedCells, exactCells: Int
  /// Number of points tried, and the seed they were drawn with; `nil` when none were.
  public let draws: Int?
  let seed: UInt64?
  let figures: [RoundedFigure: ClosedRange<Double>]
  private let display: Display

  /// The points that a sampled range tries: fewer where each costs a long table.
  static func draws(cells: Int) -> Int { min(1000, max(50, 200_000 / max(cells, 1))) }
  /// The most cells that are moved one at a time to find the steepest corners.
  private static let mostAlone = 500

  init(_ request: PoolRequest, _ studies: StudySet, _ fit: Fit, seed: UInt64) throws(EvidenceError) {
    let cells = RoundedCells(studies)
    roundedCells = cells.cells.count
    exactCells = cells.exactCount
    display = Display(studies)
    if cells.cells.isEmpty {
      (method, draws, self.seed, figures) = (.exact, nil, nil, RoundingReport.values(fit).mapValues { $0...$0 })
    } else if let bounds = RoundingReport.bounds(request, studies, fit, cells) {
      (method, draws, self.seed, figures) = (.guaranteed, nil, nil, bounds.figures())
    } else {
      let fits = RoundingReport.fits(request, cells, seed)
      guard !fits.isEmpty else {
        throw EvidenceError(
          .notEstimable, "--rounding: no point within the rounding of the inputs can be fitted",
          hint: "give the inputs with more decimals")
      }
      (method, draws, self.seed) = (.sampled, fits.count, seed)
      figures = fits.reduce(into: RoundingReport.values(fit).mapValues { $0...$0 }) { ranges, values in
        for (figure, value) in values {
          let known = ranges[figure] ?? value...value
          ranges[figure] = min(known.lowerBound, value)...max(known.upperBound, value)
        }
      }
    }
  }

  private static func values(_ fit: Fit) -> [RoundedFigure: Double] {
    var values: [RoundedFigure: Double] = [:]
    for figure in RoundedFigure.allCases {
      if let value = figure.value(fit), value.isFinite { values[figure] = value }
    }
    return values
  }

  /// The guaranteed bounds, where the model and the measure have them.
  private static func bounds(
    _ request: PoolRequest, _ studies: StudySet, _ fit: Fit, _ cells: RoundedCells
  ) -> RoundingBounds? {
    guard case .inverseVariance(let method) = request.method, request.weightsColumn == nil,
      request.permutation == nil, request.fixedTauSquared == nil,
      [.normal, .t, .hartungKnapp, .hartungKnappAdHoc].contains(request.inference),
      request.inference == .normal || fit.k > 1,
      [.equalEffects, .fixedEffects, .random(.derSimonianLaird)].contains(method),
      let boxes = EffectBoxes(studies, cells)
    else { return nil }
    return RoundingBounds(y: boxes.y, v: boxes.v, fit: fit, hasTauSquared: method.tauSquared != nil)
  }

  /// The figures at points of the box, by the very model of the request. Among them is the corner to which each figure
  /// rises, and falls, when every cell is moved alone (of tables that are not long).
  private static func fits(_ request: PoolRequest, _ cells: RoundedCells, _ seed: UInt64) -> [[RoundedFigure: Double]] {
    let sampler = RoundingSampler(request, cells)
    let middle = cells.cells.map(\.middle)
    let isFew = middle.count <= mostAlone
    let alone = Parallel.map(isFew ? 2 * middle.count : 0) { side in
      var point = middle
      let cell = cells.cells[side / 2]
      point[side / 2] = side.isMultiple(of: 2) ? cell.lower : cell.upper
      return sampler.figures(point)
    }
    let steepest = (isFew ? RoundedFigure.allCases : []).flatMap { figure in
      [true, false].map { rises in
        cells.cells.indices.map { i in
          let (low, high) = (alone[2 * i][figure] ?? 0, alone[2 * i + 1][figure] ?? 0)
          return (high > low) == rises ? cells.cells[i].upper : cells.cells[i].lower
        }
      }
    }
    let points = [middle] + steepest + cells.points(count: draws(cells: middle.count), seed: seed)
    return (alone + Parallel.map(points.count) { sampler.figures(points[$0]) }).filter { !$0.isEmpty }
  }
}

/// Fits a request's model to the studies with other numbers in their rounded cells.
private struct RoundingSampler: Sendable {
  private let request: PoolRequest
  private let cells: RoundedCells

  init(_ request: PoolRequest, _ cells: RoundedCells) {
    self.request = request
    self.cells = cells
  }

  /// The figures at a point; empty where the model cannot be fitted there.
  func figures(_ point: [Double]) -> [RoundedFigure: Double] {
    guard
      let fit = try? PoolAnalysis.fit(request, table: cells.table(point))
    else { return [:] }
    var values: [RoundedFigure: Double] = [:]
    for figure in RoundedFigure.allCases {
      if let value = figure.value(fit), value.isFinite { values[figure] = value }
    }
    return values
  }
}

extension RoundingReport {
  /// As JSON: the ranges on the analysis scale, and beside them on the scale people read.
  var json: JSONValue {
    func object(_ range: ClosedRange<Double>) -> JSONValue {
      .fields([("lower", .orNull(range.lowerBound)), ("upper", .orNull(range.upperBound))])
    }
    let known = RoundedFigure.allCases.compactMap { figure in figures[figure].map { (figure, $0) } }
    return .fields([
      ("method", .string(method.rawValue)),
      ("reading", .string("each measured cell as printed, halves up; counts and sizes exact")),
      ("rounded_cells", .integer(roundedCells)), ("exact_cells", .integer(exactCells)), ("draws", .orNull(draws)),
      ("seed", .orNull(seed.map { Int(truncatingIfNeeded: $0) })),
      ("figures", .fields(known.map { ($0.rawValue, object($1)) })),
      (
        "display",
        .fields(known.filter(\.0.isDisplayed).map { ($0.rawValue, object(shown($1))) })
      ),
    ])
  }

  private func shown(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    let ends = [display.function(range.lowerBound), display.function(range.upperBound)]
    return min(ends[0], ends[1])...max(ends[0], ends[1])
  }

  /// For people.
  func lines(_ format: TextFormat, measure: String) -> [String] {
    guard method != .exact else {
      return ["Rounding of the inputs: all \(exactCells) cells are exact counts or sizes; nothing can move"]
    }
    let how =
      method == .guaranteed
      ? "guaranteed bounds" : "extremes of \(draws ?? 0) points within the rounding, seed \(seed ?? 0): not guaranteed"
    var lines = ["Rounding of the inputs (\(roundedCells) cells as printed, \(exactCells) exact; \(how))"]
    let names: [(RoundedFigure, String)] = [
      (.estimate, measure), (.lower, "CI lower"), (.upper, "CI upper"), (.p, "P"), (.tauSquared, "tau²"),
      (.iSquared, "I²"), (.q, "Q"), (.predictionLower, "PI lower"), (.predictionUpper, "PI upper"),
    ]
    for (figure, name) in names {
      guard let range = figures[figure] else { continue }
      let ends = figure.isDisplayed ? shown(range) : range
      let text =
        figure == .iSquared
        ? "\(format.percent(ends.lowerBound)) to \(format.percent(ends.upperBound))"
        : "\(format.number(ends.lowerBound)) to \(format.number(ends.upperBound))"
      lines.append("  \(name): \(text)")
    }
    return lines
  }
}
