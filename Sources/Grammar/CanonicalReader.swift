import Measures
import Vocabulary

/// Reads conditions in canonical form, as chapters and vocabulary files hold them, fast. Whatever is not plainly canonical
/// it leaves to `ConditionReader`, which also finds the words for errors; the tests hold the two equal.
public struct CanonicalReader {
  private let vocabulary: Vocabulary
  private var definitions: [Int: Condition] = [:]
  private var bytes: Bytes = Bytes(start: nil, count: 0)
  private var index = 0
  private var depth = 0

  public init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// The condition, or nil when it is not plainly canonical.
  public mutating func condition(_ text: Bytes) -> Condition? {
    bytes = text
    index = 0
    depth = 0
    guard let condition = disjunction(), index == bytes.count else { return nil }
    return condition
  }

  /// The condition of a text, or nil when it is not plainly canonical.
  public mutating func condition(_ text: String) -> Condition? {
    var copy = text
    var reader = self
    let condition = copy.withUTF8 { reader.condition($0) }
    definitions = reader.definitions
    return condition
  }

  private mutating func disjunction() -> Condition? {
    depth += 1
    defer { depth -= 1 }
    if depth > InputBounds.nesting { return nil }
    guard let first = conjunction() else { return nil }
    var parts = [first]
    while take("or") {
      guard let next = conjunction() else { return nil }
      parts.append(next)
    }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() -> Condition? {
    guard let first = negation() else { return nil }
    var parts = [first]
    while take("and") {
      guard let next = negation() else { return nil }
      parts.append(next)
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation() -> Condition? {
    if take("not") {
      depth += 1
      defer { depth -= 1 }
      if depth > InputBounds.nesting { return nil }
      return negation().map { .not($0) }
    }
    if takeSymbol(0x28) {
      guard let inner = disjunction(), takeSymbol(0x29) else { return nil }
      return inner
    }
    if take("at") {
      guard take("least"), let count = Int(word().text), take("of"), takeSymbol(0x28) else { return nil }
      var parts: [Condition] = []
      repeat {
        guard let part = disjunction() else { return nil }
        parts.append(part)
      } while takeSymbol(0x2C)
      return takeSymbol(0x29) ? .atLeast(count, parts) : nil
    }
    return test()
  }

  private mutating func test() -> Condition? {
    guard let finding = vocabulary.finding(id: word().text) else { return nil }
    if finding.isDerived {
      guard let inner = definition(finding.index) else { return nil }
      return take("no") ? .not(.defined(finding.index, inner)) : .defined(finding.index, inner)
    }
    func holds(_ mask: UInt32) -> Condition { .test(Test(finding: finding.index, allowed: .values(mask))) }
    if finding.isNumber { return number(finding) }
    if take("no") { return finding.kind == .boolean ? holds(2) : nil }
    if take("is") {
      let negated = take("not")
      guard let place = finding.place(of: word().text) else { return nil }
      let mask: UInt32 = 1 << UInt32(place)
      return holds(negated ? finding.allValues & ~mask : mask)
    }
    if take("one") {
      guard take("of"), takeSymbol(0x28) else { return nil }
      var mask: UInt32 = 0
      repeat {
        guard let place = finding.place(of: word().text) else { return nil }
        mask |= 1 << UInt32(place)
      } while takeSymbol(0x2C)
      return takeSymbol(0x29) ? holds(mask) : nil
    }
    return finding.kind == .boolean ? holds(1) : nil
  }

  private mutating func number(_ finding: Finding) -> Condition? {
    var sign = ""
    skipSpace()
    if index < bytes.count, bytes[index] == 0x3C || bytes[index] == 0x3E {
      let length = index + 1 < bytes.count && bytes[index + 1] == 0x3D ? 2 : 1
      sign = bytes.part(index, index + length).text
      index += length
    }
    guard let value = Exact(word().text) else { return nil }
    var unit = finding.unit
    if let written = unitText() {
      guard let read = Unit(rawValue: written) else { return nil }
      unit = read
    }
    guard let converted = unit.convert(value, to: finding.unit), finding.admits(converted) else { return nil }
    let interval: Interval
    switch sign {
    case "<": interval = Interval(lower: nil, upper: converted, upperClosed: false)
    case "<=": interval = Interval(lower: nil, upper: converted)
    case ">": interval = Interval(lower: converted, lowerClosed: false, upper: nil)
    case ">=": interval = Interval(lower: converted, upper: nil)
    default: interval = Interval(converted)
    }
    let within = finding.range.intersection(interval)
    return within.isEmpty ? nil : .test(Test(finding: finding.index, allowed: .numbers(within)))
  }

  /// The unit behind a number, when there is one.
  private mutating func unitText() -> String? {
    let start = index
    var end = index
    while true {
      let before = index
      let next = word()
      if next.count == 0 || next.reads("and") || next.reads("or") {
        index = before
        break
      }
      end = index
    }
    let text = bytes.part(start, end).trimmed
    return text.count == 0 ? nil : text.text
  }

  private mutating func definition(_ finding: Int) -> Condition? {
    if let known = definitions[finding] { return known }
    guard let definition = vocabulary.definitions.first(where: { $0.finding == finding }) else { return nil }
    var reader = CanonicalReader(vocabulary)
    let condition = reader.condition(definition.condition)
    definitions[finding] = condition
    return condition
  }

  private mutating func skipSpace() { while index < bytes.count, bytes[index] == 0x20 { index += 1 } }

  /// The next word: up to a space, a comma or a parenthesis.
  private mutating func word() -> Bytes {
    skipSpace()
    let start = index
    while index < bytes.count, bytes[index] != 0x20, bytes[index] != 0x2C, bytes[index] != 0x28, bytes[index] != 0x29 { index += 1 }
    return bytes.part(start, index)
  }

  private mutating func take(_ keyword: StaticString) -> Bool {
    let before = index
    if word().reads(keyword) { return true }
    index = before
    return false
  }

  private mutating func takeSymbol(_ byte: UInt8) -> Bool {
    skipSpace()
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }
}
