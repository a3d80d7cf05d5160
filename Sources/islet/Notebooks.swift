import ArgumentParser
import Notebooks
import Reports
import Sessions
import Teaching
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct RenderPage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: Words(
      "Make a page of a notebook, a case, a script or a chapter of the guideline.", "Σελίδα από τετράδιο, περιστατικό, αρχείο εντολών ή κεφάλαιο της οδηγίας."
    ).said,
    discussion: Words(
      """
      The page is one HTML file that needs nothing else; the citations in it lead to the paraphrases at its end. With --playable a \
      case becomes a page on which it is played, without a network and with the same marks as in the shell. A notebook \
      is also written for Jupyter, as OUT.ipynb. OUT.pdf is the page on paper, printed by an installed Chromium. A link to a \
      notebook beside it, other.md, leads to other.html. Without -o the page goes to standard output.
      """,
      """
      Η σελίδα είναι ένα αρχείο HTML που δεν χρειάζεται τίποτε άλλο· οι παραπομπές της οδηγούν στις παραφράσεις στο τέλος \
      της. Με --playable ένα περιστατικό γίνεται σελίδα όπου παίζεται, χωρίς δίκτυο και με τους ίδιους βαθμούς όπως στο \
      κέλυφος. Ένα τετράδιο γράφεται και για το Jupyter, ως OUT.ipynb. Το OUT.pdf είναι η σελίδα στο χαρτί, τυπωμένη από εγκατεστημένο \
      Chromium. Ένας σύνδεσμος σε διπλανό τετράδιο, other.md, οδηγεί στο other.html. Χωρίς -o η σελίδα γράφεται στην τυπική έξοδο.
      """
    ).said)

  @OptionGroup var options: SharedOptions
  @Argument(
    help: ArgumentHelp(Words("A file, or a chapter's name.", "Αρχείο ή όνομα κεφαλαίου.").said, valueName: Words("what", "τι").said),
    completion: Completions.pages) var what: String
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      Words("Where it is written: .html, .pdf or .ipynb.", "Πού γράφεται: .html, .pdf ή .ipynb.").said, valueName: Words("file", "αρχείο").said),
    completion: .file(extensions: ["html", "pdf", "ipynb"])) var output: String?

  @Flag(
    help: ArgumentHelp(
      Words(
        "Make a page on which a case is played, offline, with the same marks as in the shell.",
        "Σελίδα όπου παίζεται ένα περιστατικό, χωρίς δίκτυο, με τους ίδιους βαθμούς όπως στο κέλυφος."
      ).said)) var playable = false

  func run() throws {
    let console = Console(options)
    try console.finish(console.render(what, to: output, playable: playable))
  }
}

extension Console {
  /// Whether a file is a notebook by its name.
  static func isNotebook(_ file: String) -> Bool { file.hasSuffix(".md") }

  /// The language of a notebook that names none: the one asked for, else English, wherever it is run.
  var notebookLanguage: Language { options.language.flatMap { Language(reading: $0) } ?? .english }

  /// Runs a notebook: prints each command with its answer, or fills the file.
  func runNotebook(_ file: String, writes: Bool) throws(Diagnostic) -> Int32 {
    let files = SystemFiles(console: self)
    let notebook = try Notebook(try files.read(file), file: file)
    let console = self
    let showsCommands = options.format == .text || options.format == .plain
    var printed: [Diagnostic] = []
    let run = notebook.run(
      try world(), language: notebookLanguage, outside: files, allowsFiles: options.allowFiles, keepsGoing: options.keepGoing
    ) { _, step in
      guard !writes, console.options.format != .markdown else { return }
      if showsCommands { Self.write("islet> \(Display.safe(step.command))\n") }
      for answer in step.answers {
        console.print(answer)
        printed += answer.report.errors
      }
      if showsCommands { Self.write("\n") }
    }
    if !writes, options.format == .markdown { Self.write(notebook.filled(run.outputs)) }
    for fault in run.faults where !printed.contains(fault) { fail(fault) }
    guard writes else { return run.faults.isEmpty ? 0 : 1 }
    let stale = notebook.cells.filter(\.isStale).count
    guard run.faults.isEmpty else {
      fail(.notebookNotWritten(file))
      return 1
    }
    let text = notebook.filled(run.outputs)
    let count = run.outputs.count
    try files.write(text, to: file, .whole)
    let was =
      stale == 0
      ? Words(same: "")
      : Words(
        stale, one: Words("; 1 was stale", "· 1 ήταν παλιό"), several: Words("; \(stale) were stale", "· \(stale) ήταν παλιά"))
    say(
      Words(
        count, one: Words("\(file): 1 output\(was.english)", "\(file): 1 αποτέλεσμα\(was.greek)"),
        several: Words("\(file): \(count) outputs\(was.english)", "\(file): \(count) αποτελέσματα\(was.greek)")), command: "run",
      [("file", .string(file)), ("outputs", .integer(count)), ("stale", .integer(stale))])
    return 0
  }

