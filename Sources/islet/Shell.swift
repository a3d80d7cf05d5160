import Commands
import Grammar
import Guideline
import Sessions
import Wording

extension Console {
  /// The interactive shell.
  func runShell() throws(Diagnostic) -> Int32 {
    var session = try startSession()
    var journal: Journal? = Journal(Self.privateFiles)
    Self.write(IntendedUse.banner(Islet.version)[language] + "\n")
    Self.write(Words("Type help, or press Tab.", "Γράψτε βοήθεια, ή πατήστε Tab.")[language] + "\n")
    if let notice = cutShortNotice { Self.write(notice[language] + "\n") }
    Self.write("\n")
    defer { end(&session, &journal) }
    while true {
      Self.write("islet> ")
      guard let line = readLine() else { break }
      let commands = Input.commands(line).map(\.text)
      for command in commands.isEmpty && session.replay != nil ? ["next"] : commands
      where run(command, &session, &journal) == .quit { return 0 }
    }
    return 0
  }
}
