import Testing

/// `evidence nnt` against meta 8.4-0 `nnt()`, metafor fits and the published formulas; each case names its oracle.
@Suite struct NNTReferenceTests {
  @Test func casesAreThere() { #expect(!ReferenceCase.all("nnt").isEmpty) }

  @Test(arguments: ReferenceCase.all("nnt")) func nnt(_ item: ReferenceCase) throws {
    #expect(try item.problems() == [])
  }
}
