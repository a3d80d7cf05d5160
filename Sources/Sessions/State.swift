import Guideline
import Patients
import Wording

/// What one branch of a session holds: its patients, and the changes that made them.
public struct Roster: Sendable, Hashable {
  /// The patients, in the order of their making.
  public var patients: NamedList<Patient> = []
  /// The place of the patient in use.
  public var current: Int?
  /// How many changes were made on the way here, from the session's start.
  public internal(set) var changes = 0
  /// The last of them, in canonical form.
  public internal(set) var lastChange: String?

  public init() {}

  public var patient: Patient? { current.map { patients[$0] } }

  /// The place of a patient by name, after folding.
  public func place(of name: String) -> Int? { patients.place(of: name) }
}

/// A branch that is not in use: what it holds waits here.
public struct Branch: Sendable, Hashable {
  public var name: String
  /// The branch that it forked from; nil for the first one.
  public var parent: String?
  /// How many changes had been made on the parent when it forked.
  public var forkedAfter: Int
  /// The last change before it forked, in canonical form.
  public var fork: String?
  /// What it held when it was left; the branch in use lives in the state itself.
  public var roster: Roster

  public init(name: String, parent: String?, forkedAfter: Int, fork: String?, roster: Roster) {
    self.name = name
    self.parent = parent
    self.forkedAfter = forkedAfter
    self.fork = fork
    self.roster = roster
  }
}

/// A question that waits for the next line: the line becomes the argument of a command.
public struct Pending: Sendable, Hashable {
  /// The id of the command that takes the next line.
  public let command: String
  /// Whether lines that are commands themselves go to it too; otherwise they run, and the question goes on waiting.
  /// Commands that act outside the session (quit) always run.
  public let takesCommands: Bool

  public init(command: String, takesCommands: Bool = false) {
    self.command = command
    self.takesCommands = takesCommands
  }
}

/// Bounds of what a session holds.
public enum SessionBounds {
  /// Patients on a branch.
  public static let patients = 20_000
  public static let branches = 20_000
}

/// A session's state: a value. A command is a function from a state to a state and a report.
public struct State: Sendable, Hashable {
  /// The branch in use.
  public var roster = Roster()
  /// All branches, in the order of their making.
  public var branches: NamedList<Branch>
  /// The place of the branch in use.
  public var branch = 0
  public var language: Language
  /// The ids of what was last listed, by their numbers from 1.
  public var listed: [String] = []
  /// The patients that the last audit shows, by their numbers from 1, as canonical findings.
  public var witnesses: [String] = []
  /// The number of the witness made last; 0 before the first.
  public var witness = 0
  /// The part of the tour shown last; 0 before the first.
  public var tourPart = 0
  /// The question that waits for the next line, if there is one.
  public var pending: Pending?

  public init(language: Language) {
    self.language = language
    branches = [Branch(name: "main", parent: nil, forkedAfter: 0, fork: nil, roster: Roster())]
  }

  /// The patients of the branch in use, in the order of their making.
  public var patients: NamedList<Patient> {
    get { roster.patients }
    set { roster.patients = newValue }
  }

  /// The place of the patient in use.
  public var current: Int? {
    get { roster.current }
    set { roster.current = newValue }
  }

  public var patient: Patient? { roster.patient }

  /// Takes up the patients that an audit shows, in place of what was listed.
  public mutating func show(witnesses: [String]) {
    listed = []
    self.witnesses = witnesses
    witness = 0
  }

  /// Adds a patient and uses it.
  public mutating func add(_ patient: Patient) {
    roster.patients.append(patient)
    roster.current = roster.patients.count - 1
  }

  /// Puts a changed patient in the place of the one in use.
  public mutating func replace(_ patient: Patient) {
    if let current { roster.patients[current] = patient }
  }

  // MARK: Branches

  public var branchName: String { branches[branch].name }

  /// The place of a branch by name, after folding.
  public func place(ofBranch name: String) -> Int? { branches.place(of: name) }

  /// What a branch holds now.
  public func roster(ofBranch place: Int) -> Roster { place == branch ? roster : branches[place].roster }

  /// Starts a branch from where the session stands, and uses it.
  public mutating func fork(_ name: String) {
    branches[branch].roster = roster
    branches.append(
      Branch(
        name: name, parent: branchName, forkedAfter: roster.changes, fork: roster.lastChange, roster: Roster()))
    branch = branches.count - 1
    listed = []
  }

  /// Puts what the branch in use holds away and takes up another.
  public mutating func switchTo(_ place: Int) {
    guard place != branch else { return }
    branches[branch].roster = roster
    roster = branches[place].roster
    branches[place].roster = Roster()
    branch = place
    listed = []
  }

  /// Gives a branch another name.
  public mutating func renameBranch(_ place: Int, to name: String) {
    let old = branches[place].name
    for index in branches.indices where branches[index].parent == old { branches[index].parent = name }
    branches[place].name = name
  }

  /// Drops a branch that is not in use; those forked from it hang on its parent from then on.
  public mutating func forgetBranch(_ place: Int) {
    guard place != branch else { return }
    let gone = branches[place]
    branches.remove(at: place)
    for index in branches.indices where branches[index].parent == gone.name {
      branches[index].parent = gone.parent
      if branches[index].forkedAfter > gone.forkedAfter {
        branches[index].forkedAfter = gone.forkedAfter
        branches[index].fork = gone.fork
      }
    }
    if place < branch { branch -= 1 }
  }

  /// Forgets every patient and every branch.
  public mutating func startAnew() {
    roster = Roster()
    branches = [Branch(name: "main", parent: nil, forkedAfter: 0, fork: nil, roster: Roster())]
    branch = 0
    show(witnesses: [])
  }

  /// Whether two states have the same branches, whatever the one in use holds.
  func hasSameBranches(as other: State) -> Bool { branch == other.branch && branches == other.branches }

  /// What is said when the state holds more than a session may, and an earlier one didn't.
  func bound(since earlier: State) -> Diagnostic? {
    if patients.count > max(SessionBounds.patients, earlier.patients.count) {
      return Diagnostic(
        "patient.too-many",
        Words("A branch holds at most \(SessionBounds.patients) patients.", "Ένας κλάδος χωρά έως \(SessionBounds.patients) ασθενείς."),
        help: [
          Words(
            "Forget some, or count many at once: islet cohort FILE", "Αφαιρέστε κάποιους, ή μετρήστε πολλούς μαζί: islet cohort ΑΡΧΕΙΟ")
        ])
    }
    if branches.count > max(SessionBounds.branches, earlier.branches.count) {
      return Diagnostic(
        "branch.too-many",
        Words("A session holds at most \(SessionBounds.branches) branches.", "Μια συνεδρία χωρά έως \(SessionBounds.branches) κλάδους."),
        help: [Words("Forget some first: forget branch NAME", "Αφαιρέστε πρώτα κάποιους: ξέχνα κλάδο ΟΝΟΜΑ")])
    }
    return nil
  }
}
