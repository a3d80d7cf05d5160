import Vocabulary
import Wording

/// A chapter file as it is written, with the line of each heading, sentence and field: what the lint looks at.
struct ChapterSource {
  /// File name without ending, the same for a chapter and its companion: `01-surgery`.
  let name: String
  /// Path as errors name it: `chapters/01-surgery.el.md`.
  let file: String
  let language: Language
  let lines: [String]
  /// The chapter's own heading; nil where there is none.
  private(set) var title: Heading?
  private(set) var headings: [Heading] = []
  private(set) var blocks: [SourceBlock] = []

  /// A heading with its anchor line and the prose below it.
  struct Heading {
    var id = ""
    let title: String
    let line: Int
    /// The anchor line as written; empty where it is missing.
    var anchor = ""
    var anchorLine = 0
    var facts: [String] = []
    var paragraphs: [String] = []
    /// The last word of a chapter's anchor line.
    var topic = ""
    var prose: [(line: Int, text: String)] = []
  }

  init(_ text: TextFile) {
    file = text.name
    language = text.name.hasSuffix(".el.md") ? .greek : .english
    var name = text.name.split(separator: "/").last.map(String.init) ?? text.name
    name.removeLast(language == .greek ? 6 : 3)
    self.name = name
    lines = text.withBytes { bytes in
      var found: [String] = []
      var cursor = LineCursor(bytes)
      while let line = cursor.read() { found.append(line.text) }
      return found
    }
    var block: SourceBlock?
    for (index, line) in lines.enumerated() {
      let number = index + 1
      if line.hasPrefix("```") {
        if let open = block {
          blocks.append(open)
          block = nil
        } else {
          let words = line.dropFirst(3).split(separator: " ").map(String.init)
          block = SourceBlock(
            kind: words.first ?? "", id: words.dropFirst().first ?? "", line: number, heading: headings.indices.last)
        }
      } else if block != nil {
        let text = line.trimmingSpaces()
        guard !text.isEmpty else { continue }
        let parts = text.split(separator: " ", maxSplits: 1)
        block?.fields.append(
          SourceField(
            name: String(parts[0]), value: parts.count > 1 ? parts[1].trimmingSpaces() : "", line: number))
      } else if line.hasPrefix("#") {
        let heading = Heading(title: line.drop { $0 == "#" }.trimmingSpaces(), line: number)
        if line.hasPrefix("##") { headings.append(heading) } else { title = heading }
      } else if line.hasPrefix("<a id=\"") {
        if headings.isEmpty {
          title = title.map { Self.anchored($0, line, number, isTitle: true) }
        } else {
          let last = headings.count - 1
          headings[last] = Self.anchored(headings[last], line, number, isTitle: false)
        }
      } else if !headings.isEmpty, !line.trimmingSpaces().isEmpty {
        headings[headings.count - 1].prose.append((number, line.trimmingSpaces()))
      }
    }
  }

  /// A heading with what its anchor line says.
  private static func anchored(_ heading: Heading, _ line: String, _ number: Int, isTitle: Bool) -> Heading {
    var heading = heading
    heading.anchor = line.trimmingSpaces()
    heading.anchorLine = number
    let parts = line.dropFirst(7).split(separator: "\"", maxSplits: 1).map(String.init)
    heading.id = parts.first ?? ""
    let words = (parts.last ?? "").split(separator: " ").dropFirst().map(String.init).filter { $0 != "·" }
    for word in words {
      if word.first == "F" {
        heading.facts.append(word)
      } else if word.first == "P" {
        heading.paragraphs.append(word)
      } else if isTitle {
        heading.topic = word
      }
    }
    return heading
  }

  /// The heading that a block stands under.
  func heading(of block: SourceBlock) -> Heading? { block.heading.map { headings[$0] } }
}

/// A fenced block as written.
struct SourceBlock {
  let kind: String
  let id: String
  let line: Int
  /// The place of the heading that it stands under.
  let heading: Int?
  var fields: [SourceField] = []

  func field(_ name: String) -> SourceField? { fields.first { $0.name == name } }

  subscript(name: String) -> String? { field(name)?.value }

  /// The ids in a field, separated by spaces or commas.
  func list(_ name: String) -> [String] {
    self[name]?.split { $0 == " " || $0 == "," }.map(String.init) ?? []
  }
}

/// A field of a block as written.
struct SourceField {
  let name: String
  let value: String
  let line: Int
}
