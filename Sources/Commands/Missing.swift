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
          Words("Fewest tests that find all of the first list   ", "Οι λιγότερες εξετάσεις που δείχνουν όλα του πρώτου καταλόγου   ")[language]
            + names))
    }
    if blocks.isEmpty {
      blocks.append(
        .paragraph(Words("Everything that bears on the advice is stated.", "Όλα όσα αφορούν τις συστάσεις έχουν δηλωθεί.")[language]))
    }
    return Outcome(
      .state(invocation.state),
      Report(
        data: [
          ("required", .array(missing.required.map(missing.json))), ("refining", .array(missing.refining.map(missing.json))),
          (
            "tests",
            .array(
              tests.map {
                .fields([
                  ("test", .string($0.test.id)), ("finds", .strings($0.finds.map { guideline.vocabulary.findings[$0].id })),
                ])
              })
          ),
        ], blocks: blocks), canonical: "missing")
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

  init(_ evaluation: Evaluation, _ guideline: Guideline) {
    self.guideline = guideline
    tests = guideline.vocabulary.tests
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

  /// The tests that find something, in the vocabulary's order.
  private func finding(_ finding: Int) -> [DiagnosticTest] {
    let id = guideline.vocabulary.findings[finding].id
    return tests.filter { $0.reveals.contains(id) }
  }

  func row(_ entry: Entry, _ language: Language) -> Row {
    let rules = entry.settles + entry.bears
    let count = entry.settles.isEmpty ? entry.bears.count : entry.settles.count
    let titles = rules.prefix(1).map { guideline.rules[$0].title[language] }.joined(separator: " · ")
    let more = rules.count - 1
    let finding = guideline.vocabulary.findings[entry.finding]
    let found = self.finding(entry.finding).map(\.name[language]).joined(separator: ", ")
    let decides = entry.settles.isEmpty ? Words("bears on \(count)", "επηρεάζει \(count)") : Words("settles \(count)", "κρίνει \(count)")
    return Row(
      finding.name[language] + (found.isEmpty ? "" : " (\(found))"),
      detail: decides[language] + ": " + titles + (more > 0 ? Words(" and \(more) more", " και άλλες \(more)")[language] : ""))
  }

  func json(_ entry: Entry) -> JSON {
    .fields([
      ("finding", .string(guideline.vocabulary.findings[entry.finding].id)), ("settles", .strings(entry.settles.map { guideline.rules[$0].id })),
      ("bears_on", .strings(entry.bears.map { guideline.rules[$0].id })), ("tests", .strings(finding(entry.finding).map(\.id))),
    ])
  }

  /// A small set of tests that finds everything of the first list that a test can find: at each step the one that finds
  /// most for its cost.
  var fewestTests: [(test: DiagnosticTest, finds: [Int])] {
    var open = required.map(\.finding).filter { !finding($0).isEmpty }
    var chosen: [(test: DiagnosticTest, finds: [Int])] = []
    while !open.isEmpty {
      var best: (test: DiagnosticTest, finds: [Int])?
      for test in tests {
        let finds = open.filter { test.reveals.contains(guideline.vocabulary.findings[$0].id) }
        guard !finds.isEmpty else { continue }
        // Compared as finds over cost + 1, without division.
        if let other = best, finds.count * (other.test.cost + 1) <= other.finds.count * (test.cost + 1) { continue }
        best = (test, finds)
      }
      guard let best else { break }
      chosen.append(best)
      open.removeAll { best.finds.contains($0) }
    }
    return chosen
  }
}
