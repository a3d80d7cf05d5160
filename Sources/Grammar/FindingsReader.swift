import Measures
import Vocabulary
import Wording

/// Reads what people write of a patient. Every stretch ends as a statement, a note, a question or a fault; what a negation,
/// a hedge, a number or a qualifier speaks of is decided by the whole clause, not by the order of its words.
struct FindingsReader {
  let vocabulary: Vocabulary
  let source: String
  let tokens: [Token]
  let reader: PieceReader
  var lexicon: Lexicon { vocabulary.lexicon }
  var result = FindingsReading()
  /// The last thing named in the clauses before, for `the largest 48 mm` and `none now`.
  var lastHead: Piece?
  /// Whether it was denied or doubted, so that nothing more is said of it.
  var isLastDenied = false
  /// Whether the length that opens the clause is read as its noun's.
  var isOpened = false
  /// A number's name that waits for its number: `proliferation index (Ki-67) 7%`.
  var waiting: Int?
  /// What was said of the primary apart from the patient: where its qualifier stands, and its phrase.
  var ofPrimary: [(qualifier: Range<Int>, whole: Range<Int>)] = []
  /// What the clause before said of a relative, for `he himself is negative`.
  var theirHead: Piece?
  /// Whether the text is prose, where what can't be read is noted rather than refused.
  let isProse: Bool
  /// Whether the clause before this one said what a relative has.
  private var isTheirs = false
  /// Whether a word that isn't known may be taken for a slip of one that is.
  var canCorrect = true

  init(_ vocabulary: Vocabulary, _ source: String, tokens: [Token], from first: Int, isProse: Bool = false) {
    self.vocabulary = vocabulary
    self.source = source
    self.tokens = tokens
    self.isProse = isProse
    reader = PieceReader(vocabulary, source, tokens: tokens, from: first)
    result.start = first < tokens.count ? tokens[first].span.lowerBound : source.utf8.count
  }

  /// A clause: pieces up to a comma, a full stop or a parenthesis.
  struct Clause {
    var pieces: [Piece]
    /// The mark before it and behind it.
    var opened: String
    var closed: String

    func isOnly(_ test: (Piece) -> Bool) -> Bool {
      let meant = pieces.filter { !$0.isQuiet }
      return !meant.isEmpty && meant.allSatisfy(test)
    }
  }

  mutating func read() -> FindingsReading {
    if !isProse, let corrected = corrected() { return corrected }
    var clauses: [Clause] = [Clause(pieces: [], opened: ".", closed: ".")]
    for piece in joined(sharingNames(reader.pieces())) {
      if case .stop(let mark) = piece.kind {
        clauses[clauses.count - 1].closed = mark
        clauses.append(Clause(pieces: [], opened: mark, closed: "."))
      } else {
        clauses[clauses.count - 1].pieces.append(piece)
      }
    }
    clauses = clauses.reduce(into: []) { merged, clause in
      // (-), (+), (?): of what stands before.
      if clause.opened == "(", !merged.isEmpty, !clause.pieces.isEmpty,
        clause.pieces.allSatisfy({ $0.does([.denied, .affirmed, .hedged, .unsettled]) && !$0.isHead })
      {
        merged[merged.count - 1].pieces += clause.pieces
        merged[merged.count - 1].closed = clause.closed
      } else {
        merged.append(clause)
      }
    }
    clauses.removeAll { $0.pieces.allSatisfy { $0.does(.filler) && !$0.isHead } }
    partLists(&clauses)
    var place = 0
    while place < clauses.count {
      if let end = list(from: place, clauses) {
        readList(Array(clauses[place...end]), before: place > 0 ? clauses[place - 1] : nil)
        place = end + 1
        continue
      }
      if let end = choice(from: place, clauses) {
        var merged = joined(Array(clauses[place...end]))
        merged.closed = clauses[end].closed
        read(merged, before: place > 0 ? clauses[place - 1] : nil, after: end + 1 < clauses.count ? clauses[end + 1] : nil)
        place = end + 1
        continue
      }
      read(clauses[place], before: place > 0 ? clauses[place - 1] : nil, after: place + 1 < clauses.count ? clauses[place + 1] : nil)
      place += 1
    }
    tellSex(clauses)
    settle()
    // A number that no finding can hold is said to be that, however the rest was read.
    if !isProse {
      for place in tokens.indices.dropFirst(reader.first) where tokens[place].kind == .number && tokens[place].number == nil && reader.chainEnd(place) == nil {
        let isAfterChain = place > 0 && tokens[place - 1].kind == .symbol && reader.touches(place - 1)
        if !isAfterChain { fault(.numberUnreadable(text(place..<place + 1), span(place..<place + 1)), place..<place + 1) }
      }
    }
    return result
  }

  // MARK: Pieces of several clauses

  /// What follows `but` behind a list is no part of it: denies flushing, wheeze or diarrhoea but has lost weight.
  private func partLists(_ clauses: inout [Clause]) {
    for place in clauses.indices.dropFirst().reversed() where clauses[place].opened == "," {
      let pieces = clauses[place].pieces
      guard let end = pieces.firstIndex(where: { $0.does(.break) && !$0.does(.verb) && !$0.isHead }), end > 0,
        pieces[..<end].contains(where: { $0.does(.or) && !$0.isHead }), pieces[..<end].allSatisfy({ isPlain($0) || $0.does(.or) })
      else { continue }
      clauses.insert(Clause(pieces: Array(pieces[end...]), opened: ",", closed: clauses[place].closed), at: place + 1)
      clauses[place].pieces.removeSubrange(end...)
      clauses[place].closed = ","
    }
  }

  /// The last clause of a list that begins with a negation and ends with or: `no gallstones, liver failure or diabetes`.
  private func list(from start: Int, _ clauses: [Clause]) -> Int? {
    guard let denial = clauses[start].pieces.firstIndex(where: { $0.does(.deny) && !$0.isHead || $0.isNegative }),
      clauses[start].pieces[denial...].contains(where: \.isHead),
      clauses[start].pieces[(denial + 1)...].allSatisfy({ isPlain($0) })
    else { return nil }
    var end = start + 1
    while end < clauses.count, clauses[end].opened == ",", clauses[end].pieces.allSatisfy({ isPlain($0) || $0.does(.or) }),
      clauses[end].pieces.contains(where: \.isHead)
    {
      if let or = clauses[end].pieces.firstIndex(where: { $0.does(.or) && !$0.isHead }) {
        // Ούτε … begins a negation of its own.
        if or == 0, clauses[end].pieces[or].does(.deny) { return nil }
        let isOr = reader.text(clauses[end].pieces[or].range) != "/"
        return isOr && or + 1 < clauses[end].pieces.count ? end : nil
      }
      end += 1
    }
    return nil
  }

  /// The last clause of a list of values of one finding that ends with or, of which one holds: `insulinoma, gastrinoma or VIPoma`.
  private func choice(from start: Int, _ clauses: [Clause]) -> Int? {
    guard let head = clauses[start].pieces.last(where: \.isHead), case .value(let finding, _) = head.kind, !head.isNegative,
      finding != vocabulary.finding(id: "sex")?.index, !clauses[start].pieces.contains(where: { $0.does([.deny, .or, .hedge, .past]) })
    else { return nil }
    func isOneOf(_ piece: Piece) -> Bool {
      if case .value(finding, _) = piece.kind { return !piece.isNegative && !piece.isCanonical }
      return piece.does(.or) || !piece.isHead && piece.isQuiet
    }
    var end = start + 1
    while end < clauses.count, clauses[end].opened == ",", clauses[end].pieces.contains(where: \.isHead), clauses[end].pieces.allSatisfy(isOneOf) {
      if let or = clauses[end].pieces.firstIndex(where: { $0.does(.or) && !$0.isHead }) {
        return clauses[end].pieces[(or + 1)...].contains(where: \.isHead) ? end : nil
      }
      end += 1
    }
    return nil
  }

