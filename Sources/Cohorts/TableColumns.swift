import Grammar
import Guideline
import Measures
import Reports
import Vocabulary
import Wording

/// How a table of patients is read.
public struct TableOptions: Sendable {
  /// What columns and their codes mean, where they don't say it themselves.
  public var map: ColumnMap?
  /// Whether columns that mean nothing are passed over.
  public var ignoresExtra = false
  /// Columns that are handed on to the output.
  public var kept: [String] = []

  public init() {}

  public init(map: ColumnMap?, ignoresExtra: Bool, kept: [String]) {
    self.map = map
    self.ignoresExtra = ignoresExtra
    self.kept = kept
  }
}

/// What one column of a table says of patients.
struct TableColumn: Sendable {
  enum Role: Sendable, Equatable {
    case id
    /// What isn't stated is assumed absent, where it holds `absent`.
    case assumption
    case finding(Int)
    /// The place among the columns that are handed on.
    case kept(Int)
    case passedOver
  }

  let name: String
  let role: Role
  /// What codes mean; nil for unknown. Empty where values are written as they are.
  var codes: [String: Possible?] = [:]
  /// The unit of the column's numbers, where it isn't the finding's own.
  var unit: String?

  /// Whether a text means that nothing is known: `NA`, `NaN`, `null`, or that in words, in any case and with or without accents.
  static func isUnknown(_ text: String) -> Bool { text.isEmpty || unknownKeys.contains(FoldedKey(text)) }
  static let unknowns = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "unknown", "Unknown", "άγνωστο", "Άγνωστο", "άγνωστη", "άγνωστος"]
  private static let unknownKeys = Set(unknowns.dropFirst().map { FoldedKey($0) })
  static let yes = ["true", "t", "1", "yes", "y", "1.0"]
  static let no = ["false", "f", "0", "no", "n", "0.0"]

  /// What a cell says of the column's finding, by the rules of the careful reader; nil where it says nothing.
  func possible(_ cell: String, _ guideline: Guideline) throws(Diagnostic) -> Possible? {
    guard case .finding(let place) = role else { return nil }
    let finding = guideline.vocabulary.findings[place]
    let text = cell.trimmingSpaces()
    do throws(Diagnostic) {
      if !codes.isEmpty {
        if let meaning = codes[text] ?? (text.hasSuffix(".0") ? codes[String(text.dropLast(2))] : nil) { return meaning }
        if Self.isUnknown(text) { return nil }
        throw Diagnostic(
          "column.code-unknown",
          Words(
            "the map has no such code; known: \(codes.keys.sorted().joined(separator: ", ")).",
            "ο χάρτης δεν έχει τέτοιο κωδικό· γνωστοί: \(codes.keys.sorted().joined(separator: ", "))."))
      }
      if Self.isUnknown(text) { return nil }
      if finding.kind == .boolean || finding.isDerived {
        if Self.yes.contains(text.lowercased()) { return .values(1) }
        if Self.no.contains(text.lowercased()) { return .values(2) }
      }
      if let unit, text.utf8.last.map({ $0 &- 0x30 < 10 || $0 == 0x2E }) == true {
        return try PatientLine.read(text + " " + unit, finding, guideline)
      }
      return try PatientLine.read(text, finding, guideline)
    } catch {
      throw fault(cell, error, finding.id)
    }
  }

  /// An error of a cell: the column and what it holds stand before what is wrong with it.
  func fault(_ cell: String, _ error: Diagnostic, _ finding: String?) -> Diagnostic {
    let shown = cell.count > 40 ? cell.prefix(40) + "…" : cell[...]
    var message = Words("Column \(name), “\(shown)”: \(error.message.english)", "Στήλη \(name), «\(shown)»: \(error.message.greek)")
    // What to try is told with it: a row's error has one line.
    for help in error.help { message = Words(message.english + " " + help.english, message.greek + " " + help.greek) }
    var fault = Diagnostic(error.code, message, finding: finding)
    fault.others = error.others
    return fault
  }
}

/// The columns of a table, each with its role.
struct TableColumns: Sendable {
  let columns: [TableColumn]
  /// The names of the columns that are handed on.
  let kept: [String]

