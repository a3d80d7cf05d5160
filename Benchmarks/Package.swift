// swift-tools-version: 6.2
import PackageDescription

/// Measures islet in process. `make bench` in the folder above runs it with what is measured from outside.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "islet", path: "..")],
  targets: [
    .executableTarget(name: "IsletBench", dependencies: [.product(name: "IsletModules", package: "islet")])
  ],
  swiftLanguageModes: [.v6]
)
