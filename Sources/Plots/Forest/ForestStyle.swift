/// How a forest plot looks: a value, made of columns, number formats, texts, marks and rules.
///
/// A new style is one more value in ``all``; the layout has no branch for any of them.
public struct ForestStyle: Sendable {
  /// Word by which the style is chosen, and one line about it.
  public var name, summary: String
  /// What stands beside the plot, from left to right.
  public var cells: [ForestCell]
  /// How numbers are printed.
  public var numbers: ForestNumbers
  /// What headings, rows and footers say.
  public var texts: ForestTexts
  /// Shapes and colours.
  public var marks: ForestMarks
  /// Rules, spaces and positions.
  public var frame: ForestFrame

  /// The styles there are, the default first.
  public static let all: [ForestStyle] = [.plain, .revman, .jama, .bmj]

  /// The style with a name.
  /// - Throws: `unknown` with the names there are.
  public static func named(_ name: String) throws(PlotDataError) -> ForestStyle {
    guard let style = all.first(where: { $0.name == name }) else {
      throw .unknown(what: "style", name: name, known: all.map(\.name))
    }
    return style
  }
}

/// How the numbers of a forest plot are printed.
public struct ForestNumbers: Sendable {
  /// What stands before, between and after the ends of an interval.
  public var open = "[", separator = ", ", close = "]"
  /// What stands between the ends where a figure has negative numbers.
  public var separatorBesideMinus = ", "
  /// Whether the ends of intervals stand under each other.
  public var alignsBounds = true
  /// Decimals of weights, and whether "%" follows them.
  public var weightDigits = 1, weightPercent = true
  /// What stands between events and totals in one column.
  public var slash = "/"
  /// Decimals of τ², Q, I² and of test statistics.
  public var tau2Digits = 2, qDigits = 2, i2Digits = 0, statisticDigits = 2
  /// How p-values are printed.
  public var p = ForestPValue()
}

/// How p-values are printed.
public struct ForestPValue: Sendable {
  /// Whether the zero before the point is written.
  public var leadingZero = true
  /// Decimals at or above `threshold`, and below it.
  public var digits = 2, smallDigits = 3
  /// Where the small digits begin.
  public var threshold = 0.01
  /// One significant digit below the threshold instead of `smallDigits` decimals.
  public var oneSignificantDigit = false
  /// Below the first of these that is larger, only "<" and that value are printed; in ascending order.
  public var floors = [0.001]
  /// What joins the sign and the number.
  public var space = " "

  /// The p-value with its sign: `= 0.13` or `< 0.001`.
  public func text(_ p: Double) -> String {
    func format(_ digits: Int) -> DecimalText { DecimalText(digits: digits, leadingZero: leadingZero) }
    if let floor = floors.first(where: { p < $0 }) {
      return "<" + space + format(DecimalText.decimals(for: [floor], limit: 10)).text(floor)
    }
    var decimals = p >= threshold ? digits : smallDigits
    if p < threshold, oneSignificantDigit {
      decimals = digits
      while decimals < 10, p < 0.95 * PlotMath.powerOfTen(-decimals) { decimals += 1 }
    }
    return "=" + space + format(decimals).text(p)
  }
}

/// Shapes and colours of a forest plot.
public struct ForestMarks: Sendable {
  /// Shape of a study's estimate.
  public enum Shape: Sendable {
    /// A square whose area is the weight.
    case square
    /// A rhombus whose area is the weight.
    case rhombus
  }

  /// Shape of a study's estimate.
  public var shape = Shape.square
  /// Its colour for counts, for means, and for estimates computed elsewhere.
  public var binary = Theme.inkSwatch, continuous = Theme.inkSwatch, generic = Theme.inkSwatch
  /// Colour of a study's interval.
  public var interval = Theme.inkSwatch
  /// Inside of the diamonds of the random-effects and of the common-effect model.
  public var random = Theme.inkSwatch, common = Theme.inkSwatch
  /// Border of the diamonds.
  public var diamondBorder: Swatch?
  /// Colour of prediction intervals.
  public var prediction = OkabeIto.vermilion
  /// How prediction intervals are drawn.
  public var predictionShape = PredictionShape.bar
  /// Whether intervals of studies end in caps.
  public var caps = false
  /// Lines through all rows at the pooled estimates.
  public var pooledLines = true

  /// How a prediction interval is drawn.
  public enum PredictionShape: String, Sendable, CaseIterable {
    /// A thin bar.
    case bar
    /// A line with caps.
    case line
    /// The density of the predicted effect, the interval shaded.
    case density
  }
}

/// Rules, spaces and positions of a forest plot.
public struct ForestFrame: Sendable {
  /// Height of a row in em.
  public var rowHeight = 1.55
  /// Space between columns in em.
  public var gap = 1.5
  /// Width of the plot in em.
  public var plotWidth = 20.0
  /// Labels wider than this many em are broken into lines.
  public var labelWidth = 24.0
  /// Rules under the headings, between rows, above the pooled rows.
  public var headerRule = true, rowRules = false, totalRule = false
  /// A rule above the headings.
  public var topRule = false
  /// An empty row before subtotals and before the pooled rows.
  public var spaceBeforeTotals = true
  /// Whether studies of subgroups are set in from the left.
  public var indentsStudies = true
  /// Whether subgroups get a line for the test of their effect.
  public var testsInSubgroups = true
  /// Whether lines of heterogeneity and tests are in the secondary colour.
  public var mutesLines = false
  /// Whether pooled rows are bold.
  public var boldTotals = true
  /// Whether the texts left and right of no effect stand above the plot.
  public var favoursAtTop = false
  /// Whether those texts are bold.
  public var favoursBold = false
  /// Whether the axis reaches equally far to both sides of no effect.
  public var symmetricAxis = false
  /// Whether the axis has a title.
  public var axisTitle = true
}
