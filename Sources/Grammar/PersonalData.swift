import Measures
import Wording

/// Finds what reads like a real person's data: an e-mail address, written or spelt; a date of birth; an AMKA; the number of a
/// record or a phone. Every patient here is hypothetical, so such a text is refused and kept nowhere.
public struct PersonalData: Sendable {
  public enum Kind: Sendable {
    case email, birth, amka, record, phone
  }

  /// Where a text stands. A name is little but itself: a date or a long number there is a person's. The id of a patient is a number
  /// by right. A line or a note holds dates and numbers of many kinds, so that there a word must say what they are.
  public enum Place: Sendable {
    case name, id, text
  }

  /// A stretch of letters, one of digits, or a sign; spaces are left out.
  private enum Token: Equatable {
    case word(String)
    case digits(String)
    case sign(Character)
  }

  private var tokens: [(token: Token, follows: Bool)] = []
  private let place: Place

  /// What a text holds; nil for nothing.
  public static func kind(in text: String, _ place: Place) -> Kind? {
    // Without a sign of an address or three digits there is nothing to find.
    let digits = text.utf8.count { (0x30...0x39).contains($0) }
    guard digits >= 3 || text.utf8.contains(0x40) || mayHoldAddress(text) else { return nil }
    let data = PersonalData(text, place)
    if data.holdsEmail { return .email }
    // The fewest digits that each is written in.
    if digits >= 11, data.holdsAMKA { return .amka }
    if data.holdsBirth { return .birth }
    if digits >= 7, data.holdsPhone { return .phone }
    if digits >= 5, data.holdsRecord { return .record }
    return nil
  }

  private static func mayHoldAddress(_ text: String) -> Bool {
    if let plainly = text.utf8.withContiguousStorageIfAvailable(plainlyHoldsAt) ?? nil { return plainly }
    let words = text.split { !$0.isLetter }
    return words.contains { atWords.contains(Folding.key(String($0))) }
  }

  /// Whether a text of ASCII alone holds the word `at`; nil for any other text.
  private static func plainlyHoldsAt(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
    var isFound = false
    var start = 0
    for place in 0...bytes.count {
      let byte = place < bytes.count ? bytes[place] : 0
      if byte >= 0x80 { return nil }
      if (0x61...0x7A).contains(byte | 0x20) { continue }
      if place - start == 2, bytes[start] | 0x20 == 0x61, bytes[start + 1] | 0x20 == 0x74 { isFound = true }
      start = place + 1
    }
    return isFound
  }

  private init(_ text: String, _ place: Place) {
    self.place = place
    var run: [Character] = []
    var runIsDigits = false
    var spaced = true
    func end() {
      guard !run.isEmpty else { return }
      let text = String(run)
      tokens.append((runIsDigits ? .digits(text) : .word(Folding.key(text)), !spaced))
      run = []
      spaced = false
    }
    for character in text {
      let isDigit = ("0"..."9").contains(character)
      if isDigit || character.isLetter {
        if !run.isEmpty, isDigit != runIsDigits { end() }
        runIsDigits = isDigit
        run.append(character)
      } else {
        end()
        if character.isWhitespace {
          spaced = true
        } else {
          tokens.append((.sign(character), !spaced))
          spaced = false
        }
      }
    }
    end()
  }

  private func token(_ index: Int) -> Token? { tokens.indices.contains(index) ? tokens[index].token : nil }

  /// Whether a token stands right behind the one before it.
  private func follows(_ index: Int) -> Bool { tokens.indices.contains(index) && tokens[index].follows }

  private func word(_ index: Int) -> String? { if case .word(let word)? = token(index) { word } else { nil } }
  private func digits(_ index: Int) -> String? { if case .digits(let digits)? = token(index) { digits } else { nil } }
  private func sign(_ index: Int) -> Character? { if case .sign(let sign)? = token(index) { sign } else { nil } }

  // MARK: Addresses

  private static let atWords: Set<String> = ["at", "παπακι"]
  private static let dotWords: Set<String> = ["dot", "τελεια"]
  /// What an address ends in, where people here have theirs.
  private static let domains: Set<String> = [
    "com", "org", "net", "edu", "gov", "info", "biz", "eu", "gr", "cy", "uk", "ie", "de", "fr", "it", "es", "nl", "be", "at", "ch", "se", "ελ",
  ]

