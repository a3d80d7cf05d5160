import Counsel
import Grammar
import Guideline
import Patients
import Sessions
import Vocabulary
import Wording

/// Reads a line in words as a question: what is asked for, and what about. The same line is always read the same way.
struct QuestionReader: QuestionUnderstanding {
  func understand(_ line: String, isCertain: Bool, _ state: State, _ world: World) -> Understood? {
    guard let words = try? world.guideline.kept({ () throws(Diagnostic) in try QuestionWords(world.guideline.vocabulary) }),
      var question = Question(line, words, state, world)
    else { return nil }
    let understood = question.understood(isCertain: isCertain)
    guard case .command(let command, _, _)? = understood else { return understood }
    return .command(command, unread: question.unread(by: command), unheeded: question.unheeded(by: command))
  }
}

/// One line in words while it is read.
private struct Question {
  private typealias Intent = QuestionWords.Intent
  private typealias Entity = QuestionWords.Entity

  /// A word of the line that tells something.
  private struct Word {
    let token: Int
    var stem: String
    let folded: String
  }

  /// What a stretch of words names.
  private struct Named {
    let range: Range<Int>
    let entity: Entity
  }

  /// A cue with the words that it takes.
  private struct Match {
    let cue: QuestionWords.Cue
    let taken: [Int]
  }

  private let words: QuestionWords
  private let state: State
  private let world: World
  private let text: String
  private let tokens: [Token]
  /// Whether a question mark ends the line.
  private let isMarked: Bool
  private var line: [Word]
  private var named: [Named] = []
  private var matches: [Match] = []
  private var isKnown: [Bool] = []
  /// Therapies of which a line that asks what to do says only that they didn't help: despite octreotide.
  private var setAside: [Range<Int>] = []
  /// The words that were taken for others.
  private var corrected: Set<Int> = []

  private var vocabulary: Vocabulary { world.guideline.vocabulary }
  private var hasPatient: Bool { state.patient != nil }

  init?(_ typed: String, _ words: QuestionWords, _ state: State, _ world: World) {
    self.words = words
    self.state = state
    self.world = world
    guard let plain = try? Input.plain(typed), plain.utf8.count < 500 else { return nil }
    isMarked = Session.isQuestion(plain)
    let marks: Set<Character> = ["?", "!", ";", "…", "\"", "“", "”", "«", "»", "(", ")", "*", "’", "`", "·"]
    text = String(plain.map { marks.contains($0) ? $0 == "’" ? "'" : " " : $0 })
    guard let tokens = try? Lexer.tokens(text), !tokens.isEmpty else { return nil }
    self.tokens = tokens
    line = tokens.enumerated().flatMap { place, token -> [Word] in
      guard token.kind != .symbol else { return [] }
      if let parts = words.contracted[token.folded] { return parts.map { Word(token: place, stem: $0, folded: $0) } }
      // What's, she's: is.
      let isContracted = token.folded == "s" && place > 0 && tokens[place - 1].text == "'"
      let stem = isContracted ? "is" : token.kind == .number ? token.text : LooseName.loosened(token.text)
      return stem.isEmpty ? [] : [Word(token: place, stem: stem, folded: token.folded)]
    }
    guard !line.isEmpty else { return nil }
    look()
    guard correct() else { return }
    look()
  }

  // MARK: What stands in the line

  private mutating func look() {
    named = []
    matches = []
    isKnown = line.map { words.fillers.contains($0.stem) || $0.folded.first?.isNumber == true || isUnit($0) }
    var place = 0
    while place < line.count {
      // The unit behind a number names nothing: mg is no magnesium there.
      guard !isUnit(line[place]), let found = entity(at: place) else {
        place += 1
        continue
      }
      named.append(found)
      for word in found.range { isKnown[word] = true }
      place = found.range.upperBound
    }
    for start in line.indices {
      for cue in (words.cues[line[start].stem] ?? []) + words.open {
        guard let taken = taken(by: cue.parts[...], from: start, gap: 0) else { continue }
        matches.append(Match(cue: cue, taken: taken))
        for word in taken { isKnown[word] = true }
      }
    }
    // What is told by more words than those of another cue is asked for before what that cue tells: how would you, would you.
    let all = matches
    func isInside(_ match: Match) -> Bool {
      if case .shell = match.cue.target { return false }
      if match.cue.target == .intent(.changeStop) { return false }
      return all.contains { other in
        guard case .intent = other.cue.target else { return false }
        return other.taken.count > match.taken.count && Set(match.taken).isSubset(of: other.taken)
      }
    }
    let inside = Set(matches.indices.filter { isInside(matches[$0]) })
    let ranked = matches.indices.sorted { one, other in
      let (first, second) = (matches[one].cue, matches[other].cue)
      return (inside.contains(one) ? 1 : 0, first.place, -first.length) < (inside.contains(other) ? 1 : 0, second.place, -second.length)
    }
    matches = ranked.filter { index in if case .silence = matches[index].cue.target { !inside.contains(index) } else { true } }.map { matches[$0] }
    setAside = has(.recommend) ? named.filter { $0.entity.therapy != nil && isDespite($0.range.lowerBound) }.map(\.range) : []
    named.removeAll { setAside.contains($0.range) }
  }

