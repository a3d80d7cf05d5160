import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let whatIf = Command(
    "what if", greek: "τι αν", kind: .question, group: .asking, form: Words("what if FINDINGS", "τι αν ΕΥΡΗΜΑΤΑ"),
    summary: Words("which advice comes and goes, without changing the patient", "ποιες συστάσεις έρχονται και φεύγουν, χωρίς αλλαγή του ασθενούς"),
    examples: [
      Example(
        Words("what if near surface no", "τι αν κοντά στην επιφάνεια όχι"), Words("one finding changed", "ένα εύρημα αλλαγμένο"),
        after: "patient 54F, insulinoma 14 mm in the tail, clearly localised, near the surface")
    ], completes: .findings
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    guard invocation.hasArgument else { throw invocation.incomplete }
    let patient = try invocation.requirePatient()
    var reader = invocation.phrases
    let statements = try reader.statements()
    let guideline = invocation.guideline
    let (changed, _) = try patient.applying(statements, guideline, line: invocation.line)
    let before = guideline.evaluate(guideline.inference.known(patient), given: patient.given)
    let after = guideline.evaluate(guideline.inference.known(changed), given: changed.given)
    let text = AdviceText(invocation)
    let difference = Difference(before, after, guideline)
    let language = invocation.language
    var rows: [Row] = []
    for change in difference.changes {
      let rule = guideline.rules[change.rule]
      let detail: String
      switch change.kind {
      case .lost: detail = ""
      default: detail = text.standing(rule, after[change.rule], after.known)
      }
      rows.append(Row(rule.title[language], mark: change.kind.mark, detail: detail, citation: text.citation([rule])))
    }
    let assumed = statements.map { invocation.vocabulary.describe($0.finding, $0.possible)[language] }.joined(separator: ", ")
    var blocks: [Block] = [.paragraph(Words("If \(assumed):", "Αν \(assumed):")[language])]
    if rows.isEmpty {
      blocks.append(.paragraph(Words("No advice changes.", "Καμία σύσταση δεν αλλάζει.")[language]))
    } else {
      blocks.append(.rows(rows))
    }
    return Outcome(
      .state(invocation.state),
      Report(
        data: [
          ("if", .strings(statements.map { Printer.statement($0.finding, $0.possible, invocation.vocabulary) })),
          (
            "changes",
            .array(
              difference.changes.map {
                .fields([
                  ("rule", .string(guideline.rules[$0.rule].id)), ("change", .string($0.kind.rawValue)),
                  ("before", .string(before[$0.rule].status.rawValue)), ("after", .string(after[$0.rule].status.rawValue)),
                ])
              })
          ),
        ], blocks: blocks), canonical: "what if " + Printer.statements(statements, invocation.vocabulary))
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

  init(_ before: Evaluation, _ after: Evaluation, _ guideline: Guideline) {
    var lost: [(rule: Int, kind: Kind)] = []
    var gained: [(rule: Int, kind: Kind)] = []
    var open: [(rule: Int, kind: Kind)] = []
    func stands(_ judgement: Judgement) -> Bool {
      judgement.status == .applies || Advice.waitsForOperation(judgement, guideline)
    }
    for rule in guideline.rules where !rule.isCompanion && !rule.isRemark {
      let was = before[rule.index]
      let now = after[rule.index]
      switch (stands(was), stands(now)) {
      case (true, false): now.status == .absent ? lost.append((rule.index, .lost)) : open.append((rule.index, .open))
      case (false, true): gained.append((rule.index, .gained))
      case (true, true):
        if was.status != now.status { gained.append((rule.index, .gained)) }
      case (false, false):
        guard now.status == .depends, Advice.isNear(now, rule, after.known) else {
          if was.status == .depends, now.status == .absent, Advice.isNear(was, rule, before.known) {
            lost.append((rule.index, .lost))
          }
          continue
        }
        if was.status == .absent || !Advice.isNear(was, rule, before.known) || was.dependsOn.count > now.dependsOn.count {
          gained.append((rule.index, .nearer))
        }
      }
    }
    changes = lost + gained + open
  }
}
