import NumericCore

// From columns to kernels.

extension TwoByTwoColumns {
  /// Whether the margins leave a any freedom: both groups have someone, and there are events and non-events.
  func isInformative(_ i: Int) -> Bool {
    let (n1, n2, events) = (a[i] + b[i], c[i] + d[i], a[i] + c[i])
    return max(0, events - n2) < min(n1, events)
  }
}

extension BinomialPairKernel {
  /// The arms of the tables in `rows`.
  init(_ table: TwoByTwoColumns, rows: [Int]) {
    self.init(
      a: rows.map { table.a[$0] }, n1: rows.map { table.a[$0] + table.b[$0] }, c: rows.map { table.c[$0] },
      n2: rows.map { table.c[$0] + table.d[$0] })
  }
}

extension PoissonPairKernel {
  /// The arms of the studies in `rows`.
  init(_ data: PersonTimeColumns, rows: [Int]) {
    self.init(
      x1: rows.map { data.events1[$0] }, t1: rows.map { data.time1[$0] }, x2: rows.map { data.events2[$0] },
      t2: rows.map { data.time2[$0] })
  }
}

extension BinomialKernel {
  /// a of a + c events with logit log(n₁/n₂) + θ: what the hypergeometric likelihood tends to for rare events.
  init(approximating table: TwoByTwoColumns, rows: [Int]) {
    self.init(
      x: rows.map { table.a[$0] }, n: rows.map { table.a[$0] + table.c[$0] },
      offset: rows.map { log((table.a[$0] + table.b[$0]) / (table.c[$0] + table.d[$0])) })
  }

  /// x₁ of x₁ + x₂ events with logit log(t₁/t₂) + θ: the likelihood of a rate ratio given the number of events.
  init(conditional data: PersonTimeColumns, rows: [Int]) {
    self.init(
      x: rows.map { data.events1[$0] }, n: rows.map { data.events1[$0] + data.events2[$0] },
      offset: rows.map { log(data.time1[$0] / data.time2[$0]) })
  }
}
