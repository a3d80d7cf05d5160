import Guideline
import Reports
import Sessions
import Wording

extension Command {
  static let errata = Command(
    "errata", greek: "παροράματα", kind: .question, group: .reading, form: Words("errata [E04]", "παροράματα [E04]"),
    summary: Words("misprints of the source, how each is read and why", "παροράματα του κειμένου, πώς διαβάζεται το καθένα και γιατί"),
    examples: [
      Example(Words("errata", "παροράματα"), Words("all of them", "όλα")),
      Example(Words("errata E04", "παροράματα E04"), Words("one of them", "ένα από αυτά")),
    ], completes: .errata
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let all = invocation.guideline.entries.filter { $0.kind == .erratum }.sorted { $0.id < $1.id }
    let language = invocation.language
    var shown = all
    if invocation.hasArgument {
      shown = all.filter { FoldedKey($0.id) == invocation.argumentKey }
      if shown.isEmpty {
        throw Diagnostic(
          "erratum.unknown", Words("There is no erratum “\(invocation.argument)”.", "Δεν υπάρχει παρόραμα «\(invocation.argument)»."),
          help: [Words("errata lists them all.", "Η εντολή παροράματα τα παραθέτει όλα.")], source: invocation.line,
          span: invocation.tokens[invocation.first].span)
      }
    }
    var blocks: [Block] = []
    for entry in shown {
      let head = [entry.id, entry.list("paragraph").joined(separator: " "), entry.list("facts").joined(separator: " ")]
      let printed = entry.words("printed")?[language] ?? ""
      let reading = entry.words("reading")?[language] ?? ""
      blocks.append(
        .paragraph(
          head.filter { !$0.isEmpty }.joined(separator: " · ") + " · " + Words("printed: ", "τυπωμένο: ")[language] + printed + " · "
            + Words("read as: ", "διαβάζεται: ")[language] + reading))
      if let handling = entry.words("handling") { blocks.append(.notice(handling[language])) }
    }
    return Outcome(
      .state(invocation.state),
      Report(
        data: [
          (
            "errata",
            .array(
              shown.map {
                .fields([
                  ("id", .string($0.id)), ("severity", $0["severity"].map { .string($0) }), ("facts", .strings($0.list("facts"))),
                  ("paragraphs", .strings($0.list("paragraph"))),
                ])
              })
          )
        ], blocks: blocks), canonical: shown.count == 1 ? "errata \(shown[0].id)" : "errata")
  }
}
