import Measures
import Reports
import Wording

/// A question as a learner reads it: the text, the choices, and how it is answered.
struct QuestionText {
  let question: Question
  let language: Language

  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }

  var blocks: [Block] {
    var blocks: [Block] = [.paragraph(question.text.cited(language))]
    if !question.choices.isEmpty {
      blocks.append(.rows(question.choices.enumerated().map { Row($0.element.text.cited(language), number: $0.offset + 1) }))
    }
    return blocks + (manner.map { [.notice($0)] } ?? [])
  }

  /// How it is answered.
  var manner: String? {
    switch question.kind {
    case .single: nil
    case .several: say("Several may be right: NUMBER, NUMBER", "Μπορεί να είναι σωστές περισσότερες: ΑΡΙΘΜΟΣ, ΑΡΙΘΜΟΣ")
    case .features(let most):
      say(
        "At most \(most), those that decide; a wrong one cancels a right one: NUMBER, NUMBER",
        "Το πολύ \(most), όσα κρίνουν· κάθε λάθος αφαιρεί ένα σωστό: ΑΡΙΘΜΟΣ, ΑΡΙΘΜΟΣ")
    case .ranked:
      say(
        "Most likely first, each with its share of 100: NUMBER SHARE, NUMBER SHARE",
        "Πρώτα το πιθανότερο, καθένα με το ποσοστό του στα 100: ΑΡΙΘΜΟΣ ΠΟΣΟΣΤΟ, ΑΡΙΘΜΟΣ ΠΟΣΟΣΤΟ")
    case .concordance:
      say("Choose one; the votes of a panel are its credit.", "Διαλέξτε ένα· βαθμολογείται με τις ψήφους μιας ομάδας.")
    case .ordering: say("All of them, in order: NUMBER, NUMBER, NUMBER", "Όλα, με τη σειρά τους: ΑΡΙΘΜΟΣ, ΑΡΙΘΜΟΣ, ΑΡΙΘΜΟΣ")
    case .number(_, _, let unit, let isUnitAsked):
      isUnitAsked
        ? say("Answer with a number and its unit.", "Απαντήστε με έναν αριθμό και τη μονάδα του.")
        : unit.isEmpty
          ? say("Answer with a number.", "Απαντήστε με έναν αριθμό.")
          : say("Answer with a number, in \(name(unit)).", "Απαντήστε με έναν αριθμό, σε \(name(unit)).")
    case .command: say("Your next command is the answer.", "Η επόμενη εντολή σας είναι η απάντηση.")
    case .text:
      say(
        "In your own words; findings are read as in a note.", "Με δικά σας λόγια· τα ευρήματα διαβάζονται όπως σε ένα σημείωμα.")
    case .problem:
      say(
        "One line, at most \(ReplyReader.problemWords) words: age, sex, and the findings that decide.",
        "Μία γραμμή, έως \(ReplyReader.problemWords) λέξεις: ηλικία, φύλο, και τα ευρήματα που κρίνουν.")
    }
  }

  func name(_ unit: String) -> String { Self.name(unit, language) }

  /// A unit in words: `weeks`, `mm`.
  static func name(_ unit: String, _ language: Language) -> String {
    TimeUnit(rawValue: unit).flatMap { Exact(2).map($0.name) }?[language] ?? unit
  }
}
