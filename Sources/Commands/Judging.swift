import Grammar
import Guideline
import Measures
import Patients
import Reports
import Vocabulary
import Wording

/// What the guideline says of a therapy for a patient at this moment: its stance, what goes with it, what is expected, what
/// may happen, and what to watch.
struct Judging {
  let text: AdviceText
  let therapy: Therapy
  /// The patient before the therapy: its stance is judged on it.
  let before: Patient
  let after: Patient

  private let evidence: [Evidence]
  private let adverseEffects: [AdverseEffect]
  private let windows: [Window]
  private let evaluation: Evaluation
  private let accompanied: Evaluation
  private let near: Set<String>

  init(_ text: AdviceText, _ step: TreatmentStep) throws(Diagnostic) {
    try self.init(text, step.therapy, before: step.before, after: step.after)
  }

  init(_ text: AdviceText, _ therapy: Therapy, before: Patient, after: Patient) throws(Diagnostic) {
    self.text = text
    self.therapy = therapy
    self.before = before
    self.after = after
    let known = text.guideline.inference.known(before)
    windows = try text.guideline.windows(after: therapy.id, on: after.day, after)
    let evaluation = text.guideline.evaluate(known, given: before.given)
    self.evaluation = evaluation
    evidence = try text.guideline.evidence(on: therapy.id).filter { $0.concerns(evaluation.known, text.vocabulary) }
    adverseEffects = try text.guideline.adverseEffects(of: therapy.id).filter { evaluation.known.truth($0.when) != .no }
    accompanied = text.guideline.evaluate(known, given: before.given.union([therapy.id]))
    near = Set([therapy.id] + text.vocabulary.groups(above: therapy.id))
  }

