import Patients
import Wording

/// A command that was accepted, and the state after it. `history` numbers them.
public struct HistoryEntry: Sendable {
  /// Its number in `history`, from 1.
  public let number: Int
  /// The command's id.
  public let command: String
  /// The command in canonical form.
  public let canonical: String
  /// As it was typed, where it calls its command by a line of its own.
  let typed: String?
  public let kind: CommandKind
  let after: Snapshot

  /// The state after it.
  public var state: State { after.state }
}

/// A state in a place of its own: history, undo and redo share it.
final class Snapshot: Sendable {
  let state: State

  init(_ state: State) { self.state = state }
}

/// A change that undo can take back, or redo bring back.
struct UndoableChange: Sendable {
  let canonical: String
  /// The state before it; of one that was taken back, the state after it.
  let other: Snapshot
}

/// A line that a file of a session keeps.
public struct KeptLine: Sendable {
  public let canonical: String
  /// What a reader is shown of it: no identifier stands in it but those that were typed.
  public let typed: String
}

extension SharedArray<HistoryEntry> {
  /// What a recording that began after `start` moments keeps, in canonical form: the changes and settings that led to its
  /// start, then everything; undone changes are left out, with the questions that were asked upon them.
  func kept(from start: Int) -> [KeptLine] {
    var lines: [HistoryEntry] = []
    var undone: [HistoryEntry] = []
    for (place, moment) in enumerated() {
      switch moment.command {
      case "undo":
        guard let last = lines.lastIndex(where: { $0.kind == .change }) else { continue }
        undone.append(lines[last])
        let settings = lines[last...].dropFirst().filter { $0.kind == .setting }
        lines.replaceSubrange(last..., with: settings)
      case "redo":
        if let moment = undone.popLast() { lines.append(moment) }
      default:
        switch moment.kind {
        case .change:
          lines.append(moment)
          undone = []
        case .setting: lines.append(moment)
        case .question: if place >= start { lines.append(moment) }
        case .outside: break
        }
      }
    }
    return lines.renumbered()
  }
}

extension [HistoryEntry] {
  /// The lines, with the numbers of moments as they are in this list. A question about a moment that is not in
  /// the list is left out.
  fileprivate func renumbered() -> [KeptLine] {
    var numbers: [Int: Int] = [:]
    var lines: [KeptLine] = []
    for moment in self {
      guard moment.command == "compare" else {
        lines.append(KeptLine(canonical: moment.canonical, typed: moment.typed ?? moment.canonical))
        numbers[moment.number] = lines.count
        continue
      }
      guard let line = HistoryReference.renumber(moment.canonical, { numbers[$0] }) else { continue }
      lines.append(KeptLine(canonical: line, typed: line == moment.canonical ? moment.typed ?? line : line))
      numbers[moment.number] = lines.count
    }
    return lines
  }
}

/// How a canonical command names a moment: `moment 7`, outside quotes.
enum HistoryReference {
  /// The line with each moment's number replaced; nil when one has no new number.
  static func renumber(_ line: String, _ number: (Int) -> Int?) -> String? {
    var parts: [String] = []
    var isQuoted = false
    for part in line.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
      if !isQuoted, parts.last == "moment", let old = Int(part) {
        guard let new = number(old) else { return nil }
        parts.append("\(new)")
      } else {
        parts.append(part)
      }
      if part.count(where: { $0 == "\"" }) % 2 == 1 { isQuoted.toggle() }
    }
    return parts.joined(separator: " ")
  }
}
