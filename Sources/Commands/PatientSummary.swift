import Grammar
import Guideline
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

/// A patient in one line and in full.
struct PatientSummary {
  let patient: Patient
  let guideline: Guideline
  let language: Language
  /// The findings that were stated before an act that may have changed them.
  private let before: [Int: ChangingAct]

  init(patient: Patient, guideline: Guideline, language: Language) throws(Diagnostic) {
    self.patient = patient
    self.guideline = guideline
    self.language = language
    before = try guideline.fromBefore(patient)
  }

  private var vocabulary: Vocabulary { guideline.vocabulary }

  /// `54 F · insulinoma · 14 mm · pancreas, tail`
  var line: String {
    let stated = patient.statedFindings
    var parts: [String] = []
    var shown: [Int] = []
    func take(_ id: String) -> String? {
      guard let finding = vocabulary.finding(id: id) else { return nil }
      var value = patient.stated[finding.index]
      // The site follows from the part of the pancreas.
      if value?.isSettled != true, id == "site", guideline.inference.bears(patient.stated, on: finding.index) {
        let known = guideline.inference.known(patient)
        if known.origin[finding.index] != .unstated { value = known[finding.index] }
      }
      guard let value else { return nil }
      shown.append(finding.index)
      return vocabulary.describe(finding.index, value)[language]
    }
    var person: [String] = []
    if let age = vocabulary.finding(id: "age"), case .numbers(let years)? = patient.stated[age.index], let value = years.single {
      person.append("\(value)")
      shown.append(age.index)
    }
    if let sex = vocabulary.finding(id: "sex"), let value = patient.stated[sex.index]?.value {
      let letter = sex.values[value].id == "female" ? Words("F", "Γ") : Words("M", "Α")
      person.append(letter[language])
      shown.append(sex.index)
    }
    if !person.isEmpty { parts.append(person.joined(separator: " ")) }
    if let text = take("syndrome") { parts.append(text) }
    if let text = take("size") { parts.append(text) }
    let place = [take("site"), take("location")].compactMap { $0 }
    if !place.isEmpty { parts.append(place.joined(separator: ", ")) }
    for finding in stated where !shown.contains(finding) {
      parts.append(vocabulary.describe(finding, patient.stated[finding])[language])
    }
    return parts.joined(separator: " · ")
  }

  /// The row of a list of patients.
  func row(number: Int? = nil, mark: String = "") -> Row { Row(patient.name + "   " + line, number: number, mark: mark) }

  /// Stated and derived findings as data.
  var json: JSON {
    let known = guideline.inference.known(patient)
    var stated: [JSON.Field] = []
    var derived: [JSON.Field] = []
    for finding in vocabulary.findings {
      switch known.origin[finding.index] {
      case .unstated: break
      case .stated:
        stated.append(.init(finding.id, .string(Printer.statement(finding.index, known[finding.index], vocabulary))))
      case .derived:
        if let said = patient.stated[finding.index] { stated.append(.init(finding.id, .string(Printer.statement(finding.index, said, vocabulary)))) }
        derived.append(.init(finding.id, .string(Printer.statement(finding.index, known[finding.index], vocabulary))))
      }
    }
    let drugs = patient.current.values.sorted { $0.therapy < $1.therapy }
    return .fields([
      ("name", .string(patient.name)), ("stated", .object(stated)), ("derived", .object(derived)),
      ("from_before", before.json(vocabulary)),
      ("noted", patient.noted.isEmpty ? nil : .array(patient.noted.map(\.json))),
      ("day", patient.day > 0 ? .integer(patient.day) : nil), ("on", drugs.isEmpty ? nil : .array(drugs.map(\.json))),
    ])
  }

