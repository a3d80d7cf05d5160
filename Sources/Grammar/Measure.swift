import Measures
import Vocabulary
import Wording

/// A number as it stands in a text: one value or a range, with the unit behind it.
struct Measure: Sendable, Hashable {
  /// The numbers, in the unit as written.
  var interval: Interval
  /// The unit as the vocabulary writes it; nil when none stands there.
  var unit: String?
  /// Whether a word or sign says that it is not exact.
  var isAbout = false
  /// Whether it is a bound rather than a value.
  var isBound = false
  /// Whether the text says that it counts years of age.
  var isAge = false
  /// The sex that an age's ending tells: 54χρονη.
  var sex: String?
  /// A calendar year.
  var isYear = false
  /// How often something is there: x3.
  var isTimes = false
  /// Which tokens it spans.
  var range: Range<Int>

  var dimension: String? { unit.flatMap { Unit(rawValue: $0)?.dimension ?? $0 } }

  /// The numbers in a finding's unit; nil when the unit is of another kind or the result not exact.
  func interval(in unit: Unit) -> Interval? {
    let own = self.unit.flatMap { Unit(rawValue: $0) } ?? unit
    if self.unit != nil, Unit(rawValue: self.unit ?? "") == nil { return nil }
    var result = interval
    if let lower = interval.lower {
      guard let value = own.convert(lower, to: unit) else { return nil }
      result.lower = value
    }
    if let upper = interval.upper {
      guard let value = own.convert(upper, to: unit) else { return nil }
      result.upper = value
    }
    return result
  }
}

extension PieceReader {
  /// A plain number at a token: digits, a decimal point or comma in front of digits, a fraction, or a number in words.
  private func plainNumber(at place: Int) -> (value: Exact, next: Int)? {
    guard place < tokens.count else { return nil }
    let token = tokens[place]
    if token.kind == .number {
      guard chainEnd(place) == nil, var value = token.number else { return nil }
      var next = place + 1
      // 1 1/2
      if next + 2 < tokens.count, tokens[next].kind == .number, tokens[next + 1].isSymbol("/"), tokens[next + 2].kind == .number,
        tokens[next].span.lowerBound > token.span.upperBound, let top = Int64(tokens[next].text), let bottom = Int64(tokens[next + 2].text),
        top < bottom, bottom < 10, let part = Exact.one.scaled(by: top, over: bottom), let sum = value.plus(part)
      {
        value = sum
        next += 3
      } else if next < tokens.count, tokens[next].isSymbol("."), touches(place), touches(next), unit(at: next + 1) != nil {
        next += 1
      }
      return (value, next)
    }
    if token.isSymbol(".") || token.isSymbol(","), place + 1 < tokens.count, tokens[place + 1].kind == .number, touches(place),
      place == first || !touches(place - 1) || tokens[place - 1].kind == .symbol, !tokens[place + 1].text.contains(where: { $0 == "." || $0 == "," }),
      let value = Exact("0." + tokens[place + 1].text)
    {
      return (value, place + 2)
    }
    guard case .number(let number)? = sense(at: place, length: 1), let value = Exact(number) else { return nil }
    // Fifty-four, πενήντα τεσσάρων.
    let next = place + 1 < tokens.count && tokens[place + 1].isSymbol("-") && touches(place) && touches(place + 1) ? place + 2 : place + 1
    if number >= 20, number % 10 == 0, next < tokens.count, case .number(let ones)? = sense(at: next, length: 1), (1...9).contains(ones),
      let sum = Exact(number + ones)
    {
      return (sum, next + 1)
    }
    return (value, place + 1)
  }

  /// The token behind digits that the same mark parts twice, as in a version or a date, which are no number: `1.5.2`, `12/3/2019`.
  func chainEnd(_ place: Int) -> Int? {
    guard place < tokens.count, tokens[place].kind == .number else { return nil }
    func marks(_ text: String) -> String { text.filter { $0 == "." || $0 == "," } }
    var found = marks(tokens[place].text)
    var end = place + 1
    while end + 1 < tokens.count, touches(end - 1), touches(end), [".", ",", "/", "-"].contains(where: tokens[end].isSymbol), tokens[end + 1].kind == .number {
      found += tokens[end].text + marks(tokens[end + 1].text)
      end += 2
    }
    return zip(found, found.dropFirst()).contains { $0 == $1 } ? end : nil
  }