  /// Finds out what each column is about. Throws for those that say nothing, all at once.
  init(_ names: [String], _ guideline: Guideline, _ options: TableOptions) throws(Diagnostic) {
    let vocabulary = guideline.vocabulary
    var findings: [FoldedKey: Int] = [:]
    for finding in vocabulary.findings {
      for name in [finding.id, finding.name.english, finding.name.greek] { findings[FoldedKey(name)] = finding.index }
    }
    // An id is never another finding's name.
    for finding in vocabulary.findings { findings[FoldedKey(finding.id)] = finding.index }
    var columns: [TableColumn] = []
    var unknown: [String] = []
    var seen = Set<String>()
    for name in names {
      let plain = name.trimmingSpaces()
      if !seen.insert(plain).inserted {
        throw Diagnostic(
          "column.repeated", Words("The column \(plain) appears twice.", "Η στήλη \(plain) υπάρχει δύο φορές."),
          help: [Words("Give each column a name of its own.", "Δώστε σε κάθε στήλη δικό της όνομα.")])
      }
      if let place = options.kept.firstIndex(of: plain) {
        columns.append(TableColumn(name: plain, role: .kept(place)))
      } else if let entry = options.map?.column(plain) {
        columns.append(entry)
      } else if plain.lowercased() == "id" {
        columns.append(TableColumn(name: plain, role: .id))
      } else if plain == "assume" {
        columns.append(TableColumn(name: plain, role: .assumption))
      } else if let finding = findings[FoldedKey(plain)] {
        columns.append(TableColumn(name: plain, role: .finding(finding)))
      } else if let column = Self.checkbox(plain, findings, vocabulary) {
        columns.append(column)
      } else {
        unknown.append(plain)
        columns.append(TableColumn(name: plain, role: .passedOver))
      }
    }
    for name in options.kept where !seen.contains(name) {
      throw Diagnostic(
        "column.missing", Words("There is no column \(name) to keep.", "Δεν υπάρχει στήλη \(name) για διατήρηση."),
        help: [Words("Columns: \(names.joined(separator: ", ")).", "Στήλες: \(names.joined(separator: ", ")).")])
    }
    if !unknown.isEmpty, !options.ignoresExtra { throw Self.unknown(unknown, vocabulary) }
    self.columns = columns
    kept = options.kept
  }

  /// REDCap's columns of a checkbox: the finding, three underscores, the value's id.
  private static func checkbox(_ name: String, _ findings: [FoldedKey: Int], _ vocabulary: Vocabulary) -> TableColumn? {
    guard let split = name.range(of: "___"), let place = findings[FoldedKey(String(name[..<split.lowerBound]))] else { return nil }
    let finding = vocabulary.findings[place]
    let value = FoldedKey(String(name[split.upperBound...]))
    guard let found = finding.values.firstIndex(where: { FoldedKey($0.id) == value }) else { return nil }
    return TableColumn(name: name, role: .finding(place), codes: ColumnMap.ticked(.values(1 << UInt32(found))))
  }

  private static func unknown(_ names: [String], _ vocabulary: Vocabulary) -> Diagnostic {
    let shown = names.prefix(5).map { name in
      let near = vocabulary.findings.map(\.id).min { Folding.distance($0, name, limit: 4) < Folding.distance($1, name, limit: 4) }
      return (name, near.flatMap { Folding.distance($0, name, limit: 2) <= 2 ? $0 : nil })
    }
    let more = names.count > 5 ? " +\(names.count - 5)" : ""
    let boxes = names.contains { $0.contains("___") }
    return Diagnostic(
      "column.unknown",
      Words(
        "No finding has the name of \(names.count == 1 ? "this column" : "these columns"): "
          + shown.map { $0.0 + ($0.1.map { " (did you mean \($0)?)" } ?? "") }.joined(separator: ", ") + more + ".",
        "Κανένα εύρημα δεν έχει το όνομα \(names.count == 1 ? "αυτής της στήλης" : "αυτών των στηλών"): "
          + shown.map { $0.0 + ($0.1.map { " (μήπως εννοείτε \($0);)" } ?? "") }.joined(separator: ", ") + more + "."),
      help: [
        boxes
          ? Words(
            "Say what the numbers of checkboxes mean with --map FILE; islet schema map writes one to fill in.",
            "Πείτε τι σημαίνουν οι αριθμοί των πλαισίων με --map FILE· το islet schema map γράφει ένα για συμπλήρωση.")
          : Words(
            "Rename them, say what they mean with --map FILE (islet schema map writes one to fill in), skip them with --ignore-extra, or carry them through with --keep.",
            "Μετονομάστε τες, πείτε τι σημαίνουν με --map FILE (το islet schema map γράφει ένα για συμπλήρωση), παραλείψτε τες με --ignore-extra ή κρατήστε τες με --keep."
          )
      ])
  }

  /// Whether a header is one of a table of patients: some column of it has a meaning.
  static func mean(_ names: [String], _ guideline: Guideline, _ options: TableOptions) -> Bool {
    var lenient = options
    lenient.ignoresExtra = true
    lenient.kept = []
    guard let found = try? TableColumns(names, guideline, lenient) else { return true }
    return found.columns.contains { $0.role != .passedOver }
  }
}
