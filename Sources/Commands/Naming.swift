import Grammar
import Guideline
import Sessions
import Vocabulary
import Wording

/// Finds what a user names in the guideline: by name in either language, by id, or by a number of the last list.
enum Naming {
  /// The id behind a number of the last list; nil when the argument is no number.
  static func listed(_ invocation: Invocation, _ range: Range<Int>? = nil) throws(Diagnostic) -> String? {
    let tokens = invocation.tokens[range ?? invocation.first..<invocation.tokens.count]
    guard tokens.count == 1, let token = tokens.first, token.kind == .number, let number = Int(token.text) else { return nil }
    guard number >= 1, number <= invocation.state.listed.count else {
      throw Diagnostic(
        "list.number",
        Words("There is no \(number) in the last list.", "Δεν υπάρχει αριθμός \(number) στον τελευταίο κατάλογο."),
        help: [
          Words(
            "A list with numbers comes from recommend, evidence, dose, adverse, errata or find.",
            "Κατάλογο με αριθμούς δίνουν οι εντολές σύσταση, δεδομένα, δόση, ανεπιθύμητες, παροράματα και βρες.")
        ], source: invocation.line, span: token.span
      ).because(.listNumber)
    }
    return invocation.state.listed[number - 1]
  }

  /// The therapy or group named, by the whole argument or a stretch of tokens.
  static func therapy(_ invocation: Invocation, _ range: Range<Int>? = nil) throws(Diagnostic) -> Therapy {
    let range = range ?? invocation.first..<invocation.tokens.count
    if let id = try listed(invocation, range) {
      let ids = subjects(of: id, invocation.guideline)
      if let therapy = ids.lazy.compactMap({ invocation.vocabulary.therapy(id: $0) }).first { return therapy }
    }
    if let therapy = invocation.vocabulary.therapies(named: invocation.tokens[range].reduce(FoldedKey()) { $0 + $1.key }).first { return therapy }
    var reader = TreatmentReader(
      invocation.vocabulary, try invocation.vocabulary.doseWords, invocation.line, tokens: invocation.tokens, from: range.lowerBound)
    reader.verb = invocation.command.name
    if let therapy = try reader.therapy(upTo: range.upperBound, invocation.command.id) { return therapy }
    throw unknownTherapy(invocation, range)
  }

  /// The one therapy that a text names, by the text's names or by practice's.
  static func known(_ text: String, _ key: FoldedKey, _ vocabulary: Vocabulary) throws(Diagnostic) -> Therapy? {
    if let therapy = vocabulary.therapies(named: key).first { return therapy }
    guard let ids = try vocabulary.practiceNames.therapy(LooseName.key(text))?.ids, ids.count == 1 else { return nil }
    return vocabulary.therapy(id: ids[0])
  }

  /// The therapies that a listed thing is about.
  private static func subjects(of id: String, _ guideline: Guideline) -> [String] {
    if let rule = guideline.rule(id: id) { return rule.subjects }
    if let entry = guideline.entries.first(where: { $0.id == id }) { return entry.list("therapy") }
    return [id]
  }

  static func unknownTherapy(_ invocation: Invocation, _ range: Range<Int>? = nil, more: [Words] = []) -> Diagnostic {
    let tokens = invocation.tokens[range ?? invocation.first..<invocation.tokens.count]
    let span = (tokens.first?.span.lowerBound ?? 0)..<(tokens.last?.span.upperBound ?? invocation.line.utf8.count)
    let typed = String(decoding: Array(invocation.line.utf8)[span], as: UTF8.self)
    return Diagnostic(
      "therapy.unknown",
      Words("islet doesn't recognise “\(typed)” as a therapy.", "Το islet δεν γνωρίζει θεραπεία «\(typed)»."),
      help: nearTherapies(tokens.map(\.folded).joined(), invocation.vocabulary) + more, source: invocation.line, span: span
    ).because(.unknownName)
  }

  /// Therapies whose names are nearest to a folded text, as a question.
  static func nearTherapies(_ key: String, _ vocabulary: Vocabulary) -> [Words] {
    var near: [(distance: Int, words: Words)] = []
    for (phrase, place) in vocabulary.allTherapyPhrases {
      let distance = Folding.distance(key, phrase, limit: 2)
      if distance <= min(2, key.count / 3) { near.append((distance, vocabulary.therapies[place].name)) }
    }
    let unique = Words.nearest(near)
    guard !unique.isEmpty else { return [] }
    let list = Words.joined(Array(unique.prefix(3)), by: ", ")
    return [Words("Did you mean: \(list.english)?", "Μήπως εννοείτε: \(list.greek);")]
  }

  /// The therapies whose statements bear on one: itself, then its members, then the groups above it.
  static func family(of id: String, _ vocabulary: Vocabulary) -> (own: [String], above: [String]) {
    ([id] + vocabulary.members(of: id), vocabulary.groups(above: id))
  }

  static func therapyNames(_ ids: [String], _ vocabulary: Vocabulary, _ language: Language) -> String {
    ids.map { vocabulary.therapy(id: $0)?.name[language] ?? $0 }.joined(separator: ", ")
  }
}

extension String {
  /// The text as a sentence begins.
  var capitalised: String { prefix(1).uppercased() + String(dropFirst()) }
}
