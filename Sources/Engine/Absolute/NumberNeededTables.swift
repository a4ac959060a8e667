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
    var rows = [NumberNeededRow]()
    for i in 0..<studies.count {
      let counts = NumberNeededRow.Counts(
        events1: tables.a[i], total1: tables.a[i] + tables.b[i], events2: tables.c[i], total2: tables.c[i] + tables.d[i]
      )
      let place = studies.place(i)
      do throws(AbsoluteEffectError) {
        let table = try TwoArmCounts(
          events1: counts.events1, total1: counts.total1, events2: counts.events2, total2: counts.total2)
        let difference = try method.interval(table, level: level)
        rows.append(studies.row(i, counts, (table.risk2, table.risk1), difference, events[i], method.name))
      } catch { throw EvidenceError(error, .badData).at(place) }
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
    var rows = [NumberNeededRow]()
    for i in 0..<studies.count {
      let counts = NumberNeededRow.Counts(
        events1: data.events1[i], total1: data.time1[i], events2: data.events2[i], total2: data.time2[i])
      do throws(AbsoluteEffectError) {
        let table = try TwoArmRates(
          events1: counts.events1, time1: counts.total1, events2: counts.events2, time2: counts.total2)
        let difference = try method.interval(table, level: level)
        rows.append(studies.row(i, counts, (table.rate2, table.rate1), difference, events[i], method.name))
      } catch { throw EvidenceError(error, .badData).at(studies.place(i)) }
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
  fileprivate func row(
    _ i: Int, _ counts: NumberNeededRow.Counts, _ risks: (control: Double, experimental: Double),
    _ difference: AbsoluteDifference, _ event: EventKind, _ method: String
  ) -> NumberNeededRow {
    NumberNeededRow(
      label: labels[i], row: tableRows[i] + 1, event: event, counts: counts, baselineRisk: risks.control,
      experimentalRisk: risks.experimental, difference: difference, number: NumberNeeded(difference, event: event),
      method: method)
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
