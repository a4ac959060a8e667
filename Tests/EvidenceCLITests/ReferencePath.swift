import TableIO

extension JSONValue {
  /// The value at a path such as `a.b[0].c`, `a[name=x].b` or `a.#` (a length); nil where there is none, or null.
  func at(_ path: String) -> JSONValue? {
    var value = self
    var rest = Substring(path)
    while let first = rest.first {
      if first == "." {
        rest.removeFirst()
      } else if first == "[" {
        guard let end = rest.firstIndex(of: "]") else { return nil }
        let inside = rest[rest.index(after: rest.startIndex)..<end]
        guard let next = value.element(String(inside)) else { return nil }
        value = next
        rest = rest[rest.index(after: end)...]
      } else {
        let end = rest.firstIndex { $0 == "." || $0 == "[" } ?? rest.endIndex
        let key = String(rest[..<end])
        rest = rest[end...]
        if key == "#" {
          guard let count = value.array?.count ?? value.object?.count else { return nil }
          value = .integer(count)
        } else {
          guard let next = value[key] else { return nil }
          value = next
        }
      }
    }
    return value.isNull ? nil : value
  }

  private func element(_ inside: String) -> JSONValue? {
    guard let list = array else { return nil }
    if let index = Int(inside) { return list.indices.contains(index) ? list[index] : nil }
    guard let equals = inside.firstIndex(of: "=") else { return nil }
    let key = String(inside[..<equals])
    let wanted = String(inside[inside.index(after: equals)...])
    return list.first { element in
      guard let value = element[key] else { return false }
      return value.string == wanted || value.int.map(String.init) == wanted
    }
  }

  /// Whether a value found is as this one asks.
  func accepts(_ got: JSONValue?, relative: Double, absolute: Double) -> Bool {
    if isNull { return got == nil }
    guard let got else { return false }
    if let bounds = object { return got.lies(within: bounds) }
    if let want = bool { return got.bool == want }
    if let want = string { return got.string == want }
    guard let want = double, let number = got.double, got.bool == nil else { return false }
    return abs(number - want) <= absolute + relative * abs(want)
  }

  private func lies(within bounds: [Member]) -> Bool {
    bounds.allSatisfy { bound in
      switch bound.key {
      case "min": (double ?? -.infinity) >= (bound.value.double ?? .nan)
      case "max": (double ?? .infinity) <= (bound.value.double ?? .nan)
      case "contains":
        (bound.value.array ?? [bound.value]).allSatisfy {
          string?.lowercased().contains(($0.string ?? "").lowercased()) == true
        }
      default: false
      }
    }
  }
}
