import NumericCore

/// Subgroups that share one τ²: a meta-regression on the levels.
struct CommonTauSquaredSubgroups {
  let model: PoolingModel
  let studies: SubgroupStudies

  func analysis() throws(FitError) -> SubgroupAnalysis {
    var plain = model
    plain.tauSquaredInterval = nil
    let levels = studies.levels
    let k = studies.yi.count
    var dummies = Matrix(rows: k, columns: levels.count)
    var contrasts = dummies
    for (column, level) in levels.enumerated() {
      for row in level.rows {
        dummies[row, column] = 1
        contrasts[row, column] = 1
      }
    }
    for row in 0..<k { contrasts[row, 0] = 1 }
    let names = levels.map(\.name)
    let means = try model.fit(
      yi: studies.yi, vi: studies.vi, design: dummies, terms: names.map { "[\($0)]" }, weights: studies.weights)
    let differences = try plain.fit(
      yi: studies.yi, vi: studies.vi, design: contrasts, terms: ["intercept"] + names.dropFirst().map { "[\($0)]" },
      weights: studies.weights)
    var subgroups: [Subgroup] = []
    for (column, level) in levels.enumerated() {
      subgroups.append(
        Subgroup(name: level.name, rows: level.rows, fit: try fit(of: level, from: means, column: column)))
    }
    let test = differences.omnibus.map { omnibus in
      SubgroupTest(
        q: omnibus.denominatorDegreesOfFreedom == nil
          ? omnibus.statistic : omnibus.statistic * Double(omnibus.degreesOfFreedom),
        degreesOfFreedom: omnibus.degreesOfFreedom, pValue: omnibus.pValue)
    }
    return SubgroupAnalysis(subgroups: subgroups, test: test, notes: [])
  }

  /// A level's own analysis (its Q, weights and k), with the estimate and the τ² of the common model.
  private func fit(
    of level: (name: String, rows: [Int]), from means: Fit, column: Int
  ) throws(FitError) -> Fit {
    var own = model
    own.tauSquaredInterval = nil
    own.prediction = .none
    if model.method.tauSquared != nil { own.fixedTauSquared = means.heterogeneity.tauSquared }
    var fit = try studies.fit(own, level: level)
    fit.coefficients = [means.coefficients[column]]
    fit.covariance = Matrix(rows: 1, columns: 1, repeating: means.covariance[column, column])
    fit.inference = means.inference
    fit.heterogeneity.tauSquared = means.heterogeneity.tauSquared
    fit.heterogeneity.tauSquaredStandardError = means.heterogeneity.tauSquaredStandardError
    fit.heterogeneity.tauSquaredInterval = means.heterogeneity.tauSquaredInterval
    fit.convergence = means.convergence
    fit.likelihood = nil
    var row = Matrix(rows: 1, columns: means.p)
    row[0, column] = 1
    fit.prediction = try means.predict(row, method: model.prediction).first?.prediction
    return fit
  }
}
