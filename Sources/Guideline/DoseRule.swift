import Grammar
import Measures
import Vocabulary
import Wording

/// What the text gives as a dose of a drug for one purpose, by one route: a `dose` block of a chapter.
public struct DoseRule: Sendable {
  /// Which amounts the text gives.
  public enum Amounts: Sendable, Hashable {
    /// Only these.
    case list([DoseAmount])
    case range(DoseAmount, DoseAmount)
    case atMost(DoseAmount)
    /// The text gives no amount.
    case unstated
  }

  /// What an amount is an amount of.
  public enum Basis: Sendable, Hashable {
    case singleDose, day, hour
  }

  public let id: String
  public let therapies: [String]
  /// maintenance, rescue, cover, stabilisation or other.
  public let purpose: String
  public let amounts: Amounts
  public let basis: Basis
  /// Whether the text says about.
  public let isApproximate: Bool
  public let route: DoseRoute?
  /// How many times in each unit of time.
  public let times: (range: ClosedRange<Int>, unit: TimeUnit)?
  /// The interval between doses: shortest and longest.
  public let every: (shortest: TimeSpan, longest: TimeSpan)?
  /// How long before and until how long after a procedure.
  public let start: TimeSpan?
  public let until: TimeSpan?
  public let when: Condition
  /// The erratum by whose reading the dose is given, and the amount that the text prints.
  public let erratum: String?
  public let misprint: DoseAmount?
  /// The procedures that the text gives the dose for; empty where it gives it for any use.
  public let onlyFor: [String]
  /// Whether more than its amount is refused whatever the purpose.
  public let isCeiling: Bool
  /// The therapy that a continuous infusion of the drug is.
  public let continuous: String?
  /// The group beside whose drugs the purpose is taken for granted, and the condition under which it is.
  public let beside: String?
  public let assumedWhen: Condition?
  /// The rule that says with which doses to start.
  public let startLow: String?
  public let facts: [String]
  public let paragraphs: [String]
  /// The dose in words, as the text gives it.
  public let words: Words

  /// The amounts that the text names, ascending.
  public var named: [DoseAmount] {
    switch amounts {
    case .list(let all): all
    case .range(let low, let high): [low, high]
    case .atMost(let high): [high]
    case .unstated: []
    }
  }

  /// Whether the rule gives something that a typed dose can be checked against.
  public var givesAmount: Bool { amounts != .unstated }
}

/// Reads `dose` blocks. A fault names the chapter and line.
struct DoseRuleReader {
  let vocabulary: Vocabulary
  let words: DoseWords

