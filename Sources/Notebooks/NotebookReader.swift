import Grammar
import Sessions
import Wording

extension Notebook {
  /// Reads a notebook's bytes. Errors name the file and the line: a file that is too long or isn't UTF-8, a fence that isn't
  /// closed, a cell's first line that says more than islet can read, a format that is newer.
  public init(_ bytes: [UInt8], file: String) throws(Diagnostic) {
    guard bytes.count <= ScriptBounds.bytes else { throw .fileTooLong(file) }
    let rows = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard rows.count <= ScriptBounds.lines + 1 else { throw .tooManyLines(file) }
    for (place, row) in rows.enumerated() where String(validating: row, as: UTF8.self) == nil {
      do throws(Diagnostic) {
        _ = try Input.line(row)
      } catch {
        throw error.at(file: file, line: place + 1)
      }
    }
    self.init(file: file, rows: rows)
    var reader = NotebookReader(self)
    try reader.read()
    self = reader.notebook
  }
}

/// Reads cells line by line, with the fences and comments of Markdown between them.
private struct NotebookReader {
  var notebook: Notebook
  private var place = 0
  private var prose: [String] = []
  private var mark = CellMark()

  init(_ notebook: Notebook) { self.notebook = notebook }

  private func text(_ place: Int) -> String { Notebook.text(notebook.rows[place]) }

  mutating func read() throws(Diagnostic) {
    try header()
    var isComment = false
    var open: Fence?
    while place < notebook.rows.count {
      let line = text(place)
      let fence = isComment ? nil : Fence(line)
      if let outer = open {
        if outer.isClosed(by: line) { open = nil }
      } else if let fence {
        if fence.isAtStart, fence.words.first == "islet" {
          try cell(fence)
          continue
        }
        open = fence
      } else {
        isComment = Self.isComment(after: line, isComment)
      }
      prose.append(line)
      place += 1
    }
    endProse()
  }

  /// `<!-- islet notebook 1 el -->`
  private mutating func header() throws(Diagnostic) {
    var line = text(0)
    if line.hasPrefix("\u{FEFF}") { line.removeFirst() }
    let words = line.split(separator: " ").map(String.init)
    guard words.count >= 4, words.starts(with: ["<!--", "islet", "notebook"]), words.last == "-->" else { return }
    guard let version = Int(words[3]), version >= 1, version <= Notebook.version else {
      throw Diagnostic(
        "notebook.version",
        Words("The notebook's format is newer than this islet reads.", "Η μορφή του τετραδίου είναι νεότερη από όσες διαβάζει αυτό το islet."),
        help: [
          Words(
            "It reads version \(Notebook.version): <!-- islet notebook \(Notebook.version) en -->",
            "Διαβάζει την έκδοση \(Notebook.version): <!-- islet notebook \(Notebook.version) el -->")
        ], source: line, file: notebook.file, line: 1)
    }
    for word in words.dropFirst(4).dropLast() {
      guard let language = Language(rawValue: word) else {
        throw Diagnostic(
          "notebook.language", Words("islet doesn't speak “\(word)”.", "Το islet δεν γνωρίζει τη γλώσσα «\(word)»."),
          help: [Words("Write en or el.", "Γράψτε en ή el.")], source: line, file: notebook.file, line: 1)
      }
      notebook.language = language
    }
    place = 1
  }

  private mutating func endProse() {
    if prose.contains(where: { !$0.allSatisfy { $0 == " " } }) { notebook.parts.append(.prose(prose.joined(separator: "\n"))) }
    prose = []
  }

  private mutating func cell(_ fence: Fence) throws(Diagnostic) {
    endProse()
    let start = place
    let end = try close(fence, Words("cell", "κελί"))
    let expected = try expected(fence, line: start + 1)
    let rows = notebook.rows[start + 1..<end]
    mark.add(info: fence.words.joined(separator: " "), lines: rows.map { Notebook.text($0) })
    let lines = rows.indices.map { (number: $0 + 1, bytes: notebook.rows[$0]) }
    place = end + 1
    let output = try output()
    notebook.cells.append(
      Notebook.Cell(
        number: notebook.cells.count + 1, line: start + 1, expected: expected, lines: lines, mark: mark, output: output, end: end))
    notebook.parts.append(.cell(notebook.cells.count - 1))
  }

