import Measures
import Vocabulary
import Wording

/// Reads conditions: the phrases of the shell joined by and, or, not, at least N of, and parentheses.
public enum ConditionReader {
  /// Reads a whole condition. Errors carry their span in the text.
  public static func condition(_ text: String, _ vocabulary: Vocabulary) throws(Diagnostic) -> Condition {
    var reader = try PhraseReader(vocabulary, text)
    do throws(Diagnostic) {
      let condition = try reader.condition()
      if !reader.atEnd {
        throw Diagnostic.unexpected(reader.tokens[reader.position].text, reader.tokens[reader.position].span)
      }
      return condition
    } catch {
      throw error.on(text)
    }
  }
}

extension PhraseReader {
  /// `A or B or …`, where and binds closer than or.
  public mutating func condition() throws(Diagnostic) -> Condition {
    depth += 1
    defer { depth -= 1 }
    if depth > InputBounds.nesting { throw .nesting(span(from: position)) }
    var parts = [try conjunction()]
    while take(.or) { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(Diagnostic) -> Condition {
    var parts = [try negation()]
    while take(.and) { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func take(_ particle: Particle) -> Bool {
    guard position < tokens.count, vocabulary.isParticle(tokens[position].key, particle) else { return false }
    position += 1
    return true
  }

  private mutating func negation() throws(Diagnostic) -> Condition {
    depth += 1
    defer { depth -= 1 }
    if depth > InputBounds.nesting * 2 { throw .nesting(span(from: position)) }
    guard position < tokens.count else { throw .conditionEnds(span(from: position)) }
    let token = tokens[position]
    if token.isSymbol("(") {
      let start = position
      position += 1
      let inner = try condition()
      guard position < tokens.count, tokens[position].isSymbol(")") else { throw .conditionEnds(span(from: start)) }
      position += 1
      return inner
    }
    if vocabulary.isParticle(token.key, .not), match(at: position) == nil {
      position += 1
      return .not(try negation())
    }
    if let count = atLeast() {
      guard position < tokens.count, tokens[position].isSymbol("(") else { throw .conditionEnds(span(from: position)) }
      position += 1
      var parts = [try condition()]
      while position < tokens.count, tokens[position].isSymbol(",") {
        position += 1
        parts.append(try condition())
      }
      guard position < tokens.count, tokens[position].isSymbol(")") else { throw .conditionEnds(span(from: position)) }
      position += 1
      return .atLeast(count, parts)
    }
    let start = position
    switch try phrase(stating: false) {
    case .test(let test):
      let finding = vocabulary.findings[test.finding]
      guard finding.isDerived else { return .test(test) }
      guard let definition = vocabulary.definitions.first(where: { $0.finding == finding.index }) else {
        throw .derivedOnly(finding, span(from: start))
      }
      let inner = try ConditionReader.condition(definition.condition, vocabulary)
      return test.allowed == .values(1) ? .defined(finding.index, inner) : .not(.defined(finding.index, inner))
    case .unknown:
      throw .unexpected(tokens[min(position, tokens.count) - 1].text, span(from: start))
    }
  }

  /// `at least N of`, before a parenthesis.
  private mutating func atLeast() -> Int? {
    var index = position
    var key = FoldedKey()
    while index < tokens.count, tokens[index].kind == .word, index - position < 3 {
      key = key + tokens[index].key
      index += 1
      if vocabulary.isParticle(key, .atLeast) { break }
    }
    guard vocabulary.isParticle(key, .atLeast), index + 1 < tokens.count, let count = Int(tokens[index].text),
      vocabulary.isParticle(tokens[index + 1].key, .of)
    else { return nil }
    position = index + 2
    return count
  }
}
