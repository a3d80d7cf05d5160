import Grammar
import Measures
import Vocabulary
import Wording

/// Reads one chapter file, line by line. Errors name file and line. It works on bytes: the shell reads every chapter's
/// rules before its first answer.
struct ChapterReader {
  private(set) var chapter: Chapter
  private(set) var rules: [Rule] = []
  private(set) var entries: [ChapterEntry] = []
  private var vocabulary: Vocabulary
  private var file: TextFile
  private var firstRule: Int
  private var keepsProse: Bool

  /// A fenced block: its kind, id and line, and where its fields start.
  private struct FencedBlock {
    let kind: Bytes
    let id: Bytes
    let line: Int
    let start: Int
  }
  private var title = ""
  private var titleLine = 0
  private var isChapterTitle = false

  /// Reads a chapter. Prose is kept only when asked for, so that rules are read fast.
  init(
    _ text: TextFile, _ vocabulary: Vocabulary, _ conditions: inout CanonicalReader, firstRule: Int, keepsProse: Bool
  ) throws(Diagnostic) {
    file = text
    self.vocabulary = vocabulary
    self.firstRule = firstRule
    self.keepsProse = keepsProse
    var name = text.name[...]
    if let slash = name.utf8.lastIndex(of: 0x2F) { name = name[name.utf8.index(after: slash)...] }
    for ending in [".el.md", ".md"] where name.hasSuffix(ending) {
      name.removeLast(ending.count)
      break
    }
    chapter = Chapter(name: String(name))
    var reader = conditions
    var copy = self
    try text.withBytes { (bytes: Bytes) throws(Diagnostic) in try copy.read(bytes, &reader) }
    conditions = reader
    self = copy
  }

  private func fault(_ english: String, _ greek: String, _ line: Int) -> Diagnostic {
    Diagnostic(
      "chapter.format", Words("The chapter can't be read: \(english).", "Το κεφάλαιο δεν διαβάζεται: \(greek)."), file: file.name,
      line: line)
  }

  private mutating func read(_ bytes: Bytes, _ conditions: inout CanonicalReader) throws(Diagnostic) {
    var lines = LineCursor(bytes)
    guard lines.read()?.reads("<!-- islet chapter 1 -->") == true else {
      throw fault("the first line is <!-- islet chapter 1 -->", "η πρώτη γραμμή είναι <!-- islet chapter 1 -->", 1)
    }
    while let line = lines.read() {
      guard line.count > 0 else { continue }
      switch line[0] {
      case 0x60:
        let words = line.part(min(3, line.count), line.count).trimmed.headAndRest
        guard line.starts("```"), words.head.count > 0, words.rest.count > 0, words.rest.place(of: 0x20) == nil else {
          throw fault("a fence says its kind and its id", "ένα πλαίσιο γράφει το είδος και το αναγνωριστικό του", lines.number)
        }
        let block = FencedBlock(kind: words.head, id: words.rest, line: lines.number, start: lines.next)
        var end: Int?
        while let field = lines.read() {
          guard field.count > 0, field[0] == 0x60 else { continue }
          end = lines.start
          break
        }
        guard let end else { throw fault("the block \(block.id.text) is not closed", "το πλαίσιο \(block.id.text) δεν κλείνει", block.line) }
        try close(block, bytes, end, &conditions)
      case 0x23:
        isChapterTitle = !line.starts("##")
        var start = 0
        while start < line.count, line[start] == 0x23 { start += 1 }
        title = line.part(start, line.count).trimmed.text
        titleLine = lines.number
      case 0x3C where line.starts("<a id=\""): try anchor(line, lines.number)
      default:
        guard keepsProse, let last = chapter.sections.indices.last else { continue }
        chapter.sections[last].prose.append(line.trimmed.text)
      }
    }
    if chapter.id.isEmpty { throw fault("the chapter has no title and anchor", "λείπει ο τίτλος του κεφαλαίου με την άγκυρά του", 1) }
  }

  /// `<a id="surgery.size"></a> F005 F006 · P002`
  private mutating func anchor(_ line: Bytes, _ number: Int) throws(Diagnostic) {
    let tail = line.part(7, line.count)
    guard let quote = tail.place(of: 0x22), !title.isEmpty, tail.part(quote, tail.count).starts("\"></a>") else {
      throw fault(
        "an anchor stands below its heading: <a id=\"…\"></a> facts · paragraphs",
        "η άγκυρα μπαίνει κάτω από την επικεφαλίδα της: <a id=\"…\"></a> στοιχεία · παράγραφοι", number)
    }
    let id = tail.part(0, quote).text
    var words = tail.part(quote + 6, tail.count).trimmed.ids
    if isChapterTitle {
      chapter.id = id
      chapter.title = title
      if words.last?.hasPrefix("P") == false { chapter.topic = words.removeLast() }
      chapter.paragraphs = words.filter { $0 != "·" }
    } else {
      var section = Section(id: id, chapter: chapter.name)
      section.title = title
      section.line = titleLine
      for word in words where word != "·" {
        if word.hasPrefix("F") { section.facts.append(word) } else { section.paragraphs.append(word) }
      }
      chapter.sections.append(section)
    }
    title = ""
  }

