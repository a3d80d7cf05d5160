import Grammar
import Guideline
import Reports
import Sessions
import Wording

extension Command {
  static let play = Command(
    "play", greek: "παίξε", aliases: ["περιστατικά"], kind: .outside, role: .closed, group: .teaching,
    takes: [
      .optional("CASE", "ΠΕΡΙΣΤΑΤΙΚΟ", .choices { _, _ in CaseLibrary().ids.map { CompletionCandidate($0, "") } }),
      .keyword("again", "ξανά", aliases: ["anew"]),
      .keyword("exam", "διαγώνισμα"),
    ],
    summary: Words("the teaching cases, or one of them to work through", "τα εκπαιδευτικά περιστατικά, ή ένα για να το δουλέψετε"),
    details: [
      Words(
        "In a case some findings are hidden: order reveals what a test tells, and costs. Asking the guideline about the patient costs too, unless the case says otherwise; read, find, explain and dose are free. quit leaves a case, and play resumes it; with again it starts over. With exam nothing is said about how it is going, hints and asking are closed, and what is kept is sealed for the teacher.",
        "Σε ένα περιστατικό κάποια ευρήματα είναι κρυφά: η εντολή ζήτησε δείχνει ό,τι βρίσκει μια εξέταση, και κοστίζει. Κοστίζει και η ερώτηση στην οδηγία για τον ασθενή, αν το περιστατικό δεν ορίζει αλλιώς· δεν κοστίζουν οι εντολές διάβασε, βρες, εξήγησε και δόση. Η εντολή έξοδος αφήνει το περιστατικό και η εντολή παίξε το συνεχίζει· με το ξανά αρχίζει από την αρχή. Με το διαγώνισμα δεν λέγεται πώς πάει, υποδείξεις και ερωτήσεις είναι κλειστές, και ό,τι φυλάσσεται σφραγίζεται για όποιον διδάσκει."
      )
    ],
    examples: [
      Example(
        Words("play", "παίξε"), Words("the cases, with your best result", "τα περιστατικά, με το καλύτερο αποτέλεσμά σας"),
        gives: Words("Found by chance", "Τυχαίο εύρημα"))
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let startsOver = invocation.options["again"] != nil
    let isExam = invocation.options["exam"] != nil
    guard invocation.hasArgument else {
      if startsOver || isExam { throw invocation.incomplete }
      return Outcome(.request(.task(ListCases())), Report(), canonical: "play")
    }
    if !startsOver, !isExam, let level = Scenario.Level(named: invocation.argument) {
      return Outcome(.request(.task(ListCases(level: level))), Report(), canonical: invocation.written(level.rawValue))
    }
    let name = invocation.argument.split(separator: " ").joined(separator: " ").filter { $0 != "\"" }
    guard name.utf8.count <= 100, !name.contains("/"), !name.contains("..") else { throw .unknownCase(String(name.prefix(100)), []) }
    let options = (startsOver ? ["again": ""] : [:]).merging(isExam ? ["exam": ""] : [:]) { first, _ in first }
    return Outcome(.request(.task(StartCase(name: name, startsOver: startsOver, isExam: isExam))), Report(), canonical: invocation.written(name, options))
  }
}

/// Lists the cases with level, minutes and the user's best result: those of one level, or all. Where they are more than a screen
/// holds, who sits before one sees those of a level, and how many the others have.
struct ListCases: OutsideTask {
  /// Cases that a screen holds.
  static let screen = 18

  var level: Scenario.Level?

