/// The remarks that a careful statistician would put beside a fit.
struct PoolingNotes {
  let fit: Fit
  let model: PoolingModel
  let solution: TauSquaredSolution?

  /// Fewer studies than this make the normal interval of a random-effects model too short (Brockwell and Gordon 2001).
  private static let fewStudies = 10
  /// Fewer studies than this say little about the spread of effects (Higgins et al. 2009).
  private static let fewForPrediction = 5

  /// All that apply.
  var all: [Note] {
    [
      singleStudy, fewStudies, narrowerThanWald, zeroVariance, tauSquaredAtZero, severalMaxima, emptyInterval,
      shortPrediction, dominantStudy,
    ].compactMap { $0 }
  }

  private var isRandom: Bool { model.method.tauSquared != nil }

  private var singleStudy: Note? {
    guard fit.k == 1 else { return nil }
    return Note(
      code: "single-study",
      message: "One study: the estimate is the study's own, with normal inference; heterogeneity is unknown.")
  }

  private var fewStudies: Note? {
    guard isRandom, model.inference == .normal, fit.k > 1, fit.k < Self.fewStudies else { return nil }
    return Note(
      code: "few-studies-normal",
      message:
        "\(fit.k) studies with normal inference: the interval ignores that τ² is estimated and is likely too narrow; "
        + "consider hartung-knapp.")
  }

  private var narrowerThanWald: Note? {
    guard model.inference == .hartungKnapp, fit.k > 1, let scale = fit.varianceScale, scale < 1 - 1e-9 else {
      return nil
    }
    let law = try? ReferenceLaw(degreesOfFreedom: Double(fit.k - fit.p))
    let (t, z) = (try? law?.critical(level: fit.level), try? ReferenceLaw.normal.critical(level: fit.level))
    let isNarrower = if let t, let z { t * scale.squareRoot() < z } else { false }
    return Note(
      code: "hartung-knapp-narrower",
      message:
        "The Hartung–Knapp standard errors are smaller than the model-based ones (scale \(rounded(scale)) of the "
        + "variance)\(isNarrower ? " and the intervals narrower than the normal ones" : ""); consider hartung-knapp-adhoc."
    )
  }

  private var zeroVariance: Note? {
    guard fit.k > 1, fit.coefficients.contains(where: { $0.standardError == 0 }) else { return nil }
    return Note(
      code: "zero-standard-error",
      message:
        "The estimates are all equal, so the scaled standard error is 0 and there is no test; use normal inference.")
  }

  private var tauSquaredAtZero: Note? {
    guard fit.k > 1, model.fixedTauSquared == nil, let solution, solution.value == 0 else { return nil }
    return Note(
      code: "tau2-zero",
      message: "τ² is estimated as 0, which is not evidence that the studies share one effect; see an interval for τ².")
  }

  private var severalMaxima: Note? {
    guard let solution, solution.localMaxima > 1 else { return nil }
    return Note(
      code: "several-maxima",
      message: "The likelihood of τ² has \(solution.localMaxima) local maxima; the highest is reported. "
        + "Other programs may stop at another.")
  }

  private var emptyInterval: Note? {
    guard let interval = fit.heterogeneity.tauSquaredInterval, interval.upper == 0 else { return nil }
    return Note(
      code: "empty-tau2-interval",
      message:
        "The studies differ less than their variances lead one to expect: no τ² ≥ 0 is compatible at this level, and both "
        + "ends of its interval are shown as 0.")
  }

  private var shortPrediction: Note? {
    guard fit.prediction != nil, fit.k < Self.fewForPrediction else { return nil }
    return Note(
      code: "prediction-few-studies",
      message: "A prediction interval from \(fit.k) studies rests on a τ² that is hardly known.")
  }

  private var dominantStudy: Note? {
    guard fit.k > 2, let index = fit.weights.firstIndex(where: { $0 > 50 }) else { return nil }
    return Note(
      code: "dominant-study",
      message: "Study \(index + 1) carries \(rounded(fit.weights[index])) per cent of the weight.")
  }

  /// Three significant digits or so, without Foundation.
  private func rounded(_ x: Double) -> String {
    let factor = x.magnitude >= 10 ? 10.0 : 100.0
    return "\((x * factor).rounded() / factor)"
  }
}
