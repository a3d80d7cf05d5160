import Guideline
import Measures
import Vocabulary
import Wording

/// The fields of a figure, dose or adverse effect in words: what the machine has of it, for whoever checks it against the source. No id
/// stands in it.
struct EntryText {
  let guideline: Guideline

  /// Each field that says more than the entry's own words, its name before it.
  func fields(_ entry: ChapterEntry) -> [Words] {
    entry.fields.compactMap { field in
      guard !Self.silent.contains(field.name), !field.name.hasSuffix("-en"), !field.name.hasSuffix("-el") else { return nil }
      let name = Self.names[field.name] ?? Words(same: field.name.replacing("-", with: " "))
      if field.value.isEmpty { return name }
      let value = ReportedValue(field.value)?.words ?? words(field.value)
      return Words("\(name.english): \(value.english)", "\(name.greek): \(value.greek)")
    }
  }

  /// What stands beside the fields, or only ties entries to each other.
  private static let silent: Set<String> = ["en", "el", "facts", "paragraphs", "cohort", "effect", "misprint"]

  private static let names: [String: Words] = [
    "therapy": Words("therapy", "θεραπεία"), "endpoint": Words("endpoint", "καταληκτικό σημείο"), "directness": Words("directness", "αμεσότητα"),
    "design": Words("design", "σχεδιασμός"), "value": Words("value", "τιμή"), "errata": Words("errata", "παροράματα"),
    "erratum": Words("erratum", "παρόραμα"), "frequency": Words("frequency", "συχνότητα"), "purpose": Words("purpose", "σκοπός"),
    "severity": Words("severity, grade", "βαρύτητα, βαθμός"), "time": Words("after", "μετά από"), "amount": Words("amount", "ποσότητα"),
    "n": Words("patients", "ασθενείς"), "route": Words("route", "οδός"), "comparator": Words("compared with", "σύγκριση με"),
    "syndrome": Words("syndrome", "σύνδρομο"), "per": Words("amount for each", "ποσότητα ανά"), "every": Words("every", "κάθε"),
    "times": Words("times", "φορές"), "start-low": Words("starts low", "έναρξη με χαμηλή δόση"), "when": Words("when", "όταν"),
    "published": Words("published", "δημοσίευση"), "p": Words("p", "p"), "repeats": Words("repeated with", "επανάληψη με"),
    "hazard-ratio": Words("hazard ratio", "λόγος κινδύνου"), "falls": Words("falls", "μείωση"), "ceiling": Words("the most that is given", "ανώτατο όριο"),
    "until": Words("until", "έως"), "start": Words("start", "έναρξη"), "onset": Words("onset", "εμφάνιση"), "only-for": Words("only for", "μόνο για"),
    "lasts": Words("lasts", "διάρκεια"), "continuous": Words("as an infusion", "ως έγχυση"), "beside": Words("beside", "μαζί με"),
    "assumed-when": Words("taken for granted when", "εννοείται όταν"), "approximate": Words("about", "περίπου"),
  ]

  private static let words: [String: Words] = [
    "direct": Words("direct", "άμεσα"), "indirect": Words("indirect", "έμμεσα"), "maintenance": Words("maintenance", "συντήρηση"),
    "rescue": Words("rescue", "διάσωση"), "cover": Words("cover", "κάλυψη"), "stabilisation": Words("stabilisation", "σταθεροποίηση"),
    "other": Words("other", "άλλο"), "common": Words("common", "συχνή"), "rare": Words("rare", "σπάνια"),
    "placebo": Words("placebo", "εικονικό φάρμακο"), "historical-controls": Words("historical controls", "ιστορικοί μάρτυρες"),
    "a": Words("a", "ανά"), "to": Words("to", "έως"), "about": Words("about", "περίπου"), "up": Words("up", "μέχρι"), "after": Words("after", "μετά"),
    "before": Words("before", "πριν"), "hour": Words("hour", "ώρα"), "hours": Words("hours", "ώρες"), "day": Words("day", "ημέρα"),
    "days": Words("days", "ημέρες"), "weeks": Words("weeks", "εβδομάδες"), "month": Words("month", "μήνα"), "months": Words("months", "μήνες"),
    "year": Words("year", "έτος"), "years": Words("years", "έτη"), "week": Words("week", "εβδομάδα"), "(background)": Words("(background)", "(εκτός κειμένου)"),
    "at": Words("at", "το"), "most": Words("most", "πολύ"), "least": Words("least", "λιγότερο"),
    "micrograms": Words("micrograms", "μικρογραμμάρια"), "units": Words("units", "μονάδες"), "million": Words("million", "εκατομμύρια"),
  ]

  /// What an id of a rule, therapy or group names.
  func named(_ id: String) -> Words { guideline.rule(id: id)?.title ?? guideline.vocabulary.therapy(id: id)?.name ?? Words(same: id) }

  private func words(_ value: String) -> Words {
    Words.joined(value.split(separator: " ").map { word($0) }, by: " ")
  }

  /// A word of a field: what its id names, or itself.
  private func word(_ typed: Substring) -> Words {
    let id = String(typed.last == "," ? typed.dropLast() : typed)
    let end = typed.last == "," ? "," : ""
    let vocabulary = guideline.vocabulary
    let syndrome = vocabulary.finding(id: "syndrome").flatMap { finding in finding.values.first { $0.id == id }?.shown }
    let found =
      Self.words[id] ?? vocabulary.therapy(id: id)?.name ?? Endpoint(rawValue: id)?.name ?? StudyDesign(rawValue: id)?.name ?? DoseRoute(rawValue: id)?.written
      ?? vocabulary.finding(id: id)?.name ?? syndrome ?? guideline.rule(id: id)?.title ?? Words(same: id)
    return Words(found.english + end, found.greek + end)
  }
}
