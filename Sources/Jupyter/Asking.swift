import Commands
import Grammar
import Reports
import Sessions
import Wording

/// A place in a cell. Front ends count Unicode scalars, islet bytes of UTF-8.
struct Cursor {
  let code: String
  /// The cursor as an offset into the code's UTF-8.
  let offset: Int

  init(_ code: String, scalars: Int?) {
    self.code = code
    let before = code.unicodeScalars.prefix(max(0, scalars ?? Int.max))
    offset = before.reduce(0) { $0 + String(Character($1)).utf8.count }
  }

  /// Scalars up to an offset.
  func scalars(to offset: Int) -> Int { String(decoding: code.utf8.prefix(offset), as: UTF8.self).unicodeScalars.count }

  /// The line that it stands in, up to it.
  var lineBefore: String {
    String(String(decoding: code.utf8.prefix(offset), as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).last ?? "")
  }

  /// The words of the phrase around it: what lies between commas, signs and ends of commands. With the place of the word
  /// at the cursor, and whether the phrase begins a command.
  var phrase: (words: [String], place: Int, beginsCommand: Bool)? {
    let bytes = Array(code.utf8)
    let ends = Set("\n;,#\"()%<>=".utf8)
    var start = offset
    while start > 0, !ends.contains(bytes[start - 1]) { start -= 1 }
    var end = offset
    while end < bytes.count, !ends.contains(bytes[end]) { end += 1 }
    var words: [String] = []
    var found: Int?
    var from = start
    for place in start...end where place == end || bytes[place] == 0x20 {
      if place > from {
        if from <= offset { found = words.count }
        words.append(String(decoding: bytes[from..<place], as: UTF8.self))
      }
      from = place + 1
    }
    guard let place = found else { return nil }
    return (words, place, start == 0 || bytes[start - 1] == 0x0A || bytes[start - 1] == 0x3B)
  }
}

extension Kernel {
  /// How the cell may go on at the cursor.
  mutating func complete(_ content: JSON) -> JSON {
    let cursor = Cursor(content.text("code"), scalars: content.integer("cursor_pos"))
    var list: CompletionList
    let typed = cursor.lineBefore
    if typed.first == "%" {
      list = Self.directives(typed, session.shown.language)
      list.replaces = (cursor.offset - typed.utf8.count)..<cursor.offset
    } else {
      list = session.completions(line: cursor.code, at: cursor.offset)
    }
    let start = cursor.scalars(to: list.replaces.lowerBound)
    let end = cursor.scalars(to: list.replaces.upperBound)
    let described = list.candidates.map { candidate in
      JSON.fields([
        ("start", .integer(start)), ("end", .integer(end)), ("text", .string(candidate.text)), ("signature", .string(candidate.description)),
      ])
    }
    return Self.fields([
      ("matches", .strings(list.candidates.map(\.text))), ("cursor_start", .integer(start)), ("cursor_end", .integer(end)),
      ("metadata", .fields([("_jupyter_types_experimental", .array(described))])),
    ])
  }

  private static func directives(_ typed: String, _ language: Language) -> CompletionList {
    let key = Folding.key(String(typed.dropFirst()))
    let shown = Language.typed(in: typed) ?? language
    let found = Directive.allCases.compactMap { directive -> CompletionCandidate? in
      let fitting = [shown, .english, .greek].first { Folding.key(directive.name[$0]).hasPrefix(key) }
      return fitting.map { CompletionCandidate("%" + directive.name[$0], directive.summary[$0]) }
    }
    return CompletionList(replaces: 0..<0, candidates: found)
  }

  /// What the words at the cursor mean: the paraphrase of a paragraph, fact or erratum by its id, the help of a command, else what `explain` says of the longest phrase it knows.
  func inspect(_ content: JSON) -> JSON {
    let cursor = Cursor(content.text("code"), scalars: content.integer("cursor_pos"))
    let language = session.shown.language
    let report = meaning(at: cursor, language)
    return Self.fields([
      ("found", .bool(report != nil)), ("data", report.map { Bundle.json(Bundle.of($0, language, name: "i")) } ?? .object([])),
      ("metadata", .object([])),
    ])
  }

  private func meaning(at cursor: Cursor, _ language: Language) -> Report? {
    if cursor.lineBefore.first == "%" { return Directive.list(language) }
    guard let (words, place, beginsCommand) = cursor.phrase else { return nil }
    // Asked of a session of its own: the user's is left as it is, and a case that is played isn't asked.
    let asked = Session(world: session.world, language: language)
    func ask(_ line: String) -> Report? {
      var asked = asked
      let answer = asked.run(line)
      return answer.isError ? nil : answer.report
    }
    if let id = SourceID(words[place]) { return session.responder == nil ? ask(id.kind == .paragraph ? "read " + id.text : "cite " + id.text) : nil }
    for length in stride(from: min(5, words.count), through: 1, by: -1) {
      for start in max(0, place - length + 1)...min(place, words.count - length) {
        let phrase = words[start..<(start + length)].joined(separator: " ")
        if beginsCommand, start == 0, session.world.commands.command(named: FoldedKey(phrase)) != nil { return ask("help " + phrase) }
        guard let report = ask("explain " + phrase) else { continue }
        let explained = report.data.first { $0.0 == "explained" }?.1
        if length == 1 || explained.map({ $0 != .array([]) }) ?? false { return report }
      }
    }
    return nil
  }

  /// The cells that were run: the last ones, a range, or those that fit a pattern with `*` and `?`.
  func history(_ content: JSON) -> JSON {
    var found = cells
    let count = content.integer("n")
    switch content.text("hist_access_type") {
    case "range":
      // Session 0 and 1 are this one; the kernel knows no other.
      let isThis = [0, 1].contains(content.integer("session") ?? 0)
      let start = content.integer("start") ?? 1
      let stop = content.integer("stop") ?? Int.max
      found = isThis ? found.filter { $0.number >= start && $0.number < stop } : []
    case "search":
      let pattern = Array(content["pattern"] == nil ? "*" : content.text("pattern"))
      found = found.filter { Self.fits(Array($0.code), pattern) }
      if content.flag("unique", otherwise: false) {
        var seen = Set<String>()
        found = Array(found.reversed().filter { seen.insert($0.code).inserted }.reversed())
      }
      if let count { found = found.suffix(max(0, count)) }
    default: found = found.suffix(max(0, count ?? found.count))
    }
    let withResults = content.flag("output", otherwise: false)
    let entries = found.map { number, code, result -> JSON in
      let text = JSON.string(code)
      return .array([.integer(1), .integer(number), withResults ? .array([text, result.map { .string($0) } ?? .null]) : text])
    }
    return Self.fields([("history", .array(entries))])
  }

  /// Whether a text fits a pattern in which `*` is any text and `?` any character.
  static func fits(_ text: [Character], _ pattern: [Character]) -> Bool {
    var (place, part) = (0, 0)
    var star: (part: Int, place: Int)?
    while place < text.count {
      if part < pattern.count, pattern[part] == "*" {
        star = (part, place)
        part += 1
      } else if part < pattern.count, pattern[part] == "?" || pattern[part] == text[place] {
        place += 1
        part += 1
      } else if let last = star {
        part = last.part + 1
        place = last.place + 1
        star = (last.part, place)
      } else {
        return false
      }
    }
    return pattern[part...].allSatisfy { $0 == "*" }
  }
}
