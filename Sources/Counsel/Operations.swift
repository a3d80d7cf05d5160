import Grammar
import Guideline
import Patients
import Vocabulary
import Wording

/// What can't be undone, and what it fits: the table of `operations.txt`, which is background.
public struct Operations: Sendable {
  /// An operation: where the tumour must be, and when there is nothing left of it.
  private struct Operation {
    var fits = Condition.always
    var gone: Condition?
    var wayOf: String?
    var after: [String] = []
  }

  private var operations: [String: Operation] = [:]

  /// Reads the file. Errors name file and line.
  init(_ vocabulary: Vocabulary) throws(Diagnostic) {
    var current = ""
    for (number, line) in vocabulary.lines(of: "operations.txt") {
      do throws(Diagnostic) {
        let space = line.firstIndex(of: " ") ?? line.endIndex
        let rest = line[space...].drop { $0 == " " }
        switch line[..<space] {
        case "operation":
          current = String(rest)
          guard vocabulary.therapy(id: current)?.kind == .procedure else { throw Self.fault(line) }
          operations[current] = Operation()
        case "fits": operations[current]?.fits = try ConditionReader.condition(String(rest), vocabulary)
        case "gone": operations[current]?.gone = try ConditionReader.condition(String(rest), vocabulary)
        case "as":
          guard vocabulary.therapy(id: String(rest)) != nil else { throw Self.fault(line) }
          operations[current]?.wayOf = String(rest)
        case "after": operations[current]?.after = rest.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
        default: throw Self.fault(line)
        }
      } catch {
        throw error.at(file: "vocabulary/operations.txt", line: number)
      }
    }
  }

  private static func fault(_ line: String) -> Diagnostic {
    Diagnostic("vocabulary.line", Words("The operations can't be read: \(line)", "Οι επεμβάσεις δεν διαβάζονται: \(line)"))
  }

  /// Whether what was done can't be undone.
  public func isOperation(_ therapy: String) -> Bool { operations[therapy] != nil }

  /// The operation that it is a way of, and whose tests it needs too.
  public func wayOf(_ therapy: String) -> String? { operations[therapy]?.wayOf }

  /// Whether none of the tests that must have shown where it is done is among those ordered.
  public func isUnseen(_ therapy: String, _ ordered: [String]) -> Bool {
    guard let after = operations[therapy]?.after, !after.isEmpty else { return false }
    return !after.contains(where: ordered.contains)
  }

  /// Whether it is known to be done where the tumour isn't.
  public func isMisplaced(_ therapy: String, _ known: Known) -> Bool { operations[therapy].map { known.truth($0.fits) == .no } ?? false }

  /// Whether it is known that nothing is left of what it is to treat.
  public func isGone(_ therapy: String, _ known: Known) -> Bool { operations[therapy]?.gone.map { known.truth($0) == .yes } ?? false }
}

extension Counsel {
  /// What can't be undone, and what it fits: read when it is first asked for, and kept.
  public func operations() throws(Diagnostic) -> Operations {
    try guideline.kept { () throws(Diagnostic) in try Operations(vocabulary) }
  }

  /// What a decision on a therapy rests on: the statement that leads, whether it stands, and what speaks against it. Two
  /// patients with the same basis lead to the same decision.
  public struct Basis: Sendable, Hashable {
    let lead: Int?
    let stands: Bool
    let against: [Status]
  }

  public func basis(of therapy: String) -> Basis {
    let lead = statements(on: therapy).first
    let near = near(therapy)
    let against = guideline.rules.filter { isAgainst($0.index) && !$0.isRemark && !$0.isCompanion && $0.subjects.contains(where: near.contains) }
    return Basis(lead: lead, stands: lead.map { stands($0) } ?? false, against: against.map { status($0.index) })
  }
}
