import Grammar
import Measures
import Vocabulary
import Wording

extension Question.Kind {
  /// The words of the kinds.
  static let words = ["single", "several", "number", "command", "ranked", "features", "concordance", "ordering", "text", "problem"]

  var takesChoices: Bool {
    switch self {
    case .single, .several, .ranked, .features, .concordance, .ordering: true
    case .number, .command, .text, .problem: false
    }
  }

  /// The words that stand between ask and end.
  var parts: [String] {
    switch self {
    case .single, .several, .features, .ordering: ["choice"]
    case .ranked: ["choice", "moved"]
    case .concordance: ["choice", "panel"]
    case .number: ["wrong", "otherwise"]
    case .command: ["accepts", "wrong", "otherwise"]
    case .text, .problem: ["wants", "harms", "model", "wrong"]
    }
  }
}

/// The parts of questions that teach reasoning.
extension ScenarioReader {
  /// What stands behind a choice's name: `right`, `votes 6`, `place 2`, or `right expert 70`.
  func worth(_ kind: Question.Kind, _ line: inout ScenarioLine) throws(Diagnostic) -> (verdict: Verdict, weight: Int) {
    let example: Words
    switch kind {
    case .concordance:
      if line.takes("votes") { return (.partly, try number(&line, Words("The votes", "ψήφοι"), 0...1000)) }
      example = Words("Write: choice ID votes 6 \"…\"", "Γράψτε: choice ΟΝΟΜΑ votes 6 \"…\"")
    case .ordering:
      if line.takes("place") { return (.right, try number(&line, Words("The place", "θέση"), 1...50)) }
      example = Words("Write: choice ID place 1 \"…\"", "Γράψτε: choice ΟΝΟΜΑ place 1 \"…\"")
    case .ranked:
      if let word = line.word(), let verdict = Verdict(rawValue: word.text), verdict != .partly, line.takes("expert") {
        return (verdict, try number(&line, Words("The expert's hundredths", "ποσοστό του ειδικού"), 0...100))
      }
      example = Words(
        "Write whether it turns out to be so, and how sure an expert is of it now: choice ID right expert 70 \"…\"",
        "Γράψτε αν τελικά είναι αυτό, και πόσο βέβαιος είναι τώρα ο ειδικός: choice ΟΝΟΜΑ right expert 70 \"…\"")
    default:
      let takesPartly = if case .features = kind { false } else { true }
      if let word = line.word(), let verdict = Verdict(rawValue: word.text), takesPartly || verdict != .partly { return (verdict, 0) }
      example =
        takesPartly
        ? Words("Write: choice ID right, partly or wrong \"…\"", "Γράψτε: choice ΟΝΟΜΑ right, partly ή wrong \"…\"")
        : Words("Write: choice ID right or wrong \"…\"", "Γράψτε: choice ΟΝΟΜΑ right ή wrong \"…\"")
    }
    throw line.fault("case.verdict", Words("What is the choice worth?", "Τι αξίζει η επιλογή;"), example)
  }

  func feedback(_ line: inout ScenarioLine) throws(Diagnostic) -> Words? {
    guard line.takes("feedback") else { return nil }
    return try line.words(scenario.languages)
  }

  /// What stands before `feedback`, or the rest of the line; the position is behind the word where it stands.
  private func beforeFeedback(_ line: inout ScenarioLine) throws(Diagnostic) -> (part: (text: String, start: Int), feedback: Words?) {
    var probe = line
    guard let part = probe.before("feedback") else { return (line.rest(), nil) }
    line = probe
    return (part, try line.words(scenario.languages))
  }

  /// `wants CONDITION feedback "…" | "…"`.
  func sought(_ word: String, _ line: inout ScenarioLine) throws(Diagnostic) -> Question.Sought {
    let (part, feedback) = try beforeFeedback(&line)
    let vocabulary = world.guideline.vocabulary
    let condition = try reading(part, line) { (text: String) throws(Diagnostic) in try ConditionReader.condition(text, vocabulary) }
    return Question.Sought(condition: condition, isHarmful: word == "harms", feedback: feedback, line: line.number)
  }

