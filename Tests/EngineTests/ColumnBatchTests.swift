import EffectSizes
import Engine
import Synthesis
import Testing

/// Columns in, columns out: the numbers of single analyses, whatever the threads; a reason for every group without numbers.
@Suite struct ColumnBatchTests {
  /// Groups of 1 to 40 studies from a fixed pattern.
  private static let groups: (offsets: [Int], yi: [Double], vi: [Double]) = {
    var (offsets, yi, vi) = ([0], [Double](), [Double]())
    for group in 0..<1203 {
      for study in 0...(group * 7 % 40) {
        yi.append(Double((group * 31 + study * 17) % 41 - 20) / 13)
        vi.append(Double((group * 5 + study * 11) % 23 + 1) / 40)
      }
      offsets.append(yi.count)
    }
    return (offsets, yi, vi)
  }()

  private static func request(_ method: String, _ inference: Inference = .normal) throws -> PoolRequest {
    var request = PoolRequest(data: DataRequest(input: ""))
    request.method = try #require(PoolMethod(code: method))
    request.inference = inference
    return request
  }

  private static func run(
    _ request: PoolRequest, _ roles: [Role], _ offsets: [Int], _ columns: [[Double]], jobs: Int? = 1
  ) throws -> (results: GroupResultStorage, problems: [GroupProblem]) {
    let results = GroupResultStorage(count: max(offsets.count - 1, 0))
    return (results, try run(request, roles, offsets, columns, into: results.columns, jobs: jobs))
  }

  private static func run(
    _ request: PoolRequest, _ roles: [Role], _ offsets: [Int], _ columns: [[Double]], into results: GroupResults,
    jobs: Int? = 1
  ) throws -> [GroupProblem] {
    let flat = columns.flatMap { $0 }
    return try flat.withUnsafeBufferPointer { flat in
      try offsets.withUnsafeBufferPointer { offsets in
        let length = columns[0].count
        let buffers = columns.indices.map { UnsafeBufferPointer(rebasing: flat[($0 * length)..<(($0 + 1) * length)]) }
        return try ColumnBatch(request, roles: roles)
          .run(GroupedColumns(offsets: offsets, columns: buffers), into: results, jobs: jobs)
      }
    }
  }

  private static func bits(_ column: GroupResults.Column?) -> [UInt64] { column.map { $0.map(\.bitPattern) } ?? [] }

