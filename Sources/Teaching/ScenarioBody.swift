import Grammar
import Measures
import Vocabulary
import Wording

extension ScenarioReader {
  /// Reads a statement of the body.
  mutating func body(_ word: String, _ span: Range<Int>, _ line: inout ScenarioLine) throws(Diagnostic) {
    let languages = scenario.languages
    let number = line.number
    if ["row", "line"].contains(word) { return try exhibitPart(word, span, &line) }
    if ["choice", "accepts", "otherwise", "wants", "harms", "model", "wrong", "moved", "panel"].contains(word) { return try part(word, span, &line) }
    if word == "end" {
      try line.end()
      if let (exhibit, start) = exhibit {
        self.exhibit = nil
        scenario.steps.append(ScenarioStep(kind: .show(try whole(exhibit, line)), line: start))
        return
      }
      guard let (question, start) = question else {
        throw line.fault(
          "case.end", Words("There is nothing to end here.", "Δεν υπάρχει εδώ κάτι να κλείσει."),
          Words("end closes an ask, an exhibit or a path.", "Το end κλείνει ένα ask, ένα exhibit ή ένα path."), span)
      }
      self.question = nil
      try check(question, line)
      scenario.steps.append(ScenarioStep(kind: .ask(question), line: start))
      return
    }
    if let (open, start) = question {
      throw line.fault(
        "case.open", Words("The question “\(open.name)” of line \(start) is still open.", "Η ερώτηση «\(open.name)» της γραμμής \(start) δεν έκλεισε."),
        Words("Close it with end first.", "Κλείστε την πρώτα με end."), span)
    }
    if let (open, start) = exhibit {
      throw line.fault(
        "case.open",
        Words("The exhibit “\(open.title.english)” of line \(start) is still open.", "Το «\(open.title.greek)» της γραμμής \(start) δεν έκλεισε."),
        Words("Close it with end first.", "Κλείστε το πρώτα με end."), span)
    }
    switch word {
    case "exhibit": try beginExhibit(&line)
    case "say": scenario.steps.append(ScenarioStep(kind: .say(try line.words(languages)), line: number))
    case "pause": scenario.steps.append(ScenarioStep(kind: .pause, line: number))
    case "act": scenario.steps.append(ScenarioStep(kind: .act(try line.words(languages), hints: []), line: number))
    case "ask": question = (try ask(&line), number)
    case "hint": try hint(span, &line)
    case "label":
      let name = try name(&line)
      guard scenario.place(ofLabel: name) == nil else {
        throw line.fault(
          "case.twice", Words("The label “\(name)” appears twice.", "Η ετικέτα «\(name)» υπάρχει δύο φορές."), Words("Rename one.", "Μετονομάστε τη μία."))
      }
      scenario.steps.append(ScenarioStep(kind: .label(name), line: number))
    case "goto": scenario.steps.append(ScenarioStep(kind: .go(to: try name(&line), when: nil), line: number))
    case "when":
      guard let part = line.before("goto") else {
        throw line.fault(
          "case.goto", Words("Where does it go?", "Πού πηγαίνει;"), Words("Write: when … goto LABEL", "Γράψτε: when … goto ΕΤΙΚΕΤΑ"))
      }
      let clause = try clause(part, line)
      scenario.steps.append(ScenarioStep(kind: .go(to: try name(&line), when: clause), line: number))
    case "expect": try expectation(&line)
    default:
      let name = try name(&line)
      guard line.takes("score") else {
        throw line.fault(
          "case.path", Words("The path's score is missing.", "Λείπει ο βαθμός της διαδρομής."),
          Words("Write: path good score 100", "Γράψτε: path good score 100"))
      }
      path = Path(name: name, score: try self.number(&line, Words("The score", "βαθμός"), 0...100), line: number)
    }
    try line.end()
  }

  // MARK: Questions

