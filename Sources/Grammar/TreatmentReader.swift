import Measures
import Vocabulary
import Wording

/// A therapy with the dose that was typed beside it.
public struct TreatmentPhrase: Sendable {
  public let therapy: Therapy
  public let dose: Dose
  /// What the dose is for, where it was said: rescue or cover.
  public let purpose: String?
  /// Whether the user wants it recorded even though the text doesn't give it.
  public let anyway: Bool
  /// Where the dose stands, as UTF-8 offsets; nil when none was typed.
  public let span: Range<Int>?
  /// How practice named it, where that isn't the text's own name: a brand, a drug of a class.
  public internal(set) var name: PracticeName?
  /// Amounts in units that no dose of the text has, word for word: `2 L`, `75 mg/m2`.
  public internal(set) var measures: [Measure] = []
  /// What else was said of the dose, word for word: `with meals`.
  public internal(set) var details: [String] = []
  /// Amounts that were converted: as typed, and as read.
  public internal(set) var conversions: [(typed: String, read: DoseAmount)] = []
  /// Whether the purpose was part of the therapy's name.
  public internal(set) var isPurposeNamed = false

  /// An amount that can't be held against the text's doses.
  public struct Measure: Sendable {
    public let text: String
    /// Whether it is an amount for each square metre or kilogram.
    public let isPerBody: Bool
  }

  public init(therapy: Therapy, dose: Dose, purpose: String? = nil, anyway: Bool = false, span: Range<Int>? = nil) {
    self.therapy = therapy
    self.dose = dose
    self.purpose = purpose
    self.anyway = anyway
    self.span = span
  }

  /// The phrase in canonical form: what a recording holds, and what this reader reads back as the same phrase.
  public var canonical: String {
    let rest = behindName.english
    return rest.isEmpty ? therapy.id : therapy.id + " " + rest
  }

  /// What stands behind the therapy's name, in both languages; this reader reads it back as the same.
  var behindName: Words {
    let kept = (measures.map(\.text) + details).map { Words(same: $0) }
    let purpose = purpose.map { purpose in
      switch purpose {
      case "rescue": Words("for rescue", "ως διάσωση")
      case "cover": Words("for cover", "για κάλυψη")
      default: Words(same: "for " + purpose)
      }
    }
    let parts = [dose.isEmpty ? nil : dose.written] + kept + [purpose, anyway ? Words("anyway", "παρόλα αυτά") : nil]
    return .joined(parts.compactMap { $0 }, by: " ")
  }

  /// Keeps what another phrase says word for word.
  public mutating func keep(_ other: TreatmentPhrase) {
    measures = other.measures
    details = other.details
  }
}

/// What a line orders.
public enum TreatmentReading: Sendable {
  case known(TreatmentPhrase)
  /// What the text doesn't speak of, and the words, as they were typed.
  case outside(PracticeName, String)
}

/// Reads therapies, doses and lengths of time as people write them.
public struct TreatmentReader {
  let vocabulary: Vocabulary
  let words: DoseWords
  let source: String
  let tokens: [Token]
  var position: Int
  /// The names of practice, once the text's own names were not enough.
  var names: PracticeNames?
  /// The command that the line stands behind, as it is shown.
  public var verb: Words?
  /// The tokens of the last words kept of an operation.
  private var detailStart: Int?
  private var detailEnd = 0
  /// Where the order begins.
  private var orderStart = 0
  /// The tokens as those names are matched.
  var loose: [FoldedKey] = []

  public init(_ vocabulary: Vocabulary, _ words: DoseWords, _ source: String, tokens: [Token], from position: Int = 0) {
    self.vocabulary = vocabulary
    self.words = words
    self.source = source
    self.tokens = tokens
    self.position = position
  }

  public init(_ vocabulary: Vocabulary, _ words: DoseWords, _ source: String) throws(Diagnostic) {
    self.init(vocabulary, words, source, tokens: try Lexer.tokens(source))
  }

  public var atEnd: Bool { position >= tokens.count }

  // MARK: Matching

