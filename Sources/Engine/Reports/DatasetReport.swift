public import Datasets
public import TableIO

/// The built-in data sets as text and JSON.
public enum DatasetReport {
  /// A line for each data set: name, usual measure, title; then its source.
  public static var listText: String {
    var table = TextTable(["Name", "Measure", "What it is"], [.left, .left, .left])
    for dataset in Dataset.all { table.row([dataset.name, dataset.measure ?? "—", dataset.title]) }
    let rest = [
      "", "evidence pool NAME analyses one with its usual measure; evidence datasets show NAME prints it as CSV;",
      "evidence datasets list --format json adds sources and columns.",
    ]
    return (table.lines + rest).joined(separator: "\n") + "\n"
  }

  /// All data sets with their facts.
  public static var listJSON: JSONValue {
    .fields([("schema", .string("evidence.datasets/1")), ("datasets", .array(Dataset.all.map(json)))])
  }

  /// The facts of one data set.
  public static func json(_ dataset: Dataset) -> JSONValue {
    let map = dataset.map.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
    return .fields([
      ("name", .string(dataset.name)), ("title", .string(dataset.title)), ("source", .string(dataset.source)),
      ("measure", .orNull(dataset.measure)), ("map", .fields(map)), ("where", .orNull(dataset.condition)),
      ("study", .orNull(dataset.studyColumn)), ("event", .orNull(dataset.event?.rawValue)),
      ("sha256", .string(SHA256.hexadecimal(dataset.bytes))),
    ])
  }
}
