import Reports
import Sessions
import Wording

extension Command {
  static let replay = Command(
    "replay", greek: "αναπαραγωγή", kind: .outside, role: .closed, group: .session,
    takes: [.file, .flag("step"), .flag("until", "N")],
    summary: Words("replay a recording: all at once, step by step, or up to a command", "νέα εκτέλεση μιας καταγραφής: όλη, βήμα βήμα, ή ως μια εντολή"),
    details: [
      Words(
        "With --step each next runs one command; with --until N the first N commands run and the rest waits. stop ends a replay.",
        "Με --step κάθε επόμενο εκτελεί μία εντολή· με --until N εκτελούνται οι πρώτες N και οι υπόλοιπες περιμένουν. Η εντολή διέκοψε τερματίζει την αναπαραγωγή."
      )
    ],
    examples: [
      Example(
        Words("replay case.islet", "αναπαραγωγή case.islet"), Words("all of it", "ολόκληρη"), gives: Words("at its end", "τελείωσε"),
        after: "record case.islet; patient 54F, insulinoma; recommend; stop recording; forget all"),
      Example(
        Words("replay case.islet --step", "αναπαραγωγή case.islet --step"), Words("one command at a time", "μία εντολή τη φορά"),
        gives: Words("2 commands are left", "Απομένουν 2 εντολές"),
        after: "record case.islet; patient 54F, insulinoma; recommend; stop recording; forget all"),
      Example(
        Words("replay case.islet --until 1", "αναπαραγωγή case.islet --until 1"),
        Words("the first command, and then wait", "η πρώτη εντολή, και έπειτα αναμονή"), gives: Words("1 command is left", "Απομένει 1 εντολή"),
        after: "record case.islet; patient 54F, insulinoma; recommend; stop recording; forget all"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let file = invocation.file
    let pace: Pace
    var given: [String: String] = [:]
    switch (invocation.options["step"], invocation.options["until"]) {
    case (nil, nil): pace = .all
    case (_?, nil):
      pace = .step
      given["step"] = ""
    case (let step, let until?):
      guard step == nil, let count = until.number, count >= 0 else { throw invocation.command.unread(until.span, invocation.line) }
      pace = .until(count)
      given["until"] = "\(count)"
    }
    return Outcome(
      .request(.replay(file: file, pace)), Report(data: [("file", .string(file))]),
      canonical: invocation.written(Command.quoted(file), given))
  }

  static let next = Command(
    "next", greek: "επόμενο", aliases: ["επόμενη"], kind: .outside, role: .free, group: .session,
    summary: Words("run the next command of a replay, or show the tour's next part", "η επόμενη εντολή μιας αναπαραγωγής, ή το επόμενο μέρος της ξενάγησης"),
    examples: [
      Example(
        Words("next", "επόμενο"), Words("one command of the replay", "μία εντολή της αναπαραγωγής"), gives: Words("1 command is left", "Απομένει 1 εντολή"),
        after:
          "record case.islet; patient 54F, insulinoma; recommend; stop recording; forget all; replay case.islet --step")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    return Outcome(.request(.next), Report(), canonical: "next")
  }

  static let restore = Command(
    "restore", greek: "επαναφορά", kind: .outside, role: .closed, group: .session,
    summary: Words("bring back the last session that was cut short", "επαναφορά της τελευταίας συνεδρίας που διακόπηκε"),
    examples: [
      Example(
        Words("restore", "επαναφορά"), Words("its changes are made again", "οι αλλαγές της γίνονται ξανά"), gives: Words("brought back: 1", "επανήλθαν: 1"))
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    return Outcome(.request(.restore), Report(), canonical: "restore")
  }
}
