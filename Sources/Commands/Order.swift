import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let order = Command(
    "order", greek: "ζήτησε", aliases: ["παράγγειλε", "παραγγείλετε", "ζητήστε", "request", "book", "send for"], kind: .change, role: .deed, group: .treating,
    takes: [.value("TEST", "ΕΞΕΤΑΣΗ", .tests)],
    summary: Words("order a test, and see which findings it can show", "αίτημα για εξέταση, και ποια ευρήματα μπορεί να δείξει"),
    details: [
      Words(
        "Outside a case a test reveals nothing, because there is no truth to reveal: enter what it found with set. Which test shows what is background; the guideline's text has no such list.",
        "Έξω από ένα περιστατικό η εξέταση δεν αποκαλύπτει τίποτα, γιατί δεν υπάρχει αλήθεια να αποκαλυφθεί: γράψτε τα ευρήματα με την εντολή όρισε. Το ποια εξέταση δείχνει τι είναι εκτός κειμένου."
      )
    ],
    examples: [
      Example(
        Words("order CT", "ζήτησε αξονική τομογραφία"), Words("what it can show", "τι μπορεί να δείξει"), gives: Words("metastases", "μεταστάσεις"),
        after: "patient 54F, insulinoma")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let patient = try invocation.requirePatient()
    try patient.checkRoom()
    let vocabulary = invocation.vocabulary
    let language = invocation.language
    var test = try vocabulary.tests.named(invocation.argumentKey)
    var subject = vocabulary.therapies(named: invocation.argumentKey).first { $0.kind == .test }
    if test == nil, subject == nil {
      var reader = TreatmentReader(
        vocabulary, try vocabulary.doseWords, invocation.line, tokens: invocation.tokens, from: invocation.first)
      guard let (name, words) = try reader.place("order") else { throw try unknownTest(invocation) }
      guard let id = name.ids.first else { return try OutsideOrder(act: "order", name: name, words: words).outcome(invocation) }
      test = try vocabulary.tests.id(id)
      subject = vocabulary.therapy(id: id)
    }
    guard let id = test?.id ?? subject?.id, let name = test?.name ?? subject?.name else { throw try unknownTest(invocation) }
    let after = patient.recording(.ordered(id))
    var state = invocation.state
    state.replace(after)
    let text = AdviceText(invocation)
    let time = CourseText(text: text, patient: after)
    var blocks: [Block] = [.paragraph("\(patient.name)   \(time.date(after.day))   " + Words("ordered: ", "ζητήθηκε: ")[language] + name[language])]
    var reveals: [Int] = []
    if let test {
      reveals = test.reveals.compactMap { vocabulary.finding(id: $0)?.index }
      let rows = reveals.map { finding -> Row in
        let stated = patient.stated[finding]
        return Row(
          vocabulary.findings[finding].name[language], mark: stated == nil ? "?" : "✓",
          detail: stated.map { vocabulary.describe(finding, $0)[language] } ?? "")
      }
      blocks += [
        .heading(Words("It can show (background)", "Μπορεί να δείξει (εκτός κειμένου)")[language]), .rows(rows),
        .notice(
          Words(
            "No result is made up. Enter what it found with set, for example: set \(example(reveals, vocabulary).english)",
            "Κανένα αποτέλεσμα δεν επινοείται. Γράψτε τι βρέθηκε με την εντολή όρισε, για παράδειγμα: όρισε \(example(reveals, vocabulary).greek)")[language]),
      ]
    }
    var data: [(String, JSON?)] = [
      ("test", .string(id)), ("day", .integer(after.day)), ("reveals", .strings(reveals.map { vocabulary.findings[$0].id })),
      ("open", .strings(reveals.filter { patient.stated[$0] == nil }.map { vocabulary.findings[$0].id })),
    ]
    if let subject {
      let advice = try TherapyAdvice(text, subject, before: patient, after: after)
      blocks += try advice.blocks
      data += advice.json.filter { ["standing", "lead", "status", "advice"].contains($0.0) }
    }
    return Outcome(.state(state), Report(data: data, blocks: blocks), canonical: "order " + id)
  }

  /// The first finding with a value, as it would be set.
  private static func example(_ findings: [Int], _ vocabulary: Vocabulary) -> Words {
    for index in findings {
      if let value = vocabulary.findings[index].values.first { return value.shown }
    }
    return findings.first.map { vocabulary.findings[$0].name } ?? Words(same: "…")
  }

  private static func unknownTest(_ invocation: Invocation) throws(Diagnostic) -> Diagnostic {
    let vocabulary = invocation.vocabulary
    let list = Words.joined(try vocabulary.tests.map(\.name), by: ", ")
    var help = [Words("Tests: \(list.english)", "Εξετάσεις: \(list.greek)")]
    let therapy = vocabulary.therapies(named: invocation.argumentKey).first
    if let therapy {
      help.insert(
        Words(
          "\(therapy.name.english) isn't a test: give, perform or arrange it.",
          "Το «\(therapy.name.greek)» δεν είναι εξέταση: γράψτε δώσε, εκτέλεσε ή οργάνωσε."), at: 0)
    }
    let error = Diagnostic(
      "test.unknown",
      Words("islet doesn't recognise “\(invocation.argument)” as a test.", "Το islet δεν γνωρίζει εξέταση «\(invocation.argument)»."),
      help: help, source: invocation.line,
      span: invocation.tokens[invocation.first].span.lowerBound..<invocation.tokens[invocation.tokens.count - 1].span.upperBound)
    return therapy == nil ? error.because(.unknownName) : error
  }
}
