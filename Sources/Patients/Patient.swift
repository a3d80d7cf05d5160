import Grammar
import Measures
import Vocabulary
import Wording

/// A hypothetical patient: a dated log of events, and what follows from it: the findings stated and the therapies given.
public struct Patient: Sendable, Hashable {
  public let name: String
  /// The date of day 0.
  public let start: CalendarDate
  /// What happened, in the order of its recording.
  public private(set) var events = SharedArray<Event>()
  /// The patient's today, in whole days from day 0.
  public private(set) var day = 0
  /// What is stated, by the finding's place; a finding that isn't here is unknown.
  public private(set) var stated: [Int: Possible] = [:]
  /// What was written of the patient that is no finding, word for word, in the order typed. Conditions never see it.
  public private(set) var noted: [Note] = []
  /// Ids of therapies given or performed, whether or not they were stopped since.
  public private(set) var given: Set<String> = []
  /// Ids of settings arranged and tests ordered.
  public private(set) var arranged: Set<String> = []
  /// The drugs that the patient is on, by therapy.
  public private(set) var current: [String: Regimen] = [:]

  /// The date of day 0 unless another is stated.
  public static let usualStart = CalendarDate(serial: 15_340)  // 2012-01-01

  public init(name: String, start: CalendarDate = Patient.usualStart) {
    self.name = name
    self.start = start
  }

  /// A patient from its log.
  public init(name: String, start: CalendarDate = Patient.usualStart, events: [Event]) {
    self.init(name: name, start: start)
    for event in events { append(event) }
  }

  /// The findings stated, in the vocabulary's order.
  public var statedFindings: [Int] { stated.keys.sorted() }

  /// The date of the patient's today.
  public var today: CalendarDate { date(of: day) }

  public func date(of day: Int) -> CalendarDate { CalendarDate(serial: start.serial + day) }

  /// The day of a date.
  public func day(of date: CalendarDate) -> Int { date.serial - start.serial }

  /// Whether the log has room for one more event.
  public var hasRoom: Bool { events.count < LogBounds.events }

  /// The patient with one finding set, or taken back with nil. What is learnt one after the other on one day is one event.
  public func setting(_ finding: Int, to possible: Possible?) -> Patient {
    var copy = self
    let change = Change(finding: finding, possible: possible)
    if let last = copy.events.last, last.kind == .learnt, last.day == day {
      copy.events[copy.events.count - 1] = Event(
        day: day, kind: .learnt, changes: last.changes.filter { $0.finding != finding } + [change], notes: last.notes)
      copy.stated[finding] = possible
    } else {
      copy.append(Event(day: day, kind: .learnt, changes: [change]))
    }
    return copy
  }

  /// The patient with notes added; what is noted already isn't noted twice.
  public func noting(_ notes: [Note]) -> Patient {
    var copy = self
    var new: [Note] = []
    for note in notes where !noted.contains(note) && !new.contains(note) { new.append(note) }
    guard !new.isEmpty else { return self }
    if let last = copy.events.last, last.kind == .learnt, last.day == day {
      copy.events[copy.events.count - 1] = Event(day: day, kind: .learnt, changes: last.changes, notes: last.notes + new)
      copy.noted += new
    } else {
      copy.append(Event(day: day, kind: .learnt, notes: new))
    }
    return copy
  }

  /// The patient without the notes of a text; nil when there is none.
  public func withoutNote(_ text: String) -> Patient? {
    guard noted.contains(where: { $0.text == text }) else { return nil }
    var copy = self
    copy.noted.removeAll { $0.text == text }
    copy.events = SharedArray(
      events.map { event in
        Event(day: event.day, kind: event.kind, changes: event.changes, monthsFrom: event.monthsFrom, notes: event.notes.filter { $0.text != text })
      })
    return copy
  }

