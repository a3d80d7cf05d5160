import Measures
import Vocabulary
import Wording

/// Whose number and whose grade it is, where that isn't the tumour's; and whose sex a pronoun tells.
extension FindingsReader {
  /// Gives to other nouns what they have of their own before the clause is read.
  mutating func belong(_ pieces: inout [Piece]) {
    distances(&pieces)
    shares(&pieces)
    changes(&pieces)
    areas(&pieces)
    fields(&pieces)
    foreignGrades(&pieces)
    gradeRanges(&pieces)
    segments(&pieces)
    sites(&pieces)
    foreignParts(&pieces)
  }

  /// Several grades of one tumour are a set: G1-2, grade 2 or 3.
  private mutating func gradeRanges(_ pieces: inout [Piece]) {
    guard let grade = vocabulary.finding(id: "grade") else { return }
    for place in pieces.indices {
      guard case .value(grade.index, let possible) = pieces[place].kind, !pieces[place].isCanonical, possible.value != nil else { continue }
      var end = pieces[place].range.upperBound
      guard end + 1 < tokens.count, tokens[end].isSymbol("-") || tokens[end].isSymbol("/") || reader.has([.to, .or], at: end, length: 1) else { continue }
      end += 1
      guard end == tokens.count - 1 || reader.unit(at: end + 1) == nil, let other = grade.place(of: "G" + tokens[end].text.uppercased().drop { $0 == "G" })
      else { continue }
      guard case .values(let mask) = possible else { continue }
      pieces[place].kind = .value(grade.index, .values(mask | 1 << UInt32(other)))
      pieces[place].range = pieces[place].range.lowerBound..<end + 1
      for next in pieces.indices where next > place && pieces[next].range.upperBound <= end + 1 { pieces[next].kind = .cue(.filler) }
    }
  }

  /// The number of a segment of the liver counts nothing, and tells where it is: liver metastases in segments 2 and 3; μετάσταση στο τμήμα VI.
  private func segments(_ pieces: inout [Piece]) {
    let liver = lexicon.qualifiers.firstIndex { $0.id == "site-liver" }
    var place = 0
    while place < pieces.count {
      defer { place += 1 }
      let word = tokens[pieces[place].range.upperBound - 1].folded
      guard word.hasPrefix("segment") || word.hasPrefix("τμημα") else { continue }
      var last = place
      var next = place + 1
      while next < pieces.count, isSegmentNumber(pieces[next]) || pieces[next].does([.and, .or, .to]) || tokens[pieces[next].range.lowerBound].isSymbol(",") {
        if isSegmentNumber(pieces[next]) { last = next }
        next += 1
      }
      // In three segments: so many of them, not lesions.
      if last == place, place > 0, isSegmentNumber(pieces[place - 1]) {
        pieces[place - 1].kind = .outside(-1)
        pieces[place - 1].range = pieces[place - 1].range.lowerBound..<pieces[place].range.upperBound
        pieces.remove(at: place)
        place -= 1
        continue
      }
      switch pieces[place].kind {
      case .word, .cue:
        pieces[place].kind = last > place ? liver.map { .qualifier($0) } ?? .cue(.filler) : .cue(.filler)
        pieces[place].range = pieces[place].range.lowerBound..<pieces[last].range.upperBound
        pieces.removeSubrange(place + 1..<last + 1)
      default:
        for number in pieces.indices where number > place && number <= last { pieces[number].kind = .outside(-1) }
      }
    }
  }

  /// I to VIII, or a plain number.
  private func isSegmentNumber(_ piece: Piece) -> Bool {
    if case .measure(let measure) = piece.kind { return measure.unit == nil && !measure.isBound }
    let word = tokens[piece.range.lowerBound]
    let numerals = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"]
    return piece.range.count == 1 && numerals.contains(LookAlike.latin(word.text)?.lowercased() ?? word.folded)
  }

  /// Where a lesion or metastasis is, behind its size: metastasis of 2 cm in the liver, εστία 2 εκ. στο ήπαρ.
  private func sites(_ pieces: inout [Piece]) {
    for place in pieces.indices where !pieces[place].isCanonical {
      let isLesion = pieces[place].does(.tumour) && pieces[place].isQuiet
      guard isLesion || isMetastaticStage(pieces[place]) else { continue }
      let behind = pieces[(place + 1)...].firstIndex { piece in
        if case .measure = piece.kind { return false }
        return !piece.isQuiet && !piece.does(.joint) || piece.does([.tumour, .break, .and, .or])
      }
      guard let behind, let site = organ(pieces[behind]), let frame = lexicon.frame(isLesion ? "tumour" : "stage", site),
        behind + 1 == pieces.count || !pieces[behind + 1].isHead
      else { continue }
      if let number = vocabulary.finding(id: frame), number.isNumber {
        pieces[place].kind = .name(number.index)
      } else if case .statement(let said)? = statements(frame, pieces[place].range).first, let value = said.possible {
        pieces[place].kind = .value(said.finding, value)
      } else {
        continue
      }
      pieces[behind].kind = .cue(.filler)
    }
  }