  /// Whether a word that says despite stands before a place, with an article between or without.
  private func isDespite(_ place: Int) -> Bool {
    var token = line[place].token - 1
    while token >= 0, case .cue(let cue)? = vocabulary.lexicon.sense(tokens[token].key, stem: tokens[token].key) {
      if cue.contains(.despite) { return true }
      guard cue.contains(.filler) || cue.contains(.joint) else { return false }
      token -= 1
    }
    return false
  }

  /// Whether a word is the unit of the number before it: mg, h.
  private func isUnit(_ word: Word) -> Bool {
    guard word.token > 0 else { return false }
    let before = tokens[word.token - 1]
    return (before.kind == .number || before.isSymbol("/")) && vocabulary.unit(tokens[word.token].key) != nil
  }

  private func entity(at start: Int) -> Named? {
    var key = FoldedKey()
    var best: Named?
    for end in start..<min(line.count, start + 8) {
      // Two names with an or between them are two.
      if end > start, tokens[line[end - 1].token..<line[end].token].contains(where: isOr) { break }
      // The tokens between two words are part of the name: 5-FU, 177Lu.
      key = key + FoldedKey(line[end].stem)
      var found = words.entity(key)
      // A word that tells nothing names no finding: do, advised, long.
      if end == start, words.fillers.contains(line[start].stem) { found = Entity(therapy: found.therapy, test: found.test) }
      if !found.isEmpty { best = Named(range: start..<end + 1, entity: found) }
    }
    // On lanreotide: of what is asked, the drug.
    if let found = best, found.entity.therapy == nil, found.range.count > 1, words.fillers.contains(line[start].stem),
      let inner = entity(at: start + 1), inner.entity.therapy != nil, inner.range.upperBound == found.range.upperBound
    {
      best = nil
    }
    guard best?.entity.therapy == nil, let regimen = regimen(at: start), regimen.range.count > best?.range.count ?? 0 else { return best }
    return regimen
  }

  /// The Greek or, which without its accent is an article, and the English one.
  private func isOr(_ token: Token) -> Bool { token.text == "ή" || token.folded == "or" }

  /// Drugs of a regimen side by side: cisplatin and etoposide.
  private func regimen(at start: Int) -> Named? {
    var parts: [String] = []
    var end = start
    var place = start
    while place < line.count, place - start < 6 {
      if let part = words.part(FoldedKey(line[place].stem)) {
        parts.append(part)
        end = place + 1
      } else if !vocabulary.isParticle(tokens[line[place].token].key, .and) {
        break
      }
      place += 1
    }
    return parts.isEmpty ? nil : Named(range: start..<end, entity: Entity(therapy: words.regimen(of: parts)))
  }

  private func taken(by parts: ArraySlice<String>, from place: Int, gap: Int) -> [Int]? {
    guard let part = parts.first else { return [] }
    let rest = parts.dropFirst()
    if part == "^" {
      let isFirst = line[..<place].indices.allSatisfy { words.fillers.contains(line[$0].stem) && !isDenial($0) }
      return isFirst && !named.contains { $0.range.lowerBound < place } ? taken(by: rest, from: place, gap: 0) : nil
    }
    if part == "*" {
      for skip in 0...4 where place + skip <= line.count {
        if let taken = taken(by: rest, from: place + skip, gap: skip) { return taken }
      }
      return nil
    }
    guard place < line.count else { return nil }
    let word = line[place]
    let fits =
      part.hasSuffix("~")
      ? word.folded.hasPrefix(part.dropLast()) : part.hasPrefix("~") ? word.folded.hasSuffix(part.dropFirst()) : word.stem == part
    guard fits, let others = taken(by: rest, from: place + 1, gap: 0) else { return nil }
    return [place] + others
  }

  /// Takes words that are none, but spell or nearly spell one of those that ask; whether there was any.
  private mutating func correct() -> Bool {
    var isCorrected = false
    for place in line.indices where !isKnown[place] {
      guard let stem = words.meant(line[place].folded), stem != line[place].stem else { continue }
      line[place].stem = stem
      corrected.insert(place)
      isCorrected = true
    }
    return isCorrected
  }

  /// The words that nobody knows and a command doesn't carry: they are said to be unread.
  func unread(by command: String) -> [String] {
    let carried = Set(LooseName.parts(command))
    let names = Set(people.flatMap { LooseName.parts($0) })
    let opening = Set(words.openings.joined())
    return unknown.filter { place in
      let word = line[place]
      return !corrected.contains(place) && !opening.contains(word.stem) && !carried.contains(word.stem) && !names.contains(word.stem)
    }.map { tokens[line[$0].token].text }
  }

