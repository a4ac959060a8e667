import NumericCore

/// What charts of studies share: sizes of points, colours, critical values.
enum ChartTools {
  /// Radii in em whose areas are proportional to weights; the largest is given, none is too small to be seen.
  static func radii(_ weights: [Double?], largest: Double = 0.9) -> [Double] {
    let greatest = weights.compactMap { $0 }.filter(\.isFinite).max() ?? 0
    return weights.map { weight in
      guard let weight, weight.isFinite, greatest > 0 else { return 0.36 }
      return max(0.18, largest * max(0, weight / greatest).squareRoot())
    }
  }

  /// Two-sided critical value of the normal at a coverage, 1.96 at 0.95.
  static func critical(_ level: Double) -> Double {
    (try? Normal.quantile(upperTail: (1 - level) / 2)) ?? 1.959963984540054
  }

  /// Places that follow a function from `from` to `to` in equal steps.
  static func curve(from: Double, to: Double, steps: Int = 100, _ y: (Double) -> Double) -> [Chart.Place] {
    (0...max(1, steps)).map { step in
      let x = from + (to - from) * Double(step) / Double(max(1, steps))
      return Chart.Place(x, y(x))
    }
  }

  /// The area between two lines over the same xs; places that are not finite are left out.
  static func band(_ lower: [Chart.Place], _ upper: [Chart.Place]) -> [Chart.Place] {
    (lower + upper.reversed()).filter { $0.x.isFinite && $0.y.isFinite }
  }

  /// The usual mark of a study.
  static func studyPoint(_ place: Chart.Place, radius: Double, label: String?, theme: Theme) -> Chart.Point {
    var point = Chart.Point(place: place)
    point.radius = radius
    point.fill = theme.color(OkabeIto.blue)
    point.opacity = 0.75
    point.stroke = .init(theme.background ?? theme.ink, width: theme.thin)
    point.label = label
    return point
  }

  /// "k studies" in words.
  static func studies(_ count: Int) -> String { "\(count) \(count == 1 ? "study" : "studies")" }
}
