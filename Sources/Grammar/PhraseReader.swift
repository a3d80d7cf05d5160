import Measures
import Vocabulary
import Wording

/// What a phrase says of a finding: the values left, or that it is not known.
public struct Statement: Sendable, Hashable {
  public let finding: Int
  /// Nil: the finding is said to be unknown.
  public let possible: Possible?
  /// Where it stands in the line, as UTF-8 offsets.
  public let span: Range<Int>

  /// What it says, wherever it stands.
  var said: Statement { Statement(finding: finding, possible: possible, span: 0..<0) }

  public init(finding: Int, possible: Possible?, span: Range<Int>) {
    self.finding = finding
    self.possible = possible
    self.span = span
  }
}

/// Reads findings and conditions from tokens.
public struct PhraseReader {
  public let vocabulary: Vocabulary
  public let source: String
  public let tokens: [Token]
  /// The next token to be read.
  public var position: Int
  /// Whether the error for an unknown word looks for words near it, which takes its time.
  var suggests = true
  var depth = 0

  public init(_ vocabulary: Vocabulary, _ source: String, tokens: [Token], from position: Int = 0) {
    self.vocabulary = vocabulary
    self.source = source
    self.tokens = tokens
    self.position = position
  }

  public init(_ vocabulary: Vocabulary, _ source: String) throws(Diagnostic) {
    self.init(vocabulary, source, tokens: try Lexer.tokens(source))
  }

  public var atEnd: Bool { position >= tokens.count }

  /// What a phrase turned out to be: a test on a finding, or a finding said to be unknown.
  enum Said {
    case test(Test)
    case unknown(Int)
  }

  func span(from start: Int) -> Range<Int> {
    guard start < tokens.count else {
      let end = source.utf8.count
      return max(0, end - 1)..<end
    }
    let last = max(start, min(position, tokens.count) - 1)
    return tokens[start].span.lowerBound..<tokens[last].span.upperBound
  }

  // MARK: Findings

  /// Reads a list of findings up to the end of the line, where nothing may be noted or asked.
  public mutating func statements() throws(Diagnostic) -> [Statement] { try statements(after: []) }

  /// Reads on after statements that stand before.
  mutating func statements(after earlier: [Statement]) throws(Diagnostic) -> [Statement] {
    let reading = reading(after: earlier)
    position = tokens.count
    if let error = reading.error(vocabulary) { throw error }
    if let note = reading.notes.first { throw unknown(note) }
    if reading.statements.isEmpty { throw Diagnostic.nothingStated(span(from: position)).on(source) }
    return reading.statements
  }

  /// What the rest of the line says of a patient.
  public func reading(isProse: Bool = false) -> FindingsReading { reading(after: [], isProse: isProse) }

  private func reading(after earlier: [Statement], isProse: Bool = false) -> FindingsReading {
    var reader = FindingsReader(vocabulary, source, tokens: tokens, from: position, isProse: isProse)
    reader.result.items = earlier.map { .statement($0) }
    return reader.read()
  }

  private func unknown(_ note: NotedStretch) -> Diagnostic {
    let near = suggests ? vocabulary.suggestions(for: Folding.key(note.note.text)) : []
    return Diagnostic.unknownFinding(note.note.text, suggestions: near, note.span).on(source)
  }

  /// Skips commas, middle dots and filler words that begin no phrase.
  mutating func skipSeparators() {
    while position < tokens.count {
      let token = tokens[position]
      if token.isSymbol(",") || token.isSymbol("·") || token.isSymbol(".") {
        position += 1
      } else if token.kind == .word,
        vocabulary.isParticle(token.key, .filler) || vocabulary.isParticle(token.key, .and)
      {
        if let match = match(at: position), match.length > 1 { return }
        position += 1
      } else {
        return
      }
    }
  }

  // MARK: Matching

  /// The longest phrase of the vocabulary that starts at a token.
  func match(at start: Int) -> (length: Int, meanings: [Meaning])? {
    longest(at: start) { vocabulary.meanings(of: $0) }
  }