  private func ask(_ line: inout ScenarioLine) throws(Diagnostic) -> Question {
    let name = try name(&line)
    guard scenario.question(name) == nil else {
      throw line.fault(
        "case.twice", Words("The question “\(name)” appears twice.", "Η ερώτηση «\(name)» υπάρχει δύο φορές."), Words("Rename one.", "Μετονομάστε τη μία."))
    }
    let kind: Question.Kind
    switch line.word()?.text {
    case "single": kind = .single
    case "several": kind = .several
    case "command": kind = .command
    case "ranked": kind = .ranked
    case "features": kind = .features(try number(&line, Words("How many may be named", "πόσα μπορεί να ονομαστούν"), 1...10))
    case "concordance": kind = .concordance
    case "ordering": kind = .ordering
    case "text": kind = .text
    case "problem": kind = .problem
    case "number":
      let value = try quantity(&line)
      var tolerance = (value: Exact.zero, unit: value.unit)
      if line.takes("within") {
        tolerance = try quantity(&line)
        if tolerance.unit != value.unit, !tolerance.unit.isEmpty {
          guard let same = ReplyReader.converted(tolerance.value, tolerance.unit, to: value.unit) else {
            throw line.fault(
              "case.quantity", Words("The tolerance isn't in the number's unit.", "Η ανοχή δεν είναι στη μονάδα του αριθμού."),
              Words("Write: number 20 mm within 0 mm", "Γράψτε: number 20 mm within 0 mm"))
          }
          tolerance.value = same
        }
      }
      let isAsked = value.unit.isEmpty ? false : line.takes("unit-asked")
      kind = .number(value.value, tolerance: tolerance.value, unit: value.unit, isUnitAsked: isAsked)
    default:
      let kinds = Question.Kind.words.joined(separator: ", ")
      throw line.fault(
        "case.ask", Words("Which kind of question is it?", "Τι είδους ερώτηση είναι;"),
        Words("After its name write one of: \(kinds)", "Γράψτε μετά το όνομα ένα από τα: \(kinds)"))
    }
    var question = Question(name: name, kind: kind, text: try line.words(scenario.languages))
    if line.takes("feedback") { question.feedback = try line.words(scenario.languages) }
    return question
  }

  /// `20 mm`: a number and what stands behind it, up to `within` or a text.
  private func quantity(_ line: inout ScenarioLine) throws(Diagnostic) -> (value: Exact, unit: String) {
    let start = line.position
    guard let word = line.word(), let value = Exact(word.text) else {
      throw line.fault(
        "case.quantity", Words("A number is missing here.", "Λείπει εδώ ένας αριθμός."),
        Words("Write: number 20 mm within 0 mm", "Γράψτε: number 20 mm within 0 mm"), start..<max(start, line.position))
    }
    var probe = line
    var units: [String] = []
    while let next = probe.word(), next.text != "within", next.text != "unit-asked" {
      units.append(next.text)
      line = probe
    }
    let unit = units.joined(separator: " ")
    return (value, world.guideline.vocabulary.unit(FoldedKey(unit)) ?? unit)
  }

  private mutating func part(_ word: String, _ span: Range<Int>, _ line: inout ScenarioLine) throws(Diagnostic) {
    guard case (var open, let start)? = question else {
      throw line.fault(
        "case.no-question", Words("No question is open here.", "Δεν υπάρχει εδώ ανοικτή ερώτηση."),
        Words("\(word) belongs between ask and end.", "Το \(word) μπαίνει ανάμεσα στο ask και το end."), span)
    }
    switch (word, open.kind) {
    case ("choice", _) where open.kind.takesChoices:
      let id = try name(&line)
      guard !open.choices.contains(where: { $0.id == id }) else {
        throw line.fault(
          "case.twice", Words("The choice “\(id)” appears twice.", "Η επιλογή «\(id)» υπάρχει δύο φορές."), Words("Rename one.", "Μετονομάστε τη μία."))
      }
      let (verdict, weight) = try worth(open.kind, &line)
      let text = try line.words(scenario.languages)
      let feedback = try feedback(&line)
      open.choices.append(Question.Choice(id: id, verdict: verdict, weight: weight, text: text, feedback: feedback))
    case ("accepts", .command):
      var probe = line
      let part = probe.before("feedback") ?? line.rest()
      var feedback: Words?
      if probe.position > line.position {
        line = probe
        feedback = try line.words(scenario.languages)
      }
      let text = (try? Input.plain(part.text)) ?? part.text
      guard let command = world.commands.command(in: text) else {
        throw line.fault(
          "case.command", Words("“\(part.text)” isn't a command.", "Το «\(part.text)» δεν είναι εντολή."),
          Words("Write a command of the shell: accepts order ct", "Γράψτε μια εντολή του κελύφους: accepts order ct"),
          part.start..<(part.start + part.text.utf8.count))
      }
      let deed = Deed.Act(rawValue: command.id) == nil ? nil : try deed(part, line)
      open.accepted.append(Question.Accepted(deed: deed, command: command.id, feedback: feedback))
    case ("otherwise", .command), ("otherwise", .number):
      guard line.takes("feedback") else {
        throw line.fault(
          "case.otherwise", Words("otherwise comes with feedback.", "Το otherwise συνοδεύεται από feedback."),
          Words("Write: otherwise feedback \"…\" | \"…\"", "Γράψτε: otherwise feedback \"…\" | \"…\""))
      }
      open.otherwise = try line.words(scenario.languages)
    case ("moved", .ranked): open.moved = try line.words(scenario.languages)
    case ("panel", .concordance): open.panel = try line.words(scenario.languages)
    case ("model", .text), ("model", .problem): open.model = try line.words(scenario.languages)
    case ("wants", .text), ("wants", .problem), ("harms", .text), ("harms", .problem): open.sought.append(try sought(word, &line))
    case ("wrong", .text), ("wrong", .problem), ("wrong", .number), ("wrong", .command): open.slips.append(try slip(open.kind, &line))
    default:
      let parts = open.kind.parts.joined(separator: ", ")
      throw line.fault(
        "case.part", Words("This kind of question takes no “\(word)”.", "Αυτό το είδος ερώτησης δεν δέχεται «\(word)»."),
        Words("It takes: \(parts)", "Δέχεται: \(parts)"), span)
    }
    try line.end()
    question = (open, start)
  }

