import EffectSizes
import Synthesis
import TableIO

/// Numbers needed to treat of the tables of a file, each by itself.
struct NumberNeededTables {
  let studies: StudySet
  /// Whether each row's event is wanted.
  let events: EventKinds
  let rows: [NumberNeededRow]
  /// Whether the rows are rates, so that the numbers are person-time.
  let areRates: Bool
  /// The interval's method in words.
  let method: String

  init(
    _ data: DataRequest, _ measure: MeasureRequest, interval: String, event: EventKind?
  ) throws(EvidenceError) {
    var request = measure
    areRates = try NumberNeededTables.asksForRates(measure.code)
    request.code = areRates ? "IRD" : "RD"
    request.to = "none"
    studies = try StudySet(data, request)
    events = EventKinds(studies, event)
    if areRates {
      (rows, method) = try NumberNeededTables.rates(studies, interval, measure.level, events)
    } else {
      (rows, method) = try NumberNeededTables.risks(studies, interval, measure.level, events)
    }
  }

  private static func asksForRates(_ code: String?) throws(EvidenceError) -> Bool {
    guard let code else { return false }
    switch Measure.named(code)?.family {
    case .twoByTwo: return false
    case .personTime: return true
    default:
      throw EvidenceError(
        .usage, "--measure \(code): numbers needed to treat of single rows come from counts of two groups",
        hint: "leave --measure out, or add --pool to use the pooled \(code)")
    }
  }

  private static func risks(
    _ studies: StudySet, _ interval: String, _ level: Double, _ events: EventKinds
  ) throws(EvidenceError) -> ([NumberNeededRow], String) {
    guard let method = RiskDifferenceMethod.named(interval) else {
      throw unknown(interval, RiskDifferenceMethod.all.map(\.code))
    }
    guard let tables = studies.twoByTwo else { throw NumberNeededTables.noCounts }
    let rows = try studies.rows(events, method.name) { i throws(AbsoluteEffectError) in
      let table = try TwoArmCounts(
        events1: tables.a[i], total1: tables.a[i] + tables.b[i], events2: tables.c[i], total2: tables.c[i] + tables.d[i]
      )
      let counts = NumberNeededRow.Counts(
        events1: table.events1, total1: table.total1, events2: table.events2, total2: table.total2)
      return (counts, table.risk2, table.risk1, try method.interval(table, level: level))
    }
    return (rows, method.name)
  }

  private static func rates(
    _ studies: StudySet, _ interval: String, _ level: Double, _ events: EventKinds
  ) throws(EvidenceError) -> ([NumberNeededRow], String) {
    guard let method = RateDifferenceMethod.named(interval) else {
      throw unknown(interval, RateDifferenceMethod.all.map(\.code))
    }
    guard let data = studies.personTime else { throw NumberNeededTables.noCounts }
    let rows = try studies.rows(events, method.name) { i throws(AbsoluteEffectError) in
      let table = try TwoArmRates(
        events1: data.events1[i], time1: data.time1[i], events2: data.events2[i], time2: data.time2[i])
      let counts = NumberNeededRow.Counts(
        events1: table.events1, total1: table.time1, events2: table.events2, total2: table.time2)
      return (counts, table.rate2, table.rate1, try method.interval(table, level: level))
    }
    return (rows, method.name)
  }

  private static func unknown(_ interval: String, _ known: [String]) -> EvidenceError {
    EvidenceError(
      .usage, "--interval \(interval) is not available", hint: "choose from " + known.joined(separator: ", "))
  }

  private static let noCounts = EvidenceError(
    .badData, "numbers needed to treat of single rows need counts of two groups",
    hint: "name the columns with --map ai=…,n1i=…,ci=…,n2i=…")
}

extension StudySet {
  /// What a table says of its study: the counts, the risks (or rates) without and with treatment, their difference.
  fileprivate typealias Reading = (
    counts: NumberNeededRow.Counts, control: Double, experimental: Double, difference: AbsoluteDifference
  )

  /// A row for each study; what cannot be read is an error with its place.
  fileprivate func rows(
    _ events: EventKinds, _ method: String, read: (Int) throws(AbsoluteEffectError) -> Reading
  ) throws(EvidenceError) -> [NumberNeededRow] {
    var rows = [NumberNeededRow]()
    for i in 0..<count {
      do throws(AbsoluteEffectError) {
        let reading = try read(i)
        rows.append(
          NumberNeededRow(
            label: labels[i], row: tableRows[i] + 1, event: events[i], counts: reading.counts,
            baselineRisk: reading.control, experimentalRisk: reading.experimental, difference: reading.difference,
            number: NumberNeeded(reading.difference, event: events[i]), method: method))
      } catch { throw EvidenceError(error, .badData).at(place(i)) }
    }
    return rows
  }

  /// Where a study stands in its file.
  func place(_ i: Int) -> (file: String, line: Int?) { (source.document.name, source.table.line(ofRow: tableRows[i])) }
}

extension EvidenceError {
  /// The error with its place.
  fileprivate func at(_ place: (file: String, line: Int?)) -> EvidenceError {
    var error = self
    error.file = place.file
    error.line = place.line
    return error
  }
}
