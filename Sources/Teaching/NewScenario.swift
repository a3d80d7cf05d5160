import Grammar
import Sessions
import Vocabulary
import Wording

/// The text of a new case: a commented starting point, or one made of a recording.
public enum NewScenario {
  /// A case's name: lower-case letters, digits and hyphens.
  public static func check(name: String) throws(Diagnostic) {
    let isFine =
      !name.isEmpty && name.utf8.count <= 60 && name.first != "-"
      && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    guard isFine else {
      throw Diagnostic(
        "case.name", Words("“\(name)” can't name a case.", "Το «\(name)» δεν μπορεί να είναι όνομα περιστατικού."),
        help: [Words("A name has lower-case letters, digits and hyphens: my-case", "Ένα όνομα έχει πεζά λατινικά γράμματα, ψηφία και παύλες: my-case")])
    }
  }

  /// A starting point that passes `islet check`. With the commands of a recording its patient, what was set later (as
  /// hidden findings) and what was done (as the good path and its goals) are taken from there. The paths are walked, and their
  /// scores written down.
  public static func text(name: String, recorded commands: [String] = [], language: Language = .english, _ world: World) -> String {
    var body = Recorded(commands)
    func read() -> (scenario: Scenario?, faults: [Diagnostic]) {
      ScenarioReader.read(Array(text(name, body, language).utf8), file: name + ".islet", world)
    }
    // What contradicts or repeats what is known can't be hidden.
    for line in body.hidden {
      let others = body.hidden
      body.hidden = [line]
      let isFine = read().faults.isEmpty
      body.hidden = isFine ? others : others.filter { $0 != line }
    }
    guard let draft = read().scenario else { return text(name, body, language) }
    let silent = CaseAudit(scenario: draft, world: world).unrevealedFindings
    if !silent.isEmpty {
      let usual = draft.tests.id("history")?.reveals ?? []
      body.reveals = "reveals history " + (usual + silent.map { world.guideline.vocabulary.findings[$0].id }).joined(separator: ", ")
    }
    guard let scenario = read().scenario else { return text(name, body, language) }
    var good = Play(scenario, world: world, language: language, attempt: 1)
    _ = good.open()
    good.passPauses()
    _ = good.answer(to: "yes")
    good.passPauses()
    body.lines = body.lines.filter { !good.answer(to: $0).isError }
    _ = good.answer(to: "done")
    let deeds = body.lines.compactMap { line in
      world.commands.call(in: line).flatMap { call in Deed.Act(rawValue: call.command.id).map { ($0, call.argument) } }
    }
    body.goals = good.reachedDeeds.filter { deed in deeds.contains { $0.0 == deed.act } }.map(\.text)
    // A deed that did harm reaches no goal: it is none of the author's.
    if let reached = read().scenario.flatMap({ graded($0, $0.paths.first { $0.name == "good" }, world) })?.goals {
      body.goals = reached.filter(\.isReached).compactMap { $0.goal?.text }
    }
    guard let whole = read().scenario else { return text(name, body, language) }
    for path in whole.paths { body.scores[path.name] = graded(whole, path, world)?.score.total }
    return text(name, body, language)
  }

  private static func graded(_ scenario: Scenario, _ path: Path?, _ world: World) -> Grading? {
    guard let path else { return nil }
    var play = Play(scenario, world: world, language: scenario.languages.first ?? .english, attempt: 1)
    _ = play.open()
    for line in path.lines {
      play.passPauses()
      _ = play.answer(to: line.text)
    }
    play.passPauses()
    return play.grading
  }

