import Wording

/// Questions of cases in Moodle's GIFT format. What is answered in words stands there as an essay.
public enum GIFT {
  /// The questions of a case in a language. A question that is answered by a command has no form in GIFT: a comment says
  /// so.
  public static func text(_ scenario: Scenario, _ language: Language) -> String {
    var parts = ["// \(line(scenario.title[language])) (\(scenario.id))\n$CATEGORY: islet/\(scenario.id)\n"]
    for step in scenario.steps {
      guard case .ask(let question) = step.kind else { continue }
      parts.append(text(question, in: scenario.id, language))
    }
    return parts.joined(separator: "\n")
  }

  private static func text(_ question: Question, in scenario: String, _ language: Language) -> String {
    let head = "::\(escaped(scenario + "." + question.name))::[plain]\(escaped(question.text[language]))"
    func feedback(_ words: Words?) -> String { words.map { "#" + escaped($0[language]) } ?? "" }
    switch question.kind {
    case .command: return "// \(scenario).\(question.name) is answered by a command and left out.\n"
    case .ranked, .ordering: return "// \(scenario).\(question.name) is graded by an order, which GIFT can't say, and left out.\n"
    case .text, .problem: return "\(head) {}\n"
    case .concordance:
      let top = max(1, question.choices.map(\.weight).max() ?? 1)
      let lines = question.choices.map { choice in
        let grade = choice.weight * 100 / top
        return "  \(grade == 100 ? "=" : grade == 0 ? "~" : "~%\(grade)%")\(escaped(choice.text[language]))\(feedback(choice.feedback))\n"
      }
      return "\(head) {\n\(lines.joined())}\n"
    case .number(let value, let tolerance, _, _):
      return "\(head) {#=\(value):\(tolerance)\(feedback(question.feedback))}\n"
    case .single:
      let lines = question.choices.map { choice in
        let sign =
          switch choice.verdict {
          case .right: "="
          case .partly: "~%50%"
          case .wrong: "~"
          }
        return "  \(sign)\(escaped(choice.text[language]))\(feedback(choice.feedback))\n"
      }
      return "\(head) {\n\(lines.joined())}\n"
    case .several, .features:
      let right = question.choices.count { $0.verdict == .right }
      let lines = question.choices.map { choice in
        let sign =
          switch choice.verdict {
          case .right: "~%\(share(of: right))%"
          case .partly: "~%0%"
          case .wrong: "~%-100%"
          }
        return "  \(sign)\(escaped(choice.text[language]))\(feedback(choice.feedback))\n"
      }
      return "\(head) {\n\(lines.joined())}\n"
    }
  }

  /// A hundred divided by a count, with five digits as Moodle lists its grades.
  private static func share(of count: Int) -> String {
    let parts = 10_000_000 / max(1, count)
    let rest = parts % 100_000
    guard rest > 0 else { return "\(parts / 100_000)" }
    let digits = String(rest)
    return "\(parts / 100_000)." + String(repeating: "0", count: 5 - digits.count) + digits
  }

  /// A text with GIFT's own signs (~ = # { } : and the backslash) escaped, on one line.
  public static func escaped(_ text: String) -> String {
    var out = ""
    for character in line(text) {
      if "~=#{}:\\".contains(character) { out.append("\\") }
      out.append(character)
    }
    return out
  }

  private static func line(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
