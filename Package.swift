// swift-tools-version: 6.2
import PackageDescription

/// The modules that read the texts and judge by them are optimised in debug builds too: the tests run the whole guideline
/// many thousand times.
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// The same for their loops in C.
let optimisedLoops: [CSetting] = [.unsafeFlags(["-O2"], .when(configuration: .debug))]

/// The commit, for islet --version. make tells it: what SwiftPM knows of git it remembers from an earlier build.
let commit: [CSetting] = [.define("ISLET_COMMIT", to: "\"\(Context.environment["ISLET_COMMIT"] ?? "")\"")]

/// A release on Linux is one static program that needs nothing around it, /proc neither.
let releaseFlags = ["-static-executable", "-Xlinker", "--wrap=swift_copyAuxiliaryExecutablePath"]

/// Modules in the order of design: each imports only those above it.
let package = Package(
  name: "islet",
  platforms: [.macOS(.v14)],
  products: [
    .executable(name: "islet", targets: ["islet"]),
    // The kernel for Jupyter; a plain build of it only says which trait it wants.
    .executable(name: "islet-kernel", targets: ["IsletKernel"]),
    // For the nested package that fuzzes with coverage.
    .library(name: "IsletLaws", targets: ["FuzzLaws"]),
    // For the nested package of benchmarks.
    .library(
      name: "IsletModules",
      targets: ["Wording", "Measures", "Reports", "Arrow", "Vocabulary", "Grammar", "Patients", "Guideline", "Cohorts", "Counsel", "Sessions", "Commands"]),
  ],
  traits: [.trait(name: "Jupyter", description: "A kernel for Jupyter. Needs libzmq's development files.")],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    .target(name: "Wording", swiftSettings: optimised),
    .target(name: "Measures", dependencies: ["Wording"], swiftSettings: optimised),
    .target(name: "Reports", dependencies: ["Wording", "Measures"], swiftSettings: optimised),
    .target(name: "CLanes", cSettings: optimisedLoops),
    .target(name: "Arrow", dependencies: ["CLanes"], swiftSettings: optimised),
    .target(name: "CTexts", exclude: ["chapters", "vocabulary", "guideline.table", "FORMAT.md"]),
    .target(name: "Vocabulary", dependencies: ["Wording", "Measures", "CTexts"], swiftSettings: optimised),
    .target(name: "Grammar", dependencies: ["Wording", "Measures", "Vocabulary"], swiftSettings: optimised),
    .target(name: "Patients", dependencies: ["Wording", "Measures", "Reports", "Vocabulary", "Grammar"], swiftSettings: optimised),
    .target(
      name: "Guideline", dependencies: ["Wording", "Measures", "Reports", "CTexts", "Vocabulary", "Grammar", "Patients"],
      swiftSettings: optimised),
    .target(
      name: "Cohorts", dependencies: ["CLanes", "Wording", "Measures", "Reports", "Arrow", "Vocabulary", "Grammar", "Patients", "Guideline"],
      swiftSettings: optimised),
    .target(
      name: "Counsel", dependencies: ["Wording", "Measures", "Reports", "Vocabulary", "Grammar", "Patients", "Guideline", "Cohorts"],
      swiftSettings: optimised),
    .target(
      name: "Sessions", dependencies: ["Wording", "Measures", "Reports", "Vocabulary", "Grammar", "Patients", "Guideline"]
    ),
    .target(
      name: "Commands",
      dependencies: ["Wording", "Measures", "Reports", "Vocabulary", "Grammar", "Patients", "Guideline", "Cohorts", "Counsel", "Sessions"]),
    .target(
      name: "Teaching",
      dependencies: ["Wording", "Measures", "Reports", "Vocabulary", "Grammar", "Patients", "Guideline", "Counsel", "Sessions", "Commands"]),
    .target(
      name: "Notebooks",
      dependencies: ["Wording", "Measures", "Reports", "Vocabulary", "Grammar", "Guideline", "Counsel", "Sessions", "Commands", "Teaching"]),
    .target(name: "CEditLine", linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "Terminal", dependencies: ["CEditLine", "Wording", "Reports"]),
    .target(name: "CProgram", cSettings: commit),
    .systemLibrary(name: "CZeroMQ"),
    // For releases on Linux, which hold libzmq and bring no Kerberos.
    .target(name: "CNoKerberos", cSettings: [.define("ISLET_RELEASE", .when(configuration: .release))]),
    .target(
      name: "Jupyter",
      dependencies: [
        "Wording", "Measures", "Reports", "Grammar", "Cohorts", "Sessions", "Commands", .target(name: "CZeroMQ", condition: .when(traits: ["Jupyter"])),
      ], swiftSettings: optimised),
    .executableTarget(
      name: "IsletKernel",
      dependencies: [
        "CProgram", "Jupyter", "Wording", "Guideline", "Sessions", "Commands", "Teaching", "Notebooks",
        .target(name: "CNoKerberos", condition: .when(platforms: [.linux])),
      ],
      linkerSettings: [.unsafeFlags(releaseFlags, .when(platforms: [.linux], configuration: .release))]
        + ["zmq", "pgm", "norm", "protokit", "sodium", "stdc++"].map {
          .linkedLibrary($0, .when(platforms: [.linux], configuration: .release, traits: ["Jupyter"]))
        }),
    .executableTarget(
      name: "islet",
      dependencies: [
        "CProgram", "Wording", "Measures", "Reports", "Vocabulary", "Grammar", "Patients", "Guideline", "Cohorts", "Counsel", "Sessions",
        "Commands", "Teaching", "Notebooks", "Terminal", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      linkerSettings: [
        .unsafeFlags(releaseFlags, .when(platforms: [.linux], configuration: .release)),
        .linkedLibrary("edit", .when(platforms: [.linux])),
        .linkedLibrary("bsd", .when(platforms: [.linux])),
        .linkedLibrary("md", .when(platforms: [.linux])),
        .linkedLibrary("tinfo", .when(platforms: [.linux])),
      ]),
    .testTarget(name: "WordingTests", dependencies: ["Wording", "Measures"]),
    .testTarget(name: "ArrowTests", dependencies: ["Arrow"], exclude: ["Fixtures"]),
    .testTarget(
      name: "VocabularyTests", dependencies: ["Wording", "Measures", "Vocabulary", "Grammar"], exclude: ["Fixtures"]),
    .testTarget(
      name: "GuidelineTests", dependencies: ["Wording", "Measures", "Vocabulary", "Grammar", "Patients", "Guideline"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "GuidelineEdgeTests",
      dependencies: ["Wording", "Measures", "Vocabulary", "Grammar", "Patients", "Guideline", "Cohorts", "Counsel", "Sessions", "Commands", "Reports"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "LanguageTests",
      dependencies: ["Wording", "Measures", "Vocabulary", "Grammar", "Guideline", "Sessions", "Commands", "Reports"]),
    .testTarget(
      name: "CounselTests",
      dependencies: ["Counsel", "Teaching", "Commands", "Sessions", "Guideline", "Patients", "Grammar", "Vocabulary", "Reports", "Measures", "Wording"]),
    .target(
      name: "FuzzLaws",
      dependencies: [
        "Wording", "Measures", "Reports", "Arrow", "Vocabulary", "Grammar", "Patients", "Guideline", "Cohorts", "Sessions", "Commands", "Teaching", "Notebooks",
        "Terminal", "ReportSamples",
      ], path: "Tests/FuzzLaws", exclude: ["Fixtures"]),
    .executableTarget(name: "islet-fuzz", dependencies: ["FuzzLaws"], path: "Tests/FuzzRunner"),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzLaws"]),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal", "Wording"]),
    .target(name: "ReportSamples", dependencies: ["Reports", "Measures", "Wording"], path: "Tests/ReportSamples"),
    .executableTarget(name: "WebSamples", dependencies: ["ReportSamples", "Reports", "Wording"], path: "Tests/WebSamples"),
    .executableTarget(
      name: "PlaySamples", dependencies: ["Notebooks", "Teaching", "Commands", "Sessions", "Guideline", "Reports", "Wording"], path: "Tests/PlaySamples"),
    .testTarget(name: "ReportsTests", dependencies: ["ReportSamples", "Reports", "Measures", "Wording"]),
    .testTarget(
      name: "TreatmentTests",
      dependencies: [
        "Commands", "Sessions", "Guideline", "Patients", "Grammar", "Vocabulary", "Reports", "Measures", "Wording",
      ]),
    .testTarget(name: "CommandTests", dependencies: ["Commands", "Cohorts", "Sessions", "Guideline", "Reports", "Measures", "Wording"]),
    .testTarget(
      name: "SessionTests", dependencies: ["Commands", "Sessions", "Grammar", "Guideline", "Reports", "Vocabulary", "Wording"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "CohortTests",
      dependencies: ["CLanes", "Arrow", "Cohorts", "Guideline", "Patients", "Grammar", "Vocabulary", "Reports", "Measures", "Wording"],
      exclude: ["Fixtures"], swiftSettings: optimised),
    .testTarget(
      name: "TeachingTests",
      dependencies: ["Teaching", "Commands", "Sessions", "Grammar", "Guideline", "Patients", "Vocabulary", "Reports", "Measures", "Wording"],
      exclude: ["Fixtures"]),
    .testTarget(name: "JupyterTests", dependencies: ["Jupyter", "Commands", "Sessions", "Guideline", "Reports", "Wording"]),
    .testTarget(
      name: "NotebookTests", dependencies: ["Notebooks", "Teaching", "Commands", "Sessions", "Guideline", "Reports", "Wording"]),
    .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
    .testTarget(name: "ProgramTests", dependencies: ["CPseudoTerminal", "Commands", "Sessions", "Guideline", "Reports", "Wording"]),
  ],
  swiftLanguageModes: [.v6]
)

/// Types of generic types are asked for directly in releases, not by their mangled names, which would be read, looked up and checked at each
/// start: a seventh of it.
for target in package.targets where target.type == .regular || target.type == .executable {
  let direct = SwiftSetting.unsafeFlags(
    ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"], .when(configuration: .release))
  target.swiftSettings = (target.swiftSettings ?? []) + [direct]
}
