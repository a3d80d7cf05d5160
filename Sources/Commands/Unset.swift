import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let unset = Command(
    "unset", greek: "αναίρεσε", kind: .change, role: .closed, group: .patients,
    takes: [.value("FINDING, …", "ΕΥΡΗΜΑ, …", .statedFindings)],
    summary: Words("take a stated finding back to unknown", "επαναφορά ευρήματος σε άγνωστο"),
    examples: [
      Example(
        Words("unset size", "αναίρεσε μέγεθος"), Words("the size is unknown again", "το μέγεθος είναι ξανά άγνωστο"), gives: Words("size", "μέγεθος"),
        after: "patient 54F, insulinoma 14 mm")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    var patient = try invocation.requirePatient()
    if invocation.hasArgument, invocation.tokens[invocation.first].kind == .quoted {
      return try withoutNote(patient, invocation)
    }
    var reader = invocation.phrases
    let names = try reader.findingNames()
    let vocabulary = invocation.vocabulary
    for (finding, span) in names where patient.stated[finding] == nil {
      let words = vocabulary.findings[finding].name
      throw Diagnostic(
        "finding.not-stated",
        Words(
          "\(words.english) is not stated, so there is nothing to take back.",
          "Το εύρημα «\(words.greek)» δεν έχει δηλωθεί, οπότε δεν υπάρχει κάτι να αναιρεθεί."
        ),
        help: [Words("show lists what is stated.", "Η εντολή δείξε παραθέτει ό,τι δηλώθηκε.")], source: invocation.line,
        span: span, finding: vocabulary.findings[finding].id)
    }
    for (finding, _) in names { patient = patient.setting(finding, to: nil) }
    var state = invocation.state
    state.replace(patient)
    let list = names.map { vocabulary.findings[$0.finding].name[invocation.language] }.joined(separator: ", ")
    let ids = names.map { vocabulary.findings[$0.finding].id }
    return Outcome(
      .state(state),
      Report(
        data: [("unset", .strings(ids))],
        blocks: [.paragraph(patient.name), .rows([Row(Words("not known: \(list)", "άγνωστο: \(list)")[invocation.language])])]),
      canonical: "unset " + ids.joined(separator: ", "))
  }

  /// Takes back a note, by its words in quotes.
  private static func withoutNote(_ patient: Patient, _ invocation: Invocation) throws(Diagnostic) -> Outcome {
    let token = invocation.tokens[invocation.first]
    guard invocation.tokens.count == invocation.first + 1, let without = patient.withoutNote(token.text) else {
      throw Diagnostic(
        "note.not-noted",
        Words("“\(token.text)” is not noted, so there is nothing to take back.", "Το «\(token.text)» δεν έχει σημειωθεί, οπότε δεν υπάρχει κάτι να αναιρεθεί."),
        help: [
          Words(
            "show lists what is noted; a note is taken back by its words in quotes.",
            "Η εντολή δείξε παραθέτει τις σημειώσεις· μια σημείωση αναιρείται με τα λόγια της σε εισαγωγικά.")
        ], source: invocation.line, span: token.span)
    }
    var state = invocation.state
    state.replace(without)
    return Outcome(
      .state(state),
      Report(
        data: [("unset_note", .string(token.text))],
        blocks: [
          .paragraph(patient.name),
          .rows([Row(Words("no longer noted: \(token.text)", "δεν σημειώνεται πλέον: \(token.text)")[invocation.language])]),
        ]),
      canonical: "unset \"\(token.text)\"")
  }
}
