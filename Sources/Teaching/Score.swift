import Grammar
import Wording

/// What an answer to a question or an item earned of what it could: from 0 to 1, in millionths.
public struct Credit: Sendable, Hashable, Comparable {
  public let millionths: Int

  public static let none = Credit(0, of: 1)
  public static let half = Credit(1, of: 2)
  public static let full = Credit(1, of: 1)

  /// So many of so many; of none it is whole. Less than none is none, and more than all is all.
  public init(_ earned: Int, of possible: Int) {
    millionths = possible <= 0 ? 1_000_000 : max(0, min(earned, possible)) * 1_000_000 / possible
  }

  /// Millionths of several, each rounded up, so that whole points are not lost to rounding.
  static func sum(_ credits: [Credit]) -> Int {
    credits.reduce(0) { $0 + ($1.millionths == 0 ? 0 : min($1.millionths + 1, 1_000_000)) }
  }

  public static func < (first: Credit, second: Credit) -> Bool { first.millionths < second.millionths }
}

/// The four parts of a score with what they earned, and the score that they make.
///
/// Everything that a number of points rests on stands here: the weights (a header may give others), what a fault leaves of
/// safety, and the caps.
public struct Score: Sendable, Hashable {
  /// The points of the parts: together 100.
  public struct Weights: Sendable, Hashable {
    public var goal = 30
    public var reasoning = 30
    public var safety = 25
    public var economy = 15
  }

  /// Why a score is lower than its parts together.
  public enum Cap: Sendable, Hashable {
    /// One grave fault, or several.
    case graveFault, graveFaults
    /// Less than half of the reasoning.
    case reasoning
    /// The best is for who reaches every goal, without a fault, with three quarters of the reasoning.
    case best

    /// Why, in words.
    var reason: Words {
      switch self {
      case .graveFaults: Words("at most \(most) with grave faults", "έως \(most) με βαριά σφάλματα")
      case .graveFault: Words("at most \(most) with a grave fault", "έως \(most) με ένα βαρύ σφάλμα")
      case .reasoning: Words("at most \(most) with less than half of the reasoning", "έως \(most) με λιγότερο από τον μισό συλλογισμό")
      case .best:
        Words(
          "90 needs every goal, no fault and three quarters of the reasoning", "το 90 θέλει κάθε στόχο, κανένα σφάλμα και τα τρία τέταρτα του συλλογισμού")
      }
    }

    /// The highest score under it.
    public var most: Int {
      switch self {
      case .graveFaults: 20
      case .graveFault: 45
      case .reasoning: 65
      case .best: 89
      }
    }
  }

  /// Points that a lesser fault leaves of safety's 25; a grave one leaves none.
  static let afterLesserFault = Credit(12, of: 25)

  /// Points, each at most its weight. A part is whole points, rounded down, so that they add up.
  public let goal: Int
  public let reasoning: Int
  public let safety: Int
  public let economy: Int
  /// From 0 to 100.
  public let total: Int
  /// The cap that held it down; nil where none did.
  public let cap: Cap?

  /// - Parameters:
  ///   - goals: one for each goal: whether it was reached.
  ///   - answers: what each question and item that was met earned.
  ///   - faults: the weights of the faults.
  ///   - decided: whether a decision was taken; without one safety and economy are nothing.
  init(goals: [Bool], answers: [Credit], faults: [Fault.Weight], economy spent: Credit, decided: Bool, _ weights: Weights) {
    let reached = goals.count { $0 }
    let earned = Credit.sum(answers)
    goal = goals.isEmpty ? weights.goal : weights.goal * reached / goals.count
    reasoning = Self.reasoning(earned, of: answers.count, weights)
    let grave = faults.count { $0 == .grave }
    let safe = grave > 0 ? Credit.none : faults.isEmpty ? .full : Self.afterLesserFault
    safety = decided ? weights.safety * safe.millionths / 1_000_000 : 0
    economy = decided ? Self.economy(spent, weights) : 0
    let sum = goal + reasoning + safety + economy
    let lowest = Self.cap(
      grave: grave, isFaultless: reached == goals.count && faults.isEmpty, Band(earned, of: answers.count))
    cap = lowest.flatMap { $0.most < sum ? $0 : nil }
    total = min(sum, cap?.most ?? 100)
  }

  /// The points of what answers earned together, in millionths.
  static func reasoning(_ earned: Int, of answers: Int, _ weights: Weights) -> Int {
    answers == 0 ? weights.reasoning : weights.reasoning * earned / (answers * 1_000_000)
  }

