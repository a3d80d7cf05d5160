import Wording

/// A report for those who listen to it: no column, no drawing, each line says what it is.
extension Report {
  /// The report without its errors, each line ended.
  public func accessibleText(_ language: Language) -> String {
    blocks.flatMap { Self.lines($0, AccessibleWords(language)) }.map { Display.safe($0) + "\n" }.joined()
  }

  private static func lines(_ block: Block, _ words: AccessibleWords) -> [String] {
    switch block {
    case .heading(let text): return [words.heading + ": " + text.string]
    case .paragraph(let text): return split(text.string)
    case .notice(let text): return split(text.string).map { words.note + ": " + $0.trimmed }
    case .rows(let rows): return rows.map { line($0, words) }
    case .table(let head, let rows): return table(head, rows, words)
    case .verbatim(let rows): return rows.map { words.text + ": " + $0.string }
    case .figure(let figure):
      let (head, rows) = figure.table
      let title = words.figure + ": " + figure.title + (figure.citation.isEmpty ? "" : ". " + words.source + ": " + figure.citation.string)
      return [title, figure.description] + table(head, rows, words) + figure.notes.map { words.note + ": " + $0.string }
    }
  }

  private static func split(_ text: String) -> [String] {
    text.split(separator: "\n").map { said(String($0)) }
  }

  /// A text without the gaps that set its parts apart on a screen.
  private static func said(_ text: String) -> String {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    var result = ""
    var gap = 0
    for word in words {
      if word.isEmpty {
        gap += 1
        continue
      }
      result += result.isEmpty ? "" : gap > 0 ? ": " : " "
      result += word
      gap = 0
    }
    return result
  }

  private static func line(_ row: Row, _ words: AccessibleWords) -> String {
    var parts: [String] = []
    if let number = row.number { parts.append("\(number)") }
    if let mark = words.mark(row.mark.string) { parts.append(mark) }
    parts.append(said(row.text.string))
    var line = parts.joined(separator: ": ")
    if row.level > 0 { line = words.below + ": " + line }
    if !row.detail.isEmpty { line += ". " + words.detail + ": " + row.detail.string }
    if !row.citation.isEmpty { line += ". " + words.source + ": " + row.citation.string }
    return line
  }

  private static func table(_ head: [Text], _ rows: [[Text]], _ words: AccessibleWords) -> [String] {
    rows.map { row in
      let cells = row.enumerated().filter { !$0.element.isEmpty }.map { place, cell in
        let name = place < head.count ? head[place].string : ""
        return name.isEmpty ? cell.string : name + ": " + cell.string
      }
      return words.row + ": " + cells.joined(separator: "; ")
    }
  }
}

extension Diagnostic {
  /// The diagnostic in labelled lines: where it stands is said in words.
  func accessibleText(_ language: Language) -> String {
    let words = AccessibleWords(language)
    var lines = ["error[\(code)]  " + message[language]]
    if let file {
      let place = cell.map { Words(", cell \($0)", ", κελί \($0)")[language] } ?? ""
      lines.append(words.file + ": " + file + (line.map { ":\($0)" } ?? "") + place)
    }
    if let source, let span {
      let bytes = Array(source.utf8)
      let low = min(max(0, span.lowerBound), bytes.count)
      let marked = String(decoding: bytes[low..<min(max(low, span.upperBound), bytes.count)], as: UTF8.self)
      lines.append(words.typed + ": " + source)
      if !marked.isEmpty, marked != source { lines.append(words.place + ": " + marked) }
    }
    lines += help.map { words.help + ": " + $0[language] }
    return lines.map { Display.escaped($0) + "\n" }.joined()
  }
}

/// The labels, and the marks in words.
struct AccessibleWords {
  private let language: Language

  init(_ language: Language) { self.language = language }

  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }

  var heading: String { say("Heading", "Επικεφαλίδα") }
  var note: String { say("Note", "Σημείωση") }
  var figure: String { say("Figure", "Σχήμα") }
  var source: String { say("source", "πηγή") }
  var text: String { say("Text", "Κείμενο") }
  var below: String { say("With it", "Μαζί") }
  var detail: String { say("detail", "λεπτομέρεια") }
  var row: String { say("Row", "Γραμμή") }
  var file: String { say("File", "Αρχείο") }
  var typed: String { say("Typed", "Γράφτηκε") }
  var place: String { say("Place", "Σημείο") }
  var help: String { say("Help", "Βοήθεια") }

  /// A mark in words; nil where a row has none.
  func mark(_ mark: String) -> String? {
    switch mark {
    case "": nil
    case "✓": say("yes", "ναι")
    case "✗": say("no", "όχι")
    case "?": say("open", "ανοικτό")
    case "○": say("option", "επιλογή")
    case "!": say("caution", "προσοχή")
    case "+": say("plus", "συν")
    case "−": say("minus", "πλην")
    case "~": say("about", "περίπου")
    case "→": say("leads to", "οδηγεί σε")
    case "·": nil
    default: mark
    }
  }
}
