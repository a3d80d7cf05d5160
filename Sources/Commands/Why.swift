import Counsel
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
    "why", greek: "γιατί", kind: .question, role: .consults, group: .asking, takes: [.value("ADVICE", "ΣΥΣΤΑΣΗ", .advice)],
    summary: Words("the conditions of advice, each with its value", "οι προϋποθέσεις μιας σύστασης, καθεμία με την τιμή της"),
    details: [
      Words(
        "ADVICE is a therapy, a number of the last list, a rule or a fact. ✓ holds, ✗ fails, ? is not stated. Conditions that branch are drawn as a tree.",
        "ΣΥΣΤΑΣΗ είναι μια θεραπεία, ένας αριθμός του τελευταίου καταλόγου, ένας κανόνας ή ένα στοιχείο. ✓ ισχύει, ✗ δεν ισχύει, ? δεν αναφέρεται. Προϋποθέσεις με διακλαδώσεις σχεδιάζονται ως δέντρο."
      )
    ],
    examples: [
      Example(
        Words("why enucleation", "γιατί εκπυρήνιση"), Words("a therapy", "μια θεραπεία"), gives: Words("not stated", "δεν αναφέρεται"),
        after: "patient 54F, insulinoma 14 mm in the tail, clearly localised, near the surface"),
      Example(
        Words("why 1", "γιατί 1"), Words("the first line of the last list", "η πρώτη γραμμή του τελευταίου καταλόγου"), gives: Words(same: "MEN1"),
        after: "patient 61M, gastrinoma, MEN1, 25 mm; recommend"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let reference = try AdviceReference.read(invocation)
    let patient = try invocation.requirePatient()
    let guideline = invocation.guideline
    let counsel = Counsel(guideline, patient)
    let text = AdviceText(invocation)
    let explanation = Explanation(text, counsel)
    let standing = reference.therapy.map { StandingReport(text, counsel, $0) }
    let meant = reference.therapy.map { AdviceReference.rules(on: $0, invocation) } ?? reference.rules
    var rules = counsel.heard(meant.map(\.index), of: reference.therapy?.id).map { guideline.rules[$0] }
    if rules.isEmpty { rules = meant }
    // A statement that has the therapy's name, and leads, answers by itself.
    if let named = reference.rules.first, reference.rules.count == 1, rules.first?.index == named.index { rules = [named] }
    var state = invocation.state
    // A number of the last list names the same line after it was explained.
    if rules.count != 1 { state.listed = rules.prefix(Explanation.most).map(\.id) }
    var blocks: [Block] = []
    if rules.isEmpty, let therapy = reference.therapy {
      let name = therapy.name[invocation.language]
      blocks = [.paragraph(Words("The text gives no advice on \(name).", "Το κείμενο δεν δίνει σύσταση για: \(name).")[invocation.language])]
    }
    var isDrawn = false
    for (place, rule) in rules.prefix(Explanation.most).enumerated() {
      // One tree: of the first whose conditions branch.
      let tree = isDrawn ? nil : explanation.figure(rule)
      isDrawn = isDrawn || tree != nil
      blocks += explanation.blocks(rule, number: rules.count > 1 ? place + 1 : nil, tree: tree)
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
      .state(state),
      Report(
        data: (standing?.json.filter { $0.0 != "advice" } ?? []) + [("advice", .array(rules.map { explanation.json($0) }))], blocks: blocks),
      canonical: "why " + (reference.therapy?.id ?? reference.canonical))
  }
}

/// The explanation of a rule: its conditions with their values, and what bears on it.
struct Explanation {
  let text: AdviceText
  let counsel: Counsel

  init(_ text: AdviceText, _ counsel: Counsel) {
    self.text = text
    self.counsel = counsel
  }

  var evaluation: Evaluation { counsel.evaluation }

  private var guideline: Guideline { text.guideline }
  private var known: Known { evaluation.known }

  /// Explanations of more statements than this are counted.
  static let most = 8

