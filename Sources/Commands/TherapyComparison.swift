import Counsel
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

/// Therapies side by side, as the text speaks of each: where it stands for the patient in use, what studies found, doses, harms
/// and what goes with it. The text's figures stand beside each other; nothing is concluded from them.
struct TherapyComparison {
  /// The most therapies that stand side by side.
  static let most = 4

  private let sides: [Side]
  private let text: AdviceText
  private let evidenceText: EvidenceText
  private let patient: Patient?
  private var guideline: Guideline { text.guideline }
  private var vocabulary: Vocabulary { guideline.vocabulary }
  private var language: Language { text.language }

  private struct Side {
    let therapy: Therapy
    let standing: StandingReport?
    /// The evidence on it, or on a member of it, in the order of the text; what is on a group above it stands apart.
    let evidence: [Evidence]
    let above: [Evidence]
    let doses: [DoseRule]
    let harms: [AdverseEffect]
    /// What goes with it, and whether that is sure for the patient in use.
    let companions: [(rule: Rule, isSure: Bool)]
  }

  init(_ therapies: [Therapy], _ invocation: Invocation) throws(Diagnostic) {
    text = AdviceText(invocation)
    evidenceText = EvidenceText(invocation)
    patient = invocation.state.patient
    let guideline = invocation.guideline
    let counsel = patient.map { Counsel(guideline, $0) }
    var sides: [Side] = []
    for therapy in therapies { sides.append(try Self.side(therapy, counsel, text, patient)) }
    self.sides = sides
  }

  private static func side(_ therapy: Therapy, _ counsel: Counsel?, _ text: AdviceText, _ patient: Patient?)
    throws(Diagnostic) -> Side
  {
    let guideline = text.guideline
    let family = Naming.family(of: therapy.id, guideline.vocabulary)
    let evidence = try guideline.evidence
    let effects = try guideline.adverseEffects
    let formulary = try guideline.formulary
    var doses: [DoseRule] = []
    for member in family.own {
      doses += formulary.rules(for: member).filter { rule in !doses.contains { $0.id == rule.id } }
    }
    var harms: [AdverseEffect] = []
    for member in family.own + family.above {
      harms += effects.filter { effect in
        effect.therapies.contains(member) && !harms.contains { $0.id == effect.id }
      }
    }
    let companions: [(rule: Rule, isSure: Bool)]
    if let counsel, let patient {
      companions = counsel.companions(of: therapy.id, had: patient).map {
        (guideline.rules[$0.rule], $0.status == .applies)
      }
    } else {
      let near = Set([therapy.id] + family.above)
      companions = guideline.rules.filter { rule in
        rule.isCompanion && !rule.isRemark
          && rule.with.contains { near.contains($0) || guideline.rule(id: $0)?.subjects.contains(where: near.contains) ?? false }
      }.map { ($0, $0.when == .always) }
    }
    return Side(
      therapy: therapy, standing: counsel.map { StandingReport(text, $0, therapy) },
      evidence: family.own.flatMap { member in evidence.filter { $0.therapies.first == member } },
      above: family.above.flatMap { group in evidence.filter { $0.therapies.first == group } }, doses: doses, harms: harms,
      companions: companions)
  }

  var canonical: String { "compare " + sides.map(\.therapy.id).joined(separator: ", ") }

  // MARK: Data

  var data: [(String, JSON?)] {
    [
      (
        "therapies",
        .array(
          sides.map { side in
            .fields(
              (side.standing?.json ?? [("therapy", .string(side.therapy.id))]) + [
                ("evidence", .array(side.evidence.map { $0.json(language) })),
                ("group_evidence", .array(side.above.map { $0.json(language) })),
                ("doses", .array(side.doses.map { $0.json(vocabulary, language) })),
                ("adverse_effects", .array(side.harms.map { $0.json(vocabulary, language) })),
                (
                  "companions",
                  .array(
                    side.companions.map {
                      .fields([
                        ("rule", .string($0.rule.id)), ("subjects", .strings($0.rule.subjects)), ("applies", .bool($0.isSure)),
                      ])
                    })
                ),
              ])
          })
      ), ("compared_in_text", .strings(shared.map(\.id))),
    ]
  }

  /// Statements that speak of all of them at once: the text's own comparison, where there is one.
  private var shared: [Rule] {
    guideline.rules.filter { rule in
      sides.allSatisfy { side in rule.subjects.contains(side.therapy.id) }
    }
  }

  /// Studies that set one of them against another.
  private var trials: [Evidence] {
    sides.flatMap(\.evidence).filter { evidence in
      guard let other = evidence.comparator?.id else { return false }
      return sides.contains { $0.therapy.id == other }
    }
  }

  // MARK: Words

