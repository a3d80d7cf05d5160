import Grammar
import Guideline
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

/// The report of an audit.
public struct AuditReport {
  public let report: Report
  /// Whether the chapters are at fault, rather than the text silent, or lack or change a rule of those compared with.
  public let hasFault: Bool
  let topic: String?
  /// The witnesses by their numbers.
  let witnesses: [String]

  /// Audits a guideline, and compares it with another where there is one. An unknown topic is an error.
  public init(_ guideline: Guideline, _ language: Language, topic name: String? = nil, against other: Guideline? = nil) throws(Diagnostic) {
    if let name {
      guard let topic = Topic.named(FoldedKey(name)) else { throw Topic.unknown(name) }
      self.topic = topic
    } else {
      topic = nil
    }
    let audit = guideline.audit()
    let differences = other.map { guideline.differences(from: $0) }
    var writer = AuditWriter(audit, AdviceText(guideline, language), topic, differences)
    writer.write()
    hasFault = audit.hasFault || differences?.contains { $0.kind != .added } == true
    witnesses = writer.witnesses
    let json = AuditJSON(audit: audit, guideline: guideline, topic: topic, differences: differences)
    report = Report(blocks: writer.blocks) { json.data }
  }
}

/// Writes an audit in words; each witness gets a number.
private struct AuditWriter {
  private let audit: Audit
  private let text: AdviceText
  private let topic: String?
  /// How the rules differ from those of another guideline; nil when there is none.
  private let differences: [Audit.Difference]?
  private(set) var blocks: [Block] = []
  private(set) var witnesses: [String] = []

  /// Presentations of one topic that are shown when none is asked for.
  private static let mostGaps = 2

  init(_ audit: Audit, _ text: AdviceText, _ topic: String?, _ differences: [Audit.Difference]?) {
    self.differences = differences
    self.audit = audit
    self.text = text
    self.topic = topic
  }

