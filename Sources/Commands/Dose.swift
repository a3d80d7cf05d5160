import Grammar
import Guideline
import Measures
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let dose = Command(
    "dose", greek: "δόση", aliases: ["δοσολογία"], kind: .question, role: .free, group: .reading, takes: [.optional("THERAPY", "ΘΕΡΑΠΕΙΑ", .therapies)],
    summary: Words("every dose that the text gives, and where it gives none", "κάθε δόση που δίνει το κείμενο, και πού δεν δίνει"),
    details: [
      Words(
        "A dose whose unit the text misprints is shown as the erratum reads it. Where the text gives no dose, islet gives none.",
        "Δόση με τυπογραφικό λάθος στη μονάδα εμφανίζεται διορθωμένη, κατά το παρόραμα. Όπου το κείμενο δεν δίνει δόση, δεν δίνει ούτε το islet.")
    ],
    examples: [
      Example(Words("dose octreotide LAR", "δόση οκτρεοτίδη LAR"), Words("a drug", "ένα φάρμακο"), gives: Words("every 4 weeks", "κάθε 4 εβδομάδες")),
      Example(
        Words("dose somatostatin analogues", "δόση αναλόγων σωματοστατίνης"), Words("a group with its members", "μια ομάδα με τα μέλη της"),
        gives: Words("60, 90 or 120 mg", "60, 90 ή 120 mg")),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let formulary = try invocation.guideline.formulary
    guard invocation.hasArgument else {
      return TherapyOverview(
        "dose", formulary.rules.map(\.therapies), Words("Therapies with doses in the text", "Θεραπείες με δόσεις στο κείμενο")
      ).outcome(invocation)
    }
    let therapy = try Naming.therapy(invocation)
    let vocabulary = invocation.vocabulary
    let language = invocation.language
    let text = AdviceText(invocation)
    let errata = ErratumText(invocation)
    var blocks: [Block] = [.heading(therapy.name[language].capitalised)]
    var shown: [DoseRule] = []
    let family = Naming.family(of: therapy.id, vocabulary)
    for member in family.own {
      let rules = formulary.rules(for: member).filter { rule in !shown.contains { $0.id == rule.id } }
      guard !rules.isEmpty else { continue }
      if member != therapy.id { blocks.append(.paragraph(Naming.therapyNames([member], vocabulary, language).capitalised)) }
      var rows: [Row] = []
      for rule in rules {
        shown.append(rule)
        rows.append(
          Row(rule.words.cited(language).marked(.dose), number: shown.count, detail: rule.purposeWords[language], citation: Text.citations(rule.paragraphs)))
        if rule.when != .always {
          rows.append(Row(Words("only with: ", "μόνο με: ")[language] + text.condition(rule.when), level: 1))
        }
        if !rule.givesAmount {
          rows.append(Row(Words("the text gives no amount", "το κείμενο δεν δίνει ποσότητα")[language], level: 1))
        }
      }
      blocks.append(.rows(rows))
      for id in Set(rules.compactMap(\.erratum)).sorted() {
        if let erratum = invocation.guideline.erratum(id) { blocks += errata.blocks(erratum) }
      }
    }
    let companions = invocation.guideline.rules.filter { rule in
      rule.role == .dosing && rule.subjects.contains { subject in family.own.contains(subject) || family.above.contains(subject) }
    }
    if !companions.isEmpty {
      blocks.append(.heading(Words("On dosing", "Για τη δοσολογία")[language]))
      blocks.append(
        .rows(
          companions.map {
            Row(
              $0.title.cited(language), detail: $0.when == .always ? "" : Words("when ", "όταν: ")[language] + text.condition($0.when),
              citation: text.citation([$0]))
          }))
    }
    if shown.isEmpty {
      blocks.append(.paragraph(Words("The text gives no dose of it.", "Το κείμενο δεν δίνει δόση.")[language]))
    }
    var state = invocation.state
    state.listed = shown.map(\.id)
    return Outcome(
      .state(state),
      Report(
        data: [
          ("therapy", .string(therapy.id)), ("doses", .array(shown.map { $0.json(vocabulary, language) })),
          ("dosing", .strings(companions.map(\.id))),
        ], blocks: blocks), canonical: "dose " + therapy.id)
  }
}

extension DoseRule {
  /// What the dose is for; empty where the text's purpose has no name of its own.
  var purposeWords: Words {
    switch purpose {
    case "maintenance": Words("maintenance", "συντήρηση")
    case "rescue": Words("rescue", "διάσωση")
    case "cover": Words("cover for a procedure", "κάλυψη επέμβασης")
    case "stabilisation": Words("stabilisation", "σταθεροποίηση")
    default: Words(same: "")
    }
  }

  /// The rule as data; amounts are those that it gives, never a misprint.
  func json(_ vocabulary: Vocabulary, _ language: Language) -> JSON {
    func amount(_ amount: DoseAmount) -> JSON { .fields([("value", .exact(amount.value)), ("unit", .string(amount.unit.rawValue))]) }
    let kind =
      switch amounts {
      case .list: "list"
      case .range: "range"
      case .atMost: "at-most"
      case .unstated: "unstated"
      }
    let basis =
      switch self.basis {
      case .singleDose: "dose"
      case .day: "day"
      case .hour: "hour"
      }
    let condition = Printer.condition(when, vocabulary)
    return .fields([
      ("id", .string(id)), ("title", .string(words[language])), ("therapies", .strings(therapies)), ("purpose", .string(purpose)),
      ("amounts", .fields([("kind", .string(kind)), ("values", .array(named.map(amount))), ("per", .string(basis))])),
      ("approximate", isApproximate ? .bool(true) : nil), ("route", route.map { .string($0.rawValue) }),
      (
        "times",
        times.map { .fields([("least", .integer($0.range.lowerBound)), ("most", .integer($0.range.upperBound)), ("per", .string($0.unit.word))]) }
      ),
      ("every", every.map { .fields([("shortest", $0.shortest.json), ("longest", $0.longest.json)]) }),
      ("start_before", start?.json), ("until_after", until?.json),
      ("when", condition.isEmpty ? nil : .string(condition)), ("erratum", erratum.map { .string($0) }), ("facts", .strings(facts)),
      ("paragraphs", .strings(paragraphs)),
    ])
  }
}

extension TimeUnit {
  /// The unit as JSON names it.
  var word: String { name(.one).english }
}

extension TimeSpan {
  var json: JSON { .fields([("count", .integer(count)), ("unit", .string(unit.word))]) }
}
