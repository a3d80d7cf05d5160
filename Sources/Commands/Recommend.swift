import Counsel
import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let recommend = Command(
    "recommend", greek: "σύσταση", aliases: ["συστάσεις"], kind: .question, role: .consults, group: .asking,
    takes: [
      .optional(
        "all, TOPIC or THERAPY", "όλα, ΘΕΜΑ ή ΘΕΡΑΠΕΙΑ",
        .choices { state, world in
          [CompletionCandidate(Words("all", "όλα")[state.language], Words("every statement", "κάθε δήλωση")[state.language])]
            + Topic.choices(state.language, world.guideline)
        })
    ],
    summary: Words("what the guideline says for this patient", "τι λέει η οδηγία για αυτόν τον ασθενή"),
    details: [
      Words(
        "First what leads for this patient, then options, then what one more finding would decide, and what to ask next; at most 16 lines. recommend all shows every statement with what goes with it. A topic narrows the answer: surgery, liver, transplantation, drugs, analogues, chemotherapy, targeted, local, radionuclide, radiotherapy, supportive. A therapy, or a number of the last list, shows where that therapy stands.",
        "Πρώτα όσα προέχουν για τον ασθενή, μετά οι επιλογές, όσα θα έκρινε ένα ακόμη εύρημα και τι να ρωτηθεί· το πολύ 16 γραμμές. Η εντολή σύσταση όλα δείχνει κάθε δήλωση με όσα τη συνοδεύουν. Ένα θέμα περιορίζει την απάντηση: χειρουργική, ήπαρ, μεταμόσχευση, φάρμακα, ανάλογα, χημειοθεραπεία, στοχευμένα, τοπικές, ραδιονουκλίδια, ακτινοθεραπεία, υποστηρικτικά. Μια θεραπεία, ή ένας αριθμός του τελευταίου καταλόγου, δείχνει τη θέση αυτής της θεραπείας."
      )
    ],
    examples: [
      Example(
        Words("recommend", "σύσταση"), Words("what leads, and what to ask next", "όσα προέχουν, και τι να ρωτηθεί"), gives: Words("Enucleation", "Εκπυρήνιση"),
        after: "patient 54F, insulinoma 14 mm in the tail, clearly localised, near the surface"),
      Example(
        Words("recommend surgery", "σύσταση χειρουργική"), Words("only surgery", "μόνο η χειρουργική"), gives: Words(same: "P003"),
        after: "patient 61M, gastrinoma, MEN1, 25 mm"),
      Example(
        Words("recommend all", "σύσταση όλα"), Words("every statement", "κάθε δήλωση"), gives: Words(same: "P003"),
        after: "patient 61M, gastrinoma, MEN1, 25 mm"),
      Example(
        Words("recommend enucleation", "σύσταση εκπυρήνιση"), Words("where one therapy stands", "η θέση μιας θεραπείας"),
        gives: Words("recommended if found at surgery", "συνιστάται αν εντοπίστηκε διεγχειρητικά"),
        after: "patient 54F, insulinoma 14 mm in the tail, clearly localised, near the surface"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let patient = try invocation.requirePatient()
    let showsAll = ["all", "όλα"].contains { FoldedKey($0) == invocation.argumentKey }
    let topic = invocation.hasArgument && !showsAll ? Topic.named(invocation.argumentKey) : nil
    if invocation.hasArgument, !showsAll, topic == nil { return try standing(invocation, patient) }
    let counsel = Counsel(invocation.guideline, patient)
    let recommendation = Recommendation(counsel, topic: topic)
    let ask = try counsel.askNext(recommendation, most: 3)
    // A topic may be the name of a therapy too.
    let standing = topic.flatMap { _ in invocation.vocabulary.therapies(named: invocation.argumentKey).first }.map {
      StandingReport(AdviceText(invocation), counsel, $0)
    }
    let blocks = try RecommendationBlocks(counsel, recommendation, ask: ask, AdviceText(invocation))
    var state = invocation.state
    state.listed = recommendation.lines.map { invocation.guideline.rules[$0.head].id }
    let report = Report(blocks: showsAll || topic != nil ? blocks.whole : blocks.firstScreen) { [topic] in
      data(counsel, recommendation, ask, topic: topic, standing, AdviceText(invocation))
    }
    return Outcome(.state(state), report, canonical: "recommend" + (showsAll ? " all" : topic.map { " " + $0 } ?? ""))
  }

  private static func data(
    _ counsel: Counsel, _ recommendation: Recommendation, _ ask: [(finding: Int, lines: [Int])],
    topic: String?, _ standing: StandingReport?, _ text: AdviceText
  ) -> [(String, JSON?)] {
    let guideline = counsel.guideline
    let live = counsel.evaluation.live.map(\.rule).filter {
      !guideline.rules[$0].isRemark && guideline.rules[$0].isOn(topic)
    }
    var places: [Int: Int] = [:]
    for (place, rule) in (recommendation.lines.flatMap(\.all) + recommendation.general + recommendation.rest).enumerated() {
      places[rule] = place
    }
    let lead = standing?.standing.lead
    func order(_ rule: Int) -> (Int, Int, Int) {
      rule == lead ? (0, 0, 0) : (recommendation.rank(of: rule) ?? .max, places[rule] ?? .max, rule)
    }
    func ids(_ rules: [Int]) -> JSON { .strings(rules.map { guideline.rules[$0].id }) }
    let asked = ask.map { finding, lines in
      JSON.fields([
        ("finding", .string(guideline.vocabulary.findings[finding].id)), ("decides", ids(lines.map { recommendation.lines[$0 - 1].head })),
      ])
    }
    let silent = recommendation.thresholds.map { threshold in
      JSON.fields([
        ("finding", .string(guideline.vocabulary.findings[threshold.finding].id)), ("above", ids(threshold.above)),
        ("below", ids(threshold.below)),
      ])
    }
    return (standing?.json.filter { $0.0 != "advice" } ?? []) + [
      ("topic", topic.map { .string($0) }),
      ("advice", .array(live.sorted { order($0) < order($1) }.map { text.json($0, counsel, recommendation) })), ("ask", .array(asked)),
      ("remarks", recommendation.remarks.isEmpty ? nil : ids(recommendation.remarks)),
      ("not_covered", silent.isEmpty ? nil : .array(silent)),
    ]
  }

  /// Where one therapy stands.
  private static func standing(_ invocation: Invocation, _ patient: Patient) throws(Diagnostic) -> Outcome {
    let therapy = try therapy(invocation)
    let counsel = Counsel(invocation.guideline, patient)
    let report = StandingReport(AdviceText(invocation), counsel, therapy)
    var state = invocation.state
    state.listed = report.standing.statements.map { invocation.guideline.rules[$0].id }
    return Outcome(.state(state), Report(data: report.json, blocks: report.blocks), canonical: "recommend " + therapy.id)
  }

  /// The therapy named, itself or by a number of the last list.
  private static func therapy(_ invocation: Invocation) throws(Diagnostic) -> Therapy {
    let vocabulary = invocation.vocabulary
    if let therapy = vocabulary.therapies(named: invocation.argumentKey).first { return therapy }
    if invocation.argumentNumber != nil {
      let reference = try AdviceReference.read(invocation)
      if let therapy = reference.rules.first?.subjects.first.flatMap({ vocabulary.therapy(id: $0) }) { return therapy }
    }
    var error = Topic.unknown(invocation.argument)
    error.source = invocation.line
    error.span = invocation.tokens[invocation.first].span
    error.help += Naming.nearTherapies(invocation.foldedArgument, vocabulary)
    throw error
  }
}