  private mutating func close(
    _ block: FencedBlock, _ bytes: Bytes, _ end: Int, _ conditions: inout CanonicalReader
  ) throws(Diagnostic) {
    guard let section = chapter.sections.last?.id else {
      throw fault("a block before the first heading", "πλαίσιο πριν από την πρώτη επικεφαλίδα", block.line)
    }
    if block.kind.reads("rule") || block.kind.reads("remark") {
      rules.append(try rule(block, bytes.part(block.start, end), section, &conditions))
      return
    }
    guard let kind = ChapterEntry.Kind(rawValue: block.kind.text) else {
      throw fault(
        "unknown block “\(block.kind.text)”: rule, remark, evidence, dose, adverse-effect or erratum",
        "άγνωστο πλαίσιο «\(block.kind.text)»: rule, remark, evidence, dose, adverse-effect ή erratum", block.line)
    }
    entries.append(
      ChapterEntry(
        kind: kind, id: block.id.text, chapter: chapter.name, section: section, line: block.line, file: file,
        range: block.start..<end))
  }

  private func rule(
    _ block: FencedBlock, _ body: Bytes, _ section: String, _ conditions: inout CanonicalReader
  ) throws(Diagnostic) -> Rule {
    let isRemark = block.kind.reads("remark")
    var rule = RuleDraft(index: firstRule + rules.count, id: block.id.text, chapter: chapter.name, section: section, line: block.line)
    rule.topics = [chapter.topic]
    var english = ""
    var greek = ""
    var lines = LineCursor(body)
    while let line = lines.read() {
      if line.count == 0 { continue }
      let (name, value) = line.trimmed.headAndRest
      let number = block.line + lines.number
      switch name[0] {
      case 0x65 where name.reads("en"): english = value.text
      case 0x65 where name.reads("el"): greek = value.text
      case 0x66 where name.reads("facts"): rule.facts = value.ids
      case 0x70 where name.reads("paragraphs"): rule.paragraphs = value.ids
      case 0x77 where name.reads("when"): rule.when = try condition(value, number, &conditions)
      case 0x77 where name.reads("with"): rule.with = value.ids
      default:
        switch name.text {
        case "advise":
          var words = value.ids
          guard !isRemark, let last = words.popLast(), let stance = Stance(rawValue: last), !words.isEmpty else {
            throw fault("advise SUBJECT STANCE", "η μορφή είναι advise ΘΕΜΑ ΘΕΣΗ", number)
          }
          rule.subjects = words
          rule.stance = stance
        case "about": rule.subjects = value.ids
        case "until": rule.until = try condition(value, number, &conditions)
        case "not-said": rule.notSaid = try condition(value, number, &conditions)
        case "repeats": rule.repeats = value.ids
        case "requirement": rule.isRequirement = true
        case "unless": rule.unless = try condition(value, number, &conditions)
        case "role":
          guard let role = Role(rawValue: value.text) else { throw fault("unknown role “\(value.text)”", "άγνωστος ρόλος «\(value.text)»", number) }
          rule.role = role
        case "strength":
          guard let strength = Strength(rawValue: value.text) else {
            throw fault("unknown strength “\(value.text)”", "άγνωστη ισχύς «\(value.text)»", number)
          }
          rule.strength = strength
        case "overrides": rule.overrides = value.ids
        case "conflicts": rule.conflicts = value.ids
        case "level": rule.level = value.text
        case "grade": rule.grade = value.text
        case "reading": rule.reading = value.text
        case "background": rule.isBackground = true
        case "alone":
          guard isRemark else { throw fault("alone is for remarks", "το alone είναι για τα remark", number) }
          rule.standsAlone = true
        case "topic": rule.topics = value.ids
        default: throw fault("unknown field “\(name.text)”", "άγνωστο πεδίο «\(name.text)»", number)
        }
      }
    }
    rule.title = Words(english, greek)
    guard !rule.subjects.isEmpty, !english.isEmpty, !greek.isEmpty else {
      throw fault(
        "\(rule.id) needs a subject and its titles in both languages",
        "ο κανόνας \(rule.id) χρειάζεται θέμα και τίτλο στις δύο γλώσσες", block.line)
    }
    guard isRemark || rule.stance != nil else { throw fault("\(rule.id) needs advise", "ο κανόνας \(rule.id) χρειάζεται advise", block.line) }
    return Rule(rule)
  }

  private func condition(_ text: Bytes, _ line: Int, _ conditions: inout CanonicalReader) throws(Diagnostic) -> Condition {
    if let condition = conditions.condition(text) { return condition }
    do throws(Diagnostic) {
      return try ConditionReader.condition(text.text, vocabulary)
    } catch {
      throw error.at(file: file.name, line: line)
    }
  }
}
