/// The kinds of figures beside the forest plot.
public enum FigureKinds {
  /// All kinds, in the order of the documentation; adding a kind is adding its type here.
  public static let all: [any Figure.Type] = [
    FunnelPlot.self, DoiPlot.self, BubblePlot.self, RadialPlot.self, LAbbePlot.self, BaujatPlot.self,
    NormalQQPlot.self, DraperyPlot.self, InfluencePlot.self, GOSHPlot.self, ProfilePlot.self, BaselineRiskPlot.self,
    MultiversePlot.self,
  ]

  /// Reads any figure back from its data.
  /// - Throws: `unknown` for a kind there is not, and what the kind says of data that are not its own.
  public static func figure(document: PlotValue) throws(PlotDataError) -> any Figure {
    let kind = document["kind"].text ?? ""
    guard let type = all.first(where: { $0.kind == kind }) else {
      throw .unknown(what: "kind of figure", name: kind, known: all.map { $0.kind })
    }
    return try type.init(document: document)
  }
}
