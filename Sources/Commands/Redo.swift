import Reports
import Sessions
import Wording

extension Command {
  static let redo = Command(
    "redo", greek: "επανάληψη", kind: .setting, role: .moves, group: .session,
    summary: Words("bring back what undo took", "επαναφορά όσων αναιρέθηκαν"),
    examples: [
      Example(
        Words("redo", "επανάληψη"), Words("the change is back", "η αλλαγή επανέρχεται"), gives: Words("size 14 mm", "14 mm"),
        after: "patient 54F, insulinoma; set 14 mm; undo")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    return Outcome(.redo, Report(), canonical: "redo")
  }
}