  /// What else is named that an answer on one therapy says nothing of: another therapy, and findings that the patient isn't recorded to have.
  func unheeded(by command: String) -> [String] {
    let parts = command.split(separator: " ").map(String.init)
    if parts.first == "recommend" { return setAside.map { text(of: $0) } }
    guard let act = parts.first, ["why", "arguments", "explain", "dose", "adverse"].contains(act), therapyNames.contains(where: isCarried) else { return [] }
    func isCarried(_ name: PracticeName) -> Bool { name.ids.contains { id in parts.contains { $0 == id || isNear($0, id) } } }
    let asking = taken { _ in true }
    let others = named.filter { one in
      guard !one.range.allSatisfy(asking.contains) else { return false }
      if let therapy = one.entity.therapy { return !therapy.ids.isEmpty && !isCarried(therapy) }
      guard ["why", "arguments"].contains(act), let finding = one.entity.finding, vocabulary.findings[finding].id != "sex" else { return false }
      guard let stated = state.patient?.stated[finding] else { return true }
      return one.entity.value.map { stated.satisfies(.values(1 << UInt32($0))) != .yes } ?? false
    }
    return others.map { text(of: $0.range) }
  }

  /// Words of the line as they were typed.
  private func text(of range: Range<Int>) -> String {
    let span = tokens[line[range.lowerBound].token].span.lowerBound..<tokens[line[range.upperBound - 1].token].span.upperBound
    return String(decoding: Array(text.utf8)[span], as: UTF8.self)
  }

  /// The words that cues take.
  private var cued: Set<Int> { Set(matches.flatMap(\.taken)) }

  private var unknown: [Int] { line.indices.filter { !isKnown[$0] } }

  /// The words that the cues of some intents take.
  private func taken(_ isOne: (Intent) -> Bool) -> Set<Int> {
    var found: Set<Int> = []
    for match in matches { if case .intent(let intent) = match.cue.target, isOne(intent) { found.formUnion(match.taken) } }
    return found
  }

  /// Whether the line opens as a question does that has no mark.
  private var opens: Bool { words.openings.contains { line.map(\.stem).starts(with: $0) } }

  private func has(_ intent: Intent) -> Bool { matches.contains { $0.cue.target == .intent(intent) } }

  // MARK: What it is about

  private var therapyNames: [PracticeName] {
    var found: [PracticeName] = []
    // Any trials of sunitinib: the trials are what is asked for.
    let asking = taken { _ in true }
    let all = named.filter { $0.entity.therapy?.ids.isEmpty == false }
    let others = all.filter { !$0.range.allSatisfy(asking.contains) }
    for name in (others.isEmpty ? all : others).compactMap(\.entity.therapy) where !name.ids.isEmpty && !found.contains(where: { $0.ids == name.ids }) {
      found.append(name)
    }
    return found
  }

  /// The one group that holds just what a name may mean: yttrium is Y-90 radionuclide therapy, whichever peptide carries it.
  private func group(of ids: [String]) -> String? {
    guard ids.count > 1 else { return ids.first }
    return vocabulary.groups(above: ids[0]).first { Set(vocabulary.members(of: $0)) == Set(ids) }
  }

  /// What the text doesn't speak of.
  private var outside: PracticeName? { named.lazy.compactMap(\.entity.therapy).first { $0.meaning == .outside } }

  private var topic: Entity.Topic? { named.lazy.compactMap(\.entity.topic).first }

  private var endpoint: String? { named.lazy.compactMap(\.entity.endpoint).first }

  private var tests: [String] { named.filter { $0.entity.therapy == nil }.compactMap(\.entity.test) }

  /// What `explain` takes for the first thing named.
  private var explained: String? {
    // A word that asks isn't what is asked about: options, recommended.
    let asking = taken { $0 != .explain }
    for entity in named.filter({ !$0.range.allSatisfy(asking.contains) }).map(\.entity) {
      if entity.value == nil, let ids = entity.therapy?.ids, ids.count == 1 { return ids[0] }
      if let finding = entity.finding {
        let own = vocabulary.findings[finding]
        // A value that has a word of its own: insulinoma; a symptom by its finding.
        if let value = entity.value, own.kind == .category, own.values.count > 4 { return own.values[value].id }
        return own.id
      }
      if let term = entity.term { return term }
      if let ids = entity.therapy?.ids, ids.count == 1 { return ids[0] }
    }
    return nil
  }

  /// Whether the line names findings.
  private var findings: [Named] { named.filter { $0.entity.finding != nil && $0.entity.therapy == nil } }

  /// The syndrome named.
  private var syndrome: String? {
    for entity in named.map(\.entity) {
      guard let finding = entity.finding, let value = entity.value, vocabulary.findings[finding].id == "syndrome" else { continue }
      return vocabulary.findings[finding].values[value].id
    }
    return nil
  }

  /// The text from a word on, as typed.
  private func rest(from place: Int) -> String {
    guard place < line.count else { return "" }
    let bytes = Array(text.utf8)
    return String(decoding: bytes[tokens[line[place].token].span.lowerBound...], as: UTF8.self).trimmingSpaces()
  }

