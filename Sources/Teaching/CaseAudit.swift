import Grammar
import Guideline
import Sessions
import Vocabulary
import Wording

/// What an author overlooks in a case that can be read: names of what isn't there, what nothing reaches, what nothing reveals.
struct CaseAudit {
  let scenario: Scenario
  let world: World

  func faults(_ bytes: [UInt8]) -> [Diagnostic] {
    texts(bytes) + unrevealed + unreached + unusedLabels + paths
  }

  private func fault(_ code: String, _ message: Words, _ help: Words, _ line: Int) -> Diagnostic {
    Diagnostic(code, message, help: [help], file: scenario.file, line: line)
  }

  // MARK: Texts

  /// Paragraphs, facts and errata that the guideline doesn't have, and sentences of feedback that name none and don't say that they are background.
  private func texts(_ bytes: [UInt8]) -> [Diagnostic] {
    let guideline = world.guideline
    let paragraphs = Set(guideline.chapters.flatMap(\.paragraphs))
    let facts = Set(guideline.chapters.flatMap(\.sections).flatMap(\.facts))
    let errata = Set(guideline.entries.filter { $0.kind == .erratum }.map(\.id))
    var found: [Diagnostic] = []
    for (place, row) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let text = String(decoding: row, as: UTF8.self)
      guard let first = text.first(where: { $0 != " " && $0 != "\t" }), first != "#" else { continue }
      let ids = Citation.ids(in: text)
      for id in ids where !paragraphs.contains(id) && !facts.contains(id) && !errata.contains(id) {
        found.append(
          fault(
            "case.citation", Words("The guideline has no \(id).", "Η οδηγία δεν έχει \(id)."),
            Words("cite P064 and cite F012 show what is there.", "Οι εντολές παραπομπή P064 και παραπομπή F012 δείχνουν τι υπάρχει."), place + 1))
      }
      for feedback in Self.feedback(text).flatMap(\.sentences) where !feedback.saysItsSource {
        found.append(
          fault(
            "case.uncited",
            Words("Feedback names no paragraph: “\(feedback.prefix(40))…”", "Μια ανατροφοδότηση δεν αναφέρει παράγραφο: «\(feedback.prefix(40))…»"),
            Words("Name it (P004, surgery), or write: background", "Γράψτε την (P004, χειρουργική), ή γράψτε: εκτός κειμένου"), place + 1))
      }
    }
    return found
  }

  /// The texts behind `feedback`, `because` and `moved`, which say why, one a language.
  private static func feedback(_ row: String) -> [String] {
    var line = ScenarioLine(row, number: 0)
    var found: [String] = []
    var isFeedback = false
    while !line.isAtEnd {
      if let word = line.word() {
        isFeedback = ["feedback", "because", "moved"].contains(word.text) || (isFeedback && word.text == "|")
      } else if let text = try? line.quoted() {
        if isFeedback { found.append(text) }
      } else {
        break
      }
    }
    return found
  }

  // MARK: What nothing reveals or reaches

  /// Hidden findings that no test tells. What is found at operation, or by histology after it, no test can tell.
  var unrevealedFindings: [Int] {
    let vocabulary = world.guideline.vocabulary
    let bench = TestBench(scenario: scenario, vocabulary: vocabulary)
    let told = Set(bench.ids.flatMap { bench.results($0, scenario.truth).told.map(\.finding) })
    let hidden = scenario.truth.statedFindings.filter { scenario.view.stated[$0] == nil && !told.contains($0) }
    return hidden.filter { !["operation", "histology after operation"].contains(vocabulary.findings[$0].foundBy) }
  }

  private var unrevealed: [Diagnostic] {
    unrevealedFindings.map { finding in
      let id = world.guideline.vocabulary.findings[finding].id
      return fault(
        "case.unrevealed", Words("Nothing reveals “\(id)”.", "Τίποτα δεν αποκαλύπτει το «\(id)»."),
        Words("Write which test shows it: reveals TEST …, \(id)", "Γράψτε ποια εξέταση το δείχνει: reveals TEST …, \(id)"), scenario.hiddenLine)
    }
  }

  /// Statements that no way leads to, whatever is answered or done.
  private var unreached: [Diagnostic] {
    var reached: Set<Int> = []
    var open = [0]
    while let place = open.popLast() {
      guard place < scenario.steps.count, reached.insert(place).inserted else { continue }
      if case .go(let label, let clause) = scenario.steps[place].kind {
        if let target = scenario.place(ofLabel: label) { open.append(target) }
        if clause == nil { continue }
      }
      open.append(place + 1)
    }
    return scenario.steps.indices.filter { place in
      if case .label = scenario.steps[place].kind { return false }
      return !reached.contains(place)
    }.map { place in
      fault(
        "case.dead", Words("No way leads here.", "Καμία διαδρομή δεν φτάνει εδώ."),
        Words("Put a label above it, or delete it.", "Βάλτε μια ετικέτα από πάνω, ή διαγράψτε το."), scenario.steps[place].line)
    }
  }

  private var unusedLabels: [Diagnostic] {
    let used = Set(scenario.steps.compactMap { step in if case .go(let label, _) = step.kind { label } else { nil } })
    return scenario.steps.compactMap { step in
      guard case .label(let name) = step.kind, !used.contains(name) else { return nil }
      return fault(
        "case.label-unused", Words("Nothing goes to “\(name)”.", "Τίποτα δεν πηγαίνει στο «\(name)»."),
        Words("Delete the label, or write: goto \(name)", "Διαγράψτε την ετικέτα, ή γράψτε: goto \(name)"), step.line)
    }
  }

  private var paths: [Diagnostic] {
    guard scenario.paths.isEmpty else { return [] }
    return [
      fault(
        "case.no-path", Words("The case has no path.", "Το περιστατικό δεν έχει διαδρομή."),
        Words("Write a good way and a wrong one: path good score 100 … end", "Γράψτε μια καλή διαδρομή και μια λάθος: path good score 100 … end"),
        scenario.steps.last?.line ?? 1)
    ]
  }

  /// Goals that none of the paths reaches.
  func unreachable(_ gradings: [Grading]) -> [Diagnostic] {
    guard !gradings.isEmpty else { return [] }
    return scenario.goals.indices.filter { place in !gradings.contains { $0.goals[place].isReached } }.map { place in
      let goal = scenario.goals[place]
      return fault(
        "case.goal", Words("No path reaches the goal “\(goal.text)”.", "Καμία διαδρομή δεν φτάνει στον στόχο «\(goal.text)»."),
        Words("Write a path that does, or correct the goal.", "Γράψτε μια που φτάνει, ή διορθώστε τον στόχο."), goal.line)
    }
  }
}

extension String {
  /// Whether it names a paragraph, a fact or an erratum, or says that it is background.
  var saysItsSource: Bool {
    !Citation.ids(in: self).isEmpty || ["background", "εκτός κειμένου", "Background", "Εκτός κειμένου"].contains(where: contains)
  }
}
