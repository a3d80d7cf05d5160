import Guideline
import Sessions
import Vocabulary
import Wording

/// Words to search for: matched without accents and case, and by the beginning of a word, so that Greek inflection and
/// English plurals make no difference.
struct SearchWords {
  let words: [(whole: String, stem: String)]

  /// Nil when there is no word in the text.
  init?(_ text: String) {
    words = SearchTexts.split(text).map { ($0, Self.stem($0)) }
    if words.isEmpty { return nil }
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
        let split = SearchTexts.split(String(part))
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

  private let index: SearchIndex
  private let language: Language
  private let queries: [SearchWords]
  /// What holds all the words, the best first.
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
    index = try guideline.kept { () throws(Diagnostic) in try SearchIndex(guideline) }
    self.language = language
    queries = texts.compactMap { SearchWords($0) }
    let scores = queries.map { index.texts.scores($0) }
    for entry in index.entries {
      if let score = Self.best(scores, entry.names) {
        hits.append(hit(entry, rank: entry.rank + score))
      } else if let score = Self.best(scores, entry.prose) {
        hits.append(hit(entry, rank: entry.proseRank + score, excerpt: excerpt(entry, scores)))
      }
    }
    hits = hits.enumerated().sorted { (-$0.element.rank, $0.offset) < (-$1.element.rank, $1.offset) }.map(\.element)
  }

  /// The best score of a range of texts over the queries; the words as typed count for more.
  private static func best(_ scores: [[UInt16]], _ texts: Range<Int>) -> Int? {
    var best = 0
    for (place, scores) in scores.enumerated() {
      for text in texts where scores[text] > 0 { best = max(best, Int(scores[text]) + (place == 0 ? 1 : 0)) }
    }
    return best == 0 ? nil : best
  }

  private func hit(_ entry: SearchIndex.Entry, rank: Int, excerpt: String = "") -> Hit {
    Hit(kind: entry.kind, id: entry.id, title: entry.title[language], excerpt: excerpt, paragraphs: entry.paragraphs, rank: rank)
  }

  /// The part of a section's prose, in the language of the answer, that holds the words; empty where only the other language's does.
  private func excerpt(_ entry: SearchIndex.Entry, _ scores: [[UInt16]]) -> String {
    guard entry.kind == .section else { return "" }
    let (lines, first) = entry.prose(language)
    for (place, line) in lines.enumerated() {
      if let query = queries.indices.first(where: { scores[$0][first + place] > 0 }) { return queries[query].excerpt(line) }
    }
    return ""
  }
}
