import Grammar
import Patients
import Reports
import Sessions
import Wording

/// Checks any `.islet` file: a case, a recording, a saved session or plain commands.
public struct FileCheck {
  let world: World
  let seconds: () -> Double
  /// Whether each note but one of something outside the text is a fault.
  let isStrict: Bool

  public init(_ world: World, isStrict: Bool = false, seconds: @escaping () -> Double) {
    self.world = world
    self.isStrict = isStrict
    self.seconds = seconds
  }

  public func check(_ bytes: [UInt8], file: String) -> CheckOutcome {
    if Script.isScenario(bytes) { return ScenarioCheck(world, seconds: seconds).check(bytes, file: file) }
    var outcome = CheckOutcome()
    let isEmpty = bytes.split(separator: 0x0A).allSatisfy { row in row.first { $0 > 0x20 }.map { $0 == 0x23 } ?? true }
    guard !isEmpty else {
      return CheckOutcome(
        Diagnostic(
          "check.empty", Words("The file has no line that does anything.", "Το αρχείο δεν έχει καμία γραμμή προς εκτέλεση."),
          help: [Words("islet new scenario NAME writes a starting point.", "Το islet new scenario ΟΝΟΜΑ γράφει ένα αρχικό σχέδιο.")]
        ).at(file: file, line: 1))
    }
    do throws(Diagnostic) {
      let script = try Script(bytes, file: file)
      let language = script["language"].flatMap { Language(rawValue: $0) } ?? .english
      var session = Session(world: world, language: language)
      session.depth = 1
      let commands = try script.commands(file: file)
      for (line, text) in commands {
        var fault: Diagnostic?
        let before = session.state
        session.run(text, CheckedOutside(clock: seconds)) { answer in
          outcome.told.append(ToldLine(answer.canonical ?? text, answer, line: line))
          fault = fault ?? answer.report.errors.first
        }
        if let fault { throw fault.at(file: file, line: line) }
        outcome.tell(session.state.notes(beside: before), by: text, file, line: line, isStrict: isStrict)
      }
      outcome.summary = Words(
        commands.count, one: Words("1 command", "1 εντολή"), several: Words("\(commands.count) commands", "\(commands.count) εντολές"))
    } catch {
      outcome.faults.append(error)
    }
    return outcome
  }
}

extension State {
  /// What is noted with the patient in use beside what was noted with the same one before.
  public func notes(beside before: State) -> [Note] {
    guard let patient else { return [] }
    let known = before.roster.place(of: patient.name).map { before.patients[$0].noted } ?? []
    return patient.noted.filter { !known.contains($0) }
  }
}

extension CheckOutcome {
  /// Warns of notes that a command left without saying them itself: a fault where `isStrict`, but for what is outside the text.
  public mutating func tell(_ notes: [Note], by command: String, _ file: String, line: Int, cell: Int? = nil, isStrict: Bool) {
    for note in notes where !command.contains(note.canonical) {
      let what = Words(
        "line \(line): noted “\(note.text)”, \(note.reason.shown.english)", "γραμμή \(line): σημειώθηκε «\(note.text)», \(note.reason.shown.greek)")
      if isStrict, note.reason != .outside {
        let fault = Diagnostic("check.noted", what, help: [Words("Write it as a finding, or leave it out.", "Γράψτε το ως εύρημα, ή παραλείψτε το.")])
        faults.append(fault.at(file: file, line: line, cell: cell))
      } else if note.reason == .notUnderstood {
        notices.append(what)
      }
    }
  }
}

extension CheckOutcome {
  /// Holds what was told against the blessed meaning beside the file. A file that failed by itself is not compared.
  public mutating func compare(with bytes: [UInt8], file: String) {
    guard faults.isEmpty else { return }
    do throws(Diagnostic) {
      let comparison = try Blessing(bytes, file: Blessing.file(of: file)).compare(told, file: file)
      faults += comparison.faults
      if comparison.faults.isEmpty, comparison.reworded > 0 {
        notices.append(
          Words(
            comparison.reworded, one: Words("text changed, meaning same (1 answer)", "άλλαξε το κείμενο, ίδιο νόημα (1 απάντηση)"),
            several: Words(
              "text changed, meaning same (\(comparison.reworded) answers)", "άλλαξε το κείμενο, ίδιο νόημα (\(comparison.reworded) απαντήσεις)")))
      }
    } catch {
      faults.append(error)
    }
  }

  /// A file that could not be read.
  public init(_ fault: Diagnostic) {
    self.init()
    faults = [fault]
  }
}

/// The outside of a file that is checked: a clock, and no files.
private struct CheckedOutside: Outside {
  let clock: () -> Double

  func read(_ file: String) throws(Diagnostic) -> [UInt8] { throw .noFiles(file) }
  func write(_ text: String, to file: String, _ way: Writing) throws(Diagnostic) { throw .noFiles(file) }
  func journal() -> [UInt8]? { nil }
  func seconds() -> Double { clock() }
}
