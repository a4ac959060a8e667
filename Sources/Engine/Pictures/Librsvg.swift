#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// librsvg and cairo, opened at run time: the few functions that turn an SVG into PNG and PDF.
///
/// Declarations: librsvg 2.52 and later, cairo 1.16 and later (their reference manuals).
struct Librsvg {
  typealias Object = OpaquePointer
  typealias Sink = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, UInt32) -> Int32

  private typealias Create = @convention(c) (UnsafePointer<UInt8>?, Int, UnsafeMutableRawPointer?) -> Object?
  private typealias Render = @convention(c) (Object, Object, UnsafePointer<Double>, UnsafeMutableRawPointer?) -> Int32
  private typealias Release = @convention(c) (Object) -> Void
  private typealias ImageSurface = @convention(c) (Int32, Int32, Int32) -> Object?
  private typealias PDFSurface = @convention(c) (Sink, UnsafeMutableRawPointer?, Double, Double) -> Object?
  private typealias Metadata = @convention(c) (Object, Int32, UnsafePointer<CChar>) -> Void
  private typealias Context = @convention(c) (Object) -> Object?
  private typealias Paint = @convention(c) (Object, Double, Double, Double) -> Void
  private typealias WritePNG = @convention(c) (Object, Sink, UnsafeMutableRawPointer?) -> Int32
  private typealias Status = @convention(c) (Object) -> Int32

  private let create: Create
  private let render: Render
  private let releaseHandle, releaseContext, paint, finish, releaseSurface: Release
  private let imageSurface: ImageSurface
  private let pdfSurface: PDFSurface
  private let metadata: Metadata
  private let context: Context
  private let setSource: Paint
  private let writePNG: WritePNG
  private let status: Status

  /// Opens the libraries.
  /// - Throws: 74 when one is not installed or too old, with the command that installs it.
  init() throws(EvidenceError) {
    let named = getenv("EVIDENCE_LIBRSVG").map { [String(cString: $0)] }
    let rsvg = try Librsvg.library("librsvg", named ?? ["librsvg-2.so.2", "librsvg-2.2.dylib", "librsvg-2.dylib"])
    let cairo = try Librsvg.library("cairo", ["libcairo.so.2", "libcairo.2.dylib"])
    let gobject = try Librsvg.library("gobject", ["libgobject-2.0.so.0", "libgobject-2.0.0.dylib"])
    create = try Librsvg.find(rsvg, "rsvg_handle_new_from_data", Create.self)
    render = try Librsvg.find(rsvg, "rsvg_handle_render_document", Render.self)
    releaseHandle = try Librsvg.find(gobject, "g_object_unref", Release.self)
    imageSurface = try Librsvg.find(cairo, "cairo_image_surface_create", ImageSurface.self)
    pdfSurface = try Librsvg.find(cairo, "cairo_pdf_surface_create_for_stream", PDFSurface.self)
    metadata = try Librsvg.find(cairo, "cairo_pdf_surface_set_metadata", Metadata.self)
    context = try Librsvg.find(cairo, "cairo_create", Context.self)
    releaseContext = try Librsvg.find(cairo, "cairo_destroy", Release.self)
    setSource = try Librsvg.find(cairo, "cairo_set_source_rgb", Paint.self)
    paint = try Librsvg.find(cairo, "cairo_paint", Release.self)
    finish = try Librsvg.find(cairo, "cairo_surface_finish", Release.self)
    releaseSurface = try Librsvg.find(cairo, "cairo_surface_destroy", Release.self)
    writePNG = try Librsvg.find(cairo, "cairo_surface_write_to_png_stream", WritePNG.self)
    status = try Librsvg.find(cairo, "cairo_surface_status", Status.self)
  }

  /// The picture as PNG, `width` × `height` pixels, on an opaque ground.
  func png(_ svg: String, width: Int, height: Int, ground: (Double, Double, Double)) throws(EvidenceError) -> [UInt8] {
    let sink = ByteSink()
    let surface = try made(imageSurface(Librsvg.rgb24, Int32(width), Int32(height)))
    defer { releaseSurface(surface) }
    try draw(svg, on: surface, width: Double(width), height: Double(height), ground: ground)
    guard writePNG(surface, ByteSink.write, sink.pointer) == 0 else { throw Librsvg.failure("cairo cannot write PNG") }
    return sink.bytes
  }

  /// The picture as PDF of one page, `width` × `height` points, with live text. It has no date, so that the same
  /// picture gives the same bytes.
  func pdf(
    _ svg: String, width: Double, height: Double, title: String, creator: String
  ) throws(EvidenceError) -> [UInt8] {
    let sink = ByteSink()
    let surface = try made(pdfSurface(ByteSink.write, sink.pointer, width, height))
    metadata(surface, Librsvg.titleField, title)
    metadata(surface, Librsvg.creatorField, creator)
    metadata(surface, Librsvg.dateField, "")
    do throws(EvidenceError) {
      try draw(svg, on: surface, width: width, height: height, ground: nil)
    } catch {
      releaseSurface(surface)
      throw error
    }
    finish(surface)
    let outcome = status(surface)
    releaseSurface(surface)
    guard outcome == 0 else { throw Librsvg.failure("cairo cannot write PDF") }
    return sink.bytes
  }

  private func draw(
    _ svg: String, on surface: Object, width: Double, height: Double, ground: (Double, Double, Double)?
  ) throws(EvidenceError) {
    let bytes = Array(svg.utf8)
    guard let handle = bytes.withUnsafeBufferPointer({ create($0.baseAddress, $0.count, nil) }) else {
      throw Librsvg.failure("librsvg cannot read the picture")
    }
    defer { releaseHandle(handle) }
    let cairo = try made(context(surface))
    defer { releaseContext(cairo) }
    if let ground {
      setSource(cairo, ground.0, ground.1, ground.2)
      paint(cairo)
    }
    let viewport = [0, 0, width, height]
    guard viewport.withUnsafeBufferPointer({ $0.baseAddress.map { render(handle, cairo, $0, nil) } }) != 0 else {
      throw Librsvg.failure("librsvg cannot draw the picture")
    }
  }

  private func made(_ object: Object?) throws(EvidenceError) -> Object {
    guard let object else { throw Librsvg.failure("cairo has no memory for the picture") }
    return object
  }

  /// `CAIRO_FORMAT_RGB24`, and members of `cairo_pdf_metadata_t`.
  private static let rgb24: Int32 = 1
  private static let titleField: Int32 = 0, creatorField: Int32 = 4, dateField: Int32 = 5

  private static func library(_ what: String, _ names: [String]) throws(EvidenceError) -> DynamicLibrary {
    if let library = DynamicLibrary(names) { return library }
    throw EvidenceError(
      .cannotWrite, "PNG and PDF are drawn by \(what), which is not installed",
      hint: "apt-get install librsvg2-2 fonts-liberation (macOS: brew install librsvg), or write SVG")
  }

  private static func find<Function>(
    _ library: DynamicLibrary, _ symbol: String, _ type: Function.Type
  ) throws(EvidenceError) -> Function {
    if let function = library.function(symbol, type) { return function }
    throw EvidenceError(
      .cannotWrite, "\(library.name) is too old: it has no \(symbol)",
      hint: "PNG and PDF need librsvg 2.52 and cairo 1.16 or later; or write SVG")
  }

  private static func failure(_ message: String) -> EvidenceError {
    EvidenceError(.cannotWrite, message, hint: "write SVG, and tell us with the data of the figure")
  }
}

/// Takes the bytes that cairo writes.
private final class ByteSink {
  var bytes: [UInt8] = []

  var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static let write: Librsvg.Sink = { closure, data, count in
    guard let closure, let data else { return 11 }  // CAIRO_STATUS_WRITE_ERROR
    Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue().bytes
      .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
    return 0
  }
}