  /// The patient with one more event today.
  public func recording(_ kind: Event.Kind, changes: [Change] = [], monthsFrom: Int? = nil, notes: [Note] = []) -> Patient {
    var copy = self
    copy.append(Event(day: day, kind: kind, changes: changes, monthsFrom: monthsFrom, notes: notes.filter { !noted.contains($0) }))
    return copy
  }

  /// The day after a time has passed. In a run of steps of whole months each month is counted from the day on which the run
  /// began, so that two steps of a month from 31 January end on 31 March; `monthsFrom` is that day, nil for any other time.
  public func day(after spans: [TimeSpan]) -> (day: Int, monthsFrom: Int?) {
    let months = spans.reduce(0) { sum, span in sum + (span.months ?? 0) }
    guard months > 0, spans.allSatisfy({ $0.months != nil }) else { return (day(of: spans.reduce(today) { $0.after($1) }), nil) }
    let last = events.last { if case .passed = $0.kind { true } else { false } }
    let from = last?.monthsFrom ?? day
    let (began, now) = (date(of: from).parts, today.parts)
    let passed = (now.year - began.year) * 12 + now.month - began.month
    return (TimeSpan(passed + months, .month).map { day(of: date(of: from).after($0)) } ?? LogBounds.days + 1, from)
  }

  /// The same patient under another name.
  public func named(_ name: String) -> Patient {
    var copy = Patient(name: name, start: start)
    copy.events = events
    copy.day = day
    copy.stated = stated
    copy.noted = noted
    copy.given = given
    copy.arranged = arranged
    copy.current = current
    return copy
  }

  private mutating func append(_ event: Event) {
    events.append(event)
    day = max(day, event.day)
    for change in event.changes { stated[change.finding] = change.possible }
    noted += event.notes
    switch event.kind {
    case .learnt, .lapsed: break
    case .ordered(let id), .arranged(let id): arranged.insert(id)
    case .given(let regimen):
      given.insert(regimen.therapy)
      current[regimen.therapy] = regimen.continues ? regimen : nil
    case .performed(let id): given.insert(id)
    case .stopped(let id): current[id] = nil
    case .passed(let to): day = max(day, to)
    }
  }

  /// The days on which a therapy was given or performed, in order.
  public func days(of therapy: String) -> [Int] {
    events.compactMap { event in
      switch event.kind {
      case .given(let regimen): regimen.therapy == therapy ? event.day : nil
      case .performed(let id): id == therapy ? event.day : nil
      default: nil
      }
    }
  }

  /// The day on which a stated finding was last learnt or set.
  public func dayLearnt(_ finding: Int) -> Int? {
    guard stated[finding] != nil else { return nil }
    return events.last { $0.changes.contains { $0.finding == finding } }?.day
  }
}

/// Where a finding's value comes from.
public enum Origin: Sendable, Hashable {
  case unstated, stated
  /// Worked out; background when the guideline's text doesn't say so.
  case derived(background: Bool)
}

/// What is known of a patient: for each finding the values still possible, and where they come from.
public struct Known: Sendable, Hashable {
  public internal(set) var possible: [Possible]
  public internal(set) var origin: [Origin]
  /// The findings from which a derived one follows.
  public internal(set) var sources: [Int: [Int]] = [:]

  public subscript(finding: Int) -> Possible { possible[finding] }

  public func isOpen(_ finding: Int) -> Bool { !possible[finding].isSettled }

  /// The truth of a condition.
  public func truth(_ condition: Condition) -> Truth { condition.truth { possible[$0] } }

  /// The same with one finding replaced, the rest as it is.
  public func replacing(_ finding: Int, _ value: Possible) -> Known {
    var copy = self
    copy.replace(finding, value)
    return copy
  }

  /// Replaces one finding, the rest stays as it is.
  public mutating func replace(_ finding: Int, _ value: Possible) { possible[finding] = value }
}

/// A notice about a patient that isn't an error.
public struct Notice: Sendable, Hashable {
  public let code: String
  public let text: Words