  func perform(_ session: inout Session, _ answer: inout Answer, _ outside: some Outside) throws(Diagnostic) {
    let language = session.state.language
    func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }
    let (cases, faults) = CaseLibrary(more: try outside.cases()).scenarios(session.world)
    let log = CaseLog(try outside.attempts())
    let events = log.practice
    let attempts = Attempts(events)
    let all = Attempts(log.events)
    let rows = cases.enumerated().map { place, scenario -> Row in
      let best = attempts.best(scenario.id).map { say("best \($0)", "καλύτερο \($0)") }
      let begun = all.open(scenario.id) == nil ? nil : say("begun", "σε εξέλιξη")
      let only = scenario.languages == [.english] ? say("in English", "στα αγγλικά") : scenario.languages == [.greek] ? say("in Greek", "στα ελληνικά") : nil
      return Row(
        scenario.title[language], number: place + 1,
        detail: [say("\(scenario.minutes) minutes", "\(scenario.minutes) λεπτά"), only, best, begun].compactMap { $0 }.joined(separator: " · "))
    }
    answer.report.data.append(
      (
        "cases",
        .array(
          cases.map { scenario in
            .fields([
              ("case", .string(scenario.id)), ("title", .string(scenario.title[language])), ("level", .string(scenario.level.rawValue)),
              ("minutes", .integer(scenario.minutes)), ("languages", .strings(scenario.languages.map(\.rawValue))),
              ("best", attempts.best(scenario.id).map { .integer($0) } ?? .null), ("begun", .bool(all.open(scenario.id) != nil)),
            ])
          })
      ))
    if cases.isEmpty {
      answer.report.blocks.append(.paragraph(say("There are no cases here.", "Δεν υπάρχουν εδώ περιστατικά.")))
    } else {
      let next = NextCase(cases, events, session.world.guideline)
      let isShort = level == nil && session.offersReadings && cases.count > Self.screen
      let shown = level ?? (isShort ? next?.scenario.level ?? cases.first?.level : nil)
      for each in Scenario.Level.allCases {
        let found = cases.indices.filter { cases[$0].level == each }
        guard !found.isEmpty, level == nil || level == each else { continue }
        answer.report.blocks.append(.heading(each.name[language]))
        if shown.map({ $0 == each }) ?? true {
          answer.report.blocks.append(.rows(found.map { rows[$0] }))
        } else {
          let played = found.count { attempts.best(cases[$0].id) != nil }
          answer.report.blocks.append(
            .notice(
              say(
                "\(found.count) cases, \(played) played · play \(each.name.english)",
                "\(found.count) περιστατικά, παίξατε \(played) · παίξε \(each.name.greek)")))
        }
      }
      answer.report.blocks.append(
        .notice(
          say("play NUMBER starts one, or resumes one already begun; its name does too.", "παίξε ΑΡΙΘΜΟΣ αρχίζει ένα, ή συνεχίζει ένα που αρχίσατε.")))
      if let next, let place = cases.firstIndex(where: { $0.id == next.scenario.id }) {
        let chapters = next.chapters.prefix(2).compactMap { title(ofChapter: $0, session.world.guideline, language) }.joined(separator: " · ")
        let why = chapters.isEmpty ? "" : say(", by what you missed: ", ", με βάση τα λάθη σας: ") + chapters
        answer.report.blocks.append(.notice(say("Next: ", "Επόμενο: ") + "\(place + 1), \(next.scenario.title[language])" + why))
        answer.report.data.append(("next", .fields([("case", .string(next.scenario.id)), ("missed", .strings(next.chapters))])))
      }
    }
    for fault in faults {
      answer.report.blocks.append(.notice(say("can't be read: ", "δεν διαβάζεται: ") + (fault.file ?? "") + " · " + fault.message[language]))
    }
  }
}

private func title(ofChapter id: String, _ guideline: Guideline, _ language: Language) -> String? {
  guideline.chapters.first { $0.id == id }.flatMap { guideline.titles(of: $0, language)[id] }
}

/// Starts a case, or takes it up where it was left.
struct StartCase: OutsideTask {
  let name: String
  let startsOver: Bool
  var isExam = false

  func perform(_ session: inout Session, _ answer: inout Answer, _ outside: some Outside) throws(Diagnostic) {
    let scenario = try CaseLibrary(more: try outside.cases()).scenario(name, session.world)
    if scenario.guideline > Scenario.guideline { throw .guidelineVersion(scenario.guideline, scenario.file) }
    let events = CaseLog(try outside.attempts()).events
    let attempts = Attempts(events)
    let open = startsOver ? nil : attempts.open(scenario.id)
    // What was begun goes on as it was begun; an exam doesn't take up what was practised.
    let wasExam = open?.first?.isExam ?? false
    var play = Play(scenario, world: session.world, language: session.state.language, attempt: attempts.last(scenario.id) + 1, isExam: isExam)
    play.passesPauses = !session.offersReadings
    if isExam { play.after = events.last { $0.seal != nil }?.seal }
    var seal = isExam ? AttemptSeal.origin : nil
    let opened: Answer
    if let open, open.first?.what == scenario.mark, wasExam || !isExam,
      var taken = Play.resumed(
        Play(scenario, world: session.world, language: session.state.language, attempt: attempts.last(scenario.id), isExam: wasExam), from: open)
    {
      taken.passesPauses = play.passesPauses
      if wasExam { seal = open.last { $0.seal != nil }?.seal ?? AttemptSeal.origin }
      opened = taken.reopened()
      play = taken
    } else {
      opened = play.open()
    }
    answer.report = opened.report
    answer.attempts = opened.attempts
    session.begin(play, sealedFrom: seal)
  }
}

extension Scenario.Level {
  /// The level that a word names, in either language.
  fileprivate init?(named text: String) {
    let key = Folding.key(text)
    guard let found = Self.allCases.first(where: { Folding.key($0.name.english) == key || Folding.key($0.name.greek) == key }) else { return nil }
    self = found
  }

  var name: Words {
    switch self {
    case .student: Words("student", "φοιτητές")
    case .resident: Words("resident", "ειδικευόμενοι")
    case .specialist: Words("specialist", "ειδικοί")
    }
  }
}
