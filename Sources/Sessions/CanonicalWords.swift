import Grammar
import Vocabulary
import Wording

extension World {
  /// A canonical line as it is shown: in Greek with the Greek names of its command and of what it names, which read as the same line.
  func shown(_ canonical: String) -> Words {
    let vocabulary = guideline.vocabulary
    guard let tokens = try? Lexer.tokens(canonical), let (command, length) = commands.match(tokens) else { return Words(same: canonical) }
    guard length < tokens.count else { return command.proposed(canonical, command.name.greek) }
    let bytes = Array(canonical.utf8)
    let rest = String(decoding: bytes[tokens[length].span.lowerBound...], as: UTF8.self)
    return command.proposed(canonical, command.name.greek + " " + argument(rest, of: command, vocabulary))
  }

  /// The argument of a canonical line in Greek; as it stands where it names nothing that has a Greek name.
  private func argument(_ text: String, of command: Command, _ vocabulary: Vocabulary) -> String {
    if let tokens = try? Lexer.tokens(text), let (command, length) = commands.match(tokens) {
      if length == tokens.count { return command.name.greek }
      if ["give", "perform", "stop"].contains(command.id), let words = try? vocabulary.doseWords, let reader = try? TreatmentReader(vocabulary, words, text) {
        return reader.shown(text).greek
      }
    }
    let names = text.split(separator: ",").map { $0.trimmingSpaces() }.map { part -> String? in
      vocabulary.therapy(id: part)?.name.greek ?? vocabulary.finding(id: part)?.name.greek
        ?? ((try? vocabulary.terms) ?? []).first { $0.id == part }?.name.greek
    }
    if names.allSatisfy({ $0 != nil }) { return names.compactMap { $0 }.joined(separator: ", ") }
    guard ["what if", "set", "patient"].contains(command.id), let reading = try? PhraseReader(vocabulary, text).reading(), reading.notes.isEmpty,
      reading.questions.isEmpty, reading.faults.isEmpty,
      !reading.statements.isEmpty
    else { return text }
    return reading.statements.map { vocabulary.describe($0.finding, $0.possible).greek }.joined(separator: ", ")
  }
}