  /// Clauses as one, with or between them.
  private func joined(_ clauses: [Clause]) -> Clause {
    var merged = clauses[0]
    for clause in clauses.dropFirst() {
      let mark = (merged.pieces.last?.range.upperBound ?? 0)
      if clause.pieces.first.map({ !$0.does(.or) || $0.isHead }) ?? false { merged.pieces.append(Piece(kind: .cue(.or), range: mark..<mark + 1)) }
      merged.pieces += clause.pieces
    }
    return merged
  }

  private func isPlain(_ piece: Piece) -> Bool {
    switch piece.kind {
    case .name, .several, .qualifier, .treatment: true
    case .value(let finding, _):
      !piece.isCanonical && !piece.isNegative && !["sex", "age", "grade", "site", "location"].contains(vocabulary.findings[finding].id)
    case .outside: true
    case .cue: piece.isQuiet
    default: false
    }
  }

  /// All of a list is denied, unless its end is a choice of its own: no MEN1, insulinoma or gastrinoma.
  private mutating func readList(_ clauses: [Clause], before: Clause?) {
    let merged = joined(clauses)
    let isShared = merged.pieces.contains { $0.cue.contains(.spread) }
    let heads = clauses[clauses.count - 1].pieces.filter(\.isHead)
    let ends = heads.compactMap { finding($0)?.index }
    let isSimple = clauses.dropFirst().allSatisfy { clause in clause.pieces.allSatisfy { hasNoDegree($0) } }
    if isShared || isSimple && Set(ends).count == ends.count { return read(merged, before: before, after: nil) }
    var all = self
    all.result = FindingsReading()
    all.read(merged, before: before, after: nil)
    var each = self
    each.result = FindingsReading()
    for clause in clauses { each.read(clause, before: before, after: nil) }
    guard all.result.questions.isEmpty, each.result.questions.isEmpty, all.result.faults.isEmpty, each.result.faults.isEmpty else {
      for clause in clauses { read(clause, before: before, after: nil) }
      return
    }
    let from = clauses[0].pieces.first?.range.lowerBound ?? 0
    let to = clauses[clauses.count - 1].pieces.last?.range.upperBound ?? from
    ask(from..<to, [all.result.items, each.result.items])
  }

  /// Whether a noun of a list is one that is there or not, without a degree of its own.
  private func hasNoDegree(_ piece: Piece) -> Bool {
    switch piece.kind {
    case .qualifier: false
    case .value(let finding, let possible): vocabulary.findings[finding].kind == .boolean && possible == .values(1)
    default: true
    }
  }

  /// Whether it is a term of metastases at a site that has no finding: lung metastases.
  private func isForeignSpread(_ piece: Piece) -> Bool {
    guard case .outside(let term) = piece.kind, term >= 0, piece.range.count > 1, vocabulary.outsideTerm(term)?.kind == .stage else { return false }
    let last = piece.range.upperBound - 1
    if case .qualifier(let place)? = reader.sense(at: last, length: 1), lexicon.qualifiers[place].id == "metastatic" { return true }
    if reader.has(.spread, at: last, length: 1) { return true }
    return vocabulary.meanings(of: tokens[last].key)?.contains {
      if case .value(let finding, _) = $0 { vocabulary.findings[finding].id == "stage" } else { false }
    }
      ?? false
  }

  /// The organ that a qualifier names.
  func site(_ piece: Piece) -> String? {
    guard case .qualifier(let place) = piece.kind else { return nil }
    return site(place)
  }

  /// The organ that the words of a range name, whatever else they may mean.
  func site(in range: Range<Int>) -> String? {
    guard case .qualifier(let place)? = reader.sense(at: range.lowerBound, length: range.count) else { return nil }
    return site(place)
  }

  private func site(_ qualifier: Int) -> String? {
    let id = lexicon.qualifiers[qualifier].id
    return id.hasPrefix("site-") ? id : nil
  }

  /// What metastases at a site are: the finding's place, or nil for a site without one.
  private func metastases(_ site: String) -> Int? { vocabulary.finding(id: site.dropFirst(5) + "-metastases")?.index }

  private func isMetastases(_ piece: Piece) -> Bool {
    if isQualifier(piece, "metastatic") { return true }
    if case .value = piece.kind, !piece.isCanonical, !piece.isNegative { return isMetastaticStage(piece) }
    return piece.does(.spread)
  }

  /// Whether it is the stage of metastatic disease.
  func isMetastaticStage(_ piece: Piece) -> Bool {
    guard case .value(let finding, let possible) = piece.kind, vocabulary.findings[finding].id == "stage" else { return false }
    return possible.value == vocabulary.findings[finding].place(of: "metastatic")
  }

  private func metastasisSite(_ piece: Piece) -> Int? {
    switch piece.kind {
    case .name(let finding), .value(let finding, _): vocabulary.findings[finding].id.hasSuffix("-metastases") && !piece.isCanonical ? finding : nil
    default: nil
    }
  }

  /// `Essen type 1 or 2`, `well or poorly differentiated`: what a value's name says once is said of both.
  private func sharingNames(_ pieces: [Piece]) -> [Piece] {
    var pieces = pieces
    for place in pieces.indices.dropLast(2) where pieces[place + 1].does(.or) && !pieces[place + 1].isHead {
      let (left, right) = (pieces[place], pieces[place + 2])
      if case .value(let finding, _) = left.kind, !left.isCanonical, left.range.count > 1, isOpenWord(right),
        let (length, value) = reader.value(at: right.range.lowerBound, of: finding), length == 1
      {
        let next = place + 3 < pieces.count ? pieces[place + 3] : nil
        if case .measure(let count) = right.kind, let next, next.isHead, target(of: count, at: next) != nil { continue }
        pieces[place + 2].kind = .value(finding, .values(1 << UInt32(value)))
      } else if case .qualifier = left.kind, place > 0, case .name(let finding) = pieces[place - 1].kind, isOpenWord(right),
        reader.value(at: left.range.lowerBound, of: finding)?.length == left.range.count,
        let (length, value) = reader.value(at: right.range.lowerBound, of: finding), length == 1
      {
        pieces[place + 2].kind = .value(finding, .values(1 << UInt32(value)))
      } else if case .qualifier(let quality) = right.kind, right.range.count > 1, isOpenWord(left),
        case .qualifier(let other)? = reader.sense(of: [left.range.lowerBound] + right.range.dropFirst()), other != quality
      {
        pieces[place].kind = .qualifier(other)
      }
    }
    return pieces
  }

  /// Whether it is one word or number that says nothing by itself.
  private func isOpenWord(_ piece: Piece) -> Bool {
    guard piece.range.count == 1 else { return false }
    return switch piece.kind {
    case .word: true
    case .measure(let measure): measure.unit == nil && !measure.isAge && !measure.isYear && !measure.isBound
    default: piece.isQuiet
    }
  }

