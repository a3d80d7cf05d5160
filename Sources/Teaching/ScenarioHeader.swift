import Grammar
import Measures
import Patients
import Sessions
import Vocabulary
import Wording

extension ScenarioReader {
  /// Reads a field of the header.
  mutating func header(_ field: String, _ span: Range<Int>, _ line: inout ScenarioLine) throws(Diagnostic) {
    if !["objective", "goal", "needs", "hidden", "reveals", "cost", "worsens"].contains(field), !fields.insert(field).inserted {
      throw line.fault(
        "case.twice", Words("“\(field)” appears twice.", "Το «\(field)» υπάρχει δύο φορές."), Words("Keep one.", "Κρατήστε ένα."), span)
    }
    fields.insert(field)
    switch field {
    case "title": scenario.title = try line.words(languagesAhead)
    case "author": scenario.author = try line.quoted()
    case "languages": try languages(&line)
    case "level":
      let word = line.word()
      guard let level = Scenario.Level(rawValue: word?.text.lowercased() ?? "") else {
        throw line.fault(
          "case.level",
          word.map { Words("“\($0.text)” isn't a level.", "Το «\($0.text)» δεν είναι επίπεδο.") } ?? Words("The level is missing.", "Λείπει το επίπεδο."),
          Words("Write: level student, resident or specialist", "Γράψτε: level student, resident ή specialist"), word?.span)
      }
      scenario.level = level
    case "minutes": scenario.minutes = try number(&line, Words("minutes", "λεπτά"), 1...600)
    case "objective": scenario.objectives.append(try line.words(scenario.languages))
    case "guideline": scenario.guideline = try number(&line, Words("The guideline's version", "έκδοση οδηγίας"), 1...1000)
    case "consult": try consulting(&line)
    case "feedback":
      guard let word = line.word(), let feedback = Scenario.Feedback(rawValue: word.text) else {
        throw line.fault(
          "case.feedback", Words("When is feedback given?", "Πότε δίνεται ανατροφοδότηση;"),
          Words("Write: feedback each, or feedback end", "Γράψτε: feedback each, ή feedback end"))
      }
      scenario.feedback = feedback
    case "weights": try weights(&line)
    case "name": try patientName(&line)
    case "goal": try goal(&line)
    case "needs": try need(&line)
    case "patient", "hidden":
      if field == "hidden" { scenario.hiddenLine = line.number }
      try findings(field, &line)
    case "reveals": try reveals(&line)
    case "worsens": try worsens(&line)
    default:
      let id = try test(&line)
      scenario.costs[id] = try number(&line, Words("The cost", "κόστος"), 0...1000)
    }
    try line.end()
  }

  /// Before `languages` is read a title may stand in one language or two.
  private var languagesAhead: [Language] { scenario.languages.isEmpty ? [.english] : scenario.languages }

  private mutating func languages(_ line: inout ScenarioLine) throws(Diagnostic) {
    while let word = line.word() {
      guard let language = Language(rawValue: word.text), !scenario.languages.contains(language) else {
        throw line.fault(
          "case.languages", Words("“\(word.text)” is not expected here.", "Το «\(word.text)» δεν αναμένεται εδώ."),
          Words("Write: languages en el, languages en or languages el", "Γράψτε: languages en el, languages en ή languages el"), word.span)
      }
      scenario.languages.append(language)
    }
    if scenario.languages.count == 2, scenario.title.english == scenario.title.greek, !scenario.title.english.isEmpty {
      throw line.fault(
        "case.text-language", Words("The case has two languages, and its title has one.", "Το περιστατικό έχει δύο γλώσσες και ο τίτλος του μία."),
        Words("Write the title in both.", "Γράψτε τον τίτλο και στις δύο."))
    }
  }

  private mutating func consulting(_ line: inout ScenarioLine) throws(Diagnostic) {
    switch line.word()?.text {
    case "free": scenario.consulting = .free
    case "closed": scenario.consulting = .closed
    case "costs": scenario.consulting = .costs(try number(&line, Words("The cost", "κόστος"), 0...1000))
    default:
      throw line.fault(
        "case.consult", Words("What does asking the guideline cost?", "Τι κοστίζει η ερώτηση στην οδηγία;"),
        Words("Write: consult free, consult costs 2 or consult closed", "Γράψτε: consult free, consult costs 2 ή consult closed"))
    }
  }

  private mutating func weights(_ line: inout ScenarioLine) throws(Diagnostic) {
    var weights = Score.Weights(goal: 0, reasoning: 0, safety: 0, economy: 0)
    let form = "weights goal 30 reasoning 30 safety 25 economy 15"
    while let word = line.word() {
      let path: WritableKeyPath<Score.Weights, Int>
      switch word.text {
      case "goal": path = \.goal
      case "reasoning": path = \.reasoning
      case "safety": path = \.safety
      case "economy": path = \.economy
      default:
        throw line.fault(
          "case.weights", Words("“\(word.text)” isn't part of the score.", "Το «\(word.text)» δεν είναι μέρος του βαθμού."),
          Words("Write: \(form)", "Γράψτε: \(form)"), word.span)
      }
      weights[keyPath: path] = try number(&line, Words(same: word.text), 0...100)
    }
    guard weights.goal + weights.reasoning + weights.safety + weights.economy == 100 else {
      throw line.fault(
        "case.weights", Words("The weights don't make 100.", "Οι συντελεστές δεν έχουν άθροισμα 100."),
        Words("Give the four so that they sum to 100.", "Δώστε τους τέσσερις ώστε να έχουν άθροισμα 100."))
    }
    scenario.weights = weights
  }

