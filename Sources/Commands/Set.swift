import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let set = Command(
    "set", greek: "όρισε", aliases: ["ορισμός"], kind: .change, role: .closed, group: .patients,
    takes: [.value("FINDINGS", "ΕΥΡΗΜΑΤΑ", .findings)],
    summary: Words("state findings of the patient in use", "δήλωση ευρημάτων του ασθενούς"),
    details: [
      Words(
        "A finding stated before is replaced, and the answer says what it was.",
        "Εύρημα που είχε δηλωθεί αντικαθίσταται, και η απάντηση λέει τι ήταν.")
    ],
    examples: [
      Example(
        Words("set SSTR2 negative, Ki-67 3%", "όρισε SSTR2 αρνητικός, Ki-67 3%"), Words("two findings", "δύο ευρήματα"),
        gives: Words("SSTR2 negative", "SSTR2 αρνητικός"),
        after: "patient 54F, insulinoma"),
      Example(
        Words("set liver mets bilobar", "όρισε ηπατικές μεταστάσεις αμφίλοβες"), Words("a value", "μία τιμή"), gives: Words("both lobes", "δύο λοβούς"),
        after: "patient 54F, insulinoma"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let patient = try invocation.requirePatient()
    let reader = invocation.phrases
    let reading = try reader.reading().said(of: invocation.state.patient).checked(invocation)
    let statements = reading.statements
    let (stated, replaced) = try patient.applying(statements, invocation.guideline, line: invocation.line)
    let changed = stated.noting(reading.notes.map(\.note))
    var state = invocation.state
    state.replace(changed)
    let vocabulary = invocation.vocabulary
    let language = invocation.language
    let rows = statements.map { statement -> Row in
      let was = replaced.first { $0.finding == statement.finding }
      let detail = was.map { Words("was: ", "πριν: ")[language] + vocabulary.describe($0.finding, $0.was)[language] } ?? ""
      return Row(vocabulary.describe(statement.finding, statement.possible)[language], detail: detail)
    }
    var report = Report(
      data: [
        ("set", .strings(statements.map { Printer.statement($0.finding, $0.possible, vocabulary) })),
        (
          "replaced",
          .strings(replaced.map { Printer.statement($0.finding, $0.was, vocabulary) })
        ), reading.noted,
      ], blocks: [.paragraph(changed.name)] + (rows.isEmpty ? [] : [.rows(rows)]))
    report.blocks += reading.notices(vocabulary, language)
    for notice in invocation.guideline.inference.notices(changed.stated) {
      report.blocks.append(.notice(notice.text.text(language)))
    }
    return Outcome(.state(state), report, canonical: "set " + Printer.items(reading.items, vocabulary))
  }
}
