import Guideline
import Patients
import Reports
import Vocabulary
import Wording

/// The report of `recommend`.
struct AdviceBlocks {
  private let advice: Advice
  private let text: AdviceText
  private let language: Language
  private let evaluation: Evaluation
  private let live: [Judgement]
  /// Rules whose conditions hold, but which others take away.
  private let takenAway: [Rule]
  /// Rules that stand, or nearly do.
  private let standing: [Rule]
  /// The doses that the text gives as usual and without an erratum, with their therapies.
  private lazy var doses = usualDoses
  private var told = Set<Int>()
  private(set) var blocks: [Block] = []

  /// More companions than this on choice, technique and dose are counted, not listed.
  private static let choices = 2

  private var guideline: Guideline { text.guideline }

  init(_ advice: Advice) {
    self.advice = advice
    text = advice.text
    language = advice.text.language
    let evaluation = advice.evaluation
    let rules = text.guideline.rules
    self.evaluation = evaluation
    live = evaluation.live
    takenAway = evaluation.judgements.filter { $0.when == .yes && $0.status == .absent && !$0.isDone && !rules[$0.rule].isRemark }
      .map { rules[$0.rule] }
    standing = live.filter { $0.status == .applies || Advice.isNear($0, rules[$0.rule], evaluation.known) }.map { rules[$0.rule] }
    build()
  }

  private mutating func build() {
    var number = 1
    for threshold in advice.thresholds { blocks.append(.paragraph(silence(threshold))) }
    for (stance, lines, choosesRegimen) in advice.groups {
      let heading = choosesRegimen ? Words("Recommended, if chemotherapy is considered", "Συνιστάται, αν εξετάζεται χημειοθεραπεία") : stance.heading
      blocks.append(.heading(heading[language]))
      var rows: [Row] = []
      for line in lines {
        rows += self.rows(line, number: number)
        number += 1
      }
      blocks.append(.rows(rows))
    }
    if !advice.depends.isEmpty {
      blocks.append(.heading(Words("Depends", "Εξαρτάται")[language]))
      var rows: [Row] = []
      for line in advice.depends {
        let detail = line.condition.isEmpty ? line.stance.said[language] : line.stance.said[language] + " " + line.condition
        rows.append(Row(line.rules[0].title[language], number: number, detail: detail, citation: text.citation(line.rules)))
        number += 1
      }
      blocks.append(.rows(rows))
    }
    if advice.groups.isEmpty, advice.depends.isEmpty {
      blocks.append(
        .paragraph(
          Words("The text gives no advice for what is stated so far.", "Το κείμενο δεν δίνει σύσταση για όσα δηλώθηκαν ως τώρα.")[language]))
    }
    let remarks = advice.standingAlone.filter { !told.contains($0.index) }
    if !remarks.isEmpty {
      blocks.append(.heading(Words("Notes", "Σημειώσεις")[language]))
      blocks.append(.rows(remarks.map { Row($0.title[language], detail: text.marks($0), citation: text.citation([$0])) }))
    }
    let hidden = advice.hidden
    if hidden > 0 {
      blocks.append(
        .notice(
          (hidden == 1
            ? Words("… and 1 more depends on what is not stated: missing", "… και άλλη 1 εξαρτάται από ό,τι δεν δηλώθηκε: λείπουν")
            : Words("… and \(hidden) more depend on what is not stated: missing", "… και άλλες \(hidden) εξαρτώνται από ό,τι δεν δηλώθηκε: λείπουν"))[
              language]))
    }
    let ask = advice.askNext
    if !ask.isEmpty {
      let list = ask.map { finding, numbers in
        let name = guideline.vocabulary.findings[finding].name[language]
        let places = numbers.map(String.init).joined(separator: ", ")
        return Words("\(name) (decides \(places))", "\(name) (κρίνει \(places))")[language]
      }
      blocks.append(.paragraph(Words("Ask next: ", "Επόμενη ερώτηση: ")[language] + list.joined(separator: " · ")))
    }
    let cited = advice.lines.flatMap { $0.rules.flatMap(\.paragraphs) } + remarks.flatMap(\.paragraphs)
    if !cited.isEmpty { blocks.append(.notice(text.legend(cited))) }
  }

  /// That a number lies where the text speaks of more and of less only.
  private func silence(_ threshold: Advice.Threshold) -> String {
    let value = guideline.vocabulary.describe(threshold.finding, evaluation.known[threshold.finding])[language]
    func said(_ rules: [Rule]) -> String {
      let first = rules[0].title[language] + " (" + text.citation([rules[0]]) + ")"
      return rules.count == 1
        ? first : first + Words(" and \(rules.count - 1) more", rules.count == 2 ? " και άλλη 1" : " και άλλες \(rules.count - 1)")[language]
    }
    let name = guideline.vocabulary.findings[threshold.finding].name[language]
    return Words(
      "Exactly \(value) (\(name)): the text speaks of more and of less, and does not cover it. More: \(said(threshold.above)). Less: \(said(threshold.below)).",
      "Ακριβώς \(value) (\(name)): το κείμενο μιλά για περισσότερο και για λιγότερο και δεν το καλύπτει. Περισσότερο: \(said(threshold.above)). Λιγότερο: \(said(threshold.below))."
    )[
      language]
  }