  /// `liver and bone mets`, `mets in liver or bone`: the noun is shared.
  private func joined(_ pieces: [Piece]) -> [Piece] {
    var pieces = pieces
    func isLink(_ piece: Piece) -> Bool {
      if case .stop(let mark) = piece.kind { return mark == "," }
      return piece.does([.and, .or]) || piece.does(.deny) && tokens[piece.range.lowerBound].folded == "ουτε"
    }
    func convert(_ place: Int, _ site: String) {
      pieces[place].kind = metastases(site).map { .name($0) } ?? .outside(-1)
      pieces[place].cue.insert(.spread)
    }
    // From the noun backwards: a site, a link, … the noun with its own site.
    for place in pieces.indices {
      let isForeign = isForeignSpread(pieces[place])
      guard isForeign || metastasisSite(pieces[place]) != nil || isMetastases(pieces[place]) && place > 0 && site(pieces[place - 1]) != nil else {
        continue
      }
      if isForeign { pieces[place].cue.insert(.spread) }
      var at = place - 1
      if !isForeign, metastasisSite(pieces[place]) == nil, let own = site(pieces[at]) {
        convert(at, own)
        pieces[place].kind = .cue(.filler)
        at -= 1
      }
      while at >= 1 {
        if isLink(pieces[at]), let other = site(pieces[at - 1]) {
          convert(at - 1, other)
          at -= 2
        } else if pieces[at].does(.deny), at >= 2, isLink(pieces[at - 1]), let other = site(pieces[at - 2]) {
          convert(at - 2, other)
          at -= 3
        } else {
          break
        }
      }
    }
    // From the noun forwards.
    for place in pieces.indices
    where isMetastases(pieces[place]) || metastasisSite(pieces[place]) != nil
      || place > 0 && { if case .outside(-1) = pieces[place].kind { true } else { false } }()
    {
      var at = place + 1
      var found = false
      while at < pieces.count {
        let piece = pieces[at]
        if let own = site(piece),
          found || at == place + 1
            || pieces[place + 1..<at].contains(where: {
              $0.isQuiet || $0.does(.joint) || isOpen($0) || $0.does([.and, .or]) || { if case .measure = $0.kind { true } else { false } }($0)
            })
        {
          // A site that begins a phrase of its own isn't one.
          if at + 1 < pieces.count, !pieces[at + 1].isQuiet, !isLink(pieces[at + 1]), !isEnd(pieces[at + 1]) { break }
          convert(at, own)
          found = true
          at += 1
        } else if found || endsWithSite(pieces[place]), isLink(piece),
          let next = pieces[(at + 1)...].firstIndex(where: { !$0.does(.joint) || site($0) != nil }),
          site(pieces[next]) != nil || { if case .outside = pieces[next].kind { true } else { false } }(),
          next + 1 == pieces.count || isLink(pieces[next + 1]) || { if case .stop = pieces[next + 1].kind { true } else { false } }()
        {
          // Mets to liver, nodes and brain; in liver, in bone.
          at = site(pieces[next]) == nil ? next + 1 : at + 1
          found = true
        } else if (piece.isQuiet || piece.does(.joint)) && !piece.does(.deny) || piece.does([.and, .or]) || isOpen(piece) {
          at += 1
        } else if case .measure(let measure) = piece.kind, measure.unit == nil, isMetastases(pieces[place]) {
          at += 1
        } else {
          break
        }
      }
      if found, isMetastases(pieces[place]) {
        // The count goes to what the site makes of it.
        pieces[place].kind = .cue(.filler)
      }
    }
    for place in pieces.indices {
      guard let own = site(pieces[place]) else { continue }
      if own != "site-liver" {
        pieces[place].kind = .outside(-1)
      } else if let meanings = vocabulary.meanings(of: FoldedKey(reader.text(pieces[place].range))), !isQualified(pieces, place) {
        pieces[place].kind = .several(meanings)
      }
    }
    return pieces
  }

  /// Whether a noun of no finding follows a site: `hepatic something`.
  private func isQualified(_ pieces: [Piece], _ place: Int) -> Bool {
    guard place + 1 < pieces.count else { return false }
    switch pieces[place + 1].kind {
    case .word, .outside: return true
    default: return false
    }
  }

  /// Whether it names metastases by their site behind the noun: mets in liver.
  private func endsWithSite(_ piece: Piece) -> Bool {
    metastasisSite(piece) != nil && piece.range.count > 1 && site(in: piece.range.upperBound - 1..<piece.range.upperBound) != nil
  }

  private func isOpen(_ piece: Piece) -> Bool { if case .stop("(") = piece.kind { true } else { false } }
  private func isEnd(_ piece: Piece) -> Bool {
    if case .stop = piece.kind { return true }
    return piece.does([.break, .denied, .affirmed, .no, .hedged, .or, .and, .deny])
  }

  /// Whether a Greek article of a subject stands at a noun: ο πατέρας, η αδελφή.
  private func isSubject(_ piece: Piece) -> Bool {
    let articles: Set = ["ο", "η", "οι"]
    return articles.contains(tokens[piece.range.lowerBound].folded)
      || piece.range.lowerBound > reader.first && articles.contains(tokens[piece.range.lowerBound - 1].folded)
  }

  /// Whether a clause that begins so says more of whom the clause before it named.
  private func isRelative(_ piece: Piece) -> Bool {
    ["who", "whose", "που", "οποιοσ", "οποια"].contains(tokens[piece.range.lowerBound].folded)
      || piece.range.count > 1 && ["ο οποιοσ", "η οποια"].contains { text(piece.range).lowercased().hasPrefix($0) }
  }

  // MARK: Clauses

  /// What a clause says of one noun, or of none.
  struct Phrase {
    enum Joint { case none, and, or, verb }
    var joint = Joint.none
    var denials: [Piece] = []
    var isDenied = false
    /// A negation may reach it or not: no X and Y.
    var isOpenDenial = false
    var isAffirmed = false
    var isHedged = false
    var isPast = false
    var isFamily = false
    var isOver = false
    /// Whether `had` stands before it.
    var isHad = false
    var statuses: Cue = []
    /// A polarity between two nouns, of either: MEN1 negative octreoscan.
    var openPolarity: Bool?
    /// A doubt between two nouns, of either.
    var isOpenHedge = false
    /// What a test is made for, until its result is told: tested for MEN1.
    var isTested = false
    /// A noun that isn't known of which the head is said: sequelae of diarrhoea.
    var isGoverned = false
    /// What is said of a relative.
    var theirs: Piece?
    var qualifiers: [Piece] = []
    var head: Piece?
    var measures: [Piece] = []
    var extras: [Piece] = []
    /// All its pieces, for the note that it may become.
    var range: Range<Int>?
    var isMarked: Bool { isHedged || isPast || isFamily || isOver || !denials.isEmpty || !statuses.isEmpty }
    var hasContent: Bool { head != nil || !qualifiers.isEmpty || !measures.isEmpty || !extras.isEmpty }

    mutating func take(_ range: Range<Int>) {
      self.range = self.range.map { min($0.lowerBound, range.lowerBound)..<max($0.upperBound, range.upperBound) } ?? range
    }
  }

