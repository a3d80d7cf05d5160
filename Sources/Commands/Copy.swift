import Patients
import Reports
import Sessions
import Wording

extension Command {
  static let copy = Command(
    "copy", greek: "αντίγραφο", kind: .change, role: .closed, group: .patients, takes: [.value("NAME", "ΟΝΟΜΑ")],
    summary: Words("a copy of the patient in use under a new name", "αντίγραφο του ασθενούς με νέο όνομα"),
    examples: [
      Example(
        Words("copy Eleni", "αντίγραφο Ελένη"), Words("Eleni has the same findings", "η Ελένη έχει τα ίδια ευρήματα"),
        gives: Words("insulinoma", "ινσουλίνωμα"),
        after: "patient Maria 54F, insulinoma")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let patient = try invocation.requirePatient()
    let first = invocation.tokens[invocation.first]
    let name = first.kind == .quoted ? first.text : invocation.argument
    try PatientName.check(name, first.span, invocation.line)
    guard invocation.state.roster.place(of: name) == nil else {
      throw Diagnostic(
        "patient.exists", Words("There is already a patient \(name).", "Υπάρχει ήδη ασθενής \(name)."),
        help: [Words("Choose another name.", "Δώστε άλλο όνομα.")], source: invocation.line, span: first.span)
    }
    var state = invocation.state
    let copy = patient.named(name)
    state.add(copy)
    state.listed = []
    let summary = try PatientSummary(patient: copy, guideline: invocation.guideline, language: invocation.language)
    return Outcome(
      .state(state), Report(data: [("patient_state", summary.json)], blocks: [.paragraph(name + "   " + summary.line)]),
      canonical: "copy \"\(name)\"")
  }
}
