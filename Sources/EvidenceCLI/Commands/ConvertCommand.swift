import ArgumentParser
import EffectSizes
import Engine

/// `evidence convert`: from what papers print to what an analysis needs.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Recover estimates, means and tables from what papers print.",
    discussion: """
      Examples:
        evidence convert mixed.csv --into SMD                 each row by the best route its columns allow
        evidence convert changes.csv --into SMCC --correlation 0.6
        evidence convert medians.csv --mean-sd default        or hozo, bland, walter, lognormal, boxcox
        evidence convert margins.csv --two-by-two             from ori, ri or x2i with ni, n1i, n2i
        evidence convert ratios.csv --wald --ratio            from estimate, ci_lower, ci_upper, zi, pi
        evidence convert groups.csv --group-sd                from mi, ni and sdi, sei or ci_lower and ci_upper
        evidence convert arms.csv --combine study,arm         several rows of mi sdi ni, xi ni or xi ti as one
        evidence convert est.csv --delta 'log(a/b)' --variance a=va,b=vb --covariance a:b=cab
      --into tries, for each row, what is best first:
        1. counts: ai n1i ci n2i, or the four cells
        2. m1i n1i m2i n2i with sd1i sd2i; with se1i se2i; with ci1_lower ci1_upper ci2_lower ci2_upper; median1i
           and median2i with q11i q31i q12i q32i or min1i max1i min2i max2i (and each group by its own)
        3. di, ti, fi, pi or ri with n1i n2i; the measure's own columns; ri with ni
        4. or, rr, hr, irr, md, smd or rd with ci_lower and ci_upper, zi or pi (differences also with sei); o_e with v
      """)

  @Argument(help: "CSV, JSON or NDJSON file, - for standard input, or a built-in data set.")
  var file: String

  @Option(help: ArgumentHelp("Give each row an estimate of this measure.", valueName: "measure"))
  var into: String?

  @Option(
    name: .customLong("mean-sd"),
    help: ArgumentHelp(
      "Means and SDs from mini q1i mediani q3i maxi ni: default, hozo, bland, walter, lognormal, boxcox.",
      valueName: "method"))
  var meanSD: String?

  @Flag(help: "Cells of 2×2 tables from ori, ri (φ) or x2i (Yates) and the margins.")
  var twoByTwo = false

  @Flag(help: "Estimates and variances from intervals, z and p.")
  var wald = false

  @Flag(help: "With --wald: the printed numbers are ratios.")
  var ratio = false

  @Flag(
    name: .customLong("group-sd"),
    help: "SD, standard error and interval of each row's mean from any one of them and ni.")
  var groupSD = false

  @Option(help: ArgumentHelp("Combine the groups of rows that agree in these columns.", valueName: "column,…"))
  var combine: String?

  @Option(
    help: ArgumentHelp("A function of estimates and its variance by the delta method.", valueName: "function"))
  var delta: String?

  @Option(
    help: ArgumentHelp("With --delta: columns of variances (else vi, v_NAME or se_NAME).", valueName: "name=column,…"))
  var variance: String?

  @Option(help: ArgumentHelp("With --delta: columns of covariances.", valueName: "a:b=column,…"))
  var covariance: String?

  @Option(help: "With --into: correlation of change scores, where the row has none.")
  var correlation: Double?

  @Option(help: "Formula of the sampling variance, such as LS or UB.")
  var vtype: String?

  @Flag(help: "Turn the sign of the effect round (--into).")
  var flip = false

  @Option(help: "Level of the printed intervals and of those returned.")
  var level = 0.95

  @OptionGroup var data: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    let modes = [into != nil, meanSD != nil, twoByTwo, wald, groupSD, combine != nil, delta != nil].filter { $0 }.count
    guard modes == 1 else {
      throw ValidationError(
        "choose one of --into MEASURE, --mean-sd METHOD, --two-by-two, --wald, --group-sd, --combine and --delta")
    }
    guard delta != nil || (variance == nil && covariance == nil) else {
      throw ValidationError("--variance and --covariance belong to --delta")
    }
    guard combine?.isEmpty != true else { throw ValidationError("--combine names no column") }
    guard wald || !ratio else { throw ValidationError("--ratio belongs to --wald") }
    guard into != nil || (correlation == nil && vtype == nil && !flip) else {
      throw ValidationError("--correlation, --vtype and --flip belong to --into")
    }
    guard level > 0, level < 1 else { throw ValidationError("--level must lie between 0 and 1, got \(level)") }
  }

  func run() throws {
    let format = try output.chosenFormat(among: ["text", "json", "csv", "ndjson"])
    let report = try ConversionReport(request, mode, command: Invocation.text)
    output.warn(report.warnings, format: format)
    if output.explain { Output.error(report.explanation) }
    switch format {
    case "json": try output.write(report.json)
    case "ndjson": try output.write(report.ndjson)
    case "csv": try output.write(report.csv())
    default: try output.write(report.text(digits: output.digits))
    }
  }

  private var request: ConversionRequest {
    get throws {
      var plain = data
      plain.map = nil
      var request = ConversionRequest(try plain.request(file))
      request.map = try ConversionRequest.parseMap(data.map ?? "")
      request.level = level
      return request
    }
  }

  private var mode: ConversionReport.Mode {
    if let into {
      var measure = MeasureRequest()
      measure.code = into
      measure.varianceType = vtype
      measure.flip = flip
      measure.level = level
      return .measure(measure, correlation: correlation)
    }
    if let meanSD { return .meanAndDeviation(method: meanSD) }
    if let combine { return .combine(combine.split(separator: ",").map(String.init)) }
    if let delta { return .delta(delta, variances: variance, covariances: covariance) }
    if groupSD { return .groupDeviation }
    return twoByTwo ? .twoByTwo : .wald(ratio ? .log : .identity)
  }
}
