#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A shared library that is opened when it is needed, so that programs that never need it start without it.
struct DynamicLibrary {
  /// The name it was opened by.
  let name: String
  private let handle: UnsafeMutableRawPointer

  /// Opens the first library of a list that is there; `nil` when none is.
  init?(_ names: [String]) {
    for name in names {
      if let handle = dlopen(name, RTLD_LAZY | RTLD_LOCAL) {
        self.name = name
        self.handle = handle
        return
      }
    }
    return nil
  }

  /// A function of the library; its type must be that of the C declaration.
  func function<Function>(_ symbol: String, _ type: Function.Type) -> Function? {
    dlsym(handle, symbol).map { unsafeBitCast($0, to: type) }
  }
}
