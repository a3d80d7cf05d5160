import Grammar
import Guideline
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

/// The advice for a patient, sorted as `recommend` shows it: by stance, the most relevant first, general statements under
/// the specific ones on the same therapy.
struct Advice {
  /// One line of advice: rules on the same subjects with the same stance and the same open conditions.
  struct Line {
    var rules: [Rule]
    let stance: Stance
    /// What it waits for, in words; empty when it applies.
    let condition: String
    /// Findings that decide.
    var dependsOn: [Int]
    /// A sentence that stands for rules which agree whatever a finding is.
    var agreement: String?
    /// More general statements on the same therapy, and those that only strengthen what applies already.
    var folded: [Rule] = []
  }

  /// A number that lies on a threshold where the text speaks of more and of less, but not of it.
  struct Threshold {
    let finding: Int
    /// Rules that would hold, or may hold, just above and just below.
    let above: [Rule]
    let below: [Rule]
  }

  let text: AdviceText
  let evaluation: Evaluation
  /// By stance; after the options, what the text recommends once chemotherapy is considered, which is no indication.
  private(set) var groups: [(stance: Stance, lines: [Line], choosesRegimen: Bool)] = []
  private(set) var depends: [Line] = []
  /// How many more rules depend on what isn't stated.
  private(set) var hidden = 0
  private(set) var thresholds: [Threshold] = []
  /// Remarks that hold and show even when no advice on their subject does.
  private(set) var standingAlone: [Rule] = []

  private var guideline: Guideline { text.guideline }

  init(_ text: AdviceText, _ evaluation: Evaluation, topic: String? = nil) {
    self.text = text
    self.evaluation = evaluation
    let rules = text.guideline.rules
    let known = evaluation.known
    let judged = evaluation.live.filter {
      !rules[$0.rule].isCompanion && !rules[$0.rule].isRemark && rules[$0.rule].isOn(topic)
    }.enumerated().map { (judgement: $0.element, relevance: relevance(rules[$0.element.rule]), offset: $0.offset) }
      .sorted { ($0.relevance, $0.offset) < ($1.relevance, $1.offset) }.map(\.judgement)
    var waiting = judged.filter { $0.status == .depends && !Self.waitsForOperation($0, text.guideline) }
    let agreements = agreements(among: waiting)
    let agreed = Set(agreements.flatMap { $0.rules.map(\.index) })
    waiting.removeAll { agreed.contains($0.rule) }
    for (stance, choosesRegimen) in Self.order {
      var lines = choosesRegimen ? [] : agreements.filter { $0.stance == stance }
      for judgement in judged {
        let rule = rules[judgement.rule]
        guard rule.stance == stance, Self.choosesRegimen(rule) == choosesRegimen,
          judgement.status == .applies || Self.waitsForOperation(judgement, text.guideline)
        else {
          continue
        }
        let condition = judgement.status == .applies ? "" : text.conditionally(rule, known)
        if let same = lines.firstIndex(where: {
          $0.agreement == nil && $0.condition == condition && $0.rules[0].subjects == rule.subjects
            && $0.rules[0].isBackground == rule.isBackground && $0.rules[0].reading == rule.reading
        }) {
          lines[same].rules.append(rule)
        } else {
          lines.append(Line(rules: [rule], stance: stance, condition: condition, dependsOn: judgement.dependsOn))
        }
      }
      if !lines.isEmpty { groups.append((stance, lines, choosesRegimen)) }
    }
    foldGeneral()
    waiting.removeAll { foldStrengthening($0) || isShownAsConflict($0) }
    let shown = waiting.filter { Self.isNear($0, rules[$0.rule], known) }
    hidden = waiting.count - shown.count
    for judgement in shown.enumerated().sorted(by: {
      ($0.element.dependsOn.count, $0.offset) < ($1.element.dependsOn.count, $1.offset)
    }).map(\.element) {
      let rule = rules[judgement.rule]
      let condition = text.conditionally(rule, known)
      if let same = depends.firstIndex(where: {
        $0.condition == condition && $0.rules[0].subjects == rule.subjects && $0.stance == rule.stance
      }) {
        depends[same].rules.append(rule)
      } else {
        depends.append(Line(rules: [rule], stance: rule.stance ?? .do, condition: condition, dependsOn: judgement.dependsOn))
      }
    }
    thresholds = silentThresholds(topic)
    standingAlone = rules.filter { $0.standsAlone && evaluation[$0.index].status == .applies && $0.isOn(topic) }
  }