  // MARK: Sources

  /// P028, F012, E05; `paragraph 28`, `παρόραμα 5`.
  private var source: String? {
    for (place, token) in tokens.enumerated() where token.text.first?.isLetter == true {
      if let id = SourceID(token.text)?.text { return id }
      guard place + 1 < tokens.count, tokens[place + 1].kind == .number, tokens[place + 1].span.lowerBound == token.span.upperBound else { continue }
      if let id = SourceID(token.text + tokens[place + 1].text)?.text { return id }
    }
    for place in line.indices.dropLast() {
      guard let number = Int(line[place + 1].folded), number > 0, number < 1_000 else { continue }
      guard let kind = words.sources[line[place].stem] else { continue }
      let digits = String(number)
      return kind.letter + String(repeating: "0", count: max(0, kind.digits - digits.count)) + digits
    }
    return nil
  }

  private func reads(_ source: String) -> Understood {
    switch source.first {
    case "E": .command("errata " + source)
    case "P": .command("read " + source)
    default: .command("cite " + source)
    }
  }

  /// The errata that print one of the line's numbers, or stand where the text speaks of what the line names.
  private func erratum() -> Understood? {
    let errata = world.guideline.entries.filter { $0.kind == .erratum }
    let numbers = Set(tokens.filter { $0.kind == .number }.map { $0.text.replacing(",", with: ".") })
    func count(_ entry: ChapterEntry) -> Int {
      guard let printed = entry.words("printed") else { return 0 }
      let all = [printed.english, printed.greek].flatMap { text in
        ((try? Lexer.tokens(String(text.filter { !"\"“”«»".contains($0) }))) ?? []).map { $0.kind == .number ? $0.text.replacing(",", with: ".") : $0.folded }
      }
      let own = Set(
        line.indices.filter { !cued.contains($0) && !words.fillers.contains(line[$0].stem) }.map { place in
          let token = tokens[line[place].token]
          return token.kind == .number ? token.text.replacing(",", with: ".") : token.folded
        })
      guard !numbers.isDisjoint(with: all) else { return 0 }
      return own.intersection(all).count
    }
    let counted = errata.map { (entry: $0, count: count($0)) }
    let most = counted.map(\.count).max() ?? 0
    var found = most > 0 ? counted.filter { $0.count == most }.map(\.entry) : []
    let ids = Set(therapyNames.flatMap(\.ids) + [topic?.therapy].compactMap { $0 })
    if found.isEmpty || !ids.isEmpty {
      let near = ids.union(ids.flatMap { vocabulary.groups(above: $0) })
      // Of octreotide are its forms too.
      let rules = world.guideline.rules.filter { rule in
        rule.subjects.contains { subject in near.contains(subject) || ids.contains { isNear($0, subject) } }
      }
      let paragraphs = Set(rules.flatMap(\.paragraphs))
      let own = (found.isEmpty ? errata : found).filter { !paragraphs.isDisjoint(with: $0.list("paragraph")) }
      // A number that is printed wrong elsewhere says nothing of this drug's.
      if own.isEmpty, !numbers.isEmpty { return nil }
      found = own
    }
    let sorted = found.sorted { $0.id < $1.id }
    if sorted.count == 1 { return .command("errata " + sorted[0].id) }
    let grave = sorted.filter { $0["severity"] == "A" }
    if grave.count == 1 { return .command("errata " + grave[0].id) }
    return sorted.isEmpty || sorted.count > 4 ? .command("errata") : .asked(sorted.map { "errata " + $0.id })
  }

  // MARK: What is asked for

  mutating func understood(isCertain: Bool) -> Understood? {
    if let source { return has(.whyNot) || !has(.why) ? reads(source) : .command("why " + source) }
    if let found = shell { return found }
    if let silence { return silence }
    let patients = people
    if patients.count == 2, has(.compare) || unknown.isEmpty { return .command("compare \(patients[0]) \(patients[1])") }
    if patients.count == 1, named.isEmpty, unknown.allSatisfy({ Folding.key(patients[0]).contains(line[$0].folded) }) {
      return .command("use " + patients[0])
    }
    // Two figures of one kind beside another: the text gives each apart.
    let figures = [Intent.dose, .adverse, .evidence].filter(has)
    if figures.count > 1, therapyNames.count == 1, hasJoint, let id = one {
      return .asked(figures.map { $0.rawValue + " " + id })
    }
    if therapyNames.count > 1, isEither, ![.dose, .adverse, .evidence, .why, .whyNot, .whatIf].contains(where: has) { return comparison }
    let opensAsQuestion = matches.contains { $0.cue.target == .intent(.can) && $0.taken.first == 0 && $0.cue.length > 1 }
    for match in matches {
      guard case .intent(let intent) = match.cue.target else { continue }
      if opensAsQuestion, intent == .changeDo || intent == .changeStop { continue }
      if let found = understood(as: intent, match) { return found }
    }
    return isCertain ? nil : about ?? aboutTherapy
  }

