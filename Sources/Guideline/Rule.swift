import Grammar
import Measures
import Vocabulary
import Wording

/// Where advice stands: the stances of the guideline's statements.
public enum Stance: String, Sendable, CaseIterable {
  case `do`
  case consider
  case disputed
  case investigational
  case caution
  case avoid
  case alongside

  /// Whether companions may accompany advice of this stance.
  public var isPositive: Bool {
    switch self {
    case .do, .consider, .disputed, .investigational: true
    case .caution, .avoid, .alongside: false
    }
  }

  /// Whether two stances on one therapy contradict each other.
  public func contradicts(_ other: Stance) -> Bool {
    switch (self, other) {
    case (.do, .avoid), (.avoid, .do), (.consider, .avoid), (.avoid, .consider): true
    case (.do, .disputed), (.disputed, .do), (.do, .investigational), (.investigational, .do): true
    default: false
    }
  }

  /// The heading under which `recommend` shows it.
  public var heading: Words {
    switch self {
    case .do: Words("Recommended", "Συνιστάται")
    case .consider: Words("Options", "Επιλογές")
    case .disputed: Words("Disputed", "Αμφιλεγόμενο")
    case .investigational: Words("Trials only", "Μόνο σε μελέτες")
    case .caution: Words("Caution", "Με προσοχή")
    case .avoid: Words("Not advised", "Δεν συνιστάται")
    case .alongside: Words("Alongside", "Συνοδευτικά")
    }
  }

  /// A sign that tells the stances apart by their shape.
  public var sign: String {
    switch self {
    case .do: "✓"
    case .consider: "○"
    case .disputed: "±"
    case .investigational: "◇"
    case .caution: "!"
    case .avoid: "✗"
    case .alongside: "+"
    }
  }

  /// The stance as said of one therapy.
  public var said: Words {
    switch self {
    case .do: Words("recommended", "συνιστάται")
    case .consider: Words("option", "επιλογή")
    case .disputed: Words("disputed", "αμφιλεγόμενο")
    case .investigational: Words("trials only", "μόνο σε μελέτες")
    case .caution: Words("caution", "με προσοχή")
    case .avoid: Words("not advised", "δεν συνιστάται")
    case .alongside: Words("alongside", "συνοδευτικά")
    }
  }
}

/// What a companion is for.
public enum Role: String, Sendable, CaseIterable {
  case prophylaxis, setting, check, dosing, selection, favours
}

/// How strongly a companion is asked for: the text's verb.
public enum Strength: String, Sendable, CaseIterable {
  case must, should, may
}

/// A statement of the guideline that the machine runs. It is a class because it never changes and is handed about a lot.
public final class Rule: Sendable {
  /// Its place in the guideline.
  public let index: Int
  /// Stable id: a contract.
  public let id: String
  /// Ids of therapies, groups, settings or tests that it is about.
  public let subjects: [String]
  /// Nil for a remark.
  public let stance: Stance?
  public let when: Condition
  /// What a companion accompanies: rule ids, therapies or groups; empty for advice that stands alone.
  public let with: [String]
  public let role: Role?
  public let strength: Strength?
  /// Once this is known to hold, what the rule advises has been carried out.
  public let until: Condition?
  /// Where this holds the text doesn't say whether its advice does: what it would remove can't be removed.
  public let notSaid: Condition?
  /// Therapies whose sessions, steps or cycles it speaks of: done once, they may be done again.
  public let repeats: [String]
  /// Whether it says, as background, what its therapy needs: while that is unknown the therapy's advice depends on it.
  public let isRequirement: Bool
  /// Whom the statement isn't about, though its `when` holds. What the rule overrides it takes away by its `when` alone.
  public let unless: Condition?
  /// The erratum whose weaker reading it follows.
  public let reading: String?
  /// Whether the guideline's text doesn't say it.
  public let isBackground: Bool
  /// Whether a remark shows even when no advice on its subject is live.
  public let standsAlone: Bool
  /// What `recommend TOPIC` shows it under, the main one first.
  public let topics: [String]
  /// The line of the chapter file where it starts, from 1.
  public let line: Int
  private let shown: Shown

