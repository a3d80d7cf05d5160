import Grammar
import Guideline
import Measures
import Patients
import Sessions
import Vocabulary
import Wording

/// One step of a treatment, checked and applied to a patient, not yet recorded in a state.
struct TreatmentStep {
  let act: TreatmentEffect.Act
  let therapy: Therapy
  /// What is given; nil for a procedure and for stopping.
  let regimen: Regimen?
  let before: Patient
  let after: Patient
  let effects: [TreatmentEffect]
  let changes: [Change]
  let verdict: DoseVerdict?
  let notices: [Notice]
  /// How a recording writes it.
  let canonical: String
  /// What was said of the dose that no dose of the text has, word for word.
  var noted: [String] = []

  /// Reads and checks what stands behind `give`, `perform` or `stop`. What the text doesn't speak of is an error.
  static func read(_ act: TreatmentEffect.Act, _ invocation: Invocation, from first: Int) throws(Diagnostic) -> TreatmentStep {
    let (maker, reader) = try prepared(invocation, first)
    switch try reader.ordered(act) {
    case .known(let phrase): return try maker.step(act, phrase)
    case .outside(let name, _):
      let tokens = invocation.tokens
      throw TreatmentMessages.silent(name, tokens[first].span.lowerBound..<tokens[tokens.count - 1].span.upperBound).on(invocation.line)
    }
  }

  /// Carries out what stands behind `give`, `perform` or `stop`. What the text doesn't speak of is noted with the patient.
  static func carriedOut(_ act: TreatmentEffect.Act, _ invocation: Invocation) throws(Diagnostic) -> Outcome {
    let (maker, reader) = try prepared(invocation, invocation.first)
    switch try reader.ordered(act) {
    case .known(let phrase): return try maker.step(act, phrase).outcome(invocation)
    case .outside(let name, let words):
      return try OutsideOrder(act: act.rawValue, name: name, words: words).outcome(invocation)
    }
  }

  private static func prepared(_ invocation: Invocation, _ first: Int) throws(Diagnostic) -> (StepMaker, TreatmentReader) {
    let patient = try invocation.requirePatient()
    let reader = TreatmentReader(
      invocation.vocabulary, try invocation.vocabulary.doseWords, invocation.line, tokens: invocation.tokens, from: first)
    return (StepMaker(guideline: invocation.guideline, formulary: try invocation.guideline.formulary, patient: patient), reader)
  }
}

extension TreatmentReader {
  /// What the rest of the line orders.
  fileprivate func ordered(_ act: TreatmentEffect.Act) throws(Diagnostic) -> TreatmentReading {
    var reader = self
    return act == .give ? try reader.reading(act.rawValue) : try reader.therapyName(act.rawValue)
  }
}

/// Makes steps for one patient.
struct StepMaker {
  let guideline: Guideline
  let formulary: Formulary
  let patient: Patient

  private var vocabulary: Vocabulary { guideline.vocabulary }

  func step(_ act: TreatmentEffect.Act, _ phrase: TreatmentPhrase) throws(Diagnostic) -> TreatmentStep {
    switch act {
    case .give: return try give(phrase)
    case .perform: return try perform(phrase)
    case .stop: return try stop(phrase)
    }
  }

  // MARK: Give