  /// The one therapy that the line names.
  private var one: String? {
    let all = therapyNames
    return all.count == 1 && all[0].ids.count == 1 ? all[0].ids[0] : nil
  }

  private var hasJoint: Bool { tokens.contains { vocabulary.isParticle($0.key, .and) || $0.isSymbol("+") || $0.isSymbol("&") } }

  /// Whether two therapies stand on either side of an `or`.
  private var isEither: Bool {
    tokens.contains { vocabulary.isParticle($0.key, .or) || $0.text == "/" } || has(.compare)
  }

  private var people: [String] {
    state.patients.map(\.name).filter { name in
      let parts = LooseName.parts(name)
      return !parts.isEmpty
        && line.indices.contains { start in start + parts.count <= line.count && (0..<parts.count).allSatisfy { line[start + $0].stem == parts[$0] } }
    }
  }

  private var shell: Understood? {
    var best: (Match, [String])?
    for match in matches {
      guard case .shell(let commands) = match.cue.target else { continue }
      let isOfCases = commands[0].hasPrefix("play") || commands[0].hasPrefix("errata") && named.isEmpty
      let others = named.filter { entity in !entity.range.contains(where: match.taken.contains) && entity.entity.topic == nil }
      guard isOfCases || others.isEmpty, !line.indices.contains(where: { isDenial($0) && !match.taken.contains($0) }) else { continue }
      guard match.cue.length > 2 || unknown.isEmpty || isOfCases && match.cue.length > 1 else { continue }
      if match.cue.length > best?.0.cue.length ?? 0 { best = (match, commands) }
    }
    guard let (match, all) = best else { return nil }
    // What asks more in as many words than the shell's cue isn't the shell's.
    func asksMore(_ other: Match) -> Bool {
      if case .shell = other.cue.target { false } else { other.cue.length > match.cue.length }
    }
    guard match.cue.length > 1 || !matches.contains(where: asksMore) else { return nil }
    let commands = all.filter { command in
      world.commands.command(in: command) != nil
    }
    if commands.isEmpty { return nil }
    return commands.count == 1 ? .command(commands[0]) : .asked(commands)
  }

  private var silence: Understood? {
    let found = matches.filter { match in
      guard case .silence(let place) = match.cue.target else { return false }
      return !words.silences[place].isWithoutTherapy || therapyNames.isEmpty && topic?.therapy == nil
    }.max { $0.cue.length < $1.cue.length }
    if let found, case .silence(let place) = found.cue.target { return silent(words.silences[place].id) }
    guard let outside, therapyNames.isEmpty else { return nil }
    let name = outside.name
    let near = hasPatient ? ["recommend"] : ["contents"]
    if outside.kind == .test {
      if has(.erratum) || has(.missing) || has(.whatIf) || matches.contains(where: { $0.cue.target == .intent(.recommend) && $0.cue.length > 2 }) { return nil }
      return .silent(Words("\(name.english): the text gives no value for it.", "\(name.greek): το κείμενο δεν δίνει τιμή γι' αυτό."), near: near)
    }
    return .silent(Words("The text doesn't mention \(name.english).", "Το κείμενο δεν αναφέρει: \(name.greek)."), near: near)
  }

  /// What is said in place of an answer that the text doesn't hold.
  private func silent(_ id: String) -> Understood? {
    guard let silence = words.silences.first(where: { $0.id == id }) else { return nil }
    return .silent(
      silence.says, near: silence.near.filter { hasPatient || !$0.hasPrefix("recommend") && $0 != "missing" && $0 != "timeline" })
  }

  private func understood(as intent: Intent, _ match: Match) -> Understood? {
    switch intent {
    case .erratum:
      return tokens.contains { $0.kind == .number } || !therapyNames.isEmpty || topic != nil || matches.count < 3 && unknown.isEmpty ? erratum() : nil
    case .whatIf: return whatIf(after: match)
    case .compare: return therapyNames.count > 1 ? comparison : explained.map { .command("explain " + $0) }
    case .preference: return therapyNames.count > 1 ? comparison : nil
    case .flip: return onTherapy("flip")
    case .whyNot: return onTherapy("why not") ?? (hasPatient ? nil : about)
    case .contraindications: return hasPatient ? onTherapy("why not") : onTherapy("explain")
    case .why:
      let all = therapyNames
      if all.count == 2, all.allSatisfy({ $0.ids.count == 1 }),
        tokens.contains(where: { vocabulary.isParticle($0.key, .not) || vocabulary.isParticle($0.key, .no) })
      {
        return .asked(["why " + all[0].ids[0], "why not " + all[1].ids[0]])
      }
      if let cover { return .command((hasPatient ? "why " : "explain ") + cover) }
      if let found = onTherapy(hasPatient ? "why" : "explain") { return found }
      if let explained { return .command("explain " + explained) }
      return unknown.isEmpty ? leading : nil
    case .dose where therapyNames.isEmpty && !tests.isEmpty: return silent("follow-up")
    case .dose where !findings.isEmpty && therapyNames.first?.kind == .procedure: return can
    case .dose: return onTherapy("dose") ?? (unknown.isEmpty && named.isEmpty && match.cue.length > 0 ? .command("dose") : nil)
    case .adverse: return onTherapy("adverse") ?? explained.map { .command("explain " + $0) }
    case .evidence: return evidence
    case .missing:
      // Information about a drug is about the drug.
      if match.cue.length < 2, !therapyNames.isEmpty { return nil }
      if hasPatient { return .command("missing") }
      return syndrome == nil ? .command("missing") : about
    case .explain:
      guard unknown.count < 2 else { return nil }
      if let explained { return .command("explain " + explained) }
      if let id = topic?.therapy { return .command("explain " + id) }
      let slips = unknown.flatMap { place in
        vocabulary.speller.slips(line[place].folded).filter { !words.entity(LooseName.key($0)).isEmpty } + words.therapyMeant(line[place].folded)
      }
      return slips.isEmpty ? nil : .asked(slips.map { "explain " + $0 })
    case .changeStop: return change("stop", after: match)
    case .changeDo: return change(nil, after: match)
    case .can: return can
    case .others: return hasPatient ? .command("recommend") : nil
    case .recommend: return recommendation(match)
    }
  }

