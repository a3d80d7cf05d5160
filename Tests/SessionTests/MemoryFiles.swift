import Grammar
import Sessions
import Wording

/// Files in memory, a journal that was cut short, and a clock that a test sets.
final class MemoryFiles: Outside {
  var files: [String: String] = [:]
  var cutShort: String?
  /// How far the clock runs at each reading.
  var tick = 0.0
  private var clock = 0.0

  func read(_ file: String) throws(Diagnostic) -> [UInt8] {
    guard let text = files[file] else { throw .fileUnreadable(file, .missing) }
    return Array(text.utf8)
  }

  func write(_ text: String, to file: String, _ way: Writing) throws(Diagnostic) {
    switch way {
    case .whole: files[file] = text
    case .new:
      guard files[file] == nil else { throw .fileExists(file) }
      files[file] = text
    case .atEnd: files[file, default: ""] += text
    }
  }

  func journal() -> [UInt8]? { cutShort.map { Array($0.utf8) } }

  func seconds() -> Double {
    clock += tick
    return clock
  }
}

extension Session {
  /// Runs commands separated by `;` and returns every answer.
  mutating func answers(_ script: String, _ files: MemoryFiles = MemoryFiles()) -> [Answer] {
    var answers: [Answer] = []
    for (_, line) in Input.commands(script) { run(line, files) { answers.append($0) } }
    return answers
  }

  /// The codes of the errors of commands separated by `;`.
  mutating func codes(_ script: String, _ files: MemoryFiles = MemoryFiles()) -> [String] {
    answers(script, files).flatMap { $0.report.errors.map(\.code) }
  }

  /// The state without what was listed, audited and shown of the tour, which no file holds.
  var lasting: State {
    var state = state
    state.listed = []
    state.witnesses = []
    state.witness = 0
    state.tourPart = 0
    return state
  }
}