  private func give(_ phrase: TreatmentPhrase) throws(Diagnostic) -> TreatmentStep {
    let therapy = phrase.therapy
    try check(therapy, for: .give)
    let rules = formulary.rules(for: therapy.id)
    if let measure = phrase.measures.first, let rule = rules.first(where: \.givesAmount) {
      throw refusals.unmeasured(therapy, measure, rule, phrase.span)
    }
    var notices = named(phrase)
    for (typed, read) in phrase.conversions {
      notices.append(
        Notice(code: "dose.converted", text: Words("\(typed) is \(read.written.english).", "\(typed) είναι \(read.written.greek).")))
    }
    notices += phrase.measures.map { noted($0.text, isPerBody: $0.isPerBody) } + phrase.details.map { noted($0) }
    var dose = phrase.dose
    // A purpose that is part of the name says nothing where the text gives the therapy for that alone.
    var purpose = phrase.isPurposeNamed && rules.allSatisfy({ $0.purpose == phrase.purpose }) ? nil : phrase.purpose
    let running = patient.current[therapy.id]
    if dose.isEmpty, let running {
      dose = running.dose
      purpose = purpose ?? running.purpose
      if !dose.isEmpty {
        notices.append(
          Notice(
            code: "dose.repeated",
            text: Words("The dose as before: \(dose.written.english).", "Η δόση όπως πριν: \(dose.written.greek).")))
      }
    }
    if purpose == nil, let beside = assumedPurpose(rules) {
      purpose = beside.purpose
      notices.append(
        Notice(
          code: "dose.purpose",
          text: Words(
            "Read as rescue doses, because the patient is on \(beside.drug.english).",
            "Θεωρούνται δόσεις διάσωσης, γιατί ο ασθενής λαμβάνει \(beside.drug.greek).")))
    }
    if dose.isEmpty, let rule = rules.first(where: \.givesAmount), rule.onlyFor.isEmpty {
      throw refusals.missing(therapy, rule)
    }
    let known = guideline.inference.known(patient)
    let verdict = formulary.check(dose, of: therapy.id, purpose: purpose, known: known)
    var deviates = false
    if !rules.isEmpty, !verdict.isGiven {
      if verdict.faults.contains(where: { $0.fault == .implausible }) || !phrase.anyway {
        throw refusals.outside(dose, therapy, verdict, known, phrase.span)
      }
      deviates = true
    }
    if !deviates, let early = tooEarly(therapy, verdict.rule, dose) {
      guard phrase.anyway else { throw refusals.early(therapy, early.rule, last: early.last, from: early.from, patient) }
      deviates = true
    }
    notices += self.notices(verdict, dose, therapy, rules, deviates: deviates, isFirst: running == nil)
    if phrase.anyway, !deviates {
      notices.append(
        Notice(
          code: "dose.no-deviation",
          text: Words(
            "“anyway” was not needed: no rule of the text speaks against this dose.",
            "Το «παρόλα αυτά» δεν χρειαζόταν: κανένας κανόνας του κειμένου δεν αποκλείει τη δόση.")))
    }
    let continues = therapy.kind == .drug && dose.timing != .once
    let regimen = Regimen(therapy: therapy.id, dose: dose, purpose: purpose, isDeviation: deviates, continues: continues)
    var canonical = TreatmentPhrase(therapy: therapy, dose: dose, purpose: purpose, anyway: deviates)
    canonical.keep(phrase)
    var given = try step(.give, therapy, regimen, verdict, notices, .given(regimen), "give " + canonical.canonical, known)
    given.noted = phrase.measures.map(\.text) + phrase.details
    return given
  }

  /// By which of practice's names a therapy was ordered, said back with the text's.
  private func named(_ phrase: TreatmentPhrase) -> [Notice] {
    let therapy = phrase.therapy.name
    switch phrase.name?.meaning {
    case .brand?:
      let brand = phrase.name?.name ?? therapy
      return [
        Notice(code: "therapy.brand", text: Words("\(brand.english) is \(therapy.english).", "\(brand.greek): \(therapy.greek)."))
      ]
    case .member?:
      let drug = phrase.name?.name ?? therapy
      return [
        Notice(
          code: "therapy.class",
          text: Words(
            "\(drug.english) counts here as \(therapy.english): the text doesn't name it.",
            "\(drug.greek): υπολογίζεται ως «\(therapy.greek)», γιατί το κείμενο δεν την αναφέρει ονομαστικά."))
      ]
    default: return []
    }
  }

  private func noted(_ words: String, isPerBody: Bool = false) -> Notice {
    if isPerBody {
      return Notice(
        code: "dose.noted",
        text: Words(
          "Noted: “\(words)”. Per square metre or kilogram: the text gives no such dose.",
          "Σημειώθηκε: «\(words)». Ανά τετραγωνικό μέτρο ή κιλό: το κείμενο δεν δίνει τέτοια δόση."))
    }
    return Notice(
      code: "dose.noted",
      text: Words("Noted: “\(words)”. The text says nothing of it.", "Σημειώθηκε: «\(words)». Το κείμενο δεν λέει τίποτα γι' αυτό."))
  }

  private var refusals: DoseRefusals { DoseRefusals(guideline: guideline, formulary: formulary) }

  /// The purpose of a rule that goes beside a drug which the patient is on.
  private func assumedPurpose(_ rules: [DoseRule]) -> (purpose: String, drug: Words)? {
    for rule in rules {
      guard let entry = guideline.entries.first(where: { $0.id == rule.id }), let group = entry["beside"] else { continue }
      for drug in patient.current.keys.sorted() where drug == group || vocabulary.groups(above: drug).contains(group) {
        if let name = vocabulary.therapy(id: drug)?.name { return (rule.purpose, name) }
      }
    }
    return nil
  }

