import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let missing = Command(
    "missing", greek: "λείπουν", kind: .question, group: .asking, form: Words("missing", "λείπουν"),
    summary: Words("what is not stated and how much advice it decides", "τι δεν δηλώθηκε και πόσες συστάσεις κρίνει"),
    details: [
      Words(
        "Required: advice on some therapy depends on it, and none stands. Refining: the therapy has advice that applies, and the finding could add to it, contradict it or bring something alongside. Those that settle most come first; each stands with the test that finds it.",
        "Απαραίτητα: από αυτά εξαρτάται σύσταση για θεραπεία που δεν έχει άλλη σε ισχύ. Συμπληρωματικά: η θεραπεία έχει σύσταση που ισχύει, και το εύρημα μπορεί να προσθέσει άλλη, αντίθετη ή κάτι που τη συνοδεύει. Προηγούνται όσα κρίνουν τα περισσότερα· δίπλα στο καθένα η εξέταση που το δείχνει."
      ),
      Words(
        "The smallest set leaves nothing depending, whatever the findings turn out to be, and none of it can be left out.",
        "Το μικρότερο σύνολο δεν αφήνει τίποτα να εξαρτάται, όποια κι αν βγουν τα ευρήματα, και κανένα του δεν περισσεύει."),
    ],
    examples: [
      Example(
        Words("missing", "λείπουν"), Words("findings, most decisive first", "ευρήματα, τα πιο κρίσιμα πρώτα"),
        after: "patient 54F, insulinoma 14 mm")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    guard !invocation.hasArgument else { throw invocation.tooMuch }
    let patient = try invocation.requirePatient()
    let guideline = invocation.guideline
    let evaluation = guideline.evaluate(guideline.inference.known(patient), given: patient.given)
    let missing = MissingFindings(evaluation, guideline, given: patient.given)
    let language = invocation.language
    func names(_ findings: [Int]) -> String { findings.map { guideline.vocabulary.findings[$0].name[language] }.joined(separator: ", ") }
    var blocks: [Block] = []
    for (heading, entries) in [
      (Words("Required: an answer depends on it", "Απαραίτητα: από αυτά εξαρτάται απάντηση"), missing.required),
      (Words("Refining: could change an answer that stands", "Συμπληρωματικά: μπορεί να αλλάξουν απάντηση που ισχύει"), missing.refining),
    ] where !entries.isEmpty {
      blocks += [.heading(heading[language]), .rows(entries.map { missing.row($0, language) })]
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
      }, canonical: "missing")
  }
}

/// What is not stated and decides advice, the most decisive first.
struct MissingFindings {
  /// A finding, the rules that it settles on its own, and those that it bears on together with others.
  struct Entry {
    let finding: Int
    var settles: [Int] = []
    var bears: [Int] = []
    /// Whether an answer depends on it for which none stands.
    var isRequired = false
  }

  /// Findings on which advice depends where none on the therapy stands.
  let required: [Entry]
  /// Findings that could only change advice that stands: another statement on its therapy, or what goes alongside.
  let refining: [Entry]
  /// The smallest set of findings that settles everything, whatever they turn out to be.
  let settling: [Int]
  private let guideline: Guideline
  private let tests: [DiagnosticTest]
  /// For each finding the tests that find something of it, in the vocabulary's order.
  private let finders: [[DiagnosticTest]]

  init(_ evaluation: Evaluation, _ guideline: Guideline, given: Set<String>) {
    self.guideline = guideline
    tests = guideline.vocabulary.tests
    var finders = guideline.vocabulary.findings.map { _ in [DiagnosticTest]() }
    for test in tests {
      for id in test.reveals { if let finding = guideline.vocabulary.finding(id: id) { finders[finding.index].append(test) } }
    }
    self.finders = finders
    settling = guideline.settling(evaluation, given: given)
    var advised: Set<String> = []
    for judgement in evaluation.judgements where judgement.status == .applies {
      let rule = guideline.rules[judgement.rule]
      if !rule.isCompanion, !rule.isRemark { advised.formUnion(rule.subjects) }
    }
    var found: [Entry] = []
    var places = [Int?](repeating: nil, count: guideline.vocabulary.findings.count)
    for judgement in evaluation.judgements where judgement.status == .depends {
      let rule = guideline.rules[judgement.rule]
      guard !rule.isRemark else { continue }
      let stands =
        rule.isCompanion
        ? judgement.accompanies.contains { evaluation[$0].status == .applies }
        : rule.subjects.allSatisfy { advised.contains($0) || !advised.isDisjoint(with: guideline.vocabulary.groups(above: $0)) }
      // What would go with advice that doesn't stand is asked once the advice does.
      if rule.isCompanion, !stands { continue }
      for finding in judgement.dependsOn {
        let place = places[finding] ?? found.count
        if place == found.count { found.append(Entry(finding: finding)) }
        places[finding] = place
        if judgement.dependsOn.count == 1 { found[place].settles.append(rule.index) } else { found[place].bears.append(rule.index) }
        if !stands { found[place].isRequired = true }
      }
    }
    let sorted = found.enumerated().sorted {
      (-$0.element.settles.count, -$0.element.bears.count, $0.offset) < (-$1.element.settles.count, -$1.element.bears.count, $1.offset)
    }.map(\.element)
    required = sorted.filter(\.isRequired)
    refining = sorted.filter { !$0.isRequired }
  }

