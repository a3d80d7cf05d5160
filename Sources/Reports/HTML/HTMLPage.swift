import Wording

/// One page that needs nothing else: no network, no script; light and dark by the reader's preference, black on white in
/// print, readable on a narrow screen and by keyboard and screen reader alone.
///
/// ```swift
/// let page = HTMLPage(
///   title: "Insulinoma", language: .english, intendedUse: "For training and education with hypothetical patients only …",
///   parts: [.markdown(Markdown.blocks(of: text)), .cell(["recommend"], report)],
///   sources: [HTMLPage.Source("P002", "Size, localisation and enucleation", ["An insulinoma that …"])])
/// write(page.html)
/// ```
public struct HTMLPage: Sendable {
  public var title: String
  public var language: Language
  /// Below the title: version, origin. Empty: nothing.
  public var subtitle: String
  /// The line that every export carries.
  public var intendedUse: String
  public var parts: [Part]
  /// The paraphrases that citations lead to, in the order in which they are shown at the end.
  public var sources: [Source]
  /// The paraphrases that are shown as well where the page cites them.
  public var offer: Offer

  /// Paraphrases by their ids, made for those that a page turns out to cite.
  public struct Offer: Sendable {
    /// The ids that may be cited.
    public var ids: Set<String>
    /// The paraphrases of some of them, in the order in which they are shown.
    public var sources: @Sendable (Set<String>) -> [Source]

    public static let nothing = Offer(ids: []) { _ in [] }

    public init(ids: Set<String>, sources: @escaping @Sendable (Set<String>) -> [Source]) {
      self.ids = ids
      self.sources = sources
    }
  }

  public enum Part: Sendable {
    case markdown([Markdown.Block])
    case report(Report)
    /// Commands as typed, and what they answered.
    case cell([Text], Report)

    public static func cell(_ lines: [String], _ report: Report) -> Part { .cell(lines.map { Text($0) }, report) }
  }

  /// A cited paragraph, fact or erratum: its id, its heading and the paraphrase; or a command: its form, and what it does.
  public struct Source: Sendable, Hashable {
    /// The anchor to which its links lead.
    public var id: String
    /// What stands before the title: what it is cited by. Nil: the id.
    public var label: String?
    public var title: String
    public var paragraphs: [Text]
    let isCommand: Bool

    public init(_ id: String, _ title: String, _ paragraphs: [Text]) {
      self.id = id
      self.title = title
      self.paragraphs = paragraphs
      isCommand = false
    }

    /// A command by its id: its name, its form and what it does.
    public init(command id: String, _ name: String, _ form: String, _ paragraphs: [Text]) {
      self.id = Text.Kind.anchor(ofCommand: id)
      label = name
      title = form
      self.paragraphs = paragraphs
      isCommand = true
    }
  }

  public init(
    title: String, language: Language, subtitle: String = "", intendedUse: String, parts: [Part], sources: [Source] = [],
    offer: Offer = .nothing
  ) {
    self.title = title
    self.language = language
    self.subtitle = subtitle
    self.intendedUse = intendedUse
    self.parts = parts
    self.sources = sources
    self.offer = offer
  }

  /// The page. Equal pages give equal bytes.
  public var html: String {
    var anchors = Set(sources.map(\.id))
    var entries: [(level: Int, id: String, title: String)] = []
    var ids = offer.ids.union(sources.map(\.id) + ["text", "sources", "commands"])
    // A page's title is its only h1, and no level below it is left out.
    var deepest = 1
    var given: [Int] = []
    var parts: [(part: Part, level: Int)] = []
    for part in withoutTitle {
      guard case .markdown(let blocks) = part else {
        parts.append((part, deepest))
        continue
      }
      let numbered = blocks.map { block -> Markdown.Block in
        guard case .heading(let level, let named, let words) = block else { return block }
        while let last = given.last, last >= level { given.removeLast() }
        given.append(level)
        deepest = min(6, given.count + 1)
        let title = Markdown.plain(words)
        let id = Self.unused(named ?? Self.slug(title), &ids)
        anchors.insert(id)
        if deepest <= 3 { entries.append((deepest, id, title)) }
        return .heading(deepest, id: id, words)
      }
      parts.append((.markdown(numbered), deepest))
    }
    let (own, offer) = (sources, offer)
    let citations = Citations(anchors.union(offer.ids), language) { ids in
      let given = own.filter { ids.contains($0.id) && !$0.isCommand }
      return given + offer.sources(ids.subtracting(given.map(\.id)).intersection(offer.ids))
    }
    let body = parts.enumerated().map { html($0.element.part, citations, number: $0.offset, below: $0.element.level) }
    let cited = sources + offer.sources(citations.met.intersection(offer.ids))
    let (commands, paraphrases) = (cited.filter(\.isCommand), cited.filter { !$0.isCommand })
    if !paraphrases.isEmpty { entries.append((2, "sources", HTMLWords.sources[language])) }
    if !commands.isEmpty { entries.append((2, "commands", HTMLWords.commands[language])) }
    let leading = Citations(anchors.union(cited.map(\.id)), language)
    let ending =
      html(paraphrases, "sources", HTMLWords.sources, leading, citations.places) + html(commands, "commands", HTMLWords.commands, leading, [:])
    // The third level is listed where there is little of the second.
    if entries.count > Self.mostEntries { entries.removeAll { $0.level > 2 } }
    let contents = contents(entries)
    let open = contents.isEmpty ? "<body>" : "<body class=\"beside\">"
    let main = ["<main id=\"text\">"] + body + [ending, "</main>"]
    return ([head, open, top, contents] + main + [foot, "</body>", "</html>"]).filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }

