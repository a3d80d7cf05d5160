import Commands
import Guideline
import Reports
import Sessions
import Testing
import Wording

/// What a user reads who types something wrong, whole, as a pipe prints it.
@Suite("Bad input is answered with a whole message")
struct WholeMessageTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let line: String
    let english: String
    let greek: String
    var testDescription: String { line }
  }

  static let cases = [
    Case(
      line: "set insulinmoa",
      english: """
        error[reading.ambiguous]  Did you mean: insulinmoa → insulinoma?
            set insulinmoa
                ^^^^^^^^^^
          Type: insulinoma

        """,
      greek: """
        error[reading.ambiguous]  Μήπως εννοείτε: insulinmoa → insulinoma;
            set insulinmoa
                ^^^^^^^^^^
          Γράψτε: ινσουλίνωμα

        """),
    Case(
      line: "set size 14 kg",
      english: """
        error[unit.wrong]  size is not measured in kg.
            set size 14 kg
                     ^^^^^
          It takes mm.

        """,
      greek: """
        error[unit.wrong]  Το εύρημα «μέγεθος» δεν μετριέται σε kg.
            set size 14 kg
                     ^^^^^
          Δέχεται mm.

        """),
    Case(
      line: "set size 14",
      english: """
        error[unit.missing]  size: a length needs its unit.
            set size 14
                     ^^
          Type: size 14 mm, or 14 cm

        """,
      greek: """
        error[unit.missing]  μέγεθος: το μήκος χρειάζεται τη μονάδα του.
            set size 14
                     ^^
          Γράψτε: μέγεθος 14 mm, ή 14 cm

        """),
    Case(
      line: "set size -3 mm",
      english: """
        error[number.out-of-range]  -3 mm is outside what size can be.
            set size -3 mm
                     ^^^^^
          It takes a number from 0 to 300 mm.

        """,
      greek: """
        error[number.out-of-range]  Το -3 mm είναι έξω από τα όρια για το εύρημα «μέγεθος».
            set size -3 mm
                     ^^^^^
          Δέχεται αριθμό από 0 έως 300 mm.

        """),
    Case(
      line: "set ki67 300%",
      english: """
        error[number.out-of-range]  300% is outside what Ki-67 can be.
            set ki67 300%
                     ^^^^
          It takes a number from 0 to 100%.

        """,
      greek: """
        error[number.out-of-range]  Το 300% είναι έξω από τα όρια για το εύρημα «Ki-67».
            set ki67 300%
                     ^^^^
          Δέχεται αριθμό από 0 έως 100%.

        """),
    Case(
      line: "set nonfunctioning insulinoma",
      english: """
        error[finding.two-values]  syndrome is given twice: non-functioning and insulinoma.
            set nonfunctioning insulinoma
                               ^^^^^^^^^^
          Keep one of the two.

        """,
      greek: """
        error[finding.two-values]  Το εύρημα «σύνδρομο» δίνεται δύο φορές: μη λειτουργικός και ινσουλίνωμα.
            set nonfunctioning insulinoma
                               ^^^^^^^^^^
          Κρατήστε ένα από τα δύο.

        """),
    Case(
      line: "why",
      english: """
        error[command.incomplete]  why needs more.
            why
            ^^^
          Usage: why ADVICE
          For example: why enucleation

        """,
      greek: """
        error[command.incomplete]  Η εντολή «γιατί» χρειάζεται συμπλήρωση.
            why
            ^^^
          Η μορφή της: γιατί ΣΥΣΤΑΣΗ
          Για παράδειγμα: γιατί εκπυρήνιση

        """),
    Case(
      line: "what if",
      english: """
        error[command.incomplete]  what if needs more.
            what if
            ^^^^^^^
          Usage: what if FINDINGS · what if give, perform or stop THERAPY
          For example: what if near surface no

        """,
      greek: """
        error[command.incomplete]  Η εντολή «τι αν» χρειάζεται συμπλήρωση.
            what if
            ^^^^^^^
          Η μορφή της: τι αν ΕΥΡΗΜΑΤΑ · τι αν δώσε, εκτέλεσε ή διέκοψε ΘΕΡΑΠΕΙΑ
          Για παράδειγμα: τι αν κοντά στην επιφάνεια όχι

        """),
    Case(
      line: "rec",
      english: """
        error[command.unknown]  “rec” isn't a command.
            rec
            ^^^
          Did you mean: recommend, record? A command's name is typed in full.
          Type help for the commands.

        """,
      greek: """
        error[command.unknown]  Το «rec» δεν είναι εντολή.
            rec
            ^^^
          Μήπως εννοείτε: σύσταση, κατέγραψε; Το όνομα της εντολής γράφεται ολόκληρο.
          Γράψτε βοήθεια για τις εντολές.

        """),
    Case(
      line: "set \"open, insulinoma",
      english: """
        error[input.quote]  A quoted text is not closed.
            set "open, insulinoma
                ^^^^^^^^^^^^^^^^^
          Add the closing ".

        """,
      greek: """
        error[input.quote]  Τα εισαγωγικά δεν κλείνουν.
            set "open, insulinoma
                ^^^^^^^^^^^^^^^^^
          Προσθέστε το " στο τέλος.

        """),
    Case(
      line: "set carcinoid",
      english: """
        error[reading.ambiguous]  “carcinoid” could mean more than one thing.
            set carcinoid
                ^^^^^^^^^
          Type: carcinoid syndrome
          Type: carcinoid crisis
          Type: significant carcinoid heart disease

        """,
      greek: """
        error[reading.ambiguous]  Το «carcinoid» μπορεί να σημαίνει περισσότερα από ένα.
            set carcinoid
                ^^^^^^^^^
          Γράψτε: σύνδρομο καρκινοειδούς
          Γράψτε: κρίση καρκινοειδούς
          Γράψτε: σημαντική καρδιοπάθεια καρκινοειδούς

        """),
  ]

  @Test("in both languages, and the patient stays as it was", arguments: cases)
  func whole(_ bad: Case) throws {
    for language in Language.allCases {
      var session = Session(world: World(guideline: try Guideline.embedded(), commands: .standard, version: "test"), language: language)
      _ = session.run("patient Maria 54F")
      let before = session.state
      let answer = session.run(bad.line)
      #expect(answer.report.errorText(.plain, language) == bad[language])
      #expect(session.state == before)
    }
  }
}

extension WholeMessageTests.Case {
  subscript(language: Language) -> String { language == .greek ? greek : english }
}
