import Grammar
import Measures
import Patients
import Vocabulary

/// Thresholds where neither side holds: the text, or a scale of the vocabulary, speaks of more and of less.
extension Auditor {
  mutating func findSilences() {
    for finding in guideline.vocabulary.findings where finding.isNumber {
      silences(of: finding)
      for scale in guideline.vocabulary.scales where scale.from == finding.index { gaps(in: scale) }
    }
  }

  private mutating func gaps(in scale: Scale) {
    for (low, high) in zip(scale.steps, scale.steps.dropFirst()) {
      let between = Interval(
        lower: low.interval.upper, lowerClosed: !low.interval.upperClosed, upper: high.interval.lower, upperClosed: !high.interval.lowerClosed)
      guard !between.isEmpty, let value = between.sample() else { continue }
      let stated: [Int: Possible] = [scale.from: .numbers(Interval(value))]
      guard guideline.inference.known(stated).isOpen(scale.finding) else { continue }
      audit.silences.append(
        .init(finding: scale.from, numbers: between, above: [], below: [], graded: scale.finding, witness: .init(stated: stated)))
    }
  }

  private mutating func silences(of finding: Finding) {
    let place = finding.index
    let bearing = advice.filter { $0.when.tests.contains { $0.finding == place } }
    let intervals = bearing.flatMap { $0.when.tests }.compactMap { test -> Interval? in
      if test.finding == place, case .numbers(let interval) = test.allowed { interval } else { nil }
    }
    let cells = finding.range.cells(cutBy: intervals)
    guard cells.count > 2 else { return }
    for index in 1..<cells.count - 1 {
      let samples = [cells[index - 1], cells[index], cells[index + 1]].map { $0.sample(isWhole: finding.unit == .count) }
      guard let below = samples[0], let here = samples[1], let above = samples[2] else { continue }
      if let silence = silence(finding, cells[index], below, here, above, bearing) { audit.silences.append(silence) }
    }
  }

  /// The first patient for whom one rule holds just above and another just below, and none here that asks about the number.
  private mutating func silence(
    _ finding: Finding, _ numbers: Interval, _ below: Exact, _ here: Exact, _ above: Exact, _ bearing: [Rule]
  ) -> Audit.Silence? {
    func holds(_ rule: Rule, _ value: Exact) -> Truth {
      rule.when.setting(finding.index, to: value).truth { Possible.all(of: guideline.vocabulary.findings[$0]) }
    }
    func can(_ rule: Rule, _ value: Exact) -> Bool { holds(rule, value) != .no }
    func status(_ rule: Rule, _ known: Known, _ value: Exact) -> Status {
      guideline.status(of: rule.index, known.replacing(finding.index, .numbers(Interval(value))))
    }
    for first in bearing where can(first, above) && !can(first, here) {
      for second in bearing where second.index != first.index && can(second, below) && !can(second, here) {
        let wants =
          own(first, finding.index, above) + own(second, finding.index, below)
          + [.init(condition: .test(Test(finding: finding.index, allowed: .numbers(Interval(here)))), holds: true)]
        let answer = patients.search.patient(wants) { known in
          status(first, known, above) == .applies && status(second, known, below) == .applies
            && bearing.allSatisfy { status($0, known, here) == .absent }
        }
        switch answer {
        case .none: continue
        case .undecided: audit.undecided.append(.threshold(finding.index))
        case .found(let stated):
          let known = guideline.inference.known(stated)
          return .init(
            finding: finding.index, numbers: numbers, above: bearing.filter { status($0, known, above) != .absent }.map(\.index),
            below: bearing.filter { status($0, known, below) != .absent }.map(\.index), graded: nil, witness: .init(stated: stated))
        }
      }
    }
    return nil
  }

  /// What a rule asks, with one number known.
  private func own(_ rule: Rule, _ finding: Int, _ value: Exact) -> [WitnessSearch.Want] {
    patients.own(rule).map { .init(condition: $0.condition.setting(finding, to: value), holds: $0.holds) }
  }
}

extension Condition {
  /// The condition with the tests of one number answered.
  func setting(_ finding: Int, to value: Exact) -> Condition {
    switch self {
    case .always: .always
    case .test(let test):
      if test.finding == finding, case .numbers(let interval) = test.allowed {
        interval.contains(value) ? .always : .not(.always)
      } else {
        self
      }
    case .defined(let name, let inner): .defined(name, inner.setting(finding, to: value))
    case .not(let inner): .not(inner.setting(finding, to: value))
    case .all(let parts): .all(parts.map { $0.setting(finding, to: value) })
    case .any(let parts): .any(parts.map { $0.setting(finding, to: value) })
    case .atLeast(let needed, let parts): .atLeast(needed, parts.map { $0.setting(finding, to: value) })
    }
  }
}
