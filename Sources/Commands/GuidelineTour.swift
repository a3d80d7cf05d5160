import Guideline
import Reports
import Vocabulary
import Wording

/// The whole guideline as one Markdown page, both languages under each other and each paragraph above the rules that the
/// machine runs, so that two clinicians can check it line by line against the source.
public struct GuidelineTour {
  private let guideline: Guideline

  public init(_ guideline: Guideline) { self.guideline = guideline }

  public var markdown: String {
    get throws(Diagnostic) { try written() }
  }

  private func written() throws(Diagnostic) -> String {
    var lines = [
      "# The guideline, line by line · Η οδηγία, γραμμή προς γραμμή", "",
      "This page is made from the chapters by `make tour`; a test holds it up to date. Under each heading stand the paraphrase in both languages and what islet runs: the stance, whom it concerns, the facts and paragraphs.",
      "",
      "Η σελίδα παράγεται από τα κεφάλαια με `make tour`. Κάτω από κάθε επικεφαλίδα υπάρχει η παράφραση στις δύο γλώσσες και ό,τι εκτελεί το islet: το είδος της σύστασης, ποιους αφορά, τα στοιχεία και οι παράγραφοι.",
      "", "> " + IntendedUse.line.english, ">", "> " + IntendedUse.line.greek, "", IntendedUse.origin.english, "", IntendedUse.origin.greek, "",
    ]
    for base in guideline.chapters {
      guard let english = try guideline.chapter(base.name, .english), let greek = try guideline.chapter(base.name, .greek) else { continue }
      lines += ["## \(english.title) · \(greek.title)", "", base.paragraphs.joined(separator: " "), ""]
      for section in english.sections {
        let companion = greek.sections.first { $0.id == section.id }
        lines += ["### \(section.title) · \(companion?.title ?? "")"]
        lines += ["<a id=\"\(section.id)\"></a> " + (section.facts + section.paragraphs).joined(separator: " "), ""]
        lines += section.prose.flatMap { [$0, ""] }
        lines += (companion?.prose ?? []).flatMap { [$0, ""] }
        let blocks = statements(of: section.id) + entries(of: section.id)
        if !blocks.isEmpty { lines += blocks + [""] }
      }
    }
    return lines.joined(separator: "\n")
  }

  private func statements(of section: String) -> [String] {
    let english = AdviceText(guideline, .english)
    let greek = AdviceText(guideline, .greek)
    return guideline.rules.filter { $0.section == section }.flatMap { rule -> [String] in
      let subjects = rule.subjects.compactMap { guideline.vocabulary.therapy(id: $0)?.name ?? Words(same: $0) }
      let names = Words.joined(subjects, by: ", ")
      let said = rule.stance?.said ?? Words("remark", "παρατήρηση")
      var marks = rule.facts + rule.paragraphs
      if let level = rule.level, let grade = rule.grade { marks.append("level \(level), grade \(grade) · επίπεδο \(level), βαθμός \(grade)") }
      if rule.isBackground { marks.append("background · εκτός κειμένου") }
      if let reading = rule.reading { marks.append("reading \(reading) · ανάγνωση \(reading)") }
      var lines = [
        "- **\(said.english)** (\(said.greek)): \(rule.title.english) · \(rule.title.greek) — \(marks.joined(separator: " ")) <!-- \(rule.id) -->",
        "  - \(names.english) · \(names.greek)",
      ]
      if rule.when != .always {
        lines.append("  - when \(english.condition(rule.when)) · όταν \(greek.condition(rule.when))")
      }
      if let until = rule.until { lines.append("  - until \(english.condition(until)) · έως \(greek.condition(until))") }
      if let unless = rule.unless { lines.append("  - unless \(english.condition(unless)) · εκτός αν \(greek.condition(unless))") }
      if let role = rule.role {
        let said = Words.joined([Self.words(role)] + (rule.strength.map { [Self.words($0)] } ?? []), by: ", ")
        lines.append("  - \(said.english) · \(said.greek)")
      }
      for (head, ids) in [
        (Words("with", "μαζί με"), rule.with), (Words("in place of", "στη θέση του"), rule.overrides),
        (Words("contradicts", "αντιφάσκει με"), rule.conflicts),
      ] where !ids.isEmpty {
        let names = ids.map(EntryText(guideline: guideline).named)
        lines.append("  - \(head.english): " + names.map(\.english).joined(separator: "; "))
        lines.append("  - \(head.greek): " + names.map(\.greek).joined(separator: "· "))
      }
      return lines
    }
  }

  private func entries(of section: String) -> [String] {
    guideline.entries.filter { $0.section == section }.flatMap { entry -> [String] in
      if entry.kind == .erratum { return erratum(entry) }
      let title = entry.words() ?? Words(same: entry.id)
      let values = EntryText(guideline: guideline).fields(entry)
      let citation = (entry.list("facts") + entry.list("paragraphs")).joined(separator: " ")
      let kind = Self.words(entry.kind)
      return [
        "- \(kind.english) (\(kind.greek)): \(title.english) · \(title.greek) — \(citation) <!-- \(entry.id) -->",
        "  - " + values.map(\.english).joined(separator: "; "), "  - " + values.map(\.greek).joined(separator: "· "),
      ]
    }
  }

  private static func words(_ role: Role) -> Words {
    switch role {
    case .prophylaxis: Words("prophylaxis", "προφύλαξη")
    case .setting: Words("setting", "πλαίσιο")
    case .check: Words("check", "έλεγχος")
    case .dosing: Words("dosing", "δοσολογία")
    case .selection: Words("selection", "επιλογή")
    case .favours: Words("favours", "συνηγορεί")
    }
  }

  private static func words(_ strength: Strength) -> Words {
    switch strength {
    case .must: Words("must", "πρέπει")
    case .should: Words("should", "θα έπρεπε")
    case .may: Words("may", "μπορεί")
    }
  }

  private static func words(_ kind: ChapterEntry.Kind) -> Words {
    switch kind {
    case .evidence: Words("evidence", "δεδομένα")
    case .dose: Words("dose", "δόση")
    case .adverseEffect: Words("adverse effect", "ανεπιθύμητη ενέργεια")
    case .erratum: Words("erratum", "παρόραμα")
    }
  }

  private func erratum(_ entry: ChapterEntry) -> [String] {
    var lines = ["- **\(entry.id)** (\(entry["severity"] ?? "")): " + (entry.list("facts") + entry.list("paragraph")).joined(separator: " ")]
    for name in ["printed", "reading", "handling"] {
      guard let words = entry.words(name) else { continue }
      lines.append("  - \(entry.id) \(name): \(words.english) · \(words.greek)")
    }
    return lines
  }
}
