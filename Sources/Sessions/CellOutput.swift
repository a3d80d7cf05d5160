import Reports
import Wording

/// A mark of a notebook's cells up to one of them: six hexadecimal digits that change when any of these cells does.
public struct CellMark: Sendable {
  private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

  public init() {}

  /// The cells so far and another: its first line without the backticks, and its commands as typed, spaces at their ends aside.
  public mutating func add(info: String, lines: [String]) {
    for line in [info] + lines + [""] {
      for byte in Self.trimmed(line).utf8 { add(byte) }
      add(0x0A)
    }
  }

  private mutating func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

  private static func trimmed(_ line: String) -> Substring {
    var part = line[...]
    while let last = part.last, last == " " || last == "\r" { part.removeLast() }
    return part
  }

  public var text: String {
    let folded = (hash ^ (hash >> 24) ^ (hash >> 48)) & 0xFF_FFFF
    let digits = String(folded, radix: 16)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }
}

/// What a cell of a notebook answered, as it stands below the cell.
public enum CellOutput {
  /// The answers as text, a blank line between them. Errors stand below their cell and don't say where in the file, which would be
  /// another line once the outputs above them are filled.
  public static func text(_ answers: [Answer]) -> String {
    answers.map { answer in
      var report = answer.report
      for place in report.errors.indices where report.errors[place].cell != nil { report.errors[place].file = nil }
      return report.documentText + report.errorText(.plain, answer.language)
    }.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The lines of a fence ```` ```output MARK ```` around a text. The fence is longer than any in the text.
  public static func fence(_ text: String, mark: CellMark) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.isEmpty == true { lines.removeLast() }
    let longest = lines.map { line in line.drop { $0 == " " }.prefix { $0 == "`" }.count }.max() ?? 0
    let ticks = String(repeating: "`", count: max(3, longest + 1))
    return ["\(ticks)output \(mark.text)"] + lines + [ticks]
  }
}