  /// The organ that a piece names; several readings of a noun give way to it.
  private func organ(_ piece: Piece) -> String? {
    if case .several = piece.kind { return site(in: piece.range) }
    return site(piece)
  }

  /// The head, neck, body or tail of something else is no part of the pancreas: neck of the femur, σώμα στομάχου, pain in the neck.
  private func foreignParts(_ pieces: inout [Piece]) {
    for place in pieces.indices where !pieces[place].isCanonical {
      guard let own = finding(pieces[place]), own.id == "location", case .value = pieces[place].kind, pieces[place].range.count == 1 else { continue }
      let isGreek = tokens[pieces[place].range.lowerBound].text.hasGreek
      let between = pieces[(place + 1)...].prefix { $0.isQuiet && !$0.does([.tumour, .break, .verb]) && !$0.isHead }
      let next = place + 1 + between.count
      let isGoverned = between.contains { $0.does([.governs, .of]) } || isGreek
      if isGoverned, next < pieces.count, isForeignPlace(pieces[next]) {
        let whole = pieces[place].range.lowerBound..<pieces[next].range.upperBound
        pieces[place].kind = .outside(-1)
        pieces[place].range = whole
        for at in (place + 1)...next { pieces[at].kind = .cue(.filler) }
        continue
      }
      // Pain in the neck.
      if let before = pieces[..<place].last(where: { !$0.isQuiet || $0.does([.break, .verb, .tumour]) }), case .outside(let term) = before.kind,
        term >= 0, vocabulary.outsideTerm(term)?.kind == .symptom
      {
        pieces[place].kind = .outside(-1)
      }
    }
  }

  /// Whether a noun may have parts that are not the pancreas's: a word that isn't known, or something outside the text.
  private func isForeignPlace(_ piece: Piece) -> Bool {
    switch piece.kind {
    case .word: return tokens[piece.range.lowerBound].kind == .word && tokens[piece.range.lowerBound].text.count > 2
    case .outside(let term):
      guard term >= 0, let kind = vocabulary.outsideTerm(term)?.kind else { return true }
      return ![.tumour, .stage, .imaging, .person, .lab].contains(kind)
    case .qualifier: return site(piece) != nil
    default: return finding(piece).map { $0.group == "comorbidity" || $0.group == "symptoms" } ?? false
    }
  }

  func finding(_ piece: Piece) -> Finding? {
    if case .unknown(let finding) = piece.kind { return vocabulary.findings[finding] }
    return piece.finding.map { vocabulary.findings[$0] }
  }

  /// Whether it is said of the tumour or the patient as a whole.
  func isTumour(_ finding: Finding) -> Bool { lexicon.isOfTumour(finding.id) }

  func tumourLike(_ piece: Piece) -> Bool { finding(piece).map { isTumour($0) } ?? false }

  /// Whether it names the tumour, with or without a finding: insulinoma, lesion.
  private func isTumourNoun(_ piece: Piece) -> Bool { tumourLike(piece) || piece.does(.tumour) }

  /// Whether it is a noun that no finding of the tumour has: a symptom, a disease beside it, or a word that isn't known.
  private func isForeignNoun(_ piece: Piece) -> Bool {
    switch piece.kind {
    case .word: return tokens[piece.range.lowerBound].kind == .word
    case .outside(let term):
      guard term >= 0, let kind = vocabulary.outsideTerm(term)?.kind else { return true }
      return ![.tumour, .stage, .imaging, .person].contains(kind)
    default: return finding(piece).map { $0.group == "symptoms" || $0.group == "comorbidity" } ?? false
    }
  }

  /// Whether it is a mass or a disease of its own: a word that isn't known, or a tumour or condition outside the text.
  func isOtherMass(_ piece: Piece) -> Bool {
    switch piece.kind {
    case .word: return tokens[piece.range.lowerBound].kind == .word
    case .outside(let term): return term < 0 || vocabulary.outsideTerm(term).map { [.tumour, .condition, .anatomy].contains($0.kind) } ?? true
    default: return false
    }
  }

