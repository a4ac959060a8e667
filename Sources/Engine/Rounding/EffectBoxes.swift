import EffectSizes

/// Intervals of each study's estimate and variance over the rounding of its cells, for measures that are monotone in
/// every cell by itself: such a function has its extremes at the corners of the box.
///
/// That holds for given estimates, the mean difference, and the standardised one with its large-sample variance, whose
/// variance is least where the means may be equal: there a corner with equal means is looked at too.
struct EffectBoxes {
  let y, v: [ClosedRange<Double>]

  /// - Returns: `nil` for a measure of which this is not known, or a corner without an effect size.
  init?(_ studies: StudySet, _ cells: RoundedCells) {
    let code = studies.measure.code
    let type = studies.options.vtype?.uppercased() ?? "LS"
    guard ["GEN", "HR", "HD", "MD"].contains(code) || code == "SMD" && ["LS", "LS2"].contains(type),
      code != "SMD" || studies.binding.columns[.m1i] != nil, studies.measure.forms.count > 0
    else { return nil }
    var (y, v) = ([ClosedRange<Double>](), [ClosedRange<Double>]())
    for (place, row) in studies.tableRows.enumerated() {
      let own = cells.cells.filter { $0.row == row }
      guard own.count <= 8, let box = EffectBoxes.box(studies, place, own) else { return nil }
      y.append(box.y)
      v.append(box.v)
    }
    (self.y, self.v) = (y, v)
  }

  private static func box(
    _ studies: StudySet, _ place: Int, _ cells: [RoundedCells.Cell]
  ) -> (y: ClosedRange<Double>, v: ClosedRange<Double>)? {
    let corners = 1 << cells.count
    let equalMeans = meansThatMeet(cells)
    let count = corners + (equalMeans == nil ? 0 : corners)
    var columns = StudyColumns(count: count)
    for role in Role.allCases {
      guard let column = studies.columns[role] else { continue }
      columns[role] = [Double](repeating: column[place], count: count)
    }
    for (bit, cell) in cells.enumerated() {
      columns[cell.role] = (0..<count).map { corner in
        if corner >= corners, let equalMeans, cell.role == .m1i || cell.role == .m2i { return equalMeans }
        return (corner % corners) >> bit & 1 == 0 ? cell.lower : cell.upper
      }
    }
    guard let effects = try? studies.measure.estimate(columns, studies.options), effects.problems.isEmpty,
      let low = effects.yi.min(), let high = effects.yi.max(), let least = effects.vi.min(),
      let most = effects.vi.max(), least > 0
    else { return nil }
    return (low...high, least...most)
  }

  /// A value that both means can have.
  private static func meansThatMeet(_ cells: [RoundedCells.Cell]) -> Double? {
    guard let first = cells.first(where: { $0.role == .m1i }), let second = cells.first(where: { $0.role == .m2i })
    else { return nil }
    let (low, high) = (max(first.lower, second.lower), min(first.upper, second.upper))
    return low <= high ? 0.5 * (low + high) : nil
  }
}
