import Reports
import Sessions
import Wording

extension Command {
  /// A command that only a case answers; the case does so itself.
  private static func inCase(_ id: String, greek: String, aliases: [String], _ summary: Words) -> Command {
    Command(
      id, greek: greek, aliases: aliases, kind: .question, role: .free, group: .teaching, summary: summary,
      examples: [Example(Words(id, greek), summary, gives: Words("No case is being played.", "Δεν παίζεται κανένα περιστατικό."))]
    ) { (_: Invocation) throws(Diagnostic) -> Outcome in throw .noCase }
  }

  static let hint = inCase(
    "hint", greek: "υπόδειξη", aliases: [], Words("the next hint of the case; it may cost", "η επόμενη υπόδειξη του περιστατικού· μπορεί να κοστίζει"))
  static let status = inCase(
    "status", greek: "κατάσταση", aliases: [], Words("where the case stands, and what was spent", "πού βρίσκεται το περιστατικό, και τι δαπανήθηκε"))
  static let done = inCase(
    "done", greek: "τέλος", aliases: [], Words("end the free phase of the case", "τέλος της ελεύθερης φάσης του περιστατικού"))
  static let debrief = inCase(
    "debrief", greek: "ανασκόπηση", aliases: [],
    Words("how the case went: decisions, reasons, what to read", "πώς πήγε το περιστατικό: αποφάσεις, λόγοι, τι να διαβάσετε"))
}
