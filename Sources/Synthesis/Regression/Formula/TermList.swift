/// A sum of terms under the algebra of Wilkinson and Rogers; the empty term stands for the intercept.
///
/// A term is a rising list of variable indices, so that `b:a` and `a:b` are one term and `a:a` is `a`.
struct TermList: Equatable {
  /// Terms in order of appearance, each once.
  private(set) var terms: [[Int]] = []
  private var known: Set<[Int]> = []

  init(_ terms: [[Int]] = []) {
    for term in terms { insert(term) }
  }

  /// Adds a term unless it is there.
  mutating func insert(_ term: [Int]) {
    if known.insert(term).inserted { terms.append(term) }
  }

  /// `a + b`.
  static func + (left: TermList, right: TermList) -> TermList { TermList(left.terms + right.terms) }

  /// `a - b`: the terms of a that are not in b.
  static func - (left: TermList, right: TermList) -> TermList {
    TermList(left.terms.filter { !right.known.contains($0) })
  }

  /// `a:b`: every term of a with every term of b.
  func interaction(_ other: TermList) -> TermList {
    var result = TermList()
    for left in terms {
      for right in other.terms { result.insert(Set(left + right).sorted()) }
    }
    return result
  }

  /// `a*b`: a + b + a:b.
  func crossed(with other: TermList) -> TermList { self + other + interaction(other) }

  /// `a/b`: a, and b within all of a.
  func nesting(_ other: TermList) -> TermList {
    self + TermList([Set(terms.joined()).sorted()]).interaction(other)
  }
}
