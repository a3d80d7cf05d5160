import Patients
import Reports
import Sessions
import Wording

extension Command {
  static let show = Command(
    "show", greek: "δείξε", kind: .question, role: .free, group: .patients,
    summary: Words("the patient in use: what is stated and what follows", "ο ασθενής: τι δηλώθηκε και τι προκύπτει"),
    examples: [
      Example(
        Words("show", "δείξε"), Words("stated and derived findings", "δηλωμένα και παράγωγα ευρήματα"), gives: Words("pancreas, tail", "πάγκρεας, ουρά"),
        after: "patient 54F, insulinoma 14 mm in the tail")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let patient = try invocation.requirePatient()
    let summary = try PatientSummary(patient: patient, guideline: invocation.guideline, language: invocation.language)
    return Outcome(
      .state(invocation.state), Report(data: [("patient_state", summary.json)], blocks: summary.blocks), canonical: "show")
  }
}
