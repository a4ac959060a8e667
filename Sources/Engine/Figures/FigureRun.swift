public import Plots
import Synthesis

/// A figure made from a request: its data, and through them its picture.
public struct FigureRun: Sendable {
  /// The figure's data.
  public let figure: any Figure
  /// The studies in the analysis.
  public let studies: StudySet
  /// What the analysis warns of.
  public let warnings: [String]
  /// Where the numbers come from.
  let provenance: Provenance

  init(_ figure: any Figure, _ analysis: PoolAnalysis) {
    self.figure = figure
    studies = analysis.studies
    warnings = analysis.warnings
    provenance = analysis.provenance
  }

  init(_ figure: any Figure, _ report: DiagnoseReport) {
    self.figure = figure
    studies = report.studies
    warnings = report.warnings
    provenance = report.provenance
  }

  init(_ figure: any Figure, _ studies: StudySet, warnings: [String], command: String) {
    self.figure = figure
    self.studies = studies
    self.warnings = warnings
    provenance = Provenance(command: command, studies: studies)
  }
}
