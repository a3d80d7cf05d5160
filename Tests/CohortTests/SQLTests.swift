import Cohorts
import Grammar
import Guideline
import Patients
import Testing
import Vocabulary

/// `.ci/check-engines` holds the whole SQL to eval in the engines; here its lines are held to the vocabulary's.
@Suite("The guideline as SQL")
struct SQLTests {
  @Test("every derivation is a line: its finding, its value, and what must be stated or open for it", arguments: SQLDialect.allCases)
  func derivations(dialect: SQLDialect) throws {
    let guideline = try Guideline.embedded()
    let findings = guideline.vocabulary.findings
    func column(_ finding: Int) -> String { findings[finding].id.replacing("-", with: "_") }
    var lines: [String: [(guards: String, value: String)]] = [:]
    let text = SQLScript.text(guideline, dialect, .wide)
    for match in text.matches(of: /WHEN k_(\w+) IS NULL AND ((?:(?! THEN ).)*) THEN ('[^']*'|true|false)/) {
      lines[String(match.1), default: []].append((String(match.2), String(match.3)))
    }
    var (places, stated, unless) = ([String: Int](), 0, 0)
    for derivation in guideline.inference.derivations {
      let rule = derivation.rule
      let (name, finding) = (column(rule.finding), findings[rule.finding])
      let place = places[name, default: 0]
      places[name] = place + 1
      let line = try #require(lines[name]?.dropFirst(place).first, "\(finding.id): \(rule.when)")
      let value = finding.values[rule.value].id
      #expect(line.value == (finding.kind == .boolean ? (value == "yes" ? "true" : "false") : "'\(value)'"), "\(finding.id): \(rule.when)")
      for source in derivation.from { #expect(line.guards.contains("\(column(source)) IS NOT NULL") || !rule.stated, "\(finding.id): \(rule.when)") }
      if let other = rule.unless { #expect(line.guards.contains("\(column(other)) IS NULL"), "\(finding.id): \(rule.when)") }
      stated += rule.stated ? 1 : 0
      unless += rule.unless == nil ? 0 : 1
    }
    #expect(places == lines.mapValues(\.count) && stated > 0 && unless > 0)
  }

  @Test("every rule is a column, wide, and a row, long", arguments: SQLDialect.allCases)
  func rules(dialect: SQLDialect) throws {
    let guideline = try Guideline.embedded()
    for shape in SQLShape.allCases {
      let text = SQLScript.text(guideline, dialect, shape)
      for rule in guideline.rules where rule.stance != nil { #expect(text.contains(rule.id), "\(rule.id)") }
    }
  }
}
