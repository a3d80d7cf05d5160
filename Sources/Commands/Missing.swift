import Counsel
import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let missing = Command(
    "missing", greek: "λείπουν", kind: .question, role: .consults, group: .asking, takes: [.keyword("all", "όλα")],
    summary: Words("what is not stated and how much advice it decides", "τι δεν δηλώθηκε και πόσες συστάσεις κρίνει"),
    details: [
      Words(
        "Required: advice on some therapy depends on it, and none applies yet. Refining: the therapy has advice that applies, and the finding could add to it, contradict it or bring something alongside. First comes what most likely decides a statement that leads for this patient, and never a finding before what it hangs on; each stands with the test that finds it.",
        "Απαραίτητα: από αυτά εξαρτάται σύσταση για θεραπεία που δεν έχει άλλη σε ισχύ. Συμπληρωματικά: η θεραπεία έχει σύσταση που ισχύει, και το εύρημα μπορεί να προσθέσει άλλη, αντίθετη ή κάτι που τη συνοδεύει. Προηγείται ό,τι πιθανότερα κρίνει δήλωση που προέχει για τον ασθενή, ποτέ όμως εύρημα πριν από εκείνο από το οποίο εξαρτάται· δίπλα σε κάθε εύρημα η εξέταση που το δείχνει."
      ),
      Words(
        "The smallest set leaves nothing depending, whatever the findings turn out to be, and none of it can be left out. Of the tests that find it the cheapest that settles the most comes first.",
        "Με το μικρότερο σύνολο δεν μένει τίποτα να εξαρτάται, όποια κι αν βγουν τα ευρήματα, και κανένα τους δεν περισσεύει. Από τις εξετάσεις που το δείχνουν προηγείται η φθηνότερη που κρίνει τα περισσότερα."
      ),
    ],
    examples: [
      Example(
        Words("missing", "λείπουν"), Words("findings, most decisive first", "ευρήματα, τα πιο κρίσιμα πρώτα"), gives: Words(same: "SSTR2"),
        after: "patient 54F, insulinoma 14 mm"),
      Example(
        Words("missing all", "λείπουν όλα"), Words("every one of them", "όλα ανεξαιρέτως"), gives: Words("found at surgery", "εντοπίστηκε διεγχειρητικά"),
        after: "patient 54F, insulinoma 14 mm"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let showsAll = invocation.options["all"] != nil
    let patient = try invocation.requirePatient()
    let guideline = invocation.guideline
    let missing = try MissingFindings(Counsel(guideline, patient))
    let language = invocation.language
    func names(_ findings: [Int]) -> String { findings.map { guideline.vocabulary.findings[$0].name[language] }.joined(separator: ", ") }
    var blocks: [Block] = []
    for (heading, entries) in [
      (Words("Required: an answer depends on it", "Απαραίτητα: από αυτά εξαρτάται απάντηση"), missing.required),
      (Words("Refining: could change an answer that stands", "Συμπληρωματικά: μπορεί να αλλάξουν απάντηση που ισχύει"), missing.refining),
    ] where !entries.isEmpty {
      let shown = showsAll ? entries[...] : entries.prefix(MissingFindings.mostShown)
      blocks += [.heading(heading[language]), .rows(shown.map { missing.row($0, language) })]
      let more = entries.count - shown.count
      if more > 0 {
        blocks.append(
          .notice(
            Words.more(more)[language] + ": " + Text.command(Words("missing all", "λείπουν όλα")[language], "missing")))
      }
    }
    let tests = missing.fewestTests
    let rest = missing.withoutTest
    if !missing.settling.isEmpty {
      let count = missing.settling.count
      let set = Words(
        "Smallest set that settles everything   \(count == 1 ? "1 finding" : "\(count) findings")",
        "Το μικρότερο σύνολο που κρίνει τα πάντα   \(count == 1 ? "1 εύρημα" : "\(count) ευρήματα")")
      blocks.append(.paragraph(set[language]))
      if !tests.isEmpty {
        let found = tests.map { "\($0.test.name[language]) (\($0.finds.count))" }.joined(separator: " · ")
        blocks.append(.paragraph(Words("Fewest tests that find it   ", "Οι λιγότερες εξετάσεις που το δείχνουν   ")[language] + found))
      }
      if !rest.isEmpty {
        blocks.append(.paragraph(Words("No test finds   ", "Δεν τα δείχνει εξέταση   ")[language] + names(rest)))
      }
      let later = missing.unlisted
      if !later.isEmpty {
        blocks.append(
          .paragraph(Words("Counts only once others are known   ", "Μετρά μόνο όταν βρεθούν άλλα   ")[language] + names(later)))
      }
    }
    if blocks.isEmpty {
      blocks.append(
        .paragraph(Words("Everything that bears on the advice is stated.", "Όλα όσα αφορούν τις συστάσεις έχουν δηλωθεί.")[language]))
    }
    return Outcome(
      .state(invocation.state),
      Report(blocks: blocks) {
        func ids(_ findings: [Int]) -> JSON { .strings(findings.map { guideline.vocabulary.findings[$0].id }) }
        return [
          ("required", .array(missing.required.map(missing.json))), ("refining", .array(missing.refining.map(missing.json))),
          ("settles_everything", ids(missing.settling)),
          ("tests", .array(tests.map { .fields([("test", .string($0.test.id)), ("finds", ids($0.finds))]) })), ("without_test", ids(rest)),
        ]
      }, canonical: showsAll ? "missing all" : "missing")
  }
}

/// What is not stated and decides advice, the most decisive first.
struct MissingFindings {
  /// A finding, the rules that it settles on its own, and those that it bears on together with others.
  struct MissingFinding {
    let finding: Int
    var settles: [Int] = []
    var bears: [Int] = []
    /// Whether an answer depends on it for which none stands.
    var isRequired = false
  }

  /// Findings of a list that are shown when not all are asked for.
  static let mostShown = 10

  /// Findings on which advice depends where none on the therapy stands.
  let required: [MissingFinding]
  /// Findings that could only change advice that stands: another statement on its therapy, or what goes alongside.
  let refining: [MissingFinding]
  /// The smallest set of findings that settles everything, whatever they turn out to be.
  let settling: [Int]
  private let guideline: Guideline
  private let tests: DiagnosticTests
  /// The places of the tests, the cheapest that settles the most first.
  private let testOrder: [Int]
  /// For each finding the places of the tests that find something of it, in the vocabulary's order.
  private let finders: [[Int]]

  init(_ counsel: Counsel) throws(Diagnostic) {
    let (guideline, evaluation) = (counsel.guideline, counsel.evaluation)
    self.guideline = guideline
    tests = try guideline.vocabulary.tests
    var finders = [[Int]](repeating: [], count: guideline.vocabulary.findings.count)
    for (place, test) in tests.enumerated() {
      for id in test.reveals { if let finding = guideline.vocabulary.finding(id: id) { finders[finding.index].append(place) } }
    }
    self.finders = finders
    func canBeStated(_ finding: Int) -> Bool { guideline.inference.canBeStated(finding, evaluation.known) }
    settling = guideline.decidingFindings(evaluation, given: counsel.given).filter(canBeStated)
    var advised: Set<String> = []
    for evaluated in evaluation.ruleEvaluations where evaluated.status == .applies {
      let rule = guideline.rules[evaluated.rule]
      if !rule.isCompanion, !rule.isRemark { advised.formUnion(rule.subjects) }
    }
    var found: [MissingFinding] = []
    var places = [Int?](repeating: nil, count: guideline.vocabulary.findings.count)
    for evaluated in evaluation.ruleEvaluations where evaluated.status == .depends {
      let rule = guideline.rules[evaluated.rule]
      guard !rule.isRemark else { continue }
      let stands =
        rule.isCompanion
        ? evaluated.accompanies.contains { evaluation[$0].status == .applies }
        : rule.subjects.allSatisfy { advised.contains($0) || !advised.isDisjoint(with: guideline.vocabulary.groups(above: $0)) }
      // What would go with advice that doesn't stand is asked once the advice does.
      if rule.isCompanion, !stands { continue }
      for finding in evaluated.dependsOn where canBeStated(finding) {
        let place = places[finding] ?? found.count
        if place == found.count { found.append(MissingFinding(finding: finding)) }
        places[finding] = place
        if evaluated.dependsOn.count == 1 { found[place].settles.append(rule.index) } else { found[place].bears.append(rule.index) }
        if !stands { found[place].isRequired = true }
      }
    }
    let helpful = try counsel.helpful()
    testOrder = counsel.order(tests, helpful)
    // What helps comes as it helps; what can hardly lead, by how much it settles.
    var ranks = [Int](repeating: .max, count: guideline.vocabulary.findings.count)
    for (rank, asked) in helpful.enumerated() {
      ranks[asked.finding] = rank
      // A finding behind which another is named is ranked where that one is asked.
      for finding in guideline.vocabulary.findings where guideline.statedThrough[finding.index] == asked.finding { ranks[finding.index] = rank }
    }
    func key(_ entry: MissingFinding) -> (Int, Int, Int, Int) { (ranks[entry.finding], -entry.settles.count, -entry.bears.count, places[entry.finding] ?? 0) }
    let sorted = found.sorted { key($0) < key($1) }
    // What another finding hangs on stands above it.
    var isRequired = Set(sorted.filter(\.isRequired).map(\.finding))
    for asked in helpful.reversed() where isRequired.contains(asked.finding) { isRequired.formUnion(asked.after) }
    required = sorted.filter { isRequired.contains($0.finding) }
    refining = sorted.filter { !isRequired.contains($0.finding) }
  }

  /// Findings of the smallest set that decide nothing yet.
  var unlisted: [Int] {
    let listed = Set((required + refining).map(\.finding))
    return settling.filter { !listed.contains($0) }
  }

  private func tests(finding: Int) -> [DiagnosticTest] { finders[finding].map { tests[$0] } }

  func row(_ entry: MissingFinding, _ language: Language) -> Row {
    let rules = entry.settles + entry.bears
    let titles = rules.prefix(1).map { guideline.rules[$0].title.cited(language) }.joined(separator: " · ")
    let more = rules.count - 1
    let finding = guideline.vocabulary.findings[entry.finding]
    let found = tests(finding: entry.finding).map { $0.name[language] }.joined(separator: ", ")
    let alone = Words("settles \(entry.settles.count)", "κρίνει \(entry.settles.count)")
    let together = Words("with others \(entry.bears.count)", "μαζί με άλλα \(entry.bears.count)")
    let decides = [entry.settles.isEmpty ? nil : alone, entry.bears.isEmpty ? nil : together].compactMap { $0?[language] }
      .joined(separator: ", ")
    return Row(
      finding.name[language] + (found.isEmpty ? "" : " (\(found))"),
      detail: decides + ": " + titles + (more > 0 ? Words(" and \(more) more", more == 1 ? " και άλλη 1" : " και άλλες \(more)")[language] : ""))
  }

  func json(_ entry: MissingFinding) -> JSON {
    .fields([
      ("finding", .string(guideline.vocabulary.findings[entry.finding].id)), ("settles", .strings(entry.settles.map { guideline.rules[$0].id })),
      ("bears_on", .strings(entry.bears.map { guideline.rules[$0].id })), ("tests", .strings(tests(finding: entry.finding).map(\.id))),
    ])
  }

  /// The smallest set of tests that finds what of the smallest set a test can find: the fewest, and of those the cheapest. The one
  /// that settles the most for its cost comes first.
  /// Each finding stands with the first that finds it.
  var fewestTests: [(test: DiagnosticTest, finds: [Int])] {
    var left = settling.filter { !finders[$0].isEmpty }
    let cheapest = Set(cheapest(left))
    return testOrder.filter(cheapest.contains).compactMap { place in
      let finds = left.filter { finders[$0].contains(place) }
      left.removeAll { finders[$0].contains(place) }
      return finds.isEmpty ? nil : (tests[place], finds)
    }
  }

  /// What of the smallest set no test finds.
  var withoutTest: [Int] { settling.filter { finders[$0].isEmpty } }

  /// The places of the fewest and cheapest tests that find some findings.
  private func cheapest(_ open: [Int]) -> [Int] {
    // A test that alone finds something is in every set; only the others are tried, set by set.
    let sure = Set(open.compactMap { finders[$0].count == 1 ? finders[$0].first : nil })
    let left = open.filter { sure.isDisjoint(with: finders[$0]) }
    let others = tests.indices.filter { place in left.contains { finders[$0].contains(place) } }
    var best: (tests: [Int], cost: Int)?
    func add(_ next: Int, _ left: [Int], _ set: [Int], _ cost: Int) {
      if left.isEmpty {
        if best.map({ (set.count, cost) < ($0.tests.count, $0.cost) }) ?? true { best = (set, cost) }
        return
      }
      guard next < others.count, set.count < best?.tests.count ?? .max else { return }
      let place = others[next]
      let rest = left.filter { !finders[$0].contains(place) }
      if rest.count < left.count { add(next + 1, rest, set + [place], cost + tests[place].cost) }
      add(next + 1, left, set, cost)
    }
    add(0, left, [], 0)
    return (Array(sure) + (best?.tests ?? [])).sorted()
  }
}
