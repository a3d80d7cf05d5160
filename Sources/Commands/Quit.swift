import Reports
import Sessions
import Wording

extension Command {
  static let quit = Command(
    "quit", greek: "έξοδος", aliases: ["exit"], kind: .outside, role: .free, group: .session,
    summary: Words("leave islet", "έξοδος από το islet"),
    examples: [Example(Words("quit", "έξοδος"), Words("the shell ends", "το κέλυφος κλείνει"), gives: nil)]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    return Outcome(.quit, Report(), canonical: "quit")
  }
}
