import Grammar
import Guideline
import Measures
import Patients
import Vocabulary

/// Writes the guideline as a circuit over columns: what is derived, what contradicts, and where each rule stands.
struct Compiler {
  private let guideline: Guideline
  private let columns: Columns
  private(set) var circuit = Circuit()
  /// Who has a finding stated, and for each value who may have it.
  private var stated: [Literal]
  private var possible: [[Literal]]

  /// Patients whose findings contradict each other.
  private(set) var refused = Literal.no
  /// Patients of whom something stated is read as something else.
  private(set) var readOver = Literal.no
  /// Each rule's own advice, before a companion looks for what it accompanies.
  private(set) var advice: [Rails] = []
  private(set) var statuses: [Rails] = []

  init(_ guideline: Guideline, _ columns: Columns, assuming: Bool) {
    self.guideline = guideline
    self.columns = columns
    stated = columns.columns.map { _ in .no }
    possible = columns.columns.map { _ in [] }
    for (finding, column) in columns.columns.enumerated() {
      guard let column else { continue }
      let known = circuit.plane(column.stated)
      stated[finding] = known
      possible[finding] = (0..<column.values).map { circuit.any([!known, circuit.plane(column.plane($0))]) }
    }
    let before = (stated, possible)
    infer()
    if assuming {
      let assumed = absent()
      (stated, possible) = before
      for (finding, value, who) in assumed { state(finding, value, for: who) }
      infer()
    }
    refuse()
    judge()
  }

  /// What may still be of every value, findings in order, after inference.
  var possibilities: [Literal] { possible.flatMap { $0 } }

  /// For each value of a finding who is known to have just that.
  mutating func settled(_ finding: Int) -> [Literal] {
    let second = circuit.atLeast(2, possible[finding])
    return possible[finding].map { circuit.all([$0, !second]) }
  }

  /// Where a finding's values stand in `possibilities`.
  var offsets: [Range<Int>] {
    var next = 0
    return possible.map {
      next += $0.count
      return next - $0.count..<next
    }
  }

  // MARK: Conditions

  private mutating func rails(_ test: Test) -> Rails {
    let values = possible[test.finding]
    let allowed = Set(columns.values(of: test.finding, in: test.allowed))
    let inside = values.indices.filter(allowed.contains)
    let outside = values.indices.filter { !allowed.contains($0) }
    let certain: Literal
    if inside.count == 1, outside.count > 2 {
      // One value, and no second: shared by every test on the finding.
      certain = circuit.all([values[inside[0]], !circuit.atLeast(2, values)])
    } else {
      certain = circuit.all(outside.map { !values[$0] })
    }
    return Rails(certain: certain, possible: circuit.any(inside.map { values[$0] }))
  }

  private mutating func rails(_ condition: Condition) -> Rails {
    switch condition {
    case .always: return .yes
    case .test(let test): return rails(test)
    case .defined(_, let inner): return rails(inner)
    case .not(let inner): return !rails(inner)
    case .all(let parts): return circuit.all(parts.map { rails($0) })
    case .any(let parts): return circuit.any(parts.map { rails($0) })
    case .atLeast(let needed, let parts):
      let parts = parts.map { rails($0) }
      return Rails(
        certain: circuit.atLeast(needed, parts.map(\.certain)), possible: circuit.atLeast(needed, parts.map(\.possible)))
    }
  }

  // MARK: Inference

  /// Sets a finding to one value for some patients, in whom that value was possible.
  private mutating func derive(_ finding: Int, _ value: Int, for who: Literal) {
    for other in possible[finding].indices {
      possible[finding][other] =
        other == value ? circuit.any([possible[finding][other], who]) : circuit.all([possible[finding][other], !who])
    }
  }

  private mutating func state(_ finding: Int, _ value: Int, for who: Literal) {
    derive(finding, value, for: who)
    stated[finding] = circuit.any([stated[finding], who])
  }

