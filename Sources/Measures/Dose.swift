import Wording

/// A unit of a dose. Doses and measurements are different types with different printers.
public enum DoseUnit: String, Sendable, CaseIterable {
  case microgram = "mcg"
  case milligram = "mg"
  case gram = "g"
  case millionUnits = "MU"
  case gigabecquerel = "GBq"

  /// What two units must share to be compared: mass, units of activity of a drug, radioactivity.
  public enum Dimension: Sendable { case mass, units, radioactivity }

  public var dimension: Dimension {
    switch self {
    case .microgram, .milligram, .gram: .mass
    case .millionUnits: .units
    case .gigabecquerel: .radioactivity
    }
  }

  /// How many of the dimension's smallest unit it holds.
  public var factor: Int64 {
    switch self {
    case .milligram: 1000
    case .gram: 1_000_000
    case .microgram, .millionUnits, .gigabecquerel: 1
    }
  }

  /// The unit as printed behind a number, one or many.
  func name(one: Bool) -> Words {
    switch self {
    case .microgram: one ? Words("microgram", "μικρογραμμάριο") : Words("micrograms", "μικρογραμμάρια")
    case .milligram: Words(same: "mg")
    case .gram: Words(same: "g")
    case .millionUnits: one ? Words("million units", "εκατομμύριο μονάδες") : Words("million units", "εκατομμύρια μονάδες")
    case .gigabecquerel: Words(same: "GBq")
    }
  }
}

/// How much of a drug: a number above 0 and at most 1,000,000, with its unit. Amounts are equal when they are the same
/// quantity: 0.5 mg and 500 micrograms.
public struct DoseAmount: Sendable {
  public let value: Exact
  public let unit: DoseUnit

  public static let limit: Int64 = 1_000_000

  /// Nil for zero, a negative number or more than 1,000,000.
  public init?(_ value: Exact, _ unit: DoseUnit) {
    guard value.millionths > 0, value.millionths <= DoseAmount.limit * 1_000_000 else { return nil }
    self.value = value
    self.unit = unit
  }

  /// The quantity in the smallest unit of its dimension (micrograms, million units, GBq), times a million.
  private var smallest: Int64 { value.millionths * unit.factor }

  /// Where it stands against another: nil when they can't be compared (milligrams and GBq).
  public func compared(to other: DoseAmount) -> Int? {
    guard unit.dimension == other.unit.dimension else { return nil }
    return smallest < other.smallest ? -1 : smallest > other.smallest ? 1 : 0
  }

  /// How many times another amount it is, in whole times; nil when it isn't a whole number of times.
  public func times(_ other: DoseAmount) -> Int? {
    guard unit.dimension == other.unit.dimension, smallest % other.smallest == 0 else { return nil }
    return Int(smallest / other.smallest)
  }

  /// How far it is from another, in the smallest unit, for finding the nearest of several.
  public func distance(to other: DoseAmount) -> Int64? {
    guard unit.dimension == other.unit.dimension else { return nil }
    return abs(smallest - other.smallest)
  }

  /// The amount times a fraction; nil when that is not exact or out of bounds.
  public func scaled(by numerator: Int, over denominator: Int = 1) -> DoseAmount? {
    value.scaled(by: Int64(numerator), over: Int64(denominator)).flatMap { DoseAmount($0, unit) }
  }

  /// `20 mg`, `500 micrograms`, `5 million units`, `5 εκατομμύρια μονάδες`: a space before the unit, a leading zero, no
  /// trailing zero, units that can be misread written out. A number of milligrams or grams that would end in three
  /// decimals behind a whole number is written in the smaller unit, because `1.125` can be taken for a thousand.
  public var written: Words {
    if value.millionths > 1_000_000, value.millionths % 1000 == 0, value.millionths % 10_000 != 0 {
      let smaller: DoseUnit? = unit == .gram ? .milligram : unit == .milligram ? .microgram : nil
      if let smaller, let number = value.scaled(by: 1000, over: 1), let amount = DoseAmount(number, smaller) { return amount.written }
    }
    let name = unit.name(one: value.millionths == 1_000_000)
    return Words("\(value) \(name.english)", "\(value) \(name.greek)")
  }
}

