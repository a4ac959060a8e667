public import Testing

/// Records an issue unless `got` is within `absolute + relative · |want|` of `want`; the message has the error made.
public func expectClose(
  _ got: Double, _ want: Double, relative: Double = 1e-12, absolute: Double = 0, _ what: @autoclosure () -> String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  if got == want || (got.isNaN && want.isNaN) { return }
  let error = abs(got - want)
  if error <= absolute + relative * abs(want) { return }
  let relativeError = error / abs(want)
  Issue.record(
    "\(what()): got \(got), want \(want), relative error \(relativeError), allowed \(relative)",
    sourceLocation: sourceLocation)
}
