import Guideline
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let explain = Command(
    "explain", greek: "εξήγησε", kind: .question, role: .free, group: .reading, takes: [.value("TERM", "ΟΡΟ", .terms)],
    summary: Words("what a word means, here and in the guideline", "τι σημαίνει ένας όρος, εδώ και στην οδηγία"),
    examples: [
      Example(
        Words("explain Ki-67", "εξήγησε Ki-67"), Words("a finding: its values and where it matters", "ένα εύρημα: οι τιμές του και πού παίζει ρόλο"),
        gives: Words("division cycle", "κύκλο διαίρεσης")),
      Example(Words("explain disputed", "εξήγησε αμφιλεγόμενο"), Words("a word of islet", "μια λέξη του islet"), gives: Words("controversial", "αμφιλεγόμεν")),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let typed = try Naming.listed(invocation) ?? invocation.argument
    let key = FoldedKey(typed)
    let vocabulary = invocation.vocabulary
    let guideline = invocation.guideline
    let language = invocation.language
    var blocks: [Block] = []
    var ids: [String] = []
    // What is explained is searched for by its names, so that its canonical form finds the same.
    var names: [Words] = []
    if let term = try vocabulary.term(named: key) {
      ids.append(term.id)
      names.append(term.name)
      blocks += [.heading(term.name[language]), .paragraph(term.text.cited(language))]
    }
    for meaning in vocabulary.meanings(of: key) ?? [] {
      let index: Int
      switch meaning {
      case .finding(let finding), .value(let finding, _): index = finding
      case .ambiguous, .several: continue
      }
      let finding = vocabulary.findings[index]
      guard !ids.contains(finding.id) || blocks.count < 3 else { continue }
      ids.append(finding.id)
      names.append(finding.name)
      let using = guideline.rules.filter { rule in
        !rule.isRemark && (rule.when.findings { _ in true }).contains(index)
      }
      blocks.append(.heading(Words("Finding: ", "Εύρημα: ")[language] + finding.name[language]))
      blocks.append(.paragraph(vocabulary.expected(of: finding)[language]))
      if !using.isEmpty {
        blocks.append(.rows(using.prefix(12).map { Row($0.title.cited(language), citation: Text.citations($0.paragraphs)) }))
      }
      break
    }
    for therapy in vocabulary.therapies(named: key) {
      ids.append(therapy.id)
      names.append(therapy.name)
      let using = guideline.rules.filter { $0.subjects.contains(therapy.id) }
      blocks.append(.heading(Words("Therapy: ", "Θεραπεία: ")[language] + therapy.name[language]))
      let members = vocabulary.members(of: therapy.id).compactMap { vocabulary.therapy(id: $0)?.name[language] }
      if !members.isEmpty { blocks.append(.paragraph(Words("It includes: ", "Περιλαμβάνει: ")[language] + members.joined(separator: ", "))) }
      blocks.append(
        .rows(using.prefix(12).map { Row($0.title.cited(language), detail: $0.stance?.said[language] ?? "", citation: Text.citations($0.paragraphs)) }))
    }
    if let stance = Stance.allCases.first(where: {
      FoldedKey($0.rawValue) == key || FoldedKey($0.heading.english) == key || FoldedKey($0.heading.greek) == key
        || FoldedKey($0.said.english) == key || FoldedKey($0.said.greek) == key
    }), ids.isEmpty {
      ids.append(stance.rawValue)
      names += [stance.said, stance.heading]
      let using = guideline.rules.filter { $0.stance == stance }.count
      blocks += [
        .heading(stance.heading[language]),
        .paragraph(
          Words("A stance of the guideline; \(using) statements have it.", "Ένα είδος σύστασης της οδηγίας· το έχουν \(using) δηλώσεις.")[language]),
      ]
    }
    if let command = invocation.world.commands.command(named: key), ids.isEmpty {
      ids.append(command.id)
      names.append(command.name)
      blocks += [.heading(command.name[language]), .paragraph(command.summary[language])]
    }
    if let test = try vocabulary.tests.named(key) {
      ids.append(test.id)
      names.append(test.name)
      let told = test.reveals.compactMap { vocabulary.finding(id: $0)?.name[language] }.joined(separator: ", ")
      blocks += [
        .heading(Words("Test: ", "Εξέταση: ")[language] + test.name[language]),
        .paragraph(Words("It can show (background): ", "Μπορεί να δείξει (εκτός κειμένου): ")[language] + told),
      ]
    }
    let searched = names.isEmpty ? [typed] : names.flatMap { [$0.english, $0.greek] }
    let spoken = try Search(searched, guideline, language).hits.filter { $0.kind == .section }
    if ids.isEmpty, spoken.isEmpty {
      let near = vocabulary.suggestions(for: invocation.foldedArgument).map { $0 }
      throw Diagnostic(
        "term.unknown",
        Words("islet doesn't know the word “\(invocation.argument)”.", "Το islet δεν γνωρίζει τη λέξη «\(invocation.argument)»."),
        help: near.map { Words("Did you mean: \($0.english)?", "Μήπως εννοείτε: \($0.greek);") }
          + [Words("find searches the whole guideline.", "Η εντολή βρες ψάχνει σε όλη την οδηγία.")],
        source: invocation.line, span: invocation.argumentSpan)
    }
    if ids.isEmpty {
      blocks.append(
        .paragraph(
          Words("islet has no entry of its own for “\(invocation.argument)”.", "Το islet δεν έχει δικό του λήμμα για «\(invocation.argument)».")[language]))
    }
    var state = invocation.state
    state.listed = []
    if !spoken.isEmpty {
      blocks.append(.heading(Words("The text mentions it in", "Πού το αναφέρει το κείμενο")[language]))
      var rows: [Row] = []
      for hit in spoken.prefix(6) {
        state.listed.append(hit.id)
        rows.append(Row(Text(citing: hit.title), number: state.listed.count, detail: hit.kind.name[language], citation: Text.citations(hit.paragraphs)))
        if !hit.excerpt.isEmpty { rows.append(Row(Text(citing: hit.excerpt), level: 1)) }
      }
      blocks.append(.rows(rows))
      if spoken.count > 6 {
        let more = spoken.count - 6
        blocks.append(
          .notice(
            (more == 1
              ? Words("… and 1 more section: find", "… και άλλη 1 ενότητα: βρες")
              : Words("… and \(more) more sections: find", "… και άλλες \(more) ενότητες: βρες"))[language]))
      }
    }
    return Outcome(
      .state(state), Report(data: [("explained", .strings(ids)), ("sections", .strings(spoken.map(\.id)))], blocks: blocks),
      canonical: "explain " + (ids.first ?? invocation.argument))
  }
}