  private func longest<Found>(at start: Int, _ find: (FoldedKey) -> Found?) -> (length: Int, Found)? {
    guard start < tokens.count else { return nil }
    var key = FoldedKey()
    var best: (Int, Found)?
    var index = start
    while index < tokens.count, index - start < 14 {
      let token = tokens[index]
      if token.kind == .quoted || token.isSymbol(",") || token.isSymbol("(") || token.isSymbol(")") { break }
      if token.isSymbol("<") || token.isSymbol(">") || token.isSymbol("<=") || token.isSymbol(">=") { break }
      key = key + token.key
      index += 1
      if token.key.isEmpty { continue }
      if let found = find(key) { best = (index - start, found) }
    }
    return best
  }

  /// The longest phrase at a token that means a value of a finding.
  func valueMatch(at start: Int, of finding: Int) -> (length: Int, value: Int)? {
    longest(at: start) { vocabulary.value($0, of: finding) }.map { ($0.length, $0.1) }
  }

  /// A value and then its finding's name: `negative SSTR2`, `severe diarrhoea`.
  private func valueThenName(at start: Int) -> (length: Int, test: Test)? {
    var best: (length: Int, test: Test)?
    var key = FoldedKey()
    for length in 1...4 {
      guard start + length < tokens.count, tokens[start + length - 1].kind == .word || tokens[start + length - 1].isSymbol("-") else {
        break
      }
      key = key + tokens[start + length - 1].key
      guard tokens[start + length].kind == .word, let (nameLength, meanings) = match(at: start + length)
      else { continue }
      for meaning in meanings {
        if case .finding(let finding) = meaning, let value = vocabulary.value(key, of: finding), length + nameLength > (best?.length ?? 0) {
          best = (length + nameLength, Test(finding: finding, allowed: .values(1 << UInt32(value))))
        }
      }
    }
    return best
  }

  // MARK: Phrases

  /// Reads one phrase: a finding with its value, or a value on its own.
  mutating func phrase(stating: Bool) throws(Diagnostic) -> Said {
    let start = position
    let token = tokens[position]
    let direct = match(at: position)
    if let reversed = valueThenName(at: position), reversed.length > (direct?.length ?? 0) {
      position += reversed.length
      return .test(reversed.test)
    }
    if let (length, meanings) = direct {
      return try meaning(of: meanings, start: start, length: length, stating: stating)
    }
    if token.kind == .number { return .test(try numberFirst(stating: stating)) }
    if token.isSymbol("-"), position + 1 < tokens.count, tokens[position + 1].kind == .number {
      position += 2
      throw .bareNumber("-" + tokens[position - 1].text, span(from: start))
    }
    if vocabulary.isParticle(token.key, .no) || vocabulary.isParticle(token.key, .not) {
      position += 1
      skipFillers()
      guard !atEnd else { throw .nothingStated(span(from: start)) }
      return try negated(start: start)
    }
    if vocabulary.isParticle(token.key, .unknown), position + 1 < tokens.count,
      let (length, meanings) = match(at: position + 1), case .finding(let finding)? = meanings.first
    {
      position += 1 + length
      return .unknown(finding)
    }
    throw unknownWord(at: start)
  }

  /// The error for a word that begins no phrase, with what it may have meant.
  private func unknownWord(at start: Int) -> Diagnostic {
    let token = tokens[start]
    var end = start
    if token.kind == .word || token.kind == .number {
      while end + 1 < tokens.count, tokens[end + 1].span.lowerBound == tokens[end].span.upperBound,
        tokens[end + 1].kind == .word || tokens[end + 1].kind == .number || tokens[end + 1].isSymbol("-")
      {
        end += 1
      }
    }
    let whole = tokens[start].span.lowerBound..<tokens[end].span.upperBound
    let text = String(decoding: Array(source.utf8)[whole], as: UTF8.self)
    let near = suggests ? vocabulary.suggestions(for: Folding.key(text)) : []
    return .unknownFinding(text, suggestions: near, whole)
  }