  /// `name "Maria" | "Μαρία"`: what the patient is called in each language, held to what the shell takes for a name.
  private mutating func patientName(_ line: inout ScenarioLine) throws(Diagnostic) {
    let start = line.position
    let name = try line.words(scenario.languages)
    for text in Set([name.english, name.greek]) {
      var session = Session(world: world, language: .english)
      guard var error = session.run("patient \"\(text)\"").report.errors.first else { continue }
      (error.source, error.span) = (line.text, start..<line.text.utf8.count)
      throw error
    }
    scenario.name = name
  }

  /// The patient and what is hidden are read by the shell itself.
  private mutating func findings(_ field: String, _ line: inout ScenarioLine) throws(Diagnostic) {
    guard field == "patient" || hasPatient else {
      // A patient that can't be read is named once.
      if fields.contains("patient") { return _ = line.rest() }
      throw line.fault(
        "case.patient-first", Words("The patient comes before what is hidden.", "Ο ασθενής προηγείται όσων είναι κρυφά."),
        Words("Write first: patient NAME FINDINGS", "Γράψτε πρώτα: patient ΟΝΟΜΑ ΕΥΡΗΜΑΤΑ"))
    }
    let part = line.rest()
    let world = world
    let before = scenario.truth
    faultyParts(field, part, line)
    let patient = try reading(part, line) { (text: String) throws(Diagnostic) -> Patient in
      let word = field == "patient" ? "patient " : "set "
      var session = field == "patient" ? Session(world: world, language: .english) : Session(world: world, language: .english, patient: before)
      let answer = session.run(word + text)
      if let error = answer.report.errors.first {
        var moved = error
        moved.span = error.span.map { max(0, $0.lowerBound - word.utf8.count)..<max(0, $0.upperBound - word.utf8.count) }
        throw moved
      }
      let patient = session.state.patient ?? before
      // A case is read by others than who wrote it: what isn't understood would be lost, or turn the truth.
      let known = field == "patient" ? [] : before.noted
      if let lost = patient.noted.first(where: { $0.reason == .notUnderstood && !known.contains($0) && !text.contains($0.canonical) }) {
        let start = text.firstRange(of: lost.text).map { text.utf8.distance(from: text.startIndex, to: $0.lowerBound) } ?? 0
        throw Diagnostic(
          "case.noted", Words("“\(lost.text)” is not understood.", "Το «\(lost.text)» δεν έγινε κατανοητό."),
          help: [Words("Write it as a finding, or leave it out.", "Γράψτε το ως εύρημα, ή παραλείψτε το.")], span: start..<start + lost.text.utf8.count)
      }
      return patient
    }
    if field == "patient" {
      scenario.view = patient
      hasPatient = true
    } else if let known = scenario.view.statedFindings.first(where: { scenario.view.stated[$0] != patient.stated[$0] }) {
      let finding = self.world.guideline.vocabulary.findings[known]
      throw line.fault(
        "case.hidden-known",
        Words("The learner knows “\(finding.name.english)” already.", "Ο εκπαιδευόμενος γνωρίζει ήδη το «\(finding.name.greek)»."),
        Words("Leave it out of patient, or out of hidden.", "Αφαιρέστε το από το patient ή από το hidden."), part.start..<line.text.utf8.count)
    }
    scenario.truth = patient
  }

  /// Of a line of findings that can't be read, what else can't: all but the first part that is faulty, which reading names.
  private mutating func faultyParts(_ field: String, _ part: (text: String, start: Int), _ line: ScenarioLine) {
    var faulty: [Diagnostic] = []
    for piece in part.text.split(separator: ",").dropFirst(field == "patient" ? 1 : 0) {
      var session = Session(world: world, language: .english, patient: Patient(name: "a"))
      if let error = session.run("set " + piece).report.errors.first { faulty.append(error.on(line.text)) }
    }
    faults += faulty.dropFirst().map { $0.at(file: file, line: line.number) }
  }

