import Patients
import Reports
import Sessions
import Wording

extension Command {
  static let patients = Command(
    "patients", greek: "ασθενείς", kind: .question, role: .free, group: .patients,
    summary: Words("all patients of the session", "όλοι οι ασθενείς της συνεδρίας"),
    examples: [
      Example(
        Words("patients", "ασθενείς"), Words("the list; the one in use is marked", "ο κατάλογος, με σημειωμένο τον τρέχοντα"), gives: Words("54 F", "54 Γ"),
        after: "patient Maria 54F, insulinoma")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let state = invocation.state
    var rows: [Row] = []
    for (place, patient) in state.patients.enumerated() {
      let summary = try PatientSummary(patient: patient, guideline: invocation.guideline, language: invocation.language)
      rows.append(summary.row(mark: place == state.current ? "*" : " "))
    }
    let empty = Words("There is no patient yet.", "Δεν υπάρχει ακόμη ασθενής.")[invocation.language]
    return Outcome(
      .state(state),
      Report(
        data: [("patients", .strings(state.patients.map(\.name)))],
        blocks: rows.isEmpty ? [.paragraph(empty)] : [.rows(rows)]), canonical: "patients")
  }
}
