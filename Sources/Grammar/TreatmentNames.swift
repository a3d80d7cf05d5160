import Vocabulary
import Wording

/// The names of practice: which therapy a line names, what is offered for a slip, and what is asked.
extension TreatmentReader {
  /// The kinds of therapy that a command takes.
  static func kinds(of act: String) -> Set<TherapyKind> {
    switch act {
    case "perform": [.procedure, .group]
    case "arrange": [.setting]
    case "order": [.test]
    case "stop": [.drug, .radionuclide, .group]
    case "give": [.drug, .radionuclide, .group]
    default: [.drug, .radionuclide, .procedure, .group, .setting, .test]
    }
  }

  /// The command that a therapy of a kind goes with.
  public static func act(for kind: TherapyKind, _ act: String) -> String {
    if act != "give", act != "perform" { return act }
    switch kind {
    case .procedure: return "perform"
    case .setting: return "arrange"
    case .test: return "order"
    case .drug, .radionuclide, .group: return act
    }
  }

  // MARK: What is named

  /// Takes up the names of practice, and the line's words as they are looked up by.
  mutating func learn(_ all: PracticeNames?) {
    names = all
    loose = tokens.map { FoldedKey(LooseName.loosened($0.text)) }
  }

  /// The longest name from a token on.
  func named(at start: Int) -> (length: Int, name: PracticeName)? {
    let text = longest(at: start) { key -> PracticeName? in
      let named = vocabulary.therapies(named: key)
      guard let first = named.first else { return nil }
      return PracticeName(
        meaning: named.count > 1 ? .several(named.map(\.id)) : .itself(first.id), name: first.name, kind: first.kind)
    }
    guard let names else { return text.map { ($0.length, $0.found) } }
    var best = text.map { (length: $0.length, name: $0.found) }
    if let found = longestLoose(at: start, { names.therapy($0) }), found.length > best?.length ?? 0 {
      best = (found.length, found.found)
    }
    if let found = drugs(at: start, names), found.length > best?.length ?? 0 { best = found }
    return best
  }

  func longestLoose<Found>(at start: Int, _ find: (FoldedKey) -> Found?) -> (length: Int, found: Found)? {
    var key = FoldedKey()
    var best: (Int, Found)?
    for index in start..<min(tokens.count, start + 12) {
      if tokens[index].kind == .quoted { break }
      key = key + loose[index]
      if !loose[index].isEmpty, let found = find(key) { best = (index - start + 1, found) }
    }
    return best.map { (length: $0.0, found: $0.1) }
  }

  /// Drugs of a regimen joined with each other: `STZ + 5-FU`, `cisplatin and etoposide`.
  private func drugs(at start: Int, _ names: PracticeNames) -> (length: Int, name: PracticeName)? {
    var found: [String] = []
    var other: PracticeName?
    var end = start
    var place = start
    while place < tokens.count {
      if let part = longestLoose(at: place, { names.part($0) }) {
        found.append(part.found)
        place += part.length
      } else if !found.isEmpty, let outside = longestLoose(at: place, { names.therapy($0) }),
        outside.found.meaning == .outside
      {
        other = outside.found
        place += outside.length
      } else {
        break
      }
      end = place
      while place < tokens.count, isJoint(place) { place += 1 }
    }
    guard !found.isEmpty else { return nil }
    let regimen = names.regimen(of: found)
    guard let other else { return (end - start, regimen) }
    let joined = Words.joined([regimen.name, other.name], by: " + ")
    return (end - start, PracticeName(meaning: .outside, name: joined, kind: .drug))
  }

  private func isJoint(_ place: Int) -> Bool {
    let token = tokens[place]
    if token.kind == .symbol { return ["+", "/", ",", "-", "&", "·"].contains(token.text) }
    return vocabulary.isParticle(token.key, .and) || words.isSmall(token.key, .beside)
  }

  // MARK: Taking a name