  /// Findings of the smallest set that decide nothing yet.
  var unlisted: [Int] {
    let listed = Set((required + refining).map(\.finding))
    return settling.filter { !listed.contains($0) }
  }

  private func finding(_ finding: Int) -> [DiagnosticTest] { finders[finding] }

  func row(_ entry: Entry, _ language: Language) -> Row {
    let rules = entry.settles + entry.bears
    let titles = rules.prefix(1).map { guideline.rules[$0].title[language] }.joined(separator: " · ")
    let more = rules.count - 1
    let finding = guideline.vocabulary.findings[entry.finding]
    let found = self.finding(entry.finding).map { $0.name[language] }.joined(separator: ", ")
    let alone = Words("settles \(entry.settles.count)", "κρίνει \(entry.settles.count)")
    let together = Words("with others \(entry.bears.count)", "μαζί με άλλα \(entry.bears.count)")
    let decides = [entry.settles.isEmpty ? nil : alone, entry.bears.isEmpty ? nil : together].compactMap { $0?[language] }
      .joined(separator: ", ")
    return Row(
      finding.name[language] + (found.isEmpty ? "" : " (\(found))"),
      detail: decides + ": " + titles + (more > 0 ? Words(" and \(more) more", more == 1 ? " και άλλη 1" : " και άλλες \(more)")[language] : ""))
  }

  func json(_ entry: Entry) -> JSON {
    .fields([
      ("finding", .string(guideline.vocabulary.findings[entry.finding].id)), ("settles", .strings(entry.settles.map { guideline.rules[$0].id })),
      ("bears_on", .strings(entry.bears.map { guideline.rules[$0].id })), ("tests", .strings(finding(entry.finding).map(\.id))),
    ])
  }

  /// The smallest set of tests that finds what of the smallest set a test can find: the fewest, and of those the cheapest.
  /// Each finding stands with the first that finds it.
  var fewestTests: [(test: DiagnosticTest, finds: [Int])] {
    let open = settling.filter { !finding($0).isEmpty }
    let useful = tests.filter { test in open.contains { test.reveals.contains(guideline.vocabulary.findings[$0].id) } }
    let chosen = cheapest(useful, finding: open)
    var left = open
    return chosen.indices.compactMap { place in
      let finds = left.filter { chosen[place].reveals.contains(guideline.vocabulary.findings[$0].id) }
      left.removeAll { finds.contains($0) }
      return finds.isEmpty ? nil : (chosen[place], finds)
    }
  }

  /// What of the smallest set no test finds.
  var withoutTest: [Int] { settling.filter { finding($0).isEmpty } }

  private func cheapest(_ tests: [DiagnosticTest], finding open: [Int]) -> [DiagnosticTest] {
    // A test that alone finds something is in every set; only the others are tried, set by set.
    var needed: Set<String> = []
    for finding in open {
      let finders = self.finding(finding)
      if finders.count == 1, let only = finders.first { needed.insert(only.id) }
    }
    func finds(_ test: DiagnosticTest) -> Set<Int> { Set(open.filter { test.reveals.contains(guideline.vocabulary.findings[$0].id) }) }
    let sure = tests.filter { needed.contains($0.id) }
    let found = sure.reduce(into: Set<Int>()) { $0.formUnion(finds($1)) }
    let left = Set(open).subtracting(found)
    let others = tests.map { ($0, finds($0).intersection(left)) }.filter { !needed.contains($0.0.id) && !$0.1.isEmpty }
    var best: [DiagnosticTest]?
    func add(_ place: Int, _ left: Set<Int>, _ set: [DiagnosticTest]) {
      if left.isEmpty {
        let isBetter = best.map { (set.count, set.reduce(0) { $0 + $1.cost }) < ($0.count, $0.reduce(0) { $0 + $1.cost }) } ?? true
        if isBetter { best = set }
        return
      }
      guard place < others.count, set.count < best?.count ?? .max else { return }
      if !others[place].1.isDisjoint(with: left) { add(place + 1, left.subtracting(others[place].1), set + [others[place].0]) }
      add(place + 1, left, set)
    }
    add(0, left, [])
    let ids = needed.union((best ?? []).map(\.id))
    return tests.filter { ids.contains($0.id) }
  }
}
