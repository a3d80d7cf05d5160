import Grammar
import Measures
import Patients
import Vocabulary
import Wording

/// A teaching case: what the learner meets, what stays hidden, and how it is graded, read from `NAME.islet`.
public struct Scenario: Sendable {
  /// The version of the format that is written, and the newest that is read.
  public static let version = 1
  /// The version of the chapters' format that cases are written for.
  public static let guideline = 1

  public enum Level: String, Sendable, CaseIterable {
    case student, resident, specialist
  }

  /// What asking the guideline about the patient costs.
  public enum Consulting: Sendable, Hashable {
    case free, closed
    case costs(Int)
  }

  /// When decisions are judged: each at once, or all at the debrief.
  public enum Feedback: String, Sendable {
    case each, end
  }

  /// The file's name without its ending.
  public let id: String
  public let file: String
  public internal(set) var title = Words(same: "")
  public internal(set) var author = ""
  public internal(set) var languages: [Language] = []
  public internal(set) var level = Level.student
  public internal(set) var minutes = 0
  public internal(set) var objectives: [Words] = []
  /// The version of the chapters' format that it was written for.
  public internal(set) var guideline = Scenario.guideline
  public internal(set) var consulting = Consulting.costs(2)
  public internal(set) var feedback = Feedback.each
  public internal(set) var weights = Score.Weights()
  /// The author's goals; empty where the guideline's own hold.
  public internal(set) var goals: [Goal] = []
  /// Tests that the author asks for before a deed.
  public internal(set) var needs: [Need] = []
  /// What the patient is called in each language; nil where it is as the patient's line says.
  public internal(set) var name: Words?
  /// What the learner knows at the start.
  public internal(set) var view = Patient(name: "")
  /// The patient as it is: the view with what is hidden.
  public internal(set) var truth = Patient(name: "")
  /// What a test shows here, where it differs from the vocabulary: findings by test.
  public internal(set) var reveals: [String: [Int]] = [:]
  /// What a test costs here, where it differs from the vocabulary.
  public internal(set) var costs: [String: Int] = [:]
  /// The vocabulary's tests, and its words of doses.
  let tests: DiagnosticTests
  let doseWords: DoseWords
  /// What gets worse untreated, in the order of its days.
  public internal(set) var worsenings: [Worsening] = []
  public internal(set) var steps: [ScenarioStep] = []
  public internal(set) var paths: [Path] = []
  public internal(set) var expectations: [Expectation] = []
  /// The line of what is hidden.
  var hiddenLine = 1
  /// A short mark of the file's bytes, FNV-1a.
  public internal(set) var mark = ""

  init(id: String, file: String, tests: DiagnosticTests, doseWords: DoseWords) {
    self.tests = tests
    self.doseWords = doseWords
    self.id = id
    self.file = file
  }

  /// The place of a label among the steps.
  func place(ofLabel name: String) -> Int? {
    steps.firstIndex { if case .label(name) = $0.kind { true } else { false } }
  }

  /// The question with a name.
  func question(_ name: String) -> Question? {
    for step in steps { if case .ask(let question) = step.kind, question.name == name { return question } }
    return nil
  }
}

/// Something that a learner does to the patient: an act and what it is about, dose aside.
public struct Deed: Sendable, Hashable {
  public enum Act: String, Sendable, CaseIterable {
    case give, perform, arrange, order, stop
    /// To leave something alone, knowingly.
    case against = "decide against"
  }

  public let act: Act
  /// The id of a therapy, group, setting or test.
  public let subject: String

  public init(_ act: Act, _ subject: String) {
    self.act = act
    self.subject = subject
  }

  /// `give diazoxide`.
  public var text: String { act.rawValue + " " + subject }
}

/// What an author wants done: a deed, in its dose where that is said, and before others where the order matters.
public struct Goal: Sendable {
  public let deed: Deed
  /// Nil where any dose does that the guideline's text gives.
  public let dose: Dose?
  /// Deeds that must not come first.
  public let before: [Deed]
  /// Its line in the file.
  public let line: Int

  /// As it is written: `give rehydration before give octreotide-lar`.
  public var text: String { ([deed.text] + before.map { "before " + $0.text }).joined(separator: " ") }
}

/// A test that must come before an action, with the author's reason.
public struct Need: Sendable {
  public let test: String
  public let deed: Deed
  public let reason: Words?
}