  /// The longest phrase from a token on for which something is found.
  func longest<Found>(at start: Int, within most: Int = 12, _ find: (FoldedKey) -> Found?) -> (length: Int, found: Found)? {
    var key = FoldedKey()
    var best: (Int, Found)?
    var index = start
    while index < tokens.count, index - start < most {
      let token = tokens[index]
      if token.kind == .quoted { break }
      key = key + token.key
      index += 1
      if token.key.isEmpty { continue }
      if let found = find(key) { best = (index - start, found) }
    }
    return best.map { (length: $0.0, found: $0.1) }
  }

  func small(_ small: DoseWords.Small, at start: Int) -> Int? {
    longest(at: start, within: 3) { words.isSmall($0, small) ? true : nil }?.length
  }

  /// A number word or digits.
  func count(at start: Int) -> (length: Int, value: Int)? {
    guard start < tokens.count else { return nil }
    if tokens[start].kind == .number { return Int(tokens[start].text).map { (1, $0) } }
    return longest(at: start, within: 3) { words.number($0) }.map { ($0.length, $0.found) }
  }

  private func timeUnit(at start: Int) -> (length: Int, unit: TimeUnit)? {
    longest(at: start, within: 2) { words.timeUnit($0) }.map { ($0.length, $0.found) }
  }

  func span(_ start: Int, _ end: Int) -> Range<Int> {
    guard start < tokens.count else { return source.utf8.count..<source.utf8.count }
    return tokens[start].span.lowerBound..<tokens[max(start, end - 1)].span.upperBound
  }

  func text(_ span: Range<Int>) -> String { String(decoding: Array(source.utf8)[span], as: UTF8.self) }

  // MARK: A therapy alone

  /// Reads the name of a therapy and nothing else, but for small words and `anyway`.
  public mutating func therapyName(_ act: String = "perform") throws(Diagnostic) -> TreatmentReading {
    let reading = try reading(act)
    guard case .known(let phrase) = reading else { return reading }
    if let span = phrase.span {
      throw Diagnostic(
        "dose.unexpected", Words("No dose belongs here.", "Εδώ δεν χρειάζεται δόση."),
        help: [Words("Name the therapy alone.", "Γράψτε μόνο τη θεραπεία.")], source: source, span: span)
    }
    return reading
  }

  // MARK: A therapy with its dose

  /// What has been read of a dose so far.
  struct Parts {
    var therapy: Therapy?
    var name: PracticeName?
    var amount: DoseAmount?
    var timing: DoseTiming?
    var route: DoseRoute?
    var purpose: String?
    var isPurposeNamed = false
    var anyway = false
    var count: Int?
    var countSpan = 0..<0
    var measures: [TreatmentPhrase.Measure] = []
    var details: [String] = []
    var conversions: [(typed: String, read: DoseAmount)] = []
    var low = Int.max
    var high = 0

    mutating func cover(_ span: Range<Int>) {
      low = min(low, span.lowerBound)
      high = max(high, span.upperBound)
    }
  }

  /// Reads a therapy of the text and its dose up to the end of the line, in any order.
  public mutating func treatment() throws(Diagnostic) -> TreatmentPhrase {
    let start = position
    switch try reading("give") {
    case .known(let phrase): return phrase
    case .outside(let name, _): throw TreatmentMessages.silent(name, span(start, tokens.count)).on(source)
    }
  }

  /// Reads what the line orders up to its end. `act` is the command that it stands behind: what is offered for a slip is of the
  /// kinds that it takes.
  public mutating func reading(_ act: String) throws(Diagnostic) -> TreatmentReading {
    // What islet writes itself begins with an id, and needs no names of practice.
    var plain = self
    if let phrase = try? plain.readTreatment(act), case .known(let read) = phrase, startsWith(read.therapy.id) {
      self = plain
      return phrase
    }
    learn(try vocabulary.practiceNames)
    return try readOnce(act)
  }

  /// Reads once, with the names that are known now.
  mutating func readOnce(_ act: String) throws(Diagnostic) -> TreatmentReading {
    do throws(Diagnostic) {
      return try readTreatment(act)
    } catch {
      throw (act == "perform" && error.code == "dose.unreadable" ? beyondProcedure(error) : error).on(source)
    }
  }

