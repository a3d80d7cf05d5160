/// Reads Markdown's blocks, line by line.
struct MarkdownReader {
  private let lines: [String]
  private var place = 0

  init(_ lines: [String]) { self.lines = lines }

  mutating func blocks(depth: Int) -> [Markdown.Block] {
    var blocks: [Markdown.Block] = []
    while place < lines.count {
      let line = lines[place]
      if line.trimmed.isEmpty {
        place += 1
      } else if let mark = Self.fence(line) {
        blocks.append(code(mark))
      } else if let (level, text) = Self.heading(line) {
        blocks.append(.heading(level, id: nil, MarkdownInlines.of(text)))
        place += 1
      } else if Self.isRule(line) {
        blocks.append(.rule)
        place += 1
      } else if line.trimmedLead.hasPrefix(">"), depth < Markdown.deepest {
        blocks.append(quote(depth))
      } else if Self.item(line) != nil, depth < Markdown.deepest {
        blocks.append(list(depth))
      } else if let table = table() {
        blocks.append(table)
      } else {
        blocks.append(paragraph(depth))
      }
    }
    return blocks
  }

  /// The backticks or tildes of a line that opens or closes a fence.
  static func fence(_ line: String) -> String? {
    let text = line.trimmedLead
    guard line.count - text.count < 4, let mark = text.first, mark == "`" || mark == "~" else { return nil }
    let run = text.prefix { $0 == mark }
    if run.count < 3 || (mark == "`" && text.dropFirst(run.count).contains("`")) { return nil }
    return String(run)
  }

  private mutating func code(_ mark: String) -> Markdown.Block {
    let indent = lines[place].prefix { $0 == " " }.count
    let info = String(lines[place].trimmed.dropFirst(mark.count)).trimmed
    place += 1
    var content: [String] = []
    while place < lines.count {
      let line = lines[place]
      place += 1
      if let end = Self.fence(line), end.hasPrefix(mark), line.trimmed == end { break }
      content.append(String(line.dropFirst(min(indent, line.prefix { $0 == " " }.count))))
    }
    return .code(info: info, content)
  }

  private static func heading(_ line: String) -> (Int, String)? {
    let level = line.prefix { $0 == "#" }.count
    guard (1...6).contains(level) else { return nil }
    let rest = line.dropFirst(level)
    guard rest.isEmpty || rest.first == " " else { return nil }
    var text = rest.trimmed
    if let end = text.lastIndex(where: { $0 != "#" }), text[end] == " " { text = text[...end].trimmed }
    return (level, text)
  }

  private static func isRule(_ line: String) -> Bool {
    let marks = line.filter { $0 != " " }
    guard marks.count >= 3, let mark = marks.first, mark == "-" || mark == "*" || mark == "_" else { return false }
    return marks.allSatisfy { $0 == mark }
  }

  private mutating func quote(_ depth: Int) -> Markdown.Block {
    var inner: [String] = []
    while place < lines.count, lines[place].trimmedLead.hasPrefix(">") {
      let text = lines[place].trimmedLead.dropFirst()
      inner.append(String(text.first == " " ? text.dropFirst() : text))
      place += 1
    }
    var reader = MarkdownReader(inner)
    return .quote(reader.blocks(depth: depth + 1))
  }

  /// The number (nil: a bullet), the column at which the item's text starts, and the kind of its mark.
  private static func item(_ line: String) -> (number: Int?, column: Int, mark: Character)? {
    let indent = line.prefix { $0 == " " }.count
    let text = line.dropFirst(indent)
    guard let first = text.first else { return nil }
    if first == "-" || first == "*" || first == "+" {
      let rest = text.dropFirst()
      guard rest.isEmpty || rest.first == " ", !isRule(line) else { return nil }
      let spaces = rest.prefix { $0 == " " }.count
      return (nil, indent + 1 + max(1, min(spaces, 4)), first)
    }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard (1...9).contains(digits.count), let number = Int(digits) else { return nil }
    let rest = text.dropFirst(digits.count)
    guard let mark = rest.first, mark == "." || mark == ")", rest.dropFirst().isEmpty || rest.dropFirst().first == " " else { return nil }
    let spaces = rest.dropFirst().prefix { $0 == " " }.count
    return (number, indent + digits.count + 1 + max(1, min(spaces, 4)), mark)
  }

