import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let note = Command(
    "note", greek: "σημείωμα", aliases: ["σημείωση", "σημείωσε"], kind: .change, role: .closed, group: .patients,
    takes: [.value("TEXT", "ΚΕΙΜΕΝΟ", .findings)],
    summary: Words("read a case note: what is stated, and what is only noted", "ανάγνωση σημειώματος: τι δηλώνεται και τι μόνο σημειώνεται"),
    details: [
      Words(
        "Each sentence is read as set reads it, up to 10,000 characters, and all of it is one change of the patient in use, or of a new one. What has two readings is kept as a note, and its readings are listed. islet note FILE reads a file.",
        "Κάθε πρόταση διαβάζεται όπως με την εντολή όρισε, έως 10.000 χαρακτήρες, και όλες μαζί είναι μία αλλαγή του ασθενούς ή ενός νέου. Ό,τι έχει δύο αναγνώσεις κρατιέται ως σημείωση, και οι αναγνώσεις του παρατίθενται. Το islet note ΑΡΧΕΙΟ διαβάζει αρχείο."
      )
    ],
    examples: [
      Example(
        Words(
          "note \"54-year-old woman. Insulinoma of 14 mm in the tail. No liver metastases. Her father has diabetes.\"",
          "σημείωμα \"Γυναίκα 54 ετών. Ινσουλίνωμα 14 χιλ. στην ουρά. Χωρίς ηπατικές μεταστάσεις. Ο πατέρας της έχει διαβήτη.\""),
        Words("a case note", "ένα σημείωμα"), gives: Words("54 F", "54 Γ"))
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let first = invocation.tokens[invocation.first]
    let isQuoted = first.kind == .quoted && invocation.tokens.count == invocation.first + 1
    let text = isQuoted ? first.text : invocation.argument
    return try NoteReading(text, invocation).outcome()
  }
}

/// A case note as it was read.
private struct NoteReading {
  let text: String
  let invocation: Invocation
  let reading: FindingsReading

  private var vocabulary: Vocabulary { invocation.vocabulary }
  private var language: Language { invocation.language }

  init(_ text: String, _ invocation: Invocation) throws(Diagnostic) {
    self.text = text
    self.invocation = invocation
    reading = try PhraseReader.read(invocation.vocabulary, text, isProse: true)
  }

  /// The stretches that have two readings; they are kept word for word.
  private var asked: [(stretch: NotedStretch, readings: [String])] {
    reading.questions.map { question in
      let part = String(decoding: Array(text.utf8)[question.span], as: UTF8.self).replacing("\n", with: " ").replacing("\"", with: "'")
      return (
        NotedStretch(note: Note(part, .uncertain), span: question.span, term: nil),
        question.readings.map { Printer.items($0, vocabulary) }
      )
    }
  }

  func outcome() throws(Diagnostic) -> Outcome {
    let asked = asked
    let items = (reading.items + asked.map { .noted($0.stretch) }).sorted { $0.span.lowerBound < $1.span.lowerBound }
    guard !items.isEmpty else { throw Diagnostic.nothingStated(0..<text.utf8.count).on(text) }
    var state = invocation.state
    let isNew = state.patient == nil
    let before = state.patient ?? Patient(name: Command.newName(state, language))
    // In the order of the text, as the canonical line has them, so that a recording of it tells the same course.
    let statements = items.compactMap { if case .statement(let statement) = $0 { statement } else { nil } }
    let (stated, replaced) = try before.applying(statements, invocation.guideline, line: text)
    let patient = stated.noting(items.compactMap { if case .noted(let stretch) = $0 { stretch.note } else { nil } })
    if isNew { state.add(patient) } else { state.replace(patient) }
    state.listed = []
    let summary = try PatientSummary(patient: patient, guideline: invocation.guideline, language: language)
    let data: [(String, JSON?)] = [
      ("patient_state", summary.json), ("stated", .strings(statements.map { Printer.statement($0.finding, $0.possible, vocabulary) })),
      ("noted", .array(items.compactMap { if case .noted(let stretch) = $0 { stretch.note.json } else { nil } })),
      ("asked", asked.isEmpty ? nil : .array(asked.map { .fields([("text", .string($0.stretch.note.text)), ("readings", .strings($0.readings))]) })),
      ("replaced", replaced.isEmpty ? nil : .strings(replaced.map { Printer.statement($0.finding, $0.was, vocabulary) })),
    ]
    // A name that was given here is told, since another language would give another.
    let verb = isNew ? "patient \(Command.quoted(patient.name)) " : "note "
    return Outcome(
      .state(state), Report(data: data, blocks: blocks(patient, summary, asked, replaced)), canonical: verb + Printer.items(items, vocabulary))
  }

  private func blocks(
    _ patient: Patient, _ summary: PatientSummary, _ asked: [(stretch: NotedStretch, readings: [String])], _ replaced: [(finding: Int, was: Possible)]
  ) -> [Block] {
    var blocks: [Block] = [.paragraph(marked(asked.map(\.stretch.span)))]
    blocks.append(.notice(Words("[read]  {noted}  <asked>", "[διαβάστηκε]  {σημειώθηκε}  <ερωτάται>")[language]))
    blocks.append(.paragraph(patient.name + "   " + summary.line))
    let rows = reading.statements.map { statement in
      let was = replaced.first { $0.finding == statement.finding }
      let detail = was.map { Words("was: ", "πριν: ")[language] + vocabulary.describe($0.finding, $0.was)[language] } ?? ""
      return Row(vocabulary.describe(statement.finding, statement.possible)[language], detail: detail)
    }
    if !rows.isEmpty { blocks += [.heading(Words("Read", "Διαβάστηκαν")[language]), .rows(rows)] }
    if !reading.notes.isEmpty {
      blocks.append(.heading(Words("Noted; no advice rests on it", "Σημειώθηκαν· δεν βασίζεται σύσταση σε αυτά")[language]))
      blocks += reading.notices(vocabulary, language)
    }
    if !asked.isEmpty {
      blocks.append(.heading(Words("Asked: settle each with set", "Ερωτώνται: διευκρινίστε με την εντολή όρισε")[language]))
      blocks.append(
        .rows(asked.map { Row("“\($0.stretch.note.text)”", detail: $0.readings.map { $0.isEmpty ? "–" : $0 }.joined(separator: " | ")) }))
    }
    for notice in invocation.guideline.inference.notices(patient.stated) { blocks.append(.notice(notice.text.text(language))) }
    return blocks
  }

  /// The text with its stretches in brackets.
  private func marked(_ asked: [Range<Int>]) -> String {
    var marks: [(span: Range<Int>, open: String, close: String)] = asked.map { ($0, "<", ">") }
    for item in reading.items {
      switch item {
      case .statement: marks.append((item.span, "[", "]"))
      case .noted: marks.append((item.span, "{", "}"))
      }
    }
    marks.sort { ($0.span.lowerBound, -$0.span.upperBound) < ($1.span.lowerBound, -$1.span.upperBound) }
    let bytes = Array(text.utf8)
    var result = ""
    var at = 0
    for mark in marks where mark.span.lowerBound >= at {
      result += String(decoding: bytes[at..<mark.span.lowerBound], as: UTF8.self)
      result += mark.open + String(decoding: bytes[mark.span], as: UTF8.self) + mark.close
      at = mark.span.upperBound
    }
    return (result + String(decoding: bytes[at...], as: UTF8.self)).replacing("\n", with: " ")
  }
}