  private var guideline: Guideline { text.guideline }
  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[text.language] }

  mutating func write() {
    if topic == nil {
      if let differences { compare(differences) }
      contradictions()
      idle()
      silences()
    }
    gaps()
    completeness()
    if !witnesses.isEmpty {
      blocks.append(
        .notice(
          say(
            "use witness and a number makes that patient; Ctrl-O makes the next one",
            "χρήση παραδείγματος και ένας αριθμός φτιάχνει αυτόν τον ασθενή· το Ctrl-O τον επόμενο")))
    }
  }

  private mutating func section(_ english: String, _ greek: String, _ rows: [Row], _ none: (String, String)) {
    blocks.append(.heading(say(english, greek)))
    blocks.append(rows.isEmpty ? .paragraph(say(none.0, none.1)) : .rows(rows))
  }

  /// The next number, and the row that shows its patient.
  private mutating func number(_ witness: Audit.Witness) -> (number: Int, row: Row) {
    let findings = witness.canonical(guideline.vocabulary)
    witnesses.append(findings)
    var shown = say("patient ", "ασθενής ") + (findings.isEmpty ? "–" : findings)
    if !witness.given.isEmpty { shown += say(" · given: ", " · έχει δοθεί: ") + witness.given.sorted().joined(separator: ", ") }
    return (witnesses.count, Row(shown, level: 1))
  }

  private func title(_ rule: Int) -> Text {
    let rule = guideline.rules[rule]
    let stance = rule.stance?.said[text.language] ?? say("remark", "παρατήρηση")
    return "\(rule.title.cited(text.language)) (\(stance), \(text.citation([rule])))"
  }

  private mutating func compare(_ differences: [Audit.Difference]) {
    var rows: [Row] = []
    for difference in differences {
      let kind: String
      switch difference.kind {
      case .lost: kind = say("lost: only in the others", "χάθηκε: μόνο στα άλλα")
      case .added: kind = say("new", "νέος")
      case .condition:
        let here = difference.here == .applies
        kind = here ? say("applies here, not there", "ισχύει εδώ, όχι εκεί") : say("applies there, not here", "ισχύει εκεί, όχι εδώ")
      case .statement: kind = say("says something else", "λέει κάτι άλλο")
      }
      if let witness = difference.witness {
        let (number, patient) = number(witness)
        rows += [Row(difference.rule, number: number, detail: kind), patient]
      } else {
        rows.append(Row(difference.rule, mark: "≠", detail: kind))
      }
    }
    section(
      "Differences from the chapters compared with", "Διαφορές από τα κεφάλαια σύγκρισης", rows,
      ("None: every rule means the same.", "Καμία: κάθε κανόνας σημαίνει το ίδιο."))
  }

  private mutating func contradictions() {
    var rows: [Row] = []
    for contradiction in audit.contradictions {
      let (number, patient) = number(contradiction.witness)
      rows += [Row(title(contradiction.first), number: number), Row(say("against  ", "αντίθετα  ") + title(contradiction.second), level: 1), patient]
    }
    section(
      "Contradictions that no rule declares", "Αντιφάσεις που κανένας κανόνας δεν δηλώνει", rows,
      (
        "None. \(audit.declared) pairs contradict each other for some patient and say so.",
        "Καμία. \(audit.declared) ζεύγη αντιφάσκουν για κάποιον ασθενή και το δηλώνουν."
      ))
  }

  private mutating func idle() {
    var rows: [Row] = []
    for idle in audit.idle {
      if let witness = idle.witness {
        let (number, patient) = number(witness)
        rows.append(Row(title(idle.rule), number: number, detail: say("always overridden", "υπερισχύει πάντα άλλος")))
        rows += idle.overriding.map { Row(say("by  ", "υπερισχύει  ") + title($0), level: 1) } + [patient]
      } else {
        rows.append(Row(title(idle.rule), mark: "✗", detail: say("no patient meets its condition", "κανένας ασθενής δεν πληροί τη συνθήκη του")))
      }
    }
    section(
      "Rules that apply to nobody", "Κανόνες που δεν ισχύουν για κανέναν", rows,
      (
        "None: each of \(audit.rules) rules and remarks applies to some patient.",
        "Κανένας: καθένας από τους \(audit.rules) κανόνες και παρατηρήσεις ισχύει για κάποιον ασθενή."
      ))
  }

  private mutating func silences() {
    var rows: [Row] = []
    for silence in audit.silences {
      let (number, patient) = number(silence.witness)
      let numbers = text.value(silence.finding, .numbers(silence.numbers))
      let name = guideline.vocabulary.findings[silence.finding].name[text.language]
      let exactly = silence.numbers.single == nil ? numbers : say("\(name) exactly \(numbers)", "\(name) ακριβώς \(numbers)")
      var detail = ""
      if let graded = silence.graded {
        let open = guideline.vocabulary.findings[graded].name[text.language]
        detail = say("gives no \(open) (background)", "δεν δίνει: \(open) (εκτός κειμένου)")
      }
      rows.append(Row(exactly, number: number, detail: detail))
      if let rule = silence.above.first { rows.append(Row(say("more  ", "πάνω  ") + title(rule) + others(silence.above), level: 1)) }
      if let rule = silence.below.first { rows.append(Row(say("less  ", "κάτω  ") + title(rule) + others(silence.below), level: 1)) }
      rows.append(patient)
    }
    section(
      "Thresholds of which neither side speaks", "Όρια που δεν τα καλύπτει καμία πλευρά", rows,
      ("None.", "Κανένα."))
  }

  private func others(_ rules: [Int]) -> String { rules.count > 1 ? say(" and \(rules.count - 1) more", " και άλλες \(rules.count - 1)") : "" }

  // MARK: Gaps

  private mutating func gaps() {
    blocks.append(.heading(say("Presentations without advice", "Κλινικές εικόνες χωρίς σύσταση")))
    blocks.append(
      .paragraph(
        say(
          "Statements that hold for every patient, companions and remarks fill no gap. Each description is as wide as it can be; whatever else is found, no statement of the topic applies.",
          "Δηλώσεις που ισχύουν για κάθε ασθενή, συνοδευτικές και παρατηρήσεις δεν καλύπτουν κενό. Κάθε περιγραφή είναι όσο πλατιά γίνεται· ό,τι άλλο κι αν βρεθεί, καμία δήλωση του θέματος δεν ισχύει."
        )))
    for name in [nil] + Topic.all.map({ Optional($0.id) }) where topic == nil || topic == name {
      let gaps = audit.gaps.filter { $0.topic == name }
      let label = name.flatMap { id in Topic.all.first { $0.id == id }?.name[text.language] } ?? say("The whole guideline", "Ολόκληρη η οδηγία")
      if gaps.isEmpty {
        if audit.covered.contains(name) {
          blocks.append(
            .rows([
              Row(
                label.capitalised,
                detail: say("no gap: some statement applies or depends for every patient", "κανένα κενό: για κάθε ασθενή κάποια δήλωση ισχύει ή εξαρτάται"))
            ]))
        }
        continue
      }
      var rows = [
        Row(
          label.capitalised,
          detail: say(
            gaps.count == 1 ? "1 presentation" : "\(gaps.count) presentations", gaps.count == 1 ? "1 κλινική εικόνα" : "\(gaps.count) κλινικές εικόνες"))
      ]
      let shown = topic == nil ? gaps.prefix(Self.mostGaps) : gaps[...]
      for gap in shown {
        let (number, patient) = number(gap.witness)
        rows += [Row(describe(gap.presentation), number: number, level: 1), Row(patient.text, level: 2)]
      }
      if shown.count < gaps.count {
        let id = name ?? ""
        rows.append(
          Row(
            Words.more(gaps.count - shown.count, feminine: true)[text.language] + ": "
              + Text.command(say("audit \(id)", "επιθεώρηση \(label)"), "audit"), level: 1))
      }
      blocks.append(.rows(rows))
    }
  }

  private func describe(_ presentation: [Int: Possible]) -> String {
    presentation.keys.sorted().compactMap { finding in presentation[finding].map { text.value(finding, $0) } }.joined(separator: " · ")
  }

  // MARK: How far it goes

  private mutating func completeness() {
    let counted = say(
      "\(audit.rules) rules and remarks in \(audit.groups) groups that share findings, \(audit.distinctions) distinctions of their conditions",
      "\(audit.rules) κανόνες και παρατηρήσεις σε \(audit.groups) ομάδες με κοινά ευρήματα, \(audit.distinctions) διακρίσεις των συνθηκών τους")
    guard !audit.undecided.isEmpty else {
      blocks.append(
        .notice(
          say("Complete: \(counted); every alternative was tried, nothing was sampled.", "Πλήρης: \(counted)· δοκιμάστηκε κάθε περίπτωση, χωρίς δειγματοληψία.")
        ))
      return
    }
    let open = audit.undecided.map(name).joined(separator: "; ")
    blocks.append(
      .notice(say("Not complete: \(counted). Too many alternatives to try for: \(open).", "Μη πλήρης: \(counted). Πάρα πολλές περιπτώσεις για: \(open).")))
  }

  private func name(_ undecided: Audit.Undecided) -> String {
    switch undecided {
    case .applies(let rule): guideline.rules[rule].id
    case .contradict(let a, let b): guideline.rules[a].id + " + " + guideline.rules[b].id
    case .gaps(let topic): say("gaps of ", "κενά: ") + (topic ?? say("the whole guideline", "ολόκληρη η οδηγία"))
    case .threshold(let finding): guideline.vocabulary.findings[finding].name[text.language]
    }
  }
}

