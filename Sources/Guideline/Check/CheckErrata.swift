import Vocabulary
import Wording

/// Errata: what the text prints stands only on a line with the erratum's id; the printed lines say the reading.
extension ChapterCheck {
  func errata() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    let lines = sources.flatMap { source in source.lines.enumerated().map { (source, $0.offset + 1, Self.words($0.element)) } }
    for (block, source) in written where block.kind == "erratum" {
      faults += printed(block, source)
      guard let field = block.field("forms") else { continue }
      let sign = " (\(block.id); read: "
      let listed = field.value.range(of: sign).map { field.value[..<$0.lowerBound] } ?? field.value[...]
      let forms = listed.split(separator: ";").map { Self.words(String($0)) }.filter { !$0.isEmpty }
      let id = Folding.key(block.id)
      for (other, line, words) in lines {
        guard let form = forms.first(where: { Self.contains(words, $0) }), !words.contains(id) else { continue }
        let text = form.joined(separator: " ")
        faults.append(
          fault(
            "printed-value", other, line, "What \(block.id) corrects (“\(text)”) appears on a line without \(block.id).",
            "Αυτό που διορθώνει το \(block.id) («\(text)») βρίσκεται σε γραμμή χωρίς το \(block.id)."))
      }
    }
    return faults
  }

  /// `printed-en` ends in `(E01; read: …)`, `printed-el` in `(E01· ανάγνωση: …)`.
  private func printed(_ block: SourceBlock, _ source: ChapterSource) -> [Diagnostic] {
    var faults: [Diagnostic] = []
    let signs = [
      ("printed-en", "(\(block.id); read: "), ("printed-el", "(\(block.id)· ανάγνωση: "), ("forms", "(\(block.id); read: "),
    ]
    for (name, sign) in signs {
      guard let field = block.field(name), field.value.range(of: sign) == nil else { continue }
      faults.append(
        fault(
          "printed-value", source, field.line, "\(name) of \(block.id) doesn't give its id and the reading: \(sign)…).",
          "Το \(name) του \(block.id) δεν δίνει τον κωδικό και την ανάγνωση: \(sign)…)."))
    }
    if let field = block.field("severity"), !["A", "B", "C"].contains(field.value) {
      faults.append(
        fault("erratum", source, field.line, "The severity of \(block.id) is A, B or C.", "Η σοβαρότητα του \(block.id) είναι A, B ή C."))
    }
    return faults
  }

  /// The words of a line, folded; anything but letters and digits parts them.
  private static func words(_ line: String) -> [String] {
    line.split { !($0.isLetter || $0.isNumber || $0 == ".") }.map { word in
      Folding.key(word.last == "." ? String(word.dropLast()) : String(word))
    }.filter { !$0.isEmpty }
  }

  private static func contains(_ words: [String], _ form: [String]) -> Bool {
    guard let first = form.first, words.count >= form.count else { return false }
    return (0...words.count - form.count).contains { place in
      words[place] == first && words[place..<place + form.count].elementsEqual(form)
    }
  }
}