  /// A procedure has no dose: what stands behind its name isn't read as one.
  private func beyondProcedure(_ error: Diagnostic) -> Diagnostic {
    guard let span = error.span else { return error }
    let rest = text(span.lowerBound..<source.utf8.count)
    let words = text(span)
    return Diagnostic(
      error.code,
      Words("“\(words)” isn't read behind a procedure; nothing was done.", "Το «\(words)» δεν διαβάζεται μετά το όνομα της επέμβασης· δεν έγινε τίποτα."),
      help: [
        Words(
          text: "Name the procedure alone. To keep the rest with the patient: \(Text.command("note \(rest)", "note"))",
          "Γράψτε μόνο την επέμβαση. Τα υπόλοιπα μπορούν να μείνουν στον ασθενή: \(Text.command("σημείωσε \(rest)", "note"))")
      ], span: span)
  }

  private mutating func readTreatment(_ act: String) throws(Diagnostic) -> TreatmentReading {
    var parts = Parts()
    let first = position
    orderStart = first
    try checkOrder(act)
    while !atEnd {
      try checkLeadingPoint(act, first)
      if isSeparator(position) {
        position += 1
        continue
      }
      if let (length, name) = named(at: position) {
        if parts.therapy == nil, name.meaning == .outside { return try outside(name, length, act, first) }
        try take(name, length, &parts, act, first)
        position += length
        continue
      }
      try readPart(&parts, first, act)
    }
    guard let therapy = parts.therapy else { throw unknownTherapy(first, act) }
    if let count = parts.count {
      if case .total(let unit)? = parts.timing {
        parts.timing = .times(count, unit)
      } else if count == 1, case .every? = parts.timing {
        // `once every 4 weeks`
      } else if parts.timing == nil, count == 1 {
        parts.timing = .once
      } else {
        throw Diagnostic(
          "dose.timing-incomplete",
          Words(
            "“\(text(parts.countSpan))” doesn't say over what period.", "Το «\(text(parts.countSpan))» δεν λέει σε πόσο χρόνο."),
          help: [
            Words("Type, for example: three times a day, or three times a week", "Γράψτε, για παράδειγμα: τρεις φορές την ημέρα, ή τρεις φορές την εβδομάδα")
          ], span: parts.countSpan)
      }
    }
    var phrase = TreatmentPhrase(
      therapy: therapy, dose: Dose(amount: parts.amount, timing: parts.timing, route: parts.route), purpose: parts.purpose,
      anyway: parts.anyway, span: parts.low < parts.high ? parts.low..<parts.high : nil)
    phrase.name = parts.name
    phrase.isPurposeNamed = parts.isPurposeNamed
    phrase.measures = parts.measures
    phrase.details = parts.details
    phrase.conversions = parts.conversions
    return .known(phrase)
  }

  /// Whether the rest of the line begins with an id, as it is written.
  private func startsWith(_ id: String) -> Bool {
    guard !atEnd else { return false }
    let rest = source.utf8.dropFirst(tokens[position].span.lowerBound)
    return rest.starts(with: id.utf8) && (rest.count == id.utf8.count || rest.dropFirst(id.utf8.count).first == 0x20)
  }

  func isSeparator(_ place: Int) -> Bool {
    [",", "·", ".", "+", "(", ")", "&", "™", "®"].contains { tokens[place].isSymbol($0) }
  }

