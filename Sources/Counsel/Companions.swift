import Guideline
import Patients
import Vocabulary
import Wording

/// Something that goes with a therapy.
public struct Companion: Sendable {
  public let rule: Int
  /// Whether it applies or depends, once the therapy is done.
  public let status: Status
  /// Whether it was given, performed or arranged; nil where that can't be said.
  public let isDone: Bool?
}

extension Rule {
  /// Whether it is a companion that treatment can forget: prophylaxis, a setting or a check that the text says must or should be.
  public var canBeForgotten: Bool {
    guard let role, let strength else { return false }
    return [.prophylaxis, .setting, .check].contains(role) && strength != .may
  }
}

extension Counsel {
  /// What goes with a therapy once it is done, cautions first. `had` is the patient by whom it is looked for what was seen to.
  public func companions(of therapy: String, had patient: Patient) -> [Companion] {
    let near = near(therapy)
    let accompanied = given.contains(therapy) ? evaluation : guideline.evaluate(known, given: given.union([therapy]))
    let found = accompanied.live.filter { evaluated in
      let rule = guideline.rules[evaluated.rule]
      return rule.isCompanion && !rule.isRemark && goes(rule, with: near)
    }
    return (found.filter { isAgainst($0.rule) } + found.filter { !isAgainst($0.rule) }).map {
      Companion(rule: $0.rule, status: $0.status, isDone: isSeenTo(guideline.rules[$0.rule], patient, beside: near))
    }
  }

  /// What the text asks for at such an operation beside its companions: the gallbladder, where an analogue is given or planned.
  /// The operation is as if it had been planned.
  public func askedFor(at therapy: String, had patient: Patient) throws(Diagnostic) -> [Companion] {
    let (known, meant) = try guideline.course.known(at: .perform, therapy, known)
    guard !meant.isEmpty else { return [] }
    let near = near(therapy)
    return guideline.evaluate(known, given: given).live.filter { evaluated in
      let rule = guideline.rules[evaluated.rule]
      return !rule.isCompanion && (rule.stance == .do || rule.stance == .alongside) && !rule.subjects.contains(where: near.contains)
        && rule.when.hasTest { meant.contains($0.finding) }
    }.map { Companion(rule: $0.rule, status: $0.status, isDone: isSeenTo(guideline.rules[$0.rule], patient, beside: near)) }
  }

  private func goes(_ companion: Rule, with near: Set<String>) -> Bool {
    companion.with.contains { near.contains($0) || guideline.rule(id: $0)?.subjects.contains(where: near.contains) ?? false }
  }

  /// What must or should go with a therapy, applies, and can be carried out and so be forgotten.
  public func forgettable(with therapy: String) -> [Rule] {
    let near = near(therapy)
    let accompanied = given.contains(therapy) ? evaluation : guideline.evaluate(known, given: given.union([therapy]))
    return accompanied.live.compactMap { evaluated -> Rule? in
      let rule = guideline.rules[evaluated.rule]
      guard rule.isCompanion, !rule.isRemark, rule.canBeForgotten, evaluated.status == .applies, evaluated.ifChosen.isEmpty else { return nil }
      return goes(rule, with: near) && rule.subjects.contains { !near.contains($0) } ? rule : nil
    }
  }

  /// What must or should go with the advice that applies and was not carried out, of any therapy.
  public var forgotten: [Int] {
    let had = given.union(arranged)
    return evaluation.live.filter { evaluated in
      let rule = guideline.rules[evaluated.rule]
      guard evaluated.status == .applies, rule.isCompanion, rule.canBeForgotten, evaluated.ifChosen.isEmpty else { return false }
      // A check of the advised therapy itself can't be ticked off.
      let accompanied = Set(evaluated.accompanies.flatMap { guideline.rules[$0].subjects } + rule.with)
      let others = rule.subjects.filter { !accompanied.contains($0) }
      return !others.isEmpty && !others.contains { isAmong($0, had) }
    }.map(\.rule)
  }

  /// Whether one of a companion's subjects was given, performed, arranged or ordered, those of the therapy itself left out; nil
  /// where that can't be said.
  private func isSeenTo(_ rule: Rule, _ patient: Patient, beside near: Set<String>) -> Bool? {
    guard [.prophylaxis, .setting, .check, nil].contains(rule.role) else { return nil }
    let others = rule.subjects.filter { !near.contains($0) }
    return others.isEmpty ? nil : isCarriedOut(others, by: patient)
  }

  /// Whether one of a rule's subjects was given, performed, arranged or ordered; with `beside` those of that therapy don't count.
  public func isCarriedOut(_ rule: Rule, by patient: Patient, beside therapy: String? = nil) -> Bool {
    let near = therapy.map(near) ?? []
    return isCarriedOut(rule.subjects.filter { !near.contains($0) }, by: patient)
  }

  private func isCarriedOut(_ subjects: [String], by patient: Patient) -> Bool {
    let had = patient.given.union(patient.arranged)
    return subjects.contains { isAmong($0, had) }
  }

  /// Whether a therapy, or a member of it, is among others.
  private func isAmong(_ subject: String, _ had: Set<String>) -> Bool {
    had.contains { $0 == subject || vocabulary.groups(above: $0).contains(subject) }
  }

  /// Advice against a companion, or with caution, that bears on this patient: octreotide cover in an insulinoma.
  public func objections(to companion: Rule, of therapy: String) -> [Int] {
    let near = near(therapy)
    let subjects = Set(companion.subjects.filter { !near.contains($0) }.flatMap { self.near($0) })
    return evaluation.live.filter { evaluated in
      let rule = guideline.rules[evaluated.rule]
      return !rule.isRemark && !rule.isCompanion && isAgainst(evaluated.rule) && rule.subjects.contains(where: subjects.contains)
        && (evaluated.status == .applies || isMet(evaluated.rule))
    }.map(\.rule)
  }
}
