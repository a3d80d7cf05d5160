import Wording

/// A unit of time, of an interval between doses or of time that passes.
public enum TimeUnit: String, Sendable, CaseIterable {
  case hour = "h"
  case day
  case week
  case month
  case year = "years"

  /// The unit behind a number: `week`, `weeks`; `εβδομάδα`, `εβδομάδες`.
  public func name(_ count: Exact) -> Words {
    let one = count.millionths == 1_000_000
    switch self {
    case .hour: return one ? Words("hour", "ώρα") : Words("hours", "ώρες")
    case .day: return one ? Words("day", "ημέρα") : Words("days", "ημέρες")
    case .week: return one ? Words("week", "εβδομάδα") : Words("weeks", "εβδομάδες")
    case .month: return one ? Words("month", "μήνα") : Words("months", "μήνες")
    case .year: return one ? Words("year", "έτος") : Words("years", "έτη")
    }
  }

  /// `a day`, `την ημέρα`.
  public var each: Words {
    switch self {
    case .hour: Words("an hour", "την ώρα")
    case .day: Words("a day", "την ημέρα")
    case .week: Words("a week", "την εβδομάδα")
    case .month: Words("a month", "τον μήνα")
    case .year: Words("a year", "τον χρόνο")
    }
  }
}

/// A length of time in whole units. Hours that make whole days are days, days that make whole weeks are weeks, months
/// that make whole years are years: 28 days is 4 weeks. Months are calendar months, so 1 month is not 4 weeks.
public struct TimeSpan: Sendable, Hashable {
  /// From 1 to 40,000.
  public let count: Int
  public let unit: TimeUnit

  /// Nil outside 1 to 40,000 units.
  public init?(_ count: Int, _ unit: TimeUnit) {
    guard (1...40_000).contains(count) else { return nil }
    var count = count
    var unit = unit
    if unit == .hour, count % 24 == 0 { (count, unit) = (count / 24, .day) }
    if unit == .day, count % 7 == 0 { (count, unit) = (count / 7, .week) }
    if unit == .month, count % 12 == 0 { (count, unit) = (count / 12, .year) }
    self.count = count
    self.unit = unit
  }

  /// `4 weeks`, `1 month`; in Greek `4 εβδομάδες`, `1 μήνα`.
  public var written: Words {
    let name = unit.name(Exact(count) ?? .zero)
    return Words("\(count) \(name.english)", "\(count) \(name.greek)")
  }

  /// `every 4 weeks`, `κάθε 4 εβδομάδες`; of one unit `every hour`, `κάθε ώρα`.
  public var every: Words {
    if count == 1 {
      let name = unit.name(Exact(1) ?? .zero)
      return Words("every \(name.english)", "κάθε \(name.greek)")
    }
    return Words("every \(written.english)", "κάθε \(written.greek)")
  }

  /// Its length in months; nil for other units.
  public var months: Int? {
    switch unit {
    case .month: count
    case .year: count * 12
    default: nil
    }
  }

  /// Its length in hours; nil for months and years, which have none.
  public var hours: Int? {
    switch unit {
    case .hour: count
    case .day: count * 24
    case .week: count * 168
    case .month, .year: nil
    }
  }
}

/// A day of the calendar (Gregorian), for a patient's time; never the machine's.
public struct CalendarDate: Sendable, Hashable, Comparable {
  /// Days from 1970-01-01.
  public let serial: Int

  public init(serial: Int) { self.serial = serial }

  /// Nil when there is no such day, or outside the years 1900 to 2200.
  public init?(year: Int, month: Int, day: Int) {
    guard (1900...2200).contains(year), (1...12).contains(month), day >= 1, day <= CalendarDate.days(in: month, of: year) else {
      return nil
    }
    self.init(civil: year, month, day)
  }

  /// Days from the civil date, by counting eras of 400 years from 1 March.
  private init(civil year: Int, _ month: Int, _ day: Int) {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    serial = era * 146_097 + dayOfEra - 719_468
  }

  public var parts: (year: Int, month: Int, day: Int) {
    let z = serial + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * mp + 2) / 5 + 1
    let month = mp < 10 ? mp + 3 : mp - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The day after a span: a week is 7 days; months and years follow the calendar, and a day that the month doesn't
  /// have becomes its last day. Hours count as the days they fill.
  public func after(_ span: TimeSpan) -> CalendarDate {
    switch span.unit {
    case .hour: return CalendarDate(serial: serial + span.count / 24)
    case .day: return CalendarDate(serial: serial + span.count)
    case .week: return CalendarDate(serial: serial + span.count * 7)
    case .month, .year:
      let (year, month, day) = parts
      let months = year * 12 + month - 1 + span.count * (span.unit == .year ? 12 : 1)
      let (y, m) = (months / 12, months % 12 + 1)
      return CalendarDate(civil: y, m, min(day, CalendarDate.days(in: m, of: y)))
    }
  }

  public static func < (a: CalendarDate, b: CalendarDate) -> Bool { a.serial < b.serial }
}

extension CalendarDate: CustomStringConvertible {
  /// `2012-01-29`.
  public var description: String {
    let (year, month, day) = parts
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))"
  }

  /// Reads `2012-01-29`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}
