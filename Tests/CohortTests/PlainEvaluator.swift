import Foundation

/// What is known of one finding, as the plain evaluator holds it: the values or numbers still possible.
enum PlainValue: Hashable {
  case values(Set<String>)
  /// Numbers in millionths; an open end leaves its bound out.
  case numbers(low: Int, lowOpen: Bool, high: Int, highOpen: Bool)
}

/// An evaluator that follows only the text of the chapters and of the vocabulary's files, written to be checked by eye and
/// sharing no code with the program: truths are 0 for no, 1 for unknown, 2 for yes.
struct PlainEvaluator {
  struct Finding {
    var type = ""
    var group = ""
    var values: [String] = []
    var low = 0
    var high = 0
    var unit = ""
  }

  struct Rule {
    var id = ""
    var subjects: [String] = []
    var stance = ""
    var when = ""
    var until = ""
    var unless = ""
    var with: [String] = []
    var overrides: [String] = []
  }

  private struct Derivation {
    var finding = ""
    var value = ""
    /// The value that is read over.
    var over: String?
    var when = ""
    var unless: String?
    /// The finding that must be stated.
    var stated: String?
  }

  private struct Contradiction {
    var first = ""
    var second = ""
    var stated: String?
  }

  private(set) var order: [String] = []
  private(set) var findings: [String: Finding] = [:]
  private(set) var rules: [Rule] = []
  private var groups: [String: [String]] = [:]
  private var inference: [String] = []
  /// The lines of `inference` that derive and contradict, parted once.
  private var derivations: [Derivation] = []
  private var contradictions: [Contradiction] = []
  private var definitions: [String: String] = [:]
  /// Conditions as words, the rules above a rule, and what a companion may accompany: worked out once.
  private var words: [String: [String]] = [:]
  private var above: [String: Set<String>] = [:]
  private var company: [String: [String]] = [:]

