import Guideline
import Reports

/// The JSON Schema of eval's answers, whichever of their fields are asked for.
public enum AnswerSchema {
  /// Goes up when a reader of older answers would no longer understand them.
  public static let version = 2

  public static let json: JSON = .fields([
    ("$schema", .string("https://json-schema.org/draft/2020-12/schema")), ("$id", .string("urn:islet:schema:eval:\(version)")),
    ("title", .string("A line of islet eval, schema \(version)")),
    (
      "description",
      .string(
        "One hypothetical patient's answer. Without options advice holds what applies: rule, stance and paragraphs. For clinical training and "
          + "education with hypothetical patient data; not for the diagnosis or treatment of real patients.")
    ),
    ("type", .string("object")), ("required", .strings(["advice", "errors"])),
    ("oneOf", .array(["id", "line"].map { .fields([("required", .strings([$0]))]) })), ("additionalProperties", .bool(false)),
    (
      "properties",
      .fields([
        ("id", described("The id as given.", [("type", .strings(["string", "number"]))])),
        ("line", described("The line's number, from 1, where it has no id.", [("type", .string("integer")), ("minimum", .integer(1))])),
        ("advice", .fields([("type", .string("array")), ("items", advice)])),
        ("errors", described("Why the line was refused; then advice is empty.", [("type", .string("array")), ("items", error)])),
        ("notices", described("What is stated and read as something else.", [("type", .string("array")), ("items", notice)])),
      ])
    ),
  ])

  private static func described(_ text: String, _ rest: [(String, JSON?)]) -> JSON { .fields([("description", .string(text))] + rest) }

  private static func texts(_ text: String, pattern: String? = nil) -> JSON {
    described(
      text, [("type", .string("array")), ("items", .fields([("type", .string("string")), ("pattern", pattern.map { .string($0) })]))])
  }

  private static func one(of values: [String], _ text: String) -> JSON { described(text, [("enum", .strings(values))]) }

  private static let text: JSON = .fields([("type", .string("string"))])

  private static let advice: JSON = .fields([
    ("type", .string("object")), ("additionalProperties", .bool(false)),
    (
      "properties",
      .fields(
        AnswerForm.Field.allCases.flatMap { field in
          [(field.rawValue, property(field))]
            + (field == .with
              ? [("if", texts("Therapies of which one must be chosen: what the companion goes with is about a wider group."))] : [])
        })
    ),
  ])

  private static func property(_ field: AnswerForm.Field) -> JSON {
    switch field {
    case .rule: described("The rule's id; stable.", [("type", .string("string"))])
    case .subjects: texts("What the advice is about: therapies, tests, settings.")
    case .stance: one(of: Stance.allCases.map(\.rawValue), "What the text says of its subjects.")
    case .status: one(of: ["applies", "depends"], "Whether it holds, or depends on what isn't stated.")
    case .facts: texts("The facts that the rule carries.", pattern: "^F[0-9]{3}$")
    case .paragraphs: texts("The paragraphs of the text that say so.", pattern: "^P[0-9]{3}$")
    case .level: described("The text's level of evidence, where it gives one.", [("type", .string("number"))])
    case .grade: described("The text's grade of recommendation, where it gives one.", [("type", .string("string"))])
    case .dependsOn: texts("The findings that decide, where it depends.")
    case .with: texts("The rules that a companion accompanies.")
    case .background: described("Whether the text itself doesn't say so.", [("type", .string("boolean"))])
    case .reading: described("The erratum by whose reading the rule stands.", [("type", .string("string"))])
    }
  }

  private static let error: JSON = .fields([
    ("type", .string("object")), ("required", .strings(["code", "message"])),
    (
      "properties",
      .fields([("code", text), ("message", text), ("finding", text)])
    ),
  ])

  private static let notice: JSON = .fields([
    ("type", .string("object")), ("required", .strings(["code", "message"])), ("properties", .fields([("code", text), ("message", text)])),
  ])
}