  /// The date at a token, day or year first: what it stands beside is of that time, and it is the value of nothing.
  func date(at place: Int) -> Measure? {
    guard let end = chainEnd(place) else { return nil }
    let parts = text(place..<end).split { !$0.isNumber }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3, parts.count == 3 else { return nil }
    let isYearFirst = parts[0].count == 4
    let (day, year) = isYearFirst ? (2, 0) : (0, 2)
    guard [2, 4].contains(parts[year].count), [parts[day], parts[1]].allSatisfy({ $0.count < 3 }), (1...31).contains(numbers[day]),
      (1...12).contains(numbers[1]), let whole = Exact(parts[year].count == 2 ? 2000 + numbers[year] : numbers[year]), isCalendarYear(whole)
    else { return nil }
    return Measure(interval: Interval(whole), unit: Self.ratio, isYear: true, range: place..<end)
  }

  /// The unit at a token, and how many tokens it takes.
  func unit(at place: Int) -> (unit: String, next: Int)? {
    guard place < tokens.count else { return nil }
    if tokens[place].isSymbol("%") { return ("%", place + 1) }
    var key = FoldedKey()
    var best: (String, Int)?
    var end = place
    // y.o.: a point inside an abbreviation.
    func isInner(_ place: Int) -> Bool { place + 1 < tokens.count && touches(place - 1) && touches(place) && tokens[place + 1].kind == .word }
    while end < tokens.count, end - place < 7, !tokens[end].isSymbol(","), !tokens[end].isSymbol(".") || end > place && isInner(end),
      tokens[end].kind != .quoted
    {
      if end > place, isLetterApart(at: end) { break }
      if !tokens[end].isSymbol(".") { key = key + tokens[end].key }
      end += 1
      if !tokens[end - 1].key.isEmpty, let unit = vocabulary.unit(key) { best = (unit, end) }
    }
    guard var (unit, next) = best else { return nil }
    // εκ., χιλ.: the point belongs to the unit.
    if next < tokens.count, tokens[next].isSymbol("."), touches(next - 1), isAbbreviation(tokens[next - 1]),
      tokens[next - 1].text.utf8.first.map({ $0 >= 0x80 }) ?? false, next + 1 == tokens.count || tokens[next + 1].text.first?.isUppercase != true
    {
      next += 1
    }
    unit = unit == "hr" ? "h" : unit
    // mm2: an area, which no finding has.
    if unit == "mm" || unit == "cm", next < tokens.count, touches(next - 1), ["2", "²"].contains(tokens[next].text) { return (Self.area, next + 1) }
    return (unit, next)
  }

  /// The unit of what is counted on an area, which no finding has.
  static let area = "mm2"

  /// The token behind `mm2` or `mm²`.
  func areaUnit(at place: Int) -> Int? {
    if tokens[place].folded == "mm²" { return place + 1 }
    guard tokens[place].kind == .word, let (unit, end) = unit(at: place), unit == Self.area else { return nil }
    return end
  }

  /// The token behind `/2 mm2`, `per mm²`.
  private func areaEnd(_ place: Int) -> Int? {
    guard place + 1 < tokens.count, tokens[place].isSymbol("/") || has(.every, at: place, length: 1) else { return nil }
    let next = tokens[place + 1].kind == .number ? place + 2 : place + 1
    return next < tokens.count ? areaUnit(at: next) : nil
  }

  /// The unit of numbers with a stroke between, which no finding has.
  static let ratio = "/"

  /// Whether a Greek unit is cut short: a whole word ends with a vowel, ν or ς.
  private func isAbbreviation(_ token: Token) -> Bool {
    token.text.count < 5 && token.folded.last.map { !"αειουηωνσς".contains($0) } ?? false
  }

