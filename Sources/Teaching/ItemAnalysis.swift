import Reports
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Classical test theory: how hard an item is, how well it tells learners apart, and how much the items of a case measure one thing.
///
/// An item's score is its credit, from 0 to 1. What rests on too few learners to mean anything is nil: a share needs `leastForShare`, a
/// correlation and alpha `leastForCorrelation`.
public enum ItemStatistics {
  /// Learners below which a share is told as a count alone.
  public static let leastForShare = 10
  /// Learners below which a correlation would mislead: its 95% interval is then wider than 0.7.
  public static let leastForCorrelation = 30

  /// A number with the ends of its 95% interval.
  public struct Estimate: Sendable, Hashable {
    public let value: Double
    public let low: Double
    public let high: Double
  }

  static let z = 1.959964

  /// A share of so many with Wilson's score interval (Wilson 1927). For credits between 0 and 1 the interval is no narrower than their own.
  public static func share(_ sum: Double, of count: Int) -> Estimate? {
    guard count >= leastForShare else { return nil }
    let n = Double(count)
    let p = sum / n
    let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return Estimate(value: p, low: max(0, middle - half), high: min(1, middle + half))
  }

  /// Pearson's correlation, for a score of 0 or 1 the point-biserial one, with Fisher's interval; nil where one of the two doesn't vary.
  public static func correlation(_ pairs: [(x: Double, y: Double)]) -> Estimate? {
    guard pairs.count >= leastForCorrelation else { return nil }
    let n = Double(pairs.count)
    let (meanX, meanY) = (pairs.reduce(0) { $0 + $1.x } / n, pairs.reduce(0) { $0 + $1.y } / n)
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (x, y) in pairs {
      xx += (x - meanX) * (x - meanX)
      yy += (y - meanY) * (y - meanY)
      xy += (x - meanX) * (y - meanY)
    }
    guard xx > 1e-9, yy > 1e-9 else { return nil }
    let r = max(-1, min(1, xy / (xx * yy).squareRoot()))
    guard abs(r) < 0.999999 else { return Estimate(value: r, low: r, high: r) }
    let transformed = 0.5 * log((1 + r) / (1 - r))
    let half = z / (n - 3).squareRoot()
    return Estimate(value: r, low: tanh(transformed - half), high: tanh(transformed + half))
  }

  /// Cronbach's alpha (1951) of the items' scores, a row a learner; for scores of 0 and 1 it is KR-20. Nil of fewer than two items or where
  /// the sums don't vary.
  public static func alpha(_ rows: [[Double]]) -> Double? {
    guard rows.count >= leastForCorrelation, let items = rows.first?.count, items > 1, rows.allSatisfy({ $0.count == items }) else { return nil }
    func variance(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }
    let whole = variance(rows.map { $0.reduce(0, +) })
    guard whole > 1e-9 else { return nil }
    let parts = (0..<items).reduce(0.0) { sum, item in sum + variance(rows.map { $0[item] }) }
    return Double(items) / Double(items - 1) * (1 - parts / whole)
  }

  /// `0.50`.
  static func two(_ value: Double) -> String {
    let hundredths = Int((abs(value) * 100).rounded())
    let rest = hundredths % 100
    return (value < 0 && hundredths > 0 ? "−" : "") + "\(hundredths / 100)." + (rest < 10 ? "0" : "") + "\(rest)"
  }
}

/// What a class made of one question or item, in first attempts.
public struct ItemResult: Sendable {
  /// An answer, and the mean credit of the learner's other items in the case; nil where there are fewer than two others.
  public struct Response: Sendable {
    public let learner: Int
    public let credit: Double
    public let rest: Double?
    public let line: String
  }

  /// A choice of the item: how many named it (of a ranking: put it first; of an order: put it in its place), and how well these did in
  /// the rest of the case.
  public struct Option: Sendable {
    public let choice: Question.Choice
    public let isRight: Bool
    public let count: Int
    public let rest: Double?
  }