  private mutating func read(_ clause: Clause, before: Clause?, after: Clause?) {
    var pieces = clause.pieces
    if let first = pieces.first(where: { !$0.isQuiet || $0.does(.question) }), first.does(.question), isProse, endsAsQuestion(first.range.lowerBound) {
      return note(pieces[0].range.lowerBound..<pieces[pieces.count - 1].range.upperBound, .notUnderstood)
    }
    // Her husband, who has diabetes, …: of what a relative has.
    if clause.opened == ",", let first = pieces.first, let before, before.pieces.contains(where: { $0.does([.family, .inFamily]) }) || isTheirs,
      isRelative(first) || isTheirs && first.does(.verb)
    {
      isTheirs = true
      return note(first.range.lowerBound..<pieces[pieces.count - 1].range.upperBound, .notPatient)
    }
    isTheirs = false
    // Έχει MEN1 ο πατέρας του: whose it is stands behind the verb, with the article of a subject.
    if let last = pieces.last(where: { !$0.isQuiet }), last.does(.family), !last.isHead, let first = pieces.first(where: { !$0.isQuiet || $0.does(.verb) }),
      first.does(.verb), pieces.contains(where: \.isHead), isSubject(last)
    {
      return note(pieces[0].range.lowerBound..<pieces[pieces.count - 1].range.upperBound, .notPatient)
    }
    if !isOpened, let behind = openingMeasure(pieces) { return readOpening(clause, behind, before, after) }
    persons(&pieces, before, after)
    // A number in a clause of its own goes to a name that waits for it.
    if let name = waiting {
      waiting = nil
      if let place = pieces.firstIndex(where: { !$0.isQuiet }), case .measure(let measure) = pieces[place].kind,
        measure.interval(in: vocabulary.findings[name].unit) != nil, measure.unit != nil || vocabulary.findings[name].unit != .millimetre
      {
        state(name, measure, pieces[place].range)
        pieces.remove(at: place)
      } else if !(clause.opened == "(" && clause.isOnly { $0.kind == .name(name) }) {
        fault(.valueMissing(vocabulary.findings[name], vocabulary, span(lastHead?.range ?? 0..<0)), lastHead?.range ?? 0..<0)
      } else {
        waiting = name
        return
      }
    }
    belong(&pieces)
    var phrases = phrases(pieces, clause, before)
    if phrases.count == 1, phrases[0].head == nil, phrases[0].qualifiers.isEmpty, phrases[0].measures.isEmpty,
      phrases[0].extras.allSatisfy({ $0.does([.denied, .affirmed]) }), let first = pieces.first, let last = pieces.last
    {
      phrases[0].take(first.range.lowerBound..<last.range.upperBound)
    }
    inherit(&phrases)
    // May become resectable after PRRT: what it would come after is as open.
    for place in phrases.indices.dropFirst() where phrases[place - 1].isHedged && phrases[place].joint == .none {
      if let head = phrases[place].head, isTreatment(head), phrases[place].statuses.contains(.had) { phrases[place].isHedged = true }
    }
    askPolarity(&phrases)
    askAlternatives(&phrases)
    for place in phrases.indices { say(phrases[place], in: phrases, at: place, clause, before) }
    theirHead = phrases.last { $0.theirs != nil }?.theirs
    if var head = phrases.last(where: { $0.head != nil })?.head {
      if case .value(let finding, _) = head.kind, vocabulary.findings[finding].absent != nil { head.kind = .name(finding) }
      // What is said of it further on isn't written in canonical form.
      head.isCanonical = false
      lastHead = head
      isLastDenied =
        phrases.last { $0.head != nil }.map { $0.isDenied || $0.isHedged || $0.isPast || $0.isOver || $0.head?.isNegative == true } ?? false
    }
  }

  /// Where the words begin behind a length that opens a clause and whose unit ends with a point: `13 χιλ. ηπατικές μεταστάσεις`.
  private func openingMeasure(_ pieces: [Piece]) -> Int? {
    guard let place = pieces.firstIndex(where: { !$0.isQuiet }), case .measure(let measure) = pieces[place].kind, measure.dimension == "length",
      tokens[pieces[place].range.upperBound - 1].isSymbol("."), place + 1 < pieces.count, !pieces[place + 1].does([.distance, .since]),
      !pieces[..<place].contains(where: { $0.does(.near) }),
      pieces[(place + 1)...].contains(where: { $0.isHead || $0.kind == .word || isQualifier($0) })
    else { return nil }
    return place + 1
  }

  /// Reads a clause that a length opens: the point of its unit may end a sentence, or the number be that of the noun behind it.
  private mutating func readOpening(_ clause: Clause, _ behind: Int, _ before: Clause?, _ after: Clause?) {
    let first = Clause(pieces: Array(clause.pieces[..<behind]), opened: clause.opened, closed: ".")
    let second = Clause(pieces: Array(clause.pieces[behind...]), opened: ".", closed: clause.closed)
    func readSplit(_ reader: inout FindingsReader) {
      reader.read(first, before: before, after: nil)
      reader.read(second, before: nil, after: after)
    }
    // A noun that is denied has no size; a lesion that is named before its number has it.
    let isDenied = second.pieces.first { !$0.isQuiet }.map { $0.does([.deny, .no]) || $0.isNegative } ?? false
    if isDenied || first.pieces.contains(where: { $0.does(.tumour) }) { return readSplit(&self) }
    var split = self
    split.result = FindingsReading()
    readSplit(&split)
    var whole = self
    whole.result = FindingsReading()
    whole.isOpened = true
    whole.read(clause, before: before, after: after)
    let isClear = [split, whole].allSatisfy { $0.result.questions.isEmpty && $0.result.faults.isEmpty }
    guard isClear, !saysTwice(whole.result), split.result.statements.map(\.said) != whole.result.statements.map(\.said) else {
      return readSplit(&self)
    }
    let last = clause.pieces[clause.pieces.count - 1].range.upperBound
    let from = clause.pieces[0].range.lowerBound
    self = split.with(result)
    ask(from..<last, [split.result.items, whole.result.items])
  }

  /// Whether a reading gives one finding two values.
  private func saysTwice(_ reading: FindingsReading) -> Bool {
    var seen: [Int: Possible?] = [:]
    return reading.statements.contains { statement in
      defer { seen[statement.finding] = statement.possible }
      return seen[statement.finding].map { $0 != statement.possible } ?? false
    }
  }

  /// The reader with another result.
  private func with(_ result: FindingsReading) -> FindingsReader {
    var copy = self
    copy.result = result
    return copy
  }

  /// Whether the sentence of a token ends with a question mark.
  private func endsAsQuestion(_ place: Int) -> Bool {
    tokens[place...].first { $0.isSymbol(".") || $0.isSymbol("?") || $0.isSymbol("\n") }?.isSymbol("?") ?? false
  }

