import Grammar
import Measures
import Patients
import Vocabulary
import Wording

/// The doses that the text gives.
public struct Formulary: Sendable {
  public let rules: [DoseRule]

  /// Reads the chapters' dose blocks. Errors name chapter and line.
  init(_ guideline: Guideline) throws(Diagnostic) {
    let reader = DoseRuleReader(vocabulary: guideline.vocabulary, words: try guideline.vocabulary.doseWords)
    var rules: [DoseRule] = []
    for entry in guideline.entries where entry.kind == .dose { rules.append(try reader.read(entry)) }
    self.rules = rules
  }

  /// The rules on a therapy, in the order of the text.
  public func rules(for therapy: String) -> [DoseRule] { rules.filter { $0.therapies.contains(therapy) } }

  /// The highest amount of a therapy that the text lists; nil where it gives no list.
  public func highestListed(_ therapy: String) -> DoseAmount? {
    rules(for: therapy).compactMap { rule -> DoseAmount? in
      if case .list(let all) = rule.amounts, all.count > 1 { return all.last }
      return nil
    }.first
  }
}

/// What came of checking a dose against the text.
public struct DoseVerdict: Sendable {
  /// Why a rule doesn't give a dose.
  public enum Fault: String, Sendable {
    case amount, interval, frequency, route, total, unit
    /// It is what the text misprints, or more.
    case implausible
    /// The rule's condition isn't known to hold.
    case condition
  }

  /// The rule that gives it; nil when none does.
  public let rule: DoseRule?
  /// For each rule of the therapy that doesn't give it, why.
  public let faults: [(rule: DoseRule, fault: Fault)]
  /// What is not said and could not be checked.
  public let unsaid: [Fault]
  /// The daily total, where dose and frequency say one.
  public let total: DoseAmount?
  /// Whether the text gives an amount for the therapy at all.
  public let textGivesDose: Bool

  public var isGiven: Bool { rule != nil }
}

extension Formulary {
  /// Checks a dose against what rules of the text give: only those for the purpose, where one is said.
  public func check(_ dose: Dose, of therapy: String, among all: [DoseRule], purpose: String?, known: Known) -> DoseVerdict {
    var rules = all
    if let purpose, all.contains(where: { $0.purpose == purpose }) { rules = all.filter { $0.purpose == purpose } }
    var faults: [(rule: DoseRule, fault: DoseVerdict.Fault)] = []
    var best: (rule: DoseRule, unsaid: [DoseVerdict.Fault])?
    for rule in rules {
      switch check(dose, rule, known) {
      case .failure(let fault): faults.append((rule, fault.fault))
      case .success(let unsaid):
        if best == nil { best = (rule, unsaid) }
      }
    }
    return DoseVerdict(
      rule: best?.rule, faults: best == nil ? faults : [], unsaid: best?.unsaid ?? [], total: dose.dailyTotal,
      textGivesDose: all.contains { $0.givesAmount })
  }

  /// A rule of a therapy whose misprinted amount or unit a dose repeats, whatever it is for.
  public func misprinted(_ dose: Dose, of therapy: String) -> DoseRule? {
    rules(for: therapy).first { rule in
      guard let misprint = rule.misprint, let amount = dose.amount, let place = amount.compared(to: misprint) else { return false }
      // A rate in the misprinted unit, or a larger one, is a misprint whatever its number.
      let smallest = DoseAmount(.one, misprint.unit)
      return place >= 0 || smallest.map { amount.unit != rule.named.first?.unit && (DoseAmount(.one, amount.unit)?.compared(to: $0) ?? -1) >= 0 } ?? false
    }
  }

  /// A rule of a therapy above whose amount a dose lies, whatever it is for, and whether it lies above so many times of it.
  public func ceiling(over dose: Dose, of therapy: String, times: Int) -> (rule: DoseRule, isFarAbove: Bool)? {
    for rule in rules(for: therapy) where rule.isCeiling {
      guard let bound = rule.named.last else { continue }
      let measured = rule.basis == .day ? dose.dailyTotal ?? dose.amount : dose.amount
      guard let measured, (measured.compared(to: bound) ?? 0) > 0 else { continue }
      return (rule, bound.scaled(by: times).map { (measured.compared(to: $0) ?? 0) > 0 } ?? true)
    }
    return nil
  }

  private struct Refusal: Error { let fault: DoseVerdict.Fault }

