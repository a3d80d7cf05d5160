import Grammar
import Reports
import Sessions
import Wording

extension Command {
  /// A command that only a case answers; the case does so itself.
  private static func inCase(_ id: String, greek: String, aliases: [String], takes: [Parameter] = [], _ summary: Words) -> Command {
    Command(
      id, greek: greek, aliases: aliases, kind: .question, role: .free, group: .teaching, takes: takes, summary: summary,
      examples: [Example(Words(id, greek), summary, gives: Words("No case is being played.", "Δεν παίζεται κανένα περιστατικό."))]
    ) { (_: Invocation) throws(Diagnostic) -> Outcome in throw .noCase }
  }

  static let decide = Command(
    "decide", greek: "αποφάσισε", aliases: [], kind: .change, role: .deed, group: .teaching,
    takes: [.value("against THERAPY", "κατά ΘΕΡΑΠΕΙΑΣ", .therapies)],
    summary: Words("in a case: decide against a therapy", "σε περιστατικό: απόφαση να μη γίνει μια θεραπεία"),
    examples: [
      Example(
        Words("decide against enucleation", "αποφάσισε κατά εκπυρήνισης"), Words("not acting is a decision too", "και η αποχή είναι απόφαση"),
        gives: Words("No case is being played.", "Δεν παίζεται κανένα περιστατικό."))
    ]
  ) { (_: Invocation) throws(Diagnostic) -> Outcome in throw .noCase }

  static let hint = inCase(
    "hint", greek: "υπόδειξη", aliases: [], Words("the next hint of the case; it may cost", "η επόμενη υπόδειξη του περιστατικού· μπορεί να κοστίζει"))
  static let status = inCase(
    "status", greek: "κατάσταση", aliases: [], Words("where the case stands, and what was spent", "πού βρίσκεται το περιστατικό, και τι δαπανήθηκε"))
  static let done = inCase(
    "done", greek: "τέλος", aliases: [], Words("end the free phase of the case", "τέλος της ελεύθερης φάσης του περιστατικού"))
  static let debrief = inCase(
    "debrief", greek: "ανασκόπηση", aliases: [],
    takes: [
      .optional("PART", "ΜΕΡΟΣ", .choices { state, _ in Play.Stage.allCases.map { CompletionCandidate($0.name[state.language], "") } })
    ],
    Words("how the case went: decisions, reasons, what to read", "πώς πήγε το περιστατικό: αποφάσεις, λόγοι, τι να διαβάσετε"))
}
