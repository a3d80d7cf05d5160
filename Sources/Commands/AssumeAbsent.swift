import Grammar
import Patients
import Reports
import Sessions
import Wording

extension Command {
  static let assumeAbsent = Command(
    "assume absent", greek: "θεώρησε απόντα", kind: .change, role: .closed, group: .patients,
    summary: Words("set what is not stated to no or none, where that is safe to assume", "ό,τι δεν δηλώθηκε τίθεται όχι, όπου μπορεί να υποτεθεί"),
    details: [
      Words(
        "It sets the unstated symptoms, other diseases, treatments, metastases, thrombosis, heart disease and progression; never resectability, receptors, localisation or what is found at operation.",
        "Θέτει τα μη δηλωμένα συμπτώματα, συνοδά νοσήματα, θεραπείες, μεταστάσεις, θρόμβωση, καρδιοπάθεια και εξέλιξη· ποτέ την εξαιρεσιμότητα, τους υποδοχείς, την εντόπιση ή ό,τι βρίσκεται στο χειρουργείο."
      )
    ],
    examples: [
      Example(
        Words("assume absent", "θεώρησε απόντα"), Words("lists what it set", "παραθέτει ό,τι τέθηκε"), gives: Words("liver metastases", "ηπατικές μεταστάσεις"),
        after: "patient 54F, insulinoma 14 mm")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    var patient = try invocation.requirePatient()
    let assumed = invocation.guideline.inference.assumedAbsent(patient)
    for entry in assumed { patient = patient.setting(entry.finding, to: entry.value) }
    if let error = try invocation.guideline.contradiction(in: patient) {
      throw error
    }
    var state = invocation.state
    state.replace(patient)
    let language = invocation.language
    let list = assumed.map { invocation.vocabulary.describe($0.finding, $0.value)[language] }
    let text = list.isEmpty ? Words("Nothing was left to set.", "Δεν έμενε κάτι να τεθεί.")[language] : list.joined(separator: " · ")
    return Outcome(
      .state(state),
      Report(
        data: [("set", .strings(assumed.map { Printer.statement($0.finding, $0.value, invocation.vocabulary) }))],
        blocks: [.heading(Words("Assumed absent", "Θεωρήθηκαν απόντα")[language]), .paragraph(text)]),
      canonical: "assume absent")
  }
}
