import Guideline
import Reports
import Sessions
import Wording

extension Command {
  static let contents = Command(
    "contents", greek: "περιεχόμενα", kind: .question, role: .free, group: .reading,
    summary: Words("the chapters and sections of the guideline", "τα κεφάλαια και οι ενότητες της οδηγίας"),
    examples: [
      Example(
        Words("contents", "περιεχόμενα"), Words("chapters with their sections", "κεφάλαια με τις ενότητές τους"), gives: Words("Enucleation", "Εκπυρήνιση"))
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let chapters = try invocation.guideline.chapters(invocation.language)
    var blocks: [Block] = []
    var listed: [String] = []
    for chapter in chapters {
      listed.append(chapter.id)
      var rows = [Row(chapter.title, number: listed.count, citation: Citation.range(chapter.paragraphs))]
      for section in chapter.sections {
        listed.append(SectionReference.listed(section))
        rows.append(Row(Text(citing: section.title), number: listed.count, citation: Text.citations(section.paragraphs), level: 1))
      }
      blocks.append(.rows(rows))
    }
    blocks.append(
      .notice(
        Words(
          text: "\(Text.command("read 3", "read")) shows number 3: a chapter or a section.",
          "\(Text.command("διάβασε 3", "read")): το κεφάλαιο ή η ενότητα με αριθμό 3."
        ).text(invocation.language)))
    var state = invocation.state
    state.listed = listed
    return Outcome(
      .state(state),
      Report(
        data: [("sections", .strings(chapters.flatMap { [$0.id] + $0.sections.map(\.id) }))], blocks: blocks),
      canonical: "contents")
  }
}

enum Citation {
  /// `P001-P005`, or a single paragraph.
  static func range(_ paragraphs: [String]) -> Text {
    guard let first = paragraphs.first, let last = paragraphs.last, first != last else { return .citations(Array(paragraphs.prefix(1))) }
    return .citation(first) + "-" + .citation(last)
  }
}