  /// Writes or prints the page of a file or of a chapter.
  func render(_ what: String, to output: String?, playable: Bool = false) throws(Diagnostic) -> Int32 {
    let files = SystemFiles(console: self)
    let pages = Pages(try world(), language: Self.isNotebook(what) ? notebookLanguage : language, seconds: files.seconds)
    let isJupyter = output?.hasSuffix(".ipynb") ?? false
    let isPaper = output?.hasSuffix(".pdf") ?? false
    if let output, !isJupyter, !isPaper, !output.hasSuffix(".html"), !output.hasSuffix(".htm") { throw .renderKind(output) }
    try PlainFile.refuseWriting(output, over: [what])
    let printer = isPaper ? try PagePrinter(path: Self.environment("PATH") ?? "") : nil
    var text: String?
    if playable {
      if isJupyter { throw .renderJupyter(what) }
      let known = access(what, F_OK) == 0 ? nil : CaseLibrary().files.first { Scenario.id(ofFile: $0.name) == what }
      if let known {
        text = try pages.playable(known.bytes, file: known.name)
      } else {
        text = try pages.playable(try files.read(what), file: what)
      }
    } else if access(what, F_OK) != 0 {
      text = try pages.chapter(what)
      if text == nil { throw what.contains(".") ? .fileUnreadable(what, .missing) : pages.unknown(what) }
      if isJupyter { throw .renderJupyter(what) }
    }
    if text == nil {
      let bytes = try files.read(what)
      if isJupyter, !Self.isNotebook(what) { throw .renderJupyter(what) }
      text = isJupyter ? try pages.jupyter(bytes, file: what) : try pages.html(bytes, file: what)
    }
    guard let output else {
      try refuseJSON(Words("A page", "Μια σελίδα"), Words(same: "HTML"))
      Self.write(text ?? "")
      return 0
    }
    if let printer {
      let whole = try WholeFile(output)
      try whole.write(try printer.pdf(text ?? "", files))
      try whole.finish()
    } else {
      try files.write(text ?? "", to: output, .whole)
    }
    say(Words("Wrote \(output)", "Γράφτηκε το \(output)"), command: "render", [("file", .string(output))])
    return 0
  }
}

extension Diagnostic {
  fileprivate static func notebookNotWritten(_ file: String) -> Diagnostic {
    Diagnostic(
      "notebook.not-written", Words("Nothing was written to “\(file)”.", "Δεν γράφτηκε τίποτα στο «\(file)»."),
      help: [Words("Fix the cell and run it again.", "Διορθώστε το κελί και εκτελέστε το ξανά.")])
  }

  fileprivate static func renderKind(_ file: String) -> Diagnostic {
    Diagnostic(
      "render.kind", Words("“\(file)” doesn't say which format to write.", "Το «\(file)» δεν λέει τι θα γραφεί."),
      help: [Words("End it with .html, .pdf or .ipynb", "Να τελειώνει σε .html, .pdf ή .ipynb")])
  }

  fileprivate static func renderJupyter(_ file: String) -> Diagnostic {
    Diagnostic(
      "render.jupyter",
      Words("“\(file)” isn't a notebook; only notebooks are written for Jupyter.", "Το «\(file)» δεν είναι τετράδιο· για το Jupyter γράφονται μόνο τετράδια."),
      help: [Words("Notebooks end with .md; write a page instead: -o page.html", "Τα τετράδια τελειώνουν σε .md· γράψτε σελίδα: -o page.html")])
  }
}