extension DoseAmount: Hashable {
  public static func == (a: DoseAmount, b: DoseAmount) -> Bool { a.compared(to: b) == 0 }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(unit.dimension)
    hasher.combine(smallest)
  }
}

/// How a drug is given.
public enum DoseRoute: String, Sendable, CaseIterable {
  case oral, subcutaneous, intravenous, intramuscular

  public var written: Words {
    switch self {
    case .oral: Words("by mouth", "από το στόμα")
    case .subcutaneous: Words("subcutaneously", "υποδορίως")
    case .intravenous: Words("intravenously", "ενδοφλεβίως")
    case .intramuscular: Words("intramuscularly", "ενδομυϊκά")
    }
  }
}

/// How often an amount is given.
public enum DoseTiming: Sendable, Hashable {
  /// A single dose.
  case once
  /// So many times in each unit of time, from 1 to 24.
  case times(Int, TimeUnit)
  /// The amount is the total of each unit of time: `a day`.
  case total(TimeUnit)
  /// One dose every so long.
  case every(TimeSpan)
  /// A rate: so much per hour.
  case perHour

  /// The timing in its one form: every day is once a day, every month is once a month.
  public var normal: DoseTiming {
    if case .every(let span) = self, span.count == 1, span.unit != .hour { return .times(1, span.unit) }
    return self
  }

  public var written: Words {
    switch self {
    case .once: return Words("as a single dose", "εφάπαξ")
    case .total(let unit): return unit.each
    case .every(let span): return span.every
    case .perHour: return Words("per hour", "ανά ώρα")
    case .times(let count, let unit):
      let number: Words
      switch count {
      case 1: number = Words("once", "μία φορά")
      case 2: number = Words("twice", "δύο φορές")
      case 3: number = Words("three times", "τρεις φορές")
      case 4: number = Words("four times", "τέσσερις φορές")
      default: number = Words("\(count) times", "\(count) φορές")
      }
      return Words("\(number.english) \(unit.each.english)", "\(number.greek) \(unit.each.greek)")
    }
  }

  /// The time between doses that are given at least a week apart: what can fall due.
  public var interval: TimeSpan? {
    switch self {
    case .times(1, let unit) where unit != .day && unit != .hour: return TimeSpan(1, unit)
    case .every(let span):
      if let hours = span.hours, hours < 168 { return nil }
      return span
    default: return nil
    }
  }
}

/// A dose as it is given: amount, timing and route, each as far as it is said.
public struct Dose: Sendable, Hashable {
  public let amount: DoseAmount?
  public let timing: DoseTiming?
  public let route: DoseRoute?

  public init(amount: DoseAmount?, timing: DoseTiming? = nil, route: DoseRoute? = nil) {
    self.amount = amount
    self.timing = timing?.normal
    self.route = route
  }

  public var isEmpty: Bool { amount == nil && timing == nil && route == nil }

  /// `100 mg three times a day by mouth`. What the reader of doses reads back as the same dose.
  public var written: Words { .joined([amount?.written, timing?.written, route?.written].compactMap { $0 }, by: " ") }

  /// The total of a day, computed from dose and frequency; nil when the timing doesn't say one exactly.
  public var dailyTotal: DoseAmount? {
    guard let amount else { return nil }
    switch timing {
    case .total(.day): return amount
    case .times(let count, .day): return amount.scaled(by: count)
    case .perHour: return amount.scaled(by: 24)
    case .every(let span):
      guard let hours = span.hours, hours <= 48 else { return nil }
      return amount.scaled(by: 24, over: hours)
    default: return nil
    }
  }
}