  /// Takes a name into what has been read. A second therapy on a line is asked about; a name of several is too.
  mutating func take(_ name: PracticeName, _ length: Int, _ parts: inout Parts, _ act: String, _ first: Int)
    throws(Diagnostic)
  {
    let range = position..<(position + length)
    func isRelated(_ id: String, _ other: String) -> Bool { vocabulary.related(id, other) }
    if let earlier = parts.therapy {
      // `Afinitor (everolimus)`, `the PPI omeprazole`: one therapy by two names; the narrower holds.
      if name.ids.count > 1, name.ids.contains(where: { isRelated($0, earlier.id) }) { return }
      if let id = name.ids.first, name.ids.count == 1, isRelated(id, earlier.id) {
        if vocabulary.groups(above: id).contains(earlier.id) { parts.therapy = vocabulary.therapy(id: id) }
        return
      }
      var all = [Self.act(for: earlier.kind, act) + " " + earlier.id]
      all +=
        name.ids.isEmpty
        ? [Self.act(for: name.kind, act) + " " + name.name.english]
        : name.ids.map { Self.act(for: name.kind, act) + " " + $0 }
      throw TreatmentMessages.several(all.map { (canonical: $0, shown: shown($0)) }, span(first, tokens.count))
    }
    guard name.ids.count == 1, let id = name.ids.first, let therapy = vocabulary.therapy(id: id) else {
      let offers = name.ids.map { id -> (canonical: String, shown: Words) in
        let canonical = offer(id, replacing: range, act, first)
        return (canonical, shown(canonical))
      }
      throw TreatmentMessages.ambiguous(
        text(span(range.lowerBound, range.upperBound)), offers, span(range.lowerBound, range.upperBound))
    }
    parts.therapy = therapy
    parts.name = name
    for place in range {
      if case .purpose(let purpose)? = words.meaning(tokens[place].key), parts.purpose == nil {
        parts.purpose = purpose
        parts.isPurposeNamed = true
      }
    }
  }

  /// What the text doesn't speak of: its words are kept, provided that nothing else is ordered beside it.
  mutating func outside(_ name: PracticeName, _ length: Int, _ act: String, _ first: Int) throws(Diagnostic)
    -> TreatmentReading
  {
    var place = position + length
    while place < tokens.count {
      if let (length, other) = named(at: place) {
        if !other.ids.isEmpty {
          let all =
            [Self.act(for: name.kind, act) + " " + name.name.english]
            + other.ids.map { Self.act(for: other.kind, act) + " " + $0 }
          throw TreatmentMessages.several(all.map { (canonical: $0, shown: shown($0)) }, span(first, tokens.count))
        }
        place += length
        continue
      }
      if isDoubt(place) { throw TreatmentMessages.noOrder(span(first, tokens.count)) }
      place += 1
    }
    position = tokens.count
    return .outside(name, text(span(first, tokens.count)))
  }

  func isDoubt(_ place: Int) -> Bool {
    let key = tokens[place].key
    return vocabulary.isParticle(key, .not) || vocabulary.isParticle(key, .no) || words.isSmall(key, .doubt)
  }

  /// Whether the line forbids what a command would do: don't give octreotide, μη δώσεις οκτρεοτίδη.
  public func forbids(_ isVerb: (Token) -> Bool) -> Bool {
    guard position < tokens.count, isDoubt(position) else { return false }
    return tokens[position...].dropFirst().prefix(4).contains(where: isVerb)
  }

  /// A question is never carried out.
  func checkOrder(_ act: String) throws(Diagnostic) {
    guard position < tokens.count else { return }
    if vocabulary.isParticle(tokens[position].key, .not) || vocabulary.isParticle(tokens[position].key, .no) {
      throw TreatmentMessages.noOrder(span(position, tokens.count))
    }
    for place in position..<tokens.count where tokens[place].isSymbol("?") {
      throw TreatmentMessages.noOrder(span(position, tokens.count))
    }
  }

  /// `.5 mg` may be 0.5 mg or 5 mg with a spot before it: refused with both.
  func checkLeadingPoint(_ act: String, _ first: Int) throws(Diagnostic) {
    guard position < tokens.count else { return }
    let token = tokens[position]
    let digits: String
    let end: Int
    if token.kind == .number, token.text.hasPrefix(".") || token.text.hasPrefix(",") {
      digits = String(token.text.dropFirst())
      end = position + 1
    } else {
      guard token.isSymbol(".") || token.isSymbol(","), position + 1 < tokens.count,
        tokens[position + 1].kind == .number,
        tokens[position + 1].span.lowerBound == token.span.upperBound,
        position == first || tokens[position - 1].span.upperBound < token.span.lowerBound
      else { return }
      digits = tokens[position + 1].text
      end = position + 2
    }
    let range = position..<end
    let offers = ["0." + digits, digits].map { number -> (canonical: String, shown: Words) in
      let canonical = offer(number, replacing: range, act, first)
      return (canonical, shown(canonical))
    }
    throw TreatmentMessages.leadingPoint(text(span(position, end)), offers, span(position, end))
  }