  /// Ages and sexes: `54F`, `F/54`, `54, female`, `woman of 58`, `he is 58`.
  private mutating func persons(_ pieces: inout [Piece], _ before: Clause?, _ after: Clause?) {
    guard let age = vocabulary.finding(id: "age"), let sex = vocabulary.finding(id: "sex") else { return }
    func letter(_ piece: Piece) -> Int? {
      guard piece.range.count == 1 else { return nil }
      switch piece.kind {
      case .word, .cue: return vocabulary.value(tokens[piece.range.lowerBound].key, of: sex.index)
      default: return nil
      }
    }
    func isSex(_ piece: Piece) -> Bool {
      if case .value(sex.index, _) = piece.kind { true } else { letter(piece) != nil && { if case .word = piece.kind { true } else { false } }() }
    }
    func isPlain(_ piece: Piece) -> Bool {
      guard case .measure(let measure) = piece.kind, !measure.isTimes, !measure.isYear else { return false }
      return measure.unit == nil && (measure.interval.single.map { age.range.contains($0) && $0.millionths % 1_000_000 == 0 } ?? measure.isBound)
        || measure.unit == "years"
    }
    func gap(_ from: Int, _ to: Int) -> Bool {
      pieces[from + 1..<to].allSatisfy {
        isInitial($0) || ($0.does([.filler, .joint, .person, .patient, .verb, .of]) || isSlash($0)) && !$0.isHead || isColon($0)
      }
    }
    // Mr X.
    func isInitial(_ piece: Piece) -> Bool {
      let text = tokens[piece.range.lowerBound].text
      switch piece.kind {
      case .word: break
      case .cue where piece.range.count == 1 && text.count == 1: break
      default: return false
      }
      return text.first?.isUppercase == true && pieces[from(piece)].does(.person)
    }
    func from(_ piece: Piece) -> Int { max(0, (pieces.firstIndex { $0.range == piece.range } ?? 1) - 1) }
    func isCapital(_ piece: Piece) -> Bool {
      let text = tokens[piece.range.lowerBound].text
      return piece.range.count == 1 && text.count == 1 && text.hasGreek && text.first?.isUppercase == true
    }
    // Mr X, 62: who is meant, at the start, and how old.
    func isTitled(_ clause: Clause) -> Bool {
      guard let first = clause.pieces.first, first.range.lowerBound == reader.first, first.does(.person), clause.pieces.count > 1 else { return false }
      return clause.pieces.dropFirst().allSatisfy { $0.kind == .word && tokens[$0.range.lowerBound].text.first?.isUppercase == true }
    }
    func isSlash(_ piece: Piece) -> Bool { piece.range.count == 1 && tokens[piece.range.lowerBound].isSymbol("/") }
    let around = [before, after].compactMap { $0 }
    // One woman, ένας άνδρας, μια ασθενής 40 ετών: one in a word is an article, no age.
    func isOne(_ piece: Piece) -> Bool {
      guard case .measure(let measure) = piece.kind else { return false }
      return measure.unit == nil && measure.interval.single == .one && tokens[piece.range.lowerBound].kind == .word
    }
    // A man with 3 liver metastases: what somebody has is counted, it is no age.
    func isHad(from left: Int, _ place: Int, _ measure: Measure) -> Bool {
      guard measure.unit == nil, place + 1 < pieces.count, pieces[left + 1..<place].contains(where: { $0.does(.verb) }) else { return false }
      return switch pieces[place + 1].kind {
      case .name(let finding), .value(let finding, _): ![age.index, sex.index].contains(finding)
      case .word: letter(pieces[place + 1]) == nil
      default: pieces[place + 1].isHead || pieces[place + 1].does([.tumour, .spread])
      }
    }
    for place in pieces.indices.dropLast() where isOne(pieces[place]) {
      let next = pieces[place + 1]
      if isSex(next) || isPlain(next) || next.does([.person, .patient]) { pieces[place].kind = .cue(.filler) }
    }
    for place in pieces.indices {
      guard case .measure(var measure) = pieces[place].kind, isPlain(pieces[place]) else { continue }
      // Α 68 and Α/68 at the start, as Greek charts have it, are a man of 68.
      let left =
        pieces[..<place].lastIndex { isSex($0) || $0.does([.person, .patient]) && letter($0) == nil }
        ?? (place > 0 && isCapital(pieces[0]) && letter(pieces[0]) != nil && pieces[0].range.lowerBound == reader.first ? 0 : nil)
      // 54F, and as islet itself writes it: 61 Α.
      let isTight =
        place + 1 < pieces.count && letter(pieces[place + 1]) != nil
        && (reader.touches(pieces[place].range.upperBound - 1) || isCapital(pieces[place + 1]) && pieces[..<place].allSatisfy { $0.isQuiet })
      let right = isTight ? place + 1 : pieces[(place + 1)...].firstIndex { isSex($0) || $0.does(.patient) }
      let isNamed = place > 0 && { if case .name(age.index) = pieces[place - 1].kind { true } else { false } }()
      if isOne(pieces[place]), !isNamed { continue }
      let isDuration =
        place > 0 && pieces[place - 1].does(.since) || place > 1 && pieces[place - 1].isQuiet && pieces[place - 2].does(.since) && !isInitial(pieces[place - 2])
        || place + 1 < pieces.count && pieces[place + 1].does([.over, .time, .history])
      var isAge = measure.isAge && !isDuration || isNamed
      if let left, gap(left, place), !isDuration, !isHad(from: left, place, measure) { isAge = true }
      if let right, gap(place, right), !isDuration, isTight || isSex(pieces[right]) || measure.unit == "years" {
        // 3 F … is a count of nothing; an M that stands for months isn't a sex.
        isAge = true
        if let value = letter(pieces[right]) { pieces[right].kind = .value(sex.index, .values(1 << UInt32(value))) }
      }
      if let left, gap(left, place), isAge, let value = letter(pieces[left]) { pieces[left].kind = .value(sex.index, .values(1 << UInt32(value))) }
      if !isAge, !isDuration, pieces.allSatisfy({ $0.isQuiet || $0 == pieces[place] }),
        around.contains(where: { clause in clause.isOnly { isSex($0) } && clause.pieces.contains { isSex($0) } }) || (before.map(isTitled) ?? false)
          || measure.unit == "years" && !pieces.contains(where: { $0.does(.since) })
      {
        isAge = true
      }
      if !isAge, measure.unit == "years", !isDuration, place == pieces.firstIndex(where: { !$0.isQuiet }) ?? -1, place + 1 < pieces.count,
        !pieces[place + 1].does(.of), measure.interval.single.map({ $0.millionths > 17_000_000 }) ?? true
      {
        isAge = true
      }
      guard isAge else { continue }
      measure.isAge = true
      measure.unit = "years"
      pieces[place].kind = .measure(measure)
    }
    // A letter in a clause of its own, beside an age.
    for place in pieces.indices {
      guard let value = letter(pieces[place]), case .word = pieces[place].kind, pieces.allSatisfy({ $0.isQuiet || $0 == pieces[place] || isPlain($0) }) else {
        continue
      }
      let beside =
        around.contains { clause in clause.pieces.contains { isPlain($0) } && clause.isOnly { piece in isPlain(piece) || isSex(piece) } }
        || pieces.contains { isPlain($0) } || place > 0 && isColon(pieces[place - 1])
      if beside { pieces[place].kind = .value(sex.index, .values(1 << UInt32(value))) }
    }
  }

  private func isColon(_ piece: Piece) -> Bool { if case .colon = piece.kind { true } else { false } }

