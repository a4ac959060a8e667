import EffectSizes
import Synthesis

/// When the methods should not be trusted: few studies, or a test that does not suit the measure.
struct BiasAdvice {
  private let analysis: BiasAnalysis

  init(_ analysis: BiasAnalysis) { self.analysis = analysis }

  private var code: String { analysis.studies.measure.code }

  /// Remarks on the analysis as a whole, then on each test.
  var remarks: [String] {
    var remarks = [String]()
    let k = analysis.studies.count
    if k < BiasAnalysis.fewStudies, !analysis.tests.isEmpty {
      remarks.append(
        "k = \(k): with fewer than 10 studies tests for small-study effects have little power "
          + "(Sterne et al. 2011); absence of evidence is not evidence of absence")
    }
    remarks += lfk
    for result in analysis.tests {
      if let remark = unsuited(result) { remarks.append(remark) }
      if result.k < k {
        remarks.append("\(result.name): \(k - result.k) of \(k) studies have no information for this test")
      }
    }
    return remarks
  }

  /// What the LFK index is not.
  private var lfk: [String] {
    guard let index = analysis.lfkIndex else { return [] }
    var remarks = [
      "the LFK index is no significance test: without any bias it calls between none and almost 30% of meta-analyses "
        + "asymmetric, depending on k, the sizes and heterogeneity (Schwarzer, Rücker and Semaca 2024)"
    ]
    if index.tied > 0 {
      remarks.append("the LFK index: \(index.tied) studies share their effect and keep the order of the data")
    }
    return remarks
  }

  private func unsuited(_ result: SmallStudyResult) -> String? {
    guard let test = SmallStudyTest(word: result.name) else { return nil }
    if !test.measures.isEmpty {
      return test.measures.contains(code) || analysis.studies.measure.family == .given
        ? nil : "\(test.name) was made for \(test.measures.joined(separator: ", ")), not for \(code)"
    }
    let usesErrors = ["egger", "thompson-sharp", "begg"].contains(test.name)
    let onErrors = result.predictor.map { ["sei", "vi"].contains($0) } ?? true
    guard usesErrors, onErrors else { return nil }
    switch code {
    case "OR", "PETO", "RR":
      let better = code == "RR" ? "peters" : "harbord, peters, deeks or schwarzer"
      return "\(test.name): the error of a \(code) depends on the \(code) itself, so the test rejects too often; "
        + "consider --tests \(better), or --measure AS"
    case "SMD", "SMDH", "SMD1", "SMD1H":
      return "\(test.name): the error of a \(code) depends on the \(code) itself; consider --tests pustejovsky"
    default:
      switch analysis.studies.measure.family {
      case .proportion:
        return "\(test.name): the error of a proportion depends on the proportion itself; "
          + "consider --predictor sqrtninv, or --measure PAS"
      default: return nil
      }
    }
  }
}