  private mutating func list(_ depth: Int) -> Markdown.Block {
    let first = Self.item(lines[place])
    let base = lines[place].prefix { $0 == " " }.count
    var items: [[Markdown.Block]] = []
    while place < lines.count, let item = Self.item(lines[place]), item.mark == first?.mark, lines[place].prefix(while: { $0 == " " }).count <= base + 1 {
      var inner = [String(lines[place].dropFirst(item.column))]
      place += 1
      while place < lines.count {
        let line = lines[place]
        let indent = line.prefix { $0 == " " }.count
        if line.trimmed.isEmpty {
          // A blank line belongs to the item when indented text follows it.
          guard let next = lines[place...].firstIndex(where: { !$0.trimmed.isEmpty }), lines[next].prefix(while: { $0 == " " }).count >= item.column
          else { break }
          inner.append("")
          place = next
          continue
        } else if indent >= item.column {
          inner.append(String(line.dropFirst(item.column)))
        } else if indent > base + 1, Self.item(line) != nil {
          inner.append(line.trimmedLead)
        } else if Self.item(line) == nil, !Self.startsBlock(line), !(inner.last ?? "").isEmpty {
          inner.append(line.trimmedLead)
        } else {
          break
        }
        place += 1
      }
      var reader = MarkdownReader(inner)
      items.append(reader.blocks(depth: depth + 1))
      let after = place
      while place < lines.count, lines[place].trimmed.isEmpty { place += 1 }
      if place >= lines.count || Self.item(lines[place]) == nil {
        place = after
        break
      }
    }
    return .list(start: first?.number, items)
  }

  private static func startsBlock(_ line: String) -> Bool {
    fence(line) != nil || heading(line) != nil || isRule(line) || line.trimmedLead.hasPrefix(">")
  }

  private mutating func table() -> Markdown.Block? {
    guard place + 1 < lines.count, lines[place].contains("|") else { return nil }
    let marks = Self.cells(lines[place + 1])
    let isDivider = !marks.isEmpty && marks.allSatisfy { cell in !cell.isEmpty && cell.contains("-") && cell.allSatisfy { $0 == "-" || $0 == ":" } }
    let head = Self.cells(lines[place])
    guard isDivider, marks.count == head.count else { return nil }
    place += 2
    var rows: [[[Markdown.Inline]]] = []
    while place < lines.count, lines[place].contains("|"), !lines[place].trimmed.isEmpty {
      let cells = Self.cells(lines[place])
      rows.append(head.indices.map { $0 < cells.count ? MarkdownInlines.of(cells[$0]) : [] })
      place += 1
    }
    return .table(head: head.map { MarkdownInlines.of($0) }, rows: rows)
  }

  /// The cells of a table's line; `\|` is a bar within one.
  private static func cells(_ line: String) -> [String] {
    var text = line.trimmed[...]
    if text.first == "|" { text = text.dropFirst() }
    var cells = [""]
    var isEscaped = false
    for character in text {
      if character == "|", !isEscaped {
        cells.append("")
      } else {
        if isEscaped, character == "|" { cells[cells.count - 1].removeLast() }
        cells[cells.count - 1].append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    if let last = cells.last, last.trimmed.isEmpty, cells.count > 1 { cells.removeLast() }
    return cells.map(\.trimmed)
  }

  private mutating func paragraph(_ depth: Int) -> Markdown.Block {
    var text = ""
    while place < lines.count {
      let line = lines[place]
      if line.trimmed.isEmpty || (!text.isEmpty && Self.startsBlock(line)) { break }
      if !text.isEmpty, depth < Markdown.deepest, let item = Self.item(line), item.number ?? 1 == 1 { break }
      text += (text.isEmpty ? "" : "\n") + line.trimmedLead
      place += 1
    }
    return .paragraph(MarkdownInlines.of(text))
  }
}
