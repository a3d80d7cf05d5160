import ArgumentParser
import CProgram
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
    abstract: Words(
      "A shell for exploring a guideline on pancreatic neuroendocrine tumours.",
      "Κέλυφος για την εξερεύνηση μιας οδηγίας για τους παγκρεατικούς νευροενδοκρινικούς όγκους."
    ).said,
    discussion: Words(
      """
      Describe a hypothetical patient and ask what the guideline recommends, and why, in English or Greek. Without a \
      subcommand islet opens its shell, or runs the commands on standard input.

      For clinical training and education with hypothetical patient data; not for the diagnosis or treatment of real \
      patients.
      """,
      """
      Περιγράψτε έναν υποθετικό ασθενή και ρωτήστε τι συνιστά η οδηγία, και γιατί, στα ελληνικά ή στα αγγλικά. Χωρίς \
      υποεντολή το islet ανοίγει το κέλυφός του ή εκτελεί τις εντολές της τυπικής εισόδου.

      Για κλινική εκπαίδευση με υποθετικά δεδομένα ασθενών· όχι για διάγνωση ή θεραπεία πραγματικών ασθενών.
      """
    ).said,
    version: VersionText.said,
    subcommands: [
      RunScript.self, ReadNote.self, ReplayRecording.self, PlayCase.self, CheckFiles.self, ExploreCase.self, NewFile.self, ExportAttempts.self,
      SummariseResults.self, ExportQuestions.self, RenderPage.self, EvalPatients.self, SchemaCommand.self, CompileGuideline.self, CohortPatients.self,
      AuditGuideline.self,
      GuidelineCommand.self,
      Manual.self, DataCommand.self, JupyterCommand.self,
    ])

  /// The guideline, being read while the arguments are.
  static let preload = Preload()

  /// What the program was called with, its own name first.
  static let arguments = (0..<islet_argument_count()).compactMap { islet_argument($0).map { String(cString: $0) } }

  static func main() {
    Console.guardStandardStreams()
    do {
      if try runPlainly(arguments.dropFirst()) != nil { return }
      if Preload.isWorthwhile(arguments) { preload.start() }
      var command = try parseAsRoot(Array(arguments.dropFirst()))
      try command.run()
    } catch {
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      // Usage errors end with 2, as the contract has it, where the parser's own would be 64.
      if code == .validationFailure { exit(withError: usageFailed(message)) }
      if code.isSuccess, !message.isEmpty { exit(withError: tell(message)) }
      if !message.isEmpty { Console.write(message + "\n", to: 2) }
      exit(withError: code)
    }
  }

  @OptionGroup var options: SharedOptions

  @Option(
    name: .customShort("c"),
    help: ArgumentHelp(
      Words("Run these commands and exit; several are run in turn.", "Εκτέλεση αυτών των εντολών και έξοδος· πολλά εκτελούνται με τη σειρά.").said,
      valueName: Words("commands", "εντολές").said))
  var commands: [String] = []

  func run() throws { try Self.run(Console(options), commands: commands.isEmpty ? nil : commands.joined(separator: "\n")) }

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

/// How answers are printed.
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
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("How answers are printed: text, plain, json or markdown.", "Πώς τυπώνονται οι απαντήσεις: text, plain, json ή markdown.").said,
      valueName: Words("format", "μορφή").said))
  var format: OutputFormat = .text

  @Option(
    name: .long,
    help: ArgumentHelp(Words("The language of the answers: en or el.", "Η γλώσσα των απαντήσεων: en ή el.").said, valueName: Words("language", "γλώσσα").said),
    completion: .list(Language.allCases.map(\.rawValue)))
  var language: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("Read the guideline's chapters from a folder.", "Ανάγνωση των κεφαλαίων της οδηγίας από φάκελο.").said, valueName: Words("dir", "φάκελος").said),
    completion: .directory)
  var guideline: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("Play the cases of a folder as well as the embedded ones.", "Και τα περιστατικά ενός φακέλου, δίπλα στα ενσωματωμένα.").said,
      valueName: Words("dir", "φάκελος").said), completion: .directory)
  var cases: String?

  @Flag(
    name: .long, help: ArgumentHelp(Words("Go on after an error; the exit status is still 1.", "Συνέχεια μετά από σφάλμα· η κατάσταση εξόδου μένει 1.").said))
  var keepGoing = false

  @Flag(
    name: .long,
    help: ArgumentHelp(
      Words(
        "Let files that are run read and write files themselves; for files that you trust.",
        "Τα αρχεία που εκτελούνται μπορούν και τα ίδια να διαβάζουν και να γράφουν αρχεία· για αρχεία που εμπιστεύεστε."
      ).said))
  var allowFiles = false

  @Flag(
    name: .long,
    help: ArgumentHelp(
      Words(
        "Print long answers straight to the terminal, not through a pager.",
        "Οι μεγάλες απαντήσεις τυπώνονται απευθείας στο τερματικό, χωρίς σελιδοποίηση."
      ).said))
  var noPager = false

  @Flag(
    name: .long,
    help: ArgumentHelp(
      Words("Keep a journal of commands from a pipe too.", "Ημερολόγιο εντολών και για όσες έρχονται από διοχέτευση.").said, visibility: .hidden))
  var journal = false

  var values: RunOptions {
    RunOptions(
      format: format, language: language, guideline: guideline, cases: cases, keepGoing: keepGoing, allowFiles: allowFiles,
      journal: journal, noPager: noPager)
  }

  func validate() throws {
    if let language, Language(reading: language) == nil {
      throw ValidationError(Words("islet doesn't speak “\(language)”: write en or el.", "Το islet δεν γνωρίζει τη γλώσσα «\(language)»: γράψτε en ή el.").said)
    }
  }
}

