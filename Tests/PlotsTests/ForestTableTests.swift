import Plots
import Synthesis
import Testing

/// What stands in the rows: order, texts, sums.
@Suite struct ForestTableTests {
  static func labels(_ options: ForestOptions, subgroups: Bool = false) -> [String] {
    ForestBuilder.table(SampleForests.bcg(subgroups: subgroups), options: options).rows
      .filter { $0.rowType == .study }.compactMap(\.label)
  }

  @Test func orders() {
    var options = ForestOptions()
    options.sort = .year
    #expect(Self.labels(options).first == "Aronson 1948")
    #expect(Self.labels(options).last == "TPT Madras 1980")
    options.descending = true
    #expect(Self.labels(options).first == "TPT Madras 1980")
    options = ForestOptions()
    options.sort = .effect
    #expect(Self.labels(options).first == "Vandiviere et al 1973")
    options.sort = .weight
    #expect(Self.labels(options).first == "TPT Madras 1980")
    options.sort = .label
    #expect(Self.labels(options).first == "Aronson 1948")
    options.sortKeys = (0..<13).map { $0 == 4 ? .missing : .number(Double(-$0)) }
    #expect(Self.labels(options).first == "Comstock et al 1976")
    #expect(Self.labels(options).last == "Frimodt-Moller et al 1973")
    options.descending = true
    #expect(Self.labels(options).last == "Frimodt-Moller et al 1973", "missing keys stay last")
  }

  @Test func rowsOfAFigureWithSubgroups() {
    let table = ForestBuilder.table(SampleForests.bcg(subgroups: true), style: .revman)
    let kinds = table.rows.prefix(13).map(\.rowType)
    #expect(
      kinds == [
        .heading, .study, .study, .study, .study, .study, .study, .study, .blank, .subgroup, .heterogeneityText,
        .heterogeneityText, .testText,
      ])
    #expect(table.rows[10].label == "Total events:" && table.rows[10].eventsE == 617 && table.rows[10].eventsC == 853)
    let total = table.rows.first { $0.rowType == .overall }
    #expect(total?.label == "Total (95% CI)" && total?.effectText == "0.49 [0.34, 0.70]")
    #expect(total?.nE == 191064 && total?.weightRandom.map { abs($0 - 100) < 1e-9 } == true)
    #expect(table.rows.first { $0.rowType == .prediction }?.effectText == "[0.15, 1.55]")
    let lines = table.rows.filter { $0.rowType == .heterogeneityText || $0.rowType == .testText }.compactMap(\.label)
    #expect(lines.contains("Heterogeneity: Tau² = 0.31; Chi² = 152.23, df = 12 (P < 0.00001); I² = 92%"))
    #expect(lines.contains("Test for overall effect: Z = 3.97 (P < 0.0001)"))
    #expect(lines.last == "Test for subgroup differences: Chi² = 1.79, df = 2 (P = 0.41), I² = 0%")
  }

  @Test func textsOfTheJournals() {
    func table(_ style: ForestStyle) -> ForestTable { ForestBuilder.table(SampleForests.bcg(), style: style) }
    func lines(_ style: ForestStyle) -> [String] {
      table(style).rows.filter { $0.rowType == .heterogeneityText || $0.rowType == .testText }.compactMap(\.label)
    }
    #expect(
      lines(.jama) == [
        "Heterogeneity: χ²₁₂ = 152.23 (P < .001), I² = 92%", "Test for overall effect: z = −3.97 (P < .001)",
      ])
    #expect(
      lines(.bmj) == [
        "Test for heterogeneity: τ²=0.31; χ²=152.23, df=12, P<0.001; I²=92%",
        "Test for overall effect: z=−3.97, P<0.001",
      ])
    #expect(table(.jama).rows[0].effectText == "0.41 (0.13–1.26)")
    #expect(table(.bmj).rows[0].effectText == "0.41 (0.13 to 1.26)")
    #expect(table(.bmj).headings["effect"] == "Risk Ratio, IV,\nrandom (95% CI)")
    let means = ForestBuilder.table(SampleForests.continuous(), style: .jama)
    #expect(means.rows[0].effectText == "−3.25 (−5.14 to −1.36)", "no dash beside a minus sign")
  }

  @Test func notEstimableStudiesStay() {
    let table = ForestBuilder.table(SampleForests.continuous())
    let row = table.rows.first { $0.rowType == .studyNotEstimable }
    #expect(row?.label == "Nguyễn 2021" && row?.effectText == "Not estimable")
    #expect(row?.excludedReason == "no standard deviations")
    #expect(table.footers.contains("Not estimable: Nguyễn 2021 (no standard deviations)."))
    #expect(table.rows.first { $0.rowType == .overall }?.nE == 275)
  }

  @Test func ratiosAreNeverPrintedAsZero() {
    var input = SampleForests.mbt()
    input.studies[0].effect = ForestEffect(estimate: -9, standardError: 4, lower: -17, upper: 14)
    #expect(ForestBuilder.table(input).rows[0].effectText == "<0.01 [<0.01, 1.20×10⁶]")
  }

  @Test func columnsAreThoseOfTheFormat() {
    let table = ForestBuilder.table(SampleForests.continuous())
    let names = table.columns.map(\.name)
    #expect(names.prefix(4) == ["row_type", "subgroup", "study_id", "label"])
    #expect(names.suffix(2) == ["rob_1", "rob_2"])
    #expect(Set(names).count == names.count)
    for name in ["effect_text", "weight_pct_random", "mean_e", "Q_df", "I2_method", "excluded_reason", "sort_key"] {
      #expect(names.contains(name))
    }
  }

  @Test func wrongDataAreRefused() throws {
    let document = ForestBuilder.table(SampleForests.mbt()).document
    func changed(_ name: String, _ value: PlotValue) -> PlotValue {
      .record(document.fields.map { $0.name == name ? .init(name, value) : $0 })
    }
    #expect(throws: PlotDataError.self) { try ForestTable(document: changed("schema", .text("other/1"))) }
    #expect(throws: PlotDataError.self) { try ForestTable(document: changed("digits", .number(99))) }
    #expect(throws: PlotDataError.self) { try ForestTable(document: changed("axis", .record([]))) }
    #expect(throws: PlotDataError.self) { try ForestTable(document: changed("columns", .list([.text("pie")]))) }
    let row = PlotValue.record([.init("row_type", .text("study")), .init("estimate", .text("large"))])
    #expect(throws: PlotDataError.field(name: "estimate", row: 1, expected: "a number")) {
      try ForestTable(document: changed("rows", .list([row])))
    }
    let kind = PlotValue.record([.init("row_type", .text("pie"))])
    #expect(throws: PlotDataError.self) { try ForestTable(document: changed("rows", .list([kind]))) }
    #expect(throws: PlotDataError.self) { try ForestStyle.named("nature") }
    #expect(throws: PlotDataError.self) { try Theme.named("pink") }
  }

  @Test func pValues() {
    let revman = ForestStyle.revman.numbers.p
    #expect(
      [0.5, 0.0548, 0.0096, 0.0004, 0.00007, 1e-9].map(revman.text) == [
        "= 0.50", "= 0.05", "= 0.01", "= 0.0004", "< 0.0001", "< 0.00001",
      ])
    #expect([0.5, 0.04, 0.004, 1e-4].map(ForestStyle.jama.numbers.p.text) == ["= .50", "= .04", "= .004", "< .001"])
    #expect([0.5, 0.048].map(ForestStyle.plain.numbers.p.text) == ["= 0.50", "= 0.048"])
  }
}
