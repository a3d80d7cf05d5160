import Measures
import Vocabulary
import Wording

/// A word or turn of phrase of a line, and what it may mean.
struct Piece: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    /// A finding's name, and the finding with what is left of it.
    case name(Int)
    case value(Int, Possible)
    /// A finding said to be unknown.
    case unknown(Int)
    /// A finding's id with `is` and a word that is none of its values.
    case strange(Int)
    /// It has several readings.
    case several([Meaning])
    case qualifier(Int)
    case treatment([Int])
    case outside(Int)
    case measure(Measure)
    case cue(Cue)
    /// Where a clause ends: `,` `.` `(` …
    case stop(String)
    case colon
    case note(Note)
    case word
  }

  var kind: Kind
  /// The tokens that it spans.
  var range: Range<Int>
  /// Whether it says itself that something is not: `no functional syndrome`.
  var isNegative = false
  /// Whether it is written in canonical form, which nothing beside it changes.
  var isCanonical = false
  /// What it does besides: a qualifier or a value may be a cue too.
  var cue: Cue = []

  func does(_ cue: Cue) -> Bool {
    if case .cue(let own) = kind, !own.isDisjoint(with: cue) { return true }
    return !self.cue.isDisjoint(with: cue)
  }

  /// The finding that it names, with what is left of it or without.
  var finding: Int? {
    switch kind {
    case .name(let index), .value(let index, _): index
    default: nil
    }
  }

  /// Whether it names something that can be had or not.
  var isHead: Bool {
    switch kind {
    case .name, .value, .unknown, .strange, .several, .treatment, .outside: true
    default: false
    }
  }
}

/// Splits a line into pieces by the longest phrases that the vocabulary and the lexicon know.
struct PieceReader {
  let vocabulary: Vocabulary
  let source: String
  let tokens: [Token]
  let first: Int
  /// The stems of the tokens; empty where only measures are read.
  private let stems: [FoldedKey]
  private let joints: [Bool]

  /// For the measures of a condition, which need few stems.
  init(measuresOf vocabulary: Vocabulary, _ source: String, tokens: [Token]) {
    self.vocabulary = vocabulary
    self.source = source
    self.tokens = tokens
    first = 0
    stems = []
    joints = []
  }

  init(_ vocabulary: Vocabulary, _ source: String, tokens: [Token], from first: Int) {
    self.vocabulary = vocabulary
    self.source = source
    self.tokens = tokens
    self.first = first
    stems = tokens.indices.map { place in place < first ? tokens[place].key : Self.stem(tokens[place]) }
    let lexicon = vocabulary.lexicon
    joints = tokens.indices.map { place in
      guard place >= first, tokens[place].kind == .word, case .cue(let cue)? = lexicon.sense(tokens[place].key, stem: tokens[place].key) else { return false }
      return cue.contains(.joint)
    }
  }

  private static func stem(_ token: Token) -> FoldedKey {
    token.key.isEmpty || token.kind != .word ? token.key : WordStem.key(LookAlike.latin(token.text) ?? token.text)
  }

  // MARK: Looking up

  /// Whether a token and the next stand together without a space.
  func touches(_ place: Int) -> Bool {
    place >= 0 && place + 1 < tokens.count && tokens[place].span.upperBound == tokens[place + 1].span.lowerBound
  }

  func sense(at place: Int, length: Int) -> LexiconSense? {
    guard place + length <= tokens.count else { return nil }
    if length == 1 {
      let token = tokens[place]
      return token.key.isEmpty ? nil : vocabulary.lexicon.sense(token.key, stem: stems.isEmpty ? Self.stem(token) : stems[place])
    }
    var key = FoldedKey()
    for token in tokens[place..<place + length] { key = key + token.key }
    return vocabulary.lexicon.sense(key, stem: key)
  }

  /// What the words at several places would mean side by side.
  func sense(of places: [Int]) -> LexiconSense? {
    var key = FoldedKey()
    for place in places { key = key + tokens[place].key }
    return vocabulary.lexicon.sense(key, stem: key)
  }

  /// Whether a letter stands by itself behind another: they are no word or unit together, the M and the G of 58 M G2.
  func isLetterApart(at place: Int) -> Bool {
    !touches(place - 1) && tokens[place - 1...place].allSatisfy { $0.kind == .word && $0.text.count == 1 }
  }

