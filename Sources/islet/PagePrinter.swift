import Sessions
import Terminal
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Prints a page as PDF by a Chromium that is installed. Nothing else of a browser's is used: no network, no profile of the user's.
struct PagePrinter {
  private static let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
  /// Seconds after which a browser that doesn't end is ended.
  private static let patience = 120.0
  private let program: String

  /// - Parameter path: the folders of programs, as PATH has them.
  init(path: String) throws(Diagnostic) {
    let folders = path.split(separator: ":").filter { $0.hasPrefix("/") }
    let found = Self.names.lazy.flatMap { name in folders.lazy.map { "\($0)/\(name)" } }.first {
      access($0, X_OK) == 0 && !Folder.exists(at: $0)
    }
    guard let found else { throw .noBrowser }
    program = found
  }

  /// The pages of an HTML text as a PDF file's bytes.
  func pdf(_ html: String, _ files: SystemFiles) throws(Diagnostic) -> [UInt8] {
    let folder = try Self.makeFolder()
    defer { Self.remove(folder) }
    let page = folder + "/page.html"
    let printed = folder + "/page.pdf"
    try files.write(html, to: page, .new)
    var arguments = [
      program, "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-background-networking",
      "--user-data-dir=\(folder)/profile", "--no-pdf-header-footer", "--print-to-pdf=\(printed)",
    ]
    // Chromium's sandbox refuses the superuser; the page itself may run nothing and ask for nothing.
    if getuid() == 0 { arguments.append("--no-sandbox") }
    let status = Self.run(arguments + ["file://" + page])
    guard status == 0, access(printed, R_OK) == 0 else { throw .notPrinted(program) }
    return try PlainFile.read(printed, limit: 1 << 30)
  }

  private static func makeFolder() throws(Diagnostic) -> String {
    let named = Console.environment("TMPDIR") ?? ""
    let pattern = (named.hasPrefix("/") ? named : "/tmp") + "/islet-XXXXXX"
    guard let name = strdup(pattern), let made = mkdtemp(name) else { throw .fileNotWritten(pattern, FileCause(errno: errno)) }
    defer { free(name) }
    return String(cString: made)
  }

  /// Removes a folder with all that lies in it; what a link leads to stays.
  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    for name in (try? Folder.names(in: path)) ?? [] where name != "." && name != ".." { remove(path + "/" + name) }
    rmdir(path)
  }

  /// Runs a program whose streams lead nowhere; its status, or -1 when it couldn't be run or didn't end in time.
  private static func run(_ arguments: [String]) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    guard posix_spawn_file_actions_init(&actions) == 0 else { return -1 }
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream: Int32 in 0...2 { posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0) }
    let words = arguments.map { strdup($0) }
    defer { words.forEach { free($0) } }
    var child: pid_t = 0
    guard posix_spawn(&child, arguments[0], &actions, nil, words + [nil], environ) == 0 else { return -1 }
    let end = seconds(on: CLOCK_MONOTONIC) + patience
    var status: Int32 = 0
    while true {
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child { return status }
      if ended < 0, errno != EINTR { return -1 }
      if seconds(on: CLOCK_MONOTONIC) > end {
        kill(child, SIGKILL)
        waitpid(child, &status, 0)
        return -1
      }
      usleep(20_000)
    }
  }
}

extension Diagnostic {
  fileprivate static let noBrowser = Diagnostic(
    "render.no-browser",
    Words(
      "A PDF is printed by Chromium, and there is none on the path.", "Το PDF το τυπώνει το Chromium, που δεν βρέθηκε στο PATH."),
    help: [
      Words(
        "Install chromium; or write a page, -o page.html, open it in any browser and print it there.",
        "Εγκαταστήστε το chromium· ή γράψτε σελίδα, -o page.html, ανοίξτε τη σε όποιον περιηγητή θέλετε και τυπώστε την από εκεί.")
    ])

  fileprivate static func notPrinted(_ program: String) -> Diagnostic {
    Diagnostic(
      "render.not-printed", Words("“\(program)” printed no PDF.", "Το «\(program)» δεν τύπωσε PDF."),
      help: [
        Words(
          "Nothing was written. Write a page, -o page.html, and print it from a browser.",
          "Δεν γράφτηκε τίποτα. Γράψτε σελίδα, -o page.html, και τυπώστε την από περιηγητή.")
      ])
  }
}
