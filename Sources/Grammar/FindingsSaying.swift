import Measures
import Vocabulary
import Wording

extension Lexicon {
  /// Whether a qualifier says how something answered to a treatment: refractory, controlled.
  func isAnswer(_ piece: Piece, of reader: FindingsReader) -> Bool {
    guard case .qualifier(let place) = piece.kind else { return false }
    return ["refractory", "controlled", "uncontrolled"].contains(qualifiers[place].id)
  }
}

extension FindingsReader {
  // MARK: Scope

  /// Lets negations, hedges and the past reach the phrases that are joined to theirs.
  mutating func inherit(_ phrases: inout [Phrase]) {
    for place in phrases.indices.dropFirst() {
      let last = phrases[place - 1]
      guard phrases[place].joint == .and || phrases[place].joint == .or, phrases[place].hasContent else { continue }
      // G1/G2: one of the two.
      if phrases[place].joint == .or, !last.isMarked, !phrases[place].isMarked, case .value(let finding, .values(let a))? = last.head?.kind,
        case .value(finding, .values(let b))? = phrases[place].head?.kind, let range = phrases[place].head?.range, let from = last.head?.range,
        finding != vocabulary.finding(id: "sex")?.index
      {
        phrases[place].head?.kind = .value(finding, .values(a | b))
        phrases[place].head?.range = from.lowerBound..<range.upperBound
        phrases[place].take(from)
        phrases[place - 1].head = nil
        continue
      }
      let isPlain = !phrases[place].isMarked && !phrases[place].isAffirmed && phrases[place].head?.isNegative != true
      if case .treatment? = phrases[place].head?.kind, isPlain { phrases[place].statuses.formUnion(last.statuses) }
      if phrases[place].isHedged, !last.isMarked, last.head != nil, phrases[place].joint == .or || last.head?.cue.contains(.spread) == true {
        phrases[place - 1].isHedged = true
      }
      if last.isHedged, isPlain { phrases[place].isHedged = true }
      if last.isPast, isPlain { phrases[place].isPast = true }
      if last.isGoverned, isPlain { phrases[place].isGoverned = true }
      let says = last.isDenied || last.head?.isNegative == true
      let isShared = last.head?.cue.contains(.spread) == true || phrases[place].head?.cue.contains(.spread) == true
      if says, !isBehind(last), isPlain, canBeDenied(phrases[place]) {
        if phrases[place].joint == .or || isShared {
          phrases[place].isDenied = true
          phrases[place].statuses.formUnion(last.statuses.intersection([.never, .current, .had]))
        } else {
          phrases[place].isOpenDenial = true
        }
      } else if isBehind(phrases[place]), !last.isMarked, !last.isAffirmed, last.head?.isNegative != true, last.head != nil {
        // X and Y negative.
        if isShared || phrases[place].joint == .or || last.head.map({ !bare($0) }) ?? false {
          phrases[place - 1].isDenied = true
        } else if canBeDenied(last) {
          phrases[place - 1].isOpenDenial = true
        }
      } else if phrases[place].isAffirmed, !last.isMarked, last.head.map({ !bare($0) }) ?? false {
        phrases[place - 1].isAffirmed = true
      }
    }
  }

  /// Asks of which noun a polarity or a doubt between two speaks.
  mutating func askPolarity(_ phrases: inout [Phrase]) {
    for place in phrases.indices.dropLast().reversed() where phrases[place].isOpenHedge {
      guard let whole = phrases[place].range, let next = phrases[place + 1].range, phrases[place + 1].head != nil, phrases[place + 1].joint == .none
      else { continue }
      let readings = [true, false].map { isLeft -> [Reread] in
        var copy = self
        copy.result = FindingsReading()
        var one = phrases[place]
        var other = phrases[place + 1]
        one.isHedged = isLeft
        other.isHedged = !isLeft
        let clause = Clause(pieces: [], opened: ".", closed: ".")
        copy.say(one, in: [one], at: 0, clause, nil)
        copy.say(other, in: [other], at: 0, clause, nil)
        return copy.result.items
      }
      phrases.removeSubrange(place...place + 1)
      ask(whole.lowerBound..<next.upperBound, readings)
      return askPolarity(&phrases)
    }
    for place in phrases.indices.dropLast().reversed() {
      guard let isNo = phrases[place].openPolarity, let whole = phrases[place].range, let next = phrases[place + 1].range else { continue }
      var left = phrases[place]
      var right = phrases[place + 1]
      left.openPolarity = nil
      var readings: [[Reread]] = []
      for isLeft in [true, false] {
        var copy = self
        copy.result = FindingsReading()
        var one = left
        var other = right
        one.isDenied = isLeft && isNo
        one.isAffirmed = isLeft && !isNo
        other.isDenied = !isLeft && isNo
        other.isAffirmed = !isLeft && !isNo
        copy.say(one, in: [one], at: 0, Clause(pieces: [], opened: ".", closed: "."), nil)
        if !isLeft || other.head.map({ bare($0) }) ?? false { copy.say(other, in: [other], at: 0, Clause(pieces: [], opened: ".", closed: "."), nil) }
        readings.append(copy.result.items)
      }
      right.range = nil
      phrases.removeSubrange(place...place + 1)
      ask(whole.lowerBound..<next.upperBound, readings)
    }
  }

  /// Of nouns between which an `or` leaves the choice, none is stated: of values of one finding it is one of them, else it is asked.
  mutating func askAlternatives(_ phrases: inout [Phrase]) {
    var last = phrases.count - 1
    while last > 0 {
      var first = last
      while first > 0, isAlternative(phrases[first], to: phrases[first - 1]) { first -= 1 }
      defer { last = first - 1 }
      guard first < last, let from = phrases[first].range?.lowerBound, let end = phrases[last].range?.upperBound else { continue }
      let readings = phrases[first...last].map { phrase in
        var copy = self
        copy.result = FindingsReading()
        copy.say(phrase, in: [phrase], at: 0, Clause(pieces: [], opened: ".", closed: "."), nil)
        return copy
      }
      guard readings.allSatisfy({ $0.result.questions.isEmpty && $0.result.faults.isEmpty && $0.waiting == nil }),
        readings.contains(where: { !$0.result.statements.isEmpty }), Set(readings.map { $0.result.statements.map(\.said) }).count > 1
      else { continue }
      lastHead = phrases[last].head ?? lastHead
      phrases.removeSubrange(first...last)
      let only = readings.compactMap { $0.result.items.count == 1 ? $0.result.statements.first : nil }
      if only.count == readings.count, Set(only.map(\.finding)).count == 1, let one = oneOf(only.compactMap(\.possible)) {
        state(only[0].finding, one, from..<end)
      } else {
        ask(from..<end, readings.map(\.result.items))
      }
    }
  }

  private func oneOf(_ possible: [Possible]) -> Possible? {
    let masks = possible.compactMap { if case .values(let mask) = $0 { mask } else { nil } }
    return masks.count == possible.count ? .values(masks.reduce(0, |)) : nil
  }

  /// Whether a word that says or stands between two nouns of which nothing else is said.
  private func isAlternative(_ phrase: Phrase, to last: Phrase) -> Bool {
    guard phrase.joint == .or, let end = last.range?.upperBound, let start = phrase.range?.lowerBound, end < start,
      (end..<start).contains(where: { tokens[$0].kind == .word && reader.has(.or, at: $0, length: 1) })
    else { return false }
    return [phrase, last].allSatisfy { phrase in
      (phrase.head != nil || !phrase.qualifiers.isEmpty) && phrase.denials.isEmpty && !phrase.isDenied && !phrase.isOpenDenial && !phrase.isHedged
        && !phrase.isFamily && !phrase.isGoverned && phrase.theirs == nil && phrase.head?.isNegative != true && phrase.head?.isCanonical != true
    }
  }