  public init(code: String, text: Words) {
    self.code = code
    self.text = text
  }
}

/// What follows from some findings: a line of the vocabulary, read. It is a class because it never changes and is gone
/// through for every patient.
public final class Consequence: Sendable {
  public let rule: Derivation
  public let when: Condition
  /// The findings that the condition asks about.
  public let from: [Int]

  init(_ rule: Derivation, _ when: Condition) {
    self.rule = rule
    self.when = when
    from = when.findings { _ in false }
  }

  init(_ rule: Derivation, _ when: Condition, from: [Int]) {
    self.rule = rule
    self.when = when
    self.from = from
  }
}

/// Works out what follows from what is stated, and finds contradictions, by the vocabulary's tables.
public struct Inference: Sendable {
  public let vocabulary: Vocabulary
  /// What follows, in its order.
  public let derivations: [Consequence]
  /// Pairs that can't both hold; `stated` asks that the first's findings are stated.
  public let contradictions: [(first: Condition, second: Condition, stated: Bool)]
  private let start: [Possible]
  private let unstated: [Origin]

  /// Reads the conditions of the derivations and contradictions. Errors name the line of `derive.txt`.
  public init(_ vocabulary: Vocabulary, _ conditions: inout CanonicalReader) throws(Diagnostic) {
    self.vocabulary = vocabulary
    func condition(_ text: String, _ conditions: inout CanonicalReader) throws(Diagnostic) -> Condition {
      if let condition = conditions.condition(text) { return condition }
      return try ConditionReader.condition(text, vocabulary)
    }
    var derivations: [Consequence] = []
    for rule in vocabulary.derivations {
      do throws(Diagnostic) {
        derivations.append(Consequence(rule, try condition(rule.when, &conditions)))
      } catch {
        throw error.at(file: "vocabulary/derive.txt", line: rule.line)
      }
    }
    self.derivations = derivations
    var contradictions: [(first: Condition, second: Condition, stated: Bool)] = []
    for entry in vocabulary.contradictions {
      do throws(Diagnostic) {
        contradictions.append(
          (
            try condition(entry.first, &conditions),
            try condition(entry.second, &conditions),
            entry.stated
          ))
      } catch {
        throw error.at(file: "vocabulary/derive.txt", line: entry.line)
      }
    }
    self.contradictions = contradictions
    start = vocabulary.findings.map { Possible.all(of: $0) }
    unstated = vocabulary.findings.map { _ in .unstated }
  }

  /// Writes the conditions of the derivations and contradictions, for `init(_:_:)` of a table.
  public func write(to writer: inout FlatTableWriter) {
    for consequence in derivations {
      writer.condition(consequence.when)
      writer.numbers(consequence.from)
    }
    for pair in contradictions {
      writer.condition(pair.first)
      writer.condition(pair.second)
    }
  }

  /// Reads the conditions from a table.
  public init(_ vocabulary: Vocabulary, _ reader: inout FlatTableReader) {
    self.vocabulary = vocabulary
    derivations = vocabulary.derivations.map { rule in
      let when = reader.condition()
      return Consequence(rule, when, from: reader.numbers())
    }
    contradictions = vocabulary.contradictions.map { entry in
      let first = reader.condition()
      return (first, reader.condition(), entry.stated)
    }
    start = vocabulary.findings.map { Possible.all(of: $0) }
    unstated = vocabulary.findings.map { _ in .unstated }
  }

  /// Every condition of the derivations and contradictions.
  public var conditions: [Condition] { derivations.map(\.when) + contradictions.flatMap { [$0.first, $0.second] } }

  /// The findings that scales work out, in their order, each once.
  public var scaledFindings: [Int] {
    vocabulary.scales.reduce(into: []) { found, scale in if !found.contains(scale.finding) { found.append(scale.finding) } }
  }

  /// Everything known of a patient: what is stated and what follows from it.
  public func known(_ patient: Patient) -> Known { known(patient.stated) }

