import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Wording

extension Command {
  static let useWitness = Command(
    "use witness", greek: "χρήση παραδείγματος", aliases: ["witness", "παράδειγμα"], kind: .change, group: .patients,
    form: Words("use witness NUMBER", "χρήση παραδείγματος ΑΡΙΘΜΟΣ"),
    summary: Words("make the patient that audit shows under a number", "ο ασθενής που δείχνει η επιθεώρηση με έναν αριθμό"),
    examples: [
      Example(
        Words("use witness 1", "χρήση παραδείγματος 1"), Words("the first patient of the audit", "ο πρώτος ασθενής της επιθεώρησης"), after: "audit")
    ],
    completes: .choices { state, _ in
      state.listed.enumerated().filter { Witnesses.findings($0.element) != nil }.map { CompletionCandidate("\($0.offset + 1)", "") }
    }
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    guard invocation.hasArgument else { throw invocation.incomplete }
    let first = invocation.tokens[invocation.first]
    var name: String
    let statements: [Statement]
    if first.kind == .quoted {
      try PatientName.check(first.text, first.span, invocation.line)
      name = first.text
      var reader = invocation.phrases
      reader.position += 1
      statements = reader.atEnd ? [] : try reader.statements()
    } else {
      guard first.kind == .number, invocation.tokens.count == invocation.first + 1, let number = Int(first.text), number >= 1,
        number <= invocation.state.listed.count, let findings = Witnesses.findings(invocation.state.listed[number - 1])
      else { throw Witnesses.unknown(invocation) }
      name = Words("Witness \(number)", "Παράδειγμα \(number)")[invocation.language]
      var again = 2
      while invocation.state.roster.place(of: name) != nil {
        name = Words("Witness \(number) again \(again)", "Παράδειγμα \(number) ξανά \(again)")[invocation.language]
        again += 1
      }
      var reader = PhraseReader(invocation.vocabulary, findings, tokens: try Lexer.tokens(findings))
      statements = findings.isEmpty ? [] : try reader.statements()
    }
    guard invocation.state.roster.place(of: name) == nil else {
      throw Diagnostic(
        "patient.exists", Words("There is already a patient \(name).", "Υπάρχει ήδη ασθενής \(name)."),
        help: [Words("Say use \"\(name)\" to go back to it.", "Γράψτε χρήση \"\(name)\" για επιστροφή σε αυτόν.")], source: invocation.line, span: first.span)
    }
    let (patient, _) = try Patient(name: name).applying(statements, invocation.guideline, line: invocation.line)
    var state = invocation.state
    state.add(patient)
    let summary = PatientSummary(patient: patient, guideline: invocation.guideline, language: invocation.language)
    let findings = Printer.statements(statements, invocation.vocabulary)
    return Outcome(
      .state(state), Report(data: [("patient_state", summary.json)], blocks: [.paragraph(patient.name + "   " + summary.line)]),
      canonical: "use witness \"\(name)\"" + (findings.isEmpty ? "" : " " + findings))
  }
}

/// Patients that a list shows, as the state keeps them.
enum Witnesses {
  private static let mark = "witness:"

  static func listed(_ findings: String) -> String { mark + findings }

  /// The canonical findings of an entry of the last list; nil when it is no witness.
  static func findings(_ entry: String) -> String? { entry.hasPrefix(mark) ? String(entry.dropFirst(mark.count)) : nil }

  static func unknown(_ invocation: Invocation) -> Diagnostic {
    Diagnostic(
      "witness.number",
      Words("There is no witness “\(invocation.argument)” in the last list.", "Δεν υπάρχει παράδειγμα «\(invocation.argument)» στον τελευταίο κατάλογο."),
      help: [
        Words(
          "Type audit or audit coverage for a list, then use witness and a number of it.",
          "Γράψτε επιθεώρηση ή επιθεώρηση κάλυψης για κατάλογο, και μετά χρήση παραδείγματος με έναν αριθμό του.")
      ], source: invocation.line, span: Naming.span(invocation))
  }
}
