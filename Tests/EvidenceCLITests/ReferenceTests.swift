import Testing

/// The command line against numbers from other software.
@Suite struct ReferenceTests {
  @Test(arguments: ["effects", "pool", "errors", "input", "diagnose"])
  func areaIsThere(area: String) { #expect(!ReferenceCase.all(area).isEmpty) }

  @Test(arguments: ReferenceCase.all("effects")) func effects(_ item: ReferenceCase) throws {
    #expect(try item.problems() == [])
  }

  @Test(arguments: ReferenceCase.all("pool")) func pool(_ item: ReferenceCase) throws {
    #expect(try item.problems() == [])
  }

  @Test(arguments: ReferenceCase.all("errors")) func errors(_ item: ReferenceCase) throws {
    #expect(try item.problems() == [])
  }

  @Test(arguments: ReferenceCase.all("input")) func input(_ item: ReferenceCase) throws {
    #expect(try item.problems() == [])
  }

  @Test(arguments: ReferenceCase.all("diagnose")) func diagnose(_ item: ReferenceCase) throws {
    #expect(try item.problems() == [])
  }
}
