import Grammar
import Patients
import Reports
import Sessions
import Wording

/// What came of running a notebook: a result for each cell that ran, and the errors that weren't expected.
public struct NotebookRun: Sendable {
  /// A command of a cell, as typed, and what it answered.
  public struct CommandRun: Sendable {
    /// Its line in the file.
    public let line: Int
    public let command: String
    public let answers: [Answer]
    /// What it left noted with the patient.
    public let notes: [Note]
  }

  /// What a cell answered; its place is that among the notebook's cells.
  public struct Result: Sendable {
    public internal(set) var steps: [CommandRun] = []

    public var answers: [Answer] { steps.flatMap(\.answers) }
  }

  public internal(set) var results: [Result] = []
  public internal(set) var faults: [Diagnostic] = []

  /// The outputs as they stand below the cells, by the cells' numbers. A cell that says nothing has none.
  public var outputs: [Int: String] {
    var found: [Int: String] = [:]
    for (place, result) in results.enumerated() {
      let text = CellOutput.text(result.answers)
      if !text.isEmpty { found[place + 1] = text }
    }
    return found
  }
}

extension Notebook {
  /// Runs the cells in order, in one session. A notebook is a stranger's file: unless the session allows it, its commands may
  /// not act outside. The first error that its cell doesn't expect ends the run, unless told to keep going.
  ///
  /// - Parameter take: is handed each command with its answers, as they come.
  public func run(
    _ world: World, language: Language, outside: some Outside, allowsFiles: Bool = false, keepsGoing: Bool = false,
    take: (Cell, NotebookRun.CommandRun) -> Void = { _, _ in }
  ) -> NotebookRun {
    var session = Session(world: world, language: self.language ?? language)
    session.depth = 1
    session.allowsFiles = allowsFiles
    var run = NotebookRun()
    for cell in cells {
      let before = run.faults.count
      run.results.append(NotebookRun.Result())
      self.run(cell, &session, outside, &run) { take(cell, $0) }
      if run.faults.count > before, !keepsGoing { break }
    }
    return run
  }

  /// Runs a cell up to its first error.
  private func run(
    _ cell: Cell, _ session: inout Session, _ outside: some Outside, _ run: inout NotebookRun, _ take: (NotebookRun.CommandRun) -> Void
  ) {
    var commands: [(line: Int, text: String)] = []
    do throws(Diagnostic) {
      for (number, bytes) in cell.lines {
        do throws(Diagnostic) {
          commands += Input.commands(try Input.text(bytes)).map { (number, $0.text) }
        } catch {
          throw error.at(file: file, line: number, cell: cell.number)
        }
      }
    } catch {
      run.faults.append(error)
      return
    }
    for (place, (line, text)) in commands.enumerated() {
      var answers: [Answer] = []
      let before = session.state
      session.run(text, outside) { answers.append($0) }
      let errors = answers.flatMap(\.report.errors)
      let isLast = place == commands.count - 1
      let isExpected = isLast && cell.expected.map { errors.map(\.code).contains($0) } ?? false
      if !isExpected {
        answers = answers.map { answer in
          var located = answer
          located.report.errors = answer.report.errors.map { $0.at(file: file, line: line, cell: cell.number) }
          return located
        }
      }
      let step = NotebookRun.CommandRun(line: line, command: text, answers: answers, notes: session.state.notes(beside: before))
      run.results[run.results.count - 1].steps.append(step)
      take(step)
      if isExpected { return }
      if let error = errors.first {
        run.faults.append(error.at(file: file, line: line, cell: cell.number))
        if let code = cell.expected, isLast { run.faults.append(.otherError(code, error.code).at(file: file, line: cell.line, cell: cell.number)) }
        return
      }
      if answers.contains(where: \.isQuit) {
        run.faults.append(Diagnostic.quitInNotebook.on(text).at(file: file, line: line, cell: cell.number))
        return
      }
    }
    if let code = cell.expected { run.faults.append(.noError(code).at(file: file, line: cell.line, cell: cell.number)) }
  }
}

extension Diagnostic {
  fileprivate static func otherError(_ expected: String, _ found: String) -> Diagnostic {
    Diagnostic(
      "notebook.error-other",
      Words("The cell must fail with \(expected) and failed with \(found).", "Το κελί πρέπει να αποτύχει με \(expected) και απέτυχε με \(found)."),
      help: [
        Words("Fix it, or write ```islet error=\(found)", "Διορθώστε το, ή γράψτε ```islet error=\(found)")
      ])
  }

  fileprivate static func noError(_ expected: String) -> Diagnostic {
    Diagnostic(
      "notebook.error-none",
      Words(
        "The last command of the cell must fail with \(expected), and was accepted.",
        "Η τελευταία εντολή του κελιού πρέπει να αποτύχει με \(expected), και έγινε δεκτή."),
      help: [
        Words("Write ```islet if that is right.", "Γράψτε ```islet αν αυτό είναι σωστό.")
      ])
  }

  fileprivate static var quitInNotebook: Diagnostic {
    Diagnostic(
      "notebook.quit", Words("A notebook runs to its end; it can't quit.", "Το τετράδιο εκτελείται ως το τέλος του· δεν έχει έξοδο."),
      help: [Words("Take the command out.", "Αφαιρέστε την εντολή.")])
  }
}