  /// A command on the one therapy, or on each that a name may mean.
  private func onTherapy(_ command: String) -> Understood? {
    let all = therapyNames
    guard let first = all.first else {
      if let id = topic?.therapy { return .command(command + " " + id) }
      let slips = unknown.flatMap { words.therapyMeant(line[$0].folded) }
      return slips.isEmpty ? nil : .asked(slips.map { command + " " + $0 })
    }
    if command != "dose", let group = group(of: first.ids) { return .command(command + " " + group) }
    if first.ids.count > 1 { return .asked(first.ids.map { command + " " + $0 }) }
    return .command(command + " " + first.ids[0])
  }

  /// Where two therapies are named of which one goes with the other: the one that does.
  private var cover: String? {
    let all = therapyNames.flatMap(\.ids)
    guard therapyNames.count == 2 else { return nil }
    for rule in world.guideline.rules where rule.isCompanion {
      guard let subject = rule.subjects.first else { continue }
      let own = all.filter { id in isNear(id, subject) }
      let hosts = all.filter { id in !own.contains(id) && rule.with.contains { $0 == id || vocabulary.groups(above: id).contains($0) } }
      if !own.isEmpty, !hosts.isEmpty { return subject }
    }
    return nil
  }

  /// Whether two therapies are one another's, or forms of one drug.
  private func isNear(_ id: String, _ other: String) -> Bool { vocabulary.related(id, other) || other.hasPrefix(id + "-") }

  /// Why what leads for the patient does.
  private var leading: Understood? {
    guard let patient = state.patient else { return nil }
    var ids: [String] = []
    for line in Recommendation(Counsel(world.guideline, patient), topic: nil).lines where line.tier == .lead {
      if let id = world.guideline.rules[line.head].subjects.first, !ids.contains(id) { ids.append(id) }
    }
    return ids.isEmpty ? nil : .asked(ids.prefix(4).map { "why " + $0 })
  }

  private var comparison: Understood? {
    let ids = therapyNames.flatMap { name in group(of: name.ids).map { [$0] } ?? name.ids }
    return ids.count > 1 ? .command("compare " + ids.joined(separator: " ")) : nil
  }

  private var evidence: Understood? {
    if therapyNames.isEmpty, tokens.contains(where: { $0.kind == .number }), tokens.contains(where: { $0.isSymbol("%") }),
      case .command(let command, _, _) = erratum(), command != "errata"
    {
      return .command(command)
    }
    if therapyNames.isEmpty, endpoint == nil, let name = properName { return .command("explain " + name) }
    if let found = onTherapy("evidence"), !(therapyNames.isEmpty && endpoint != nil && topic == nil) { return found }
    if let endpoint { return .command("evidence " + endpoint) }
    if let syndrome { return .command("evidence " + syndrome) }
    if let explained, words.isEndpoint(explained) { return .command("evidence " + explained) }
    return explained.map { .command("explain " + $0) }
  }

  /// The one word that nobody knows, where it is written as a name: PROMID.
  private var properName: String? {
    guard unknown.count == 1 else { return nil }
    let text = tokens[line[unknown[0]].token].text
    return text.count > 3 && text.allSatisfy({ $0.isUppercase || $0.isNumber || $0 == "-" }) ? text : nil
  }

