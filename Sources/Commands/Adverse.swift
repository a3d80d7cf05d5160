import Grammar
import Guideline
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let adverse = Command(
    "adverse", greek: "ανεπιθύμητες", aliases: ["adverse effects", "side effects", "ανεπιθύμητες ενέργειες", "παρενέργειες"], kind: .question, role: .free,
    group: .reading,
    takes: [.optional("THERAPY", "ΘΕΡΑΠΕΙΑ", .therapies)],
    summary: Words("the adverse effects that the text names", "οι ανεπιθύμητες ενέργειες που αναφέρει το κείμενο"),
    details: [
      Words(
        "A group shows the effects of its members; a drug also those of its groups. An effect that the text doesn't name isn't thereby ruled out.",
        "Μια ομάδα δείχνει και τις ενέργειες των μελών της· ένα φάρμακο και των ομάδων του. Αν το κείμενο δεν αναφέρει μια ενέργεια, δεν σημαίνει ότι δεν υπάρχει."
      )
    ],
    examples: [
      Example(Words("adverse everolimus", "ανεπιθύμητες everolimus"), Words("a drug", "ένα φάρμακο"), gives: Words("Anaemia", "Αναιμία")),
      Example(Words("adverse PRRT", "ανεπιθύμητες PRRT"), Words("a group with its members", "μια ομάδα με τα μέλη της"), gives: Words(same: "P083")),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let all = try invocation.guideline.adverseEffects
    guard invocation.hasArgument else {
      return TherapyOverview(
        "adverse", all.map(\.therapies), Words("Therapies with adverse effects in the text", "Θεραπείες με ανεπιθύμητες ενέργειες στο κείμενο")
      ).outcome(invocation)
    }
    let therapy = try Naming.therapy(invocation)
    let vocabulary = invocation.vocabulary
    let language = invocation.language
    let family = Naming.family(of: therapy.id, vocabulary)
    let text = AdviceText(invocation)
    var blocks: [Block] = [.heading(therapy.name[language].capitalised)]
    var shown: [AdverseEffect] = []
    for member in family.own + family.above {
      let effects = all.filter { $0.therapies.contains(member) && !shown.map(\.id).contains($0.id) }
      guard !effects.isEmpty else { continue }
      if member != therapy.id { blocks.append(.paragraph(Naming.therapyNames([member], vocabulary, language).capitalised)) }
      var rows: [Row] = []
      for effect in effects {
        shown.append(effect)
        rows.append(
          Row(
            effect.title.cited(language), number: shown.count, citation: Text.citations(effect.paragraphs)))
        for id in effect.errata {
          guard let reading = invocation.guideline.erratum(id)?.words("reading") else { continue }
          rows.append(Row(Text.citation(id) + ": " + reading.cited(language), mark: "!", level: 1))
        }
        if effect.when != .always {
          rows.append(Row(Words("for: ", "για: ")[language] + text.condition(effect.when), level: 1))
        }
      }
      blocks.append(.rows(rows))
    }
    if shown.isEmpty {
      blocks.append(
        .paragraph(
          Words("The text names no adverse effect of it.", "Το κείμενο δεν αναφέρει ανεπιθύμητες ενέργειες.")[language]))
      let near = named(beside: therapy.id, all, invocation.guideline).map { invocation.world.shown("adverse " + $0) }
      if !near.isEmpty {
        let list = Words.joined(near, by: " · ")
        blocks.append(
          .notice(Words(text: "In the same chapter: \(list.text(.english))", "Στο ίδιο κεφάλαιο: \(list.text(.greek))").text(language)))
      }
    }
    var state = invocation.state
    state.listed = shown.map(\.id)
    return Outcome(
      .state(state),
      Report(
        data: [("therapy", .string(therapy.id)), ("adverse_effects", .array(shown.map { $0.json(vocabulary, language) }))], blocks: blocks),
      canonical: "adverse " + therapy.id)
  }
}

extension Command {
  /// The therapies whose adverse effects stand in the chapters that give advice on another, at most three: its techniques and combinations.
  fileprivate static func named(beside therapy: String, _ all: [AdverseEffect], _ guideline: Guideline) -> [String] {
    let chapters = Set(guideline.rules.filter { $0.subjects.contains(therapy) }.map(\.chapter))
    var found: [String] = []
    for effect in all where chapters.contains(effect.chapter) {
      for id in effect.therapies where !found.contains(id) { found.append(id) }
    }
    return found.count > 3 ? [] : found
  }
}

/// The therapies that a kind of statement is about, for a command without its argument.
struct TherapyOverview {
  private let command: String
  private let counts: [(id: String, count: Int)]
  private let title: Words

  init(_ command: String, _ therapies: [[String]], _ title: Words) {
    self.command = command
    self.title = title
    var counts: [(id: String, count: Int)] = []
    for therapy in therapies.flatMap({ $0 }) {
      if let place = counts.firstIndex(where: { $0.id == therapy }) {
        counts[place].count += 1
      } else {
        counts.append((therapy, 1))
      }
    }
    self.counts = counts
  }

  func outcome(_ invocation: Invocation) -> Outcome {
    let language = invocation.language
    let rows = counts.enumerated().map { place, entry in
      Row(
        Naming.therapyNames([entry.id], invocation.vocabulary, language), number: place + 1,
        detail: entry.count == 1 ? Words("1 statement", "1 δήλωση")[language] : Words("\(entry.count) statements", "\(entry.count) δηλώσεις")[language])
    }
    var state = invocation.state
    state.listed = counts.map(\.id)
    return Outcome(
      .state(state),
      Report(
        data: [("therapies", .array(counts.map { .fields([("therapy", .string($0.id)), ("statements", .integer($0.count))]) }))],
        blocks: [.heading(title[language]), .rows(rows)]), canonical: command)
  }
}

extension Guideline {
  /// An erratum by its id.
  func erratum(_ id: String) -> ChapterEntry? { entries.first { $0.kind == .erratum && $0.id == id } }
}
