import Vocabulary
import Wording

extension FindingsReader {
  /// The text read with its slips mended and its Greek in Latin letters as Greek, as a question; nil when it has neither.
  func corrected() -> FindingsReading? {
    guard canCorrect else { return nil }
    let pieces = reader.pieces()
    let unknown = pieces.filter { piece in
      guard case .word = piece.kind else { return false }
      return tokens[piece.range.lowerBound].kind == .word && tokens[piece.range.lowerBound].text.count > 1
    }
    guard !unknown.isEmpty else { return nil }
    let speller = vocabulary.speller
    var replaced: [(token: Int, words: [String])] = []
    for piece in unknown {
      let place = piece.range.lowerBound
      let slips = speller.slips(tokens[place].text)
      if !slips.isEmpty { replaced.append((place, slips)) }
    }
    let greek = greekWords(speller)
    let isGreek = greek.contains { word in
      unknown.contains { $0.range.lowerBound == word.token } && word.words[0].count > 3 && !replaced.contains { $0.token == word.token }
    }
    if isGreek {
      replaced = replaced.filter { slip in !greek.contains { $0.token == slip.token } } + greek
    }
    guard !replaced.isEmpty else { return nil }
    replaced.sort { $0.token < $1.token }
    // Each further choice of one word is a reading of its own.
    var lines = [line(replaced.map { ($0.token, $0.words[0]) })]
    for (place, slip) in replaced.enumerated() where lines.count < 4 {
      for word in slip.words.dropFirst() where lines.count < 4 {
        lines.append(line(replaced.enumerated().map { ($0.element.token, $0.offset == place ? word : $0.element.words[0]) }))
      }
    }
    var readings: [[Reread]] = []
    var open: [Diagnostic] = []
    for text in lines {
      guard let tokens = try? Lexer.tokens(text) else { continue }
      var again = FindingsReader(vocabulary, text, tokens: tokens, from: reader.first, isProse: isProse)
      again.canCorrect = false
      let reading = again.read()
      if reading.questions.isEmpty, reading.faults.isEmpty {
        if !reading.items.isEmpty, !readings.contains(reading.items) { readings.append(reading.items) }
      } else if reading.questions.count == 1, reading.faults.isEmpty {
        readings += reading.questions[0].readings.map { reading.items + $0 }
      } else if open.isEmpty {
        open = reading.errors(vocabulary)
      }
    }
    // A slip that says nothing more than the words around it isn't worth a question.
    if readings.isEmpty, open.isEmpty { return nil }
    let span = tokens[replaced[0].token].span
    var result = FindingsReading()
    result.start = self.result.start
    let said = replaced.map { "\(tokens[$0.token].text) → \($0.words[0])" }.joined(separator: ", ")
    var error = Diagnostic(
      "reading.ambiguous",
      Words("Did you mean: \(said)?", "Μήπως εννοείτε: \(said);"), source: source, span: span)
    if readings.isEmpty {
      error.others = open
      error.readings = lines.prefix(1).map { String($0.dropFirst(prefix)) }
      error.readingsStart = result.start
      result.faults.append(error)
    } else {
      result.questions.append(ReadingQuestion(span: span, readings: readings, diagnostic: error, isWhole: true))
    }
    return result
  }

  private var prefix: Int { String(decoding: Array(source.utf8)[..<result.start], as: UTF8.self).count }

  /// The words that spell Greek in Latin letters, where a line has some that only Greek explains.
  private func greekWords(_ speller: Speller) -> [(token: Int, words: [String])] {
    var found: [(token: Int, words: [String])] = []
    for place in reader.first..<tokens.count where tokens[place].kind == .word {
      let text = tokens[place].text
      if speller.knows(text) { continue }
      if let word = speller.greek(text) { found.append((place, [word])) }
    }
    return found
  }

  /// The source with tokens replaced.
  private func line(_ words: [(token: Int, word: String)]) -> String {
    var bytes = Array(source.utf8)
    for (token, word) in words.reversed() { bytes.replaceSubrange(tokens[token].span, with: Array(word.utf8)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
