import Grammar
import Guideline
import Testing
import Vocabulary

@testable import Counsel

/// By semantics.md, section 10: of statements of one stance the one whose `when` implies the other's leads.
@Suite("Which condition is more particular than another")
struct ImplicationTests {
  /// A condition, another, and whether the first implies the second and the second the first.
  static let pairs: [(one: String, other: String, implies: Bool, isImplied: Bool)] = [
    ("size > 2 cm", "size > 2 cm", true, true), ("size > 2 cm", "size > 1 cm", true, false), ("size < 1 cm", "size < 2 cm", true, false),
    ("size > 2 cm", "ki67 > 2 %", false, false), ("size > 2 cm", "size < 3 cm", false, false),
    ("syndrome is insulinoma", "syndrome one of (insulinoma, gastrinoma)", true, false),
    ("syndrome is insulinoma and men1", "syndrome is insulinoma", true, false),
    ("syndrome is insulinoma and men1", "men1 and syndrome is insulinoma", true, true),
    ("syndrome is insulinoma", "syndrome is insulinoma or men1", true, false), ("men1 or syndrome is insulinoma", "men1", false, true),
    ("(men1 and size > 2 cm) or (men1 and ki67 > 2 %)", "men1", true, false), ("size > 2 cm and men1", "size > 1 cm or diabetes", true, false),
    ("men1", "men1 and diabetes", false, true), ("not men1", "men1", false, false), ("not men1", "not men1", true, true),
    ("at least 2 of (men1, diabetes, hypertension)", "men1", false, false),
  ]

  @Test("by the tests that each asks for", arguments: pairs)
  func pair(_ pair: (one: String, other: String, implies: Bool, isImplied: Bool)) throws {
    let vocabulary = try Guideline.embedded().vocabulary
    let (one, other) = (try ConditionReader.condition(pair.one, vocabulary), try ConditionReader.condition(pair.other, vocabulary))
    #expect(one.implies(other) == pair.implies)
    #expect(other.implies(one) == pair.isImplied)
  }

  @Test("everything implies what always holds, which implies nothing else")
  func always() throws {
    let vocabulary = try Guideline.embedded().vocabulary
    for text in Set(Self.pairs.flatMap { [$0.one, $0.other] }) {
      let condition = try ConditionReader.condition(text, vocabulary)
      #expect(condition.implies(.always), "\(text)")
      #expect(!Condition.always.implies(condition), "\(text)")
    }
    #expect(Condition.always.implies(.always))
  }
}
