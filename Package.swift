// swift-tools-version: 6.3
import PackageDescription

/// One set of rules for every Swift target: language mode 6, explicit existentials, imports that do not leak.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The assertions of C++ libraries belong in debug builds.
let withoutAssertions: [CXXSetting] = [.define("NDEBUG", .when(configuration: .release))]

/// How `make library` links: the library carries the Swift runtime and shows nothing but the functions of its header. Such
/// flags are not for packages that others depend on, so they are there only when asked for.
let selfContained: [LinkerSetting] =
  Context.environment["EVIDENCE_SELF_CONTAINED"] == nil
  ? []
  : [
    .unsafeFlags(
      ["-static-stdlib", "-Xlinker", "--version-script=Sources/CEvidence/evidence.map"],
      .when(platforms: [.linux], configuration: .release))
  ]

let package = Package(
  name: "evidence",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Evidence", targets: ["Evidence"]),
    .executable(name: "evidence", targets: ["EvidenceProgram"]),
    .library(name: "evidence-c", type: .dynamic, targets: ["CABI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(
      name: "CLAPACK", pkgConfig: "lapack",
      providers: [.apt(["liblapack-dev", "libblas-dev"]), .brew(["lapack"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
    .target(name: "CBoostMath", cxxSettings: withoutAssertions),
    .target(name: "CDragonbox", cxxSettings: withoutAssertions),
    .target(name: "NumericCore", dependencies: ["CLAPACK", "CBoostMath"], swiftSettings: strict),
    .target(name: "EffectSizes", dependencies: ["NumericCore"], swiftSettings: strict),
    .target(name: "Synthesis", dependencies: ["NumericCore", "EffectSizes"], swiftSettings: strict),
    .target(name: "Decompression", dependencies: ["CZlib"], swiftSettings: strict),
    .target(name: "TableIO", dependencies: ["CDragonbox"], swiftSettings: strict),
    .target(name: "ReviewFiles", dependencies: ["CExpat", "Decompression", "TableIO"], swiftSettings: strict),
    .target(name: "Plots", dependencies: ["NumericCore", "EffectSizes", "Synthesis"], swiftSettings: strict),
    .target(
      name: "Datasets", path: "Datasets", resources: [.embedInCode("mbt"), .embedInCode("classics")],
      swiftSettings: strict),
    .target(
      name: "Engine",
      dependencies: [
        "NumericCore", "EffectSizes", "Synthesis", "Decompression", "TableIO", "ReviewFiles", "Plots", "Datasets",
      ],
      swiftSettings: strict),
    .target(
      name: "Evidence", dependencies: ["NumericCore", "EffectSizes", "Synthesis", "TableIO", "Plots", "Engine"],
      swiftSettings: strict),
    .target(
      name: "EvidenceCLI",
      dependencies: ["Engine", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),
    .executableTarget(name: "EvidenceProgram", dependencies: ["EvidenceCLI"], swiftSettings: strict),
    .target(name: "CEvidence"),
    .target(
      name: "CABI", dependencies: ["CEvidence", "Engine", "EvidenceCLI", "TableIO"], swiftSettings: strict,
      linkerSettings: selfContained),
    .target(
      name: "TestSupport", dependencies: ["TableIO", "Plots"], path: "Tests/TestSupport", swiftSettings: strict),
  ]
    + [
      ("NumericCore", []), ("EffectSizes", ["NumericCore"]), ("Synthesis", ["NumericCore", "EffectSizes"]),
      ("Decompression", []), ("TableIO", []), ("ReviewFiles", ["TableIO"]), ("Plots", ["EffectSizes", "Synthesis"]),
      ("Engine", ["NumericCore", "EffectSizes", "Synthesis", "TableIO", "Plots", "Datasets"]),
      ("EvidenceCLI", ["EvidenceProgram", "Engine", "TableIO", "Decompression"]),
    ].map { (module: String, others: [String]) in
      .testTarget(
        name: module + "Tests",
        dependencies: ([module, "TestSupport"] + others).map { .byName(name: $0) },
        resources: [.copy("Fixtures")], swiftSettings: strict)
    },
  cxxLanguageStandard: .cxx17
)