  private var guideline: Guideline { text.guideline }
  private var language: Language { text.language }
  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }

  // MARK: Stance

  /// From the most negative on: where the text says several things, the most negative is named first.
  private static let negativity: [Stance] = [.avoid, .caution, .investigational, .disputed, .consider, .do, .alongside]

  /// Live advice on the therapy or a group above it, the most negative first, what applies before what depends.
  var advice: [Judgement] {
    evaluation.live.filter { judgement in
      let rule = guideline.rules[judgement.rule]
      guard !rule.isRemark, !rule.isCompanion, rule.subjects.contains(where: near.contains) else { return false }
      return judgement.status == .applies || Advice.isNear(judgement, rule, evaluation.known) || Advice.waitsForOperation(judgement, guideline)
    }.enumerated().sorted {
      (order($0.element), $0.offset) < (order($1.element), $1.offset)
    }.map(\.element)
  }

  private func order(_ judgement: Judgement) -> Int {
    let stance = guideline.rules[judgement.rule].stance ?? .alongside
    return (judgement.status == .applies ? 0 : 10) + (Self.negativity.firstIndex(of: stance) ?? 9)
  }

  /// How many more statements on it depend on what isn't known.
  private var hidden: Int {
    let shown = Set(advice.map(\.rule))
    return evaluation.live.filter { judgement in
      let rule = guideline.rules[judgement.rule]
      return !rule.isRemark && !rule.isCompanion && !shown.contains(judgement.rule) && rule.subjects.contains(where: near.contains)
    }.count
  }

  /// `recommended`, `caution`, … or `not-covered`, with its status, for the data.
  var standing: (stance: String, status: String) {
    guard let first = advice.first else { return ("not-covered", "absent") }
    return (guideline.rules[first.rule].stance?.rawValue ?? "", first.status.rawValue)
  }

  // MARK: Companions

  /// What goes with the therapy, and whether it has been given, performed or arranged; nil where that can't be said.
  var companions: [(judgement: Judgement, done: Bool?)] {
    accompanied.live.compactMap { judgement in
      let rule = guideline.rules[judgement.rule]
      guard rule.isCompanion, !rule.isRemark else { return nil }
      let belongs = rule.with.contains { name in
        if near.contains(name) { return true }
        return guideline.rule(id: name)?.subjects.contains(where: near.contains) ?? false
      }
      guard belongs else { return nil }
      return (judgement, isDone(rule))
    }
  }

  private func isDone(_ rule: Rule) -> Bool? {
    guard [.prophylaxis, .setting, .check, nil].contains(rule.role) else { return nil }
    let others = rule.subjects.filter { !near.contains($0) }
    guard !others.isEmpty else { return nil }
    let had = after.given.union(after.arranged)
    return others.contains { subject in had.contains { $0 == subject || guideline.vocabulary.groups(above: $0).contains(subject) } }
  }

  /// Advice against a companion, or with caution, that is live for this patient: octreotide cover in an insulinoma.
  private func objections(to companion: Rule) -> [Judgement] {
    let subjects = Set(companion.subjects.filter { !near.contains($0) }.flatMap { [$0] + guideline.vocabulary.groups(above: $0) })
    return evaluation.live.filter { judgement in
      let rule = guideline.rules[judgement.rule]
      guard !rule.isRemark, !rule.isCompanion, rule.stance == .avoid || rule.stance == .caution else { return false }
      return rule.subjects.contains(where: subjects.contains)
        && (judgement.status == .applies || Advice.isNear(judgement, rule, evaluation.known))
    }
  }

  // MARK: Report

  /// The blocks, without what was done and what it changes.
  var blocks: [Block] {
    get throws(Diagnostic) { try written() }
  }

  private func written() throws(Diagnostic) -> [Block] {
    var blocks: [Block] = []
    var cited: [String] = []
    func add(_ heading: Words, _ rows: [Row]) {
      if !rows.isEmpty { blocks += [.heading(heading[language]), .rows(rows)] }
    }
    var stance: [Row] = []
    for judgement in advice {
      let rule = guideline.rules[judgement.rule]
      cited += rule.paragraphs
      let detail = [text.standing(rule, judgement, evaluation.known), text.marks(rule)].filter { !$0.isEmpty }
      stance.append(Row(rule.title[language], detail: detail.joined(separator: " · "), citation: text.citation([rule])))
    }
    if stance.isEmpty {
      stance = [
        Row(say("not covered: the text gives no advice on it for what is stated", "δεν καλύπτεται: το κείμενο δεν δίνει σύσταση για όσα δηλώθηκαν"))
      ]
    }
    if hidden > 0 {
      stance.append(
        Row(
          hidden == 1
            ? say("and 1 more on it depends on what is not stated", "και άλλη 1 δήλωση γι' αυτό εξαρτάται από όσα δεν δηλώθηκαν")
            : say("and \(hidden) more on it depend on what is not stated", "και άλλες \(hidden) δηλώσεις γι' αυτό εξαρτώνται από όσα δεν δηλώθηκαν")))
    }
    for judgement in evaluation.live where judgement.status == .applies && guideline.rules[judgement.rule].isRemark {
      let remark = guideline.rules[judgement.rule]
      guard remark.subjects.contains(where: near.contains) else { continue }
      cited += remark.paragraphs
      stance.append(Row(say("note  ", "σημείωση  ") + remark.title[language], citation: text.citation([remark]), level: 1))
    }
    add(Words("Stance", "Θέση του κειμένου"), stance)
    var alongside: [Row] = []
    for (judgement, done) in companions {
      let rule = guideline.rules[judgement.rule]
      cited += rule.paragraphs
      let open = judgement.status == .depends ? text.conditionally(rule, accompanied.known) : ""
      alongside.append(
        Row(
          rule.title[language], mark: done == true ? "✓" : judgement.status == .depends ? "?" : done == false ? "○" : "·",
          detail: open, citation: text.citation([rule])))
      for objection in objections(to: rule) {
        let other = guideline.rules[objection.rule]
        cited += other.paragraphs
        alongside.append(
          Row(
            say("but  ", "όμως  ") + other.title[language], detail: text.standing(other, objection, evaluation.known),
            citation: text.citation([other]), level: 1))
      }
    }
    add(Words("Alongside (✓ done, ○ not yet)", "Μαζί (✓ έγινε, ○ όχι ακόμη)"), alongside)
    add(Words("Expected in groups", "Αναμένεται σε ομάδες ασθενών"), expected(&cited))
    add(Words("Adverse effects", "Ανεπιθύμητες ενέργειες"), adverse(&cited))
    add(Words("Watch", "Παρακολούθηση"), try watch(&cited))
    if !cited.isEmpty { blocks.append(.notice(text.legend(cited))) }
    return blocks
  }

  private func expected(_ cited: inout [String]) -> [Row] {
    let figures = EvidenceText(guideline: guideline, language: language)
    let limit = 6
    var rows = evidence.prefix(limit).map { statement -> Row in
      cited += statement.paragraphs
      let parts =
        [figures.figure(statement), statement.population[language]]
        + (statement.isDirect ? [] : [EvidenceText.directness(statement)[language]]) + [statement.errata.joined(separator: " ")]
      return Row(
        statement.title[language], detail: parts.filter { !$0.isEmpty }.joined(separator: " · "),
        citation: statement.paragraphs.joined(separator: " "))
    }
    if evidence.count > limit {
      rows.append(
        Row(
          say(
            "… and \(evidence.count - limit) more: evidence \(therapy.name.english)",
            "… και άλλα \(evidence.count - limit): δεδομένα \(therapy.name.greek)")))
    }
    return rows
  }

  private func adverse(_ cited: inout [String]) -> [Row] {
    var rows: [Row] = []
    for effect in adverseEffects where effect.falls == nil {
      cited += effect.paragraphs
      rows.append(
        Row(
          effect.title[language], detail: evaluation.known.truth(effect.when) == .unknown ? say("if ", "αν ") + text.condition(effect.when) : "",
          citation: effect.paragraphs.joined(separator: " ")))
    }
    return rows
  }

  /// Windows of the days to come, the next injection, cycles so far, and yearly falls of a measured finding.
  private func watch(_ cited: inout [String]) throws(Diagnostic) -> [Row] {
    var rows: [Row] = []
    let time = CourseText(text: text, patient: after)
    for window in windows {
      cited += window.paragraphs
      rows.append(time.row(window))
    }
    for schedule in guideline.injections(after) where schedule.regimen.therapy == therapy.id {
      rows.append(Row(say("next due ", "επόμενη χορήγηση ") + time.date(schedule.next), detail: schedule.interval.every[language]))
    }
    if let sum = time.cumulative(therapy) { rows.append(sum) }
    for fall in try guideline.yearlyFalls(therapy.id) where after.days(of: therapy.id).last == after.day {
      let truth = evaluation.known.truth(fall.when)
      if truth == .no { continue }
      cited += fall.paragraphs
      rows += time.rows(fall, years: [1, 2], condition: truth == .unknown ? fall.when : nil)
    }
    for rule in try guideline.formulary.rules(for: therapy.id) {
      // What goes with a dose for some procedures is not carried over to an infusion whose dose is left open.
      guard let start = rule.start, let until = rule.until, rule.onlyFor.isEmpty || after.current[therapy.id]?.dose.isEmpty == false else { continue }
      rows.append(
        Row(
          say(
            "from \(start.written.english) before to \(until.written.english) after the procedure",
            "από \(start.written.greek) πριν έως \(until.written.greek) μετά την επέμβαση"),
          citation: rule.paragraphs.joined(separator: " ")))
    }
    return rows
  }

  // MARK: Data

  var json: [(String, JSON?)] {
    let time = CourseText(text: text, patient: after)
    return [
      ("stance", .string(standing.stance)), ("status", .string(standing.status)),
      ("advice", .array(advice.map { text.json($0) })),
      (
        "companions",
        .array(
          companions.map { judgement, done in
            let rule = guideline.rules[judgement.rule]
            return .fields([
              ("rule", .string(rule.id)), ("subjects", .strings(rule.subjects)), ("status", .string(judgement.status.rawValue)),
              ("role", rule.role.map { .string($0.rawValue) }), ("strength", rule.strength.map { .string($0.rawValue) }),
              ("done", done.map { .bool($0) } ?? .null),
              ("against", .strings(objections(to: rule).map { guideline.rules[$0.rule].id })),
            ])
          })
      ),
      ("evidence", .strings(evidence.map(\.id))),
      ("adverse_effects", .strings(adverseEffects.map(\.id))), ("windows", .array(windows.map(time.json))),
      ("due", .array(guideline.injections(after).filter { $0.regimen.therapy == therapy.id }.map(time.json))),
    ]
  }
}
