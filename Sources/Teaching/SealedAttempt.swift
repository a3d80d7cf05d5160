import Sessions
import Wording

/// An exam in a log, its lines held against their seals.
public struct SealedAttempt: Sendable {
  public struct Fault: Sendable, Hashable {
    public enum Kind: String, Sendable {
      /// The line, or its seal, isn't the one that was written.
      case changed
      /// Lines before it are gone.
      case missing
      /// It stands in another place than it was written.
      case moved
      /// It has no seal, or comes after the end.
      case added
      /// The exam sat before it is gone from the log.
      case before
    }

    public let kind: Kind
    /// Of the file, from 1.
    public let line: Int

    public init(kind: Kind, line: Int) {
      self.kind = kind
      self.line = line
    }
  }

  public let `case`: String
  public let attempt: Int
  public private(set) var faults: [Fault] = []
  /// Whether its last line is its end.
  public private(set) var isClosed = false
  /// The last seal of the chain.
  public private(set) var seal = AttemptSeal.origin
  private var step = 0
  private var hasStarted = false

  init(_ event: CaseEvent) {
    self.case = event.case
    attempt = event.attempt
  }

  /// Whether every line of it is the one that was written, in its place. A chain made anew as a whole holds too.
  public var holds: Bool { faults.isEmpty }

  /// The beginning of the last seal, which the learner was told at the end.
  public var receipt: String? { isClosed ? AttemptSeal.receipt(seal) : nil }

  /// Takes the next line of the attempt; `seals` are those of all sealed lines before it in the log.
  mutating func read(_ event: CaseEvent, _ parted: (body: ArraySlice<UInt8>, seal: String)?, line: Int, _ seals: Set<String>) {
    defer { step = max(step, event.step) }
    guard let parted, !isClosed else {
      faults.append(Fault(kind: .added, line: line))
      return
    }
    if event.isExam, !hasStarted {
      hasStarted = true
      if let after = event.after, !seals.contains(after) { faults.append(Fault(kind: .before, line: line)) }
    }
    if AttemptSeal.seal(of: parted.body, after: seal) != parted.seal {
      // A line that goes back was moved; one that leaves steps out lacks what stood before it.
      let kind: Fault.Kind = event.step <= step ? .moved : event.step > step + 1 ? .missing : .changed
      faults.append(Fault(kind: kind, line: line))
    }
    seal = parted.seal
    isClosed = event.kind == .end
  }
}

extension SealedAttempt.Fault {
  func diagnostic(_ exam: SealedAttempt, _ file: String) -> Diagnostic {
    let words: Words
    switch kind {
    case .changed:
      words = Words("This line isn't the one that was sealed: it was changed.", "Η γραμμή δεν είναι αυτή που σφραγίστηκε: άλλαξε.")
    case .missing: words = Words("Sealed lines are missing before this one.", "Πριν από αυτή τη γραμμή λείπουν σφραγισμένες γραμμές.")
    case .moved: words = Words("This line isn't where it was sealed.", "Η γραμμή δεν βρίσκεται στη θέση όπου σφραγίστηκε.")
    case .added:
      words = Words("This line was added to a sealed exam.", "Η γραμμή προστέθηκε σε σφραγισμένο διαγώνισμα.")
    case .before:
      words = Words("The exam taken before this one is missing from the log.", "Λείπει από το αρχείο το διαγώνισμα που έγινε πριν από αυτό.")
    }
    let name = "\(exam.case), \(exam.attempt)"
    return Diagnostic(
      "log.seal", Words("\(words.english) (\(name))", "\(words.greek) (\(name))"),
      help: [
        Words(
          "The exam is left out of the numbers; ask the learner for the receipt and the log.",
          "Το διαγώνισμα δεν μετρά στα αποτελέσματα· ζητήστε από τον εκπαιδευόμενο την απόδειξη και το αρχείο.")
      ], file: file, line: line)
  }
}
