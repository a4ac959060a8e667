#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What is known of the terminal that stdout goes to.
enum Terminal {
  /// Whether stdout is a terminal.
  static var isInteractive: Bool { HostedRun.current == nil && isatty(1) == 1 }

  /// Whether stderr is a terminal, so that progress can be shown.
  static var errorIsInteractive: Bool { HostedRun.current == nil && isatty(2) == 1 }

  /// Width in columns; 100 where there is no terminal, so that files and pipes always get the same text.
  static var columns: Int {
    var size = winsize()
    guard isInteractive, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 40 else { return 100 }
    return Int(size.ws_col)
  }

  /// Whether colour is wanted: on a terminal, unless NO_COLOR says otherwise.
  static var wantsColor: Bool { isInteractive && getenv("NO_COLOR") == nil }
}