  /// Whether something may be done: a full order as what it would be, else where the therapy stands.
  private var can: Understood? {
    if let first = named.first(where: { $0.entity.therapy?.ids.count == 1 }), let id = first.entity.therapy?.ids[0] {
      let isOrder = line.indices.dropFirst(first.range.upperBound).contains { place in
        tokens[line[place].token].kind == .number && !named.contains { $0.range.contains(place) }
      }
      // An order in a question is never taken for one: it is asked which is meant.
      if isOrder, vocabulary.therapy(id: id)?.kind != .procedure {
        return isDenied ? nil : .asked(["what if give " + rest(from: first.range.lowerBound), "why " + id])
      }
    }
    if !tests.isEmpty, therapyNames.isEmpty { return hasPatient ? .command("missing") : .command("explain " + (explained ?? tests[0])) }
    if let found = onTherapy(hasPatient ? "why" : "explain") { return found }
    if let topic, hasPatient { return .command("recommend " + topic.id) }
    // Something about the metastases: what is advised for the patient.
    if hasPatient, therapyNames.isEmpty, !findings.isEmpty, unknown.isEmpty, has(.changeDo) { return .command("recommend") }
    return unknown.isEmpty ? explained.map { .command("explain " + $0) } : nil
  }

  private func recommendation(_ match: Match) -> Understood? {
    guard hasPatient else {
      if let explained { return .command("explain " + explained) }
      if let id = topic?.therapy { return .command("explain " + id) }
      return unknown.isEmpty ? .command("recommend") : nil
    }
    if let topic { return .command("recommend " + topic.id) }
    if let found = onTherapy("why"), !therapyNames.isEmpty { return found }
    // One word alone says too little beside words that nobody knows.
    return match.cue.length > 1 || unknown.isEmpty ? .command("recommend") : nil
  }

  // MARK: What would be

  /// Words that only lead on to what is supposed.
  private func skip(from place: Int) -> Int {
    var place = place
    while place < line.count, words.fillers.contains(line[place].stem), tokens[line[place].token].kind == .word,
      !named.contains(where: { $0.range.contains(place) }), !isDenial(place)
    {
      place += 1
    }
    return place
  }

  private func isDenial(_ place: Int) -> Bool {
    let key = tokens[line[place].token].key
    return vocabulary.isParticle(key, .no) || vocabulary.isParticle(key, .not)
  }

  /// Whether the line denies or doubts what it speaks of doing.
  private var isDenied: Bool {
    line.indices.contains { place in isDenial(place) && !cued.contains(place) || words.doubts.contains(line[place].folded) }
  }

  private func whatIf(after match: Match) -> Understood? {
    guard let last = match.taken.last else { return nil }
    if let therapy = named.first(where: { $0.entity.therapy?.ids.isEmpty == false && $0.range.lowerBound > match.taken[0] }),
      findings.isEmpty || has(.changeStop)
    {
      return isDenied ? nil : order(has(.changeStop) ? "stop" : nil, therapy)
    }
    return supposed(from: last + 1)
  }

  /// `what if` with the findings from a word on.
  private func supposed(from place: Int) -> Understood? {
    let start = skip(from: place)
    guard start < line.count else { return nil }
    let end =
      line.indices.last { place in
        isDenial(place) || !words.fillers.contains(line[place].stem) || named.contains { $0.range.contains(place) }
      } ?? start
    return .command("what if " + text(of: start..<max(start, end) + 1))
  }

  private func order(_ act: String?, _ therapy: Named) -> Understood? {
    guard let name = therapy.entity.therapy else { return nil }
    if name.ids.count > 1 { return .asked(name.ids.map { "what if " + (act ?? verb($0)) + " " + $0 }) }
    let id = name.ids[0]
    if act == "stop" {
      // The form that the patient takes: octreotide is her LAR.
      let taken = state.patient?.current.keys.sorted() ?? []
      let current = taken.contains(id) ? id : taken.first { isNear(id, $0) } ?? id
      return .command("what if stop " + current)
    }
    switch vocabulary.therapy(id: id)?.kind {
    case .setting: return .command("why " + id)
    case .test: return .command("missing")
    case .procedure: return .command("what if perform " + id)
    default: return .command("what if give " + rest(from: therapy.range.lowerBound))
    }
  }

  /// Whether the words that nobody else knows name a harm that the text tells of the therapy: pneumonitis with everolimus.
  private var namesEffect: Bool {
    let ids = therapyNames.flatMap(\.ids)
    guard !ids.isEmpty, !unknown.isEmpty, let effects = try? world.guideline.adverseEffects else { return false }
    let told = effects.filter { effect in effect.therapies.contains { own in ids.contains { $0 == own || isNear($0, own) } } }
    let stems = Set(told.flatMap { LooseName.parts($0.effect) + LooseName.parts($0.title.english) + LooseName.parts($0.title.greek) })
    return unknown.allSatisfy { stems.contains(line[$0].stem) }
  }

  private func verb(_ id: String) -> String { TreatmentReader.act(for: vocabulary.therapy(id: id)?.kind ?? .drug, "give") }

