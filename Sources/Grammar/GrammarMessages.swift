import Vocabulary
import Wording

extension Diagnostic {
  static func lineTooLong() -> Diagnostic {
    Diagnostic(
      "input.too-long",
      Words("The line has more than \(InputBounds.line) characters.", "Η γραμμή ξεπερνά τους \(InputBounds.line) χαρακτήρες."),
      help: [Words("Split it into several commands.", "Χωρίστε τη σε περισσότερες εντολές.")])
  }

  /// Bytes that are no text.
  public static func invalidUTF8(_ what: Words = Words("The line", "Η γραμμή")) -> Diagnostic {
    Diagnostic(
      "input.encoding",
      Words("\(what.english) is not valid UTF-8 text.", "\(what.greek) δεν είναι έγκυρο κείμενο UTF-8."),
      help: [
        Words(
          "Save the file, or set the terminal, as UTF-8.", "Αποθηκεύστε το αρχείο, ή ρυθμίστε το τερματικό, σε UTF-8.")
      ])
  }

  static func controlCharacter(_ name: String) -> Diagnostic {
    Diagnostic(
      "input.control-character",
      Words("The line holds a control character (\(name)).", "Η γραμμή περιέχει χαρακτήρα ελέγχου (\(name))."),
      help: [Words("Type the line again without it.", "Πληκτρολογήστε ξανά τη γραμμή χωρίς αυτόν.")])
  }

  public static func openQuote(_ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "input.quote",
      Words("A quoted text is not closed.", "Τα εισαγωγικά δεν κλείνουν."),
      help: [Words("Add the closing \".", "Προσθέστε το \" στο τέλος.")], span: span)
  }

  static func nesting(_ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "condition.nesting",
      Words(
        "Parentheses are nested more than \(InputBounds.nesting) deep.",
        "Οι παρενθέσεις έχουν βάθος μεγαλύτερο από \(InputBounds.nesting)."),
      help: [Words("Write the condition with fewer parentheses.", "Γράψτε τη συνθήκη με λιγότερες παρενθέσεις.")], span: span)
  }

  static func unexpected(_ text: String, _ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "condition.syntax",
      Words("“\(text)” doesn't fit here.", "Το «\(text)» δεν ταιριάζει εδώ."),
      help: [
        Words(
          "A condition reads like: syndrome is gastrinoma and men1 and size > 2 cm",
          "Μια συνθήκη γράφεται έτσι: syndrome is gastrinoma and men1 and size > 2 cm")
      ], span: span)
  }

  static func conditionEnds(_ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "condition.incomplete",
      Words("The condition is not complete.", "Η συνθήκη δεν είναι πλήρης."),
      help: [Words("Add what is missing at its end.", "Συμπληρώστε ό,τι λείπει στο τέλος της.")], span: span)
  }

  static func unknownFinding(_ text: String, suggestions: [Words], _ span: Range<Int>) -> Diagnostic {
    var help: [Words] = []
    // A mark is no word that was misspelt.
    if !text.contains(where: { $0.isLetter || $0.isNumber }) {
      return Diagnostic(
        "finding.unknown",
        Words("“\(text)” names no finding.", "Το «\(text)» δεν ονομάζει εύρημα."),
        help: [
          Words(
            "Type only the findings' names, with commas between: size, MEN1", "Γράψτε μόνο τα ονόματα των ευρημάτων, με κόμμα ανάμεσα: μέγεθος, MEN1")
        ], span: span)
    }
    if !suggestions.isEmpty {
      let list = Words.joined(suggestions, by: ", ")
      help.append(Words("Did you mean: \(list.english)?", "Μήπως εννοείτε: \(list.greek);"))
    }
    help.append(
      Words(
        "Findings look like: insulinoma, 14 mm, Ki-67 3%, no MEN1. Tab completes them.",
        "Τα ευρήματα γράφονται έτσι: ινσουλίνωμα, 14 mm, Ki-67 3%, χωρίς MEN1. Το Tab τα συμπληρώνει."))
    return Diagnostic(
      "finding.unknown",
      Words("islet doesn't recognise “\(text)” as a finding.", "Το islet δεν γνωρίζει εύρημα «\(text)»."),
      help: help, span: span)
  }

  static func ambiguous(_ text: String, _ readings: [Words], _ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "reading.ambiguous",
      Words("“\(text)” could mean more than one thing.", "Το «\(text)» μπορεί να σημαίνει περισσότερα από ένα."),
      help: readings.map { Words("Type: \($0.english)", "Γράψτε: \($0.greek)") }, span: span)
  }

  static func valueMissing(_ finding: Finding, _ vocabulary: Vocabulary, _ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "finding.value-missing",
      Words("“\(finding.name.english)” needs a value.", "Το εύρημα «\(finding.name.greek)» χρειάζεται τιμή."),
      help: [vocabulary.expected(of: finding)], span: span, finding: finding.id)
  }

  static func valueUnknown(_ text: String, _ finding: Finding, _ vocabulary: Vocabulary, _ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "finding.value-unknown",
      Words(
        "“\(text)” isn't a value of \(finding.name.english).", "Το «\(text)» δεν είναι τιμή για το εύρημα «\(finding.name.greek)»."),
      help: [vocabulary.expected(of: finding)], span: span, finding: finding.id)
  }

  static func noAbsence(_ finding: Finding, _ vocabulary: Vocabulary, _ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "finding.no-absence",
      Words(
        "“\(finding.name.english)” has no value that means none.",
        "Το εύρημα «\(finding.name.greek)» δεν έχει τιμή που να σημαίνει απουσία."),
      help: [vocabulary.expected(of: finding)], span: span, finding: finding.id)
  }

  static func unitMissing(_ number: String, _ finding: Finding, _ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "unit.missing",
      Words(
        "\(finding.name.english): a length needs its unit.", "\(finding.name.greek): το μήκος χρειάζεται τη μονάδα του."),
      help: [Words("Type: \(finding.name.english) \(number) mm, or \(number) cm", "Γράψτε: \(finding.name.greek) \(number) mm, ή \(number) cm")],
      span: span, finding: finding.id)
  }

  static func unitWrong(_ unit: String, _ finding: Finding, _ span: Range<Int>) -> Diagnostic {
    let right = finding.unit == .count ? Words("a plain number", "σκέτο αριθμό") : Words(same: finding.unit.rawValue)
    return Diagnostic(
      "unit.wrong",
      Words(
        "\(finding.name.english) is not measured in \(unit).", "Το εύρημα «\(finding.name.greek)» δεν μετριέται σε \(unit)."),
      help: [Words("It takes \(right.english).", "Δέχεται \(right.greek).")], span: span, finding: finding.id)
  }

  static func outOfRange(_ text: String, _ finding: Finding, _ vocabulary: Vocabulary, _ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "number.out-of-range",
      Words(
        "\(text) is outside what \(finding.name.english) can be.",
        "Το \(text) είναι έξω από τα όρια για το εύρημα «\(finding.name.greek)»."),
      help: [vocabulary.expected(of: finding)], span: span, finding: finding.id)
  }

  static func numberUnreadable(_ text: String, _ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "number.unreadable",
      Words("The number \(text) can't be read exactly.", "Ο αριθμός \(text) δεν διαβάζεται με ακρίβεια."),
      help: [
        Words(
          "Use at most twelve digits before the decimal point and six behind it.", "Χρησιμοποιήστε έως δώδεκα ακέραια και έως έξι δεκαδικά ψηφία.")
      ], span: span)
  }

  static func bareNumber(_ text: String, _ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "number.bare",
      Words("The number \(text) doesn't say what it measures.", "Δεν είναι σαφές τι μετρά ο αριθμός \(text)."),
      help: [
        Words(
          "Type: \(text) mm for the size, age \(text), Ki-67 \(text)%, or \(text)F and \(text)M for age and sex",
          "Γράψτε: \(text) mm για το μέγεθος, ηλικία \(text), Ki-67 \(text)%, ή \(text)F και \(text)M για ηλικία και φύλο")
      ], span: span)
  }

  static func derivedOnly(_ finding: Finding, _ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "finding.derived",
      Words(
        "“\(finding.name.english)” is worked out from other findings and can't be stated.",
        "Το «\(finding.name.greek)» προκύπτει από άλλα ευρήματα και δεν δηλώνεται."),
      help: [
        Words(
          "State what it rests on: metastatic; or locally advanced, not resectable",
          "Δηλώστε από πού προκύπτει: μεταστατική νόσος· ή τοπικά προχωρημένη, μη εξαιρέσιμη")
      ], span: span, finding: finding.id)
  }

  static func twoValues(_ finding: Finding, _ first: Words, _ second: Words, _ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "finding.two-values",
      Words(
        "\(finding.name.english) is given twice: \(first.english) and \(second.english).",
        "Το εύρημα «\(finding.name.greek)» δίνεται δύο φορές: \(first.greek) και \(second.greek)."),
      help: [Words("Keep one of the two.", "Κρατήστε ένα από τα δύο.")], span: span, finding: finding.id)
  }

  public static func nothingStated(_ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "finding.missing",
      Words("No finding is given.", "Δεν δίνεται κανένα εύρημα."),
      help: [
        Words("Type, for example: 54F, insulinoma, 14 mm in the tail", "Γράψτε, για παράδειγμα: γυναίκα 54 ετών, ινσουλίνωμα, 14 mm στην ουρά")
      ], span: span)
  }
}

