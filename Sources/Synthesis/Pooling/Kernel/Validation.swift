extension PoolingModel {
  /// Throws `invalidSpecification` for a specification that contradicts itself.
  func validate() throws(FitError) {
    guard level > 0, level < 1 else {
      throw .domain(what: "level", value: level, expected: "between 0 and 1, such as 0.95")
    }
    if let tau2 = fixedTauSquared {
      guard tau2 >= 0, tau2.isFinite else {
        throw .domain(what: "fixed τ²", value: tau2, expected: "a finite number, at least 0")
      }
      guard method.tauSquared != nil else {
        throw .invalidSpecification("a given τ² needs a random-effects method; \(method.code) has none")
      }
    }
    if tauSquaredInterval != nil {
      guard method.tauSquared != nil, fixedTauSquared == nil else {
        throw .invalidSpecification("an interval for τ² needs a random-effects method that estimates τ²")
      }
    }
    try validateInference()
  }

  private func validateInference() throws(FitError) {
    switch inference {
    case .normal, .t, .hartungKnapp, .hartungKnappAdHoc, .hartungKnappIQWiG: return
    case .kenwardRoger:
      guard method == .random(.reml), fixedTauSquared == nil else {
        throw .invalidSpecification("kenward-roger inference is defined under REML; use method REML")
      }
    case .henmiCopas:
      guard method.tauSquared != nil, fixedTauSquared == nil else {
        throw .invalidSpecification("henmi-copas inference needs a random-effects method; use method DL")
      }
    case .profileLikelihood, .profileLikelihoodBartlett:
      guard method == .random(.maximumLikelihood), fixedTauSquared == nil else {
        throw .invalidSpecification("profile-likelihood inference is defined under ML; use method ML")
      }
    }
  }

  /// Throws unless the weights are as many as the studies, finite and positive, and there when the estimator needs them.
  func validate(weights: [Double]?, count: Int) throws(FitError) {
    guard let weights else {
      if let estimator = method.tauSquared, estimator.needsWeights, fixedTauSquared == nil {
        throw .invalidSpecification("\(estimator.code) needs weights: give a column of them")
      }
      return
    }
    guard weights.count == count else {
      throw .invalidSpecification("\(weights.count) weights for \(count) studies")
    }
    for (i, weight) in weights.enumerated() where !(weight > 0 && weight.isFinite) {
      throw .domain(what: "weight of study \(i + 1)", value: weight, expected: "a positive number")
    }
  }
}
