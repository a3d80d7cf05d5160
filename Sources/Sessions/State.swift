import Guideline
import Patients
import Wording

/// A session's state: a value. A command is a function from a state to a state and a report.
public struct State: Sendable {
  /// The patients, in the order of their making.
  public var patients: [Patient] = []
  /// The place of the patient in use.
  public var current: Int?
  public var language: Language
  /// The ids of what was last listed, by their numbers from 1.
  public var listed: [String] = []

  public init(language: Language) { self.language = language }

  public var patient: Patient? { current.map { patients[$0] } }

  /// Adds a patient and uses it.
  public mutating func add(_ patient: Patient) {
    patients.append(patient)
    current = patients.count - 1
  }

  /// Puts a changed patient in the place of the one in use.
  public mutating func replace(_ patient: Patient) {
    if let current { patients[current] = patient }
  }
}
