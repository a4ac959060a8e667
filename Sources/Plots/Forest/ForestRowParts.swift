import Synthesis

extension ForestRow {
  /// Takes over what a study, or the sum of studies, reported.
  mutating func setRaw(_ raw: ForestRawData) {
    eventsE = raw.eventsE
    nE = raw.nE
    eventsC = raw.eventsC
    nC = raw.nC
    meanE = raw.meanE
    sdE = raw.sdE
    meanC = raw.meanC
    sdC = raw.sdC
    timeE = raw.timeE
    timeC = raw.timeC
  }

  /// Takes over heterogeneity; I² becomes a percentage.
  mutating func setHeterogeneity(_ pooled: ForestPooled) {
    let heterogeneity = pooled.fit.heterogeneity
    q = heterogeneity.q
    qDf = heterogeneity.qDegreesOfFreedom.map { Double($0) }
    qP = heterogeneity.qPValue
    i2 = heterogeneity.iSquared.map { 100 * $0 }
    i2Method = heterogeneity.iSquared == nil ? nil : heterogeneity.iSquaredMethod
    if pooled.model == .random {
      tau2 = heterogeneity.tauSquared
      tau2Method = heterogeneity.tauSquared == nil ? nil : pooled.fit.method
    }
  }
}

extension ForestRawData {
  /// Whether anything is known of a control arm.
  var hasControl: Bool { eventsC != nil || nC != nil || meanC != nil || timeC != nil }

  /// Sums of events, sizes and person-time; means have no sum.
  static func totals(of studies: [ForestRawData]) -> ForestRawData {
    var totals = ForestRawData()
    totals.eventsE = ForestOrder.sum(studies.map(\.eventsE))
    totals.nE = ForestOrder.sum(studies.map(\.nE))
    totals.eventsC = ForestOrder.sum(studies.map(\.eventsC))
    totals.nC = ForestOrder.sum(studies.map(\.nC))
    totals.timeE = ForestOrder.sum(studies.map(\.timeE))
    totals.timeC = ForestOrder.sum(studies.map(\.timeC))
    return totals
  }
}
