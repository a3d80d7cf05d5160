import Wording

/// Headings: each has its title, its anchor and its companion in Greek with the same anchor line, in the same order; no
/// fact stands under two headings.
extension ChapterCheck {
  /// The topics by which `recommend` narrows.
  static let topics: Set<String> = [
    "surgery", "liver", "transplantation", "drugs", "analogues", "chemotherapy", "targeted", "local", "radionuclide",
    "radiotherapy", "supportive",
  ]

  func headings() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for (english, greek) in pairs {
      faults += titles(english)
      guard let greek else {
        faults.append(
          fault(
            "companion", english, 1, "The chapter \(english.name) has no Greek companion \(english.name).el.md.",
            "Το κεφάλαιο \(english.name) δεν έχει ελληνικό αντίστοιχο \(english.name).el.md."))
        continue
      }
      do throws(Diagnostic) {
        _ = try guideline.chapter(english.name, .greek)
      } catch {
        faults.append(error)
      }
      faults += titles(greek) + companion(english, greek)
    }
    for source in sources where source.language == .greek && !pairs.contains(where: { $0.english.name == source.name }) {
      faults.append(
        fault(
          "companion", source, 1, "The Greek chapter \(source.name) has no English chapter \(source.name).md.",
          "Το ελληνικό κεφάλαιο \(source.name) δεν έχει αγγλικό \(source.name).md."))
    }
    return faults + factsOnce() + idsOnce()
  }

  private func titles(_ source: ChapterSource) -> [Diagnostic] {
    var faults: [Diagnostic] = []
    if source.title.map({ Self.topics.contains($0.topic) }) != true {
      faults.append(
        fault(
          "topic", source, source.title?.anchorLine ?? 1, "The chapter's anchor line doesn't end in a topic.",
          "Η γραμμή αγκύρωσης του κεφαλαίου δεν τελειώνει σε θέμα.",
          help: [Words(same: Self.topics.sorted().joined(separator: ", "))]))
    }
    for heading in (source.title.map { [$0] } ?? []) + source.headings {
      if heading.title.isEmpty {
        faults.append(fault("title", source, heading.line, "The heading has no title.", "Η επικεφαλίδα δεν έχει τίτλο."))
      } else if source.language == .greek, !heading.title.hasGreek, Self.hasWord(heading.title) {
        faults.append(
          fault(
            "title", source, heading.line, "The title “\(heading.title)” isn't in Greek.",
            "Ο τίτλος «\(heading.title)» δεν είναι στα ελληνικά."))
      }
      if heading.id.isEmpty {
        faults.append(
          fault(
            "anchor", source, heading.line, "“\(heading.title)” has no anchor line.",
            "Η επικεφαλίδα «\(heading.title)» δεν έχει γραμμή αγκύρωσης."))
      }
    }
    for heading in source.headings where heading.prose.isEmpty {
      faults.append(
        fault(
          "prose", source, heading.line, "There is no prose under \(heading.id).", "Δεν υπάρχει κείμενο κάτω από το \(heading.id)."))
    }
    return faults
  }

  private func companion(_ english: ChapterSource, _ greek: ChapterSource) -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for block in greek.blocks {
      faults.append(
        fault(
          "companion", greek, block.line, "The Greek companion holds prose only; the block \(block.id) belongs to the English file.",
          "Το ελληνικό αντίστοιχο έχει μόνο κείμενο· το πλαίσιο \(block.id) ανήκει στο αγγλικό αρχείο."))
    }
    if let first = english.title, let second = greek.title, first.anchor != second.anchor {
      faults.append(differing(first, second, greek))
    }
    for heading in english.headings {
      guard let other = greek.headings.first(where: { $0.id == heading.id }) else {
        faults.append(
          fault(
            "companion", english, heading.line, "The heading \(heading.id) has no Greek companion.",
            "Η επικεφαλίδα \(heading.id) δεν έχει ελληνικό αντίστοιχο."))
        continue
      }
      if heading.anchor != other.anchor { faults.append(differing(heading, other, greek)) }
    }
    for heading in greek.headings where !english.headings.contains(where: { $0.id == heading.id }) {
      faults.append(
        fault(
          "companion", greek, heading.line, "The Greek heading \(heading.id) has no English one.",
          "Η ελληνική επικεφαλίδα \(heading.id) δεν έχει αγγλική."))
    }
    let both = Set(english.headings.map(\.id)).intersection(greek.headings.map(\.id))
    let first = english.headings.map(\.id).filter(both.contains)
    let second = greek.headings.filter { both.contains($0.id) }
    if let place = second.indices.first(where: { $0 < first.count && second[$0].id != first[$0] }) {
      faults.append(
        fault(
          "order", greek, second[place].line, "\(second[place].id) stands where the English chapter has \(first[place]).",
          "Το \(second[place].id) βρίσκεται εκεί όπου το αγγλικό κεφάλαιο έχει το \(first[place])."))
    }
    return faults
  }

  private func differing(
    _ english: ChapterSource.Heading, _ greek: ChapterSource.Heading, _ source: ChapterSource
  ) -> Diagnostic {
    fault(
      "anchor", source, greek.anchorLine, "The anchor line of \(greek.id) differs from the English one.",
      "Η γραμμή αγκύρωσης του \(greek.id) διαφέρει από την αγγλική.", help: [Words(same: english.anchor)])
  }

  private func factsOnce() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    var seen: [String: String] = [:]
    for (source, _) in pairs {
      for heading in source.headings {
        for fact in heading.facts {
          if let first = seen[fact] {
            faults.append(
              fault(
                "fact-twice", source, heading.anchorLine, "\(fact) appears under \(heading.id) and under \(first).",
                "Το \(fact) υπάρχει στο \(heading.id) και στο \(first)."))
          } else {
            seen[fact] = heading.id
          }
        }
      }
    }
    return faults
  }

  private func idsOnce() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    var seen = Set<String>()
    for (source, _) in pairs {
      for heading in (source.title.map { [$0] } ?? []) + source.headings where !heading.id.isEmpty {
        if !seen.insert("#" + heading.id).inserted { faults.append(twice(heading.id, source, heading.anchorLine)) }
      }
    }
    for (block, source) in written where !seen.insert(block.id).inserted { faults.append(twice(block.id, source, block.line)) }
    return faults
  }

  private func twice(_ id: String, _ source: ChapterSource, _ line: Int) -> Diagnostic {
    fault("id-twice", source, line, "The id \(id) is taken already.", "Το αναγνωριστικό \(id) υπάρχει ήδη.")
  }

  /// Whether a text has a word of small letters: more than abbreviations and numbers.
  static func hasWord(_ text: String) -> Bool {
    text.split { !$0.isLetter }.contains { $0.count > 3 && $0.dropFirst().allSatisfy { $0.isLowercase } }
  }
}
