import Foundation

/// A table that lies beside the tests: the ids, kinds and values of the contracts, copied once; nothing writes it from the vocabulary.
struct Fixture {
  private let rows: [[String]]
  private let columns: [String: Int]

  init(_ name: String, file: String = #filePath) throws {
    let url = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures/\(name)")
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    columns = Dictionary((lines.first ?? []).enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    rows = Array(lines.dropFirst())
  }

  /// Each row as a look-up by column; a column that isn't there is empty.
  var entries: [(String) -> String] {
    rows.map { row in { column in columns[column].flatMap { $0 < row.count ? row[$0] : nil } ?? "" } }
  }
}
