import Grammar
import Reports
import Vocabulary
import Wording

/// What a learner is shown: a table, a report, or the patient's course drawn.
public struct Exhibit: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// Rows of cells; the first row holds the headings.
    case table
    /// Lines of text, as a report is written.
    case report
    /// The learner's patient drawn by days, as `timeline` does.
    case timeline
  }

  public let kind: Kind
  public let title: Words
  /// The cells of a table, or one a line of a report.
  public internal(set) var rows: [[Words]] = []

  /// As plain lines; of a timeline nothing, since it is the patient's.
  func lines(_ language: Language) -> [String] {
    kind == .timeline ? [] : [title[language]] + rows.map { row in row.map { $0[language] }.joined(separator: kind == .table ? " | " : "") }
  }

  /// As it is shown; of a timeline the title alone, since it is the patient's.
  func blocks(_ language: Language) -> [Block] {
    let cells = rows.map { $0.map { $0.cited(language) } }
    switch kind {
    case .table: return [.heading(title[language]), .table(cells.first ?? [], Array(cells.dropFirst()))]
    case .report: return [.heading(title[language])] + cells.map { .paragraph($0.joined()) }
    case .timeline: return [.heading(title[language])]
    }
  }
}

/// A finding that gets worse when nothing is done against it in time; it is announced before.
public struct Worsening: Sendable {
  public let finding: Int
  public let possible: Possible
  /// The day from which it holds.
  public let day: Int
  /// Each of them averts it, done before that day.
  public let deeds: [Deed]
  public let warning: Words
  let line: Int
}

extension ScenarioReader {
  mutating func beginExhibit(_ line: inout ScenarioLine) throws(Diagnostic) {
    guard let word = line.word(), let kind = Exhibit.Kind(rawValue: word.text) else {
      throw line.fault(
        "case.exhibit", Words("What is shown?", "Τι εμφανίζεται;"),
        Words("Write: exhibit table, report or timeline, and its title", "Γράψτε: exhibit table, report ή timeline, και τον τίτλο"))
    }
    exhibit = (Exhibit(kind: kind, title: try line.words(scenario.languages)), line.number)
  }

  /// `row "Glucose" | "Γλυκόζη", "38 mg/dL"` of a table, `line "…" | "…"` of a report.
  mutating func exhibitPart(_ word: String, _ span: Range<Int>, _ line: inout ScenarioLine) throws(Diagnostic) {
    guard case (var open, let start)? = exhibit, (word == "row") == (open.kind == .table), open.kind != .timeline else {
      throw line.fault(
        "case.exhibit-part", Words("“\(word)” doesn't belong here.", "Το «\(word)» δεν έχει θέση εδώ."),
        Words(
          "row belongs in an exhibit table, line in an exhibit report; exhibit timeline takes neither.",
          "Το row μπαίνει σε exhibit table, το line σε exhibit report· το exhibit timeline δεν δέχεται κανένα."), span)
    }
    var cells = [try cell(word == "row", &line)]
    while word == "row", line.takes(",") { cells.append(try cell(true, &line)) }
    try line.end()
    open.rows.append(cells)
    exhibit = (open, start)
  }

  /// A cell that holds a value reads the same in both languages.
  private func cell(_ mayBeValue: Bool, _ line: inout ScenarioLine) throws(Diagnostic) -> Words {
    var probe = line
    let text = try probe.quoted()
    let isValue = text.contains(where: \.isNumber) || !text.contains(where: \.isLetter)
    guard mayBeValue, isValue, probe.isAtEnd || probe.takes(",") else { return try line.words(scenario.languages) }
    return Words(same: try line.quoted())
  }

  func whole(_ exhibit: Exhibit, _ line: ScenarioLine) throws(Diagnostic) -> Exhibit {
    let isFine =
      switch exhibit.kind {
      case .table: exhibit.rows.count > 1 && exhibit.rows.allSatisfy { $0.count == exhibit.rows[0].count }
      case .report: !exhibit.rows.isEmpty
      case .timeline: true
      }
    guard isFine else {
      throw line.fault(
        "case.exhibit-rows", Words("The exhibit isn't whole.", "Το exhibit δεν είναι πλήρες."),
        Words(
          "A table has a row of headings and rows with as many cells; a report has lines.",
          "Ένας πίνακας έχει μια σειρά επικεφαλίδων και σειρές με ισάριθμα κελιά· ένα πόρισμα έχει γραμμές."))
    }
    return exhibit
  }

  /// `worsens dehydration after 2 days unless give fluids or give rehydration warning "…" | "…"`.
  mutating func worsens(_ line: inout ScenarioLine) throws(Diagnostic) {
    let fault = line.fault(
      "case.worsens", Words("What gets worse, when, and what averts it?", "Τι επιδεινώνεται, πότε, και τι το αποτρέπει;"),
      Words(
        "Write: worsens FINDING after 2 days unless give DRUG warning \"…\" | \"…\"",
        "Γράψτε: worsens ΕΥΡΗΜΑ after 2 days unless give ΦΑΡΜΑΚΟ warning \"…\" | \"…\""))
    guard hasPatient, let part = line.before("after"), let count = line.word().flatMap({ Int($0.text) }), (1...3650).contains(count),
      line.takes("days") || line.takes("day"), line.takes("unless"), let acts = line.before("warning")
    else { throw fault }
    var deeds: [Deed] = []
    var at = acts.start
    for piece in acts.text.split(separator: " or ", omittingEmptySubsequences: false) {
      deeds.append(try deed((String(piece), at), line))
      at += piece.utf8.count + 4
    }
    let warning = try line.words(scenario.languages)
    let vocabulary = world.guideline.vocabulary
    let read = try reading(part, line) { (text: String) throws(Diagnostic) in try PhraseReader.read(vocabulary, text) }
    guard !read.statements.isEmpty, read.questions.isEmpty, read.faults.isEmpty, read.notes.isEmpty else {
      throw line.fault(
        "case.worsens", Words("“\(part.text)” isn't read as a finding.", "Το «\(part.text)» δεν διαβάζεται ως εύρημα."),
        Words(
          "Write it as set takes it: dehydration, or creatinine clearance 25 mL/min",
          "Γράψτε το όπως το δέχεται η εντολή όρισε: αφυδάτωση, ή κάθαρση κρεατινίνης 25 mL/min"),
        part.start..<(part.start + part.text.utf8.count))
    }
    for statement in read.statements {
      guard let possible = statement.possible else { throw fault }
      if scenario.truth.stated[statement.finding] == possible {
        throw line.fault(
          "case.worse-already", Words("That is already the case at the start.", "Αυτό ισχύει από την αρχή."),
          Words("Name a finding that isn't there yet.", "Γράψτε ένα εύρημα που δεν υπάρχει ακόμη."), part.start..<(part.start + part.text.utf8.count))
      }
      scenario.worsenings.append(
        Worsening(finding: statement.finding, possible: possible, day: count, deeds: deeds, warning: warning, line: line.number))
    }
    scenario.worsenings.sort { ($0.day, $0.line) < ($1.day, $1.line) }
  }
}
