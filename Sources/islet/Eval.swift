import ArgumentParser
import Cohorts
import Wording

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
    let stream = try stream(file)
    let eval = Eval(try loadGuideline(), language: language)
    if counts {
      let tally = eval.count(read: stream.fill)
      try stream.finish()
      Self.write(clean: eval.lines(tally))
      return tally.refused > 0 ? 1 : 0
    }
    let refused = eval.answer(read: stream.fill, write: { Self.write(clean: $0) }).refused
    try stream.finish()
    return refused > 0 ? 1 : 0
  }

  /// A file to be read, or standard input.
  func stream(_ file: String?) throws(Diagnostic) -> InputStream {
    guard let file else { return InputStream() }
    return InputStream(try PlainFile.open(file), name: file)
  }
}
