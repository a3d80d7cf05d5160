import Vocabulary
import Wording

/// What is said of an order that can't be read as one.
public enum TreatmentMessages {
  typealias Offer = (canonical: String, shown: Words)

  private static func say(_ offers: [Offer]) -> [Words] {
    offers.map { Words.toType($0.shown, String($0.canonical.prefix { $0 != " " })) }
  }

  private static func asked(_ code: String, _ message: Words, _ offers: [Offer], _ span: Range<Int>) -> Diagnostic {
    var diagnostic = Diagnostic(code, message, help: say(offers), span: span)
    diagnostic.readings = offers.map(\.canonical)
    diagnostic.readingsStart = 0
    return diagnostic
  }

  /// A name of several therapies.
  static func ambiguous(_ typed: String, _ offers: [Offer], _ span: Range<Int>) -> Diagnostic {
    asked(
      "reading.ambiguous",
      Words(
        "“\(typed)” may mean more than one therapy.", "Το «\(typed)» μπορεί να σημαίνει περισσότερες από μία θεραπείες."
      ),
      offers, span)
  }

  /// Two therapies on one line.
  static func several(_ offers: [Offer], _ span: Range<Int>) -> Diagnostic {
    asked(
      "reading.ambiguous",
      Words(
        "One order at a time: this names more than one.", "Μία εντολή κάθε φορά: εδώ αναφέρονται περισσότερες από μία."),
      offers,
      span)
  }

  /// A probable slip of a name.
  static func slip(_ typed: String, _ offers: [Offer], _ span: Range<Int>) -> Diagnostic {
    asked(
      "reading.ambiguous",
      Words(
        "islet doesn't recognise “\(typed)”; nothing was done.",
        "Το islet δεν γνωρίζει το όνομα «\(typed)»· δεν έγινε τίποτα."),
      offers, span)
  }

  static func leadingPoint(_ typed: String, _ offers: [Offer], _ span: Range<Int>) -> Diagnostic {
    asked(
      "dose.leading-point",
      Words(
        "“\(typed)” starts with a decimal point, which is easily overlooked or a slip.",
        "Το «\(typed)» αρχίζει με την υποδιαστολή: μπορεί να μη διακριθεί, ή να μην είναι υποδιαστολή."), offers, span)
  }

  /// A range of doses.
  static func range(_ typed: String, _ offers: [Offer], _ span: Range<Int>) -> Diagnostic {
    asked(
      "dose.range",
      Words(
        "“\(typed)” is a range: an order names one dose. Nothing was given.",
        "Το «\(typed)» είναι εύρος: μια εντολή ορίζει μία δόση. Δεν χορηγήθηκε τίποτα."), offers, span)
  }

  /// A question, or what is denied or doubted.
  public static func noOrder(_ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "treatment.no-order",
      Words(
        "This isn't an order: a question, a doubt or a “no” is never carried out. Nothing was done.",
        "Αυτό δεν είναι εντολή: ερώτηση, αμφιβολία ή άρνηση δεν εκτελείται ποτέ. Δεν έγινε τίποτα."),
      help: [
        Words(
          "To see what an order would mean, for example: what if give octreotide LAR",
          "Για να δείτε τι θα σήμαινε μια εντολή, για παράδειγμα: τι αν δώσε οκτρεοτίδη LAR"
        )
      ], span: span
    ).because(.noOrder)
  }

  static func inexact(_ typed: String, _ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "dose.number", Words("\(typed) can't be converted exactly.", "Το \(typed) δεν μετατρέπεται με ακρίβεια."),
      help: [Words("Write it in the unit of the text: GBq.", "Γράψτε το στη μονάδα του κειμένου: GBq.")], span: span)
  }

  /// What the text doesn't speak of, where a therapy of the text is asked for.
  public static func silent(_ name: PracticeName, _ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      "therapy.outside",
      Words("The text doesn't mention \(name.name.english).", "Το κείμενο δεν αναφέρεται σε: \(name.name.greek)."),
      help: [
        Words(
          "find shows what the text does mention, for example: find octreotide",
          "Η εντολή βρες δείχνει τι αναφέρει το κείμενο, για παράδειγμα: βρες οκτρεοτίδη")
      ], span: span)
  }

  static func unknown(_ typed: String, _ near: [Words], _ act: String, _ span: Range<Int>) -> Diagnostic {
    var help: [Words] = []
    if !near.isEmpty {
      let list = Words.joined(near, by: ", ")
      help.append(Words("Did you mean: \(list.english)?", "Μήπως εννοείτε: \(list.greek);"))
    }
    help.append(
      act == "perform"
        ? Words(
          "Name a procedure of the guideline: enucleation, embolisation, liver resection.",
          "Γράψτε μια επέμβαση της οδηγίας: εκπυρήνιση, εμβολισμός, ηπατεκτομή.")
        : Words(
          "Name a therapy of the guideline: octreotide LAR, everolimus, enucleation.",
          "Γράψτε μια θεραπεία της οδηγίας: οκτρεοτίδη LAR, εβερόλιμους, εκπυρήνιση."))
    return Diagnostic(
      "therapy.unknown",
      Words("islet doesn't recognise “\(typed)” as a therapy.", "Το islet δεν γνωρίζει θεραπεία «\(typed)»."),
      help: help,
      span: span
    ).because(.unknownName)
  }
}