  /// The one therapy that the tokens up to an end name, for a command that asks about it; nil where no name is near. A name of
  /// several, a probable slip, and what the text doesn't speak of are errors.
  public mutating func therapy(upTo end: Int, _ act: String) throws(Diagnostic) -> Therapy? {
    let all = try vocabulary.practiceNames
    learn(all)
    let start = position
    guard let (length, name) = named(at: start), start + length == end else {
      if let slip = slip(at: start, act, start, all) { throw slip.on(source) }
      return nil
    }
    let range = span(start, end)
    switch name.meaning {
    case .itself(let id), .brand(let id), .member(let id): return vocabulary.therapy(id: id)
    case .several(let ids):
      let offers = ids.map { (canonical: "\(act) \($0)", shown: shown("\(act) \($0)")) }
      throw TreatmentMessages.ambiguous(text(range), offers, range).on(source)
    case .outside: throw TreatmentMessages.silent(name, range).on(source)
    case .beside: return nil
    }
  }

  /// Whether a therapy of the text is named anywhere in the rest of the line.
  public mutating func namesTherapy() throws(Diagnostic) -> Bool {
    learn(try vocabulary.practiceNames)
    return (position..<tokens.count).contains { named(at: $0)?.name.ids.isEmpty == false }
  }

  /// The therapies that the rest of the line lists, each once; nil where it begins with no name, or something else stands
  /// between them. A name of several, and what the text doesn't speak of, are errors.
  public mutating func therapies(_ act: String) throws(Diagnostic) -> [Therapy]? {
    let all = try vocabulary.practiceNames
    learn(all)
    let first = position
    var found: [Therapy] = []
    var place = position
    while place < tokens.count {
      if place > first, isBetween(place) {
        place += 1
        continue
      }
      guard let (length, name) = named(at: place) else {
        if !found.isEmpty, let slip = slip(at: place, act, place, all) { throw slip.on(source) }
        return nil
      }
      let range = span(place, place + length)
      switch name.meaning {
      case .itself(let id), .brand(let id), .member(let id):
        if let therapy = vocabulary.therapy(id: id), !found.contains(where: { $0.id == id }) { found.append(therapy) }
      case .several(let ids):
        let before = found.map(\.id)
        let rest = place + length < tokens.count ? " " + text(span(place + length, tokens.count)) : ""
        let offers = ids.map { id -> (canonical: String, shown: Words) in
          let list = (before + [id]).joined(separator: ", ") + rest
          return ("\(act) \(list)", Words("\(act) \(list)", "\(verb?.greek ?? act) \(list)"))
        }
        throw TreatmentMessages.ambiguous(text(range), offers, range).on(source)
      case .outside: throw TreatmentMessages.silent(name, range).on(source)
      case .beside: return nil
      }
      place += length
    }
    position = tokens.count
    return found.isEmpty ? nil : found
  }

  /// What may stand between the names of a list.
  private func isBetween(_ place: Int) -> Bool {
    let token = tokens[place]
    if token.kind == .symbol { return [",", "/", "&", "·", "-", "+", "."].contains(token.text) }
    return vocabulary.isParticle(token.key, .and) || vocabulary.isParticle(token.key, .or)
      || ["vs", "versus", "with", "against", "με", "εναντι", "προσ"].contains(token.folded) || loose[place].isEmpty
  }

  // MARK: What is offered

