import Measures
import Wording

/// What a finding holds.
public enum FindingKind: Sendable, Hashable {
  /// One of its values; a boolean is a category of yes and no, in that order.
  case category
  case boolean
  /// A number within a range, both ends included, in a unit.
  case number(Interval, Unit)
  /// Worked out from other findings by a definition (`functioning`, `advanced`); it holds yes or no.
  case derived
}

/// One value of a category or boolean.
public struct FindingValue: Sendable, Hashable {
  /// Stable id: a contract.
  public let id: String
  /// The phrase that means it, understandable on its own.
  public internal(set) var shown: Words
}

/// A finding while its lines are being read.
struct FindingDraft {
  var index: Int
  let id: String
  var group = ""
  var kind = FindingKind.boolean
  var foundBy = ""
  var changes = true
  var name = Words(same: "")
  var values: [FindingValue] = []

  func place(of value: String) -> Int? { values.firstIndex { $0.id == value } }
}

/// A finding of a patient: what may be asked about, in which words, with which values. It is a class because it never
/// changes and is handed about a lot.
public final class Finding: Sendable {
  /// Its place in the vocabulary.
  public let index: Int
  /// Stable id: a contract.
  public let id: String
  public let group: String
  public let kind: FindingKind
  public let foundBy: String
  /// Whether it can change in a patient (never age, sex, MEN1, site, location, syndrome or differentiation).
  public let changes: Bool
  public let name: Words
  public let values: [FindingValue]
  /// All values, as a set of bits by place.
  public let allValues: UInt32

  init(_ draft: FindingDraft) {
    index = draft.index
    id = draft.id
    group = draft.group
    kind = draft.kind
    foundBy = draft.foundBy
    changes = draft.changes
    name = draft.name
    values = draft.values
    allValues = values.isEmpty ? 0 : UInt32.max >> UInt32(32 - values.count)
  }

  /// The place of a value by id.
  public func place(of value: String) -> Int? { values.firstIndex { $0.id == value } }

  /// The value that means absence: no, or none.
  public var absent: Int? { place(of: "no") ?? place(of: "none") }

  public var isNumber: Bool { if case .number = kind { true } else { false } }
  public var isDerived: Bool { kind == .derived }

  /// The unit of a number; counts for anything else.
  public var unit: Unit { if case .number(_, let unit) = kind { unit } else { .count } }
  public var range: Interval {
    if case .number(let range, _) = kind { range } else { Interval(lower: nil, upper: nil) }
  }
  /// Whether its number counts things, and is whole.
  public var isCount: Bool { isNumber && unit == .count }

  /// Whether a number, in its unit, can be its value.
  public func admits(_ number: Exact) -> Bool { range.contains(number) && (!isCount || number.millionths % 1_000_000 == 0) }
}

/// What an entry of therapies.tsv is.
public enum TherapyKind: String, Sendable, CaseIterable {
  case group, procedure, drug, radionuclide, setting, test
}

/// A therapy, group of therapies, setting or test that advice can be about.
public struct Therapy: Sendable {
  public internal(set) var index: Int
  /// Stable id: a contract.
  public let id: String
  public internal(set) var kind = TherapyKind.drug
  /// The groups it is directly in, by id.
  public internal(set) var groupIDs: [String] = []
  public internal(set) var name = Words(same: "")
  public internal(set) var topic = ""
}

/// A diagnostic test: what it can reveal. Background: the guideline's text has no such table.
public struct DiagnosticTest: Sendable {
  public let id: String
  public internal(set) var name = Words(same: "")
  /// Ids of the findings it reveals.
  public internal(set) var reveals: [String] = []
  /// The ids of the values that it can tell of a finding, where it can't tell them all: fasting gastrin tells a gastrinoma.
  public internal(set) var only: [String: [String]] = [:]
  public internal(set) var cost = 0
  public internal(set) var days = 0
}

/// A word of the field, for `explain`.
public struct Term: Sendable {
  public let id: String
  public internal(set) var name = Words(same: "")
  public internal(set) var text = Words(same: "")
}