  /// The head of an explanation: `Enucleation · recommended if found at surgery · P002 F012 · no level or grade in the text`.
  func head(_ rule: Rule) -> Text {
    let cited = ([text.citation([rule])] + rule.facts.map(Text.citation)).joined(separator: " ")
    let standing = text.standing(rule, evaluation[rule.index], known)
    return Text.joined([rule.title.cited(text.language), standing, cited, rule.isRemark ? "" : text.strength(rule), text.marks(rule)])
  }

  /// - Parameter tree: the rule's conditions as a picture, which stands in place of their rows.
  func blocks(_ rule: Rule, number: Int? = nil, tree: Figure? = nil) -> [Block] {
    let head = Block.paragraph(Text(number.map { "\($0)  " } ?? "") + head(rule))
    guard let tree else { return [head, .rows(conditions(rule) + bearings(rule))] }
    let rows = bearings(rule)
    return [head, .figure(tree)] + (rows.isEmpty ? [] : [.rows(rows)])
  }

  /// The rule's conditions, and the rules that may take its advice away.
  private func conditions(_ rule: Rule) -> [Row] {
    var rows: [Row] = []
    if case .always = rule.when {
      if !rule.isCompanion { rows.append(Row(Words("holds for every patient", "ισχύει για κάθε ασθενή")[text.language], mark: "✓")) }
    } else {
      rows += self.rows(rule.when, level: 0)
    }
    return rows + exceptions(rule, [.yes, .unknown], saysSince: false)
  }

  /// What takes the rule's advice away, or would if what is unknown held, as far as its condition has one of the truths; with that
  /// condition, if `saysSince`.
  func exceptions(_ rule: Rule, _ truths: Set<Truth>, saysSince: Bool) -> [Row] {
    let language = text.language
    var rows: [Row] = []
    for (above, truth) in overriding(rule) where truths.contains(truth) {
      var detail = truth == .yes ? "" : text.conditionally(above, known)
      if truth == .yes, saysSince, above.when != .always { detail = Words("since ", "επειδή: ")[language] + text.condition(above.when) }
      rows.append(Row(Self.against(above, truth)[language], mark: sign(!truth), detail: detail, citation: text.citation([above])))
    }
    if let unless = rule.unless {
      let truth = known.truth(unless)
      if truths.contains(truth) { rows.append(Row(Words("unless: ", "εκτός αν: ")[language] + text.condition(unless), mark: sign(!truth))) }
    }
    return rows
  }

  /// The rules that take a rule's advice away, or would if what is unknown held, with the truth of their conditions.
  func overriding(_ rule: Rule) -> [(rule: Rule, truth: Truth)] {
    guideline.above[rule.index].map { guideline.rules[$0] }.map { ($0, known.truth($0.when)) }.filter { $0.1 != .no }
  }

  private static func against(_ above: Rule, _ truth: Truth) -> Words {
    let said = truth == .yes ? Words("overridden by: ", "υπερισχύει: ") : Words("unless: ", "εκτός αν: ")
    return Words(said.english + above.title.english, said.greek + above.title.greek)
  }

  /// What else bears on a rule: what it goes with, conflicts, what was carried out, and its consequences.
  private func bearings(_ rule: Rule) -> [Row] {
    let evaluated = evaluation[rule.index]
    let language = text.language
    var rows: [Row] = []
    if let row = accompanied(rule) { rows.append(row) }
    for other in guideline.rules where other.conflicts.contains(rule.id) || rule.conflicts.contains(other.id) {
      guard evaluation[other.index].status == .applies || counsel.isNear(other.index) else { continue }
      rows.append(
        Row(
          Words("conflicts with: ", "συγκρούεται με: ")[language] + other.title.cited(language), mark: "!",
          citation: text.citation([other])))
    }
    if evaluated.isDone {
      rows.append(Row(Words("carried out: ", "έχει γίνει: ")[language] + (rule.until.map(text.condition) ?? ""), mark: "✗"))
    }
    return rows + consequences(rule)
  }

  /// What a companion goes with, as far as it is live; nil for advice that stands alone.
  func accompanied(_ rule: Rule) -> Row? {
    guard rule.isCompanion else { return nil }
    let language = text.language
    let names = evaluation[rule.index].accompanies.map { guideline.rules[$0].title.cited(language) }
    let what = names.isEmpty ? Words("nothing that applies", "τίποτε που να ισχύει").text(language) : names.prefix(4).joined(separator: " · ")
    return Row(Words("goes with: ", "συνοδεύει: ")[language] + what, mark: names.isEmpty ? "✗" : "→")
  }

