import Measures
import Vocabulary
import Wording

/// Completes findings and their values, as the reader of phrases reads them: what it offers is read without an error, or
/// needs a value behind it.
public struct PhraseCompleter: Sendable {
  /// Whether words are those that answers show, or others that mean the same and are tried when none of those fits.
  private enum Spelling { case shown, other }

  private struct Subject: Sendable, Hashable {
    let finding: Int
    /// The value's place; nil: the finding's name.
    let value: Int?
  }

  private let vocabulary: Vocabulary
  private var subjects: [Subject] = []
  /// Names, and values that stand alone, as they are shown.
  private var shown: [CompletionWord] = []
  /// Other phrases for them, tried when none of those fits.
  private var others: [CompletionWord] = []
  /// For each finding the words for its values behind its name, and further ones.
  private var values: [[CompletionWord]]
  private var otherValues: [[CompletionWord]]

  /// Collects the phrases of a vocabulary.
  public init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    values = vocabulary.findings.map { _ in [] }
    otherValues = values
    var places: [Subject: Int] = [:]
    for finding in vocabulary.findings {
      for value in [nil] + finding.values.indices.map({ $0 }) {
        let subject = Subject(finding: finding.index, value: value)
        places[subject] = subjects.count
        subjects.append(subject)
      }
    }
    var written = vocabulary.findings.map { $0.values.map { _ in [String]() } }
    for phrase in vocabulary.writtenPhrases {
      let language = Language.typed(in: phrase.text) ?? .english
      switch phrase.role {
      case .alone(.finding(let finding)):
        if let place = places[Subject(finding: finding, value: nil)] {
          others.append(CompletionWord(phrase.text, language, meaning: place))
        }
      case .alone(.value(let finding, let value)):
        if let place = places[Subject(finding: finding, value: value)] {
          others.append(CompletionWord(phrase.text, language, meaning: place))
        }
      case .afterName(let finding, let value): written[finding][value].append(phrase.text)
      case .alone, .therapy: continue
      }
    }
    for finding in vocabulary.findings {
      if let place = places[Subject(finding: finding.index, value: nil)] { show(finding.name, place) }
      for (value, entry) in finding.values.enumerated() {
        guard let place = places[Subject(finding: finding.index, value: value)] else { continue }
        if entry.shown != finding.name, !finding.isDerived { show(entry.shown, place) }
        addValues(of: finding, value, written[finding.index][value], place)
      }
    }
  }

  private mutating func show(_ words: Words, _ place: Int) {
    for language in Language.allCases { shown.append(CompletionWord(words[language], language, meaning: place)) }
  }

  /// The words for a value behind its finding's name: the id in English; in Greek the phrase of the fewest words.
  private mutating func addValues(of finding: Finding, _ value: Int, _ written: [String], _ place: Int) {
    let id = finding.values[value].id
    let isYesOrNo = finding.kind == .boolean || finding.isDerived
    let greek = written.filter { Language.typed(in: $0) == .greek }
    let shortest = greek.min { words($0) < words($1) }
    let inGreek = isYesOrNo ? (id == "yes" ? "ναι" : "όχι") : shortest ?? finding.values[value].shown.greek
    values[finding.index].append(CompletionWord(id, .english, meaning: place))
    values[finding.index].append(CompletionWord(inGreek, .greek, meaning: place))
    for text in written {
      otherValues[finding.index].append(CompletionWord(text, Language.typed(in: text) ?? .english, meaning: place))
    }
  }

  private func words(_ text: String) -> Int { text.utf8.lazy.filter { $0 == 0x20 }.count }

  // MARK: Completing

  /// What may follow in a list of findings.
  ///
  /// - Parameters:
  ///   - line: the command up to the cursor, and its tokens.
  ///   - first: the place of the first token of the list.
  ///   - language: the session's.
  ///   - only: the findings that may be named; nil for all, with their values.
  public func complete(_ line: String, tokens: [Token], from first: Int, language: Language, only: [Int]? = nil) -> CompletionList {
    let end = line.utf8.count
    let isTyping = tokens.last.map { $0.span.upperBound == end && $0.kind != .symbol && $0.kind != .quoted } ?? false
    var start = first
    for place in tokens.indices[min(first, tokens.count)...] where tokens[place].isSymbol(",") || tokens[place].isSymbol("·") {
      start = place + 1
    }
    let scene = Scene(
      completer: self, line: line, tokens: tokens, start: start, earlier: statements(line, Array(tokens[min(first, start)..<start])) ?? [],
      language: language, only: only)
    let last = isTyping ? tokens.count - 1 : tokens.count
    if !isTyping, only == nil, let list = scene.afterName(tokens.count) { return list }
    if start <= last {
      for depth in [CompletionFragment.Depth.start, .words, .letters] {
        for spelling in [Spelling.shown, .other] {
          for place in start...last {
            if let list = (only == nil ? scene.values(from: place, spelling) : nil) ?? scene.phrases(from: place, spelling, depth) { return list }
          }
        }
      }
    }
    return CompletionList(replaces: end..<end)
  }

  /// The statements that tokens make; nil when they make none without an error.
  private func statements(_ line: String, _ tokens: [Token]) -> [Statement]? {
    if tokens.allSatisfy({ $0.kind == .symbol }) { return [] }
    var reader = PhraseReader(vocabulary, line, tokens: tokens)
    reader.suggests = false
    return try? reader.statements()
  }

  /// A place in a line where something is to be completed.
  private struct Scene {
    let completer: PhraseCompleter
    let line: String
    let tokens: [Token]
    /// The first token behind the last comma.
    let start: Int
    /// What stands before that comma.
    let earlier: [Statement]
    let language: Language
    let only: [Int]?

    private var vocabulary: Vocabulary { completer.vocabulary }

    private func offset(_ place: Int) -> Int { place < tokens.count ? tokens[place].span.lowerBound : line.utf8.count }

    private func text(_ from: Int, _ to: Int) -> String { String(decoding: Array(line.utf8)[from..<to], as: UTF8.self) }

    private func fragment(_ place: Int) -> CompletionFragment {
      CompletionFragment(text(offset(place), line.utf8.count), line: line, session: language)
    }

    /// Findings and values that stand alone, for the fragment from a token on.
    func phrases(from place: Int, _ spelling: Spelling, _ depth: CompletionFragment.Depth) -> CompletionList? {
      let fragment = fragment(place)
      guard canBeginPhrase(place) else { return nil }
      let isOpen = fragment.text.isEmpty
      let subjects = completer.subjects
      // After a space the fragment is a whole phrase, and only a longer one completes it.
      let isWhole = fragment.text.last == " "
      func fits(_ word: CompletionWord) -> Bool {
        let subject = subjects[word.meaning]
        if let only { return subject.value == nil && only.contains(subject.finding) }
        if isOpen, subject.value != nil || vocabulary.findings[subject.finding].isDerived { return false }
        return !(isWhole && word.key == fragment.key)
      }
      if isOpen, spelling == .other { return nil }
      let words = spelling == .shown ? completer.shown : completer.others
      let matches = fragment.matches(words, depth, where: fits)
      // Names first, then values.
      let found =
        candidates(matches.filter { subjects[$0.meaning].value == nil }, place)
        + candidates(matches.filter { subjects[$0.meaning].value != nil }, place)
      return found.isEmpty ? nil : CompletionList(replaces: offset(place)..<line.utf8.count, candidates: found)
    }

    /// Values, where a finding's name stands before a token.
    func values(from place: Int, _ spelling: Spelling) -> CompletionList? {
      guard let finding = named(before: place) else { return nil }
      let fragment = fragment(place)
      let words = spelling == .shown ? completer.values[finding] : completer.otherValues[finding]
      var found = candidates(fragment.matches(words), place)
      if found.isEmpty, spelling == .shown { found = units(of: finding, from: place) }
      return found.isEmpty ? nil : CompletionList(replaces: offset(place)..<line.utf8.count, candidates: found)
    }

    /// What comes behind a finding's name and a space: its values, or what number it takes.
    func afterName(_ place: Int) -> CompletionList? {
      if let list = values(from: place, .shown) { return list }
      guard let finding = named(before: place), vocabulary.findings[finding].isNumber, tokens[place - 1].kind != .number else { return nil }
      let end = line.utf8.count
      return CompletionList(
        replaces: end..<end, hint: vocabulary.expected(of: vocabulary.findings[finding])[fragment(place).languages[0]])
    }

    private func units(of finding: Int, from place: Int) -> [CompletionCandidate] {
      guard place > start, tokens[place - 1].kind == .number else { return [] }
      let fragment = fragment(place)
      return Unit.allCases.filter { $0 != .count && $0.dimension == vocabulary.findings[finding].unit.dimension }.compactMap { unit in
        guard Folding.keyBytes(of: unit.rawValue).starts(with: fragment.key), reads(unit.rawValue, place) == .whole else { return nil }
        return CompletionCandidate(unit.rawValue, vocabulary.findings[finding].name[fragment.languages[0]])
      }
    }

    /// Whether a phrase may begin at a token: what stands between the comma and it is read, perhaps up to a "no".
    private func canBeginPhrase(_ place: Int) -> Bool {
      guard place > start else { return true }
      var before = Array(tokens[start..<place])
      if let last = before.last, vocabulary.isParticle(last.key, .no) || vocabulary.isParticle(last.key, .not) { before.removeLast() }
      while let last = before.last, vocabulary.isParticle(last.key, .filler) || vocabulary.isParticle(last.key, .and) { before.removeLast() }
      return before.isEmpty || completer.statements(line, before) != nil
    }

    /// The finding whose name ends at a token, perhaps with "is", or with a number, before it.
    private func named(before place: Int) -> Int? {
      var end = min(place, tokens.count)
      if end > start, tokens[end - 1].kind == .number { end -= 1 }
      while end > start, vocabulary.isParticle(tokens[end - 1].key, .is) || tokens[end - 1].isSymbol("=") { end -= 1 }
      guard end > start else { return nil }
      let reader = PhraseReader(vocabulary, line, tokens: Array(tokens[..<end]))
      for begin in start..<end {
        if let (length, meanings) = reader.match(at: begin), begin + length == end {
          for case .finding(let finding) in meanings { return finding }
        }
      }
      return nil
    }

    private enum Reading { case whole, needsValue, no }

    /// How the line reads with a text in the place of what stands from a token on.
    private func reads(_ text: String, _ place: Int, of finding: Int? = nil) -> Reading {
      let source = self.text(offset(start), offset(place)) + text
      guard let tokens = try? Lexer.tokens(source) else { return .no }
      var reader = PhraseReader(vocabulary, source, tokens: tokens)
      reader.suggests = false
      do throws(Diagnostic) {
        return try reader.statements(after: earlier) == earlier ? .no : .whole
      } catch {
        guard error.code == "finding.value-missing", let finding else { return .no }
        let isStated = earlier.contains { $0.finding == finding }
        return error.finding == vocabulary.findings[finding].id && !isStated ? .needsValue : .no
      }
    }

    private func candidates(_ words: [CompletionWord], _ place: Int) -> [CompletionCandidate] {
      words.compactMap { word in
        let subject = completer.subjects[word.meaning]
        let finding = vocabulary.findings[subject.finding]
        var continues = false
        if only == nil {
          let reading = reads(word.text, place, of: subject.value == nil ? subject.finding : nil)
          guard reading != .no else { return nil }
          continues = subject.value == nil && (reading == .needsValue || finding.kind == .category)
        }
        return CompletionCandidate(word.text, description(subject, word), continues: continues)
      }
    }

    private func description(_ subject: Subject, _ word: CompletionWord) -> String {
      let finding = vocabulary.findings[subject.finding]
      let language = word.language
      if let value = subject.value {
        let shown = finding.values[value].shown[language]
        return finding.kind != .category || shown == word.text ? finding.name[language] : shown
      }
      switch finding.kind {
      case .number(let range, let unit):
        let low = range.lower.map { "\($0)" } ?? ""
        let high = range.upper.map { unit.words($0)[language] } ?? ""
        return Words("a number, \(low) to \(high)", "αριθμός, \(low) έως \(high)")[language]
      case .category:
        let words = completer.values[finding.index].filter { $0.language == language }.map(\.text)
        return words.joined(separator: " · ")
      case .boolean, .derived: return Words("yes or no", "ναι ή όχι")[language]
      }
    }
  }
}
