import Grammar
import Guideline
import Measures
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let cite = Command(
    "cite", greek: "παραπομπή", kind: .question, role: .free, group: .reading,
    takes: [.value("FACT or PARAGRAPH", "ΣΤΟΙΧΕΙΟ ή ΠΑΡΑΓΡΑΦΟΣ", .choices { _, world in facts(world) })],
    summary: Words("a fact or paragraph of the source: what carries it here", "ένα στοιχείο ή μια παράγραφος του κειμένου: πού αποδίδονται εδώ"),
    details: [
      Words(
        "A fact (F012) shows its section, the paraphrase, and every rule, figure, dose or note that carries it, with level and grade where the text gives them. A paragraph (P064) shows its sections and facts. A rule, or a number of the last list, shows its facts.",
        "Ένα στοιχείο (F012) δείχνει την ενότητα, την απόδοση και κάθε κανόνα, μέγεθος, δόση ή σημείωση που το αποδίδει, με επίπεδο απόδειξης και βαθμό σύστασης όπου τα δίνει το κείμενο. Μια παράγραφος (P064) δείχνει τις ενότητες και τα στοιχεία της. Ένας κανόνας, ή ένας αριθμός του τελευταίου καταλόγου, δείχνει τα στοιχεία του."
      )
    ],
    examples: [
      Example(Words("cite F012", "παραπομπή F012"), Words("a fact", "ένα στοιχείο"), gives: Words(same: "P002")),
      Example(Words("cite P064", "παραπομπή P064"), Words("a paragraph", "μια παράγραφος"), gives: Words(same: "90%")),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let guideline = invocation.guideline
    let text = CitationText(invocation)
    let typed = try Naming.listed(invocation) ?? invocation.argument.trimmingSpaces()
    if let id = SourceID(typed) {
      switch id.kind {
      case .fact:
        guard let fact = try guideline.carriedFacts().first(where: { $0.id == id.text }) else { throw try unknown(invocation) }
        return try text.outcome([fact], invocation, canonical: id.text)
      case .paragraph: return try paragraph(id.text, invocation)
      case .erratum:
        guard let erratum = guideline.erratum(id.text) else { throw try unknown(invocation) }
        let words = ErratumText(invocation)
        return Outcome(
          .state(invocation.state), Report(data: [("errata", .array([words.json(erratum)]))], blocks: words.blocks(erratum)),
          canonical: "cite " + id.text)
      }
    }
    let listed = SectionReference.section(listed: typed)
    let ids = listed == nil ? guideline.rule(id: typed)?.facts ?? guideline.entries.first { $0.id == typed }?.list("facts") : nil
    guard let ids else {
      let section = guideline.chapters.lazy.flatMap(\.sections).first { $0.id == listed ?? typed }
      guard let section else { throw try unknown(invocation) }
      return try text.outcome(guideline.carriedFacts().filter { section.facts.contains($0.id) }, invocation, canonical: section.id)
    }
    if ids.isEmpty {
      throw Diagnostic(
        "cite.background",
        Words("“\(typed)” states no fact of the source: it is background.", "Το «\(typed)» δεν αποδίδει στοιχείο του κειμένου: είναι εκτός κειμένου."),
        source: invocation.line, span: invocation.argumentSpan)
    }
    return try text.outcome(guideline.carriedFacts().filter { ids.contains($0.id) }, invocation, canonical: typed)
  }

  /// Facts with the titles of their sections.
  private static func facts(_ world: World) -> [CompletionCandidate] {
    world.guideline.chapters.flatMap(\.sections).flatMap { section in section.facts.map { CompletionCandidate($0, section.title) } }
      .sorted { $0.text < $1.text }
  }

  private static func unknown(_ invocation: Invocation) throws(Diagnostic) -> Diagnostic {
    let facts = try invocation.guideline.carriedFacts()
    let paragraphs = invocation.guideline.chapters.flatMap(\.paragraphs).sorted()
    let errata = invocation.guideline.entries.filter { $0.kind == .erratum }.map(\.id).sorted()
    func span(_ ids: [String]) -> Words {
      Words("\(ids.first ?? "") to \(ids.last ?? "")", "\(ids.first ?? "") έως \(ids.last ?? "")")
    }
    let spans = (span(facts.map(\.id)), span(paragraphs), span(errata))
    return Diagnostic(
      "cite.unknown",
      Words("There is no fact or paragraph “\(invocation.argument)”.", "Δεν υπάρχει στοιχείο ή παράγραφος «\(invocation.argument)»."),
      help: [
        Words(
          "Facts are \(spans.0.english), paragraphs \(spans.1.english), errata \(spans.2.english).",
          "Στοιχεία: \(spans.0.greek), παράγραφοι: \(spans.1.greek), παροράματα: \(spans.2.greek)."),
        Words("find searches by words.", "Η εντολή βρες ψάχνει με λέξεις."),
      ], source: invocation.line, span: invocation.argumentSpan)
  }

  /// The sections and facts of a paragraph.
  private static func paragraph(_ id: String, _ invocation: Invocation) throws(Diagnostic) -> Outcome {
    let guideline = invocation.guideline
    let language = invocation.language
    let text = CitationText(invocation)
    let carried = try guideline.carriedFacts()
    var blocks: [Block] = []
    var listed: [String] = []
    var sections: [JSON] = []
    for base in guideline.chapters {
      let found = base.sections.filter { $0.paragraphs.contains(id) }
      guard !found.isEmpty, let chapter = try guideline.chapter(base.name, language) else { continue }
      blocks.append(.heading(Text.citation(id) + " · " + chapter.title))
      for section in found {
        let shown = chapter.sections.first { $0.id == section.id } ?? section
        blocks.append(.paragraph(Text(citing: shown.title)))
        let facts = carried.filter { section.facts.contains($0.id) }
        var rows: [Row] = []
        for fact in facts {
          listed.append(fact.id)
          rows.append(Row(Text.citation(fact.id) + "  " + text.gist(fact, shown), number: listed.count, citation: text.carrier(fact.carriedBy)))
        }
        if !rows.isEmpty { blocks.append(.rows(rows)) }
        sections.append(
          .fields([("section", .string(section.id)), ("title", .string(shown.title)), ("facts", .array(facts.map(\.json)))]))
      }
    }
    guard !sections.isEmpty else {
      if let chapter = guideline.chapter(ofParagraph: id) {
        blocks = [
          .paragraph(
            Words(
              text: "\(Text.citation(id)) belongs to “\(text.title(chapter))” and states no fact of its own.",
              "Η \(Text.citation(id)) ανήκει στο «\(text.title(chapter))» και δεν περιέχει δικό της στοιχείο."
            ).text(language))
        ]
        return Outcome(
          .state(invocation.state), Report(data: [("paragraph", .string(id)), ("sections", .array([]))], blocks: blocks), canonical: "cite " + id)
      }
      throw try unknown(invocation)
    }
    blocks.append(
      .notice(
        Words(
          text: "\(Text.command("read \(id)", "read")) shows the prose.", "\(Text.command("διάβασε \(id)", "read")): το κείμενο της απόδοσης."
        ).text(language)))
    var state = invocation.state
    state.listed = listed
    return Outcome(
      .state(state), Report(data: [("paragraph", .string(id)), ("sections", .array(sections))], blocks: blocks), canonical: "cite " + id)
  }
}

