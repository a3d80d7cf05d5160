import Commands
import Guideline
import Reports
import Wording

/// The paraphrases that a page cites: a paragraph's sections, a fact's section, an erratum's reading.
struct CitedSources {
  let guideline: Guideline
  let language: Language

  /// The page with what it cites at its end, in the order of the ids; ids that the guideline doesn't have are left alone.
  func cited(_ page: HTMLPage) throws(Diagnostic) -> HTMLPage {
    var page = page
    let used = Self.words(of: page.html)
    let chapters = try guideline.chapters(language)
    var paragraphs: [String: [(chapter: Chapter, section: Section)]] = [:]
    var facts: [String: (chapter: Chapter, section: Section)] = [:]
    for chapter in chapters {
      for section in chapter.sections {
        for id in section.paragraphs { paragraphs[id, default: []].append((chapter, section)) }
        for id in section.facts { facts[id] = (chapter, section) }
      }
    }
    page.sources = paragraphs.keys.filter(used.contains).sorted().map { id in
      let found = paragraphs[id] ?? []
      var titles: [String] = []
      for (chapter, _) in found where !titles.contains(chapter.title) { titles.append(chapter.title) }
      return HTMLPage.Source(id, titles.joined(separator: " · "), found.flatMap { prose($0.section, isTitled: found.count > 1) })
    }
    page.sources += facts.keys.filter(used.contains).sorted().compactMap { id in
      guard let (chapter, section) = facts[id] else { return nil }
      return HTMLPage.Source(id, chapter.title + " · " + section.title, prose(section, isTitled: false))
    }
    page.sources += guideline.entries.filter { $0.kind == .erratum && used.contains($0.id) }.sorted { $0.id < $1.id }.map { erratum in
      let reading = erratum.words("reading").map { Words("Read as: ", "Διαβάζεται: ")[language] + $0[language] }
      let handling = erratum.words("handling")?[language]
      return HTMLPage.Source(erratum.id, Words("erratum", "παρόραμα")[language], [reading, handling].compactMap { $0 })
    }
    return page
  }

  private func prose(_ section: Section, isTitled: Bool) -> [String] {
    guard isTitled, let first = section.prose.first else { return section.prose }
    return [section.title + ". " + first] + section.prose.dropFirst()
  }

  /// The words of a page that read like ids: a capital P, F or E and digits.
  private static func words(of html: String) -> Set<String> {
    var found = Set<String>()
    var word: [UInt8] = []
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    for byte in html.utf8 {
      if isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80 || byte == 0x5F {
        word.append(byte)
        continue
      }
      if let first = word.first, [0x50, 0x46, 0x45].contains(first), word.count > 2, word.count < 5, word.dropFirst().allSatisfy(isDigit) {
        found.insert(String(decoding: word, as: UTF8.self))
      }
      word.removeAll(keepingCapacity: true)
    }
    return found
  }
}
