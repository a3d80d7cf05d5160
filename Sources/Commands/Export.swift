import Reports
import Sessions
import Wording

extension Command {
  static let export = Command(
    "export", greek: "εξαγωγή", aliases: ["εξήγαγε"], kind: .outside, role: .closed, group: .session,
    takes: [.file, .flag("notebook", replacesValue: true)],
    summary: Words(
      "write commands and answers to a document: .md, .html or .txt; or the last figure: .svg",
      "εγγραφή εντολών και απαντήσεων σε έγγραφο: .md, .html ή .txt· ή του τελευταίου σχήματος: .svg"),
    details: [
      Words(
        "What was undone is left out. The document carries the intended use and the origin of the text.",
        "Όσα αναιρέθηκαν παραλείπονται. Το έγγραφο αναφέρει τον σκοπό χρήσης και την προέλευση του κειμένου."),
      Words(
        "A .md document is a notebook: islet run, check and render take it. export --notebook alone writes a new one, session.md.",
        "Ένα έγγραφο .md είναι τετράδιο: το δέχονται τα islet run, check και render. Μόνη της η εντολή εξαγωγή --notebook γράφει νέο, το session.md."),
    ],
    examples: [
      Example(
        Words("export maria.md", "εξαγωγή maria.md"), Words("a document to print or hand in", "ένα έγγραφο για εκτύπωση ή παράδοση"),
        gives: Words("Exported maria.md: 2 commands", "Εξαγωγή στο maria.md: 2 εντολές"),
        after: "patient Maria 54F, insulinoma; recommend"),
      Example(
        Words("export everolimus.svg", "εξαγωγή everolimus.svg"), Words("a figure for a slide", "ένα σχήμα για διαφάνεια"),
        gives: Words("Exported everolimus.svg: the last figure", "Εξαγωγή στο everolimus.svg: το τελευταίο σχήμα"), after: "evidence everolimus"),
      Example(
        Words("export --notebook", "εξαγωγή --notebook"), Words("the session as a notebook to go on with", "η συνεδρία ως τετράδιο, για να συνεχιστεί"),
        gives: Words(same: "session.md"),
        after: "patient Maria 54F, insulinoma; recommend"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let isNotebook = invocation.options["notebook"] != nil
    let isUnnamed = isNotebook && !invocation.hasArgument
    let file = isUnnamed ? "session.md" : invocation.file
    guard !file.isEmpty else { throw invocation.incomplete }
    let transcript = Transcript(invocation.session)
    let text: String
    let ending = file.split(separator: ".").last.map { $0.lowercased() }
    let isFigure = ending == "svg"
    switch ending {
    case let ending where isNotebook && ending != "md":
      throw Diagnostic(
        "export.kind", Words("A notebook's name ends with .md", "Το όνομα ενός τετραδίου τελειώνει σε .md"),
        help: [Words("For example: export maria.md --notebook", "Για παράδειγμα: εξαγωγή maria.md --notebook")], source: invocation.line,
        span: invocation.argumentSpan)
    case "md", "markdown": text = transcript.markdown
    case "html", "htm": text = try transcript.html
    case "txt", "text": text = transcript.text
    case "svg":
      guard var figure = transcript.lastFigure else {
        throw Diagnostic(
          "export.figure", Words("No answer of this session has a figure.", "Καμία απάντηση της συνεδρίας δεν έχει σχήμα."),
          help: [Words("For example, first: evidence everolimus", "Για παράδειγμα, πρώτα: δεδομένα everolimus")], source: invocation.line,
          span: invocation.argumentSpan)
      }
      figure.notes.append(Text(IntendedUse.line[invocation.language]))
      text = figure.svg()
    default:
      throw Diagnostic(
        "export.kind",
        Words("The name doesn't say which kind of document is meant.", "Το όνομα δεν λέει ποιο είδος εγγράφου εννοείται."),
        help: [Words("End it with .md, .html, .txt or .svg", "Να τελειώνει σε .md, .html, .txt ή .svg")], source: invocation.line,
        span: invocation.argumentSpan)
    }
    guard !transcript.cells.isEmpty else {
      throw Diagnostic(
        "export.nothing", Words("There is nothing to export yet.", "Δεν υπάρχει ακόμη κάτι για εξαγωγή."),
        help: [
          Words(
            text:
              "Describe a hypothetical patient and ask: \(Text.command("patient 54F, insulinoma", "patient")); \(Text.command("recommend", "recommend"))",
            "Περιγράψτε έναν υποθετικό ασθενή και ρωτήστε: \(Text.command("ασθενής γυναίκα 54 ετών, ινσουλίνωμα", "patient")); \(Text.command("σύσταση", "recommend"))"
          )
        ])
    }
    let count = transcript.cells.count
    let said =
      isFigure
      ? Words("Exported \(file): the last figure.", "Εξαγωγή στο \(file): το τελευταίο σχήμα.")
      : Words(
        count, one: Words("Exported \(file): 1 command and its answer.", "Εξαγωγή στο \(file): 1 εντολή με την απάντησή της."),
        several: Words("Exported \(file): \(count) commands and answers.", "Εξαγωγή στο \(file): \(count) εντολές με τις απαντήσεις τους."))
    return Outcome(
      .request(isUnnamed ? .task(NewFile(file: file, text: text)) : .write(file: file, text: text)),
      Report(
        data: [("file", .string(file)), ("commands", .integer(count))], blocks: [.paragraph(said[invocation.language])]),
      canonical: invocation.written(isUnnamed ? "" : Command.quoted(file), isNotebook ? ["notebook": ""] : [:]))
  }
}

/// Writes a file whose name the user didn't choose: one that is there already is an error.
private struct NewFile: OutsideTask {
  let file: String
  let text: String

  func perform(_ session: inout Session, _ answer: inout Answer, _ outside: some Outside) throws(Diagnostic) {
    try outside.write(text, to: file, .new)
  }
}

/// A session as a document: each command that stands, with what it answers.
struct Transcript {
  struct Exchange {
    let line: KeptLine
    let answer: Answer

    var report: Report { answer.report }
  }

  let cells: [Exchange]
  let title: String
  private let language: Language
  private let world: World
  private var version: String { world.version }

  /// Runs the session's commands again, in its language.
  init(_ session: Session) {
    var again = Session(world: session.world, language: session.state.language)
    cells = session.keptLines.compactMap { line in
      let answer = again.run(line.canonical)
      if again.state.language != session.state.language { _ = again.run("language \(session.state.language.rawValue)") }
      return answer.kind == .setting || answer.isError ? nil : Exchange(line: line, answer: answer)
    }
    language = session.state.language
    world = session.world
    let names = session.state.patients.map(\.name).joined(separator: ", ")
    title =
      names.isEmpty
      ? Words("A session with islet", "Μια συνεδρία με το islet")[language]
      : Words("A session with islet: \(names)", "Μια συνεδρία με το islet: \(names)")[language]
  }

  /// The last figure that an answer shows.
  var lastFigure: Figure? {
    for case .figure(let figure) in cells.flatMap(\.report.blocks).reversed() { return figure }
    return nil
  }

  private var banner: String { IntendedUse.banner(version)[language] }

  var text: String {
    let head = [title, banner, IntendedUse.line[language], IntendedUse.origin[language]].map(Display.safe)
    let body = cells.map { "islet> \(Display.safe($0.line.typed))\n\($0.report.text(.plain))" }
    return (head + body).joined(separator: "\n\n") + "\n\(IntendedUse.line[language])\n"
  }

  /// A notebook, its outputs filled.
  var markdown: String {
    let head = [
      "<!-- islet notebook 1 \(language.rawValue) -->\n# " + Display.safe(title), banner, "> " + IntendedUse.line[language], IntendedUse.origin[language],
    ]
    var mark = CellMark()
    let body = cells.flatMap { cell -> [String] in
      let line = Display.safe(cell.line.canonical)
      mark.add(info: "islet", lines: [line])
      let output = CellOutput.text([cell.answer])
      let fence = "```islet\n\(line)\n```"
      return output.isEmpty ? [fence] : [fence, CellOutput.fence(output, mark: mark).joined(separator: "\n")]
    }
    return (head + body + ["> \(IntendedUse.line[language])"]).joined(separator: "\n\n") + "\n"
  }

  /// A page with what it cites at its end.
  var html: String {
    get throws(Diagnostic) {
      let session = Session(world: world, language: language)
      return HTMLPage(
        title: title, language: language, subtitle: banner, intendedUse: IntendedUse.line[language],
        parts: [.report(Report(blocks: [.notice(IntendedUse.origin[language])]))] + cells.map { .cell([session.typed($0.line.typed)], $0.report) },
        offer: try CitedSources(world, language).offer
      ).html
    }
  }
}