  private mutating func meaning(of meanings: [Meaning], start: Int, length: Int, stating: Bool) throws(Diagnostic) -> Said {
    position = start + length
    var names: [Int] = []
    var values: [(Int, Int)] = []
    for meaning in meanings {
      switch meaning {
      case .finding(let finding): names.append(finding)
      case .value(let finding, let value): values.append((finding, value))
      case .ambiguous(let findings):
        let typed = text(from: start)
        throw .ambiguous(typed, findings.map { vocabulary.reading(of: typed, as: $0) }, span(from: start))
      case .several: break
      }
    }
    if let name = names.first, names.count == 1, values.allSatisfy({ $0.0 == name }) {
      return try afterName(vocabulary.findings[name], start: start, stating: stating)
    }
    if names.isEmpty, values.count == 1 {
      return .test(Test(finding: values[0].0, allowed: .values(1 << UInt32(values[0].1))))
    }
    let readings = names.map { vocabulary.findings[$0].name } + values.map { vocabulary.findings[$0.0].values[$0.1].shown }
    throw .ambiguous(text(from: start), readings, span(from: start))
  }

  private func text(from start: Int) -> String {
    String(decoding: Array(source.utf8)[span(from: start)], as: UTF8.self)
  }

  private mutating func skipFillers() {
    while position < tokens.count, vocabulary.isParticle(tokens[position].key, .filler), match(at: position) == nil {
      position += 1
    }
  }

  /// What follows a finding's name: nothing, a value, a comparison, yes, no or unknown.
  private mutating func afterName(_ finding: Finding, start: Int, stating: Bool) throws(Diagnostic) -> Said {
    let named = position
    while position < tokens.count,
      vocabulary.isParticle(tokens[position].key, .is) || tokens[position].isSymbol("=")
        || tokens[position].isSymbol(":") || (finding.isNumber && vocabulary.isParticle(tokens[position].key, .of))
    {
      position += 1
    }
    if atEnd {
      if position > named { throw .valueMissing(finding, vocabulary, span(from: start)) }
      return .test(try bareName(finding, start: start))
    }
    let token = tokens[position]
    if token.kind == .word, vocabulary.isParticle(token.key, .unknown) {
      position += 1
      return .unknown(finding.index)
    }
    if finding.isNumber { return .test(try comparison(of: finding, start: start, stating: stating)) }
    if token.text == "one", next(is: .of) {
      position += 2
      return .test(Test(finding: finding.index, allowed: .values(try list(of: finding, start: start))))
    }
    if let (length, value) = valueMatch(at: position, of: finding.index) {
      position += length
      return .test(Test(finding: finding.index, allowed: .values(1 << UInt32(value))))
    }
    if vocabulary.isParticle(token.key, .oneOf) {
      position += 1
      return .test(Test(finding: finding.index, allowed: .values(try list(of: finding, start: start))))
    }
    if finding.kind == .boolean || finding.isDerived {
      if vocabulary.isParticle(token.key, .yes) {
        position += 1
        return .test(Test(finding: finding.index, allowed: .values(1)))
      }
      if vocabulary.isParticle(token.key, .no) || vocabulary.isParticle(token.key, .not) {
        position += 1
        return .test(Test(finding: finding.index, allowed: .values(2)))
      }
    }
    if vocabulary.isParticle(token.key, .not) || vocabulary.isParticle(token.key, .no) {
      let before = position
      position += 1
      if let (length, value) = valueMatch(at: position, of: finding.index) {
        position += length
        return .test(Test(finding: finding.index, allowed: .values(finding.allValues & ~(1 << UInt32(value)))))
      }
      if position > named + 1 {
        throw .valueUnknown(position < tokens.count ? tokens[position].text : token.text, finding, vocabulary, span(from: start))
      }
      position = before
      if let absent = finding.absent {
        position += 1
        return .test(Test(finding: finding.index, allowed: .values(1 << UInt32(absent))))
      }
    }
    if position > named, token.kind == .word {
      position += 1
      throw .valueUnknown(token.text, finding, vocabulary, token.span)
    }
    position = named
    return .test(try bareName(finding, start: start))
  }

  private func next(is particle: Particle) -> Bool {
    position + 1 < tokens.count && vocabulary.isParticle(tokens[position + 1].key, particle)
  }

