import Grammar
import Guideline
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

/// The advice for a patient, sorted as `recommend` shows it.
struct Advice {
  /// One line of advice: rules on the same subjects with the same stance and the same open conditions.
  struct Line {
    var rules: [Rule]
    let stance: Stance
    /// What it waits for, in words; empty when it applies.
    let condition: String
    /// Findings that decide.
    var dependsOn: [Int]
    /// A sentence that stands for rules which agree whatever a finding is.
    var agreement: String?
  }

  let text: AdviceText
  let evaluation: Evaluation
  private(set) var groups: [(stance: Stance, lines: [Line])] = []
  private(set) var depends: [Line] = []
  /// How many more rules depend on what isn't stated.
  private(set) var hidden = 0

  private var guideline: Guideline { text.guideline }

  init(_ text: AdviceText, _ evaluation: Evaluation, topic: String? = nil) {
    self.text = text
    self.evaluation = evaluation
    let rules = text.guideline.rules
    let known = evaluation.known
    let judged = evaluation.live.filter {
      !rules[$0.rule].isCompanion && !rules[$0.rule].isRemark && (topic == nil || rules[$0.rule].topic == topic)
    }
    var waiting = judged.filter { $0.status == .depends && !Self.waitsForOperation($0, text.guideline) }
    var agreements: [Line] = []
    for judgement in waiting {
      guard judgement.dependsOn.count == 1, let finding = judgement.dependsOn.first else { continue }
      let rule = rules[judgement.rule]
      let partners = waiting.filter {
        $0.dependsOn == [finding] && rules[$0.rule].stance == rule.stance && rules[$0.rule].subjects == rule.subjects
      }
      guard partners.count > 1, partners.first?.rule == judgement.rule,
        Self.agree(partners.map(\.rule), finding, known, text.guideline)
      else { continue }
      let name = rule.subjects.compactMap { text.guideline.vocabulary.therapy(id: $0)?.name[text.language] }.joined(separator: ", ")
      let open = text.guideline.vocabulary.findings[finding].name[text.language]
      let said = rule.stance?.said[text.language] ?? ""
      agreements.append(
        Line(
          rules: partners.map { rules[$0.rule] }, stance: rule.stance ?? .do, condition: "", dependsOn: [],
          agreement: Words("\(name): \(said) whatever \(open) is", "\(name): \(said), ό,τι κι αν ισχύει για το εύρημα «\(open)»")[text.language]))
    }
    let agreed = Set(agreements.flatMap { $0.rules.map(\.index) })
    waiting.removeAll { agreed.contains($0.rule) }
    for stance in Stance.allCases {
      var lines = agreements.filter { $0.stance == stance }
      for judgement in judged {
        let rule = rules[judgement.rule]
        guard rule.stance == stance, judgement.status == .applies || Self.waitsForOperation(judgement, text.guideline) else {
          continue
        }
        let condition = judgement.status == .applies ? "" : text.conditionally(rule, known)
        if let same = lines.firstIndex(where: {
          $0.agreement == nil && $0.condition == condition && $0.rules[0].subjects == rule.subjects
            && $0.rules[0].isBackground == rule.isBackground && $0.rules[0].reading == rule.reading
        }) {
          lines[same].rules.append(rule)
        } else {
          lines.append(Line(rules: [rule], stance: stance, condition: condition, dependsOn: judgement.dependsOn))
        }
      }
      if !lines.isEmpty { groups.append((stance, lines)) }
    }
    let shown = waiting.filter { Self.isNear($0, rules[$0.rule], known) }
    hidden = waiting.count - shown.count
    for judgement in shown.enumerated().sorted(by: {
      ($0.element.dependsOn.count, $0.offset) < ($1.element.dependsOn.count, $1.offset)
    }).map(\.element) {
      let rule = rules[judgement.rule]
      let condition = text.conditionally(rule, known)
      if let same = depends.firstIndex(where: {
        $0.condition == condition && $0.rules[0].subjects == rule.subjects && $0.stance == rule.stance
      }) {
        depends[same].rules.append(rule)
      } else {
        depends.append(Line(rules: [rule], stance: rule.stance ?? .do, condition: condition, dependsOn: judgement.dependsOn))
      }
    }
  }