  func read(_ entry: ChapterEntry) throws(Diagnostic) -> DoseRule {
    func fault(_ text: String) -> Diagnostic {
      Diagnostic(
        "chapter.dose", Words("The dose \(entry.id) can't be read: \(text).", "Η δόση \(entry.id) δεν διαβάζεται: \(text)."),
        file: "chapters/\(entry.chapter).md", line: entry.line)
    }
    func span(_ text: String) throws(Diagnostic) -> TimeSpan {
      let parts = text.split(separator: " ")
      guard parts.count >= 2, let count = Int(parts[0]), let unit = words.timeUnit(FoldedKey(String(parts[1]))),
        let span = TimeSpan(count, unit)
      else { throw fault("“\(text)” isn't a length of time") }
      return span
    }
    var basis = DoseRule.Basis.singleDose
    switch entry["per"] {
    case nil: break
    case "day": basis = .day
    case "hour": basis = .hour
    default: throw fault("per day or per hour")
    }
    var times: (range: ClosedRange<Int>, unit: TimeUnit)?
    if let text = entry["times"] {
      let parts = text.split(separator: " ").map(String.init)
      let numbers = parts.compactMap { Int($0) }
      guard let low = numbers.first, let high = numbers.last, low <= high, low > 0, let last = parts.last,
        let unit = words.timeUnit(FoldedKey(last))
      else { throw fault("times 2 to 3 a day") }
      times = (low...high, unit)
    }
    var every: (shortest: TimeSpan, longest: TimeSpan)?
    if let text = entry["every"] {
      let parts = text.split(separator: " ").map(String.init)
      guard let unit = parts.last else { throw fault("every 4 weeks") }
      if parts.count == 4, parts[1] == "to" {
        every = (try span("\(parts[0]) \(unit)"), try span("\(parts[2]) \(unit)"))
      } else {
        let one = try span(text)
        every = (one, one)
      }
    }
    func condition(_ name: String) throws(Diagnostic) -> Condition? {
      guard let text = entry[name] else { return nil }
      do throws(Diagnostic) {
        return try ConditionReader.condition(text, vocabulary)
      } catch {
        throw error.at(file: "chapters/\(entry.chapter).md", line: entry.line)
      }
    }
    let when = try condition("when") ?? .always
    var route: DoseRoute?
    if let text = entry["route"] {
      route = DoseRoute(rawValue: text)
      if route == nil { throw fault("unknown route \(text)") }
    }
    guard let title = entry.words() else { throw fault("en and el are missing") }
    let amounts = try entry["amount"].map { (text: String) throws(Diagnostic) in try self.amounts(text, fault) } ?? .unstated
    return DoseRule(
      id: entry.id, therapies: entry.list("therapy"), purpose: entry["purpose"] ?? "other",
      amounts: amounts, basis: basis, isApproximate: entry["approximate"] != nil, route: route, times: times, every: every,
      start: try entry["start"].map { (text: String) throws(Diagnostic) in try span(text) },
      until: try entry["until"].map { (text: String) throws(Diagnostic) in try span(text) }, when: when,
      erratum: entry["erratum"], misprint: try entry["misprint"].map { (text: String) throws(Diagnostic) in try amount(misprinted(text), fault) },
      onlyFor: entry.list("only-for"), isCeiling: entry["ceiling"] != nil, continuous: entry["continuous"], beside: entry["beside"],
      assumedWhen: try condition("assumed-when"), startLow: entry["start-low"], facts: entry.list("facts"), paragraphs: entry.list("paragraphs"), words: title)
  }

  /// The amount of `50 mg (E01; read: 50 micrograms)`: the erratum and the reading stand beside a printed value.
  private func misprinted(_ text: String) -> String {
    text.firstIndex(of: "(").map { text[..<$0].trimmingSpaces() } ?? text
  }

  /// `37.5 mg`, `3 million units`.
  private func amount(_ text: String, _ fault: (String) -> Diagnostic) throws(Diagnostic) -> DoseAmount {
    let parts = text.split(separator: " ").map(String.init)
    guard parts.count >= 2, let number = Exact(parts[0]),
      let unit = words.doseUnit(FoldedKey(parts[1...].joined())), let amount = DoseAmount(number, unit)
    else { throw fault("“\(text)” is no amount") }
    return amount
  }

  /// `10, 20, 30 mg`, `200 to 600 mg`, `at most 1 mg`, `37.5 mg`.
  private func amounts(_ text: String, _ fault: (String) -> Diagnostic) throws(Diagnostic) -> DoseRule.Amounts {
    if text.hasPrefix("at most ") { return .atMost(try amount(String(text.dropFirst(8)), fault)) }
    let parts = text.split(separator: " ").map(String.init)
    if let to = parts.firstIndex(of: "to"), to == 1, parts.count >= 4 {
      let unit = parts[3...].joined(separator: " ")
      return .range(try amount("\(parts[0]) \(unit)", fault), try amount("\(parts[2]) \(unit)", fault))
    }
    guard let comma = text.lastIndex(of: ",") else { return .list([try amount(text, fault)]) }
    let last = text[text.index(after: comma)...].trimmingSpaces()
    guard let space = last.firstIndex(of: " ") else { throw fault("the unit stands behind the last amount") }
    let unit = String(last[last.index(after: space)...])
    var found: [DoseAmount] = []
    for part in text[..<comma].split(separator: ",") { found.append(try amount("\(part.trimmingSpaces()) \(unit)", fault)) }
    found.append(try amount(last, fault))
    return .list(found)
  }
}
