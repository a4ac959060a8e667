import Testing

/// The command line against numbers from other software.
///
/// Cases where this program disagrees with its reference are in `KnownDifferences`, each with the reason.
@Suite struct ReferenceTests {
  @Test(arguments: [
    "effects", "pool", "hetci", "inference", "regress", "twogroup", "subgroup", "nnt", "batch", "diagnose", "errors",
    "input", "bias", "convert", "questions",
  ])
  func areaIsThere(area: String) { #expect(!ReferenceCase.all(area).isEmpty) }

  @Test(arguments: ReferenceCase.all("effects")) func effects(_ item: ReferenceCase) throws { try item.check() }

  @Test(arguments: ReferenceCase.all("pool")) func pool(_ item: ReferenceCase) throws { try item.check() }

  @Test(arguments: ReferenceCase.all("hetci")) func hetci(_ item: ReferenceCase) throws { try item.check() }

  @Test(arguments: ReferenceCase.all("inference")) func inference(_ item: ReferenceCase) throws { try item.check() }

  @Test(arguments: ReferenceCase.all("regress")) func regress(_ item: ReferenceCase) throws { try item.check() }

  @Test(arguments: ReferenceCase.all("twogroup")) func twogroup(_ item: ReferenceCase) throws { try item.check() }

  @Test(arguments: ReferenceCase.all("subgroup")) func subgroup(_ item: ReferenceCase) throws { try item.check() }

  @Test(arguments: ReferenceCase.all("nnt")) func nnt(_ item: ReferenceCase) throws { try item.check() }

  @Test(arguments: ReferenceCase.all("batch")) func batch(_ item: ReferenceCase) throws { try item.check() }

  @Test(arguments: ReferenceCase.all("diagnose")) func diagnose(_ item: ReferenceCase) throws { try item.check() }

  @Test(arguments: ReferenceCase.all("errors")) func errors(_ item: ReferenceCase) throws { try item.check() }

  @Test(arguments: ReferenceCase.all("input")) func input(_ item: ReferenceCase) throws { try item.check() }

  @Test(arguments: ReferenceCase.all("bias")) func bias(_ item: ReferenceCase) throws { try item.check() }

  @Test(arguments: ReferenceCase.all("questions")) func questions(_ item: ReferenceCase) throws { try item.check() }

  @Test(arguments: ReferenceCase.all("convert")) func convert(_ item: ReferenceCase) throws { try item.check() }
}
