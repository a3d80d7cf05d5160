import Wording

/// Markdown as HTML within a page.
struct MarkdownHTML {
  /// Links the ids of paragraphs, facts and errata in a text.
  let citations: Citations
  /// The level that the text's first level takes: 2 below a page's title.
  let top: Int

  func html(_ blocks: [Markdown.Block]) -> String { blocks.map(html).joined(separator: "\n") }

  func html(_ block: Markdown.Block) -> String {
    switch block {
    case .heading(let level, let id, let words):
      let level = min(6, level + top - 1)
      return "<h\(level)\(id.map { " id=\"\(Markup.id($0))\"" } ?? "")>\(html(words))</h\(level)>"
    case .cited(let words): return "<p class=\"source\">\(html(words))</p>"
    case .paragraph(let words): return "<p>\(html(words))</p>"
    case .code(let info, let lines):
      let caption = info.isEmpty ? "" : "<span class=\"info\">\(Markup.escaped(info))</span>"
      let kind = info.hasPrefix("output") || info.hasPrefix("text") ? "code scroll" : "code scroll wraps"
      return
        "<div class=\"\(kind)\" tabindex=\"0\" role=\"region\" aria-label=\"\(Markup.escaped(info.isEmpty ? "code" : info))\">\(caption)<pre><code>\(Markup.escaped(lines.joined(separator: "\n")))</code></pre></div>"
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
      if place == 0, case .paragraph(let words) = block { return html(words) }
      return html(block)
    }.joined(separator: "\n")
  }

  func html(_ inlines: [Markdown.Inline], isLink: Bool = false) -> String {
    inlines.map { part in
      switch part {
      case .text(let text): return isLink ? Markup.escaped(text.string) : citations.linked(text)
      case .code(let text): return "<code>\(Markup.escaped(text))</code>"
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
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(label)\"><table>\n<thead><tr>\(heads)</tr></thead>\n<tbody>\n\(lines)\n</tbody>\n</table></div>"
  }
}

/// What a page leads to: the paragraphs, facts and errata that it cites, and the commands that it proposes.
final class Citations {
  private let anchors: Set<String>
  /// The anchors that were linked so far.
  private(set) var met: Set<String> = []

  /// - Parameter anchors: the ids of the page that a citation or a command may lead to.
  init(_ anchors: Set<String>) { self.anchors = anchors }

  /// The text escaped, each citation and command that has an anchor linked to it.
  func linked(_ text: Text) -> String {
    text.spans.map { span in
      let words = Markup.escaped(span.string)
      guard let anchor = span.anchor, anchors.contains(anchor) else { return words }
      met.insert(anchor)
      return "<a class=\"cite\" href=\"#\(Markup.id(anchor))\">\(words)</a>"
    }.joined()
  }
}
