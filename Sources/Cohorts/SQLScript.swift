import Grammar
import Guideline
import Measures
import Patients
import Vocabulary

/// A database engine's way of writing SQL.
public enum SQLDialect: String, Sendable, CaseIterable {
  case duckdb, spark, postgres, sqlite
}

/// How the answers stand in the result.
public enum SQLShape: String, Sendable, CaseIterable {
  /// A row a patient, a column a rule.
  case wide
  /// One row per statement that applies or depends.
  case long
}

/// The guideline as one SQL script over a table `patients`: what is derived, what contradicts, where each rule stands, in the
/// engine's own three-valued logic.
///
/// A column holds one value or NULL, which is unknown: a text that is no value of its finding, a number out of its range or a
/// stretch of numbers refuses the row, with the reason. Numbers are compared as whole millionths of their unit.
public struct SQLScript {
  private let guideline: Guideline
  private let dialect: SQLDialect
  private let shape: SQLShape
  private let vocabulary: Vocabulary
  private var stages: [String] = []
  /// The columns that each later stage hands on, in order.
  private var columns: [String] = []
  private var stage = "patients"

  private init(_ guideline: Guideline, _ dialect: SQLDialect, _ shape: SQLShape) {
    self.guideline = guideline
    self.dialect = dialect
    self.shape = shape
    vocabulary = guideline.vocabulary
  }

  /// The whole script, with English comments.
  public static func text(_ guideline: Guideline, _ dialect: SQLDialect, _ shape: SQLShape) -> String {
    var script = SQLScript(guideline, dialect, shape)
    return script.write()
  }

  // MARK: Names and values

  /// The findings that a patient may be given.
  private var stated: [Finding] { vocabulary.findings.filter { !$0.isDerived } }

  /// A finding's column: its id with underscores.
  private func column(_ finding: Finding) -> String { finding.id.replacing("-", with: "_") }

  /// A finding's column after what is derived.
  private func known(_ finding: Int) -> String {
    let finding = vocabulary.findings[finding]
    return derivedFindings.contains(finding.index) ? "k_" + column(finding) : column(finding)
  }

  /// The findings that something is derived for.
  private var derivedFindings: Set<Int> {
    Set(guideline.inference.derivations.map(\.rule.finding) + guideline.inference.scaledFindings)
  }

  private func quoted(_ name: String) -> String { dialect == .spark ? "`\(name)`" : "\"\(name)\"" }

  private func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

  /// Begins a stage. Where an engine would write a stage's expressions into every later one that uses them, it is told to keep it.
  private func begin(_ name: String) -> String {
    dialect == .sqlite || dialect == .postgres ? "\(name) AS MATERIALIZED (" : "\(name) AS ("
  }

  private var textType: String { dialect == .spark ? "STRING" : dialect == .sqlite ? "TEXT" : "VARCHAR" }

  private func type(_ finding: Finding) -> String {
    switch finding.kind {
    case .number: dialect == .sqlite ? "NUMERIC" : "DECIMAL(18,6)"
    case .boolean: "BOOLEAN"
    case .category, .derived: textType
    }
  }

  private func value(_ finding: Int, _ place: Int) -> String {
    let finding = vocabulary.findings[finding]
    if finding.kind == .boolean { return place == 0 ? "true" : "false" }
    return literal(finding.values[place].id)
  }

  // MARK: Conditions

  private func sql(_ condition: Condition) -> String {
    switch condition {
    case .always: return "true"
    case .test(let test): return sql(test)
    case .defined(_, let inner): return sql(inner)
    case .not(let inner): return "NOT " + nested(inner)
    case .all(let parts): return parts.map(nested).joined(separator: " AND ")
    case .any(let parts): return parts.map(nested).joined(separator: " OR ")
    case .atLeast(let needed, let parts):
      let certain = parts.map { "CASE WHEN \(sql($0)) THEN 1 ELSE 0 END" }.joined(separator: " + ")
      let failing = parts.map { "CASE WHEN NOT \(nested($0)) THEN 1 ELSE 0 END" }.joined(separator: " + ")
      return "CASE WHEN \(certain) >= \(needed) THEN true WHEN \(failing) > \(parts.count - needed) THEN false END"
    }
  }

