import ArgumentParser
import Sessions
import Teaching
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct PlayCase: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "play", abstract: "List the teaching cases, or play one.",
    discussion: "Without a terminal the lines of standard input are played.")

  @OptionGroup var options: SharedOptions
  @Argument(help: ArgumentHelp("The case; all are listed when it is left out.", valueName: "case")) var name: String?
  @Flag(name: .long, help: "Start over a case that was begun.") var anew = false

  func run() throws {
    let console = Console(options)
    guard let name else {
      try console.finish(console.runScript(Array("play".utf8), name: nil))
      return
    }
    let line = "play \"\(name.filter { $0 != "\"" && $0 != "\n" })\"" + (anew ? " anew" : "")
    if Console.isInteractive {
      try console.finish(console.runShell(first: line))
    } else {
      try console.finish(console.runPipe(first: line))
    }
  }
}

struct CheckFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check teaching cases and scripts: files, or folders with them.",
    discussion: """
      A case is read whole, its expectations are looked at and its paths are replayed; a script runs. A line is printed \
      for each, and the exit status is 1 when one failed.
      """)

  @OptionGroup var options: SharedOptions
  @Argument(help: ArgumentHelp("Files or folders.", valueName: "path")) var paths: [String]

  func run() throws {
    let console = Console(options)
    try console.finish(console.check(paths))
  }
}

extension Console {
  /// The files of a folder whose names have an ending, by name.
  func files(in folder: String, ending: String) throws(Diagnostic) -> [String] {
    guard let handle = opendir(folder) else { throw .fileUnreadable(folder) }
    defer { closedir(handle) }
    var found: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(ending), name.first != "." { found.append(folder + (folder.hasSuffix("/") ? "" : "/") + name) }
    }
    return found.sorted()
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  func check(_ paths: [String]) throws(Diagnostic) -> Int32 {
    var files: [String] = []
    for path in paths {
      if Self.isFolder(path) { files += try self.files(in: path, ending: ".islet") } else { files.append(path) }
    }
    let world = try world()
    let clock = SystemFiles(console: self)
    var failed = 0
    for (place, file) in files.enumerated() {
      progress(place, of: files.count, file)
      var outcome = CheckOutcome()
      do throws(Diagnostic) {
        let bytes = try read(file, limit: ScriptBounds.bytes)
        outcome = FileCheck(world, seconds: clock.seconds).check(bytes, file: file)
      } catch {
        outcome = CheckOutcome(error)
      }
      progress(nil, of: 0, "")
      let isFine = outcome.faults.isEmpty
      if !isFine { failed += 1 }
      let word = isFine ? Words("passed", "πέρασε") : Words("failed", "απέτυχε")
      let summary = outcome.summary[language]
      Self.write("\(word[language])  \(file)" + (summary.isEmpty ? "" : "  \(summary)") + "\n")
      for fault in outcome.faults { fail(fault) }
    }
    let passed = files.count - failed
    Self.write(Words("\(passed) passed, \(failed) failed", "\(passed) πέρασαν, \(failed) απέτυχαν")[language] + "\n")
    return failed == 0 ? 0 : 1
  }

  /// Which file is being checked, on a terminal's last line; it is wiped before anything is printed.
  private func progress(_ place: Int?, of count: Int, _ file: String) {
    guard isatty(2) == 1, style.isColoured || options.format == .text else { return }
    guard let place else { return Self.write("\r\u{1B}[K", to: 2) }
    Self.write("\r\(place + 1)/\(count)  \(file)\u{1B}[K", to: 2)
  }
}
