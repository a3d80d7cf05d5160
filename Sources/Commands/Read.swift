import Guideline
import Reports
import Sessions
import Wording

extension Command {
  static let read = Command(
    "read", greek: "διάβασε", kind: .question, role: .free, group: .reading, takes: [.value("SECTION", "ΕΝΟΤΗΤΑ", .sections)],
    summary: Words("a chapter or section as prose, with its paragraphs", "κεφάλαιο ή ενότητα ως κείμενο, με τις παραγράφους"),
    details: [
      Words(
        "SECTION is a title, a chapter (surgery), a section's identifier (surgery.enucleation), a paragraph (P002), a fact (F012) or a number of the last list, such as that of contents.",
        "ΕΝΟΤΗΤΑ είναι ένας τίτλος, ένα κεφάλαιο (surgery), το αναγνωριστικό μιας ενότητας (surgery.enucleation), μια παράγραφος (P002), ένα στοιχείο (F012) ή ένας αριθμός του τελευταίου καταλόγου, όπως των περιεχομένων."
      )
    ],
    examples: [
      Example(Words("read surgery.enucleation", "διάβασε surgery.enucleation"), Words("one section", "μία ενότητα"), gives: Words(same: "P002")),
      Example(Words("read P028", "διάβασε P028"), Words("what a paragraph says", "τι λέει μια παράγραφος"), gives: Words(same: "SSTR2")),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let found = try SectionReference.read(invocation)
    let language = invocation.language
    var blocks: [Block] = []
    for (chapter, sections) in found {
      blocks.append(.heading(chapter.title))
      for section in sections {
        blocks.append(
          .paragraph(
            Text.joined([section.title, Text.citations(section.paragraphs), Text.citations(section.facts)])))
        blocks += section.prose.filter { !$0.isEmpty }.map { .notice(Text(citing: $0)) }
      }
    }
    let errata = ErratumText(invocation)
    let cited = Set(found.flatMap { $0.sections.flatMap(\.facts) })
    let noted = invocation.guideline.entries.filter { $0.kind == .erratum && !cited.isDisjoint(with: $0.list("facts")) }
    if found.reduce(0, { $0 + $1.sections.count }) < 4 { blocks += noted.flatMap { errata.blocks($0) } }
    blocks.append(.notice(IntendedUse.line[language]))
    let ids = found.flatMap { $0.sections.map(\.id) }
    return Outcome(
      .state(invocation.state),
      Report(
        data: [
          (
            "sections",
            .array(
              found.flatMap { chapter, sections in
                sections.map {
                  .fields([
                    ("id", .string($0.id)), ("chapter", .string(chapter.name)), ("title", .string($0.title)), ("facts", .strings($0.facts)),
                    ("paragraphs", .strings($0.paragraphs)), ("text", .string($0.prose.joined(separator: "\n"))),
                  ])
                }
              })
          )
        ], blocks: blocks),
      canonical: "read " + SectionReference.canonical(invocation, ids))
  }
}

/// Finds the sections that a user names.
enum SectionReference {
  static func canonical(_ invocation: Invocation, _ ids: [String]) -> String {
    if let id = SourceID(invocation.argument), id.kind != .erratum { return id.text }
    if ids.count == 1 { return ids[0] }
    let chapter = invocation.guideline.chapters.first { $0.sections.map(\.id) == ids }
    return chapter?.id ?? invocation.argument
  }

  /// How a list holds a section: an entry may have the same id.
  static func listed(_ section: Section) -> String { "#" + section.id }

  /// The id of a section that a list holds; nil for what else it holds.
  static func section(listed id: String) -> String? { id.first == "#" ? String(id.dropFirst()) : nil }

  /// The section of a listed rule, entry or fact; a section's own id stays.
  private static func section(of id: String, _ guideline: Guideline) -> String {
    section(listed: id) ?? guideline.rule(id: id)?.section ?? guideline.entries.first { $0.id == id }?.section ?? id
  }

  static func read(_ invocation: Invocation) throws(Diagnostic) -> [(chapter: Chapter, sections: [Section])] {
    let guideline = invocation.guideline
    let id = try Naming.listed(invocation).map { section(of: $0, guideline) } ?? SourceID(invocation.argument)?.text ?? invocation.argument.trimmingSpaces()
    let key = FoldedKey(id)
    var found: [(chapter: Chapter, sections: [Section])] = []
    for base in guideline.chapters {
      guard let chapter = try guideline.chapter(base.name, invocation.language) else { continue }
      let english = base.sections
      if FoldedKey(base.id) == key || base.name == id || FoldedKey(base.title) == key || FoldedKey(chapter.title) == key {
        return [(chapter, chapter.sections)]
      }
      let matching = chapter.sections.enumerated().filter { place, section in
        FoldedKey(section.id) == key || FoldedKey(section.title) == key
          || (english.indices.contains(place) && FoldedKey(english[place].title) == key)
          || section.facts.contains { FoldedKey($0) == key } || section.paragraphs.contains { FoldedKey($0) == key }
      }.map(\.element)
      if !matching.isEmpty { found.append((chapter, matching)) }
    }
    if !found.isEmpty { return found }
    let names = guideline.chapters.flatMap { [$0.id] + $0.sections.map(\.id) }
    let near = names.map { ($0, Folding.distance(Folding.key($0), invocation.foldedArgument, limit: 3)) }.filter { $0.1 <= 3 }.sorted { $0.1 < $1.1 }
    var help: [Words] = near.prefix(3).map { Words("Did you mean: \($0.0)?", "Μήπως εννοείτε: \($0.0);") }
    help.append(Words("contents lists the sections; find searches them.", "Η εντολή περιεχόμενα παραθέτει τις ενότητες· η βρες ψάχνει μέσα τους."))
    throw Diagnostic(
      "section.unknown", Words("There is no section “\(invocation.argument)”.", "Δεν υπάρχει ενότητα «\(invocation.argument)»."),
      help: help, source: invocation.line, span: invocation.tokens[invocation.first].span)
  }
}
