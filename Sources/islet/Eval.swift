import ArgumentParser
import Cohorts
import Wording

/// `islet eval`: answers patients that are read.
struct EvalPatients: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Answer patients given as NDJSON, a line each.",
    discussion: """
      A line is {"id":"a1","findings":{"syndrome":"gastrinoma","size":"25 mm","men1":true}}. The answer holds the advice \
      that applies: rule, stance and paragraphs. The exit status is 1 when a line was refused. The answers' JSON Schema: islet schema eval.
      """)

  @OptionGroup var options: SharedOptions
  @Flag(name: .long, help: "Print how often each rule applies and depends instead.") var counts = false
  @Flag(name: .long, help: "Tell everything: all fields, of what applies and of what depends.") var all = false
  @Flag(name: .long, help: "Tell also what depends on what isn't stated, and on which findings.") var depends = false
  @Option(name: .long, help: ArgumentHelp("Tell only rules whose id is like one of these: surgery.*,ssa.*", valueName: "patterns")) var rules: String?
  @Option(name: .long, help: ArgumentHelp("Tell these fields of each rule: rule,stance,level,grade …", valueName: "fields")) var fields: String?
  @Argument(help: ArgumentHelp("The patients; standard input when left out.", valueName: "file")) var file: String?

  func validate() throws {
    if let fault = request.fault { throw ValidationError(fault) }
  }

  var request: EvalRequest { EvalRequest(counts: counts, all: all, depends: depends, rules: rules, fields: fields, file: file) }

  func run() throws {
    let console = Console(options)
    try console.finish(console.eval(request))
  }
}

/// What `islet eval` was asked for.
struct EvalRequest: Sendable {
  var counts = false
  var all = false
  var depends = false
  var rules: String?
  var fields: String?
  var file: String?

  /// What doesn't go together; nil where all does.
  var fault: String? {
    if counts, all || depends || fields != nil { return "--counts goes with none of --all, --depends and --fields." }
    return nil
  }

  /// Reads plain arguments; nil where they aren't plain, or the parser has something to say on them.
  init?(_ arguments: ArraySlice<String>) {
    guard
      let plain = PlainArguments(arguments, flags: ["--counts", "--all", "--depends"], options: ["--rules", "--fields"]),
      plain.isAlone || plain.only != nil, let options = plain.shared
    else { return nil }
    counts = plain.has("--counts")
    all = plain.has("--all")
    depends = plain.has("--depends")
    rules = plain["--rules"]
    fields = plain["--fields"]
    file = plain.only
    shared = options
    if fault != nil { return nil }
  }

  /// The options that every way of running islet shares, where plain arguments were read.
  private(set) var shared = RunOptions()

  init(counts: Bool, all: Bool, depends: Bool, rules: String?, fields: String?, file: String?) {
    self.counts = counts
    self.all = all
    self.depends = depends
    self.rules = rules
    self.fields = fields
    self.file = file
  }
}

extension Console {
  /// Answers or counts the patients of a file or of standard input. Status 1 when a line was refused.
  func eval(_ request: EvalRequest) throws(Diagnostic) -> Int32 {
    let stream = try stream(request.file)
    let guideline = try loadGuideline()
    let form = try AnswerForm(all: request.all, depends: request.depends, fields: request.fields, rules: request.rules, guideline)
    let eval = Eval(guideline, language: language, form: form)
    if request.counts {
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