/// Facts with everything that carries them.
struct CitationText {
  let guideline: Guideline
  let language: Language
  private let advice: AdviceText

  init(_ invocation: Invocation) {
    guideline = invocation.guideline
    language = invocation.language
    advice = AdviceText(invocation)
  }

  func title(_ chapter: Chapter) -> String { guideline.title(of: chapter, language) }

  /// What carries a fact, in words.
  func carrier(_ kind: String) -> String {
    switch kind {
    case "rule": Words("rule", "κανόνας")[language]
    case "remark": Words("remark", "παρατήρηση")[language]
    case "evidence": Words("evidence", "δεδομένα")[language]
    case "dose": Words("dose", "δόση")[language]
    case "adverse-effect": Words("adverse effect", "ανεπιθύμητη ενέργεια")[language]
    case "erratum": Words("erratum", "παρόραμα")[language]
    default: Words("note", "σημείωση")[language]
    }
  }

  /// The one line that says best what a fact is: the title of what carries it, else the section's.
  func gist(_ fact: CarriedFact, _ section: Section) -> Text {
    if let rule = guideline.rules.first(where: { $0.facts.contains(fact.id) }) { return rule.title.cited(language) }
    let entries = guideline.entries.filter { $0.kind != .erratum && $0.list("facts").contains(fact.id) }
    let titles = entries.prefix(2).compactMap { $0.words()?.cited(language) }
    return titles.isEmpty ? Text(citing: section.title) : titles.joined(separator: " · ") + (entries.count > 2 ? " …" : "")
  }