  private func bare(_ piece: Piece) -> Bool {
    guard case .name(let finding) = piece.kind else { return true }
    return vocabulary.findings[finding].absent != nil || vocabulary.findings[finding].isDerived
  }

  /// Whether what says no stands behind the noun.
  private func isBehind(_ phrase: Phrase) -> Bool {
    guard phrase.isDenied, let denial = phrase.denials.last, let head = phrase.head else { return false }
    return denial.range.lowerBound >= head.range.upperBound
  }

  private func canBeDenied(_ phrase: Phrase) -> Bool {
    if !phrase.measures.isEmpty, phrase.head == nil { return false }
    switch phrase.head?.kind {
    case .name(let finding): return !vocabulary.findings[finding].isNumber
    case .value(let finding, _):
      return !["sex", "age", "grade", "differentiation", "size", "ki67", "location", "site"].contains(vocabulary.findings[finding].id)
    case .unknown, .note: return false
    default: return true
    }
  }

  // MARK: Saying

  func span(_ range: Range<Int>) -> Range<Int> { reader.span(range) }

  func text(_ range: Range<Int>) -> String { reader.text(range) }

  private func noted(_ range: Range<Int>, _ reason: Note.Reason, term: Int? = nil) -> NotedStretch {
    NotedStretch(note: Note(Self.quotable(text(range)), reason), span: span(range), term: term)
  }

  /// A text that can stand between quotes on one line.
  static func quotable(_ text: String) -> String { String(text.map { $0 == "\"" ? "'" : $0 == "\n" ? " " : $0 }) }

  /// `denial`: what says no of it from before other words of a list.
  mutating func note(_ range: Range<Int>, _ reason: Note.Reason, term: Int? = nil, behind denial: Range<Int>? = nil) {
    if isProse, reason == .notUnderstood, range.count == 1, let readings = slip(range.lowerBound) { return ask(range, readings) }
    let range = withDenial(range)
    var stretch = noted(range, reason, term: term)
    if let denial, denial.upperBound < range.lowerBound {
      stretch = NotedStretch(note: Note(Self.quotable(text(denial) + " " + text(range)), reason), span: stretch.span, term: term)
    }
    if stretch.note.text.isEmpty { return }
    // A year inside what was noted.
    if case .noted(let last)? = result.items.last, last.span.contains(stretch.span.lowerBound), last.span.upperBound >= stretch.span.upperBound { return }
    // Words side by side that aren't understood are one note.
    if reason == .notUnderstood, case .noted(let last)? = result.items.last, last.note.reason == reason,
      let from = tokens.firstIndex(where: { $0.span.lowerBound == last.span.lowerBound }), from < range.lowerBound,
      (from..<range.lowerBound).allSatisfy({ place in
        tokens[place].span.upperBound <= last.span.upperBound
          || tokens[place].kind == .word && reader.has([.filler, .joint, .verb, .of, .context, .person], at: place, length: 1)
      })
    {
      result.items.removeLast()
      result.items.append(.noted(noted(from..<range.upperBound, reason)))
      return
    }
    result.items.append(.noted(stretch))
  }

  /// With the words before it that say no: not biopsied is kept as that.
  private func withDenial(_ range: Range<Int>) -> Range<Int> {
    let length = (1...4).reversed().first { reader.has(.deny, at: range.lowerBound - $0, length: $0) }
    return range.lowerBound - (length ?? 0)..<range.upperBound
  }

  /// What a word of prose says if it is a slip of one that says something.
  private func slip(_ place: Int) -> [[Reread]]? {
    guard tokens[place].kind == .word, tokens[place].text.count > 4 else { return nil }
    let readings = vocabulary.speller.slips(tokens[place].text).compactMap { word -> [Reread]? in
      guard let tokens = try? Lexer.tokens(word) else { return nil }
      var again = FindingsReader(vocabulary, word, tokens: tokens, from: 0)
      again.canCorrect = false
      let reading = again.read()
      guard reading.questions.isEmpty, reading.faults.isEmpty, reading.notes.isEmpty, !reading.statements.isEmpty else { return nil }
      let span = span(place..<place + 1)
      return reading.statements.map { .statement(Statement(finding: $0.finding, possible: $0.possible, span: span)) }
    }
    return readings.isEmpty ? nil : readings
  }

  mutating func fault(_ error: Diagnostic, _ range: Range<Int>) {
    if isProse { return note(range, .notUnderstood) }
    result.faults.append(error.on(source))
  }

  mutating func ask(_ range: Range<Int>, _ readings: [[Reread]]) {
    result.questions.append(
      ReadingQuestion(span: span(range), readings: readings, diagnostic: Diagnostic.ambiguous(text(range), [], span(range)).on(source)))
  }

  mutating func state(_ finding: Int, _ possible: Possible, _ range: Range<Int>) {
    result.items.append(.statement(Statement(finding: finding, possible: possible, span: span(range))))
  }

  mutating func state(_ finding: Int, _ measure: Measure, _ range: Range<Int>) {
    do throws(Diagnostic) {
      state(finding, .numbers(try interval(measure, of: vocabulary.findings[finding], signed(measure.range))), range)
      if measure.isAbout { note(measure.range, .uncertain) }
    } catch {
      fault(error, range)
    }
  }

  /// With the minus before it.
  private func signed(_ range: Range<Int>) -> Range<Int> {
    let place = range.lowerBound - 1
    return place > reader.first && tokens[place].isSymbol("-") && reader.touches(place) && !reader.touches(place - 1) ? place..<range.upperBound : range
  }

  func interval(_ measure: Measure, of finding: Finding, _ range: Range<Int>) throws(Diagnostic) -> Interval {
    try reader.interval(measure, of: finding, range)
  }

  /// What a canonical condition of the lexicon states.
  func statements(_ canonical: String, _ range: Range<Int>) -> [Reread] {
    canonical.split(separator: ";").compactMap { part in
      guard var reader = try? PhraseReader(vocabulary, String(part)), case .test(let test)? = try? reader.phrase(stating: true) else { return nil }
      return .statement(Statement(finding: test.finding, possible: test.allowed, span: span(range)))
    }
  }

  /// Says the opposite of a statement: the value that means absence for a name, else every other value.
  private func denied(_ finding: Finding, _ possible: Possible, isName: Bool) -> Possible? {
    guard case .values(let mask) = possible else { return nil }
    if isName, let absent = negative(finding) { return .values(1 << UInt32(absent)) }
    return .values(finding.allValues & ~mask)
  }

  private func negative(_ finding: Finding) -> Int? { finding.absent ?? finding.place(of: "negative") ?? finding.place(of: "absent") }
  private func positive(_ finding: Finding) -> Possible? {
    if let place = finding.place(of: "yes") ?? finding.place(of: "positive") ?? (finding.id == "mgmt" ? finding.place(of: "present") : nil) {
      return .values(1 << UInt32(place))
    }
    return finding.absent.map { .values(finding.allValues & ~(1 << UInt32($0))) }
  }