  private func nested(_ condition: Condition) -> String {
    switch condition {
    case .always: return sql(condition)
    case .defined(_, let inner): return nested(inner)
    case .test(let test):
      let text = sql(test)
      return text.contains(" AND ") || text.hasPrefix("NOT ") ? "(\(text))" : text
    default: return "(\(sql(condition)))"
    }
  }

  private func sql(_ test: Test) -> String {
    let finding = vocabulary.findings[test.finding]
    let name = known(test.finding)
    switch test.allowed {
    case .numbers(let interval):
      if let single = interval.single { return "\(name) = \(single.millionths)" }
      var parts: [String] = []
      let range = finding.range
      if let lower = interval.lower, range.lower.map({ lower > $0 || !interval.lowerClosed }) ?? true {
        parts.append("\(name) \(interval.lowerClosed ? ">=" : ">") \(lower.millionths)")
      }
      if let upper = interval.upper, range.upper.map({ upper < $0 || !interval.upperClosed }) ?? true {
        parts.append("\(name) \(interval.upperClosed ? "<=" : "<") \(upper.millionths)")
      }
      // A test that every number of the range passes holds whatever the number is.
      return parts.isEmpty ? "true" : parts.joined(separator: " AND ")
    case .values(let mask):
      let places = finding.values.indices.filter { mask & 1 << UInt32($0) != 0 }
      if finding.kind == .boolean {
        return places.count == 2 ? "true" : places == [0] ? name : "NOT \(name)"
      }
      let rest = finding.values.indices.filter { !places.contains($0) }
      if rest.isEmpty { return "true" }
      if places.count == 1 { return "\(name) = \(value(test.finding, places[0]))" }
      if rest.count == 1 { return "\(name) <> \(value(test.finding, rest[0]))" }
      return "\(name) IN (" + places.map { value(test.finding, $0) }.joined(separator: ", ") + ")"
    }
  }

  private func certain(_ condition: Condition) -> String { "coalesce(\(sql(condition)), false)" }

  // MARK: Stages

  /// Adds a stage that hands on what is there, with changes and additions, each an expression and its name.
  private mutating func add(_ name: String, _ comment: String, changing: [String: String] = [:], adding: [(String, String)] = []) {
    var selected = columns.map { column in changing[column].map { "\($0) AS \(column)" } ?? column }
    selected += adding.map { "\($0.1) AS \($0.0)" }
    stages.append("-- \(comment)\n\(begin(name))\n  SELECT \(Self.wrapped(selected))\n  FROM \(stage)\n)")
    columns += adding.map(\.0)
    stage = name
  }