  private func comparison(at place: Int) -> (sign: String, next: Int)? {
    if place < tokens.count, tokens[place].kind == .symbol, ["<", "<=", ">", ">="].contains(tokens[place].text) { return (tokens[place].text, place + 1) }
    var key = FoldedKey()
    var best: (String, Int)?
    var end = place
    while end < tokens.count, end - place < 4, tokens[end].kind == .word {
      key = key + tokens[end].key
      end += 1
      if vocabulary.isParticle(key, .above) { best = (">", end) }
      if vocabulary.isParticle(key, .below) { best = ("<", end) }
      if vocabulary.isParticle(key, .atLeast) { best = (">=", end) }
      if vocabulary.isParticle(key, .atMost) { best = ("<=", end) }
    }
    return best.map { ($0.0, $0.1) }
  }

  /// The measure that starts at a token: `about 2 cm`, `< 2 %`, `23 x 18 mm`, `5 to 10%`, `54-year-old`, `2 cm or less`.
  func measure(at start: Int) -> Measure? {
    var place = start
    var result = Measure(interval: Interval(lower: nil, upper: nil), range: start..<start)
    var sign = ""
    scan: while place < tokens.count {
      if tokens[place].isSymbol("~") || has(.about, at: place, length: 1) {
        result.isAbout = true
        place += 1
      } else if tokens[place].isSymbol("±") || has(.between, at: place, length: 1) && place > start - 1 && plainNumber(at: place + 1) != nil {
        place += 1
      } else if sign.isEmpty, let (found, next) = comparison(at: place) {
        sign = found
        place = next
      } else if has(.by, at: place, length: 1), place == start, plainNumber(at: place + 1) != nil, touches(place) {
        result.isTimes = true
        place += 1
      } else if place > start, has(.joint, at: place, length: 1), plainNumber(at: place + 1) != nil {
        place += 1
      } else {
        break scan
      }
    }
    guard let (first, after) = plainNumber(at: place) else { return nil }
    place = after
    var low = first
    var high = first
    var isRange = false
    var own = ageEnding(place) == nil ? unit(at: place) : nil
    if let own { place = own.next }
    func bridge(_ at: Int) -> Int? {
      guard at < tokens.count else { return nil }
      if has(.by, at: at, length: 1) || tokens[at].isSymbol("*") { return at + 1 }
      return nil
    }
    // 23 x 18 x 12 mm is its largest measure.
    while let next = bridge(place), let (value, behind) = plainNumber(at: next) {
      high = max(high, value)
      low = high
      place = behind
      if let unit = unit(at: place) {
        own = unit
        place = unit.next
      }
    }
    if low == high, let next = rangeMark(place, hasUnit: own != nil), let (value, behind) = plainNumber(at: next) {
      let second = unit(at: behind)
      if value > high, own == nil || second?.unit == own?.unit, !(isCalendarYear(first) && own == nil && second == nil) {
        high = value
        isRange = true
        place = behind
        if let second {
          own = second
          place = second.next
        }
      }
    }
    if own == nil, let end = areaEnd(place) {
      own = (Self.area, end)
      place = end
    }
    if own == nil, !isRange, sign.isEmpty, place + 1 < tokens.count, tokens[place].isSymbol("/"), touches(place - 1), touches(place),
      tokens[place + 1].kind == .number
    {
      // 150/90: of a blood pressure, never of a finding.
      result.interval = Interval(lower: low, upper: high)
      result.unit = Self.ratio
      result.range = start..<place + 2
      return result
    }
    if let unit = own?.unit, ["mg", "mcg", "g", "mm"].contains(unit), let next = perEnd(place, isTimed: unit == "mm") {
      own = (Self.ratio, next)
      place = next
    }
    result.unit = own?.unit
    if let (kind, next) = ageEnding(place) {
      result.isAge = true
      result.unit = "years"
      result.sex = kind
      place = next
    } else if own?.unit == "years", let spanned = own, let next = oldEnd(spanned.next) {
      result.isAge = true
      place = next
    } else if own?.unit == "years" {
      let words = tokens[after..<place].map(\.folded).joined()
      result.isAge = vocabulary.lexicon.isAgeUnit(words)
    }
    if sign.isEmpty, !isRange {
      if let next = cueEnd(.orLess, place), plainNumber(at: next) == nil {
        sign = "<="
        place = next
      } else if let next = cueEnd(.orMore, place), plainNumber(at: next) == nil {
        sign = ">="
        place = next
      } else if place < tokens.count, tokens[place].isSymbol("+"), touches(place - 1), !touches(place) {
        // 15+: so many, or more.
        sign = ">="
        place += 1
      }
    }
    // 25 mm or so; 25 mm, approximately, only where nothing follows that it may be said of.
    if let next = cueEnd(.about, place), plainNumber(at: next) == nil, next - place > 1 || next == tokens.count || Self.ends(tokens[next]) {
      result.isAbout = true
      place = next
    }
    switch sign {
    case "<": result.interval = Interval(lower: nil, upper: high, upperClosed: false)
    case "<=": result.interval = Interval(lower: nil, upper: high)
    case ">": result.interval = Interval(lower: low, lowerClosed: false, upper: nil)
    case ">=": result.interval = Interval(lower: low, upper: nil)
    default: result.interval = Interval(lower: low, upper: high)
    }
    result.isBound = !sign.isEmpty || isRange
    result.isYear = result.unit == nil && !isRange && sign.isEmpty && isCalendarYear(first) && tokens[start].kind == .number
    result.range = start..<place
    return result
  }

