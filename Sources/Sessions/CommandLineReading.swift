import Grammar
import Wording

/// A line read as far as the command that it calls.
struct CommandLineReading {
  /// The line that the tokens stand in.
  let line: String
  let tokens: [Token]
  /// The command, and the number of tokens of its name; nil where the line calls none.
  let match: (command: Command, length: Int)?
}

extension Registry {
  /// Reads a line. A file's name is taken from it as it was typed; everything else from its plain form.
  func read(_ line: String) throws(Diagnostic) -> CommandLineReading {
    let plain = try Input.plain(line)
    for text in line == plain ? [line] : [line, plain] {
      if let (command, end) = fileCommand(in: text) {
        let name = try Lexer.tokens(String(decoding: Array(text.utf8)[..<end], as: UTF8.self))
        do throws(Diagnostic) {
          return CommandLineReading(
            line: text, tokens: name + (try FileName.tokens(in: text, from: end, command)), match: (command, name.count))
        } catch {
          throw error.on(text)
        }
      }
    }
    do throws(Diagnostic) {
      let tokens = try Lexer.tokens(plain)
      return CommandLineReading(line: plain, tokens: tokens, match: match(tokens))
    } catch {
      throw error.on(plain)
    }
  }

  /// The command that a line begins with, when a file's name follows, and where its own name ends in the line's UTF-8.
  private func fileCommand(in line: String) -> (command: Command, end: Int)? {
    let bytes = Array(line.utf8)
    var best: (command: Command, end: Int)?
    var key = FoldedKey()
    var place = 0
    for count in 1...4 {
      while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
      let start = place
      while place < bytes.count, bytes[place] != 0x20, bytes[place] != 0x09, bytes[place] != 0x22 { place += 1 }
      guard place > start else { break }
      key = key + FoldedKey(String(decoding: bytes[start..<place], as: UTF8.self))
      if let command = command(named: key), count == 1 || command.isWritten(key, asWords: count) { best = (command, place) }
    }
    guard let best, best.command.takesFile else { return nil }
    return best
  }
}

/// A file's name in a line.
enum FileName {
  /// The most bytes of a name.
  static let longest = 1_000

  /// The name as one quoted token, then the tokens of the options behind it.
  static func tokens(in line: String, from start: Int, _ command: Command) throws(Diagnostic) -> [Token] {
    let bytes = Array(line.utf8)
    var start = start
    while start < bytes.count, isSpace(bytes[start]) { start += 1 }
    guard start < bytes.count else { return [] }
    let isFlagged = command.options.contains { $0.style == .flag }
    let (name, span, end) = try quoted(bytes, start, isFlagged, command, line) ?? bare(bytes, start, isFlagged)
    guard name.utf8.count <= longest else {
      throw Diagnostic("file.name", Words("The file's name is too long.", "Το όνομα του αρχείου είναι πολύ μεγάλο."), source: line, span: span)
    }
    let file = name.isEmpty ? [] : [Token(kind: .quoted, text: name, key: FoldedKey(name), span: span)]
    // The options keep their places in the line.
    let rest = try Input.plain(String(decoding: bytes[end...], as: UTF8.self))
    return file + (try Lexer.tokens(String.spaces(end) + rest))
  }

  /// Quotation marks that may stand around a name: what a text editor makes of straight ones too.
  private static let marks: [(open: [UInt8], close: [[UInt8]])] = [
    (Array("\"".utf8), [Array("\"".utf8)]), (Array("“".utf8), [Array("”".utf8)]),
    (Array("„".utf8), [Array("“".utf8), Array("”".utf8)]), (Array("«".utf8), [Array("»".utf8)]),
  ]

  private typealias Found = (name: String, span: Range<Int>, end: Int)

  /// A name between quotation marks: the last mark that only options follow closes it. Nil where the marks are the name's.
  private static func quoted(
    _ bytes: [UInt8], _ start: Int, _ isFlagged: Bool, _ command: Command, _ line: String
  ) throws(Diagnostic) -> Found? {
    guard let mark = marks.first(where: { bytes[start...].starts(with: $0.open) }) else { return nil }
    let inner = start + mark.open.count
    var closing: [Range<Int>] = []
    for place in inner..<max(inner, bytes.count) {
      for close in mark.close where bytes[place...].starts(with: close) { closing.append(place..<(place + close.count)) }
    }
    guard !closing.isEmpty else {
      if mark.open.count > 1 { return nil }
      throw Diagnostic.openQuote(start..<bytes.count)
    }
    let ends = closing.filter { $0.upperBound == bytes.count || isSpace(bytes[$0.upperBound]) }
    for end in ends.reversed() {
      let rest = bytes[end.upperBound...].drop(while: isSpace)
      guard rest.isEmpty || isFlagged && rest.starts(with: [0x2D, 0x2D]) else { continue }
      return (String(decoding: bytes[inner..<end.lowerBound], as: UTF8.self), start..<end.upperBound, end.upperBound)
    }
    guard let first = ends.first else { return nil }
    throw Diagnostic(
      "command.extra", Words("There is something after the file's name.", "Κάτι ακολουθεί το όνομα του αρχείου."),
      help: [Words("Usage: \(command.form.english)", "Η μορφή της: \(command.form.greek)")], source: line,
      span: first.upperBound..<bytes.count)
  }

  /// Everything as typed, up to the options.
  private static func bare(_ bytes: [UInt8], _ start: Int, _ isFlagged: Bool) -> Found {
    var end = bytes.count
    for place in start..<bytes.count where bytes[place...].starts(with: [0x2D, 0x2D]) && isSpace(bytes[place - 1]) && isFlagged {
      end = place
      break
    }
    var last = end
    while last > start, isSpace(bytes[last - 1]) { last -= 1 }
    return (String(decoding: bytes[start..<last], as: UTF8.self), start..<last, end)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
