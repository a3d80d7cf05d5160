import Guideline
import Reports
import Wording

/// What eval's answers tell: of which rules, whether also what depends, and which fields of each.
public struct AnswerForm: Sendable, Equatable {
  /// A field of a rule's answer, in the order in which they stand. What `if` tells belongs to `with`.
  public enum Field: String, Sendable, CaseIterable {
    case rule, subjects, stance, status, facts, paragraphs, level, grade
    case dependsOn = "depends_on"
    case with, background, reading
  }

  public let fields: Set<Field>
  /// Whether rules that depend are told too.
  public let tellsDepends: Bool
  /// The places of the rules told, in their order.
  public let rules: [Int]

  /// Every field of every rule that applies or depends.
  public static func whole(_ guideline: Guideline) -> AnswerForm {
    AnswerForm(fields: Set(Field.allCases), tellsDepends: true, rules: guideline.rules.filter { !$0.isRemark }.map(\.index))
  }

  /// What applies: rule, stance and paragraphs.
  public static func applying(_ guideline: Guideline) -> AnswerForm {
    AnswerForm(fields: [.rule, .stance, .paragraphs], tellsDepends: false, rules: whole(guideline).rules)
  }

  private init(fields: Set<Field>, tellsDepends: Bool, rules: [Int]) {
    self.fields = fields
    self.tellsDepends = tellsDepends
    self.rules = rules
  }

  /// Reads what was asked for: names of fields and patterns of rules' ids, each a list with commas.
  public init(all: Bool = false, depends: Bool = false, fields names: String? = nil, rules patterns: String? = nil, _ guideline: Guideline) throws(Diagnostic) {
    let start = all ? Self.whole(guideline) : .applying(guideline)
    var fields = start.fields
    if depends { fields.formUnion([.status, .dependsOn]) }
    if let names {
      fields = []
      for name in Self.parts(names) {
        guard let field = Field(rawValue: name) else {
          let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
          throw Diagnostic(
            "eval.field-unknown", Words("An answer has no field “\(name)”.", "Η απάντηση δεν έχει πεδίο «\(name)»."),
            help: [Words("Fields: \(known).", "Πεδία: \(known).")])
        }
        fields.insert(field)
      }
      if fields.isEmpty { throw .nothingNamed("--fields", "rule,stance") }
    }
    var rules = start.rules
    if let patterns {
      let parts = Self.parts(patterns)
      if parts.isEmpty { throw .nothingNamed("--rules", "surgery.*") }
      for part in parts where !rules.contains(where: { Self.matches(guideline.rules[$0].id, part) }) {
        let near = rules.map { guideline.rules[$0].id }.min { Folding.distance($0, part, limit: 8) < Folding.distance($1, part, limit: 8) }
        let hint = near.flatMap { Folding.distance($0, part, limit: 4) <= 4 ? $0 : nil }
        throw Diagnostic(
          "eval.rule-unknown", Words("No rule has an id like “\(part)”.", "Κανένας κανόνας δεν έχει αναγνωριστικό σαν «\(part)»."),
          help: [
            hint.map { Words("Did you mean \($0)?", "Μήπως εννοείτε \($0);") }
              ?? Words(
                "A * stands for any letters: surgery.*. Every id: islet eval --counts.",
                "Το * σημαίνει οποιαδήποτε γράμματα: surgery.*. Όλα: islet eval --counts.")
          ])
      }
      rules = rules.filter { rule in parts.contains { Self.matches(guideline.rules[rule].id, $0) } }
    }
    self.init(fields: fields, tellsDepends: all || depends, rules: rules)
  }

  private static func parts(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
  }

  /// Whether a text is like a pattern, in which a star stands for any letters.
  static func matches(_ text: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return text == pattern }
    var rest = text[...]
    guard rest.hasPrefix(parts[0]) else { return false }
    rest = rest.dropFirst(parts[0].count)
    for part in parts[1..<(parts.count - 1)] where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(parts[parts.count - 1])
  }

  func tells(_ status: Status) -> Bool { status == .applies || status == .depends && tellsDepends }

  /// A rule's answer with the fields that are told.
  func json(_ evaluated: RuleEvaluation, _ guideline: Guideline) -> JSON {
    guard case .object(let whole) = guideline.json(evaluated) else { return .null }
    return .object(whole.filter { fields.contains(Field(rawValue: $0.name == "if" ? "with" : $0.name) ?? .rule) })
  }
}

extension Diagnostic {
  fileprivate static func nothingNamed(_ option: String, _ example: String) -> Diagnostic {
    Diagnostic(
      "eval.nothing-named", Words("\(option) names nothing.", "Η επιλογή \(option) θέλει μια τιμή."),
      help: [Words("Try: \(option) \(example)", "Δοκιμάστε: \(option) \(example)")])
  }
}
