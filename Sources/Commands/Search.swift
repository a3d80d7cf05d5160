import Guideline
import Sessions
import Vocabulary
import Wording

/// Words to search for: matched without accents and case, and by the beginning of a word, so that Greek inflection and
/// English plurals make no difference.
struct SearchWords {
  private let words: [(whole: String, stem: String)]

  /// Nil when there is no word in the text.
  init?(_ text: String) {
    words = Self.split(text).map { ($0, Self.stem($0)) }
    if words.isEmpty { return nil }
  }

  /// How well a text holds all the words: 3 for each whole word, 2 for each beginning; nil when one is missing.
  func score(_ text: String) -> Int? {
    let parts = Self.split(text)
    var total = 0
    for word in words {
      if parts.contains(word.whole) {
        total += 3
      } else if parts.contains(where: { $0.hasPrefix(word.stem) }) {
        total += 2
      } else {
        return nil
      }
    }
    return total
  }

  /// The words of a text, folded: `Ki-67` is ki and 67.
  static func split(_ text: String) -> [String] {
    text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map { Folding.key(String($0)) }.filter { !$0.isEmpty }
  }

  /// The part of a word that its inflection leaves alone; short words and numbers stay whole.
  static func stem(_ word: String) -> String {
    guard word.count > 4, word.allSatisfy(\.isLetter) else { return word }
    var stem = word
    if word.utf8.first.map({ $0 >= 0x80 }) == true {
      let endings: Set<Character> = ["α", "ε", "η", "ι", "ο", "υ", "ω", "σ", "ν"]
      var left = 3
      while left > 0, stem.count > 4, let last = stem.last, endings.contains(last) {
        stem.removeLast()
        left -= 1
      }
    } else {
      for ending in ["es", "is", "s"] where stem.hasSuffix(ending) && stem.count - ending.count >= 4 {
        stem.removeLast(ending.count)
        break
      }
    }
    return stem
  }

  /// The part of a text around the first word searched for.
  func excerpt(_ text: String) -> String {
    guard text.count > 120 else { return text }
    let parts = text.split(separator: " ")
    let place =
      parts.firstIndex { part in
        let split = Self.split(String(part))
        return words.contains { word in split.contains { $0.hasPrefix(word.stem) } }
      } ?? 0
    let low = max(0, place - 8)
    let high = min(parts.count, place + 10)
    return (low > 0 ? "… " : "") + parts[low..<high].joined(separator: " ") + (high < parts.count ? " …" : "")
  }
}

/// A search of the guideline and the vocabulary, in both languages.
struct Search {
  /// Something found, and where.
  struct Hit {
    enum Kind: String {
      case finding, therapy, test, term, rule, remark, section, evidence, dose, erratum
      case adverseEffect = "adverse-effect"

      var name: Words {
        switch self {
        case .finding: Words("finding", "εύρημα")
        case .therapy: Words("therapy", "θεραπεία")
        case .test: Words("test", "εξέταση")
        case .term: Words("term", "όρος")
        case .rule: Words("rule", "κανόνας")
        case .remark: Words("remark", "παρατήρηση")
        case .section: Words("section", "ενότητα")
        case .evidence: Words("evidence", "δεδομένα")
        case .dose: Words("dose", "δόση")
        case .erratum: Words("erratum", "παρόραμα")
        case .adverseEffect: Words("adverse effect", "ανεπιθύμητη ενέργεια")
        }
      }
    }

    let kind: Kind
    let id: String
    let title: String
    var excerpt = ""
    var paragraphs: [String] = []
    let rank: Int
  }

  private let guideline: Guideline
  private let language: Language
  private let queries: [SearchWords]
  private(set) var hits: [Hit] = []

  /// Searches for a text, and for the other names of what it names.
  init(_ text: String, _ key: FoldedKey, _ guideline: Guideline, _ language: Language) throws(Diagnostic) {
    try self.init([text] + Self.names(of: key, guideline.vocabulary).flatMap { [$0.english, $0.greek] }, guideline, language)
  }

  /// The names of what a phrase names.
  private static func names(of key: FoldedKey, _ vocabulary: Vocabulary) throws(Diagnostic) -> [Words] {
    var names = vocabulary.therapies(named: key).map(\.name)
    if let term = try vocabulary.term(named: key) { names.append(term.name) }
    for meaning in vocabulary.meanings(of: key) ?? [] {
      switch meaning {
      case .finding(let finding): names.append(vocabulary.findings[finding].name)
      case .value(let finding, let value): names.append(vocabulary.describe(finding, .values(1 << UInt32(value))))
      case .ambiguous, .several: continue
      }
    }
    return names
  }

