/// Fills the words in braces of a style's texts from the data of a figure.
struct ForestWords {
  let style: ForestStyle
  let analysis: [KeyedText]
  /// Whether the figure has pooled rows of both models, so that lines must say which they belong to.
  let bothModels: Bool

  /// Words about the whole figure: `measure`, `Measure`, `MEASURE`, `code`, `analysed`, `level`, `weighting`, `model`,
  /// `Model`, `common`, `random`.
  func general(_ word: String) -> String? {
    let measure = analysis["measure_name"] ?? ""
    switch word {
    case "measure": return measure
    case "Measure": return Self.capitalised(measure)
    case "MEASURE": return Self.titled(measure)
    case "code": return Self.abbreviation(analysis["measure"] ?? "", name: measure)
    case "analysed": return Self.analysed(code: analysis["measure"] ?? "", scale: analysis["scale"] ?? "")
    case "level": return analysis["level"]
    case "log_note": return analysis["scale"] == "log" ? " (log scale)" : ""
    case "weighting": return analysis["weighting"]
    case "model": return model(analysis["model"])
    case "Model": return model(analysis["model"]).map(Self.capitalised)
    case "common": return style.texts.common
    case "random": return style.texts.random
    default: return nil
    }
  }

  /// Words about a row: those of the figure and its numbers, printed as the style wants them.
  func row(_ row: ForestRow) -> (String) -> String? {
    let numbers = style.numbers
    func decimal(_ value: Double?, _ digits: Int) -> String? {
      value.map { DecimalText(digits: digits).text($0) }
    }
    func degrees(_ value: Double?) -> String? {
      decimal(value, value.map { DecimalText.decimals(for: [$0], limit: 1) } ?? 0)
    }
    return { word in
      switch word {
      case "model": return model(row.model)
      case "Model": return model(row.model).map(Self.capitalised)
      case "model_note": return bothModels ? model(row.model).map { " (\($0))" } ?? "" : ""
      case "tau2": return row.tau2.map { Self.notZero($0, digits: numbers.tau2Digits) }
      case "q": return decimal(row.q, numbers.qDigits)
      case "q_df": return degrees(row.qDf)
      case "q_df_low": return row.qDf.flatMap { Int(exactly: $0) }.map(DecimalText.subscripted)
      case "q_p": return row.qP.map(numbers.p.text)
      case "i2": return decimal(row.i2, numbers.i2Digits)
      case "z": return row.df == nil ? decimal(row.stat, numbers.statisticDigits) : nil
      case "z_size": return row.df == nil ? decimal(row.stat.map { abs($0) }, numbers.statisticDigits) : nil
      case "t": return row.df == nil ? nil : decimal(row.stat, numbers.statisticDigits)
      case "t_size": return row.df == nil ? nil : decimal(row.stat.map { abs($0) }, numbers.statisticDigits)
      case "df": return degrees(row.df)
      case "df_low":
        return row.df.flatMap { Int(exactly: $0) }.map(DecimalText.subscripted) ?? degrees(row.df).map { "(\($0))" }
      case "p": return row.p.map(numbers.p.text)
      default: return general(word)
      }
    }
  }

  private func model(_ model: String?) -> String? {
    switch model {
    case ForestPooled.Model.common.rawValue: style.texts.common
    case ForestPooled.Model.random.rawValue: style.texts.random
    default: nil
    }
  }

  /// A variance with the given decimals, or with as many as its first digit needs when these would print zero.
  private static func notZero(_ value: Double, digits: Int) -> String {
    var decimals = digits
    while decimals < 6, value > 0, value < 0.5 * PlotMath.powerOfTen(-decimals) { decimals += 1 }
    return DecimalText(digits: decimals).text(value)
  }

  /// Name of the analysis scale, such as log(RR).
  private static func analysed(code: String, scale: String) -> String {
    scale == "log" ? "log(\(code))" : scale == "logit" ? "logit(\(code))" : code
  }

  /// The code of a measure that readers know by it, else its name.
  private static func abbreviation(_ code: String, name: String) -> String {
    let known = ["OR", "RR", "RD", "HR", "IRR", "IRD", "MD", "SMD", "ROM"]
    return known.contains(code) ? code : capitalised(name)
  }

  /// The text with its first letter as a capital.
  static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// The text with the first letter of each word as a capital, but for small words.
  static func titled(_ text: String) -> String {
    let small = ["a", "and", "for", "from", "in", "of", "on", "or", "per", "the", "to", "with"]
    let words = text.split(separator: " ").enumerated().map { index, word in
      index > 0 && small.contains(String(word)) ? String(word) : capitalised(String(word))
    }
    return words.joined(separator: " ")
  }
}
