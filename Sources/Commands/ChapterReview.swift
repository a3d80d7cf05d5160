import Guideline
import Reports
import Vocabulary
import Wording

/// A chapter as a clinician reviews it, in one language: each paraphrase with its facts and paragraphs, and below it what the
/// machine runs of it.
public struct ChapterReview {
  public let title: String
  private let chapter: Chapter
  private let guideline: Guideline
  private let language: Language
  private let advice: AdviceText

  /// Nil when the guideline has no chapter of that name.
  public init?(_ guideline: Guideline, chapter name: String, _ language: Language) throws(Diagnostic) {
    guard let chapter = try guideline.chapter(name, language) else { return nil }
    self.guideline = guideline
    self.language = language
    self.chapter = chapter
    title = chapter.title
    advice = AdviceText(guideline, language)
  }

  public var blocks: [Markdown.Block] {
    chapter.sections.flatMap { section -> [Markdown.Block] in
      let ids = Text.joined([Text.citations(section.facts), Text.citations(section.paragraphs)])
      var blocks: [Markdown.Block] = [
        .heading(2, id: section.id, [.text(section.title)]), .cited([.text(ids)]),
      ]
      blocks += section.prose.filter { !$0.isEmpty }.map { .paragraph([.text(Text(citing: $0))]) }
      let items =
        guideline.rules.filter { $0.section == section.id }.map(item) + guideline.entries.filter { $0.section == section.id && $0.kind != .erratum }.map(item)
      if !items.isEmpty { blocks.append(.list(start: nil, items)) }
      return blocks + guideline.entries.filter { $0.section == section.id && $0.kind == .erratum }.flatMap(erratum)
    }
  }

  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }

  private func item(_ rule: Rule) -> [Markdown.Block] {
    let kind = Markdown.Inline.strong([.text(rule.stance?.word(language) ?? Text(say("remark", "παρατήρηση")))])
    var head: [Markdown.Inline] = [kind, .text(rule.stance == nil ? ": " : " "), .strong([.text(rule.title.cited(language))])]
    let strength = rule.stance == nil ? "" : advice.strength(rule)
    head += [.text(" · " + Text.joined([strength, advice.marks(rule), Text.citations(rule.facts + rule.paragraphs)]))]
    var lines: [[Markdown.Inline]] = [
      [.text(rule.subjects.map { guideline.vocabulary.therapy(id: $0)?.name[language] ?? $0 }.joined(separator: ", "))]
    ]
    if rule.when != .always { lines.append([.text(say("when ", "όταν: ") + advice.condition(rule.when))]) }
    if let until = rule.until { lines.append([.text(say("until ", "έως: ") + advice.condition(until))]) }
    if let unless = rule.unless { lines.append([.text(say("unless ", "εκτός αν: ") + advice.condition(unless))]) }
    if !rule.with.isEmpty { lines.append(named(say("with: ", "μαζί με: "), rule.with)) }
    if !rule.overrides.isEmpty { lines.append(named(say("in place of: ", "στη θέση του: "), rule.overrides)) }
    if !rule.conflicts.isEmpty { lines.append(named(say("contradicts: ", "αντιφάσκει με: "), rule.conflicts)) }
    return [.paragraph(head), .list(start: nil, lines.map { [.paragraph($0)] })]
  }

  /// What ids of rules and therapies name.
  private func named(_ lead: String, _ ids: [String]) -> [Markdown.Inline] {
    let names = ids.map { EntryText(guideline: guideline).named($0)[language] }
    return [.text(lead + names.joined(separator: say("; ", "· ")))]
  }

  /// A figure, dose or adverse effect, with its fields as the machine has them.
  private func item(_ entry: ChapterEntry) -> [Markdown.Block] {
    let kind: String
    switch entry.kind {
    case .evidence: kind = say("evidence", "δεδομένα")
    case .dose: kind = say("dose", "δόση")
    case .adverseEffect: kind = say("adverse effect", "ανεπιθύμητη ενέργεια")
    default: kind = entry.kind.rawValue
    }
    let values = EntryText(guideline: guideline).fields(entry).map { $0[language] }
    let citation = Text.citations(entry.list("facts") + entry.list("paragraphs"))
    return [
      .paragraph([.strong([.text(kind)]), .text(": " + (entry.words()?.cited(language) ?? Text(entry.id)) + " · " + citation)]),
      .list(start: nil, [[.paragraph([.text(values.joined(separator: say("; ", "· ")))])]]),
    ]
  }

  /// What the source prints stands on one line with the erratum's id and the reading.
  private func erratum(_ entry: ChapterEntry) -> [Markdown.Block] {
    let text = ErratumText(language)
    let handling: [Markdown.Block] = entry.words("handling").map { [.paragraph([.text($0.cited(language))])] } ?? []
    return [.quote([.paragraph([.text(text.line(entry))])] + handling)]
  }
}