  /// Whether advice waits only for what is found at operation, or by histology after it.
  static func waitsForOperation(_ judgement: Judgement, _ guideline: Guideline) -> Bool {
    judgement.status == .depends && !judgement.dependsOn.isEmpty
      && judgement.dependsOn.allSatisfy {
        ["operation", "histology after operation"].contains(guideline.vocabulary.findings[$0].foundBy)
      }
  }

  /// Whether dependent advice is near enough to be shown: a condition of it holds, and at most two findings are open.
  static func isNear(_ judgement: Judgement, _ rule: Rule, _ known: Known) -> Bool {
    guard judgement.dependsOn.count <= 2 else { return false }
    switch rule.when {
    case .always: return true
    case .all(let parts): return parts.contains { known.truth($0) == .yes }
    default: return judgement.when == .yes
    }
  }

  /// Whether, for every value of a finding, at least one of the rules applies.
  private static func agree(_ rules: [Int], _ name: Int, _ known: Known, _ guideline: Guideline) -> Bool {
    let conditions = rules.map { guideline.rules[$0].when }
    let values = guideline.representatives(of: name, within: known[name], conditions)
    guard values.count > 1 else { return false }
    return values.allSatisfy { value in
      let replaced = known.replacing(name, value)
      return rules.contains { guideline.status(of: $0, replaced) == .applies }
    }
  }

  /// All lines in the order of their numbers.
  var lines: [Line] { groups.flatMap(\.lines) + depends }

  // MARK: Report

  var blocks: [Block] {
    var blocks: [Block] = []
    var number = 1
    var told = Set<Int>()
    for (stance, lines) in groups {
      blocks.append(.heading(stance.heading[text.language]))
      var rows: [Row] = []
      for line in lines {
        rows += self.rows(line, number: number, &told)
        number += 1
      }
      blocks.append(.rows(rows))
    }
    if !depends.isEmpty {
      blocks.append(.heading(Words("Depends", "Εξαρτάται")[text.language]))
      var rows: [Row] = []
      for line in depends {
        rows.append(
          Row(
            title(line), number: number, detail: line.stance.said[text.language] + " " + line.condition,
            citation: text.citation(line.rules)))
        number += 1
      }
      blocks.append(.rows(rows))
    }
    if groups.isEmpty, depends.isEmpty {
      blocks.append(
        .paragraph(
          Words(
            "The text gives no advice for what is stated so far.", "Το κείμενο δεν δίνει σύσταση για όσα δηλώθηκαν ως τώρα.")[
              text.language]))
    }
    if hidden > 0 {
      blocks.append(
        .notice(
          Words(
            "… and \(hidden) more depend on what is not stated: missing", "… και άλλες \(hidden) εξαρτώνται από ό,τι δεν δηλώθηκε: λείπουν")[
              text.language]))
    }
    let ask = askNext
    if !ask.isEmpty {
      let list = ask.map { finding, numbers in
        let name = guideline.vocabulary.findings[finding].name[text.language]
        let places = numbers.map(String.init).joined(separator: ", ")
        return Words("\(name) (decides \(places))", "\(name) (κρίνει \(places))")[text.language]
      }
      blocks.append(.paragraph(Words("Ask next   ", "Επόμενη ερώτηση   ")[text.language] + list.joined(separator: " · ")))
    }
    let cited = lines.flatMap { $0.rules.flatMap(\.paragraphs) }
    if !cited.isEmpty { blocks.append(.notice(text.legend(cited))) }
    return blocks
  }

  private func title(_ line: Line) -> String { line.agreement ?? line.rules[0].title[text.language] }

