import Guideline
import Testing
import Wording

@testable import Cohorts

/// The reader of lines guesses each name from the lines before; what it guesses decides nothing.
@Suite("Lines are read the same whatever the order of their names")
struct LineOrderTests {
  private let guideline: Guideline
  private let plain: PlainEvaluator

  init() throws {
    guideline = try Guideline.embedded()
    plain = try PlainEvaluator(textsFolder)
  }

  /// The finding with its name written plainly, or with a letter escaped, which only the careful reader reads.
  private func field(_ name: String, _ value: String, isEscaped: Bool) -> String {
    guard isEscaped, let first = name.unicodeScalars.first else { return "\"\(name)\":\(value)" }
    return "\"\\u00\(String(first.value, radix: 16))\(name.dropFirst())\":\(value)"
  }

  private func value(_ name: String, _ random: inout RandomPatients) -> String {
    let finding = plain.findings[name]
    switch finding?.type {
    case "number": return ["14", "2", "3.5", "20", "\"3-20\"", "null", "1e2", "-1"][random.below(8)]
    case "boolean": return ["true", "false", "null", "\"yes\"", "1"][random.below(5)]
    default:
      let values = finding?.values ?? []
      return values.isEmpty ? "true" : "\"\(values[random.below(values.count)])\""
    }
  }

  @Test("one order, keys missing, shuffled, repeated, unknown, spaced: as the careful reader reads them", arguments: [1, 2, 3] as [UInt64])
  func orders(seed: UInt64) {
    var random = RandomPatients(seed: seed &* 7919, plain)
    let names = plain.order.filter { plain.findings[$0]?.type != "derived" }
    var fast = ""
    var careful = ""
    for line in 0..<1_500 {
      // Stretches of lines of one kind, so that what is learnt of one meets the next.
      let kind = line / 100 % 5
      var stated = names.filter { _ in random.below(100) < (kind == 1 ? 60 : kind == 0 ? 100 : 40) }.filter { _ in random.below(3) > 0 || kind == 0 }
      if kind == 2 || kind == 4 { for place in stated.indices { stated.swapAt(place, random.below(stated.count)) } }
      if kind == 3 { stated.reverse() }
      if kind == 4, let some = stated.first, random.below(4) == 0 { stated.append([some, some + "s", String(some.dropLast()), "x"][random.below(4)]) }
      let values = stated.map { ($0, value($0, &random)) }
      let gap = random.below(8) == 0 ? " " : ""
      let isWithout = random.below(50) == 0
      for isEscaped in [false, true] {
        let fields = values.enumerated().map { place, entry in
          field(entry.0, entry.1, isEscaped: isEscaped && place == 0).replacing(":", with: gap + ":" + gap, maxReplacements: 1)
        }
        let text = isWithout ? "{\"id\":\(line)}\n" : "{\"id\":\(line),\"findings\":{" + fields.joined(separator: ",") + "}}\n"
        if isEscaped { careful += text } else { fast += text }
      }
    }
    for form in [AnswerForm.whole(guideline), .applying(guideline)] {
      let (found, expected) = (answer(Array(fast.utf8), guideline, form: form), answer(Array(careful.utf8), guideline, form: form))
      let lines = zip(found.split(separator: "\n"), expected.split(separator: "\n")).filter { unescaped($0) != unescaped($1) }
      #expect(lines.isEmpty, "\(lines.first.map { "\($0.0)\n\($0.1)" } ?? "")")
      #expect(found.split(separator: "\n").count == 1_500)
    }
  }

  /// Errors quote a name as it was written.
  private func unescaped(_ line: Substring) -> String { line.contains("\"errors\":[]") ? String(line) : String(line.prefix { $0 != "[" }) }

  @Test("counts agree with the answers, over more blocks than one sum holds")
  func counts() throws {
    // Blocks of 512: enough that sums of each weight are carried, and some left over.
    let eval = Eval(guideline, language: .english, threads: 1)
    for patients in [1, 511, 513, 512 * 17 + 3] {
      let line = #"{"findings":{"syndrome":"insulinoma","size":14}}"# + "\n"
      let tally = eval.count(read: stream(String(repeating: line, count: patients)))
      let one = eval.count(read: stream(line))
      #expect(tally.patients == patients)
      #expect(tally.applies == one.applies.map { $0 * patients })
      #expect(tally.depends == one.depends.map { $0 * patients })
    }
  }
}
