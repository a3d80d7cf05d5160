import Grammar
import Measures
import Vocabulary

/// A change in what is known of a patient: a finding and the values left, nil for unknown again.
public struct Change: Sendable, Hashable {
  public let finding: Int
  public let possible: Possible?

  public init(finding: Int, possible: Possible?) {
    self.finding = finding
    self.possible = possible
  }
}

/// A drug or radionuclide as it is given to a patient.
public struct Regimen: Sendable, Hashable {
  /// The therapy's id.
  public let therapy: String
  public let dose: Dose
  /// What it is for, where that was said or follows: rescue or cover.
  public let purpose: String?
  /// Whether it was recorded although the guideline's text doesn't give it.
  public let isDeviation: Bool
  /// Whether the patient is on it from now on; false for a single dose and a cycle.
  public let continues: Bool

  public init(therapy: String, dose: Dose, purpose: String? = nil, isDeviation: Bool = false, continues: Bool = true) {
    self.continues = continues
    self.therapy = therapy
    self.dose = dose
    self.purpose = purpose
    self.isDeviation = isDeviation
  }
}

/// One entry of a patient's log: what happened on a day, and what is known differently since.
public struct Event: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// Findings were stated or taken back.
    case learnt
    /// A test was ordered; outside a case it reveals nothing.
    case ordered(String)
    case arranged(String)
    case given(Regimen)
    case performed(String)
    case stopped(String)
    /// Time passed, up to a day.
    case passed(to: Int)
    /// A dated finding grew too old to be relied on.
    case lapsed
  }

  /// The day it is recorded on, in whole days from day 0.
  public let day: Int
  public let kind: Kind
  public let changes: [Change]
  /// Of time that passes in whole months: the day on which the run of such steps began, from which each month is counted.
  public let monthsFrom: Int?
  /// What was written of the patient that is no finding.
  public let notes: [Note]

  public init(day: Int, kind: Kind, changes: [Change] = [], monthsFrom: Int? = nil, notes: [Note] = []) {
    self.monthsFrom = monthsFrom
    self.notes = notes
    self.day = day
    self.kind = kind
    self.changes = changes
  }

  /// The therapy, setting or test that it is about.
  public var subject: String? {
    switch kind {
    case .given(let regimen): regimen.therapy
    case .performed(let id), .stopped(let id), .arranged(let id), .ordered(let id): id
    case .learnt, .passed, .lapsed: nil
    }
  }
}

/// Bounds of a patient's log.
public enum LogBounds {
  public static let events = 1000
  /// 100 years.
  public static let days = 36_525
}
