import Reports
import Wording

/// The blessed meaning of a file: what its commands answered when someone last read them and said why they are right. It
/// stands in `NAME.blessed.jsonl` beside the file, a line a command, and is reviewed like it.
public struct Blessing: Sendable {
  /// A command with its blessed answer.
  public struct Line: Sendable, Hashable {
    public let command: String
    public let code: String
    public let meaning: JSON
    /// A mark of the words, to tell when only these changed.
    public let words: String
    public let because: String

    var json: JSON {
      .fields([
        ("command", .string(command)), ("code", .string(code)), ("meaning", meaning), ("words", .string(words)), ("because", .string(because)),
      ])
    }
  }

  public let lines: [Line]

  /// Where the blessed meaning of a file stands.
  public static func file(of file: String) -> String {
    var name = file[...]
    for ending in [".islet", ".md"] where name.hasSuffix(ending) { name.removeLast(ending.count) }
    return name + ".blessed.jsonl"
  }

  /// Reads blessed lines. A line that is none is an error that names it.
  public init(_ bytes: [UInt8], file: String) throws(Diagnostic) {
    var lines: [Line] = []
    for (place, row) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() where !row.isEmpty {
      guard let json = JSON(reading: Array(row)), let command = json["command"]?.string, let code = json["code"]?.string,
        let meaning = json["meaning"], let because = json["because"]?.string
      else {
        throw Diagnostic(
          "bless.line", Words("This line isn't a blessed answer.", "Αυτή η γραμμή δεν είναι εγκεκριμένη απάντηση."),
          help: [
            Words("Bless the file again: islet check FILE --bless --because \"…\"", "Εγκρίνετε ξανά το αρχείο: islet check ΑΡΧΕΙΟ --bless --because \"…\"")
          ],
          file: file, line: place + 1)
      }
      lines.append(Line(command: command, code: code, meaning: meaning, words: json["words"]?.string ?? "", because: because))
    }
    self.lines = lines
  }

  /// The text of a new blessing: what was blessed before and means the same keeps its reason.
  public static func text(_ told: [ToldLine], before: Blessing?, because: String) -> String {
    var earlier = before?.lines[...] ?? []
    return told.map { line -> String in
      var reason = because
      if let place = earlier.firstIndex(where: { $0.command == line.command && $0.code == line.code && $0.meaning == line.meaning }) {
        reason = earlier[place].because
        earlier = earlier[(place + 1)...]
      }
      return Line(command: line.command, code: line.code, meaning: line.meaning, words: line.words, because: reason).json.text + "\n"
    }.joined()
  }

  /// How what was told now differs from what was blessed.
  public func compare(_ told: [ToldLine], file: String) -> Comparison {
    var faults: [Diagnostic] = []
    var reworded = 0
    let changes = Alignment.changes(lines.map(\.command), told.map(\.command))
    for change in changes {
      switch change {
      case .both(let old, let new):
        let (was, now) = (lines[old], told[new])
        if was.code != now.code || was.meaning != now.meaning {
          faults.append(.changed(now.command, MeaningDiff(was.meaning, now.meaning), was: was.code, now: now.code, file).at(now, file))
        } else if !was.words.isEmpty, was.words != now.words {
          reworded += 1
        }
      case .removed(let old): faults.append(.commandGone(lines[old].command, file))
      case .added(let new): faults.append(.commandNew(told[new].command, file).at(told[new], file))
      }
    }
    return Comparison(faults: faults, reworded: reworded)
  }

  public struct Comparison: Sendable {
    public let faults: [Diagnostic]
    /// Commands whose words changed and whose meaning didn't.
    public let reworded: Int
  }
}

/// Which of two lists of commands belong together: a longest common subsequence.
enum Alignment {
  enum Change {
    case both(Int, Int)
    case removed(Int)
    case added(Int)
  }

  static func changes(_ old: [String], _ new: [String]) -> [Change] {
    if old == new { return old.indices.map { .both($0, $0) } }
    var start = 0
    while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
    var end = 0
    while end < min(old.count, new.count) - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
    let middle = new.dropLast(end).dropFirst(start)
    var found = (0..<start).map { Change.both($0, $0) }
    let difference = Array(middle).difference(from: Array(old.dropLast(end).dropFirst(start)))
    var removed = Set<Int>()
    var added = Set<Int>()
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset + start)
      case .insert(let offset, _, _): added.insert(offset + start)
      }
    }
    var (left, right) = (start, start)
    while left < old.count - end || right < new.count - end {
      if removed.contains(left), left < old.count - end {
        found.append(.removed(left))
        left += 1
      } else if added.contains(right), right < new.count - end {
        found.append(.added(right))
        right += 1
      } else {
        found.append(.both(left, right))
        left += 1
        right += 1
      }
    }
    return found + (0..<end).map { .both(old.count - end + $0, new.count - end + $0) }
  }
}

/// How two meanings differ: what went, what came, what changed, each with the rule or finding that it is about.
public struct MeaningDiff: Sendable {
  public struct Entry: Sendable, Hashable {
    /// Where it stands: `advice[surgery.enucleation].status`.
    public let place: String
    public let was: String?
    public let now: String?
  }

  public private(set) var entries: [Entry] = []

  public init(_ was: JSON, _ now: JSON) { compare(was, now, "") }

