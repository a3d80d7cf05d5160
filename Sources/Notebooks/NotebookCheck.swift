import Reports
import Sessions
import Teaching
import Wording

/// Checks a notebook: that it runs as it says, and that what is kept below its cells is what they mean.
///
/// An output that answers other cells than those above it is stale. One that reads differently from what its cell prints now
/// passes where the meaning is blessed and unchanged and only islet's words are new; otherwise it is a fault.
public struct NotebookCheck {
  let world: World
  /// The language of a notebook that names none.
  let language: Language
  /// Whether each note but one of something outside the text is a fault.
  let isStrict: Bool
  let seconds: () -> Double

  public init(_ world: World, language: Language = .english, isStrict: Bool = false, seconds: @escaping () -> Double) {
    self.world = world
    self.isStrict = isStrict
    self.language = language
    self.seconds = seconds
  }

  /// - Parameter blessed: the bytes of the blessed meaning beside the file, where there is one and it is to be compared.
  public func check(_ bytes: [UInt8], file: String, blessed: [UInt8]? = nil) -> CheckOutcome {
    var outcome = CheckOutcome()
    do throws(Diagnostic) {
      let notebook = try Notebook(bytes, file: file)
      let run = notebook.run(world, language: language, outside: NotebookOutside(clock: seconds))
      for (place, result) in run.results.enumerated() {
        for step in result.steps {
          outcome.told += step.answers.map { ToldLine($0.canonical ?? step.command, $0, line: step.line, cell: place + 1) }
        }
      }
      outcome.faults = run.faults
      let count = notebook.cells.count
      outcome.summary = count == 1 ? Words("1 cell", "1 κελί") : Words("\(count) cells", "\(count) κελιά")
      guard run.faults.isEmpty else { return outcome }
      for (place, result) in run.results.enumerated() {
        for step in result.steps { outcome.tell(step.notes, by: step.command, file, line: step.line, cell: place + 1, isStrict: isStrict) }
      }
      guard outcome.faults.isEmpty else { return outcome }
      outcome.faults = stale(notebook, run)
      let differing = outcome.faults.isEmpty ? differing(notebook, run) : []
      guard let blessed else {
        outcome.faults += differing.map { .outputDiffers.at(file: file, line: $0.line, cell: $0.number) }
        return outcome
      }
      let before = outcome.notices.count
      outcome.compare(with: blessed, file: file)
      // Words that are those of the blessing can't have changed: then it is the file that was changed by hand.
      if outcome.faults.isEmpty, !differing.isEmpty, outcome.notices.count == before {
        outcome.faults += differing.map { .outputDiffers.at(file: file, line: $0.line, cell: $0.number) }
      } else if !differing.isEmpty, outcome.faults.isEmpty {
        outcome.notices.append(
          Words("islet run \(file) --write brings the outputs up to date", "το islet run \(file) --write ενημερώνει τα αποτελέσματα"))
      }
    } catch {
      outcome.faults.append(error)
    }
    return outcome
  }

  /// The cells whose output answers other cells, in one error at the first of them; those whose output is missing where others
  /// have theirs.
  private func stale(_ notebook: Notebook, _ run: NotebookRun) -> [Diagnostic] {
    guard notebook.cells.contains(where: { $0.output != nil }) else { return [] }
    let outputs = run.outputs
    let stale = notebook.cells.filter(\.isStale)
    let first = stale.first.map { Diagnostic.stale(and: stale.dropFirst().map(\.number)).at(file: notebook.file, line: $0.line, cell: $0.number) }
    return (first.map { [$0] } ?? [])
      + notebook.cells.compactMap { cell -> Diagnostic? in
        if cell.output == nil, outputs[cell.number] != nil { return .noOutput.at(file: notebook.file, line: cell.line, cell: cell.number) }
        return nil
      }
  }

  /// The cells whose output reads differently from what they print now.
  private func differing(_ notebook: Notebook, _ run: NotebookRun) -> [Notebook.Cell] {
    let outputs = run.outputs
    return notebook.cells.filter { cell in
      guard let kept = cell.output else { return false }
      let fence = CellOutput.fence(outputs[cell.number] ?? "", mark: cell.mark)
      return kept.lines != Array(fence.dropFirst().dropLast())
    }
  }
}

/// The outside of a notebook that is checked or rendered: a clock, and no files.
public struct NotebookOutside: Outside {
  let clock: () -> Double

  public init(clock: @escaping () -> Double) { self.clock = clock }

  public func read(_ file: String) throws(Diagnostic) -> [UInt8] { throw .noFiles(file) }
  public func write(_ text: String, to file: String, _ way: Writing) throws(Diagnostic) { throw .noFiles(file) }
  public func journal() -> [UInt8]? { nil }
  public func seconds() -> Double { clock() }
}

extension Diagnostic {
  fileprivate static func stale(and others: [Int]) -> Diagnostic {
    let listed = others.map(String.init).joined(separator: ", ")
    let below =
      others.count == 1
      ? Words("Also stale: cell \(listed)", "Παλιό είναι και το κελί \(listed)")
      : Words("Also stale: cells \(listed)", "Παλιά είναι και τα κελιά \(listed)")
    let more = others.isEmpty ? [] : [below]
    return Diagnostic(
      "notebook.stale",
      Words(
        "The output is stale: this cell, or one above it, was edited since.",
        "Το αποτέλεσμα είναι παλιό: αυτό το κελί, ή κάποιο πάνω από αυτό, άλλαξε από τότε."),
      help: more + [fill])
  }

  fileprivate static var noOutput: Diagnostic {
    Diagnostic("notebook.output-missing", Words("The cell has no output yet.", "Το κελί δεν έχει ακόμη αποτέλεσμα."), help: [fill])
  }

  fileprivate static var outputDiffers: Diagnostic {
    Diagnostic(
      "notebook.output-differs",
      Words("The output isn't what the cell prints.", "Το αποτέλεσμα δεν είναι αυτό που δίνει το κελί."),
      help: [
        fill,
        Words(
          "Blessed files are compared by meaning instead: islet check FILE --bless --because \"…\"",
          "Τα εγκεκριμένα αρχεία κρίνονται με το νόημα: islet check ΑΡΧΕΙΟ --bless --because \"…\""),
      ])
  }

  private static var fill: Words { Words("Refill it: islet run FILE --write", "Συμπληρώστε το ξανά: islet run ΑΡΧΕΙΟ --write") }
}
