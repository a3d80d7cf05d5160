import ArgumentParser
import Cohorts
import Commands
import Guideline
import Sessions
import Vocabulary
import Wording

/// The program: reads arguments, holds files and the terminal, joins the lists of commands.
@main
struct Islet: ParsableCommand {
  static let version = Release.version

  static let configuration = CommandConfiguration(
    commandName: "islet",
    abstract: "A shell for exploring a guideline on pancreatic neuroendocrine tumours.",
    discussion: """
      Describe a hypothetical patient and ask what the guideline recommends, and why, in English or Greek. Without a \
      subcommand islet opens its shell, or runs the commands on standard input.

      For clinical training and education with hypothetical patient data; not for the diagnosis or treatment of real \
      patients.
      """,
    version: "islet \(version)",
    subcommands: [
      RunScript.self, ReadNote.self, ReplayRecording.self, PlayCase.self, CheckFiles.self, ExploreCase.self, NewFile.self, ExportAttempts.self,
      SummariseResults.self, ExportQuestions.self, RenderPage.self, EvalPatients.self, SchemaCommand.self, CompileGuideline.self, CohortPatients.self,
      AuditGuideline.self,
      GuidelineCommand.self,
      Manual.self, DataCommand.self, JupyterCommand.self,
    ])

  /// The guideline, being read while the arguments are.
  static let preload = Preload()

  static func main() {
    Console.guardStandardStreams()
    do {
      let arguments = CommandLine.arguments
      if arguments.count == 2, arguments[1] == "--version" { return Console.write("islet \(version)\n") }
      if try runPlainly(arguments.dropFirst()) != nil { return }
      if Preload.isWorthwhile(arguments) { preload.start() }
      var command = try parseAsRoot()
      try command.run()
    } catch {
      // Usage errors end with 2, as the contract has it, where the parser's own would be 64.
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      if !message.isEmpty { Console.write(message + "\n", to: code.isSuccess ? 1 : 2) }
      exit(withError: code == .validationFailure ? ExitCode(2) : code)
    }
  }

  @OptionGroup var options: SharedOptions

  @Option(name: .customShort("c"), help: ArgumentHelp("Run these commands and leave.", valueName: "commands"))
  var commands: String?

  func run() throws { try Self.run(Console(options), commands: commands) }

  static func run(_ console: Console, commands: String?) throws {
    if let commands {
      try console.finish(console.runScript(Array(commands.utf8), name: nil))
    } else if Console.isInteractive {
      try console.finish(console.runShell())
    } else {
      try console.finish(console.runPipe())
    }
  }
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case text, plain, json, markdown
}

/// The values of the options that every way of running islet shares.
struct RunOptions: Sendable {
  var format = OutputFormat.text
  var language: String?
  var guideline: String?
  var cases: String?
  var keepGoing = false
  var allowFiles = false
  var journal = false
  var noPager = false
}

/// Options that every way of running islet shares.
struct SharedOptions: ParsableArguments {
  @Option(name: .long, help: "How answers are printed: text, plain, json or markdown.")
  var format: OutputFormat = .text

  @Option(name: .long, help: "The language of the answers: en or el.")
  var language: String?

  @Option(name: .long, help: ArgumentHelp("Read the guideline's chapters from a folder.", valueName: "dir"))
  var guideline: String?

  @Option(name: .long, help: ArgumentHelp("Play the cases of a folder beside the embedded ones.", valueName: "dir"))
  var cases: String?

  @Flag(name: .long, help: "Run on after an error; the exit status is still 1.")
  var keepGoing = false

  @Flag(name: .long, help: "Let files that are run read and write files themselves; for files that you trust.")
  var allowFiles = false

  @Flag(name: .long, help: "Print long answers straight to the terminal, not through a pager.")
  var noPager = false

  @Flag(name: .long, help: ArgumentHelp("Keep a journal of commands from a pipe too.", visibility: .hidden))
  var journal = false

  var values: RunOptions {
    RunOptions(
      format: format, language: language, guideline: guideline, cases: cases, keepGoing: keepGoing, allowFiles: allowFiles,
      journal: journal, noPager: noPager)
  }

  func validate() throws {
    if let language, Language(reading: language) == nil {
      throw ValidationError("islet doesn't speak “\(language)”: say en or el.")
    }
  }
}

struct RunScript: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a script of commands or a notebook; “-” is standard input.")

  @OptionGroup var options: SharedOptions
  @Argument(help: ArgumentHelp("The script or notebook.", valueName: "file")) var file: String
  @Flag(name: .long, help: "Keep a notebook's outputs in it, below its cells.") var write = false

  func validate() throws {
    if write, !Console.isNotebook(file) { throw ValidationError("--write is for notebooks, whose names end with .md.") }
  }

  func run() throws {
    try Console(options).run(file, writes: write)
  }
}

struct ReadNote: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Read a case note of a hypothetical patient: what is stated, noted and asked; “-” is standard input.")

  @OptionGroup var options: SharedOptions
  @Argument(help: ArgumentHelp("The note, up to 10,000 characters.", valueName: "file")) var file: String

  func run() throws {
    let console = Console(options)
    try console.finish(console.readNote(file))
  }
}

struct ReplayRecording: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Run a recording again, showing each command with its answer.",
    discussion: "With --step the Enter key runs the next command; without a terminal each line read runs one.")

  @OptionGroup var options: SharedOptions
  @Argument(help: ArgumentHelp("The recording.", valueName: "file")) var file: String
  @Flag(name: .long, help: "Run one command at a time.") var step = false
  @Option(name: .long, help: ArgumentHelp("Run only the first commands.", valueName: "n")) var until: Int?

  func validate() throws {
    if step, until != nil { throw ValidationError("--step and --until don't go together.") }
    if let until, until < 0 { throw ValidationError("--until takes a number from 0.") }
  }

  func run() throws {
    let console = Console(options)
    if step {
      try console.finish(console.stepReplay(file))
    } else {
      try console.finish(console.runReplay(file, until: until))
    }
  }
}

struct GuidelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guideline", abstract: "List or check what the chapters hold.", subcommands: [Facts.self, Check.self, Tour.self, Table.self])

  struct Facts: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print each fact that the chapters carry, as NDJSON.")
    @OptionGroup var options: SharedOptions

    func run() throws {
      let console = Console(options)
      try console.finish(console.guidelineFacts())
    }
  }

  struct Table: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the table that is read at start, made of the chapters and the vocabulary, for make build.", shouldDisplay: false)

    func run() throws { Console.write(clean: try FlatTable.made(of: TextFile.embedded())) }
  }

  struct Tour: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the whole guideline as one Markdown page, prose above rules, in both languages.")
    @OptionGroup var options: SharedOptions

    func run() throws {
      let console = Console(options)
      try console.finish(console.guidelineTour())
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Check the chapters; the exit status is 1 on a finding.")
    @OptionGroup var options: SharedOptions

    func run() throws {
      let console = Console(options)
      try console.finish(console.guidelineCheck())
    }
  }
}
