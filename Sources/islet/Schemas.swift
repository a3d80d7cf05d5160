import Cohorts
import Commands
import Guideline
import Measures
import Reports
import Teaching
import Vocabulary

/// The JSON Schemas (draft 2020-12) of all JSON that islet reads and writes in a form of its own. Notebooks are nbformat's, a kernel's
/// specification Jupyter's, and statements follow xAPI 1.0.3.
struct Schemas {
  let guideline: Guideline

  /// A schema with its name, as `islet schema NAME` takes it.
  typealias Named = (name: String, schema: JSON)

  static let names = [
    "patient", "eval", "counts", "row", "long-row", "refusal", "report", "version", "fact", "finding", "attempt", "statements", "blessing",
  ]

  var all: [Named] {
    let schemas = [patient, AnswerSchema.json, counts, row, longRow, refusal, report, version, fact, finding, attempt, statements, blessing]
    return zip(Self.names, schemas).map { ($0, $1) }
  }

  /// All of them in one document, each under its name.
  var document: JSON {
    .fields([
      ("$schema", .string(Self.draft)), ("$id", .string("urn:islet:schemas")), ("title", .string("What islet \(Release.version) reads and writes as JSON")),
      ("description", .string(IntendedUse.line.english)), ("$defs", .fields(all.map { ($0.name, $0.schema) })),
    ])
  }

  private static let draft = "https://json-schema.org/draft/2020-12/schema"

  // MARK: Patients

  private var patient: JSON {
    Self.schema(
      "patient", "A patient, a line of NDJSON, as islet eval and islet cohort read it",
      [
        ("id", Self.types(["string", "number"], "A pseudonym, handed back.")),
        (
          "findings",
          .fields([
            ("type", .string("object")), ("description", .string("A finding that isn't there is unknown.")), ("additionalProperties", .bool(false)),
            ("properties", .fields(guideline.vocabulary.findings.map { ($0.id, value($0)) })),
          ])
        ),
        ("assume", .fields([("description", .string("As the command assume absent.")), ("const", .string("absent"))])),
      ], required: [])
  }

  /// What a finding may be stated as.
  private func value(_ finding: Finding) -> JSON {
    let unknown = JSON.fields([("enum", .array([.null] + PatientFormat.unknowns.map { .string($0) }))])
    var choices: [JSON] = []
    let ids = finding.isDerived ? ["yes", "no"] : finding.values.map(\.id)
    switch finding.kind {
    case .number:
      choices.append(.fields([("type", .string("number"))] + Self.bounds(finding)))
      choices.append(
        .fields([
          ("type", .string("string")), ("pattern", .string("[0-9]")), ("description", .string("With a unit, a comparison or a range: 25 mm, > 2 cm, 3-20.")),
        ]))
    case .boolean, .derived: choices += [.fields([("type", .string("boolean"))])]
    case .category: break
    }
    if !finding.isNumber {
      let one = JSON.fields([("enum", .strings(ids))])
      choices.append(one)
      let numbers = ids.compactMap { Int($0) }
      if !numbers.isEmpty { choices.append(.fields([("enum", .array(numbers.map { .integer($0) }))])) }
      choices.append(.fields([("type", .string("array")), ("minItems", .integer(1)), ("items", one), ("description", .string("One of these."))]))
    }
    return .fields([("description", .string(finding.name.english)), ("anyOf", .array(choices + [unknown]))])
  }

  private static func bounds(_ finding: Finding) -> [(String, JSON?)] {
    let range = finding.range
    return [
      (range.lowerClosed ? "minimum" : "exclusiveMinimum", range.lower.map { .exact($0) }),
      (range.upperClosed ? "maximum" : "exclusiveMaximum", range.upper.map { .exact($0) }),
      ("multipleOf", finding.isCount ? .integer(1) : nil),
    ]
  }

  /// A finding as `islet schema findings` prints it: id, group, type, unit, range, values, and its name in both languages.
  static func line(_ finding: Finding) -> JSON {
    var type = "category"
    var unit: JSON?
    var range: [(String, JSON?)] = []
    switch finding.kind {
    case .category: break
    case .boolean: type = "boolean"
    case .derived: type = "derived"
    case .number(_, let own):
      type = "number"
      unit = .string(own.rawValue)
      range = bounds(finding)
    }
    let values = finding.values.map { JSON.fields([("id", .string($0.id)), ("name", names($0.shown.english, $0.shown.greek))]) }
    return .fields(
      [("id", .string(finding.id)), ("group", .string(finding.group)), ("type", .string(type)), ("unit", unit)] + range + [
        ("values", values.isEmpty ? nil : .array(values)), ("name", names(finding.name.english, finding.name.greek)),
      ])
  }

  private static func names(_ english: String, _ greek: String) -> JSON { .fields([("en", .string(english)), ("el", .string(greek))]) }

