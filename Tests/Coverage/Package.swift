// swift-tools-version: 6.2
import PackageDescription

/// Fuzzes the readers with coverage guidance and address checking. `make fuzz-coverage` in the folder above runs it: it needs the compiler's
/// libFuzzer, which an ordinary build doesn't link.
let package = Package(
  name: "Coverage",
  platforms: [.macOS(.v14)],
  dependencies: [.package(name: "islet", path: "../..")],
  targets: [
    .executableTarget(name: "islet-coverage", dependencies: [.product(name: "IsletLaws", package: "islet")], path: "Runner")
  ],
  swiftLanguageModes: [.v6]
)
