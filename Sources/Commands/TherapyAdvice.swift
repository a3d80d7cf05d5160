import Counsel
import Grammar
import Guideline
import Measures
import Patients
import Reports
import Vocabulary
import Wording

/// What the guideline says of a therapy for a patient at this moment: where it stands, what goes with it, what is expected, what
/// may happen, and what to watch.
struct TherapyAdvice {
  let text: AdviceText
  let therapy: Therapy
  let after: Patient

  private let evidence: [Evidence]
  private let adverseEffects: [AdverseEffect]
  private let windows: [Window]
  /// The patient before the therapy: where it stands is judged on that state.
  private let counsel: Counsel
  private let standing: StandingReport
  private let companions: [Companion]
  private let near: Set<String>

  init(_ text: AdviceText, _ step: TreatmentStep) throws(Diagnostic) {
    try self.init(text, step.therapy, before: step.before, after: step.after)
  }

  init(_ text: AdviceText, _ therapy: Therapy, before: Patient, after: Patient) throws(Diagnostic) {
    self.text = text
    self.therapy = therapy
    self.after = after
    let counsel = Counsel(text.guideline, before)
    self.counsel = counsel
    standing = StandingReport(text, counsel, therapy)
    companions = counsel.companions(of: therapy.id, had: after) + (try counsel.askedFor(at: therapy.id, had: after))
    near = counsel.near(therapy.id)
    windows = try text.guideline.windows(after: therapy.id, on: after.day, after)
    evidence = try text.guideline.evidence(on: therapy.id).filter { $0.concerns(counsel.known, text.vocabulary) }
    adverseEffects = try text.guideline.adverseEffects(of: therapy.id).filter { counsel.known.truth($0.when) != .no }
  }

  private var guideline: Guideline { text.guideline }
  private var language: Language { text.language }
  private var evaluation: Evaluation { counsel.evaluation }
  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }

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
    cited += standing.standing.statements.prefix(StandingReport.most).flatMap { guideline.rules[$0].paragraphs }
    var stance =
      [Row(standing.words)]
      + standing.rows().map { row in
        var row = row
        row.level = 1
        return row
      }
    for evaluated in evaluation.live where evaluated.status == .applies && guideline.rules[evaluated.rule].isRemark {
      let remark = guideline.rules[evaluated.rule]
      guard remark.subjects.contains(where: near.contains) else { continue }
      cited += remark.paragraphs
      stance.append(Row(say("note  ", "σημείωση  ") + remark.title.cited(language), citation: text.citation([remark]), level: 1))
    }
    add(Words("Stance", "Θέση του κειμένου"), stance)
    var alongside: [Row] = []
    for companion in companions {
      let rule = guideline.rules[companion.rule]
      cited += rule.paragraphs
      let depends = companion.status == .depends
      alongside.append(
        Row(
          rule.title.cited(language), mark: companion.isDone == true ? "✓" : depends ? "?" : companion.isDone == false ? "○" : "·",
          detail: depends ? text.conditionally(rule, counsel.known) : "", citation: text.citation([rule])))
      for objection in counsel.objections(to: rule, of: therapy.id) {
        let other = guideline.rules[objection]
        cited += other.paragraphs
        alongside.append(
          Row(
            say("but  ", "όμως  ") + other.title.cited(language), detail: text.standing(other, evaluation[objection], evaluation.known),
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
      let parts: [any Textual] = [
        figures.figure(statement), statement.population.cited(language),
        statement.isDirect ? "" : EvidenceText.directness(statement)[language], Text.citations(statement.errata),
      ]
      return Row(
        statement.title.cited(language), detail: Text.joined(parts),
        citation: Text.citations(statement.paragraphs))
    }
    if evidence.count > limit {
      rows.append(
        Row(
          Words.more(evidence.count - limit)[language] + ": "
            + Text.command(say("evidence \(therapy.name.english)", "δεδομένα \(therapy.name.greek)"), "evidence")))
    }
    return rows
  }

  private func adverse(_ cited: inout [String]) -> [Row] {
    var rows: [Row] = []
    for effect in adverseEffects where effect.falls == nil {
      cited += effect.paragraphs
      rows.append(
        Row(
          effect.title.cited(language), detail: evaluation.known.truth(effect.when) == .unknown ? say("if ", "αν ") + text.condition(effect.when) : "",
          citation: Text.citations(effect.paragraphs)))
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
          citation: Text.citations(rule.paragraphs)))
    }
    return rows
  }

  // MARK: Data

  var json: [(String, JSON?)] {
    let time = CourseText(text: text, patient: after)
    return standing.json.filter { $0.0 != "therapy" } + [
      (
        "companions",
        .array(
          companions.map { companion in
            let rule = guideline.rules[companion.rule]
            return .fields([
              ("rule", .string(rule.id)), ("subjects", .strings(rule.subjects)), ("status", .string(companion.status.rawValue)),
              ("role", rule.role.map { .string($0.rawValue) }), ("strength", rule.strength.map { .string($0.rawValue) }),
              ("done", companion.isDone.map { .bool($0) } ?? .null),
              ("against", .strings(counsel.objections(to: rule, of: therapy.id).map { guideline.rules[$0].id })),
            ])
          })
      ),
      ("evidence", .strings(evidence.map(\.id))),
      ("adverse_effects", .strings(adverseEffects.map(\.id))), ("windows", .array(windows.map(time.json))),
      ("due", .array(guideline.injections(after).filter { $0.regimen.therapy == therapy.id }.map(time.json))),
    ]
  }
}