  var blocks: [Block] {
    let names = sides.map { $0.therapy.name[language].capitalised }
    var rows: [[Text]] = []
    func add(_ name: Words, _ cell: (Side) -> [Text]) {
      let cells = sides.map { cell($0).joined(separator: "\n") }
      // A newline keeps the cell a list, whose entries stand below each other.
      rows.append([Text(name[language])] + cells.map { $0.isEmpty ? "–" : $0 + (rows.isEmpty ? "\n" : "") })
    }
    if sides.contains(where: { $0.standing != nil }) {
      add(Words("This patient", "Ο ασθενής")) { side in side.standing.map { [Text($0.words)] } ?? [] }
      add(Words("Statements", "Δηλώσεις")) { side in
        guard let standing = side.standing else { return [] }
        return listed(
          standing.standing.statements.map { guideline.rules[$0] }.map { rule in
            let stance = rule.stance.map { $0.said[language] + ": " } ?? ""
            return stance + rule.title.cited(language) + cited(rule.paragraphs)
          }, "why", side)
      }
    } else {
      add(Words("Statements", "Δηλώσεις")) { side in
        listed(
          guideline.rules.filter { $0.subjects.contains(side.therapy.id) && !$0.isCompanion && !$0.isRemark }.map { rule in
            let stance = rule.stance.map { $0.said[language] + ": " } ?? ""
            return stance + rule.title.cited(language) + cited(rule.paragraphs)
          }, "explain", side)
      }
    }
    add(Words("Evidence", "Δεδομένα")) { side in
      var lines: [Text] = []
      for (place, group) in [side.evidence, side.above].enumerated() where !group.isEmpty && (place == 0 || side.evidence.isEmpty) {
        if place == 1 { lines.append(Text(Words("of its group:", "της ομάδας του:")[language])) }
        var cohort = ""
        for statement in evidenceText.ordered(group) {
          // A point begins each cohort: figures of two are never shown as one.
          let isFirst = statement.cohort != cohort
          cohort = statement.cohort
          let mark = isFirst ? "• " + (statement.patients.map { "n=\($0): " } ?? "") : ""
          let figure = evidenceText.figure(statement)
          lines.append(mark + statement.title.cited(language) + Text(figure.isEmpty ? "" : " " + figure) + cited(statement.paragraphs + statement.errata))
        }
      }
      return listed(lines, "evidence", side, most: 12)
    }
    add(Words("Doses", "Δόσεις")) { side in
      let doses = side.doses.map { $0.words.cited(language).marked(.dose) + cited($0.paragraphs + [$0.erratum].compactMap { $0 }) }
      return doses.isEmpty ? [Text(Words("none in the text", "καμία στο κείμενο")[language])] : listed(doses, "dose", side)
    }
    add(Words("Harms", "Ανεπιθύμητες")) { side in
      let harms = side.harms.map { $0.title.cited(language) + cited($0.paragraphs + $0.errata) }
      return harms.isEmpty ? [Text(Words("none named", "δεν αναφέρονται")[language])] : listed(harms, "adverse", side)
    }
    add(Words("Alongside", "Μαζί")) { side in
      listed(
        side.companions.map { Text($0.isSure ? "" : "? ") + $0.rule.title.cited(language) + cited($0.rule.paragraphs) }, "explain", side)
    }
    var blocks: [Block] = [.table([Text()] + names.map { Text($0) }, rows)]
    blocks.append(.notice(verdict.text(language)))
    blocks.append(.notice(EvidenceText.apart[language]))
    return blocks
  }

  /// What the text itself says of the choice between them.
  private var verdict: Words {
    let trials = trials
    if !trials.isEmpty {
      let cited = Text.citations(Set(trials.flatMap(\.paragraphs)).sorted())
      return Words(text: "The text reports a study that compares them directly: \(cited)", "Το κείμενο αναφέρει μελέτη που τα συγκρίνει: \(cited)")
    }
    let rules = shared
    if !rules.isEmpty {
      let cited = text.citation(rules)
      return Words(
        text: "The text mentions them together in \(cited), and reports no study that compares them.",
        "Το κείμενο τα αναφέρει μαζί στην \(cited) και δεν αναφέρει μελέτη που τα συγκρίνει.")
    }
    return Words("The text doesn't compare them.", "Το κείμενο δεν τα συγκρίνει.")
  }

  private func cited(_ ids: [String]) -> Text { ids.isEmpty ? Text() : " (" + Text.citations(ids) + ")" }

  /// A list with a bound; more is counted, with the command that shows it.
  private func listed(_ lines: [Text], _ command: String, _ side: Side, most: Int = 8) -> [Text] {
    guard lines.count > most else { return lines }
    let more = lines.count - most
    let line = Text.command("\(command) \(side.therapy.id)", command)
    return lines.prefix(most) + [Words.more(more)[language] + ": " + line]
  }
}
