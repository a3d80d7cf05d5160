import Foundation
import Grammar
import Guideline
import Measures
import Patients
import Testing
import Vocabulary

@Suite("The audit of the guideline, checked by the plain evaluator")
struct AuditTests {
  let both: BothForms
  let audit: Audit

  init() throws {
    both = try BothForms()
    audit = both.guideline.audit()
  }

  /// The statements that a topic's gaps are about, by id: nil is the whole guideline.
  private func advice(_ topic: String?) -> [String] {
    let topics = Dictionary(uniqueKeysWithValues: both.guideline.rules.map { ($0.id, $0.topic) })
    return both.plain.rules.filter { $0.with.isEmpty && !$0.when.isEmpty && (topic == nil || topics[$0.id] == topic) }.map(\.id)
  }

  @Test("it is whole: nothing was left undecided, and the chapters are without fault")
  func whole() {
    #expect(audit.undecided.isEmpty)
    #expect(audit.contradictions.isEmpty)
    #expect(audit.idle.isEmpty)
    #expect(audit.declared > 0)
    #expect(audit.rules == both.guideline.rules.count)
  }

  @Test("it takes less than 2 s, with room for a busy machine")
  func fast() {
    #expect(ContinuousClock().measure { _ = both.guideline.audit() } < .seconds(4))
  }

  @Test("the silent thresholds are a tumour of exactly 20 mm (edge case 1) and a Ki-67 between 2 and 3%")
  func silences() throws {
    let vocabulary = both.guideline.vocabulary
    #expect(audit.silences.map { Printer.statement($0.finding, .numbers($0.numbers), vocabulary) } == ["size 20 mm", "ki67 > 2 % and ki67 < 3 %"])
    let size = try #require(audit.silences.first)
    let facts = { (rules: [Int]) in Set(rules.flatMap { both.guideline.rules[$0].facts }) }
    #expect(facts(size.above).contains("F006"))
    #expect(facts(size.below).contains("F021"))
  }

