import Cohorts
import Commands
import Guideline
import Measures
import Notebooks
import Sessions
import Synchronization
import Teaching
import Wording

extension Xoshiro256 {
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[Int(below(UInt64(elements.count)))] }
  mutating func chance(_ percent: UInt64) -> Bool { below(100) < percent }
}

/// Makes inputs as people, and others, may write them, from the words of the language itself.
public struct InputMaker: Sendable {
  public let world: World
  /// Answers in one worker; compiled once, for all inputs.
  let eval: Eval
  private let phrases: [Words]
  private let therapies: [Words]
  private let findings: [String]
  private let examples: [Words]

  public init() throws(Diagnostic) {
    let commands = Registry(Registry.standard.commands + Command.teaching)
    world = World(guideline: try .embedded(), commands: commands, version: "fuzz")
    eval = Eval(world.guideline, language: .english, form: .whole(world.guideline), threads: 1)
    let vocabulary = world.guideline.vocabulary
    phrases = vocabulary.findings.flatMap { finding -> [Words] in
      guard !finding.isNumber, !finding.isDerived else { return [] }
      return finding.values.map(\.shown) + [finding.name]
    }
    therapies = vocabulary.therapies.map(\.name)
    findings = vocabulary.findings.map(\.id)
    examples = commands.commands.flatMap { $0.examples.map(\.line) }
  }

  private static let measures = [
    "14 mm", "25 mm", "2.1 cm", "1,4 cm", "20 mm", "Ki-67 3%", "ki67 25 %", "Ki-67 < 2%", "54F", "61M", "age 70", "mitoses 3",
    "liver involvement 40 %", "4 lesions", "liver-lesions 12", "size > 2 cm", "age 41 years",
  ]
  private static let noise = [
    "", ",", ";", "no", "not", "or", "and", "(", ")", "\"", "#", "?", "x", "é", "ς", "😀", "\u{202E}", "-", "−5", "0", "9999999999", "1.1.70", "%",
    "όχι", "=", "<", "one of", "is", "--all", "\\", "|", "0.5 mg", "anyway",
  ]
  private static let doses = ["", "20 mg every 4 weeks", "100 micrograms three times a day", "10 mg daily", "300 mg a day", "7.4 GBq", "37.5 mg daily"]

  private func phrase(_ random: inout Xoshiro256) -> String {
    if random.chance(25) { return random.pick(Self.measures) }
    let words = random.pick(phrases)
    return random.chance(50) ? words.english : words.greek
  }

  func list(_ random: inout Xoshiro256) -> String { (0...random.below(4)).map { _ in phrase(&random) }.joined(separator: ", ") }

  func therapy(_ random: inout Xoshiro256) -> String {
    let words = random.pick(therapies)
    return random.chance(50) ? words.english : words.greek
  }

  /// A line that mostly is a command, with what may go with it.
  func line(_ random: inout Xoshiro256) -> String {
    var line: String
    switch random.below(17) {
    case 0, 1: line = "patient \"P\(random.below(5))\" \(list(&random))"
    case 2, 3, 4: line = "set \(list(&random))"
    case 5: line = "unset \(random.pick(findings))"
    case 6: line = random.pick(["undo", "redo", "undo", "undo"])
    case 7: line = "\(random.pick(["perform", "stop", "why", "why not", "evidence", "flip", "arrange", "order"])) \(therapy(&random))"
    case 8: line = "what if \(list(&random))"
    case 9: line = "branch b\(random.below(4))"
    case 10: line = "switch \(random.pick(["main", "b0", "b1", "b2"]))"
    case 11: line = "use P\(random.below(5))"
    case 12: line = "\(random.pick(["copy", "rename to", "forget"])) P\(random.below(6))"
    case 13: line = "advance \(random.below(9)) \(random.pick(["days", "weeks", "months", "εβδομάδες"]))"
    case 14:
      let example = random.pick(examples)
      line = random.chance(50) ? example.english : example.greek
    case 15: line = "give \(therapy(&random)) \(random.pick(Self.doses))"
    default: line = "note \"\(list(&random)). \(list(&random)).\""
    }
    while random.chance(12) {
      var words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      words.insert(random.pick(Self.noise), at: Int(random.below(UInt64(words.count + 1))))
      line = words.joined(separator: " ")
    }
    return line
  }

  func lines(_ count: Int, _ random: inout Xoshiro256) -> [UInt8] {
    Array((0..<count).map { _ in line(&random) }.joined(separator: "\n").utf8)
  }

  /// A patient's findings as a line of eval.
  func patient(_ random: inout Xoshiro256) -> String {
    var fields: [String] = []
    let share = 4 + random.below(30)
    for finding in world.guideline.vocabulary.findings where random.chance(share) && !finding.isDerived {
      var value: String
      if finding.isNumber {
        value = "\(random.below(60) + 1)"
        if random.chance(10) { value = "\"\(random.pick(["<", ">", "<=", ">="])) \(value)\"" }
      } else if finding.kind == .boolean {
        value = random.chance(60) ? "true" : "false"
      } else {
        value = "\"\(random.pick(finding.values).id)\""
        if random.chance(10) { value = "[\(value),\"\(random.pick(finding.values).id)\"]" }
      }
      if random.chance(3) { value = "null" }
      fields.append("\"\(finding.id)\":\(value)")
    }
    return "{\"id\":\(random.below(100)),\"findings\":{\(fields.joined(separator: ","))}}"
  }

  /// Bytes with some changed, taken out, doubled or put in.
  func mutated(_ bytes: [UInt8], _ random: inout Xoshiro256) -> [UInt8] {
    var bytes = bytes
    for _ in 0...random.below(6) where !bytes.isEmpty {
      let place = Int(random.below(UInt64(bytes.count)))
      switch random.below(5) {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(random.pick(Array("\"{}[]:,;#`-\n\\0 \u{1}".utf8)), at: place)
      case 3:
        let end = min(bytes.count, place + Int(random.below(40)))
        bytes.insert(contentsOf: Array(bytes[place..<end]), at: Int(random.below(UInt64(bytes.count + 1))))
      default: bytes.removeSubrange(place..<min(bytes.count, place + Int(random.below(30))))
      }
    }
    return bytes
  }
}

/// Hands out bytes to a reader of streams, at most so many at a time.
func handedOut(_ bytes: [UInt8], pieces: Int = .max) -> @Sendable (UnsafeMutableRawBufferPointer) -> Int {
  let place = SharedPlace()
  return { buffer in
    place.value.withLock { place in
      let count = min(buffer.count, pieces, bytes.count - place)
      bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[place..<place + count])) }
      place += count
      return count
    }
  }
}

private final class SharedPlace: Sendable {
  let value = Mutex(0)
}

/// Files in memory, and a clock that stands.
final class MemoryFiles: Outside {
  var files: [String: String] = [:]
  var cutShort: [UInt8]?

  func read(_ file: String) throws(Diagnostic) -> [UInt8] {
    guard let text = files[file] else { throw .fileUnreadable(file, .missing) }
    return Array(text.utf8)
  }

  func write(_ text: String, to file: String, _ way: Writing) throws(Diagnostic) {
    if case .atEnd = way { files[file, default: ""] += text } else { files[file] = text }
  }

  func journal() -> [UInt8]? { cutShort }
  func seconds() -> Double { 0 }
}
