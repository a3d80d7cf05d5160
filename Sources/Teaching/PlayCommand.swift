import Grammar
import Reports
import Sessions
import Wording

extension Command {
  static let play = Command(
    "play", greek: "παίξε", aliases: ["περιστατικά"], kind: .outside, role: .closed, group: .teaching,
    takes: [.optional("CASE", "ΠΕΡΙΣΤΑΤΙΚΟ", .choices { _, _ in CaseLibrary().ids.map { CompletionCandidate($0, "") } }), .keyword("anew", "ξανά")],
    summary: Words("the teaching cases, or one of them to work through", "τα εκπαιδευτικά περιστατικά, ή ένα για να το δουλέψετε"),
    details: [
      Words(
        "In a case some findings are hidden: order reveals what a test tells, and costs. Asking the guideline about the patient costs too, unless the case says otherwise; read, find, explain and dose are free. quit leaves a case, and play takes it up again; with anew it starts over.",
        "Σε ένα περιστατικό κάποια ευρήματα είναι κρυφά: η ζήτησε δείχνει ό,τι βρίσκει μια εξέταση, και κοστίζει. Κοστίζει και η ερώτηση στην οδηγία για τον ασθενή, αν το περιστατικό δεν ορίζει αλλιώς· ελεύθερες είναι οι διάβασε, βρες, εξήγησε και δόση. Η έξοδος αφήνει το περιστατικό και η παίξε το συνεχίζει· με το ξανά αρχίζει από την αρχή."
      )
    ],
    examples: [
      Example(
        Words("play", "παίξε"), Words("the cases, with your best result", "τα περιστατικά, με το καλύτερο αποτέλεσμά σας"),
        gives: Words(same: "small-incidentaloma"))
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let isAnew = invocation.options["anew"] != nil
    guard invocation.hasArgument else {
      if isAnew { throw invocation.incomplete }
      return Outcome(.request(.task(ListCases())), Report(), canonical: "play")
    }
    let name = invocation.argument.split(separator: " ").joined(separator: " ").filter { $0 != "\"" }
    guard name.utf8.count <= 100, !name.contains("/"), !name.contains("..") else { throw .unknownCase(String(name.prefix(100)), []) }
    return Outcome(.request(.task(StartCase(name: name, isAnew: isAnew))), Report(), canonical: invocation.written(name, isAnew ? ["anew": ""] : [:]))
  }
}

/// Lists the cases with level, minutes and the user's best result.
struct ListCases: OutsideTask {
  func perform(_ session: inout Session, _ answer: inout Answer, _ outside: some Outside) throws(Diagnostic) {
    let language = session.state.language
    func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }
    let (cases, faults) = CaseLibrary(more: try outside.cases()).scenarios(session.world)
    let attempts = Attempts(CaseLog(try outside.attempts()).events)
    let rows = cases.map { scenario -> [String] in
      let best = attempts.best(scenario.id).map { "\($0)" } ?? (attempts.open(scenario.id) == nil ? "–" : say("begun", "σε εξέλιξη"))
      let languages = scenario.languages.map(\.rawValue).joined(separator: " ")
      return [scenario.id, scenario.title[language], scenario.level.name[language], "\(scenario.minutes)", languages, best]
    }
    answer.report.data.append(
      (
        "cases",
        .array(
          cases.map { scenario in
            .fields([
              ("case", .string(scenario.id)), ("title", .string(scenario.title[language])), ("level", .string(scenario.level.rawValue)),
              ("minutes", .integer(scenario.minutes)), ("languages", .strings(scenario.languages.map(\.rawValue))),
              ("best", attempts.best(scenario.id).map { .integer($0) } ?? .null), ("begun", .bool(attempts.open(scenario.id) != nil)),
            ])
          })
      ))
    if cases.isEmpty {
      answer.report.blocks.append(.paragraph(say("There are no cases here.", "Δεν υπάρχουν εδώ περιστατικά.")))
    } else {
      answer.report.blocks += [
        .table(
          [
            say("case", "όνομα"), say("title", "τίτλος"), say("level", "επίπεδο"), say("minutes", "λεπτά"), say("languages", "γλώσσες"),
            say("best", "καλύτερο"),
          ], rows),
        .notice(say("play NAME starts one, or takes up one that was begun.", "παίξε ΟΝΟΜΑ αρχίζει ένα, ή συνεχίζει ένα που αρχίσατε.")),
      ]
    }
    for fault in faults {
      answer.report.blocks.append(.notice(say("can't be read: ", "δεν διαβάζεται: ") + (fault.file ?? "") + " · " + fault.message[language]))
    }
  }
}

/// Starts a case, or takes it up where it was left.
struct StartCase: OutsideTask {
  let name: String
  let isAnew: Bool

  func perform(_ session: inout Session, _ answer: inout Answer, _ outside: some Outside) throws(Diagnostic) {
    let scenario = try CaseLibrary(more: try outside.cases()).scenario(name, session.world)
    if scenario.guideline > Scenario.guideline { throw .guidelineVersion(scenario.guideline, scenario.file) }
    let attempts = Attempts(CaseLog(try outside.attempts()).events)
    var play = Play(scenario, world: session.world, language: session.state.language, attempt: attempts.last(scenario.id) + 1)
    play.passesPauses = !session.offersReadings
    let opened: Answer
    if !isAnew, let events = attempts.open(scenario.id), events.first?.what == scenario.mark,
      var taken = Play.resumed(Play(scenario, world: session.world, language: session.state.language, attempt: attempts.last(scenario.id)), from: events)
    {
      taken.passesPauses = play.passesPauses
      opened = taken.reopened()
      play = taken
    } else {
      opened = play.open()
    }
    answer.report = opened.report
    answer.attempts = opened.attempts
    session.begin(play)
  }
}

extension Scenario.Level {
  var name: Words {
    switch self {
    case .student: Words("student", "φοιτητές")
    case .resident: Words("resident", "ειδικευόμενοι")
    case .specialist: Words("specialist", "ειδικοί")
    }
  }
}