  public let `case`: String
  public let name: String
  /// Nil where the case isn't at hand.
  public let question: Question?
  public let responses: [Response]
  public let options: [Option]
  /// Answers that earned less than all and that more than one learner gave, by their number.
  public let wrong: [(line: String, count: Int)]

  public var count: Int { responses.count }
  public var sum: Double { responses.reduce(0) { $0 + $1.credit } }

  /// The difficulty index p: the mean credit.
  public var facility: ItemStatistics.Estimate? { ItemStatistics.share(sum, of: count) }

  /// The corrected item-total correlation: with the mean credit of the other items, the item itself left out (Henrysson 1963).
  public var discrimination: ItemStatistics.Estimate? {
    ItemStatistics.correlation(responses.compactMap { response in response.rest.map { (response.credit, $0) } })
  }

  init(case name: String, question named: String, _ question: Question?, _ responses: [Response], _ read: (String) -> ReadAnswer?) {
    self.case = name
    self.name = named
    self.question = question
    self.responses = responses
    let answers = responses.map { (response: $0, read: read($0.line)) }
    let top = question?.choices.map(\.weight).max() ?? 0
    options = (question?.choices ?? []).map { choice in
      let chosen = answers.filter { answer in
        guard let choices = answer.read?.choices else { return false }
        switch question?.kind {
        case .ranked: return choices.first == choice.id
        case .ordering: return choices.firstIndex(of: choice.id).map { $0 + 1 == choice.weight } ?? false
        default: return choices.contains(choice.id)
        }
      }
      let rests = chosen.compactMap(\.response.rest)
      let isRight: Bool
      switch question?.kind {
      case .ranked, .concordance: isRight = choice.weight == top
      case .ordering: isRight = true
      default: isRight = choice.verdict == .right
      }
      return Option(
        choice: choice, isRight: isRight, count: chosen.count,
        rest: rests.count < ItemStatistics.leastForShare ? nil : rests.reduce(0, +) / Double(rests.count))
    }
    var given: [String: Int] = [:]
    if options.isEmpty { for response in responses where response.credit < 1 && !response.line.isEmpty { given[response.line, default: 0] += 1 } }
    wrong = given.filter { $0.value > 1 }.map { ($0.key, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }

  /// Choices that hardly anyone takes, and those that draw learners who do better than those who are right.
  func remark(_ option: Option) -> Words? {
    guard !option.isRight else { return nil }
    switch question?.kind {
    case .single, .concordance, .several, .features, .ranked: break
    default: return nil
    }
    if count >= ItemStatistics.leastForCorrelation, option.count * 20 < count { return Words("hardly anyone chooses it", "σχεδόν κανείς δεν την παίρνει") }
    let right = options.filter(\.isRight).compactMap(\.rest).max()
    guard let rest = option.rest, let right, rest > right else { return nil }
    return Words("attracts the stronger learners: look at it again", "τραβά τους καλύτερους: ξαναδιαβάστε την")
  }

  /// What is to be said of the item.
  var remark: Words? {
    // Only what more learners would hardly turn round.
    if let found = discrimination, found.value < 0, found.high < 0.2 {
      return Words("those who do well elsewhere miss it: is the key right?", "τη χάνουν όσοι τα πάνε καλά αλλού: σωστό το κλειδί;")
    }
    guard let facility else { return nil }
    if facility.value >= 0.95 { return Words("nearly everyone is right", "σχεδόν όλοι σωστοί") }
    if facility.value <= 0.2 { return Words("hardly anyone is right", "σχεδόν κανείς σωστός") }
    if let found = discrimination, found.value < 0.2, found.high < 0.3 { return Words("tells learners apart poorly", "διακρίνει λίγο τους εκπαιδευομένους") }
    return nil
  }
}

/// An answer of a log as its question reads it.
struct ReadAnswer {
  let choices: [String]
  let forecasts: [Forecast]
}