  /// `(a, b, c)`: values of a finding.
  private mutating func list(of finding: Finding, start: Int) throws(Diagnostic) -> UInt32 {
    guard position < tokens.count, tokens[position].isSymbol("(") else { throw .conditionEnds(span(from: start)) }
    position += 1
    var mask: UInt32 = 0
    while position < tokens.count, !tokens[position].isSymbol(")") {
      if tokens[position].isSymbol(",") || vocabulary.isParticle(tokens[position].key, .or) {
        position += 1
        continue
      }
      guard let (length, value) = valueMatch(at: position, of: finding.index) else {
        throw .valueUnknown(tokens[position].text, finding, vocabulary, tokens[position].span)
      }
      position += length
      mask |= 1 << UInt32(value)
    }
    guard position < tokens.count, mask != 0 else { throw .conditionEnds(span(from: start)) }
    position += 1
    return mask
  }

  /// A finding named without a value: yes for a boolean, "not none" for a category that has none or no.
  private func bareName(_ finding: Finding, start: Int) throws(Diagnostic) -> Test {
    switch finding.kind {
    case .boolean, .derived: return Test(finding: finding.index, allowed: .values(1))
    case .category:
      guard let absent = finding.absent else { throw .valueMissing(finding, vocabulary, span(from: start)) }
      return Test(finding: finding.index, allowed: .values(finding.allValues & ~(1 << UInt32(absent))))
    case .number: throw .valueMissing(finding, vocabulary, span(from: start))
    }
  }

  /// `no …`: absence of the finding named next, or everything but the value named next.
  private mutating func negated(start: Int) throws(Diagnostic) -> Said {
    let inner = position
    if let (length, meanings) = match(at: position) {
      for meaning in meanings {
        guard case .finding(let index) = meaning else { continue }
        let finding = vocabulary.findings[index]
        if let (valueLength, value) = valueMatch(at: position + length, of: index) {
          position += length + valueLength
          return .test(Test(finding: index, allowed: .values(finding.allValues & ~(1 << UInt32(value)))))
        }
        position += length
        guard let absent = finding.absent else { throw .noAbsence(finding, vocabulary, span(from: start)) }
        return .test(Test(finding: index, allowed: .values(1 << UInt32(absent))))
      }
    }
    switch try phrase(stating: true) {
    case .unknown(let finding): return .unknown(finding)
    case .test(let test):
      guard case .values(let mask) = test.allowed else {
        throw .unexpected(text(from: inner), span(from: inner))
      }
      return .test(Test(finding: test.finding, allowed: .values(vocabulary.findings[test.finding].allValues & ~mask)))
    }
  }

  // MARK: Numbers

  /// The number that follows a finding's name, with or without a comparison.
  private mutating func comparison(of finding: Finding, start: Int, stating: Bool) throws(Diagnostic) -> Test {
    let isMinus = tokens[position].isSymbol("-")
    let reader = PieceReader(measuresOf: vocabulary, source, tokens: tokens)
    guard let measure = reader.measure(at: isMinus ? position + 1 : position) else {
      position += 1
      throw .valueMissing(finding, vocabulary, span(from: start))
    }
    let typed = position..<measure.range.upperBound
    position = typed.upperBound
    if isMinus { throw .outOfRange(text(from: typed.lowerBound), finding, vocabulary, span(from: typed.lowerBound)) }
    return Test(finding: finding.index, allowed: .numbers(try reader.interval(measure, of: finding, typed)))
  }