  func has(_ cue: Cue, at place: Int, length: Int) -> Bool {
    guard place >= first, place < tokens.count, case .cue(let found)? = sense(at: place, length: length) else { return false }
    return !found.isDisjoint(with: cue)
  }

  /// The end of the longest phrase at a token that is a cue.
  func cueEnd(_ cue: Cue, _ place: Int) -> Int? {
    (1...4).reversed().first { has(cue, at: place, length: $0) }.map { place + $0 }
  }

  /// What the longest phrases at a token mean.
  private struct Match {
    var length = 0
    var meanings: [Meaning]?
    var therapies: [Int]?
    var sense: LexiconSense?
  }

  static func ends(_ token: Token) -> Bool {
    if token.kind == .quoted { return true }
    guard token.kind == .symbol else { return false }
    return [",", "(", ")", ";", ".", "[", "]", "?", ":", "=", "\n", "·", "<", ">", "<=", ">=", "*", "•", "~"].contains(token.text)
  }

  private func match(at start: Int) -> Match {
    var best = Match()
    var key = FoldedKey()
    var stem = FoldedKey()
    var end = start
    while end < tokens.count, end - start < 11, !Self.ends(tokens[end]) || end == start {
      let token = tokens[end]
      if end > start, isLetterApart(at: end) { break }
      key = key + token.key
      let isInner = joints[end] && end > start
      if !isInner { stem = stem + stems[end] }
      end += 1
      if token.key.isEmpty { continue }
      let lean = isInner ? key : stem
      var meanings = vocabulary.meanings(of: key, stem: lean)
      var therapies = vocabulary.therapies(named: key, stem: lean)
      var sense = vocabulary.lexicon.sense(key, stem: lean)
      if isSmall(start, end) { sense = withoutAbbreviation(sense) }
      // Who is no WHO.
      if end - start == 1, token.text.count < 4, token.text.allSatisfy(\.isLowercase), case .cue(let cue)? = sense, cue.contains(.filler) { meanings = nil }
      // A phrase as it is written goes before one of the same stems.
      let isWritten = (vocabulary.isWritten(key), vocabulary.lexicon.isWritten(key))
      if isWritten.0, !isWritten.1 {
        sense = nil
      } else if isWritten.1, !isWritten.0 {
        meanings = nil
        therapies = []
      }
      guard meanings != nil || !therapies.isEmpty || sense != nil else { continue }
      best = Match(length: end - start, meanings: meanings, therapies: therapies.isEmpty ? nil : therapies.map(\.index), sense: sense)
    }
    return best
  }

  /// Whether a stretch begins with an article or is a letter, in small letters: `a Ki-67` is no AKI, `οι` no ΟΙ, `κ.` no Κ.
  private func isSmall(_ start: Int, _ end: Int) -> Bool {
    let text = tokens[start].text
    guard tokens[start].kind == .word, text.count < 3, text.allSatisfy(\.isLowercase) else { return false }
    return end - start == 1 || ["a", "an", "ο", "η", "οι", "το", "τα"].contains(text)
  }

  /// A sense without what only an abbreviation in capitals has.
  private func withoutAbbreviation(_ sense: LexiconSense?) -> LexiconSense? {
    switch sense {
    case .outside: return nil
    case .cue(let cue):
      let rest = cue.subtracting(.family)
      return rest.isEmpty ? nil : .cue(rest)
    default: return sense
    }
  }

  /// The longest phrase at a token that means a value of a finding, behind its name.
  func value(at start: Int, of finding: Int) -> (length: Int, value: Int)? {
    var key = FoldedKey()
    var stem = FoldedKey()
    var best: (Int, Int)?
    var end = start
    while end < tokens.count, end - start < 9, !Self.ends(tokens[end]) {
      key = key + tokens[end].key
      let isInner = joints[end] && end > start
      if !isInner { stem = stem + stems[end] }
      end += 1
      if tokens[end - 1].key.isEmpty { continue }
      if let value = vocabulary.value(key, stem: isInner ? key : stem, of: finding) { best = (end - start, value) }
    }
    return best
  }

  /// Whether a word is in no list that islet has.
  func isUnknown(at place: Int) -> Bool { match(at: place).length == 0 }

  // MARK: Pieces

