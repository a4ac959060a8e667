import Foundation
import Plots

/// One figure of every kind from the BCG trials.
enum SampleFigures {
  typealias BCG = BCGNumbers

  static let all: [(name: String, figure: any Figure)] = [
    ("funnel", funnel(contours: false)), ("funnel-contours", funnel(contours: true)),
    ("funnel-precision", funnel(contours: false, vertical: .precision)), ("doi", doi), ("bubble", bubble),
    ("radial", radial),
    ("labbe", labbe), ("baujat", baujat), ("qq", qq), ("drapery", drapery), ("influence", influence), ("gosh", gosh),
    ("profile", profile), ("nnt", nnt), ("multiverse", multiverse),
  ]

  static var about: FigureAbout {
    var about = FigureAbout()
    (about.measure, about.measureName, about.isLog, about.null, about.level) = ("RR", "risk ratio", true, 0, 0.95)
    return about
  }

  static func funnel(contours: Bool, vertical: FunnelPlot.Vertical = .standardError) -> FunnelPlot {
    var settings = FunnelPlot.Settings()
    (settings.vertical, settings.contours, settings.reference) = (vertical, contours, -0.71453234836510149)
    settings.referenceName = "Pooled (random effects)"
    var rows = BCG.studies.indices.map {
      FunnelPlot.Row(study: BCG.studies[$0], yi: BCG.yi[$0], sei: BCG.sei[$0], ni: 1000 * Double($0 + 1))
    }
    if contours { rows.append(FunnelPlot.Row(study: "Filled", yi: 0.19, sei: 0.57, filled: true)) }
    return FunnelPlot(about: about, settings: settings, rows: rows)
  }

  static var bubble: BubblePlot {
    var settings = BubblePlot.Settings()
    (settings.moderator, settings.labels) = ("Absolute latitude (degrees)", true)
    let studies = BCG.studies.indices.map {
      BubblePlot.Row(study: BCG.studies[$0], x: BCG.latitude[$0], y: BCG.yi[$0], weight: BCG.mWeights[$0])
    }
    let line = BCG.lineX.indices.map {
      BubblePlot.Row(
        lineAt: BCG.lineX[$0], fitted: BCG.lineY[$0], confidence: (BCG.lineCL[$0], BCG.lineCU[$0]),
        prediction: (BCG.linePL[$0], BCG.linePU[$0]))
    }
    return BubblePlot(about: about, settings: settings, rows: studies + line)
  }

  static var doi: DoiPlot {
    var settings = DoiPlot.Settings()
    (settings.index, settings.labels) = (-4.1023968559478501, true)
    // Quantiles as they come, not those of the trials.
    let order = BCG.studies.indices.sorted { BCG.yi[$0] < BCG.yi[$1] }
    let rows = order.enumerated().map { place, study in
      DoiPlot.Row(study: BCG.studies[study], yi: BCG.yi[study], z: 0.35 * Double(place) - 2.6)
    }
    return DoiPlot(about: about, settings: settings, rows: rows)
  }

  static var radial: RadialPlot {
    var settings = RadialPlot.Settings()
    (settings.estimate, settings.ciLower, settings.ciUpper) = (-0.714532, -1.066898, -0.362167)
    let rows = BCG.studies.indices.map {
      RadialPlot.Row(
        study: BCG.studies[$0], yi: BCG.yi[$0], spread: (BCG.sei[$0] * BCG.sei[$0] + 0.3132433).squareRoot())
    }
    return RadialPlot(about: about, settings: settings, rows: rows)
  }

  static var labbe: LAbbePlot {
    var settings = LAbbePlot.Settings()
    (settings.estimate, settings.ciLower, settings.ciUpper) = (-0.714532, -1.066898, -0.362167)
    (settings.armExperimental, settings.armControl, settings.labels) = ("BCG", "no BCG", true)
    let rows = zip(SampleForests.bcg().studies, BCG.weight).map { study, weight in
      let raw = study.raw
      return LAbbePlot.Row(
        study: study.label, control: (raw.eventsC ?? 0) / (raw.nC ?? 1),
        experimental: (raw.eventsE ?? 0) / (raw.nE ?? 1), weight: weight)
    }
    return LAbbePlot(about: about, settings: settings, rows: rows)
  }

  static var baujat: BaujatPlot {
    BaujatPlot(
      about: about,
      rows: BCG.studies.indices.map { .init(study: BCG.studies[$0], x: BCG.baujatX[$0], y: BCG.baujatY[$0]) })
  }

