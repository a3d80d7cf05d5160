import Reports
import Sessions
import Wording

extension Command {
  static let history = Command(
    "history", greek: "ιστορικό", kind: .question, group: .session, form: Words("history", "ιστορικό"),
    summary: Words("the commands of this session, in canonical form", "οι εντολές της συνεδρίας, σε κανονική μορφή"),
    examples: [
      Example(
        Words("history", "ιστορικό"), Words("what a recording would hold", "ό,τι θα κρατούσε μια καταγραφή"),
        after: "patient 54F, insulinoma 14 mm")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    guard !invocation.hasArgument else { throw invocation.tooMuch }
    return Outcome(
      .state(invocation.state),
      Report(data: [("history", .strings(invocation.history))], blocks: [.verbatim(invocation.history)]),
      canonical: "history")
  }
}