  // MARK: Order

  private static let order: [(Stance, choosesRegimen: Bool)] = Stance.allCases.flatMap { stance in
    stance == .consider ? [(stance, false), (.do, true)] : [(stance, false)]
  }

  /// Whether it recommends a regimen for when chemotherapy is considered.
  private static func choosesRegimen(_ rule: Rule) -> Bool { rule.stance == .do && rule.topic == "chemotherapy" }

  /// Where a statement stands among others of its stance: 0 what names the syndrome, 1 what asks about the patient, 2 what
  /// holds for everyone, 3 the choice of a regimen, which is no indication.
  private func relevance(_ rule: Rule) -> Int {
    if rule.topic == "chemotherapy" { return 3 }
    let asked = rule.when.findings { _ in true }
    if asked.isEmpty { return 2 }
    guard let syndrome = guideline.vocabulary.finding(id: "syndrome") else { return 1 }
    return asked.contains(syndrome.index) ? 0 : 1
  }

  /// Lines that stand for rules which depend on one finding and agree whatever it is.
  private func agreements(among waiting: [Judgement]) -> [Line] {
    var lines: [Line] = []
    for judgement in waiting {
      guard judgement.dependsOn.count == 1, let finding = judgement.dependsOn.first else { continue }
      let rule = guideline.rules[judgement.rule]
      let partners = waiting.filter {
        let other = guideline.rules[$0.rule]
        return $0.dependsOn == [finding] && other.stance == rule.stance && other.subjects == rule.subjects
      }
      guard partners.count > 1, partners.first?.rule == judgement.rule,
        Self.agree(partners.map(\.rule), finding, evaluation.known, guideline)
      else { continue }
      let name = rule.subjects.compactMap { guideline.vocabulary.therapy(id: $0)?.name[text.language] }.joined(separator: ", ").capitalised
      let open = guideline.vocabulary.findings[finding].name[text.language]
      let said = rule.stance?.said[text.language] ?? ""
      lines.append(
        Line(
          rules: partners.map { guideline.rules[$0.rule] }, stance: rule.stance ?? .do, condition: "", dependsOn: [],
          agreement: Words("\(name): \(said) whatever \(open) is", "\(name): \(said), ό,τι κι αν ισχύει για το εύρημα «\(open)»")[text.language]))
    }
    return lines
  }

  /// Puts a general statement under a more specific one on the same therapy, or a member of the group it is about.
  private mutating func foldGeneral() {
    let positive: [Stance] = [.do, .consider]
    for group in groups.indices where positive.contains(groups[group].stance) {
      var kept: [Line] = []
      for line in groups[group].lines {
        if let host = host(of: line, before: group, kept) {
          if host.group == group {
            kept[host.line].folded += line.rules
          } else {
            groups[host.group].lines[host.line].folded += line.rules
          }
        } else {
          kept.append(line)
        }
      }
      groups[group].lines = kept
    }
    groups.removeAll { $0.lines.isEmpty }
  }

  private func host(of line: Line, before group: Int, _ kept: [Line]) -> (group: Int, line: Int)? {
    guard line.condition.isEmpty, line.agreement == nil, text.marks(line.rules[0]).isEmpty else { return nil }
    func takes(_ other: Line) -> Bool {
      guard other.condition.isEmpty, relevance(other.rules[0]) <= relevance(line.rules[0]) else { return false }
      return line.rules[0].subjects.allSatisfy { subject in
        other.rules[0].subjects.contains { $0 == subject || guideline.vocabulary.groups(above: $0).contains(subject) }
      }
    }
    for place in groups.indices where place < group && [.do, .consider].contains(groups[place].stance) {
      if let found = groups[place].lines.firstIndex(where: takes) { return (place, found) }
    }
    return kept.firstIndex(where: takes).map { (group, $0) }
  }