  private static func text(_ name: String, _ body: Recorded, _ language: Language) -> String {
    func note(_ english: String, _ greek: String) -> String { "# " + Words(english, greek)[language] }
    return """
      islet scenario 1
      \(note(
        "A teaching case. Lines that start with # are comments. Texts stand in both languages, side by side.",
        "Εκπαιδευτικό περιστατικό. Οι γραμμές που αρχίζουν με # είναι σχόλια. Τα κείμενα γράφονται στις δύο γλώσσες, δίπλα δίπλα."))
      \(note("Try it: islet check \(name).islet, and islet play \(name) --cases .", "Δοκιμή: islet check \(name).islet και islet play \(name) --cases ."))
      title "Title of the case" | "Τίτλος του περιστατικού"
      author ""
      languages en el
      \(note("student, resident or specialist", "student (φοιτητής), resident (ειδικευόμενος) ή specialist (ειδικός)"))
      level student
      minutes 15
      objective "What the learner should be able to do" | "Τι να μπορεί να κάνει ο εκπαιδευόμενος"
      guideline 1
      \(note(
        "Asking the guideline about the patient: consult free, consult costs 2 or consult closed",
        "Ερωτήσεις στην οδηγία για τον ασθενή: consult free (δωρεάν), consult costs 2 (κοστίζουν) ή consult closed (κλειστές)"))
      consult costs 2
      \(note("Judgements: feedback each (at once) or feedback end (at the debrief)", "Κρίσεις: feedback each (αμέσως) ή feedback end (στην ανασκόπηση)"))
      feedback each
      \(note(
        "The author's goals; without them every recommendation that applies to the whole truth is a goal:",
        "Οι στόχοι του συγγραφέα· αν λείπουν, στόχος είναι κάθε σύσταση που ισχύει για ολόκληρη την αλήθεια:"))
      \(body.goals.isEmpty ? "# goal perform enucleation" : body.goals.map { "goal " + $0 }.joined(separator: "\n"))
      \(note("What the learner knows at the start", "Τι γνωρίζει ο εκπαιδευόμενος στην αρχή"))
      patient \(body.patient)
      \(note("What is hidden until a test tells it", "Τι μένει κρυφό ώσπου να το δείξει μια εξέταση"))
      \(body.hidden.map { "hidden " + $0 }.joined(separator: "\n"))
      \(note("What a test tells or costs here, where it differs from the usual:", "Τι δείχνει ή τι κοστίζει εδώ μια εξέταση, όταν διαφέρει από τα συνήθη:"))
      \(body.reveals.isEmpty ? "# reveals ct size, location" : body.reveals)
      # cost mri 4
      \(note("A test that must come before an action, with the reason:", "Εξέταση που πρέπει να προηγηθεί μιας πράξης, με τον λόγο:"))
      # needs ct for perform enucleation because "…" | "…"

      say "Tell what brings the patient." | "Γράψτε γιατί έρχεται ο ασθενής."
      pause

      ask first single "A question with one right answer?" | "Μια ερώτηση με μία σωστή απάντηση;"
        choice yes right "Yes" | "Ναι" feedback "Why it is right, with the paragraph or: background" | "Γιατί είναι σωστό, με την παράγραφο ή: εκτός κειμένου"
        choice no wrong "No" | "Όχι" feedback "What to think of instead (background)" | "Τι να σκεφτεί κανείς αντί γι' αυτό (εκτός κειμένου)"
      end
      hint "A first hint costs little." | "Η πρώτη υπόδειξη κοστίζει λίγο." cost 1

      \(note("Branching goes forward only:", "Οι διακλαδώσεις πηγαίνουν μόνο προς τα εμπρός:"))
      when answer first is no goto corrected
      goto free
      label corrected
      say "Look again." | "Δείτε το ξανά."
      label free

      act "Investigate and treat; done ends it." | "Διερευνήστε και θεραπεύστε· τέλος όταν ολοκληρώσετε."
      hint "Which test tells most?" | "Ποια εξέταση δείχνει τα περισσότερα;" cost 1

      say "How it went on." | "Πώς εξελίχθηκε."

      \(note("What must hold for the whole truth, looked at by islet check:", "Τι πρέπει να ισχύει για ολόκληρη την αλήθεια· το ελέγχει το islet check:"))
      # expect recommend includes enucleation
      \(note(
        "Ways through the case, replayed by islet check; the score is what the debrief shows.",
        "Διαδρομές μέσα στο περιστατικό, που τις εκτελεί ξανά το islet check· ο βαθμός είναι αυτός της ανασκόπησης."))
      path good score \(body.scores["good"] ?? 0)
        yes
      \(body.lines.map { "  \($0)\n" }.joined())  done
      end
      path wrong score \(body.scores["wrong"] ?? 0)
        no
      \(body.lines.map { "  \($0)\n" }.joined())  done
      end

      """
  }

  /// What a recording gives a case.
  private struct Recorded {
    var patient = "Eleni age 54 years, sex is female"
    var hidden = ["syndrome is insulinoma, size 14 mm"]
    var lines: [String] = []
    var goals: [String] = []
    var reveals = ""
    var scores: [String: Int] = [:]

    init(_ commands: [String]) {
      guard let first = commands.firstIndex(where: { $0.hasPrefix("patient ") }) else { return }
      patient = String(commands[first].dropFirst(8))
      hidden = commands.dropFirst(first + 1).filter { $0.hasPrefix("set ") }.map { String($0.dropFirst(4)) }
      if hidden.isEmpty { hidden = [] }
      lines = commands.dropFirst(first + 1).filter { line in
        ["order ", "give ", "perform ", "arrange ", "stop ", "advance "].contains { line.hasPrefix($0) }
      }
    }
  }
}
