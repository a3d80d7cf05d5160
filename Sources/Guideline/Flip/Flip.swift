import Grammar
import Patients
import Vocabulary

/// A finding that a flip changes or learns.
public struct FlipChange: Sendable, Hashable {
  public let finding: Int
  /// The values that do it: one, several of a category, or a range of numbers. Any of them will do.
  public let to: Possible
  /// Whether the finding is open and may be found so: it is learnt, not changed.
  public let isLearnt: Bool
}

/// Changes which together turn advice, and of which none can be left out.
public struct FlipSet: Sendable, Hashable {
  /// In the vocabulary's order.
  public let changes: [FlipChange]
  /// Where the advice stands after them.
  public let status: Status
}

/// What would turn one rule for one patient: make it apply, or, where it applies, stop applying.
public struct Flip: Sendable {
  public enum Larger: String, Sendable {
    /// Every way takes no more than the most changes that are listed.
    case none
    /// There are ways that take more changes, and need them all.
    case exist
    /// There may be: not everything was tried.
    case untried
  }

  public let rule: Int
  public let before: Status
  /// Fewest changes first; within one number what is learnt before what is changed.
  public let sets: [FlipSet]
  public let larger: Larger
  /// Whether `sets` holds every way of up to the most changes.
  public let isComplete: Bool

  /// The most changes in a set.
  public static let mostChanges = 3
}

extension Guideline {
  /// Every smallest set of up to three changes that would make a rule apply, or stop applying where it applies. Each is
  /// verified by evaluation. Findings that can't change in a patient may only be learnt; contradictory patients are none;
  /// what the vocabulary derives follows.
  public func flip(_ rule: Int, _ stated: [Int: Possible], given: Set<String> = []) -> Flip {
    var search = FlipSearch(self, rule, stated, given)
    return search.run()
  }
}
