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

  public init(therapy: Therapy, dose: Dose, purpose: String? = nil, anyway: Bool = false, span: Range<Int>? = nil) {
    self.therapy = therapy
    self.dose = dose
    self.purpose = purpose
    self.anyway = anyway
    self.span = span
  }

  /// The phrase in canonical form: what a recording holds, and what this reader reads back as the same phrase.
  public var canonical: String {
    [therapy.id, dose.isEmpty ? nil : dose.written.english, purpose.map { "for " + $0 }, anyway ? "anyway" : nil]
      .compactMap { $0 }.joined(separator: " ")
  }
}

/// Reads therapies, doses and lengths of time as people write them.
public struct TreatmentReader {
  let vocabulary: Vocabulary
  let words: DoseWords
  let source: String
  let tokens: [Token]
  var position: Int

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
  private func longest<Found>(at start: Int, within most: Int = 12, _ find: (FoldedKey) -> Found?) -> (length: Int, found: Found)? {
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

  private func therapy(at start: Int) -> (length: Int, found: [Therapy])? {
    longest(at: start) { key in
      let named = vocabulary.therapies(named: key)
      return named.isEmpty ? nil : named
    }
  }

  private func small(_ small: DoseWords.Small, at start: Int) -> Int? {
    longest(at: start, within: 3) { words.isSmall($0, small) ? true : nil }?.length
  }

  /// A number word or digits.
  private func count(at start: Int) -> (length: Int, value: Int)? {
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

  private func text(_ span: Range<Int>) -> String { String(decoding: Array(source.utf8)[span], as: UTF8.self) }

  // MARK: A therapy alone

  /// Reads the name of a therapy and nothing else, but for small words and `anyway`.
  public mutating func therapyName() throws(Diagnostic) -> (therapy: Therapy, anyway: Bool) {
    let phrase = try treatment()
    if let span = phrase.span {
      throw Diagnostic(
        "dose.unexpected", Words("No dose belongs here.", "Εδώ δεν χρειάζεται δόση."),
        help: [Words("Name the therapy alone.", "Γράψτε μόνο τη θεραπεία.")], source: source, span: span)
    }
    return (phrase.therapy, phrase.anyway)
  }

  // MARK: A therapy with its dose

  /// What has been read of a dose so far.
  private struct Parts {
    var therapy: Therapy?
    var amount: DoseAmount?
    var timing: DoseTiming?
    var route: DoseRoute?
    var purpose: String?
    var anyway = false
    var count: Int?
    var countSpan = 0..<0
    var low = Int.max
    var high = 0

    mutating func cover(_ span: Range<Int>) {
      low = min(low, span.lowerBound)
      high = max(high, span.upperBound)
    }
  }

  /// Reads a therapy and its dose up to the end of the line, in any order.
  public mutating func treatment() throws(Diagnostic) -> TreatmentPhrase {
    do throws(Diagnostic) {
      return try readTreatment()
    } catch {
      throw error.on(source)
    }
  }

  private mutating func readTreatment() throws(Diagnostic) -> TreatmentPhrase {
    var parts = Parts()
    let first = position
    while !atEnd {
      if tokens[position].isSymbol(",") || tokens[position].isSymbol("·") || tokens[position].isSymbol(".") || tokens[position].isSymbol("+") {
        position += 1
        continue
      }
      if parts.therapy == nil, let (length, found) = therapy(at: position) {
        if found.count > 1 {
          throw Diagnostic(
            "therapy.ambiguous",
            Words("That names more than one therapy.", "Αυτό σημαίνει περισσότερες από μία θεραπείες."),
            help: found.map { Words("Say: \($0.name.english)", "Γράψτε: \($0.name.greek)") }, span: span(position, position + length))
        }
        parts.therapy = found[0]
        for place in position..<(position + length) {
          if case .purpose(let purpose)? = words.meaning(tokens[place].key), parts.purpose == nil { parts.purpose = purpose }
        }
        position += length
        continue
      }
      try readPart(&parts, first)
    }
    guard let therapy = parts.therapy else {
      guard first < tokens.count else { throw unknownTherapy(first) }
      throw unknownTherapy(first)
    }
    if let count = parts.count {
      if case .total(let unit)? = parts.timing {
        parts.timing = .times(count, unit)
      } else if parts.timing == nil, count == 1 {
        parts.timing = .once
      } else {
        throw Diagnostic(
          "dose.timing-incomplete",
          Words(
            "“\(text(parts.countSpan))” doesn't say in what time.", "Το «\(text(parts.countSpan))» δεν λέει σε πόσο χρόνο."),
          help: [
            Words("Say, for example: three times a day, or three times a week", "Γράψτε, για παράδειγμα: τρεις φορές την ημέρα, ή τρεις φορές την εβδομάδα")
          ], span: parts.countSpan)
      }
    }
    return TreatmentPhrase(
      therapy: therapy, dose: Dose(amount: parts.amount, timing: parts.timing, route: parts.route), purpose: parts.purpose,
      anyway: parts.anyway, span: parts.low < parts.high ? parts.low..<parts.high : nil)
  }

  private mutating func readPart(_ parts: inout Parts, _ first: Int) throws(Diagnostic) {
    let start = position
    if let count = parts.count, let adverb = longest(at: position, within: 1, { words.adverb($0) }) {
      position += adverb.length
      parts.count = nil
      try set(.times(count, adverb.found), &parts, start)
      return
    }
    if let (length, meaning) = longest(at: position, within: 6, { words.meaning($0) }) {
      // `a week` is a unit of time even though `a` may be skipped; a longer reading goes first.
      if length == 1, case .skip = meaning, try readStructure(&parts, start) { return }
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
      case .nextInjection, .asPlanned: throw unreadable(start, position)
      }
      return
    }
    if try readStructure(&parts, start) { return }
    if parts.therapy == nil { throw unknownTherapy(start) }
    throw unreadable(start, start + 1)
  }

  /// Numbers, units, `every 4 weeks`, `three times a week`, `x3`, `q4w`. False when none of these starts here.
  private mutating func readStructure(_ parts: inout Parts, _ start: Int) throws(Diagnostic) -> Bool {
    let token = tokens[start]
    if token.isSymbol("-"), start + 1 < tokens.count, tokens[start + 1].kind == .number {
      throw Diagnostic(
        "dose.number", Words("A dose is more than zero.", "Η δόση είναι μεγαλύτερη από μηδέν."), span: span(start, start + 2))
    }
    if token.kind == .number, let unit = longest(at: start + 1, within: 3, { words.doseUnit($0) }) {
      let end = start + 1 + unit.length
      if parts.amount != nil { throw twice(start, end) }
      parts.amount = try amount(token, unit.found, span(start, end))
      position = end
      parts.cover(span(start, end))
      return true
    }
    if let every = small(.every, at: start) {
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
      throw Diagnostic(
        "dose.number",
        Words(
          "\(token.text) can't be a dose: more than zero, at most a million, with at most six decimals.",
          "Το \(token.text) δεν μπορεί να είναι δόση: μεγαλύτερη από μηδέν, έως ένα εκατομμύριο, με έως έξι δεκαδικά."),
        span: span)
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
          "time.bounds", Words("Time passes forwards, in whole units from 1.", "Ο χρόνος περνά προς τα εμπρός, σε ακέραιες μονάδες από 1."),
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
          Words("“\(text(span(start, end)))” is no length of time.", "Το «\(text(span(start, end)))» δεν είναι χρονικό διάστημα."),
          help: [
            Words("Say, for example: advance 3 months, advance 2 weeks", "Γράψτε, για παράδειγμα: προχώρα 3 μήνες, προχώρα 2 εβδομάδες")
          ], source: source, span: span(start, end))
      }
      position = start + number.length + unit.length
      guard number.value > 0, let span = TimeSpan(number.value, unit.unit) else {
        throw Diagnostic(
          "time.bounds", Words("Time passes in whole units, from 1.", "Ο χρόνος περνά σε ακέραιες μονάδες, από 1."), source: source,
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

  private func unreadable(_ start: Int, _ end: Int) -> Diagnostic {
    let whole = span(start, end)
    return Diagnostic(
      "dose.unreadable", Words("“\(text(whole))” can't be read in a dose.", "Το «\(text(whole))» δεν διαβάζεται μέσα σε δόση."),
      help: [
        Words(
          "A dose reads like: 20 mg every 4 weeks; 100 mg three times a day; 50 micrograms per hour. Nothing was given.",
          "Μια δόση γράφεται έτσι: 20 mg κάθε 4 εβδομάδες· 100 mg τρεις φορές την ημέρα· 50 μικρογραμμάρια ανά ώρα. Δεν χορηγήθηκε τίποτα.")
      ], span: whole)
  }

  private func unknownTherapy(_ start: Int) -> Diagnostic {
    var end = start
    while end < tokens.count, tokens[end].kind == .word || tokens[end].isSymbol("-") { end += 1 }
    let whole = span(start, max(end, min(start + 1, tokens.count)))
    let named = start < tokens.count ? text(whole) : ""
    var near: [(distance: Int, words: Words)] = []
    var key = ""
    for token in tokens[start..<max(start, end)] {
      key += token.folded
      for (phrase, place) in vocabulary.allTherapyPhrases where key.count > 3 {
        let therapy = vocabulary.therapies[place]
        if phrase.hasPrefix(key), therapy.kind != .group { near.append((1, therapy.name)) }
        let distance = Folding.distance(key, phrase, limit: 2)
        if distance <= min(2, key.count / 3) { near.append((distance, therapy.name)) }
      }
    }
    let unique = Words.nearest(near)
    var help: [Words] = []
    if !unique.isEmpty {
      let list = Words.joined(Array(unique.prefix(4)), by: ", ")
      help.append(Words("Did you mean: \(list.english)?", "Μήπως εννοείτε: \(list.greek);"))
    }
    help.append(
      Words(
        "Name a therapy of the guideline: octreotide LAR, everolimus, enucleation.",
        "Γράψτε μια θεραπεία της οδηγίας: οκτρεοτίδη LAR, εβερόλιμους, εκπυρήνιση."))
    return Diagnostic(
      "therapy.unknown",
      Words("“\(named)” is no therapy that islet knows.", "Το «\(named)» δεν είναι θεραπεία που γνωρίζει το islet."), help: help, span: whole)
  }
}