extension Vocabulary {
  /// How to say unambiguously what an ambiguous text may mean: a value of the finding that the text names, else the finding.
  func reading(of text: String, as finding: Int) -> Words {
    let finding = findings[finding]
    let key = Folding.key(text)
    guard finding.values.count > 2, let value = finding.values.first(where: { Folding.key($0.id) == key || $0.shown.mentions(key) }) else {
      return finding.name
    }
    return value.shown.mentions(key, only: true) ? Words.joined([finding.name, value.shown], by: " ") : value.shown
  }

  /// What a finding takes, for an error's help: its values or its range.
  public func expected(of finding: Finding) -> Words {
    switch finding.kind {
    case .number(let range, let unit):
      let low = range.lower.map { "\($0)" } ?? ""
      let high = range.upper.map { unit.words($0) } ?? Words(same: "")
      let number = finding.isCount ? Words("a whole number", "ακέραιο αριθμό") : Words("a number", "αριθμό")
      return Words("It takes \(number.english) from \(low) to \(high.english).", "Δέχεται \(number.greek) από \(low) έως \(high.greek).")
    default:
      let list = Words.joined(finding.values.map(\.shown), by: ", ")
      let ids = finding.values.map(\.id).joined(separator: ", ")
      return Words("Its values: \(ids) (\(list.english)).", "Οι τιμές του: \(list.greek).")
    }
  }
}

extension Words {
  /// Whether a word of it, in either language, begins as a folded text does; `only`: whether it is that text.
  fileprivate func mentions(_ key: String, only: Bool = false) -> Bool {
    [english, greek].contains { text in
      if only { return Folding.key(text) == key }
      return text.split(separator: " ").contains { Folding.key(String($0)).hasPrefix(key.prefix(max(5, key.count - 2))) }
    }
  }
}
