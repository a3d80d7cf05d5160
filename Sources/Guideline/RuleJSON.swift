import Reports

extension Guideline {
  /// A evaluated as the contract of `islet eval` has it.
  public func json(_ evaluated: RuleEvaluation, title: String? = nil) -> JSON {
    let rule = rules[evaluated.rule]
    return .fields([
      ("rule", .string(rule.id)), ("title", title.map { .string($0) }), ("subjects", .strings(rule.subjects)),
      ("stance", .string(rule.stance?.rawValue ?? "remark")), ("status", .string(evaluated.status.rawValue)),
      ("facts", .strings(rule.facts)), ("paragraphs", .strings(rule.paragraphs)),
      ("level", rule.level.map { .number($0) }), ("grade", rule.grade.map { .string($0) }),
      ("depends_on", .strings(evaluated.dependsOn.map { vocabulary.findings[$0].id })),
      ("with", .strings(evaluated.accompanies.map { rules[$0].id })),
      ("if", evaluated.ifChosen.isEmpty ? nil : .strings(evaluated.ifChosen)), ("background", .bool(rule.isBackground)),
      ("reading", rule.reading.map { .string($0) }),
    ])
  }
}
