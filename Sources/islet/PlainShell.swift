import Grammar
import Reports
import Sessions
import Terminal
import Wording

/// The shell for screen readers: lines are read as the terminal gives them, and nothing is drawn again.
struct PlainShell {
  private let console: Console

  init(_ console: Console) { self.console = console }

  func run(first: String?) throws(Diagnostic) -> Int32 {
    var session = try console.startSession()
    session.offersReadings = true
    var journal: Journal? = Journal(Console.privateFiles)
    defer { console.end(&session, &journal) }
    if let first, runs(first, &session, &journal) { return 0 }
    while true {
      Console.write(prompt(session))
      guard let line = readLine() else { break }
      if runs(line, &session, &journal) { return 0 }
    }
    Console.write("\n")
    return 0
  }

  private func prompt(_ session: Session) -> String {
    session.shown.patient.map { "islet \(Display.safe($0.name))> " } ?? "islet> "
  }

  /// Runs the commands of a line; true at quit. An empty line goes on where something waits for it.
  private func runs(_ line: String, _ session: inout Session, _ journal: inout Journal?) -> Bool {
    var commands = Input.commands(line).map(\.text)
    if commands.isEmpty, session.offered.count == 1 { commands = [" "] }
    if commands.isEmpty, session.replay != nil || session.responder != nil { commands = ["next"] }
    for command in commands where console.run(command, &session, &journal) == .quit { return true }
    return false
  }
}
