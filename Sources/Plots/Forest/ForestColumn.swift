/// A column of the forest-plot data: its name and the way to and from a row.
///
/// CSV, JSON and the way back are all made from ``all``; there is no second list.
public struct ForestColumn: Sendable {
  /// Name in CSV and JSON.
  public let name: String
  /// Reads the value from a row.
  public let value: @Sendable (ForestRow) -> PlotValue
  /// Writes a value into a row; false when it is of the wrong kind.
  public let set: @Sendable (inout ForestRow, PlotValue) -> Bool

  static func number(_ name: String, _ path: any (WritableKeyPath<ForestRow, Double?> & Sendable)) -> ForestColumn {
    ForestColumn(
      name: name, value: { PlotValue($0[keyPath: path]) },
      set: { row, value in
        row[keyPath: path] = value.number
        return value.number != nil || value == .missing
      })
  }

  static func text(_ name: String, _ path: any (WritableKeyPath<ForestRow, String?> & Sendable)) -> ForestColumn {
    ForestColumn(
      name: name, value: { PlotValue($0[keyPath: path]) },
      set: { row, value in
        row[keyPath: path] = value.text
        return value.text != nil || value == .missing
      })
  }

  /// A user column by its place among the extra columns.
  static func extra(_ name: String, at index: Int) -> ForestColumn {
    ForestColumn(
      name: name,
      value: { $0.extra.indices.contains(index) && !$0.extra[index].isEmpty ? .text($0.extra[index]) : .missing },
      set: { row, value in
        while row.extra.count <= index { row.extra.append("") }
        row.extra[index] = value.text ?? ""
        return value.text != nil || value == .missing
      })
  }

  /// All columns in the order of the files; `row`, which counts from 1, comes before them.
  public static let all: [ForestColumn] = [
    ForestColumn(
      name: "row_type", value: { .text($0.rowType.rawValue) },
      set: { row, value in
        guard let type = value.text.flatMap({ ForestRow.RowType(rawValue: $0) }) else { return false }
        row.rowType = type
        return true
      }),
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
