import CEvidence
import Engine

/// The header's number, so that a program can see at run time whether it was compiled for this library.
@c @implementation
public func evidence_abi_version() -> Int32 { EVIDENCE_ABI_VERSION }

/// The version of the engine.
@c @implementation
public func evidence_version() -> UnsafePointer<CChar>? { VersionText.shared.pointer }

/// The version as text that lives as long as the process.
private struct VersionText: @unchecked Sendable {
  /// Written once, before anybody sees it.
  let pointer: UnsafePointer<CChar>

  static let shared = VersionText(Engine.version)

  private init(_ text: String) {
    let bytes = text.utf8CString
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    for index in bytes.indices { copy[index] = bytes[index] }
    pointer = UnsafePointer(copy)
  }
}
