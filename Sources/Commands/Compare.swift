import Counsel
import Grammar
import Guideline
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let compare = Command(
    "compare", greek: "σύγκρινε", aliases: ["σύγκριση"], kind: .question, role: .consults, group: .asking,
    takes: [.value("A [B]", "Α [Β]", .targets)],
    or: [[.value("THERAPY, THERAPY, …", "ΘΕΡΑΠΕΙΑ, ΘΕΡΑΠΕΙΑ, …", .therapies)]],
    summary: Words(
      "two patients, branches or moments; or therapies side by side",
      "δύο ασθενείς, κλάδοι ή στιγμές· ή θεραπείες πλάι πλάι"),
    details: [
      Words(
        "A and B are names of patients or branches, or numbers of history; without B the comparison is with now. patient, branch or moment in front says which is meant.",
        "Τα Α και Β είναι ονόματα ασθενών ή κλάδων, ή αριθμοί του ιστορικού· χωρίς Β η σύγκριση γίνεται με την τωρινή κατάσταση. Οι λέξεις ασθενής, κλάδος ή στιγμή μπροστά λένε τι εννοείται."
      ),
      Words(
        "Of therapies, two to four, it shows for the patient in use where each stands; then evidence by cohort, doses, harms and what goes with each. It draws no conclusion that the text doesn't draw.",
        "Για δύο έως τέσσερις θεραπείες δείχνει τη θέση της καθεμιάς για τον τρέχοντα ασθενή· έπειτα δεδομένα ανά ομάδα ασθενών, δόσεις, ανεπιθύμητες ενέργειες και όσα τη συνοδεύουν. Δεν βγάζει συμπέρασμα που δεν βγάζει το κείμενο."
      ),
    ],
    examples: [
      Example(
        Words("compare Maria Eleni", "σύγκρινε Maria Eleni"), Words("two patients", "δύο ασθενείς"), gives: Words("both lobes", "δύο λοβούς"),
        after: "patient Maria 54F, insulinoma 14 mm; copy Eleni; set liver mets bilobar"),
      Example(
        Words("compare main wait", "σύγκρινε main wait"), Words("two branches", "δύο κλάδοι"), gives: Words(same: "25 mm"),
        after: "patient Maria 61M, gastrinoma, MEN1, 15 mm; branch wait; set size 25 mm"),
      Example(
        Words("compare 1 3", "σύγκρινε 1 3"), Words("two moments of history", "δύο στιγμές του ιστορικού"),
        gives: Words("near the surface", "κοντά στην επιφάνεια"),
        after: "patient Maria 54F, insulinoma 14 mm; set near surface; set not near surface"),
      Example(
        Words("compare TACE, TAE", "σύγκρινε TACE, TAE"), Words("two therapies, for this patient", "δύο θεραπείες, για αυτόν τον ασθενή"),
        gives: Words(same: "P097"),
        after: "patient 66F, carcinoid syndrome, site small-bowel, liver-metastases bilobar"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    if let therapies = try Comparison.therapies(invocation) {
      let comparison = try TherapyComparison(therapies, invocation)
      return Outcome(
        .state(invocation.state), Report(data: comparison.data, blocks: comparison.blocks), canonical: comparison.canonical)
    }
    let targets = try Comparison.targets(invocation)
    let comparison = try Comparison(targets, invocation)
    let canonical = targets.map { $0.canonical(invocation.state) }.joined(separator: " ")
    return Outcome(
      .state(invocation.state), Report(data: comparison.data, blocks: comparison.blocks), canonical: "compare " + canonical)
  }
}

/// How two patients, or a patient at two moments or on two branches, differ.
struct Comparison {
  struct Side {
    let target: Target?
    let label: String
    let patient: Patient
    var evaluation: Evaluation { counsel.evaluation }
    let counsel: Counsel
    /// Companions that must or should go alongside and were not carried out.
    let missing: [Int]
  }

  private let a: Side
  private let b: Side
  private let text: AdviceText
  private let state: State
  private var guideline: Guideline { text.guideline }
  private var vocabulary: Vocabulary { guideline.vocabulary }
  private var language: Language { text.language }

  /// The therapies that are named; nil where patients, branches or moments are, or nothing that is known.
  static func therapies(_ invocation: Invocation) throws(Diagnostic) -> [Therapy]? {
    let range = invocation.first..<invocation.tokens.count
    guard !range.isEmpty, isNoTarget(range, invocation) else { return nil }
    var reader = TreatmentReader(
      invocation.vocabulary, try invocation.vocabulary.doseWords, invocation.line, tokens: invocation.tokens, from: invocation.first)
    reader.verb = invocation.command.name
    guard let found = try reader.therapies(invocation.command.id) else { return nil }
    guard (2...TherapyComparison.most).contains(found.count) else {
      throw Diagnostic(
        "compare.therapies",
        Words(
          "Name two to \(TherapyComparison.most) different therapies.",
          "Γράψτε δύο έως \(TherapyComparison.most) διαφορετικές θεραπείες."),
        help: [Words("For example: compare TACE, TAE", "Για παράδειγμα: σύγκρινε TACE, TAE")], source: invocation.line,
        span: invocation.argumentSpan)
    }
    return found
  }

  /// Whether no patient, branch or moment goes by the argument, or by any beginning of it.
  private static func isNoTarget(_ range: Range<Int>, _ invocation: Invocation) -> Bool {
    range.allSatisfy { Target.readings(range.lowerBound..<($0 + 1), invocation).isEmpty }
  }

  /// One or two things, wherever the line may be split; several ways to split it are an error.
  static func targets(_ invocation: Invocation) throws(Diagnostic) -> [Target] {
    guard invocation.hasArgument else { throw invocation.incomplete }
    let first = invocation.first
    let end = invocation.tokens.count
    var readings: [[Target]] = Target.readings(first..<end, invocation).map { [$0] }
    for split in (first + 1)..<max(first + 1, end) {
      var second = split
      let token = invocation.tokens[split]
      if token.isSymbol(",") || invocation.vocabulary.isParticle(token.key, .and) { second += 1 }
      for left in Target.readings(first..<split, invocation) {
        readings += Target.readings(second..<max(second, end), invocation).map { [left, $0] }
      }
    }
    guard let reading = readings.first else { throw Target.unknown(first..<end, invocation) }
    guard readings.count == 1 else { throw Target.ambiguous(readings, first..<end, invocation) }
    return reading
  }

  init(_ targets: [Target], _ invocation: Invocation) throws(Diagnostic) {
    text = AdviceText(invocation)
    state = invocation.state
    let named = targets.compactMap { target -> String? in
      if case .patient(let place) = target { invocation.state.patients[place].name } else { nil }
    }
    let preferred = named.first ?? invocation.state.patient?.name
    a = try Self.side(targets.first, preferred, invocation)
    b = try Self.side(targets.count > 1 ? targets[1] : nil, preferred, invocation)
  }

  private static func side(_ target: Target?, _ preferred: String?, _ invocation: Invocation) throws(Diagnostic) -> Side {
    let language = invocation.language
    let roster: Roster
    var label: String
    switch target {
    case .patient(let place):
      return side(target, invocation.state.patients[place].name, invocation.state.patients[place], invocation)
    case .branch(let place):
      roster = invocation.state.roster(ofBranch: place)
      label = invocation.state.branches[place].name
    case .moment(let number):
      roster = invocation.session.moments[number - 1].state.roster
      label = Words("moment \(number)", "στιγμή \(number)")[language]
    case nil:
      roster = invocation.state.roster
      label = Words("now", "τώρα")[language]
    }
    guard let patient = preferred.flatMap({ roster.place(of: $0) }).map({ roster.patients[$0] }) ?? roster.patient else {
      throw Diagnostic(
        "compare.no-patient", Words("There is no patient at: \(label)", "Δεν υπάρχει ασθενής σε: \(label)"),
        help: [
          Words("history numbers the moments; branches lists the branches.", "Η εντολή ιστορικό αριθμεί τις στιγμές· η εντολή κλάδοι παραθέτει τους κλάδους.")
        ],
        source: invocation.line)
    }
    label += " (\(patient.name))"
    return side(target, label, patient, invocation)
  }

  private static func side(_ target: Target?, _ label: String, _ patient: Patient, _ invocation: Invocation) -> Side {
    let guideline = invocation.guideline
    let counsel = Counsel(guideline, patient)
    return Side(target: target, label: label, patient: patient, counsel: counsel, missing: counsel.forgotten)
  }

  // MARK: What differs

  private var findings: [Finding] {
    vocabulary.findings.filter { !$0.isDerived && a.evaluation.known[$0.index] != b.evaluation.known[$0.index] }
  }

  private var advice: Difference { Difference(a.counsel, b.counsel) }

  /// A therapy or setting that a patient had, with the dose of a drug that goes on.
  private struct Treatment: Hashable {
    let id: String
    let dose: Dose?
  }

  private func treatments(_ side: Side) -> Set<Treatment> {
    Set(side.patient.given.union(side.patient.arranged).map { Treatment(id: $0, dose: side.patient.current[$0]?.dose) })
  }

  /// What is noted of one of the two alone.
  private var notes: [(side: String, note: Note)] {
    let (one, other) = (a.patient.noted, b.patient.noted)
    return one.filter { !other.contains($0) }.map { ("A", $0) } + other.filter { !one.contains($0) }.map { ("B", $0) }
  }

  private func onlyIn(_ one: Side, _ other: Side) -> [Treatment] {
    treatments(one).subtracting(treatments(other)).sorted { $0.id < $1.id }
  }

  var data: [(String, JSON?)] {
    func json(_ side: Side) -> JSON {
      .fields([("target", .string(side.target?.canonical(state) ?? "now")), ("patient", .string(side.patient.name))])
    }
    func value(_ side: Side, _ finding: Finding) -> JSON {
      side.evaluation.known.origin[finding.index] == .unstated
        ? .null : .string(Printer.statement(finding.index, side.evaluation.known[finding.index], vocabulary))
    }
    func treated(_ treatment: Treatment) -> JSON {
      let dose = treatment.dose.flatMap { $0.isEmpty ? nil : $0.written.english }
      return .fields([("therapy", .string(treatment.id)), ("dose", dose.map { .string($0) })])
    }
    func ids(_ rules: [Int]) -> JSON { .strings(rules.map { guideline.rules[$0].id }) }
    return [
      ("a", json(a)), ("b", json(b)),
      (
        "findings",
        .array(
          findings.map { .fields([("finding", .string($0.id)), ("a", value(a, $0)), ("b", value(b, $0))]) })
      ),
      (
        "changes",
        .array(
          advice.changes.map { change in
            .fields([
              ("rule", .string(guideline.rules[change.rule].id)), ("change", .string(change.kind.rawValue)),
              ("before", .string(a.evaluation[change.rule].status.rawValue)),
              ("after", .string(b.evaluation[change.rule].status.rawValue)),
            ])
          })
      ),
      ("therapies", .fields([("a", .array(onlyIn(a, b).map(treated))), ("b", .array(onlyIn(b, a).map(treated)))])),
      ("companions_missing", .fields([("a", ids(a.missing)), ("b", ids(b.missing))])),
      (
        "noted",
        notes.isEmpty
          ? nil
          : .fields([("a", .strings(notes.filter { $0.side == "A" }.map(\.note.text))), ("b", .strings(notes.filter { $0.side == "B" }.map(\.note.text)))])
      ),
    ]
  }

  var blocks: [Block] {
    var blocks: [Block] = [.paragraph("A  \(a.label)\nB  \(b.label)")]
    let findings = findings
    if !findings.isEmpty {
      blocks.append(
        .table(
          [Words("Finding", "Εύρημα")[language], "A", "B"],
          findings.map { [$0.name[language], value(a, $0), value(b, $0)] }))
    }
    let changes = advice.changes
    if !changes.isEmpty {
      blocks.append(.heading(Words("Advice, from A to B", "Συστάσεις, από το Α στο Β")[language]))
      blocks.append(
        .rows(
          changes.map { change in
            let rule = guideline.rules[change.rule]
            let detail = change.kind == .lost ? "" : text.standing(rule, b.evaluation[change.rule], b.evaluation.known)
            return Row(rule.title.cited(language), mark: change.kind.mark, detail: detail, citation: text.citation([rule]))
          }))
    }
    blocks += therapies + companions
    if !notes.isEmpty {
      blocks.append(.heading(Words("Noted for only one", "Σημειώσεις του ενός μόνο")[language]))
      blocks.append(.rows(notes.map { Row("“\($0.note.text)”", mark: $0.side, detail: $0.note.reason.shown[language]) }))
    }
    if blocks.count == 1 {
      blocks.append(.paragraph(Words("They don't differ.", "Δεν διαφέρουν.")[language]))
    }
    return blocks
  }

  private func value(_ side: Side, _ finding: Finding) -> String {
    guard side.evaluation.known.origin[finding.index] != .unstated else { return Words("not stated", "δεν αναφέρεται")[language] }
    return text.value(finding.index, side.evaluation.known[finding.index])
  }

  private var therapies: [Block] {
    let rows = [("A", onlyIn(a, b)), ("B", onlyIn(b, a))].flatMap { side, ids in
      ids.map { treatment in
        let name = vocabulary.therapy(id: treatment.id)?.name[language] ?? treatment.id
        let dose = treatment.dose.map { $0.isEmpty ? "" : $0.written[language] } ?? ""
        return Row(name, mark: side, detail: dose)
      }
    }
    return rows.isEmpty ? [] : [.heading(Words("Therapies of only one", "Θεραπείες του ενός μόνο")[language]), .rows(rows)]
  }

  private var companions: [Block] {
    let both = Set(a.missing).intersection(b.missing)
    let rows = [("A", a.missing), ("B", b.missing)].flatMap { side, rules in
      rules.filter { !both.contains($0) }.map { place in
        Row(guideline.rules[place].title.cited(language), mark: side, citation: text.citation([guideline.rules[place]]))
      }
    }
    let shared = both.sorted().map { place in
      Row(guideline.rules[place].title.cited(language), mark: "A B", citation: text.citation([guideline.rules[place]]))
    }
    guard !rows.isEmpty else { return [] }
    return [.heading(Words("Alongside, not yet done", "Μαζί, και δεν έγινε ακόμη")[language]), .rows(rows + shared)]
  }
}
