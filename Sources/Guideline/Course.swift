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
  public internal(set) var isBackground = false
  public internal(set) var facts: [String] = []
  public internal(set) var words = Words(same: "")
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
    case "silent":
      for id in list(rest) {
        guard let finding = vocabulary.finding(id: id) else { throw fault }
        effects[place].silent.append(finding.index)
      }
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
      if !effect.last.isEmpty {
        let others = patient.current.keys.filter { other in
          other != therapy && effect.last.contains { $0 == other || vocabulary.groups(above: other).contains($0) }
        }
        if !others.isEmpty { return false }
      }
      return true
    }
  }
}

extension String {
  /// The text with its spaces as commas, for lists of ids.
  fileprivate var replacingSpaces: String { String(map { $0 == " " ? "," : $0 }) }
}
