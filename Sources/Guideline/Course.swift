import Grammar
import Measures
import Patients
import Vocabulary
import Wording

/// What giving, performing or stopping a therapy changes in what is known of a patient: an `effect` of `course.txt`.
public struct TreatmentEffect: Sendable {
  public enum Act: String, Sendable {
    case give, perform, stop
  }

  /// Which doses it follows from.
  public enum DoseKind: String, Sendable {
    case any, highest, lower
  }

  public let id: String
  public internal(set) var act = Act.give
  /// Therapies and groups.
  public internal(set) var therapies: [String] = []
  public internal(set) var dose = DoseKind.any
  /// It follows only when the patient is on none of these any more.
  public internal(set) var last: [String] = []
  public internal(set) var when = Condition.always
  public internal(set) var sets: [Change] = []
  /// Findings on which the text is silent: they are not set, and that is said.
  public internal(set) var silent: [Int] = []
  /// Findings that the act may have changed: what was learnt of them before it is from before.
  public internal(set) var touches: [Int] = []
  /// What the act is, as it would have been stated of it before: a liver resection is an operation on the liver.
  public internal(set) var means: [Change] = []
  public internal(set) var isBackground = false
  public internal(set) var facts: [String] = []
  public internal(set) var words = Words(same: "")
}

/// What was done after a finding was learnt, and may have changed it.
public struct ChangingAct: Sendable, Hashable {
  public let act: TreatmentEffect.Act
  public let therapy: String
  public let day: Int
}

/// A finding that grows too old to be relied on.
public struct Ageing: Sendable {
  public let finding: Int
  public internal(set) var after = TimeSpan(1, .year)
  public internal(set) var facts: [String] = []
  public internal(set) var paragraphs: [String] = []
  public internal(set) var words = Words(same: "")
}

/// What treatment and time change, read from `course.txt`.
public struct Course: Sendable {
  public private(set) var effects: [TreatmentEffect] = []
  public private(set) var ageings: [Ageing] = []
  /// Findings that mean that a tumour progressed.
  public private(set) var progression: [Int] = []
  private let vocabulary: Vocabulary

  /// Reads the file. Errors name file and line.
  init(_ vocabulary: Vocabulary) throws(Diagnostic) {
    self.vocabulary = vocabulary
    let words = try vocabulary.doseWords
    for (number, line) in vocabulary.lines(of: "course.txt") {
      do throws(Diagnostic) {
        try read(line, words)
      } catch {
        throw error.at(file: "vocabulary/course.txt", line: number)
      }
    }
  }

  private var readsAgeing = false

  private mutating func read(_ line: String, _ words: DoseWords) throws(Diagnostic) {
    let fault = Diagnostic(
      "vocabulary.line", Words("The course can't be read: \(line)", "Η πορεία δεν διαβάζεται: \(line)"))
    let space = line.firstIndex(of: " ") ?? line.endIndex
    let name = String(line[..<space])
    let rest = line[space...].trimmingSpaces()
    func list(_ text: String) -> [String] { text.split(separator: ",").map { $0.trimmingSpaces() } }
    func known(_ ids: [String]) throws(Diagnostic) -> [String] {
      for id in ids where vocabulary.therapy(id: id) == nil { throw fault }
      return ids
    }
    func findings(_ ids: [String]) throws(Diagnostic) -> [Int] {
      var found: [Int] = []
      for id in ids {
        guard let finding = vocabulary.finding(id: id) else { throw fault }
        found.append(finding.index)
      }
      return found
    }
    switch name {
    case "effect":
      effects.append(TreatmentEffect(id: rest))
      readsAgeing = false
      return
    case "ageing":
      guard let finding = vocabulary.finding(id: rest) else { throw fault }
      ageings.append(Ageing(finding: finding.index))
      readsAgeing = true
      return
    case "progression":
      progression = try findings(list(rest))
      return
    default: break
    }
    if readsAgeing, let place = ageings.indices.last {
      switch name {
      case "after":
        var reader = try TreatmentReader(vocabulary, words, rest)
        ageings[place].after = try reader.spans().first
      case "facts": ageings[place].facts = list(rest.replacingSpaces)
      case "paragraphs": ageings[place].paragraphs = list(rest.replacingSpaces)
      case "en": ageings[place].words = Words(rest, ageings[place].words.greek)
      case "el": ageings[place].words = Words(ageings[place].words.english, rest)
      default: throw fault
      }
      return
    }
    guard let place = effects.indices.last else { throw fault }
    switch name {
    case "on":
      guard let space = rest.firstIndex(of: " "), let act = TreatmentEffect.Act(rawValue: String(rest[..<space])) else { throw fault }
      effects[place].act = act
      effects[place].therapies = try known(list(rest[space...].trimmingSpaces()))
    case "dose":
      guard let dose = TreatmentEffect.DoseKind(rawValue: rest) else { throw fault }
      effects[place].dose = dose
    case "last": effects[place].last = try known(list(rest))
    case "when": effects[place].when = try ConditionReader.condition(rest, vocabulary)
    case "sets":
      var reader = try PhraseReader(vocabulary, rest)
      effects[place].sets = try reader.statements().map { Change(finding: $0.finding, possible: $0.possible) }
    case "silent": effects[place].silent = try findings(list(rest))
    case "means":
      var reader = try PhraseReader(vocabulary, rest)
      effects[place].means = try reader.statements().map { Change(finding: $0.finding, possible: $0.possible) }
    case "touches": effects[place].touches += try findings(list(rest))
    case "background": effects[place].isBackground = true
    case "facts": effects[place].facts = list(rest.replacingSpaces)
    case "en": effects[place].words = Words(rest, effects[place].words.greek)
    case "el": effects[place].words = Words(effects[place].words.english, rest)
    default: throw fault
    }
  }

