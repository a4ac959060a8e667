extension ForestStyle {
  /// The layout of Cochrane's Review Manager 5: data, weights and figures left, plot on the far right.
  public static let revman: ForestStyle = {
    var style = ForestStyle(
      name: "revman", summary: "Review Manager 5: data and figures left, plot right",
      cells: [.label, .generic, .arms, .weight, .effect, .plot], numbers: ForestNumbers(), texts: ForestTexts(),
      marks: ForestMarks(), frame: ForestFrame())
    style.numbers.p = ForestPValue(oneSignificantDigit: true, floors: [0.00001, 0.0001])
    style.texts.label = "Study or Subgroup"
    style.texts.common = "Fixed"
    style.texts.random = "Random"
    style.texts.effect = "{MEASURE}\n{weighting}, {model}, {level} CI"
    style.texts.plot = "{MEASURE}\n{weighting}, {model}, {level} CI"
    style.texts.axis = ""
    style.texts.prediction = "{level} prediction interval"
    style.texts.totalEvents = "Total events:"
    style.texts.heterogeneity = ForestPhrase(
      "Heterogeneity: ", ["Tau² = {tau2}", "Chi² = {q}, df = {q_df} (P {q_p})", "I² = {i2}%"], separator: "; ")
    style.texts.overallTest = ForestPhrase(
      "Test for overall effect{model_note}: ", ["Z = {z_size} (P {p})", "T = {t_size}, df = {df} (P {p})"])
    style.texts.subgroupTest = ForestPhrase(
      "Test for subgroup differences: ",
      ["Chi² = {q}, df = {q_df} (P {q_p})", "F = {t}, df = {q_df}, {df} (P {p})", "I² = {i2}%"])
    style.marks.binary = Swatch(0x0000CC, dark: 0x7C9BFF)
    style.marks.continuous = Swatch(0x008000, dark: 0x45C26B)
    style.marks.generic = Swatch(0xC00000, dark: 0xFF7A6B)
    style.frame.symmetricAxis = true
    style.frame.axisTitle = false
    return style
  }()
}
