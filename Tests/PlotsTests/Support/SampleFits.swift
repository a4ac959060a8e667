import NumericCore
import Synthesis

/// Intercept-only fits with values computed by metafor 3.8-1, `rma(yi, vi, method = …)`.
enum SampleFits {
  /// A fit from its printed numbers.
  static func fit(
    _ method: String, effects: String = "random", _ value: Double, se: Double, ci: (Double, Double), p: Double,
    k: Int, tau2: Double?, i2: Double, q: Double, qp: Double, pi: (Double, Double)? = nil
  ) -> Fit {
    let estimate = Estimate(
      value: value, standardError: se, statistic: value / se, degreesOfFreedom: nil, pValue: p, logPValue: nil,
      interval: Interval(lower: ci.0, upper: ci.1, level: 0.95))
    var heterogeneity = Heterogeneity(iSquaredMethod: "tau2")
    heterogeneity.tauSquared = tau2
    heterogeneity.iSquared = i2 / 100
    heterogeneity.q = q
    heterogeneity.qDegreesOfFreedom = k - 1
    heterogeneity.qPValue = qp
    var fit = Fit(
      effects: effects, method: method, inference: "normal", level: 0.95, k: k, terms: ["intercept"],
      coefficients: [estimate], covariance: Matrix(rows: 1, columns: 1, storage: [se * se]),
      heterogeneity: heterogeneity, convergence: .closedForm("printed"), weights: [])
    if let pi {
      fit.prediction = Prediction(
        interval: Interval(lower: pi.0, upper: pi.1, level: 0.95), degreesOfFreedom: nil, method: "normal")
    }
    return fit
  }

  static let bcgRandom = fit(
    "REML", -0.71453234836510149, se: 0.17978153178036146, ci: (-1.066897675740053, -0.36216702099014991),
    p: 7.0542673485205528e-05, k: 13, tau2: 0.31324332598089488, i2: 92.221386074965551, q: 152.23300808237329,
    qp: 1.9967645908459738e-26, pi: (-1.8666923466070688, 0.43762764987686598))

  static let bcgCommon = fit(
    "EE", effects: "equal", -0.43028516365409092, se: 0.040498751710863812,
    ci: (-0.5096612584262139, -0.35090906888196793), p: 2.2886293069732448e-26, k: 13, tau2: nil,
    i2: 92.117346854562058, q: 152.23300808237329, qp: 1.9967645908459738e-26)

  static let bcgAlternate = fit(
    "REML", -0.54079296184934578, se: 0.28160161310388798, ci: (-1.0927219815213487, 0.011136057822657142),
    p: 0.054805052138861513, k: 2, tau2: 0.13257703987809277, i2: 82.022515566664154, q: 5.5625135079838497,
    qp: 0.018349051409957032)

  static let bcgRandomised = fit(
    "REML", -0.97096447575837874, se: 0.27595570150900306, ci: (-1.5118277120445103, -0.43010123947224732),
    p: 0.00043390882704165445, k: 7, tau2: 0.39252654911840751, i2: 89.934282081686305, q: 110.21326117518791,
    qp: 1.8392075446570592e-21)

  static let bcgSystematic = fit(
    "REML", -0.42420734295439855, se: 0.35974538736879819, ci: (-1.1292953458016535, 0.28088065989285627),
    p: 0.2383234349952737, k: 4, tau2: 0.40034629681391692, i2: 86.42213180190042, q: 16.591863579535822,
    qp: 0.00085732963238795026)

  static let mbtRandom = fit(
    "DL", -2.2631656926487316, se: 0.54600887256666808, ci: (-3.333323418118721, -1.1930079671787424),
    p: 3.3992531169319726e-05, k: 3, tau2: 0, i2: 0, q: 0.082843023324372225, qp: 0.95942463603126049)
}
