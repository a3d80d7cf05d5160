import Testing
import Wording

@testable import Vocabulary

@Suite("The index of the vocabulary's phrases")
struct VocabularyIndexTests {
  let files = TextFile.embedded(prefix: "vocabulary/")

  @Test("it is what the files give now; if not, run: make index")
  func upToDate() throws {
    let index = try #require(files.first { $0.name.hasSuffix("vocabulary.index") })
    let same = try Vocabulary.index(of: files) == index.withBytes { Array($0) }
    #expect(same, "run: make index")
  }

  @Test("a vocabulary read with it means the same by every phrase")
  func same() throws {
    let indexed = try Vocabulary(files: files)
    let plain = try Vocabulary(files: files.filter { !$0.name.hasSuffix(".index") })
    for (phrase, _) in plain.allPhrases { #expect(indexed.meanings(of: FoldedKey(phrase)) == plain.meanings(of: FoldedKey(phrase))) }
    for (phrase, meaning) in plain.allValuePhrases {
      guard case .value(let finding, _) = meaning else { continue }
      #expect(indexed.value(FoldedKey(phrase), of: finding) == plain.value(FoldedKey(phrase), of: finding))
    }
    for (phrase, _) in plain.allTherapyPhrases {
      #expect(indexed.therapies(named: FoldedKey(phrase)).map(\.id) == plain.therapies(named: FoldedKey(phrase)).map(\.id))
    }
  }

  @Test("an index of other files, cut short or of nothing is passed over", arguments: [0, 7, 40, 5_000])
  func passedOver(length: Int) throws {
    let bytes = try Vocabulary.index(of: files)
    let texts = files.filter { !$0.name.hasSuffix(".index") }
    let broken = texts + [TextFile(name: "vocabulary/vocabulary.index", bytes: Array(bytes.prefix(length)))]
    let vocabulary = try Vocabulary(files: broken)
    #expect(vocabulary.meanings(of: FoldedKey("insulinoma")) != nil)
  }
}
