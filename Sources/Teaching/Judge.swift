import Grammar
import Guideline
import Patients
import Vocabulary
import Wording

/// Where a decision stands.
public enum Mark: String, Sendable, CaseIterable {
  case recommended, acceptable, premature, against
  /// The text says nothing on it: it gets no mark.
  case notCovered = "not-covered"
  /// The dose was refused.
  case refused

  public var name: Words {
    switch self {
    case .recommended: Words("recommended", "συνιστάται")
    case .acceptable: Words("acceptable", "αποδεκτή")
    case .premature: Words("premature", "πρόωρη")
    case .against: Words("against the text", "αντίθετη με το κείμενο")
    case .notCovered: Words("not covered by the text", "δεν αναφέρεται στο κείμενο")
    case .refused: Words("dose refused", "δόση που δεν έγινε δεκτή")
    }
  }

  /// Whether the decision's advice applied when it was taken.
  public var isJustified: Bool { self == .recommended || self == .acceptable }
}

/// What the guideline says of one therapy for one patient at one moment: the rule that leads, and its stance.
struct Standing: Hashable {
  /// The rule that leads; nil where the text says nothing.
  let rule: Int?
  /// Nil where the text says nothing.
  let stance: Stance?
  let status: Status

  static let silent = Standing(rule: nil, stance: nil, status: .absent)
}

/// Judges decisions by the guideline's rules.
struct Judge {
  let guideline: Guideline

  private var vocabulary: Vocabulary { guideline.vocabulary }

  /// From the most negative on: where the text says several things, the most negative leads.
  private static let negativity: [Stance] = [.avoid, .caution, .investigational, .disputed, .consider, .do, .alongside]

  func near(_ therapy: String) -> Set<String> { Set([therapy] + vocabulary.groups(above: therapy)) }

  func known(_ patient: Patient) -> Known { guideline.inference.known(patient) }

  /// What leads on a therapy or a group above it: what applies, the most negative first; else what depends, and of that what
  /// may advise against it, then what is said of the therapy itself, then what is said of a group.
  func standing(of therapy: String, _ known: Known, given: Set<String>) -> Standing {
    let near = near(therapy)
    var best: (order: Int, standing: Standing)?
    for rule in guideline.rules where !rule.isRemark && !rule.isCompanion && rule.subjects.contains(where: near.contains) {
      guard let stance = rule.stance else { continue }
      var status = guideline.status(of: rule.index, known, given: given)
      if status == .depends, waitsForOperation(rule, known) { status = .applies }
      guard status != .absent else { continue }
      let isOfGroup = status == .depends && stance != .avoid && !rule.subjects.contains(therapy)
      let order = (status == .applies ? 0 : 10) + (isOfGroup ? 10 : 0) + (Self.negativity.firstIndex(of: stance) ?? 9)
      if order < best?.order ?? 100 { best = (order, Standing(rule: rule.index, stance: stance, status: status)) }
    }
    return best?.standing ?? .silent
  }

  /// Whether a rule waits only for what is found at operation, or by histology after it.
  private func waitsForOperation(_ rule: Rule, _ known: Known) -> Bool {
    let conditions = [rule.when] + guideline.exceptions[rule.index]
    let open = conditions.flatMap(\.tests).filter { known[$0.finding].satisfies($0.allowed) == .unknown }
    return !open.isEmpty
      && open.allSatisfy { ["operation", "histology after operation"].contains(vocabulary.findings[$0.finding].foundBy) }
  }

  /// The mark of a decision by where its therapy stood. `arranged` holds the settings arranged by then; `isAccompanied`
  /// whether what must or should go with it was seen to.
  func mark(_ standing: Standing, arranged: Set<String>, isAccompanied: Bool) -> Mark {
    guard let stance = standing.stance else { return .notCovered }
    guard standing.status == .applies else { return .premature }
    switch stance {
    case .do: return .recommended
    case .consider: return .acceptable
    case .disputed: return arranged.contains("mdt") ? .acceptable : .premature
    case .investigational: return arranged.contains("clinical-trial") ? .acceptable : .premature
    case .caution: return isAccompanied ? .acceptable : .against
    case .avoid: return .against
    case .alongside: return .acceptable
    }
  }

  /// What goes with a therapy and may be forgotten: must and should of prophylaxis, setting and check that apply, and that
  /// a learner can carry out.
  func companions(of therapy: String, _ known: Known, given: Set<String>) -> [Rule] {
    let near = near(therapy)
    let evaluation = guideline.evaluate(known, given: given.union([therapy]))
    return evaluation.live.compactMap { judgement -> Rule? in
      let rule = guideline.rules[judgement.rule]
      guard rule.isCompanion, !rule.isRemark, judgement.status == .applies, [.must, .should].contains(rule.strength),
        [.prophylaxis, .setting, .check].contains(rule.role)
      else { return nil }
      let belongs = rule.with.contains { name in
        near.contains(name) || guideline.rule(id: name)?.subjects.contains(where: near.contains) ?? false
      }
      return belongs && rule.subjects.contains { !near.contains($0) } ? rule : nil
    }
  }

  /// Whether one of a rule's subjects was given, performed, arranged or ordered; with `beside` subjects of that therapy don't
  /// count.
  func isCarriedOut(_ rule: Rule, by patient: Patient, beside therapy: String? = nil) -> Bool {
    let near = therapy.map { self.near($0) } ?? []
    let had = patient.given.union(patient.arranged)
    return rule.subjects.contains { subject in
      !near.contains(subject) && had.contains { $0 == subject || vocabulary.groups(above: $0).contains(subject) }
    }
  }

  /// The recommendations that apply to a patient.
  func recommendations(_ patient: Patient) -> [Rule] {
    let evaluation = guideline.evaluate(known(patient), given: patient.given)
    return evaluation.live.compactMap { judgement in
      let rule = guideline.rules[judgement.rule]
      return rule.stance == .do && !rule.isCompanion && judgement.status == .applies ? rule : nil
    }
  }
}
