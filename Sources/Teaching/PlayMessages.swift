import Wording

extension Diagnostic {
  private static func play(_ code: String, _ message: Words, _ help: Words, _ line: String = "") -> Diagnostic {
    Diagnostic("case." + code, message, help: [help], source: line.isEmpty ? nil : line, span: line.isEmpty ? nil : 0..<line.utf8.count)
  }

  static func closedInCase(_ name: Words, _ line: String) -> Diagnostic {
    play(
      "closed", Words("In a case there is no \(name.english).", "Μέσα σε περιστατικό δεν υπάρχει η εντολή \(name.greek)."),
      Words(
        "Findings come from tests: order CT. quit leaves the case.",
        "Τα ευρήματα τα δίνουν οι εξετάσεις: ζήτησε αξονική. Η εντολή έξοδος αφήνει το περιστατικό."),
      line)
  }

  static func consultingClosed(_ name: Words, _ line: String) -> Diagnostic {
    play(
      "consulting-closed",
      Words("This case is played without asking the guideline about the patient.", "Αυτό το περιστατικό παίζεται χωρίς ερωτήσεις στην οδηγία για τον ασθενή."),
      Words("read, find, explain and dose are free.", "Επιτρέπονται, χωρίς κόστος, οι εντολές διάβασε, βρες, εξήγησε και δόση."), line)
  }

  static func unknownTest(_ line: String, _ names: Words) -> Diagnostic {
    play(
      "test", Words("No test has this name; nothing was ordered.", "Καμία εξέταση δεν έχει αυτό το όνομα· δεν ζητήθηκε τίποτα."),
      Words("Tests: \(names.english)", "Εξετάσεις: \(names.greek)"), line)
  }

  static func closedInExam(_ name: Words, _ line: String) -> Diagnostic {
    play(
      "closed-in-exam", Words("In an exam there is no \(name.english).", "Σε διαγώνισμα δεν υπάρχει η εντολή \(name.greek)."),
      Words(
        "status shows what comes next; read, find, explain and dose are free.", "Η κατάσταση δείχνει τι περιμένει· ελεύθερες: διάβασε, βρες, εξήγησε, δόση."),
      line)
  }

  /// A refused dose without what the text gives.
  static func refusedInExam(_ error: Diagnostic, _ line: String) -> Diagnostic {
    Diagnostic(
      error.code, Words("The text doesn't give this dose. Nothing was given.", "Το κείμενο δεν δίνει αυτή τη δόση. Δεν χορηγήθηκε τίποτα."), source: line,
      span: 0..<line.utf8.count)
  }

  static func answerFirst(_ line: String) -> Diagnostic {
    play(
      "answer-first", Words("A question is waiting for an answer.", "Μια ερώτηση περιμένει την απάντησή της."),
      Words("Answer it first; status shows it again.", "Απαντήστε πρώτα· η εντολή κατάσταση τη δείχνει ξανά."), line)
  }

  static func goOnFirst(_ line: String) -> Diagnostic {
    play(
      "go-on-first", Words("The case has to go on first.", "Πρώτα συνεχίζεται το περιστατικό."),
      Words("Press Enter, or type next.", "Πατήστε Enter, ή γράψτε επόμενο."), line)
  }

  static func caseIsOver(_ line: String) -> Diagnostic {
    play(
      "over", Words("The case is over.", "Το περιστατικό τελείωσε."),
      Words("debrief shows how it went; quit leaves it.", "Η εντολή ανασκόπηση δείχνει πώς πήγε· η εντολή έξοδος το κλείνει."), line)
  }

  static func decideAgainst(_ line: String) -> Diagnostic {
    play(
      "decide", Words("What is decided against?", "Τι αποφασίζετε να μη γίνει;"),
      Words("Type: decide against THERAPY. To act, type give, perform or arrange.", "Γράψτε: αποφάσισε κατά ΘΕΡΑΠΕΙΑΣ. Για πράξη: δώσε, εκτέλεσε ή οργάνωσε."),
      line)
  }

  static var notOver: Diagnostic {
    play(
      "not-over", Words("The debrief comes when the case is over.", "Η ανασκόπηση έρχεται όταν τελειώσει το περιστατικό."),
      Words("status shows where you stand.", "Η εντολή κατάσταση δείχνει πού βρίσκεστε."))
  }

  static var nothingToEnd: Diagnostic {
    play(
      "nothing-to-end", Words("There is no free phase to end here.", "Δεν υπάρχει εδώ ελεύθερη φάση για να κλείσει."),
      Words("status shows what comes next.", "Η εντολή κατάσταση δείχνει τι περιμένει."))
  }

  static var noCase: Diagnostic {
    play(
      "none", Words("No case is being played.", "Δεν παίζεται κανένα περιστατικό."), Words("play lists the cases.", "Η εντολή παίξε παραθέτει τα περιστατικά."))
  }
}
