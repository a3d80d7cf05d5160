import Reports
import Wording

/// Questions of cases in Moodle's GIFT format, each with what was told before it. What is answered in words stands there as an essay.
public enum GIFT {
  /// The questions of a case in a language. What has no form in GIFT is named in a comment, with the reason.
  public static func text(_ scenario: Scenario, _ language: Language) -> String {
    var parts: [String] = []
    var left: [String] = []
    for (place, step) in scenario.steps.enumerated() {
      guard case .ask(let question) = step.kind else { continue }
      if let reason = question.outsideGIFT {
        left.append("// Left out: \(scenario.id).\(question.name), which \(reason)\n")
      } else {
        parts.append(text(question, in: scenario.id, told(before: place, in: scenario, language), language))
      }
    }
    let head = "// \(line(scenario.title[language])) (\(scenario.id))\n" + left.joined() + "$CATEGORY: islet/\(scenario.id)\n"
    return ([head] + parts).joined(separator: "\n")
  }

  /// The story as far as a question rests on it: how the case begins, and what was told since the last stop.
  private static func told(before place: Int, in scenario: Scenario, _ language: Language) -> [String] {
    func texts(_ steps: some Sequence<ScenarioStep>) -> [String] {
      steps.flatMap { step -> [String] in
        switch step.kind {
        case .say(let text): [text[language]]
        case .show(let exhibit): exhibit.lines(language)
        case .pause, .ask, .act, .label, .go: []
        }
      }
    }
    let isPause = { (step: ScenarioStep) in if case .pause = step.kind { true } else { false } }
    let start = scenario.steps.firstIndex { $0.waits && !isPause($0) } ?? 0
    guard place > start else { return texts(scenario.steps[..<place]) }
    let last = scenario.steps[..<place].lastIndex { step in
      switch step.kind {
      case .ask, .act, .label, .go: true
      case .say, .show, .pause: false
      }
    }
    return texts(scenario.steps[..<start]) + texts(scenario.steps[((last ?? place) + 1)...].prefix(max(0, place - (last ?? place) - 1)))
  }

  private static func text(_ question: Question, in scenario: String, _ told: [String], _ language: Language) -> String {
    func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }
    var asked = question.text[language]
    if case .number(_, _, let unit, _) = question.kind, !unit.isEmpty {
      asked += say(" (in \(QuestionText.name(unit, language)))", " (σε \(QuestionText.name(unit, language)))")
    }
    let words = (told + [asked]).map(escaped).joined(separator: "\\n\\n")
    let head = "::\(escaped(scenario + "." + question.name))::[plain]\(words)"
    func feedback(_ words: Words?) -> String { words.map { "#" + escaped($0[language]) } ?? "" }
    func general(_ words: String?) -> String { words.map { "####" + escaped($0) } ?? "" }
    func choices(_ grade: (Question.Choice) -> String) -> String {
      let lines = question.choices.map { "  \(grade($0))\(escaped($0.text[language]))\(feedback($0.feedback))\n" }
      return "\(head) {\n\(lines.joined())}\n"
    }
    let right = question.choices.count { $0.verdict == .right }
    switch question.kind {
    case .command, .ranked, .ordering: return ""
    case .text, .problem: return "\(head) {\(general(question.model.map { say("For example: ", "Για παράδειγμα: ") + $0[language] }))}\n"
    case .concordance:
      let top = max(1, question.choices.map(\.weight).max() ?? 1)
      return choices { $0.weight == top ? "=" : "~%\(grade($0.weight, of: top))%" }
    case .number(let value, let tolerance, _, _):
      let slips = question.slips.compactMap { slip -> String? in
        guard let number = slip.text.english.split(separator: " ").first, slip.text.english.split(separator: " ").count == 1 else { return nil }
        return "  =%0%\(number):0\(feedback(slip.feedback))\n"
      }
      return "\(head) {#\n  =\(value):\(tolerance)\(feedback(question.feedback))\n\(slips.joined())\(general(question.otherwise?[language]))}\n"
    case .single:
      return choices { choice in
        switch choice.verdict {
        case .right: "="
        case .partly: "~%50%"
        case .wrong: "~"
        }
      }
    case .several, .features:
      // Of key features a wrong one takes a right one away; of several any wrong one takes all.
      var lost = "-100"
      if case .features = question.kind { lost = "-" + grade(1, of: right) }
      return choices { choice in
        switch choice.verdict {
        case .right: "~%\(grade(1, of: right))%"
        case .partly: "~%0%"
        case .wrong: "~%\(lost)%"
        }
      }
    }
  }

  /// The grades that Moodle takes, in hundred-thousandths of a hundredth.
  private static let grades = [
    10_000_000, 9_000_000, 8_333_333, 8_000_000, 7_500_000, 7_000_000, 6_666_667, 6_000_000, 5_000_000, 4_000_000, 3_333_333, 3_000_000, 2_500_000,
    2_000_000, 1_666_667, 1_428_571, 1_250_000, 1_111_111, 1_000_000, 500_000, 0,
  ]

  /// The grade nearest to a share.
  private static func grade(_ part: Int, of whole: Int) -> String {
    let share = 10_000_000 * part / max(1, whole)
    let nearest = grades.min { abs($0 - share) < abs($1 - share) } ?? 0
    let rest = nearest % 100_000
    guard rest > 0 else { return "\(nearest / 100_000)" }
    var digits = String(rest)
    digits = String(repeating: "0", count: 5 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return "\(nearest / 100_000).\(digits)"
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

extension Question {
  /// Why it has no form in GIFT; nil where it has one.
  fileprivate var outsideGIFT: String? {
    switch kind {
    case .command: "is answered by a command"
    case .ranked: "is graded by an order with shares"
    case .ordering: "is graded by an order"
    case .single, .several, .number, .features, .concordance, .text, .problem: nil
    }
  }
}