  @Test(arguments: ["EE", "DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "EB", "PM", "PMM", "DL2", "DLIT", "SJIT"])
  func groupsHaveTheBitsOfSingleFits(method: String) throws {
    let (offsets, yi, vi) = Self.groups
    let code = try #require(PoolingMethod(code: method))
    for inference in [Inference.normal, .t, .hartungKnapp, .hartungKnappAdHoc] {
      for prediction in [PredictionMethod.riley, .hartungKnapp, .normal, .none] {
        var request = try Self.request(method, inference)
        request.prediction = prediction
        let (results, problems) = try Self.run(request, [.yi, .vi], offsets, [yi, vi])
        #expect(problems.isEmpty)
        let columns = results.columns
        let model = PoolingModel(method: code, inference: inference, prediction: prediction)
        for group in stride(from: 0, to: results.count, by: 3) {
          let rows = offsets[group]..<offsets[group + 1]
          let own = GroupResultStorage(count: 1)
          own.columns.store(try model.fit(yi: Array(yi[rows]), vi: Array(vi[rows])), at: 0)
          #expect(columns.k?[group] == own.columns.k?[0])
          for (many, one) in zip(Self.columns(columns), Self.columns(own.columns)) {
            let same = many[group].bitPattern == one[0].bitPattern || (many[group].isNaN && one[0].isNaN)
            #expect(same, "group \(group) with \(rows.count) studies: \(many[group]), alone \(one[0])")
          }
        }
      }
    }
  }

  private static func columns(_ r: GroupResults) -> [GroupResults.Column] {
    [
      r.estimate, r.standardError, r.lower, r.upper, r.p, r.tauSquared, r.iSquared, r.q, r.qP, r.predictionLower,
      r.predictionUpper,
    ].compactMap { $0 }
  }

  @Test(arguments: ["REML", "PM", "DL"]) func threadsAndWantedColumnsChangeNoBit(method: String) throws {
    let (offsets, yi, vi) = Self.groups
    let request = try Self.request(method, .hartungKnapp)
    let one = try Self.run(request, [.yi, .vi], offsets, [yi, vi]).results
    for jobs in [2, 3, 8, nil] {
      let many = try Self.run(request, [.yi, .vi], offsets, [yi, vi], jobs: jobs).results
      for (a, b) in zip(Self.columns(one.columns), Self.columns(many.columns)) { #expect(Self.bits(a) == Self.bits(b)) }
    }
    let only = GroupResultStorage(count: offsets.count - 1)
    var wanted = GroupResults()
    wanted.estimate = only.columns.estimate
    let problems = try Self.run(request, [.yi, .vi], offsets, [yi, vi], into: wanted)
    #expect(problems.isEmpty)
    #expect(Self.bits(only.columns.estimate) == Self.bits(one.columns.estimate))
    #expect(only.columns.standardError?[0].isNaN ?? false)
  }

  /// A group that fails has its status, row and reason; its neighbours are as if it were not there.
  @Test func everyFailureHasItsReason() throws {
    let nan = Double.nan
    let offsets = [0, 2, 4, 6, 6, 8, 9]
    let yi = [0.1, 0.4, nan, nan, 0.2, 0.3, 0.1, .infinity, 0.5]
    let vi = [0.02, 0.03, 0.1, nan, 0.2, -0.5, 0.1, 0.1, 0]
    let request = try Self.request("REML")
    let (results, problems) = try Self.run(request, [.yi, .vi], offsets, [yi, vi])
    let statuses = (0..<6).compactMap { results.columns.status?[$0] }.map { GroupStatus(rawValue: $0) }
    #expect(statuses == [.ok, .noUsableRows, .badValue, .noUsableRows, .badValue, .badValue])
    #expect(problems.map(\.group) == [1, 2, 3, 4, 5])
    #expect(problems[1].row == 5)
    #expect(problems.filter { $0.status == .badValue }.allSatisfy { !$0.message.isEmpty })
    #expect(results.columns.estimate?[2].isNaN ?? false)
    #expect(results.columns.k?[2] == 0)
    let alone = try Self.run(request, [.yi, .vi], [0, 2], [[0.1, 0.4], [0.02, 0.03]]).results
    #expect(alone.columns.estimate?[0] == results.columns.estimate?[0])
  }

  /// Long groups are fitted where they are if nothing is wrong with them, and else as short ones are.
  @Test(arguments: ["REML", "DL", "SJ"]) func longGroupsHaveTheSameCare(method: String) throws {
    var (offsets, yi, vi) = ([0], [Double](), [Double]())
    for group in 0..<4 {
      for study in 0..<(5000 + group) {
        yi.append(Double((group * 31 + study * 17) % 41 - 20) / 13)
        vi.append(Double((group * 5 + study * 11) % 23 + 1) / 40)
      }
      offsets.append(yi.count)
    }
    (yi[5100], vi[7000]) = (.nan, .nan)
    vi[13_000] = -1
    let request = try Self.request(method)
    for jobs in [1, 3] {
      let (results, problems) = try Self.run(request, [.yi, .vi], offsets, [yi, vi], jobs: jobs)
      #expect(problems.map(\.group) == [2] && problems.first?.row == 13_000)
      #expect((0..<4).map { results.columns.k?[$0] } == [5000, 4999, 0, 5003])
      for group in [0, 1, 3] {
        let rows = (offsets[group]..<offsets[group + 1]).filter { !yi[$0].isNaN && !vi[$0].isNaN }
        let code = try #require(PoolingMethod(code: method))
        let fit = try PoolingModel(method: code).fit(yi: rows.map { yi[$0] }, vi: rows.map { vi[$0] })
        #expect(results.columns.estimate?[group] == fit.pooled?.value)
        #expect(results.columns.tauSquared?[group] == fit.heterogeneity.tauSquared)
      }
    }
  }

  /// Counts, with zero cells, a missing one and an impossible one; rows computed together or group by group.
  @Test(arguments: ["only0", "if0all", "none"]) func countsGiveTheNumbersOfTheirEffects(rule: String) throws {
    let offsets = [0, 3, 5, 8]
    let ai: [Double] = [4, 6, 3, 0, 2, 5, .nan, 7]
    let n1i: [Double] = [20, 25, 30, 12, 15, 20, 20, 22]
    let ci: [Double] = [8, 9, 3, 4, 5, 9, 3, 8]
    let n2i: [Double] = [21, 24, 30, 12, 4, 20, 20, 22]
    for method in ["REML", "DL", "MH", "PETO"] {
      var request = try Self.request(method)
      request.measure.code = "OR"
      request.measure.to = rule
      let (results, problems) = try Self.run(request, [.ai, .n1i, .ci, .n2i], offsets, [ai, n1i, ci, n2i])
      #expect(problems.count == 1 && problems[0].group == 1 && problems[0].status == .badValue && problems[0].row == 4)
      #expect(results.columns.k?[0] == 3 && results.columns.k?[2] == 2)
      guard case .inverseVariance(let method) = request.method, let measure = Measure.named("OR") else { continue }
      for group in [0, 2] {
        let rows = Array(offsets[group]..<offsets[group + 1]).filter { !ai[$0].isNaN }
        var columns = StudyColumns(count: rows.count)
        for (role, values) in [(Role.ai, ai), (.n1i, n1i), (.ci, ci), (.n2i, n2i)] {
          columns[role] = rows.map { values[$0] }
        }
        let effects = try measure.estimate(
          columns, EffectOptions(to: try #require(CorrectionRule(rawValue: rule))))
        let fit = try PoolingModel(method: method).fit(yi: effects.yi, vi: effects.vi)
        #expect(results.columns.estimate?[group] == fit.pooled?.value)
      }
    }
  }

  @Test func whatCannotBeRunIsRefused() throws {
    #expect(throws: EvidenceError.self) { try ColumnBatch(Self.request("REML"), roles: [.yi]) }
    #expect(throws: EvidenceError.self) { try ColumnBatch(Self.request("MH", .hartungKnapp), roles: [.yi, .vi]) }
    var unknown = try Self.request("DL")
    unknown.measure.code = "NONE"
    #expect(throws: EvidenceError.self) { try ColumnBatch(unknown, roles: [.yi, .vi]) }
    let request = try Self.request("DL")
    #expect(throws: EvidenceError.self) { try Self.run(request, [.yi, .vi], [0, 3], [[1, 2], [1, 2]]) }
    #expect(throws: EvidenceError.self) { try Self.run(request, [.yi, .vi], [0, 2, 1], [[1, 2], [1, 2]]) }
    #expect(throws: EvidenceError.self) { try Self.run(request, [.yi, .vi], [-1, 2], [[1, 2], [1, 2]]) }
    #expect(throws: EvidenceError.self) { try Self.run(request, [.yi, .vi], [0, 2], [[1, 2]]) }
  }
}
