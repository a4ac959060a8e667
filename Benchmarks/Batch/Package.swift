// swift-tools-version: 6.1
import PackageDescription

// A package of its own: a program that pools arrays in memory, for comparison with other tools.
let package = Package(
  name: "batch-memory",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "evidence", path: "../..")],
  targets: [
    .executableTarget(
      name: "BatchMemory", dependencies: [.product(name: "Evidence", package: "evidence")],
      path: "Sources/BatchMemory")
  ],
  swiftLanguageModes: [.v6]
)
