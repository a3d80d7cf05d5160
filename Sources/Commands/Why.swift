import Grammar
import Guideline
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let why = Command(
    "why", greek: "γιατί", kind: .question, group: .asking, form: Words("why ADVICE", "γιατί ΣΥΣΤΑΣΗ"),
    summary: Words("the conditions of advice, each with its value", "οι προϋποθέσεις μιας σύστασης, καθεμία με την τιμή της"),
    details: [
      Words(
        "ADVICE is a therapy, a number of the last list, a rule or a fact. ✓ holds, ✗ fails, ? is not stated.",
        "ΣΥΣΤΑΣΗ είναι μια θεραπεία, ένας αριθμός του τελευταίου καταλόγου, ένας κανόνας ή ένα στοιχείο. ✓ ισχύει, ✗ δεν ισχύει, ? δεν αναφέρεται.")
    ],
    examples: [
      Example(
        Words("why enucleation", "γιατί εκπυρήνιση"), Words("a therapy", "μια θεραπεία"),
        after: "patient 54F, insulinoma 14 mm in the tail, clearly localised, near the surface"),
      Example(
        Words("why 1", "γιατί 1"), Words("the first line of the last list", "η πρώτη γραμμή του τελευταίου καταλόγου"),
        after: "patient 61M, gastrinoma, MEN1, 25 mm; recommend"),
    ], completes: .advice
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let reference = try AdviceReference.read(invocation)
    let patient = try invocation.requirePatient()
    let guideline = invocation.guideline
    let evaluation = guideline.evaluate(guideline.inference.known(patient), given: patient.given)
    let explanation = Explanation(AdviceText(invocation), evaluation)
    var rules = reference.rules.filter { evaluation[$0.index].status != .absent }
    if rules.isEmpty { rules = reference.rules }
    rules = rules.enumerated().sorted {
      (explanation.rank($0.element), $0.offset) < (explanation.rank($1.element), $1.offset)
    }.map(\.element)
    var state = invocation.state
    // A number of the last list names the same line after it was explained.
    if reference.rules.count != 1 { state.listed = rules.prefix(Explanation.most).map(\.id) }
    var blocks: [Block] = []
    if rules.isEmpty, let therapy = reference.therapy {
      let name = therapy.name[invocation.language]
      blocks = [.paragraph(Words("The text gives no advice on \(name).", "Το κείμενο δεν δίνει σύσταση για: \(name).")[invocation.language])]
    }
    for (place, rule) in rules.prefix(Explanation.most).enumerated() {
      blocks += explanation.blocks(rule, number: rules.count > 1 ? place + 1 : nil)
    }
    if rules.count > Explanation.most {
      let more = rules.count - Explanation.most
      blocks.append(
        .notice(
          (more == 1
            ? Words("… and 1 more statement on it", "… και άλλη 1 δήλωση γι' αυτό")
            : Words("… and \(more) more statements on it", "… και άλλες \(more) δηλώσεις γι' αυτό"))[invocation.language]))
    }
    return Outcome(
      .state(state), Report(data: [("advice", .array(rules.map { explanation.json($0) }))], blocks: blocks),
      canonical: "why " + reference.canonical)
  }
}

/// The explanation of a rule: its conditions with their values, and what bears on it.
struct Explanation {
  let text: AdviceText
  let evaluation: Evaluation

  init(_ text: AdviceText, _ evaluation: Evaluation) {
    self.text = text
    self.evaluation = evaluation
  }

  private var guideline: Guideline { text.guideline }
  private var known: Known { evaluation.known }

  /// Explanations of more statements than this are counted.
  static let most = 8

  /// Live advice first, the most negative stance before the others, then what depends; companions after the advice itself.
  func rank(_ rule: Rule) -> Int {
    let status = evaluation[rule.index].status
    let stance = rule.stance.flatMap { Self.mostNegativeFirst.firstIndex(of: $0) } ?? Self.mostNegativeFirst.count
    return (status == .applies ? 0 : status == .depends ? 10 : 20) + (rule.isCompanion || rule.isRemark ? 30 : 0) + stance
  }

  private static let mostNegativeFirst: [Stance] = [.avoid, .caution, .disputed, .investigational, .do, .consider, .alongside]

  /// The head of an explanation: `Enucleation · recommended if found at surgery · P002 F012 · no level or grade in the text`.
  func head(_ rule: Rule) -> String {
    let cited = ([text.citation([rule])] + rule.facts).joined(separator: " ")
    return [rule.title[text.language], text.standing(rule, evaluation[rule.index], known), cited, rule.isRemark ? "" : text.strength(rule), text.marks(rule)]
      .filter { !$0.isEmpty }.joined(separator: " · ")
  }