  /// `wrong "…" | "…"` of an answer in words; `wrong 40 mm` of a number, `wrong order mri` of a command; each with feedback.
  func slip(_ kind: Question.Kind, _ line: inout ScenarioLine) throws(Diagnostic) -> Question.Slip {
    switch kind {
    case .text, .problem:
      let text = try line.words(scenario.languages)
      return Question.Slip(text: text, feedback: try feedback(&line), line: line.number)
    default:
      let (part, feedback) = try beforeFeedback(&line)
      let deed: Deed? = if case .command = kind { try deed(part, line) } else { nil }
      if case .number = kind, Exact(part.text.split(separator: " ").first.map(String.init) ?? "") == nil {
        throw line.fault(
          "case.quantity", Words("A number is missing here.", "Λείπει εδώ ένας αριθμός."), Words("Write: wrong 40 mm", "Γράψτε: wrong 40 mm"),
          part.start..<(part.start + part.text.utf8.count))
      }
      return Question.Slip(text: Words(same: part.text), deed: deed, feedback: feedback, line: line.number)
    }
  }

  // MARK: The whole question

  /// An error where a question can't be answered, or its answers tell nothing.
  func check(_ question: Question, _ line: ScenarioLine) throws(Diagnostic) {
    let choices = question.choices
    let right = choices.count { $0.verdict == .right }
    let weights = choices.map(\.weight)
    let isFine: Bool
    let rule: Words
    switch question.kind {
    case .single:
      isFine = right == 1 && choices.count > 1
      rule = Words("single has one right choice of at least two.", "Το single έχει μία σωστή επιλογή από τουλάχιστον δύο.")
    case .several:
      isFine = right > 0 && choices.count > 1
      rule = Words("several has at least one right choice of two.", "Το several έχει τουλάχιστον μία σωστή επιλογή από δύο.")
    case .command:
      isFine = !question.accepted.isEmpty && !question.slips.contains { slip in question.accepted.contains { $0.deed == slip.deed } }
      rule = Words(
        "command has at least one accepts, and no wrong that is accepted.", "Το command έχει τουλάχιστον ένα accepts, και κανένα wrong που γίνεται δεκτό.")
    case .number:
      isFine = question.slips.allSatisfy { slip in
        question.value(slip.text.english, world.guideline.vocabulary).map { !question.accepts($0) } ?? false
      }
      rule = Words(
        "A wrong number lies outside the tolerance, in the question's unit or one of its kind.",
        "Ένας λάθος αριθμός βρίσκεται έξω από την ανοχή, στη μονάδα της ερώτησης ή σε άλλη του ίδιου είδους.")
    case .ranked:
      isFine = choices.count > 2 && right == 1 && weights.reduce(0, +) <= 100 && Set(weights).count > 1 && question.moved != nil
      rule = Words(
        "ranked has at least three choices, one of them right, the expert's hundredths summing to at most 100, and moved: what moved the expert.",
        "Το ranked έχει τουλάχιστον τρεις επιλογές, μία σωστή, ποσοστά του ειδικού με άθροισμα έως 100, και moved: τι επηρέασε τον ειδικό.")
    case .features(let most):
      isFine = (1...most).contains(right) && right < choices.count
      rule = Words(
        "features N has one to N right choices, and wrong ones beside them.", "Το features N έχει μία έως N σωστές επιλογές, και δίπλα τους λάθος.")
    case .concordance:
      let top = weights.max() ?? 0
      isFine = choices.count > 2 && top > 0 && weights.contains { $0 * 2 < top } && question.panel != nil
      rule = Words(
        "concordance has at least three choices, one with less than half of the most votes, and panel: who voted.",
        "Το concordance έχει τουλάχιστον τρεις επιλογές, μία με λιγότερες από τις μισές των περισσότερων ψήφων, και panel: ποιοι ψήφισαν.")
    case .ordering:
      isFine = choices.count > 2 && weights.contains(1) && Set(weights).count > 1 && weights != weights.sorted()
      rule = Words(
        "ordering has at least three choices with their places from 1, listed in another order.",
        "Το ordering έχει τουλάχιστον τρεις επιλογές με τις θέσεις τους από το 1, γραμμένες με άλλη σειρά.")
    case .text, .problem:
      isFine = question.sought.contains { !$0.isHarmful } && question.model != nil && !question.slips.isEmpty
      rule = Words(
        "An answer in words has wants, a model and at least one wrong answer.", "Μια απάντηση με λόγια έχει wants, ένα model και τουλάχιστον ένα wrong.")
    }
    guard isFine else {
      throw line.fault(
        "case.answers", Words("The question “\(question.name)” has no proper answer.", "Η ερώτηση «\(question.name)» δεν έχει κατάλληλη απάντηση."), rule)
    }
  }
}

