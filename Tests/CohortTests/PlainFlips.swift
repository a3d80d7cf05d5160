import Cohorts
import Foundation
import Grammar
import Guideline
import Measures
import Patients
import Testing
import Vocabulary

/// Patients in the forms of both evaluators.
struct BothForms {
  let plain: PlainEvaluator
  let guideline: Guideline

  init() throws {
    plain = try PlainEvaluator(textsFolder)
    guideline = try Guideline.embedded()
  }

  /// As the program holds it.
  func stated(_ patient: [String: PlainValue]) throws -> [Int: Possible] {
    var stated: [Int: Possible] = [:]
    for (name, value) in patient {
      let finding = try #require(guideline.vocabulary.finding(id: name))
      switch value {
      case .values(let values):
        stated[finding.index] = .values(try values.reduce(0) { try $0 | 1 << UInt32(#require(finding.place(of: $1))) })
      case .numbers(let low, let lowOpen, let high, let highOpen):
        stated[finding.index] = .numbers(
          Interval(lower: Exact(millionths: Int64(low)), lowerClosed: !lowOpen, upper: Exact(millionths: Int64(high)), upperClosed: !highOpen))
      }
    }
    return stated
  }

  /// As the plain evaluator holds it.
  func plain(_ possible: Possible, of finding: Int) throws -> PlainValue {
    let finding = guideline.vocabulary.findings[finding]
    switch possible {
    case .values(let mask):
      return .values(Set(finding.values.indices.filter { mask & 1 << UInt32($0) != 0 }.map { finding.values[$0].id }))
    case .numbers(let interval):
      return .numbers(
        low: Int(try #require(interval.lower).millionths), lowOpen: !interval.lowerClosed, high: Int(try #require(interval.upper).millionths),
        highOpen: !interval.upperClosed)
    }
  }

  func plain(_ stated: [Int: Possible]) throws -> [String: PlainValue] {
    var patient: [String: PlainValue] = [:]
    for (finding, possible) in stated { patient[guideline.vocabulary.findings[finding].id] = try plain(possible, of: finding) }
    return patient
  }

  /// Single values of a set or range: each of a category, and numbers at the ends, beside them and between.
  func values(in possible: Possible, of finding: Int) throws -> [PlainValue] {
    let whole = try plain(possible, of: finding)
    switch whole {
    case .values(let values): return values.map { .values([$0]) }
    case .numbers(let low, let lowOpen, let high, let highOpen):
      let tries = [low, low + 1, low + 100_000, (low + high) / 2, high - 100_000, high - 1, high]
      return tries.filter { ($0 > low || $0 == low && !lowOpen) && ($0 < high || $0 == high && !highOpen) }
        .map { .numbers(low: $0, lowOpen: false, high: $0, highOpen: false) }
    }
  }

  /// Where the program's own numbers lie: around every bound of the chapters and of WHO 2010.
  static let marks = [0, 1, 2, 2.5, 3, 14, 19.9, 20, 20.1, 25, 29.9, 30, 39.9, 40, 75, 75.1, 89.9, 90, 100]
}
