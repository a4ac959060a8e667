/// The face that stands for Helvetica on this machine, as fontconfig chooses it for librsvg.
///
/// Pictures are laid out with the widths of Helvetica. A face of other widths, or none, would let texts overlap in PNG
/// and PDF.
struct InstalledFont {
  /// Name of the family; `nil` when there is no font or no fontconfig.
  let family: String?

  private typealias Pattern = OpaquePointer
  private typealias Parse = @convention(c) (UnsafePointer<CChar>) -> Pattern?
  private typealias Substitute = @convention(c) (OpaquePointer?, Pattern, Int32) -> Int32
  private typealias Default = @convention(c) (Pattern) -> Void
  private typealias Match = @convention(c) (OpaquePointer?, Pattern, UnsafeMutablePointer<Int32>) -> Pattern?
  private typealias Text =
    @convention(c) (
      Pattern, UnsafePointer<CChar>, Int32, UnsafeMutablePointer<UnsafePointer<CChar>?>
    ) -> Int32

  /// Families of Helvetica's widths.
  private static let alike = [
    "Helvetica", "Arial", "Liberation Sans", "Nimbus Sans", "Nimbus Sans L", "TeX Gyre Heros", "Arimo", "FreeSans",
  ]

  /// Asks fontconfig.
  init() { family = Self.find("Helvetica") }

  /// What a careful user should know, `nil` when all is well.
  var remark: String? {
    guard let family else {
      return "no font was found, so the picture may have no text: apt-get install fonts-liberation"
    }
    if Self.alike.contains(family) { return nil }
    return "the text is set in \(family), whose widths are not Helvetica's, and may overlap: "
      + "apt-get install fonts-liberation"
  }

  private static func find(_ name: String) -> String? {
    guard let library = DynamicLibrary(["libfontconfig.so.1", "libfontconfig.1.dylib"]),
      let parse = library.function("FcNameParse", Parse.self),
      let substitute = library.function("FcConfigSubstitute", Substitute.self),
      let fill = library.function("FcDefaultSubstitute", Default.self),
      let match = library.function("FcFontMatch", Match.self),
      let text = library.function("FcPatternGetString", Text.self),
      let destroy = library.function("FcPatternDestroy", Default.self),
      let pattern = parse(name)
    else { return nil }
    defer { destroy(pattern) }
    _ = substitute(nil, pattern, 0)  // FcMatchPattern
    fill(pattern)
    var outcome: Int32 = 0
    guard let font = match(nil, pattern, &outcome) else { return nil }
    defer { destroy(font) }
    var family: UnsafePointer<CChar>?
    guard text(font, "family", 0, &family) == 0, let family else { return nil }
    return String(cString: family)
  }
}
