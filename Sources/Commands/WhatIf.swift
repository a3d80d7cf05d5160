import Counsel
import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let whatIf = Command(
    "what if", greek: "τι αν", kind: .question, role: .consults, group: .asking,
    takes: [.value("FINDINGS", "ΕΥΡΗΜΑΤΑ", .findings)],
    or: [[.value("give, perform or stop THERAPY", "δώσε, εκτέλεσε ή διέκοψε ΘΕΡΑΠΕΙΑ")]],
    summary: Words("which advice comes and goes, without changing the patient", "ποιες συστάσεις αλλάζουν, χωρίς να αλλάξει ο ασθενής"),
    examples: [
      Example(
        Words("what if near surface no", "τι αν κοντά στην επιφάνεια όχι"), Words("one finding changed", "με ένα εύρημα αλλαγμένο"),
        gives: Words("Enucleation", "Εκπυρήνιση"),
        after: "patient 54F, insulinoma 14 mm in the tail, clearly localised, near the surface"),
      Example(
        Words("what if perform enucleation", "τι αν εκτέλεσε εκπυρήνιση"), Words("a therapy, not yet given", "μια θεραπεία που δεν έγινε ακόμη"),
        gives: Words(same: "P001"),
        after: "patient 54F, insulinoma 14 mm in the tail, clearly localised, near the surface"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    if let step = try treatment(invocation) { return try whatIf(step, invocation) }
    let patient = try invocation.requirePatient()
    let reading = try invocation.phrases.reading().said(of: patient).checked(invocation)
    let statements = reading.statements
    if statements.isEmpty, reading.notes.contains(where: { $0.note.reason == .notUnderstood || $0.note.reason == .notPatient }) {
      throw Diagnostic(
        "what-if.nothing", Words("None of this is something the guideline asks about.", "Η υπόθεση δεν αφορά κάτι που ρωτά η οδηγία."),
        help: [Words("For example: what if liver mets", "Για παράδειγμα: τι αν ηπατικές μεταστάσεις")], source: invocation.line,
        span: invocation.argumentSpan)
    }
    let guideline = invocation.guideline
    let (changed, _) = try patient.applying(statements, guideline, line: invocation.line)
    let comparison = AdviceChange(AdviceText(invocation), patient, changed)
    let language = invocation.language
    let assumed = statements.map { invocation.vocabulary.describe($0.finding, $0.possible)[language] }.joined(separator: ", ")
    var blocks: [Block] = [.paragraph(Words("If \(assumed):", "Υπόθεση: \(assumed)")[language])]
    if statements.isEmpty { blocks = [] }
    blocks += reading.notices(invocation.vocabulary, language)
    if !statements.isEmpty { blocks += comparison.blocks }
    return Outcome(
      .state(invocation.state),
      Report(
        data: [
          reading.noted,
          ("if", .strings(statements.map { Printer.statement($0.finding, $0.possible, invocation.vocabulary) })),
          ("changes", comparison.json), ("beside", comparison.besideJSON),
        ], blocks: blocks), canonical: "what if " + Printer.items(reading.items, invocation.vocabulary))
  }

  /// The step behind `what if give …`, `what if perform …` or `what if stop …`; nil when findings follow.
  private static func treatment(_ invocation: Invocation) throws(Diagnostic) -> TreatmentStep? {
    let first = invocation.first
    guard first + 1 < invocation.tokens.count, let command = invocation.world.commands.command(named: invocation.tokens[first].key),
      let act = TreatmentEffect.Act(rawValue: command.id)
    else { return nil }
    return try TreatmentStep.read(act, invocation, from: first + 1)
  }

  private static func whatIf(_ step: TreatmentStep, _ invocation: Invocation) throws(Diagnostic) -> Outcome {
    let comparison = AdviceChange(AdviceText(invocation), step.before, step.after)
    var report = try step.report(invocation)
    let language = invocation.language
    report.blocks.insert(.paragraph(Words("If so; nothing is recorded:", "Με αυτή την υπόθεση· τίποτα δεν καταγράφεται:")[language]), at: 0)
    report.blocks += [.heading(Words("Advice that comes and goes", "Συστάσεις που προστίθενται ή παύουν")[language])] + comparison.blocks
    let data = report.data + [("if", .strings([step.canonical])), ("changes", comparison.json), ("beside", comparison.besideJSON)]
    return Outcome(.state(invocation.state), Report(data: data, blocks: report.blocks), canonical: "what if " + step.canonical)
  }
}

/// The advice for a patient before and after a change.
struct AdviceChange {
  /// Statements shown at most that come to depend on what isn't stated, where nothing else changes.
  private static let raisedShown = 3

  let text: AdviceText
  let before: Evaluation
  let after: Evaluation
  let difference: Difference
  /// Companions and remarks that come and go beside advice that stays.
  let beside: [(rule: Int, kind: Difference.Kind)]

  init(_ text: AdviceText, _ patient: Patient, _ changed: Patient) {
    self.text = text
    let (before, after) = (Counsel(text.guideline, patient), Counsel(text.guideline, changed))
    self.before = before.evaluation
    self.after = after.evaluation
    difference = Difference(before, after)
    beside = Self.beside(before.evaluation, after.evaluation, text.guideline)
  }

  var blocks: [Block] {
    func row(_ rule: Rule, _ kind: Difference.Kind) -> Row {
      let detail = kind == .lost ? "" : text.standing(rule, after[rule.index], after.known)
      return Row(rule.title.cited(text.language), mark: kind.mark, detail: detail, citation: text.citation([rule]))
    }
    let rows = difference.changes.map { row(text.guideline.rules[$0.rule], $0.kind) }
    var blocks: [Block] = []
    if rows.isEmpty {
      blocks.append(.paragraph(Words("No advice changes.", "Καμία σύσταση δεν αλλάζει.")[text.language]))
      // What was no matter before, and hangs on several things that aren't stated.
      let raised = text.guideline.rules.filter { rule in
        !rule.isCompanion && !rule.isRemark && before[rule.index].status == .absent && after[rule.index].status == .depends
      }
      if !raised.isEmpty {
        blocks.append(.heading(Words("Would then depend on what isn't stated", "Θα εξαρτιόταν από όσα δεν έχουν δηλωθεί")[text.language]))
        blocks.append(.rows(raised.prefix(Self.raisedShown).map { row($0, .open) }))
      }
    } else {
      blocks.append(.rows(rows))
    }
    if !beside.isEmpty {
      blocks.append(.heading(Words("Alongside advice that stays", "Δίπλα σε συστάσεις που μένουν")[text.language]))
      blocks.append(
        .rows(
          beside.map { change in
            let rule = text.guideline.rules[change.rule]
            let word = rule.isRemark ? Words("note", "σημείωση") : Words("alongside", "μαζί")
            return Row(
              word[text.language] + "  " + rule.title.cited(text.language), mark: change.kind.mark, detail: text.marks(rule), citation: text.citation([rule]))
          }))
    }
    return blocks
  }

  var besideJSON: JSON? {
    if beside.isEmpty { return nil }
    return .array(beside.map { .fields([("rule", .string(text.guideline.rules[$0.rule].id)), ("change", .string($0.kind.rawValue))]) })
  }

  var json: JSON {
    .array(
      difference.changes.map {
        .fields([
          ("rule", .string(text.guideline.rules[$0.rule].id)), ("change", .string($0.kind.rawValue)),
          ("before", .string(before[$0.rule].status.rawValue)), ("after", .string(after[$0.rule].status.rawValue)),
        ])
      })
  }
}

/// How the advice of two moments differs, leaving out companions and remarks.
struct Difference {
  enum Kind: String {
    case gained, lost, open, nearer

    var mark: String {
      switch self {
      case .gained: "+"
      case .lost: "−"
      case .open: "?"
      case .nearer: "+"
      }
    }
  }

  let changes: [(rule: Int, kind: Kind)]

  init(_ before: Counsel, _ after: Counsel) {
    var lost: [(rule: Int, kind: Kind)] = []
    var gained: [(rule: Int, kind: Kind)] = []
    var open: [(rule: Int, kind: Kind)] = []
    for rule in before.guideline.rules where !rule.isCompanion && !rule.isRemark {
      let index = rule.index
      let (was, now) = (before.evaluation[index], after.evaluation[index])
      switch (before.stands(index), after.stands(index)) {
      case (true, false): now.status == .absent ? lost.append((index, .lost)) : open.append((index, .open))
      case (false, true): gained.append((index, .gained))
      case (true, true):
        if was.status != now.status { gained.append((index, .gained)) }
      case (false, false):
        guard after.isNear(index) else {
          if now.status == .absent, before.isNear(index) { lost.append((index, .lost)) }
          continue
        }
        if !before.isNear(index) || was.dependsOn.count > now.dependsOn.count { gained.append((index, .nearer)) }
      }
    }
    changes = lost + gained + open
  }
}

extension AdviceChange {
  /// Companions and remarks that come and go beside advice that stays.
  static func beside(_ before: Evaluation, _ after: Evaluation, _ guideline: Guideline) -> [(rule: Int, kind: Difference.Kind)] {
    let staying = guideline.rules.filter { rule in
      !rule.isCompanion && !rule.isRemark && before[rule.index].status == .applies && after[rule.index].status == .applies
    }
    return guideline.rules.compactMap { rule in
      guard rule.isCompanion || rule.isRemark else { return nil }
      let was = before[rule.index]
      let now = after[rule.index]
      guard (was.status == .applies) != (now.status == .applies) else { return nil }
      let isShown =
        rule.isRemark
        ? staying.contains { guideline.related($0, rule) }
        : staying.contains { (was.accompanies + now.accompanies).contains($0.index) }
      return isShown ? (rule.index, now.status == .applies ? .gained : .lost) : nil
    }
  }
}
