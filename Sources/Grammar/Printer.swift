import Measures
import Vocabulary

/// Prints the canonical forms: what recordings, chapters and exports hold. Reading them gives the same value back.
public enum Printer {
  /// `syndrome is insulinoma`, `size 14 mm`, `men1 no`, `liver-metastases is not none`, `ki67 < 2 %`, `men1 unknown`.
  public static func statement(_ finding: Int, _ possible: Possible?, _ vocabulary: Vocabulary) -> String {
    guard let possible else { return vocabulary.findings[finding].id + " unknown" }
    return test(Test(finding: finding, allowed: possible), vocabulary)
  }

  public static func statements(_ statements: [Statement], _ vocabulary: Vocabulary) -> String {
    statements.map { statement($0.finding, $0.possible, vocabulary) }.joined(separator: ", ")
  }

  /// One test in canonical form.
  public static func test(_ test: Test, _ vocabulary: Vocabulary) -> String {
    let finding = vocabulary.findings[test.finding]
    switch test.allowed {
    case .numbers(let interval): return numbers(interval, of: finding)
    case .values(let mask):
      let ids = finding.values.indices.filter { mask & 1 << UInt32($0) != 0 }.map { finding.values[$0].id }
      if finding.kind == .boolean || finding.isDerived {
        return mask == 1 ? finding.id : mask == 2 ? finding.id + " no" : finding.id + " one of (yes, no)"
      }
      if ids.count == 1 { return "\(finding.id) is \(ids[0])" }
      if ids.count == finding.values.count - 1, ids.count > 1 {
        let missing = finding.allValues & ~mask
        return "\(finding.id) is not \(finding.values[missing.trailingZeroBitCount].id)"
      }
      return "\(finding.id) one of (\(ids.joined(separator: ", ")))"
    }
  }

  private static func numbers(_ interval: Interval, of finding: Finding) -> String {
    func quantity(_ value: Exact) -> String {
      finding.unit == .count || finding.unit == .perTenFields ? "\(value)" : "\(value) \(finding.unit.rawValue)"
    }
    if let value = interval.single { return "\(finding.id) \(quantity(value))" }
    let low = interval.lower == finding.range.lower && interval.lowerClosed ? nil : interval.lower
    let high = interval.upper == finding.range.upper && interval.upperClosed ? nil : interval.upper
    var parts: [String] = []
    if let low { parts.append("\(finding.id) \(interval.lowerClosed ? ">=" : ">") \(quantity(low))") }
    if let high { parts.append("\(finding.id) \(interval.upperClosed ? "<=" : "<") \(quantity(high))") }
    if parts.isEmpty, let lowest = finding.range.lower { parts.append("\(finding.id) >= \(quantity(lowest))") }
    return parts.joined(separator: " and ")
  }

  /// A condition in canonical form.
  public static func condition(_ condition: Condition, _ vocabulary: Vocabulary) -> String {
    text(condition, vocabulary, inside: 0)
  }

  /// `inside`: 0 at the top or in or, 1 in and, 2 in not.
  private static func text(_ condition: Condition, _ vocabulary: Vocabulary, inside level: Int) -> String {
    switch condition {
    case .always: return ""
    case .test(let test):
      let printed = Self.test(test, vocabulary)
      if level > 1, case .numbers(let interval) = test.allowed, interval.single == nil, printed.contains(" and ") {
        return "(\(printed))"
      }
      return printed
    case .defined(let finding, _): return vocabulary.findings[finding].id
    // `not unstable` is a phrase of its own; with parentheses it can't be taken for one.
    case .not(.test(let inner)): return "not (\(test(inner, vocabulary)))"
    case .not(let inner): return "not " + text(inner, vocabulary, inside: 2)
    case .all(let parts):
      let joined = parts.map { text($0, vocabulary, inside: 1) }.joined(separator: " and ")
      return level > 0 ? "(\(joined))" : joined
    case .any(let parts):
      let joined = parts.map { part -> String in
        if case .any = part { return "(\(text(part, vocabulary, inside: 0)))" }
        return text(part, vocabulary, inside: 0)
      }.joined(separator: " or ")
      return level > 0 ? "(\(joined))" : joined
    case .atLeast(let count, let parts):
      return "at least \(count) of (\(parts.map { text($0, vocabulary, inside: 0) }.joined(separator: ", ")))"
    }
  }
}
