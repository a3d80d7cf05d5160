import Cohorts
import Commands
import Foundation
import Grammar
import Guideline
import Reports
import Sessions
import Testing
import Wording

/// A row of `Fixtures/advice.tsv`: what the text says of a patient, written from facts.tsv.
private struct Expectation {
  let fact: String
  let stance: String
  let subjects: [String]
  let mark: String
  let status: String
  /// A fact of the advice that a companion goes with; empty where it isn't said.
  let host: String
  let findings: String
  let deeds: String

  init(_ row: Substring) {
    let fields = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    func field(_ place: Int) -> String { place < fields.count ? fields[place] : "" }
    (fact, stance, mark, status) = (field(0), field(1), field(3), field(4))
    subjects = field(2).split(separator: ",").map(String.init)
    (host, findings, deeds) = (field(5), field(6), field(7))
  }

  static func all() throws -> [Expectation] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let text = try String(contentsOf: folder.appendingPathComponent("Fixtures/advice.tsv"), encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst().map(Expectation.init)
  }

  /// Whether a piece of advice is the one it speaks of.
  func speaks(of advice: JSON) -> Bool {
    let facts = advice["facts"]?.values?.compactMap(\.string) ?? []
    return (fact == "-" || facts.contains(fact)) && advice["stance"]?.string == stance
      && advice["subjects"]?.values?.compactMap(\.string) == subjects && advice["background"] == .bool(mark == "background")
      && (advice["reading"]?.string ?? "") == (mark.hasPrefix("reading:") ? String(mark.dropFirst(8)) : "")
  }

  var said: String { "\(fact) \(stance) \(subjects.joined(separator: ",")) \(status): \(findings) \(deeds)" }
}

@Suite("What the text says of patients, fact by fact")
struct ExpectationTests {
  /// What recommend advises to the patient of a row to whom something was done.
  private func recommended(_ row: Expectation) throws -> [JSON] {
    guard case .object(let fields)? = JSON(reading: Array(row.findings.utf8)) else { return [] }
    let words = fields.map { field -> String in
      switch field.value {
      case .bool(let isYes): isYes ? field.name : "\(field.name) no"
      case .number(let digits): "\(field.name) \(digits)"
      default: "\(field.name) is \(field.value.string ?? "")"
      }
    }
    var session = Session(world: World(guideline: try guideline(), commands: .standard, version: "test"), language: .english)
    for line in ["patient \(words.joined(separator: ", "))", row.deeds] {
      let answer = session.run(line)
      #expect(answer.report.errors.map(\.code) == [], "\(line)")
    }
    return JSON.fields(session.run("recommend all").report.data)["advice"]?.values ?? []
  }

  @Test("a fact applies, depends or is absent as its conditions say; a companion goes with what the text says")
  func answers() throws {
    let rows = try Expectation.all()
    let told = try eval(rows.map { "{\"findings\":\($0.findings)}\n" }.joined()).split(separator: "\n").map { JSON(reading: Array($0.utf8)) }
    try #require(told.count == rows.count)
    for (row, told) in zip(rows, told) {
      #expect(told?["errors"]?.values?.isEmpty == true, "\(row.said)")
      let advice = row.deeds.isEmpty ? told?["advice"]?.values ?? [] : try recommended(row)
      let found = advice.filter(row.speaks)
      #expect(found.count <= 1, "\(row.said)")
      #expect(found.first?["status"]?.string ?? "absent" == row.status, "\(row.said)")
      guard !row.host.isEmpty, let with = found.first?["with"]?.values?.compactMap(\.string) else { continue }
      let hosts = advice.filter { entry in entry["facts"]?.values?.contains(.string(row.host)) == true }.compactMap { $0["rule"]?.string }
      #expect(hosts.contains(where: with.contains), "\(row.said): with \(with), not with \(row.host)")
    }
  }

  @Test("every fact with a stance has a patient for whom it holds, and one for whom it doesn't unless it holds for all")
  func complete() throws {
    let rows = try Expectation.all()
    // F139, F152, F166 and F185 ask about nothing (semantics.md, section 10).
    let general: Set<String> = ["F139", "F152", "F166", "F185"]
    for rule in try guideline().rules where !rule.isRemark {
      let own = rows.filter { row in
        row.stance == rule.stance?.rawValue && row.subjects == rule.subjects && (row.fact == "-" ? rule.facts.isEmpty : rule.facts.contains(row.fact))
      }
      #expect(own.contains { $0.status == "applies" }, "\(rule.id)")
      #expect(own.contains { $0.status != "applies" } || rule.facts.contains(where: general.contains), "\(rule.id)")
    }
  }

  @Test("a witness shows its clause with its truth, deciding alone; the patient to write next shows more, with as few findings as asked")
  func witnesses() throws {
    let guideline = try guideline()
    let none = Coverage(guideline)
    var shown = 0
    for (place, clause) in none.clauses.enumerated() where place % 8 == 0 {
      for truth in clause.unseen {
        guard let stated = none.witness(clause, truth) else { continue }
        var seen = none
        seen.see(stated)
        #expect(!seen.clauses[place].unseen.contains(truth), "\(guideline.rules[clause.rule].id)")
        #expect(seen.clauses[place].counts[truth] == 1 && seen.patients == 1)
        shown += 1
      }
    }
    // Seven of all can't be shown.
    #expect(shown >= none.clauses.count / 8 * 3 - 7)
    // Without the last patients of the table there is more to show; the patient who shows most of it is as good with no finding to spare.
    var coverage = none
    for row in try Expectation.all().dropLast(60) {
      var bytes = Array("{\"findings\":\(row.findings)}".utf8)
      coverage.see(bytes.withUnsafeMutableBufferPointer { PatientLine(UnsafeBufferPointer($0), guideline) }.stated)
    }
    let next = try #require(coverage.next())
    #expect(next.count <= 8 && coverage.gain(next) > 0)
    #expect(try coverage.gain(#require(coverage.next(findings: next.count))) == coverage.gain(next))
    #expect(none.gain([:]) > 0, "of what is unknown a patient of whom nothing is known shows some")
  }

  @Test("the patients show every clause of every condition deciding alone, when it holds, when it fails and when it isn't known, or none can")
  func coverage() throws {
    let guideline = try guideline()
    var coverage = Coverage(guideline)
    for row in try Expectation.all() {
      var bytes = Array("{\"findings\":\(row.findings)}".utf8)
      let line = bytes.withUnsafeMutableBufferPointer { PatientLine(UnsafeBufferPointer($0), guideline) }
      coverage.see(line.stated)
    }
    #expect(coverage.clauses.count > 150)
    var never: [String] = []
    for clause in coverage.clauses {
      for truth in clause.unseen {
        let said = "\(guideline.rules[clause.rule].id): \(Printer.condition(clause.condition, guideline.vocabulary)) \(truth.word)"
        if let stated = coverage.witness(clause, truth) {
          let words = stated.sorted { $0.key < $1.key }.map { Printer.statement($0.key, $0.value, guideline.vocabulary) }
          Issue.record("\(said), as in: \(words.joined(separator: ", "))")
        } else {
          never.append(said)
        }
      }
    }
    // A metastasis makes a locally advanced stage metastatic, so that it never decides beside that stage; and no liver without metastases
    // has resectable ones.
    let metastases = ["liver-metastases is none no", "bone-metastases no no", "brain-metastases no no"]
    let shown = ["surgery.small-nonfunctioning", "surgery.small-nonfunctioning-mdt"].flatMap { rule in metastases.map { "\(rule): \($0)" } }
    #expect(never == shown + ["surgery.resectable-liver-metastases: liver-metastases is not none no"])
  }
}
