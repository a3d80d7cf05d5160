#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// When something comes back for review: FSRS-6 (Open Spaced Repetition) with its published parameters, a wanted retention of
/// 90%, learning and relearning steps empty, and no fuzz. Memory is a stability, the days after which 90% is still known, and a
/// difficulty from 1 to 10.
public struct ReviewSchedule: Sendable, Hashable {
  public enum Rating: Int, Sendable, CaseIterable {
    case again = 1
    case hard, good, easy

    /// As the log keeps it.
    var word: String {
      switch self {
      case .again: "again"
      case .hard: "hard"
      case .good: "good"
      case .easy: "easy"
      }
    }

    /// From a log: a word, or a quality from 0 to 5 of earlier versions.
    init?(word: String) {
      if let found = Self.allCases.first(where: { $0.word == word }) {
        self = found
      } else {
        switch Int(word) {
        case 0, 1, 2: self = .again
        case 3: self = .hard
        case 4: self = .good
        case 5: self = .easy
        default: return nil
        }
      }
    }
  }

  /// Days to the next review, at most.
  static let longest = 36_500

  private static let w: [Double] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425,
    0.0912, 0.0658, 0.1542,
  ]
  private static let retention = 0.9
  private static let e = 2.718281828459045

  /// 0 before the first answer.
  public private(set) var stability = 0.0
  public private(set) var difficulty = 0.0
  /// Days to the next review; 0 before the first answer.
  public private(set) var interval = 0
  /// The day of the last answer.
  private var last: Int?

  public init() {}

  /// An answer on a day, in days from any fixed one; a day before the last is taken for the last.
  public mutating func answered(_ rating: Rating, on day: Int) {
    let mark = Double(rating.rawValue)
    if let last {
      let days = max(0, day - last)
      stability = days < 1 ? sameDay(mark) : later(mark, days)
      difficulty = harder(mark)
    } else {
      stability = max(Self.w[rating.rawValue - 1], 0.001)
      difficulty = min(max(initialDifficulty(mark), 1), 10)
    }
    last = max(last ?? day, day)
    let days = stability / Self.factor * (pow(Self.retention, 1 / -Self.w[20]) - 1)
    interval = Int(min(max(days.rounded(.toNearestOrEven), 1), Double(Self.longest)))
  }

  private static var factor: Double { pow(0.9, 1 / -w[20]) - 1 }

  private func initialDifficulty(_ mark: Double) -> Double { Self.w[4] - pow(Self.e, Self.w[5] * (mark - 1)) + 1 }

  private func harder(_ mark: Double) -> Double {
    let change = -(Self.w[6] * (mark - 3))
    let damped = difficulty + (10 - difficulty) * change / 9
    return min(max(Self.w[7] * initialDifficulty(4) + (1 - Self.w[7]) * damped, 1), 10)
  }

  private func sameDay(_ mark: Double) -> Double {
    var grows = pow(Self.e, Self.w[17] * (mark - 3 + Self.w[18])) * pow(stability, -Self.w[19])
    if mark > 1 { grows = max(grows, 1) }
    return max(stability * grows, 0.001)
  }

  private func later(_ mark: Double, _ days: Int) -> Double {
    let known = pow(1 + Self.factor * Double(days) / stability, -Self.w[20])
    let next: Double
    if mark == 1 {
      let long =
        Self.w[11] * pow(difficulty, -Self.w[12]) * (pow(stability + 1, Self.w[13]) - 1) * pow(Self.e, (1 - known) * Self.w[14])
      next = min(long, stability / pow(Self.e, Self.w[17] * Self.w[18]))
    } else {
      let penalty = mark == 2 ? Self.w[15] : 1
      let bonus = mark == 4 ? Self.w[16] : 1
      let grows =
        pow(Self.e, Self.w[8]) * (11 - difficulty) * pow(stability, -Self.w[9]) * (pow(Self.e, (1 - known) * Self.w[10]) - 1) * penalty * bonus
      next = stability * (1 + grows)
    }
    return max(next, 0.001)
  }
}