  /// The points of the share of needed tests in what was spent.
  static func economy(_ spent: Credit, _ weights: Weights) -> Int { weights.economy * Credit.sum([spent]) / 1_000_000 }

  /// How much of the reasoning was shown, as far as the caps ask.
  enum Band: Int, CaseIterable {
    case belowHalf, half, threeQuarters

    /// The band of what so many answers earned together, in millionths.
    init(_ earned: Int, of answers: Int) {
      self = earned * 2 < answers * 1_000_000 ? .belowHalf : earned * 4 < answers * 3_000_000 ? .half : .threeQuarters
    }
  }

  /// The lowest cap that holds; nil where none does. `isFaultless` tells whether every goal was reached without a fault.
  static func cap(grave: Int, isFaultless: Bool, _ band: Band) -> Cap? {
    var caps: [Cap] = grave > 1 ? [.graveFaults] : grave == 1 ? [.graveFault] : []
    if band == .belowHalf { caps.append(.reasoning) }
    if !isFaultless || band != .threeQuarters { caps.append(.best) }
    return caps.min { $0.most < $1.most }
  }
}

/// Something that was done to harm, or could have been.
public struct Fault: Sendable {
  public enum Weight: String, Sendable, Hashable {
    /// Harm that a test could have shown, or that can't be undone and was done blind; a refused dose insisted on.
    case grave
    /// What must go with it is missing, a warning was passed over, or it was too early.
    case lesser
  }

  public enum Kind: String, Sendable {
    case insisted, harmful, blind, misplaced, gone
    case unaccompanied, warned, premature

    public var weight: Weight {
      switch self {
      case .insisted, .harmful, .blind, .misplaced, .gone: .grave
      case .unaccompanied, .warned, .premature: .lesser
      }
    }

    /// What went wrong, in words.
    public var name: Words {
      switch self {
      case .insisted: Words("a refused dose insisted on", "επιμονή σε δόση που δεν έγινε δεκτή")
      case .harmful: Words("against the text, as a test of the case shows", "αντίθετη με το κείμενο, όπως δείχνει εξέταση του περιστατικού")
      case .blind: Words("can't be undone, and done without the tests that it needs", "μη αναστρέψιμη, χωρίς τις εξετάσεις που χρειάζεται")
      case .misplaced: Words("where the tumour isn't", "εκεί όπου δεν είναι ο όγκος")
      case .gone: Words("on what has already been removed", "σε ό,τι έχει ήδη αφαιρεθεί")
      case .unaccompanied: Words("without what must go with it", "χωρίς ό,τι πρέπει να τη συνοδεύει")
      case .warned: Words("against a warning", "παρά την προειδοποίηση")
      case .premature: Words("too early", "πρόωρη")
      }
    }

    /// What to keep of it.
    var lesson: Words {
      switch self {
      case .insisted:
        Words("A dose that the text doesn't give is looked up, not insisted on.", "Όταν μια δόση δεν υπάρχει στο κείμενο, την αναζητά κανείς, δεν επιμένει.")
      case .harmful: Words("What a test can show is asked before it is treated.", "Ό,τι μπορεί να δείξει μια εξέταση ελέγχεται πριν από τη θεραπεία.")
      case .blind:
        Words("What can't be undone comes after the tests that it needs.", "Μια μη αναστρέψιμη πράξη γίνεται μετά τις εξετάσεις που χρειάζεται.")
      case .misplaced: Words("The operation follows the place of the tumour.", "Η επέμβαση ακολουθεί τη θέση του όγκου.")
      case .gone: Words("Check what has already been done before doing more.", "Πρώτα δείτε τι έχει ήδη γίνει.")
      case .unaccompanied: Words("Some therapies are never given alone.", "Κάποιες θεραπείες δεν δίνονται ποτέ χωρίς ό,τι πρέπει να τις συνοδεύει.")
      case .warned: Words("A warning asks for a reason before one goes on.", "Μετά από προειδοποίηση, για να συνεχίσει κανείς χρειάζεται λόγος.")
      case .premature: Words("Find out first what a rule waits for.", "Πρώτα διαπιστώνεται αυτό από το οποίο εξαρτάται ο κανόνας.")
      }
    }
  }

  public let kind: Kind
  /// The step of the attempt.
  public let step: Int
  /// The therapy.
  public let therapy: String
  /// The rule that it goes against; nil where it rests on no rule.
  public let rule: String?

  public var weight: Weight { kind.weight }
}
