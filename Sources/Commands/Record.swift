import Reports
import Sessions
import Wording

extension Command {
  static let record = Command(
    "record", greek: "κατέγραψε", aliases: ["καταγραφή"], kind: .outside, role: .closed, group: .session,
    takes: [.file],
    summary: Words("write every accepted command to a new file, until stop recording", "εγγραφή κάθε εντολής σε νέο αρχείο, ως την εντολή σταμάτα καταγραφή"),
    details: [
      Words(
        "The recording starts with the changes made so far, so that it runs on its own. Questions are recorded too. What is undone is left out when it stops.",
        "Η καταγραφή αρχίζει με τις αλλαγές ως τώρα, ώστε να εκτελείται αυτοτελώς. Καταγράφονται και οι ερωτήσεις. Όσα αναιρεθούν παραλείπονται όταν σταματήσει."
      )
    ],
    examples: [
      Example(
        Words("record case.islet", "κατέγραψε case.islet"), Words("what follows is recorded", "καταγράφεται ό,τι ακολουθεί"),
        gives: Words("Recording case.islet", "Καταγράφεται το case.islet"))
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let file = invocation.file
    let said = Words("Recording \(file). stop recording ends it.", "Καταγράφεται το \(file). Τέλος με: σταμάτα καταγραφή.")
    return Outcome(
      .request(.record(file: file)),
      Report(data: [("file", .string(file))], blocks: [.paragraph(said[invocation.language])]), canonical: invocation.written(Command.quoted(file)))
  }

  static let stopRecording = Command(
    "stop recording", greek: "σταμάτα καταγραφή", aliases: ["stop replay", "σταμάτα αναπαραγωγή"], kind: .outside, role: .closed,
    group: .session,
    summary: Words("end the recording, or the replay that waits", "τέλος της καταγραφής, ή της αναπαραγωγής που περιμένει"),
    examples: [
      Example(
        Words("stop recording", "σταμάτα καταγραφή"), Words("the file is complete", "το αρχείο είναι πλήρες"), gives: Words("2 commands", "2 εντολές"),
        after: "record case.islet; patient 54F, insulinoma; recommend")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    return Outcome(.request(.stop), Report(), canonical: "stop recording")
  }
}