  private mutating func readPart(_ parts: inout Parts, _ first: Int, _ act: String) throws(Diagnostic) {
    let start = position
    if let count = parts.count, let adverb = longest(at: position, within: 1, { words.adverb($0) }) {
      position += adverb.length
      parts.count = nil
      try set(.times(count, adverb.found), &parts, start)
      return
    }
    if isDoubt(position), words.meaning(tokens[position].key) == nil { throw TreatmentMessages.noOrder(span(first, tokens.count)) }
    if act == "perform", parts.therapy != nil, readSegment(&parts) { return }
    if let (length, meaning) = longest(at: position, within: 6, { words.meaning($0) }), meaning != .manner || act == "perform" {
      // `a week` is a unit of time even though `a` may be skipped; a longer reading goes first.
      if length == 1, meaning == .skip || small(.during, at: start) != nil, try readStructure(&parts, start) { return }
      position += length
      switch meaning {
      case .timing(let timing): try set(timing, &parts, start)
      case .route(let route):
        parts.route = route
        parts.cover(span(start, position))
      case .purpose(let purpose):
        parts.purpose = purpose
        parts.cover(span(start, position))
      case .anyway: parts.anyway = true
      case .skip: break
      case .detail:
        parts.details.append(text(span(start, position)))
        parts.cover(span(start, position))
      case .manner: addDetail(start, &parts)
      case .loose:
        parts.measures.append(TreatmentPhrase.Measure(text: text(span(start, position)), isPerBody: false))
        parts.cover(span(start, position))
      case .nextInjection, .asPlanned: throw unreadable(start, position)
      }
      return
    }
    if try readStructure(&parts, start) { return }
    if let names, let slip = slip(at: start, act, first, names) { throw slip }
    if parts.therapy == nil { throw unknownTherapy(start, act) }
    throw unreadable(start, start + 1)
  }

  /// Which segments of an organ are operated on, behind a word for them: `segments 2/3`.
  private mutating func readSegment(_ parts: inout Parts) -> Bool {
    let start = position
    guard tokens[start].kind == .number, start > 0, words.meaning(tokens[start - 1].key) == .manner, !parts.details.isEmpty else { return false }
    position += 1
    while position + 1 < tokens.count, tokens[position].isSymbol("/") || tokens[position].isSymbol("-") || vocabulary.isParticle(tokens[position].key, .and),
      tokens[position + 1].kind == .number
    {
      position += 2
    }
    addDetail(start, &parts)
    return true
  }

  /// Keeps words of an operation, together with those right before them.
  private mutating func addDetail(_ start: Int, _ parts: inout Parts) {
    if let from = detailStart, detailEnd == start, !parts.details.isEmpty {
      parts.details[parts.details.count - 1] = text(span(from, position))
    } else {
      parts.details.append(text(span(start, position)))
      detailStart = start
    }
    detailEnd = position
  }

