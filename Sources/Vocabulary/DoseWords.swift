import Measures
import Wording

/// The words of doses and of time, read from `doses.txt`.
public struct DoseWords: Sendable {
  /// What a phrase means in a dose.
  public enum Sense: Sendable, Hashable {
    case timing(DoseTiming)
    case route(DoseRoute)
    /// rescue or cover.
    case purpose(String)
    case anyway
    case skip
    case nextInjection
    case asPlanned
    /// Kept word for word beside any dose.
    case detail
    /// How an operation is done: kept word for word.
    case manner
    /// Kept word for word where the text gives no dose.
    case loose
  }

  /// Another unit of a quantity that the text gives in one of its own.
  public struct Conversion: Sendable, Hashable {
    public let unit: DoseUnit
    let numerator: Int
    let denominator: Int
    /// How it has to be written, where its case counts.
    let exactly: String?

    /// An amount in the text's unit; nil where that isn't exact, or out of bounds.
    public func amount(_ value: Exact) -> DoseAmount? {
      value.scaled(by: Int64(numerator), over: Int64(denominator)).flatMap { DoseAmount($0, unit) }
    }
  }

  /// The small words of doses.
  public enum Small: String, Sendable, CaseIterable {
    case every, each, fold, range, to, during, measure, body, beside, doubt
  }

  /// How many times a ceiling `anyway` may record.
  public private(set) var anywayLimit = 1
  /// The routes of products whose route the text doesn't give, by therapy.
  private var routes: [String: Set<DoseRoute>] = [:]
  /// The most that an amount may be before it is asked about, where the text gives none; by therapy, `*` for any.
  private var bounds: [String: [DoseAmount]] = [:]
  private var meanings: [FoldedKey: Sense] = [:]
  private var smalls: [Small: Set<FoldedKey>] = [:]
  private var numbers: [FoldedKey: Int] = [:]
  private var adverbs: [FoldedKey: TimeUnit] = [:]
  private let unitWords: FoldedTable
  private let units: [String]
  private var conversions: [FoldedKey: Conversion] = [:]

  /// Reads the words. Errors name file and line.
  fileprivate init(_ vocabulary: Vocabulary) throws(Diagnostic) {
    unitWords = vocabulary.unitWords
    units = vocabulary.units
    for (number, line) in vocabulary.lines(of: "doses.txt") {
      do throws(Diagnostic) {
        try read(line)
      } catch {
        throw error.at(file: "vocabulary/doses.txt", line: number)
      }
    }
  }

  private mutating func read(_ line: String) throws(Diagnostic) {
    let fault = Diagnostic(
      "vocabulary.line", Words("The dose words can't be read: \(line)", "Οι λέξεις των δόσεων δεν διαβάζονται: \(line)"))
    var words = line.split(separator: " ", omittingEmptySubsequences: true)[...]
    let kind = String(words.removeFirst())
    func take() throws(Diagnostic) -> String {
      guard let word = words.popFirst() else { throw fault }
      return String(word)
    }
    func unit() throws(Diagnostic) -> TimeUnit {
      guard let unit = TimeUnit(rawValue: try take()) else { throw fault }
      return unit
    }
    func count() throws(Diagnostic) -> Int {
      guard let count = Int(try take()) else { throw fault }
      return count
    }
    var meaning: Sense?
    var number: Int?
    var adverb: TimeUnit?
    let small = Small(rawValue: kind)
    switch kind {
    case "timing":
      let times = try count()
      meaning = .timing(.times(times, try unit()))
    case "interval":
      let length = try count()
      guard let span = TimeSpan(length, try unit()) else { throw fault }
      meaning = .timing(.every(span))
    case "total": meaning = .timing(.total(try unit()))
    case "rate": meaning = .timing(.perHour)
    case "once": meaning = .timing(.once)
    case "route":
      guard let route = DoseRoute(rawValue: try take()) else { throw fault }
      meaning = .route(route)
    case "purpose": meaning = .purpose(try take())
    case "anyway": meaning = .anyway
    case "skip": meaning = .skip
    case "next-injection": meaning = .nextInjection
    case "as-planned": meaning = .asPlanned
    case "detail": meaning = .detail
    case "manner": meaning = .manner
    case "loose": meaning = .loose
    case "convert":
      let parts = try take().split(separator: "/").compactMap { Int($0) }
      guard parts.count == 2, parts.allSatisfy({ $0 > 0 }), let unit = DoseUnit(rawValue: try take()) else { throw fault }
      let isExact = words.first == "exactly"
      if isExact { words.removeFirst() }
      for phrase in words.joined(separator: " ").split(separator: ";") {
        let text = phrase.trimmingSpaces()
        conversions[FoldedKey(text)] = Conversion(
          unit: unit, numerator: parts[0], denominator: parts[1], exactly: isExact ? text : nil)
      }
      return
    case "number": number = try count()
    case "adverb": adverb = try unit()
    case "by":
      let id = try take()
      guard let route = DoseRoute(rawValue: try take()) else { throw fault }
      routes[id, default: []].insert(route)
      return
    case "bound":
      let id = try take()
      guard let number = Exact(try take()), let unit = DoseUnit(rawValue: try take()), let amount = DoseAmount(number, unit) else { throw fault }
      bounds[id, default: []].append(amount)
      return
    case "anyway-limit":
      anywayLimit = try count()
      return
    default: guard small != nil else { throw fault }
    }
    for phrase in words.joined(separator: " ").split(separator: ";") {
      let key = FoldedKey(phrase.trimmingSpaces())
      guard !key.isEmpty || kind == "range" else { continue }
      if let meaning, meanings[key] == nil { meanings[key] = meaning }
      if let number { numbers[key] = number }
      if let adverb { adverbs[key] = adverb }
      if let small { smalls[small, default: []].insert(key) }
    }
  }

