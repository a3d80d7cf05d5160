import Patients
import Reports
import Sessions
import Wording

extension Command {
  static let use = Command(
    "use", greek: "χρήση", kind: .change, role: .closed, group: .patients, takes: [.value("NAME", "ΟΝΟΜΑ", .patients)],
    summary: Words("go back to a patient described before", "επιστροφή σε προηγούμενο ασθενή"),
    examples: [
      Example(
        Words("use Maria", "χρήση Maria"), Words("Maria is the patient in use", "τρέχουσα ασθενής η Maria"), gives: Words("54 F", "54 Γ"),
        after: "patient Maria 54F, insulinoma; patient 61M, gastrinoma")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let key = invocation.argumentKey
    guard let place = invocation.state.patients.place(of: key) else {
      let names = invocation.state.patients.names
      throw Diagnostic(
        "patient.unknown",
        Words("There is no patient “\(invocation.argument)”.", "Δεν υπάρχει ασθενής «\(invocation.argument)»."),
        help: names.isEmpty ? [] : [Words("The patients: \(names)", "Οι ασθενείς: \(names)")], source: invocation.line,
        span: invocation.tokens[invocation.first].span)
    }
    var state = invocation.state
    state.current = place
    state.listed = []
    let patient = state.patients[place]
    let summary = try PatientSummary(patient: patient, guideline: invocation.guideline, language: invocation.language)
    return Outcome(
      .state(state), Report(data: [("patient_state", summary.json)], blocks: [.paragraph(patient.name + "   " + summary.line)]),
      canonical: "use \"\(patient.name)\"")
  }
}
