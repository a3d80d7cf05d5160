import Reports
import Sessions
import Wording

extension Command {
  static let load = Command(
    "load", greek: "φόρτωσε", aliases: ["φόρτωση"], kind: .outside, role: .closed, group: .session,
    takes: [.file],
    summary: Words("run a saved session, all of it or nothing", "εκτέλεση αποθηκευμένης συνεδρίας, ολόκληρης ή καθόλου"),
    details: [
      Words(
        "Its changes come on top of the session as it is; forget all starts over. A refused line changes nothing and is named.",
        "Οι αλλαγές της προστίθενται στη συνεδρία όπως είναι· η εντολή ξέχνα όλα ξεκινά από την αρχή. Αν μια γραμμή δεν γίνει δεκτή, δεν αλλάζει τίποτα και η γραμμή κατονομάζεται."
      )
    ],
    examples: [
      Example(
        Words("load maria.islet", "φόρτωσε maria.islet"), Words("the session is back", "η συνεδρία επανέρχεται"), gives: Words("1 change", "1 αλλαγή"),
        after: "patient Maria 54F, insulinoma; save maria.islet; forget all")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let file = invocation.file
    return Outcome(.request(.load(file: file)), Report(data: [("file", .string(file))]), canonical: invocation.written(Command.quoted(file)))
  }
}
