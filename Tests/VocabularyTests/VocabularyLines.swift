import Vocabulary

/// The phrases of the vocabulary as its files have them, each with what it belongs to.
struct VocabularyLines {
  enum Owner: Hashable {
    case finding(String)
    case value(finding: String, value: String)
    case therapy(String)
  }

  /// What a phrase is: the printed text, another way to write it, or a phrase that means the value anywhere.
  enum Use { case shown, also, alone }

  struct Phrase {
    let text: String
    let owner: Owner
    let use: Use
  }

  let phrases: [Phrase]

  init() {
    var found: [Phrase] = []
    for name in ["findings", "therapies"] {
      for file in TextFile.embedded(prefix: "vocabulary/" + name) {
        var owner: Owner?
        var finding = ""
        file.withBytes { bytes in
          var cursor = LineCursor(bytes)
          while let line = cursor.read() {
            let (word, rest) = line.trimmed.headAndRest
            switch word.text {
            case "finding":
              finding = rest.text
              owner = .finding(finding)
            case "value": owner = .value(finding: finding, value: rest.text)
            case "therapy": owner = .therapy(rest.text)
            case "en", "el": if let owner { found.append(Phrase(text: rest.text, owner: owner, use: .shown)) }
            case "also", "alone":
              guard let owner else { continue }
              let use: Use = word.text == "also" ? .also : .alone
              found += rest.parts(separator: 0x3B).map { Phrase(text: $0.text, owner: owner, use: use) }
            default: continue
            }
          }
        }
      }
    }
    phrases = found
  }
}
