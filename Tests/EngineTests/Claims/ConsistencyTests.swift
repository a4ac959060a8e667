import Engine
import NumericCore
import Testing

@Suite struct ConsistencyTests {
  private func percent(_ value: Int, _ decimals: Int = 0) -> PrintedNumber {
    PrintedNumber(significand: UInt64(value), decimals: decimals, isPercent: true)
  }

  /// Counts behind whole and one-decimal percentages, against trying every count in integer arithmetic: half up means
  /// −n ≤ 2·(100·10^d k − p n) < n.
  @Test func countsAgreeWithBruteForce() throws {
    for (decimals, scale) in [(0, 100), (1, 1000)] {
      for n in stride(from: 1, through: 90, by: decimals == 0 ? 1 : 7) {
        for p in stride(from: 0, through: scale, by: decimals == 0 ? 1 : 3) {
          let brute = (0...n).filter {
            let twice = 2 * (scale * $0 - p * n)
            return twice >= -n && twice < n
          }
          #expect(try PercentageCounts(percent(p, decimals), of: n).counts() == brute, "\(p) of \(n)")
        }
      }
    }
  }

  @Test func thePercentagesOfTheCaseBook() throws {
    #expect(try PercentageCounts(percent(13), of: 22).counts() == [])
    #expect(try PercentageCounts(percent(13), of: 22).counts(.truncation) == [3])
    #expect(try PercentageCounts(percent(87), of: 19).counts() == [])
    #expect(try PercentageCounts(percent(87), of: 15).counts() == [13])
    #expect(try PercentageCounts(percent(73), of: 71).counts() == [52])
    #expect(PercentageCounts.smallestTotal(percent(87)) == 15)
    let nearby = try PercentageCounts(percent(87), of: 19).nearbyTotals()
    #expect(nearby.contains(15) && !nearby.contains(19))
  }

  /// Any sample of whole numbers passes the tests made for it.
  @Test func anySampleIsPossible() throws {
    var noise = Noise(7)
    for _ in 0..<1500 {
      let n = noise.whole(2...30)
      let items = noise.whole(1...3)
      let values = (0..<n).map { _ in noise.whole(0...(7 * items)) }
      let mean = Double(values.reduce(0, +)) / Double(n * items)
      let squares = values.reduce(0.0) {
        $0 + (Double($1) / Double(items) - mean) * (Double($1) / Double(items) - mean)
      }
      let deviation = (squares / Double(n - 1)).squareRoot()
      for decimals in 1...3 {
        let m = try #require(PrintedNumber(mean, decimals: decimals))
        let s = try #require(PrintedNumber(deviation, decimals: decimals))
        #expect(try GRIM(mean: m, n: n, items: items).isPossible(), "\(values)")
        #expect(try GRIMMER(mean: m, standardDeviation: s, n: n, items: items).isPossible(), "\(values)")
      }
    }
  }

  /// Means of 20 whole numbers are multiples of 0.05: 3.45 can be and 3.48 cannot (Brown & Heathers 2017, figure 1's idea).
  @Test func grimRefusesWhatCannotBe() throws {
    #expect(try GRIM(mean: #require(PrintedNumber("3.45")), n: 20).isPossible())
    #expect(try !GRIM(mean: #require(PrintedNumber("3.48")), n: 20).isPossible())
    #expect(try GRIM(mean: #require(PrintedNumber("3.48")), n: 20, items: 5).isPossible())
    #expect(try !GRIM(mean: #require(PrintedNumber("3.5")), n: 20).canFail)
  }