  func outcome(_ facts: [CarriedFact], _ invocation: Invocation, canonical: String) throws(Diagnostic) -> Outcome {
    var blocks: [Block] = []
    var listed: [String] = []
    var told = ""
    let errata = ErratumText(invocation)
    let evidence = try guideline.evidence
    for fact in facts {
      guard let chapter = try guideline.chapter(fact.chapter, language), let section = chapter.sections.first(where: { $0.id == fact.heading }) else {
        continue
      }
      blocks.append(.heading(Text.citation(fact.id) + " · " + section.title))
      if told != section.id {
        told = section.id
        blocks.append(.notice(Text.joined([chapter.title, Text.citations(section.paragraphs)])))
        blocks += section.prose.map { .paragraph(Text(citing: $0)) }
        if section.facts.count > 1 {
          blocks.append(
            .notice(
              Words(
                text: "The paraphrase states \(Text.citations(section.facts)).",
                "Η απόδοση αφορά τα \(Text.citations(section.facts))."
              ).text(language)))
        }
      }
      var rows: [Row] = []
      for rule in guideline.rules where rule.facts.contains(fact.id) {
        listed.append(rule.id)
        var head: [any Textual] = [rule.stance?.said[language] ?? Words("remark", "παρατήρηση")[language]]
        if !rule.isRemark { head.append(advice.strength(rule)) }
        head.append(advice.marks(rule))
        rows.append(
          Row(rule.title.cited(language), number: listed.count, detail: Text.joined(head), citation: advice.citation([rule])))
        if rule.when != .always {
          rows.append(Row(Words("when ", "όταν: ")[language] + advice.condition(rule.when), level: 1))
        }
      }
      for entry in guideline.entries where entry.kind != .erratum && entry.list("facts").contains(fact.id) {
        listed.append(entry.id)
        var detail = carrier(entry.kind.rawValue)
        if let statement = evidence.first(where: { $0.id == entry.id }) {
          let figure = EvidenceText(invocation).figure(statement)
          if !figure.isEmpty { detail += ": " + figure }
          detail += " · " + EvidenceText.directness(statement)[language]
        }
        rows.append(
          Row(
            entry.words()?.cited(language) ?? Text(entry.id), number: listed.count, detail: detail,
            citation: Text.citations(entry.list("paragraphs"))))
      }
      if rows.isEmpty {
        rows = [
          Row(
            Words(
              "A note: the prose carries it; it is no advice and has no level or grade in the text.",
              "Σημείωση: αποδίδεται μόνο στο κείμενο του κεφαλαίου· δεν είναι σύσταση και δεν έχει επίπεδο απόδειξης ή βαθμό σύστασης.")[language])
        ]
      }
      blocks.append(.rows(rows))
      for erratum in errataOf(fact.id) { blocks += errata.blocks(erratum) }
    }
    var state = invocation.state
    state.listed = listed
    return Outcome(
      .state(state), Report(data: [("facts", .array(try facts.map { (fact) throws(Diagnostic) in try json(fact, errata) }))], blocks: blocks),
      canonical: "cite " + canonical)
  }

  private func errataOf(_ fact: String) -> [ChapterEntry] {
    guideline.entries.filter { $0.kind == .erratum && $0.list("facts").contains(fact) }
  }

  private func json(_ fact: CarriedFact, _ errata: ErratumText) throws(Diagnostic) -> JSON {
    let section = try guideline.chapter(fact.chapter, language)?.sections.first { $0.id == fact.heading }
    let rules = guideline.rules.filter { $0.facts.contains(fact.id) }
    let entries = guideline.entries.filter { $0.kind != .erratum && $0.list("facts").contains(fact.id) }
    return .fields([
      ("id", .string(fact.id)), ("chapter", .string(fact.chapter)), ("section", .string(fact.heading)),
      ("paragraphs", .strings(section?.paragraphs ?? [])), ("carried_by", .string(fact.carriedBy)),
      ("text", .string(section?.prose.joined(separator: "\n") ?? "")),
      (
        "rules",
        .array(
          rules.map { rule in
            .fields([
              ("rule", .string(rule.id)), ("title", .string(rule.title[language])), ("stance", .string(rule.stance?.rawValue ?? "remark")),
              ("subjects", .strings(rule.subjects)),
              ("when", rule.when == .always ? nil : .string(Printer.condition(rule.when, guideline.vocabulary))),
              ("level", rule.level.map { .number($0) } ?? .null), ("grade", rule.grade.map { .string($0) } ?? .null),
              ("reading", rule.reading.map { .string($0) }),
            ])
          })
      ),
      (
        "entries",
        .array(
          entries.map { entry in
            .fields([("id", .string(entry.id)), ("kind", .string(entry.kind.rawValue)), ("title", .string(entry.words()?[language] ?? ""))])
          })
      ),
      ("errata", .array(errataOf(fact.id).map(errata.json))),
    ])
  }
}
