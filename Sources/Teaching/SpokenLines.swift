import Grammar
import Measures
import Sessions
import Vocabulary
import Wording

/// What an author or a learner writes, in a language's words: no id of a test, therapy or choice stands in it.
public struct SpokenLines {
  let scenario: Scenario
  let world: World
  let language: Language

  public init(_ scenario: Scenario, _ world: World, _ language: Language) {
    self.scenario = scenario
    self.world = world
    self.language = language
  }

  private var vocabulary: Vocabulary { world.guideline.vocabulary }

  /// A test, therapy, group or setting by its name.
  public func name(_ id: String) -> String {
    TestBench(scenario: scenario, vocabulary: vocabulary).name(of: id)?[language] ?? vocabulary.therapy(id: id)?.name[language] ?? id
  }

  /// A command by its name: `perform`, `εκτέλεσε`.
  public func name(ofCommand id: String) -> String { world.commands.commands.first { $0.id == id }?.name[language] ?? id }

  /// What is aimed at, and what may not come before it.
  public func goal(_ goal: Goal) -> String {
    let deed = goal.deed
    let first = deed.act == .against ? Words("leave alone: ", "να μη γίνει: ")[language] + name(deed.subject) : name(deed.subject)
    let dose = goal.dose.map { " " + $0.written[language] } ?? ""
    return first + dose + goal.before.map { Words(" before ", " πριν από: ")[language] + name($0.subject) }.joined(separator: ",")
  }

  /// As a learner types it: `order fasting glucose and insulin`.
  public func deed(_ deed: Deed) -> String { line(deed.text) }

  /// A line: `προχώρα 4 εβδομάδες`. What is no command stays as it is, and so does a comment.
  public func line(_ line: String) -> String {
    guard !line.contains("\""), let mark = line.firstRange(of: " #") else { return command(line) }
    return command(String(line[..<mark.lowerBound])) + line[mark.lowerBound...]
  }

  private func command(_ line: String) -> String {
    guard let (command, argument) = world.commands.call(in: line) else { return line }
    if command.id == "decide", let against = Deed(against: argument, world) {
      return Words("decide against ", "να μη γίνει: ")[language] + name(against.subject)
    }
    var rest = argument
    if var reader = try? TreatmentReader(vocabulary, scenario.doseWords, argument), let spans = try? reader.spans(), !spans.isEmpty {
      rest = spans.map { $0.written[language] }.joined(separator: " ")
    } else if let therapy = vocabulary.therapy(id: argument) ?? vocabulary.therapies(named: FoldedKey(argument)).first {
      rest = therapy.name[language]
    } else if var reader = try? TreatmentReader(vocabulary, scenario.doseWords, argument), let phrase = try? reader.treatment() {
      rest = phrase.therapy.name[language] + (phrase.span == nil ? "" : " " + phrase.dose.written[language])
    } else if let test = scenario.tests.named(FoldedKey(argument)) {
      rest = test.name[language]
    }
    return rest.isEmpty ? command.name[language] : command.name[language] + " " + rest
  }

  /// One line of a path.
  public enum Step {
    case command(String)
    /// What is answered to a question: the words of the choices, a number, or what was written.
    case answer(String)
  }

  /// The lines of a path, which is played for it: what an answer chooses depends on the question that waits.
  public func steps(_ path: Path) -> [Step] {
    var play = Play(scenario, world: world, language: language, attempt: 1)
    _ = play.open()
    return path.lines.map { line in
      play.passPauses()
      defer { _ = play.answer(to: line.text) }
      guard case .question(let question) = play.waiting,
        case .success(let reply)? = ReplyReader(question: question, vocabulary: vocabulary).reply(line.text, command: nil)
      else { return .command(self.line(line.text)) }
      guard !reply.choices.isEmpty else { return .answer(line.text) }
      return .answer(
        reply.choices.enumerated().map { place, id in
          let text = question.choices.first { $0.id == id }?.text[language] ?? id
          return reply.sure.indices.contains(place) ? "\(text) (\(reply.sure[place])%)" : text
        }.joined(separator: "; "))
    }
  }
}
