import Reports
import Sessions
import Wording

/// Checks any `.islet` file: a case, a recording, a saved session or plain commands.
public struct FileCheck {
  let world: World
  let seconds: () -> Double

  public init(_ world: World, seconds: @escaping () -> Double) {
    self.world = world
    self.seconds = seconds
  }

  public func check(_ bytes: [UInt8], file: String) -> CheckOutcome {
    if ScenarioReader.isScenario(bytes) { return ScenarioCheck(world, seconds: seconds).check(bytes, file: file) }
    var outcome = CheckOutcome()
    do throws(Diagnostic) {
      let script = try Script(bytes, file: file)
      let language = script["language"].flatMap { Language(rawValue: $0) } ?? .english
      var session = Session(world: world, language: language)
      session.depth = 1
      let commands = try script.commands(file: file)
      for (line, text) in commands {
        var fault: Diagnostic?
        session.run(text, CheckedOutside(clock: seconds)) { answer in
          outcome.told.append(ToldLine(answer.canonical ?? text, answer, line: line))
          fault = fault ?? answer.report.errors.first
        }
        if let fault { throw fault.at(file: file, line: line) }
      }
      outcome.summary = Words("\(commands.count) commands", "\(commands.count) εντολές")
    } catch {
      outcome.faults.append(error)
    }
    return outcome
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

  func read(_ file: String) throws(Diagnostic) -> [UInt8] { throw .fileUnreadable(file) }
  func write(_ text: String, to file: String, _ way: Writing) throws(Diagnostic) { throw .fileNotWritten(file) }
  func journal() -> [UInt8]? { nil }
  func seconds() -> Double { clock() }
}
