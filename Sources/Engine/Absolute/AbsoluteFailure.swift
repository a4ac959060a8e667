import EffectSizes

extension EvidenceError {
  /// An absolute effect's error as the command line says it: bad usage when the numbers were typed, bad data when read.
  init(_ error: AbsoluteEffectError, _ code: Code = .usage) {
    self.init(code, error.description, hint: error.hint)
  }
}

/// Runs code that throws an absolute effect's error, and throws it as the command line says it.
func absolutely<Value>(
  _ code: EvidenceError.Code = .usage, _ body: () throws(AbsoluteEffectError) -> Value
) throws(EvidenceError) -> Value {
  do throws(AbsoluteEffectError) { return try body() } catch { throw EvidenceError(error, code) }
}