  /// The line with some of its tokens replaced: in canonical form, or as it was typed where it isn't read so, so that nothing of it is lost.
  func offer(_ text: String, replacing range: Range<Int>, _ act: String, _ first: Int) -> String {
    func joined(_ tokens: Range<Int>) -> String {
      tokens.isEmpty ? "" : self.text(span(tokens.lowerBound, tokens.upperBound))
    }
    let line = [joined(first..<range.lowerBound), text, joined(range.upperBound..<tokens.count)].filter { !$0.isEmpty }
      .joined(separator: " ")
    let kind = vocabulary.therapy(id: text)?.kind
    let verb = kind.map { Self.act(for: $0, act) } ?? act
    if ["give", "perform", "stop"].contains(act), var reader = try? TreatmentReader(vocabulary, words, line) {
      reader.learn(names)
      if case .known(let phrase)? = try? reader.readOnce(act) { return verb + " " + phrase.canonical }
    }
    return verb + " " + line
  }

  /// A canonical line as it is shown: with the therapy's full name.
  public func shown(_ canonical: String) -> Words {
    let words = canonical.split(separator: " ").map(String.init)
    guard words.count > 1, let therapy = vocabulary.therapy(id: words[1]) else { return Words(same: canonical) }
    let greek = ["give": "δώσε", "perform": "εκτέλεσε", "stop": "διέκοψε", "arrange": "οργάνωσε", "order": "ζήτησε"]
    let rest = words.dropFirst(2).joined(separator: " ")
    var dose = Words(same: rest)
    if var reader = try? TreatmentReader(vocabulary, self.words, words.dropFirst().joined(separator: " ")),
      case .known(let phrase)? = try? reader.readOnce("give")
    {
      dose = phrase.behindName
    }
    return .joined(
      [Words(words[0], greek[words[0]] ?? verb?.greek ?? words[0]), therapy.name] + (rest.isEmpty ? [] : [dose]),
      by: " ")
  }

  /// The error that asks about a probable slip at a token, or about Greek in Latin letters; nil where nothing is near.
  func slip(at start: Int, _ act: String, _ first: Int, _ names: PracticeNames) -> Diagnostic? {
    guard tokens[start].kind == .word else { return nil }
    let kinds = Self.kinds(of: act)
    var end = start
    while end < tokens.count, end - start < 6, tokens[end].kind == .word || tokens[end].isSymbol("-") { end += 1 }
    while end > start {
      let typed = tokens[start..<end].map { LooseName.loosened($0.text) }.joined()
      // Greek in Latin letters, without its ending.
      let isLatin = end - start == 1 && typed.utf8.allSatisfy { $0 < 0x80 }
      let sounds = isLatin && typed.count >= 5 ? Set(Speller.sounds(ofLatin: tokens[start].folded)) : []
      let near = names.near(typed, kinds: kinds, sounds: sounds)
      if !near.isEmpty {
        var offers: [(canonical: String, shown: Words)] = []
        for (_, written) in near {
          let targets = written.name.ids.isEmpty ? [written.name.name.english] : written.name.ids
          for target in targets {
            let canonical = offer(target, replacing: start..<end, act, first)
            if !offers.contains(where: { $0.canonical == canonical }) { offers.append((canonical, shown(canonical))) }
          }
        }
        return TreatmentMessages.slip(text(span(start, end)), Array(offers.prefix(4)), span(start, end))
      }
      end -= 1
    }
    return nil
  }

  /// The error of a name that nobody knows, with the therapies whose names begin so.
  func unknownTherapy(_ start: Int, _ act: String) -> Diagnostic {
    var end = start
    // A number is of the word that it stands against: MEN1.
    while end < tokens.count,
      tokens[end].kind == .word || tokens[end].isSymbol("-")
        || end > start && tokens[end].kind == .number && tokens[end].span.lowerBound == tokens[end - 1].span.upperBound
    {
      end += 1
    }
    let whole = span(start, max(end, min(start + 1, tokens.count)))
    let kinds = Self.kinds(of: act).subtracting([.group])
    let key = start < tokens.count ? tokens[start..<max(start, end)].map(\.folded).joined() : ""
    var near: [(distance: Int, words: Words)] = []
    if key.count > 3 {
      for (phrase, place) in vocabulary.allTherapyPhrases
      where phrase.hasPrefix(key) && kinds.contains(vocabulary.therapies[place].kind) {
        near.append((1, vocabulary.therapies[place].name))
      }
    }
    return TreatmentMessages.unknown(
      start < tokens.count ? text(whole) : "", Array(Words.nearest(near).prefix(4)), act, whole)
  }
}