  /// Searches for any of several texts, the first of which counts for more.
  init(_ texts: [String], _ guideline: Guideline, _ language: Language) throws(Diagnostic) {
    self.guideline = guideline
    self.language = language
    queries = texts.compactMap { SearchWords($0) }
    try words()
    statements()
    try sections()
    hits = hits.enumerated().sorted { (-$0.element.rank, $0.offset) < (-$1.element.rank, $1.offset) }.map(\.element)
  }

  /// The best score over the queries; the words as typed count for more.
  private func score(_ texts: [String]) -> Int? {
    var best: Int?
    for (place, query) in queries.enumerated() {
      for text in texts {
        guard let score = query.score(text) else { continue }
        let value = score + (place == 0 ? 1 : 0)
        best = max(best ?? 0, value)
      }
    }
    return best
  }

  private mutating func add(
    _ kind: Hit.Kind, _ id: String, _ title: Words, also: [String] = [], rank: Int, paragraphs: [String] = [], excerpt: String = ""
  ) {
    guard let score = score([title.english, title.greek, id] + also) else { return }
    hits.append(Hit(kind: kind, id: id, title: title[language], excerpt: excerpt, paragraphs: paragraphs, rank: rank + score))
  }

  private mutating func words() throws(Diagnostic) {
    let vocabulary = guideline.vocabulary
    for finding in vocabulary.findings { add(.finding, finding.id, finding.name, also: finding.values.map(\.id), rank: 60) }
    for therapy in vocabulary.therapies { add(.therapy, therapy.id, therapy.name, rank: 60) }
    for test in try vocabulary.tests { add(.test, test.id, test.name, rank: 55) }
    for term in try vocabulary.terms {
      let before = hits.count
      add(.term, term.id, term.name, rank: 58)
      if hits.count == before { add(.term, term.id, term.name, also: [term.text.english, term.text.greek], rank: 25) }
    }
  }

  private mutating func statements() {
    for rule in guideline.rules {
      add(rule.isRemark ? .remark : .rule, rule.id, rule.title, also: rule.facts, rank: rule.isRemark ? 44 : 50, paragraphs: rule.paragraphs)
    }
    for entry in guideline.entries {
      switch entry.kind {
      case .evidence:
        let population = entry.words("population").map { [$0.english, $0.greek] } ?? []
        add(.evidence, entry.id, entry.words() ?? Words(same: entry.id), also: population, rank: 42, paragraphs: entry.list("paragraphs"))
      case .dose: add(.dose, entry.id, entry.words() ?? Words(same: entry.id), rank: 42, paragraphs: entry.list("paragraphs"))
      case .adverseEffect:
        add(.adverseEffect, entry.id, entry.words() ?? Words(same: entry.id), rank: 43, paragraphs: entry.list("paragraphs"))
      case .erratum:
        // The title is the reading: what the source prints is shown by errata alone.
        let handling = entry.words("handling").map { [$0.english, $0.greek] } ?? []
        add(
          .erratum, entry.id, Words.joined([Words(same: entry.id + ":"), entry.words("reading") ?? Words(same: "")], by: " "), also: handling, rank: 35,
          paragraphs: entry.list("paragraph"))
      }
    }
  }

  private mutating func sections() throws(Diagnostic) {
    for base in guideline.chapters {
      guard let english = try guideline.chapter(base.name, .english), let greek = try guideline.chapter(base.name, .greek) else { continue }
      for section in english.sections {
        let other = greek.sections.first { $0.id == section.id } ?? section
        let title = Words(section.title, other.title)
        let shown = language == .greek ? other : section
        if let score = score([section.title, other.title, section.id] + section.facts) {
          hits.append(Hit(kind: .section, id: section.id, title: title[language], paragraphs: section.paragraphs, rank: 46 + score))
        } else if let score = score(section.prose + other.prose) {
          let line = shown.prose.first { line in queries.contains { $0.score(line) != nil } }
          let query = queries.first { query in line.map { query.score($0) != nil } ?? false }
          hits.append(
            Hit(
              kind: .section, id: section.id, title: title[language], excerpt: line.flatMap { query?.excerpt($0) } ?? "",
              paragraphs: section.paragraphs, rank: 20 + score))
        }
      }
    }
  }
}