  /// The rules that the differences are about, in their order.
  public var rules: [String] {
    var found: [String] = []
    for entry in entries {
      // What stands in brackets names the value: a rule by its id, which has a point.
      for part in entry.place.split(separator: "[", omittingEmptySubsequences: false).dropFirst() {
        let name = String(part.prefix { $0 != "]" })
        if name.contains("."), !name.hasPrefix("."), !found.contains(name) { found.append(name) }
      }
    }
    return found
  }

  private mutating func compare(_ was: JSON, _ now: JSON, _ place: String) {
    guard was != now else { return }
    switch (was, now) {
    case (.object(let old), .object(let new)):
      for field in old {
        let inner = place.isEmpty ? field.name : place + "." + field.name
        if let other = now[field.name] { compare(field.value, other, inner) } else { add(inner, field.value, nil) }
      }
      for field in new where was[field.name] == nil { add(place.isEmpty ? field.name : place + "." + field.name, nil, field.value) }
    case (.array(let old), .array(let new)):
      let oldKeys = Self.keys(old)
      let newKeys = Self.keys(new)
      for (key, value) in zip(oldKeys, old) {
        if let other = newKeys.firstIndex(of: key) { compare(value, new[other], "\(place)[\(key)]") } else { add("\(place)[\(key)]", value, nil) }
      }
      for (key, value) in zip(newKeys, new) where !oldKeys.contains(key) { add("\(place)[\(key)]", nil, value) }
      if Set(oldKeys) == Set(newKeys), oldKeys != newKeys { add("\(place).order", .strings(oldKeys), .strings(newKeys)) }
    default: add(place, was, now)
    }
  }

  /// What names each value of a list: its rule, finding, test or id, else itself or its place.
  private static func keys(_ values: [JSON]) -> [String] {
    var seen: [String: Int] = [:]
    return values.enumerated().map { place, value in
      var key = "\(place + 1)"
      for name in ["rule", "id", "finding", "test", "question", "case", "deed"] {
        if let text = value[name]?.string {
          key = text
          break
        }
      }
      if let text = value.string { key = text }
      seen[key, default: 0] += 1
      return seen[key] == 1 ? key : "\(key)#\(seen[key] ?? 0)"
    }
  }

  private mutating func add(_ place: String, _ was: JSON?, _ now: JSON?) {
    func short(_ json: JSON?) -> String? {
      guard let text = json?.text else { return nil }
      return text.count > 120 ? text.prefix(119) + "…" : text
    }
    entries.append(Entry(place: place, was: short(was), now: short(now)))
  }
}

extension Diagnostic {
  /// The error with the place of what was told, where it is known.
  fileprivate func at(_ told: ToldLine, _ file: String) -> Diagnostic { told.line.map { at(file: file, line: $0, cell: told.cell) } ?? self }

  static func changed(_ command: String, _ diff: MeaningDiff, was: String, now: String, _ file: String) -> Diagnostic {
    let shown = 8
    var lines = diff.entries.prefix(shown).map { entry -> Words in
      switch (entry.was, entry.now) {
      case (let was?, let now?): Words("\(entry.place): \(was) → \(now)", "\(entry.place): \(was) → \(now)")
      case (let was?, nil): Words("− \(entry.place): \(was)", "− \(entry.place): \(was)")
      case (nil, let now?): Words("+ \(entry.place): \(now)", "+ \(entry.place): \(now)")
      case (nil, nil): Words(same: entry.place)
      }
    }
    if diff.entries.count > shown {
      let more = diff.entries.count - shown
      lines.append(.more(more))
    }
    if was != now {
      lines.insert(
        Words(
          "errors: \(was.isEmpty ? "none" : was) → \(now.isEmpty ? "none" : now)", "σφάλματα: \(was.isEmpty ? "κανένα" : was) → \(now.isEmpty ? "κανένα" : now)"
        ), at: 0)
    }
    if !diff.rules.isEmpty {
      let rules = diff.rules.joined(separator: ", ")
      lines.insert(Words("Rules: \(rules)", "Κανόνες: \(rules)"), at: 0)
    }
    lines.append(
      Words(
        "If this is right: islet check FILE --bless --because \"…\"", "Αν αυτό είναι σωστό: islet check ΑΡΧΕΙΟ --bless --because \"…\""))
    return Diagnostic(
      "bless.changed", Words("The meaning of “\(command)” changed.", "Άλλαξε το νόημα της «\(command)»."), help: lines, file: file)
  }

  static func commandGone(_ command: String, _ file: String) -> Diagnostic {
    Diagnostic(
      "bless.gone", Words("“\(command)” was blessed and no longer exists.", "Η «\(command)» είχε εγκριθεί και δεν υπάρχει πια."),
      help: [Words("Bless the file again if that is right.", "Εγκρίνετε ξανά το αρχείο αν αυτό είναι σωστό.")], file: file)
  }

  static func commandNew(_ command: String, _ file: String) -> Diagnostic {
    Diagnostic(
      "bless.new", Words("“\(command)” is new and not blessed yet.", "Η «\(command)» είναι νέα και δεν έχει εγκριθεί."),
      help: [Words("Bless the file again if that is right.", "Εγκρίνετε ξανά το αρχείο αν αυτό είναι σωστό.")], file: file)
  }
}