  private mutating func infer() {
    readOver = .no
    for finding in guideline.inference.scaledFindings {
      var atLeast: [(low: Literal, high: Literal)] = []
      let scales = guideline.vocabulary.scales.filter { $0.finding == finding }
      let steps = scales.map(\.steps.count).max() ?? 0
      for place in 0...steps {
        var low: [Literal] = []
        var high: [Literal] = []
        for scale in scales {
          guard let column = columns.columns[scale.from] else { continue }
          let values = possible[scale.from]
          var below: [Literal] = []
          var reaching: [Literal] = []
          for value in 0..<column.values {
            let hull = scale.hull(of: columns.numbers(of: scale.from, value))
            if hull.lowerBound < place { below.append(values[value]) }
            if hull.upperBound >= place { reaching.append(values[value]) }
          }
          low.append(circuit.all([stated[scale.from]] + below.map { !$0 }))
          high.append(circuit.all([stated[scale.from], circuit.any(reaching)]))
        }
        atLeast.append((circuit.any(low), circuit.any(high)))
      }
      for place in 0..<steps {
        let who = circuit.all([
          !stated[finding], atLeast[place].low, !atLeast[place + 1].low, atLeast[place].high, !atLeast[place + 1].high,
        ])
        derive(finding, scales[0].steps[place].value, for: who)
      }
    }
    for consequence in guideline.inference.derivations {
      let (rule, when, from) = (consequence.rule, consequence.when, consequence.from)
      // What is stated in part may still be settled, within what is possible.
      var who = [rails(when).certain]
      if let unless = rule.unless { who.append(!stated[unless]) }
      if rule.stated { who += from.map { stated[$0] } }
      let values = possible[rule.finding]
      var derives = circuit.all(who + [circuit.atLeast(2, values), values[rule.value]])
      if let over = rule.over {
        let reads = circuit.all(who + [values[over], !values[rule.value]])
        readOver = circuit.any([readOver, reads])
        derives = circuit.any([derives, reads])
      }
      derive(rule.finding, rule.value, for: derives)
    }
  }

  /// What `assume absent` sets, and for whom.
  private mutating func absent() -> [(finding: Int, value: Int, who: Literal)] {
    let vocabulary = guideline.vocabulary
    var metastatic = Literal.no
    if let stage = vocabulary.finding(id: "stage"), let place = stage.place(of: "metastatic") {
      metastatic = rails(Test(finding: stage.index, allowed: .values(1 << UInt32(place)))).certain
    }
    let assuming = circuit.plane(columns.assumesAbsent)
    return vocabulary.findings.compactMap { finding in
      guard vocabulary.absentGroups.contains(finding.group) || vocabulary.absentFindings.contains(finding.index),
        let value = finding.absent
      else { return nil }
      var who = [assuming, !stated[finding.index], circuit.atLeast(2, possible[finding.index])]
      if vocabulary.sparedInMetastatic.contains(finding.index) { who.append(!metastatic) }
      return (finding.index, value, circuit.all(who))
    }
  }

  private mutating func refuse() {
    var pairs: [Literal] = []
    for (first, second, needsStated) in guideline.inference.contradictions {
      var both = [rails(first).certain, rails(second).certain]
      if needsStated { both += first.tests.map { stated[$0.finding] } }
      pairs.append(circuit.all(both))
    }
    refused = circuit.any(pairs)
  }

  // MARK: Rules

  private mutating func judge() {
    let rules = guideline.rules
    let whens = rules.map { rails($0.when) }
    advice = rules.map { rule in
      var parts = [whens[rule.index]] + guideline.above[rule.index].map { !whens[$0] }
      if let unless = rule.unless { parts.append(!rails(unless)) }
      if let until = rule.until {
        let done = rails(until).certain
        parts.append(Rails(certain: !done, possible: !done))
      }
      return circuit.all(parts)
    }
    statuses = rules.map { rule in
      guard rule.isCompanion else { return advice[rule.index] }
      return circuit.all([advice[rule.index], circuit.any(guideline.targets[rule.index].map { advice[$0] })])
    }
  }
}