  func pieces() -> [Piece] {
    var found: [Piece] = []
    var place = first
    while place < tokens.count {
      let piece = piece(at: place, after: found.last)
      place = max(piece.range.upperBound, place + 1)
      if let point = endingPoint(found, piece) { found.append(Piece(kind: .stop("."), range: point)) }
      found.append(piece)
    }
    joinDegrees(&found)
    joinCounts(&found)
    return found
  }

  /// A number alone in brackets is of the noun before it that is counted: liver lesions (n=3).
  private func joinCounts(_ pieces: inout [Piece]) {
    for place in pieces.indices.dropFirst() {
      guard case .stop("(") = pieces[place].kind, let finding = pieces[place - 1].finding,
        vocabulary.lexicon.frame(vocabulary.findings[finding].id, "count") != nil
      else { continue }
      let end = pieces[(place + 1)...].firstIndex { if case .stop = $0.kind { true } else { false } } ?? pieces.count
      let inside = place + 1..<end
      let numbers = inside.filter { if case .measure(let measure) = pieces[$0].kind { measure.unit == nil && !measure.isYear } else { false } }
      guard numbers.count == 1, inside.allSatisfy({ numbers.contains($0) || pieces[$0].does(.numberMark) || pieces[$0].kind == .colon }) else { continue }
      for inner in place..<end where !numbers.contains(inner) { pieces[inner].kind = .cue(.filler) }
    }
  }

  /// A degree alone in brackets or behind a comma is of the noun before it, where that is there from a degree on: thromboembolic risk (low).
  private func joinDegrees(_ pieces: inout [Piece]) {
    for place in pieces.indices.dropFirst().dropLast() {
      guard case .stop(let mark) = pieces[place].kind, mark == "(" || mark == ",", let finding = pieces[place - 1].finding else { continue }
      let (id, lexicon, degree) = (vocabulary.findings[finding].id, vocabulary.lexicon, pieces[place + 1])
      guard lexicon.frame(id, "slight") != nil else { continue }
      let isFramed = if case .qualifier(let own) = degree.kind { lexicon.frame(id, lexicon.qualifiers[own].id) != nil } else { false }
      guard isFramed || degree.does(.slight) else { continue }
      if place + 2 < pieces.count { guard case .stop = pieces[place + 2].kind else { continue } }
      pieces[place].kind = .cue(.filler)
    }
  }

  /// The point of a unit that ends a sentence too: `χολόλιθοι 9 χιλ. γυναίκα …`, where the measure has its noun before it
  /// and what follows is no preposition or link.
  private func endingPoint(_ before: [Piece], _ next: Piece) -> Range<Int>? {
    guard case .measure(let measure)? = before.last?.kind, measure.unit != nil, let last = before.last,
      tokens[last.range.upperBound - 1].isSymbol(".")
    else { return nil }
    let clause = before.dropLast().reversed().prefix { if case .stop = $0.kind { false } else { true } }
    guard clause.contains(where: \.isHead) else { return nil }
    let point = last.range.upperBound - 1..<last.range.upperBound
    switch next.kind {
    case .name, .value, .unknown, .strange, .several, .treatment, .outside, .measure: return point
    case .cue(let cue): return cue.isDisjoint(with: [.deny, .hedge, .denied]) ? nil : point
    case .qualifier(let place):
      // A qualifier alone is still the noun's before it.
      let isFollowed = (next.range.upperBound..<tokens.count).prefix { !Self.ends(tokens[$0]) }
        .contains { piece(at: $0, after: next).isHead }
      return isFollowed && !vocabulary.lexicon.qualifiers[place].id.hasPrefix("site-") ? point : nil
    default: return nil
    }
  }