  /// The phrases of a clause.
  private func phrases(_ pieces: [Piece], _ clause: Clause, _ before: Clause?) -> [Phrase] {
    var found: [Phrase] = []
    var now = Phrase()
    var joint = Phrase.Joint.none
    var isColonBefore = false
    // What stands behind an `as` is in doubt too: a lesion that cannot be excluded as metastasis.
    var isHedgedAs = false
    var theirs = pieces.contains { $0.does([.person, .patient]) } ? theirHead : nil
    func close(_ next: Phrase.Joint = .none) {
      if now.hasContent || now.isMarked || now.range != nil { found.append(now) }
      now = Phrase()
      now.joint = next
      joint = next
    }
    func rest(_ place: Int) -> ArraySlice<Piece> { pieces[(place + 1)...] }
    func isLast(_ place: Int) -> Bool { rest(place).allSatisfy { $0.does([.filler, .context, .joint, .time]) && !$0.isHead } }
    func nextHead(_ place: Int) -> Piece? {
      for piece in rest(place) {
        if piece.isHead || isQualifier(piece) { return piece }
        if piece.does([.and, .or, .break, .deny]) || !piece.isQuiet { return nil }
      }
      return nil
    }
    // A man, probable insulinoma: nobody doubts who it is.
    func isOfPerson(_ place: Int) -> Bool {
      guard now.qualifiers.isEmpty, let head = now.head.flatMap({ finding($0) }), ["age", "sex"].contains(head.id) else { return false }
      return nextHead(place) != nil
    }
    var place = 0
    while place < pieces.count {
      let piece = pieces[place]
      defer {
        isColonBefore = isColon(piece) || isColonBefore && piece.isQuiet
        place += 1
      }
      if isColon(piece) { continue }
      // Functioning or not, MEN1 positive or negative: open.
      if now.joint == .or, !now.hasContent, !now.isMarked, !piece.isHead, isLast(place), saysWhether(piece), var last = found.popLast() {
        now.range.map { last.take($0) }
        last.take(piece.range)
        last.isHedged = true
        found.append(last)
        now = Phrase()
        continue
      }
      // Words that say no.
      if piece.does(.no), now.head != nil || !now.qualifiers.isEmpty || !found.isEmpty, isLast(place) || isColonBefore && isLast(place) {
        now.take(piece.range)
        if now.head == nil, now.qualifiers.isEmpty, var last = found.popLast() {
          last.take(piece.range)
          last.isDenied = true
          last.denials.append(piece)
          found.append(last)
        } else {
          now.isDenied = true
          now.denials.append(piece)
        }
        continue
      }
      if piece.does(.denied) || piece.does(.affirmed) {
        let isNo = piece.does(.denied)
        if piece.does(.and), nextHead(place) != nil, now.head.map({ canBeBare($0) }) ?? true {
          close(.and)
          continue
        }
        let head = now.head
        let right = nextHead(place)
        let leftTakes = head.map { takesPolarity($0) } ?? false
        let rightTakes = right.map { takesAdjective($0) } ?? false
        let rightHasOwn = rightTakes && hasOwnPolarity(pieces, place)
        if leftTakes, rightTakes, !rightHasOwn, canBeBare(head ?? piece), piece.range.count == 1, tokens[piece.range.lowerBound].kind == .word {
          now.openPolarity = isNo
          now.take(piece.range)
          continue
        }
        if leftTakes || head != nil && !rightTakes {
          now.take(piece.range)
          if now.isTested { now.isHedged = false }
          if isNo {
            now.isDenied = true
            now.denials.append(piece)
          } else {
            now.isAffirmed = true
          }
        } else if head == nil, now.qualifiers.isEmpty, right == nil, var last = found.last, last.head != nil,
          joint != .none || now.range == nil || now.isHedged
        {
          found.removeLast()
          last.take(piece.range)
          if now.isHedged {
            // Diarrhoea maybe absent: the doubt is part of what is said of it.
            now.range.map { last.take($0) }
            last.isHedged = !now.isTested
            now = Phrase()
          }
          if isNo {
            last.isDenied = true
            last.denials.append(piece)
          } else {
            last.isAffirmed = true
          }
          found.append(last)
        } else if right != nil {
          if now.hasContent { close(joint == .verb ? .none : .none) }
          now.take(piece.range)
          if isNo {
            now.isDenied = true
            now.denials.append(piece)
          } else {
            now.isAffirmed = true
          }
        } else if head == nil, now.extras.isEmpty, !isOfTest(pieces, place), !isOfNoun(pieces, place),
          let lastHead = theirs ?? (found.isEmpty ? lastHead : nil)
        {
          // `none now`, `- negative`: of what stood before.
          now.head = lastHead
          now.take(piece.range)
          if isNo {
            now.isDenied = true
            now.denials.append(piece)
          } else {
            now.isAffirmed = true
          }
        } else {
          now.take(piece.range)
          now.extras.append(piece)
        }
        continue
      }
      if piece.does([.deny, .no]) {
        if isLast(place), found.isEmpty, !now.hasContent, !isOfTest(pieces, place), let lastHead {
          now.head = lastHead
          now.isDenied = true
          now.denials.append(piece)
          now.take(piece.range)
          continue
        }
        // Lanreotide has not been started: of what stands before.
        if let head = now.head, isTreatment(head), let status = rest(place).first(where: { !$0.isQuiet }), status.does([.current, .had, .planned]),
          !treatmentNext(pieces, place), nextHead(place) == nil
        {
          now.statuses.insert(.never)
          now.take(piece.range.lowerBound..<status.range.upperBound)
          place = pieces.firstIndex(of: status) ?? place
          continue
        }
        let sofar = now.joint
        if now.hasContent || now.isAffirmed { close() }
        if !now.hasContent, sofar == .and || sofar == .or { now.joint = .none }
        now.isDenied = true
        now.denials.append(piece)
        now.take(piece.range)
        if piece.does(.past) { now.isPast = false }
        if piece.does(.had) || piece.does(.never) { now.statuses.insert(.never) }
        continue
      }
      if piece.does(.family) || piece.does(.inFamily) {
        let isBack = piece.does(.inFamily) || isInside(pieces, place)
        if isBack, nextHead(place) == nil {
          if now.head == nil, var last = found.popLast() {
            now.range.map { last.take($0) }
            now = last
          }
          now.isFamily = true
          now.take(piece.range)
          continue
        }
        if now.hasContent { close() }
        now.isFamily = true
        now.take(piece.range)
        // Everything up to the clause's end, or up to the patient's own self, is theirs; what they have may be denied of the patient.
        var patient = pieces.count
        for (at, other) in zip(rest(place).indices, rest(place)) {
          if isSelf(pieces, at) {
            patient = at
            break
          }
          now.take(other.range)
        }
        if let head = pieces[place..<patient].last(where: \.isHead) { now.theirs = head }
        theirs = now.theirs
        close()
        guard patient < pieces.count else { return found }
        place = patient
      }
      if piece.does(.since), !piece.isQuiet, place + 1 < pieces.count, { if case .measure = pieces[place + 1].kind { true } else { false } }() {
        now.extras.append(piece)
        now.take(piece.range)
        continue
      }
      if piece.does(.hedge), !(piece.does(.hedged) && (now.head != nil || !now.qualifiers.isEmpty)) || isOfPerson(place) {
        if now.hasContent, !onlyNoun(now) { close(now.joint) }
        now.isHedged = true
        now.isTested = piece.does(.tested)
        now.take(piece.range)
        continue
      }
      if piece.does([.hedged, .unsettled]) {
        // Of the noun before it or behind it: liver mets possible insulinoma.
        if piece.does(.hedge), !now.isHedged, now.head != nil, nextHead(place) != nil { now.isOpenHedge = true }
        isHedgedAs = !piece.does(.hedge)
        now.take(piece.range)
        if now.head == nil, now.qualifiers.isEmpty, now.measures.isEmpty, var last = found.popLast() {
          now.range.map { last.take($0) }
          last.isHedged = true
          found.append(last)
          now = Phrase()
        } else {
          now.isHedged = true
          now.isDenied = false
        }
        continue
      }
      if piece.does([.current, .off, .planned, .had, .failed, .despite, .course, .never]) || piece.does(.past) && treatmentNext(pieces, place) {
        let isForward = treatmentNext(pieces, place)
        let isBackward = now.head.map { isTreatment($0) } ?? false
        // Diarrhoea has stopped since octreotide, diarrhoea resolved on it: what stopped is the symptom.
        if piece.does([.off, .over]), isForward, let head = now.head, let symptom = finding(head), symptom.group == "symptoms",
          place + 1 < pieces.count,
          pieces[place + 1].does([.since, .had]) || piece.does(.over) && (pieces[place + 1].does(.current) || isTreatment(pieces[place + 1]))
        {
          now.isOver = true
          now.take(piece.range)
          close()
          continue
        }
        if isForward, !isBackward || !piece.does([.off, .planned]) || rest(place).contains(where: { isTreatment($0) }) && !isBackward {
          if now.hasContent, !(piece.does(.despite) && now.head == nil) { close() }
          now.statuses.formUnion(statusCue(piece))
          now.take(piece.range)
          continue
        }
        // For, behind what was done, says why: cholecystectomy ten years ago for gallstones.
        if isBackward, piece.does(.reason), nextHead(place) != nil {
          now.take(piece.range)
          continue
        }
        if isBackward {
          now.statuses.formUnion(statusCue(piece))
          now.take(piece.range)
          continue
        }
      }
      // A 20-year history of it: it is there.
      if piece.does(.history), case .measure(let measure)? = now.measures.last?.kind, ["years", "month", "week", "day"].contains(measure.unit ?? "") {
        now.take(piece.range)
        continue
      }
      if piece.does(.had), !now.hasContent { now.isHad = true }
      // In the past: of what stands before it, unless something follows.
      let next = nextHead(place)
      // Diarrhoea resolved on lanreotide, where the words of being on it are a name of their own.
      let isTreated = next.flatMap { finding($0) }?.group == "treatment" && now.head.flatMap { finding($0) }?.group == "symptoms"
      if piece.does(.past), !(piece.does(.over) && now.hasContent && (next == nil || isTreated)) {
        if now.hasContent { close() }
        now.isPast = true
        now.take(piece.range)
        continue
      }
      if piece.does(.over) {
        now.take(piece.range)
        if isTreated {
          now.isOver = true
          close()
          continue
        }
        if now.head == nil, now.qualifiers.isEmpty, var last = found.popLast(), place > 0 {
          now.range.map { last.take($0) }
          last.isOver = true
          found.append(last)
          now = Phrase()
        } else {
          now.isOver = true
        }
        continue
      }
      // No problem with diarrhoea: of a noun that isn't known.
      if piece.does(.break), piece.does(.verb), now.isDenied, now.head == nil, now.extras.contains(where: { $0.kind == .word }), nextHead(place) != nil {
        continue
      }
      if piece.does(.break) || piece.does(.and) || piece.does(.or) {
        let link: Phrase.Joint = piece.does(.or) ? .or : piece.does(.and) ? .and : .none
        if now.hasContent { close(link) } else if !now.isMarked { now.joint = link == .none ? now.joint : link }
        continue
      }
      if piece.does(.verb), !piece.isHead {
        if !now.hasContent, now.joint == .and { now.joint = .verb }
        continue
      }
      // A lesion with a size of its own behind another noun's: gallstones 9 mm, and a tumour of 4 cm.
      if piece.does(.tumour), piece.isQuiet, let head = now.head, !tumourLike(head), !now.measures.isEmpty,
        case .measure(let next)? = rest(place).first(where: { !$0.isQuiet })?.kind, next.dimension == "length"
      {
        close()
        continue
      }
      switch piece.kind {
      case .qualifier(let quality):
        let id = lexicon.qualifiers[quality].id
        if id.hasPrefix("alone-") || { if case .outside? = now.head?.kind { true } else { false } }() && lexicon.qualifiers[quality].alone != nil { close() }
        if id.hasPrefix("alone-") {
          now.qualifiers.append(piece)
          now.take(piece.range)
          close()
          break
        }
        if let head = now.head, !agrees(head, piece) { close() }
        now.qualifiers.append(piece)
        now.take(piece.range)
      case .measure:
        now.measures.append(piece)
        now.take(piece.range)
      case .name, .value, .unknown, .strange, .several, .treatment, .outside, .note:
        if let head = now.head {
          let moved = now.qualifiers.filter { $0.range.lowerBound >= head.range.upperBound && !accepts(head, $0) && accepts(piece, $0) }
          let trailing = now.measures.filter { $0.range.lowerBound >= head.range.upperBound && !measureStays($0, head, piece, pieces) }
          now.qualifiers.removeAll { moved.contains($0) }
          now.measures.removeAll { trailing.contains($0) }
          let isStill = now.isFamily
          close()
          now.isFamily = isStill
          for part in moved + trailing { now.take(part.range) }
          now.qualifiers = moved
          now.measures = trailing
        }
        if isTreatment(piece), let last = found.last, last.qualifiers.last.map({ lexicon.isAnswer($0, of: self) }) ?? false, now.qualifiers.isEmpty,
          now.statuses.isEmpty
        {
          now.statuses.insert(.despite)
        }
        if isGoverned(piece, now) || isDeniedOfNoun(piece, now) { now.isGoverned = true }
        if isReason(piece, found.last, pieces, place) { now.isPast = true }
        if isControlled(found.last, pieces, place), isTreatment(piece), now.statuses.isEmpty { now.statuses.insert(.despite) }
        if isHedgedAs {
          if let last = found.last?.range, (last.upperBound..<piece.range.lowerBound).contains(where: { reader.has(.as, at: $0, length: 1) }) {
            now.isHedged = true
          }
          isHedgedAs = false
        }
        now.head = piece
        now.take(piece.range)
      case .word:
        now.extras.append(piece)
        now.take(piece.range)
      case .cue where piece.does([.level, .slight, .measure, .largest, .time, .since, .distance, .numberMark]):
        now.extras.append(piece)
        now.take(piece.range)
      case .cue, .stop, .colon: break
      }
    }
    close()
    return found
  }

