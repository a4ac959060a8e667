/// A column of the forest-plot data.
public typealias ForestColumn = PlotColumn<ForestRow>

extension ForestRow: PlotRow {
  /// An empty row.
  public init() { self.init(.blank) }

  /// All columns in the order of the files; `row`, which counts from 1, comes before them, and the user's own columns
  /// after them.
  public static let columns: [ForestColumn] = [
    .word("row_type", \.rowType),
    .text("subgroup", \.subgroup), .text("study_id", \.studyID), .text("label", \.label), .number("year", \.year),
    .text("model", \.model), .text("measure", \.measure), .text("scale", \.scale),
    .number("null_value", \.nullValue), .number("estimate", \.estimate), .number("se", \.se),
    .number("ci_lower", \.ciLower), .number("ci_upper", \.ciUpper), .number("level", \.level),
    .text("ci_method", \.ciMethod), .number("estimate_display", \.estimateDisplay),
    .number("ci_lower_display", \.ciLowerDisplay), .number("ci_upper_display", \.ciUpperDisplay),
    .text("effect_text", \.effectText), .number("weight_pct_common", \.weightCommon),
    .number("weight_pct_random", \.weightRandom), .number("events_e", \.eventsE), .number("n_e", \.nE),
    .number("events_c", \.eventsC), .number("n_c", \.nC), .number("mean_e", \.meanE), .number("sd_e", \.sdE),
    .number("mean_c", \.meanC), .number("sd_c", \.sdC), .number("time_e", \.timeE), .number("time_c", \.timeC),
    .number("stat", \.stat), .number("df", \.df), .number("p", \.p), .number("k", \.k), .number("Q", \.q),
    .number("Q_df", \.qDf), .number("Q_p", \.qP), .number("I2", \.i2), .text("I2_method", \.i2Method),
    .number("tau2", \.tau2), .text("tau2_method", \.tau2Method), .text("excluded_reason", \.excludedReason),
    .text("note", \.note), .text("sort_key", \.sortKey),
  ]
}

extension PlotColumn where Row == ForestRow {
  /// A user column by its place among the extra columns.
  static func extra(_ name: String, at index: Int) -> ForestColumn {
    ForestColumn(
      name: name, expected: "a text",
      value: { $0.extra.indices.contains(index) && !$0.extra[index].isEmpty ? .text($0.extra[index]) : .missing },
      set: { row, value in
        while row.extra.count <= index { row.extra.append("") }
        row.extra[index] = value.text ?? ""
        return value.text != nil || value == .missing
      })
  }
}
