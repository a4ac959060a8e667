// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that users of the library never build the benchmark harness.
let package = Package(
  name: "evidence-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "evidence", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "EvidenceBenchmarks",
      dependencies: [
        .product(name: "Evidence", package: "evidence"), .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Evidence",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ],
  swiftLanguageModes: [.v6]
)
