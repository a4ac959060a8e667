/// Reads a table from JSON: an array of objects, an object whose `studies` are such an array, or an object a line.
///
/// A key is a column, in the order of first appearance; a key absent from a row is a missing value there, as is `null`.
/// Numbers keep their text. Values that are arrays or objects are refused.
public enum JSONTableReader {
  /// Reads a whole file.
  ///
  /// Throws a `TableError` with the line for broken JSON, nested values, one key twice in a row, and other shapes.
  public static func read(_ bytes: [UInt8]) throws(TableError) -> Table {
    let decoding = try TextDecoding(bytes)
    guard decoding.encoding != .windows1252 else {
      throw TableError("the file is not UTF-8, as JSON must be", hint: "save the file again as UTF-8")
    }
    guard decoding.bytes.count < UInt32.max / 2 else {
      throw TableError(
        "the file is larger than 2 GiB", hint: "long files are read by the batch command, a group at a time")
    }
    var gathering = JSONRowGathering(decoding.bytes)
    do throws(JSONError) {
      try gathering.run()
    } catch {
      throw TableError(error)
    }
    if let fault = gathering.fault { throw fault }
    return Table(gathering.content(decoding))
  }

  /// Whether the first byte that is no blank begins an array or an object.
  static func looksLikeJSON(_ bytes: [UInt8]) -> Bool {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    let first = text.first { $0 > 0x20 }
    return first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
  }
}