  /// The routes of a product whose route the text doesn't give; nil where none is known.
  public func routes(of therapy: String) -> Set<DoseRoute>? { routes[therapy] }

  /// The bound that an amount lies above, for a therapy without an amount in the text; nil where it lies below.
  public func bound(below amount: DoseAmount, of therapy: String) -> DoseAmount? {
    for bound in (bounds[therapy] ?? []) + (bounds["*"] ?? []) {
      if let order = amount.compared(to: bound) { return order > 0 ? bound : nil }
    }
    return nil
  }

  /// What a phrase means on its own.
  public func meaning(_ key: FoldedKey) -> Sense? { meanings[key] }

  public func isSmall(_ key: FoldedKey, _ small: Small) -> Bool { smalls[small]?.contains(key) ?? false }

  /// The number that a word means.
  public func number(_ key: FoldedKey) -> Int? { numbers[key] }

  /// `weekly`, `monthly`: behind a number, an interval.
  public func adverb(_ key: FoldedKey) -> TimeUnit? { adverbs[key] }

  /// A unit that another is converted from, as it is typed.
  public func conversion(_ text: String) -> Conversion? {
    conversions[FoldedKey(text)].flatMap { $0.exactly == nil || $0.exactly == text ? $0 : nil }
  }

  /// A unit of time by its word.
  public func timeUnit(_ key: FoldedKey) -> TimeUnit? { unitWords[key].flatMap { TimeUnit(rawValue: units[$0]) } }

  /// A unit of a dose by its word.
  public func doseUnit(_ key: FoldedKey) -> DoseUnit? { unitWords[key].flatMap { DoseUnit(rawValue: units[$0]) } }
}

extension Vocabulary {
  /// The words of doses, read when a dose is first read and kept.
  public var doseWords: DoseWords {
    get throws(Diagnostic) { try keptDoseWords.value { () throws(Diagnostic) in try DoseWords(self) } }
  }

  /// The lines of one of its files that say something, with their numbers from 1: for files read when they are needed.
  public func lines(of name: String) -> [(number: Int, text: String)] {
    guard let file = files.first(where: { $0.name.hasSuffix(name) }) else { return [] }
    var found: [(number: Int, text: String)] = []
    file.withBytes { bytes in
      var lines = LineCursor(bytes)
      while let line = lines.read() {
        let text = line.trimmed.text
        if lines.number > 1, !text.isEmpty, !text.hasPrefix("#") { found.append((lines.number, text)) }
      }
    }
    return found
  }
}
