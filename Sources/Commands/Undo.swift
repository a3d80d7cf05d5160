import Reports
import Sessions
import Wording

extension Command {
  static let undo = Command(
    "undo", greek: "αναίρεση", kind: .setting, role: .moves, group: .session,
    summary: Words("take back the last change", "αναίρεση της τελευταίας αλλαγής"),
    examples: [
      Example(
        Words("undo", "αναίρεση"), Words("the last set is taken back", "αναιρείται ο τελευταίος ορισμός"), gives: Words("size 14 mm", "14 mm"),
        after: "patient 54F, insulinoma; set 14 mm")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    return Outcome(.undo, Report(), canonical: "undo")
  }
}