  /// Numbers, units, `every 4 weeks`, `three times a week`, `x3`, `q4w`. False when none of these starts here.
  private mutating func readStructure(_ parts: inout Parts, _ start: Int) throws(Diagnostic) -> Bool {
    let token = tokens[start]
    if token.isSymbol("-"), start + 1 < tokens.count, tokens[start + 1].kind == .number {
      throw Diagnostic(
        "dose.number", Words("A dose is more than zero.", "Η δόση είναι μεγαλύτερη από μηδέν."), span: span(start, start + 2))
    }
    if token.kind == .number {
      try checkRange(start)
      if try readAmount(&parts, start) { return true }
    }
    if let during = small(.during, at: start), let (length, _) = count(at: start + during),
      let unit = timeUnit(at: start + during + length), words.doseUnit(tokens[start + during + length].key) == nil
    {
      position = start + during + length + unit.length
      parts.details.append(text(span(start, position)))
      parts.cover(span(start, position))
      return true
    }
    if let every = small(.every, at: start) {
      if let (span, end) = fraction(at: start + every) {
        position = end
        try set(.every(span), &parts, start)
        return true
      }
      if let (length, value) = count(at: start + every), let unit = timeUnit(at: start + every + length) {
        position = start + every + length + unit.length
        guard let span = TimeSpan(value, unit.unit) else { throw unreadable(start, position) }
        try set(.every(span), &parts, start)
        return true
      }
      if let unit = timeUnit(at: start + every), small(.each, at: start) == nil || parts.count == nil {
        position = start + every + unit.length
        guard let span = TimeSpan(1, unit.unit) else { throw unreadable(start, position) }
        try set(.every(span), &parts, start)
        return true
      }
    }
    if let each = small(.each, at: start), let unit = timeUnit(at: start + each) {
      position = start + each + unit.length
      if let count = parts.count {
        parts.count = nil
        try set(.times(count, unit.unit), &parts, start)
      } else if unit.unit == .hour {
        try set(.perHour, &parts, start)
      } else {
        try set(.total(unit.unit), &parts, start)
      }
      return true
    }
    if let (length, value) = count(at: start) {
      var place = start + length
      if place < tokens.count, tokens[place].isSymbol("-") { place += 1 }
      if let adverb = longest(at: place, within: 1, { words.adverb($0) }), tokens[start].kind == .number {
        // `4 weekly` is every 4 weeks; `3 daily` would be three a day or every three days.
        guard adverb.found != .day, let span = TimeSpan(value, adverb.found) else { throw unreadable(start, place + adverb.length) }
        position = place + adverb.length
        try set(.every(span), &parts, start)
        return true
      }
      let isWord = tokens[start].kind == .word
      let folds = small(.fold, at: start + length)
      if isWord || folds != nil {
        guard (1...24).contains(value), parts.count == nil else { throw unreadable(start, start + length) }
        position = start + length + (folds ?? 0)
        parts.count = value
        parts.countSpan = span(start, position)
        parts.cover(parts.countSpan)
        return true
      }
    }
    if let fold = small(.fold, at: start), start + fold < tokens.count, tokens[start + fold].kind == .number,
      let value = Int(tokens[start + fold].text), longest(at: start + fold + 1, within: 3, { words.doseUnit($0) }) == nil
    {
      position = start + fold + 1
      guard (1...24).contains(value), parts.count == nil else { throw unreadable(start, position) }
      if !atEnd, let each = small(.each, at: position), let unit = timeUnit(at: position + each) {
        position += each + unit.length
        try set(.times(value, unit.unit), &parts, start)
      } else if !atEnd, let adverb = longest(at: position, within: 1, { words.adverb($0) }) {
        position += adverb.length
        try set(.times(value, adverb.found), &parts, start)
      } else {
        // `x3` behind an amount is three times a day in both countries' shorthand; the echo writes it out.
        try set(.times(value, .day), &parts, start)
      }
      return true
    }
    if token.kind == .number {
      throw Diagnostic(
        "dose.unit-missing",
        Words("\(token.text) has no unit.", "Ο αριθμός \(token.text) δεν έχει μονάδα."),
        help: [
          Words(
            "Write the unit: mg, micrograms, g, million units or GBq. Nothing was given.",
            "Γράψτε τη μονάδα: mg, μικρογραμμάρια, g, εκατομμύρια μονάδες ή GBq. Δεν χορηγήθηκε τίποτα.")
        ], span: token.span)
    }
    return false
  }

  /// A range is no order: it is asked which of its ends is meant.
  private func checkRange(_ start: Int) throws(Diagnostic) {
    var next = start + 1
    let own = longest(at: next, within: 3) { words.doseUnit($0) }?.length ?? 0
    next += own
    if next < tokens.count, tokens[next].isSymbol("-") { next += 1 } else if let to = small(.range, at: next) { next += to } else { return }
    guard next < tokens.count, tokens[next].kind == .number, let unit = longest(at: next + 1, within: 3, { words.doseUnit($0) }) else { return }
    let end = next + 1 + unit.length
    let unitText = text(span(next + 1, end))
    let act = verb?.english ?? "give"
    let offers = [tokens[start].text, tokens[next].text].map { number -> (canonical: String, shown: Words) in
      let canonical = offer(number + " " + unitText, replacing: start..<end, act, orderStart)
      return (canonical, shown(canonical))
    }
    throw TreatmentMessages.range(text(span(start, end)), offers, span(start, end))
  }

  /// `4/52`: four weeks, as British charts write it.
  private func fraction(at start: Int) -> (span: TimeSpan, end: Int)? {
    let units: [String: TimeUnit] = ["7": .day, "52": .week, "12": .month]
    guard start + 2 < tokens.count, let count = Int(tokens[start].text), tokens[start + 1].isSymbol("/"),
      let unit = units[tokens[start + 2].text], let span = TimeSpan(count, unit)
    else { return nil }
    return (span, start + 3)
  }

