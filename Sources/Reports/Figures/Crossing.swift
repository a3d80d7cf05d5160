import Measures
import Wording

/// A cohort counted by two findings: a row for each value of one, a column for each value of the other.
public struct Crossing: Sendable, Hashable {
  /// The finding that the rows are values of.
  public var rows: Axis
  public var columns: Axis
  /// Patients, row by row; as many rows and columns as the axes have values. Missing cells count as 0.
  public var counts: [[Int]]

  public struct Axis: Sendable, Hashable {
    public var id: String
    public var label: String
    public var values: [Value]

    public init(_ id: String, _ label: String, _ values: [Value]) {
      self.id = id
      self.label = label
      self.values = values
    }
  }

  public struct Value: Sendable, Hashable {
    public var id: String
    public var label: String

    public init(_ id: String, _ label: String) {
      self.id = id
      self.label = label
    }
  }

  public init(rows: Axis, columns: Axis, counts: [[Int]]) {
    self.rows = rows
    self.columns = columns
    self.counts = counts
  }

  /// The patients of a cell.
  public func count(_ row: Int, _ column: Int) -> Int {
    counts.indices.contains(row) && counts[row].indices.contains(column) ? counts[row][column] : 0
  }

  func rowTotal(_ row: Int) -> Int { columns.values.indices.reduce(0) { $0 + count(row, $1) } }
  func columnTotal(_ column: Int) -> Int { rows.values.indices.reduce(0) { $0 + count($1, column) } }
  var total: Int { rows.values.indices.reduce(0) { $0 + rowTotal($1) } }
  var largest: Int { rows.values.indices.reduce(0) { row, so in max(row, columns.values.indices.map { count(so, $0) }.max() ?? 0) } }

  var fields: [(String, JSON?)] {
    func axis(_ axis: Axis) -> JSON {
      .fields([("finding", .string(axis.id)), ("text", .string(axis.label)), ("values", .strings(axis.values.map(\.id)))])
    }
    return [
      ("rows", axis(rows)), ("columns", axis(columns)),
      (
        "counts",
        .array(rows.values.indices.map { row in .array(columns.values.indices.map { .integer(count(row, $0)) }) })
      ),
      ("total", .integer(total)),
    ]
  }

  func table(_ language: Language) -> (head: [Text], rows: [[Text]]) {
    let all = FigureWords.total[language]
    var lines = rows.values.enumerated().map { row, value in
      [value.label] + columns.values.indices.map { String(count(row, $0)) } + [String(rowTotal(row))]
    }
    lines.append([all] + columns.values.indices.map { String(columnTotal($0)) } + [String(total)])
    let head = [rows.label + " / " + columns.label] + columns.values.map(\.label) + [all]
    return (head.map { Text($0) }, lines.map { $0.map { Text($0) } })
  }

  func description(_ language: Language) -> String {
    let each = rows.values.enumerated().flatMap { row, value in
      columns.values.enumerated().compactMap { column, other in
        count(row, column) > 0 ? "\(value.label) × \(other.label) \(count(row, column))" : nil
      }
    }
    return "\(rows.label) × \(columns.label), n \(total)" + (each.isEmpty ? "" : ": " + each.joined(separator: "; ")) + "."
  }
}
