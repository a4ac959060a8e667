import ArgumentParser
import Engine

/// The studies, their effect size and how to pool them: shared by the commands that fit a model.
struct AnalysisOptions: ParsableArguments {
  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Effect size") var measure: MeasureOptions
  @OptionGroup(title: "Pooling") var pooling: PoolOptions

  /// The request for an input.
  func request(_ input: String) throws -> PoolRequest {
    try pooling.request(data: data.request(input), measure: measure, command: Invocation.text)
  }

  /// The first option given that says which studies, which effect size or how to pool.
  var firstGiven: String? {
    measure.measure.map { _ in "--measure" } ?? pooling.firstGiven ?? data.firstGiven
  }
}
