import ArgumentParser
import Cohorts
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `islet eval`: answers patients that are read.
struct EvalPatients: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Answer patients given as NDJSON, a line each.",
    discussion: """
      A line is {"id":"a1","findings":{"syndrome":"gastrinoma","size":"25 mm","men1":true}}. The answer holds the advice \
      that applies or depends. The exit status is 1 when a line was refused.
      """)

  @OptionGroup var options: SharedOptions
  @Flag(name: .long, help: "Print how often each rule applies and depends instead.") var counts = false
  @Argument(help: ArgumentHelp("The patients; standard input when left out.", valueName: "file")) var file: String?

  func run() throws {
    let console = Console(options)
    try console.finish(console.eval(file, counts: counts))
  }
}

extension Console {
  /// Answers or counts the patients of a file or of standard input. Status 1 when a line was refused.
  func eval(_ file: String?, counts: Bool) throws(Diagnostic) -> Int32 {
    let handle = try openStream(file)
    let eval = Eval(try loadGuideline(), language: language)
    let read: @Sendable (UnsafeMutableRawBufferPointer) -> Int = { Self.fill($0, from: handle) }
    if counts {
      let tally = eval.count(read: read)
      Self.write(eval.lines(tally))
      return tally.refused > 0 ? 1 : 0
    }
    return eval.answer(read: read, write: { Self.write($0) }).refused > 0 ? 1 : 0
  }

  /// A file to be read, or standard input.
  func openStream(_ file: String?) throws(Diagnostic) -> Int32 {
    guard let file else { return 0 }
    let handle = open(file, O_RDONLY)
    guard handle >= 0 else { throw .fileUnreadable(file) }
    return handle
  }

  /// The next bytes of a stream, as they come; 0 at its end.
  static func fill(_ buffer: UnsafeMutableRawBufferPointer, from handle: Int32) -> Int {
    var count = 0
    repeat { count = systemRead(handle, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
    return max(0, count)
  }
}
