import Grammar
import Guideline
import Measures
import Vocabulary

/// Patients drawn by a seed. The patient at a place is the same in a cohort of any size.
public struct DrawnCohort: Sendable {
  public let guideline: Guideline
  public let distributions: Distributions
  public let count: Int
  public let seed: UInt64

  /// Patients in a cohort, at most.
  public static let largest = 1_000_000

  public init(_ guideline: Guideline, _ distributions: Distributions, count: Int, seed: UInt64) {
    self.guideline = guideline
    self.distributions = distributions
    self.count = count
    self.seed = seed
  }

  var blocks: Int { (count + Program.lanes - 1) / Program.lanes }

  /// The patients as NDJSON, as eval reads them, block by block.
  public func write(_ write: ([UInt8]) -> Void) {
    let drawer = PatientDrawer(self, Columns(guideline))
    let vocabulary = guideline.vocabulary
    let names = vocabulary.findings.map { Array("\"\($0.id)\":".utf8) }
    /// By finding and code, from 1.
    let values = vocabulary.findings.map { finding in
      finding.values.map { value in
        Array((finding.kind == .boolean ? (value.id == "yes" ? "true" : "false") : "\"\(value.id)\"").utf8)
      }
    }
    for block in 0..<blocks {
      var bytes: [UInt8] = []
      var number = block * Program.lanes
      var isFirst = true
      drawer.draw(block: block) { finding, drawn in
        if isFirst {
          bytes += "{\"id\":\"c\(number + 1)\",\"findings\":{".utf8
        } else {
          bytes.append(UInt8(ascii: ","))
        }
        isFirst = false
        bytes += names[finding]
        if let whole = drawn.number { bytes += "\(whole)".utf8 } else { bytes += values[finding][Int(drawn.code) - 1] }
      } next: {
        bytes += (isFirst ? "{\"id\":\"c\(number + 1)\",\"findings\":{}}\n" : "}}\n").utf8
        number += 1
        isFirst = true
      }
      write(bytes)
    }
  }
}

/// Shares made ready to draw whole blocks from: values as the byte codes of a block, conditions as masks of such codes.
struct PatientDrawer: Sendable {
  /// What is drawn of a finding.
  struct Drawn {
    /// As in a block of patients: a value's place and 1.
    let code: UInt8
    /// Of a number, the number.
    let number: Int64?
  }

  private struct Share {
    /// The sum of the weights up to and including this one.
    let upTo: UInt64
    /// A category's code; 0 leaves the finding unknown, or stands for a number.
    let code: UInt8
    let low: Int64
    /// Whole numbers from the lowest on; 0 for a category.
    let count: UInt64
    /// Where the numbers' codes begin; nil where there are too many of them to list.
    let codes: Int?
  }

  /// That a finding has one of the codes whose bits are set.
  private struct Ask {
    let finding: Int
    let codes: UInt64
  }

  private struct Line {
    let finding: Int
    let total: UInt64
    let shares: Range<Int>
    /// All of these hold.
    let asks: Range<Int>
    /// And this, which no codes can say.
    let condition: Condition?
  }

  /// Numbers whose codes are listed, of a share at most.
  private static let listed: UInt64 = 4_096

  private let cohort: DrawnCohort
  private let columns: Columns
  private let lines: [Line]
  private let shares: [Share]
  private let asks: [Ask]
  private let numberCodes: [UInt8]

  init(_ cohort: DrawnCohort, _ columns: Columns) {
    var (shares, asks, numberCodes): ([Share], [Ask], [UInt8]) = ([], [], [])
    let vocabulary = cohort.guideline.vocabulary
    lines = cohort.distributions.draws.map { draw in
      let (firstShare, firstAsk) = (shares.count, asks.count)
      for share in draw.shares {
        var listed: Int?
        if let numbers = share.numbers, numbers.count <= Self.listed {
          listed = numberCodes.count
          for place in 0..<Int64(numbers.count) { numberCodes.append(columns.code(of: draw.finding, whole: numbers.low + place)) }
        }
        shares.append(
          Share(
            upTo: share.upTo, code: share.possible?.value.map { UInt8($0 + 1) } ?? 0, low: share.numbers?.low ?? 0,
            count: share.numbers?.count ?? 0, codes: listed))
      }
      var left: [Condition] = []
      for part in draw.when.conjuncts {
        if let ask = Self.ask(part, vocabulary) { asks.append(ask) } else { left.append(part) }
      }
      return Line(
        finding: draw.finding, total: draw.total, shares: firstShare..<shares.count, asks: firstAsk..<asks.count,
        condition: left.isEmpty ? nil : .all(left))
    }
    self.cohort = cohort
    self.columns = columns
    self.shares = shares
    self.asks = asks
    self.numberCodes = numberCodes
  }