  func blocks(_ rule: Rule, number: Int? = nil) -> [Block] {
    let judgement = evaluation[rule.index]
    let language = text.language
    var rows: [Row] = []
    if case .always = rule.when {
      if !rule.isCompanion { rows.append(Row(Words("holds for every patient", "ισχύει για κάθε ασθενή")[language], mark: "✓")) }
    } else {
      rows += self.rows(rule.when, level: 0)
    }
    for other in guideline.above[rule.index] {
      let above = guideline.rules[other]
      switch known.truth(above.when) {
      case .no: continue
      case .yes:
        rows.append(
          Row(
            Words("overridden by: ", "παρακάμπτεται από: ")[language] + above.title[language], mark: "✗",
            citation: text.citation([above])))
      case .unknown:
        rows.append(
          Row(
            Words("unless: ", "εκτός αν: ")[language] + above.title[language], mark: "?",
            detail: text.conditionally(above, known), citation: text.citation([above])))
      }
    }
    if rule.isCompanion {
      let names = judgement.accompanies.map { guideline.rules[$0].title[language] }
      let what = names.isEmpty ? Words("nothing live", "τίποτε που να ισχύει")[language] : names.prefix(4).joined(separator: " · ")
      rows.append(Row(Words("goes with: ", "συνοδεύει: ")[language] + what, mark: names.isEmpty ? "✗" : "→"))
    }
    for other in guideline.rules where other.conflicts.contains(rule.id) || rule.conflicts.contains(other.id) {
      let standing = evaluation[other.index]
      guard standing.status == .applies || (standing.status == .depends && Advice.isNear(standing, other, known)) else { continue }
      rows.append(
        Row(
          Words("conflicts with: ", "συγκρούεται με: ")[language] + other.title[language], mark: "!",
          citation: text.citation([other])))
    }
    if judgement.isDone {
      rows.append(Row(Words("carried out: ", "έχει γίνει: ")[language] + (rule.until.map(text.condition) ?? ""), mark: "✗"))
    }
    rows += consequences(rule)
    return [.paragraph((number.map { "\($0)  " } ?? "") + head(rule)), .rows(rows)]
  }

  /// What advice takes away, and what goes alongside it.
  private func consequences(_ rule: Rule) -> [Row] {
    let language = text.language
    guard !rule.isCompanion, !rule.isRemark, evaluation[rule.index].status != .absent else { return [] }
    var rows: [Row] = []
    for id in rule.overrides {
      guard let other = guideline.rule(id: id), known.truth(other.when) != .no else { continue }
      rows.append(Row(Words("in place of: ", "αντί για: ")[language] + other.title[language], mark: "→", citation: text.citation([other])))
    }
    for judgement in evaluation.live where judgement.accompanies.contains(rule.index) {
      let companion = guideline.rules[judgement.rule]
      rows.append(
        Row(
          Words("alongside: ", "μαζί: ")[language] + companion.title[language], mark: "+",
          detail: judgement.status == .depends ? text.conditionally(companion, known) : "", citation: text.citation([companion])))
    }
    return rows
  }

  /// A condition as rows: parts of an and stand side by side, parts of an or below their head.
  private func rows(_ condition: Condition, level: Int) -> [Row] {
    let language = text.language
    switch condition {
    case .all(let parts): return parts.flatMap { rows($0, level: level) }
    case .any(let parts):
      let head = Row(Words("at least one of:", "τουλάχιστον ένα από:")[language], mark: sign(known.truth(condition)), level: level)
      return [head] + parts.flatMap { rows($0, level: level + 1) }
    case .atLeast(let count, let parts):
      let head = Row(
        Words("at least \(count) of:", "τουλάχιστον \(count) από:")[language], mark: sign(known.truth(condition)), level: level)
      return [head] + parts.flatMap { rows($0, level: level + 1) }
    default:
      return [
        Row(text.condition(condition), mark: sign(known.truth(condition)), detail: state(of: condition), level: level)
      ]
    }
  }

  func sign(_ truth: Truth) -> String {
    switch truth {
    case .yes: "✓"
    case .no: "✗"
    case .unknown: "?"
    }
  }

  /// What is known of a condition's finding: not stated, or its value where it differs from what is asked.
  private func state(of condition: Condition) -> String {
    guard let test = condition.tests.first else { return "" }
    let language = text.language
    switch known.origin[test.finding] {
    case .unstated: return Words("not stated", "δεν αναφέρεται")[language]
    case .stated, .derived:
      let value = text.value(test.finding, known[test.finding])
      var detail = value == text.condition(condition) ? "" : value
      if case .derived(let background) = known.origin[test.finding] {
        let from = known.sources[test.finding] ?? []
        detail += (detail.isEmpty ? "" : " · ") + Words("derived from ", "προκύπτει από: ")[language] + text.findingNames(from)
        if background { detail += Words(" (background)", " (εκτός κειμένου)")[language] }
      }
      return detail
    }
  }

  /// The judgement with the tree of its conditions.
  func json(_ rule: Rule) -> JSON {
    let base = text.json(evaluation[rule.index])
    guard case .object(let fields) = base else { return base }
    return .object(
      fields + [
        .init("when", tree(rule.when)),
        .init("overridden_by", .strings(evaluation[rule.index].overriding.map { guideline.rules[$0].id })),
        .init("done", .bool(evaluation[rule.index].isDone)),
      ])
  }

  private func tree(_ condition: Condition) -> JSON {
    let truth = JSON.string(known.truth(condition).word)
    func node(_ kind: String, _ parts: [Condition]) -> JSON {
      .fields([("kind", .string(kind)), ("truth", truth), ("parts", .array(parts.map(tree)))])
    }
    switch condition {
    case .always: return .fields([("kind", .string("always")), ("truth", truth)])
    case .test, .defined:
      return .fields([
        ("kind", .string("test")), ("truth", truth), ("condition", .string(Printer.condition(condition, guideline.vocabulary))),
        ("text", .string(text.condition(condition))),
      ])
    case .not(let inner): return node("not", [inner])
    case .all(let parts): return node("and", parts)
    case .any(let parts): return node("or", parts)
    case .atLeast(let count, let parts): return node("at-least-\(count)", parts)
    }
  }
}
