import Reports
import Sessions
import Wording

extension Command {
  static let history = Command(
    "history", greek: "ιστορικό", kind: .question, role: .free, group: .session,
    summary: Words("the commands of this session, in canonical form, numbered", "οι εντολές της συνεδρίας, σε κανονική μορφή, αριθμημένες"),
    details: [
      Words(
        "A number names the moment after that command: compare 2 5.",
        "Ένας αριθμός ονομάζει τη στιγμή μετά από εκείνη την εντολή: σύγκρινε 2 5.")
    ],
    examples: [
      Example(
        Words("history", "ιστορικό"), Words("what a recording would hold", "ό,τι θα κρατούσε μια καταγραφή"), gives: Words(same: "insulinoma"),
        after: "patient 54F, insulinoma 14 mm")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let empty = Words("Nothing has been done yet.", "Δεν έγινε τίποτε ακόμη.")[invocation.language]
    let rows = invocation.session.moments.map { Row($0.canonical, number: $0.number) }
    return Outcome(
      .state(invocation.state),
      Report(data: [("history", .strings(invocation.history))], blocks: rows.isEmpty ? [.paragraph(empty)] : [.rows(rows)]),
      canonical: "history")
  }
}
