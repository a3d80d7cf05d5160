import Grammar
import Reports
import Wording

/// What a line in words comes to. Nothing of it changes a patient.
public enum Understood: Sendable {
  /// A command, in canonical form, the words of the line that it leaves unread, and what was understood that its answer says nothing of.
  case command(String, unread: [String] = [], unheeded: [String] = [])
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
    case .command(let canonical, let unread, let unheeded):
      guard Folding.key(canonical) != Folding.key(line) else { return nil }
      var answer = answer(toCommand: canonical)
      answer.report.data += [("understood", .string(answer.canonical ?? canonical))] + words
      var heading: [Block] = [.notice("→ " + world.shown(answer.canonical ?? canonical).text(state.language))]
      if !unread.isEmpty, !answer.isError {
        let list = unread.joined(separator: ", ")
        heading.append(.notice(Words("Not understood: \(list)", "Δεν έγινε κατανοητό: \(list)")[state.language]))
        answer.report.data.append(
          ("noted", .array(unread.map { .fields([("text", .string($0)), ("reason", .string(Note.Reason.notUnderstood.rawValue))]) })))
      }
      if !unheeded.isEmpty, !answer.isError {
        let list = unheeded.joined(separator: ", ")
        heading.append(.notice(Words("Not taken into account: \(list)", "Δεν λήφθηκε υπόψη: \(list)")[state.language]))
        answer.report.data.append(("unheeded", .strings(unheeded)))
      }
      if ["explain", "what if"].contains(answer.command) { heading += unrecorded(line, &answer.report) }
      answer.report.blocks.insert(contentsOf: heading, at: 0)
      return answer
    case .asked(let readings):
      var error = Diagnostic(
        "reading.ambiguous",
        readings.count == 1
          ? Words("Is this what you mean?", "Αυτό εννοείτε;")
          : Words("This may mean more than one thing.", "Αυτό μπορεί να σημαίνει περισσότερα από ένα πράγματα."),
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
      var report = Report()
      blocks += unrecorded(line, &report)
      let data: [(String, JSON?)] = [
        ("silent", .bool(true)), ("message", .string(message[state.language])), ("near", .strings(near)),
      ]
      return Answer(command: "", report: Report(data: data + words, blocks: blocks), canonical: nil, kind: .question)
    }
  }
  /// What says that a finding was only named, and what would record it, where the line states one that the patient in use doesn't have.
  private func unrecorded(_ line: String, _ report: inout Report) -> [Block] {
    guard state.patient != nil, !Self.isQuestion(line), let reading = try? PhraseReader.read(world.guideline.vocabulary, line),
      reading.questions.isEmpty, reading.faults.isEmpty, !reading.statements.allSatisfy({ $0 == reading.pronoun }),
      reading.notes.isEmpty
    else { return [] }
    let command = "set " + Printer.items(reading.items, world.guideline.vocabulary)
    var other = self
    guard !other.answer(toCommand: command).isError, other.state.patient != state.patient else { return [] }
    let shown = world.shown(command)
    let said = Words(text: "Nothing was recorded. To record it: \(shown.text(.english))", "Δεν καταχωρίστηκε τίποτα. Για καταχώριση: \(shown.text(.greek))")
    if !report.data.contains(where: { $0.0 == "message" }) { report.data.append(("message", .string(said.text(state.language).string))) }
    return [.notice(said.text(state.language))]
  }

  /// Whether a question mark ends a line.
  public static func isQuestion(_ line: String) -> Bool {
    let rest = line.trimmingSpaces()
    return rest.contains("?") || rest.hasSuffix(";") || rest.hasSuffix("\u{37E}")
  }
}
