extension ForestStyle {
  /// The house style: data left, plot in the middle, figures right.
  public static let plain: ForestStyle = {
    var style = ForestStyle(
      name: "plain", summary: "data left, plot in the middle, figures right",
      cells: [.label, .armsCombined, .generic, .plot, .effect, .weight], numbers: ForestNumbers(),
      texts: ForestTexts(), marks: ForestMarks(), frame: ForestFrame())
    style.numbers.i2Digits = 1
    style.numbers.p = ForestPValue(threshold: 0.1)
    style.texts.combinedCounts = "events/total"
    style.texts.combinedMeans = "mean (SD)/n"
    style.texts.combinedRates = "events/time"
    style.texts.axis = "{Measure}{log_note}"
    style.texts.overall = "{Model} model"
    style.texts.overallModel = "{Model} model"
    style.texts.subgroup = "Subtotal"
    style.texts.subgroupModel = "Subtotal ({model})"
    style.texts.common = "common-effect"
    style.texts.random = "random-effects"
    style.texts.weightCommon = "Weight\n(common)"
    style.texts.weightRandom = "Weight\n(random)"
    style.texts.heterogeneity = ForestPhrase(
      "Heterogeneity: ", ["τ² = {tau2}", "I² = {i2}%", "Q = {q}, df = {q_df}, p {q_p}"])
    style.texts.overallTest = ForestPhrase(
      "Test of the effect{model_note}: ", ["z = {z}, p {p}", "t = {t}, df = {df}, p {p}"])
    style.texts.subgroupTest = ForestPhrase(
      "Test of subgroup differences: ", ["Q = {q}, df = {q_df}, p {q_p}", "F = {t}, df = {q_df} and {df}, p {p}"])
    style.marks.binary = OkabeIto.blue
    style.marks.continuous = OkabeIto.blue
    style.marks.generic = OkabeIto.blue
    style.frame.testsInSubgroups = false
    style.frame.totalRule = true
    style.frame.mutesLines = true
    style.frame.spaceBeforeTotals = false
    return style
  }()
}
