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
        "The first list holds findings that settle advice on their own, the second those that count only together with others. Each stands with the test that finds it.",
        "Ο πρώτος κατάλογος έχει τα ευρήματα που κρίνουν συστάσεις μόνα τους, ο δεύτερος όσα μετρούν μόνο μαζί με άλλα. Δίπλα στο καθένα η εξέταση που το δείχνει."
      )
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
    let missing = MissingFindings(evaluation, guideline)
    let language = invocation.language
    var blocks: [Block] = []
    if !missing.required.isEmpty {
      blocks.append(.heading(Words("Settles advice on its own", "Κρίνει συστάσεις μόνο του")[language]))
      blocks.append(.rows(missing.required.map { missing.row($0, language) }))
    }
    if !missing.refining.isEmpty {
      blocks.append(.heading(Words("Counts only together with others", "Μετρά μόνο μαζί με άλλα")[language]))
      blocks.append(.rows(missing.refining.map { missing.row($0, language) }))
    }
    let tests = missing.fewestTests
    if !tests.isEmpty {
      let names = tests.map { "\($0.test.name[language]) (\($0.finds.count))" }.joined(separator: " · ")
      blocks.append(
        .paragraph(
          Words("Fewest tests that find everything a test can find   ", "Οι λιγότερες εξετάσεις που δείχνουν όλα όσα δείχνει εξέταση   ")[language]
            + names))
    }
    let rest = missing.withoutTest
    if !rest.isEmpty {
      let names = rest.map { guideline.vocabulary.findings[$0].name[language] }.joined(separator: ", ")
      blocks.append(.paragraph(Words("No test finds   ", "Δεν τα δείχνει εξέταση   ")[language] + names))
    }
    if blocks.isEmpty {
      blocks.append(
        .paragraph(Words("Everything that bears on the advice is stated.", "Όλα όσα αφορούν τις συστάσεις έχουν δηλωθεί.")[language]))
    }
    return Outcome(
      .state(invocation.state),
      Report(blocks: blocks) {
        [
          ("required", .array(missing.required.map(missing.json))), ("refining", .array(missing.refining.map(missing.json))),
          (
            "tests",
            .array(
              tests.map {
                .fields([
                  ("test", .string($0.test.id)), ("finds", .strings($0.finds.map { guideline.vocabulary.findings[$0].id })),
                ])
              })
          ), ("without_test", .strings(rest.map { guideline.vocabulary.findings[$0].id })),
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
  }

  /// Findings that settle advice on their own.
  private(set) var required: [Entry] = []
  /// Findings that count only together with others.
  private(set) var refining: [Entry] = []
  private let guideline: Guideline
  private let tests: [DiagnosticTest]
  /// For each finding the tests that find something of it, in the vocabulary's order.
  private let finders: [[DiagnosticTest]]

  init(_ evaluation: Evaluation, _ guideline: Guideline) {
    self.guideline = guideline
    tests = guideline.vocabulary.tests
    var finders = guideline.vocabulary.findings.map { _ in [DiagnosticTest]() }
    for test in tests {
      for id in test.reveals { if let finding = guideline.vocabulary.finding(id: id) { finders[finding.index].append(test) } }
    }
    self.finders = finders
    var found: [Entry] = []
    for judgement in evaluation.live where judgement.status == .depends {
      let rule = guideline.rules[judgement.rule]
      guard !rule.isCompanion, !rule.isRemark else { continue }
      for finding in judgement.dependsOn {
        var place = found.firstIndex { $0.finding == finding }
        if place == nil {
          found.append(Entry(finding: finding))
          place = found.count - 1
        }
        guard let place else { continue }
        if judgement.dependsOn.count == 1 { found[place].settles.append(rule.index) } else { found[place].bears.append(rule.index) }
      }
    }
    let sorted = found.enumerated().sorted {
      (-$0.element.settles.count, -$0.element.bears.count, $0.offset) < (-$1.element.settles.count, -$1.element.bears.count, $1.offset)
    }.map(\.element)
    required = sorted.filter { !$0.settles.isEmpty }
    refining = sorted.filter(\.settles.isEmpty)
  }

  private func finding(_ finding: Int) -> [DiagnosticTest] { finders[finding] }

  func row(_ entry: Entry, _ language: Language) -> Row {
    let rules = entry.settles + entry.bears
    let count = entry.settles.isEmpty ? entry.bears.count : entry.settles.count
    let titles = rules.prefix(1).map { guideline.rules[$0].title[language] }.joined(separator: " · ")
    let more = rules.count - 1
    let finding = guideline.vocabulary.findings[entry.finding]
    let found = self.finding(entry.finding).map { $0.name[language] }.joined(separator: ", ")
    let decides = entry.settles.isEmpty ? Words("bears on \(count)", "επηρεάζει \(count)") : Words("settles \(count)", "κρίνει \(count)")
    return Row(
      finding.name[language] + (found.isEmpty ? "" : " (\(found))"),
      detail: decides[language] + ": " + titles + (more > 0 ? Words(" and \(more) more", more == 1 ? " και άλλη 1" : " και άλλες \(more)")[language] : ""))
  }

  func json(_ entry: Entry) -> JSON {
    .fields([
      ("finding", .string(guideline.vocabulary.findings[entry.finding].id)), ("settles", .strings(entry.settles.map { guideline.rules[$0].id })),
      ("bears_on", .strings(entry.bears.map { guideline.rules[$0].id })), ("tests", .strings(finding(entry.finding).map(\.id))),
    ])
  }

  /// The smallest set of tests that finds everything in both lists that a test can find: the fewest, and of those the
  /// cheapest. Each finding stands with the first that finds it.
  var fewestTests: [(test: DiagnosticTest, finds: [Int])] {
    let open = (required + refining).map(\.finding).filter { !finding($0).isEmpty }
    let useful = tests.filter { test in open.contains { test.reveals.contains(guideline.vocabulary.findings[$0].id) } }
    let chosen = cheapest(useful, finding: open)
    var left = open
    return chosen.indices.compactMap { place in
      let finds = left.filter { chosen[place].reveals.contains(guideline.vocabulary.findings[$0].id) }
      left.removeAll { finds.contains($0) }
      return finds.isEmpty ? nil : (chosen[place], finds)
    }
  }

  /// What is missing and no test finds.
  var withoutTest: [Int] { (required + refining).map(\.finding).filter { finding($0).isEmpty } }

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
