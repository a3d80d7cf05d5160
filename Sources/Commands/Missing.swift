import Guideline
import Patients
import Reports
import Sessions
import Wording

extension Command {
  static let missing = Command(
    "missing", greek: "λείπουν", kind: .question, group: .asking, form: Words("missing", "λείπουν"),
    summary: Words("what is not stated and how much advice it decides", "τι δεν δηλώθηκε και πόσες συστάσεις κρίνει"),
    examples: [
      Example(
        Words("missing", "λείπουν"), Words("findings, most decisive first", "ευρήματα, τα πιο κρίσιμα πρώτα"),
        after: "patient 54F, insulinoma 14 mm")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    guard !invocation.hasArgument else { throw invocation.tooMuch }
    let patient = try invocation.requirePatient()
    let guideline = invocation.guideline
    let evaluation = guideline.evaluate(guideline.inference.known(patient), given: patient.given)
    let language = invocation.language
    var found: [(finding: Int, rules: [Int])] = []
    for judgement in evaluation.live where judgement.status == .depends {
      let rule = guideline.rules[judgement.rule]
      guard !rule.isCompanion, !rule.isRemark else { continue }
      for finding in judgement.dependsOn {
        if let place = found.firstIndex(where: { $0.finding == finding }) {
          found[place].rules.append(rule.index)
        } else {
          found.append((finding, [rule.index]))
        }
      }
    }
    let sorted = found.enumerated().sorted { (-$0.element.rules.count, $0.offset) < (-$1.element.rules.count, $1.offset) }
      .map(\.element)
    let rows = sorted.map { finding, rules in
      let entry = guideline.vocabulary.findings[finding]
      let count = rules.count
      return Row(
        entry.name[language],
        detail: Words("decides \(count): ", "κρίνει \(count): ")[language]
          + rules.prefix(2).map { guideline.rules[$0].title[language] }.joined(separator: " · ") + (count > 2 ? " …" : ""))
    }
    let text = Words("Everything that bears on the advice is stated.", "Όλα όσα αφορούν τις συστάσεις έχουν δηλωθεί.")[language]
    return Outcome(
      .state(invocation.state),
      Report(
        data: [
          (
            "missing",
            .array(
              sorted.map {
                .fields([
                  ("finding", .string(guideline.vocabulary.findings[$0.finding].id)),
                  ("decides", .strings($0.rules.map { guideline.rules[$0].id })),
                ])
              })
          )
        ], blocks: rows.isEmpty ? [.paragraph(text)] : [.rows(rows)]), canonical: "missing")
  }
}
