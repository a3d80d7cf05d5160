import Measures
import Wording

/// A figure of the text as printed: a number, a range or a bound, with its unit.
public struct ReportedValue: Sendable, Hashable {
  /// How the text qualifies it.
  public enum Bound: String, Sendable {
    case exactly, about, below, upTo = "up-to"
  }

  /// The units of the text's outcomes.
  public enum Unit: String, Sendable, CaseIterable {
    case percent = "%"
    case hours, days, weeks, months, years

    public var name: Words {
      switch self {
      case .percent: Words(same: "%")
      case .hours: Words("hours", "ώρες")
      case .days: Words("days", "ημέρες")
      case .weeks: Words("weeks", "εβδομάδες")
      case .months: Words("months", "μήνες")
      case .years: Words("years", "έτη")
      }
    }
  }

  public let bound: Bound
  /// The same as `high` for a single number.
  public let low: Exact
  public let high: Exact
  public let unit: Unit
  /// The numbers with the decimal places that the text prints.
  private let digits: [String]

  public var isRange: Bool { low != high }

  /// Reads `28 %`, `30 to 70 %`, `< 10 %`, `up to 87 %`, `about 6 %`, `5 years`, `1 year`; nil for anything else.
  public init?(_ text: String) {
    var words = text.split(separator: " ").map(String.init)
    guard var last = words.popLast() else { return nil }
    if Unit(rawValue: last) == nil { last += "s" }
    guard let unit = Unit(rawValue: last) else { return nil }
    self.unit = unit
    if words.first == "about" {
      bound = .about
      words.removeFirst()
    } else if words.first == "<" {
      bound = .below
      words.removeFirst()
    } else if words.starts(with: ["up", "to"]) {
      bound = .upTo
      words.removeFirst(2)
    } else {
      bound = .exactly
    }
    switch words.count {
    case 1:
      guard let value = Exact(words[0]) else { return nil }
      (low, high, digits) = (value, value, [words[0]])
    case 3 where words[1] == "to":
      guard let first = Exact(words[0]), let second = Exact(words[2]), first < second else { return nil }
      (low, high, digits) = (first, second, [words[0], words[2]])
    default: return nil
    }
  }

  /// `30 to 70%`, `below 10%`, `11.0 months`.
  public var words: Words {
    let mark =
      switch bound {
      case .exactly: Words(same: "")
      case .about: Words("about ", "περίπου ")
      case .below: Words("below ", "κάτω από ")
      case .upTo: Words("up to ", "έως ")
      }
    let numbers = digits.count == 1 ? Words(same: digits[0]) : Words("\(digits[0]) to \(digits[1])", "\(digits[0]) έως \(digits[1])")
    func written(_ language: Language) -> String {
      if unit == .percent { return mark[language] + numbers[language] + "%" }
      var name = unit.name[language]
      if !isRange, high == Exact(1) {
        name =
          switch unit {
          case .hours: Words("hour", "ώρα")[language]
          case .days: Words("day", "ημέρα")[language]
          case .weeks: Words("week", "εβδομάδα")[language]
          case .months: Words("month", "μήνα")[language]
          case .years: Words("year", "έτος")[language]
          case .percent: name
          }
      }
      return mark[language] + numbers[language] + " " + name
    }
    return Words(written(.english), written(.greek))
  }
}

extension ReportedValue {
  /// The lengths of time that it lies between, in whole units; nil for a share, or for parts of a unit.
  var spans: (low: TimeSpan, high: TimeSpan)? {
    let unit: TimeUnit? =
      switch unit {
      case .percent: nil
      case .hours: .hour
      case .days: .day
      case .weeks: .week
      case .months: .month
      case .years: .year
      }
    guard let unit, let low = low.whole.flatMap({ TimeSpan($0, unit) }), let high = high.whole.flatMap({ TimeSpan($0, unit) }) else { return nil }
    return (low, high)
  }
}

/// A hazard ratio with its interval, as the text prints them.
public struct HazardRatio: Sendable, Hashable {
  public let value: Exact
  public let low: Exact
  public let high: Exact

  /// Reads `0.35 (0.27 to 0.45)`; nil for anything else.
  public init?(_ text: String) {
    let words = text.split(whereSeparator: { " ()".contains($0) })
    guard words.count == 4, words[2] == "to", let value = Exact(words[0]), let low = Exact(words[1]), let high = Exact(words[3]) else {
      return nil
    }
    self.value = value
    self.low = low
    self.high = high
  }

  public var words: Words { Words("\(value) (\(low) to \(high))", "\(value) (\(low) έως \(high))") }

  /// Whether the estimate lies in its own interval.
  public var isConsistent: Bool { low <= value && value <= high }
}