  /// The rule whose interval since the last dose has not passed.
  private func tooEarly(_ therapy: Therapy, _ rule: DoseRule?, _ dose: Dose) -> (rule: DoseRule, last: Int, from: Int)? {
    guard let rule, let every = rule.every, let last = patient.days(of: therapy.id).last else { return nil }
    let from = patient.day(of: patient.date(of: last).after(every.shortest))
    return from > patient.day ? (rule, last, from) : nil
  }

  private func notices(
    _ verdict: DoseVerdict, _ dose: Dose, _ therapy: Therapy, _ rules: [DoseRule], deviates: Bool, isFirst: Bool
  ) -> [Notice] {
    var notices: [Notice] = []
    func add(_ code: String, _ english: String, _ greek: String) { notices.append(Notice(code: code, text: Words(english, greek))) }
    if deviates {
      add("dose.deviation", "Recorded as a deviation: the text doesn't give this.", "Καταγράφεται ως απόκλιση: το κείμενο δεν το δίνει.")
    }
    if !verdict.textGivesDose {
      add(
        "dose.not-in-text", "The text gives no dose of \(therapy.name.english).", "Το κείμενο δεν δίνει δόση για: \(therapy.name.greek).")
    } else if let rule = verdict.rule, !rule.givesAmount {
      let cited = rule.paragraphs.joined(separator: " ")
      add(
        "dose.amount-not-in-text", "The text gives no amount here (\(cited)): \(rule.words.english).",
        "Το κείμενο δεν δίνει εδώ ποσότητα (\(cited)): \(rule.words.greek).")
    }
    if let rule = verdict.rule, dose.isEmpty, !rule.onlyFor.isEmpty {
      let cited = rule.paragraphs.joined(separator: " ")
      let names = rule.onlyFor.compactMap { vocabulary.therapy(id: $0)?.name }
      let (english, greek) = (names.map(\.english).joined(separator: ", "), names.map(\.greek).joined(separator: ", "))
      add(
        "dose.only-for", "No dose said; \(cited) gives one for these alone (\(english)): \(rule.words.english).",
        "Δεν αναφέρθηκε δόση· η \(cited) δίνει μόνο για αυτά (\(greek)): \(rule.words.greek).")
    } else if let rule = verdict.rule, rule.givesAmount {
      let cited = rule.paragraphs.joined(separator: " ")
      if verdict.unsaid.contains(.interval) {
        add(
          "dose.interval-not-said", "The interval isn't said; \(cited) gives \(rule.words.english).",
          "Το μεσοδιάστημα δεν αναφέρθηκε· η \(cited) δίνει \(rule.words.greek).")
      }
      if verdict.unsaid.contains(.frequency) {
        add(
          "dose.frequency-not-said", "How often isn't said; \(cited) gives \(rule.words.english).",
          "Η συχνότητα δεν αναφέρθηκε· η \(cited) δίνει \(rule.words.greek).")
      }
      if isFirst, let id = rule.startLow, let start = guideline.rule(id: id), let lowest = rule.named.first, let amount = dose.amount,
        (amount.compared(to: lowest) ?? 0) > 0
      {
        let cited = start.paragraphs.joined(separator: " ")
        add(
          "dose.start-low", "\(start.title.english) (\(cited)); the lowest that the text lists is \(lowest.written.english).",
          "\(start.title.greek) (\(cited))· η χαμηλότερη που παραθέτει το κείμενο είναι \(lowest.written.greek).")
      }
    }
    if let total = verdict.total, total != dose.amount, dose.timing != .perHour {
      add("dose.total", "In all \(total.written.english) a day.", "Συνολικά \(total.written.greek) την ημέρα.")
    }
    return notices
  }

  // MARK: Perform and stop

  private func perform(_ phrase: TreatmentPhrase) throws(Diagnostic) -> TreatmentStep {
    let therapy = phrase.therapy
    try check(therapy, for: .perform)
    let known = guideline.inference.known(patient)
    var canonical = TreatmentPhrase(therapy: therapy, dose: Dose(amount: nil))
    canonical.keep(phrase)
    let notices = named(phrase) + phrase.details.map { noted($0) }
    var performed = try step(.perform, therapy, nil, nil, notices, .performed(therapy.id), "perform " + canonical.canonical, known)
    performed.noted = phrase.details
    return performed
  }