  /// What is shown of it, and judged by nothing.
  private enum Shown: Sendable {
    case draft(RuleDraft)
    /// The same, in the table: chapter, section, overrides, conflicts, facts, paragraphs, level, grade, title.
    case record(FlatRecord)
  }

  /// The chapter's file name without ending.
  public var chapter: String {
    switch shown {
    case .draft(let draft): draft.chapter
    case .record(let record): record.text(0)
    }
  }

  /// The id of the heading it stands under.
  public var section: String {
    switch shown {
    case .draft(let draft): draft.section
    case .record(let record): record.text(1)
    }
  }

  public var overrides: [String] {
    switch shown {
    case .draft(let draft): draft.overrides
    case .record(let record): record.ids(2)
    }
  }

  public var conflicts: [String] {
    switch shown {
    case .draft(let draft): draft.conflicts
    case .record(let record): record.ids(3)
    }
  }

  public var facts: [String] {
    switch shown {
    case .draft(let draft): draft.facts
    case .record(let record): record.ids(4)
    }
  }

  public var paragraphs: [String] {
    switch shown {
    case .draft(let draft): draft.paragraphs
    case .record(let record): record.ids(5)
    }
  }

  public var level: String? {
    switch shown {
    case .draft(let draft): draft.level
    case .record(let record): record.optional(6)
    }
  }

  public var grade: String? {
    switch shown {
    case .draft(let draft): draft.grade
    case .record(let record): record.optional(7)
    }
  }

  public var title: Words {
    switch shown {
    case .draft(let draft): draft.title
    case .record(let record): record.words(8)
    }
  }

  /// Its main topic.
  public var topic: String { topics.first ?? "" }

  /// Whether it belongs to a topic; to none asked, it does.
  public func isOn(_ topic: String?) -> Bool { topic.map(topics.contains) ?? true }

  public var isRemark: Bool { stance == nil }
  public var isCompanion: Bool { !with.isEmpty }

  init(_ draft: RuleDraft) {
    index = draft.index
    id = draft.id
    subjects = draft.subjects
    stance = draft.stance
    when = draft.when
    with = draft.with
    role = draft.role
    strength = draft.strength
    until = draft.until
    notSaid = draft.notSaid
    repeats = draft.repeats
    isRequirement = draft.isRequirement
    unless = draft.unless
    reading = draft.reading
    isBackground = draft.isBackground
    standsAlone = draft.standsAlone
    topics = draft.topics
    line = draft.line
    shown = .draft(draft)
  }

  /// Reads a rule that `write` wrote; nil where the table is cut short.
  init?(_ reader: inout FlatTableReader, index: Int) {
    self.index = index
    id = reader.name()
    subjects = reader.names()
    stance = reader.optional().flatMap { Stance.allCases.indices.contains($0) ? Stance.allCases[$0] : nil }
    when = reader.condition()
    with = reader.names()
    role = reader.optional().flatMap { Role.allCases.indices.contains($0) ? Role.allCases[$0] : nil }
    strength = reader.optional().flatMap { Strength.allCases.indices.contains($0) ? Strength.allCases[$0] : nil }
    until = reader.optionalCondition()
    notSaid = reader.optionalCondition()
    repeats = reader.names()
    isRequirement = reader.flag()
    unless = reader.optionalCondition()
    reading = reader.optionalName()
    isBackground = reader.flag()
    standsAlone = reader.flag()
    topics = reader.names()
    line = reader.number()
    guard let record = reader.record() else { return nil }
    shown = .record(record)
  }

