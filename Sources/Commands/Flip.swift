import Counsel
import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let flip = Command(
    "flip", greek: "ανατροπή", kind: .question, role: .consults, group: .asking, takes: [.value("ADVICE", "ΣΥΣΤΑΣΗ", .advice)],
    summary: Words(
      "the smallest changes that would make advice apply, or stop applying", "οι μικρότερες αλλαγές με τις οποίες μια σύσταση θα ίσχυε, ή θα έπαυε να ισχύει"),
    details: [
      Words(
        "Sets of up to three changes of which none can be left out, one per line, the nearest first; what differs only in how the same thing could be learnt is one line. Ten lines at most, the rest counted. What is unknown may be learnt; what is known may be changed, but never age, sex, MEN1, site, location, syndrome or differentiation. Derived findings follow, and what contradicts itself is left out. It shows what an answer hangs on; it is not advice.",
        "Σύνολα έως τριών αλλαγών από τα οποία δεν περισσεύει καμία, ένα σε κάθε γραμμή, τα πιο κοντινά πρώτα· όσα διαφέρουν μόνο στο πώς θα βρισκόταν το ίδιο πράγμα είναι μία γραμμή. Το πολύ δέκα γραμμές, για τα υπόλοιπα δίνεται το πλήθος. Ό,τι είναι άγνωστο μπορεί να βρεθεί· ό,τι είναι γνωστό μπορεί να αλλάξει, ποτέ όμως ηλικία, φύλο, MEN1, θέση, τμήμα του παγκρέατος, σύνδρομο ή διαφοροποίηση. Τα παράγωγα ευρήματα ακολουθούν και οι αντιφάσεις αποκλείονται. Δείχνει από τι εξαρτάται μια απάντηση· δεν είναι σύσταση."
      )
    ],
    examples: [
      Example(
        Words("flip enucleation", "ανατροπή εκπυρήνιση"), Words("what enucleation hangs on", "από τι εξαρτάται η εκπυρήνιση"),
        gives: Words("near the surface", "κοντά στην επιφάνεια"),
        after: "patient 54F, insulinoma 14 mm, clearly localised, not near the surface"),
      Example(
        Words("flip surgery.larger-than-2-cm", "ανατροπή surgery.larger-than-2-cm"), Words("one statement, by its id", "μία δήλωση, με το αναγνωριστικό της"),
        gives: Words(same: "2 cm"),
        after: "patient 61M, gastrinoma in the pancreas, 15 mm"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let reference = try AdviceReference.read(invocation)
    let patient = try invocation.requirePatient()
    let guideline = invocation.guideline
    let text = AdviceText(invocation)
    let own = reference.rules.filter { !$0.isCompanion && !$0.isRemark }
    let counsel = Counsel(guideline, patient)
    let explanation = Explanation(text, counsel)
    let rules = explanation.nearestFirst(own.isEmpty ? reference.rules.filter { !$0.isRemark } : own)
    let flips = rules.prefix(FlipText.mostRules).map { guideline.flip($0.index, patient.stated, given: patient.given) }
    let words = FlipText(text: text, explanation: explanation, patient: patient)
    var blocks: [Block] = []
    if rules.isEmpty {
      let name = reference.therapy?.name[invocation.language] ?? reference.canonical
      blocks.append(.paragraph(Words("The text gives no advice on \(name).", "Το κείμενο δεν δίνει σύσταση για: \(name).")[invocation.language]))
    }
    blocks += words.blocks(flips)
    let more = rules.dropFirst(FlipText.mostRules)
    if let next = more.first {
      blocks.append(
        .notice(
          Words(
            more.count,
            one: Words(
              text: "… and 1 more statement, further from holding: \(Text.command("flip \(next.id)", "flip"))",
              "… και άλλη 1 δήλωση, που απέχει περισσότερο: \(Text.command("ανατροπή \(next.id)", "flip"))"),
            several: Words(
              text: "… and \(more.count) more statements, further from holding: \(Text.command("flip \(next.id)", "flip")) and so on",
              "… και άλλες \(more.count) δηλώσεις, που απέχουν περισσότερο: \(Text.command("ανατροπή \(next.id)", "flip")) κ.ο.κ.")
          ).text(invocation.language)))
    }
    if !flips.isEmpty { blocks.append(.notice(FlipText.notAdvice[invocation.language])) }
    var state = invocation.state
    if reference.rules.count != 1 { state.listed = rules.prefix(FlipText.mostRules).map(\.id) }
    return Outcome(
      .state(state), Report(data: [("advice", .array(flips.map(words.json))), ("is_advice", .bool(false))], blocks: blocks),
      canonical: "flip " + reference.canonical)
  }
}

/// Flips in words.
struct FlipText {
  let text: AdviceText
  let explanation: Explanation
  let patient: Patient

  /// Statements on one therapy that are flipped at once, and lines on sets in the whole answer; the data hold every set.
  static let mostRules = 3
  static let mostLines = 10

  static let notAdvice = Words(
    "Not advice: it shows what the answer hangs on, not what to do to a patient.",
    "Δεν είναι σύσταση: δείχνει από τι εξαρτάται η απάντηση, όχι τι να γίνει σε έναν ασθενή.")

  private var language: Language { text.language }
  private var vocabulary: Vocabulary { text.vocabulary }

  /// The statements with their sets, a line each; the lines are shared out among them.
  func blocks(_ flips: [Flip]) -> [Block] {
    var left = Self.mostLines
    var blocks: [Block] = []
    let lines = flips.map { text.guideline.folded($0, patient.stated) }
    for (place, flip) in flips.enumerated() {
      let later = lines[(place + 1)...].map(\.count)
      // Each of those after it keeps its share.
      let kept = later.reduce(0) { $0 + min($1, Self.mostLines / flips.count) }
      let shown = lines[place].prefix(max(0, left - kept))
      left -= shown.count
      blocks += self.blocks(flip, shown: Array(shown), more: lines[place].dropFirst(shown.count).reduce(0) { $0 + $1.sets.count })
    }
    return blocks
  }

  private func blocks(_ flip: Flip, shown: [FlipLine], more: Int) -> [Block] {
    let rule = text.guideline.rules[flip.rule]
    var blocks: [Block] = [.paragraph(explanation.head(rule))]
    if !shown.isEmpty {
      let goal = flip.before == .applies ? Words("It would stop applying by", "Θα έπαυε να ισχύει αν") : Words("It would apply by", "Θα ίσχυε αν")
      blocks += [.heading(goal[language]), .rows(shown.map(row))]
    }
    if more > 0 {
      let ways = more == 1 ? Words("… and 1 more way", "… και άλλος 1 τρόπος") : Words("… and \(more) more ways", "… και άλλοι \(more) τρόποι")
      blocks.append(.notice(ways[language]))
    }
    if flip.sets.isEmpty {
      let none =
        flip.before == .applies
        ? Words("No set of up to three changes makes it stop applying.", "Κανένα σύνολο έως τριών αλλαγών δεν θα την έκανε να μην ισχύει.")
        : Words("No set of up to three changes makes it apply.", "Κανένα σύνολο έως τριών αλλαγών δεν θα την έκανε να ισχύει.")
      blocks.append(.paragraph(none[language]))
    }
    switch flip.larger {
    case .none: break
    case .exist: blocks.append(.notice(Words("larger sets exist", "υπάρχουν και μεγαλύτερα σύνολα")[language]))
    case .untried:
      blocks.append(.notice(Words("larger sets may exist; not all were tried", "ίσως υπάρχουν και μεγαλύτερα σύνολα· δεν δοκιμάστηκαν όλα")[language]))
    }
    if !flip.isComplete {
      blocks.append(
        .notice(
          Words(
            "there were too many ways to try them all; some sets may be missing", "οι τρόποι ήταν πάρα πολλοί για να δοκιμαστούν όλοι· ίσως λείπουν σύνολα")[
              language]))
    }
    return blocks
  }

  /// One line: what to learn, what would have to be otherwise.
  private func row(_ line: FlipLine) -> Row {
    let known = explanation.evaluation.known
    let parts = line.changes.map { change -> String in
      let finding = vocabulary.findings[change.finding]
      let isAny = change.to == .all(of: finding)
      let to = isAny ? finding.name[language] + Words(": any value", ": οποιαδήποτε τιμή")[language] : vocabulary.describe(change.finding, change.to)[language]
      if let learnt = line.learnt, learnt.finding == change.finding {
        return Words("learning: \(to) (any of \(learnt.from.count) findings)", "βρεθεί: \(to) (αρκεί ένα από \(learnt.from.count) ευρήματα)")[language]
      }
      if change.isLearnt { return Words("learning: \(to)", "βρεθεί: \(to)")[language] }
      let from = vocabulary.describe(change.finding, known[change.finding])[language]
      var derived = ""
      if case .derived = known.origin[change.finding] { derived = Words(", derived", ", παράγωγο")[language] }
      return Words("changing: \(to) (now: \(from)\(derived))", "αλλάξει: \(to) (τώρα: \(from)\(derived))")[language]
    }
    return Row(
      parts.joined(separator: Words(" and ", " και ")[language]), mark: "•",
      detail: line.status == .depends ? Words("then it depends", "τότε εξαρτάται")[language] : "")
  }

  func json(_ flip: Flip) -> JSON {
    .fields([
      ("rule", .string(text.guideline.rules[flip.rule].id)), ("before", .string(flip.before.rawValue)),
      (
        "sets",
        .array(
          flip.sets.map { set in
            .fields([
              ("changes", .array(set.changes.map(json))), ("after", .string(set.status.rawValue)),
            ])
          })
      ),
      ("larger", .string(flip.larger.rawValue)), ("complete", .bool(flip.isComplete)),
    ])
  }

  private func json(_ change: FlipChange) -> JSON {
    let known = explanation.evaluation.known
    let isStated = patient.stated[change.finding] != nil
    return .fields([
      ("finding", .string(vocabulary.findings[change.finding].id)), ("kind", .string(change.isLearnt ? "learn" : "change")),
      ("to", .string(Printer.statement(change.finding, change.to, vocabulary))),
      (
        "from",
        known.origin[change.finding] == .unstated
          ? .null : .string(Printer.statement(change.finding, isStated ? patient.stated[change.finding] : known[change.finding], vocabulary))
      ),
    ])
  }
}
