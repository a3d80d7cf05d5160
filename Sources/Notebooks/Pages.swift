import Commands
import Guideline
import Reports
import Sessions
import Teaching
import Wording

/// What islet renders: a notebook, a teaching case, a script or a chapter, as a page that needs nothing else.
///
/// What is rendered is a stranger's file: it runs without files, within the bounds of scripts, and is escaped.
public struct Pages {
  let world: World
  /// The language where the file names none.
  let language: Language
  let seconds: () -> Double

  public init(_ world: World, language: Language, seconds: @escaping () -> Double) {
    self.world = world
    self.language = language
    self.seconds = seconds
  }

  /// A file's page; its kind is told by its bytes. The first error of the file is thrown.
  public func html(_ bytes: [UInt8], file: String) throws(Diagnostic) -> String {
    if Script.isScenario(bytes) { return try scenario(bytes, file) }
    return file.hasSuffix(".islet") ? try script(bytes, file) : try notebook(bytes, file)
  }

  /// A notebook as `.ipynb`.
  public func jupyter(_ bytes: [UInt8], file: String) throws(Diagnostic) -> String {
    let (notebook, run) = try ran(bytes, file)
    return JupyterDocument(notebook, run, language: notebook.language ?? language).json.text + "\n"
  }

  /// The page of a chapter of the guideline by its name or id; nil when there is none.
  public func chapter(_ name: String) throws(Diagnostic) -> String? {
    let guideline = world.guideline
    guard let base = guideline.chapters.first(where: { $0.name == name || $0.id == name }),
      let review = try ChapterReview(guideline, chapter: base.name, language)
    else { return nil }
    return try page(review.title, language, [.markdown(review.blocks)])
  }

  /// The page of a report.
  public func report(_ report: Report, title: String) throws(Diagnostic) -> String { try page(title, language, [.report(report)]) }

  /// The page of the whole guideline: every chapter, and at its end each paragraph, fact, erratum and command under its id.
  public func guideline() throws(Diagnostic) -> String {
    var parts: [HTMLPage.Part] = []
    for chapter in world.guideline.chapters {
      guard let review = try ChapterReview(world.guideline, chapter: chapter.name, language) else { continue }
      parts.append(.markdown([.heading(1, id: nil, [.text(review.title)])] + review.blocks))
    }
    let commands = cited(language).sources(of: world.commands.commands)
    return try page(Words("The guideline", "Η οδηγία")[language], language, parts, sources: commands)
  }

  /// The error for a name that is neither a file nor a chapter.
  public func unknown(_ name: String) -> Diagnostic {
    let names = world.guideline.chapters.map(\.id).joined(separator: ", ")
    return Diagnostic(
      "render.unknown", Words("“\(name)” is neither a file nor a chapter.", "Το «\(name)» δεν είναι ούτε αρχείο ούτε κεφάλαιο."),
      help: [Words("Chapters: \(names)", "Κεφάλαια: \(names)")])
  }

  /// A page on which a case is played; a case whose table is too large for a page is given with less of it.
  public func playable(_ bytes: [UInt8], file: String) throws(Diagnostic) -> String {
    guard Script.isScenario(bytes) else {
      throw Diagnostic(
        "render.playable", Words("“\(file)” isn't a teaching case; only cases are played.", "Το «\(file)» δεν είναι περιστατικό· παίζονται μόνο περιστατικά."),
        help: [Words("A case begins with: islet scenario 1", "Ένα περιστατικό αρχίζει με: islet scenario 1")])
    }
    let (scenario, faults) = ScenarioReader.read(bytes, file: file, world)
    guard let scenario else { throw faults.first ?? .noFiles(file) }
    if let fault = faults.first { throw fault }
    return try playable(scenario).page
  }

  /// The table of a case and its page: so many situations at most, and fewer where the page would be too large.
  public func playable(_ scenario: Scenario, bound: Int = PlayTable.bound) throws(Diagnostic) -> (table: PlayTable, page: String) {
    var bound = bound
    while true {
      let table = PlayTable(scenario, world, language, bound: bound)
      let page = try playable(table)
      if page.utf8.count <= Self.playableBytes || bound <= 1 { return (table, page) }
      // What is shown of a course is drawn for each situation, so that bytes go with situations.
      bound = max(1, min(bound / 2, bound * Self.playableBytes / page.utf8.count))
    }
  }

  /// A page to play has at most so many bytes.
  static let playableBytes = 2_000_000