  /// A number that comes first: `14 mm` (the size), `3% Ki-67`, `54 years`, `5 liver lesions`.
  private mutating func numberFirst(stating: Bool) throws(Diagnostic) -> Test {
    let start = position
    let reader = PieceReader(measuresOf: vocabulary, source, tokens: tokens)
    guard let measure = reader.measure(at: start) else {
      position += 1
      throw .bareNumber(tokens[start].text, span(from: start))
    }
    position = measure.range.upperBound
    var nameStart = position
    while nameStart < tokens.count, vocabulary.isParticle(tokens[nameStart].key, .filler) { nameStart += 1 }
    if let (length, meanings) = match(at: nameStart) {
      for meaning in meanings {
        guard case .finding(let index) = meaning, vocabulary.findings[index].isNumber else { continue }
        let finding = vocabulary.findings[index]
        let ownNumber = nameStart + length < tokens.count && tokens[nameStart + length].kind == .number
        let fits = measure.unit == nil ? finding.unit == .count || finding.unit == .perTenFields : measure.interval(in: finding.unit) != nil
        guard fits, !ownNumber else { continue }
        position = nameStart + length
        return Test(finding: index, allowed: .numbers(try reader.interval(measure, of: finding, measure.range)))
      }
    }
    let number = text(from: start)
    guard let dimension = measure.dimension else { throw .bareNumber(number, span(from: start)) }
    let fitting = vocabulary.findings.filter { $0.isNumber && $0.unit.dimension == dimension }
    let bare = vocabulary.bareNumbers.filter { vocabulary.findings[$0].unit.dimension == dimension }
    if let index = bare.first ?? (fitting.count == 1 ? fitting[0].index : nil) {
      return Test(finding: index, allowed: .numbers(try reader.interval(measure, of: vocabulary.findings[index], measure.range)))
    }
    if fitting.isEmpty { throw .bareNumber(number, span(from: start)) }
    throw .ambiguous(
      number, fitting.map { Words("\($0.name.english) \(number)", "\($0.name.greek) \(number)") }, span(from: start))
  }
}

extension Vocabulary {
  /// What a stated finding says, in words: `liver metastases in both lobes`, `Ki-67 below 2%`, `size 14 mm`.
  public func describe(_ index: Int, _ possible: Possible?) -> Words {
    let finding = findings[index]
    guard let possible else {
      return Words("\(finding.name.english): not known", "\(finding.name.greek): άγνωστο")
    }
    switch possible {
    case .numbers(let interval): return describe(interval, of: finding)
    case .values(let mask):
      if finding.isDerived {
        return mask == 1 ? finding.name : Words("not \(finding.name.english)", "όχι \(finding.name.greek)")
      }
      if let value = possible.value { return finding.values[value].shown }
      if mask == 0 || mask == finding.allValues {
        return Words("\(finding.name.english): not known", "\(finding.name.greek): άγνωστο")
      }
      if let absent = finding.absent, mask == finding.allValues & ~(1 << UInt32(absent)) { return finding.name }
      let missing = finding.allValues & ~mask
      if missing.nonzeroBitCount == 1, finding.values.count > 2 {
        let value = finding.values[missing.trailingZeroBitCount].shown
        return Words("not \(value.english)", "όχι \(value.greek)")
      }
      let shown = finding.values.indices.filter { mask & 1 << UInt32($0) != 0 }.map { finding.values[$0].shown }
      return Words(
        shown.map(\.english).joined(separator: " or "), shown.map(\.greek).joined(separator: " ή "))
    }
  }

  private func describe(_ interval: Interval, of finding: Finding) -> Words {
    let name = finding.name
    if let value = interval.single {
      let quantity = finding.unit.words(value)
      return bareNumbers.contains(finding.index) ? quantity : .joined([name, quantity], by: " ")
    }
    let low = interval.lower == finding.range.lower && interval.lowerClosed ? nil : interval.lower
    let high = interval.upper == finding.range.upper && interval.upperClosed ? nil : interval.upper
    func bound(_ value: Exact) -> Words {
      if finding.unit == .millimetre, let cm = value.scaled(by: 1, over: 10), cm.millionths % 1_000_000 == 0, !cm.isNegative {
        return Unit.centimetre.words(cm)
      }
      return finding.unit.words(value)
    }
    let lower = low.map { Words.joined([interval.lowerClosed ? Words("at least", "τουλάχιστον") : Words("above", "πάνω από"), bound($0)], by: " ") }
    let upper = high.map { Words.joined([interval.upperClosed ? Words("at most", "έως") : Words("below", "κάτω από"), bound($0)], by: " ") }
    let parts = [lower, upper].compactMap { $0 }
    if parts.isEmpty { return name }
    let joined = Words(
      parts.map(\.english).joined(separator: " and "), parts.map(\.greek).joined(separator: " και "))
    return Words("\(name.english) \(joined.english)", "\(name.greek) \(joined.greek)")
  }

