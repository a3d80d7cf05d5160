import Measures
import Vocabulary

/// The values of a finding that are still possible, or that a test allows: a set of a category's values (a bit by
/// place) or an interval of numbers.
public enum Possible: Sendable, Hashable {
  case values(UInt32)
  case numbers(Interval)

  /// Everything that a finding can be: nothing is known.
  public static func all(of finding: Finding) -> Possible {
    finding.isNumber ? .numbers(finding.range) : .values(finding.allValues)
  }

  public var isEmpty: Bool {
    switch self {
    case .values(let mask): mask == 0
    case .numbers(let interval): interval.isEmpty
    }
  }

  public func intersection(_ other: Possible) -> Possible {
    switch (self, other) {
    case (.values(let a), .values(let b)): .values(a & b)
    case (.numbers(let a), .numbers(let b)): .numbers(a.intersection(b))
    default: self
    }
  }

  /// Whether one value only is left.
  public var isSettled: Bool {
    switch self {
    case .values(let mask): mask.nonzeroBitCount == 1
    case .numbers(let interval): interval.single != nil
    }
  }

  /// The place of the one value left of a category.
  public var value: Int? {
    if case .values(let mask) = self, mask.nonzeroBitCount == 1 { return mask.trailingZeroBitCount }
    return nil
  }

  /// Kleene: yes if every possible value is allowed, no if none is, else unknown.
  public func satisfies(_ allowed: Possible) -> Truth {
    switch (self, allowed) {
    case (.values(let possible), .values(let allowed)):
      if possible & ~allowed == 0 { return .yes }
      return possible & allowed == 0 ? .no : .unknown
    case (.numbers(let possible), .numbers(let allowed)):
      let both = possible.intersection(allowed)
      if both == possible { return .yes }
      return both.isEmpty ? .no : .unknown
    default: return .unknown
    }
  }
}

/// One question about one finding.
public struct Test: Sendable, Hashable {
  public let finding: Int
  public let allowed: Possible

  public init(finding: Int, allowed: Possible) {
    self.finding = finding
    self.allowed = allowed
  }
}

/// A condition on a patient, judged in Kleene's logic.
public indirect enum Condition: Sendable, Hashable {
  /// Holds for everyone.
  case always
  case test(Test)
  /// A derived finding (`functioning`) and its definition.
  case defined(Int, Condition)
  case not(Condition)
  case all([Condition])
  case any([Condition])
  case atLeast(Int, [Condition])

  /// The truth of the condition, given what is possible of each finding.
  public func truth(_ possible: (Int) -> Possible) -> Truth {
    switch self {
    case .always: return .yes
    case .test(let test): return possible(test.finding).satisfies(test.allowed)
    case .defined(_, let condition): return condition.truth(possible)
    case .not(let condition): return !condition.truth(possible)
    case .all(let parts):
      var result = Truth.yes
      for part in parts {
        result = result && part.truth(possible)
        if result == .no { break }
      }
      return result
    case .any(let parts):
      var result = Truth.no
      for part in parts {
        result = result || part.truth(possible)
        if result == .yes { break }
      }
      return result
    case .atLeast(let needed, let parts):
      var yes = 0
      var unknown = 0
      for part in parts {
        switch part.truth(possible) {
        case .yes: yes += 1
        case .unknown: unknown += 1
        case .no: break
        }
      }
      return yes >= needed ? .yes : yes + unknown >= needed ? .unknown : .no
    }
  }

  /// The findings it asks about, in its order, each once; a derived finding that can be stated is named itself.
  public func findings(statable: (Int) -> Bool) -> [Int] {
    var found: [Int] = []
    func visit(_ condition: Condition) {
      switch condition {
      case .always: break
      case .test(let test): if !found.contains(test.finding) { found.append(test.finding) }
      case .defined(let finding, let inner):
        if statable(finding) {
          if !found.contains(finding) { found.append(finding) }
        } else {
          visit(inner)
        }
      case .not(let inner): visit(inner)
      case .all(let parts), .any(let parts), .atLeast(_, let parts): parts.forEach(visit)
      }
    }
    visit(self)
    return found
  }

  /// Whether one of its tests is such, definitions opened.
  public func hasTest(where isSuch: (Test) -> Bool) -> Bool {
    switch self {
    case .always: false
    case .test(let test): isSuch(test)
    case .defined(_, let inner), .not(let inner): inner.hasTest(where: isSuch)
    case .all(let parts), .any(let parts), .atLeast(_, let parts): parts.contains { $0.hasTest(where: isSuch) }
    }
  }

  /// Every test in it, definitions opened.
  public var tests: [Test] {
    switch self {
    case .always: []
    case .test(let test): [test]
    case .defined(_, let inner), .not(let inner): inner.tests
    case .all(let parts), .any(let parts), .atLeast(_, let parts): parts.flatMap(\.tests)
    }
  }

  /// Both conditions.
  public static func both(_ a: Condition, _ b: Condition) -> Condition {
    switch (a, b) {
    case (.always, _): b
    case (_, .always): a
    default: .all([a, b])
    }
  }
}