  public func known(_ stated: [Int: Possible]) -> Known {
    var known = Known(possible: start, origin: unstated)
    for (finding, possible) in stated {
      known.possible[finding] = possible
      known.origin[finding] = .stated
    }
    for scale in vocabulary.scales where stated[scale.finding] == nil {
      guard known.origin[scale.finding] == .unstated else { continue }
      grade(scale.finding, &known, stated)
    }
    for consequence in derivations {
      // Nothing follows from what is open.
      guard consequence.from.contains(where: { known.origin[$0] != .unstated }) else { continue }
      let rule = consequence.rule
      let value = Possible.values(1 << UInt32(rule.value))
      let isReadOver = rule.isReadOver(known.possible[rule.finding])
      // What is stated in part (one of several values) may still be settled by what follows.
      guard isReadOver || !known.possible[rule.finding].isSettled else { continue }
      if let unless = rule.unless, stated[unless] != nil { continue }
      if rule.stated, consequence.from.contains(where: { stated[$0] == nil }) { continue }
      guard known.truth(consequence.when) == .yes else { continue }
      if !isReadOver, known.possible[rule.finding].intersection(value).isEmpty { continue }
      known.possible[rule.finding] = value
      known.sources[rule.finding] = consequence.from.filter { known.origin[$0] != .unstated }
      known.origin[rule.finding] = .derived(background: rule.background)
    }
    return known
  }

  /// Whether something stated is among what a finding may follow from in one step.
  public func bears(_ stated: [Int: Possible], on finding: Int) -> Bool {
    derivations.contains { $0.rule.finding == finding && $0.from.contains { stated[$0] != nil } }
  }

  /// A category worked out by scales from one or two numbers: the higher of the two. Numbers that lie between two steps
  /// count only as "not below the step under them"; the category is open unless every possible number gives the same.
  private func grade(_ finding: Int, _ known: inout Known, _ stated: [Int: Possible]) {
    var low = -1
    var high = -1
    var from: [Int] = []
    for scale in vocabulary.scales where scale.finding == finding {
      guard case .numbers(let interval)? = stated[scale.from] else { continue }
      let hull = scale.hull(of: interval)
      low = max(low, hull.lowerBound)
      high = max(high, hull.upperBound)
      from.append(scale.from)
    }
    guard low >= 0, low == high, let scale = vocabulary.scales.first(where: { $0.finding == finding }) else { return }
    known.possible[finding] = .values(1 << UInt32(scale.steps[low].value))
    known.origin[finding] = .derived(background: true)
    known.sources[finding] = from
  }

  /// The first pair of statements that can't both hold and that both do, if there is one. What rests on the findings left apart is passed over.
  public func clash(in known: Known, apartFrom left: Set<Int> = []) -> (first: Condition, second: Condition)? {
    for (first, second, stated) in contradictions where known.truth(first) == .yes && known.truth(second) == .yes {
      if stated, first.tests.contains(where: { known.origin[$0.finding] != .stated }) { continue }
      if !left.isEmpty, (first.tests + second.tests).contains(where: { rests(on: left, $0.finding, known) }) { continue }
      return (first, second)
    }
    return nil
  }

  /// Whether some value of an open finding may be stated beside what is known: no Essen type may where the liver holds no metastasis.
  public func canBeStated(_ finding: Int, _ known: Known) -> Bool {
    !contradictions.contains { first, second, stated in
      guard stated, case .test(let test) = first, test.finding == finding else { return false }
      return known[finding].satisfies(test.allowed) == .yes && known.truth(second) == .yes
    }
  }

  /// Whether a finding is one of some, or follows from one.
  private func rests(on some: Set<Int>, _ finding: Int, _ known: Known) -> Bool {
    some.contains(finding) || known.sources[finding]?.contains(where: some.contains) ?? false
  }

