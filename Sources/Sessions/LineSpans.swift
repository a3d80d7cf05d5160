import Grammar
import Vocabulary
import Wording

/// A stretch of a line that is being typed, and what it is.
public struct LineSpan: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case command, finding, number, therapy
    /// Within a finding that is said to be absent: its whole scope.
    case negated, negatedNumber
    /// What the reader doesn't understand.
    case unknown
  }

  public let kind: Kind
  /// Offsets into the line's UTF-8.
  public let range: Range<Int>
}

extension Session {
  /// What the words of a line are, as the readers of its commands have it; where two overlap the later one holds. Nothing is
  /// run, and what can't be read yet has no span.
  public func spans(of line: String) -> [LineSpan] {
    guard let plain = try? Input.plain(line) else { return [] }
    var spans: [LineSpan] = []
    let bytes = Array(plain.utf8)
    var from = 0
    for (_, part) in Input.commands(plain) {
      let wanted = Array(part.utf8)
      guard let start = Self.place(of: wanted, in: bytes, from: from) else { continue }
      from = start + wanted.count
      for span in commandSpans(part) {
        spans.append(LineSpan(kind: span.kind, range: (span.range.lowerBound + start)..<(span.range.upperBound + start)))
      }
    }
    guard plain != line else { return spans }
    let typed = Self.offsets(in: line)
    return spans.map { span in
      let (low, high) = (min(span.range.lowerBound, typed.count - 1), min(span.range.upperBound, typed.count - 1))
      return LineSpan(kind: span.kind, range: typed[low]..<typed[high])
    }
  }

  /// A line as it is typed, in which the names of commands lead to what they do.
  public func typed(_ line: String) -> Text {
    var text = Text()
    var end = 0
    for span in spans(of: line) where span.kind == .command && span.range.lowerBound >= end {
      let whole = Text(line)
      let name = whole[span.range].string
      guard let command = world.commands.command(named: FoldedKey(name)) else { continue }
      text += whole[end..<span.range.lowerBound] + Text.command(name, command.id)
      end = span.range.upperBound
    }
    return text + Text(line)[end..<line.utf8.count]
  }

  /// For each offset into the plain form of a line, the offset in the line as typed.
  private static func offsets(in line: String) -> [Int] {
    var offsets: [Int] = []
    var place = 0
    for scalar in line.unicodeScalars {
      let plain = (try? Input.plain(String(Character(scalar)))) ?? ""
      offsets += [Int](repeating: place, count: plain.utf8.count)
      place += UTF8.width(scalar)
    }
    return offsets + [place]
  }

  private static func place(of part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard !part.isEmpty, bytes.count >= start + part.count else { return nil }
    return (start...(bytes.count - part.count)).first { bytes[$0..<($0 + part.count)].elementsEqual(part) }
  }

  private func commandSpans(_ part: String) -> [LineSpan] {
    // A quotation that is still open is read as if it ended here.
    var source = part
    if (try? Lexer.tokens(source)) == nil { source += "\"" }
    guard let tokens = try? Lexer.tokens(source), !tokens.isEmpty else { return [] }
    let vocabulary = world.guideline.vocabulary
    let match = world.commands.match(tokens)
    let first = match?.length ?? 0
    var spans: [LineSpan] = []
    if first > 0 { spans.append(LineSpan(kind: .command, range: tokens[0].span.lowerBound..<tokens[first - 1].span.upperBound)) }
    if let match, match.command.takesFile { return spans }
    spans += therapySpans(source, tokens, from: first, vocabulary)
    switch match?.command.value?.takes {
    case .findings?: spans += findingSpans(source, tokens, from: first, vocabulary, isName: match?.command.id == "patient", marksUnknown: true)
    case nil where match == nil:
      spans += findingSpans(source, tokens, from: first, vocabulary, isName: false, marksUnknown: false)
    default: break
    }
    for token in tokens[first...] where token.kind == .number {
      let isNegated = spans.contains { $0.kind == .negated && $0.range.contains(token.span.lowerBound) }
      spans.append(LineSpan(kind: isNegated ? .negatedNumber : .number, range: token.span))
    }
    return spans
  }

  private func therapySpans(_ source: String, _ tokens: [Token], from first: Int, _ vocabulary: Vocabulary) -> [LineSpan] {
    var spans: [LineSpan] = []
    var place = first
    while place < tokens.count {
      var key = FoldedKey()
      var end: Int?
      for index in place..<min(tokens.count, place + 8) {
        if tokens[index].kind == .quoted { break }
        key = key + tokens[index].key
        if !tokens[index].key.isEmpty, !vocabulary.therapies(named: key).isEmpty { end = index + 1 }
      }
      if let end { spans.append(LineSpan(kind: .therapy, range: tokens[place].span.lowerBound..<tokens[end - 1].span.upperBound)) }
      place = end ?? place + 1
    }
    return spans
  }

  private func findingSpans(
    _ source: String, _ tokens: [Token], from first: Int, _ vocabulary: Vocabulary, isName: Bool, marksUnknown: Bool
  ) -> [LineSpan] {
    var start = first
    guard start < tokens.count else { return [] }
    // A case note stands between quotes; a patient's name comes before what is stated.
    if tokens[start].kind == .quoted, !isName {
      let inner = tokens[start].span.lowerBound + 1
      return readSpans(tokens[start].text, vocabulary, isProse: true, marksUnknown: marksUnknown).map {
        LineSpan(kind: $0.kind, range: ($0.range.lowerBound + inner)..<($0.range.upperBound + inner))
      }
    }
    if isName, tokens[start].kind == .quoted || PhraseReader(vocabulary, source, tokens: tokens, from: start).startsName { start += 1 }
    guard start < tokens.count else { return [] }
    return spans(in: PhraseReader(vocabulary, source, tokens: tokens, from: start).reading(), vocabulary, marksUnknown)
  }

  private func readSpans(_ text: String, _ vocabulary: Vocabulary, isProse: Bool, marksUnknown: Bool) -> [LineSpan] {
    guard let reading = try? PhraseReader.read(vocabulary, text, isProse: isProse) else { return [] }
    return spans(in: reading, vocabulary, marksUnknown)
  }

  private func spans(in reading: FindingsReading, _ vocabulary: Vocabulary, _ marksUnknown: Bool) -> [LineSpan] {
    reading.items.compactMap { item in
      switch item {
      case .statement(let statement):
        let absent = vocabulary.findings[statement.finding].absent
        let isNegated = absent != nil && statement.possible?.value == absent
        return LineSpan(kind: isNegated ? .negated : .finding, range: statement.span)
      case .noted(let stretch):
        return marksUnknown && stretch.note.reason == .notUnderstood ? LineSpan(kind: .unknown, range: stretch.span) : nil
      }
    }
  }

  /// What commands would mean, without running them: each in canonical form, or what its error says.
  public func meanings(of commands: [String]) -> [String] {
    var trial = self
    var said: [String] = []
    for command in commands {
      let answer = trial.run(command)
      if let error = answer.report.errors.first {
        said.append(error.message[state.language])
        said += error.help.map { "  " + $0[state.language] }
        break
      }
      said.append(answer.canonical ?? command)
    }
    return said
  }
}
