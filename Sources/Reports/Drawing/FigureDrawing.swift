import Wording

extension Figure {
  /// The figure drawn for a terminal: title, drawing, notes; plain characters, no escapes.
  ///
  /// - Parameter columns: the columns to fit into, at least 40; nil: the drawing takes 80 and notes are not wrapped.
  public func lines(columns: Int?) -> [String] {
    let room = max(40, columns ?? 80)
    let title = Display.safe(title) + (citation.isEmpty ? "" : "  " + Display.safe(citation.string))
    let heading = columns == nil ? [title] : Display.fitted(title, to: room)
    return heading + drawing(columns: room)
      + notes.flatMap { note -> [String] in
        let text = Display.safe(note.string)
        return columns == nil ? ["  " + text] : Display.fitted(text, to: room - 2).map { "  " + $0 }
      }
  }

  /// The drawing alone; no line is wider than `columns` (at least 40).
  func drawing(columns: Int) -> [String] {
    switch content {
    case .survival(let value): value.drawing(columns, language)
    case .forest(let value): value.drawing(columns, language)
    case .ranges(let value): value.drawing(columns, language)
    case .timeline(let value): value.drawing(columns, language)
    case .tree(let value): value.drawing(columns, language)
    case .crossing(let value): value.drawing(columns, language)
    }
  }
}

extension Display {
  /// The text broken into lines of a width, at spaces where there are any, within a longer word where there are none.
  static func fitted(_ text: String, to columns: Int) -> [String] {
    wrapped(text, to: columns).flatMap { line -> [String] in
      if width(line) <= columns { return [line] }
      var lines: [String] = []
      var part = ""
      var used = 0
      for character in line {
        let size = width(String(character))
        if used + size > columns, !part.isEmpty {
          lines.append(part)
          part = ""
          used = 0
        }
        part.append(character)
        used += size
      }
      lines.append(part)
      return lines
    }
  }

  /// Parts joined into lines of a width; a part is broken only where it is too wide itself.
  static func joined(_ parts: [String], by separator: String, to columns: Int) -> [String] {
    var lines: [String] = []
    for part in parts {
      if let last = lines.last, width(last) + width(separator) + width(part) <= columns {
        lines[lines.count - 1] = last + separator + part
      } else {
        lines += fitted(part, to: columns)
      }
    }
    return lines
  }

  /// The text set at the right end of a width.
  static func padded(left text: String, to columns: Int) -> String {
    String.spaces(columns - width(text)) + text
  }
}
