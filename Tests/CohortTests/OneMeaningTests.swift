import Cohorts
import Foundation
import Grammar
import Guideline
import Measures
import Patients
import Testing
import Wording

/// The folder of chapters and vocabulary in the source tree.
let textsFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("Sources/CTexts")

@Suite("Three evaluators give one meaning")
struct OneMeaningTests {
  let plain: PlainEvaluator
  let guideline: Guideline

  init() throws {
    plain = try PlainEvaluator(textsFolder)
    guideline = try Guideline.embedded()
  }

  /// The patient as the program holds it.
  private func stated(_ patient: [String: PlainValue]) throws -> [Int: Possible] {
    var stated: [Int: Possible] = [:]
    for (name, value) in patient {
      let finding = try #require(guideline.vocabulary.finding(id: name))
      switch value {
      case .values(let values):
        stated[finding.index] = .values(
          try values.reduce(0) { try $0 | 1 << UInt32(#require(finding.place(of: $1))) })
      case .numbers(let low, let lowOpen, let high, let highOpen):
        stated[finding.index] = .numbers(
          Interval(
            lower: Exact(millionths: Int64(low)), lowerClosed: !lowOpen, upper: Exact(millionths: Int64(high)),
            upperClosed: !highOpen))
      }
    }
    return stated
  }

  @Test("the plain evaluator reads every rule, in the order of the text")
  func sameRules() {
    #expect(plain.rules.map(\.id) == guideline.rules.filter { !$0.isRemark }.map(\.id))
    #expect(plain.order == guideline.vocabulary.findings.map(\.id))
  }

  @Test("on random patients with unknowns, sets and intervals", arguments: [0, 3, 10, 30, 60, 95])
  func random(share: Int) throws {
    var random = RandomPatients(seed: UInt64(share) &* 7919 &+ 17, plain)
    let patients = (0..<100).map { _ in random.next(stated: share) }
    let stated = try patients.map(stated)
    let compiled = CompiledGuideline(guideline).statuses(of: stated)
    for (place, patient) in patients.enumerated() {
      let known = guideline.inference.known(stated[place])
      var explained: [String: String]?
      if guideline.inference.contradiction(in: known) == nil {
        explained = [:]
        let evaluation = guideline.evaluate(known)
        for rule in guideline.rules where !rule.isRemark { explained?[rule.id] = evaluation[rule.index].status.rawValue }
      }
      let expected = plain.statuses(patient)
      #expect(explained == expected, "explaining, patient \(patient)")
      let fast = compiled[place].map { statuses in
        Dictionary(uniqueKeysWithValues: zip(plain.rules.map(\.id), statuses.map(\.rawValue)))
      }
      #expect(fast == expected, "compiled, patient \(patient)")
    }
  }

  @Test("read from lines, with and without assume absent, and counted", arguments: [1, 2, 5])
  func counted(threads: Int) throws {
    var random = RandomPatients(seed: UInt64(threads) &* 104_729, plain)
    var lines: [String] = []
    var applies: [String: Int] = [:]
    var depends: [String: Int] = [:]
    var refused = 0
    for number in 0..<600 {
      let patient = random.next(stated: random.below(70))
      let assumes = random.below(4) == 0
      lines.append(random.line(String(number), patient, assumesAbsent: assumes))
      guard let statuses = plain.statuses(patient, assumesAbsent: assumes) else {
        refused += 1
        continue
      }
      for (rule, status) in statuses where status != "absent" {
        if status == "applies" { applies[rule, default: 0] += 1 } else { depends[rule, default: 0] += 1 }
      }
    }
    let eval = Eval(guideline, language: .english, threads: threads)
    let tally = eval.count(read: stream(lines.joined(separator: "\n"), pieces: 4_096))
    #expect(tally.patients == 600)
    #expect(tally.refused == refused)
    #expect(refused > 20 && refused < 500)
    for (place, rule) in plain.rules.enumerated() {
      #expect(tally.applies[place] == applies[rule.id] ?? 0, "\(rule.id)")
      #expect(tally.depends[place] == depends[rule.id] ?? 0, "\(rule.id)")
    }
  }

  @Test("an answer by columns is the explaining evaluator's answer, letter by letter")
  func answers() throws {
    var random = RandomPatients(seed: 4242, plain)
    let lines = (0..<300).map { number in
      let patient = random.next(stated: random.below(60), partly: 25)
      return random.line("\"p\(number)\"", patient, assumesAbsent: random.below(4) == 0)
    }
    let fast = answer(lines.joined(separator: "\n") + "\n", guideline, threads: 3).split(separator: "\n").map(String.init)
    for (number, line) in lines.enumerated() {
      var text = line
      let careful = text.withUTF8 { PatientLine($0, guideline) }
      #expect(fast[number] == careful.answer(guideline, line: number + 1, .english, .whole(guideline)).text, "\(line)")
    }
  }
}
