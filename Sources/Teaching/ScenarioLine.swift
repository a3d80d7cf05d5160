import Grammar
import Wording

/// One line of a case's file, taken apart from left to right: words, and texts in quotes.
struct ScenarioLine {
  let text: String
  /// Its number in the file, from 1.
  let number: Int
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ text: String, number: Int) {
    self.text = text
    self.number = number
    bytes = Array(text.utf8)
    skipSpace()
  }

  var isAtEnd: Bool { position >= bytes.count }

  private mutating func skipSpace() {
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
  }

  /// The next word, up to a space; nil before a quote or at the end.
  mutating func word() -> (text: String, span: Range<Int>)? {
    let start = position
    while position < bytes.count, ![0x20, 0x09, 0x22].contains(bytes[position]) { position += 1 }
    guard position > start else { return nil }
    let span = start..<position
    skipSpace()
    return (String(decoding: bytes[span], as: UTF8.self), span)
  }

  /// What stands in a part of the line, in bytes.
  func text(_ span: Range<Int>) -> String { String(decoding: bytes[span], as: UTF8.self) }

  /// Takes a word if it comes next.
  mutating func takes(_ word: String) -> Bool {
    let before = position
    if self.word()?.text == word { return true }
    position = before
    return false
  }

  /// The rest of the line, and where it starts.
  mutating func rest() -> (text: String, start: Int) {
    let start = position
    position = bytes.count
    return (String(decoding: bytes[start...], as: UTF8.self).dropTrailingSpaces, start)
  }

  /// What stands before a word that comes with spaces around it, outside quotes; the position moves behind the word.
  mutating func before(_ word: String) -> (text: String, start: Int)? {
    let start = position
    var probe = self
    while !probe.isAtEnd {
      let here = probe.position
      if probe.word()?.text == word {
        position = probe.position
        return (String(decoding: bytes[start..<here], as: UTF8.self).dropTrailingSpaces, start)
      }
      if probe.position == here { return nil }
    }
    return nil
  }

  /// A text in quotes; `\"` and `\\` stand for a quote and a backslash.
  mutating func quoted() throws(Diagnostic) -> String {
    guard position < bytes.count, bytes[position] == 0x22 else {
      throw fault(
        "case.text", Words("A text in quotes is missing here.", "Λείπει εδώ ένα κείμενο σε εισαγωγικά."),
        Words("Write: \"English\" | \"Ελληνικά\"", "Γράψτε: \"English\" | \"Ελληνικά\""), position..<max(position, bytes.count))
    }
    let start = position
    var found: [UInt8] = []
    position += 1
    while position < bytes.count, bytes[position] != 0x22 {
      if bytes[position] == 0x5C, position + 1 < bytes.count, bytes[position + 1] == 0x22 || bytes[position + 1] == 0x5C { position += 1 }
      found.append(bytes[position])
      position += 1
    }
    guard position < bytes.count else {
      throw fault(
        "case.quote", Words("A quote is not closed.", "Τα εισαγωγικά δεν έκλεισαν."),
        Words("Put \" at the text's end; inside a text write \\\".", "Βάλτε \" στο τέλος του κειμένου· μέσα στο κείμενο γράψτε \\\"."),
        start..<bytes.count)
    }
    position += 1
    skipSpace()
    return String(decoding: found, as: UTF8.self)
  }

  /// A text in the case's languages: `"English" | "Ελληνικά"`, or one text where the case has one language.
  mutating func words(_ languages: [Language]) throws(Diagnostic) -> Words {
    let start = position
    let first = try quoted()
    guard takes("|") else {
      guard languages.count == 1 else {
        throw fault(
          "case.text-language",
          Words("The case has two languages, and this text has one.", "Το περιστατικό έχει δύο γλώσσες και αυτό το κείμενο μία."),
          Words("Write both: \"English\" | \"Ελληνικά\"", "Γράψτε και τις δύο: \"English\" | \"Ελληνικά\""), start..<position)
      }
      return Words(same: first)
    }
    let second = try quoted()
    return Words(first, second)
  }

  /// An error if something is left.
  func end() throws(Diagnostic) {
    guard isAtEnd else {
      throw fault(
        "case.extra", Words("Something follows the statement.", "Κάτι ακολουθεί τη δήλωση."),
        Words("Delete it, or put it on a line of its own.", "Διαγράψτε το, ή βάλτε το σε δική του γραμμή."), position..<bytes.count)
    }
  }

  func fault(_ code: String, _ message: Words, _ help: Words, _ span: Range<Int>? = nil) -> Diagnostic {
    Diagnostic(code, message, help: [help], source: text, span: span ?? 0..<bytes.count)
  }
}

extension StringProtocol {
  var dropTrailingSpaces: String {
    var part = self[...]
    while part.last == " " || part.last == "\t" { part.removeLast() }
    return String(part)
  }
}