  /// How many headings the contents list before they leave out the third level.
  private static let mostEntries = 40

  /// An id that no other element of the page has: the one wanted, or with a number.
  private static func unused(_ wanted: String, _ ids: inout Set<String>) -> String {
    var id = wanted
    var number = 2
    while !ids.insert(id).inserted {
      id = "\(wanted)-\(number)"
      number += 1
    }
    return id
  }

  /// The parts, without a first heading that only says the page's title again.
  private var withoutTitle: [Part] {
    guard case .markdown(let blocks)? = parts.first, case .heading(1, _, let words)? = blocks.first, Markdown.plain(words) == title else { return parts }
    return [.markdown(Array(blocks.dropFirst()))] + parts.dropFirst()
  }

  private var head: String {
    """
    <!DOCTYPE html>
    <html lang="\(language.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>\(Markup.escaped(title))</title>
    <style>
    \(PageStyle.text(title: title, use: intendedUse))
    </style>
    </head>
    """
  }

  private var top: String {
    let subtitle = subtitle.isEmpty ? "" : "\n<p class=\"subtitle\">\(Markup.escaped(subtitle))</p>"
    return """
      <a class="skip" href="#text">\(HTMLWords.skip[language])</a>
      <header>
      <h1>\(Markup.escaped(title))</h1>\(subtitle)
      <p class="use">\(Markup.escaped(intendedUse))</p>
      </header>
      """
  }

  private var foot: String { "<footer><p>\(Markup.escaped(intendedUse))</p></footer>" }

  /// The contents, where there is more than a screen of headings: beside the text on a wide screen, folded above it on a narrow one. The
  /// style shows one of the two, since no folded list can be opened by the width of the screen without a script.
  private func contents(_ entries: [(level: Int, id: String, title: String)]) -> String {
    guard entries.count > 3 else { return "" }
    let items = entries.map { "<li class=\"d\($0.level - 2)\"><a href=\"#\(Markup.id($0.id))\">\(Markup.escaped($0.title))</a></li>" }
    let list = "<ul>\n\(items.joined(separator: "\n"))\n</ul>"
    let words = HTMLWords.contents[language]
    return """
      <nav class="aside" aria-label="\(words)">
      <p>\(words)</p>
      \(list)
      </nav>
      <nav class="folded" aria-label="\(words)">
      <details><summary>\(words)</summary>
      \(list)
      </details>
      </nav>
      """
  }

  private func html(_ part: Part, _ citations: Citations, number: Int, below level: Int) -> String {
    citations.part = number
    let report = ReportHTML(citations: citations, language: language, top: min(6, level + 1), prefix: "p\(number + 1)")
    switch part {
    case .markdown(let blocks): return MarkdownHTML(citations: citations).html(blocks)
    case .report(let value): return "<div class=\"report\">\(report.html(value))</div>"
    case .cell(let lines, let value):
      let typed = citations.linked(lines.joined(separator: "\n"))
      let answer = report.html(value)
      return """
        <div class="cell">
        <div class="typed" role="group" aria-label="\(HTMLWords.command[language])"><pre><code>\(typed)</code></pre></div>
        \(answer.isEmpty ? "" : "<div class=\"answer\" role=\"group\" aria-label=\"\(HTMLWords.answer[language])\">\(answer)</div>")
        </div>
        """
    }
  }

  /// What is cited, each with the way back to where it is.
  private func html(
    _ sources: [Source], _ id: String, _ heading: Words, _ citations: Citations, _ places: Citations.Places
  ) -> String {
    if sources.isEmpty { return "" }
    let items = sources.map { source in
      let text = source.paragraphs.map { text in citations.passage("p", of: text.string) { citations.linked(text) } }.joined()
      let back = (places[source.id] ?? []).enumerated().map { "<a href=\"#\($0.element)\">\($0.offset + 1)</a>" }
      let way = back.isEmpty ? "" : "<p class=\"back\">↩ \(HTMLWords.back[language]) \(back.joined(separator: " "))</p>"
      return
        "<article class=\"cited\" id=\"\(Markup.id(source.id))\" tabindex=\"-1\"><h3><span class=\"id\">\(Markup.escaped(source.label ?? source.id))</span> \(Markup.escaped(source.title))</h3>\(text)\(way)</article>"
    }
    return "<section id=\"\(id)\"><h2>\(heading[language])</h2>\n\(items.joined(separator: "\n"))</section>"
  }

  /// A heading's title as an anchor: small letters, hyphens between words.
  static func slug(_ title: String) -> String {
    var words: [String] = []
    var word = ""
    for character in title.lowercased() {
      if character.isLetter || character.isNumber {
        word.append(character)
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    if !word.isEmpty { words.append(word) }
    return Markup.id(words.joined(separator: "-"))
  }
}
