import Reports
import Sessions
import Wording

extension Command {
  static let language = Command(
    "language", greek: "γλώσσα", kind: .setting, role: .free, group: .session, takes: [.value("en|el", "en|el", .languages)],
    summary: Words("the language of the answers", "η γλώσσα των απαντήσεων"),
    examples: [
      Example(
        Words("language el", "γλώσσα en"), Words("answers in Greek", "απαντήσεις στα αγγλικά"),
        gives: Words("Οι απαντήσεις είναι στα ελληνικά.", "Answers are in English."))
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    guard let language = Language(reading: invocation.argument) else {
      throw Diagnostic(
        "language.unknown",
        Words("islet doesn't speak “\(invocation.argument)”.", "Το islet δεν γνωρίζει τη γλώσσα «\(invocation.argument)»."),
        help: [Words("Type language en or language el.", "Γράψτε γλώσσα en ή γλώσσα el.")], source: invocation.line,
        span: invocation.tokens[invocation.first].span)
    }
    var state = invocation.state
    state.language = language
    return Outcome(
      .state(state),
      Report(
        data: [("language", .string(language.rawValue))],
        blocks: [.paragraph(Words("Answers are in English.", "Οι απαντήσεις είναι στα ελληνικά.")[language])]),
      canonical: "language \(language.rawValue)")
  }
}
