extension ForestStyle {
  /// The layout of JAMA: source and figures left, plot right, a hairline under each row.
  public static let jama: ForestStyle = {
    var style = ForestStyle(
      name: "jama", summary: "JAMA: source and figures left, plot right, hairlines",
      cells: [.label, .effect, .plot], numbers: ForestNumbers(), texts: ForestTexts(), marks: ForestMarks(),
      frame: ForestFrame())
    style.numbers.open = "("
    style.numbers.separator = "–"
    style.numbers.separatorBesideMinus = " to "
    style.numbers.close = ")"
    style.numbers.alignsBounds = false
    style.numbers.p = ForestPValue(leadingZero: false)
    style.texts.label = "Source"
    style.texts.effect = "{code} ({level} CI)"
    style.texts.axis = "{code} ({level} CI)"
    style.texts.common = "common effect"
    style.texts.random = "random effects"
    style.texts.overall = "Total"
    style.texts.overallModel = "Total ({model})"
    style.texts.subgroup = "Total"
    style.texts.subgroupModel = "Total ({model})"
    style.texts.prediction = "{level} PI"
    style.texts.heterogeneity = ForestPhrase("Heterogeneity: ", ["χ²{q_df_low} = {q} (P {q_p})", "I² = {i2}%"])
    style.texts.overallTest = ForestPhrase(
      "Test for overall effect{model_note}: ", ["z = {z} (P {p})", "t{df_low} = {t} (P {p})"])
    style.texts.subgroupTest = ForestPhrase(
      "Test for subgroup differences: ", ["χ²{q_df_low} = {q} (P {q_p})", "F = {t}, df = {q_df}, {df} (P {p})"])
    let blue = Swatch(0x1F3F77, dark: 0x86A9E8)
    style.marks.binary = blue
    style.marks.continuous = blue
    style.marks.generic = blue
    style.marks.random = Swatch(0xA9C8E8, dark: 0x3A5F8F)
    style.marks.common = Swatch(0xD5E3F2, dark: 0x27405F)
    style.marks.diamondBorder = blue
    style.marks.prediction = Swatch(0x1F3F77, dark: 0x86A9E8)
    style.frame.rowRules = true
    style.frame.spaceBeforeTotals = false
    style.frame.favoursAtTop = true
    style.frame.favoursBold = true
    return style
  }()
}