  @Test("at a silent threshold neither side holds, and beside it each does")
  func silentWitnesses() throws {
    for silence in audit.silences {
      let name = both.guideline.vocabulary.findings[silence.finding].id
      var patient = try both.plain(silence.witness.stated)
      guard silence.graded == nil else {
        #expect(both.plain.known(patient, assumesAbsent: false)?["grade"] == nil)
        continue
      }
      guard case .numbers(let value, _, _, _)? = patient[name] else {
        Issue.record("the witness has no \(name)")
        continue
      }
      func status(_ rule: Int, _ number: Int) -> String? {
        patient[name] = .numbers(low: number, lowOpen: false, high: number, highOpen: false)
        return both.plain.statuses(patient)?[both.guideline.rules[rule].id]
      }
      for rule in silence.above + silence.below { #expect(status(rule, value) == "absent") }
      for rule in silence.above { #expect(status(rule, value + 100_000) != "absent") }
      for rule in silence.below { #expect(status(rule, value - 100_000) != "absent") }
    }
  }

  @Test("in a gap no statement of the topic applies or may apply")
  func gapWitnesses() throws {
    #expect(!audit.gaps.isEmpty)
    for gap in audit.gaps {
      let statuses = try #require(both.plain.statuses(try both.plain(gap.witness.stated)))
      for id in advice(gap.topic) { #expect(statuses[id] == "absent", "\(id) in a gap of \(gap.topic ?? "all")") }
    }
  }

  @Test("a random patient whom a topic is silent on lies in one of its gaps; where there is no gap there is none")
  func gapsAreComplete() throws {
    var random = RandomPatients(seed: 2024, both.plain)
    let topics = Set(both.guideline.rules.map(\.topic)).map { Optional($0) } + [nil]
    var inside = 0
    for _ in 0..<150 {
      let patient = random.next(stated: 70, partly: 0)
      guard let statuses = both.plain.statuses(patient) else { continue }
      let known = both.guideline.inference.known(try both.stated(patient))
      // What was carried out is no gap of the text.
      if patient["primary-resected"] == .values(["yes"]) { continue }
      for topic in topics where !advice(topic).isEmpty && advice(topic).allSatisfy({ statuses[$0] == "absent" }) {
        inside += 1
        #expect(
          audit.gaps.contains { gap in
            gap.topic == topic && gap.presentation.allSatisfy { known[$0.key].satisfies($0.value) == .yes }
          }, "\(topic ?? "all"): \(patient)")
        #expect(!audit.covered.contains(topic))
      }
    }
    #expect(inside > 20)
  }

  // MARK: Chapters with a fault

  /// The chapters with one text replaced.
  private func mutant(_ chapter: String, _ text: String, _ replacement: String) throws -> Guideline {
    let folder = textsFolder.appendingPathComponent("chapters")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".md") }.sorted()
    let files = try names.map { name -> TextFile in
      var whole = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      if name.contains(chapter), !name.hasSuffix(".el.md") {
        #expect(whole.contains(text), "\(text)")
        whole = whole.replacingOccurrences(of: text, with: replacement)
      }
      return TextFile(name: "chapters/" + name, bytes: Array(whole.utf8))
    }
    return try Guideline(files: files, vocabulary: both.guideline.vocabulary)
  }

  @Test("two rules that contradict each other undeclared are found, with a patient for whom both apply")
  func contradiction() throws {
    let broken = try mutant("01-surgery", "conflicts surgery.gastrinoma-men1-disputed\n", "")
    let found = broken.audit()
    #expect(found.hasFault)
    #expect(!found.contradictions.isEmpty)
    for contradiction in found.contradictions {
      let statuses = try #require(both.plain.statuses(try both.plain(contradiction.witness.stated)))
      #expect(statuses[broken.rules[contradiction.first].id] == "applies")
      #expect(statuses[broken.rules[contradiction.second].id] == "applies")
    }
  }

  @Test("a rule that is overridden whenever it holds is found, with a patient for whom its condition holds")
  func overridden() throws {
    let broken = try mutant("06-vipoma", "strength must\nfacts F098", "strength must\noverrides vipoma.rehydration\nfacts F098")
    let idle = try #require(broken.audit().idle.first)
    #expect(broken.rules[idle.rule].id == "vipoma.rehydration")
    #expect(idle.overriding.map { broken.rules[$0].id } == ["vipoma.titration"])
    let patient = try both.plain(try #require(idle.witness).stated)
    #expect(patient == ["syndrome": .values(["vipoma"])])
  }

  @Test("a rule whose condition no patient meets is found")
  func never() throws {
    let broken = try mutant("18-mibg", "when mibg-uptake is negative", "when mibg-uptake is negative and mibg-uptake is positive")
    let found = broken.audit()
    #expect(found.idle.map { broken.rules[$0.rule].id } == ["mibg.no-uptake"])
    #expect(found.idle.first?.witness == nil)
  }

  @Test("of a topic with too many presentations to try neither a gap nor that there is none is said, but that it is open")
  func open() throws {
    let findings = both.guideline.vocabulary.findings.filter { $0.kind == .boolean }.map(\.id)
    /// Rules of as many tests each: a presentation in which none applies fails one test of each.
    func audit(_ rules: Int, of tests: Int) throws -> Audit {
      try #require(findings.count >= rules * tests)
      var chapter = "<!-- islet chapter 1 -->\n# Trial\n<a id=\"trial\"></a> P001 · surgery\n\n## Trials\n<a id=\"trial.trials\"></a> F001 · P001\n"
      for rule in 0..<rules {
        let when = findings[rule * tests..<(rule + 1) * tests].joined(separator: " and ")
        chapter += """

          ```rule trial.r\(rule)
          advise resection do
          when \(when)
          facts F001
          paragraphs P001
          level 3
          grade B
          en Resection
          el Εκτομή
          ```

          """
      }
      return try Guideline(files: [TextFile(name: "chapters/01-trial.md", bytes: Array(chapter.utf8))], vocabulary: both.guideline.vocabulary).audit()
    }
    let many = try audit(5, of: 5)
    #expect(many.undecided.contains(.gaps("surgery")) && many.undecided.contains(.gaps(nil)))
    #expect(many.gaps.isEmpty && many.covered.isEmpty)
    let few = try audit(2, of: 2)
    #expect(few.undecided.isEmpty && few.covered.isEmpty)
    #expect(few.gaps.count { $0.topic == "surgery" } > 0)
  }

  // MARK: Mutants

  /// The chapters with one seeded fault each: every rule deleted, every bound made closed or open and moved by one, every
  /// override and every conflict lost.
  static let mutants: [(name: String, chapter: String, text: String)] = {
    let folder = textsFolder.appendingPathComponent("chapters")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    var found: [(name: String, chapter: String, text: String)] = []
    for name in names.sorted() where name.hasSuffix(".md") && !name.hasSuffix(".el.md") {
      guard let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) else { continue }
      let lines = text.components(separatedBy: "\n")
      var rule: (id: String, start: Int)?
      for (place, line) in lines.enumerated() {
        func add(_ kind: String, _ replacement: [String], from start: Int) {
          var copy = lines
          copy.replaceSubrange(start...place, with: replacement)
          found.append(("\(kind) in \(rule?.id ?? name)", name, copy.joined(separator: "\n")))
        }
        if line.hasPrefix("```rule ") {
          rule = (String(line.dropFirst(8)), place)
        } else if line == "```", let open = rule {
          add("deleted rule", [], from: open.start)
          rule = nil
        } else if rule != nil, line.hasPrefix("overrides ") || line.hasPrefix("conflicts ") {
          add("lost " + line, [], from: place)
        } else if rule != nil, line.hasPrefix("when ") || line.hasPrefix("until ") || line.hasPrefix("unless ") {
          var words = line.components(separatedBy: " ")
          for (spot, word) in words.enumerated() {
            guard let other = ["<": "<=", "<=": "<", ">": ">=", ">=": ">"][word], let bound = Int(words[spot + 1]) else { continue }
            words[spot] = other
            add("bound \(word) \(bound) as \(other)", [words.joined(separator: " ")], from: place)
            words[spot] = word
            words[spot + 1] = String(bound + (word.hasPrefix(">") ? -1 : 1))
            add("bound \(word) \(bound) widened", [words.joined(separator: " ")], from: place)
            words[spot + 1] = String(bound)
          }
        }
      }
    }
    return found
  }()

  @Test("every seeded fault of the chapters is caught by the check or by the audit, with a patient where one differs")
  func mutantsAreCaught() throws {
    let folder = textsFolder.appendingPathComponent("chapters")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".md") }.sorted()
    let sources = try names.map { ("chapters/" + $0, Array(try Data(contentsOf: folder.appendingPathComponent($0)))) }
    #expect(Self.mutants.count > 150)
    for kind in ["deleted rule", "bound", "lost overrides", "lost conflicts"] { #expect(Self.mutants.contains { $0.name.hasPrefix(kind) }) }
    var witnesses = 0
    for (name, chapter, text) in Self.mutants {
      let files = sources.map { file, bytes in TextFile(name: file, bytes: file == "chapters/" + chapter ? Array(text.utf8) : bytes) }
      guard let mutant = try? Guideline(files: files, vocabulary: both.guideline.vocabulary) else { continue }
      let differences = mutant.differences(from: both.guideline)
      for difference in differences where difference.witness?.given.isEmpty == true {
        guard let witness = difference.witness, both.plain.rules.contains(where: { $0.id == difference.rule }) else { continue }
        witnesses += 1
        let statuses = try #require(both.plain.statuses(try both.plain(witness.stated)))
        #expect(statuses[difference.rule] == difference.there.rawValue, "\(name)")
      }
      if name.hasPrefix("bound") || name.hasPrefix("lost overrides") { #expect(differences.contains { $0.witness != nil }, "\(name)") }
      #expect(!differences.isEmpty || !mutant.check().isEmpty, "\(name)")
    }
    #expect(witnesses > 100)
  }

  @Test("where only one of two versions says until when a rule holds, a patient shows it")
  func until() throws {
    let rule = try #require(both.guideline.rules.first { $0.until != nil && $0.chapter.contains("surgery") && !$0.isRemark && $0.with.isEmpty })
    let endless = try mutant("01-surgery", "until primary-resected\n", "")
    let difference = try #require(endless.differences(from: both.guideline).first { $0.rule == rule.id })
    let witness = try #require(difference.witness)
    #expect(difference.here == .applies && difference.there == .absent)
    let known = both.guideline.inference.known(witness.stated)
    #expect(known.truth(try #require(rule.until)) == .yes)
    #expect(endless.evaluate(known)[rule.index].status == .applies && both.guideline.evaluate(known)[rule.index].status == .absent)
    #expect(both.guideline.differences(from: both.guideline).isEmpty)
  }

  @Test("chapters written in other words mean the same, and differ in nothing")
  func sameMeaning() throws {
    let reworded = try mutant("05-somatostatin", "when flare\n", "when not flare no\n")
    #expect(reworded.differences(from: both.guideline).isEmpty)
    #expect(both.guideline.differences(from: both.guideline).isEmpty)
  }
}