  private var holdsEmail: Bool {
    for index in tokens.indices {
      if sign(index) == "@" {
        if place == .name { return true }
        if follows(index), isAddressPart(index - 1), follows(index + 1), endsInDomain(from: index + 1, mayBeSpelt: true) { return true }
      }
      if let word = word(index), Self.atWords.contains(word) {
        // maria at gmail dot com; maria (at) gmail.com; μαρία παπάκι gmail τελεία com.
        let isBracketed = sign(index - 1).map { "([{<".contains($0) } ?? false && sign(index + 1).map { ")]}>".contains($0) } ?? false
        let before = isBracketed ? index - 2 : index - 1
        if isAddressPart(before), endsInDomain(from: isBracketed ? index + 2 : index + 1, mayBeSpelt: true) { return true }
      }
    }
    return false
  }

  private func isAddressPart(_ index: Int) -> Bool { word(index) != nil || digits(index) != nil }

  /// Whether labels joined by points, or by words for them, stand from a place on, the last of them a known one.
  private func endsInDomain(from start: Int, mayBeSpelt: Bool) -> Bool {
    var index = start
    var labels = 0
    while isAddressPart(index) {
      // A label may be made of letters, digits and hyphens.
      while follows(index + 1), isAddressPart(index + 1) || (sign(index + 1) == "-" && isAddressPart(index + 2)) { index += 1 }
      labels += 1
      if labels > 1, let last = word(index), Self.domains.contains(last) { return true }
      if sign(index + 1) == ".", follows(index + 1), follows(index + 2) {
        index += 2
      } else if mayBeSpelt, let word = word(index + 1), Self.dotWords.contains(word) {
        index += 2
      } else if mayBeSpelt, let word = word(index + 2), Self.dotWords.contains(word), sign(index + 1).map({ "([{<".contains($0) }) ?? false {
        index += 4
      } else {
        return false
      }
    }
    return false
  }

  // MARK: Dates of birth

  private static let birthWords: Set<String> = [
    "born", "birth", "dob", "birthday", "birthdate", "γεννηθηκε", "γεννηθεισα", "γεννηθεισ", "γεννηθεις", "γεννηθεντα", "γεννημενη", "γεννημενοσ",
    "γεννημενος", "γεννησησ", "γεννησης", "γεννηση", "γεννησεωσ", "γεννησεως", "γεν", "ημγεννησησ", "ημγεννησης", "γενεθλια",
  ]
  private static let months: [String: Int] = {
    let names = [
      ["january", "jan", "ιανουαριου", "ιανουαριοσ", "ιαν"], ["february", "feb", "φεβρουαριου", "φεβρουαριοσ", "φεβ"],
      ["march", "mar", "μαρτιου", "μαρτιοσ", "μαρ"], ["april", "apr", "απριλιου", "απριλιοσ", "απρ"], ["may", "μαιου", "μαιοσ", "μαη"],
      ["june", "jun", "ιουνιου", "ιουνιοσ", "ιουν"], ["july", "jul", "ιουλιου", "ιουλιοσ", "ιουλ"], ["august", "aug", "αυγουστου", "αυγουστοσ", "αυγ"],
      ["september", "sep", "sept", "σεπτεμβριου", "σεπτεμβριοσ", "σεπ"], ["october", "oct", "οκτωβριου", "οκτωβριοσ", "οκτ"],
      ["november", "nov", "νοεμβριου", "νοεμβριοσ", "νοε"], ["december", "dec", "δεκεμβριου", "δεκεμβριοσ", "δεκ"],
    ]
    var months: [String: Int] = [:]
    for month in names.indices { for word in names[month] { months[Folding.key(word)] = month + 1 } }
    return months
  }()

  /// Years in which those were born who may be patients here. A later date is one of a visit or of a session.
  private static let birthYears = 1900...2010

  private var holdsBirth: Bool {
    for index in tokens.indices {
      guard let (year, end) = date(at: index) else { continue }
      if place != .text, year.contains(where: Self.birthYears.contains) { return true }
      // Of a birth speaks a word within a few tokens, in the same sentence.
      if (max(0, index - 6)..<index).contains(where: isBirthWord) || (end..<min(tokens.count, end + 5)).contains(where: isBirthWord) { return true }
    }
    return false
  }

  private func isBirthWord(_ index: Int) -> Bool {
    guard let own = word(index) else { return false }
    if Self.birthWords.contains(own) { return true }
    // d.o.b.
    return own == "d" && word(index + 2) == "o" && word(index + 4) == "b" && sign(index + 1) == "." && sign(index + 3) == "."
  }

