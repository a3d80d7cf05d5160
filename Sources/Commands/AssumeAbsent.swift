import Grammar
import Patients
import Reports
import Sessions
import Wording

extension Command {
  static let assumeAbsent = Command(
    "assume absent", greek: "θεώρησε απόντα", kind: .change, role: .closed, group: .patients,
    summary: Words("set what is not stated to no or none, where that is safe to assume", "όσα δεν δηλώθηκαν θεωρούνται απόντα, όπου αυτό είναι ασφαλές"),
    details: [
      Words(
        "It sets the unstated symptoms, other diseases, treatments, metastases, thrombosis, heart disease and progression; never resectability, receptors, localisation or what is found at operation.",
        "Απόντα θεωρούνται, αν δεν δηλώθηκαν, συμπτώματα, συνοδά νοσήματα, θεραπείες, μεταστάσεις, θρόμβωση, καρδιοπάθεια και εξέλιξη· ποτέ η εξαιρεσιμότητα, οι υποδοχείς, η εντόπιση ή ό,τι διαπιστώνεται στο χειρουργείο."
      )
    ],
    examples: [
      Example(
        Words("assume absent", "θεώρησε απόντα"), Words("lists what it set", "παραθέτει όσα θεωρήθηκαν απόντα"),
        gives: Words("liver metastases", "ηπατικές μεταστάσεις"),
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
    let text = list.isEmpty ? Words("Nothing was left to set.", "Δεν έμενε κάτι να θεωρηθεί απόν.")[language] : list.joined(separator: " · ")
    return Outcome(
      .state(state),
      Report(
        data: [("set", .strings(assumed.map { Printer.statement($0.finding, $0.value, invocation.vocabulary) }))],
        blocks: [.heading(Words("Assumed absent", "Θεωρήθηκαν απόντα")[language]), .paragraph(text)]),
      canonical: "assume absent")
  }
}
