import Grammar
import Sessions
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
        "case.name", Words("“\(name)” can't name a case.", "Το «\(name)» δεν μπορεί να ονομάσει περιστατικό."),
        help: [Words("A name has lower-case letters, digits and hyphens: my-case", "Ένα όνομα έχει πεζά λατινικά γράμματα, ψηφία και παύλες: my-case")])
    }
  }

  /// A starting point that passes `islet check`. With the commands of a recording its patient, what was set later (as
  /// hidden findings) and what was done (as the good path) are taken from there.
  public static func text(name: String, recorded commands: [String] = [], language: Language = .english) -> String {
    let body = Recorded(commands)
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
      # goal perform enucleation
      \(note("What the learner knows at the start", "Τι γνωρίζει ο εκπαιδευόμενος στην αρχή"))
      patient \(body.patient)
      \(note("What is hidden until a test tells it", "Τι μένει κρυφό ώσπου να το δείξει μια εξέταση"))
      \(body.hidden.map { "hidden " + $0 }.joined(separator: "\n"))
      \(note("What a test tells or costs here, where it differs from the usual:", "Τι δείχνει ή τι κοστίζει εδώ μια εξέταση, όταν διαφέρει από τα συνήθη:"))
      # reveals ct size, location
      # cost mri 4
      \(note("Your own evaluated in place of the guideline's, with its reason:", "Δική σας κρίση αντί για της οδηγίας, με τον λόγο της:"))
      # accept give diazoxide because "…" | "…"

      say "Tell what brings the patient." | "Γράψτε τι φέρνει τον ασθενή."
      pause

      ask first single "A question with one right answer?" | "Μια ερώτηση με μία σωστή απάντηση;"
        choice yes right "Yes" | "Ναι" feedback "Why it is right, with the paragraph" | "Γιατί είναι σωστό, με την παράγραφο"
        choice no wrong "No" | "Όχι" feedback "What to think of instead" | "Τι να σκεφτεί κανείς αντί γι' αυτό"
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
        "Διαδρομές μέσα στο περιστατικό, που τις ξαναπερνά το islet check· ο βαθμός είναι αυτός της ανασκόπησης."))
      path good score \(body.score)
        yes
      \(body.lines.map { "  \($0)\n" }.joined())  done
      end

      """
  }

  /// What a recording gives a case.
  private struct Recorded {
    var patient = "Eleni age 54 years, sex is female"
    var hidden = ["syndrome is insulinoma, size 14 mm"]
    var lines: [String] = []
    /// A case that nothing is done in reaches no goal.
    var score: String { "30" }

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
