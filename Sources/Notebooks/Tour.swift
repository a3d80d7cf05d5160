import Grammar
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  /// The commands of the module.
  public static let notebooks: [Command] = [.tour]

  static let tour = Command(
    "tour", greek: "ξενάγηση", kind: .question, role: .free, group: .session,
    takes: [
      .optional(
        "NUMBER", "ΑΡΙΘΜΟΣ",
        .choices { state, _ in
          Tour(state.language).parts.enumerated().map { CompletionCandidate("\($0.offset + 1)", $0.element.title) }
        })
    ],
    summary: Words("a guided first session, part by part", "μια πρώτη συνεδρία με οδηγό, μέρος μέρος"),
    details: [
      Words(
        "Each part says what it is about and gives lines to type. tour goes on to the next part, tour 1 begins again. The same text, with the answers, is in the notebook tour.md.",
        "Κάθε μέρος εξηγεί ένα θέμα και δίνει γραμμές για πληκτρολόγηση. Η εντολή ξενάγηση πηγαίνει στο επόμενο μέρος, η ξενάγηση 1 ξαναρχίζει. Το ίδιο κείμενο, με τις απαντήσεις, είναι το τετράδιο tour.el.md."
      )
    ],
    examples: [
      Example(Words("tour", "ξενάγηση"), Words("the next part, the first at the start", "το επόμενο μέρος, στην αρχή το πρώτο"), gives: Words("1 of", "1 από")),
      Example(Words("tour 2", "ξενάγηση 2"), Words("the second part", "το δεύτερο μέρος"), gives: Words("2 of", "2 από")),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let tour = Tour(invocation.language)
    let number = try tour.number(invocation)
    let part = tour.parts[number - 1]
    var state = invocation.state
    state.tourPart = number
    let language = invocation.language
    let count = tour.parts.count
    var blocks: [Block] = [.heading(Words("\(number) of \(count) · \(part.title)", "\(number) από \(count) · \(part.title)")[language])]
    blocks += part.blocks
    let next =
      number < count
      ? Words("Type the lines, or your own; then next for the next part.", "Γράψτε τις γραμμές ή δικές σας· με «επόμενο» συνεχίζετε.")
      : Words("This was the last part. tour begins again.", "Ήταν το τελευταίο μέρος. Με «ξενάγηση» ξαναρχίζει.")
    blocks.append(.notice(next[language]))
    return Outcome(
      .state(state),
      Report(data: [("part", .integer(number)), ("parts", .integer(count)), ("lines", .strings(part.lines))], blocks: blocks),
      canonical: "tour \(number)")
  }
}

/// The tour's notebook, part by part: what stands under each of its headings, without the answers.
struct Tour {
  struct Stop {
    let title: String
    var blocks: [Block] = []
    /// What it gives to be typed.
    var lines: [String] = []
  }

  private(set) var parts: [Stop] = []

  init(_ language: Language) {
    let name = language == .greek ? "notebooks/tour.el.md" : "notebooks/tour.md"
    guard let file = TextFile.embedded(prefix: name).first else { return }
    func words(_ text: [Markdown.Inline]) -> String { Markdown.plain(text) { Words("“\($0)”", "«\($0)»")[language] } }
    for block in Markdown.blocks(of: file.withBytes { String(decoding: $0, as: UTF8.self) }) {
      switch block {
      case .heading(2, _, let title): parts.append(Stop(title: words(title)))
      case .paragraph(let text) where !parts.isEmpty: parts[parts.count - 1].blocks.append(.paragraph(words(text)))
      case .code(let info, let lines) where !parts.isEmpty && (info == "islet" || info.hasPrefix("islet ")):
        parts[parts.count - 1].blocks.append(.verbatim(lines.map { "islet> " + $0 }))
        parts[parts.count - 1].lines += lines
      default: break
      }
    }
  }

  /// The part asked for, or the next one. A part that isn't there is an error.
  func number(_ invocation: Invocation) throws(Diagnostic) -> Int {
    guard invocation.hasArgument else { return invocation.state.tourPart < parts.count ? invocation.state.tourPart + 1 : 1 }
    guard let number = invocation.argumentNumber, (1...parts.count).contains(number) else {
      throw Diagnostic(
        "tour.part", Words("The tour has no part “\(invocation.argument)”.", "Η ξενάγηση δεν έχει μέρος «\(invocation.argument)»."),
        help: [Words("Type tour and a number from 1 to \(parts.count).", "Γράψτε ξενάγηση και έναν αριθμό από 1 έως \(parts.count).")],
        source: invocation.line, span: invocation.argumentSpan)
    }
    return number
  }
}
