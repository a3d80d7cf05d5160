import Reports

extension Guideline {
  /// A judgement as the contract of `islet eval` has it.
  public func json(_ judgement: Judgement, title: String? = nil) -> JSON {
    let rule = rules[judgement.rule]
    return .fields([
      ("rule", .string(rule.id)), ("title", title.map { .string($0) }), ("subjects", .strings(rule.subjects)),
      ("stance", .string(rule.stance?.rawValue ?? "remark")), ("status", .string(judgement.status.rawValue)),
      ("facts", .strings(rule.facts)), ("paragraphs", .strings(rule.paragraphs)),
      ("level", rule.level.map { .number($0) }), ("grade", rule.grade.map { .string($0) }),
      ("depends_on", .strings(judgement.dependsOn.map { vocabulary.findings[$0].id })),
      ("with", .strings(judgement.accompanies.map { rules[$0].id })),
      ("if", judgement.ifChosen.isEmpty ? nil : .strings(judgement.ifChosen)), ("background", .bool(rule.isBackground)),
      ("reading", rule.reading.map { .string($0) }),
    ])
  }
}