  static var qq: NormalQQPlot {
    NormalQQPlot(
      about: about,
      rows: BCG.studies.indices.map {
        .init(
          study: BCG.studies[$0], x: BCG.qqX[$0], y: BCG.qqY[$0], lower: BCG.qqX[$0] - 0.9, upper: BCG.qqX[$0] + 0.9)
      })
  }

  static var drapery: DraperyPlot {
    let studies = BCG.studies.indices.map {
      DraperyPlot.Row(.study, name: BCG.studies[$0], estimate: BCG.yi[$0], se: BCG.sei[$0])
    }
    return DraperyPlot(
      about: about,
      rows: studies + [
        .init(.pooled, name: "Random effects", estimate: -0.714532, se: 0.1797815),
        .init(.pooled, name: "Common effect", estimate: -0.430285, se: 0.0404988),
        .init(.prediction, name: "Prediction", estimate: -0.714532, se: 0.5878, df: 11),
      ])
  }

  static var influence: InfluencePlot {
    var settings = InfluencePlot.Settings()
    (settings.coefficients, settings.tau2, settings.q) = (1, 0.3132433, 152.233)
    let rows = BCG.studies.indices.map { index in
      var row = InfluencePlot.Row()
      row.study = BCG.studies[index]
      (row.rstudent, row.dffits, row.cookD) = (BCG.rstudent[index], BCG.dffits[index], BCG.cookD[index])
      (row.covRatio, row.tau2Deleted) = (BCG.covRatio[index], BCG.tau2Deleted[index])
      (row.qDeleted, row.hat, row.weight) = (BCG.qDeleted[index], BCG.hat[index], BCG.weight[index])
      row.influential = index == 3
      return row
    }
    return InfluencePlot(about: about, settings: settings, rows: rows)
  }

  /// Every seventh subset of the trials under the common-effect model, computed here.
  static var gosh: GOSHPlot {
    let weights = BCG.sei.map { 1 / ($0 * $0) }
    var rows: [GOSHPlot.Row] = []
    for subset in stride(from: 3, to: 1 << 13, by: 7) where subset.nonzeroBitCount > 1 {
      let members = (0..<13).filter { subset >> $0 & 1 == 1 }
      let total = members.reduce(0) { $0 + weights[$1] }
      let mean = members.reduce(0) { $0 + weights[$1] * BCG.yi[$1] } / total
      let q = members.reduce(0) { $0 + weights[$1] * (BCG.yi[$1] - mean) * (BCG.yi[$1] - mean) }
      let df = Double(members.count - 1)
      rows.append(
        .init(k: members.count, estimate: mean, y: 100 * max(0, (q - df) / q), included: members.contains(7)))
    }
    var settings = GOSHPlot.Settings()
    settings.study = "TPT Madras 1980"
    return GOSHPlot(about: about, settings: settings, rows: rows)
  }

  static var profile: ProfilePlot {
    var settings = ProfilePlot.Settings()
    (settings.estimate, settings.ciLower, settings.ciUpper) = (0.3132433, 0.1152, 0.9647)
    settings.cutoff = -12.20237142 - 1.920729
    return ProfilePlot(
      about: about, settings: settings,
      rows: zip(BCG.profileX, BCG.profileLL).dropFirst().map { .init(x: $0, logLikelihood: $1) })
  }

  /// Ninety analyses made up of the trials' estimates.
  static var multiverse: MultiversePlot {
    let rows = (0..<90).map { place -> MultiversePlot.Row in
      var row = MultiversePlot.Row()
      let estimate = BCG.looB[place % 13] + 0.01 * Double(place % 5)
      (row.estimate, row.ciLower, row.ciUpper) = (estimate, estimate - 0.3 - 0.05 * Double(place % 9), estimate + 0.5)
      (row.measure, row.method) = ("RR", ["EE", "DL", "PM", "REML", "SJ"][place % 5])
      (row.inference, row.exclusion) = (place % 2 == 0 ? "normal" : "hartung-knapp", place < 5 ? "none" : "\(place)")
      (row.correction, row.variance, row.isUsual) = ("default", "default", place == 3)
      return row
    }
    return MultiversePlot(about: about, rows: rows)
  }

  static var nnt: BaselineRiskPlot {
    func row(_ risk: Double, _ name: String? = nil) -> BaselineRiskPlot.Row {
      .init(
        baseline: risk, difference: risk * (exp(-0.714532) - 1), lower: risk * (exp(-1.066898) - 1),
        upper: risk * (exp(0.05) - 1), name: name)
    }
    let rows = (0...40).map { row(Double($0) / 100) } + [row(0.05, "Low risk"), row(0.2, "High risk")]
    return BaselineRiskPlot(about: about, settings: .init(), rows: rows)
  }
}