  private var finding: JSON {
    let names = Self.object([("en", Self.text), ("el", Self.text)], required: ["en", "el"])
    return Self.schema(
      "finding", "A line of islet schema findings",
      [
        ("id", Self.string("Stable.", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$")), ("group", Self.text),
        ("type", Self.one(of: ["category", "boolean", "number", "derived"])),
        ("unit", Self.one(of: Unit.allCases.map(\.rawValue))), ("minimum", Self.number), ("maximum", Self.number), ("multipleOf", Self.number),
        ("exclusiveMinimum", Self.number),
        ("exclusiveMaximum", Self.number),
        ("values", Self.array(Self.object([("id", Self.text), ("name", names)], required: ["id", "name"]))), ("name", names),
      ], required: ["id", "group", "type", "name"])
  }

  // MARK: Answers

  private var rules: [String] { guideline.rules.filter { !$0.isRemark }.map(\.id) }

  private var counts: JSON {
    let count = JSON.fields([("type", .string("integer")), ("minimum", .integer(0))])
    let ofRule = Self.object([("rule", Self.one(of: rules)), ("applies", count), ("depends", count)], required: ["rule", "applies", "depends"])
    let ofAll = Self.object([("patients", count), ("refused", count)], required: ["patients", "refused"])
    return Self.head("counts", "A line of islet eval --counts: of each rule, then of all patients", [("oneOf", .array([ofRule, ofAll]))])
  }

  private var row: JSON {
    let status = JSON.fields([("enum", .array(["applies", "depends", "absent"].map { .string($0) } + [.null]))])
    return Self.head(
      "row", "A line of islet eval --to ndjson: a patient, one column per rule; null where the patient was refused",
      [
        ("type", .string("object")), ("properties", .fields([("id", Self.types(["string", "number", "null"], "The id as given."))])),
        ("patternProperties", .fields([("^[a-z0-9-]+\\.[a-z0-9-]+$", status)])),
      ])
  }

  private var longRow: JSON {
    Self.schema(
      "long-row", "A line of islet eval --to ndjson --long: a statement that applies or depends",
      [
        ("patient", Self.types(["string", "number", "null"], "The id as given.")), ("rule", Self.one(of: rules)),
        ("status", Self.one(of: ["applies", "depends"])),
        ("stance", Self.one(of: Stance.allCases.map(\.rawValue))),
        ("paragraph", Self.string("Paragraphs, spaces between them.", pattern: "^P[0-9]{3}( P[0-9]{3})*$")),
      ], required: ["patient", "rule", "status", "stance", "paragraph"], isOpen: true)
  }

  private var refusal: JSON {
    let place = ["line", "row"].map { JSON.fields([("required", .strings([$0]))]) }
    guard
      case .object(let fields) = Self.schema(
        "refusal", "A line of islet eval --errors: a line, or a row of a table, that was refused",
        [("line", Self.count), ("row", Self.count), ("id", Self.types(["string", "number"], "The id as given.")), ("errors", Self.array(Self.error))],
        required: ["errors"])
    else { return .null }
    return .object(fields + [JSON.Field("oneOf", .array(place))])
  }

  // MARK: Reports

  private var report: JSON {
    Self.schema(
      "report", "What a command or subcommand answers with --format json; the command's own data stand beside these",
      [
        ("schema", .fields([("const", .integer(1))])), ("command", Self.string("The command's id; empty where none was understood.")),
        ("patient", Self.types(["string", "null"], "The patient's name.")), ("errors", Self.array(Self.error)),
        ("patient_state", .fields([("type", .string("object"))])), ("advice", Self.array(advice)),
      ], required: ["schema", "command", "patient", "errors"], isOpen: true)
  }

  /// A rule in a report.
  private var advice: JSON {
    Self.object(
      [
        ("rule", Self.text), ("title", Self.text), ("subjects", Self.array(Self.text)), ("stance", Self.one(of: Stance.allCases.map(\.rawValue))),
        ("status", Self.one(of: ["applies", "depends", "absent"])), ("facts", Self.array(Self.string("", pattern: "^F[0-9]{3}$"))),
        ("paragraphs", Self.array(Self.string("", pattern: "^P[0-9]{3}$"))),
      ], required: [], isOpen: true)
  }

  private var version: JSON {
    Self.schema(
      "version", "islet --version --format json",
      [
        ("schema", .fields([("const", .integer(1))])), ("command", .fields([("const", .string("version"))])), ("patient", .fields([("type", .string("null"))])),
        ("errors", Self.array(Self.error)), ("version", Self.string("", pattern: "^[0-9]+\\.[0-9]+\\.[0-9]+$")),
        ("date", Self.string("", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")),
        (
          "guideline",
          Self.object(
            [("title", Self.text), ("mark", Self.string("Other chapters have another mark.", pattern: "^[0-9a-f]{16}$"))], required: ["title", "mark"])
        ),
        ("commit", Self.types(["string", "null"], "Null where it wasn't known when the program was built.")),
      ], required: ["version", "guideline", "commit"])
  }

  private var fact: JSON {
    Self.schema(
      "fact", "A line of islet guideline facts",
      [
        ("id", Self.string("", pattern: "^F[0-9]{3}$")), ("chapter", Self.text), ("heading", Self.text),
        ("carried_by", Self.one(of: ["rule", "remark", "evidence", "dose", "adverse-effect", "note", "erratum"])), ("en", Self.boolean), ("el", Self.boolean),
      ], required: ["id", "chapter", "heading", "carried_by", "en", "el"])
  }

  // MARK: Teaching

  private var attempt: JSON {
    Self.schema(
      "attempt", "A line of the log of attempts that islet keeps, and islet results reads",
      [
        ("v", .fields([("const", .integer(CaseEvent.version))])), ("at", Self.integer), ("step", Self.count),
        ("kind", Self.one(of: CaseEvent.Kind.allCases.map(\.rawValue))),
        ("what", Self.text), ("rule", Self.text), ("mark", Self.text), ("cost", Self.integer), ("case", Self.text), ("attempt", Self.count),
        ("line", Self.text), ("credit", Self.number), ("exam", Self.boolean), ("after", Self.seal),
        ("parts", Self.object(ScoreParts.names.map { ($0, Self.array(Self.integer)) }, required: ScoreParts.names)),
        ("faults", Self.array(Self.object([("fault", Self.text), ("therapy", Self.text), ("rule", Self.text)], required: ["fault", "therapy"]))),
        (
          "marks",
          Self.array(Self.object([("what", Self.text), ("mark", Self.text), ("rule", Self.text), ("credit", Self.number)], required: ["what"]))
        ), ("time", Self.integer), ("seal", Self.seal),
      ], required: ["v", "at", "step", "kind", "what", "case", "attempt"])
  }

  private var statements: JSON {
    let statement = Self.object(
      [
        ("id", Self.string("", pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")), ("actor", Self.anyObject),
        ("verb", Self.object([("id", Self.text)], required: ["id"], isOpen: true)),
        ("object", Self.object([("id", Self.text)], required: ["id"], isOpen: true)), ("result", Self.anyObject), ("context", Self.anyObject),
        ("timestamp", Self.text), ("version", Self.text),
      ], required: ["id", "actor", "verb", "object"])
    return Self.head("statements", "islet attempts xapi: statements of xAPI 1.0.3", [("type", .string("array")), ("items", statement)])
  }

  private var blessing: JSON {
    Self.schema(
      "blessing", "A line of a file's blessed meaning, NAME.blessed.jsonl, as islet check writes and reads it",
      [("command", Self.text), ("code", Self.text), ("meaning", Self.anyObject), ("words", Self.text), ("because", Self.text)],
      required: ["command", "code", "meaning", "because"])
  }

  // MARK: Parts

  private static let text = JSON.fields([("type", .string("string"))])
  private static let number = JSON.fields([("type", .string("number"))])
  private static let integer = JSON.fields([("type", .string("integer"))])
  private static let count = JSON.fields([("type", .string("integer")), ("minimum", .integer(1))])
  private static let boolean = JSON.fields([("type", .string("boolean"))])
  private static let seal = string("SHA-256, of an exam's line and the seal before it.", pattern: "^[0-9a-f]{64}$")
  private static let anyObject = JSON.fields([("type", .string("object"))])

  private static let error = object(
    [
      ("code", string("Stable.", pattern: "^[a-z0-9-]+(\\.[a-z0-9-]+)?$")), ("message", text), ("finding", text), ("readings", array(text)), ("file", text),
      ("line", integer),
      ("cell", integer),
    ], required: ["code", "message"])

  private static func string(_ description: String, pattern: String? = nil) -> JSON {
    .fields([
      ("description", description.isEmpty ? nil : .string(description)), ("type", .string("string")), ("pattern", pattern.map { .string($0) }),
    ])
  }

  private static func types(_ names: [String], _ description: String) -> JSON {
    .fields([("description", .string(description)), ("type", .strings(names))])
  }

  private static func one(of values: [String]) -> JSON { .fields([("enum", .strings(values))]) }

  private static func array(_ items: JSON) -> JSON { .fields([("type", .string("array")), ("items", items)]) }

  private static func object(_ properties: [(String, JSON?)], required: [String], isOpen: Bool = false) -> JSON {
    .fields([
      ("type", .string("object")), ("required", required.isEmpty ? nil : .strings(required)), ("additionalProperties", isOpen ? nil : .bool(false)),
      ("properties", .fields(properties)),
    ])
  }

  private static func schema(_ name: String, _ title: String, _ properties: [(String, JSON?)], required: [String], isOpen: Bool = false) -> JSON {
    guard case .object(let fields) = object(properties, required: required, isOpen: isOpen) else { return .null }
    return head(name, title, fields.map { ($0.name, $0.value) })
  }

  private static func head(_ name: String, _ title: String, _ rest: [(String, JSON?)]) -> JSON {
    .fields([("$schema", .string(draft)), ("$id", .string("urn:islet:schema:\(name):1")), ("title", .string(title))] + rest)
  }
}
