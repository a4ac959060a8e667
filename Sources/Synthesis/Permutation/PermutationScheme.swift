/// Which arrangements of the data a permutation test looks at.
public enum PermutationScheme: Sendable, Equatable {
  /// Every one.
  case exact
  /// So many, drawn at random; the observed arrangement is counted besides.
  case sampled(count: Int, seed: UInt64)
}
