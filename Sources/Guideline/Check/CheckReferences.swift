import Wording

/// What blocks refer to: facts and paragraphs of their heading, therapies, rules, errata; how rules bear on each other.
extension ChapterCheck {
  func references() -> [Diagnostic] { paragraphs() + citations() + subjects() + relations() + gradings() }

  /// The chapters' own headings divide the text's paragraphs without a gap; every heading cites among its chapter's.
  private func paragraphs() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    var known = Set<Int>()
    for (source, _) in pairs {
      guard let title = source.title else { continue }
      if title.paragraphs.isEmpty {
        faults.append(fault("paragraph", source, title.line, "The chapter cites no paragraph.", "Το κεφάλαιο δεν παραπέμπει σε παράγραφο."))
      }
      known.formUnion(title.paragraphs.compactMap(Self.number))
      for heading in source.headings {
        if heading.paragraphs.isEmpty {
          faults.append(
            fault("paragraph", source, heading.line, "\(heading.id) cites no paragraph.", "Το \(heading.id) δεν παραπέμπει σε παράγραφο."))
        }
        for paragraph in heading.paragraphs where !title.paragraphs.contains(paragraph) {
          faults.append(
            fault(
              "paragraph", source, heading.anchorLine, "\(heading.id) cites \(paragraph), which isn't among its chapter's paragraphs.",
              "Το \(heading.id) παραπέμπει στην \(paragraph), που δεν ανήκει στις παραγράφους του κεφαλαίου."))
        }
      }
      for id in title.paragraphs {
        let number = Self.number(id)
        if number == nil || number.map({ $0 > 1 && !knownBefore($0) }) == true {
          faults.append(
            fault(
              "paragraph", source, title.anchorLine, "\(id) isn't a paragraph of the text: none comes before it.",
              "Η \(id) δεν είναι παράγραφος του κειμένου: δεν υπάρχει προηγούμενη."))
        }
      }
    }
    return faults
  }

  /// Whether a chapter's heading has the paragraph before this one.
  private func knownBefore(_ number: Int) -> Bool {
    pairs.contains { $0.english.title?.paragraphs.contains { Self.number($0) == number - 1 } == true }
  }

  /// The number of `P012`; nil for anything else.
  private static func number(_ id: String) -> Int? {
    guard id.utf8.count == 4, id.first == "P", let number = Int(id.dropFirst()), number > 0 else { return nil }
    return number
  }

  /// A block cites facts and paragraphs of its heading; an erratum may concern those of other headings too.
  private func citations() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    let allFacts = Set(pairs.flatMap { $0.english.headings.flatMap(\.facts) })
    let allParagraphs = Set(pairs.flatMap { $0.english.title?.paragraphs ?? [] })
    let errata = Set(written.filter { $0.block.kind == "erratum" }.map(\.block.id))
    for (block, source) in written {
      let heading = source.heading(of: block)
      let isErratum = block.kind == "erratum"
      let facts = isErratum ? allFacts : Set(heading?.facts ?? [])
      let paragraphs = isErratum ? allParagraphs : Set(heading?.paragraphs ?? [])
      for fact in block.list("facts") where !facts.contains(fact) {
        faults.append(
          fault(
            "fact", source, block.field("facts")?.line ?? block.line, "\(block.id) cites \(fact), which its heading doesn't carry.",
            "Το \(block.id) παραπέμπει στο \(fact), που δεν υπάρχει στην επικεφαλίδα του."))
      }
      let name = isErratum ? "paragraph" : "paragraphs"
      for paragraph in block.list(name) where !paragraphs.contains(paragraph) {
        faults.append(
          fault(
            "paragraph", source, block.field(name)?.line ?? block.line, "\(block.id) cites \(paragraph), which its heading doesn't cite.",
            "Το \(block.id) παραπέμπει στην \(paragraph), που δεν υπάρχει στην επικεφαλίδα του."))
      }
      if block.list(name).isEmpty {
        faults.append(fault("paragraph", source, block.line, "\(block.id) cites no paragraph.", "Το \(block.id) δεν παραπέμπει σε παράγραφο."))
      }
      if block.list("facts").isEmpty, block.field("background") == nil, block.field("reading") == nil, !isErratum {
        faults.append(
          fault(
            "fact", source, block.line, "\(block.id) states no fact and isn't marked background.",
            "Το \(block.id) δεν δηλώνει στοιχείο και δεν σημειώνεται ως εκτός κειμένου."))
      }
      for name in ["errata", "erratum", "reading"] {
        for id in block.list(name) where !errata.contains(id) {
          faults.append(
            fault(
              "erratum", source, block.field(name)?.line ?? block.line, "\(block.id) names \(id), which no erratum block holds.",
              "Το \(block.id) αναφέρει το \(id), που δεν υπάρχει ως παρόραμα."))
        }
      }
    }
    return faults
  }

  private func subjects() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    var tests: Set<String> = []
    do throws(Diagnostic) {
      tests = Set(try vocabulary.tests.map(\.id))
    } catch {
      faults.append(error)
    }
    func known(_ id: String) -> Bool { vocabulary.therapy(id: id) != nil || tests.contains(id) }
    for rule in guideline.rules {
      for id in rule.subjects where !known(id) { faults.append(unknown(id, rule, rule.isRemark ? "about" : "advise")) }
      for id in rule.with where vocabulary.therapy(id: id) == nil && guideline.rule(id: id) == nil {
        faults.append(unknown(id, rule, "with"))
      }
      for (field, ids) in [("overrides", rule.overrides), ("conflicts", rule.conflicts)] {
        for id in ids where guideline.rule(id: id) == nil { faults.append(unknown(id, rule, field)) }
      }
    }
    for (block, source) in written where !["rule", "remark", "erratum"].contains(block.kind) {
      for id in block.list("therapy") where !known(id) {
        faults.append(
          fault(
            "unknown", source, block.field("therapy")?.line ?? block.line, "\(block.id) speaks of \(id), which the vocabulary doesn't have.",
            "Το \(block.id) αφορά το \(id), που δεν υπάρχει στο λεξιλόγιο."))
      }
    }
    return faults
  }

  private func unknown(_ id: String, _ rule: Rule, _ field: String) -> Diagnostic {
    fault(
      "unknown", rule, field: field, "\(rule.id) names \(id) (\(field)), which doesn't exist.",
      "Ο κανόνας \(rule.id) αναφέρει το \(id) (\(field)), που δεν υπάρχει.")
  }

  private func relations() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for rule in guideline.rules {
      if let cycle = cycle(from: rule) {
        faults.append(
          fault(
            "override-cycle", rule, field: "overrides", "\(rule.id) overrides itself: \(cycle.joined(separator: " → ")).",
            "Ο κανόνας \(rule.id) υπερισχύει του εαυτού του: \(cycle.joined(separator: " → "))."))
      }
      for (field, ids) in [("overrides", rule.overrides), ("conflicts", rule.conflicts)] {
        for other in ids.compactMap({ guideline.rule(id: $0) }) where !guideline.related(rule, other) {
          faults.append(
            fault(
              "unrelated", rule, field: field, "\(rule.id) names \(other.id) (\(field)), but they share no therapy or group.",
              "Ο κανόνας \(rule.id) αναφέρει τον \(other.id) (\(field)), αλλά δεν έχουν κοινή θεραπεία ή ομάδα."))
        }
      }
      for other in rule.with.compactMap({ guideline.rule(id: $0) }) where other.isCompanion {
        faults.append(
          fault(
            "companion-of-companion", rule, field: "with", "\(rule.id) accompanies \(other.id), which is a companion itself.",
            "Ο κανόνας \(rule.id) συνοδεύει τον \(other.id), που είναι και ο ίδιος συνοδευτικός."))
      }
      if rule.standsAlone, rule.when == .always {
        faults.append(
          fault(
            "alone", rule, field: "alone", "The remark \(rule.id) stands alone, so it needs a condition: else it would always show.",
            "Η παρατήρηση \(rule.id) είναι αυτοτελής, άρα χρειάζεται συνθήκη (when): αλλιώς θα εμφανιζόταν πάντα."))
      }
      let halves = (rule.role != nil, rule.strength != nil)
      if rule.isRemark, halves.0 || halves.1 || rule.isCompanion {
        faults.append(
          fault(
            "role", rule, field: "role", "The remark \(rule.id) can't have with, role or strength.",
            "Η παρατήρηση \(rule.id) δεν παίρνει with, role ή strength."))
      } else if rule.isCompanion ? !(halves.0 && halves.1) : halves.0 != halves.1 {
        faults.append(
          fault(
            "role", rule, field: "with", "The companion \(rule.id) needs both a role and a strength.",
            "Ο συνοδευτικός κανόνας \(rule.id) χρειάζεται και ρόλο (role) και ισχύ (strength)."))
      }
      if rule.stance == .alongside, !rule.isCompanion, rule.role == nil {
        faults.append(
          fault(
            "role", rule, field: "advise", "\(rule.id) stands alongside, but says neither what it accompanies nor its role.",
            "Ο κανόνας \(rule.id) ισχύει «μαζί με», αλλά δεν λέει τι συνοδεύει ούτε τον ρόλο του."))
      }
    }
    return faults
  }

  /// The way from a rule through what it overrides back to itself.
  private func cycle(from rule: Rule) -> [String]? {
    var paths = [[rule.id]]
    var seen = Set<String>()
    while let path = paths.popLast() {
      guard let last = path.last, let current = guideline.rule(id: last) else { continue }
      for next in current.overrides {
        if next == rule.id { return path + [next] }
        if seen.insert(next).inserted { paths.append(path + [next]) }
      }
    }
    return nil
  }

  /// A level and a grade come together, on rules that state facts, the same wherever a fact is stated.
  private func gradings() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    var gradings: [String: (level: String?, grade: String?, rule: String)] = [:]
    for rule in guideline.rules {
      if (rule.level == nil) != (rule.grade == nil) || rule.level.map({ !["1", "2", "3", "4", "5"].contains($0) }) == true
        || rule.grade.map({ !["A", "B", "C", "D"].contains($0) }) == true
      {
        faults.append(
          fault(
            "grading", rule, field: rule.level == nil ? "grade" : "level",
            "\(rule.id) needs a level from 1 to 5 and a grade from A to D, or neither.",
            "Ο κανόνας \(rule.id) χρειάζεται επίπεδο από 1 έως 5 και βαθμό από A έως D, ή κανένα από τα δύο."))
      }
      if rule.level != nil, rule.isBackground || rule.isRemark || rule.facts.isEmpty {
        faults.append(
          fault(
            "grading", rule, field: "level", "\(rule.id) has a level, but is background, a remark or without facts.",
            "Ο κανόνας \(rule.id) έχει επίπεδο, αλλά είναι εκτός κειμένου, παρατήρηση ή χωρίς στοιχεία."))
      }
      if rule.isBackground || rule.isRemark { continue }
      for id in rule.facts {
        if let known = gradings[id], known.level != rule.level || known.grade != rule.grade {
          faults.append(
            fault(
              "grading", rule, field: "level", "\(id) has another level or grade in \(known.rule) than in \(rule.id).",
              "Το \(id) έχει άλλο επίπεδο ή βαθμό στον \(known.rule) από ό,τι στον \(rule.id)."))
        } else {
          gradings[id] = (rule.level, rule.grade, rule.id)
        }
      }
    }
    return faults
  }
}
