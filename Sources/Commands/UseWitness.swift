import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Wording

extension Command {
  static let useWitness = Command(
    "use witness", greek: "χρήση παραδείγματος", aliases: ["witness", "παράδειγμα"], kind: .change, role: .closed, group: .patients,
    takes: [.optional("NUMBER", "ΑΡΙΘΜΟΣ", .choices { state, _ in state.witnesses.indices.map { CompletionCandidate("\($0 + 1)", "") } })],
    summary: Words("make the patient that audit shows under a number, or the next one", "ο ασθενής που δείχνει η επιθεώρηση με έναν αριθμό, ή ο επόμενος"),
    details: [
      Words(
        "The patients are those of the last audit or audit coverage. At the prompt one key does it: Ctrl-O makes the next of them, and a number and Ctrl-O that one.",
        "Οι ασθενείς είναι της τελευταίας επιθεώρησης ή επιθεώρησης κάλυψης. Στη γραμμή εντολών αρκεί ένα πλήκτρο: το Ctrl-O φτιάχνει τον επόμενο, και ένας αριθμός με Ctrl-O εκείνον."
      )
    ],
    examples: [
      Example(
        Words("use witness 1", "χρήση παραδείγματος 1"), Words("the first patient of the audit", "ο πρώτος ασθενής της επιθεώρησης"),
        gives: Words("Witness 1", "Παράδειγμα 1"), after: "audit"),
      Example(
        Words("use witness", "χρήση παραδείγματος"), Words("the next one", "ο επόμενος"), gives: Words("Witness 2", "Παράδειγμα 2"),
        after: "audit; use witness 1"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    var state = invocation.state
    var name: String
    let statements: [Statement]
    if invocation.hasArgument, invocation.tokens[invocation.first].kind == .quoted {
      let first = invocation.tokens[invocation.first]
      try PatientName.check(first.text, first.span, invocation.line)
      name = first.text
      var reader = invocation.phrases
      reader.position += 1
      statements = reader.atEnd ? [] : try reader.statements()
    } else {
      let number = try Witnesses.number(invocation)
      let findings = state.witnesses[number - 1]
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
        help: [Words("Type use \"\(name)\" to go back to it.", "Γράψτε χρήση \"\(name)\" για επιστροφή σε αυτόν.")], source: invocation.line,
        span: invocation.hasArgument ? invocation.tokens[invocation.first].span : nil)
    }
    let (patient, _) = try Patient(name: name).applying(statements, invocation.guideline, line: invocation.line)
    state.add(patient)
    let summary = try PatientSummary(patient: patient, guideline: invocation.guideline, language: invocation.language)
    let findings = Printer.statements(statements, invocation.vocabulary)
    // Two witnesses may be alike: the next of them, so that going on comes to the end.
    if let place = state.witnesses[state.witness...].firstIndex(of: findings) ?? state.witnesses.firstIndex(of: findings) {
      state.witness = place + 1
    }
    return Outcome(
      .state(state), Report(data: [("patient_state", summary.json)], blocks: [.paragraph(patient.name + "   " + summary.line)]),
      canonical: "use witness \"\(name)\"" + (findings.isEmpty ? "" : " " + findings))
  }
}

/// The patients of the last audit.
private enum Witnesses {
  /// The number asked for, or the next one. A number that isn't there is an error.
  static func number(_ invocation: Invocation) throws(Diagnostic) -> Int {
    let count = invocation.state.witnesses.count
    guard invocation.hasArgument else {
      if count == 0 { throw none(invocation) }
      guard invocation.state.witness < count else {
        throw Diagnostic(
          "witness.last", Words("Witness \(count) was the last of the audit.", "Το παράδειγμα \(count) ήταν το τελευταίο της επιθεώρησης."),
          help: [
            Words("Type use witness 1 to begin again, or audit.", "Γράψτε χρήση παραδείγματος 1 για να ξαναρχίσετε, ή επιθεώρηση.")
          ], source: invocation.line)
      }
      return invocation.state.witness + 1
    }
    guard let number = invocation.argumentNumber, number >= 1, number <= count else { throw none(invocation) }
    return number
  }

  private static func none(_ invocation: Invocation) -> Diagnostic {
    let count = invocation.state.witnesses.count
    let typed = invocation.argument
    let message =
      count == 0
      ? Words("No audit has shown a witness yet.", "Καμία επιθεώρηση δεν έδειξε ακόμη παράδειγμα.")
      : Words(
        "The last audit has no witness “\(typed)”: it has 1 to \(count).", "Η τελευταία επιθεώρηση δεν έχει παράδειγμα «\(typed)»: έχει από 1 έως \(count).")
    return Diagnostic(
      "witness.number", message,
      help: [
        Words(
          "Type audit or audit coverage for a list, then use witness and a number of it.",
          "Γράψτε επιθεώρηση ή επιθεώρηση κάλυψης για κατάλογο, και μετά χρήση παραδείγματος με έναν αριθμό του.")
      ], source: invocation.line, span: invocation.argumentSpan)
  }
}