  private func piece(at start: Int, after last: Piece?) -> Piece {
    let token = tokens[start]
    let one = start..<start + 1
    if let piece = canonical(at: start, after: last) { return piece }
    // 1) and 2) of a list.
    if token.kind == .number, token.text.count < 3, start + 1 < tokens.count, tokens[start + 1].isSymbol(")"), touches(start),
      start == first || { if case .stop = last?.kind { true } else { last != nil && !touches(start - 1) } }(),
      !tokens[first..<start].contains(where: { $0.isSymbol("(") })
    {
      return Piece(kind: .stop("."), range: start..<start + 2)
    }
    if token.kind == .quoted { return Piece(kind: .word, range: one) }
    if let value = sexInBrackets(at: start) { return Piece(kind: value, range: one) }
    if let end = chainEnd(start) {
      if let date = date(at: start) { return Piece(kind: .measure(date), range: date.range) }
      return Piece(kind: .word, range: start..<(unit(at: end)?.next ?? end))
    }
    if let piece = belowZero(at: start, after: last) { return piece }
    if token.kind == .symbol, let piece = mark(at: start) { return piece }
    if token.text == "ve" || token.text == "VE", start > first, touches(start - 1) {
      if tokens[start - 1].isSymbol("-") { return Piece(kind: .cue(.denied), range: one) }
      if tokens[start - 1].isSymbol("+") { return Piece(kind: .cue(.affirmed), range: one) }
    }
    if let end = areaUnit(at: start) {
      return Piece(kind: .measure(Measure(interval: Interval(.one), unit: Self.area, range: start..<end)), range: start..<end)
    }
    let match = match(at: start)
    if match.length < 2 || match.sense != nil && match.meanings == nil && match.therapies == nil, var measure = measure(at: start) {
      if let list = lengths(measure, after: last) { measure = list }
      var isNumber = token.kind == .number
      if case .number? = match.sense { isNumber = true }
      if measure.range.count > match.length || isNumber { return Piece(kind: .measure(measure), range: measure.range) }
    }
    guard match.length > 0 else { return Piece(kind: .word, range: one) }
    if match.length > 1, has([.deny, .no], at: start, length: 1), 1 + self.match(at: start + 1).length > match.length,
      case .cue(let cue)? = sense(at: start, length: 1)
    {
      return Piece(kind: .cue(cue), range: one)
    }
    let range = start..<start + match.length
    var cue: Cue = []
    switch match.sense {
    case .qualifier(let place): return Piece(kind: .qualifier(place), range: range)
    case .cue(let own): cue = own
    case .outside(let place) where match.meanings == nil || isAfterSite(last): return Piece(kind: .outside(place), range: range)
    case .number, .outside, nil: break
    }
    if let meanings = match.meanings { return named(meanings, range, cue) }
    if let therapies = match.therapies {
      let kind = vocabulary.therapies[therapies[0]].kind
      if kind != .setting && kind != .test { return Piece(kind: .treatment(therapies), range: range, cue: cue) }
    }
    if cue.contains(.lost), let measure = measure(at: range.upperBound), has(.measure, at: measure.range.upperBound, length: 1),
      let loss = vocabulary.finding(id: "weight-loss")
    {
      return Piece(kind: .name(loss.index), range: range)
    }
    if !cue.isEmpty { return Piece(kind: .cue(cue), range: range) }
    if match.therapies != nil { return Piece(kind: .cue(.context), range: range) }
    return Piece(kind: .word, range: one)
  }

  /// A capital letter alone in brackets that tells a sex: 70 ετών (Α), 54 (F).
  private func sexInBrackets(at place: Int) -> Piece.Kind? {
    let token = tokens[place]
    guard token.kind == .word, token.text.count == 1, token.text.first?.isUppercase == true, place > first, tokens[place - 1].isSymbol("("),
      place + 1 < tokens.count, tokens[place + 1].isSymbol(")"), let sex = vocabulary.finding(id: "sex"),
      let value = vocabulary.value(token.key, of: sex.index)
    else { return nil }
    return .value(sex.index, .values(1 << UInt32(value)))
  }

  /// A number with a minus to which no name leads: `-14 mm`, `minus 5 mm`. Nothing is below zero, and the sign isn't left out.
  private func belowZero(at start: Int, after last: Piece?) -> Piece? {
    let isSign = tokens[start].isSymbol("-") && touches(start) && (start == first || !touches(start - 1))
    guard isSign || Self.minusWords.contains(tokens[start].key), start + 1 < tokens.count, tokens[start + 1].kind == .number,
      let measure = measure(at: start + 1)
    else { return nil }
    switch last?.kind {
    case nil, .stop, .word, .value, .unknown, .note: return Piece(kind: .word, range: start..<measure.range.upperBound)
    case .cue(let cue): return cue.isSubset(of: [.filler]) ? Piece(kind: .word, range: start..<measure.range.upperBound) : nil
    default: return isSign ? nil : Piece(kind: .word, range: start..<measure.range.upperBound)
    }
  }

  private static let minusWords = [FoldedKey("minus"), FoldedKey("μείον"), FoldedKey("πλην")]

