import Guideline
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let find = Command(
    "find", greek: "βρες", kind: .question, role: .free, group: .reading, takes: [.value("WORDS", "ΛΕΞΕΙΣ", .terms)],
    summary: Words("search the guideline and the vocabulary, in both languages", "αναζήτηση στην οδηγία και στο λεξιλόγιο, και στις δύο γλώσσες"),
    details: [
      Words(
        "All the words must occur in one passage; accents, capitals, endings and their order make no difference. The best match comes first. explain, read and cite take its number.",
        "Όλες οι λέξεις πρέπει να βρίσκονται στο ίδιο σημείο· τόνοι, κεφαλαία, καταλήξεις και σειρά δεν παίζουν ρόλο. Το πιο σχετικό έρχεται πρώτο. Οι εντολές εξήγησε, διάβασε και παραπομπή δέχονται τον αριθμό του."
      )
    ],
    examples: [
      Example(Words("find hypoglycaemia", "βρες υπογλυκαιμίας"), Words("everything that mentions it", "ό,τι το αναφέρει"), gives: Words(same: "P039")),
      Example(Words("find liver survival", "βρες ήπαρ επιβίωση"), Words("two words in one place", "δύο λέξεις στο ίδιο σημείο"), gives: Words("P064", "P007")),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let language = invocation.language
    guard SearchWords(invocation.argument) != nil else { throw invocation.incomplete }
    let hits = try Search(invocation.argument, invocation.argumentKey, invocation.guideline, language).hits
    let most = 24
    var rows: [Row] = []
    for (place, hit) in hits.prefix(most).enumerated() {
      rows.append(
        Row(
          Text(citing: hit.title), number: place + 1, detail: hit.kind.name[language], citation: Text.citations(hit.paragraphs))
      )
      if !hit.excerpt.isEmpty { rows.append(Row(Text(citing: hit.excerpt), level: 1)) }
    }
    var blocks: [Block] = rows.isEmpty ? [] : [.rows(rows)]
    if hits.isEmpty {
      blocks.append(.paragraph(Words("Nothing found for “\(invocation.argument)”.", "Δεν βρέθηκε τίποτε για «\(invocation.argument)».")[language]))
      blocks += invocation.vocabulary.suggestions(for: invocation.foldedArgument).prefix(3).map {
        .notice(Words("Did you mean: \($0.english)?", "Μήπως εννοείτε: \($0.greek);")[language])
      }
    } else if hits.count > most {
      let more = hits.count - most
      blocks.append(.notice(Words.more(more)[language] + Words("; another word narrows it.", "· μία ακόμη λέξη τα περιορίζει.")[language]))
    }
    var state = invocation.state
    state.listed = hits.prefix(most).map(\.id)
    return Outcome(
      .state(state),
      Report(
        data: [
          (
            "found",
            .array(
              hits.map {
                .fields([
                  ("kind", .string($0.kind.rawValue)), ("id", .string($0.id)), ("title", .string($0.title)), ("paragraphs", .strings($0.paragraphs)),
                ])
              })
          )
        ], blocks: blocks), canonical: "find " + invocation.argument)
  }
}
