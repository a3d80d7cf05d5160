import Reports
import Sessions
import Wording

extension Command {
  static let replay = Command(
    "replay", greek: "αναπαραγωγή", kind: .outside, role: .closed, group: .session,
    form: Words("replay FILE [--step] [--until N]", "αναπαραγωγή ΑΡΧΕΙΟ [--step] [--until N]"),
    summary: Words("run a recording again: at once, step by step, or up to a command", "νέα εκτέλεση μιας καταγραφής: όλη, βήμα βήμα, ή ως μια εντολή"),
    details: [
      Words(
        "With --step each next runs one command; with --until N the first N commands run and the rest waits. stop ends a replay.",
        "Με --step κάθε επόμενο εκτελεί μία εντολή· με --until N εκτελούνται οι πρώτες N και οι υπόλοιπες περιμένουν. Η εντολή σταμάτα τελειώνει την αναπαραγωγή."
      )
    ],
    examples: [
      Example(
        Words("replay case.islet", "αναπαραγωγή case.islet"), Words("all of it", "ολόκληρη"),
        after: "record case.islet; patient 54F, insulinoma; recommend; stop recording; forget all"),
      Example(
        Words("replay case.islet --step", "αναπαραγωγή case.islet --step"), Words("one command at a time", "μία εντολή τη φορά"),
        after: "record case.islet; patient 54F, insulinoma; recommend; stop recording; forget all"),
      Example(
        Words("replay case.islet --until 1", "αναπαραγωγή case.islet --until 1"),
        Words("the first command, and then wait", "η πρώτη εντολή, και έπειτα αναμονή"),
        after: "record case.islet; patient 54F, insulinoma; recommend; stop recording; forget all"),
    ], completes: .files
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let file = try invocation.fileName()
    let options = invocation.options()
    let pace: Pace
    switch options.count {
    case 0: pace = .all
    case 1 where options[0] == "step": pace = .step
    case 2 where options[0] == "until":
      guard let count = Int(options[1]), count >= 0 else { fallthrough }
      pace = .until(count)
    default:
      throw Diagnostic(
        "replay.option",
        Words("replay takes --step or --until and a number.", "Η αναπαραγωγή δέχεται --step ή --until και έναν αριθμό."),
        help: [Words("Its form: \(invocation.command.form.english)", "Η μορφή της: \(invocation.command.form.greek)")],
        source: invocation.line, span: invocation.tokens[invocation.first].span.lowerBound..<invocation.line.utf8.count)
    }
    let option = options.isEmpty ? "" : " --" + options.joined(separator: " ")
    return Outcome(
      .request(.replay(file: file, pace)), Report(data: [("file", .string(file))]), canonical: "replay \"\(file)\"\(option)")
  }

  static let next = Command(
    "next", greek: "επόμενο", aliases: ["επόμενη"], kind: .outside, role: .free, group: .session, form: Words("next", "επόμενο"),
    summary: Words("run the next command of a replay", "εκτέλεση της επόμενης εντολής μιας αναπαραγωγής"),
    examples: [
      Example(
        Words("next", "επόμενο"), Words("one command of the replay", "μία εντολή της αναπαραγωγής"),
        after:
          "record case.islet; patient 54F, insulinoma; recommend; stop recording; forget all; replay case.islet --step")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    guard !invocation.hasArgument else { throw invocation.tooMuch }
    return Outcome(.request(.next), Report(), canonical: "next")
  }

  static let restore = Command(
    "restore", greek: "επαναφορά", kind: .outside, role: .closed, group: .session, form: Words("restore", "επαναφορά"),
    summary: Words("bring back the last session that was cut short", "επαναφορά της τελευταίας συνεδρίας που διακόπηκε"),
    examples: [
      Example(Words("restore", "επαναφορά"), Words("its changes are made again", "οι αλλαγές της γίνονται ξανά"))
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    guard !invocation.hasArgument else { throw invocation.tooMuch }
    return Outcome(.request(.restore), Report(), canonical: "restore")
  }
}