  /// A length that says how far off something lies is no size: `3 mm from the duct`, `within 2 mm of the portal vein`.
  private func distances(_ pieces: inout [Piece]) {
    var place = 0
    while place < pieces.count {
      defer { place += 1 }
      guard case .measure(let measure) = pieces[place].kind, measure.dimension == "length" else { continue }
      let near = pieces[..<place].lastIndex { !$0.isQuiet || $0.does(.near) }.flatMap { pieces[$0].does(.near) ? $0 : nil }
      var next = place + 1
      guard next < pieces.count, pieces[next].does(.distance) || pieces[next].does(.to) || near != nil && pieces[next].does([.of, .distance, .since]) else {
        continue
      }
      while next < pieces.count, pieces[next].isQuiet || pieces[next].does([.distance, .since]) { next += 1 }
      guard next < pieces.count else { continue }
      let isPlace: Bool
      switch pieces[next].kind {
      case .measure: isPlace = false
      case .word, .outside, .several, .qualifier: isPlace = true
      default: isPlace = pieces[next].isHead
      }
      guard isPlace else { continue }
      let start = near ?? place
      let whole = pieces[start].range.lowerBound..<pieces[next].range.upperBound
      pieces.replaceSubrange(start...next, with: [Piece(kind: .outside(-1), range: whole)])
      place = start
    }
  }

  /// A share is of what stands behind it: liver metastases in 60% of the liver, >50% του ήπατος.
  private func shares(_ pieces: inout [Piece]) {
    for place in pieces.indices {
      guard case .measure(let measure) = pieces[place].kind, measure.dimension == "%",
        let next = pieces[(place + 1)...].firstIndex(where: { !$0.isQuiet && !$0.does(.of) || $0.isHead }), next > place + 1,
        let share = share(of: pieces[next])
      else { continue }
      let isSaid = pieces[..<place].contains { finding($0).map { lexicon.frame($0.id, "percent") == vocabulary.findings[share].id } ?? false }
      pieces[next].kind = isSaid ? .cue(.filler) : .name(share)
    }
  }

  /// The finding that is a share of what a piece may name.
  private func share(of piece: Piece) -> Int? {
    let findings: [Int]? =
      switch piece.kind {
      case .several(let meanings): ambiguous(meanings)
      case .name(let index): [index]
      default: nil
      }
    return findings?.first { shares().contains($0) }
  }

  /// What was and what is, of one finding, is a change and no interval: Ki-67 rose from 5% to 18%.
  private func changes(_ pieces: inout [Piece]) {
    guard let from = pieces.firstIndex(where: { $0.does(.from) && !$0.isHead }), from + 1 < pieces.count,
      case .measure(let first) = pieces[from + 1].kind, !first.isAge, !first.isYear
    else { return }
    var last = from + 1
    if !first.isBound || first.interval.lower == nil || first.interval.upper == nil {
      let next = pieces[(last + 1)...].firstIndex { !$0.isQuiet || $0.kind == .word }
      guard let next, case .measure(let second) = pieces[next].kind, second.dimension == first.dimension || first.unit == nil else { return }
      last = next
    }
    // A span of time is a span: from 3 to 6 months ago.
    guard case .measure(let end) = pieces[last].kind, !["years", "month", "week", "day", "h"].contains(end.unit ?? "") else { return }
    var start = from
    while start > 0, pieces[start - 1].isQuiet || pieces[start - 1].kind == .word || pieces[start - 1].does(.level) { start -= 1 }
    if start > 0, case .name(let index) = pieces[start - 1].kind, vocabulary.findings[index].isNumber { start -= 1 } else { start = from }
    let whole = pieces[start].range.lowerBound..<pieces[last].range.upperBound
    pieces.replaceSubrange(start...last, with: [Piece(kind: .outside(-1), range: whole)])
  }

  /// The stroke before an area binds it to what is counted: 12 mitoses/2 mm2.
  private func areas(_ pieces: inout [Piece]) {
    for place in pieces.indices.dropFirst() {
      if case .measure(let measure) = pieces[place].kind, measure.unit == PieceReader.area, pieces[place - 1].does(.or) {
        pieces[place - 1].kind = .cue(.filler)
      }
    }
  }

  /// The fields in which mitoses are counted, behind their name, are no second number: 3 mitoses per 10 HPF.
  private func fields(_ pieces: inout [Piece]) {
    for place in pieces.indices {
      guard case .name(let index) = pieces[place].kind, vocabulary.findings[index].unit.rawValue == "per 10 HPF",
        let (unit, end) = reader.unit(at: pieces[place].range.upperBound), unit == vocabulary.findings[index].unit.rawValue
      else { continue }
      for next in pieces.indices where next > place && pieces[next].range.upperBound <= end { pieces[next].kind = .cue(.filler) }
      // A piece that goes on beyond the unit begins behind it.
      for next in pieces.indices where next > place && pieces[next].range.lowerBound < end {
        pieces[next].range = min(end, pieces[next].range.upperBound)..<pieces[next].range.upperBound
      }
    }
  }

