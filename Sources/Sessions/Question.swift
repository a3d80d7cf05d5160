import Grammar
import Reports
import Wording

/// What a line in words comes to. Nothing of it changes a patient.
public enum Understood: Sendable {
  /// A command, in canonical form.
  case command(String)
  /// One of several commands.
  case asked([String])
  /// What the text can't answer: what is said instead, and the commands whose answers come nearest.
  case silent(Words, near: [String])
}

/// Reads lines that are no command as questions.
public protocol QuestionUnderstanding: Sendable {
  /// What a line asks for in a state; nil where it isn't understood. `isCertain`: only where it tells what it wants, not by what it names.
  func understand(_ line: String, isCertain: Bool, _ state: State, _ world: World) -> Understood?
}

extension Session {
  /// The answer to a line that no command takes as it stands, read as a question; nil where it isn't understood.
  mutating func answer(inWords line: String, isCertain: Bool) -> Answer? {
    guard depth == 0, let understood = world.commands.questions?.understand(line, isCertain: isCertain, state, world) else { return nil }
    let words: [(String, JSON?)] = [("words", .string(line))]
    switch understood {
    case .command(let canonical):
      guard Folding.key(canonical) != Folding.key(line) else { return nil }
      var answer = answer(toCommand: canonical)
      answer.report.data += [("understood", .string(answer.canonical ?? canonical))] + words
      answer.report.blocks.insert(.notice("→ " + world.shown(answer.canonical ?? canonical).text(state.language)), at: 0)
      return answer
    case .asked(let readings):
      var error = Diagnostic(
        "reading.ambiguous", Words("This may mean more than one thing.", "Αυτό μπορεί να σημαίνει περισσότερα από ένα πράγματα."),
        help: readings.map { world.shown($0) }.map { Words(text: "Type: \($0.text(.english))", "Γράψτε: \($0.text(.greek))") }, source: line)
      error.readings = readings
      error.readingsStart = 0
      return refused(error, "")
    case .silent(let message, let near):
      var blocks: [Block] = [.paragraph(message[state.language])]
      if !near.isEmpty {
        let list = Words.joined(near.map { world.shown($0) }, by: " · ")
        blocks.append(.notice(Words(text: "Nearest: \(list.text(.english))", "Κοντινότερα: \(list.text(.greek))").text(state.language)))
      }
      let data: [(String, JSON?)] = [
        ("silent", .bool(true)), ("message", .string(message[state.language])), ("near", .strings(near)),
      ]
      return Answer(command: "", report: Report(data: data + words, blocks: blocks), canonical: nil, kind: .question)
    }
  }
}
