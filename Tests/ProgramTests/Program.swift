import Foundation

/// The built program, run in a home folder of its own.
struct Program {
  let home: URL

  init() throws {
    home = FileManager.default.temporaryDirectory.appendingPathComponent("islet-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
  }

  /// Beside the test bundle.
  static var path: URL {
    let runner = URL(fileURLWithPath: CommandLine.arguments[0])
    for folder in sequence(first: runner, next: { $0.path == "/" ? nil : $0.deletingLastPathComponent() }) {
      let candidate = folder.appendingPathComponent("islet")
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate.path, isDirectory: &isFolder), !isFolder.boolValue { return candidate }
    }
    return URL(fileURLWithPath: ".build/debug/islet")
  }

  /// A process that isn't started yet, with pipes to its standard streams.
  func process(_ arguments: [String], environment: [String: String] = [:]) -> (process: Process, input: Pipe, output: Pipe, errors: Pipe) {
    let process = Process()
    process.executableURL = Self.path
    process.arguments = arguments
    process.currentDirectoryURL = home
    process.environment = ["HOME": home.path, "LANG": "C.UTF-8", "TERM": "dumb"].merging(environment) { $1 }
    let pipes = (Pipe(), Pipe(), Pipe())
    process.standardInput = pipes.0
    process.standardOutput = pipes.1
    process.standardError = pipes.2
    return (process, pipes.0, pipes.1, pipes.2)
  }

  /// Runs to the end.
  func run(_ arguments: [String], input text: String = "", environment: [String: String] = [:]) throws -> (
    status: Int32, output: String, errors: String
  ) {
    try run(arguments, input: Data(text.utf8), environment: environment)
  }

  /// Runs to the end on bytes.
  func run(_ arguments: [String], input bytes: Data, environment: [String: String] = [:]) throws -> (
    status: Int32, output: String, errors: String
  ) {
    let (process, input, output, errors) = process(arguments, environment: environment)
    try process.run()
    input.fileHandleForWriting.write(bytes)
    try input.fileHandleForWriting.close()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    let complained = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: said, as: UTF8.self), String(decoding: complained, as: UTF8.self))
  }

  func write(_ text: String, to name: String) throws {
    try FileManager.default.createDirectory(
      at: home.appendingPathComponent(name).deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: home.appendingPathComponent(name), atomically: true, encoding: .utf8)
  }

  func read(_ name: String) throws -> String { try String(contentsOf: home.appendingPathComponent(name), encoding: .utf8) }

  /// The journals that lie in the home folder.
  var journals: [URL] {
    let folder = home.appendingPathComponent(".local/state/islet")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasPrefix("journal-") }.sorted().map { folder.appendingPathComponent($0) }
  }

  func remove() { try? FileManager.default.removeItem(at: home) }
}
