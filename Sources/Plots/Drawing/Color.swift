/// A colour of the sRGB space.
public struct Color: Sendable, Equatable {
  /// Red, green and blue.
  public let red, green, blue: UInt8

  /// A colour from 0xRRGGBB.
  public init(_ hex: UInt32) {
    red = UInt8((hex >> 16) & 0xFF)
    green = UInt8((hex >> 8) & 0xFF)
    blue = UInt8(hex & 0xFF)
  }

  /// `#rrggbb`.
  public var hex: String {
    func pair(_ value: UInt8) -> String {
      let text = String(value, radix: 16)
      return text.utf8.count == 1 ? "0" + text : text
    }
    return "#" + pair(red) + pair(green) + pair(blue)
  }

}
