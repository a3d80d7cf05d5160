import Wording

/// Markdown as HTML within a page.
struct MarkdownHTML {
  /// Links the ids of paragraphs, facts and errata in a text.
  let citations: Citations

  func html(_ blocks: [Markdown.Block]) -> String { blocks.map(html).joined(separator: "\n") }

  func html(_ block: Markdown.Block) -> String {
    switch block {
    case .heading(let level, let id, let words):
      return "<h\(level)\(id.map { " id=\"\(Markup.id($0))\"" } ?? "")>\(html(words))</h\(level)>"
    case .cited(let words): return "<p class=\"source\">\(html(words))</p>"
    case .paragraph(let words):
      // What stands in strong words alone is the title of what follows, and stays with it on paper.
      let isTitle = if words.count == 1, case .strong = words[0] { true } else { false }
      return citations.passage("p", isTitle ? " class=\"title\"" : "", of: Markdown.plain(words)) { html(words) }
    case .code(let info, let lines):
      let caption = info.isEmpty ? "" : "<span class=\"info\">\(Markup.escaped(info))</span>"
      let scrolls = info.hasPrefix("output") || info.hasPrefix("text")
      let kind = scrolls ? "code scroll\" tabindex=\"0" : "code wraps"
      return
        "<div class=\"\(kind)\" role=\"group\" aria-label=\"\(Markup.escaped(info.isEmpty ? "code" : info))\">\(caption)<pre><code>\(Markup.escaped(lines.joined(separator: "\n")))</code></pre></div>"
    case .quote(let blocks): return "<blockquote>\(html(blocks))</blockquote>"
    case .list(let start, let items):
      let inner = items.map { "<li>\(item($0))</li>" }.joined(separator: "\n")
      guard let start else { return "<ul>\n\(inner)\n</ul>" }
      return "<ol\(start == 1 ? "" : " start=\"\(start)\"")>\n\(inner)\n</ol>"
    case .table(let head, let rows):
      let label = Markup.escaped(head.map { Markdown.plain($0) }.filter { !$0.isEmpty }.joined(separator: ", "))
      return HTMLTable.html(head: head.map { html($0) }, rows: rows.map { $0.map { html($0) } }, label: label)
    case .rule: return "<hr>"
    }
  }

  /// A list's item: a lone paragraph without its mark.
  private func item(_ blocks: [Markdown.Block]) -> String {
    blocks.enumerated().map { place, block in
      if place == 0, case .paragraph(let words) = block {
        let text = Markdown.plain(words)
        return citations.other(text) == nil ? html(words) : citations.passage("span", of: text) { html(words) }
      }
      return html(block)
    }.joined(separator: "\n")
  }

  func html(_ inlines: [Markdown.Inline], isLink: Bool = false) -> String {
    inlines.map { part in
      switch part {
      case .text(let text): return isLink ? citations.plain(text.string) : citations.linked(text)
      case .code(let text): return "<code>\(Self.code(text))</code>"
      case .emphasis(let parts): return "<em>\(html(parts, isLink: isLink))</em>"
      case .strong(let parts): return "<strong>\(html(parts, isLink: isLink))</strong>"
      case .link(let parts, let target):
        if isLink { return html(parts, isLink: true) }
        return "<a href=\"\(Markup.escaped(Self.page(target)))\" rel=\"noreferrer\">\(html(parts, isLink: true))</a>"
      case .anchor(let id): return "<a id=\"\(Markup.id(id))\"></a>"
      case .lineBreak: return "<br>"
      }
    }.joined()
  }

  /// A line of code within a text, in which no row ends behind the hyphens of an option.
  private static func code(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let isOption = word.hasPrefix("-") && (2...longestOption).contains(word.count)
      return isOption ? "<span class=\"whole\">\(Markup.escaped(String(word)))</span>" : Markup.escaped(String(word))
    }.joined(separator: " ")
  }

  /// Characters of an option that fit the narrowest screens.
  private static let longestOption = 24

  /// Where a link leads on a page: a notebook of the same folder, `other.md` or `other.md#part`, is a page there too.
  private static func page(_ target: String) -> String {
    let file = target.prefix { $0 != "#" }
    let name = file.hasPrefix("./") ? file.dropFirst(2) : file
    guard name.hasSuffix(".md"), name.count > 3, !name.contains(where: { ":/?".contains($0) }) else { return target }
    return file.dropLast(3) + ".html" + target.dropFirst(file.count)
  }
}

/// A table in a region that scrolls by itself, so that the page never does sideways.
enum HTMLTable {
  /// The cells are HTML already.
  static func html(head: [String], rows: [[String]], label: String) -> String {
    let heads = head.map { $0.isEmpty ? "<td></td>" : "<th scope=\"col\">\($0)</th>" }.joined()
    let lines = rows.map { row in "<tr>" + row.map { "<td>\($0)</td>" }.joined() + "</tr>" }.joined(separator: "\n")
    return
      "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"\(label)\"><table>\n<thead><tr>\(heads)</tr></thead>\n<tbody>\n\(lines)\n</tbody>\n</table></div>"
  }
}

