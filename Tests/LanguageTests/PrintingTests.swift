import Grammar
import Measures
import Testing
import Vocabulary

/// A small generator with a fixed seed, so that a failure can be repeated.
typealias Draws = SplitMix64

extension Draws {
  mutating func test(_ vocabulary: Vocabulary) -> Grammar.Test {
    while true {
      guard let finding = vocabulary.findings.randomElement(using: &self), !finding.isDerived else { continue }
      if !finding.isNumber {
        // A set of all values says nothing, and has no canonical form but itself.
        return Grammar.Test(finding: finding.index, allowed: .values(UInt32.random(in: 1..<finding.allValues, using: &self)))
      }
      let whole = finding.range.upper.map { $0.millionths / 1_000_000 } ?? 100
      // Tenths, but of what is counted.
      let step: Int64 = finding.isCount ? 1_000_000 : 100_000
      let tenths = Exact(millionths: Int64.random(in: 1..<(whole * 1_000_000 / step), using: &self) * step)
      let interval: Interval
      switch Int.random(in: 0..<5, using: &self) {
      case 0: interval = Interval(tenths)
      case 1: interval = Interval(lower: finding.range.lower, upper: tenths, upperClosed: false)
      case 2: interval = Interval(lower: finding.range.lower, upper: tenths)
      case 3: interval = Interval(lower: tenths, lowerClosed: false, upper: finding.range.upper)
      default: interval = Interval(lower: tenths, upper: finding.range.upper)
      }
      return Grammar.Test(finding: finding.index, allowed: .numbers(interval))
    }
  }

  mutating func condition(_ vocabulary: Vocabulary, depth: Int) -> Condition {
    guard depth > 0 else { return .test(test(vocabulary)) }
    let count = Int.random(in: 2...3, using: &self)
    func parts() -> [Condition] {
      var copy = self
      defer { self = copy }
      return (0..<count).map { _ in copy.condition(vocabulary, depth: depth - 1) }
    }
    switch Int.random(in: 0..<6, using: &self) {
    case 0: return .all(parts())
    case 1: return .any(parts())
    case 2: return .not(condition(vocabulary, depth: depth - 1))
    case 3: return .atLeast(Int.random(in: 1...count, using: &self), parts())
    case 4:
      let functioning = ["functioning", "advanced"].randomElement(using: &self) ?? "functioning"
      return (try? ConditionReader.condition(functioning, vocabulary)) ?? .test(test(vocabulary))
    default: return .test(test(vocabulary))
    }
  }
}

@Suite("Printing and reading are inverse")
struct PrintingTests {
  @Test("a statement that is printed and read is the same, and printing what was read gives the same text", arguments: [1, 2, 3])
  func statements(seed: UInt64) throws {
    let vocabulary = try vocabulary()
    var draws = Draws(state: seed)
    for _ in 0..<300 {
      let test = draws.test(vocabulary)
      let printed = Printer.statement(test.finding, test.allowed, vocabulary)
      var reader = try PhraseReader(vocabulary, printed)
      let read = try reader.statements()
      #expect(read.map(\.finding) == [test.finding], "\(printed)")
      #expect(read.map(\.possible) == [test.allowed], "\(printed)")
      #expect(Printer.statements(read, vocabulary) == printed)
    }
  }

  @Test("several statements on one line, and a finding that is said to be unknown", arguments: [4, 5])
  func lines(seed: UInt64) throws {
    let vocabulary = try vocabulary()
    var draws = Draws(state: seed)
    for _ in 0..<100 {
      var stated: [Statement] = []
      for _ in 0..<6 {
        let test = draws.test(vocabulary)
        if stated.contains(where: { $0.finding == test.finding }) { continue }
        stated.append(Statement(finding: test.finding, possible: Bool.random(using: &draws) ? test.allowed : nil, span: 0..<0))
      }
      let printed = Printer.statements(stated, vocabulary)
      var reader = try PhraseReader(vocabulary, printed)
      let read = try reader.statements()
      #expect(read.map(\.finding) == stated.map(\.finding), "\(printed)")
      #expect(read.map(\.possible) == stated.map(\.possible), "\(printed)")
    }
  }

  @Test("a condition that is printed and read is the same, by both readers", arguments: [6, 7, 8])
  func conditions(seed: UInt64) throws {
    let vocabulary = try vocabulary()
    var draws = Draws(state: seed)
    var canonical = CanonicalReader(vocabulary)
    for depth in 0..<5 {
      for _ in 0..<60 {
        let condition = draws.condition(vocabulary, depth: depth)
        let printed = Printer.condition(condition, vocabulary)
        #expect(try ConditionReader.condition(printed, vocabulary) == condition, "\(printed)")
        #expect(canonical.condition(printed) == condition, "\(printed)")
        #expect(Printer.condition(try ConditionReader.condition(printed, vocabulary), vocabulary) == printed)
      }
    }
  }

  @Test("what is shown of a value, in either language, is read back as that value", arguments: [9])
  func shown(seed: UInt64) throws {
    let vocabulary = try vocabulary()
    var draws = Draws(state: seed)
    for _ in 0..<400 {
      let test = draws.test(vocabulary)
      guard test.allowed.isSettled else { continue }
      let words = vocabulary.describe(test.finding, test.allowed)
      for text in [words.english, words.greek] {
        var reader = try PhraseReader(vocabulary, text)
        #expect(try reader.statements().filter { $0.finding == test.finding }.map(\.possible) == [test.allowed], "\(text)")
      }
    }
  }
}