  /// Whether it says yes, no or unknown of what stands before it.
  private func saysWhether(_ piece: Piece) -> Bool {
    piece.does([.deny, .no, .denied, .affirmed]) || piece.kind == .word && vocabulary.isParticle(tokens[piece.range.lowerBound].key, .unknown)
  }

  /// Whether what says no or yes is the result of a test that stands before it: gastrinoma, EUS negative.
  private func isOfTest(_ pieces: [Piece], _ place: Int) -> Bool { pieces[..<place].contains { $0.does(.context) && !$0.does(.filler) } }

  /// Whether a word that says no, by itself, stands before a noun that no finding has: negative stool culture, negative family history.
  private func isOfNoun(_ pieces: [Piece], _ place: Int) -> Bool {
    pieces[place].range.count == 1 && tokens[pieces[place].range.lowerBound].kind == .word && place + 1 < pieces.count
      && (pieces[place + 1].kind == .word && tokens[pieces[place + 1].range.lowerBound].kind == .word
        || pieces[place + 1].does([.family, .inFamily, .history, .context, .noun]) && !pieces[place + 1].does(.filler))
  }

  /// Whether the patient is spoken of again behind what a relative has: but he himself.
  private func isSelf(_ pieces: [Piece], _ place: Int) -> Bool {
    guard pieces[place].does([.person, .patient, .itself]), !pieces[place].does([.family, .inFamily]) else { return false }
    if pieces[place].does([.patient, .itself]) { return true }
    return pieces[place].does([.he, .she]) && pieces[..<place].last { !$0.isQuiet }?.does(.break) == true
  }

  /// Whether `in` or `of` stands before somebody else: MEN1 in two brothers.
  private func isInside(_ pieces: [Piece], _ place: Int) -> Bool {
    for piece in pieces[..<place].reversed() {
      if case .measure = piece.kind { continue }
      if piece.does(.person) { continue }
      let word = tokens[piece.range.lowerBound].folded
      if ["in", "of", "on", "στον", "στην", "στη", "στο", "στουσ", "στισ", "στα", "σε", "του", "τησ", "των"].contains(word) { return true }
      if !piece.does(.filler) { return false }
    }
    return false
  }

  /// Whether a word that isn't known stands before what is said of it: sequelae of diarrhoea, ύφεση της διάρροιας.
  private func isGoverned(_ head: Piece, _ phrase: Phrase) -> Bool {
    guard let own = finding(head), !["site", "location"].contains(own.id), let word = phrase.extras.last, case .word = word.kind,
      tokens[word.range.lowerBound].kind == .word
    else { return false }
    let between = word.range.upperBound..<head.range.lowerBound
    return between.contains { reader.has(.governs, at: $0, length: 1) }
      && between.allSatisfy { reader.has([.governs, .joint, .filler], at: $0, length: 1) }
  }

  /// Whether a negation before a finding denies a noun of its own: no change in liver metastases, no biopsy of them, no new ones.
  private func isDeniedOfNoun(_ head: Piece, _ phrase: Phrase) -> Bool {
    guard phrase.isDenied, finding(head) != nil, let denial = phrase.denials.last?.range.upperBound, denial < head.range.lowerBound else { return false }
    if (denial..<head.range.lowerBound).contains(where: { reader.has(.noun, at: $0, length: 1) }) { return true }
    let isWord = { (piece: Piece) -> Bool in if case .word = piece.kind { self.tokens[piece.range.lowerBound].kind == .word } else { false } }
    guard let word = phrase.extras.last(where: isWord), word.range.lowerBound >= denial else { return false }
    let start = head.range.first { !reader.has([.joint, .filler], at: $0, length: 1) } ?? head.range.lowerBound
    let between = word.range.upperBound..<max(start, word.range.upperBound)
    if !between.isEmpty, between.allSatisfy({ reader.has([.governs, .joint, .filler, .reason, .from, .verb], at: $0, length: 1) }) { return true }
    // Χωρίς επιδείνωση ηπατικών μεταστάσεων: of what stands in the genitive.
    let last = tokens[head.range.upperBound - 1].folded
    return between.isEmpty && ["ων", "ασ", "ησ"].contains(where: last.hasSuffix)
      && tokens[word.range.lowerBound].folded.hasGreek
  }