  private func stop(_ phrase: TreatmentPhrase) throws(Diagnostic) -> TreatmentStep {
    let therapy = phrase.therapy
    var stopped = therapy
    if patient.current[therapy.id] == nil {
      // A group, or a name shared by several, means the one member that the patient is on.
      let members = patient.current.keys.filter { vocabulary.groups(above: $0).contains(therapy.id) }.sorted()
      guard members.count == 1, let member = vocabulary.therapy(id: members[0]) else {
        throw Diagnostic(
          "therapy.not-on",
          Words("The patient is not on \(therapy.name.english).", "Ο ασθενής δεν λαμβάνει: \(therapy.name.greek)."),
          help: [onNow])
      }
      stopped = member
    }
    let known = guideline.inference.known(patient)
    return try step(.stop, stopped, nil, nil, named(phrase), .stopped(stopped.id), "stop " + stopped.id, known)
  }

  /// What the patient is on, in words.
  var onNow: Words {
    let drugs = patient.current.values.sorted { $0.therapy < $1.therapy }.compactMap { regimen -> Words? in
      guard let name = vocabulary.therapy(id: regimen.therapy)?.name else { return nil }
      return regimen.dose.isEmpty ? name : .joined([name, regimen.dose.written], by: " ")
    }
    if drugs.isEmpty { return Words("The patient is on no drug.", "Ο ασθενής δεν λαμβάνει κανένα φάρμακο.") }
    let list = Words.joined(drugs, by: " · ")
    return Words("The patient is on: \(list.english)", "Ο ασθενής λαμβάνει: \(list.greek)")
  }

  // MARK: Shared

  /// A therapy of another kind than the command takes is an error that names the right command.
  private func check(_ therapy: Therapy, for act: TreatmentEffect.Act) throws(Diagnostic) {
    let right: Words
    switch (therapy.kind, act) {
    case (.drug, .give), (.radionuclide, .give), (.procedure, .perform): return
    case (.group, _):
      let members = vocabulary.members(of: therapy.id).compactMap { vocabulary.therapy(id: $0) }.filter { $0.kind != .group }
      let verb = members.contains { $0.kind == .procedure } ? Words("perform", "εκτέλεσε") : Words("give", "δώσε")
      var group = Diagnostic(
        "therapy.group",
        Words("“\(therapy.name.english)” is a group of therapies.", "Το «\(therapy.name.greek)» είναι ομάδα θεραπειών."),
        help: members.map { Words("Say: \(verb.english) \($0.name.english)", "Γράψτε: \(verb.greek) \($0.name.greek)") })
      group.readings = members.map { "\(verb.english) \($0.id)" }
      throw group
    case (.procedure, _): right = Words("perform", "εκτέλεσε")
    case (.setting, _): right = Words("arrange", "οργάνωσε")
    case (.test, _): right = Words("order", "ζήτησε")
    case (.drug, _), (.radionuclide, _): right = Words("give", "δώσε")
    }
    var other = Diagnostic(
      "therapy.act",
      Words(
        "\(therapy.name.english) goes with another command.", "Για «\(therapy.name.greek)» υπάρχει άλλη εντολή."),
      help: [Words("Say: \(right.english) \(therapy.name.english)", "Γράψτε: \(right.greek) \(therapy.name.greek)")])
    other.readings = ["\(right.english) \(therapy.id)"]
    throw other
  }

  private func step(
    _ act: TreatmentEffect.Act, _ therapy: Therapy, _ regimen: Regimen?, _ verdict: DoseVerdict?, _ notices: [Notice],
    _ kind: Event.Kind, _ canonical: String, _ known: Known
  ) throws(Diagnostic) -> TreatmentStep {
    try patient.checkRoom()
    let effects = try guideline.course.effects(
      of: act, therapy.id, dose: regimen?.dose, highest: formulary.highestListed(therapy.id), on: patient, known: known)
    var changes: [Change] = []
    for change in effects.flatMap(\.sets) where patient.stated[change.finding] != change.possible {
      changes.removeAll { $0.finding == change.finding }
      changes.append(change)
    }
    let after = patient.recording(kind, changes: changes)
    if let error = guideline.inference.contradiction(in: guideline.inference.known(after)) { throw error }
    return TreatmentStep(
      act: act, therapy: therapy, regimen: regimen, before: patient, after: after, effects: effects, changes: changes,
      verdict: verdict, notices: notices, canonical: canonical)
  }
}

extension Patient {
  /// An error when the log is full.
  func checkRoom() throws(Diagnostic) {
    guard hasRoom else {
      throw Diagnostic(
        "log.full",
        Words(
          "The log holds \(LogBounds.events) events, which is its bound.", "Το ιστορικό έχει \(LogBounds.events) συμβάντα, το όριό του."),
        help: [Words("Start another patient, or take something back with undo.", "Ξεκινήστε άλλον ασθενή ή αναιρέστε κάτι.")])
    }
  }
}