  private mutating func hint(_ span: Range<Int>, _ line: inout ScenarioLine) throws(Diagnostic) {
    let text = try line.words(scenario.languages)
    var cost = 0
    if line.takes("cost") { cost = try number(&line, Words("The cost", "κόστος"), 0...1000) }
    let hint = Hint(text: text, cost: cost)
    switch scenario.steps.last?.kind {
    case .ask(var question):
      question.hints.append(hint)
      scenario.steps[scenario.steps.count - 1].kind = .ask(question)
    case .act(let text, let hints): scenario.steps[scenario.steps.count - 1].kind = .act(text, hints: hints + [hint])
    default:
      throw line.fault(
        "case.hint", Words("A hint follows an ask or an act.", "Μια υπόδειξη μπαίνει μετά από ask ή act."),
        Words("Move it there.", "Μεταφέρετέ την εκεί."), span)
    }
  }

  // MARK: Branching

  /// `answer cause is factitious`, `answer cause wrong`, `given octreotide-lar`, `syndrome is insulinoma`, each also behind `not`.
  private func clause(_ part: (text: String, start: Int), _ line: ScenarioLine) throws(Diagnostic) -> Clause {
    var words = part.text.split(separator: " ").map(String.init)
    let span = part.start..<(part.start + part.text.utf8.count)
    var negates = false
    if words.first == "not", words.count > 1, ["answer", "given", "performed", "ordered", "arranged", "stopped", "decided"].contains(words[1]) {
      negates = true
      words.removeFirst()
    }
    var clause: Clause
    switch words.first {
    case "answer":
      guard words.count >= 3, let question = scenario.question(words[1]) else {
        throw line.fault(
          "case.question", Words("No question above has that name.", "Καμία προηγούμενη ερώτηση δεν έχει αυτό το όνομα."),
          Words("Write: when answer NAME is CHOICE goto LABEL", "Γράψτε: when answer ΟΝΟΜΑ is ΕΠΙΛΟΓΗ goto ΕΤΙΚΕΤΑ"), span)
      }
      if words.count == 3, let verdict = Verdict(rawValue: words[2]) {
        clause = .judged(question.name, verdict)
      } else {
        var rest = Array(words[2...])
        guard rest.removeFirst() == "is" else {
          throw line.fault(
            "case.clause", Words("What was the answer?", "Ποια ήταν η απάντηση;"),
            Words(
              "Write: answer NAME is CHOICE, or answer NAME right, partly or wrong", "Γράψτε: answer ΟΝΟΜΑ is ΕΠΙΛΟΓΗ, ή answer ΟΝΟΜΑ right, partly ή wrong"),
            span)
        }
        if rest.first == "not" {
          negates.toggle()
          rest.removeFirst()
        }
        guard rest.count == 1, question.choices.contains(where: { $0.id == rest[0] }) else {
          throw line.fault(
            "case.choice", Words("The question “\(question.name)” has no such choice.", "Η ερώτηση «\(question.name)» δεν έχει τέτοια επιλογή."),
            Words("Choices: \(question.choices.map(\.id).joined(separator: ", "))", "Επιλογές: \(question.choices.map(\.id).joined(separator: ", "))"), span)
        }
        clause = .answered(question.name, choice: rest[0])
      }
    case "given", "performed", "ordered", "arranged", "stopped", "decided":
      let acts = [
        "given": "give", "performed": "perform", "ordered": "order", "arranged": "arrange", "stopped": "stop", "decided": "decide",
      ]
      clause = .did(try deed(((acts[words[0]] ?? "give") + " " + words[1...].joined(separator: " "), part.start), line))
    default:
      let vocabulary = world.guideline.vocabulary
      clause = .findings(try reading(part, line) { (text: String) throws(Diagnostic) in try ConditionReader.condition(text, vocabulary) })
    }
    if negates { clause = .not(clause) }
    return clause
  }

