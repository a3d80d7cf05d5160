import Grammar
import Measures
import Vocabulary
import Wording

/// Reads one chapter file, line by line. Errors name file and line.
struct ChapterReader {
  private(set) var chapter: Chapter
  private(set) var rules: [Rule] = []
  private(set) var entries: [Entry] = []
  private let vocabulary: Vocabulary
  private let file: String
  private let firstRule: Int
  private let keepsProse: Bool

  private struct Block {
    let kind: String
    let id: String
    let line: Int
    var fields: [(name: String, value: String, line: Int)] = []
  }
  private var block: Block?
  private var title = ""
  private var titleLine = 0
  private var isChapterTitle = false

  /// Reads a chapter. Prose is kept only when asked for, so that rules are read fast.
  init(_ text: TextFile, _ vocabulary: Vocabulary, firstRule: Int, keepsProse: Bool) throws(Diagnostic) {
    file = text.name
    self.vocabulary = vocabulary
    self.firstRule = firstRule
    self.keepsProse = keepsProse
    var name = text.name
    if let slash = name.lastIndex(of: "/") { name = String(name[name.index(after: slash)...]) }
    for ending in [".el.md", ".md"] where name.hasSuffix(ending) {
      name.removeLast(ending.count)
      break
    }
    chapter = Chapter(name: name)
    var number = 0
    try text.forEachLine { (line, bytes) throws(Diagnostic) in
      number = line
      try read(bytes, line)
    }
    if let block { throw fault("the block \(block.id) is not closed", number) }
    if chapter.id.isEmpty { throw fault("the chapter has no title and anchor", 1) }
  }

  private func fault(_ text: String, _ line: Int) -> Diagnostic {
    Diagnostic(
      "chapter.format", Words("The chapter can't be read: \(text).", "Το κεφάλαιο δεν διαβάζεται: \(text)."), file: file,
      line: line)
  }

  private mutating func read(_ bytes: ArraySlice<UInt8>, _ line: Int) throws(Diagnostic) {
    if line == 1 {
      guard String(decoding: bytes, as: UTF8.self) == "<!-- islet chapter 1 -->" else {
        throw fault("the first line is <!-- islet chapter 1 -->", 1)
      }
      return
    }
    guard let first = bytes.first else { return }
    if block != nil {
      if first == 0x60 {
        try close()
      } else {
        let space = bytes.firstIndex(of: 0x20) ?? bytes.endIndex
        block?.fields.append(
          (String(decoding: bytes[..<space], as: UTF8.self), TextFile.trimmed(bytes[space...]), line))
      }
      return
    }
    switch first {
    case 0x60:
      let text = TextFile.trimmed(bytes)
      let words = text.dropFirst(3).split(separator: " ").map(String.init)
      guard text.hasPrefix("```"), words.count == 2 else { throw fault("a fence says its kind and its id", line) }
      block = Block(kind: words[0], id: words[1], line: line)
    case 0x23:
      let text = TextFile.trimmed(bytes)
      isChapterTitle = !text.hasPrefix("##")
      title = String(text.drop { $0 == "#" }).trimmingSpaces()
      titleLine = line
    case 0x3C where bytes.starts(with: Array("<a id=\"".utf8)):
      try anchor(TextFile.trimmed(bytes), line)
    default:
      guard keepsProse, let last = chapter.sections.indices.last else { return }
      chapter.sections[last].prose.append(TextFile.trimmed(bytes))
    }
  }

  /// `<a id="surgery.size"></a> F005 F006 · P002`
  private mutating func anchor(_ text: String, _ line: Int) throws(Diagnostic) {
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    guard parts.count == 3, !title.isEmpty, let close = parts[2].range(of: "</a>") else {
      throw fault("an anchor stands below its heading: <a id=\"…\"></a> facts · paragraphs", line)
    }
    let rest = parts[2][close.upperBound...].split(separator: "·", omittingEmptySubsequences: false)
    let id = String(parts[1])
    func words(_ part: Substring) -> [String] { part.split(separator: " ").map(String.init) }
    if isChapterTitle {
      chapter.id = id
      chapter.title = title
      chapter.paragraphs = rest.first.map(words) ?? []
      chapter.topic = rest.count > 1 ? String(rest[1]).trimmingSpaces() : ""
    } else {
      var section = Section(id: id, chapter: chapter.name)
      section.title = title
      section.line = titleLine
      for word in rest.flatMap(words) {
        if word.hasPrefix("F") { section.facts.append(word) } else { section.paragraphs.append(word) }
      }
      chapter.sections.append(section)
    }
    title = ""
  }

  private mutating func close() throws(Diagnostic) {
    guard let block else { return }
    self.block = nil
    guard let section = chapter.sections.last else { throw fault("a block before the first heading", block.line) }
    switch block.kind {
    case "rule", "remark": rules.append(try rule(block, section.id))
    default:
      guard let kind = Entry.Kind(rawValue: block.kind) else {
        throw fault("unknown block “\(block.kind)”: rule, remark, evidence, dose, adverse-effect or erratum", block.line)
      }
      entries.append(
        Entry(
          kind: kind, id: block.id, chapter: chapter.name, section: section.id,
          fields: block.fields.map { ($0.name, $0.value) }, line: block.line))
    }
  }

  private func rule(_ block: Block, _ section: String) throws(Diagnostic) -> Rule {
    var rule = Rule(
      index: firstRule + rules.count, id: block.id, chapter: chapter.name, section: section, line: block.line)
    rule.topic = chapter.topic
    var english = ""
    var greek = ""
    func list(_ text: String) -> [String] {
      text.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
    }
    func condition(_ text: String, _ line: Int) throws(Diagnostic) -> Condition {
      do throws(Diagnostic) {
        return try ConditionReader.condition(text, vocabulary)
      } catch {
        throw error.at(file: file, line: line)
      }
    }
    for (name, value, line) in block.fields {
      switch name {
      case "advise":
        var words = list(value)
        guard block.kind == "rule", let last = words.popLast(), let stance = Stance(rawValue: last), !words.isEmpty else {
          throw fault("advise SUBJECT STANCE", line)
        }
        rule.subjects = words
        rule.stance = stance
      case "about": rule.subjects = list(value)
      case "when": rule.when = try condition(value, line)
      case "until": rule.until = try condition(value, line)
      case "with": rule.with = list(value)
      case "role":
        guard let role = Role(rawValue: value) else { throw fault("unknown role “\(value)”", line) }
        rule.role = role
      case "strength":
        guard let strength = Strength(rawValue: value) else { throw fault("unknown strength “\(value)”", line) }
        rule.strength = strength
      case "overrides": rule.overrides = list(value)
      case "conflicts": rule.conflicts = list(value)
      case "facts": rule.facts = list(value)
      case "paragraphs": rule.paragraphs = list(value)
      case "level": rule.level = value
      case "grade": rule.grade = value
      case "reading": rule.reading = value
      case "background": rule.isBackground = true
      case "topic": rule.topic = value
      case "en": english = value
      case "el": greek = value
      default: throw fault("unknown field “\(name)”", line)
      }
    }
    rule.title = Words(english, greek)
    guard !rule.subjects.isEmpty, !english.isEmpty, !greek.isEmpty else {
      throw fault("\(block.id) needs a subject and its titles in both languages", block.line)
    }
    guard block.kind == "remark" || rule.stance != nil else { throw fault("\(block.id) needs advise", block.line) }
    return rule
  }
}
