import Grammar
import Guideline
import Measures
import Patients
import Vocabulary

/// How patients stand in planes of bits: for each finding a plane that says whether it is stated, and a plane for each
/// value that is still possible where it is. A number's values are the stretches of numbers that conditions tell apart.
struct Columns: Sendable {
  struct Column: Sendable {
    /// The plane of those patients in whom the finding is stated; its values' planes follow.
    let stated: Int
    let values: Int
    /// Where its numbers' cuts and pieces stand among those of all; both empty for a category.
    var cuts = 0..<0
    var pieces = 0..<0
    let range: ClosedRange<Int64>
    /// Whether its numbers are whole.
    var isCount = false

    func plane(_ value: Int) -> Int { stated + 1 + value }

    /// Whether a number in millionths can be its finding's.
    @inline(__always)
    func admits(_ number: Int64) -> Bool { range.contains(number) && (!isCount || number % 1_000_000 == 0) }
  }

  /// Where numbers are cut, in millionths, a column behind the other, and for each piece (below the first cut, the cut itself, above it …) its
  /// value.
  private let cuts: [Int64]
  private let pieces: [Int]
  /// By the finding's place; nil for findings that are defined by others.
  let columns: [Column?]
  /// The plane of the patients in whom what isn't stated is assumed absent.
  let assumesAbsent: Int
  let planes: Int

  /// Lays out the columns for every distinction that the guideline makes.
  init(_ guideline: Guideline) {
    var allowed: [Int: [Interval]] = [:]
    for condition in guideline.rules.flatMap({ [$0.when, $0.until, $0.unless].compactMap { $0 } }) + guideline.inference.conditions {
      for test in condition.tests {
        if case .numbers(let interval) = test.allowed { allowed[test.finding, default: []].append(interval) }
      }
    }
    for scale in guideline.vocabulary.scales { allowed[scale.from, default: []] += scale.steps.map(\.interval) }
    var next = 0
    var cuts: [Int64] = []
    var pieces: [Int] = []
    columns = guideline.vocabulary.findings.map { finding in
      if finding.isDerived { return nil }
      var column = Column(stated: next, values: finding.values.count, range: 0...0)
      if finding.isNumber {
        let (own, parts, range) = Self.number(finding.range, allowed[finding.index] ?? [])
        let (cut, piece) = (cuts.count, pieces.count)
        cuts += own
        pieces += parts
        column = Column(
          stated: next, values: (parts.max() ?? -1) + 1, cuts: cut..<cuts.count, pieces: piece..<pieces.count, range: range, isCount: finding.isCount)
      }
      next += 1 + column.values
      return column
    }
    (self.cuts, self.pieces) = (cuts, pieces)
    assumesAbsent = next
    planes = next + 1
  }

  /// A number's cuts, its pieces' values, and its range in millionths.
  private static func number(_ range: Interval, _ allowed: [Interval]) -> (cuts: [Int64], pieces: [Int], range: ClosedRange<Int64>) {
    let low = range.lower?.millionths ?? .min
    let high = range.upper?.millionths ?? .max
    var cuts = Set<Int64>()
    for interval in allowed { cuts.formUnion([interval.lower, interval.upper].compactMap { $0?.millionths }) }
    let sorted = cuts.filter { $0 >= low && $0 <= high }.sorted()
    // Pieces in which every test answers alike are one value.
    var pieces: [Int] = []
    var last: [Bool]?
    var value = -1
    for piece in 0...(2 * sorted.count) {
      let interval = Self.piece(piece, sorted).intersection(range)
      if interval.isEmpty {
        pieces.append(max(value, 0))
        continue
      }
      let answers = allowed.map { !interval.intersection($0).isEmpty }
      if answers != last { value += 1 }
      last = answers
      pieces.append(value)
    }
    return (sorted, pieces, low...high)
  }

  private static func piece(_ piece: Int, _ cuts: some RandomAccessCollection<Int64>) -> Interval {
    func cut(_ place: Int) -> Exact { Exact(millionths: cuts[cuts.index(cuts.startIndex, offsetBy: place)]) }
    let place = piece / 2
    if piece % 2 == 1 { return Interval(cut(place)) }
    return Interval(
      lower: place > 0 ? cut(place - 1) : nil, lowerClosed: false, upper: place < cuts.count ? cut(place) : nil, upperClosed: false)
  }

  /// The value that a number is, in millionths.
  @inline(__always)
  func value(of number: Int64, in column: Column) -> Int {
    var piece = column.pieces.lowerBound
    for cut in column.cuts {
      if number < cuts[cut] { break }
      if number == cuts[cut] { return pieces[piece &+ 1] }
      piece &+= 2
    }
    return pieces[piece]
  }

  /// The values of a finding that lie in what is possible.
  func values(of finding: Int, in possible: Possible) -> [Int] {
    guard let column = columns[finding] else { return [] }
    switch possible {
    case .values(let mask): return (0..<column.values).filter { mask & 1 << UInt32($0) != 0 }
    case .numbers(let interval):
      var found: [Int] = []
      let range = Interval(lower: Exact(millionths: column.range.lowerBound), upper: Exact(millionths: column.range.upperBound))
      for (piece, place) in column.pieces.enumerated() {
        let part = Self.piece(piece, cuts[column.cuts]).intersection(range).intersection(interval)
        if !part.isEmpty, found.last != pieces[place] { found.append(pieces[place]) }
      }
      return found
    }
  }

  /// The numbers that a value of a number's column stands for.
  func numbers(of finding: Int, _ value: Int) -> Interval {
    guard let column = columns[finding], let first = pieces[column.pieces].firstIndex(of: value),
      let last = pieces[column.pieces].lastIndex(of: value)
    else { return Interval(lower: nil, upper: nil) }
    let low = Self.piece(first - column.pieces.lowerBound, cuts[column.cuts])
    let high = Self.piece(last - column.pieces.lowerBound, cuts[column.cuts])
    return Interval(lower: low.lower, lowerClosed: low.lowerClosed, upper: high.upper, upperClosed: high.upperClosed)
  }

  /// A finding's values, each on its own: for a number the stretches of its range that conditions tell apart.
  func groups(of finding: Int) -> [Possible] {
    guard let column = columns[finding] else { return [] }
    if column.pieces.isEmpty { return (0..<column.values).map { .values(1 << UInt32($0)) } }
    let range = Interval(lower: Exact(millionths: column.range.lowerBound), upper: Exact(millionths: column.range.upperBound))
    return (0..<column.values).map { .numbers(range.intersection(numbers(of: finding, $0))) }
  }

  /// The one value that is possible; nil where it isn't one, or a number isn't a single one.
  @inline(__always)
  func value(of finding: Int, _ possible: Possible) -> Int? {
    guard let column = columns[finding] else { return nil }
    switch possible {
    case .values(let mask): return mask.nonzeroBitCount == 1 ? mask.trailingZeroBitCount : nil
    case .numbers(let interval):
      guard let number = interval.single?.millionths, column.admits(number) else { return nil }
      return self.value(of: number, in: column)
    }
  }

  /// The planes in which a patient's bit is set when a finding is stated so.
  func bits(of finding: Int, _ possible: Possible) -> [Int] {
    guard let column = columns[finding] else { return [] }
    return [column.stated] + values(of: finding, in: possible).map(column.plane)
  }
}
