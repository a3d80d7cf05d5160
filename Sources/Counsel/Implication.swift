import Grammar
import Measures
import Patients
import Vocabulary

extension Condition {
  /// Whether it holds wherever this one does, as far as their tests show it: each part asked for is among the parts that this
  /// one asks for, or follows from one of them.
  func implies(_ other: Condition) -> Bool {
    if self == other { return true }
    switch other {
    case .always: return true
    case .defined(_, let inner): return implies(inner)
    case .all(let parts): return parts.allSatisfy { implies($0) }
    case .any(let parts) where parts.contains(where: { implies($0) }): return true
    default: break
    }
    switch self {
    case .defined(_, let inner): return inner.implies(other)
    case .all(let parts): return parts.contains { $0.implies(other) }
    case .any(let parts): return !parts.isEmpty && parts.allSatisfy { $0.implies(other) }
    case .test(let test):
      guard case .test(let asked) = other, test.finding == asked.finding else { return false }
      return test.allowed.satisfies(asked.allowed) == .yes
    case .always, .not, .atLeast: return false
    }
  }

  /// Each test with whether it must hold, definitions opened; what is asked of several at once counts test by test.
  func literals(_ visit: (Test, _ holds: Bool) -> Void) { literals(true, visit) }

  private func literals(_ holds: Bool, _ visit: (Test, _ holds: Bool) -> Void) {
    switch self {
    case .always: break
    case .test(let test): visit(test, holds)
    case .defined(_, let inner): inner.literals(holds, visit)
    case .not(let inner): inner.literals(!holds, visit)
    case .all(let parts), .any(let parts), .atLeast(_, let parts): for part in parts { part.literals(holds, visit) }
    }
  }

  /// How many of its tests are met by what is known, and whether one of them by a finding that counts.
  func met(_ known: Known, counts: (Int) -> Bool = { _ in true }) -> (tests: Int, counted: Bool) {
    var tests = 0
    var counted = false
    literals { test, holds in
      guard known[test.finding].satisfies(test.allowed) == (holds ? .yes : .no) else { return }
      tests += 1
      if !counted, counts(test.finding) { counted = true }
    }
    return (tests, counted)
  }
}