extension Question {
  /// A number as an author writes it, with or without a unit, in the question's own; nil where it measures something else.
  func value(_ text: String, _ vocabulary: Vocabulary) -> Exact? {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard case .number(_, _, let unit, _) = kind, let value = words.first.flatMap({ Exact($0) }) else { return nil }
    guard words.count > 1 else { return value }
    let typed = vocabulary.unit(FoldedKey(words[1])) ?? words[1]
    return typed == unit ? value : ReplyReader.converted(value, typed, to: unit)
  }

  /// Whether a number, in the unit of the question, is within its tolerance.
  func accepts(_ value: Exact) -> Bool {
    guard case .number(let right, let tolerance, _, _) = kind else { return false }
    return abs(value.millionths - right.millionths) <= tolerance.millionths
  }

  /// What may be typed to earn all credit; nil where the file holds no such line.
  public func rightAnswer(_ language: Language) -> String? {
    func named(_ chosen: [Choice]) -> String? { chosen.isEmpty ? nil : chosen.map(\.id).joined(separator: ", ") }
    switch kind {
    case .single, .several, .features: return named(choices.filter { $0.verdict == .right })
    case .ranked: return choices.sorted { $0.weight > $1.weight }.map { "\($0.id) \($0.weight)" }.joined(separator: ", ")
    case .concordance: return choices.max { $0.weight < $1.weight }?.id
    case .ordering: return named(choices.enumerated().sorted { ($0.element.weight, $0.offset) < ($1.element.weight, $1.offset) }.map(\.element))
    case .number(let value, _, let unit, _): return "\(value) \(unit)".dropTrailingSpaces
    case .command: return accepted.first.map { $0.deed?.text ?? $0.command }
    case .text, .problem: return model?[language]
    }
  }

  /// What may be typed to earn least; nil where the file holds no wrong answer.
  public func wrongAnswer(_ language: Language) -> String? {
    switch kind {
    case .single, .several: return (choices.first { $0.verdict == .wrong } ?? choices.first { $0.verdict == .partly })?.id
    case .features(let most): return choices.filter { $0.verdict == .wrong }.prefix(most).map(\.id).joined(separator: ", ")
    case .concordance: return choices.min { $0.weight < $1.weight }?.id
    case .ordering:
      return choices.enumerated().sorted { ($1.element.weight, $1.offset) < ($0.element.weight, $0.offset) }.map(\.element.id).joined(separator: ", ")
    case .ranked:
      let worst = choices.sorted { $0.weight < $1.weight }
      return worst.enumerated().map { "\($0.element.id) \($0.offset == 0 ? 90 : 0)" }.joined(separator: ", ")
    case .number(let value, let tolerance, let unit, _):
      if let slip = slips.first { return slip.text[language] }
      return value.plus(tolerance)?.plus(.one).map { "\($0) \(unit)".dropTrailingSpaces }
    case .command, .text, .problem: return slips.first?.text[language]
    }
  }
}
