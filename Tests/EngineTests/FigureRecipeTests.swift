import Engine
import Plots
import Testing

@Suite struct FigureRecipeTests {
  @Test func everyKindOfFigureHasARecipe() {
    #expect(Set(FigureRecipe.all.map(\.kind)) == Set(FigureKinds.all.map { $0.kind }))
    #expect(FigureRecipe.all.count == FigureKinds.all.count)
  }
}