  /// A test, by its id or any name that `order` takes: the longest that stands here.
  private mutating func test(_ line: inout ScenarioLine) throws(Diagnostic) -> String {
    let start = line.position
    var ahead = line
    var read: (id: String, rest: ScenarioLine)?
    var first: (text: String, span: Range<Int>)?
    while let word = ahead.word() {
      first = first ?? word
      if let test = scenario.tests.named(FoldedKey(line.text(start..<word.span.upperBound))) { read = (test.id, ahead) }
    }
    guard let read else {
      let tests = scenario.tests.map(\.name)
      throw line.fault(
        "case.test",
        first.map { Words("“\($0.text)” names no test.", "Το «\($0.text)» δεν είναι όνομα εξέτασης.") }
          ?? Words("A test is missing here.", "Λείπει εδώ μια εξέταση."),
        Words("Tests: \(tests.map(\.english).joined(separator: ", "))", "Εξετάσεις: \(tests.map(\.greek).joined(separator: ", "))"),
        first?.span ?? start..<start)
    }
    line = read.rest
    return read.id
  }

  /// A finding by a name that the shell takes.
  private func finding(_ text: String) -> Int? {
    world.guideline.vocabulary.meanings(of: FoldedKey(text))?.lazy.compactMap { meaning in
      switch meaning {
      case .finding(let finding), .value(let finding, _): finding
      case .ambiguous, .several: nil
      }
    }.first
  }

  private mutating func reveals(_ line: inout ScenarioLine) throws(Diagnostic) {
    let id = try test(&line)
    let rest = line.rest()
    var found: [Int] = []
    var at = rest.start
    for part in rest.text.split(separator: ",", omittingEmptySubsequences: false) {
      let start = at + part.utf8.prefix { $0 == 0x20 }.count
      at += part.utf8.count + 1
      let words = part.split(separator: " ")
      guard !words.isEmpty else { continue }
      let name = words.joined(separator: " ")
      // Names stand between commas; ids may stand without.
      let ids = words.compactMap { world.guideline.vocabulary.finding(id: String($0))?.index }
      guard let findings = ids.count == words.count ? ids : finding(name).map({ [$0] }) else {
        throw line.fault(
          "case.finding", Words("“\(name)” names no finding.", "Το «\(name)» δεν είναι όνομα ευρήματος."),
          Words("Write findings with commas between them: size, liver metastases", "Γράψτε ευρήματα με κόμμα ανάμεσά τους: μέγεθος, ηπατικές μεταστάσεις"),
          start..<min(line.text.utf8.count, start + name.utf8.count))
      }
      found += findings
    }
    scenario.reveals[id] = found
  }

  /// `goal perform enucleation`, `goal give rehydration before give octreotide-lar`, `goal give everolimus 10 mg a day`.
  private mutating func goal(_ line: inout ScenarioLine) throws(Diagnostic) {
    var parts: [(text: String, start: Int)] = []
    while let part = line.before("before") { parts.append(part) }
    parts.append(line.rest())
    let first = parts.removeFirst()
    let deed = try deed(first, line)
    var before: [Deed] = []
    for part in parts { before.append(try self.deed(part, line)) }
    var dose: Dose?
    if deed.act == .give {
      let (words, vocabulary) = (scenario.doseWords, world.guideline.vocabulary)
      let argument = world.commands.call(in: first.text)?.argument ?? first.text
      if vocabulary.therapies(named: FoldedKey(argument)).isEmpty {
        let phrase = try reading((argument, first.start + first.text.utf8.count - argument.utf8.count), line) {
          (text: String) throws(Diagnostic) in
          var reader = try TreatmentReader(vocabulary, words, text)
          return try reader.treatment()
        }
        if phrase.span != nil { dose = phrase.dose }
      }
    }
    scenario.goals.append(Goal(deed: deed, dose: dose, before: before, line: line.number))
  }

  /// `needs ct for perform enucleation`, with `because "…" | "…"` where the author gives the reason.
  private mutating func need(_ line: inout ScenarioLine) throws(Diagnostic) {
    let id = try test(&line)
    guard line.takes("for") else {
      throw line.fault(
        "case.needs", Words("For what is the test needed?", "Για τι χρειάζεται η εξέταση;"),
        Words("Write: needs ct for perform enucleation", "Γράψτε: needs ct for perform enucleation"))
    }
    var reason: Words?
    let deed: Deed
    if let part = line.before("because") {
      deed = try self.deed(part, line)
      reason = try line.words(scenario.languages)
    } else {
      deed = try self.deed(line.rest(), line)
    }
    scenario.needs.append(Need(test: id, deed: deed, reason: reason))
  }

  /// What a header must have, looked at when the body starts.
  mutating func endHeader(_ number: Int) {
    for (field, example) in [
      ("title", "title \"…\" | \"…\""), ("languages", "languages en el"), ("level", "level student"), ("minutes", "minutes 15"),
      ("objective", "objective \"…\" | \"…\""), ("patient", "patient Eleni age 54 years, sex is female"),
    ] where !fields.contains(field) {
      faults.append(
        Diagnostic(
          "case.missing", Words("The header has no “\(field)”.", "Η κεφαλίδα δεν έχει «\(field)»."),
          help: [Words("Add above the first statement: \(example)", "Προσθέστε πάνω από την πρώτη δήλωση: \(example)")], file: file, line: number))
    }
    if scenario.languages.isEmpty { scenario.languages = Language.allCases }
  }
}