/// One statement of a case's body.
public struct ScenarioStep: Sendable {
  public enum Kind: Sendable {
    case say(Words)
    case pause
    case ask(Question)
    case show(Exhibit)
    /// The free phase: the whole shell on the learner's view, until `done`.
    case act(Words, hints: [Hint])
    case label(String)
    /// Go to a label: always, or when a clause holds.
    case go(to: String, when: Clause?)
  }

  public internal(set) var kind: Kind
  /// Its line in the file, from 1.
  public let line: Int

  /// Whether the case waits there for the learner.
  var waits: Bool {
    switch kind {
    case .pause, .ask, .act: true
    case .say, .show, .label, .go: false
    }
  }
}

/// A hint and what it costs.
public struct Hint: Sendable, Hashable {
  public let text: Words
  public let cost: Int
}

/// How an answer is judged.
public enum Verdict: String, Sendable {
  case right, partly, wrong
}

/// A question to the learner.
public struct Question: Sendable {
  public enum Kind: Sendable {
    /// One choice is the answer.
    case single
    /// All right choices, and no wrong one.
    case several
    /// A number within a tolerance, in the unit's own. The question names the unit, or asks for it.
    case number(Exact, tolerance: Exact, unit: String, isUnitAsked: Bool)
    /// The next command is the answer.
    case command
    /// Diagnoses, the likeliest first, each with how sure one is, held against an expert's.
    case ranked
    /// At most so many choices, each of them decisive; a wrong one takes away what a right one gave.
    case features(Int)
    /// How a new finding changes a thought: credit by the votes of a panel.
    case concordance
    /// All choices in the order in which they come.
    case ordering
    /// One's own words, read by the reader of findings and held against conditions.
    case text
    /// The patient in one line: which decisive findings it names, and none that the patient hasn't.
    case problem
  }

  public struct Choice: Sendable {
    public let id: String
    public let verdict: Verdict
    /// What the author says of it beside right and wrong: the expert's hundredths, the panel's votes, or its place from 1.
    public let weight: Int
    public let text: Words
    public let feedback: Words?
  }

  /// What an answer in one's own words is held against.
  public struct Sought: Sendable {
    public let condition: Condition
    /// Whether it takes credit away.
    public let isHarmful: Bool
    public let feedback: Words?
    /// Its line in the file.
    let line: Int
  }

  /// A wrong answer that someone would give: a number, a command, or words.
  public struct Slip: Sendable {
    public let text: Words
    /// What a wrong command does.
    public internal(set) var deed: Deed?
    public let feedback: Words?
    let line: Int
  }

  /// A command that answers a question for one.
  public struct Accepted: Sendable {
    /// Nil where any command with the name below is accepted.
    public let deed: Deed?
    public let command: String
    public let feedback: Words?
  }

  public let name: String
  public let kind: Kind
  public let text: Words
  public internal(set) var choices: [Choice] = []
  public internal(set) var accepted: [Accepted] = []
  /// What is said to the right number.
  public internal(set) var feedback: Words?
  /// What is said to a wrong number or a command that isn't accepted.
  public internal(set) var otherwise: Words?
  public internal(set) var hints: [Hint] = []
  public internal(set) var sought: [Sought] = []
  /// Wrong answers, in the author's order.
  public internal(set) var slips: [Slip] = []
  /// What moved the expert.
  public internal(set) var moved: Words?
  /// Who voted.
  public internal(set) var panel: Words?
  /// An answer with full credit.
  public internal(set) var model: Words?
}

/// When a jump is made.
public indirect enum Clause: Sendable {
  /// A choice was among the answers to a question.
  case answered(String, choice: String)
  /// A question was answered right, partly or wrong.
  case judged(String, Verdict)
  case did(Deed)
  /// The findings of the truth.
  case findings(Condition)
  case not(Clause)
}

/// A replayed way through a case: what a learner types, and the score that it gets.
public struct Path: Sendable {
  public let name: String
  public let score: Int
  public internal(set) var lines: [Line] = []
  public let line: Int

  public struct Line: Sendable {
    public let text: String
    /// In the file, from 1.
    public let number: Int
    /// The rule that the author teaches by this deed; the mark must name the same.
    public let teaches: String?
  }
}

/// What must hold, checked by `islet check`.
public struct Expectation: Sendable {
  public enum Kind: Sendable {
    /// An `expect` command on the truth as the case starts.
    case command(String)
    case score(path: String, Int)
  }

  public let kind: Kind
  public let line: Int
}
