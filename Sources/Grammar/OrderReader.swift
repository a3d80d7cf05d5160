import Vocabulary
import Wording

/// Tests and settings as practice names them.
extension TreatmentReader {
  /// Reads the test behind `order`, or the setting behind `arrange`, and nothing else but small words and the part examined. Nil
  /// where no name of either is on the line and none is near.
  public mutating func place(_ act: String) throws(Diagnostic) -> (name: PracticeName, words: String)? {
    do throws(Diagnostic) {
      return try readPlace(act)
    } catch {
      throw error.on(source)
    }
  }

  private mutating func readPlace(_ act: String) throws(Diagnostic) -> (name: PracticeName, words: String)? {
    let all = try vocabulary.practiceNames
    learn(all)
    let first = position
    try checkOrder(act)
    var found: PracticeName?
    while !atEnd {
      let match = longestLoose(at: position) { key -> PracticeName? in
        if act == "order" { return all.test(key) }
        return all.therapy(key).flatMap { $0.kind == .setting ? $0 : nil }
          ?? all.test(key).flatMap { $0.meaning == .beside ? $0 : nil }
      }
      // An examination of a part that the text doesn't speak of: brain MRI.
      if act == "order", let (length, name) = elsewhere(longerThan: match?.length ?? 0) {
        position += length
        found = name
        continue
      }
      guard let (length, name) = match else {
        if isSeparator(position) || isSmallWord(position) || tokens[position].isSymbol("/")
          || tokens[position].isSymbol("-")
        {
          position += 1
          continue
        }
        if isDoubt(position) { throw TreatmentMessages.noOrder(span(first, tokens.count)) }
        if let slip = slip(at: position, act, first, all) { throw slip }
        return nil
      }
      defer { position += length }
      if name.meaning == .beside { continue }
      if let earlier = found, earlier.meaning != name.meaning || earlier.ids.isEmpty {
        let lines = [earlier, name].map { "\(act) " + ($0.ids.first ?? $0.name.english) }
        throw TreatmentMessages.several(
          zip(lines, [earlier, name]).map { line, name in
            (
              line,
              .joined([act == "order" ? Words("order", "ζήτησε") : Words("arrange", "οργάνωσε"), name.name], by: " ")
            )
          }, span(first, tokens.count))
      }
      found = name
    }
    return found.map { ($0, text(span(first, tokens.count))) }
  }

  /// The examination that the text doesn't speak of, from here on, where its name is longer than that of a test.
  private func elsewhere(longerThan shorter: Int) -> (length: Int, name: PracticeName)? {
    let known = longest(at: position, within: 5) { key -> OutsideTerm? in
      guard case .outside(let place)? = vocabulary.lexicon.sense(key, stem: key), let term = vocabulary.outsideTerm(place), term.kind == .imaging else {
        return nil
      }
      return term
    }
    guard let known, known.length > max(shorter, 1), position + known.length == tokens.count else { return nil }
    return (known.length, PracticeName(meaning: .outside, name: known.found.name, kind: .test))
  }

  private func isSmallWord(_ place: Int) -> Bool {
    words.meaning(tokens[place].key) == .skip || vocabulary.isParticle(tokens[place].key, .filler)
  }
}
