import Guideline
import Patients
import Reports
import Sessions
import Wording

extension Command {
  static let recommend = Command(
    "recommend", greek: "σύσταση", aliases: ["συστάσεις"], kind: .question, group: .asking,
    form: Words("recommend [TOPIC]", "σύσταση [ΘΕΜΑ]"),
    summary: Words("what the guideline says for this patient", "τι λέει η οδηγία για αυτόν τον ασθενή"),
    details: [
      Words(
        "Advice is grouped by its stance. What waits for something unknown stands under Depends, with the findings that decide it. A topic narrows the list: surgery, liver, transplantation, drugs, analogues, chemotherapy, targeted, local, radionuclide, radiotherapy, supportive.",
        "Οι συστάσεις ομαδοποιούνται κατά το είδος τους. Ό,τι περιμένει κάτι άγνωστο βρίσκεται στο «Εξαρτάται», με τα ευρήματα που το κρίνουν. Ένα θέμα περιορίζει τον κατάλογο: χειρουργική, ήπαρ, μεταμόσχευση, φάρμακα, ανάλογα, χημειοθεραπεία, στοχευμένα, τοπικές, ραδιονουκλίδια, ακτινοθεραπεία, υποστηρικτικά."
      )
    ],
    examples: [
      Example(
        Words("recommend", "σύσταση"), Words("all advice", "όλες οι συστάσεις"),
        after: "patient 54F, insulinoma 14 mm in the tail, clearly localised, near the surface"),
      Example(
        Words("recommend surgery", "σύσταση χειρουργική"), Words("only surgery", "μόνο η χειρουργική"),
        after: "patient 61M, gastrinoma, MEN1, 25 mm"),
    ], completes: .choices { state, world in Topic.choices(state.language, world.guideline) }
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let patient = try invocation.requirePatient()
    var topic: String?
    if invocation.hasArgument {
      topic = Topic.named(invocation.argumentKey)
      if topic == nil {
        var error = Topic.unknown(invocation.argument)
        error.source = invocation.line
        error.span = invocation.tokens[invocation.first].span
        throw error
      }
    }
    let guideline = invocation.guideline
    let evaluation = guideline.evaluate(guideline.inference.known(patient), given: patient.given)
    let text = AdviceText(invocation)
    let advice = Advice(text, evaluation, topic: topic)
    var state = invocation.state
    state.listed = advice.lines.map { $0.rules[0].id }
    let report = Report(blocks: AdviceBlocks(advice).blocks) { [topic] in
      let live = evaluation.live.filter {
        !guideline.rules[$0.rule].isRemark && guideline.rules[$0.rule].isOn(topic)
      }
      let ask = advice.askNext.map { finding, numbers in
        JSON.fields([
          ("finding", .string(guideline.vocabulary.findings[finding].id)),
          ("decides", .strings(numbers.map { advice.lines[$0 - 1].rules[0].id })),
        ])
      }
      let silent = advice.thresholds.map { threshold in
        JSON.fields([
          ("finding", .string(guideline.vocabulary.findings[threshold.finding].id)), ("above", .strings(threshold.above.map(\.id))),
          ("below", .strings(threshold.below.map(\.id))),
        ])
      }
      return [
        ("topic", topic.map { .string($0) }), ("advice", .array(live.map { text.json($0) })), ("ask", .array(ask)),
        ("remarks", advice.standingAlone.isEmpty ? nil : .strings(advice.standingAlone.map(\.id))),
        ("not_covered", silent.isEmpty ? nil : .array(silent)),
      ]
    }
    return Outcome(.state(state), report, canonical: "recommend" + (topic.map { " " + $0 } ?? ""))
  }
}