  /// The effects of an act on a therapy for a patient, before it is recorded. `highest` is the highest dose that the
  /// text lists for the therapy.
  public func effects(
    of act: TreatmentEffect.Act, _ therapy: String, dose: Dose?, highest: DoseAmount?, on patient: Patient, known: Known
  ) -> [TreatmentEffect] {
    let near = Set([therapy] + vocabulary.groups(above: therapy))
    return effects.filter { effect in
      guard effect.act == act, effect.therapies.contains(where: near.contains), known.truth(effect.when) == .yes else { return false }
      switch effect.dose {
      case .any: break
      case .highest, .lower:
        guard let amount = dose?.amount, let highest, let place = amount.compared(to: highest) else { return false }
        if (effect.dose == .highest) != (place >= 0) { return false }
      }
      return isLast(effect, therapy, of: patient.current.keys)
    }
  }

  /// Whether none of the drugs that an effect waits for is left.
  private func isLast(_ effect: TreatmentEffect, _ therapy: String, of current: some Collection<String>) -> Bool {
    !current.contains { other in
      other != therapy && effect.last.contains { $0 == other || vocabulary.groups(above: other).contains($0) }
    }
  }

  /// What is known of a patient at an act: what the act means is as if stated.
  public func known(at act: TreatmentEffect.Act, _ therapy: String, _ known: Known) -> (known: Known, meant: [Int]) {
    let near = Set([therapy] + vocabulary.groups(above: therapy))
    let means = effects.filter { $0.act == act && $0.therapies.contains(where: near.contains) }.flatMap(\.means)
    return (means.reduce(known) { known, change in change.possible.map { known.replacing(change.finding, $0) } ?? known }, means.map(\.finding))
  }

  /// The findings stated before an act that may have changed them, with that act.
  public func fromBefore(_ patient: Patient) -> [Int: ChangingAct] {
    let touching = effects.filter { !$0.touches.isEmpty }
    var found: [Int: ChangingAct] = [:]
    var stated = Set<Int>()
    var current = Set<String>()
    for event in patient.events {
      let acted: (TreatmentEffect.Act, String)? =
        switch event.kind {
        case .given(let regimen): (.give, regimen.therapy)
        case .performed(let id): (.perform, id)
        case .stopped(let id): (.stop, id)
        case .learnt, .ordered, .arranged, .passed, .lapsed: nil
        }
      if let (act, therapy) = acted {
        let near = Set([therapy] + vocabulary.groups(above: therapy))
        for effect in touching where effect.act == act && effect.therapies.contains(where: near.contains) && isLast(effect, therapy, of: current) {
          for finding in effect.touches where stated.contains(finding) && found[finding] == nil {
            found[finding] = ChangingAct(act: act, therapy: therapy, day: event.day)
          }
        }
      }
      switch event.kind {
      case .given(let regimen): if regimen.continues { current.insert(regimen.therapy) } else { current.remove(regimen.therapy) }
      case .stopped(let id): current.remove(id)
      default: break
      }
      for change in event.changes {
        found[change.finding] = nil
        if change.possible == nil { stated.remove(change.finding) } else { stated.insert(change.finding) }
      }
    }
    return found
  }

  /// The drugs that were stopped for progression: it was learnt while the patient was on them, or on the day they were
  /// stopped. A drug that the patient is on again is not among them.
  public func stoppedForProgression(_ patient: Patient) -> [String: Int] {
    let learnt = patient.events.enumerated().flatMap { place, event in
      event.changes.filter { progression.contains($0.finding) && $0.possible == .values(1) }.map { _ in (place: place, day: event.day) }
    }
    var began: [String: Int] = [:]
    var found: [String: Int] = [:]
    for (place, event) in patient.events.enumerated() {
      switch event.kind {
      case .given(let regimen):
        if began[regimen.therapy] == nil { began[regimen.therapy] = place }
        found[regimen.therapy] = nil
      case .stopped(let id):
        guard let start = began.removeValue(forKey: id) else { continue }
        if learnt.contains(where: { $0.place > start && $0.day <= event.day }) { found[id] = event.day }
      default: break
      }
    }
    return found
  }
}

extension String {
  /// The text with its spaces as commas, for lists of ids.
  fileprivate var replacingSpaces: String { String(map { $0 == " " ? "," : $0 }) }
}
