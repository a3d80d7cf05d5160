import Guideline
import Reports
import Sessions
import Teaching
import Vocabulary
import Wording

/// The words by which editors and highlighters tell the parts of a line, by what they are, in both languages: `islet schema words`.
struct EditorWords {
  let guideline: Guideline
  let commands: [Command]

  func json() throws(Diagnostic) -> JSON {
    let vocabulary = guideline.vocabulary
    var units: [String] = []
    var particles: [String] = []
    for file in TextFile.embedded(prefix: "vocabulary/words.txt") {
      for line in file.withBytes({ $0.text }).split(separator: "\n") {
        let name = line.prefix { $0 != " " }
        let phrases = line.dropFirst(name.count).split(whereSeparator: { $0 == ";" || $0 == "=" }).map { $0.trimmingSpaces() }
        if name == "unit" { units += phrases } else if let particle = Particle(rawValue: String(name)), particle != .filler { particles += phrases }
      }
    }
    let findings = vocabulary.findings.flatMap { [$0.id, $0.name.english, $0.name.greek] }
    let values = vocabulary.findings.flatMap(\.values).flatMap { [$0.id, $0.shown.english, $0.shown.greek] }
    return .fields([
      ("commands", Self.sorted(commands.flatMap { [$0.id, $0.name.greek] + $0.aliases })),
      ("options", Self.sorted(commands.flatMap(\.takes).filter { $0.style == .keyword }.flatMap { [$0.words.english, $0.words.greek] + $0.aliases })),
      ("scenario", Self.sorted(Array(ScenarioReference.readerWords))),
      ("conditions", Self.sorted(particles)), ("findings", Self.sorted(findings)), ("values", Self.sorted(values)),
      ("therapies", Self.sorted(vocabulary.therapies.flatMap { [$0.id, $0.name.english, $0.name.greek] })),
      ("tests", Self.sorted(try vocabulary.tests.flatMap { [$0.id, $0.name.english, $0.name.greek] })), ("units", Self.sorted(units)),
    ])
  }

  private static func sorted(_ words: [String]) -> JSON {
    .strings(Set(words.map { $0.trimmingSpaces() }.filter { $0.contains(where: \.isLetter) || $0 == "%" }).sorted())
  }
}
