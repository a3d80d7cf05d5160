import Cohorts
import Grammar
import Guideline
import Measures
import Reports
import Sessions
import Vocabulary
import Wording

/// A question asked of a cohort and what was counted, as a report.
public struct CohortReport {
  let guideline: Guideline
  let question: CohortQuestion
  let counts: CohortCounts
  let study: CohortStudy
  let language: Language

  public init(_ guideline: Guideline, _ question: CohortQuestion, _ study: CohortStudy, _ counts: CohortCounts, _ language: Language) {
    self.guideline = guideline
    self.question = question
    self.study = study
    self.counts = counts
    self.language = language
  }

  /// Rows of a table, at most; the data hold every rule.
  private static let shown = 20

  private var vocabulary: Vocabulary { guideline.vocabulary }
  private var answered: Int { counts.patients - counts.refused }

  /// The report. `origin` says where the patients come from, `data` the same as data.
  public func report(origin: [Words], data: [(String, JSON?)]) -> Report {
    // A crossing alone carries its notes itself.
    let isCrossing = question.crossing != nil && question.by == nil && question.whatIf.isEmpty
    var blocks: [Block] = isCrossing ? [] : origin.map { .notice($0[language]) }
    let refusals = [
      ("unread", counts.unread, Words("Left out, can't be read as a patient", "Παραλείφθηκαν, δεν διαβάζονται ως ασθενείς")),
      ("contradicting", counts.contradicting, Words("Left out, their findings contradict", "Παραλείφθηκαν, με αντιφατικά ευρήματα")),
    ]
    for (_, lines, words) in refusals where lines.count > 0 {
      blocks.append(.notice("\(words[language]): \(lines.count)" + (lines.first.isEmpty ? "" : " (\(lines.numbers[language]))")))
    }
    var data = data + [("patients", .integer(counts.patients)), ("refused", .integer(counts.refused))]
    for (name, lines, _) in refusals where lines.count > 0 {
      data.append((name, .fields([("count", .integer(lines.count)), ("lines", .array(lines.first.map { .integer($0) }))])))
    }
    if let axes = question.crossing {
      let crossing = Crossing(rows: axis(axes.rows), columns: axis(axes.columns), counts: counts.crossing)
      let title = Words("Hypothetical patients by two findings", "Υποθετικοί ασθενείς κατά δύο ευρήματα")[language]
      let figure = Figure("cohort-crossing", title: title, language: language, notes: origin.map { $0.text(language) }, .crossing(crossing))
      blocks.append(.figure(figure))
      data.append(("figure", figure.meaning))
    }
    if !question.whatIf.isEmpty {
      blocks += changes
      data += [
        ("impossible", .integer(counts.impossible)),
        (
          "changes",
          .array(
            counts.rules.indices.filter { counts.gained[$0] + counts.lost[$0] > 0 }.map { place in
              .fields([
                ("rule", .string(guideline.rules[counts.rules[place]].id)), ("gained", .integer(counts.gained[place])),
                ("lost", .integer(counts.lost[place])),
              ])
            })
        ),
      ]
    } else if question.crossing == nil || question.by != nil {
      blocks.append(advice)
    }
    data.append(("groups", .array(counts.groups.filter { $0.patients > 0 || question.by == nil }.map(group))))
    return Report(data: data, blocks: blocks)
  }

  private func group(_ group: CohortCounts.Group) -> JSON {
    .fields([
      ("of", question.by.map { .string(vocabulary.findings[$0].id) }), ("value", question.by.map { .string(id($0, group.possible)) }),
      ("patients", .integer(group.patients)),
      (
        "advice",
        .array(
          counts.rules.indices.map { place in
            .fields([
              ("rule", .string(guideline.rules[counts.rules[place]].id)), ("applies", .integer(group.applies[place])),
              ("depends", .integer(group.depends[place])),
            ])
          })
      ),
    ])
  }

  private func id(_ finding: Int, _ possible: Possible?) -> String {
    guard let possible else { return "unknown" }
    if let value = possible.value { return vocabulary.findings[finding].values[value].id }
    return Printer.statement(finding, possible, vocabulary)
  }

  private func label(_ finding: Int, _ possible: Possible?) -> String {
    guard let possible else { return Words("not known", "δεν αναφέρεται")[language] }
    return vocabulary.describe(finding, possible)[language]
  }

