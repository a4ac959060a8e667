import CExpat

/// What a document tells while it is read.
protocol XMLHandler: AnyObject {
  /// An element begins.
  func start(_ name: String, _ attributes: XMLAttributes, line: Int)
  /// An element ends.
  func end(_ name: String)
  /// A piece of text; one text may come in several pieces.
  func text(_ piece: String)
}

/// The attributes of an element, valid while it is announced only.
struct XMLAttributes {
  fileprivate let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  /// The value of an attribute.
  subscript(name: String) -> String? {
    guard let list else { return nil }
    var at = 0
    while let key = list[at], let value = list[at + 1] {
      if String(cString: key) == name { return String(cString: value) }
      at += 2
    }
    return nil
  }
}

/// Reads XML by expat, one pass from front to back.
///
/// External entities are not followed, and expat's own bound stops entities that grow without measure. Documents say
/// how they are coded: UTF-8, UTF-16, ISO-8859-1 or ASCII.
enum XMLReader {
  /// Reads a document.
  /// - Throws: what is wrong with the text, with line and column.
  static func read(_ bytes: [UInt8], _ handler: any XMLHandler) throws(ReviewFileError) {
    guard let parser = XML_ParserCreate(nil) else { throw ReviewFileError("there is not enough memory to read XML") }
    defer { XML_ParserFree(parser) }
    let context = Context(handler, parser)
    XML_SetUserData(parser, Unmanaged.passUnretained(context).toOpaque())
    XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let data, let name else { return }
        Context.at(data).start(name, attributes)
      },
      { data, name in
        guard let data, let name else { return }
        Context.at(data).handler.end(String(cString: name))
      })
    XML_SetCharacterDataHandler(parser) { data, text, count in
      guard let data, let text else { return }
      Context.at(data).text(text, Int(count))
    }
    try withExtendedLifetime(context) { () throws(ReviewFileError) in try feed(bytes, parser) }
  }

  /// Hands the bytes over in pieces, since expat counts them in 32 bits.
  private static func feed(_ bytes: [UInt8], _ parser: XML_Parser) throws(ReviewFileError) {
    let piece = 1 << 20
    var start = 0
    repeat {
      let end = min(start + piece, bytes.count)
      let status = bytes[start..<end].withUnsafeBytes { buffer in
        XML_Parse(
          parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count),
          end == bytes.count ? 1 : 0)
      }
      if status == XML_STATUS_ERROR { throw fault(parser) }
      start = end
    } while start < bytes.count
  }

  private static func fault(_ parser: XML_Parser) -> ReviewFileError {
    let code = XML_GetErrorCode(parser)
    let reason = XML_ErrorString(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
    return ReviewFileError(
      "the XML is broken: \(reason)", line: Int(XML_GetCurrentLineNumber(parser)),
      column: String(XML_GetCurrentColumnNumber(parser) + 1),
      hint: code == XML_ERROR_UNKNOWN_ENCODING
        ? "save the file in UTF-8" : "export the review again; the file may be cut short")
  }

  /// What the C callbacks find again.
  private final class Context {
    let handler: any XMLHandler
    private let parser: XML_Parser

    init(_ handler: any XMLHandler, _ parser: XML_Parser) {
      self.handler = handler
      self.parser = parser
    }

    static func at(_ data: UnsafeMutableRawPointer) -> Context {
      Unmanaged<Context>.fromOpaque(data).takeUnretainedValue()
    }

    func start(_ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
      handler.start(
        String(cString: name), XMLAttributes(list: attributes), line: Int(XML_GetCurrentLineNumber(parser)))
    }

    func text(_ text: UnsafePointer<CChar>, _ count: Int) {
      handler.text(
        String(decoding: UnsafeRawBufferPointer(start: text, count: count).bindMemory(to: UInt8.self), as: UTF8.self))
    }
  }
}