  /// The grade or stage of something else isn't the tumour's: `G3 diarrhoea`, `grade 4 neutropenia`, `stage 4 ulcer`.
  private func foreignGrades(_ pieces: inout [Piece]) {
    for place in pieces.indices where !pieces[place].isCanonical {
      guard let own = finding(pieces[place]), own.id == "grade" || own.id == "stage" else { continue }
      var last = place
      // Grade 4 is no grade of the tumour, but one all the same.
      if case .name = pieces[place].kind {
        guard place + 1 < pieces.count, case .measure(let measure) = pieces[place + 1].kind, measure.unit == nil else { continue }
        last += 1
      } else if own.id == "stage", !reader.text(pieces[place].range).contains(where: \.isNumber), pieces[place].range.count < 2 {
        continue
      }
      func isPassed(_ piece: Piece) -> Bool {
        if case .qualifier(let quality) = piece.kind { return !lexicon.qualifiers[quality].id.hasPrefix("site-") }
        return piece.isQuiet && !piece.does([.tumour, .break, .verb])
      }
      let left = pieces[..<place].last { !isPassed($0) }
      var right = pieces[(last + 1)...].first { !isPassed($0) }
      // A word that isn't known may only describe the tumour behind it.
      if case .word? = right?.kind, let from = pieces.firstIndex(where: { $0 == right }) {
        let behind = pieces[(from + 1)...].first { piece in
          if case .word = piece.kind { return false }
          return !isPassed(piece)
        }
        if behind.map({ isTumourNoun($0) }) ?? false { right = behind }
      }
      let isLeft = left.map { isTumourNoun($0) } ?? false
      let isRight = right.map { isTumourNoun($0) } ?? false
      if right.map({ isForeignNoun($0) }) ?? false, !isLeft || last > place || own.id == "stage" {
      } else if left.map({ isForeignNoun($0) }) ?? false, !isRight {
      } else {
        continue
      }
      pieces[place].kind = .outside(-1)
      pieces[place].range = pieces[place].range.lowerBound..<pieces[last].range.upperBound
      if last > place { pieces[last].kind = .cue(.filler) }
    }
  }

  /// Whether a word that isn't known stands between the measure and what it may measure, so that the number may be that word's:
  /// before it, or behind it.
  func strangeNoun(beside piece: Piece, in clause: Clause?) -> (before: Piece?, after: Piece?) {
    guard let pieces = clause?.pieces, let place = pieces.firstIndex(where: { $0.range == piece.range }) else { return (nil, nil) }
    func strange(_ near: Piece?) -> Piece? {
      guard let near, case .word = near.kind, tokens[near.range.lowerBound].kind == .word, tokens[near.range.lowerBound].text.count > 2 else { return nil }
      return near
    }
    let passed: (Piece) -> Bool = { $0.isQuiet && !$0.does([.tumour, .break]) || $0.does(.level) }
    let before = strange(pieces[..<place].last { !passed($0) })
    let after = strange(pieces[(place + 1)...].first { !passed($0) })
    guard let after, let from = pieces.firstIndex(of: after) else { return (before, nil) }
    let isOfTumour = pieces[(from + 1)...].first { !passed($0) && $0.kind != .word }.map { isTumourNoun($0) } ?? false
    return (before, isOfTumour ? nil : after)
  }

  /// The sex that the words for the patient tell: she, his, Mrs, η ασθενής. Nothing where they disagree, or may speak of a relative.
  mutating func tellSex(_ clauses: [Clause]) {
    guard let sex = vocabulary.finding(id: "sex") else { return }
    var told: (value: String, piece: Piece)?
    var isFamily = false
    var isFamilyBefore = false
    for clause in clauses {
      if clause.opened == "." {
        isFamilyBefore = isFamily
        isFamily = false
      }
      let relative = clause.pieces.firstIndex { $0.does([.family, .inFamily]) }
      if relative != nil { isFamily = true }
      for (place, piece) in clause.pieces.enumerated() {
        if case .value(sex.index, _) = piece.kind { return }
        guard piece.does([.she, .he]), !piece.isHead, !(piece.does(.she) && piece.does(.he)) else { continue }
        let word = tokens[piece.range.lowerBound].folded
        let isPossessor = relative == place + 1 && ["her", "his"].contains(word)
        if isFamily || isFamilyBefore, !isPossessor { continue }
        let value = piece.does(.she) ? "female" : "male"
        if let told, told.value != value { return }
        if told == nil { told = (value, piece) }
      }
    }
    guard let told, let value = sex.place(of: told.value),
      !result.items.contains(where: { if case .statement(let statement) = $0 { statement.finding == sex.index } else { false } })
    else { return }
    state(sex.index, .values(1 << UInt32(value)), told.piece.range)
    if case .statement(let statement)? = result.items.last { result.pronoun = statement }
  }
}