  /// Whether a finding is why something was done that is over: cholecystectomy 2008 for gallstones.
  private func isReason(_ head: Piece, _ last: Phrase?, _ pieces: [Piece], _ place: Int) -> Bool {
    guard let own = finding(head), own.group == "symptoms" || own.group == "comorbidity", let last, let deed = last.head, !last.isDenied,
      !last.isHedged
    else { return false }
    let isDated = last.measures.contains { if case .measure(let measure) = $0.kind { measure.isYear } else { false } }
    guard isDated || last.statuses.isDisjoint(with: [.planned, .current]) else { return false }
    switch deed.kind {
    case .treatment(let therapies):
      let isDeed = therapies.contains { vocabulary.therapies[$0].kind == .procedure }
      let isDone = isDated || last.isPast || last.isOver || !last.statuses.isDisjoint(with: [.had, .off, .course])
      guard isDeed || isDone else { return false }
    case .outside(let term):
      guard term >= 0, vocabulary.outsideTerm(term)?.kind == .procedure else { return false }
    default: return false
    }
    return (deed.range.upperBound..<head.range.lowerBound).contains { reader.has(.reason, at: $0, length: 1) }
  }

  /// Whether what stands before says how something is controlled, and by what: symptoms not controlled by it.
  private func isControlled(_ last: Phrase?, _ pieces: [Piece], _ place: Int) -> Bool {
    guard let head = last?.head, finding(head) != nil else { return false }
    let isAnswer = head.range.contains { start in
      (1...2).contains { length in
        guard start + length <= head.range.upperBound, case .qualifier(let quality)? = reader.sense(at: start, length: length) else { return false }
        return lexicon.isAnswer(Piece(kind: .qualifier(quality), range: start..<start + length), of: self)
      }
    }
    return isAnswer && pieces[..<place].last.map { $0.isQuiet || $0.does(.current) } ?? false
  }

  private func statusCue(_ piece: Piece) -> Cue {
    guard case .cue(let own) = piece.kind else { return piece.cue }
    return own
  }

  /// Whether a phrase names nothing but a tumour of no kind, of which what follows speaks: `lesion suspicious for …`.
  private func onlyNoun(_ phrase: Phrase) -> Bool { phrase.head == nil && phrase.measures.isEmpty && phrase.qualifiers.isEmpty && phrase.extras.isEmpty }

  func isQualifier(_ piece: Piece, _ id: String) -> Bool {
    if case .qualifier(let place) = piece.kind { lexicon.qualifiers[place].id == id } else { false }
  }
  private func isTreatment(_ piece: Piece) -> Bool { if case .treatment = piece.kind { true } else { false } }
  private func isQualifier(_ piece: Piece) -> Bool { if case .qualifier = piece.kind { true } else { false } }

  private func treatmentNext(_ pieces: [Piece], _ place: Int) -> Bool {
    for piece in pieces[(place + 1)...] {
      if isTreatment(piece) { return true }
      if case .outside(let term) = piece.kind { return term >= 0 && vocabulary.outsideTerm(term).map { $0.kind == .drug || $0.kind == .procedure } ?? false }
      if case .measure = piece.kind { continue }
      if piece.isHead || piece.does([.and, .or, .break, .deny]) { return false }
      if case .word = piece.kind { return false }
    }
    return false
  }

  /// Whether a finding can be named without a value.
  private func canBeBare(_ piece: Piece) -> Bool {
    switch piece.kind {
    case .name(let finding): vocabulary.findings[finding].absent != nil || vocabulary.findings[finding].isDerived
    case .several: false
    default: true
    }
  }

  /// Whether `positive` or `negative` may stand behind it.
  private func takesPolarity(_ piece: Piece) -> Bool {
    switch piece.kind {
    case .name(let finding): !vocabulary.findings[finding].isNumber
    case .value, .outside, .treatment, .several: true
    default: false
    }
  }

  /// Whether `positive` or `negative` may stand before it: tests and receptors.
  private func takesAdjective(_ piece: Piece) -> Bool {
    guard case .name(let place) = piece.kind else { return false }
    let finding = vocabulary.findings[place]
    return finding.group == "receptors" || ["men1", "mgmt"].contains(finding.id)
  }

  private func hasOwnPolarity(_ pieces: [Piece], _ place: Int) -> Bool {
    guard let head = pieces[(place + 1)...].firstIndex(where: \.isHead) else { return false }
    for piece in pieces[(head + 1)...] {
      if piece.does([.denied, .affirmed]) { return true }
      if !piece.isQuiet { return false }
    }
    return false
  }

  /// Whether a noun takes a qualifier.
  private func accepts(_ head: Piece, _ qualifier: Piece) -> Bool {
    guard case .qualifier(let place) = qualifier.kind else { return false }
    let quality = lexicon.qualifiers[place]
    if case .outside = head.kind { return true }
    guard let finding = finding(head) else { return false }
    if lexicon.frame(finding.id, quality.id) != nil { return true }
    if !finding.isNumber, value(of: qualifier, for: finding) != nil { return true }
    return tumourLike(head) && quality.alone != nil
  }

  /// Whether a qualifier behind a noun can be its own: what is masculine or neuter in Greek isn't of a plural in -εις.
  private func agrees(_ head: Piece, _ qualifier: Piece) -> Bool {
    guard qualifier.range.lowerBound >= head.range.upperBound else { return true }
    let noun = tokens[head.range.upperBound - 1].folded
    let adjective = tokens[qualifier.range.upperBound - 1].folded
    guard noun.hasSuffix("εισ") else { return true }
    return !["οσ", "ο"].contains(where: adjective.hasSuffix)
  }

  private func value(of qualifier: Piece, for finding: Finding) -> Int? {
    guard let (length, value) = reader.value(at: qualifier.range.lowerBound, of: finding.index), length == qualifier.range.count else { return nil }
    return value
  }

  /// Whether a number between two nouns speaks of the one before it.
  private func measureStays(_ measure: Piece, _ left: Piece, _ right: Piece, _ pieces: [Piece]) -> Bool {
    guard case .measure(let number) = measure.kind else { return true }
    if number.isAge || number.isYear || number.isTimes { return true }
    let fits = { (piece: Piece) -> Bool in self.target(of: number, at: piece) != nil }
    if number.unit == nil {
      if case .name(let finding) = left.kind, vocabulary.findings[finding].isNumber { return true }
      if case .outside = left.kind { return true }
      return !fits(right)
    }
    // What the text has no finding for is the noun's own all the same: bone metastasis 2 cm.
    let isNoted = finding(left).flatMap { own in word(of: number).flatMap { lexicon.frame(own.id, $0) } } == "note"
    if fits(left) || isNoted { return true }
    return !fits(right)
  }

  /// By which word the lexicon says what a number measures of a noun.
  private func word(of measure: Measure) -> String? {
    switch measure.dimension {
    case "length": "length"
    case "%": "percent"
    case nil: "count"
    default: nil
    }
  }

  /// What a number says of a noun: the finding that it is of. Nil: nothing, or it isn't said of it.
  func target(of measure: Measure, at head: Piece) -> Int? {
    guard let finding = finding(head) else { return nil }
    if case .name = head.kind, finding.isNumber,
      measure.unit == nil && finding.unit != .millimetre || measure.interval(in: finding.unit) != nil && measure.unit != nil
    {
      return finding.index
    }
    guard let word = word(of: measure) else { return nil }
    if let id = lexicon.frame(finding.id, word) { return id == "note" ? nil : vocabulary.finding(id: id)?.index }
    return word == "length" && tumourLike(head) ? vocabulary.finding(id: "size")?.index : nil
  }
}

extension Piece {
  /// Whether it says nothing by itself.
  var isQuiet: Bool {
    switch kind {
    case .cue(let cue): cue.isDisjoint(with: Cue.loud)
    default: false
    }
  }
}

extension Cue {
  /// The cues that change what stands beside them.
  static let loud: Cue = [
    .deny, .denied, .no, .affirmed, .hedge, .hedged, .unsettled, .family, .inFamily, .past, .over, .break, .and, .or, .current, .off, .planned, .had, .failed,
    .despite,
    .never, .level, .slight, .measure, .since, .time, .largest, .distance,
  ]
}