  /// The years that a date at a place may mean, and where it ends: 1.1.70, 12/3/1970, 1970-03-12, 12 Μαρτίου 1970, March 12, 1970.
  private func date(at index: Int) -> (years: [Int], end: Int)? {
    if let first = digits(index), !follows(index) || sign(index - 1).map({ !".-/".contains($0) }) ?? true {
      if let mark = sign(index + 1), ".-/".contains(mark), follows(index + 1), sign(index + 3) == mark, follows(index + 2), follows(index + 3),
        follows(index + 4), let second = digits(index + 2), let third = digits(index + 4),
        !(sign(index + 5).map { ".-/".contains($0) } ?? false && digits(index + 6) != nil && follows(index + 5) && follows(index + 6))
      {
        if first.count == 4, isDayAndMonth(third, second) { return Int(first).map { ([$0], index + 5) } }
        guard isDayAndMonth(first, second) || isDayAndMonth(second, first), let years = Self.years(third) else { return nil }
        return (years, index + 5)
      }
      if let month = word(index + 1), let day = Int(first), (1...31).contains(day), first.count <= 2 {
        let at = sign(index + 2) == nil ? index + 2 : index + 3
        if let year = digits(at), let years = Self.years(year), Self.months[month] != nil { return (years, at + 1) }
      }
    }
    if let month = word(index), let day = digits(index + 1).flatMap({ Int($0) }), (1...31).contains(day) {
      let at = sign(index + 2) == nil ? index + 2 : index + 3
      if let year = digits(at), year.count == 4, let years = Self.years(year), Self.months[month] != nil { return (years, at + 1) }
    }
    return nil
  }

  private func isDayAndMonth(_ day: String, _ month: String) -> Bool {
    guard day.count <= 2, month.count <= 2, let day = Int(day), let month = Int(month) else { return false }
    return (1...31).contains(day) && (1...12).contains(month)
  }

  /// A year of four digits, or of two: of the last century, or of this one up to 2010.
  private static func years(_ text: String) -> [Int]? {
    guard let number = Int(text) else { return nil }
    switch text.count {
    case 4: return [number]
    case 2: return number <= 10 ? [1900 + number, 2000 + number] : number >= 27 ? [1900 + number] : [2000 + number]
    default: return nil
    }
  }

  // MARK: Numbers

  /// Runs of digits that are read as one number: joined by single signs, or by spaces alone.
  private func number(at index: Int, joinedBy signs: String, spaces: Bool) -> (groups: [String], end: Int)? {
    guard let first = digits(index), !(follows(index) && word(index - 1) != nil) else { return nil }
    if digits(index - 1) != nil, spaces { return nil }
    if follows(index), sign(index - 1).map({ signs.contains($0) }) ?? false, digits(index - 2) != nil { return nil }
    var groups = [first]
    var end = index + 1
    while true {
      if spaces, let next = digits(end), !follows(end) {
        groups.append(next)
        end += 1
      } else if let mark = sign(end), signs.contains(mark), let next = digits(end + 1), spaces || follows(end) && follows(end + 1) {
        groups.append(next)
        end += 2
      } else {
        break
      }
    }
    if follows(end), word(end) != nil { return nil }
    return (groups, end)
  }

  private var holdsAMKA: Bool {
    tokens.indices.contains { index in
      guard let (groups, _) = number(at: index, joinedBy: "-./", spaces: true) else { return false }
      // It may be written apart: the date and the rest, or day, month, year and the rest.
      return groups.indices.contains { start in
        [[11], [6, 5], [2, 2, 2, 5]].contains { shape in
          let part = groups[start...].prefix(shape.count)
          return part.map(\.count) == shape && Self.isAMKA(part.joined())
        }
      }
    }
  }

