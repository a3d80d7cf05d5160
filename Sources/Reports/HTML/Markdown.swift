import Wording

/// The Markdown of chapters, scenarios and notebooks: headings, paragraphs, lists, quotes, tables, code, emphasis, links.
///
/// It is a strict subset: raw HTML is text, except comments (dropped) and the chapters' anchors `<a id="…"></a>`; images are
/// their text; links lead to http, https, mailto, an anchor of the page or a relative path, others are their text.
/// Nothing that it reads fails: what has no meaning here is text.
///
/// ```swift
/// let blocks = Markdown.blocks(of: "# Title\n\nA *word*, `code`.")
/// let parts = blocks.map { block in
///   if case .code("islet", let lines) = block { return HTMLPage.Part.cell(lines, run(lines)) }
///   return .markdown([block])
/// }
/// ```
public enum Markdown {
  public indirect enum Block: Sendable, Hashable {
    /// The level, 1 to 6; its anchor, where it has one; its text.
    case heading(Int, id: String?, [Inline])
    case paragraph([Inline])
    /// What follows a heading's anchor on its line: the ids of its facts and paragraphs.
    case cited([Inline])
    /// What the fence says after its backticks, and the lines. Indented code has no info.
    case code(info: String, [String])
    case quote([Block])
    /// The first number of an ordered list, or nil; and the items.
    case list(start: Int?, [[Block]])
    case table(head: [[Inline]], rows: [[[Inline]]])
    case rule
  }

  public indirect enum Inline: Sendable, Hashable {
    case text(Text)
    case code(String)
    case emphasis([Inline])
    case strong([Inline])
    case link([Inline], to: String)
    /// An anchor's id.
    case anchor(String)
    case lineBreak

    public static func text(_ words: String) -> Inline { .text(Text(words)) }
  }

  /// How deep quotes and lists may be nested; what is deeper is text.
  static let deepest = 16

  /// The blocks of a text. A paragraph that starts with an anchor gives its id to the heading right before it.
  public static func blocks(of text: String) -> [Block] {
    var reader = MarkdownReader(withoutComments(text))
    return withHeadingIDs(reader.blocks(depth: 0))
  }

  /// The words of inline parts, without their marks; what is code may be marked in another way.
  public static func plain(_ inlines: [Inline], code mark: (String) -> String = { $0 }) -> String {
    inlines.map { part in
      switch part {
      case .text(let text): text.string
      case .code(let text): mark(text)
      case .emphasis(let parts), .strong(let parts), .link(let parts, _): plain(parts, code: mark)
      case .anchor: ""
      case .lineBreak: " "
      }
    }.joined()
  }

  private static func withHeadingIDs(_ blocks: [Block]) -> [Block] {
    var result: [Block] = []
    for block in blocks {
      if case .paragraph(let inlines) = block, case .anchor(let id)? = inlines.first, case .heading(let level, nil, let words)? = result.last {
        result[result.count - 1] = .heading(level, id: id, words)
        var rest = Array(inlines.dropFirst())
        if case .text(let text)? = rest.first { rest[0] = .text(text[text.string.utf8.count - text.string.trimmedLead.utf8.count..<text.string.utf8.count]) }
        if !plain(rest).isEmpty { result.append(.cited(rest)) }
      } else {
        result.append(block)
      }
    }
    return result
  }

  /// The text without `<!-- … -->`, fenced code left alone.
  private static func withoutComments(_ text: String) -> [String] {
    var lines: [String] = []
    var isComment = false
    var fence: String?
    for raw in Display.safe(text.replacing("\t", with: "    ")).split(separator: "\n", omittingEmptySubsequences: false) {
      let line = String(raw)
      if !isComment, let mark = MarkdownReader.fence(line) {
        if let open = fence {
          if mark.hasPrefix(open), line.trimmed == mark { fence = nil }
        } else {
          fence = mark
        }
        lines.append(line)
        continue
      }
      if fence != nil {
        lines.append(line)
        continue
      }
      var kept = ""
      var rest = Substring(line)
      var hadComment = isComment
      while !rest.isEmpty {
        if isComment {
          guard let end = rest.range(ofText: "-->") else { break }
          rest = rest[end.upperBound...]
          isComment = false
        } else if let start = rest.range(ofText: "<!--") {
          kept += rest[..<start.lowerBound]
          rest = rest[start.upperBound...]
          isComment = true
          hadComment = true
        } else {
          kept += rest
          break
        }
      }
      if !(hadComment && kept.trimmed.isEmpty) { lines.append(kept) }
    }
    return lines
  }
}

extension StringProtocol {
  /// The first place of a text in this one.
  func range(ofText text: String) -> Range<Index>? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(text) { return place..<index(place, offsetBy: text.count) }
      place = index(after: place)
    }
    return nil
  }

  /// The text without spaces at its ends.
  var trimmed: String {
    var part = self[...]
    while part.first == " " { part = part.dropFirst() }
    while part.last == " " { part = part.dropLast() }
    return String(part)
  }
}
