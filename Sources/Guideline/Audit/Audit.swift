import Grammar
import Measures
import Patients
import Vocabulary

/// What the guideline leaves open or says twice, over all patients that the vocabulary can describe, unknown findings
/// included.
///
/// Nothing is sampled: conditions are turned into alternatives of possible values, and each alternative is tried. Where there
/// are too many alternatives to try, `undecided` names the question.
public struct Audit: Sendable {
  /// A patient who shows something, by what is stated and given.
  public struct Witness: Sendable, Hashable {
    public let stated: [Int: Possible]
    public let given: Set<String>

    public init(stated: [Int: Possible], given: Set<String> = []) {
      self.stated = stated
      self.given = given
    }
  }

  /// Presentations for which every statement of a topic that asks about the patient is silent.
  public struct Gap: Sendable {
    /// Nil: the whole guideline.
    public let topic: String?
    /// What is known of such a patient: the widest description, each finding with the values that it may have.
    public let presentation: [Int: Possible]
    public let witness: Witness
  }

  /// Numbers of which neither side of a threshold speaks.
  public struct Silence: Sendable {
    public let finding: Int
    public let numbers: Interval
    /// Rules that hold just above and just below, for the witness; empty where a scale of the vocabulary is silent.
    public let above: [Int]
    public let below: [Int]
    /// The finding that a scale leaves open here (background); nil for rules.
    public let graded: Int?
    public let witness: Witness
  }

  /// Two rules that contradict each other.
  public struct Contradiction: Sendable {
    public let first: Int
    public let second: Int
    public let witness: Witness
  }

  /// A rule that applies to no patient.
  public struct Idle: Sendable {
    public let rule: Int
    /// The rules one of which takes it away whenever its condition holds; empty when the condition itself never holds.
    public let overriding: [Int]
    /// A patient for whom its condition holds; nil when there is none.
    public let witness: Witness?
  }

  /// A question that has too many alternatives to try them all.
  public enum Undecided: Sendable, Hashable {
    case applies(Int)
    case contradict(Int, Int)
    case gaps(String?)
    case threshold(Int)
  }

  public internal(set) var gaps: [Gap] = []
  /// Topics, nil being the whole guideline, in which no presentation is left out: shown, not assumed.
  public internal(set) var covered: [String?] = []
  public internal(set) var silences: [Silence] = []
  public internal(set) var contradictions: [Contradiction] = []
  public internal(set) var idle: [Idle] = []
  public internal(set) var undecided: [Undecided] = []
  /// Pairs of rules that contradict each other for some patient and say so.
  public internal(set) var declared = 0
  /// The rules audited, and the groups of them that share findings.
  public internal(set) var rules = 0
  public internal(set) var groups = 0
  /// The values and ranges that the conditions tell apart, over all findings that they ask about.
  public internal(set) var distinctions = 0

  /// Whether something is wrong with the chapters, rather than left open by the text.
  public var hasFault: Bool { !contradictions.isEmpty || !idle.isEmpty }

  /// Everything that has a witness, in the order of the report: contradictions, idle rules, silences, gaps.
  public var witnesses: [Witness] {
    contradictions.map(\.witness) + idle.compactMap(\.witness) + silences.map(\.witness) + gaps.map(\.witness)
  }
}

extension Guideline {
  /// Audits the whole guideline.
  public func audit() -> Audit {
    var auditor = Auditor(self)
    auditor.run()
    return auditor.audit
  }
}

/// Makes an audit; each part is an extension.
struct Auditor {
  let guideline: Guideline
  let patients: RuleWitnesses
  var audit = Audit()

  init(_ guideline: Guideline) {
    self.guideline = guideline
    patients = RuleWitnesses(guideline)
  }

  /// Advice that stands on its own and asks about the patient: neither companions and remarks, nor what holds for everyone.
  var advice: [Rule] { guideline.rules.filter { !$0.isCompanion && !$0.isRemark && $0.when != .always } }

  mutating func run() {
    count()
    findIdle()
    findContradictions()
    findSilences()
    findGaps()
  }

  private mutating func count() {
    audit.rules = guideline.rules.count
    var groups: [Set<Int>] = []
    for rule in guideline.rules {
      let findings = Set(guideline.conditions(bearingOn: rule.index).flatMap(\.tests).map(\.finding))
      if findings.isEmpty { continue }
      let touching = groups.filter { !$0.isDisjoint(with: findings) }
      groups.removeAll { !$0.isDisjoint(with: findings) }
      groups.append(touching.reduce(findings) { $0.union($1) })
    }
    audit.groups = groups.count
    let conditions = guideline.rules.map(\.when)
    let known = guideline.inference.known([Int: Possible]())
    var cells = FlipCells(guideline, known, conditions)
    for finding in groups.joined() { audit.distinctions += cells.cells(of: finding).count }
  }

  private mutating func findIdle() {
    for rule in guideline.rules {
      switch patients.applying(rule) {
      case .found: continue
      case .undecided: audit.undecided.append(.applies(rule.index))
      case .none:
        let overriding = guideline.above[rule.index]
        if case .found(let stated) = patients.search.patient([.init(condition: rule.when, holds: true)], where: { _ in true }), !overriding.isEmpty {
          audit.idle.append(.init(rule: rule.index, overriding: overriding, witness: .init(stated: stated)))
        } else {
          audit.idle.append(.init(rule: rule.index, overriding: [], witness: nil))
        }
      }
    }
  }

  private mutating func findContradictions() {
    for pair in patients.contradicting {
      switch patients.together(pair.first, pair.second) {
      case .none: continue
      case .undecided: audit.undecided.append(.contradict(pair.first.index, pair.second.index))
      case .found(let stated):
        if pair.isDeclared {
          audit.declared += 1
        } else {
          audit.contradictions.append(
            .init(first: pair.first.index, second: pair.second.index, witness: .init(stated: stated, given: patients.given(pair.first, pair.second, stated))))
        }
      }
    }
  }
}
