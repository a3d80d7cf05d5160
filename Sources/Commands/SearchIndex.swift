import Guideline
import Sessions
import Vocabulary
import Wording

/// Texts split into folded words, and for each word the texts that hold it.
struct SearchTexts: Sendable {
  private let words: [String]
  /// For each word the texts that hold it, in their order.
  private let holders: [[Int32]]
  private let count: Int

  init(_ texts: [String]) {
    var found: [String: [Int32]] = [:]
    for (place, text) in texts.enumerated() {
      for word in Self.split(text) where found[word]?.last != Int32(place) { found[word, default: []].append(Int32(place)) }
    }
    let sorted = found.sorted { $0.key < $1.key }
    words = sorted.map(\.key)
    holders = sorted.map(\.value)
    count = texts.count
  }

  /// How well each text holds all the words: 3 for each whole word, 2 for each beginning; 0 when one is missing.
  func scores(_ query: SearchWords) -> [UInt16] {
    var total = [UInt16](repeating: 0, count: count)
    for (order, word) in query.words.enumerated() {
      var own = [UInt16](repeating: 0, count: count)
      var place = firstPlace(from: word.stem)
      while place < words.count, words[place].hasPrefix(word.stem) {
        let points: UInt16 = words[place] == word.whole ? 3 : 2
        for text in holders[place] { own[Int(text)] = max(own[Int(text)], points) }
        place += 1
      }
      for text in total.indices where order == 0 || total[text] > 0 { total[text] = own[text] == 0 ? 0 : total[text] + own[text] }
    }
    return total
  }

  /// The place of the first word that isn't before a text.
  private func firstPlace(from text: String) -> Int {
    var (low, high) = (0, words.count)
    while low < high {
      let middle = (low + high) / 2
      if words[middle] < text { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The words of a text, folded: `Ki-67` is ki and 67.
  static func split(_ text: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isOfWord(scalar) {
        if let folded = Folding.fold(scalar) { word.append(folded) }
      } else if !word.isEmpty {
        words.append(String(word))
        word.removeAll(keepingCapacity: true)
      }
    }
    if !word.isEmpty { words.append(String(word)) }
    return words
  }

  /// Letters, digits and the marks on them.
  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0..<0x80: false
    default:
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .decimalNumber, .letterNumber,
        .otherNumber:
        true
      default: false
      }
    }
  }
}

/// What `find` finds: what the vocabulary and the chapters name and say, made once.
struct SearchIndex: Sendable {
  /// Something that can be found: by its names, or else by what is said of it.
  struct Entry: Sendable {
    let kind: Search.Hit.Kind
    let id: String
    let title: Words
    let paragraphs: [String]
    let rank: Int
    let names: Range<Int>
    let proseRank: Int
    /// What is said of it in English, then in Greek.
    let english: [String]
    let greek: [String]

    var prose: Range<Int> { names.upperBound..<names.upperBound + english.count + greek.count }

    /// What is said of it in a language, and where the first of that stands among the texts.
    func prose(_ language: Language) -> (lines: [String], first: Int) {
      language == .greek ? (greek, names.upperBound + english.count) : (english, names.upperBound)
    }
  }

  private(set) var entries: [Entry] = []
  let texts: SearchTexts

  init(_ guideline: Guideline) throws(Diagnostic) {
    var draft = Draft()
    try draft.words(guideline.vocabulary)
    draft.statements(guideline)
    try draft.sections(guideline)
    entries = draft.entries
    texts = SearchTexts(draft.texts)
  }

  private struct Draft {
    var entries: [Entry] = []
    var texts: [String] = []

    mutating func add(
      _ kind: Search.Hit.Kind, _ id: String, _ title: Words, also: [String] = [], rank: Int, paragraphs: [String] = [], english: [String] = [],
      greek: [String] = [], proseRank: Int = 0
    ) {
      let first = texts.count
      texts += [title.english, title.greek, id] + also
      entries.append(
        Entry(
          kind: kind, id: id, title: title, paragraphs: paragraphs, rank: rank, names: first..<texts.count, proseRank: proseRank, english: english,
          greek: greek))
      texts += english + greek
    }

    mutating func words(_ vocabulary: Vocabulary) throws(Diagnostic) {
      for finding in vocabulary.findings { add(.finding, finding.id, finding.name, also: finding.values.map(\.id), rank: 60) }
      for therapy in vocabulary.therapies { add(.therapy, therapy.id, therapy.name, rank: 60) }
      for test in try vocabulary.tests { add(.test, test.id, test.name, rank: 55) }
      for term in try vocabulary.terms {
        add(.term, term.id, term.name, rank: 58, english: [term.text.english], greek: [term.text.greek], proseRank: 25)
      }
    }

    mutating func statements(_ guideline: Guideline) {
      for rule in guideline.rules {
        add(rule.isRemark ? .remark : .rule, rule.id, rule.title, also: rule.facts, rank: rule.isRemark ? 44 : 50, paragraphs: rule.paragraphs)
      }
      for entry in guideline.entries {
        let named = entry.words() ?? Words(same: entry.id)
        switch entry.kind {
        case .evidence:
          let population = entry.words("population").map { [$0.english, $0.greek] } ?? []
          add(.evidence, entry.id, named, also: population, rank: 42, paragraphs: entry.list("paragraphs"))
        case .dose: add(.dose, entry.id, named, rank: 42, paragraphs: entry.list("paragraphs"))
        case .adverseEffect: add(.adverseEffect, entry.id, named, rank: 43, paragraphs: entry.list("paragraphs"))
        case .erratum:
          // The title is the reading: what the source prints is shown by errata alone.
          let handling = entry.words("handling").map { [$0.english, $0.greek] } ?? []
          add(
            .erratum, entry.id, Words.joined([Words(same: entry.id + ":"), entry.words("reading") ?? Words(same: "")], by: " "), also: handling,
            rank: 35, paragraphs: entry.list("paragraph"))
        }
      }
    }

    mutating func sections(_ guideline: Guideline) throws(Diagnostic) {
      for base in guideline.chapters {
        guard let english = try guideline.chapter(base.name, .english), let greek = try guideline.chapter(base.name, .greek) else { continue }
        for section in english.sections {
          let other = greek.sections.first { $0.id == section.id } ?? section
          add(
            .section, section.id, Words(section.title, other.title), also: section.facts, rank: 46, paragraphs: section.paragraphs,
            english: section.prose, greek: other.prose, proseRank: 20)
        }
      }
    }
  }
}
