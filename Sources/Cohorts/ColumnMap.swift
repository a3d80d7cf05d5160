import Grammar
import Guideline
import Vocabulary
import Wording

/// What columns and codes of someone's own table mean: a CSV file of `column,code,finding,value`. A row with a code says what that code
/// means; one without says which finding the column holds and, for numbers, in which unit.
public struct ColumnMap: Sendable {
  private var columns: [String: TableColumn] = [:]
  /// The codes that the map itself gives of a column.
  private var given: [String: Set<String>] = [:]

  func column(_ name: String) -> TableColumn? { columns[name] }

  /// The columns that the map speaks of.
  public var names: [String] { columns.keys.sorted() }

  /// What a box means when it is ticked; nothing where it isn't.
  static func ticked(_ possible: Possible) -> [String: Possible?] {
    var codes: [String: Possible?] = [:]
    for text in TableColumn.yes + ["Checked"] { codes[text] = .some(possible) }
    for text in TableColumn.no + ["Unchecked"] { codes[text] = .some(nil) }
    return codes
  }

  /// Reads a map. Errors name file and line.
  public init(file: TextFile, _ guideline: Guideline) throws(Diagnostic) {
    let bytes = file.withBytes { Array($0) }
    var rows = CellRows(bytes, separator: 0x2C)
    guard let head = rows.next()?.map({ $0.text.trimmingSpaces() }), Array(head.prefix(4)) == Self.head else {
      throw Self.fault(Words("the first line is \(Self.head.joined(separator: ","))", "η πρώτη γραμμή είναι \(Self.head.joined(separator: ","))")).at(
        file: file.name, line: 1)
    }
    var line = 1
    while let cells = rows.next() {
      line += 1
      let texts = (0..<4).map { $0 < cells.count ? cells[$0].text.trimmingSpaces() : "" }
      // Rows of the form that weren't filled in.
      if texts[0].isEmpty { continue }
      do throws(Diagnostic) { try add(texts, guideline) } catch { throw error.at(file: file.name, line: line) }
    }
  }

  static let head = ["column", "code", "finding", "value"]

  private mutating func add(_ texts: [String], _ guideline: Guideline) throws(Diagnostic) {
    let (column, code, value) = (texts[0], texts[1], texts[3])
    guard let finding = guideline.vocabulary.finding(id: texts[2]) else {
      if texts[2] == "id", code.isEmpty {
        columns[column] = TableColumn(name: column, role: .id)
        return
      }
      throw Self.fault(Words("“\(texts[2])” isn't a finding's id", "το «\(texts[2])» δεν είναι αναγνωριστικό ευρήματος"))
    }
    let role = TableColumn.Role.finding(finding.index)
    var entry = columns[column] ?? TableColumn(name: column, role: role)
    guard entry.role == role else {
      throw Self.fault(Words("the column \(column) is said to be two findings", "η στήλη \(column) αντιστοιχεί σε δύο ευρήματα"))
    }
    if code.isEmpty {
      guard entry.codes.isEmpty, entry.unit == nil else {
        throw Self.fault(Words("the column \(column) has codes and none", "η στήλη \(column) άλλοτε έχει κωδικούς και άλλοτε όχι"))
      }
      if !value.isEmpty {
        guard finding.isNumber, (try? PatientLine.read("1 " + value, finding, guideline)) != nil else {
          throw Self.fault(
            Words("“\(value)” isn't a unit of \(finding.id), and a code is missing", "το «\(value)» δεν είναι μονάδα για το \(finding.id), και λείπει κωδικός"))
        }
        entry.unit = value
      }
    } else {
      var possible: Possible?
      if !TableColumn.isUnknown(value) {
        possible = try TableColumn(name: column, role: role).possible(value, guideline)
      }
      guard given[column, default: []].insert(code).inserted else {
        throw Self.fault(Words("the code \(code) of \(column) appears twice", "ο κωδικός \(code) της στήλης \(column) υπάρχει δύο φορές"))
      }
      // A checkbox's column: what isn't ticked says nothing.
      if code == "1", column.contains("___"), let possible {
        entry.codes.merge(Self.ticked(possible)) { given, _ in given }
      } else {
        entry.codes[code] = .some(possible)
      }
    }
    columns[column] = entry
  }

  private static func fault(_ text: Words) -> Diagnostic {
    Diagnostic(
      "map.unreadable", Words("The map can't be read: \(text.english).", "Ο χάρτης δεν διαβάζεται: \(text.greek)."),
      help: [
        Words(
          "A line is column,code,finding,value, as in dx,4130518,syndrome,insulinoma or size_cm,,size,cm. islet schema map writes a form.",
          "Μια γραμμή είναι column,code,finding,value, όπως dx,4130518,syndrome,insulinoma ή size_cm,,size,cm. Το islet schema map δίνει ένα έντυπο.")
      ])
  }

  /// A form to fill in: every finding and value, with what it means, beside an empty column and code.
  public static func form(_ guideline: Guideline, _ language: Language) -> String {
    var text = (head + ["meaning"]).joined(separator: ",") + "\n,,id,,\(Words("the patient's id", "το id του ασθενούς")[language])\n"
    for finding in guideline.vocabulary.findings where !finding.isDerived {
      let name = finding.name[language]
      if finding.isNumber {
        text += ",,\(finding.id),\(finding.unit.rawValue),\(CellRows.quoted(name))\n"
      } else {
        for value in finding.values { text += ",,\(finding.id),\(value.id),\(CellRows.quoted("\(name): \(value.shown[language])"))\n" }
      }
    }
    return text
  }
}