  /// Reads the files of `Sources/CTexts`.
  init(_ folder: URL) throws {
    func lines(_ name: String) throws -> [String] {
      try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8).components(separatedBy: "\n")
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
    for line in try lines("vocabulary/findings.txt") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count > 1 else { continue }
      switch words[0] {
      case "finding":
        order.append(words[1])
        findings[words[1]] = Finding()
      case "group": findings[order[order.count - 1]]?.group = words[1]
      case "type":
        var finding = findings[order[order.count - 1]] ?? Finding()
        finding.type = words[1]
        if words[1] == "boolean" { finding.values = ["yes", "no"] }
        if words[1] == "number" {
          let bounds = words[2].components(separatedBy: "..").map { Self.millionths($0) }
          (finding.low, finding.high) = (bounds[0], bounds[1])
          finding.unit = words.dropFirst(3).joined(separator: " ")
        }
        findings[order[order.count - 1]] = finding
      case "value" where findings[order[order.count - 1]]?.type == "category":
        findings[order[order.count - 1]]?.values.append(words[1])
      default: break
      }
    }
    var therapy = ""
    for line in try lines("vocabulary/therapies.txt") {
      if line.hasPrefix("therapy ") { therapy = String(line.dropFirst(8)) }
      if line.hasPrefix("in ") { groups[therapy] = Self.list(line.dropFirst(3)) }
    }
    for line in try lines("vocabulary/derive.txt") where !line.isEmpty && !line.hasPrefix("#") {
      if line.hasPrefix("define ") {
        let halves = line.dropFirst(7).components(separatedBy: " = ")
        definitions[halves[0]] = halves[1]
      } else {
        inference.append(line)
      }
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("chapters").path)
    for name in names.sorted() where name.hasSuffix(".md") && !name.hasSuffix(".el.md") {
      var rule: Rule?
      for line in try lines("chapters/" + name) {
        if line.hasPrefix("```rule ") {
          rule = Rule(id: String(line.dropFirst(8)))
        } else if line == "```" {
          if let rule { rules.append(rule) }
          rule = nil
        } else if line.hasPrefix("advise ") {
          let words = Self.list(line.dropFirst(7))
          rule?.subjects = Array(words.dropLast())
          rule?.stance = words[words.count - 1]
        } else if line.hasPrefix("when ") {
          rule?.when = String(line.dropFirst(5))
        } else if line.hasPrefix("until ") {
          rule?.until = String(line.dropFirst(6))
        } else if line.hasPrefix("unless ") {
          rule?.unless = String(line.dropFirst(7))
        } else if line.hasPrefix("with ") {
          rule?.with = Self.list(line.dropFirst(5))
        } else if line.hasPrefix("overrides ") {
          rule?.overrides = Self.list(line.dropFirst(10))
        }
      }
    }
    prepare()
  }

  private mutating func prepare() {
    var conditions = rules.flatMap { [$0.when, $0.until, $0.unless] } + definitions.values
    derivations = inference.filter { $0.hasPrefix("derive ") }.map(Self.derivation)
    contradictions = inference.filter { $0.hasPrefix("contradiction ") }.map { line in
      let halves = Self.pair(line)
      let isStated = line.hasPrefix("contradiction stated ")
      return Contradiction(first: halves[0], second: halves[1], stated: isStated ? halves[0].components(separatedBy: " ")[0] : nil)
    }
    conditions += derivations.map(\.when) + contradictions.flatMap { [$0.first, $0.second] }
    for text in conditions {
      words[text] = text.replacingOccurrences(of: "(", with: " ( ").replacingOccurrences(of: ")", with: " ) ")
        .replacingOccurrences(of: ",", with: " , ").split(separator: " ").map(String.init)
    }
    for rule in rules {
      above[rule.id] = rulesAbove(rule.id)
      company[rule.id] = rules.filter { other in other.id != rule.id && rule.with.contains { accompanies(other, $0) } }.map(\.id)
    }
  }

  private static func derivation(_ line: String) -> Derivation {
    var text = String(line.dropFirst(7))
    if text.hasPrefix("background ") { text = String(text.dropFirst(11)) }
    let needsStated = text.hasPrefix("stated ")
    if needsStated { text = String(text.dropFirst(7)) }
    let reading = text.components(separatedBy: " over ")
    let halves = reading[0].components(separatedBy: " when ")
    let head = halves[0].components(separatedBy: " ")
    let tail = halves[1].components(separatedBy: " unless ")
    return Derivation(
      finding: head[0], value: head[1], over: reading.count > 1 ? reading[1] : nil, when: tail[0], unless: tail.count > 1 ? tail[1] : nil,
      stated: needsStated ? tail[0].components(separatedBy: " ")[0] : nil)
  }

  /// The two statements of a contradiction.
  private static func pair(_ line: String) -> [String] {
    line.replacingOccurrences(of: "contradiction stated ", with: "").replacingOccurrences(of: "contradiction ", with: "")
      .components(separatedBy: " with ")
  }

  private static func list(_ text: Substring) -> [String] {
    text.split { $0 == " " || $0 == "," }.map(String.init)
  }

  static func millionths(_ text: String) -> Int {
    let parts = text.components(separatedBy: ".")
    let decimals = (parts.count > 1 ? parts[1] : "").padding(toLength: 6, withPad: "0", startingAt: 0)
    return (Int(parts[0]) ?? 0) * 1_000_000 + (Int(decimals) ?? 0)
  }

  // MARK: Conditions

  /// The truth of a condition of the files.
  func truth(_ text: String, _ patient: [String: PlainValue]) -> Int {
    guard var words = words[text]?[...] else { preconditionFailure("no condition \(text)") }
    return words.isEmpty ? 2 : either(&words, patient)
  }

  private func either(_ words: inout ArraySlice<String>, _ patient: [String: PlainValue]) -> Int {
    var truth = both(&words, patient)
    while words.first == "or" {
      words.removeFirst()
      truth = max(truth, both(&words, patient))
    }
    return truth
  }

  private func both(_ words: inout ArraySlice<String>, _ patient: [String: PlainValue]) -> Int {
    var truth = one(&words, patient)
    while words.first == "and" {
      words.removeFirst()
      truth = min(truth, one(&words, patient))
    }
    return truth
  }

  private func one(_ words: inout ArraySlice<String>, _ patient: [String: PlainValue]) -> Int {
    let word = words.removeFirst()
    if word == "not" { return 2 - one(&words, patient) }
    if word == "(" {
      let truth = either(&words, patient)
      words.removeFirst()
      return truth
    }
    if word == "at" {
      let needed = Int(words[words.startIndex + 1]) ?? 0
      words.removeFirst(4)
      var truths: [Int] = []
      repeat { truths.append(either(&words, patient)) } while words.removeFirst() == ","
      if truths.filter({ $0 == 2 }).count >= needed { return 2 }
      return truths.filter { $0 > 0 }.count >= needed ? 1 : 0
    }
    if let definition = definitions[word] {
      let truth = truth(definition, patient)
      if words.first == "no" {
        words.removeFirst()
        return 2 - truth
      }
      return truth
    }
    guard let finding = findings[word] else { preconditionFailure("no finding \(word)") }
    if finding.type == "number" { return number(word, finding, &words, patient) }
    var allowed: Set<String> = ["yes"]
    switch words.first {
    case "no":
      words.removeFirst()
      allowed = ["no"]
    case "is":
      words.removeFirst()
      let negated = words.first == "not"
      if negated { words.removeFirst() }
      let value = words.removeFirst()
      allowed = negated ? Set(finding.values).subtracting([value]) : [value]
    case "one":
      words.removeFirst(3)
      allowed = []
      repeat { allowed.insert(words.removeFirst()) } while words.removeFirst() == ","
    default: break
    }
    guard case .values(let possible)? = patient[word] else { return allowed.isSuperset(of: finding.values) ? 2 : 1 }
    if possible.isSubset(of: allowed) { return 2 }
    return possible.isDisjoint(with: allowed) ? 0 : 1
  }

  private func number(
    _ name: String, _ finding: Finding, _ words: inout ArraySlice<String>, _ patient: [String: PlainValue]
  ) -> Int {
    let sign = words.removeFirst()
    var bound = Self.millionths(words.removeFirst())
    if let unit = words.first, unit != "and", unit != "or", unit != ")", unit != "," {
      if unit == "cm" { bound *= 10 }
      words.removeFirst(finding.unit.split(separator: " ").count)
    }
    var (low, lowOpen, high, highOpen) = (finding.low, false, finding.high, false)
    if case .numbers(let a, let b, let c, let d)? = patient[name] { (low, lowOpen, high, highOpen) = (a, b, c, d) }
    // Whether every possible number holds, and whether any does.
    switch sign {
    case ">": return low > bound || low == bound && lowOpen ? 2 : high > bound ? 1 : 0
    case ">=": return low >= bound ? 2 : high > bound || high == bound && !highOpen ? 1 : 0
    case "<": return high < bound || high == bound && highOpen ? 2 : low < bound ? 1 : 0
    case "<=": return high <= bound ? 2 : low < bound || low == bound && !lowOpen ? 1 : 0
    default: preconditionFailure("no comparison \(sign)")
    }
  }

  // MARK: What follows from what is stated

  /// Everything known, and what is stated; nil when two statements can't both hold.
  func known(_ stated: [String: PlainValue], assumesAbsent: Bool) -> [String: PlainValue]? {
    var stated = stated
    var known = infer(stated)
    if assumesAbsent {
      let lists = Dictionary(
        uniqueKeysWithValues: inference.filter { $0.contains("absent") || $0.hasPrefix("spared") }.map { line in
          let words = line.split(separator: " ", maxSplits: 1).map(String.init)
          return (words[0], words[1].components(separatedBy: ";").map { $0.trimmingCharacters(in: .whitespaces) })
        })
      let metastatic = known["stage"] == .values(["metastatic"])
      for name in order {
        guard let finding = findings[name], stated[name] == nil else { continue }
        guard lists["absent-groups"]?.contains(finding.group) == true || lists["absent-findings"]?.contains(name) == true else { continue }
        if metastatic, lists["spared-in-metastatic"]?.contains(name) == true { continue }
        if case .values(let left)? = known[name], left.count == 1 { continue }
        guard let absent = ["no", "none"].first(where: finding.values.contains) else { continue }
        stated[name] = .values([absent])
      }
      known = infer(stated)
    }
    for contradiction in contradictions {
      guard truth(contradiction.first, known) == 2, truth(contradiction.second, known) == 2 else { continue }
      if let name = contradiction.stated, stated[name] == nil { continue }
      return nil
    }
    return known
  }

  private func infer(_ stated: [String: PlainValue]) -> [String: PlainValue] {
    var known = stated
    let scales = inference.filter { $0.hasPrefix("scale ") }
    for target in Set(scales.map { $0.split(separator: " ")[1] }).map(String.init) where stated[target] == nil {
      if let value = grade(scales.filter { $0.hasPrefix("scale \(target) ") }, stated) { known[target] = .values([value]) }
    }
    for derivation in derivations {
      let name = derivation.finding
      if let over = derivation.over, case .values(let values)? = known[name], values.contains(over), !values.contains(derivation.value) {
        if truth(derivation.when, known) == 2 { known[name] = .values([derivation.value]) }
        continue
      }
      if let before = known[name] {
        guard case .values(let values) = before, values.count > 1, values.contains(derivation.value) else { continue }
      }
      if let unless = derivation.unless, stated[unless] != nil { continue }
      if let needed = derivation.stated, stated[needed] == nil { continue }
      if truth(derivation.when, known) == 2 { known[name] = .values([derivation.value]) }
    }
    return known
  }

  /// The grade that every possible number gives: tried at each bound and on either side of it.
  private func grade(_ scales: [String], _ stated: [String: PlainValue]) -> String? {
    var names: [String] = []
    var ways: [[ClosedRange<Int>]] = []
    for scale in scales {
      let halves = scale.components(separatedBy: ": ")
      let from = halves[0].components(separatedBy: " ")[3]
      guard case .numbers(let low, let lowOpen, let high, let highOpen)? = stated[from] else { continue }
      let steps = halves[1].components(separatedBy: "; ").map { $0.components(separatedBy: " ") }
      names = steps.map { $0[0] }
      var tried = [low, high, low + 1, high - 1]
      for step in steps {
        for word in step.dropFirst() where word.first?.isNumber == true {
          let bound = Self.millionths(word)
          tried += [bound - 1, bound, bound + 1]
        }
      }
      tried = tried.filter { ($0 > low || $0 == low && !lowOpen) && ($0 < high || $0 == high && !highOpen) }
      ways.append(
        tried.map { number in
          func holds(_ step: [String]) -> Bool {
            let bound = Self.millionths(step[2])
            switch step[1] {
            case "<=": return number <= bound
            case "<": return number < bound
            case ">": return number > bound
            default: return number >= Self.millionths(step[1]) && number <= Self.millionths(step[3])
            }
          }
          if let place = steps.firstIndex(where: holds) { return place...place }
          // Between two steps: not below the lower, and no more can be said.
          let below = steps.lastIndex { step in number > Self.millionths(step[step.count - 1]) } ?? 0
          return below...(below + 1)
        })
    }
    // The higher of what the numbers give, whichever they are.
    var found: Set<Int> = []
    func combine(_ place: Int, _ low: Int, _ high: Int) {
      guard place < ways.count else {
        found.formUnion(low...high)
        return
      }
      for way in ways[place] { combine(place + 1, max(low, way.lowerBound), max(high, way.upperBound)) }
    }
    if ways.isEmpty { return nil }
    combine(0, 0, 0)
    return found.count == 1 ? found.first.map { names[$0] } : nil
  }

  // MARK: Rules

  /// Where each rule stands: applies, depends or absent; nil when two statements can't both hold.
  func statuses(_ stated: [String: PlainValue], assumesAbsent: Bool = false) -> [String: String]? {
    guard let known = known(stated, assumesAbsent: assumesAbsent) else { return nil }
    var whens: [String: Int] = [:]
    for rule in rules { whens[rule.id] = truth(rule.when, known) }
    var advice: [String: Int] = [:]
    for rule in rules {
      var own = whens[rule.id] ?? 0
      for other in above[rule.id] ?? [] { own = min(own, 2 - (whens[other] ?? 0)) }
      if !rule.unless.isEmpty { own = min(own, 2 - truth(rule.unless, known)) }
      if !rule.until.isEmpty, truth(rule.until, known) == 2 { own = 0 }
      advice[rule.id] = own
    }
    var found: [String: String] = [:]
    for rule in rules {
      var truth = advice[rule.id] ?? 0
      if !rule.with.isEmpty {
        truth = min(truth, company[rule.id]?.map { advice[$0] ?? 0 }.max() ?? 0)
      }
      found[rule.id] = ["absent", "depends", "applies"][truth]
    }
    return found
  }

  /// The rules that take one away, and those that take these away.
  private func rulesAbove(_ id: String) -> Set<String> {
    var found: Set<String> = []
    var waiting = [id]
    while let next = waiting.popLast() {
      for rule in rules where rule.overrides.contains(next) && rule.id != id && !found.contains(rule.id) {
        found.insert(rule.id)
        waiting.append(rule.id)
      }
    }
    return found
  }

  private func accompanies(_ other: Rule, _ name: String) -> Bool {
    if other.id == name { return true }
    guard other.with.isEmpty, ["do", "consider", "disputed", "investigational"].contains(other.stance) else { return false }
    return other.subjects.contains { $0 == name || groupsAbove($0).contains(name) || groupsAbove(name).contains($0) }
  }

  private func groupsAbove(_ name: String) -> Set<String> {
    var found: Set<String> = []
    var waiting = groups[name] ?? []
    while let next = waiting.popLast() {
      if found.insert(next).inserted { waiting += groups[next] ?? [] }
    }
    return found
  }
}