struct RunScript: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: Words("Run a script of commands or a notebook; “-” is standard input.", "Εκτέλεση αρχείου εντολών ή τετραδίου· «-» είναι η τυπική είσοδος.").said)

  @OptionGroup var options: SharedOptions
  @Argument(
    help: ArgumentHelp(Words("The script or notebook.", "Το αρχείο εντολών ή το τετράδιο.").said, valueName: Words("file", "αρχείο").said),
    completion: .file(extensions: ["islet", "md"])) var file: String
  @Flag(
    name: .long,
    help: ArgumentHelp(Words("Keep a notebook's outputs in it, below its cells.", "Τα αποτελέσματα ενός τετραδίου γράφονται μέσα του, κάτω από τα κελιά.").said)
  ) var write = false

  func validate() throws {
    if write, !Console.isNotebook(file) {
      throw ValidationError(
        Words("--write is for notebooks, whose names end with .md.", "Το --write είναι για τετράδια, που τα ονόματά τους τελειώνουν σε .md.").said)
    }
  }

  func run() throws {
    try Console(options).run(file, writes: write)
  }
}

struct ReadNote: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note",
    abstract: Words(
      "Read a case note of a hypothetical patient: what is stated, noted and asked; “-” is standard input.",
      "Ανάγνωση σημειώματος υποθετικού ασθενούς: τι δηλώνεται, τι σημειώνεται, τι ερωτάται· «-» είναι η τυπική είσοδος."
    ).said)

  @OptionGroup var options: SharedOptions
  @Argument(
    help: ArgumentHelp(Words("The note, up to 10,000 characters.", "Το σημείωμα, έως 10.000 χαρακτήρες.").said, valueName: Words("file", "αρχείο").said),
    completion: .file()) var file: String

  func run() throws {
    let console = Console(options)
    try console.finish(console.readNote(file))
  }
}

struct ReplayRecording: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: Words("Replay a recording, showing each command with its answer.", "Νέα εκτέλεση μιας καταγραφής, κάθε εντολή με την απάντησή της.").said,
    discussion: Words(
      "With --step the Enter key runs the next command; without a terminal each line read runs one.",
      "Με --step το Enter εκτελεί την επόμενη εντολή· χωρίς τερματικό, κάθε γραμμή που διαβάζεται εκτελεί μία."
    ).said)

  @OptionGroup var options: SharedOptions
  @Argument(help: ArgumentHelp(Words("The recording.", "Η καταγραφή.").said, valueName: Words("file", "αρχείο").said), completion: .file(extensions: ["islet"]))
  var file: String
  @Flag(name: .long, help: ArgumentHelp(Words("Run one command at a time.", "Μία εντολή κάθε φορά.").said)) var step = false
  @Option(name: .long, help: ArgumentHelp(Words("Run only the first commands.", "Μόνο οι πρώτες εντολές.").said, valueName: Words("n", "αριθμός").said))
  var until: Int?

  func validate() throws {
    if step, until != nil { throw ValidationError(Words("--step and --until can't be combined.", "Τα --step και --until δεν συνδυάζονται.").said) }
    if let until, until < 0 { throw ValidationError(Words("--until takes a number from 0.", "Το --until δέχεται αριθμό από 0.").said) }
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
    commandName: "guideline", abstract: Words("List or check what the chapters hold.", "Κατάλογος ή έλεγχος όσων περιέχουν τα κεφάλαια.").said,
    subcommands: [Facts.self, Check.self, Tour.self, Table.self])

  struct Facts: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words("Print each fact that the chapters carry, as NDJSON.", "Τα στοιχεία που περιέχουν τα κεφάλαια, ως NDJSON.").said)
    @OptionGroup var options: SharedOptions

    func run() throws {
      let console = Console(options)
      try console.finish(console.guidelineFacts())
    }
  }

  struct Table: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words(
        "Print the table that is read at start, made of the chapters and the vocabulary, for make build.",
        "Ο πίνακας που διαβάζεται στην εκκίνηση, από τα κεφάλαια και το λεξιλόγιο, για το make build."
      ).said, shouldDisplay: false)

    @OptionGroup var options: SharedOptions

    func run() throws {
      let console = Console(options)
      try console.finish(console.guidelineTable())
    }
  }

  struct Tour: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words(
        "Print the whole guideline as one Markdown page, prose above rules, in both languages.",
        "Ολόκληρη η οδηγία σε μία σελίδα Markdown, το κείμενο πάνω από τους κανόνες, και στις δύο γλώσσες."
      ).said)
    @OptionGroup var options: SharedOptions

    func run() throws {
      let console = Console(options)
      try console.finish(console.guidelineTour())
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words("Check the chapters; the exit status is 1 on a finding.", "Έλεγχος των κεφαλαίων· η κατάσταση εξόδου είναι 1 όταν βρεθεί κάτι.").said)
    @OptionGroup var options: SharedOptions

    func run() throws {
      let console = Console(options)
      try console.finish(console.guidelineCheck())
    }
  }
}