  /// All that is stated and all that follows, a row each.
  var blocks: [Block] {
    let known = guideline.inference.known(patient)
    var stated: [Row] = []
    var derived: [Row] = []
    for finding in vocabulary.findings {
      let text = vocabulary.describe(finding.index, known[finding.index])[language]
      switch known.origin[finding.index] {
      case .unstated: break
      case .stated:
        stated.append(Row(text, detail: before[finding.index]?.words(vocabulary)[language] ?? ""))
      case .derived(let background):
        if let said = patient.stated[finding.index] {
          stated.append(Row(vocabulary.describe(finding.index, said)[language]))
        }
        let from = known.sources[finding.index] ?? []
        let names = from.map { vocabulary.findings[$0].name[language] }.joined(separator: ", ")
        var note = Words("from \(names)", "από: \(names)")[language]
        if let scale = vocabulary.scales.first(where: { $0.finding == finding.index }), from.count == 1,
          vocabulary.scales.contains(where: { $0.from == from[0] && $0.finding == scale.finding })
        {
          note = Words("from \(names) alone", "μόνο από: \(names)")[language]
        }
        if background { note += Words(" · background", " · εκτός κειμένου")[language] }
        derived.append(Row(text, detail: note))
      }
    }
    var blocks: [Block] = [.paragraph(patient.name + "   " + line)]
    if !stated.isEmpty { blocks += [.heading(Words("Stated", "Δηλώθηκαν")[language]), .rows(stated)] }
    if !derived.isEmpty { blocks += [.heading(Words("Derived", "Προκύπτουν")[language]), .rows(derived)] }
    if !patient.noted.isEmpty {
      blocks += [
        .heading(Words("Noted; no advice rests on it", "Σημειώθηκαν· δεν βασίζεται σύσταση σε αυτά")[language]),
        .rows(patient.noted.map { Row($0.text, detail: $0.reason.shown[language]) }),
      ]
    }
    let drugs = patient.current.values.sorted { $0.therapy < $1.therapy }.map { regimen -> Row in
      Row(vocabulary.therapy(id: regimen.therapy)?.name[language] ?? regimen.therapy, detail: regimen.dose.written[language])
    }
    if !drugs.isEmpty { blocks += [.heading(Words("On", "Λαμβάνει")[language]), .rows(drugs)] }
    if patient.day > 0 {
      blocks.append(.notice(Words("day \(patient.day), \(patient.today)", "ημέρα \(patient.day), \(patient.today)")[language]))
    }
    for notice in guideline.inference.notices(patient.stated) { blocks.append(.notice(notice.text.text(language))) }
    return blocks
  }
}

extension Patient {
  /// The patient with statements applied. A contradiction with what is stated or follows is an error, and nothing
  /// changes. Returns also what was replaced.
  func applying(_ statements: [Statement], _ guideline: Guideline, line: String) throws(Diagnostic) -> (
    patient: Patient, replaced: [(finding: Int, was: Possible)]
  ) {
    var patient = self
    if events.last?.kind != .learnt || events.last?.day != day { try checkRoom() }
    var replaced: [(finding: Int, was: Possible)] = []
    for statement in statements {
      if let was = stated[statement.finding], was != statement.possible { replaced.append((statement.finding, was)) }
      patient = patient.setting(statement.finding, to: statement.possible)
    }
    if var error = try guideline.contradiction(in: patient) {
      error.source = line
      if let culprit = statements.last(where: { guideline.vocabulary.findings[$0.finding].id == error.finding }) ?? statements.last {
        error.span = culprit.span
      }
      throw error
    }
    return (patient, replaced)
  }
}

/// Names of patients: words, never paths, and never what reads like a real person's record.
enum PatientName {
  static func check(_ name: String, _ span: Range<Int>, _ line: String) throws(Diagnostic) {
    func refuse(_ code: String, _ reason: Words) -> Diagnostic {
      Diagnostic(
        code, reason,
        help: [
          Words(
            "Every patient here is hypothetical: use a made-up first name, or none.",
            "Όλοι οι ασθενείς εδώ είναι υποθετικοί: δώστε ένα επινοημένο μικρό όνομα ή κανένα.")
        ], source: line, span: span)
    }
    if let real = Diagnostic.personalData(in: name, .name, span: span) { throw real.on(line) }
    // What is written between quotes can't hold one.
    if name.isEmpty || name.contains(where: { "/\\\"".contains($0) }) || name.unicodeScalars.count > 60 {
      throw refuse(
        "patient.name", Words("A name is one or a few words, at most 60 characters.", "Το όνομα είναι μία ή λίγες λέξεις, έως 60 χαρακτήρες."))
    }
  }
}
