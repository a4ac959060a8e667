import EffectSizes
import Testing

/// Every measure says what it is, well enough to be printed.
@Suite struct Documentation {
  @Test(arguments: Measure.all.map(\.code)) func isComplete(_ code: String) throws {
    let measure = try #require(Measure.named(code.lowercased()))
    #expect(measure.code == code)
    #expect(!measure.name.isEmpty && measure.formula.contains("yi") && measure.formula.contains("vi"))
    #expect(measure.assumptions.hasSuffix("."))
    #expect(!measure.source.isEmpty)
    let empty = measure.forms.filter { $0.roles.isEmpty }
    #expect(!measure.forms.isEmpty && empty.isEmpty)
    #expect(!measure.varianceTypes.isEmpty && Set(measure.varianceTypes).count == measure.varianceTypes.count)
    for type in measure.varianceTypes where measure.varianceTypes.count > 1 {
      #expect(measure.formula.contains(type.rawValue), "\(code) does not explain \(type.rawValue)")
    }
    for alias in measure.aliases { #expect(Measure.named(alias)?.code == code) }
  }

  @Test func everyKnownCodeIsThere() {
    let codes = """
      RR OR RD AS PETO PHI ZPHI YUQ YUY RTET ZTET PBIT OR2DN OR2DL OR2D MPRR MPOR MPRD MPORC MPPETO MPORM IRR IRD IRSD MD
      SMD SMDH SMD1 SMD1H ROM VR CVR RPB ZPB RBIS ZBIS D2ORN D2ORL D2OR CLES AUC CLESN AUCN COR UCOR ZCOR PCOR ZPCOR SPCOR
      ZSPCOR R2 ZR2 R2F ZR2F PR PLN PLO PRZ PAS PFT IR IRLN IRS IRFT MN SMN MNLN SDLN CVLN MC ROMC VRC CVRC SMCC SMCR SMCRH
      SMCRP SMCRPH CLESCN AUCCN ARAW AHW ABT REH HR HD GEN
      """
    let missing = codes.split(whereSeparator: \.isWhitespace).filter { Measure.named(String($0)) == nil }
    #expect(missing.isEmpty)
  }
}
