/// A colour for white paper and its counterpart for dark screens.
public struct Swatch: Sendable, Equatable {
  /// The colour on white, and on dark.
  public let light, dark: Color

  /// A pair from 0xRRGGBB values.
  public init(_ light: UInt32, dark: UInt32) {
    self.light = Color(light)
    self.dark = Color(dark)
  }
}

/// The colours and sizes that all figures share.
public struct Theme: Sendable, Equatable {
  /// Word by which the theme is chosen.
  public var name: String
  /// Whether swatches show their dark colour.
  public var isDark: Bool
  /// Colour of the canvas; `nil` for none.
  public var background: Color?
  /// Colours of text and marks, of secondary text, of thin rules, and of shaded areas.
  public var ink, muted, hairline, shade: Color
  /// Font size in points at final size.
  public var fontSize: Double
  /// Width of lines, and of hairlines, in points.
  public var line, thin: Double

  /// Black on white.
  public static let light = Theme(
    name: "light", isDark: false, background: Color(0xFFFFFF), ink: Color(0x000000), muted: Color(0x555555),
    hairline: Color(0xBBBBBB), shade: Color(0xEEEEEE), fontSize: 8.5, line: 0.75, thin: 0.4)

  /// Light on dark.
  public static let dark = Theme(
    name: "dark", isDark: true, background: Color(0x16181D), ink: Color(0xF0F0F0), muted: Color(0xB0B4BA),
    hairline: Color(0x565B63), shade: Color(0x2A2E36), fontSize: 8.5, line: 0.75, thin: 0.4)

  /// The themes there are.
  public static let all = [light, dark]

  /// The theme with a name.
  /// - Throws: `unknown` with the names there are.
  public static func named(_ name: String) throws(PlotDataError) -> Theme {
    guard let theme = all.first(where: { $0.name == name }) else {
      throw .unknown(what: "theme", name: name, known: all.map(\.name))
    }
    return theme
  }

  /// The colour of a swatch on this theme's canvas.
  public func color(_ swatch: Swatch) -> Color { isDark ? swatch.dark : swatch.light }

  /// The ink and the canvas as a swatch would hold them.
  public static let inkSwatch = Swatch(0x000000, dark: 0xF0F0F0)
}

/// The palette of Okabe and Ito (2008): colours that people with any kind of colour vision tell apart.
///
/// In greyscale their order of lightness from dark to light is blue, green, vermilion, purple, sky, orange, yellow.
public enum OkabeIto {
  /// The palette's blue.
  public static let blue = Swatch(0x0072B2, dark: 0x56B4E9)
  /// The palette's vermilion.
  public static let vermilion = Swatch(0xD55E00, dark: 0xE8813A)
  /// The palette's bluish green.
  public static let green = Swatch(0x009E73, dark: 0x2FC79B)
  /// The palette's orange.
  public static let orange = Swatch(0xE69F00, dark: 0xE69F00)
  /// The palette's reddish purple.
  public static let purple = Swatch(0xCC79A7, dark: 0xCC79A7)
  /// The palette's sky blue.
  public static let sky = Swatch(0x56B4E9, dark: 0x7CC8F2)
  /// The palette's yellow.
  public static let yellow = Swatch(0xF0E442, dark: 0xF0E442)
  /// The colours in the order in which series take them.
  public static let series = [blue, vermilion, green, orange, purple, sky, yellow]
}