  private mutating func expectation(_ line: inout ScenarioLine) throws(Diagnostic) {
    let start = line.position
    if line.takes("score") {
      guard line.takes("of"), let path = try? name(&line), line.takes("is") else {
        throw line.fault(
          "case.expect", Words("The score of which path?", "Ο βαθμός ποιας διαδρομής;"),
          Words("Write: expect score of good is 100", "Γράψτε: expect score of good is 100"), start..<line.text.utf8.count)
      }
      let score = try number(&line, Words("The score", "βαθμός"), 0...100)
      scenario.expectations.append(Expectation(kind: .score(path: path, score), line: line.number))
      return
    }
    scenario.expectations.append(Expectation(kind: .command(line.rest().text), line: line.number))
  }

  // MARK: Paths

  mutating func pathLine(_ line: ScenarioLine) {
    guard line.text.split(separator: " ").map(String.init) == ["end"] else {
      let words = line.text.split(separator: " ").map(String.init)
      var text = line.text.drop { $0 == " " || $0 == "\t" }.dropTrailingSpaces
      var taught: String?
      if words.count > 2, words[words.count - 2] == "teaches", let rule = words.last {
        taught = rule
        text = String(text.dropLast(rule.count)).dropTrailingSpaces
        text = String(text.dropLast("teaches".count)).dropTrailingSpaces
        if world.guideline.rule(id: rule) == nil {
          faults.append(
            Diagnostic(
              "case.rule", Words("“\(rule)” isn't a rule of the guideline.", "Το «\(rule)» δεν είναι κανόνας της οδηγίας."),
              help: [Words("why THERAPY --format json names the rules.", "Τους κανόνες δείχνει η εντολή γιατί με --format json.")], file: file,
              line: line.number))
        }
      }
      path?.lines.append(Path.Line(text: text, number: line.number, teaches: taught))
      return
    }
    if let path { scenario.paths.append(path) }
    path = nil
  }

  // MARK: The whole

  /// What can only be seen at the end: open statements, labels that aren't there, jumps backward, paths that are missing.
  mutating func finish(_ lines: Int) {
    func add(_ code: String, _ message: Words, _ help: Words, _ line: Int) {
      faults.append(Diagnostic(code, message, help: [help], file: file, line: line))
    }
    if !isBody, faults.isEmpty {
      endHeader(max(1, lines))
      add(
        "case.empty", Words("The case has no body.", "Το περιστατικό δεν έχει σώμα."), Words("Add say, ask or act.", "Προσθέστε say, ask ή act."), max(1, lines)
      )
    }
    if let (open, line) = question {
      add(
        "case.open", Words("The question “\(open.name)” is not closed.", "Η ερώτηση «\(open.name)» δεν έκλεισε."),
        Words("Close it with end.", "Κλείστε την με end."), line)
    }
    if let path {
      add(
        "case.open", Words("The path “\(path.name)” is not closed.", "Η διαδρομή «\(path.name)» δεν έκλεισε."),
        Words("Close it with end.", "Κλείστε την με end."), path.line)
    }
    for (place, step) in scenario.steps.enumerated() {
      guard case .go(let label, _) = step.kind else { continue }
      guard let target = scenario.place(ofLabel: label) else {
        add(
          "case.label", Words("There is no label “\(label)”.", "Δεν υπάρχει ετικέτα «\(label)»."),
          Words("Add below: label \(label)", "Προσθέστε πιο κάτω: label \(label)"), step.line)
        continue
      }
      if target < place {
        add(
          "case.backward", Words("“\(label)” is above: a case only goes forward.", "Η «\(label)» βρίσκεται πιο πάνω: ένα περιστατικό προχωρά μόνο εμπρός."),
          Words("Move the label below this line.", "Μεταφέρετε την ετικέτα κάτω από αυτή τη γραμμή."), step.line)
      }
    }
    for expectation in scenario.expectations {
      if case .score(let name, _) = expectation.kind, !scenario.paths.contains(where: { $0.name == name }) {
        add(
          "case.path", Words("There is no path “\(name)”.", "Δεν υπάρχει διαδρομή «\(name)»."),
          Words("Add: path \(name) score N … end", "Προσθέστε: path \(name) score N … end"), expectation.line)
      }
    }
    var names = Set<String>()
    for path in scenario.paths where !names.insert(path.name).inserted {
      add(
        "case.twice", Words("The path “\(path.name)” appears twice.", "Η διαδρομή «\(path.name)» υπάρχει δύο φορές."),
        Words("Rename one.", "Μετονομάστε τη μία."), path.line)
    }
  }
}