/// What a page leads to: the paragraphs, facts and errata that it cites, and the commands that it proposes. And from where it is cited.
final class Citations {
  /// Where something is cited: the place's id.
  typealias Places = [String: [String]]

  private let anchors: Set<String>
  /// The language of what is being written; nil: no other is marked.
  private var language: Language?
  private let sources: (Set<String>) -> [HTMLPage.Source]
  /// The anchors that were linked so far.
  private(set) var met: Set<String> = []
  /// Where each paragraph, fact and erratum is cited: the first place in each part of the page.
  private(set) var places: Places = [:]
  /// The part of the page that is being written; nil: where something is cited isn't kept.
  var part: Int?
  private var lastPart: [String: Int] = [:]
  private var count = 0

  /// - Parameters:
  ///   - anchors: the ids of the page that a citation or a command may lead to.
  ///   - language: the page's.
  ///   - sources: the paraphrases of some ids, which open where a row cites them.
  init(_ anchors: Set<String>, _ language: Language? = nil, sources: @escaping (Set<String>) -> [HTMLPage.Source] = { _ in [] }) {
    self.anchors = anchors
    self.language = language
    self.sources = sources
  }

  /// The text escaped, each citation and command that has an anchor linked to it, stances with sign and word.
  func linked(_ text: Text) -> String {
    text.spans.map { span in
      for case .stance(let id, let sign, let word) in span.kinds { return Self.badge(id, sign, word) }
      guard let anchor = span.anchor, anchors.contains(anchor) else { return plain(span.string) }
      met.insert(anchor)
      return "<a class=\"cite\"\(place([anchor])) href=\"#\(Markup.id(anchor))\">\(Markup.escaped(span.string))</a>"
    }.joined()
  }

  func plain(_ text: String) -> String { Markup.withWholeRows(Tongue.marked(text, in: language)) }

  /// A stance as a page shows it: by its sign and its word, never by colour alone.
  private static func badge(_ id: String, _ sign: String, _ word: String) -> String {
    "<span class=\"badge \(Markup.id(id))\"><span aria-hidden=\"true\">\(Markup.escaped(sign))</span> \(Markup.escaped(word))</span>"
  }

  /// The language of a passage where it is another than the one around it.
  func other(_ passage: String) -> Language? { language.flatMap { Tongue.other(passage, in: $0) } }

  /// An element that says which language its passage is in where that is another.
  func passage(_ element: String, _ attributes: String = "", of text: String, _ inner: () -> String) -> String {
    let outer = language
    let other = other(text)
    if let other { language = other }
    defer { language = outer }
    return "<\(element)\(other.map { " lang=\"\($0.rawValue)\"" } ?? "")\(attributes)>\(inner())</\(element)>"
  }

  /// What a text cites, as a summary that opens the paraphrases at their place; linked words where the page has none.
  func opened(_ text: Text, _ kind: String) -> String {
    let ids = cited(text)
    let found = sources(Set(ids))
    guard !found.isEmpty else { return "<span class=\"\(kind)\">\(linked(text))</span>" }
    met.formUnion(ids)
    let place = place(ids)
    var told: [[Text]] = []
    let passages = found.map { source in
      let isTold = told.contains(source.paragraphs)
      told.append(source.paragraphs)
      let words = isTold ? "" : source.paragraphs.map { text in passage("p", of: text.string) { plain(text.string) } }.joined()
      return "<p><a class=\"cite\" href=\"#\(Markup.id(source.id))\">\(Markup.escaped(source.id))</a> \(plain(source.title))</p>\(words)"
    }
    return "<details class=\"\(kind)\"\(place)><summary>\(Markup.escaped(text.string))</summary><div class=\"passage\">\(passages.joined())</div></details>"
  }

  /// The ids of paragraphs, facts and errata that a text cites and the page has.
  func cited(_ text: Text) -> [String] {
    var ids: [String] = []
    for span in text.spans {
      for case .citation(let id) in span.kinds where anchors.contains(id) && !ids.contains(id) { ids.append(id) }
    }
    return ids
  }

  /// The id of a place that cites, where it is the first of its part for one of the ids.
  private func place(_ ids: [String]) -> String {
    guard let part else { return "" }
    let new = ids.filter { !$0.hasPrefix("command-") && lastPart[$0] != part }
    guard !new.isEmpty else { return "" }
    count += 1
    for id in new {
      lastPart[id] = part
      places[id, default: []].append("cited-\(count)")
    }
    return " id=\"cited-\(count)\""
  }
}
