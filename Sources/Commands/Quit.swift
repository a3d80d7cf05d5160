import Reports
import Sessions
import Wording

extension Command {
  static let quit = Command(
    "quit", greek: "έξοδος", aliases: ["exit"], kind: .outside, role: .free, group: .session, form: Words("quit", "έξοδος"),
    summary: Words("leave islet", "έξοδος από το islet"),
    examples: [Example(Words("quit", "έξοδος"), Words("the shell ends", "το κέλυφος κλείνει"))]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    guard !invocation.hasArgument else { throw invocation.tooMuch }
    return Outcome(.quit, Report(), canonical: "quit")
  }
}
