import Measures
import Wording

/// The words that a drawing adds to a figure's own labels.
enum FigureWords {
  static let survival = Words("Survival curves", "Καμπύλες επιβίωσης")
  static let median = Words("median", "διάμεση τιμή")
  static let notReached = Words("not reached", "δεν επιτεύχθηκε")
  static let atRisk = Words("at risk", "σε κίνδυνο")
  static let band = Words("published interval", "δημοσιευμένο διάστημα")
  static let shaded = Words("shaded: published interval", "σκίαση: δημοσιευμένο διάστημα")
  static let today = Words("now", "τώρα")
  static let and = Words("all of", "όλα τα εξής")
  static let or = Words("any of", "τουλάχιστον ένα από")
  static let not = Words("not", "όχι")
  static let key = Words("Signs", "Υπόμνημα")
  static let separate = Words(
    "Each panel is a cohort of its own; the panels are not to be compared.",
    "Κάθε πλαίσιο είναι χωριστή ομάδα ασθενών· τα πλαίσια δεν συγκρίνονται μεταξύ τους.")
  static let tableSummary = Words("The same as a table", "Το ίδιο σε πίνακα")

  static func censored(_ count: Int) -> Words { Words("\(count) censored", "\(count) λογοκριμένες παρατηρήσεις") }
  static func atLeast(_ number: Int) -> Words { Words("at least \(number) of", "τουλάχιστον \(number) από") }
  static let to = Words("to", "έως")
  static let cohort = Words("cohort", "ομάδα ασθενών")
  static let source = Words("source", "πηγή")
  static let value = Words("value", "τιμή")
  static let day = Words("day", "ημέρα")
  static let kind = Words("kind", "είδος")
  static let onwards = Words("onwards", "και εξής")
  static let condition = Words("condition", "προϋπόθεση")
  static let total = Words("total", "σύνολο")

  static func truth(_ truth: Truth) -> Words {
    switch truth {
    case .yes: Words("holds", "ισχύει")
    case .no: Words("fails", "δεν ισχύει")
    case .unknown: Words("not known", "άγνωστο")
    }
  }

  static func kindName(_ kind: Timeline.Kind) -> Words {
    switch kind {
    case .course: Words("therapy", "θεραπεία")
    case .window: Words("period to watch", "διάστημα παρακολούθησης")
    case .dose: Words("given", "χορηγήθηκε")
    case .due: Words("due", "εκκρεμεί")
    case .missed: Words("missed", "παραλείφθηκε")
    case .procedure: Words("procedure", "επέμβαση")
    case .finding: Words("finding", "εύρημα")
    case .test: Words("test", "εξέταση")
    case .note: Words("note", "σημείωση")
    }
  }
}

/// Numbers as figures print them: short, a decimal point, no trailing zero.
enum Numeral {
  /// To three significant figures below 1000, else to a whole number.
  static func short(_ value: Double) -> String {
    guard value.isFinite else { return "?" }
    let size = value.magnitude
    let places = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3
    return fixed(value, places: places)
  }

  /// An axis mark: free of the noise of binary fractions.
  static func axis(_ value: Double) -> String { fixed(value, places: value.magnitude >= 100 ? 1 : 4) }

  /// To a number of decimal places at most, without trailing zeros.
  static func fixed(_ value: Double, places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (value * scale).rounded()
    guard scaled.isFinite, scaled.magnitude < 9e15 else { return "?" }
    let magnitude = UInt64(scaled.magnitude)
    let unit = UInt64(scale)
    var text = (scaled < 0 ? "-" : "") + String(magnitude / unit)
    var fraction = String(magnitude % unit)
    if places > 0, magnitude % unit != 0 {
      while fraction.count < places { fraction = "0" + fraction }
      while fraction.hasSuffix("0") { fraction.removeLast() }
      text += "." + fraction
    }
    return text
  }
}

extension JSON {
  /// A number to three figures, as simulated numbers count in a report's meaning.
  static func rounded(_ value: Double) -> JSON {
    let text = Numeral.short(value)
    return text == "?" ? .null : .number(text)
  }
}
