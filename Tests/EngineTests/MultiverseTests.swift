import Engine
import Synthesis
import Testing

/// The multiverse: the curve, the shares, and what hangs on each choice.
struct MultiverseTests {
  private func request(_ input: String, _ set: (inout MultiverseRequest) -> Void = { _ in }) -> MultiverseRequest {
    var request = MultiverseRequest(pool: PoolRequest(data: DataRequest(input: input)))
    set(&request)
    return request
  }

  @Test func rowsRiseWithinEachScale() throws {
    let multiverse = try Multiverse(request("bcg") { $0.measures = ["RR", "OR"] })
    let estimates = multiverse.rows.map(\.result.estimate)
    #expect(zip(estimates, estimates.dropFirst()).allSatisfy { $0 <= $1 })
    let mixed = try Multiverse(request("bcg"))
    #expect(mixed.rows.count == Set(mixed.rows.map { "\($0.specification) \($0.excluded)" }).count)
    for code in ["RR", "OR", "RD"] {
      let part = mixed.rows.filter { $0.specification.effect.measure == code }.map(\.result.estimate)
      #expect(part.count > 100 && zip(part, part.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }

  @Test func theUsualAnalysisIsThatOfPool() throws {
    let multiverse = try Multiverse(request("bcg"))
    let row = multiverse.rows[try #require(multiverse.reference)]
    let fit = try PoolAnalysis(PoolRequest(data: DataRequest(input: "bcg"))).fit
    #expect(row.result.estimate == fit.pooled?.value)
    #expect(row.result.lower == fit.pooled?.interval.lower)
  }

  /// One choice of two levels: all variance lies between them, and the flips can be counted by hand.
  @Test func aSingleChoiceCarriesEverything() throws {
    let multiverse = try Multiverse(
      request("bcg") {
        $0.measures = ["RR"]
        $0.methods = [.inverseVariance(.equalEffects), .inverseVariance(.random(.reml))]
        $0.inferences = [.normal]
        $0.leaveOneOut = false
      })
    #expect(multiverse.rows.count == 2)
    let choice = try #require(multiverse.choices.first)
    #expect(multiverse.choices.count == 1 && choice.kind == .method)
    #expect(abs((choice.varianceShare ?? 0) - 1) < 1e-12)
    #expect(choice.conclusionFlips == 0 && choice.signFlips == 0)
    let (low, high) = (multiverse.rows[0].result.estimate, multiverse.rows[1].result.estimate)
    #expect(abs((choice.shift ?? 0) - (high - low)) < 1e-15)
  }

  @Test func levelsAndConditionsAreLeftOut() throws {
    let multiverse = try Multiverse(
      request("bcg") {
        $0.measures = ["RR"]
        $0.methods = [.inverseVariance(.random(.reml))]
        $0.inferences = [.normal]
        $0.leaveOneOut = false
        $0.excludeBy = ["alloc"]
        $0.excluded = ["year < 1950"]
      })
    let sizes = Dictionary(uniqueKeysWithValues: multiverse.rows.map { ($0.excluded, $0.result.k) })
    #expect(
      sizes == ["none": 13, "alloc = random": 6, "alloc = alternate": 11, "alloc = systematic": 9, "year < 1950": 11])
  }

  @Test func sameBytesForAnyNumberOfThreads() throws {
    let one = try Multiverse(request("bcg") { $0.jobs = 1 })
    let two = try Multiverse(request("bcg") { $0.jobs = 2 })
    #expect(one.json == two.json)
    #expect(one.csv == two.csv)
  }

  @Test func badRequestsAreRefused() throws {
    #expect(throws: EvidenceError.self) { try Multiverse(request("bcg") { $0.measures = ["XX"] }) }
    #expect(throws: EvidenceError.self) { try Multiverse(request("bcg") { $0.excludeBy = ["nope"] }) }
    #expect(throws: EvidenceError.self) { try Multiverse(request("bcg") { $0.excluded = ["year <"] }) }
    #expect(throws: EvidenceError.self) { try Multiverse(request("bcg") { $0.excluded = ["nope == 1"] }) }
  }
}
