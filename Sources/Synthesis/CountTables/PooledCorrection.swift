/// Continuity correction of the cells that enter a pooled Mantel–Haenszel or Peto estimate.
///
/// The estimate needs none, and by default gets none (Bradburn, Deeks, Berlin and Localio 2007). It is kept apart from
/// the correction of the single studies' effect sizes, which never reaches the pooled estimate.
public struct PooledCorrection: Sendable, Equatable {
  /// Which rows are corrected.
  public enum Rule: String, Sendable, CaseIterable {
    /// Rows with a cell of zero.
    case onlyZero = "only0"
    /// Every row.
    case all
    /// Every row, if any row has a cell of zero.
    case ifAnyZero = "if0all"
    /// No row.
    case none
  }

  /// What is added to each cell, and to which rows.
  public var amount: Double
  /// Which rows are corrected.
  public var rule: Rule

  /// A correction.
  public init(amount: Double, rule: Rule) {
    self.amount = amount
    self.rule = rule
  }

  /// No correction.
  public static let none = PooledCorrection(amount: 0, rule: .none)

  /// The columns with the correction, and the number of rows that were corrected.
  func applied<Columns: CountColumns>(to columns: Columns) -> (columns: Columns, corrected: Int) {
    if amount == 0 || rule == .none { return (columns, 0) }
    let zeros = (0..<columns.count).map { columns.hasZero($0) }
    let marked: [Bool]
    switch rule {
    case .none: return (columns, 0)
    case .onlyZero: marked = zeros
    case .all: marked = zeros.map { _ in true }
    case .ifAnyZero: marked = zeros.map { _ in zeros.contains(true) }
    }
    return (columns.adding(amount, where: marked), marked.count { $0 })
  }
}
