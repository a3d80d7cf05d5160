import Commands
import Grammar
import Guideline
import Reports
import Sessions
import Teaching
import Vocabulary
import Wording

/// A teaching case as its educator reads it: what the learner meets, what stays hidden, each question with its answers and
/// what is said to them, the hints, and the paths that are replayed as tests.
struct ScenarioReview {
  private let scenario: Scenario
  private let vocabulary: Vocabulary
  private let advice: AdviceText
  private let spoken: SpokenLines
  private let language: Language

  init(_ scenario: Scenario, _ world: World, _ language: Language) {
    self.scenario = scenario
    vocabulary = world.guideline.vocabulary
    advice = AdviceText(guideline: world.guideline, language: language)
    spoken = SpokenLines(scenario, world, language)
    self.language = language
  }

  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }

  private func paragraph(_ text: some Textual) -> Markdown.Block { .paragraph([.text(text.text)]) }

  private func heading(_ text: some Textual) -> Markdown.Block { .heading(2, id: nil, [.text(text.text)]) }

  private func list(_ items: [[Markdown.Inline]]) -> Markdown.Block { .list(start: nil, items.map { [.paragraph($0)] }) }

  var blocks: [Markdown.Block] {
    let author = scenario.author.isEmpty ? "" : say("author: ", "συγγραφέας: ") + scenario.author
    var blocks: [Markdown.Block] = [
      .quote([
        paragraph(
          say(
            "For educators: this page gives away the answers and the hidden findings.",
            "Για εκπαιδευτές: η σελίδα αποκαλύπτει τις απαντήσεις και τα κρυφά ευρήματα."))
      ]),
      paragraph(
        [level, say("\(scenario.minutes) minutes", "\(scenario.minutes) λεπτά"), consulting, author].filter { !$0.isEmpty }.joined(separator: " · ")),
      heading(say("Learning objectives", "Τι μαθαίνει κανείς")), list(scenario.objectives.map { [.text($0.cited(language))] }),
      heading(say("The patient", "Ασθενής")),
      paragraph((scenario.name?[language] ?? scenario.view.name) + ": " + findings(scenario.view.stated)),
    ]
    let hidden = scenario.truth.stated.filter { scenario.view.stated[$0.key] == nil }
    if !hidden.isEmpty { blocks.append(paragraph(say("Hidden: ", "Κρυφά: ") + findings(hidden))) }
    if !scenario.worsenings.isEmpty {
      blocks.append(
        list(
          scenario.worsenings.map { worse in
            let what = vocabulary.describe(worse.finding, worse.possible)[language]
            let without = worse.deeds.map { spoken.name($0.subject) }.joined(separator: say(" or ", " ή "))
            return [
              .text(
                say("From day \(worse.day) without \(without): \(what). ", "Από την ημέρα \(worse.day) χωρίς \(without): \(what). ")
                  + worse.warning.cited(language))
            ]
          }))
    }
    blocks += grading
    blocks.append(heading(say("How the case runs", "Πώς εξελίσσεται")))
    blocks += scenario.steps.flatMap(self.blocks)
    if !scenario.paths.isEmpty {
      blocks.append(heading(say("Paths through it", "Διαδρομές")))
      for (place, path) in scenario.paths.enumerated() {
        blocks.append(.heading(3, id: nil, [.text(say("Path \(place + 1): score \(path.score)", "Διαδρομή \(place + 1): βαθμός \(path.score)"))]))
        blocks.append(
          .list(
            start: 1,
            spoken.steps(path).map { step in
              switch step {
              case .command(let line): [.paragraph([.code(line)])]
              case .answer(let text): [.paragraph([.text(Text(citing: text))])]
              }
            }))
      }
    }
    return blocks
  }

  /// What the score rests on: goals, weights, needed tests, and what tests tell and cost here.
  private var grading: [Markdown.Block] {
    var items: [[Markdown.Inline]] = []
    func add(_ label: Words, _ parts: [Markdown.Inline]) { items.append([.strong([.text(label[language] + ": ")])] + parts) }
    if scenario.goals.isEmpty {
      add(Words("Goals", "Στόχοι"), [.text(say("every recommendation that applies to the whole truth", "κάθε σύσταση που ισχύει για ολόκληρη την αλήθεια"))])
    } else {
      add(Words("Goals", "Στόχοι"), [.text(scenario.goals.map(spoken.goal).joined(separator: "; "))])
    }
    let weights = scenario.weights
    add(
      Words("Weights", "Συντελεστές"),
      [
        .text(
          say(
            "goal \(weights.goal), reasoning \(weights.reasoning), safety \(weights.safety), economy \(weights.economy)",
            "στόχος \(weights.goal), συλλογισμός \(weights.reasoning), ασφάλεια \(weights.safety), οικονομία \(weights.economy)"))
      ])
    for need in scenario.needs {
      add(
        Words("Needs", "Χρειάζεται"),
        [
          .text(spoken.name(need.test) + say(" before ", " πριν από: ") + spoken.name(need.deed.subject)),
          .text(need.reason.map { ". " + $0.cited(language) } ?? Text()),
        ])
    }
    for (test, findings) in scenario.reveals.sorted(by: { $0.key < $1.key }) {
      let names = findings.map { vocabulary.findings[$0].name[language] }
      add(
        Words("Shows", "Δείχνει"),
        [.text(spoken.name(test) + ": " + (names.isEmpty ? say("nothing here", "τίποτα εδώ") : names.joined(separator: ", ")))])
    }
    for (test, cost) in scenario.costs.sorted(by: { $0.key < $1.key }) { add(Words("Costs", "Κοστίζει"), [.text("\(spoken.name(test)): \(cost)")]) }
    return [heading(say("How it is scored", "Τι μετρά")), list(items)]
  }

  private var level: String {
    switch scenario.level {
    case .student: say("for students", "για φοιτητές")
    case .resident: say("for residents", "για ειδικευομένους")
    case .specialist: say("for specialists", "για ειδικούς")
    }
  }

  private var consulting: String {
    switch scenario.consulting {
    case .free: say("asking the guideline is free", "οι ερωτήσεις στην οδηγία δεν κοστίζουν")
    case .closed: say("the guideline can't be asked", "χωρίς ερωτήσεις στην οδηγία")
    case .costs(let cost): say("asking the guideline costs \(cost)", "κάθε ερώτηση στην οδηγία κοστίζει \(cost)")
    }
  }

  private func findings(_ stated: [Int: Possible]) -> String {
    stated.keys.sorted().map { vocabulary.describe($0, stated[$0])[language] }.joined(separator: " · ")
  }

  private func blocks(_ step: ScenarioStep) -> [Markdown.Block] {
    switch step.kind {
    case .say(let text): return [paragraph(text.cited(language))]
    case .show(let exhibit): return blocks(exhibit)
    case .pause: return []
    case .act(let text, let hints):
      return [.paragraph([.strong([.text(say("Free phase. ", "Ελεύθερη φάση. "))]), .text(text.cited(language))])] + blocks(hints)
    case .ask(let question): return blocks(question)
    case .label(let name): return [.heading(3, id: Self.anchor(number(of: name)), [.text(point(name))])]
    case .go(let label, nil): return [.paragraph([.emphasis([.text(say("Go on at ", "Συνέχεια στο ")), link(label), .text(".")])])]
    case .go(let label, let clause?):
      return [.paragraph([.emphasis(words(clause) + [.text(say(", go on at ", ", συνέχεια στο ")), link(label), .text(".")])])]
    }
  }

  /// The place of a label among the labels, from 1: the author's name for it is no word of the page.
  private func number(of label: String) -> Int {
    let names = scenario.steps.compactMap { if case .label(let name) = $0.kind { name } else { nil } }
    return (names.firstIndex(of: label) ?? 0) + 1
  }

  private static func anchor(_ number: Int) -> String { "point-\(number)" }

  private func point(_ label: String) -> String { say("Point ", "Σημείο ") + "\(number(of: label))" }

  private func link(_ label: String) -> Markdown.Inline {
    .link([.text(say("point ", "σημείο ") + "\(number(of: label))")], to: "#" + Self.anchor(number(of: label)))
  }

  /// A condition of the way on, as the beginning of a sentence: `After perform enucleation`.
  private func words(_ clause: Clause, holds: Bool = true) -> [Markdown.Inline] {
    switch clause {
    case .not(let inner): return words(inner, holds: !holds)
    case .did(let deed): return [.text(holds ? say("After ", "Μετά από ") : say("Without ", "Χωρίς ")), .code(spoken.deed(deed))]
    case .answered(let name, let id):
      let choice = question(name)?.choices.first { $0.id == id }?.text[language] ?? id
      return [
        .text(
          holds
            ? say("If the answer was “\(choice)”", "Αν η απάντηση ήταν «\(choice)»")
            : say("If the answer wasn't “\(choice)”", "Αν η απάντηση δεν ήταν «\(choice)»"))
      ]
    case .judged(let name, let verdict):
      let asked = question(name)?.text[language] ?? name
      let judged =
        switch verdict {
        case .right: say("right", "σωστή")
        case .partly: say("partly right", "εν μέρει σωστή")
        case .wrong: say("wrong", "λάθος")
        }
      return [
        .text(
          holds
            ? say("If the answer to “\(asked)” was \(judged)", "Αν στο «\(asked)» η απάντηση ήταν \(judged)")
            : say("If the answer to “\(asked)” wasn't \(judged)", "Αν στο «\(asked)» η απάντηση δεν ήταν \(judged)"))
      ]
    case .findings(let condition):
      return [.text((holds ? say("If ", "Αν ") : say("Unless ", "Εκτός αν ")) + advice.condition(condition))]
    }
  }

  private func question(_ name: String) -> Question? {
    for case .ask(let question) in scenario.steps.map(\.kind) where question.name == name { return question }
    return nil
  }

  private func blocks(_ question: Question) -> [Markdown.Block] {
    var blocks: [Markdown.Block] = [.paragraph([.strong([.text(question.text.cited(language))])])]
    if !question.choices.isEmpty {
      blocks.append(
        list(
          question.choices.map { choice in
            [.strong([.text(worth(choice, question.kind) + " ")]), .text(choice.text.cited(language))] + said(choice.feedback)
          }))
    }
    if !question.accepted.isEmpty {
      blocks.append(list(question.accepted.map { [.code($0.deed.map(spoken.deed) ?? spoken.name(ofCommand: $0.command))] + said($0.feedback) }))
    }
    if case .number(let value, let tolerance, let unit, let isUnitAsked) = question.kind {
      let asked = isUnitAsked ? say("(the unit must be given)", "(ζητείται η μονάδα)") : ""
      blocks.append(paragraph([value.description, unit, "±", tolerance.description, asked].filter { !$0.isEmpty }.joined(separator: " ")))
    }
    if !question.sought.isEmpty {
      blocks.append(
        list(
          question.sought.map { sought in
            [
              .strong([.text(sought.isHarmful ? say("counts against: ", "αφαιρεί: ") : say("looks for: ", "ζητά: "))]),
              .text(advice.condition(sought.condition)),
            ]
              + said(sought.feedback)
          }))
    }
    if let model = question.model { blocks.append(paragraph(say("For example: ", "Για παράδειγμα: ") + model.cited(language))) }
    if !question.slips.isEmpty {
      blocks.append(
        list(
          question.slips.map { slip in
            [.strong([.text(verdict(.wrong) + " ")]), slip.deed.map { .code(spoken.deed($0)) } ?? .text(slip.text.cited(language))] + said(slip.feedback)
          }))
    }
    if let moved = question.moved { blocks.append(paragraph(say("What moved the expert: ", "Τι επηρέασε τον ειδικό: ") + moved.cited(language))) }
    for text in [question.panel, question.feedback].compactMap({ $0 }) { blocks.append(paragraph(text.cited(language))) }
    if let other = question.otherwise { blocks.append(paragraph(say("To any other answer: ", "Σε κάθε άλλη απάντηση: ") + other.cited(language))) }
    return blocks + self.blocks(question.hints)
  }

  private func blocks(_ exhibit: Exhibit) -> [Markdown.Block] {
    let head: Markdown.Block = .paragraph([.strong([.text(exhibit.title.cited(language))])])
    switch exhibit.kind {
    case .table:
      let rows: [[[Markdown.Inline]]] = exhibit.rows.map { row in row.map { [.text($0.cited(language))] } }
      return [head, .table(head: rows.first ?? [], rows: Array(rows.dropFirst()))]
    case .report: return [head, .quote(exhibit.rows.map { paragraph($0.map { $0.cited(language) }.joined()) })]
    case .timeline: return [head, .paragraph([.emphasis([.text(say("The patient's course so far.", "Η πορεία του ασθενούς ως εδώ."))])])]
    }
  }

  private func worth(_ choice: Question.Choice, _ kind: Question.Kind) -> String {
    switch kind {
    case .concordance: choice.weight == 1 ? say("1 vote:", "1 ψήφος:") : say("\(choice.weight) votes:", "\(choice.weight) ψήφοι:")
    case .ordering: "\(choice.weight):"
    case .ranked: say("expert \(choice.weight)%, ", "ειδικός \(choice.weight)%, ") + verdict(choice.verdict)
    default: verdict(choice.verdict)
    }
  }

  private func said(_ feedback: Words?) -> [Markdown.Inline] {
    feedback.map { [.text(". "), .emphasis([.text($0.cited(language))])] } ?? []
  }

  private func verdict(_ verdict: Verdict) -> String {
    switch verdict {
    case .right: say("right:", "σωστό:")
    case .partly: say("partly:", "εν μέρει:")
    case .wrong: say("wrong:", "λάθος:")
    }
  }

  private func blocks(_ hints: [Hint]) -> [Markdown.Block] {
    guard !hints.isEmpty else { return [] }
    return [list(hints.map { [.text(say("Hint (\($0.cost)): ", "Υπόδειξη (\($0.cost)): ") + $0.text.cited(language))] })]
  }
}