  /// What is known without the values that would contradict what is stated.
  public func narrowed(_ known: Known) -> Known {
    var stated: [Int: Possible] = [:]
    for finding in vocabulary.findings.indices where known.origin[finding] == .stated { stated[finding] = known[finding] }
    guard clash(in: known) == nil else { return known }
    let asked = Set(contradictions.flatMap { $0.first.tests + $0.second.tests }.map(\.finding))
    var narrowed: [Int: Possible] = [:]
    for finding in asked.sorted() where known.isOpen(finding) && !vocabulary.findings[finding].isDerived {
      guard case .values(let mask) = known[finding] else { continue }
      let left = (0..<32).filter { place in
        guard mask & 1 << UInt32(place) != 0 else { return false }
        var tried = stated
        tried[finding] = .values(1 << UInt32(place))
        return clash(in: self.known(tried)) == nil
      }.reduce(UInt32(0)) { $0 | 1 << UInt32($1) }
      if left != mask, left != 0 { narrowed[finding] = .values(left) }
    }
    var copy = known
    for (finding, left) in narrowed { copy.possible[finding] = left }
    return copy
  }

  /// The first pair of statements that can't both hold, if there is one, as an error.
  public func contradiction(in known: Known, apartFrom left: Set<Int> = []) -> Diagnostic? {
    if let (first, second) = clash(in: known, apartFrom: left) {
      let a = words(first, known)
      let b = words(second, known)
      let finding = second.tests.first ?? first.tests.first
      return Diagnostic(
        "finding.contradiction",
        Words(
          "\(a.english) and \(b.english) can't both hold.", "Δεν μπορεί να ισχύουν μαζί: \(a.greek), και \(b.greek)."),
        help: [
          Words(
            "Keep one of the two, or take one back first with unset.",
            "Κρατήστε ένα από τα δύο, ή αναιρέστε πρώτα το ένα με unset.")
        ], finding: finding.map { vocabulary.findings[$0.finding].id })
    }
    return nil
  }

  private func words(_ condition: Condition, _ known: Known) -> Words {
    guard let test = condition.tests.first else { return Words(same: "") }
    let derived: Words
    if case .derived = known.origin[test.finding] {
      derived = Words(" (derived)", " (παράγωγο)")
    } else {
      derived = Words(same: "")
    }
    let text = vocabulary.describe(test.finding, known[test.finding])
    return Words("“\(text.english)”\(derived.english)", "«\(text.greek)»\(derived.greek)")
  }

  /// Notices on what is stated: a grade that disagrees with Ki-67 or mitoses by WHO 2010, a Ki-67 without a grade.
  public func notices(_ stated: [Int: Possible]) -> [Notice] {
    var notices = readings(stated)
    for scale in vocabulary.scales {
      guard case .numbers(let interval)? = stated[scale.from], let value = interval.single else { continue }
      let step = scale.steps.first { $0.interval.contains(value) }
      let source = vocabulary.findings[scale.from]
      let number = vocabulary.describe(scale.from, .numbers(interval))
      if let stated = stated[scale.finding], let step, stated.satisfies(.values(1 << UInt32(step.value))) == .no {
        let grade = vocabulary.describe(scale.finding, stated)
        let expected = vocabulary.findings[scale.finding].values[step.value].shown
        notices.append(
          Notice(
            code: "grade.disagrees",
            text: Words(
              "\(number.english) is \(expected.english) by WHO 2010, and \(grade.english) is stated; the stated grade is used (background).",
              "\(number.greek) αντιστοιχεί σε \(expected.greek) κατά ΠΟΥ 2010, ενώ δηλώθηκε \(grade.greek)· χρησιμοποιείται ο δηλωμένος (εκτός κειμένου)."
            )))
      } else if stated[scale.finding] == nil, step == nil {
        notices.append(
          Notice(
            code: "grade.gap",
            text: Words(
              "WHO 2010 gives no grade for \(number.english): \(source.name.english) between the steps (background).",
              "Η ταξινόμηση ΠΟΥ 2010 δεν δίνει βαθμό για \(number.greek): ανάμεσα στα όρια (εκτός κειμένου).")))
      }
    }
    return notices
  }

