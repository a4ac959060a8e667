extension ForestStyle {
  /// The layout of The BMJ: counts of the arms left, plot in the middle, weight and figures right.
  public static let bmj: ForestStyle = {
    var style = ForestStyle(
      name: "bmj", summary: "The BMJ: counts left, plot in the middle, weight and figures right",
      cells: [.label, .generic, .armsCombined, .plot, .weight, .effect], numbers: ForestNumbers(),
      texts: ForestTexts(), marks: ForestMarks(), frame: ForestFrame())
    style.numbers.open = "("
    style.numbers.separator = " to "
    style.numbers.separatorBesideMinus = " to "
    style.numbers.close = ")"
    style.numbers.slash = " / "
    style.numbers.weightPercent = false
    style.texts.label = "Study or subgroup"
    style.texts.combinedCounts = "No of events / total"
    style.texts.combinedMeans = "Mean (SD) / total"
    style.texts.combinedRates = "No of events / time"
    style.texts.weight = "Weight\n(%)"
    style.texts.weightCommon = "Weight (%)\n({common})"
    style.texts.weightRandom = "Weight (%)\n({random})"
    style.texts.common = "fixed"
    style.texts.random = "random"
    style.texts.effect = "{MEASURE}, {weighting},\n{model} ({level} CI)"
    style.texts.plot = "{MEASURE}, {weighting},\n{model} ({level} CI)"
    style.texts.axis = ""
    style.texts.prediction = "{level} prediction interval"
    style.texts.heterogeneity = ForestPhrase(
      "Test for heterogeneity: ", ["τ²={tau2}", "χ²={q}, df={q_df}, P{q_p}", "I²={i2}%"], separator: "; ")
    style.texts.overallTest = ForestPhrase(
      "Test for overall effect{model_note}: ", ["z={z}, P{p}", "t{df_low}={t}, P{p}"])
    style.texts.subgroupTest = ForestPhrase(
      "Test for subgroup differences: ", ["χ²={q}, df={q_df}, P{q_p}", "F={t}, df={q_df} and {df}, P{p}"])
    style.numbers.p = ForestPValue(space: "")
    let violet = Swatch(0x6A3D9A, dark: 0xB79AE0)
    style.marks.shape = .rhombus
    style.marks.binary = violet
    style.marks.continuous = violet
    style.marks.generic = violet
    style.marks.interval = Swatch(0x444444, dark: 0xC8C8C8)
    style.marks.random = violet
    style.marks.common = Swatch(0x8C8C8C, dark: 0x9A9A9A)
    style.marks.prediction = violet
    style.frame.boldTotals = false
    style.frame.favoursBold = true
    style.frame.axisTitle = false
    return style
  }()
}
