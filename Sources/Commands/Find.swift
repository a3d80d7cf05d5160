import Guideline
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let find = Command(
    "find", greek: "βρες", kind: .question, group: .reading, form: Words("find WORDS", "βρες ΛΕΞΕΙΣ"),
    summary: Words("search the guideline and the vocabulary, in both languages", "αναζήτηση στην οδηγία και στο λεξιλόγιο, και στις δύο γλώσσες"),
    examples: [
      Example(Words("find hypoglycaemia", "βρες υπογλυκαιμία"), Words("sections and words that speak of it", "ενότητες και λέξεις που το αναφέρουν"))
    ], completes: .terms
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    guard invocation.hasArgument else { throw invocation.incomplete }
    let guideline = invocation.guideline
    let language = invocation.language
    let words = invocation.tokens[invocation.first...].map(\.folded).filter { !$0.isEmpty }
    var rows: [Row] = []
    var ids: [String] = []
    func holds(_ text: String) -> Bool {
      let folded = Folding.key(text)
      return words.allSatisfy { folded.contains($0) }
    }
    for base in guideline.chapters {
      guard let english = guideline.chapter(base.name, .english), let greek = guideline.chapter(base.name, .greek) else { continue }
      let shown = language == .greek ? greek : english
      for (place, section) in english.sections.enumerated() {
        let other = greek.sections.indices.contains(place) ? greek.sections[place] : section
        let found = ([section.title] + section.prose + [other.title] + other.prose + section.facts).first(where: holds)
        guard found != nil, shown.sections.indices.contains(place) else { continue }
        let target = shown.sections[place]
        ids.append(target.id)
        rows.append(Row(target.title, detail: target.id, citation: target.paragraphs.joined(separator: " ")))
        if let line = ([target.title] + target.prose).first(where: holds) { rows.append(Row(excerpt(line, words), level: 1)) }
      }
    }
    let vocabulary = invocation.vocabulary
    for finding in vocabulary.findings where holds(finding.name.english) || holds(finding.name.greek) || holds(finding.id) {
      ids.append(finding.id)
      rows.append(Row(finding.name[language], detail: Words("finding ", "εύρημα ")[language] + finding.id))
    }
    for therapy in vocabulary.therapies where holds(therapy.name.english) || holds(therapy.name.greek) || holds(therapy.id) {
      ids.append(therapy.id)
      rows.append(Row(therapy.name[language], detail: Words("therapy ", "θεραπεία ")[language] + therapy.id))
    }
    for term in vocabulary.terms where holds(term.name.english) || holds(term.name.greek) {
      ids.append(term.id)
      rows.append(Row(term.name[language], detail: Words("term: explain ", "όρος: εξήγησε ")[language] + term.id))
    }
    let none = Words("Nothing found for “\(invocation.argument)”.", "Δεν βρέθηκε τίποτε για «\(invocation.argument)».")[language]
    return Outcome(
      .state(invocation.state),
      Report(data: [("found", .strings(ids))], blocks: rows.isEmpty ? [.paragraph(none)] : [.rows(rows)]),
      canonical: "find " + invocation.argument)
  }

  /// The part of a text around the first word searched for.
  private static func excerpt(_ text: String, _ words: [String]) -> String {
    guard text.count > 120, let word = words.first else { return text }
    let parts = text.split(separator: " ")
    let place = parts.firstIndex { Folding.key(String($0)).contains(word) } ?? 0
    let low = max(0, place - 8)
    let high = min(parts.count, place + 10)
    return (low > 0 ? "… " : "") + parts[low..<high].joined(separator: " ") + (high < parts.count ? " …" : "")
  }
}