  /// `syndrome is insulinoma`, `ki67 >= 2 % and ki67 <= 3 %`, `noted past "…"`: as islet itself writes.
  private func canonical(at start: Int, after last: Piece?) -> Piece? {
    let token = tokens[start]
    guard token.kind == .word, token.text.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return nil }
    if let last { guard case .stop(let mark) = last.kind, mark == "," else { return nil } }
    if token.text == "noted" {
      var end = start + 1
      var word = ""
      while end < tokens.count, tokens[end].kind != .quoted, end - start < 5 {
        word += tokens[end].text
        end += 1
      }
      guard end < tokens.count, tokens[end].kind == .quoted, let reason = Note.Reason(rawValue: word) else { return nil }
      return Piece(kind: .note(Note(tokens[end].text, reason)), range: start..<end + 1, isCanonical: true)
    }
    var id = token.text
    var end = start + 1
    while end + 1 < tokens.count, tokens[end].isSymbol("-"), touches(end - 1), touches(end) {
      id += "-" + tokens[end + 1].text
      end += 2
    }
    if end < tokens.count, tokens[end].kind == .number, touches(end - 1) {
      id += tokens[end].text
      end += 1
      if end + 1 < tokens.count, tokens[end].isSymbol("-"), touches(end - 1), touches(end) { return nil }
    }
    guard let finding = vocabulary.finding(id: id), !finding.isDerived else { return nil }
    var reader = PhraseReader(vocabulary, source, tokens: tokens, from: start)
    guard case .test(let test)? = try? reader.phrase(stating: true), test.finding == finding.index else { return unknown(finding, start, end) }
    var allowed = test.allowed
    while reader.position < tokens.count, vocabulary.isParticle(tokens[reader.position].key, .and) {
      var next = reader
      next.position += 1
      guard !next.atEnd, case .test(let more)? = try? next.phrase(stating: true), more.finding == finding.index else { break }
      allowed = allowed.intersection(more.allowed)
      reader = next
    }
    guard reader.atEnd || tokens[reader.position].isSymbol(","), !allowed.isEmpty,
      Printer.statement(finding.index, allowed, vocabulary) == text(start..<reader.position)
    else { return unknown(finding, start, end) }
    return Piece(kind: .value(finding.index, allowed), range: start..<reader.position, isCanonical: true)
  }

  private func unknown(_ finding: Finding, _ start: Int, _ end: Int) -> Piece? {
    if end + 1 < tokens.count, tokens[end].text == "is", tokens[end + 1].kind == .word, !finding.isNumber, isUnknown(at: end + 1), isLast(end + 2) {
      return Piece(kind: .strange(finding.index), range: start..<end + 2, isCanonical: true)
    }
    guard end < tokens.count, tokens[end].text == "unknown", end + 1 == tokens.count || tokens[end + 1].isSymbol(",") else { return nil }
    return Piece(kind: .unknown(finding.index), range: start..<end + 1, isCanonical: true)
  }

  func text(_ range: Range<Int>) -> String {
    guard !range.isEmpty, range.upperBound <= tokens.count else { return "" }
    return String(decoding: Array(source.utf8)[tokens[range.lowerBound].span.lowerBound..<tokens[range.upperBound - 1].span.upperBound], as: UTF8.self)
  }

  private func mark(at start: Int) -> Piece? {
    let one = start..<start + 1
    let text = tokens[start].text
    let spaced = start > first && !touches(start - 1) && start + 1 < tokens.count && !touches(start)
    switch text {
    case ",":
      if measure(at: start) != nil, start == first || !touches(start - 1) { return nil }
      return Piece(kind: .stop(","), range: one)
    case ".":
      if measure(at: start) != nil, start == first || !touches(start - 1) { return nil }
      return Piece(kind: .stop("."), range: one)
    case ";", "\n", "·", "•": return Piece(kind: .stop("."), range: one)
    case "(", ")", "[", "]": return Piece(kind: .stop(text), range: one)
    case ":", "=": return Piece(kind: .colon, range: one)
    case "?": return Piece(kind: .cue(start + 1 < tokens.count && touches(start) && (start == first || !touches(start - 1)) ? .hedge : .hedged), range: one)
    case "♀", "♂":
      guard let sex = vocabulary.finding(id: "sex"), let value = sex.place(of: text == "♀" ? "female" : "male") else { return nil }
      return Piece(kind: .value(sex.index, .values(1 << UInt32(value))), range: one)
    case "+", "-":
      var end = start + 1
      while end < tokens.count, tokens[end].isSymbol(text), touches(end - 1) { end += 1 }
      let isLast = end == tokens.count || Self.ends(tokens[end])
      let behind = start > first && touches(start - 1) && !touches(end - 1)
      if end < tokens.count, tokens[end].text.lowercased() == "ve", touches(end - 1) { return Piece(kind: .cue(.filler), range: start..<end) }
      if isLast && start > first || behind { return Piece(kind: .cue(text == "+" ? .affirmed : .denied), range: start..<end) }
      if spaced { return text == "+" ? Piece(kind: .cue([.and, .affirmed]), range: one) : Piece(kind: .stop(","), range: one) }
      return Piece(kind: .cue(.filler), range: start..<end)
    case "/", "&": return Piece(kind: .cue(text == "/" ? .or : .and), range: one)
    case "*", "'", "_", "<", ">", "!", "#", "%", "°", "§", "|": return measure(at: start) == nil ? Piece(kind: .cue(.filler), range: one) : nil
    default: return nil
    }
  }

  /// A phrase of the vocabulary, with the value behind a finding's name.
  private func named(_ meanings: [Meaning], _ range: Range<Int>, _ cue: Cue) -> Piece {
    var piece = Piece(kind: .several(meanings), range: range, cue: cue)
    guard meanings.count == 1 else {
      if let name = meanings.compactMap({ if case .finding(let finding) = $0 { finding } else { nil } }).first,
        meanings.allSatisfy({ if case .value(let finding, _) = $0 { finding == name } else { true } })
      {
        return withValue(name, range, cue)
      }
      return piece
    }
    switch meanings[0] {
    case .finding(let finding): return withValue(finding, range, cue)
    case .value(let finding, let value):
      piece.kind = .value(finding, .values(1 << UInt32(value)))
      // What stands behind a derived finding's name is worked out from what it rests on.
      piece.isNegative = vocabulary.findings[finding].absent == value && has([.deny, .no], at: range.lowerBound, length: 1)
      return piece
    case .ambiguous, .several: return piece
    }
  }

  private func withValue(_ index: Int, _ range: Range<Int>, _ cue: Cue) -> Piece {
    let finding = vocabulary.findings[index]
    var place = range.upperBound
    while place < tokens.count, vocabulary.isParticle(tokens[place].key, .is) || tokens[place].isSymbol("=") || tokens[place].isSymbol(":") { place += 1 }
    let isLinked = place > range.upperBound
    if place < tokens.count, vocabulary.isParticle(tokens[place].key, .unknown) {
      return Piece(kind: .unknown(index), range: range.lowerBound..<place + 1, cue: cue)
    }
    if !finding.isNumber, !finding.isDerived, let (length, value) = value(at: place, of: index), isLast(place + length) || !isOpen(place, length) {
      let whole = place..<place + length
      if isLinked || isLast(whole.upperBound) || !isQualifier(whole) {
        // Gallstones: no. It says no by itself.
        let isNegative = finding.absent == value && isLinked && has([.deny, .no, .denied], at: place, length: 1)
        return Piece(
          kind: .value(index, .values(1 << UInt32(value))), range: range.lowerBound..<whole.upperBound, isNegative: isNegative, cue: cue)
      }
    }
    return Piece(kind: .name(index), range: range, cue: cue)
  }

  private func isLast(_ place: Int) -> Bool {
    place >= tokens.count || tokens[place].kind == .symbol && [",", ".", ";", ")", "(", "\n", "·"].contains(tokens[place].text)
  }

  /// Whether what may be a value begins what follows instead: `diarrhoea no weight loss`, `MEN1 negative octreoscan`.
  private func isOpen(_ place: Int, _ length: Int) -> Bool {
    if has([.deny, .no, .denied, .affirmed, .joint], at: place, length: 1) { return length == 1 || !has(.joint, at: place, length: 1) && length < 2 }
    if tokens[place].kind == .symbol { return true }
    let longer = match(at: place)
    return longer.length > length
  }

  /// Whether a site stands before: an ileal carcinoid is a tumour, not the syndrome.
  private func isAfterSite(_ last: Piece?) -> Bool {
    if case .value(let finding, _)? = last?.kind { vocabulary.findings[finding].id == "site" } else { false }
  }

  private func isQualifier(_ range: Range<Int>) -> Bool {
    if case .qualifier? = match(at: range.lowerBound).sense { return true }
    return false
  }
}
