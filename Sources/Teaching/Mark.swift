import Counsel
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
    case .notCovered: Words("not covered by the text", "δεν καλύπτεται από το κείμενο")
    case .refused: Words("dose refused", "δόση που δεν έγινε δεκτή")
    }
  }

  /// Whether the decision's advice applied when it was taken.
  public var isJustified: Bool { self == .recommended || self == .acceptable }
}

extension Counsel {
  /// The mark of a decision by where its therapy stood; `isAccompanied` tells whether what must or should go with it was seen to.
  func mark(_ standing: Standing, isAccompanied: Bool) -> Mark {
    switch standing.kind {
    case .notCovered, .notSaid, .carriedOut: return .notCovered
    case .depends:
      guard let lead = standing.lead, waitsForOperation(lead) else { return .premature }
    case .stance: break
    }
    switch standing.stance(guideline) {
    case nil: return .notCovered
    case .do: return .recommended
    case .consider: return .acceptable
    case .disputed: return arranged.contains("mdt") ? .acceptable : .premature
    case .investigational: return arranged.contains("clinical-trial") ? .acceptable : .premature
    case .caution: return isAccompanied ? .acceptable : .against
    case .avoid: return .against
    case .alongside: return .acceptable
    }
  }

  /// The mark of leaving a therapy alone.
  func mark(leavingAlone standing: Standing) -> Mark {
    switch standing.kind {
    case .notCovered, .notSaid, .carriedOut: return .notCovered
    case .depends: return .premature
    case .stance: break
    }
    switch standing.stance(guideline) {
    case .avoid: return .recommended
    case .do: return .against
    case .consider, .disputed, .investigational, .caution, .alongside: return .acceptable
    case nil: return .notCovered
    }
  }

  /// The recommendations that apply.
  var recommendations: [Rule] {
    evaluation.live.compactMap { evaluated in
      let rule = guideline.rules[evaluated.rule]
      return rule.stance == .do && !rule.isCompanion && evaluated.status == .applies ? rule : nil
    }
  }
}
