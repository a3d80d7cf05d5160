import Counsel
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let arguments = Command(
    "arguments", greek: "επιχειρήματα", aliases: ["recommend arguments", "σύσταση επιχειρήματα"], kind: .question, role: .consults, group: .asking,
    takes: [.optional("TOPIC or THERAPY", "ΘΕΜΑ ή ΘΕΡΑΠΕΙΑ", .advice)],
    summary: Words("the advice as arguments: for, against, depends, silent", "οι συστάσεις ως επιχειρήματα: υπέρ, κατά, εξαρτάται, σιωπή"),
    details: [
      Words(
        "For: recommended, options, and what is kept for trials. Against: not advised, caution, and what the text calls disputed. Silent: therapies that the text covers, but not for a patient like this one.",
        "Υπέρ: όσα συνιστώνται, οι επιλογές και όσα γίνονται μόνο σε μελέτες. Κατά: όσα δεν συνιστώνται, όσα θέλουν προσοχή και όσα το κείμενο θεωρεί αμφιλεγόμενα. Σιωπή: θεραπείες που το κείμενο αναφέρει, όχι όμως για τέτοιον ασθενή."
      )
    ],
    examples: [
      Example(
        Words("arguments enucleation", "επιχειρήματα εκπυρήνιση"), Words("for and against one therapy", "υπέρ και κατά μιας θεραπείας"),
        gives: Words(same: "P002"),
        after: "patient 54F, insulinoma 14 mm in the tail, clearly localised, near the surface"),
      Example(
        Words("arguments surgery", "επιχειρήματα χειρουργική"), Words("of one topic", "ενός θέματος"), gives: Words(same: "P002"),
        after: "patient 48F, nonfunctioning, MEN1, 25 mm in the pancreas"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let patient = try invocation.requirePatient()
    let guideline = invocation.guideline
    let counsel = Counsel(guideline, patient)
    let text = AdviceText(invocation)
    var rules = guideline.rules.filter { !$0.isCompanion && !$0.isRemark }
    var canonical = "arguments"
    var therapy: Therapy?
    var isNarrow = false
    if invocation.hasArgument {
      if let topic = Topic.named(invocation.argumentKey) {
        rules = rules.filter { $0.isOn(topic) }
        therapy = invocation.vocabulary.therapies(named: invocation.argumentKey).first
        canonical += " " + topic
      } else {
        let reference = try AdviceReference.read(invocation)
        therapy = reference.therapy
        let places = Set((therapy.map { AdviceReference.rules(on: $0, invocation) } ?? reference.rules).map(\.index))
        rules = rules.filter { places.contains($0.index) }
        canonical += " " + (therapy?.id ?? reference.canonical)
        isNarrow = true
      }
    }
    let standing = therapy.map { StandingReport(text, counsel, $0) }
    let sides = Sides(text, counsel, rules, standing: standing, showsAll: isNarrow)
    var state = invocation.state
    state.listed = sides.listed
    return Outcome(.state(state), Report(data: sides.json, blocks: sides.blocks), canonical: canonical)
  }
}

/// Advice sorted as arguments.
struct Sides {
  private let text: AdviceText
  private let counsel: Counsel
  private let standing: StandingReport?
  private(set) var pro: [Rule] = []
  private(set) var against: [Rule] = []
  private(set) var depends: [Rule] = []
  /// Dependent statements that wait for more than is shown.
  private var hidden = 0
  /// Therapies of which no statement is live.
  private(set) var silent: [Therapy] = []

  init(_ text: AdviceText, _ counsel: Counsel, _ rules: [Rule], standing: StandingReport?, showsAll: Bool) {
    self.text = text
    self.counsel = counsel
    self.standing = standing
    var subjects: [(id: String, isLive: Bool)] = []
    for rule in rules {
      let evaluated = evaluation[rule.index]
      for subject in rule.subjects {
        if let place = subjects.firstIndex(where: { $0.id == subject }) {
          subjects[place].isLive = subjects[place].isLive || evaluated.status != .absent
        } else {
          subjects.append((subject, evaluated.status != .absent))
        }
      }
      switch evaluated.status {
      case .absent: continue
      case .applies: if Self.isAgainst(rule) { against.append(rule) } else { pro.append(rule) }
      case .depends:
        if showsAll || counsel.isNear(rule.index) || counsel.waitsForOperation(rule.index) {
          depends.append(rule)
        } else {
          hidden += 1
        }
      }
    }
    if let order = standing?.standing.statements {
      func led(_ rules: [Rule]) -> [Rule] {
        rules.sorted { (order.firstIndex(of: $0.index) ?? .max, $0.index) < (order.firstIndex(of: $1.index) ?? .max, $1.index) }
      }
      (pro, against, depends) = (led(pro), led(against), led(depends))
    }
    silent = subjects.filter { !$0.isLive }.compactMap { text.vocabulary.therapy(id: $0.id) }
  }

  private var evaluation: Evaluation { counsel.evaluation }

  private static func isAgainst(_ rule: Rule) -> Bool {
    switch rule.stance {
    case .avoid, .caution, .disputed: true
    default: false
    }
  }

  /// The rules by their numbers.
  var listed: [String] { (pro + against + depends).map(\.id) }

  var blocks: [Block] {
    let language = text.language
    var blocks: [Block] = standing.map { [.paragraph($0.therapy.name[language].capitalised + ": " + $0.words)] } ?? []
    var number = 1
    for (heading, mark, rules) in [
      (Words("For", "Υπέρ"), "+", pro), (Words("Against", "Κατά"), "−", against), (Words("Depends", "Εξαρτάται"), "?", depends),
    ] where !rules.isEmpty {
      blocks.append(.heading(heading[language]))
      var rows: [Row] = []
      for rule in rules {
        let detail = Text.joined([text.standing(rule, evaluation[rule.index], evaluation.known), text.marks(rule)])
        rows.append(Row(rule.title.cited(language), number: number, mark: mark, detail: detail, citation: text.citation([rule])))
        number += 1
      }
      blocks.append(.rows(rows))
    }
    if hidden > 0 {
      blocks.append(
        .notice(
          Words(
            hidden, one: Words("… and 1 more depends on what is not stated: ", "… και άλλη 1 εξαρτάται από ό,τι δεν δηλώθηκε: "),
            several: Words("… and \(hidden) more depend on what is not stated: ", "… και άλλες \(hidden) εξαρτώνται από ό,τι δεν δηλώθηκε: "))[language]
            + Text.command(Words("missing", "λείπουν")[language], "missing")))
    }
    if !silent.isEmpty {
      blocks.append(.heading(Words("Silent", "Σιωπή")[language]))
      let names = silent.map(\.name[language]).joined(separator: ", ")
      blocks.append(
        .paragraph(
          Words("The text covers these, but not for what is stated: \(names)", "Το κείμενο τα αναφέρει, όχι όμως για όσα δηλώθηκαν: \(names)")[language]))
    }
    if listed.isEmpty, silent.isEmpty { blocks.append(.paragraph(Words("The text gives no argument here.", "Το κείμενο δεν δίνει εδώ επιχείρημα.")[language])) }
    let cited = (pro + against + depends).flatMap(\.paragraphs)
    if !cited.isEmpty { blocks.append(.notice(text.legend(cited))) }
    return blocks
  }

  var json: [(String, JSON?)] {
    func list(_ rules: [Rule]) -> JSON { .array(rules.map { text.json(evaluation[$0.index]) }) }
    return (standing?.json ?? []) + [
      ("for", list(pro)), ("against", list(against)), ("depends", list(depends)), ("more_depend", .integer(hidden)),
      ("silent", .strings(silent.map(\.id))),
    ]
  }
}
