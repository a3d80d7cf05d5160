import Guideline
import Reports
import Sessions
import Wording

/// What a page leads to: a paragraph's sections, a fact's section, an erratum's reading, what a command does.
public struct CitedSources: Sendable {
  let guideline: Guideline
  let commands: [Command]
  let language: Language

  public init(_ world: World, _ language: Language) {
    guideline = world.guideline
    commands = world.commands.commands
    self.language = language
  }

  /// What a page may cite; what it does cite stands at its end, in the order of the ids.
  public var offer: HTMLPage.Offer {
    get throws(Diagnostic) {
      var paragraphs: [String: [(chapter: Chapter, section: Section)]] = [:]
      var facts: [String: (chapter: Chapter, section: Section)] = [:]
      for chapter in try guideline.chapters(language) {
        for section in chapter.sections {
          for id in section.paragraphs { paragraphs[id, default: []].append((chapter, section)) }
          for id in section.facts { facts[id] = (chapter, section) }
        }
      }
      let errata = guideline.entries.filter { $0.kind == .erratum }
      return HTMLPage.Offer(ids: Set(paragraphs.keys).union(facts.keys).union(errata.map(\.id)).union(commands.map { Text.Kind.anchor(ofCommand: $0.id) })) {
        [paragraphs, facts, errata] cited in
        let ids = cited.sorted()
        let ofParagraphs = ids.compactMap { id -> HTMLPage.Source? in
          guard let found = paragraphs[id] else { return nil }
          var titles: [String] = []
          for (chapter, _) in found where !titles.contains(chapter.title) { titles.append(chapter.title) }
          return HTMLPage.Source(id, titles.joined(separator: " · "), found.flatMap { prose($0.section, isTitled: found.count > 1) })
        }
        let ofFacts = ids.compactMap { id in
          facts[id].map { HTMLPage.Source(id, $0.chapter.title + " · " + $0.section.title, prose($0.section, isTitled: false)) }
        }
        return ofParagraphs + ofFacts + errata.filter { cited.contains($0.id) }.sorted { $0.id < $1.id }.map(source)
          + sources(of: commands).filter { cited.contains($0.id) }
      }
    }
  }

  private func source(_ erratum: ChapterEntry) -> HTMLPage.Source {
    let reading = erratum.words("reading").map { Words("Read as: ", "Διαβάζεται: ")[language] + $0.cited(language) }
    return HTMLPage.Source(
      erratum.id, Words("erratum", "παρόραμα")[language], [reading, erratum.words("handling")?.cited(language)].compactMap { $0 })
  }

  /// What commands do, by their names.
  public func sources(of commands: [Command]) -> [HTMLPage.Source] { commands.sorted { $0.id < $1.id }.map(source) }

  private func source(_ command: Command) -> HTMLPage.Source {
    let examples = command.examples.map { Text.command($0.line[language], command.id) + ": " + $0.shows[language] }
    return HTMLPage.Source(
      command: command.id, command.name[language], command.form[language],
      [Text(command.summary[language])] + command.details.map { Text($0[language]) } + examples)
  }

  private func prose(_ section: Section, isTitled: Bool) -> [Text] {
    let prose = section.prose.map(Text.init(citing:))
    guard isTitled, let first = prose.first else { return prose }
    return [section.title + ". " + first] + prose.dropFirst()
  }
}
