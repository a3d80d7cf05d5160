import Wording

/// How a report is printed as text.
public struct TextStyle: Sendable {
  /// Columns to fit into; nil: lines are never wrapped (a pipe).
  public var columns: Int?
  /// Whether colours and weights may be used.
  public var isColoured: Bool
  /// Whether it is read aloud: nothing is drawn, and each line says what it is.
  public var isAccessible: Bool
  /// The address of a page whose anchors are the ids of what is cited, where the terminal shows links (OSC 8).
  public var page: String?

  public init(columns: Int?, isColoured: Bool, isAccessible: Bool = false) {
    self.columns = columns
    self.isColoured = isColoured
    self.isAccessible = isAccessible
  }

  public static let plain = TextStyle(columns: nil, isColoured: false)
  /// What is kept in a document, whose reader's screen isn't known.
  public static let document = TextStyle(columns: 100, isColoured: false)

  /// What of a text in this style is its own.
  public var kept: Display.Kept { isColoured || page != nil ? .styles : .nothing }

  /// The rest of one of a style's escapes, behind its first character; nil when none stands there.
  static func escape(opening text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView? {
    if text.starts(with: Self.link.unicodeScalars) {
      let address = text.dropFirst(Self.link.unicodeScalars.count).prefix { (0x21...0x7E).contains($0.value) }
      let whole = text[text.startIndex..<address.endIndex]
      let end = text[address.endIndex...].prefix(2)
      return end.elementsEqual("\u{1B}\\".unicodeScalars) ? text[whole.startIndex..<end.endIndex] : nil
    }
    return ["[0m", "[1m", "[2m", "[31m"].first { text.starts(with: $0.unicodeScalars) }.map { text.prefix($0.unicodeScalars.count) }
  }

  /// What opens and ends a link, behind its first character.
  private static let link = "]8;;"

  /// A text as the terminal gets it: what is cited, and commands, are links to their places on the page.
  func shown(_ text: Text) -> String {
    guard let page, !text.marks.isEmpty else { return text.string }
    return text.spans.map { span in
      guard let anchor = span.anchor else { return span.string }
      return "\u{1B}\(Self.link)\(page)#\(anchor)\u{1B}\\\(span.string)\u{1B}\(Self.link)\u{1B}\\"
    }.joined()
  }

  fileprivate func bold(_ text: String) -> String { isColoured ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  fileprivate func bold(_ text: Text) -> String { bold(shown(text)) }
  func dim(_ text: String) -> String { isColoured && !text.isEmpty ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
  fileprivate func red(_ text: String) -> String { isColoured && !text.isEmpty ? "\u{1B}[31m\(text)\u{1B}[0m" : text }
}

extension Report {
  /// The report as text, without its errors, each line ended.
  public func text(_ style: TextStyle) -> String {
    var lines: [String] = []
    for block in blocks {
      switch block {
      case .heading(let text): lines += wrap(Display.safe(text), indent: 0, style).map(style.bold)
      case .paragraph(let text): lines += wrap(Display.safe(text), indent: 0, style).map(style.shown)
      case .notice(let text): lines += wrap(Display.safe(text), indent: 2, style).map { style.dim(style.shown($0)) }
      case .rows(let rows): lines += Self.rows(rows, style)
      case .table(let head, let rows): lines += Self.table(head, rows, style)
      case .verbatim(let rows): lines += rows.flatMap { Self.verbatim($0, style) }
      case .figure(let figure): lines += Self.figure(figure, style)
      }
    }
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  /// The lines that the report takes on a screen of some columns.
  public func lineCount(columns: Int) -> Int {
    text(TextStyle(columns: columns, isColoured: false)).utf8.count { $0 == 0x0A }
  }

  private func wrap(_ text: Text, indent: Int, _ style: TextStyle) -> [Text] {
    let margin = String.spaces(indent)
    var lines: [Text] = []
    for line in text.split(separator: "\n") {
      guard let columns = style.columns else {
        lines.append(margin + line)
        continue
      }
      for line in Display.wrapped(line, to: max(20, columns - indent)) { lines.append(margin + line) }
    }
    return lines
  }

  /// A line as it is typed or printed, which a narrow screen breaks between words; one with an erratum never.
  private static func verbatim(_ line: Text, _ style: TextStyle) -> [String] {
    let safe = Display.safe(line)
    guard let columns = style.columns, !line.holdsErratum, Display.width(safe.string) + 2 > columns else { return ["  " + style.shown(safe)] }
    return Display.wrapped(safe, to: max(20, columns - 6)).enumerated().map { ($0.offset == 0 ? "  " : "      ") + style.shown($0.element) }
  }

  /// The report as text for a document, without its errors: in lines of 100 columns, save for what names an erratum, whose
  /// printed value, id and reading stay on one line.
  public var documentText: String {
    blocks.map { Report(blocks: [$0]).text($0.texts.contains(where: \.holdsErratum) ? .plain : .document) }.joined()
  }

  /// Rows in columns: text, detail, citation. On a narrow screen a detail that doesn't fit follows its text, and what is
  /// too long goes on below, beside the citations.
  private static func rows(_ rows: [Row], _ style: TextStyle) -> [String] { RowLayout(rows, style.columns).lines.map { $0.joined(style) } }

  private static func table(_ head: [Text], _ rows: [[Text]], _ style: TextStyle) -> [String] {
    let cells = ([head] + rows).map { $0.map(Display.safe) }
    if rows.contains(where: { $0.contains { $0.string.contains("\n") } }) { return lists(cells, style) }
    let widths = head.indices.map { column in cells.map { column < $0.count ? Display.width($0[column].string) : 0 }.max() ?? 0 }
    func line(_ row: [Text]) -> Text {
      var text = Text("  ")
      for (column, cell) in row.enumerated() {
        text += column == row.count - 1 ? cell : Display.padded(cell, to: widths[column]) + "  "
      }
      return text
    }
    if let columns = style.columns, widths.reduce(2, +) + 2 * (widths.count - 1) > columns {
      return rows.flatMap { row -> [String] in
        row.enumerated().filter { !$0.element.isEmpty }.flatMap { column, cell -> [String] in
          let label: Text = column == 0 ? "  " : "    \(head[column]): "
          return Display.wrapped(label + Display.safe(cell), to: columns).map(style.shown)
        }
      }
    }
    return [style.bold(line(cells[0]))] + cells.dropFirst().map { style.shown(line($0)) }
  }

  /// A table whose cells are lists: its columns share the screen and their entries wrap; on a narrow screen the columns follow
  /// each other, row by row.
  private static func lists(_ cells: [[Text]], _ style: TextStyle) -> [String] {
    func entries(_ cell: Text) -> [Text] { cell.split(separator: "\n").filter { !$0.isEmpty } }
    let columns = style.columns ?? 100
    let count = (cells[0].count) - 1
    let first = cells.map { Display.width($0[0].string) }.max() ?? 0
    let room = (columns - 2 - first - 2 * count) / max(1, count)
    var lines: [String] = []
    guard count > 0, room >= 24 else {
      for row in cells.dropFirst() {
        lines.append(style.bold("  " + row[0]))
        for (name, cell) in zip(cells[0], row).dropFirst() {
          lines += Display.wrapped("    " + name, to: columns).map { style.bold($0) }
          lines += entries(cell).flatMap { wrapped($0, to: columns - 6).map { "      " + style.shown($0) } }
        }
      }
      return lines
    }
    for (place, row) in cells.enumerated() {
      let parts = [[row[0]]] + row.dropFirst().map { entries($0).flatMap { wrapped($0, to: room) } }
      for line in 0..<(parts.map(\.count).max() ?? 0) {
        var text = Text("  ")
        for (column, part) in parts.enumerated() {
          let cell = line < part.count ? part[line] : Text()
          text += column == parts.count - 1 ? cell : Display.padded(cell, to: column == 0 ? first : room) + "  "
        }
        text = text[0..<text.string.trimmedTail.utf8.count]
        lines.append(place == 0 ? style.bold(text) : style.shown(text))
      }
      if place < cells.count - 1 { lines.append("") }
    }
    return lines
  }

  /// An entry of a list on lines of some columns, those behind the first set in.
  private static func wrapped(_ entry: Text, to columns: Int) -> [Text] {
    let lines = Display.wrapped(entry, to: max(12, columns - 2))
    return lines.enumerated().map { $0.offset == 0 ? $0.element : "  " + $0.element }
  }

  private static func figure(_ figure: Figure, _ style: TextStyle) -> [String] {
    let lines = figure.lines(columns: style.columns)
    return [style.bold(lines[0])] + lines.dropFirst()
  }

  /// The errors as text, each line ended; the first line of each starts with `error[code]`.
  public func errorText(_ style: TextStyle, _ language: Language) -> String {
    errors.map { $0.text(style, language) }.joined()
  }

  /// The report as Markdown.
  public var markdown: String {
    var lines: [String] = []
    func plain(_ text: Text) -> String { Display.safe(text.string).replacing("|", with: "\\|") }
    for block in blocks {
      switch block {
      case .heading(let text): lines += ["### " + plain(text), ""]
      case .paragraph(let text): lines += [plain(text), ""]
      case .notice(let text): lines += ["> " + plain(text).replacing("\n", with: "\n> "), ""]
      case .verbatim(let rows): lines += ["```"] + rows.map { Display.safe($0.string) } + ["```", ""]
      case .rows(let rows):
        for row in rows {
          let mark = row.number.map { "\($0). " } ?? "- " + (row.mark.isEmpty ? "" : row.mark.string + " ")
          let parts = [plain(row.text), plain(row.detail), row.citation.isEmpty ? "" : "(\(plain(row.citation)))"]
          lines.append(String(repeating: "   ", count: row.level) + mark + parts.filter { !$0.isEmpty }.joined(separator: " · "))
        }
        lines.append("")
      case .table(let head, let rows):
        lines.append("| " + head.map(plain).joined(separator: " | ") + " |")
        lines.append("|" + String(repeating: "---|", count: head.count))
        lines += rows.map { "| " + $0.map { plain($0).trimmingNewlines.replacing("\n", with: "; ") }.joined(separator: " | ") + " |" }
        lines.append("")
      case .figure(let figure):
        lines += ["```"] + Self.figure(figure, .plain) + ["```", ""]
      }
    }
    return lines.joined(separator: "\n") + (lines.isEmpty ? "" : "\n")
  }
}

extension String {
  fileprivate var trimmingNewlines: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}

extension Diagnostic {
  /// The diagnostic as text: code and message, the line with the span underlined, what to try.
  public func text(_ style: TextStyle, _ language: Language) -> String {
    if style.isAccessible { return accessibleText(language) }
    return lines(language, columns: style.columns).map { $0.start + style.red($0.red) + style.shown($0.rest) + "\n" }.joined()
  }

  /// The diagnostic in lines as they stand on a page.
  func lines(_ language: Language) -> [Text] { lines(language, columns: nil).map { Text($0.start + $0.red) + $0.rest } }

  /// A line: what stands before what is marked, what is marked as the error, and the rest.
  private typealias Line = (start: String, red: String, rest: Text)

  private func lines(_ language: Language, columns: Int?) -> [Line] {
    func wrapped(_ text: Text) -> [Text] {
      guard let columns, !tellsErratum else { return [text] }
      return Display.wrapped(text, to: max(20, columns - 2))
    }
    let head = "error[\(code)]"
    let said = wrapped(head + "  " + Display.escaped(message.text(language)))
    var lines: [Line] = [("", head, said[0][head.utf8.count..<said[0].string.utf8.count])] + said.dropFirst().map { ("", "", "  " + $0) }
    if let file {
      let place = cell.map { Words(", cell \($0)", ", κελί \($0)")[language] } ?? ""
      lines.append(("  \(Display.escaped(file))" + (line.map { ":\($0)" } ?? "") + place, "", Text()))
    }
    if let source, let span {
      let bytes = Array(source.utf8)
      let low = min(max(0, span.lowerBound), bytes.count)
      let high = min(max(low, span.upperBound), bytes.count)
      var before = Display.escaped(String(decoding: bytes[..<low], as: UTF8.self))
      var marked = Display.escaped(String(decoding: bytes[low..<high], as: UTF8.self))
      var after = Display.escaped(String(decoding: bytes[high...], as: UTF8.self))
      if before.count > 60 { before = "…" + before.suffix(50) }
      if marked.count > 60 { marked = marked.prefix(50) + "…" }
      if after.count > 60 { after = after.prefix(50) + "…" }
      if let columns {
        // The line and its marks keep to one row each, so that the marks stand below what they mark.
        let room = max(16, columns - 4)
        if Display.width(before + marked) > room { before = Self.tail(before, of: max(8, room - min(Display.width(marked), room / 2))) }
        if Display.width(before + marked) > room { marked = Self.head(marked, of: room - Display.width(before)) }
        after = Self.head(after, of: room - Display.width(before + marked))
      }
      lines.append(("    " + before + marked + after, "", Text()))
      let marks = String(repeating: "^", count: max(1, Display.width(marked)))
      lines.append(("    " + String.spaces(Display.width(before)), marks, Text()))
    }
    for line in help { lines += wrapped(Display.escaped(line.text(language))).map { ("", "", "  " + $0) } }
    return lines
  }

  /// The start of a text, at most so wide, with an ellipsis where more follows.
  private static func head(_ text: String, of columns: Int) -> String {
    guard Display.width(text) > columns else { return text }
    var kept = text[...]
    while !kept.isEmpty, Display.width(String(kept)) >= columns { kept.removeLast() }
    return columns > 0 ? kept + "…" : ""
  }

  /// The end of a text, at most so wide, with an ellipsis where more comes before.
  private static func tail(_ text: String, of columns: Int) -> String {
    guard Display.width(text) > columns else { return text }
    var kept = text[...]
    while !kept.isEmpty, Display.width(String(kept)) >= columns { kept.removeFirst() }
    return "…" + kept
  }

  /// Whether a line of it tells a printed value with its erratum and the reading, and so is never broken, however narrow the screen.
  private var tellsErratum: Bool {
    ([message] + help).contains { words in
      Language.allCases.contains {
        words.text($0).marks.contains { if case .erratum = $0.kind { true } else { false } }
      }
    }
  }
}

extension Text.Span {
  /// Where it leads on a page: the id of what is cited, or a command's place.
  var anchor: String? {
    for kind in kinds.reversed() {
      switch kind {
      case .citation(let id): return id
      case .command(let name): return Text.Kind.anchor(ofCommand: name)
      case .erratum, .dose, .stance: continue
      }
    }
    return nil
  }
}

extension Text.Kind {
  /// A command's place on a page.
  public static func anchor(ofCommand name: String) -> String { "command-" + name.replacing(" ", with: "-") }
}

extension String {
  func replacing(_ target: Character, with text: String) -> String {
    contains(target) ? split(separator: target, omittingEmptySubsequences: false).joined(separator: text) : self
  }
}
