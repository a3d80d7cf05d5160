import Guideline
import Reports
import Sessions
import Wording

extension Command {
  static let errata = Command(
    "errata", greek: "παροράματα", kind: .question, role: .free, group: .reading, takes: [.optional("E04", "E04", .errata)],
    summary: Words("misprints of the source, how each is read and why", "παροράματα του κειμένου, πώς διαβάζεται το καθένα και γιατί"),
    details: [
      Words(
        "Severity A: it may lead to wrong treatment; B: it changes a figure or a statement; C: wording.",
        "Σοβαρότητα A: μπορεί να οδηγήσει σε λάθος θεραπεία· B: αλλάζει μέγεθος ή δήλωση· C: διατύπωση.")
    ],
    examples: [
      Example(Words("errata", "παροράματα"), Words("all of them", "όλα"), gives: Words(same: "E43")),
      Example(Words("errata E04", "παροράματα E04"), Words("one of them", "ένα από αυτά"), gives: Words(same: "F109")),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let all = invocation.guideline.entries.filter { $0.kind == .erratum }.sorted { $0.id < $1.id }
    var shown = all
    if invocation.hasArgument {
      let id = try Naming.listed(invocation) ?? SourceID(invocation.argument)?.text ?? invocation.argument
      shown = all.filter { $0.id == id }
      if shown.isEmpty {
        throw Diagnostic(
          "erratum.unknown", Words("There is no erratum “\(invocation.argument)”.", "Δεν υπάρχει παρόραμα «\(invocation.argument)»."),
          help: [
            Words(
              "They are \(all.first?.id ?? "") to \(all.last?.id ?? ""); errata lists them.",
              "Είναι από \(all.first?.id ?? "") έως \(all.last?.id ?? "")· η εντολή παροράματα τα παραθέτει.")
          ], source: invocation.line, span: invocation.argumentSpan)
      }
    }
    let text = ErratumText(invocation)
    var state = invocation.state
    state.listed = shown.map(\.id)
    return Outcome(
      .state(state),
      Report(
        data: [("errata", .array(shown.map(text.json)))],
        blocks: shown.enumerated().flatMap { text.blocks($0.element, number: shown.count > 1 ? $0.offset + 1 : nil) }),
      canonical: shown.count == 1 ? "errata \(shown[0].id)" : "errata")
  }
}

/// An erratum in words. What the source prints stands on one line, which is never wrapped, with the erratum's id and the
/// reading.
struct ErratumText {
  let language: Language

  init(_ invocation: Invocation) { language = invocation.language }

  init(_ language: Language) { self.language = language }

  /// `E01 · printed: … · read as: …`
  func line(_ erratum: ChapterEntry) -> Text {
    let printed = erratum.words("printed")?.cited(language) ?? ""
    let reading = erratum.words("reading")?.cited(language) ?? ""
    let line =
      Text.citation(erratum.id) + " · " + Words("printed: ", "τυπωμένο: ")[language] + printed + " · " + Words("read as: ", "διαβάζεται: ")[language] + reading
    return line.marked(.erratum(erratum.id))
  }

  func blocks(_ erratum: ChapterEntry, number: Int? = nil) -> [Block] {
    let severity = erratum["severity"].map { Words("severity \($0)", "σοβαρότητα \($0)")[language] } ?? ""
    var blocks: [Block] = [
      .rows([
        Row(
          [Text.citation(erratum.id), Text(severity), Text.citations(erratum.list("facts"))].filter { !$0.isEmpty }.joined(separator: " · "), number: number,
          citation: Text.citations(erratum.list("paragraph")))
      ]),
      .verbatim([line(erratum)]),
    ]
    if let handling = erratum.words("handling") {
      blocks.append(.notice(Words("islet: ", "islet: ")[language] + handling.cited(language)))
    }
    return blocks
  }

  /// The erratum as data. The line that has the printed value holds the id and the reading too.
  func json(_ erratum: ChapterEntry) -> JSON {
    .fields([
      ("id", .string(erratum.id)), ("severity", erratum["severity"].map { .string($0) }), ("facts", .strings(erratum.list("facts"))),
      ("paragraphs", .strings(erratum.list("paragraph"))), ("text", .string(line(erratum).string)),
      ("handling", erratum.words("handling").map { .fields([("text", .string($0[language]))]) }),
    ])
  }
}
