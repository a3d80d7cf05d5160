import Grammar
import Sessions
import Wording

extension Invocation {
  /// The rest of the line as a file name: one quoted text, or everything as typed up to options (`--step`).
  func fileName() throws(Diagnostic) -> String {
    guard hasArgument else { throw incomplete }
    let file: String
    if tokens[first].kind == .quoted {
      file = tokens[first].text
      if let extra = tokens.dropFirst(first + 1).first, !isOption(extra) { throw tooMuch(from: extra) }
    } else {
      let end = tokens[first...].first(where: isOption)?.span.lowerBound ?? line.utf8.count
      let bytes = Array(line.utf8)[tokens[first].span.lowerBound..<end]
      file = String(decoding: bytes, as: UTF8.self).split(separator: " ").joined(separator: " ")
    }
    guard !file.isEmpty else { throw incomplete }
    guard file.utf8.count <= 1_000 else {
      throw Diagnostic(
        "file.name", Words("The file's name is too long.", "Το όνομα του αρχείου είναι πολύ μεγάλο."), source: line,
        span: tokens[first].span)
    }
    return file
  }

  /// Whether a token starts an option: two hyphens after a space.
  private func isOption(_ token: Token) -> Bool {
    let bytes = Array(line.utf8)
    let start = token.span.lowerBound
    return token.isSymbol("-") && start > 0 && bytes[start - 1] == 0x20 && start + 1 < bytes.count && bytes[start + 1] == 0x2D
  }

  /// Whether an option stands where the file's name would: hyphens right after a command's name are taken for a part of it.
  func isOptionAlone(_ name: String) -> Bool {
    guard hasArgument, argument.trimmingSpaces() == name else { return false }
    return line.utf8.prefix(tokens[first].span.lowerBound).suffix(2).elementsEqual("--".utf8)
  }

  /// The options after the file's name, as words: `--until 5` is `until`, `5`.
  func options() -> [String] {
    guard let start = tokens[first...].first(where: isOption)?.span.lowerBound else { return [] }
    return String(decoding: Array(line.utf8)[start...], as: UTF8.self).split(separator: " ").map { word in
      word.hasPrefix("--") ? String(word.dropFirst(2)) : String(word)
    }
  }

  private func tooMuch(from token: Token) -> Diagnostic {
    Diagnostic(
      "command.extra",
      Words("Something stands after the file's name.", "Κάτι ακολουθεί το όνομα του αρχείου."),
      help: [Words("Its form: \(command.form.english)", "Η μορφή της: \(command.form.greek)")], source: line,
      span: token.span.lowerBound..<line.utf8.count)
  }
}
