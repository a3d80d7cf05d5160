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
  let noted: [Note]

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
    var therapy = phrase.therapy
    do throws(Diagnostic) {
      try check(therapy, for: .give)
    } catch {
      throw withDose(error, phrase)
    }
    var notices = named(phrase) + (try SilenceOn(guideline: guideline).notices(patient))
    let known = guideline.inference.known(patient)
    if phrase.dose.timing == .perHour, let id = formulary.rules(for: therapy.id).lazy.compactMap(\.continuous).first,
      let infusion = vocabulary.therapy(id: id)
    {
      therapy = infusion
      notices.append(
        Notice(
          code: "dose.continuous",
          text: Words("A rate: judged as \(infusion.name.english).", "Ρυθμός: κρίνεται ως «\(infusion.name.greek)».")))
    }
    let all = formulary.rules(for: therapy.id)
    let asked = all.filter { !$0.onlyFor.isEmpty && isAsked($0, of: therapy, known) }
    let rules = asked.isEmpty ? all.filter(\.onlyFor.isEmpty) : asked
    if let measure = phrase.measures.first, let rule = all.first(where: \.givesAmount) {
      throw refusals.unmeasured(therapy, measure, rule, phrase.span)
    }
    for (typed, read) in phrase.conversions {
      notices.append(
        Notice(code: "dose.converted", text: Words("\(typed) is \(read.written.english).", "\(typed) είναι \(read.written.greek).")))
    }
    notices += phrase.measures.map { noted($0.text, isPerBody: $0.isPerBody) } + phrase.details.map { noted($0) }
    var dose = phrase.dose
    // A purpose that is part of the name says nothing where the text gives the therapy for that alone, or beside an act that says so.
    let isGivenFor = all.allSatisfy { $0.purpose == phrase.purpose } || all.contains { $0.purpose == phrase.purpose && !$0.onlyFor.isEmpty }
    var purpose = phrase.isPurposeNamed && isGivenFor ? nil : phrase.purpose
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
    if purpose == nil, let beside = assumedPurpose(rules, known) {
      purpose = beside.purpose
      notices.append(
        Notice(
          code: "dose.purpose",
          text: Words(
            "Read as rescue doses, because of: \(beside.reason.english).", "Θεωρούνται δόσεις διάσωσης, λόγω: \(beside.reason.greek).")))
    }
    if dose.isEmpty, let rule = rules.first(where: \.givesAmount) { throw refusals.missing(therapy, rule) }
    if let rule = formulary.misprinted(dose, of: therapy.id) { throw refusals.misprint(therapy, rule) }
    var deviates = false
    /// Whether islet would query the order itself, where the text says nothing against it.
    var isQueried = false
    let limit = try vocabulary.doseWords.anywayLimit
    if let (rule, isFarAbove) = formulary.ceiling(over: dose, of: therapy.id, times: limit) {
      guard phrase.anyway, !isFarAbove else {
        throw refusals.above(rule, dose, therapy, isMeant: isMeant(rule, purpose, therapy, known), limit: isFarAbove ? limit : nil, phrase.span)
      }
      deviates = true
    }
    if let route = dose.route, all.allSatisfy({ $0.route == nil }), let own = try vocabulary.doseWords.routes(of: therapy.id), !own.contains(route) {
      guard phrase.anyway else { throw refusals.wrongRoute(therapy, own, phrase.span) }
      isQueried = true
    }
    if !rules.contains(where: \.givesAmount), let (typed, bound) = try beyond(dose, therapy) {
      let isSlip = (typed.times(bound) ?? 0) >= limit
      guard phrase.anyway, !isSlip else { throw refusals.unlikely(therapy, typed, bound, canBeMeant: !isSlip, phrase.span) }
      isQueried = true
    }
    let verdict = formulary.check(dose, of: therapy.id, among: rules, purpose: purpose, known: known)
    if let refusal = refusals.outside(dose, therapy, verdict, known, phrase.span) {
      guard phrase.anyway else { throw refusal }
      deviates = true
    }
    if !deviates, let early = tooEarly(therapy, verdict.rule, dose) {
      guard phrase.anyway else { throw refusals.early(therapy, early.rule, last: early.last, from: early.from, patient) }
      deviates = true
    }
    notices += self.notices(verdict, dose, therapy, rules, deviates: deviates, isFirst: running == nil)
    if phrase.anyway, !deviates, !isQueried {
      notices.append(
        Notice(
          code: "dose.no-deviation",
          text: Words(
            "“anyway” was not needed: nothing in the text is against this dose.",
            "Το «παρόλα αυτά» δεν χρειαζόταν: κανένας κανόνας του κειμένου δεν αποκλείει τη δόση.")))
    }
    let continues = therapy.kind == .drug && dose.timing != .once
    let regimen = Regimen(therapy: therapy.id, dose: dose, purpose: purpose, isDeviation: deviates, continues: continues)
    var canonical = TreatmentPhrase(therapy: therapy, dose: dose, purpose: purpose, anyway: deviates || isQueried)
    canonical.keep(phrase)
    let notes = (phrase.measures.map(\.text) + phrase.details).map { Note("\(therapy.name.english) \($0)", .outside) }
    return try step(.give, therapy, regimen, verdict, notices, .given(regimen), "give " + canonical.canonical, known, notes)
  }

  /// What an amount is, or comes to in a day, where that lies above islet's bound for it.
  private func beyond(_ dose: Dose, _ therapy: Therapy) throws(Diagnostic) -> (typed: DoseAmount, bound: DoseAmount)? {
    let words = try vocabulary.doseWords
    for amount in [dose.dailyTotal, dose.amount].compactMap({ $0 }) {
      if let bound = words.bound(below: amount, of: therapy.id) { return (amount, bound) }
    }
    return nil
  }

  /// The error of a group keeps the dose that was typed beside it.
  private func withDose(_ error: Diagnostic, _ phrase: TreatmentPhrase) -> Diagnostic {
    var error = error
    let said = (phrase.dose.isEmpty ? [] : [phrase.dose.written.english]) + phrase.measures.map(\.text)
    guard error.code == "therapy.group", !said.isEmpty else { return error }
    error.readings = error.readings.map { ([$0] + said).joined(separator: " ") }
    if let measure = phrase.measures.first(where: \.isPerBody) {
      error.help.append(
        Words(
          "“\(measure.text)” would be noted: per square metre or kilogram the text gives no dose.",
          "Το «\(measure.text)» θα σημειωνόταν: ανά τετραγωνικό μέτρο ή κιλό το κείμενο δεν δίνει δόση."))
    }
    return error
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
      text: Words("Noted: “\(words)”. The text says nothing about it.", "Σημειώθηκε: «\(words)». Το κείμενο δεν λέει τίποτα γι' αυτό."))
  }

  private var refusals: DoseRefusals { DoseRefusals(guideline: guideline, formulary: formulary) }

  /// The purpose of a rule that goes beside a drug which the patient is on.
  private func assumedPurpose(_ rules: [DoseRule], _ known: Known) -> (purpose: String, reason: Words)? {
    for rule in rules {
      for drug in patient.current.keys.sorted() where drug == rule.beside || rule.beside.map(vocabulary.groups(above: drug).contains) ?? false {
        if let name = vocabulary.therapy(id: drug)?.name { return (rule.purpose, name) }
      }
      if let when = rule.assumedWhen, known.truth(when) == .yes, let test = when.tests.first {
        return (rule.purpose, vocabulary.describe(test.finding, known[test.finding]))
      }
    }
    return nil
  }

  /// Whether a dose that the text gives for some procedures alone is asked for: one of them was performed, or nothing else is
  /// live that the drug could be for.
  private func isAsked(_ rule: DoseRule, of therapy: Therapy, _ known: Known) -> Bool {
    let procedures = Set(rule.onlyFor + rule.onlyFor.flatMap(vocabulary.members))
    if !procedures.isDisjoint(with: patient.given) { return true }
    let evaluation = guideline.evaluate(known, given: patient.given)
    let near = Set([therapy.id] + vocabulary.groups(above: therapy.id))
    var acts: Set<String> = []
    for evaluated in evaluation.live {
      let other = guideline.rules[evaluated.rule]
      guard !other.isRemark, other.subjects.contains(where: near.contains) else { continue }
      if other.isCompanion { acts.formUnion(evaluated.accompanies.flatMap { guideline.rules[$0].subjects }) }
    }
    // What the drug is a continuous infusion of may be advised by itself: in a crisis, or to stabilise.
    let sources = Set(formulary.rules.filter { $0.continuous == therapy.id }.flatMap(\.therapies))
    let isAdvised = evaluation.live.contains { evaluated in
      let other = guideline.rules[evaluated.rule]
      return evaluated.status == .applies && !other.isRemark && !other.isCompanion && other.stance?.isPositive == true
        && !sources.isDisjoint(with: other.subjects)
    }
    return !isAdvised && !acts.isEmpty && acts.isSubset(of: procedures)
  }

  /// Whether a ceiling is the text's own for what a dose is given for.
  private func isMeant(_ rule: DoseRule, _ purpose: String?, _ therapy: Therapy, _ known: Known) -> Bool {
    rule.onlyFor.isEmpty ? purpose == rule.purpose : isAsked(rule, of: therapy, known)
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
    func add(_ code: String, _ english: Text, _ greek: Text) { notices.append(Notice(code: code, text: Words(text: english, greek))) }
    if deviates {
      add("dose.deviation", "Recorded as a deviation: the text doesn't give this.", "Καταγράφεται ως απόκλιση: το κείμενο δεν το δίνει.")
    }
    if let rule = verdict.rule, !rule.givesAmount, rule.basis == .hour {
      let cited = Text.citations(rule.paragraphs)
      add(
        "dose.rate-not-in-text", "The text gives no rate for this (\(cited)): \(rule.words.english).",
        "Το κείμενο δεν δίνει ρυθμό γι' αυτό (\(cited)): \(rule.words.greek).")
    } else if !verdict.textGivesDose {
      add(
        "dose.not-in-text",
        "The text gives no dose of \(therapy.name.english)\(dose.isEmpty ? "." : "; it is recorded as typed.")",
        "Το κείμενο δεν δίνει δόση για: \(therapy.name.greek)\(dose.isEmpty ? "." : "· καταγράφεται όπως γράφτηκε.")")
    } else if let rule = verdict.rule, !rule.givesAmount {
      let cited = Text.citations(rule.paragraphs)
      add(
        "dose.amount-not-in-text", "The text gives no amount here (\(cited)): \(rule.words.english).",
        "Το κείμενο δεν δίνει εδώ ποσότητα (\(cited)): \(rule.words.greek).")
    }
    if let rule = verdict.rule, rule.givesAmount {
      let cited = Text.citations(rule.paragraphs)
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
        let cited = Text.citations(start.paragraphs)
        add(
          "dose.start-low", "\(start.title.cited(.english)) (\(cited)); the lowest that the text lists is \(lowest.written.english).",
          "\(start.title.cited(.greek)) (\(cited))· η χαμηλότερη που παραθέτει το κείμενο είναι \(lowest.written.greek).")
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
    let notices = named(phrase) + (try SilenceOn(guideline: guideline).notices(patient)) + phrase.details.map { noted($0) }
    let notes = phrase.details.map { Note("\(therapy.name.english) \($0)", .outside) }
    return try step(.perform, therapy, nil, nil, notices, .performed(therapy.id), "perform " + canonical.canonical, known, notes)
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
          help: [onNow]
        ).because(.notGiven)
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
        help: members.map { Words.toType(Words("\(verb.english) \($0.name.english)", "\(verb.greek) \($0.name.greek)"), verb.english) })
      group.readings = members.map { "\(verb.english) \($0.id)" }
      group.readingsStart = 0
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
      help: [Words.toType(Words("\(right.english) \(therapy.name.english)", "\(right.greek) \(therapy.name.greek)"), right.english)])
    other.readings = ["\(right.english) \(therapy.id)"]
    other.readingsStart = 0
    throw other
  }

  private func step(
    _ act: TreatmentEffect.Act, _ therapy: Therapy, _ regimen: Regimen?, _ verdict: DoseVerdict?, _ notices: [Notice],
    _ kind: Event.Kind, _ canonical: String, _ known: Known, _ notes: [Note] = []
  ) throws(Diagnostic) -> TreatmentStep {
    try patient.checkRoom()
    let effects = try guideline.course.effects(
      of: act, therapy.id, dose: regimen?.dose, highest: formulary.highestListed(therapy.id), on: patient, known: known)
    var changes: [Change] = []
    for change in effects.flatMap(\.sets) where patient.stated[change.finding] != change.possible {
      changes.removeAll { $0.finding == change.finding }
      changes.append(change)
    }
    let after = patient.recording(kind, changes: changes, notes: notes)
    if let error = try guideline.contradiction(in: after) { throw error }
    return TreatmentStep(
      act: act, therapy: therapy, regimen: regimen, before: patient, after: after, effects: effects, changes: changes,
      verdict: verdict, notices: notices, canonical: canonical, noted: notes)
  }
}

extension Patient {
  /// An error when the log is full.
  func checkRoom() throws(Diagnostic) {
    guard hasRoom else {
      throw Diagnostic(
        "log.full",
        Words(
          "The log holds \(LogBounds.events) events, which is its limit.", "Το χρονολόγιο έφτασε στο όριό του, \(LogBounds.events) συμβάντα."),
        help: [Words("Start another patient, or take something back with undo.", "Ξεκινήστε άλλον ασθενή ή αναιρέστε κάτι.")])
    }
  }
}