  /// All pairs of mean and SD that three, four or five whole numbers can print, found by trying all samples, are those that
  /// GRIMMER allows, for SDs so small that no value outside the tried range could take part.
  @Test(arguments: [3, 4, 5]) func grimmerAgreesWithBruteForce(n: Int) throws {
    var possible: Set<String> = []
    func extend(_ sample: [Int]) {
      if sample.count == n {
        let mean = Double(sample.reduce(0, +)) / Double(n)
        let squares = sample.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        let sd = (squares / Double(n - 1)).squareRoot()
        for rule in Rounding.nearest {
          if let m = PrintedNumber(mean, decimals: 2, rounding: rule),
            let s = PrintedNumber(sd, decimals: 2, rounding: rule)
          {
            possible.insert("\(m) \(s)")
          }
        }
        return
      }
      for value in (sample.last ?? 0)...12 { extend(sample + [value]) }
    }
    extend([])
    for total in (6 * n)...(7 * n) {
      let mean = try #require(PrintedNumber(Double(total) / Double(n), decimals: 2))
      for deviation in 0...200 {
        let sd = PrintedNumber(significand: UInt64(deviation), decimals: 2)
        let allowed = try GRIMMER(mean: mean, standardDeviation: sd, n: n).isPossible()
        #expect(allowed == possible.contains("\(mean) \(sd)"), "\(n): \(mean) (\(sd))")
      }
    }
  }

  @Test func debitAgreesWithBruteForce() throws {
    for n in 2...25 {
      for k in 0...n {
        let (p, size) = (Double(k) / Double(n), Double(n))
        let sd = (p * (1 - p) * size / (size - 1)).squareRoot()
        let mean = try #require(PrintedNumber(p, decimals: 2))
        let printed = try #require(PrintedNumber(sd, decimals: 2))
        #expect(try DEBIT(mean: mean, standardDeviation: printed, n: n).counts().contains(k))
        let wrong = PrintedNumber(significand: printed.significand + 7, decimals: 2)
        #expect(try !DEBIT(mean: mean, standardDeviation: wrong, n: n).isPossible())
      }
    }
  }

  /// p of printed statistics; t(28) = 2.20 gives 0.036, χ²(1) = 3.84 gives 0.050 (R 4.2: pt, pchisq).
  @Test func statisticsAgainstP() throws {
    func check(_ test: StatisticCheck.Test, _ statistic: String, _ p: String) throws -> StatisticCheck.Verdict? {
      StatisticCheck(test, try #require(PrintedNumber(statistic))).compare(try #require(PrintedNumber(p)))
    }
    #expect(try check(.t(df: 28), "2.20", ".036") == .consistent)
    #expect(try check(.t(df: 28), "-2.20", ".036") == .consistent)
    #expect(try check(.t(df: 28), "2.20", ".018") == .oneSided)
    #expect(try check(.t(df: 28), "2.20", "<.05") == .consistent)
    #expect(try check(.t(df: 28), "2.20", "<.01") == .inconsistent)
    #expect(try check(.t(df: 28), "1.20", "<.05") == .decisionError)
    #expect(try check(.chiSquared(df: 1), "3.84", ".05") == .consistent)
    #expect(try check(.f(df1: 1, df2: 28), "4.84", ".036") == .consistent)
    #expect(try check(.z, "1.96", ".05") == .consistent)
    #expect(try check(.r(df: 28), ".361", ".05") == .consistent)
    #expect(try check(.z, "1.96", "> .10") == .inconsistent || check(.z, "2.50", "> .10") == .decisionError)
  }

  @Test func intervalsAgainstTheirEstimates() throws {
    func check(_ text: String, ratio: Bool) throws -> IntervalCheck {
      try #require(PrintedStatement(text).quantities.first.flatMap { IntervalCheck($0, isRatio: ratio) })
    }
    let ratio = try check("0.26 (0.09-0.78)", ratio: true)
    #expect(ratio.holdsEstimate && ratio.isSymmetric)
    #expect(try #require(ratio.pRange).contains(0.0156))
    #expect(try !check("0.26 (0.09-0.78)", ratio: false).isSymmetric)
    #expect(try !check("0.90 (0.09-0.78)", ratio: true).holdsEstimate)
  }
}
