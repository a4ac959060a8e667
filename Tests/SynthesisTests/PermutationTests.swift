import NumericCore
import Synthesis
import TestSupport
import Testing

struct PermutationCase: Decodable {
  var rows: Int
  var formula: String?
  var method, test: String
  var p: Numbers
  var omnibus: Double?
}

@Suite("Permutation tests")
struct PermutationTests {
  private func studies(_ file: FitsFile, _ formula: String?, rows: Int) throws -> PermutationStudies {
    let columns = try file.columns("bcg", rows: rows)
    let yi = try columns.numbers("yi")
    let vi = try columns.numbers("vi")
    guard let formula else { return PermutationStudies(yi: yi, vi: vi) }
    let design = try Design(try Formula(formula), columns: columns)
    return PermutationStudies(yi: yi, vi: vi, design: design.matrix, terms: design.names)
  }

  @Test("metafor's exact permutation tests")
  func matchesMetafor() throws {
    let file = try FitsFile.load()
    #expect(file.permutation.count >= 7)
    for reference in file.permutation {
      let model = PoolingModel(
        method: try #require(PoolingMethod(code: reference.method)),
        inference: try #require(FitCase.inference(reference.test)))
      let test = try PermutationTest(
        model: model, studies: try studies(file, reference.formula, rows: reference.rows), scheme: .exact)
      let result = try test.result(test.tally(0..<test.arrangementCount))
      let name = "\(reference.formula ?? "signs") \(reference.method) \(reference.test)"
      #expect(result.pValues.count == reference.p.values.count)
      for (got, want) in zip(result.pValues, reference.p.values) { expectClose(got, want, relative: 1e-12, name) }
      #expect((result.omnibusPValue == nil) == (reference.omnibus == nil))
      if let want = reference.omnibus { expectClose(try #require(result.omnibusPValue), want, relative: 1e-12, name) }
      #expect(result.failed == 0)
    }
  }

  @Test("Parts of the arrangements add up to the whole, exact or sampled")
  func parts() throws {
    let file = try FitsFile.load()
    for formula in [nil, "~ ablat", "~ alloc"] {
      for scheme in [PermutationScheme.exact, .sampled(count: 500, seed: 7)] {
        let test = try PermutationTest(
          model: PoolingModel(method: .random(.derSimonianLaird)), studies: try studies(file, formula, rows: 6),
          scheme: scheme)
        let n = test.arrangementCount
        let whole = test.tally(0..<n)
        let middle = n / 3
        #expect(test.tally(0..<middle) + test.tally(middle..<n) == whole)
        #expect(test.tally(-5..<(n + 5)) == whole)
        #expect(throws: FitError.self) { try test.result(test.tally(0..<middle)) }
      }
    }
  }

  @Test("Short cuts and full refits count alike")
  func shortCuts() throws {
    let file = try FitsFile.load()
    for formula in [nil, "~ ablat + alloc"] {
      var data = try studies(file, formula, rows: 6)
      for method in [PoolingMethod.random(.reml), .random(.pauleMandel), .equalEffects] {
        for inference in [Inference.normal, .hartungKnapp] {
          let model = PoolingModel(method: method, inference: inference)
          data.weights = nil
          let short = try PermutationTest(model: model, studies: data, scheme: .exact)
          let all = try short.result(short.tally(0..<short.arrangementCount))
          let fit =
            try data.design.map {
              try model.fit(yi: data.yi, vi: data.vi, design: $0, terms: data.terms)
            } ?? model.fit(yi: data.yi, vi: data.vi)
          // The same by fitting every arrangement in full.
          var hits = [Int](repeating: 0, count: fit.p)
          var count = 0
          try forEachArrangement(of: data) { yi, vi in
            let other =
              try data.design.map { try model.fit(yi: yi, vi: vi, design: $0, terms: data.terms) }
              ?? model.fit(yi: yi, vi: vi)
            for j in 0..<fit.p
            where abs(other.coefficients[j].statistic ?? 0) >= abs(fit.coefficients[j].statistic ?? 0) - 1.5e-8 {
              hits[j] += 1
            }
            count += 1
          }
          for j in 0..<fit.p { expectClose(all.pValues[j], Double(hits[j]) / Double(count), relative: 1e-12) }
        }
      }
    }
  }

  private func forEachArrangement(of data: PermutationStudies, _ body: ([Double], [Double]) throws -> Void) throws {
    let k = data.yi.count
    if data.design == nil {
      for bits in 0..<(1 << k) {
        try body(data.yi.enumerated().map { bits >> $0.offset & 1 == 0 ? $0.element : -$0.element }, data.vi)
      }
      return
    }
    var order = Array(0..<k)
    func recurse(_ place: Int) throws {
      if place == k { return try body(order.map { data.yi[$0] }, order.map { data.vi[$0] }) }
      for other in place..<k {
        order.swapAt(place, other)
        try recurse(place + 1)
        order.swapAt(place, other)
      }
    }
    try recurse(0)
  }

  @Test("Sampled p-values agree with the exact ones within their error, and repeat")
  func sampled() throws {
    let file = try FitsFile.load()
    for formula in [nil, "~ ablat + alloc"] {
      let data = try studies(file, formula, rows: 7)
      let model = PoolingModel(method: .random(.derSimonianLaird))
      func result(_ scheme: PermutationScheme) throws -> PermutationResult {
        let test = try PermutationTest(model: model, studies: data, scheme: scheme)
        return try test.result(test.tally(0..<test.arrangementCount))
      }
      let exact = try result(.exact)
      let drawn = try result(.sampled(count: 4_000, seed: 3))
      #expect(drawn.pValues == (try result(.sampled(count: 4_000, seed: 3))).pValues)
      for j in exact.pValues.indices {
        #expect(abs(drawn.pValues[j] - exact.pValues[j]) < 4 * max(drawn.monteCarloErrors[j], 1e-3))
      }
      #expect(exact.monteCarloErrors.allSatisfy { $0 == 0 })
      #expect(drawn.notes.contains { $0.code == "permutation-sampled" })
    }
  }

  @Test("Weights and methods without a short cut")
  func longWay() throws {
    let file = try FitsFile.load()
    var data = try studies(file, "~ ablat", rows: 5)
    data.weights = [1, 2, 3, 4, 5]
    let test = try PermutationTest(model: PoolingModel(method: .random(.hedges)), studies: data, scheme: .exact)
    let result = try test.result(test.tally(0..<test.arrangementCount))
    #expect(test.arrangementCount == 120)
    #expect(result.pValues.allSatisfy { $0 > 0 && $0 <= 1 })
    let kr = try PermutationTest(
      model: PoolingModel(inference: .kenwardRoger), studies: try studies(file, nil, rows: 5), scheme: .exact)
    #expect(try kr.result(kr.tally(0..<16)).pValues[0] >= 1 / 16)
    #expect(throws: FitError.self) {
      try PermutationTest(
        model: PoolingModel(inference: .henmiCopas), studies: try studies(file, nil, rows: 5), scheme: .exact)
    }
  }

  @Test("What cannot be gone through is refused with a way out")
  func refusals() throws {
    let file = try FitsFile.load()
    let model = PoolingModel(method: .random(.derSimonianLaird))
    #expect {
      try PermutationTest(model: model, studies: try studies(file, "~ ablat", rows: 13), scheme: .exact)
    } throws: { error in
      guard case .notEstimable(_, let hint) = error as? FitError else { return false }
      return hint.contains("10000")
    }
    #expect(throws: FitError.self) {
      try PermutationTest(model: model, studies: try studies(file, nil, rows: 5), scheme: .sampled(count: 0, seed: 1))
    }
    var short = try studies(file, "~ ablat", rows: 6)
    short.yi.removeLast()
    #expect(throws: FitError.self) { try PermutationTest(model: model, studies: short, scheme: .exact) }
    let alike = try PermutationTest(model: model, studies: try studies(file, "~ alloc", rows: 13), scheme: .exact)
    #expect(alike.arrangementCount == 25_740)
  }

  @Test("P-values take the place of the fit's, statistics stay")
  func replacing() throws {
    let file = try FitsFile.load()
    let data = try studies(file, "~ ablat", rows: 6)
    let model = PoolingModel(method: .random(.derSimonianLaird))
    let test = try PermutationTest(model: model, studies: data, scheme: .exact)
    let result = try test.result(test.tally(0..<test.arrangementCount))
    let fit = try model.fit(yi: data.yi, vi: data.vi, design: try #require(data.design), terms: data.terms)
    let replaced = fit.replacingPValues(by: result)
    #expect(replaced.coefficients.map(\.pValue) == result.pValues.map { $0 })
    #expect(replaced.coefficients.map(\.statistic) == fit.coefficients.map(\.statistic))
    #expect(replaced.omnibus?.pValue == result.omnibusPValue)
  }
}
