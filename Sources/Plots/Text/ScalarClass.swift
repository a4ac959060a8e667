/// How much room a code point takes, in kinds: what terminals and fonts agree on.
enum ScalarClass {
  /// Takes no room: combining marks, joiners, direction marks.
  case zero
  /// An ordinary letter.
  case narrow
  /// As wide as it is high: East Asian wide and full-width forms, emoji.
  case wide

  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    if value < 0x300 {
      self = value == 0xAD || value < 0x20 || (0x7F..<0xA0).contains(value) ? .zero : .narrow
      return
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: self = .zero
    default: self = Self.wideRanges.contains { $0.contains(value) } ? .wide : .narrow
    }
  }

  /// Ranges of East Asian Width W and F (Unicode Standard Annex 11), and pictographs.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x25FD...0x25FE, 0x2E80...0x303E,
    0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1B000...0x1B2FF, 0x1F004...0x1F004, 0x1F0CF...0x1F0CF,
    0x1F18E...0x1F18E, 0x1F191...0x1F19A, 0x1F1E6...0x1F202, 0x1F210...0x1F23B, 0x1F300...0x1F64F,
    0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD,
  ]

  /// Whether a code point belongs to a script written from right to left.
  static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }
}