  /// The page of a table.
  public func playable(_ table: PlayTable) throws(Diagnostic) -> String {
    let spoken = table.language
    return PlayablePage(
      title: table.scenario.title[spoken], language: spoken, subtitle: IntendedUse.banner(world.version)[spoken], intendedUse: IntendedUse.line[spoken],
      origin: IntendedUse.origin[spoken], shell: "islet play " + table.scenario.id, pieces: table.pieces, table: table.json,
      offer: try cited(spoken).offer
    ).html
  }

  // MARK: Kinds

  private func ran(_ bytes: [UInt8], _ file: String) throws(Diagnostic) -> (Notebook, NotebookRun) {
    let notebook = try Notebook(bytes, file: file)
    let run = notebook.run(world, language: language, outside: NotebookOutside(clock: seconds))
    if let fault = run.faults.first { throw fault }
    return (notebook, run)
  }

  private func notebook(_ bytes: [UInt8], _ file: String) throws(Diagnostic) -> String {
    let (notebook, run) = try ran(bytes, file)
    var title: String?
    var parts: [HTMLPage.Part] = []
    for part in notebook.parts {
      switch part {
      case .prose(let text):
        let blocks = Markdown.blocks(of: text)
        if title == nil, case .heading(1, _, let words)? = blocks.first { title = Markdown.plain(words) }
        parts.append(.markdown(blocks))
      case .cell(let place): parts += self.parts(notebook.cells[place], run.results[place])
      }
    }
    return try page(title ?? Self.name(of: file), notebook.language ?? language, parts)
  }

  /// A cell in as many parts as it has lines, each above what it answered.
  private func parts(_ cell: Notebook.Cell, _ result: NotebookRun.Result) -> [HTMLPage.Part] {
    var parts: [HTMLPage.Part] = []
    var typed: [Text] = []
    let session = Session(world: world, language: language)
    for (number, bytes) in cell.lines {
      let text = Notebook.text(bytes)
      if !text.allSatisfy({ $0 == " " }) { typed.append(session.typed(text)) }
      let steps = result.steps.filter { $0.line == number }
      guard !steps.isEmpty else { continue }
      parts.append(.cell(typed, steps.flatMap(\.answers).map(\.report).joined))
      typed = []
    }
    return typed.isEmpty ? parts : parts + [.cell(typed, Report())]
  }

  /// A recording, a saved session or plain commands.
  private func script(_ bytes: [UInt8], _ file: String) throws(Diagnostic) -> String {
    let script = try Script(bytes, file: file)
    let spoken = script["language"].flatMap { Language(rawValue: $0) } ?? language
    var session = Session(world: world, language: spoken)
    session.depth = 1
    var parts: [HTMLPage.Part] = []
    for (line, text) in try script.commands(file: file) {
      var answers: [Answer] = []
      session.run(text, NotebookOutside(clock: seconds)) { answers.append($0) }
      if let error = answers.flatMap(\.report.errors).first { throw error.at(file: file, line: line) }
      parts.append(.cell([session.typed(text)], answers.map(\.report).joined))
    }
    return try page(Self.name(of: file), spoken, parts)
  }

  private func scenario(_ bytes: [UInt8], _ file: String) throws(Diagnostic) -> String {
    let (scenario, faults) = ScenarioReader.read(bytes, file: file, world)
    guard let scenario else { throw faults.first ?? .noFiles(file) }
    if let fault = faults.first { throw fault }
    let spoken = scenario.languages.contains(language) ? language : scenario.languages.first ?? language
    let review = ScenarioReview(scenario, world, spoken)
    return try page(scenario.title[spoken], spoken, [.markdown(review.blocks)])
  }

  // MARK: Pages

  private func cited(_ language: Language) -> CitedSources { CitedSources(world, language) }

  private func page(
    _ title: String, _ language: Language, _ parts: [HTMLPage.Part], sources: [HTMLPage.Source] = []
  ) throws(Diagnostic) -> String {
    HTMLPage(
      title: title, language: language, subtitle: IntendedUse.banner(world.version)[language], intendedUse: IntendedUse.line[language],
      parts: parts + [.report(Report(blocks: [.notice(IntendedUse.origin[language])]))],
      sources: sources, offer: try cited(language).offer
    ).html
  }

  /// A file's name without its folders and its ending.
  static func name(of file: String) -> String {
    var name = file[...]
    if let slash = name.lastIndex(of: "/") { name = name[name.index(after: slash)...] }
    if let dot = name.lastIndex(of: "."), dot != name.startIndex { name = name[..<dot] }
    return String(name)
  }
}

extension [Report] {
  /// The reports as one: their blocks in order, then their errors.
  var joined: Report {
    var report = Report(blocks: flatMap(\.blocks))
    report.errors = flatMap(\.errors)
    return report
  }
}
