import Grammar
import Vocabulary
import Wording

extension World {
  /// A canonical line as it is shown: in Greek with the Greek names of its command and of what it names, which read as the same line.
  public func shown(_ canonical: String) -> Words {
    guard let tokens = try? Lexer.tokens(canonical), let (command, length) = commands.match(tokens) else { return Words(same: canonical) }
    guard length < tokens.count else { return command.proposed(canonical, command.name.greek) }
    let rest = Self.text(from: tokens[length], canonical)
    return command.proposed(canonical, command.name.greek + " " + argument(rest, of: command))
  }

  /// The argument of a canonical line in Greek; as it stands where it names nothing that has a Greek name.
  private func argument(_ text: String, of command: Command) -> String {
    let vocabulary = guideline.vocabulary
    guard let tokens = try? Lexer.tokens(text) else { return text }
    switch command.id {
    case "give", "perform", "stop", "arrange":
      if let line = treatment(command.id + " " + text) { return String(line.dropFirst(command.name.greek.count + 1)) }
    case "advance": if let time = time(text) { return time }
    case "patient", "use", "use witness", "copy", "rename", "forget", "branch", "switch": return naming(tokens, text)
    default: break
    }
    if let (nested, length) = commands.match(tokens) {
      if length == tokens.count { return nested.name.greek }
      if let line = treatment(text) { return line }
    }
    let names = text.split(separator: ",").map { $0.trimmingSpaces() }.map { part -> String? in
      vocabulary.therapy(id: part)?.name.greek ?? vocabulary.finding(id: part)?.name.greek ?? (try? vocabulary.tests)?.id(part)?.name.greek
        ?? ((try? vocabulary.terms) ?? []).first { $0.id == part || $0.name.english == part }?.name.greek
    }
    if names.allSatisfy({ $0 != nil }) { return names.compactMap { $0 }.joined(separator: ", ") }
    return ["what if", "set", "note"].contains(command.id) ? findings(text) : text
  }

  private static func text(from token: Token, _ line: String) -> String { String(decoding: Array(line.utf8)[token.span.lowerBound...], as: UTF8.self) }

  /// `give octreotide-lar 20 mg every 4 weeks` in Greek; nil where it is no such line, or names what the vocabulary doesn't.
  private func treatment(_ line: String) -> String? {
    guard let words = try? guideline.vocabulary.doseWords, let reader = try? TreatmentReader(guideline.vocabulary, words, line) else { return nil }
    let greek = reader.shown(line).greek
    return greek == line ? nil : greek
  }

  /// `3 months as planned`, `to next injection` in Greek.
  private func time(_ text: String) -> String? {
    guard let words = try? guideline.vocabulary.doseWords, var reader = try? TreatmentReader(guideline.vocabulary, words, text) else { return nil }
    if reader.isNextInjection { return "στην επόμενη ένεση" }
    guard let spans = try? reader.spans(), !spans.isEmpty else { return nil }
    return spans.map(\.written.greek).joined(separator: " ") + (reader.isPlanned ? " κατά το πρόγραμμα" : "")
  }

  /// `"Maria" from 2013-05-01 men1`, `branch "main" to "before"` in Greek: names stay as they are.
  private func naming(_ tokens: [Token], _ text: String) -> String {
    let words = ["patient": "ασθενή", "branch": "κλάδο", "to": "σε", "from": "από", "all": "όλα"]
    let bytes = Array(text.utf8)
    var parts: [String] = []
    var place = 0
    while place < tokens.count {
      if tokens[place].kind == .quoted {
        parts.append(String(decoding: bytes[tokens[place].span], as: UTF8.self))
        place += 1
      } else if let word = words[tokens[place].text] {
        parts.append(word)
        place += 1
        guard word == "από" else { continue }
        let end = tokens[place...].firstIndex { $0.kind != .number && !$0.isSymbol("-") } ?? tokens.count
        parts += tokens[place..<end].isEmpty ? [] : [String(decoding: bytes[tokens[place].span.lowerBound..<tokens[end - 1].span.upperBound], as: UTF8.self)]
        place = end
      } else {
        return (parts + [findings(Self.text(from: tokens[place], text))]).joined(separator: " ")
      }
    }
    return parts.joined(separator: " ")
  }

  /// Findings in Greek, each where its Greek reads as the same; a note is kept word for word.
  private func findings(_ text: String) -> String {
    let vocabulary = guideline.vocabulary
    func read(_ text: String) -> [Reread]? {
      guard let reading = try? PhraseReader.read(vocabulary, text), reading.questions.isEmpty, reading.faults.isEmpty else { return nil }
      return reading.items
    }
    guard let items = read(text), !items.isEmpty else { return text }
    return items.map { item in
      guard case .statement(let statement) = item else { return Printer.items([item], vocabulary) }
      let greek = [vocabulary.describe(statement.finding, statement.possible).greek, vocabulary.findings[statement.finding].name.greek + " όχι"]
      return greek.first { text in
        guard let again = read(text), again.count == 1, case .statement(let same) = again[0] else { return false }
        return same.finding == statement.finding && same.possible == statement.possible
      } ?? Printer.items([item], vocabulary)
    }.joined(separator: ", ")
  }
}
