import Grammar
import Measures
import Patients
import Vocabulary
import Wording

/// A stretch of days after a treatment in which the text expects something: a nadir, a syndrome, the next cycle.
public struct Window: Sendable {
  public enum Kind: String, Sendable {
    /// When an adverse effect is greatest or begins.
    case onset
    /// How long an adverse effect usually lasts.
    case lasts
    /// When the next cycle falls, by the text's interval.
    case cycle
  }

  public let kind: Kind
  public let therapy: String
  /// The chapter block that says so.
  public let entry: String
  public let words: Words
  public let paragraphs: [String]
  /// The day of the treatment and the days of the window, both included.
  public let given: Int
  public let from: Int
  public let to: Int
}

/// A drug given at intervals: what has fallen due since it was last given.
public struct InjectionSchedule: Sendable {
  public let regimen: Regimen
  public let interval: TimeSpan
  public let last: Int
  /// Days that passed without it.
  public let missed: [Int]
  /// The next day it is due: today or later.
  public let next: Int
}

/// A yearly relative fall that the text gives for a group of patients.
public struct YearlyFall: Sendable {
  public let entry: String
  public let finding: Int
  /// In per cent of the value a year before.
  public let percent: Exact
  public let when: Condition
  public let words: Words
  public let paragraphs: [String]
  public let errata: [String]

  /// A baseline after whole years, rounded to one decimal: the text's group figure carried forward, nobody's forecast.
  public func projected(_ baseline: Exact, years: Int) -> Exact {
    var value = baseline.millionths
    let kept = 100_000_000 - percent.millionths
    for _ in 0..<min(max(0, years), 100) { value = (value * (kept / 1000) + 50_000) / 100_000 }
    return Exact(millionths: (value + 50_000) / 100_000 * 100_000)
  }
}

extension Guideline {
  /// The windows that follow each time a therapy was given or performed.
  public func windows(of patient: Patient) throws(Diagnostic) -> [Window] {
    var found: [Window] = []
    for event in patient.events {
      switch event.kind {
      case .given(let regimen): found += try windows(after: regimen.therapy, on: event.day, patient)
      case .performed(let id): found += try windows(after: id, on: event.day, patient)
      default: break
      }
    }
    // Of the next cycle only the last counts: a cycle given since has settled the ones before.
    return found.filter { $0.kind != .cycle || patient.days(of: $0.therapy).last == $0.given }
      .sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }

  /// The windows that follow a therapy on a day.
  public func windows(after therapy: String, on day: Int, _ patient: Patient) throws(Diagnostic) -> [Window] {
    var found: [Window] = []
    let date = patient.date(of: day)
    for effect in try adverseEffects(of: therapy) {
      func add(_ kind: Window.Kind, _ from: Int, _ to: Int) {
        found.append(
          Window(
            kind: kind, therapy: therapy, entry: effect.id, words: effect.title, paragraphs: effect.paragraphs, given: day, from: from, to: to))
      }
      if let (low, high) = effect.onset?.spans { add(.onset, patient.day(of: date.after(low)), patient.day(of: date.after(high))) }
      if let (_, high) = effect.lasts?.spans { add(.lasts, day, patient.day(of: date.after(high))) }
    }
    if vocabulary.therapy(id: therapy)?.kind == .radionuclide {
      for rule in try formulary.rules(for: therapy) {
        guard let every = rule.every else { continue }
        found.append(
          Window(
            kind: .cycle, therapy: therapy, entry: rule.id, words: rule.words, paragraphs: rule.paragraphs, given: day,
            from: patient.day(of: date.after(every.shortest)), to: patient.day(of: date.after(every.longest))))
      }
    }
    return found
  }

  /// What falls due: the drugs given at intervals of a week or more that the patient is on.
  public func injections(_ patient: Patient) -> [InjectionSchedule] {
    patient.current.values.sorted { $0.therapy < $1.therapy }.compactMap { regimen in
      guard let interval = regimen.dose.timing?.interval, let last = patient.days(of: regimen.therapy).last else { return nil }
      var missed: [Int] = []
      var turn = 1
      while turn < 6000, let span = TimeSpan(interval.count * turn, interval.unit) {
        let due = patient.day(of: patient.date(of: last).after(span))
        if due >= patient.day { return InjectionSchedule(regimen: regimen, interval: interval, last: last, missed: missed, next: due) }
        missed.append(due)
        turn += 1
      }
      return nil
    }
  }

  /// Every day of a patient's log on which a drug given at intervals was due and not recorded as given, until it was
  /// given again, stopped, or today.
  public func missedDays(of therapy: String, _ patient: Patient) -> [Int] {
    var missed: [Int] = []
    var running: (interval: TimeSpan, last: Int)?
    func pass(to day: Int) {
      guard let (interval, last) = running else { return }
      var turn = 1
      while turn < 6000, let span = TimeSpan(interval.count * turn, interval.unit) {
        let due = patient.day(of: patient.date(of: last).after(span))
        if due >= day { return }
        missed.append(due)
        turn += 1
      }
    }
    for event in patient.events where event.subject == therapy {
      switch event.kind {
      case .given(let regimen):
        pass(to: event.day)
        running = regimen.continues ? regimen.dose.timing?.interval.map { ($0, event.day) } : nil
      case .stopped:
        pass(to: event.day)
        running = nil
      default: break
      }
    }
    pass(to: patient.day)
    return missed
  }

  /// The yearly falls that the text gives for a therapy.
  public func yearlyFalls(_ therapy: String) throws(Diagnostic) -> [YearlyFall] {
    try adverseEffects(of: therapy).compactMap { effect in
      guard let (finding, percent) = effect.falls else { return nil }
      return YearlyFall(
        entry: effect.id, finding: finding, percent: percent, when: effect.when, words: effect.title, paragraphs: effect.paragraphs,
        errata: effect.errata)
    }
  }
}