  /// The output right below a cell, blank lines between them aside.
  private mutating func output() throws(Diagnostic) -> Notebook.Output? {
    var next = place
    while next < notebook.rows.count, text(next).allSatisfy({ $0 == " " }) { next += 1 }
    guard next < notebook.rows.count, let fence = Fence(text(next)), fence.isAtStart, fence.words.first == "output" else { return nil }
    place = next
    let end = try close(fence, Words("output", "αποτέλεσμα"))
    place = end + 1
    return Notebook.Output(mark: fence.words.dropFirst().first ?? "", lines: (next + 1..<end).map(text), rows: next..<end + 1)
  }

  /// The place of the fence that closes one.
  private func close(_ fence: Fence, _ what: Words) throws(Diagnostic) -> Int {
    for row in (place + 1)..<max(place + 1, notebook.rows.count) where fence.isClosed(by: text(row)) { return row }
    throw Diagnostic(
      "notebook.open", Words("The \(what.english) that begins here isn't closed.", "Το \(what.greek) που αρχίζει εδώ δεν κλείνει."),
      help: [
        Words("Close it with a line of its own: \(fence.mark)", "Κλείστε το με μια δική του γραμμή: \(fence.mark)")
      ], source: text(place), file: notebook.file, line: place + 1)
  }

  /// `islet` or `islet error=CODE`.
  private func expected(_ fence: Fence, line: Int) throws(Diagnostic) -> String? {
    guard let word = fence.words.dropFirst().first else { return nil }
    if fence.words.count == 2, word.hasPrefix("error="), word.count > 6 { return String(word.dropFirst(6)) }
    throw Diagnostic(
      "notebook.cell", Words("The first line of a cell says more than islet reads.", "Η πρώτη γραμμή του κελιού λέει κάτι που το islet δεν διαβάζει."),
      help: [
        Words(
          "Write ```islet, or ```islet error=CODE where the last command must fail.",
          "Γράψτε ```islet, ή ```islet error=ΚΩΔΙΚΟΣ όπου η τελευταία εντολή πρέπει να αποτύχει.")
      ], source: text(place), file: notebook.file, line: line)
  }

  /// Whether a comment of Markdown is open at a line's end.
  private static func isComment(after line: String, _ isOpen: Bool) -> Bool {
    var isOpen = isOpen
    let bytes = Array(line.utf8)
    let marks = (start: Array("<!--".utf8), end: Array("-->".utf8))
    var place = 0
    while place < bytes.count {
      let mark = isOpen ? marks.end : marks.start
      if bytes[place...].starts(with: mark) {
        isOpen.toggle()
        place += mark.count
      } else {
        place += 1
      }
    }
    return isOpen
  }
}

/// A line that opens a fence: three or more backticks or tildes, and what it says after them.
private struct Fence {
  let mark: String
  let words: [String]
  /// Whether nothing stands before it.
  let isAtStart: Bool

  init?(_ line: String) {
    let text = line.drop { $0 == " " }
    let indent = line.count - text.count
    guard indent < 4, let tick = text.first, tick == "`" || tick == "~" else { return nil }
    mark = String(text.prefix { $0 == tick })
    let rest = text.dropFirst(mark.count)
    guard mark.count >= 3, tick == "~" || !rest.contains("`") else { return nil }
    words = rest.split(separator: " ").map(String.init)
    isAtStart = indent == 0
  }

  /// Whether a line closes it: the same mark, as long or longer, and nothing else.
  func isClosed(by line: String) -> Bool {
    guard let other = Fence(line) else { return false }
    return other.words.isEmpty && other.mark.hasPrefix(mark)
  }
}
