import Measures
import Wording

extension VocabularyDraft {
  /// Writes all that the files say.
  func write(to writer: inout FlatTableWriter) {
    writer.list(findings) { writer, finding in
      writer.name(finding.id)
      writer.name(finding.group)
      writer.kind(finding.kind)
      writer.name(finding.foundBy)
      writer.flag(finding.changes)
      writer.words(finding.name)
      writer.list(finding.values) { writer, value in
        writer.name(value.id)
        writer.words(value.shown)
      }
    }
    writer.list(therapies) { writer, therapy in
      writer.name(therapy.id)
      writer.number(TherapyKind.allCases.firstIndex(of: therapy.kind) ?? 0)
      writer.names(therapy.groupIDs)
      writer.words(therapy.name)
      writer.name(therapy.topic)
    }
    writer.list(groupsAbove) { $0.numbers($1) }
    writer.list(derivations) { writer, derivation in
      writer.number(derivation.finding)
      writer.number(derivation.value)
      writer.name(derivation.when)
      writer.optional(derivation.unless)
      writer.optional(derivation.over)
      writer.flag(derivation.stated)
      writer.flag(derivation.background)
      writer.number(derivation.line)
    }
    writer.list(scales) { writer, scale in
      writer.number(scale.finding)
      writer.number(scale.from)
      writer.list(scale.steps) { writer, step in
        writer.number(step.value)
        writer.interval(step.interval)
      }
    }
    writer.list(contradictions) { writer, contradiction in
      writer.name(contradiction.first)
      writer.name(contradiction.second)
      writer.flag(contradiction.stated)
      writer.number(contradiction.line)
    }
    writer.list(definitions) { writer, definition in
      writer.number(definition.finding)
      writer.name(definition.condition)
      writer.number(definition.line)
    }
    writer.numbers(bareNumbers)
    writer.names(absentGroups)
    writer.numbers(absentFindings)
    writer.numbers(sparedInMetastatic)
    for table in [
      phrases, valuePhrases, therapyPhrases, particles, unitWords, phraseStems, valueStems, therapyStems, lexicon.words, lexicon.stems,
    ] {
      writer.table(table)
    }
    writer.list(meanings) { $0.meaning($1) }
    writer.list(namedTherapies) { $0.numbers($1) }
    writer.names(units)
    writer.list(lexicon.qualifiers) { writer, qualifier in
      writer.name(qualifier.id)
      writer.optionalName(qualifier.alone)
      writer.flag(qualifier.isQuiet)
    }
    for words in [lexicon.frames, lexicon.treatments, lexicon.added] {
      writer.list(words.sorted { $0.key < $1.key }) { writer, entry in
        writer.name(entry.key)
        writer.name(entry.value)
      }
    }
    writer.names(lexicon.ofTumour.sorted())
    writer.list(lexicon.cues) { $0.wide($1.rawValue) }
  }

  /// Reads what `write` wrote; nil where the table is cut short.
  init?(_ table: FlatTable) {
    var reader = table.reader(.vocabulary)
    findings = reader.list { reader in
      var finding = FindingDraft(index: 0, id: reader.name())
      finding.group = reader.name()
      finding.kind = reader.kind()
      finding.foundBy = reader.name()
      finding.changes = reader.flag()
      finding.name = reader.words()
      finding.values = reader.list { reader in
        let id = reader.name()
        return FindingValue(id: id, shown: reader.words())
      }
      return finding
    }
    findingPlaces.reserveCapacity(findings.count)
    for place in findings.indices {
      findings[place].index = place
      findingPlaces[findings[place].id] = place
    }
    therapies = reader.list { reader in
      var therapy = Therapy(index: 0, id: reader.name())
      let kind = reader.number()
      if TherapyKind.allCases.indices.contains(kind) { therapy.kind = TherapyKind.allCases[kind] }
      therapy.groupIDs = reader.names()
      therapy.name = reader.words()
      therapy.topic = reader.name()
      return therapy
    }
    therapyPlaces.reserveCapacity(therapies.count)
    for place in therapies.indices {
      therapies[place].index = place
      therapyPlaces[therapies[place].id] = place
    }
    knownGroupsAbove = reader.list { $0.numbers() }
    derivations = reader.list { reader in
      Derivation(
        finding: reader.number(), value: reader.number(), when: reader.name(), unless: reader.optional(), over: reader.optional(),
        stated: reader.flag(), background: reader.flag(), line: reader.number())
    }
    scales = reader.list { reader in
      Scale(
        finding: reader.number(), from: reader.number(),
        steps: reader.list { reader in
          let value = reader.number()
          return (value, reader.interval())
        })
    }
    contradictions = reader.list { reader in
      Contradiction(first: reader.name(), second: reader.name(), stated: reader.flag(), line: reader.number())
    }
    definitions = reader.list { reader in
      Definition(finding: reader.number(), condition: reader.name(), line: reader.number())
    }
    bareNumbers = reader.numbers()
    absentGroups = reader.names()
    absentFindings = reader.numbers()
    sparedInMetastatic = reader.numbers()
    phrases = reader.table()
    valuePhrases = reader.table()
    therapyPhrases = reader.table()
    particles = reader.table()
    unitWords = reader.table()
    phraseStems = reader.table()
    valueStems = reader.table()
    therapyStems = reader.table()
    lexicon.words = reader.table()
    lexicon.stems = reader.table()
    meanings = reader.list { $0.meaning() }
    namedTherapies = reader.list { $0.numbers() }
    units = reader.names()
    lexicon.qualifiers = reader.list { reader in
      Qualifier(id: reader.name(), alone: reader.optionalName(), isQuiet: reader.flag())
    }
    lexicon.frames = reader.dictionary()
    lexicon.treatments = reader.dictionary()
    lexicon.added = reader.dictionary()
    lexicon.ofTumour = Set(reader.names())
    lexicon.cues = reader.list { Cue(rawValue: $0.wide()) }
    if reader.isBroken { return nil }
  }
}