  /// How a rule is decided, drawn as a tree: its conditions and those of the rules that may take its advice away. Nil where they
  /// are no more than a list.
  func figure(_ rule: Rule) -> Figure? {
    let overriding = overriding(rule)
    var branches = rule.when.conjuncts.map(node)
    branches += overriding.map { above, truth in
      ConditionTree.Node(
        above.id, Self.against(above, truth)[text.language], detail: text.citation([above]), !truth, join: .not, branches: above.when.conjuncts.map(node))
    }
    guard branches.contains(where: { $0.join != .leaf }) else { return nil }
    var root = ConditionTree.Node(rule.id, "", overriding.reduce(known.truth(rule.when)) { $0 && !$1.truth }, join: .all, branches: branches)
    if branches.count == 1, let only = branches.first, overriding.isEmpty { root = only }
    let title = Words("How it is decided", "Πώς κρίνεται")[text.language]
    return Figure(
      "why-" + rule.id.replacing(".", with: "-"), title: title, language: text.language, citation: text.citation([rule]), .tree(ConditionTree(root)))
  }

  private func node(_ condition: Condition) -> ConditionTree.Node {
    func join(_ join: ConditionTree.Join, _ parts: [Condition]) -> ConditionTree.Node {
      ConditionTree.Node(Printer.condition(condition, guideline.vocabulary), "", known.truth(condition), join: join, branches: parts.map(node))
    }
    switch condition {
    case .all(let parts): return join(.all, parts)
    case .any(let parts): return join(.any, parts)
    case .atLeast(let count, let parts): return join(.atLeast(count), parts)
    case .not(.test), .not(.defined): break
    case .not(let inner): return join(.not, [inner])
    case .always, .test, .defined: break
    }
    return ConditionTree.Node(
      Printer.condition(condition, guideline.vocabulary), text.condition(condition), detail: state(of: condition), known.truth(condition))
  }

  /// What advice takes away, and what goes alongside it.
  private func consequences(_ rule: Rule) -> [Row] {
    let language = text.language
    guard !rule.isCompanion, !rule.isRemark, evaluation[rule.index].status != .absent else { return [] }
    var rows: [Row] = []
    for id in rule.overrides {
      guard let other = guideline.rule(id: id), known.truth(other.when) != .no else { continue }
      rows.append(Row(Words("in place of: ", "αντί για: ")[language] + other.title.cited(language), mark: "→", citation: text.citation([other])))
    }
    for evaluated in evaluation.live where evaluated.accompanies.contains(rule.index) {
      let companion = guideline.rules[evaluated.rule]
      rows.append(
        Row(
          Words("alongside: ", "μαζί: ")[language] + companion.title.cited(language), mark: "+",
          detail: evaluated.status == .depends ? text.conditionally(companion, known) : "", citation: text.citation([companion])))
    }
    return rows
  }

  /// A condition as rows: parts of an and stand side by side, those of an or below their head, an and within it below its own.
  private func rows(_ condition: Condition, level: Int) -> [Row] {
    let language = text.language
    func head(_ words: Words, _ parts: [Condition]) -> [Row] {
      let head = Row(words[language], mark: sign(known.truth(condition)), level: level)
      return [head]
        + parts.flatMap { part -> [Row] in
          guard case .all(let inner) = part else { return rows(part, level: level + 1) }
          let all = Row(Words("all of:", "όλα τα εξής:")[language], mark: sign(known.truth(part)), level: level + 1)
          return [all] + inner.flatMap { rows($0, level: level + 2) }
        }
    }
    switch condition {
    case .all(let parts): return parts.flatMap { rows($0, level: level) }
    case .any(let parts): return head(Words("at least one of:", "τουλάχιστον ένα από:"), parts)
    case .atLeast(let count, let parts): return head(Words("at least \(count) of:", "τουλάχιστον \(count) από:"), parts)
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

  /// The evaluated with the tree of its conditions.
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