  /// A number with its unit: one that a dose has, another that is converted, or one that the text's doses don't have.
  private mutating func readAmount(_ parts: inout Parts, _ start: Int) throws(Diagnostic) -> Bool {
    let token = tokens[start]
    if let unit = longest(at: start + 1, within: 3, { words.doseUnit($0) }) {
      let end = start + 1 + unit.length
      if let body = small(.body, at: end) {
        _ = try amount(token, unit.found, span(start, end))
        return measure(&parts, start, end + body, isPerBody: true)
      }
      if parts.amount != nil { throw twice(start, end) }
      parts.amount = try amount(token, unit.found, span(start, end))
      position = end
      parts.cover(span(start, end))
      return true
    }
    for length in [3, 2, 1] where start + 1 + length <= tokens.count {
      guard let conversion = words.conversion(text(span(start + 1, start + 1 + length))) else { continue }
      let end = start + 1 + length
      _ = try amount(token, conversion.unit, span(start, end))
      guard parts.amount == nil else { throw twice(start, end) }
      guard let number = token.number, let read = conversion.amount(number) else {
        throw TreatmentMessages.inexact(text(span(start, end)), span(start, end))
      }
      parts.amount = read
      if read.value != number { parts.conversions.append((text(span(start, end)), read)) }
      position = end
      parts.cover(span(start, end))
      return true
    }
    if let unit = small(.measure, at: start + 1) { return measure(&parts, start, start + 1 + unit, isPerBody: false) }
    return false
  }

  private mutating func measure(_ parts: inout Parts, _ start: Int, _ end: Int, isPerBody: Bool) -> Bool {
    position = end
    parts.measures.append(TreatmentPhrase.Measure(text: text(span(start, end)), isPerBody: isPerBody))
    parts.cover(span(start, end))
    return true
  }

  private func set(_ timing: DoseTiming, _ parts: inout Parts, _ start: Int) throws(Diagnostic) {
    let timing = timing.normal
    if case .times(let count, _) = timing, !(1...24).contains(count) { throw unreadable(start, position) }
    if let earlier = parts.timing, earlier != timing { throw twice(start, position) }
    parts.timing = timing
    parts.cover(span(start, position))
  }

  /// The amount of a number and a unit. A comma or point before exactly three digits could be a thousand or a fraction:
  /// refused with both readings, unless the number begins with 0.
  private func amount(_ token: Token, _ unit: DoseUnit, _ span: Range<Int>) throws(Diagnostic) -> DoseAmount {
    let halves = token.text.split(whereSeparator: { $0 == "," || $0 == "." })
    if halves.count == 2, halves[1].count == 3, halves[0] != "0", halves[0].count <= 3,
      let thousands = Exact(halves[0] + halves[1]), let fraction = token.number,
      let large = DoseAmount(thousands, unit), let small = DoseAmount(fraction, unit)
    {
      throw Diagnostic(
        "dose.thousands",
        Words(
          "“\(token.text)” can be read in two ways, and one is a thousand times the other.",
          "Το «\(token.text)» διαβάζεται με δύο τρόπους, και ο ένας είναι χίλιες φορές ο άλλος."),
        help: [
          Words("If you mean the larger: \(large.written.english)", "Αν εννοείτε το μεγαλύτερο: \(large.written.greek)"),
          Words("If you mean the smaller: \(small.written.english)", "Αν εννοείτε το μικρότερο: \(small.written.greek)"),
        ], span: token.span)
    }
    guard let number = token.number, let amount = DoseAmount(number, unit) else {
      let decimals = token.text.drop { $0 != "." }.dropFirst().count
      let whole = token.text.prefix { $0 != "." }
      let fault: Words
      if decimals > 6 {
        fault = Words(
          "\(token.text) has \(decimals) decimals; a dose has at most six.", "Το \(token.text) έχει \(decimals) δεκαδικά· μια δόση έχει έως έξι.")
      } else if whole.count > 6 {
        fault = Words("\(token.text) is more than a million, which can't be a dose.", "Το \(token.text) ξεπερνά το ένα εκατομμύριο, που δεν είναι δόση.")
      } else {
        fault = Words("A dose is more than zero.", "Η δόση είναι μεγαλύτερη από μηδέν.")
      }
      throw Diagnostic("dose.number", fault, span: span)
    }
    return amount
  }

