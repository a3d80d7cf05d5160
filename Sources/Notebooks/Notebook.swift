import Sessions
import Wording

/// A notebook: Markdown in which each fence ```` ```islet ```` at the start of a line is a cell, with what it answered kept
/// below it in a fence ```` ```output MARK ````.
///
/// The first line may be `<!-- islet notebook 1 el -->`: the format's version and the language of the answers.
public struct Notebook: Sendable {
  /// The version of the format that is written, and the newest that is read.
  public static let version = 1

  /// A cell: its commands, and the output that is kept below it.
  public struct Cell: Sendable {
    /// Its number, from 1.
    public let number: Int
    /// The line of its fence, from 1.
    public let line: Int
    /// The code of the error with which its last command must fail.
    public let expected: String?
    /// The lines between its fences, with their numbers.
    public let lines: [(number: Int, bytes: ArraySlice<UInt8>)]
    /// Of it and the cells above it.
    public let mark: CellMark
    public let output: Output?
    /// The place of its closing fence among the rows.
    let end: Int

    /// The lines as typed.
    public var text: [String] { lines.map { Notebook.text($0.bytes) } }
    /// Whether what is kept below it answers other cells than these.
    public var isStale: Bool { output.map { $0.mark != mark.text } ?? false }
  }

  /// What is kept below a cell.
  public struct Output: Sendable {
    /// The mark of the cells that it answers, as written.
    public let mark: String
    public let lines: [String]
    /// Its fences and what is between them, as places among the rows.
    let rows: Range<Int>
  }

  public enum Segment: Sendable {
    /// Markdown between cells.
    case prose(String)
    /// The place of a cell among the cells.
    case cell(Int)
  }

  public let file: String
  /// The language of the answers, where the notebook names one.
  public internal(set) var language: Language?
  public internal(set) var cells: [Cell] = []
  public internal(set) var parts: [Segment] = []
  /// The file's lines as they are, without the newlines.
  let rows: [ArraySlice<UInt8>]

  init(file: String, rows: [ArraySlice<UInt8>]) {
    self.file = file
    self.rows = rows
  }

  /// A row as text, without a carriage return.
  static func text(_ row: ArraySlice<UInt8>) -> String { String(decoding: row.last == 0x0D ? row.dropLast() : row, as: UTF8.self) }

  /// The notebook with the outputs of its cells replaced; every other byte stays. A cell without an output loses the one that
  /// it has.
  public func filled(_ outputs: [Int: String]) -> String {
    let isCRLF = rows.first?.last == 0x0D
    var lines: [[UInt8]] = []
    var place = 0
    func add(_ text: String) { lines.append(Array(text.utf8) + (isCRLF ? [0x0D] : [])) }
    for cell in cells {
      while place <= cell.end {
        lines.append(Array(rows[place]))
        place += 1
      }
      let output = outputs[cell.number].map { CellOutput.fence($0, mark: cell.mark) } ?? []
      if let kept = cell.output {
        let gap = rows[place..<kept.rows.lowerBound]
        place = kept.rows.upperBound
        guard !output.isEmpty else { continue }
        lines += gap.map { Array($0) }
      } else if !output.isEmpty {
        add("")
      }
      output.forEach(add)
    }
    lines += rows[place...].map { Array($0) }
    return String(decoding: Array(lines.joined(separator: [0x0A])), as: UTF8.self)
  }
}