  /// A list over lines of moderate length.
  private static func wrapped(_ parts: [String]) -> String {
    var lines = [""]
    for (place, part) in parts.enumerated() {
      let piece = part + (place < parts.count - 1 ? "," : "")
      if !lines[lines.count - 1].isEmpty, lines[lines.count - 1].utf8.count + piece.utf8.count > 110 { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + piece
    }
    return lines.joined(separator: "\n    ")
  }

  /// Text without spaces around it; NULL for an empty one and for NaN.
  private func cleaned(_ name: String) -> String {
    let text = "trim(CAST(\(name) AS \(textType)))"
    return "CASE WHEN \(text) IN (\(TableColumn.unknowns.map(literal).joined(separator: ", "))) THEN NULL ELSE \(text) END"
  }

  /// What a column holds, as text, and as its type.
  private func typed(_ finding: Finding) -> String {
    let name = column(finding)
    switch finding.kind {
    case .number:
      switch dialect {
      case .duckdb: return "CAST(round(TRY_CAST(\(name) AS DECIMAL(18,6)) * 1000000) AS BIGINT)"
      case .spark: return "CAST(round(try_cast(\(name) AS DECIMAL(18,6)) * 1000000) AS BIGINT)"
      case .postgres:
        return "CASE WHEN \(name) ~ '^[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?$' "
          + "THEN CAST(round(CAST(\(name) AS NUMERIC) * 1000000) AS BIGINT) END"
      case .sqlite:
        // SQLite reads the leading number of any text.
        return "CASE WHEN \(name) GLOB '*[0-9]*' AND \(name) NOT GLOB '*[^0-9.eE+-]*' AND \(name) NOT GLOB '*.*.*' "
          + "AND \(name) NOT GLOB '*[0-9.][-+]*' AND \(name) NOT GLOB '*[eE]*[eE.]*' AND \(name) NOT GLOB '[eE]*' "
          + "AND \(name) NOT GLOB '*[eE+-]' THEN CAST(round(CAST(\(name) AS REAL) * 1000000) AS INTEGER) END"
      }
    case .boolean:
      let words = { (texts: [String], value: String) in texts.map { " WHEN \(literal($0)) THEN \(value)" }.joined() }
      return "CASE lower(\(name))\(words(TableColumn.yes, "true"))\(words(TableColumn.no, "false")) END"
    case .category, .derived:
      return "CASE WHEN \(name) IN (\(finding.values.map { literal($0.id) }.joined(separator: ", "))) THEN \(name) END"
    }
  }

  private func readingStages() -> [(name: String, comment: String, columns: [(String, String)])] {
    let texts = [("id", "id")] + stated.map { (column($0), cleaned(column($0))) }
    var typed: [(String, String)] = [("id", "id")]
    for finding in stated { typed.append((column(finding), self.typed(finding))) }
    // Of each row the columns that hold something else.
    let faults = stated.map { finding in
      let name = column(finding)
      return "CASE WHEN \(name) IS NOT NULL AND \(self.typed(finding)) IS NULL THEN '\(finding.id) ' ELSE '' END"
    }
    typed.append(("unread", faults.joined(separator: "\n    || ")))
    return [
      ("cleaned", "Empty texts and NaN are unknown.", texts),
      ("typed", "Each column as its type; numbers in whole millionths of their unit. What can't be read is named.", typed),
    ]
  }

  private var outOfRange: String {
    let parts = stated.compactMap { finding -> String? in
      guard case .number(let range, _) = finding.kind else { return nil }
      let tests =
        [
          range.lower.map { "\(column(finding)) \(range.lowerClosed ? "<" : "<=") \($0.millionths)" },
          range.upper.map { "\(column(finding)) \(range.upperClosed ? ">" : ">=") \($0.millionths)" },
          finding.isCount ? "\(column(finding)) % 1000000 <> 0" : nil,
        ].compactMap { $0 }
      return tests.isEmpty ? nil : "WHEN \(tests.joined(separator: " OR ")) THEN '\(finding.id) is out of its range'"
    }
    return parts.joined(separator: "\n      ")
  }

  private mutating func derive() {
    let inference = guideline.inference
    let derived = derivedFindings.sorted()
    add(
      "stated", "What is derived starts from what is stated.",
      adding: derived.map { ("k_" + column(vocabulary.findings[$0]), column(vocabulary.findings[$0])) })
    for finding in inference.scaledFindings { grade(finding) }
    var changes: [String: String] = [:]
    var comments: [String] = []
    var count = 0
    func flush(_ script: inout SQLScript) {
      guard !changes.isEmpty else { return }
      count += 1
      script.add("derived\(count)", comments.joined(separator: "\n-- "), changing: changes)
      changes = [:]
      comments = []
    }
    for consequence in inference.derivations {
      let rule = consequence.rule
      let target = known(rule.finding)
      let reads = Set(consequence.when.tests.map { known($0.finding) })
      if changes[target] != nil || !reads.isDisjoint(with: changes.keys) { flush(&self) }
      var guards = [certain(consequence.when)]
      if let unless = rule.unless { guards.append("\(column(vocabulary.findings[unless])) IS NULL") }
      if rule.stated { guards += consequence.from.map { "\(column(vocabulary.findings[$0])) IS NOT NULL" } }
      let who = guards.joined(separator: " AND ")
      let value = value(rule.finding, rule.value)
      var branches = ["WHEN \(target) IS NULL AND \(who) THEN \(value)"]
      if let over = rule.over { branches.append("WHEN \(target) = \(self.value(rule.finding, over)) AND \(who) THEN \(value)") }
      changes[target] = "CASE " + branches.joined(separator: " ") + " ELSE \(target) END"
      comments.append(
        "derive \(vocabulary.findings[rule.finding].id) \(vocabulary.findings[rule.finding].values[rule.value].id) when \(rule.when)")
    }
    flush(&self)
  }

  /// The steps that a number surely reaches and may reach, of each scale; the finding is known where they agree.
  private mutating func grade(_ finding: Int) {
    let scales = vocabulary.scales.filter { $0.finding == finding }
    let layout = Columns(guideline)
    var added: [(String, String)] = []
    for scale in scales {
      guard let cuts = layout.columns[scale.from] else { continue }
      let source = column(vocabulary.findings[scale.from])
      for (end, isLow) in [("low", true), ("high", false)] {
        var branches: [String] = []
        for value in 0..<cuts.values {
          let numbers = layout.numbers(of: scale.from, value)
          let hull = scale.hull(of: numbers)
          let step = isLow ? hull.lowerBound : hull.upperBound
          if let upper = numbers.upper {
            branches.append("WHEN \(source) \(numbers.upperClosed ? "<=" : "<") \(upper.millionths) THEN \(step)")
          } else {
            branches.append("WHEN \(source) IS NOT NULL THEN \(step)")
          }
        }
        added.append(("step_\(end)_\(source)", "coalesce(CASE \(branches.joined(separator: " ")) END, -1)"))
      }
    }
    let name = vocabulary.findings[finding].id
    add("steps_\(column(vocabulary.findings[finding]))", "Background: the steps of \(name) that numbers reach.", adding: added)
    func highest(_ end: String) -> String {
      let names = scales.map { "step_\(end)_\(column(vocabulary.findings[$0.from]))" }
      return names.dropFirst().reduce(names[0]) { "CASE WHEN \($0) >= \($1) THEN \($0) ELSE \($1) END" }
    }
    let target = known(finding)
    let values = scales[0].steps.enumerated().map { "WHEN \($0.offset) THEN \(value(finding, $0.element.value))" }.joined(separator: " ")
    add(
      "graded_\(column(vocabulary.findings[finding]))", "Background: \(name) where they agree.",
      changing: [target: "CASE WHEN \(target) IS NULL AND \(highest("low")) = \(highest("high")) THEN CASE \(highest("low")) \(values) END ELSE \(target) END"])
  }

  private mutating func refuse() {
    var branches = ["WHEN unread <> '' THEN 'not a value: ' || trim(unread)", outOfRange]
    for (pair, texts) in zip(guideline.inference.contradictions, vocabulary.contradictions) {
      var parts = [certain(pair.first), certain(pair.second)]
      if pair.stated { parts += pair.first.tests.map { "\(column(vocabulary.findings[$0.finding])) IS NOT NULL" } }
      branches.append("WHEN \(parts.joined(separator: " AND ")) THEN \(literal("\(texts.first) with \(texts.second)"))")
    }
    add(
      "checked", "Why a row is refused: what can't be read, what can't both hold.",
      adding: [("refused", "CASE \(branches.joined(separator: "\n      "))\n    END")])
  }

  private mutating func judge() {
    let rules = guideline.rules
    let needed = rules.filter { rule in !rule.isRemark || guideline.above.contains { $0.contains(rule.index) } }
    func list(_ name: String, _ comment: String, from: String, _ kept: [String], _ rows: [String]) {
      stages.append("-- \(comment)\n\(begin(name))\n  SELECT \(Self.wrapped(kept)),\n\(rows.joined(separator: ",\n"))\n  FROM \(from)\n)")
    }
    var whens: [String] = []
    for rule in needed {
      let facts = (rule.paragraphs + rule.facts).joined(separator: " ")
      whens.append("    -- \(rule.id): \(rule.title.english) (\(facts))\n    \(sql(rule.when)) AS w\(rule.index)")
    }
    var untils: [String] = []
    for rule in needed {
      if let unless = rule.unless { untils.append("    \(sql(unless)) AS u\(rule.index)") }
      if let until = rule.until { untils.append("    NOT \(certain(until)) AS open\(rule.index)") }
    }
    list("conditions", "Whether each rule's condition holds; NULL where that is unknown.", from: stage, ["id", "refused"], whens + untils)
    let advised = rules.filter { !$0.isRemark }
    func conjunction(_ rule: Rule) -> [String] {
      ["w\(rule.index)"] + guideline.above[rule.index].map { "NOT w\($0)" } + (rule.unless == nil ? [] : ["NOT u\(rule.index)"])
        + (rule.until == nil ? [] : ["open\(rule.index)"])
    }
    let plain = advised.map { rule in
      let text = conjunction(rule).joined(separator: " AND ")
      let above = guideline.above[rule.index].map { rules[$0].id }
      return (above.isEmpty ? "" : "    -- \(rule.id) gives way to \(above.joined(separator: ", "))\n") + "    \(text) AS a\(rule.index)"
    }
    list("advice", "Where no rule above takes it away and it wasn't carried out.", from: "conditions", ["id", "refused"], plain)
    let statuses = advised.map { rule -> String in
      guard rule.isCompanion else { return "    a\(rule.index) AS s\(rule.index)" }
      let targets = guideline.targets[rule.index].map { "a\($0)" }
      let comment = "    -- \(rule.id) goes with \(rule.with.joined(separator: ", "))\n"
      return comment + "    \(targets.isEmpty ? "false" : "a\(rule.index) AND (\(targets.joined(separator: " OR ")))") AS s\(rule.index)"
    }
    list("statuses", "A companion stands where something that it goes with does.", from: "advice", ["id", "refused"], statuses)
    stage = "statuses"
  }

  private var result: String {
    let rules = guideline.rules.filter { !$0.isRemark }
    switch shape {
    case .wide:
      let rows = rules.map { rule in
        "  CASE WHEN refused IS NOT NULL THEN NULL WHEN s\(rule.index) THEN 'applies' WHEN s\(rule.index) IS NULL THEN 'depends'"
          + " ELSE 'absent' END AS \(quoted(rule.id))"
      }
      return "SELECT id, refused,\n\(rows.joined(separator: ",\n"))\nFROM statuses"
    case .long:
      let letters = rules.map { "CASE WHEN s\($0.index) THEN 'a' WHEN s\($0.index) IS NULL THEN 'd' ELSE '-' END" }
      let rows = rules.enumerated().map { place, rule in
        "(\(place + 1), \(literal(rule.id)), \(literal(rule.stance?.rawValue ?? "")), \(literal(rule.paragraphs.joined(separator: " "))))"
      }
      // No WHERE on `refused`: an engine would push it down, and write what the row is refused by into every stage below.
      return """
        , \(begin("coded"))
          SELECT id, CASE WHEN refused IS NULL THEN \(letters.joined(separator: "\n    || ")) ELSE '' END AS letters FROM statuses
        ),
        rules (place, rule, stance, paragraphs) AS (
          \(dialect == .spark ? "SELECT * FROM VALUES" : "VALUES")
          \(rows.joined(separator: ",\n  "))
        )
        SELECT id AS patient, rule, CASE substr(letters, place, 1) WHEN 'a' THEN 'applies' ELSE 'depends' END AS status, stance, paragraphs AS paragraph
        FROM coded CROSS JOIN rules
        WHERE substr(letters, place, 1) IN ('a', 'd')
        """
    }
  }

  private var table: String {
    let rows = stated.map { finding -> String in
      let values: String
      switch finding.kind {
      case .number(let range, let unit):
        values = "\(range.lower.map { "\($0)" } ?? "") to \(range.upper.map { "\($0)" } ?? "") \(unit.rawValue)"
      case .boolean: values = "yes or no"
      case .category, .derived: values = finding.values.map(\.id).joined(separator: ", ")
      }
      return "--   \(column(finding)) \(type(finding)): \(finding.name.english); \(values)"
    }
    return rows.joined(separator: "\n")
  }

  /// What an engine is to be told before.
  private var note: String {
    // Its generated code for all stages at once is longer than a method of the JVM may be: compiling it fails again in every task.
    dialect == .spark ? "-- Run before, once a session: SET spark.sql.codegen.wholeStage=false (several times faster).\n" : ""
  }

  private mutating func write() -> String {
    for (name, comment, list) in readingStages() {
      stages.append(
        "-- \(comment)\n\(begin(name))\n  SELECT " + list.map { $0.0 == $0.1 ? $0.0 : "\($0.1) AS \($0.0)" }.joined(separator: ",\n    ")
          + "\n  FROM \(stage)\n)")
      stage = name
      columns = list.map(\.0)
    }
    derive()
    refuse()
    judge()
    return """
      -- islet's guideline as SQL (\(dialect.rawValue), \(shape.rawValue)), made by islet compile sql.
      -- For clinical training and education with hypothetical patient data; not for the diagnosis or treatment of real patients.
      -- The table patients has a column id and these; a column that is missing is to be added as NULL. One value or NULL, unknown.
      \(table)
      \(note)-- A row is refused, with its reason, where a column can't be read or two things can't both hold; then no rule has an answer.
      WITH
      """ + "\n" + stages.joined(separator: ",\n") + "\n" + result + ";\n"
  }
}