  // MARK: Time

  /// Whether the length of time was said to pass as planned: injections given on their days.
  public private(set) var isPlanned = false

  /// Reads lengths of time up to the end: `3 months`, `1 year 6 months`, `a week`, `δύο εβδομάδες`.
  public mutating func spans() throws(Diagnostic) -> [TimeSpan] {
    var found: [TimeSpan] = []
    while !atEnd {
      let start = position
      if tokens[start].isSymbol("-"), start + 1 < tokens.count, tokens[start + 1].kind == .number {
        throw Diagnostic(
          "time.bounds", Words("Time runs forwards, in whole units from 1.", "Ο χρόνος περνά προς τα εμπρός, σε ακέραιες μονάδες από 1."),
          help: [Words("Write, for example: 1 day, 3 months", "Γράψτε, για παράδειγμα: 1 ημέρα, 3 μήνες")], source: source, span: span(start, start + 2))
      }
      if !found.isEmpty, let (length, meaning) = longest(at: start, within: 4, { words.meaning($0) }), meaning == .asPlanned {
        position += length
        isPlanned = true
        continue
      }
      if tokens[start].isSymbol(",") || words.meaning(tokens[start].key) == .skip, count(at: start) == nil, found.isEmpty == false {
        position += 1
        continue
      }
      let number: (length: Int, value: Int)?
      if let each = small(.each, at: start), timeUnit(at: start + each) != nil {
        number = (each, 1)
      } else {
        number = count(at: start)
      }
      guard let number, let unit = timeUnit(at: start + number.length) else {
        let end = min(start + 2, tokens.count)
        throw Diagnostic(
          "time.unreadable",
          Words("“\(text(span(start, end)))” isn't a length of time.", "Το «\(text(span(start, end)))» δεν είναι χρονικό διάστημα."),
          help: [
            Words(
              text: "Type, for example: \(Text.command("advance 3 months", "advance")), \(Text.command("advance 2 weeks", "advance"))",
              "Γράψτε, για παράδειγμα: \(Text.command("προχώρα 3 μήνες", "advance")), \(Text.command("προχώρα 2 εβδομάδες", "advance"))")
          ], source: source, span: span(start, end))
      }
      position = start + number.length + unit.length
      guard number.value > 0, let span = TimeSpan(number.value, unit.unit) else {
        throw Diagnostic(
          "time.bounds", Words("Time runs in whole units, from 1.", "Ο χρόνος περνά σε ακέραιες μονάδες, από 1."), source: source,
          span: self.span(start, position))
      }
      found.append(span)
    }
    return found
  }

  /// Whether the rest of the line means the next injection.
  public var isNextInjection: Bool {
    var place = position
    if let to = small(.to, at: place) { place += to }
    guard let (length, meaning) = longest(at: place, within: 5, { words.meaning($0) }) else { return false }
    return meaning == .nextInjection && place + length == tokens.count
  }

  // MARK: Errors

  private func twice(_ start: Int, _ end: Int) -> Diagnostic {
    Diagnostic(
      "dose.two-values", Words("The dose says two different things.", "Η δόση λέει δύο διαφορετικά πράγματα."),
      help: [Words("Keep one amount and one timing.", "Κρατήστε μία ποσότητα και μία συχνότητα.")], span: span(start, end))
  }

  func unreadable(_ start: Int, _ end: Int) -> Diagnostic {
    let whole = span(start, end)
    return Diagnostic(
      "dose.unreadable", Words("“\(text(whole))” can't be read in a dose.", "Το «\(text(whole))» δεν διαβάζεται μέσα σε δόση."),
      help: [
        Words(
          "A dose reads like: 20 mg every 4 weeks; 100 mg three times a day; 50 micrograms per hour. Nothing was given.",
          "Μια δόση γράφεται έτσι: 20 mg κάθε 4 εβδομάδες· 100 mg τρεις φορές την ημέρα· 50 μικρογραμμάρια ανά ώρα. Δεν χορηγήθηκε τίποτα.")
      ], span: whole)
  }
}