  /// A condition on one category as the codes with which it holds.
  private static func ask(_ condition: Condition, _ vocabulary: Vocabulary) -> Ask? {
    guard let place = condition.tests.first?.finding, condition.tests.allSatisfy({ $0.finding == place }) else { return nil }
    let finding = vocabulary.findings[place]
    if finding.isNumber { return nil }
    var codes: UInt64 = 0
    for code in 0...finding.values.count {
      let possible = code == 0 ? Possible.all(of: finding) : .values(1 << UInt32(code - 1))
      if condition.truth({ _ in possible }) == .yes { codes |= 1 << UInt64(code) }
    }
    return Ask(finding: place, codes: codes)
  }

  /// Draws the patients of a block, in their order: `state` takes what is drawn of a finding, `next` ends a patient.
  @inline(__always)
  func draw(block: Int, state: (_ finding: Int, Drawn) -> Void, next: () -> Void) {
    var generator = Xoshiro256(seed: cohort.seed &+ UInt64(block) &* 0xD134_2543_DE82_EF95)
    let findings = columns.columns.count
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: findings) { codes in
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: findings) { numbers in
        for _ in 0..<min(Program.lanes, cohort.count - block * Program.lanes) {
          codes.initialize(repeating: 0)
          var last = -1
          for line in lines where line.finding != last {
            guard asks[line.asks].allSatisfy({ $0.codes &>> UInt64(codes[$0.finding]) & 1 == 1 }) else { continue }
            if let condition = line.condition, !holds(condition, codes, numbers) { continue }
            last = line.finding
            let mark = generator.below(line.total)
            var place = line.shares.lowerBound
            for other in line.shares where shares[other].upTo <= mark { place = other + 1 }
            let share = shares[place]
            var drawn = Drawn(code: share.code, number: nil)
            if share.count > 0 {
              let step = Int64(generator.below(share.count))
              let code = share.codes.map { numberCodes[$0 + Int(step)] } ?? columns.code(of: line.finding, whole: share.low + step)
              drawn = Drawn(code: code, number: share.low + step)
              numbers[line.finding] = share.low + step
            }
            if drawn.code == 0 { continue }
            codes[line.finding] = drawn.code
            state(line.finding, drawn)
          }
          next()
        }
      }
    }
  }

  /// Draws the patients of a block into it.
  func draw(block number: Int, into block: PatientBlock) {
    draw(block: number) { finding, drawn in
      block.state(finding, code: drawn.code)
    } next: {
      block.keep()
    }
  }

  /// Whether a condition holds in a patient drawn so far.
  private func holds(_ condition: Condition, _ codes: UnsafeMutableBufferPointer<UInt8>, _ numbers: UnsafeMutableBufferPointer<Int64>) -> Bool {
    let findings = cohort.guideline.vocabulary.findings
    return condition.truth { place in
      if codes[place] == 0 { return .all(of: findings[place]) }
      if findings[place].isNumber { return .numbers(Interval(Exact(millionths: numbers[place] * 1_000_000))) }
      return .values(1 << UInt32(codes[place] - 1))
    } == .yes
  }
}

extension Columns {
  /// The code of a whole number in its finding's column.
  fileprivate func code(of finding: Int, whole number: Int64) -> UInt8 {
    columns[finding].map { UInt8(truncatingIfNeeded: value(of: number * 1_000_000, in: $0) + 1) } ?? 0
  }
}
