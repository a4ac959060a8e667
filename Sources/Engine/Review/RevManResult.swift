import NumericCore
import ReviewFiles
import Synthesis

/// What an analysis of a review gives when it is run again.
struct RevManResult {
  /// The fit, on the analysis scale.
  private(set) var fit: Fit
  /// Weights in per cent, one a row; 0 for rows that are not estimable.
  private(set) var weights: [Double]

  init(_ fit: Fit) {
    self.fit = fit
    weights = fit.weights
  }

  /// Puts the weights of the rows in use at their places.
  mutating func place(in used: [Int], of count: Int) {
    var all = [Double](repeating: 0, count: count)
    for (weight, row) in zip(fit.weights, used) { all[row] = weight.isNaN ? 0 : weight }
    weights = all
  }

  /// Takes Q, its p-value and, unless it follows τ², I² from another fit.
  mutating func heterogeneityAbout(_ other: Heterogeneity, keepsISquared: Bool) {
    fit.heterogeneity.q = other.q
    fit.heterogeneity.qDegreesOfFreedom = other.qDegreesOfFreedom
    fit.heterogeneity.qPValue = other.qPValue
    if !keepsISquared { fit.heterogeneity.iSquared = other.iSquared }
  }

  /// Makes the prediction interval that a fit with a given τ² lacks: t with k − 1 df, or normal.
  mutating func addPrediction(isT: Bool, level: Double) {
    guard let estimate = fit.pooled, let tau2 = fit.heterogeneity.tauSquared else { return }
    let tail = (1 - level) / 2
    let df = isT ? Double(fit.k - 1) : nil
    let critical =
      df.map { try? StudentT(degreesOfFreedom: $0).quantile(upperTail: tail) }
      ?? (try? Normal.quantile(upperTail: tail))
    guard let critical else { return }
    let half = critical * (estimate.standardError * estimate.standardError + tau2).squareRoot()
    fit.prediction = Prediction(
      interval: Interval(lower: estimate.value - half, upper: estimate.value + half, level: level),
      degreesOfFreedom: df, method: isT ? "t, k − 1 df" : "normal")
  }

  /// A number as the review's software would show it; `show` goes from the analysis scale to what people read.
  func value(_ figure: StoredFigure, show: (Double) -> Double) -> Double? {
    let h = fit.heterogeneity
    let estimate = fit.pooled
    switch figure {
    case .estimate: return (estimate?.value).map(show)
    case .lower: return (estimate?.interval.lower).map(show)
    case .upper: return (estimate?.interval.upper).map(show)
    case .predictionLower: return (fit.prediction?.interval.lower).map(show)
    case .predictionUpper: return (fit.prediction?.interval.upper).map(show)
    // RevMan prints Z without its sign.
    case .statistic: return estimate?.statistic.map(abs)
    case .p: return estimate?.pValue
    case .tauSquared: return h.tauSquared
    case .tauSquaredLower: return h.tauSquaredInterval?.lower
    case .tauSquaredUpper: return h.tauSquaredInterval?.upper
    case .q: return h.q
    case .qDegreesOfFreedom: return h.qDegreesOfFreedom.map(Double.init)
    case .qP: return h.qPValue
    case .iSquared: return h.iSquared.map { 100 * $0 }
    default: return nil
    }
  }
}