  private func axis(_ finding: Int) -> Crossing.Axis {
    let values = study.groups(of: finding) + [nil]
    return Crossing.Axis(
      vocabulary.findings[finding].id, vocabulary.findings[finding].name[language],
      values.map { Crossing.Value(id(finding, $0), label(finding, $0)) })
  }

  private func share(_ count: Int, of total: Int) -> String {
    total == 0 ? "0" : "\(count) (\((count * 200 + total) / (2 * total))%)"
  }

  /// How often each rule applies, by group, the most frequent first.
  private var advice: Block {
    let groups = counts.groups.filter { $0.patients > 0 }
    let total = counts.applies
    let order = counts.rules.indices.filter { total[$0] > 0 && !guideline.rules[counts.rules[$0]].isCompanion }
      .sorted { (-total[$0], $0) < (-total[$1], $1) }
    var head = [Words("Applies in", "Ισχύει σε")[language], Words("Stance", "Θέση")[language]]
    if let by = question.by {
      head += groups.map { "\(label(by, $0.possible)) (\($0.patients))" }
    } else {
      head.append(Words("Patients (\(answered))", "Ασθενείς (\(answered))")[language])
    }
    let rows = order.prefix(Self.shown).map { place -> [Text] in
      let rule = guideline.rules[counts.rules[place]]
      return [rule.title.cited(language), Text(rule.stance?.said[language] ?? "")] + groups.map { Text(share($0.applies[place], of: $0.patients)) }
    }
    return .table(head.map { Text($0) }, Array(rows))
  }

  /// How many patients gain and lose each advice.
  private var changes: [Block] {
    let order = counts.rules.indices.filter { counts.gained[$0] + counts.lost[$0] > 0 && !guideline.rules[counts.rules[$0]].isCompanion }
      .sorted { (-counts.gained[$0] - counts.lost[$0], $0) < (-counts.gained[$1] - counts.lost[$1], $1) }
    let assumed = question.whatIf.map { vocabulary.describe($0.finding, $0.possible)[language] }.joined(separator: ", ")
    var blocks: [Block] = [.paragraph(Words("If \(assumed), in every patient:", "Υπόθεση, σε κάθε ασθενή: \(assumed)")[language])]
    if counts.impossible > 0 {
      blocks.append(
        .notice(
          Words(
            "Left out, it contradicts their other findings: \(counts.impossible)",
            "Παραλείπονται, αντιφάσκει με άλλα ευρήματά τους: \(counts.impossible)")[language]))
    }
    if order.isEmpty {
      blocks.append(.paragraph(Words("No advice changes.", "Καμία σύσταση δεν αλλάζει.")[language]))
    } else {
      blocks.append(
        .table(
          [
            Words("Advice", "Σύσταση")[language], Words("Stance", "Θέση")[language], Words("Gain it", "Την αποκτούν")[language],
            Words("Lose it", "Τη χάνουν")[language],
          ].map { Text($0) },
          order.prefix(Self.shown).map { place in
            let rule = guideline.rules[counts.rules[place]]
            return [rule.title.cited(language)]
              + [rule.stance?.said[language] ?? "", String(counts.gained[place]), String(counts.lost[place])].map { Text($0) }
          }))
    }
    return blocks
  }

  /// How many patients a cohort has, and the seed that drew them.
  public static func hypothetical(_ count: Int, seed: UInt64? = nil) -> Words {
    let (english, greek) = seed.map { (", seed \($0)", ", σπόρος \($0)") } ?? ("", "")
    return Words(
      "\(count) hypothetical \(count == 1 ? "patient" : "patients")" + english,
      "\(count) \(count == 1 ? "υποθετικός ασθενής" : "υποθετικοί ασθενείς")" + greek)
  }

  /// What must be read with every drawn cohort.
  public static let invented = Words(
    "Drawn from shares invented for teaching, not epidemiology; hypothetical patients.",
    "Από κατανομές επινοημένες για διδασκαλία, όχι επιδημιολογία· υποθετικοί ασθενείς.")
}

extension CountedLines {
  /// `line 7`, `lines 3, 17 …`.
  fileprivate var numbers: Words {
    let list = first.map(String.init).joined(separator: ", ") + (count > first.count ? " …" : "")
    return count == 1 ? Words("line \(list)", "γραμμή \(list)") : Words("lines \(list)", "γραμμές \(list)")
  }
}