  private func check(_ dose: Dose, _ rule: DoseRule, _ known: Known) -> Result<[DoseVerdict.Fault], Refusal> {
    var unsaid: [DoseVerdict.Fault] = []
    func refuse(_ fault: DoseVerdict.Fault) -> Result<[DoseVerdict.Fault], Refusal> { .failure(Refusal(fault: fault)) }
    if let route = rule.route, let typed = dose.route, typed != route { return refuse(.route) }
    if let amount = dose.amount, let first = rule.named.first, amount.compared(to: first) == nil { return refuse(.unit) }
    if let every = rule.every {
      switch dose.timing {
      case nil: unsaid.append(.interval)
      case .once: break
      case let timing?:
        guard let interval = timing.interval else { return refuse(.interval) }
        guard contains(interval, every) else { return refuse(.interval) }
      }
    }
    if rule.basis == .hour {
      if dose.timing == nil { unsaid.append(.frequency) } else if dose.timing != .perHour { return refuse(.frequency) }
    }
    if let times = rule.times {
      switch dose.timing {
      case nil: if !unsaid.contains(.frequency) { unsaid.append(.frequency) }
      case .times(let count, let unit):
        if unit != times.unit || !times.range.contains(count) { return refuse(.frequency) }
      case .every(let span):
        guard times.unit == .day, let hours = span.hours, 24 % hours == 0, times.range.contains(24 / hours) else { return refuse(.frequency) }
      case .total(let unit):
        // `10 mg daily` is what once a day means; a total in several doses leaves their number open.
        if unit != times.unit { return refuse(.frequency) }
        if !times.range.contains(1) { unsaid.append(.frequency) }
      case .once, .perHour: return refuse(.frequency)
      }
    } else if rule.basis == .day, dose.timing == nil {
      unsaid.append(.frequency)
    }
    guard let amount = dose.amount else {
      let mayBeOpen = !rule.givesAmount || dose.isEmpty && !rule.onlyFor.isEmpty
      return mayBeOpen ? .success(unsaid) : refuse(.amount)
    }
    var measured = amount
    if rule.basis == .day {
      switch dose.timing {
      case nil: break
      case .once: break
      default:
        guard let total = dose.dailyTotal else { return refuse(.frequency) }
        measured = total
      }
    }
    if rule.basis == .singleDose, case .total(let unit)? = dose.timing, let times = rule.times, times.unit == unit,
      !times.range.contains(1)
    {
      return refuse(.frequency)
    }
    if !contains(measured, rule.amounts) { return refuse(measured == amount ? .amount : .total) }
    if known.truth(rule.when) != .yes { return refuse(.condition) }
    return .success(unsaid)
  }

  private func contains(_ amount: DoseAmount, _ amounts: DoseRule.Amounts) -> Bool {
    switch amounts {
    case .unstated: return true
    case .list(let all): return all.contains(amount)
    case .range(let low, let high): return (amount.compared(to: low) ?? -1) >= 0 && (amount.compared(to: high) ?? 1) <= 0
    case .atMost(let high): return (amount.compared(to: high) ?? 1) <= 0
    }
  }

  /// Whether an interval lies between two, in the same kind of unit: days with weeks, months with years.
  private func contains(_ interval: TimeSpan, _ every: (shortest: TimeSpan, longest: TimeSpan)) -> Bool {
    if let hours = interval.hours, let low = every.shortest.hours, let high = every.longest.hours { return (low...high).contains(hours) }
    if let count = interval.months, let low = every.shortest.months, let high = every.longest.months { return (low...high).contains(count) }
    return false
  }

  /// The dose of a rule that is nearest to one that was refused; the lower of two that are equally near. Nil when the
  /// rule gives no amount.
  public func nearest(to dose: Dose, _ rule: DoseRule) -> Dose? {
    guard let first = rule.named.first, let last = rule.named.last else { return nil }
    let measured = rule.basis == .day ? dose.dailyTotal ?? dose.amount : dose.amount
    var amount = first
    switch rule.amounts {
    case .list(let all):
      if let measured, measured.compared(to: first) != nil {
        amount = all.min { ($0.distance(to: measured) ?? 0) < ($1.distance(to: measured) ?? 0) } ?? first
      }
    case .range(let low, let high):
      amount = low
      if let measured, let place = measured.compared(to: low) {
        if place >= 0 { amount = (measured.compared(to: high) ?? 1) > 0 ? high : measured }
      }
    case .atMost(let high):
      amount = last
      if let measured, let place = measured.compared(to: high), place <= 0 { amount = measured }
    case .unstated: return nil
    }
    return Dose(amount: amount, timing: timing(of: rule), route: nil)
  }

  /// The timing that a rule gives, in one form: the shortest interval of a range, the fewest times.
  public func timing(of rule: DoseRule) -> DoseTiming? {
    if rule.basis == .hour { return .perHour }
    if rule.basis == .day { return .total(.day) }
    if let every = rule.every { return .every(every.shortest) }
    if let times = rule.times { return .times(times.range.lowerBound, times.unit) }
    return nil
  }
}
