import Guideline
import Reports
import Sessions
import Wording

extension Command {
  static let contents = Command(
    "contents", greek: "περιεχόμενα", kind: .question, group: .reading, form: Words("contents", "περιεχόμενα"),
    summary: Words("the chapters and sections of the guideline", "τα κεφάλαια και οι ενότητες της οδηγίας"),
    examples: [Example(Words("contents", "περιεχόμενα"), Words("chapters with their sections", "κεφάλαια με τις ενότητές τους"))]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    guard !invocation.hasArgument else { throw invocation.tooMuch }
    let chapters = invocation.guideline.chapters.compactMap {
      invocation.guideline.chapter($0.name, invocation.language)
    }
    let rows = chapters.flatMap { chapter in
      [Row(chapter.title, detail: chapter.id, citation: Citation.range(chapter.paragraphs))]
        + chapter.sections.map { Row($0.title, detail: $0.id, citation: $0.paragraphs.joined(separator: " "), level: 1) }
    }
    return Outcome(
      .state(invocation.state),
      Report(
        data: [("sections", .strings(chapters.flatMap { [$0.id] + $0.sections.map(\.id) }))], blocks: [.rows(rows)]),
      canonical: "contents")
  }
}

enum Citation {
  /// `P001-P005`, or a single paragraph.
  static func range(_ paragraphs: [String]) -> String {
    guard let first = paragraphs.first, let last = paragraphs.last, first != last else { return paragraphs.first ?? "" }
    return "\(first)-\(last)"
  }
}
