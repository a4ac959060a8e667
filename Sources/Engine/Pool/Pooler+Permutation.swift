import NumericCore
import Synthesis
import TableIO

extension Pooler {
  /// Permutation p-values of the pooled effect or of the coefficients; parts of the arrangements on all cores.
  func permute(
    _ permutation: PermutationRequest, _ studies: StudySet, _ design: Design?, _ weights: [Double]?
  ) throws(EvidenceError) -> PermutationResult {
    guard case .inverseVariance(let method) = request.method else {
      throw EvidenceError(.usage, "--permute is not available with --method \(request.methodCode)")
    }
    do throws(FitError) {
      let data = PermutationStudies(
        yi: studies.yi, vi: studies.vi, design: design?.matrix, terms: design?.names ?? ["intercept"], weights: weights)
      let scheme = permutation.draws.map { PermutationScheme.sampled(count: $0, seed: permutation.seed) } ?? .exact
      let test = try PermutationTest(model: model(method), studies: data, scheme: scheme)
      let ranges = Parallel.ranges(test.arrangementCount, pieces: 4 * Parallel.coreCount)
      let tallies = Parallel.map(ranges.count) { test.tally(ranges[$0]) }
      guard let first = tallies.first else { throw .noStudies }
      return try test.result(tallies.dropFirst().reduce(first, +))
    } catch { throw EvidenceError(error) }
  }
}

extension PermutationResult {
  /// How the p-values were made, for people.
  func description(seed: UInt64) -> String {
    guard case .sampled = scheme else { return "p-values by permutation, all \(count) arrangements" }
    let error = monteCarloErrors.max().map {
      ", Monte-Carlo standard error at most \(NumberText.plain.fixed($0, decimals: 5))"
    }
    return "p-values by permutation, \(count) random arrangements, seed \(seed)\(error ?? "")"
  }
}
