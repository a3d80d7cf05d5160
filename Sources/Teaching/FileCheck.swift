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
    if ScenarioReader.isScenario(bytes) { return ScenarioCheck(world, seconds: seconds).check(bytes, file: file) }
    var outcome = CheckOutcome()
    let isEmpty = bytes.split(separator: 0x0A).allSatisfy { row in row.first { $0 > 0x20 }.map { $0 == 0x23 } ?? true }
    guard !isEmpty else {
      return CheckOutcome(
        Diagnostic(
          "check.empty", Words("The file has no line that does anything.", "Το αρχείο δεν έχει καμία γραμμή που κάνει κάτι."),
          help: [Words("islet new scenario NAME writes a starting point.", "Το islet new scenario ΟΝΟΜΑ γράφει μια αρχή.")]
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
        let before = session.state.patient?.noted ?? []
        session.run(text, CheckedOutside(clock: seconds)) { answer in
          outcome.told.append(ToldLine(answer.canonical ?? text, answer, line: line))
          fault = fault ?? answer.report.errors.first
        }
        if let fault { throw fault.at(file: file, line: line) }
        for note in session.state.patient?.noted ?? [] where !before.contains(note) && !text.contains(note.canonical) { tell(note, line, file, &outcome) }
      }
      outcome.summary = Words("\(commands.count) commands", "\(commands.count) εντολές")
    } catch {
      outcome.faults.append(error)
    }
    return outcome
  }

  /// Warns of a note that a script's line left.
  private func tell(_ note: Note, _ line: Int, _ file: String, _ outcome: inout CheckOutcome) {
    let what = Words(
      "line \(line): noted “\(note.text)”, \(note.reason.shown.english)", "γραμμή \(line): σημειώθηκε «\(note.text)», \(note.reason.shown.greek)")
    if isStrict, note.reason != .outside {
      outcome.faults.append(
        Diagnostic(
          "check.noted", what,
          help: [Words("Write it as a finding, or leave it out.", "Γράψτε το ως εύρημα, ή παραλείψτε το.")]
        ).at(file: file, line: line))
    } else if note.reason == .notUnderstood {
      outcome.notices.append(what)
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
            "text changed, meaning same (\(comparison.reworded) answers)", "άλλαξε το κείμενο, ίδιο νόημα (\(comparison.reworded) απαντήσεις)"))
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