  /// Notices on what is stated and read as something else, because of what else is stated.
  public func readings(_ stated: [Int: Possible]) -> [Notice] {
    guard derivations.contains(where: { consequence in stated[consequence.rule.finding].map(consequence.rule.isReadOver) ?? false }) else { return [] }
    let known = known(stated)
    return derivations.compactMap { consequence in
      let rule = consequence.rule
      guard let said = stated[rule.finding], rule.isReadOver(said), known.possible[rule.finding] == .values(1 << UInt32(rule.value)) else { return nil }
      let (noted, read) = (vocabulary.describe(rule.finding, said), vocabulary.describe(rule.finding, known[rule.finding]))
      let sources = Words.joined((known.sources[rule.finding] ?? []).map { vocabulary.findings[$0].name }, by: ", ")
      return Notice(
        code: "finding.read-as",
        text: Words(
          "“\(noted.english)” is noted; it is read as “\(read.english)”, because of: \(sources.english).",
          "Σημειώνεται «\(noted.greek)»· διαβάζεται ως «\(read.greek)», λόγω: \(sources.greek)."))
    }
  }

  /// What `assume absent` would set for a patient: finding and value.
  public func assumedAbsent(_ patient: Patient) -> [(finding: Int, value: Possible)] {
    let known = known(patient)
    var spared: [Int] = []
    if let stage = vocabulary.finding(id: "stage"), let metastatic = stage.place(of: "metastatic"),
      known[stage.index].satisfies(.values(1 << UInt32(metastatic))) == .yes
    {
      spared = vocabulary.sparedInMetastatic
    }
    var set: [(finding: Int, value: Possible)] = []
    for finding in vocabulary.findings {
      guard vocabulary.absentGroups.contains(finding.group) || vocabulary.absentFindings.contains(finding.index),
        !spared.contains(finding.index), patient.stated[finding.index] == nil, known.isOpen(finding.index),
        let absent = finding.absent
      else { continue }
      set.append((finding.index, .values(1 << UInt32(absent))))
    }
    return set
  }
}

extension Derivation {
  /// Whether what is possible holds the value that is read as the derived one, and not that one itself.
  public func isReadOver(_ possible: Possible) -> Bool {
    guard let over, case .values(let mask) = possible else { return false }
    return mask & 1 << UInt32(over) != 0 && mask & 1 << UInt32(value) == 0
  }
}

extension Scale {
  /// The lowest and the highest step that the numbers of an interval may count as. A number between two steps may count
  /// as either; one outside the whole scale as any.
  public func hull(of interval: Interval) -> ClosedRange<Int> {
    var low = steps.count - 1
    var high = 0
    func touch(_ first: Int, _ last: Int, _ part: Interval) {
      guard !part.intersection(interval).isEmpty else { return }
      low = min(low, first)
      high = max(high, last)
    }
    for (place, step) in steps.enumerated() {
      touch(place, place, step.interval)
      guard place + 1 < steps.count else { continue }
      let next = steps[place + 1].interval
      touch(
        place, place + 1,
        Interval(
          lower: step.interval.upper, lowerClosed: !step.interval.upperClosed, upper: next.lower, upperClosed: !next.lowerClosed))
    }
    if let first = steps.first?.interval, let bound = first.lower {
      touch(0, steps.count - 1, Interval(lower: nil, upper: bound, upperClosed: !first.lowerClosed))
    }
    if let last = steps.last?.interval, let bound = last.upper {
      touch(0, steps.count - 1, Interval(lower: bound, lowerClosed: !last.upperClosed, upper: nil))
    }
    return low <= high ? low...high : 0...max(0, steps.count - 1)
  }
}
