/// A test of all coefficients of one term.
public struct TermTest: Sendable {
  /// The term, such as `alloc` or `ablat:alloc`.
  public let term: String
  /// The test that its coefficients are zero together.
  public let test: OmnibusTest
}

extension Fit {
  /// A test per term of a design, in order, the intercept left out.
  ///
  /// - Throws: `FitError` when a block cannot be tested.
  public func termTests(_ design: Design) throws(FitError) -> [TermTest] {
    var tests: [TermTest] = []
    for (number, label) in design.termLabels.enumerated() {
      let block = design.assignment.indices.filter { design.assignment[$0] == number + 1 }
      if block.isEmpty { continue }
      tests.append(TermTest(term: label, test: try testBlock(block)))
    }
    return tests
  }
}

extension Design {
  /// The columns that a word names: a term (`alloc`), a coefficient (`alloc[random]`) or a number from 1.
  public func columns(named word: String) -> [Int]? {
    if let term = termLabels.firstIndex(of: word) {
      return assignment.indices.filter { assignment[$0] == term + 1 }
    }
    if let column = names.firstIndex(of: word) { return [column] }
    if let number = Int(word), number >= 1, number <= names.count { return [number - 1] }
    return nil
  }
}
