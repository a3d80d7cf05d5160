import Grammar
import Measures
import Patients

/// A truth for each of some values, a bit each: where it certainly and where it possibly holds.
struct Outcomes {
  var yes: UInt64
  var possible: UInt64

  static let no = Outcomes(yes: 0, possible: 0)
  /// How many values there may be.
  static let most = UInt64.bitWidth

  init(yes: UInt64, possible: UInt64) {
    self.yes = yes
    self.possible = possible
  }

  /// The same truth for all.
  init(_ truth: Truth, _ all: UInt64) {
    yes = truth == .yes ? all : 0
    possible = truth == .no ? 0 : all
  }

  static func && (a: Outcomes, b: Outcomes) -> Outcomes { Outcomes(yes: a.yes & b.yes, possible: a.possible & b.possible) }
  static func || (a: Outcomes, b: Outcomes) -> Outcomes { Outcomes(yes: a.yes | b.yes, possible: a.possible | b.possible) }

  /// No for some values, the rest as it is.
  func except(_ values: UInt64) -> Outcomes { Outcomes(yes: yes & ~values, possible: possible & ~values) }
}

/// What is known with one finding replaced by each of some values at once, the rest as it is.
struct Trial {
  private let known: Known
  private let finding: Int
  private let values: ArraySlice<Possible>
  /// A bit for each value.
  let all: UInt64

  /// - Parameter values: at least one, at most `Outcomes.most`.
  init(_ known: Known, _ finding: Int, _ values: ArraySlice<Possible>) {
    self.known = known
    self.finding = finding
    self.values = values
    all = UInt64.max >> UInt64(Outcomes.most - values.count)
  }

  func not(_ a: Outcomes) -> Outcomes { Outcomes(yes: ~a.possible & all, possible: ~a.yes & all) }

  /// The truths of a condition, each as `Known.truth` has it.
  func outcomes(_ condition: Condition) -> Outcomes {
    switch condition {
    case .always: return Outcomes(.yes, all)
    case .test(let test):
      if test.finding != finding { return Outcomes(known[test.finding].satisfies(test.allowed), all) }
      var result = Outcomes.no
      var bit: UInt64 = 1
      for value in values {
        result = result || Outcomes(value.satisfies(test.allowed), bit)
        bit <<= 1
      }
      return result
    case .defined(_, let inner): return outcomes(inner)
    case .not(let inner): return not(outcomes(inner))
    case .all(let parts):
      var result = Outcomes(.yes, all)
      for part in parts {
        result = result && outcomes(part)
        if result.possible == 0 { break }
      }
      return result
    case .any(let parts):
      var result = Outcomes.no
      for part in parts {
        result = result || outcomes(part)
        if result.yes == all { break }
      }
      return result
    case .atLeast(let needed, let parts):
      if needed <= 0 { return Outcomes(.yes, all) }
      // Where at least so many of the parts read so far hold.
      var reached = [Outcomes](repeating: .no, count: needed)
      for part in parts {
        let outcome = outcomes(part)
        for count in reached.indices.reversed() {
          reached[count] = reached[count] || (count == 0 ? outcome : reached[count - 1] && outcome)
        }
      }
      return reached[needed - 1]
    }
  }
}