  private func rows(_ line: Line, number: Int, _ told: inout Set<Int>) -> [Row] {
    let language = text.language
    let marks = text.marks(line.rules[0])
    var detail = [line.condition, marks].filter { !$0.isEmpty }.joined(separator: " · ")
    if detail.isEmpty, line.rules[0].subjects.count == 1, let dose = dose(of: line.rules[0].subjects[0]) { detail = dose }
    var rows = [Row(title(line), number: number, detail: detail, citation: text.citation(line.rules))]
    for rule in line.rules.dropFirst() where line.agreement == nil && rule.title != line.rules[0].title {
      rows.append(Row(Words("also  ", "επίσης  ")[language] + rule.title[language], citation: text.citation([rule]), level: 1))
    }
    for rule in line.rules {
      for other in guideline.rules where other.conflicts.contains(rule.id) || rule.conflicts.contains(other.id) {
        let judgement = evaluation[other.index]
        guard other.index != rule.index,
          judgement.status == .applies || (judgement.status == .depends && Self.isNear(judgement, other, evaluation.known))
        else { continue }
        rows.append(
          Row(
            Words("conflicts with  ", "συγκρούεται με  ")[language] + other.title[language],
            detail: evaluation[other.index].status == .depends ? text.conditionally(other, evaluation.known) : "",
            citation: text.citation([other]), level: 1))
      }
    }
    for judgement in evaluation.live where guideline.rules[judgement.rule].isCompanion {
      let companion = guideline.rules[judgement.rule]
      guard !told.contains(companion.index), line.rules.contains(where: { judgement.accompanies.contains($0.index) }) else {
        continue
      }
      told.insert(companion.index)
      let open = text.conditionally(companion, evaluation.known)
      rows.append(
        Row(
          Words("alongside  ", "μαζί  ")[language] + companion.title[language], detail: open,
          citation: text.citation([companion]), level: 1))
    }
    for judgement in evaluation.live where guideline.rules[judgement.rule].isRemark && judgement.status == .applies {
      let remark = guideline.rules[judgement.rule]
      guard !told.contains(remark.index),
        line.rules.contains(where: { rule in
          rule.subjects.contains { a in remark.subjects.contains { guideline.vocabulary.related(a, $0) } }
        })
      else { continue }
      told.insert(remark.index)
      rows.append(
        Row(Words("note  ", "σημείωση  ")[language] + remark.title[language], citation: text.citation([remark]), level: 1))
    }
    return rows
  }

  /// The dose that the text gives for a drug, when it gives one without an erratum.
  private func dose(of therapy: String) -> String? {
    let doses = guideline.entries.filter {
      $0.kind == .dose && $0.list("therapy").contains(therapy) && $0["erratum"] == nil && $0["when"] == nil
        && ["maintenance", "other", nil].contains($0["purpose"])
    }
    return doses.first?.words()?[text.language]
  }

  /// The findings that decide most of what is shown, with the numbers of the lines.
  var askNext: [(finding: Int, numbers: [Int])] {
    var found: [(finding: Int, numbers: [Int])] = []
    for (place, line) in lines.enumerated() {
      for finding in line.dependsOn {
        if let known = found.firstIndex(where: { $0.finding == finding }) {
          found[known].numbers.append(place + 1)
        } else {
          found.append((finding, [place + 1]))
        }
      }
    }
    return Array(
      found.enumerated().sorted { (-$0.element.numbers.count, $0.offset) < (-$1.element.numbers.count, $1.offset) }
        .prefix(3).map(\.element))
  }
}

/// The topics of the text's sections, for `recommend TOPIC`.
enum Topic {
  static let all: [(id: String, name: Words)] = [
    ("surgery", Words("surgery", "χειρουργική")), ("liver", Words("liver", "ήπαρ")),
    ("transplantation", Words("transplantation", "μεταμόσχευση")), ("drugs", Words("drugs", "φάρμακα")),
    ("analogues", Words("analogues", "ανάλογα")), ("chemotherapy", Words("chemotherapy", "χημειοθεραπεία")),
    ("targeted", Words("targeted", "στοχευμένα")), ("local", Words("local", "τοπικές")),
    ("radionuclide", Words("radionuclide", "ραδιονουκλίδια")),
    ("radiotherapy", Words("radiotherapy", "ακτινοθεραπεία")), ("supportive", Words("supportive", "υποστηρικτικά")),
  ]

  /// The topics for completion, with the number of statements that each has.
  static func choices(_ language: Language, _ guideline: Guideline) -> [CompletionCandidate] {
    all.map { topic in
      let count = guideline.rules.filter { $0.topic == topic.id }.count
      return CompletionCandidate(topic.name[language], Words("\(count) statements", "\(count) δηλώσεις")[language])
    }
  }

  static func named(_ key: FoldedKey) -> String? {
    all.first { FoldedKey($0.id) == key || FoldedKey($0.name.greek) == key }?.id
  }
}
