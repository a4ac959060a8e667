/// A remark that belongs to a result: what a careful statistician would say beside the number. Never an error.
public struct Note: Sendable, Equatable {
  /// Stable word for programs, such as `few-studies-normal`.
  public let code: String
  /// Sentence for people.
  public let message: String

  /// A remark.
  public init(code: String, message: String) {
    self.code = code
    self.message = message
  }
}
