/// Inputs that a host program hands over in memory.
///
/// Readers look here before they open a file. The value belongs to the work it is bound for (`$documents.withValue`), never
/// to the process, so that calls on other threads do not see it.
public enum ProvidedInputs {
  /// Contents by the name that the request gives them, `-` among them.
  @TaskLocal public static var documents: [String: [UInt8]] = [:]
}