  /// Whether eleven digits are an AMKA: the date of birth as day, month and year, and a check digit (Luhn).
  static func isAMKA(_ text: String) -> Bool {
    let digits = text.compactMap(\.wholeNumberValue)
    guard digits.count == 11, text.count == 11 else { return false }
    let day = digits[0] * 10 + digits[1]
    let month = digits[2] * 10 + digits[3]
    let year = digits[4] * 10 + digits[5]
    guard (1...12).contains(month), day >= 1 else { return false }
    // 29 February is a day of 1900 + year or of 2000 + year, whichever there is.
    let days = [31, year % 4 == 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= days[month - 1] else { return false }
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() {
      let own = place % 2 == 1 ? digit * 2 : digit
      sum += own > 9 ? own - 9 : own
    }
    return sum % 10 == 0
  }

  private static let phoneWords: Set<String> = [
    "tel", "phone", "telephone", "mobile", "cell", "call", "τηλ", "τηλεφωνο", "τηλεφωνου", "κιν", "κινητο", "κινητου", "σταθερο",
  ]

  private var holdsPhone: Bool {
    for index in tokens.indices {
      guard let (groups, _) = number(at: index, joinedBy: "-./)", spaces: true) else { continue }
      let all = groups.joined()
      let isInternational = sign(index - 1) == "+" || groups[0].hasPrefix("0030") || groups[0].hasPrefix("0044")
      if isInternational, (10...15).contains(all.count) { return true }
      guard groups.allSatisfy({ $0.count >= 2 }) else { continue }
      if all.count == 10, all.hasPrefix("69"), groups.count <= 3 { return true }
      let isNamed = (max(0, index - 3)..<index).contains { word($0).map(Self.phoneWords.contains) ?? false }
      if isNamed, (7...15).contains(all.count) { return true }
      if place == .name, all.count == 10, all.hasPrefix("2") { return true }
      if place == .name, all.count == 11, all.hasPrefix("07") { return true }
    }
    return false
  }

  private static let recordWords: Set<String> = [
    "mrn", "record", "hospital", "chart", "nhs", "chi", "ssn", "passport", "amka", "αμκα", "αμ", "αφμ", "μητρωου", "μητρωο", "φακελου", "φακελοσ", "φακελος",
    "αδτ", "ταυτοτητα", "ταυτοτητασ", "ταυτοτητας", "διαβατηριο", "διαβατηριου",
  ]

  private var holdsRecord: Bool {
    for index in tokens.indices {
      guard let (groups, _) = number(at: index, joinedBy: "-", spaces: false) else { continue }
      let all = groups.joined()
      if place != .id, (max(0, index - 4)..<index).contains(where: { word($0).map(Self.recordWords.contains) ?? false }) {
        if all.count >= 5, !Self.isRecent(groups) { return true }
        if let (spaced, _) = number(at: index, joinedBy: "-", spaces: true), spaced.allSatisfy({ $0.count >= 3 }), spaced.joined().count >= 8 { return true }
      }
      guard place == .name, !Self.isRecent(groups) else { continue }
      if groups.contains(where: { $0.count >= 6 }) || all.count >= 9 { return true }
    }
    return false
  }

  /// Whether digits are a year, a month or a day of this time, or a span of years: 2026-11, 20261128, 2012-2026, 2026-11-28.
  private static func isRecent(_ groups: [String]) -> Bool {
    let all = groups.joined()
    guard let year = Int(all.prefix(4)), (1990...2099).contains(year) else { return false }
    let rest = all.dropFirst(4)
    switch rest.count {
    case 0: return true
    case 2: return Int(rest).map { (1...12).contains($0) } ?? false
    case 4:
      if groups.count == 2, groups[1].count == 4 { return Int(rest).map { (1990...2099).contains($0) } ?? false }
      guard year > birthYears.upperBound, let month = Int(rest.prefix(2)), let day = Int(rest.suffix(2)) else { return false }
      return (1...12).contains(month) && (1...31).contains(day)
    // A number within a year: 2026-001.
    default: return groups.count == 2 && groups[0].count == 4 && groups[1].count <= 3
    }
  }
}

extension Diagnostic {
  /// What is said of a text that reads like a real person's data; nil where it doesn't.
  public static func personalData(in text: String, _ place: PersonalData.Place, span: Range<Int>? = nil) -> Diagnostic? {
    guard let kind = PersonalData.kind(in: text, place) else { return nil }
    let what: Words
    switch kind {
    case .email: what = Words("an e-mail address", "διεύθυνση e-mail")
    case .birth: what = Words("a date of birth", "ημερομηνία γέννησης")
    case .amka: what = Words("an AMKA", "ΑΜΚΑ")
    case .record: what = Words("the number of a real person's record", "αριθμός μητρώου πραγματικού προσώπου")
    case .phone: what = Words("a phone number", "αριθμός τηλεφώνου")
    }
    let message =
      place == .name
      ? Words("That name looks like \(what.english).", "Το όνομα μοιάζει με: \(what.greek).")
      : Words("This looks like \(what.english).", "Αυτό μοιάζει με: \(what.greek).")
    return Diagnostic(
      "patient.real", message,
      help: [
        Words(
          "Every patient here is hypothetical: leave it out. It wasn't kept anywhere.",
          "Όλοι οι ασθενείς εδώ είναι υποθετικοί: παραλείψτε το. Δεν κρατήθηκε πουθενά.")
      ], span: span)
  }
}
