import Grammar
import Reports
import Sessions
import Wording

extension Command {
  static let scenario = Command(
    "scenario", greek: "σενάριο", kind: .question, role: .free, group: .teaching,
    takes: [.optional("WORD", "ΛΕΞΗ", .choices { state, _ in ScenarioReference.entries.map { CompletionCandidate($0.word, $0.meaning[state.language]) } })],
    summary: Words(
      "the words that a teaching case is written in, or one with its example", "οι λέξεις με τις οποίες γράφεται ένα περιστατικό, ή μία με παράδειγμα"),
    details: [
      Words(
        "Of the header: \(ScenarioReference.words(header: true)).", "Της κεφαλίδας: \(ScenarioReference.words(header: true))."),
      Words("Of the body: \(ScenarioReference.words(header: false)).", "Του σώματος: \(ScenarioReference.words(header: false))."),
    ],
    examples: [
      Example(Words("scenario ranked", "σενάριο ranked"), Words("a word with its example", "μια λέξη με το παράδειγμά της"), gives: Words(same: "ranked"))
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let language = invocation.language
    guard invocation.hasArgument else {
      var blocks: [Block] = []
      for isHeader in [true, false] {
        blocks.append(.heading(Words(isHeader ? "Header" : "Body", isHeader ? "Κεφαλίδα" : "Σώμα")[language]))
        blocks.append(.rows(ScenarioReference.entries.filter { $0.isHeader == isHeader }.map { Row($0.word, detail: $0.meaning[language]) }))
      }
      let data: [(String, JSON?)] = [("words", .strings(ScenarioReference.entries.map(\.word)))]
      return Outcome(.state(invocation.state), Report(data: data, blocks: blocks), canonical: "scenario")
    }
    guard let entry = ScenarioReference.entry(invocation.argument.lowercased()) else {
      throw Diagnostic(
        "scenario.word", Words("“\(invocation.argument)” isn't a word of a scenario.", "Το «\(invocation.argument)» δεν είναι λέξη σεναρίου."),
        help: [Words("scenario lists them.", "Η εντολή σενάριο τις παραθέτει.")], source: invocation.line,
        span: invocation.tokens[invocation.first].span)
    }
    return Outcome(
      .state(invocation.state),
      Report(
        data: [("word", .string(entry.word)), ("example", .strings(entry.example))],
        blocks: [.heading(entry.word), .paragraph(entry.meaning[language]), .verbatim(entry.example.map(Text.init(citing:)))]),
      canonical: "scenario \(entry.word)")
  }
}

extension ScenarioReference {
  fileprivate static func words(header isHeader: Bool) -> String {
    entries.filter { $0.isHeader == isHeader }.map(\.word).joined(separator: ", ")
  }
}