  /// Several lengths of which only the last has its unit are their largest: lesions of 2 and 3 cm; 1, 2 and 3 cm. A number behind a name
  /// that is measured otherwise is that name's.
  func lengths(_ first: Measure, after last: Piece?) -> Measure? {
    guard first.unit == nil, !first.isBound, !first.isAge, !first.isTimes, !first.isYear else { return nil }
    var isOpen = true
    switch last?.kind {
    case nil, .stop: isOpen = false
    case .name(let index): guard ["length", Unit.count.dimension].contains(vocabulary.findings[index].unit.dimension) else { return nil }
    case .value(let index, _):
      guard
        vocabulary.lexicon.frame(vocabulary.findings[index].id, "length") != nil
          || vocabulary.lexicon.isOfTumour(
            vocabulary.findings[index].id),
        !["age", "sex"].contains(vocabulary.findings[index].id)
      else { return nil }
    default: break
    }
    var place = first.range.upperBound
    var largest = first.interval.upper
    while place + 1 < tokens.count {
      let isLast = vocabulary.isParticle(tokens[place].key, .and) || tokens[place].isSymbol("&")
      guard isLast || isOpen && tokens[place].isSymbol(","), let next = measure(at: place + 1), !next.isBound, !next.isAge, !next.isYear else { return nil }
      largest = [largest, next.interval.upper].compactMap { $0 }.max()
      place = next.range.upperBound
      guard isLast else {
        guard next.unit == nil else { return nil }
        continue
      }
      var list = next
      list.interval = Interval(lower: largest, upper: largest)
      // Whose number would be too large for a lesion is something else's.
      guard let size = vocabulary.bareNumbers.first.map({ vocabulary.findings[$0] }), size.unit.dimension == next.dimension,
        let own = list.interval(in: size.unit), !size.range.intersection(own).isEmpty
      else { return nil }
      list.range = first.range.lowerBound..<place
      return list
    }
    return nil
  }

  /// The token behind the `/dl` of 0.9 mg/dl, the `/24h` of 30 mg/24h, the `/h` of 40 mm/h: of a laboratory value, never of a finding.
  private func perEnd(_ place: Int, isTimed: Bool) -> Int? {
    guard place + 1 < tokens.count, tokens[place].isSymbol("/"), touches(place - 1), touches(place) else { return nil }
    let isCounted = tokens[place + 1].kind == .number && place + 2 < tokens.count && tokens[place + 2].kind == .word && touches(place + 1)
    let end = isCounted ? place + 2 : place + 1
    return tokens[end].kind == .word && (!isTimed || unit(at: end)?.unit == "h") ? end + 1 : nil
  }

