import NumericCore
import Synthesis

extension PoolAnalysis {
  /// Fits each level of the grouping column, or all with one τ², and tests their differences.
  mutating func fitSubgroups(_ pooler: Pooler, _ groups: [String], _ weights: [Double]?) throws(EvidenceError) {
  }
}