  /// Words of the vocabulary within a few letters of a folded word (two; one for words of under five), nearest first, at
  /// most three.
  public func suggestions(for key: String, within letters: Int? = nil) -> [Words] {
    // A lone mark is near to no word.
    guard key.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil }) else { return [] }
    let limit = letters ?? (key.unicodeScalars.count < 5 ? 1 : 2)
    var found: [(distance: Int, words: Words)] = []
    func consider(_ candidate: String, _ words: @autoclosure () -> Words) {
      let distance = Folding.distance(key, candidate, limit: limit)
      if distance <= limit { found.append((distance, words())) }
    }
    for (phrase, meaning) in allPhrases {
      switch meaning {
      case .finding(let index): consider(phrase, findings[index].name)
      case .value(let index, let value): consider(phrase, findings[index].values[value].shown)
      case .ambiguous, .several: break
      }
    }
    return Array(Words.nearest(found).prefix(3))
  }
}

extension PhraseReader {
  /// Whether a phrase of the vocabulary starts at the next token.
  public var startsPhrase: Bool { match(at: position) != nil }

  /// Whether the next token can only be a name: islet doesn't know it as a word.
  public var startsName: Bool {
    guard position < tokens.count, tokens[position].kind == .word else { return false }
    let reader = PieceReader(vocabulary, source, tokens: tokens, from: position)
    if reader.isUnknown(at: position) { return true }
    // A capital that is but a small word elsewhere, and no letter for a sex: A.
    let token = tokens[position]
    guard token.text.count == 1, token.text.first?.isUppercase == true, let sex = vocabulary.finding(id: "sex"),
      vocabulary.value(token.key, of: sex.index) == nil, case .cue? = reader.pieces().first?.kind
    else { return false }
    return true
  }

  /// Whether the tokens from here to one are a name: islet doesn't know the word, and an age, a sex, a mark or nothing stands
  /// behind it.
  public func startsName(upTo end: Int) -> Bool {
    guard startsName else { return false }
    guard end + 1 < tokens.count else { return true }
    let next = tokens[end + 1]
    if next.isSymbol(",") || next.isSymbol(":") { return true }
    let reader = PieceReader(vocabulary, source, tokens: tokens, from: end + 1)
    // A date is no age, but what stands before it is a name all the same.
    if reader.chainEnd(end + 1) != nil { return true }
    let pieces = reader.pieces()
    guard let piece = pieces.first, let sex = vocabulary.finding(id: "sex") else { return false }
    switch piece.kind {
    case .measure(let measure): return measure.isAge || measure.unit == nil || measure.unit == "years"
    case .value(let finding, _), .name(let finding): return finding == sex.index || vocabulary.findings[finding].id == "age"
    case .word, .cue: return vocabulary.value(next.key, of: sex.index) != nil || [FoldedKey("from"), FoldedKey("από")].contains(next.key)
    default: return false
    }
  }

  /// Reads a list of findings' names, for `unset`.
  public mutating func findingNames() throws(Diagnostic) -> [(finding: Int, span: Range<Int>)] {
    var found: [(finding: Int, span: Range<Int>)] = []
    while true {
      skipSeparators()
      if atEnd { break }
      let start = position
      guard let (length, meanings) = match(at: position) else {
        let token = tokens[position]
        throw Diagnostic.unknownFinding(token.text, suggestions: vocabulary.suggestions(for: token.folded), token.span).on(source)
      }
      position += length
      switch meanings[0] {
      case .finding(let finding), .value(let finding, _):
        let index = vocabulary.findings[finding].isDerived ? statedThrough(finding) ?? finding : finding
        found.append((index, span(from: start)))
      case .ambiguous(let findings):
        throw Diagnostic.ambiguous(
          tokens[start].text, findings.map { vocabulary.reading(of: tokens[start].text, as: $0) }, span(from: start)
        ).on(source)
      case .several: break
      }
    }
    if found.isEmpty { throw Diagnostic.nothingStated(span(from: position)).on(source) }
    return found
  }

  private func statedThrough(_ finding: Int) -> Int? {
    guard let definition = vocabulary.definitions.first(where: { $0.finding == finding }),
      case .test(let test)? = try? ConditionReader.condition(definition.condition, vocabulary)
    else { return nil }
    return test.finding
  }
}