  /// The token behind `-old`.
  private func oldEnd(_ place: Int) -> Int? {
    let end = place < tokens.count && tokens[place].isSymbol("-") ? place + 1 : place
    return has(.old, at: end, length: 1) ? end + 1 : cueEnd(.old, end)
  }

  private func isCalendarYear(_ value: Exact) -> Bool { value.millionths % 1_000_000 == 0 && (1900...2100).contains(value.millionths / 1_000_000) }

  /// The token behind a mark of a range: `-`, to, έως.
  private func rangeMark(_ place: Int, hasUnit: Bool) -> Int? {
    guard place + 1 < tokens.count else { return nil }
    if tokens[place].isSymbol("-") {
      let tight = touches(place - 1) && touches(place)
      return tight || !touches(place - 1) && !touches(place) ? place + 1 : nil
    }
    if has(.to, at: place, length: 1) { return place + 1 }
    // Two or three: from the one to the other.
    if has(.or, at: place, length: 1), tokens[place].kind == .word, plainNumber(at: place + 1) != nil { return place + 1 }
    if vocabulary.isParticle(tokens[place].key, .and), place >= 2, (max(first, place - 5)..<place).contains(where: { has(.between, at: $0, length: 1) }) {
      return place + 1
    }
    return nil
  }

  /// `χρονη` behind a number.
  private func ageEnding(_ place: Int) -> (sex: String?, next: Int)? {
    guard place < tokens.count else { return nil }
    let end = tokens[place].isSymbol("-") && place + 1 < tokens.count ? place + 1 : place
    if has(.femaleAge, at: end, length: 1), touches(end - 1) { return ("female", end + 1) }
    if has(.maleAge, at: end, length: 1), touches(end - 1) { return ("male", end + 1) }
    return nil
  }
}

extension PieceReader {
  /// What a measure leaves of a finding, in the finding's unit. Errors: a unit that is missing or of another kind, a value that no
  /// one can have. `range` is the measure with its sign.
  func interval(_ measure: Measure, of finding: Finding, _ range: Range<Int>) throws(Diagnostic) -> Interval {
    if measure.unit == nil, finding.unit.dimension == "length" {
      let after = measure.range.upperBound
      if after < tokens.count, tokens[after].kind == .word,
        touches(after - 1) || range.upperBound > after || isStrange(after) || has(.measure, at: after, length: 1)
      {
        throw Diagnostic.unitWrong(tokens[after].text, finding, span(measure.range.lowerBound..<after + 1))
      }
      var error = Diagnostic.unitMissing(text(measure.range), finding, span(range))
      error.readings = ["mm", "cm"].compactMap { unit in
        var copy = measure
        copy.unit = unit
        return copy.interval(in: finding.unit).map { Printer.statement(finding.index, .numbers($0), vocabulary) }
      }
      throw error
    }
    guard let interval = measure.interval(in: finding.unit) else {
      throw Diagnostic.unitWrong(measure.unit ?? text(measure.range), finding, span(range))
    }
    let within = finding.range.intersection(interval)
    let isInside = [interval.lower, interval.upper].compactMap { $0 }.allSatisfy { finding.admits($0) }
    guard isInside, !within.isEmpty else { throw Diagnostic.outOfRange(text(measure.range), finding, vocabulary, span(range)) }
    return within
  }

  private func isStrange(_ place: Int) -> Bool { sense(at: place, length: 1) == nil && vocabulary.meanings(of: tokens[place].key) == nil }

  /// Where tokens stand in the source, as UTF-8 offsets; its end for none.
  func span(_ range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty, range.lowerBound < tokens.count else {
      let end = source.utf8.count
      return max(0, end - 1)..<end
    }
    return tokens[range.lowerBound].span.lowerBound..<tokens[min(range.upperBound, tokens.count) - 1].span.upperBound
  }
}

extension Lexicon {
  /// Whether a unit of years, folded, is used of ages alone: yo, ετών.
  func isAgeUnit(_ folded: String) -> Bool {
    guard case .cue(let cue)? = sense(FoldedKey(folded), stem: FoldedKey(folded)) else { return false }
    return cue.contains(.old)
  }
}