  private func change(_ act: String?, after match: Match) -> Understood? {
    guard hasPatient, let last = match.taken.last else { return nil }
    if !isDenied, let therapy = named.first(where: { $0.entity.therapy?.ids.isEmpty == false }), therapy.range.upperBound > match.taken[0] {
      // Whether one of a group is to be given: where the group stands.
      if opens, let name = therapy.entity.therapy, name.kind == .group || name.ids.count > 1, group(of: name.ids) != nil { return can }
      return order(act, therapy)
    }
    if act == nil, !findings.isEmpty || tokens.contains(where: { $0.kind == .number }) {
      // No MEN1, MEN1 no: said of the finding, not of what is to be done.
      let isRefused = line[..<match.taken[0]].indices.contains { isDenial($0) || words.doubts.contains(line[$0].folded) }
      guard !isRefused, named.contains(where: { $0.entity.finding != nil }) else { return nil }
      return supposed(from: last + 1)
    }
    return nil
  }

  // MARK: A topic alone

  /// Whether a number of its own stands in the line, as in `Ki-67 3` and not in `MEN1`.
  private var isMeasured: Bool {
    zip(tokens, tokens.dropFirst()).contains { $1.kind == .number && $0.span.upperBound < $1.span.lowerBound }
  }

  /// Whether findings are more than named: with a value (G1, SSTR2 positive), with what is high of another (high Ki-67), or of somebody (has MEN1).
  private func isStated(_ stated: [Statement]) -> Bool {
    guard hasPatient, !isMarked, !opens, !stated.isEmpty, findings.count == named.count else { return false }
    if stated.contains(where: { statement in !findings.contains { $0.entity.finding == statement.finding } }) { return true }
    return findings.contains { found in
      guard let finding = found.entity.finding else { return false }
      let own = vocabulary.findings[finding]
      if found.entity.value != nil, own.kind != .category || own.values.count < 5 { return true }
      // What is high of another: its name is part of this one's.
      return found.range.contains { start in
        (start..<found.range.upperBound).contains { end in
          guard end - start + 1 < found.range.count else { return false }
          let part = words.entity(line[start...end].reduce(FoldedKey()) { $0 + FoldedKey($1.stem) }).finding
          return part.map { $0 != finding } ?? false
        }
      }
    } || line.contains { words.stating.contains($0.stem) }
  }

  /// What is named, where nothing is asked for: what the text says of it.
  private var about: Understood? {
    // With MEN1? And no metastases? Of this patient, what would be.
    let start = line.indices.first { !vocabulary.isParticle(tokens[line[$0].token].key, .and) } ?? 0
    let isToldNotTo = has(.changeDo) || has(.changeStop)
    if hasPatient, !isToldNotTo, !findings.isEmpty, start < line.count, isDenial(start) || ["with", "με"].contains(line[start].folded) {
      return supposed(from: start)
    }
    if named.isEmpty, line.count == 1, let properName { return .command("explain " + properName) }
    // Findings alone describe a patient: 54 F, insulinoma. One with its number does too: Ki-67 3.
    let reading = PhraseReader(vocabulary, text, tokens: tokens).reading()
    let stated = reading.statements.filter { $0 != reading.pronoun }
    // Several findings are no topic, nor is somebody who is described before there is a patient.
    if isStated(stated) || !hasPatient && stated.count > 1 && !isMarked && !opens && therapyNames.isEmpty { return nil }
    let isDescription = stated.count > 1 || stated.count == 1 && !isMarked && isMeasured
    if isDescription, reading.notes.isEmpty, reading.questions.isEmpty, reading.faults.isEmpty, therapyNames.isEmpty { return nil }
    if namesEffect { return onTherapy("adverse") }
    guard unknown.isEmpty, !named.isEmpty else { return nil }
    if tests.count > 1, hasPatient, isEither { return .command("missing") }
    if let first = therapyNames.first {
      if isDenied { return nil }
      if endpoint != nil { return onTherapy("evidence") }
      // Sunitinib 37.5 mg? 5 or 10 mg everolimus? What the text gives.
      if findings.isEmpty, line.contains(where: isUnit) { return onTherapy("dose") }
      if let group = group(of: first.ids), first.ids.count > 1 { return .command((hasPatient && findings.isEmpty ? "arguments " : "explain ") + group) }
      let command = hasPatient && findings.isEmpty ? "arguments" : "explain"
      return first.ids.count > 1 ? .asked(first.ids.map { command + " " + $0 }) : .command(command + " " + first.ids[0])
    }
    if let explained { return .command("explain " + explained) }
    if let endpoint { return .command("evidence " + endpoint) }
    if !tests.isEmpty, hasPatient { return .command("missing") }
    if let topic { return hasPatient ? .command("recommend " + topic.id) : topic.therapy.map { .command("explain " + $0) } ?? .command("contents") }
    return nil
  }
  /// Where the one therapy stands that a question names beside words that nobody knows: they are said to be unread.
  private var aboutTherapy: Understood? {
    guard isMarked || opens, (1...4).contains(unknown.count), !tokens.contains(where: { $0.kind == .number }), therapyNames.count == 1,
      !named.contains(where: { $0.entity.therapy != nil && $0.range.contains(where: corrected.contains) })
    else { return nil }
    guard case .command(let command, _, _)? = onTherapy(hasPatient ? "arguments" : "explain") else { return nil }
    return .command(command)
  }
}