extension FlatTableWriter {
  mutating func kind(_ kind: FindingKind) {
    switch kind {
    case .category: number(0)
    case .boolean: number(1)
    case .derived: number(2)
    case .number(let range, let unit):
      number(3)
      interval(range)
      name(unit.rawValue)
    }
  }

  public mutating func interval(_ interval: Interval) {
    number(
      (interval.lower == nil ? 0 : 1) | (interval.lowerClosed ? 2 : 0) | (interval.upper == nil ? 0 : 4) | (interval.upperClosed ? 8 : 0))
    for bound in [interval.lower, interval.upper] { if let bound { wide(UInt64(bitPattern: bound.millionths)) } }
  }

  mutating func meaning(_ meaning: Meaning) {
    switch meaning {
    case .finding(let finding):
      number(0)
      number(finding)
    case .value(let finding, let value):
      number(1)
      number(finding)
      number(value)
    case .ambiguous(let findings):
      number(2)
      numbers(findings)
    case .several(let all):
      number(3)
      list(all) { $0.meaning($1) }
    }
  }
}

extension FlatTableWriter {
  mutating func phrase(_ phrase: WrittenPhrase) {
    switch phrase.role {
    case .alone(let meaning):
      number(0)
      self.meaning(meaning)
    case .afterName(let finding, let value):
      number(1)
      number(finding)
      number(value)
    case .therapy(let place):
      number(2)
      number(place)
    }
    text(phrase.text)
  }
}

extension FlatTableReader {
  mutating func phrase() -> WrittenPhrase {
    let role: WrittenPhrase.Role =
      switch number() {
      case 0: .alone(meaning())
      case 1: .afterName(finding: number(), value: number())
      default: .therapy(number())
      }
    return WrittenPhrase(text: text(), role: role)
  }

  mutating func kind() -> FindingKind {
    switch number() {
    case 0: return .category
    case 1: return .boolean
    case 2: return .derived
    default:
      let range = interval()
      return .number(range, Unit(rawValue: name()) ?? .count)
    }
  }

  public mutating func interval() -> Interval {
    let bits = number()
    func bound(_ isThere: Bool) -> Exact? { isThere ? Exact(millionths: Int64(bitPattern: wide())) : nil }
    let lower = bound(bits & 1 != 0)
    return Interval(lower: lower, lowerClosed: bits & 2 != 0, upper: bound(bits & 4 != 0), upperClosed: bits & 8 != 0)
  }

  mutating func meaning() -> Meaning {
    switch number() {
    case 0: .finding(number())
    case 1: .value(number(), number())
    case 2: .ambiguous(numbers())
    default: .several(list { $0.meaning() })
    }
  }

  fileprivate mutating func dictionary() -> [String: String] {
    let entries = list { reader in
      let key = reader.name()
      return (key, reader.name())
    }
    return Dictionary(entries) { first, _ in first }
  }
}
