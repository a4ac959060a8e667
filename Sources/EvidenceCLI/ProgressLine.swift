import Engine

/// Progress of a batch on a terminal: share done, rate and the time that is left, on a line that is written over.
final class ProgressLine {
  private let isShown: Bool
  private let start = ContinuousClock.now
  private var last: ContinuousClock.Instant?

  init(isShown: Bool) { self.isShown = isShown }

  /// Shows how far the run is, at most five times a second.
  func report(_ progress: BatchProgress, groups: Int) {
    let now = ContinuousClock.now
    guard isShown, last.map({ $0.duration(to: now) >= .milliseconds(200) }) ?? true else { return }
    last = now
    let elapsed = start.duration(to: now).components
    let seconds = max(Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18, 1e-3)
    var text = "\r\u{1B}[K\(groups) groups, \(Int(Double(groups) / seconds)) groups/s"
    text += ", \(Int(Double(progress.done) / 1e6 / seconds)) MB/s"
    if let total = progress.total, progress.done > 0 {
      let left = Int(seconds * Double(total - progress.done) / Double(progress.done))
      text += ", \(100 * progress.done / max(total, 1)) %, \(ProgressLine.clock(left)) left"
    }
    Output.error(text)
  }

  /// Takes the line away.
  func end() { if last != nil { Output.error("\r\u{1B}[K") } }

  /// Seconds as 1:02:03 or 2:03.
  static func clock(_ seconds: Int) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
    let padded = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return hours > 0 ? "\(hours):\(padded(minutes)):\(padded(rest))" : "\(minutes):\(padded(rest))"
  }
}