  /// Puts a statement that may hold under one that holds already and says the same of the same therapy.
  private mutating func foldStrengthening(_ judgement: Judgement) -> Bool {
    let rule = guideline.rules[judgement.rule]
    guard Self.isNear(judgement, rule, evaluation.known), text.marks(rule).isEmpty else { return false }
    for group in groups.indices where groups[group].stance == rule.stance {
      if let place = groups[group].lines.firstIndex(where: { $0.condition.isEmpty && $0.rules[0].subjects == rule.subjects }) {
        groups[group].lines[place].folded.append(rule)
        return true
      }
    }
    return false
  }

  private func isShownAsConflict(_ judgement: Judgement) -> Bool {
    let rule = guideline.rules[judgement.rule]
    return groups.contains { group in
      group.lines.contains { line in line.rules.contains { $0.conflicts.contains(rule.id) || rule.conflicts.contains($0.id) } }
    } && Self.isNear(judgement, rule, evaluation.known)
  }

  // MARK: What the text leaves open

  /// The numbers that lie exactly where the text speaks of more and of less, but not of them.
  private func silentThresholds(_ topic: String?) -> [Threshold] {
    let known = evaluation.known
    return guideline.vocabulary.findings.filter(\.isNumber).compactMap { finding in
      guard case .numbers(let interval) = known[finding.index], let value = interval.single else { return nil }
      let bearing = guideline.rules.filter { rule in
        !rule.isCompanion && !rule.isRemark && rule.isOn(topic)
          && rule.when.tests.contains { test in
            guard test.finding == finding.index, case .numbers(let allowed) = test.allowed else { return false }
            return allowed.lower == value || allowed.upper == value
          }
      }
      guard !bearing.isEmpty, let more = value.plus(Exact(millionths: 100_000)), let less = value.plus(Exact(millionths: -100_000)) else { return nil }
      func gained(_ value: Exact) -> [Rule] {
        let moved = known.replacing(finding.index, .numbers(Interval(value)))
        return bearing.filter {
          evaluation[$0.index].status == .absent && !evaluation[$0.index].isDone && guideline.status(of: $0.index, moved) != .absent
        }
      }
      let (above, below) = (gained(more), gained(less))
      return above.isEmpty || below.isEmpty ? nil : Threshold(finding: finding.index, above: above, below: below)
    }
  }

  /// Whether advice waits only for what is found at operation, or by histology after it.
  static func waitsForOperation(_ judgement: Judgement, _ guideline: Guideline) -> Bool {
    judgement.status == .depends && !judgement.dependsOn.isEmpty
      && judgement.dependsOn.allSatisfy {
        ["operation", "histology after operation"].contains(guideline.vocabulary.findings[$0].foundBy)
      }
  }

  /// Whether dependent advice is near enough to be shown: a condition of it holds, and at most two findings are open.
  static func isNear(_ judgement: Judgement, _ rule: Rule, _ known: Known) -> Bool {
    guard judgement.dependsOn.count <= 2 else { return false }
    switch rule.when {
    case .always: return true
    case .all(let parts): return parts.contains { known.truth($0) == .yes }
    default: return judgement.when == .yes
    }
  }

  /// Whether, for every value of a finding, at least one of the rules applies.
  private static func agree(_ rules: [Int], _ name: Int, _ known: Known, _ guideline: Guideline) -> Bool {
    let conditions = rules.map { guideline.rules[$0].when }
    let values = guideline.representatives(of: name, within: known[name], conditions)
    guard values.count > 1 else { return false }
    return values.allSatisfy { value in
      let replaced = known.replacing(name, value)
      return rules.contains { guideline.status(of: $0, replaced) == .applies }
    }
  }

  /// All lines in the order of their numbers.
  var lines: [Line] { groups.flatMap(\.lines) + depends }

  /// The findings that decide most of what is shown, with the numbers of the lines.
  var askNext: [(finding: Int, numbers: [Int])] {
    var found: [(finding: Int, numbers: [Int])] = []
    for (place, line) in lines.enumerated() {
      for finding in line.dependsOn {
        if let known = found.firstIndex(where: { $0.finding == finding }) {
          found[known].numbers.append(place + 1)
        } else {
          found.append((finding, [place + 1]))
        }
      }
    }
    return Array(
      found.enumerated().sorted { (-$0.element.numbers.count, $0.offset) < (-$1.element.numbers.count, $1.offset) }
        .prefix(3).map(\.element))
  }
}
