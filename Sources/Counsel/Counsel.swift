import Grammar
import Guideline
import Measures
import Patients
import Synchronization
import Vocabulary
import Wording

/// What the guideline's rules, each judged by itself, come to for one patient: where each therapy stands, what goes with it,
/// what was carried out, and in which order to read the answer. Every clinical evaluated that is no rule's own truth is made
/// here (semantics.md, section 10); commands and cases put it into words and marks. It is a class because it never changes and
/// is handed about a lot.
public final class Counsel: Sendable {
  public let guideline: Guideline
  /// The rules judged for the patient, on the state before any act that is asked about.
  public let evaluation: Evaluation
  /// Ids of therapies given or performed.
  public let given: Set<String>
  /// Ids of settings arranged and tests ordered.
  public let arranged: Set<String>
  /// The patient, where the whole log is known.
  public let patient: Patient?
  /// What the findings are to a judgement.
  let kinds: FindingKinds
  /// Whether anything was done of which advice may speak.
  let isAnythingDone: Bool
  /// For each statement how many of its tests are met, twice, and 1 more where one of them speaks of this disease; -1 where nobody asked yet.
  private let keptMet: Mutex<[Int32]>

  public convenience init(_ guideline: Guideline, _ patient: Patient) {
    self.init(guideline, guideline.inference.known(patient), given: patient.given, arranged: patient.arranged, patient: patient)
  }

  public init(_ guideline: Guideline, _ known: Known, given: Set<String> = [], arranged: Set<String> = [], patient: Patient? = nil) {
    self.guideline = guideline
    self.patient = patient
    self.given = given
    self.arranged = arranged
    evaluation = guideline.evaluate(known, given: given)
    kinds = guideline.kept { FindingKinds(guideline.vocabulary) }
    keptMet = Mutex(Array(repeating: -1, count: guideline.rules.count))
    isAnythingDone = !given.isEmpty || !arranged.isEmpty || evaluation.ruleEvaluations.contains { $0.isDone }
  }

  public var known: Known { evaluation.known }
  public var vocabulary: Vocabulary { guideline.vocabulary }

  public func rule(_ index: Int) -> Rule { guideline.rules[index] }
  public func status(_ rule: Int) -> Status { evaluation.ruleEvaluations[rule].status }

  /// A therapy and every group above it.
  public func near(_ therapy: String) -> Set<String> { Set([therapy] + vocabulary.groups(above: therapy)) }

  // MARK: Waiting for the operation

  /// Whether a finding is made at operation, or by histology after it.
  public func isFoundAtOperation(_ finding: Int) -> Bool { kinds.isFoundAtOperation[finding] }

  /// Whether a dependent statement waits only for what is found at operation, or by histology after it.
  public func waitsForOperation(_ rule: Int) -> Bool {
    guard status(rule) == .depends else { return false }
    let open = evaluation[rule].dependsOn
    return !open.isEmpty && open.allSatisfy(isFoundAtOperation)
  }

  /// Whether a statement stands already: it applies, or waits only for the operation itself.
  public func stands(_ rule: Int) -> Bool { status(rule) == .applies || waitsForOperation(rule) }

  /// The findings that a dependent statement waits for before the operation.
  public func openFindings(_ rule: Int) -> [Int] { evaluation[rule].dependsOn.filter { !isFoundAtOperation($0) } }

  /// Whether a dependent statement is near enough to be told of in a list that has bounds: a test of it is met, and at most two
  /// findings are open. A bound on what is shown, never on what is judged.
  public func isNear(_ rule: Int) -> Bool {
    status(rule) == .depends && evaluation[rule].dependsOn.count <= 2 && isMet(rule)
  }

  /// Whether one of a statement's tests is met by what is known.
  public func isMet(_ rule: Int) -> Bool { met(rule).tests > 0 }

  /// How many of a statement's tests are met by what is known, and whether one of them speaks of this patient's disease.
  func met(_ rule: Int) -> (tests: Int, counted: Bool) {
    let kept = keptMet.withLock { kept in
      if kept[rule] < 0 {
        let met = guideline.rules[rule].when.met(known, counts: isOwn)
        kept[rule] = Int32(met.tests * 2 + (met.counted ? 1 : 0))
      }
      return kept[rule]
    }
    return (Int(kept >> 1), kept & 1 == 1)
  }

  /// Drugs on a statement's therapies that were stopped for progression, with the day: not offered again without that being said.
  public func stoppedForProgression(_ rule: Int) throws(Diagnostic) -> [(therapy: String, day: Int)] {
    guard let patient, isAnythingDone else { return [] }
    let stopped = try guideline.course.stoppedForProgression(patient)
    return stopped.sorted { $0.key < $1.key }.filter { entry in
      guideline.rules[rule].subjects.contains { vocabulary.related($0, entry.key) }
    }.map { ($0.key, $0.value) }
  }

  // MARK: Two readings

  /// Whether the text doesn't say that the advice holds: what it would remove is stated not to be removable.
  public func isNotSaid(_ rule: Int) -> Bool {
    guard let condition = guideline.rules[rule].notSaid else { return false }
    return known.truth(condition) == .yes
  }

  /// Whether advice speaks against its subject.
  public func isAgainst(_ rule: Int) -> Bool {
    let stance = guideline.rules[rule].stance
    return stance == .avoid || stance == .caution
  }
}

/// What each finding is to a judgement, worked out once for a vocabulary.
struct FindingKinds: Sendable {
  /// Groups of findings that speak of this patient's disease.
  private static let ownGroups: Set<String> = ["tumour", "spread", "liver", "course", "receptors", "symptoms", "treatment"]

  /// Whether it speaks of this patient's disease.
  let isOwn: [Bool]
  /// Whether it is made at operation, or by histology after it.
  let isFoundAtOperation: [Bool]

  init(_ vocabulary: Vocabulary) {
    isOwn = vocabulary.findings.map { Self.ownGroups.contains($0.group) || $0.id == "men1" }
    isFoundAtOperation = vocabulary.findings.map { ["operation", "histology after operation"].contains($0.foundBy) }
  }
}
