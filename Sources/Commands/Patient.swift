import Grammar
import Guideline
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let patient = Command(
    "patient", greek: "ασθενής", kind: .change, role: .closed, group: .patients,
    takes: [.value("[NAME] FINDINGS", "[ΟΝΟΜΑ] ΕΥΡΗΜΑΤΑ", .findings)],
    summary: Words("describe a hypothetical patient and use it", "περιγραφή υποθετικού ασθενούς"),
    details: [
      Words(
        "Findings come in any order, separated by commas, as a clinician writes them. What isn't said is unknown, not absent. Without a name the patient is called Patient 1, 2 and so on. Day 0 is 2012-01-01 unless a date follows the name: from 2013-05-01.",
        "Τα ευρήματα γράφονται με οποιαδήποτε σειρά, χωρισμένα με κόμμα, όπως τα γράφει ένας κλινικός. Ό,τι δεν αναφέρεται είναι άγνωστο, όχι απόν. Χωρίς όνομα ο ασθενής λέγεται Ασθενής 1, 2 και ούτω καθεξής. Η ημέρα 0 είναι 2012-01-01, εκτός αν μετά το όνομα δοθεί ημερομηνία: από 2013-05-01."
      )
    ],
    examples: [
      Example(
        Words("patient Maria 54F, insulinoma 14 mm in the tail", "ασθενής Μαρία, γυναίκα 54 ετών, ινσουλίνωμα 14 mm στην ουρά"),
        Words("a patient with a name", "ασθενής με όνομα"), gives: Words("pancreas, tail", "πάγκρεας, ουρά")),
      Example(
        Words("patient 61M, gastrinoma, MEN1, 25 mm", "ασθενής άνδρας 61 ετών, γαστρίνωμα, MEN1, 25 mm"),
        Words("one without", "ασθενής χωρίς όνομα"), gives: Words("61 M", "61 Α")),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    var reader = invocation.phrases
    var name: String?
    let first = invocation.tokens[invocation.first]
    if first.kind == .quoted {
      try PatientName.check(first.text, first.span, invocation.line)
      name = first.text
      reader.position += 1
    } else if let word = try namedWord(invocation) {
      name = word.name
      reader.position += word.length
    }
    if name != nil { try refuseBirth(behind: reader.position, invocation) }
    let start = try startDate(&reader, invocation)
    let bare = reader.atEnd && (name != nil || start != nil)
    let reading = bare ? FindingsReading() : try reader.reading().checked(invocation)
    let statements = reading.statements
    let title = name ?? newName(invocation.state, invocation.language)
    guard invocation.state.roster.place(of: title) == nil else {
      throw Diagnostic(
        "patient.exists", Words("There is already a patient \(title).", "Υπάρχει ήδη ασθενής \(title)."),
        help: [
          Words(
            "Type set to add findings, use to go back to it, or choose another name.",
            "Γράψτε όρισε για νέα ευρήματα, χρήση για επιστροφή σε αυτόν, ή δώστε άλλο όνομα."),
          Words(
            "To load or replay the same session again, type forget all first.",
            "Για νέα φόρτωση ή αναπαραγωγή της ίδιας συνεδρίας, γράψτε πρώτα ξέχνα όλα."),
        ],
        source: invocation.line, span: first.span)
    }
    let (stated, _) = try Patient(name: title, start: start ?? Patient.usualStart).applying(statements, invocation.guideline, line: invocation.line)
    let patient = stated.noting(reading.notes.map(\.note))
    var state = invocation.state
    state.add(patient)
    state.listed = []
    let summary = try PatientSummary(patient: patient, guideline: invocation.guideline, language: invocation.language)
    var report = Report(data: [("patient_state", summary.json), reading.noted], blocks: [.paragraph(patient.name + "   " + summary.line)])
    report.blocks += reading.notices(invocation.vocabulary, invocation.language)
    for notice in invocation.guideline.inference.notices(patient.stated) {
      report.blocks.append(.notice(notice.text.text(invocation.language)))
    }
    let findings = Printer.items(reading.items, invocation.vocabulary)
    return Outcome(
      .state(state), report,
      canonical: "patient \"\(title)\"" + (start.map { " from \($0)" } ?? "") + (findings.isEmpty ? "" : " " + findings))
  }

  /// A date right behind a name is taken for a real person's date of birth.
  private static func refuseBirth(behind position: Int, _ invocation: Invocation) throws(Diagnostic) {
    let tokens = invocation.tokens
    guard let first = tokens[min(position, tokens.count)...].first(where: { !$0.isSymbol(",") && !$0.isSymbol(":") }), first.kind == .number
    else { return }
    let rest = String(decoding: Array(invocation.line.utf8)[first.span.lowerBound...], as: UTF8.self)
    let words = rest.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    // 1.1.70, or 12 March 1970.
    let isWritten = words.count > 2 && words[1].allSatisfy(\.isLetter)
    let dates = [words.prefix(1).joined(), isWritten ? words.prefix(3).joined(separator: " ") : ""]
    guard dates.contains(where: { PersonalData.kind(in: $0, .name) == .birth }) else { return }
    if let real = Diagnostic.personalData(in: rest, .name, span: first.span.lowerBound..<invocation.line.utf8.count) { throw real }
  }

  /// `from 2013-05-01`: the date of day 0; nil when none is given.
  private static func startDate(_ reader: inout PhraseReader, _ invocation: Invocation) throws(Diagnostic) -> CalendarDate? {
    let tokens = invocation.tokens
    let place = reader.position
    guard place + 1 < tokens.count, [FoldedKey("from"), FoldedKey("από")].contains(tokens[place].key), tokens[place + 1].kind == .number,
      tokens[place + 1].text.count == 4
    else { return nil }
    var end = place + 1
    var text = ""
    while end < min(place + 6, tokens.count), tokens[end].kind == .number || tokens[end].isSymbol("-") {
      text += tokens[end].text
      end += 1
    }
    guard let date = CalendarDate(text) else {
      throw Diagnostic(
        "patient.start", Words("“\(text)” isn't a date.", "Το «\(text)» δεν είναι ημερομηνία."),
        help: [Words("Write it as 2013-05-01, from 1900 to 2200.", "Γράψτε την ως 2013-05-01, από το 1900 έως το 2200.")],
        source: invocation.line, span: tokens[place + 1].span.lowerBound..<tokens[end - 1].span.upperBound)
    }
    reader.position = end
    return date
  }

  /// The first word, when it is a name: it has a capital, islet doesn't know it, and an age, a sex, a comma, a colon or
  /// nothing stands behind it.
  private static func namedWord(_ invocation: Invocation) throws(Diagnostic) -> (name: String, length: Int)? {
    let tokens = invocation.tokens
    let first = tokens[invocation.first]
    guard first.kind == .word, first.text.first?.isUppercase == true else { return nil }
    var end = invocation.first
    while end + 1 < tokens.count, tokens[end + 1].span.lowerBound == tokens[end].span.upperBound, tokens[end + 1].kind != .quoted,
      !tokens[end + 1].isSymbol(","), !tokens[end + 1].isSymbol(":")
    {
      end += 1
    }
    guard invocation.phrases.startsName(upTo: end) else { return nil }
    let span = first.span.lowerBound..<tokens[end].span.upperBound
    let name = String(decoding: Array(invocation.line.utf8)[span], as: UTF8.self)
    let length = Folding.key(name).unicodeScalars.count
    let near = invocation.vocabulary.suggestions(for: Folding.key(name), within: 1)
    if let finding = near.first, length > 3 {
      var error = Diagnostic(
        "patient.name-or-finding",
        Words(
          "“\(name)” may be a name, or a slip for “\(finding.english)”.",
          "Το «\(name)» μπορεί να είναι όνομα ή λάθος γραφή του «\(finding.greek)»."),
        help: [
          Words("As a name: patient \"\(name)\" …", "Ως όνομα: ασθενής \"\(name)\" …"),
          Words("As a finding: patient \(finding.english), …", "Ως εύρημα: ασθενής \(finding.greek), …"),
        ], source: invocation.line, span: span, finding: nil)
      let rest = String(decoding: Array(invocation.line.utf8)[span.upperBound...], as: UTF8.self)
      error.readings = ["\"\(name)\"\(rest)", finding[invocation.language] + rest]
      error.readingsStart = span.lowerBound
      throw error
    }
    try PatientName.check(name, span, invocation.line)
    return (name, end - invocation.first + 1)
  }

  /// `Patient 1`, `Patient 2`: the first that is free.
  static func newName(_ state: State, _ language: Language) -> String {
    let word = Words("Patient", "Ασθενής")[language]
    var number = state.patients.count + 1
    while state.roster.place(of: "\(word) \(number)") != nil { number += 1 }
    return "\(word) \(number)"
  }
}