  func write(to writer: inout FlatTableWriter) {
    writer.name(id)
    writer.names(subjects)
    writer.optional(stance.flatMap { Stance.allCases.firstIndex(of: $0) })
    writer.condition(when)
    writer.names(with)
    writer.optional(role.flatMap { Role.allCases.firstIndex(of: $0) })
    writer.optional(strength.flatMap { Strength.allCases.firstIndex(of: $0) })
    writer.condition(until)
    writer.condition(notSaid)
    writer.names(repeats)
    writer.flag(isRequirement)
    writer.condition(unless)
    writer.optionalName(reading)
    writer.flag(isBackground)
    writer.flag(standsAlone)
    writer.names(topics)
    writer.number(line)
    let lists = [overrides, conflicts, facts, paragraphs].map { $0.joined(separator: " ") }
    writer.record([chapter, section] + lists + [level ?? "", grade ?? "", title.english, title.greek])
  }
}

/// A rule while its chapter is read.
struct RuleDraft: Sendable {
  let index: Int
  let id: String
  let chapter: String
  let section: String
  var subjects: [String] = []
  var stance: Stance?
  var when = Condition.always
  var with: [String] = []
  var role: Role?
  var strength: Strength?
  var until: Condition?
  var notSaid: Condition?
  var repeats: [String] = []
  var isRequirement = false
  var unless: Condition?
  var overrides: [String] = []
  var conflicts: [String] = []
  var facts: [String] = []
  var paragraphs: [String] = []
  var level: String?
  var grade: String?
  var reading: String?
  var isBackground = false
  var standsAlone = false
  var topics: [String] = []
  var title = Words(same: "")
  let line: Int
}

/// A block of a chapter that is not a rule or remark: its kind, id and fields as written. The fields are read when asked
/// for.
public struct ChapterEntry: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case evidence, dose, erratum
    case adverseEffect = "adverse-effect"
  }

  public let kind: Kind
  public let id: String
  public let chapter: String
  public let section: String
  /// The line of the chapter file where it starts, from 1.
  public let line: Int
  let file: TextFile
  let range: Range<Int>

  /// Field names and values, in their order.
  public var fields: [(name: String, value: String)] {
    file.withBytes { bytes in
      var found: [(name: String, value: String)] = []
      var lines = LineCursor(bytes.part(range.lowerBound, range.upperBound))
      while let line = lines.read() {
        if line.trimmed.count == 0 { continue }
        let (name, value) = line.trimmed.headAndRest
        found.append((name.text, value.text))
      }
      return found
    }
  }

  /// The value of a field.
  public subscript(name: String) -> String? {
    file.withBytes { bytes in
      var lines = LineCursor(bytes.part(range.lowerBound, range.upperBound))
      while let line = lines.read() {
        let (head, value) = line.trimmed.headAndRest
        if head.count == name.utf8.count, head.elementsEqual(name.utf8) { return value.text }
      }
      return nil
    }
  }

  /// A text field in both languages: `title` reads `en` and `el`, any other name `name-en` and `name-el`.
  public func words(_ name: String = "") -> Words? {
    let prefix = name.isEmpty ? "" : name + "-"
    let fields = fields
    guard let english = fields.first(where: { $0.name == prefix + "en" })?.value,
      let greek = fields.first(where: { $0.name == prefix + "el" })?.value
    else { return nil }
    return Words(english, greek)
  }

  /// The ids in a field, separated by spaces or commas.
  public func list(_ name: String) -> [String] {
    self[name]?.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init) ?? []
  }
}

/// A heading of a chapter with its prose.
public struct Section: Sendable {
  /// Stable id, the same in both languages.
  public let id: String
  public let chapter: String
  public internal(set) var title = ""
  public internal(set) var facts: [String] = []
  public internal(set) var paragraphs: [String] = []
  /// The prose, a paragraph each.
  public internal(set) var prose: [String] = []
  public internal(set) var line = 0
}

/// A chapter: its sections in one language.
public struct Chapter: Sendable {
  /// File name without ending: `01-surgery`.
  public let name: String
  /// The id of its anchor: `surgery`.
  public internal(set) var id = ""
  public internal(set) var title = ""
  public internal(set) var topic = ""
  public internal(set) var paragraphs: [String] = []
  public internal(set) var sections: [Section] = []
}
