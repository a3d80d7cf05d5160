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
      lines += ["## \(english.title) · \(greek.title)", "", "\(base.name) · \(base.paragraphs.joined(separator: " "))", ""]
      for section in english.sections {
        let companion = greek.sections.first { $0.id == section.id }
        lines += ["### \(section.title) · \(companion?.title ?? "")", ""]
        lines += ["`\(section.id)` · " + (section.facts + section.paragraphs).joined(separator: " "), ""]
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
      if let level = rule.level, let grade = rule.grade { marks.append("level \(level), grade \(grade)") }
      if rule.isBackground { marks.append("background · εκτός κειμένου") }
      if let reading = rule.reading { marks.append("reading \(reading)") }
      var lines = [
        "- **\(said.english)** (\(said.greek)): \(rule.title.english) · \(rule.title.greek) — `\(rule.id)` \(marks.joined(separator: " "))",
        "  - \(names.english) · \(names.greek)",
      ]
      if rule.when != .always {
        lines.append("  - when \(english.condition(rule.when)) · όταν \(greek.condition(rule.when))")
      }
      if let until = rule.until { lines.append("  - until \(english.condition(until)) · έως \(greek.condition(until))") }
      if let unless = rule.unless { lines.append("  - unless \(english.condition(unless)) · εκτός αν \(greek.condition(unless))") }
      if let role = rule.role {
        let strength = rule.strength.map { ", \($0.rawValue)" } ?? ""
        let with = rule.with.isEmpty ? "" : " with " + rule.with.map { "`\($0)`" }.joined(separator: ", ")
        lines.append("  - \(role.rawValue)\(strength)\(with)")
      }
      if !rule.overrides.isEmpty { lines.append("  - overrides " + rule.overrides.map { "`\($0)`" }.joined(separator: ", ")) }
      if !rule.conflicts.isEmpty { lines.append("  - conflicts with " + rule.conflicts.map { "`\($0)`" }.joined(separator: ", ")) }
      return lines
    }
  }

  private func entries(of section: String) -> [String] {
    guideline.entries.filter { $0.section == section }.flatMap { entry -> [String] in
      if entry.kind == .erratum { return erratum(entry) }
      let title = entry.words() ?? Words(same: entry.id)
      let skipped = ["en", "el", "facts", "paragraphs"]
      let fields = entry.fields.filter { !skipped.contains($0.name) && !$0.name.hasSuffix("-en") && !$0.name.hasSuffix("-el") }
      let values = fields.map { $0.value.isEmpty ? $0.name : "\($0.name) \($0.value)" }.joined(separator: "; ")
      let citation = (entry.list("facts") + entry.list("paragraphs")).joined(separator: " ")
      return ["- \(entry.kind.rawValue): \(title.english) · \(title.greek) — `\(entry.id)` \(citation)", "  - \(values)"]
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