  private mutating func rows(_ line: Advice.Line, number: Int) -> [Row] {
    let first = line.rules[0]
    var detail = [line.condition, text.marks(first)].filter { !$0.isEmpty }.joined(separator: " · ")
    if detail.isEmpty, line.agreement == nil, first.subjects.count == 1, let dose = dose(of: first.subjects[0]) { detail = dose }
    var rows = [Row(line.agreement ?? first.title[language], number: number, detail: detail, citation: text.citation(line.rules))]
    func add(_ word: Words, _ rule: Rule, _ detail: String = "") {
      rows.append(Row(word[language] + "  " + rule.title[language], detail: detail, citation: text.citation([rule]), level: 1))
    }
    if line.agreement == nil {
      for rule in line.rules.dropFirst() where rule.title != first.title { add(Words("also", "επίσης"), rule) }
    }
    for rule in line.folded where rule.title != first.title {
      let status = evaluation[rule.index].status == .depends ? text.conditionally(rule, evaluation.known) : ""
      let stance = rule.stance == line.stance ? "" : rule.stance?.said[language] ?? ""
      add(Words("also", "επίσης"), rule, [stance, status].filter { !$0.isEmpty }.joined(separator: " "))
    }
    if line.condition.isEmpty {
      for other in overridden(by: line.rules) { add(Words("in place of", "αντί για"), other) }
    }
    for other in conflicting(with: line.rules) {
      let judgement = evaluation[other.index]
      add(
        Words("conflicts with", "συγκρούεται με"), other,
        [other.stance?.said[language] ?? "", judgement.status == .depends ? text.conditionally(other, evaluation.known) : ""]
          .filter { !$0.isEmpty }.joined(separator: " "))
    }
    rows += companions(of: line, number: number)
    for judgement in live where guideline.rules[judgement.rule].isRemark && judgement.status == .applies {
      let remark = guideline.rules[judgement.rule]
      guard !told.contains(remark.index),
        line.rules.contains(where: { guideline.related($0, remark) })
      else { continue }
      told.insert(remark.index)
      add(Words("note", "σημείωση"), remark, text.marks(remark))
    }
    return rows
  }

  /// The rules whose conditions hold, but which these take away.
  private func overridden(by rules: [Rule]) -> [Rule] {
    takenAway.filter { other in rules.contains { $0.overrides.contains(other.id) && evaluation[$0.index].status == .applies } }
  }

  private func conflicting(with rules: [Rule]) -> [Rule] {
    standing.filter { other in
      rules.contains { $0.index != other.index && ($0.conflicts.contains(other.id) || other.conflicts.contains($0.id)) }
    }
  }

  /// What goes alongside: first what must not be forgotten; choice, technique and dose in one line when there are many.
  private mutating func companions(of line: Advice.Line, number: Int) -> [Row] {
    var found: [Rule] = []
    for judgement in live where guideline.rules[judgement.rule].isCompanion {
      let companion = guideline.rules[judgement.rule]
      guard !told.contains(companion.index), line.rules.contains(where: { judgement.accompanies.contains($0.index) }) else { continue }
      told.insert(companion.index)
      found.append(companion)
    }
    let essential = found.filter { $0.canBeForgotten || $0.role == .favours }
    let choice = found.filter { !$0.canBeForgotten && $0.role != .favours }
    let ordered = essential.filter { $0.strength == .must } + essential.filter { $0.strength != .must }
    let word = Words("alongside  ", "μαζί  ")[language]
    var rows = (ordered + (choice.count > Self.choices ? [] : choice)).map { companion in
      Row(
        word + companion.title[language],
        detail: evaluation[companion.index].status == .depends ? text.conditionally(companion, evaluation.known) : "",
        citation: text.citation([companion]), level: 1)
    }
    if choice.count > Self.choices {
      rows.append(
        Row(
          word
            + Words(
              "\(choice.count) statements on choice, technique and dose: why \(number)",
              "\(choice.count) δηλώσεις για επιλογή, τεχνική και δόση: γιατί \(number)")[
              language], citation: text.citation(choice), level: 1))
    }
    return rows
  }

  /// The dose that the text gives for a drug, when it gives one without an erratum.
  private mutating func dose(of therapy: String) -> String? {
    doses.first { $0.therapies.contains(therapy) }?.entry.words()?[language]
  }

  private var usualDoses: [(therapies: [String], entry: Entry)] {
    guideline.entries.filter {
      $0.kind == .dose && $0["amount"] != nil && $0["erratum"] == nil && $0["when"] == nil
        && ["maintenance", "other", nil].contains($0["purpose"])
    }.map { ($0.list("therapy"), $0) }
  }
}

extension Rule {
  /// Whether it is a companion that treatment can forget: prophylaxis, a setting or a check that the text says must or should be.
  var canBeForgotten: Bool {
    guard let role, let strength else { return false }
    return [.prophylaxis, .setting, .check].contains(role) && strength != .may
  }
}
