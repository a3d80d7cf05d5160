import Wording

/// Blocks have the fields of their kind, each once, and their texts in both languages.
extension ChapterCheck {
  static let needed: [String: [String]] = [
    "rule": ["advise", "paragraphs", "en", "el"],
    "remark": ["about", "paragraphs", "en", "el"],
    "evidence": [
      "therapy", "cohort", "endpoint", "design", "directness", "facts", "paragraphs", "population-en", "population-el", "en", "el",
    ],
    "dose": ["therapy", "purpose", "facts", "paragraphs", "en", "el"],
    "adverse-effect": ["therapy", "effect", "facts", "paragraphs", "en", "el"],
    "erratum": ["severity", "paragraph", "printed-en", "printed-el", "reading-en", "reading-el", "handling-en", "handling-el"],
  ]

  private static let allowed: [String: [String]] = [
    "rule": [
      "when", "with", "role", "strength", "until", "unless", "overrides", "conflicts", "facts", "level", "grade", "reading", "background", "topic",
      "not-said", "repeats", "requirement",
    ],
    "remark": ["when", "alone", "facts", "background", "topic", "until", "unless", "reading", "repeats"],
    "evidence": ["value", "comparator", "hazard-ratio", "p", "n", "published", "errata", "syndrome", "time", "repeats", "note-en", "note-el"],
    "dose": [
      "amount", "approximate", "route", "per", "times", "every", "start", "until", "when", "erratum", "misprint", "start-low", "beside", "only-for", "repeats",
      "ceiling", "continuous", "assumed-when",
    ],
    "adverse-effect": ["frequency", "severity", "when", "onset", "lasts", "falls", "errata"],
    "erratum": ["facts", "forms", "apart"],
  ]

  func blocks() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for (block, source) in written {
      guard let needed = Self.needed[block.kind], let allowed = Self.allowed[block.kind] else { continue }
      for name in needed where (block[name] ?? "").isEmpty {
        faults.append(
          fault("field-missing", source, block.line, "\(block.id) needs \(name).", "Το \(block.id) χρειάζεται το πεδίο \(name)."))
      }
      var seen = Set<String>()
      for field in block.fields {
        if !needed.contains(field.name), !allowed.contains(field.name) {
          faults.append(
            fault(
              "field-unknown", source, field.line, "A block \(block.kind) has no field \(field.name).",
              "Ένα πλαίσιο \(block.kind) δεν έχει πεδίο \(field.name).", help: [Words(same: (needed + allowed).joined(separator: ", "))]))
        }
        if !seen.insert(field.name).inserted {
          faults.append(
            fault(
              "field-twice", source, field.line, "\(field.name) appears twice in \(block.id).",
              "Το πεδίο \(field.name) υπάρχει δύο φορές στο \(block.id)."))
        }
        if field.name.hasSuffix("-en"), block.field(field.name.dropLast(2) + "el") == nil {
          faults.append(
            fault(
              "title", source, field.line, "\(field.name) of \(block.id) has no Greek.", "Το \(field.name) του \(block.id) δεν έχει ελληνικά."))
        }
        if field.name == "el" || field.name.hasSuffix("-el"), !field.value.hasGreek, Self.hasWord(field.value) {
          faults.append(
            fault(
              "title", source, field.line, "\(field.name) of \(block.id) isn't in Greek.",
              "Το \(field.name) του \(block.id) δεν είναι στα ελληνικά."))
        }
      }
    }
    return faults
  }
}
