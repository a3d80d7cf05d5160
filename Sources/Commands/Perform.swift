import Sessions
import Wording

extension Command {
  static let perform = Command(
    "perform", greek: "εκτέλεσε", aliases: ["διενέργησε", "διενεργήστε", "κάνε", "κάντε", "εκτελέστε", "do", "carry out"], kind: .change, role: .deed,
    group: .treating,
    takes: [.value("PROCEDURE", "ΕΠΕΜΒΑΣΗ", .therapies)],
    summary: Words("an operation or local treatment, judged by the guideline", "επέμβαση ή τοπική θεραπεία, όπως την κρίνει η οδηγία"),
    examples: [
      Example(
        Words("perform enucleation", "εκτέλεσε εκπυρήνιση"), Words("the primary is resected after it", "η πρωτοπαθής εστία έχει εξαιρεθεί"),
        gives: Words(same: "P001"),
        after: "patient 54F, insulinoma 14 mm in the tail, clearly localised, near the surface"),
      Example(
        Words("perform embolisation", "εκτέλεσε εμβολισμό"), Words("what goes with it, and what to watch", "τι τον συνοδεύει και τι παρακολουθείται"),
        gives: Words("octreotide", "οκτρεοτίδη"),
        after: "patient 61M, gastrinoma, liver mets bilobar"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    return try TreatmentStep.carriedOut(.perform, invocation)
  }
}
