import Reports
import Sessions
import Wording

extension Command {
  static let save = Command(
    "save", greek: "αποθήκευσε", aliases: ["αποθήκευση"], kind: .outside, role: .closed, group: .session,
    takes: [.file],
    summary: Words("write the session to a file, as a script that load reads", "εγγραφή της συνεδρίας σε αρχείο, ως σενάριο για την εντολή φόρτωσε"),
    details: [
      Words(
        "The file holds the changes that stand, in canonical form; what was undone is left out. It is text: comments (#) may be added.",
        "Το αρχείο κρατά τις αλλαγές που ισχύουν, σε κανονική μορφή· όσα αναιρέθηκαν παραλείπονται. Είναι κείμενο: μπορούν να προστεθούν σχόλια (#)."
      )
    ],
    examples: [
      Example(
        Words("save maria.islet", "αποθήκευσε maria.islet"), Words("the session as a script", "η συνεδρία ως σενάριο"), gives: Words("1 change", "1 αλλαγή"),
        after: "patient Maria 54F, insulinoma")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let file = invocation.file
    let changes = invocation.session.changes
    guard !changes.isEmpty else {
      throw Diagnostic(
        "save.nothing", Words("There is nothing to save yet.", "Δεν υπάρχει ακόμη κάτι για αποθήκευση."),
        help: [
          Words(
            text: "Describe a hypothetical patient first: \(Text.command("patient 54F, insulinoma", "patient"))",
            "Περιγράψτε πρώτα έναν υποθετικό ασθενή: \(Text.command("ασθενής γυναίκα 54 ετών, ινσουλίνωμα", "patient"))")
        ])
    }
    let text = Script.text(.session, fields: invocation.session.fields, lines: changes)
    let counted = Words.changes(changes.count)
    let said = Words("Saved \(file): \(counted.english).", "Αποθηκεύτηκε το \(file): \(counted.greek).")
    return Outcome(
      .request(.write(file: file, text: text)),
      Report(
        data: [("file", .string(file)), ("changes", .integer(changes.count))],
        blocks: [.paragraph(said[invocation.language])]), canonical: invocation.written(Command.quoted(file)))
  }
}
