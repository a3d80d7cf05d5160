import Counsel
import Grammar
import Guideline
import Patients
import Reports
import Vocabulary
import Wording

/// Where a therapy stands for a patient, in words and as data.
struct StandingReport {
  let text: AdviceText
  let counsel: Counsel
  let therapy: Therapy
  let standing: Standing

  init(_ text: AdviceText, _ counsel: Counsel, _ therapy: Therapy) {
    self.text = text
    self.counsel = counsel
    self.therapy = therapy
    standing = counsel.standing(of: therapy.id)
  }

  private var language: Language { text.language }
  private var guideline: Guideline { text.guideline }

  /// The statements of a bounded list; more are counted.
  static let most = 8

  var blocks: [Block] {
    let name = therapy.name[language].capitalised
    var blocks: [Block] = [.heading(name + ": " + words)]
    let rows = rows(numbered: true)
    if !rows.isEmpty { blocks.append(.rows(rows)) }
    let cited = standing.statements.prefix(Self.most).flatMap { guideline.rules[$0].paragraphs }
    if !cited.isEmpty { blocks.append(.notice(text.legend(cited))) }
    return blocks
  }

  /// The standing in words: `recommended`, `depends on SSTR2`, `not covered`.
  var words: String {
    let said: Words
    switch standing.kind {
    case .stance(let stance): said = stance.said
    case .depends:
      let names = standing.dependsOn.map { text.vocabulary.findings[$0].name }
      let list = Words.joined(names, by: ", ")
      said = names.isEmpty ? Words("depends", "εξαρτάται") : Words("depends on \(list.english)", "εξαρτάται από: \(list.greek)")
    case .notSaid: said = AdviceText.notSaid
    case .carriedOut: said = Words("carried out", "έχει γίνει")
    case .notCovered:
      said = Words(
        "not covered: the text gives no advice on it for what is stated", "δεν καλύπτεται: το κείμενο δεν δίνει σύσταση για όσα δηλώθηκαν")
    }
    return said[language] + (standing.isDoneOnce ? Words(", done once", ", έγινε μία φορά")[language] : "")
  }

  /// The statements, the lead first.
  func rows(numbered: Bool = false) -> [Row] {
    var rows: [Row] = []
    for (place, index) in standing.statements.prefix(Self.most).enumerated() {
      let rule = guideline.rules[index]
      var details: [any Textual] = [text.standing(rule, counsel.evaluation[index], counsel.known)]
      if counsel.isNotSaid(index) { details.append(AdviceText.notSaid[language]) }
      if index == standing.lead, let other = standing.disputed.map({ guideline.rules[$0] }) {
        details.append(Words("although disputed: ", "αν και αμφιλεγόμενο: ")[language] + other.title.cited(language))
      }
      if index == standing.lead {
        for other in standing.unless.map({ guideline.rules[$0] }) {
          details.append(
            Words("unless ", "εκτός αν: ")[language] + text.open(other, counsel.known).joined(separator: ", ") + " ("
              + (other.stance?.said[language] ?? "") + ", " + Text.citations(other.facts) + ")")
        }
      }
      details.append(text.ifChosen(counsel.evaluation[index]))
      details.append(text.marks(rule))
      rows.append(
        Row(
          rule.title.cited(language), number: numbered ? place + 1 : nil, detail: Text.joined(details),
          citation: text.citation([rule])))
    }
    let more = standing.statements.count - rows.count
    if more > 0 {
      rows.append(
        Row(
          (more == 1
            ? Words("and 1 more statement on it: ", "και άλλη 1 δήλωση: ")
            : Words("and \(more) more statements on it: ", "και άλλες \(more) δηλώσεις: "))[language]
            + Text.command(Words("why \(therapy.name.english)", "γιατί \(therapy.name.greek)")[language], "why")))
    }
    return rows
  }

  var json: [(String, JSON?)] {
    [
      ("therapy", .string(therapy.id)), ("standing", .string(standing.kind.id)),
      ("lead", standing.lead.map { .string(guideline.rules[$0].id) } ?? .null), ("status", .string(standing.status.rawValue)),
      ("depends_on", .strings(standing.dependsOn.map { text.vocabulary.findings[$0].id })),
      ("advice", .array(standing.statements.map { text.json(counsel.evaluation[$0]) })),
    ]
  }
}