  private func statement(_ finding: Int, _ possible: Possible?, _ range: Range<Int>) -> Reread {
    .statement(Statement(finding: finding, possible: possible, span: span(range)))
  }

  mutating func say(_ phrase: Phrase, in all: [Phrase], at place: Int, _ clause: Clause, _ before: Clause?) {
    guard let whole = phrase.range else { return }
    if phrase.isFamily { return note(whole, .notPatient) }
    if phrase.head?.isCanonical == true { return sayHead(phrase, whole) }
    if phrase.isHedged || isUnseen(phrase, clause) { return note(whole, .uncertain) }
    if phrase.isGoverned { return note(whole, .notUnderstood) }
    if phrase.denials.count + (phrase.head?.isNegative == true ? 1 : 0) > 1, phrase.hasContent { return askDenial(phrase, whole) }
    if let head = phrase.head {
      switch head.kind {
      case .outside(let term):
        let isPast = (phrase.isPast || phrase.isOver || !phrase.statuses.isDisjoint(with: [.had, .off, .course])) && !phrase.isDenied
        // What a list denies keeps its no: no MEN1, VHL or NF1.
        var denial: Range<Int>?
        if phrase.isDenied, phrase.denials.isEmpty { for earlier in all[..<place] { denial = self.denial(of: earlier) ?? denial } }
        return note(whole, isPast ? .past : .outside, term: term < 0 ? nil : term, behind: denial)
      case .treatment(let therapies): return sayTreatment(phrase, therapies, whole)
      default: return sayHead(phrase, whole)
      }
    }
    if phrase.isOver || phrase.isPast, phrase.qualifiers.isEmpty, phrase.measures.isEmpty { return sayOver(phrase, whole) }
    if phrase.measures.contains(where: { isOfStrange($0, phrase, clause) }) { return note(whole, .notUnderstood) }
    for piece in (phrase.qualifiers + phrase.measures).sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      switch piece.kind {
      case .qualifier(let qualifier): sayAlone(piece, qualifier, phrase, whole, clause, before, all)
      case .measure(let measure): sayMeasure(piece, measure, phrase, whole, clause, before)
      default: break
      }
    }
    sayExtras(phrase, whole)
  }

  /// Whether a tumour of a kind was only not seen in a test: an insulinoma that a CT doesn't show may be one all the same.
  private func isUnseen(_ phrase: Phrase, _ clause: Clause) -> Bool {
    guard case .value(let finding, _)? = phrase.head?.kind, vocabulary.findings[finding].kind == .category,
      vocabulary.findings[finding].values.count > 4, clause.pieces.contains(where: { $0.does(.context) && !$0.does(.filler) })
    else { return false }
    return phrase.denials.contains { piece in
      piece.does(.denied) && piece.range.count > 1 && vocabulary.isParticle(tokens[piece.range.lowerBound].key, .not)
    }
  }

  /// Words that nothing was made of.
  private mutating func sayExtras(_ phrase: Phrase, _ whole: Range<Int>) {
    // Gene test negative: the result of what isn't known is part of it.
    let hasResult = phrase.extras.contains { $0.does([.denied, .affirmed]) }
    if hasResult, phrase.head == nil, phrase.qualifiers.isEmpty, phrase.measures.isEmpty, phrase.extras.contains(where: { $0.kind == .word }) {
      return note(whole, .notUnderstood)
    }
    for piece in phrase.extras {
      if case .cue = piece.kind, phrase.head != nil || !phrase.qualifiers.isEmpty { continue }
      if piece.does(.denied) || piece.does(.affirmed) || piece.does([.largest, .numberMark]) || piece.does(.joint) && piece.range.count == 1 { continue }
      note(piece.range, .notUnderstood)
    }
    if phrase.head == nil, phrase.qualifiers.isEmpty, phrase.measures.isEmpty, !phrase.extras.isEmpty,
      phrase.extras.allSatisfy({ $0.does([.denied, .affirmed]) })
    {
      return note(whole, .notUnderstood)
    }
    if !phrase.hasContent, phrase.isDenied || !phrase.statuses.isEmpty || phrase.isHedged { note(whole, .notUnderstood) }
  }

  private mutating func sayOver(_ phrase: Phrase, _ whole: Range<Int>) {
    if let meanings = vocabulary.meanings(of: FoldedKey(text(whole))), let finding = ambiguous(meanings) {
      return ask(whole, finding.map { [statement($0, positive(vocabulary.findings[$0]) ?? .all(of: vocabulary.findings[$0]), whole)] })
    }
    note(whole, .past)
  }

  func ambiguous(_ meanings: [Meaning]) -> [Int]? {
    meanings.compactMap { if case .ambiguous(let findings) = $0 { findings } else { nil } }.first
  }

  /// The word of a phrase that says no.
  private func denial(of phrase: Phrase) -> Range<Int>? {
    if let piece = phrase.denials.last { return piece.range }
    guard let head = phrase.head, head.isNegative, reader.has(.deny, at: head.range.lowerBound, length: 1) else { return nil }
    return head.range.lowerBound..<head.range.lowerBound + 1
  }

  private mutating func askDenial(_ phrase: Phrase, _ whole: Range<Int>) {
    var plain = phrase
    plain.denials = []
    plain.isDenied = false
    var readings: [[Reread]] = []
    for isDenied in [false, true] {
      var copy = self
      copy.result = FindingsReading()
      var one = plain
      one.isDenied = isDenied
      one.head?.isNegative = false
      if one.head?.isNegative == false, case .value(let finding, _)? = phrase.head?.kind, phrase.head?.isNegative == true {
        let own = vocabulary.findings[finding]
        copy.state(finding, isDenied ? .values(1 << UInt32(negative(own) ?? 0)) : positive(own) ?? .all(of: own), whole)
      } else {
        copy.say(one, in: [one], at: 0, Clause(pieces: [], opened: ".", closed: "."), nil)
      }
      if copy.result.questions.isEmpty, copy.result.faults.isEmpty { readings.append(copy.result.items) }
    }
    ask(whole, readings)
  }

  // MARK: Nouns

  private mutating func sayHead(_ phrase: Phrase, _ whole: Range<Int>) {
    guard let head = phrase.head else { return }
    let range = whole
    switch head.kind {
    case .note(let note): result.items.append(.noted(NotedStretch(note: note, span: span(head.range), term: nil)))
    case .unknown(let finding): result.items.append(statement(finding, nil, range))
    case .strange(let finding):
      let word = tokens[head.range.upperBound - 1]
      fault(.valueUnknown(word.text, vocabulary.findings[finding], vocabulary, word.span), head.range)
    case .several(let meanings): saySeveral(phrase, meanings, whole)
    case .name(let index):
      let finding = vocabulary.findings[index]
      if finding.isNumber { return sayNumber(phrase, finding, whole) }
      if !phrase.isDenied, let value = refined(phrase, finding), !finding.isDerived { return sayFinding(phrase, finding, value, isName: true, whole) }
      guard let yes = finding.isDerived ? .values(1) : positive(finding) else {
        if phrase.isDenied { return fault(.noAbsence(finding, vocabulary, span(range)), whole) }
        return sayValueless(phrase, finding, whole)
      }
      if !phrase.isDenied, !phrase.isAffirmed, finding.absent == nil, !finding.isDerived, refined(phrase, finding) == nil {
        return sayValueless(phrase, finding, whole)
      }
      sayFinding(phrase, finding, yes, isName: true, whole)
    case .value(let index, let possible):
      if head.isCanonical { return result.items.append(statement(index, possible, head.range)) }
      sayFinding(phrase, vocabulary.findings[index], possible, isName: false, whole)
    default: break
    }
  }

  private mutating func sayValueless(_ phrase: Phrase, _ finding: Finding, _ whole: Range<Int>) {
    var error = Diagnostic.valueMissing(finding, vocabulary, span(whole))
    error.readings = finding.values.indices.map { Printer.statement(finding.index, .values(1 << UInt32($0)), vocabulary) }
    fault(error, whole)
  }

  /// The value that a qualifier beside the noun gives it.
  private func refined(_ phrase: Phrase, _ finding: Finding) -> Possible? {
    for qualifier in phrase.qualifiers {
      guard case .qualifier(let place) = qualifier.kind else { continue }
      if let canonical = lexicon.frame(finding.id, lexicon.qualifiers[place].id), canonical != "note", !canonical.hasPrefix("ask "),
        let own = statements(canonical, qualifier.range).compactMap({ if case .statement(let s) = $0, s.finding == finding.index { s.possible } else { nil } })
          .first
      {
        return own
      }
      if let (length, value) = reader.value(at: qualifier.range.lowerBound, of: finding.index), length == qualifier.range.count {
        return .values(1 << UInt32(value))
      }
    }
    return nil
  }

  private mutating func sayFinding(_ phrase: Phrase, _ finding: Finding, _ named: Possible, isName: Bool, _ whole: Range<Int>) {
    var possible = named
    var isNamed = isName
    let isDenied = phrase.isDenied
    let isDated = phrase.measures.contains { if case .measure(let measure) = $0.kind { measure.isYear } else { false } }
    if isDated, !isDenied, finding.changes, finding.group == "symptoms",
      phrase.extras.allSatisfy({ !$0.does(.since) || tokens[$0.range.lowerBound].folded == "in" }),
      !phrase.extras.isEmpty || phrase.isHad
    {
      return note(whole, .past)
    }
    if phrase.isPast || phrase.isOver, !isDenied { return sayPast(phrase, finding, possible, whole) }
    if isName, !isDenied, refined(phrase, finding) == nil, let bare = lexicon.frame(finding.id, "bare"),
      case .statement(let said)? = statements(bare, whole).first, let value = said.possible
    {
      possible = value
    }
    if let value = refined(phrase, finding) {
      let both = possible.intersection(value)
      if isName || !both.isEmpty {
        possible = isName ? value : both
        isNamed = false
      }
    }
    if phrase.extras.contains(where: { $0.does(.distance) }),
      phrase.measures.contains(where: {
        if case .measure(let m) = $0.kind { m.dimension == "length" && $0.range.lowerBound < (phrase.head?.range.lowerBound ?? 0) } else { false }
      })
    {
      return note(whole, .notUnderstood)
    }
    if isDenied, phrase.measures.contains(where: { if case .measure(let m) = $0.kind { !m.isAge && target(m, phrase) != nil } else { false } }) {
      return note(whole, .notUnderstood)
    }
    if phrase.isAffirmed, isName, !isDenied, refined(phrase, finding) == nil { possible = positive(finding) ?? possible }
    // A finding that begins with a degree isn't there where less than that is said.
    var slight: Piece?
    if !isDenied, possible == positive(finding), let frame = lexicon.frame(finding.id, "slight"), let piece = phrase.extras.first(where: { $0.does(.slight) }) {
      if frame == "note" { return note(whole, .outside) }
      slight = piece
      possible = statements(frame, whole).lazy.compactMap { if case .statement(let s) = $0 { s.possible } else { nil } }.first ?? possible
      isNamed = false
    }
    var items: [Reread] = []
    // Qualifiers that say something of another finding.
    var rest: [Piece] = []
    for piece in phrase.qualifiers {
      guard case .qualifier(let place) = piece.kind else { continue }
      let quality = lexicon.qualifiers[place]
      if let (length, _) = reader.value(at: piece.range.lowerBound, of: finding.index), length == piece.range.count, !finding.isNumber { continue }
      let frame = lexicon.frame(finding.id, quality.id)
      if let frame, frame.hasPrefix("ask ") {
        return ask(whole, frame.dropFirst(4).split(separator: "|").map { statements(String($0), whole) })
      }
      if let frame, frame != "note" {
        let said = statements(frame, piece.range)
        items += said.filter { if case .statement(let s) = $0 { s.finding != finding.index } else { true } }
        continue
      }
      if frame == nil, isTumour(finding), let alone = quality.alone {
        items += statements(alone, piece.range)
        continue
      }
      if frame == nil, quality.isQuiet { continue }
      rest.append(piece)
    }
    if isDenied, !items.isEmpty {
      // No resectable liver metastases: none, or none that are resectable.
      return note(whole, .notUnderstood)
    }
    if isDenied, !rest.isEmpty, !(rest.allSatisfy { isSpread($0) }) {
      return note(whole, .notUnderstood)
    }
    guard let no = finding.isDerived ? .values(possible == .values(1) ? 2 : 1) : denied(finding, possible, isName: isNamed) else { return }
    if phrase.isOpenDenial {
      ask(whole, [[statement(finding.index, no, whole)], [statement(finding.index, possible, whole)]])
      return
    }
    // Before the noun, in the order typed.
    for item in items where item.span.lowerBound < (phrase.head.map { span($0.range).lowerBound } ?? 0) { result.items.append(item) }
    for piece in rest where piece.range.lowerBound < (phrase.head?.range.lowerBound ?? 0) { note(piece.range, .outside) }
    if let extra = lexicon.added(to: finding.id), !isDenied, phrase.head.map({ text($0.range).hasPrefix(finding.id) }) != true {
      result.items += statements(extra, whole)
    }
    let before = phrase.measures.filter { $0.range.lowerBound < (phrase.head?.range.lowerBound ?? 0) }
    for piece in before { if case .measure(let measure) = piece.kind { sayMeasure(piece, measure, phrase, whole, nil, nil) } }
    state(finding.index, isDenied ? no : possible, whole)
    for item in items where item.span.lowerBound >= (phrase.head.map { span($0.range).lowerBound } ?? 0) { result.items.append(item) }
    for piece in rest where piece.range.lowerBound >= (phrase.head?.range.lowerBound ?? 0) { note(piece.range, .outside) }
    for piece in phrase.measures where !before.contains(piece) {
      guard case .measure(let measure) = piece.kind else { continue }
      sayMeasure(piece, measure, phrase, whole, nil, nil)
    }
    for piece in phrase.extras {
      let isMeasured = phrase.measures.contains { withUnit($0.range).contains(piece.range.lowerBound) }
      if piece.does([.largest, .numberMark]) || isMeasured || piece == slight { continue }
      // SSTR strongly positive: how much is a word of its own.
      if piece.does([.level, .slight]), !piece.does(.filler), phrase.measures.isEmpty {
        note(piece.range, .outside)
        continue
      }
      if piece.does(.level) { continue }
      if piece.does(.time), piece.range.lowerBound > (phrase.head?.range.upperBound ?? 0), phrase.measures.isEmpty,
        phrase.extras.contains(where: { $0.does(.since) && $0.range.upperBound <= piece.range.lowerBound })
      {
        note(withSince(piece.range), .outside)
        continue
      }
      // Diarrhoea at night: when, without a date or a span.
      if piece.does(.time), !piece.does([.filler, .since]), !phrase.extras.contains(where: { $0.does(.since) }) {
        note(piece.range, .outside)
        continue
      }
      if case .cue = piece.kind, phrase.measures.isEmpty || piece.does([.since, .time]) { continue }
      note(piece.range, .notUnderstood)
    }
  }

  private func isSpread(_ piece: Piece) -> Bool {
    guard case .qualifier(let place) = piece.kind else { return false }
    return lexicon.qualifiers[place].isQuiet
  }

  private mutating func sayPast(_ phrase: Phrase, _ finding: Finding, _ possible: Possible, _ whole: Range<Int>) {
    let isHistory = (whole.lowerBound..<whole.upperBound).contains { place in (1...3).contains { reader.has(.history, at: place, length: $0) } }
    if phrase.isPast, isHistory, finding.group == "comorbidity" || !finding.changes {
      return ask(whole, [[statement(finding.index, possible, whole)], [.noted(noted(whole, .past))]])
    }
    if finding.group == "treatment", finding.id.hasPrefix("prior-") { return state(finding.index, possible, whole) }
    if phrase.isOver, isTumour(finding) {
      let resected = statements("primary-resected", whole)
      return ask(whole, [[statement(finding.index, possible, whole)] + resected, [.noted(noted(whole, .past))]])
    }
    note(whole, .past)
  }

  private mutating func saySeveral(_ phrase: Phrase, _ meanings: [Meaning], _ whole: Range<Int>) {
    var choices: [(Int, Possible)] = []
    for meaning in meanings {
      switch meaning {
      case .finding(let finding): choices.append((finding, positive(vocabulary.findings[finding]) ?? .all(of: vocabulary.findings[finding])))
      case .value(let finding, let value): choices.append((finding, .values(1 << UInt32(value))))
      case .ambiguous(let findings):
        for index in findings {
          let finding = vocabulary.findings[index]
          let key = phrase.head.map { text($0.range) } ?? ""
          if let value = vocabulary.value(FoldedKey(key), of: index) {
            choices.append((index, .values(1 << UInt32(value))))
          } else if let value = finding.values.firstIndex(where: { finding.values.count > 2 && $0.shown.names(key) }),
            !finding.name.names(key)
          {
            choices.append((index, .values(1 << UInt32(value))))
          } else if let possible = positive(finding) {
            choices.append((index, possible))
          } else if finding.isNumber, let measure = phrase.measures.first, case .measure(let number) = measure.kind,
            let interval = try? interval(number, of: finding, whole)
          {
            choices.append((index, .numbers(interval)))
          }
        }
      case .several: break
      }
    }
    if phrase.isPast || phrase.isOver && !isRecent(phrase, choices) { return note(whole, .past) }
    // Liver disease unresectable: of the one that a qualifier speaks of.
    let framed = choices.filter { index, _ in
      let id = vocabulary.findings[index].id
      return phrase.qualifiers.contains {
        guard case .qualifier(let place) = $0.kind, let frame = lexicon.frame(id, lexicon.qualifiers[place].id) else { return false }
        return frame != "note" && !frame.hasPrefix("ask ")
      }
    }
    if framed.count == 1, choices.count > 1, !phrase.isDenied {
      return sayFinding(phrase, vocabulary.findings[framed[0].0], positive(vocabulary.findings[framed[0].0]) ?? framed[0].1, isName: true, whole)
    }
    if let recent = recent(phrase, choices) {
      return state(recent.0, phrase.isDenied ? denied(vocabulary.findings[recent.0], recent.1, isName: true) ?? recent.1 : recent.1, whole)
    }
    if phrase.measures.contains(where: { if case .measure(let measure) = $0.kind { spanInMonths(measure) != nil } else { false } }) {
      return note(whole, .notUnderstood)
    }
    let readings = choices.compactMap { index, possible -> [Reread]? in
      let finding = vocabulary.findings[index]
      guard phrase.isDenied else { return [statement(index, possible, whole)] }
      return denied(finding, possible, isName: finding.absent != nil).map { [statement(index, $0, whole)] }
    }
    ask(whole, readings)
  }

  /// The reading that holds for a span of time, where one is named: progression over the last 6 months.
  private func recent(_ phrase: Phrase, _ choices: [(Int, Possible)]) -> (Int, Possible)? {
    choices.first { index, _ in
      guard let most = lexicon.frame(vocabulary.findings[index].id, "months").flatMap({ Int($0) }) else { return false }
      return phrase.measures.contains { piece in
        guard case .measure(let measure) = piece.kind, let months = spanInMonths(measure) else { return false }
        return months <= most
      }
    }
  }

  private func isRecent(_ phrase: Phrase, _ choices: [(Int, Possible)]) -> Bool { recent(phrase, choices) != nil }

  private func spanInMonths(_ measure: Measure) -> Int? {
    guard let value = (measure.interval.upper ?? measure.interval.lower).map({ Int($0.millionths / 1_000_000) }) else { return nil }
    switch measure.unit {
    case "month": return value
    case "years": return value * 12
    case "week": return (value + 3) / 4
    case "day", "h": return value / 30
    case "/": return nil
    default: return nil
    }
  }

  // MARK: Numbers

  private mutating func sayNumber(_ phrase: Phrase, _ finding: Finding, _ whole: Range<Int>) {
    if phrase.isDenied || phrase.isPast || phrase.isOver {
      return note(whole, phrase.isDenied ? .notUnderstood : .past)
    }
    // Mitoses per 2 mm2: the text counts them otherwise. A date beside a value is noted by itself.
    let isOnlyDated = phrase.measures.allSatisfy { if case .measure(let measure) = $0.kind { measure.isYear } else { false } }
    if phrase.measures.contains(where: {
      guard case .measure(let measure) = $0.kind else { return false }
      return measure.unit == PieceReader.area || measure.unit == PieceReader.ratio && (!measure.isYear || isOnlyDated)
    }) {
      return note(whole, .outside)
    }
    // A lesion named on the way is no number; alone at the end of the line its number is asked for.
    let isAlone = whole.upperBound == tokens.count && (whole.lowerBound == reader.first || tokens[whole.lowerBound - 1].isSymbol(","))
    if phrase.measures.isEmpty, !isAlone || isProse, lexicon.frame(finding.id, "bare") == "note" { return note(whole, .outside) }
    let own = phrase.measures.firstIndex { piece in
      guard case .measure(let measure) = piece.kind, !measure.isYear, !measure.isAge || finding.id == "age" else { return false }
      return measure.unit == nil || measure.interval(in: finding.unit) != nil || phrase.measures.count == 1
    }
    let negative = phrase.extras.isEmpty ? minus(phrase) : nil
    if let negative { return fault(.outOfRange(text(negative), finding, vocabulary, span(negative)), whole) }
    for piece in phrase.qualifiers {
      guard case .qualifier(let place) = piece.kind else { continue }
      if let frame = lexicon.frame(finding.id, lexicon.qualifiers[place].id), frame != "note" {
        result.items += statements(frame, piece.range)
        if own == nil, phrase.measures.isEmpty { return }
      } else if isTumour(finding) || finding.id == "size", let alone = lexicon.qualifiers[place].alone {
        result.items += statements(alone, piece.range)
      } else if !lexicon.qualifiers[place].isQuiet {
        note(piece.range, .outside)
      }
    }
    guard let own, case .measure(let measure) = phrase.measures[own].kind else {
      if let measure = phrase.measures.first, case .measure(let number) = measure.kind, let target = target(number, phrase) {
        return state(target, number, whole)
      }
      let isQualified = phrase.qualifiers.contains { if case .qualifier(let place) = $0.kind { !lexicon.qualifiers[place].isQuiet } else { false } }
      if isProse || isQualified || !phrase.extras.isEmpty { return note(whole, .notUnderstood) }
      waiting = finding.index
      lastHead = phrase.head
      return
    }
    if let frame = target(measure, phrase), frame != finding.index {
      state(frame, measure, whole)
    } else {
      state(finding.index, measure, whole)
    }
    for (place, piece) in phrase.measures.enumerated() where place != own {
      if case .measure(let other) = piece.kind { sayMeasure(piece, other, phrase, whole, nil, nil) }
    }
    for piece in phrase.extras where !piece.does([.largest, .level, .numberMark, .measure]) && !(piece.does(.joint) && piece.range.count == 1) {
      // `size 14 kg`: a word that takes the place of the unit.
      note(piece.range, .notUnderstood)
    }
  }

  private func minus(_ phrase: Phrase) -> Range<Int>? {
    guard let head = phrase.head, let piece = phrase.measures.first, piece.range.lowerBound > head.range.upperBound else { return nil }
    let place = piece.range.lowerBound - 1
    return tokens[place].isSymbol("-") && reader.touches(place) && !reader.touches(place - 1) ? place..<piece.range.upperBound : nil
  }

  /// What a number says of the noun beside it.
  private func target(_ measure: Measure, _ phrase: Phrase) -> Int? {
    guard let head = phrase.head else { return nil }
    return target(of: measure, at: head)
  }

  private mutating func sayMeasure(_ piece: Piece, _ measure: Measure, _ phrase: Phrase, _ whole: Range<Int>, _ clause: Clause?, _ before: Clause?) {
    if measure.isAge, let age = vocabulary.finding(id: "age") {
      state(age.index, measure, piece.range)
      if let word = measure.sex, let sex = vocabulary.finding(id: "sex"), let value = sex.place(of: word) {
        state(sex.index, .values(1 << UInt32(value)), piece.range)
      }
      return
    }
    let stretch = withUnit(piece.range)
    if measure.isYear || ["month", "week", "day", "h", "years"].contains(measure.unit ?? "") {
      return note(withSince(stretch), phrase.head == nil && phrase.qualifiers.isEmpty ? .notUnderstood : .outside)
    }
    if let head = phrase.head {
      if let target = target(of: measure, at: head) { return state(target, measure, piece.range) }
      if measure.dimension == "length", let finding = finding(head), lexicon.frame(finding.id, "length") == nil {
        // A length beside what has none is the tumour's.
        return sayLength(piece, measure)
      }
      if measure.dimension == "%", let only = shares().first, shares().count == 1 { return state(only, measure, piece.range) }
      return note(stretch, .outside)
    }
    if measure.dimension == "length" {
      if strangeNoun(beside: piece, in: clause).after != nil, let size = vocabulary.bareNumbers.first,
        let own = try? interval(measure, of: vocabulary.findings[size], piece.range)
      {
        return ask(piece.range, [[statement(size, .numbers(own), piece.range)], [.noted(noted(piece.range, .notUnderstood))]])
      }
    }
    switch measure.dimension {
    case "length":
      if phrase.extras.contains(where: { $0.does(.distance) }) { return note(whole, .notUnderstood) }
      // What it was, beside what it is: 18 mm, previously 15 mm; 18 mm (15 mm in 2021).
      if phrase.isPast || phrase.isOver || isDatedAgain(phrase) { return note(whole, .past) }
      if phrase.qualifiers.contains(where: { isQualifier($0, "primary") }) { return sayLength(piece, measure) }
      // Nobody's tumour is that large: a height, or another's.
      if let size = vocabulary.bareNumbers.first.map({ vocabulary.findings[$0] }), let own = measure.interval(in: size.unit),
        size.range.intersection(own).isEmpty
      {
        return note(piece.range, .outside)
      }
      let isLargest = phrase.extras.contains { $0.does(.largest) }
      if isLargest, case .several(let meanings)? = lastHead?.kind, let choices = ambiguous(meanings) {
        let lengths = choices.filter { vocabulary.findings[$0].unit == .millimetre } + vocabulary.bareNumbers
        return ask(piece.range, lengths.compactMap { place in measure.interval(in: .millimetre).map { [statement(place, .numbers($0), piece.range)] } })
      }
      if isLargest, let lastHead, let finding = finding(lastHead), let id = lexicon.frame(finding.id, "length"), let target = vocabulary.finding(id: id) {
        return state(target.index, measure, piece.range)
      }
      if let last = lastHead, let finding = finding(last), let frame = lexicon.frame(finding.id, "length"), frame != "size" {
        let target = vocabulary.finding(id: frame)
        // Liver lesions (1.1 and 2.7 cm).
        if clause?.opened == "(", let target { return state(target.index, measure, piece.range) }
        if clause?.opened == ",", let size = vocabulary.finding(id: "size") {
          var readings: [[Reread]] = []
          for own in [target, size].compactMap(\.self) {
            if let interval = measure.interval(in: own.unit) { readings.append([statement(own.index, .numbers(interval), piece.range)]) }
          }
          if readings.count == 1 { readings.append([.noted(noted(piece.range, .outside))]) }
          return ask(piece.range, readings)
        }
      }
      sayLength(piece, measure)
    case "%":
      ask(
        piece.range,
        shares().compactMap { share in
          (try? interval(measure, of: vocabulary.findings[share], piece.range)).map { [statement(share, .numbers($0), piece.range)] }
        })
    case "mL/min":
      if let clearance = vocabulary.finding(id: "creatinine-clearance") { state(clearance.index, measure, piece.range) }
    case "per 10 HPF":
      if let mitoses = vocabulary.finding(id: "mitoses") { state(mitoses.index, measure, piece.range) }
    case nil
    where phrase.extras.isEmpty && phrase.qualifiers.isEmpty
      && (clause.map { clause in clause.pieces.filter { $0.range != piece.range }.reduce(0) { $0 + $1.range.count } < 2 } ?? true):
      sayBare(piece, measure, whole)
    default: note(stretch, .notUnderstood)
    }
  }

  /// Whether a number without a noun that islet knows is that of a word that it doesn't know.
  private func isOfStrange(_ piece: Piece, _ phrase: Phrase, _ clause: Clause) -> Bool {
    guard case .measure(let measure) = piece.kind, !measure.isAge, !measure.isYear, phrase.qualifiers.isEmpty else { return false }
    switch measure.dimension {
    case "%": return phrase.extras.contains { $0.does(.level) || $0.kind == .word }
    case "length", nil: return strangeNoun(beside: piece, in: clause).before != nil
    default: return false
    }
  }

  /// Whether a size with a year follows one without.
  private func isDatedAgain(_ phrase: Phrase) -> Bool {
    let isDated = phrase.measures.contains { if case .measure(let measure) = $0.kind { measure.isYear } else { false } }
    guard isDated, let size = vocabulary.bareNumbers.first else { return false }
    return result.items.contains { $0.finding == size }
  }

  private mutating func sayLength(_ piece: Piece, _ measure: Measure) {
    if let size = vocabulary.bareNumbers.first { state(size, measure, piece.range) }
  }

  /// The findings that a share may be of, and a bare number.
  func shares() -> [Int] { vocabulary.findings.filter { $0.isNumber && $0.unit == .percent }.map(\.index) }

  /// A number that doesn't say what it measures.
  private mutating func sayBare(_ piece: Piece, _ measure: Measure, _ whole: Range<Int>) {
    if isProse { return note(piece.range, .notUnderstood) }
    var readings: [[Reread]] = []
    for (id, unit) in [("size", "mm"), ("size", "cm"), ("age", "years"), ("ki67", "%")] {
      guard let finding = vocabulary.finding(id: id) else { continue }
      var copy = measure
      copy.unit = unit
      if let interval = copy.interval(in: finding.unit), let value = interval.lower ?? interval.upper, finding.admits(value),
        id != "age" || value.millionths % 1_000_000 == 0
      {
        readings.append([statement(finding.index, .numbers(interval), piece.range)])
      }
    }
    if readings.isEmpty { return fault(.numberUnreadable(text(piece.range), span(piece.range)), piece.range) }
    ask(piece.range, readings)
  }

  /// A stretch with the units behind it that are no finding's: `10 kg`, `120 mg monthly`.
  private func withUnit(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end < tokens.count, reader.has([.measure, .time], at: end, length: 1) || reader.has(.level, at: end, length: 1) { end += 1 }
    return range.lowerBound..<end
  }

  private func withSince(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start > reader.first, reader.has([.since, .joint], at: start - 1, length: 1) { start -= 1 }
    if start > reader.first + 1, reader.has(.since, at: start - 2, length: 2) { start -= 2 }
    return start..<range.upperBound
  }

  // MARK: Qualifiers without a noun

  /// The value of a finding that a qualifier names, in canonical form.
  private func ownValue(_ piece: Piece, _ finding: Finding) -> String? {
    guard !finding.isNumber, let (length, value) = reader.value(at: piece.range.lowerBound, of: finding.index), length == piece.range.count else {
      return nil
    }
    return Printer.statement(finding.index, .values(1 << UInt32(value)), vocabulary)
  }

  private mutating func sayAlone(
    _ piece: Piece, _ place: Int, _ phrase: Phrase, _ whole: Range<Int>, _ clause: Clause, _ before: Clause?, _ all: [Phrase]
  ) {
    let quality = lexicon.qualifiers[place]
    // Gallstones but asymptomatic: of them, or of the patient.
    if let head = all.last(where: { $0.head != nil && ($0.range?.upperBound ?? 0) <= piece.range.lowerBound })?.head, let finding = finding(head),
      phrase.head == nil, !phrase.isDenied, let frame = lexicon.frame(finding.id, quality.id) ?? ownValue(piece, finding), frame != "note",
      !frame.hasPrefix("ask "), let alone = quality.alone, frame != alone
    {
      return ask(piece.range, [statements(frame, piece.range), statements(alone, piece.range)])
    }
    // A polyp, benign; a thyroid nodule, thought benign: of what isn't the tumour.
    if quality.alone?.hasPrefix("malignant") == true, clause.opened == ",", let other = before?.pieces.last(where: { !$0.isQuiet }), isOtherMass(other) {
      return note(whole, .notUnderstood)
    }
    if let lastHead, !isLastDenied, let finding = finding(lastHead), clause.opened == "," || clause.opened == "(",
      clause.isOnly({ if case .qualifier = $0.kind { true } else { $0.does([.deny, .and, .or]) } })
    {
      // `liver metastases, unresectable`, `gallstones (silent)`: of what stood before, or of the tumour.
      var own: [Reread] = []
      if let frame = lexicon.frame(finding.id, quality.id), frame != "note", !frame.hasPrefix("ask ") {
        own = statements(frame, piece.range)
      } else if let (length, value) = reader.value(at: piece.range.lowerBound, of: finding.index), length == piece.range.count, !finding.isNumber {
        own = [statement(finding.index, .values(1 << UInt32(value)), piece.range)]
      }
      // What was said of it already, or its opposite, is said of the tumour now.
      let earlier = own.compactMap { item -> Bool? in
        guard case .statement(let statement) = item, case .statement(let said)? = result.items.first(where: { $0.finding == statement.finding }) else {
          return nil
        }
        return said.possible == statement.possible
      }
      if let isSame = earlier.first, let alone = quality.alone, clause.opened == "," {
        let said = statements(alone, piece.range)
        if said != own { return isSame ? ask(piece.range, [own, said]) : result.items.append(contentsOf: said) }
      }
      if !own.isEmpty, !phrase.isDenied {
        guard let alone = quality.alone, clause.opened != "(", statements(alone, piece.range) != own else {
          result.items += own
          return
        }
        return ask(piece.range, [own, statements(alone, piece.range)])
      }
    }
    guard let alone = quality.alone else {
      if let meanings = vocabulary.meanings(of: FoldedKey(text(piece.range))) {
        var copy = phrase
        copy.head = piece
        if ambiguous(meanings) != nil { return saySeveral(copy, meanings, whole) }
      }
      if !quality.isQuiet { note(phrase.isDenied ? whole : piece.range, .notUnderstood) }
      return
    }
    var said = statements(alone, piece.range)
    if phrase.qualifiers.contains(where: { isQualifier($0, "primary") }) { ofPrimary.append((span(piece.range), span(whole))) }
    if phrase.isPast || phrase.isOver { return note(whole, .past) }
    let isSelfNegative = quality.id.hasPrefix("un") || quality.id.hasPrefix("a-")
    if phrase.isDenied || phrase.isOpenDenial {
      let no = said.compactMap { item -> Reread? in
        guard case .statement(let statement) = item, let possible = statement.possible,
          let no = denied(vocabulary.findings[statement.finding], possible, isName: false)
        else { return nil }
        return self.statement(statement.finding, no, whole)
      }
      if isSelfNegative || phrase.isOpenDenial { return ask(whole, [no, said]) }
      said = no
    }
    result.items += said
  }

  // MARK: Treatments

  private mutating func sayTreatment(_ phrase: Phrase, _ therapies: [Int], _ whole: Range<Int>) {
    let statuses = phrase.statuses
    // On octreotide until March: it is over.
    let isEnded = whole.contains { ["until", "till", "μεχρι"].contains(tokens[$0].folded) }
    // What was refused, isn't borne or is only thought of is neither given nor planned.
    if statuses.contains(.unwanted) { return note(whole, .outside) }
    if statuses.contains(.considered) { return note(whole, .uncertain) }
    let status: String
    let isDated = phrase.measures.contains { if case .measure(let measure) = $0.kind { measure.isYear } else { false } }
    // On it since 2020: it is still given.
    let isSince = whole.contains { tokens[$0].folded == "since" }
    if phrase.isDenied {
      status = statuses.contains(.current) ? "off" : "never"
    } else if statuses.contains(.never), !phrase.isPast {
      status = "never"
    } else if statuses.contains(.despite) {
      status = "despite"
    } else if isDated, isSince, !isEnded, statuses.isDisjoint(with: [.off, .had, .failed, .course]), said(therapies, "current") != nil {
      status = "current"
    } else if isDated, isEnded || !statuses.contains(.current) {
      status = "had"
    } else if statuses.contains(.planned) {
      status = "planned"
    } else if statuses.contains(.off) {
      status = "off"
    } else if phrase.isPast || phrase.isOver || isEnded || !statuses.isDisjoint(with: [.had, .failed, .course]) {
      status = "had"
    } else if statuses.contains(.current) {
      status = "current"
    } else if phrase.measures.contains(where: { isDose($0) }) {
      status = "current"
    } else {
      status = "bare"
    }
    guard let said = said(therapies, status) else { return note(whole, status == "had" || status == "off" ? .past : .outside) }
    if said.hasPrefix("ask ") {
      return ask(
        whole,
        said.dropFirst(4).split(separator: "|").map { part in
          let items = statements(String(part), whole)
          return items.isEmpty ? [.noted(noted(whole, .past))] : items
        })
    }
    if phrase.isOpenDenial { return note(whole, .notUnderstood) }
    result.items += statements(said, whole)
    for piece in phrase.measures + phrase.extras.filter({ $0.kind == .word || $0.does(.time) && !$0.does([.filler, .since, .had]) && phrase.measures.isEmpty })
    {
      // Four courses of it, in 2018: what had says already.
      if case .measure(let measure) = piece.kind, status == "had", measure.unit == nil { continue }
      note(withUnit(piece.range), .notUnderstood)
    }
  }

  /// What a status of one of several treatments says in canonical form.
  private func said(_ therapies: [Int], _ status: String) -> String? {
    for therapy in therapies {
      let id = vocabulary.therapies[therapy].id
      for name in [id] + vocabulary.groups(above: id) {
        if let said = lexicon.treatment(name, status) { return said }
      }
    }
    return nil
  }

  /// Whether a measure is a dose or how often it is given: 120 mg, every 4 weeks.
  private func isDose(_ piece: Piece) -> Bool {
    guard case .measure(let measure) = piece.kind, let unit = measure.unit else { return false }
    if ["mg", "mcg", "g"].contains(unit) { return true }
    let place = piece.range.lowerBound - 1
    return ["week", "day", "month", "h"].contains(unit) && reader.has(.every, at: place, length: 1)
  }

  // MARK: The whole line

  /// Joins what was said twice, and finds what can't be said together.
  mutating func settle() {
    if let name = waiting {
      waiting = nil
      fault(.valueMissing(vocabulary.findings[name], vocabulary, span(lastHead?.range ?? 0..<0)), lastHead?.range ?? 0..<0)
    }
    var settled: [Reread] = []
    for item in result.items { add(item, to: &settled) }
    localOrMetastatic(&settled)
    ownOfPrimary(&settled)
    result.items = settled
    for place in result.questions.indices {
      result.questions[place].readings.removeAll(where: \.isEmpty)
    }
  }

  private mutating func add(_ item: Reread, to found: inout [Reread]) {
    guard case .statement(var statement) = item else { return found.append(item) }
    let finding = vocabulary.findings[statement.finding]
    if finding.isDerived {
      guard let definition = vocabulary.definitions.first(where: { $0.finding == finding.index }),
        case .test(let test)? = try? ConditionReader.condition(definition.condition, vocabulary), case .values(let allowed) = test.allowed
      else { return result.faults.append(Diagnostic.derivedOnly(finding, statement.span).on(source)) }
      let all = vocabulary.findings[test.finding].allValues
      let possible: Possible? = statement.possible.map { $0 == .values(1) ? .values(allowed) : .values(all & ~allowed) }
      statement = Statement(finding: test.finding, possible: possible, span: statement.span)
    }
    for place in found.indices {
      guard case .statement(let earlier) = found[place], earlier.finding == statement.finding else { continue }
      if earlier.possible == statement.possible { return }
      // A narrower phrase may follow a wider one: liver metastases, in both lobes.
      if let a = earlier.possible, let b = statement.possible {
        let both = a.intersection(b)
        if !both.isEmpty, both == a || both == b || !a.isSettled && !b.isSettled {
          found[place] = .statement(Statement(finding: statement.finding, possible: both, span: both == a ? earlier.span : statement.span))
          return
        }
      }
      let name = vocabulary.findings[statement.finding]
      if name.id == "stage", let a = earlier.possible?.value, let b = statement.possible?.value,
        Set([name.values[a].id, name.values[b].id]) == ["locally-advanced", "metastatic"]
      {
        let local = name.values[a].id == "locally-advanced" ? earlier : statement
        if local == earlier { found[place] = .statement(statement) }
        found.append(
          .noted(
            NotedStretch(note: Note(Self.quotable(String(decoding: Array(source.utf8)[local.span], as: UTF8.self)), .outside), span: local.span, term: nil)))
        return
      }
      if isProse {
        result.questions.append(
          ReadingQuestion(
            span: statement.span, readings: [[.statement(earlier)], [.statement(statement)]],
            diagnostic: Diagnostic.ambiguous(typed(statement.span), statement.span).on(source)))
        return
      }
      result.faults.append(
        Diagnostic.twoValues(
          name, vocabulary.describe(earlier.finding, earlier.possible), vocabulary.describe(statement.finding, statement.possible), statement.span
        ).on(source))
      return
    }
    found.append(.statement(statement))
  }

  /// A primary without symptoms, beside symptoms of something else: the patient has symptoms, and what was written is kept.
  private func ownOfPrimary(_ found: inout [Reread]) {
    guard let symptomatic = vocabulary.finding(id: "symptomatic"), !ofPrimary.isEmpty else { return }
    let hasSymptom = found.contains { item in
      guard case .statement(let statement) = item, let possible = statement.possible, case .values(let mask) = possible else { return false }
      let finding = vocabulary.findings[statement.finding]
      guard finding.group == "symptoms" || finding.id == "bone-pain", finding.index != symptomatic.index, let absent = finding.absent else { return false }
      return mask & 1 << UInt32(absent) == 0
    }
    guard hasSymptom else { return }
    for place in found.indices {
      guard case .statement(let statement) = found[place], statement.finding == symptomatic.index, statement.possible == .values(2),
        let own = ofPrimary.first(where: { $0.qualifier == statement.span })
      else { continue }
      found[place] = .noted(NotedStretch(note: Note(Self.quotable(typed(own.whole)), .outside), span: own.whole, term: nil))
    }
  }

  private func typed(_ span: Range<Int>) -> String { String(decoding: Array(source.utf8)[span], as: UTF8.self) }

  /// Locally advanced disease with metastases is metastatic; what was written of it is kept.
  private func localOrMetastatic(_ found: inout [Reread]) {
    guard let stage = vocabulary.finding(id: "stage"), let local = stage.place(of: "locally-advanced") else { return }
    let spread = found.contains { item in
      guard case .statement(let statement) = item, let possible = statement.possible, case .values(let mask) = possible else { return false }
      let finding = vocabulary.findings[statement.finding]
      guard finding.id.hasSuffix("-metastases"), let absent = finding.absent else { return false }
      return mask & 1 << UInt32(absent) == 0
    }
    guard spread else { return }
    for place in found.indices {
      if case .statement(let statement) = found[place], statement.finding == stage.index, statement.possible == .values(1 << UInt32(local)) {
        found[place] = .noted(NotedStretch(note: Note(Self.quotable(typed(statement.span)), .outside), span: statement.span, term: nil))
      }
    }
  }
}

extension Words {
  /// Whether a word of it, in either language, begins as a text does.
  fileprivate func names(_ text: String) -> Bool {
    let key = Folding.key(text)
    return [english, greek].contains { $0.split(separator: " ").contains { Folding.key(String($0)).hasPrefix(key.prefix(max(5, key.count - 2))) } }
  }
}

extension Diagnostic {
  fileprivate static func ambiguous(_ text: String, _ span: Range<Int>) -> Diagnostic { .ambiguous(text, [], span) }
}