/// An audit as data.
private struct AuditJSON: Sendable {
  let audit: Audit
  let guideline: Guideline
  let topic: String?
  let differences: [Audit.Difference]?

  private func json(_ difference: Audit.Difference) -> JSON {
    .fields([
      ("rule", .string(difference.rule)), ("kind", .string(difference.kind.rawValue)), ("here", .string(difference.here.rawValue)),
      ("there", .string(difference.there.rawValue)), ("witness", difference.witness.map(json) ?? .null),
    ])
  }

  private func id(_ rule: Int) -> JSON { .string(guideline.rules[rule].id) }
  private func ids(_ rules: [Int]) -> JSON { .array(rules.map(id)) }

  private func json(_ witness: Audit.Witness) -> JSON {
    .fields([
      ("findings", .string(witness.canonical(guideline.vocabulary))), ("given", witness.given.isEmpty ? nil : .strings(witness.given.sorted())),
    ])
  }

  private func json(_ gap: Audit.Gap) -> JSON {
    let presentation = gap.presentation.keys.sorted().compactMap { finding in
      gap.presentation[finding].map { Printer.statement(finding, $0, guideline.vocabulary) }
    }
    return .fields([("topic", gap.topic.map { .string($0) } ?? .null), ("presentation", .strings(presentation)), ("witness", json(gap.witness))])
  }

  private func json(_ silence: Audit.Silence) -> JSON {
    .fields([
      ("finding", .string(guideline.vocabulary.findings[silence.finding].id)),
      ("at", .string(Printer.statement(silence.finding, .numbers(silence.numbers), guideline.vocabulary))), ("above", ids(silence.above)),
      ("below", ids(silence.below)), ("open", silence.graded.map { .string(guideline.vocabulary.findings[$0].id) }),
      ("background", .bool(silence.graded != nil)), ("witness", json(silence.witness)),
    ])
  }

  private func json(_ undecided: Audit.Undecided) -> JSON {
    switch undecided {
    case .applies(let rule): .fields([("applies", id(rule))])
    case .contradict(let a, let b): .fields([("contradict", ids([a, b]))])
    case .gaps(let topic): .fields([("gaps", topic.map { .string($0) } ?? .null)])
    case .threshold(let finding): .fields([("threshold", .string(guideline.vocabulary.findings[finding].id))])
    }
  }

  var data: [(String, JSON?)] {
    [
      ("topic", topic.map { .string($0) }), ("differences", differences.map { .array($0.map(json)) }),
      ("contradictions", .array(audit.contradictions.map { .fields([("rules", ids([$0.first, $0.second])), ("witness", json($0.witness))]) })),
      (
        "never_apply",
        .array(
          audit.idle.map {
            .fields([("rule", id($0.rule)), ("overridden_by", ids($0.overriding)), ("witness", $0.witness.map(json) ?? .null)])
          })
      ),
      ("silent", .array(audit.silences.map(json))), ("gaps", .array(audit.gaps.filter { topic == nil || $0.topic == topic }.map(json))),
      ("without_gap", .array(audit.covered.map { $0.map { .string($0) } ?? .null })), ("declared_conflicts", .integer(audit.declared)),
      ("rules", .integer(audit.rules)), ("groups", .integer(audit.groups)), ("distinctions", .integer(audit.distinctions)),
      ("complete", .bool(audit.undecided.isEmpty)), ("undecided", .array(audit.undecided.map(json))),
    ]
  }
}

extension Audit.Witness {
  /// What is stated, in canonical words.
  func canonical(_ vocabulary: Vocabulary) -> String {
    stated.keys.sorted().compactMap { finding in stated[finding].map { Printer.statement(finding, $0, vocabulary) } }.joined(separator: ", ")
  }
}
