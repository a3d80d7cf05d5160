import Foundation

/// Random patients for the tests, the same from the same seed: with findings left out, sets of values, intervals, and numbers
/// on and beside the thresholds of the chapters.
struct RandomPatients {
  private var state: UInt64
  let plain: PlainEvaluator

  init(seed: UInt64, _ plain: PlainEvaluator) {
    state = seed
    self.plain = plain
  }

  mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 11) % bound
  }

  private mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  private static let marks: [String: [Int]] = [
    "size": [14, 20, 30], "ki67": [2, 3, 20], "mitoses": [2, 20], "liver-lesions": [20], "largest-liver-lesion": [30, 40],
    "ablatable": [90], "liver-involvement": [75],
  ]

  /// The least difference of two numbers of a finding, in millionths: what has no unit is counted.
  private static func step(_ finding: PlainEvaluator.Finding) -> Int { finding.unit.isEmpty ? 1_000_000 : 1 }

  private mutating func number(_ name: String, _ finding: PlainEvaluator.Finding) -> Int {
    let marks = Self.marks[name] ?? [50]
    let mark = marks[below(marks.count)] * 1_000_000
    let offsets =
      finding.unit.isEmpty ? [-5_000_000, -1_000_000, 0, 0, 1_000_000, 5_000_000] : [-5_000_000, -100_000, -1, 0, 0, 1, 100_000, 500_000, 5_000_000]
    return min(finding.high, max(finding.low, mark + offsets[below(offsets.count)]))
  }

  private mutating func value(_ name: String, _ finding: PlainEvaluator.Finding, narrow: Bool) -> PlainValue {
    if finding.type == "number" {
      let a = number(name, finding)
      let step = Self.step(finding)
      if narrow { return .numbers(low: a, lowOpen: false, high: a, highOpen: false) }
      switch below(4) {
      case 0: return .numbers(low: a, lowOpen: false, high: finding.high, highOpen: false)
      case 1: return .numbers(low: min(a, finding.high - step), lowOpen: true, high: finding.high, highOpen: false)
      case 2: return .numbers(low: finding.low, lowOpen: false, high: a, highOpen: false)
      default: return .numbers(low: finding.low, lowOpen: false, high: max(a, finding.low + step), highOpen: true)
      }
    }
    if narrow { return .values([finding.values[below(finding.values.count)]]) }
    var some = Set(finding.values.filter { _ in below(2) == 0 })
    if some.isEmpty { some = [finding.values[0]] }
    return .values(some)
  }

  /// A patient of whom a share of the findings is stated, in percent, and some of those only in part.
  mutating func next(stated share: Int, partly: Int = 15) -> [String: PlainValue] {
    var patient: [String: PlainValue] = [:]
    for name in plain.order {
      guard let finding = plain.findings[name], finding.type != "derived", chance(share) else { continue }
      patient[name] = value(name, finding, narrow: !chance(partly))
    }
    // Most patients are told without the commonest contradictions.
    if chance(85) {
      for name in ["symptomatic", "malignant", "primary-found"] { patient[name] = nil }
      if patient["stage"] != .values(["metastatic"]) { patient["stage"] = nil }
      if patient["location"] != nil { patient["site"] = nil }
    }
    return patient
  }

  /// One value of a finding, one of those that it may have.
  mutating func value(of name: String, within possible: PlainValue?) -> PlainValue {
    let finding = plain.findings[name] ?? PlainEvaluator.Finding()
    switch possible {
    case .values(let values)?: return .values([finding.values.filter(values.contains)[below(values.count)]])
    case .numbers(let low, let lowOpen, let high, let highOpen)?:
      guard case .numbers(let number, _, _, _) = value(name, finding, narrow: true) else { preconditionFailure("no number") }
      let step = Self.step(finding)
      let inside = min(highOpen ? high - step : high, max(lowOpen ? low + step : low, number))
      return .numbers(low: inside, lowOpen: false, high: inside, highOpen: false)
    case nil: return value(name, finding, narrow: true)
    }
  }

  static func text(_ millionths: Int) -> String {
    let fraction = String(1_000_000 + millionths % 1_000_000).dropFirst()
    return "\(millionths / 1_000_000).\(fraction)"
  }

  /// A value in JSON, in one of the ways in which it may be written.
  mutating func json(_ name: String, _ value: PlainValue) -> String {
    let finding = plain.findings[name] ?? PlainEvaluator.Finding()
    switch value {
    case .values(let values):
      let sorted = finding.values.filter(values.contains)
      if sorted.count > 1 { return "[" + sorted.map { "\"\($0)\"" }.joined(separator: ",") + "]" }
      if finding.type == "boolean", chance(80) { return sorted[0] == "yes" ? "true" : "false" }
      return "\"\(sorted[0])\""
    case .numbers(let low, let lowOpen, let high, let highOpen):
      if low == high { return chance(50) ? Self.text(low) : "\"\(Self.text(low)) \(finding.unit)\"" }
      if high == finding.high { return "\"\(lowOpen ? ">" : ">=") \(Self.text(low)) \(finding.unit)\"" }
      return "\"\(highOpen ? "<" : "<=") \(Self.text(high)) \(finding.unit)\""
    }
  }

  /// A patient's line.
  mutating func line(_ id: String, _ patient: [String: PlainValue], assumesAbsent: Bool) -> String {
    var fields: [String] = []
    for name in plain.order {
      guard let value = patient[name] else { continue }
      fields.append("\"\(name)\":\(json(name, value))")
    }
    if chance(20) { fields.append("\"gallstones\":null") }
    if fields.count(where: { $0.hasPrefix("\"gallstones\"") }) > 1 { fields.removeLast() }
    let space = chance(20) ? " " : ""
    let assume = assumesAbsent ? ",\(space)\"assume\":\"absent\"" : ""
    return "{\"id\":\(id),\(space)\"findings\":{\(fields.joined(separator: "," + space))}\(assume)}"
  }
}
