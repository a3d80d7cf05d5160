import Measures
import Vocabulary

extension FlatTableWriter {
  public mutating func condition(_ condition: Condition) {
    switch condition {
    case .always: number(0)
    case .test(let test):
      switch test.allowed {
      case .values(let mask):
        number(1)
        number(test.finding)
        number(Int(mask))
      case .numbers(let numbers):
        number(2)
        number(test.finding)
        interval(numbers)
      }
    case .defined(let finding, let inner):
      number(3)
      number(finding)
      self.condition(inner)
    case .not(let inner):
      number(4)
      self.condition(inner)
    case .all(let parts):
      number(5)
      list(parts) { $0.condition($1) }
    case .any(let parts):
      number(6)
      list(parts) { $0.condition($1) }
    case .atLeast(let needed, let parts):
      number(7)
      number(needed)
      list(parts) { $0.condition($1) }
    }
  }

  public mutating func condition(_ condition: Condition?) {
    flag(condition != nil)
    if let condition { self.condition(condition) }
  }
}

extension FlatTableReader {
  public mutating func condition() -> Condition {
    switch number() {
    case 1:
      let finding = number()
      return .test(Test(finding: finding, allowed: .values(UInt32(truncatingIfNeeded: number()))))
    case 2:
      let finding = number()
      return .test(Test(finding: finding, allowed: .numbers(interval())))
    case 3:
      let finding = number()
      return .defined(finding, condition())
    case 4: return .not(condition())
    case 5: return .all(list { $0.condition() })
    case 6: return .any(list { $0.condition() })
    case 7:
      let needed = number()
      return .atLeast(needed, list { $0.condition() })
    default: return .always
    }
  }

  public mutating func optionalCondition() -> Condition? { flag() ? condition() : nil }
}
