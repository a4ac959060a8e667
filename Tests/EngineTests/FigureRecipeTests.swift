import Engine
import Plots
import Testing

@Suite struct FigureRecipeTests {
  @Test func everyKindOfFigureHasARecipe() {
    let charts = Set(FigureKinds.all.map { $0.kind })
    let kinds = FigureRecipe.all.map(\.kind)
    // Analyses in steps are drawn as forest plots.
    #expect(Set(kinds) == charts.union(["cumulative", "leave-one-out"]))
    #expect(Set(kinds).count == kinds.count)
  }
}
