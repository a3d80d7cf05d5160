import Commands
import Grammar
import Guideline
import Sessions
import Wording

extension Console {
  /// The interactive shell.
  func runShell() throws(Diagnostic) -> Int32 {
    var session = try startSession()
    Self.write(IntendedUse.banner(Islet.version)[language] + "\n")
    Self.write(Words("Type help, or press Tab.", "Γράψτε βοήθεια, ή πατήστε Tab.")[language] + "\n\n")
    while true {
      Self.write("islet> ")
      guard let line = readLine() else { break }
      for (_, part) in Input.commands(line) {
        let answer = session.run(part)
        print(answer, session)
        if answer.isQuit { return 0 }
      }
    }
    return 0
  }
}
