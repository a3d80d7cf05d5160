import Testing
import Vocabulary
import Wording

@Suite("The names of practice")
struct PracticeNameTests {
  @Test("no name means two things")
  func clashes() throws {
    #expect(try Vocabulary.embedded().practiceNames.clashes == [])
  }

  @Test("case, number, article and spelling make no difference, and a letter does")
  func loose() {
    let same: [(String, String)] = [
      ("ενυδάτωση", "ενυδάτωσης"), ("αναστολέας αντλίας πρωτονίων", "αναστολείς της αντλίας πρωτονίων"),
      ("χολοκυστεκτομή", "χολοκυστεκτομές"),
      ("χημειοεμβολισμός", "χημειοεμβολισμό"), ("εβερόλιμους", "ΕΒΕΡΟΛΙΜΟΥΣ"), ("υπερηχογράφημα", "υπερηχογραφήματος"),
      ("antibiotic", "antibiotics"), ("chemoembolisation", "chemoembolization"), ("tumour", "tumor"),
      ("Whipple's", "Whipples"),
      ("a Whipple", "the Whipple"),
    ]
    for (one, other) in same { #expect(LooseName.key(one) == LooseName.key(other), "\(one), \(other)") }
    let different = [
      ("cisplatin", "carboplatin"), ("sunitinib", "sunitinb"), ("ορός", "όρος αίματος"), ("everolimus", "sirolimus"),
    ]
    for (one, other) in different { #expect(LooseName.key(one) != LooseName.key(other), "\(one), \(other)") }
  }

  @Test("every therapy is found by its name in both languages, and in Greek in the genitive of its words")
  func found() throws {
    let vocabulary = try Vocabulary.embedded()
    let names = try vocabulary.practiceNames
    for therapy in vocabulary.therapies {
      for text in [therapy.name.english, therapy.name.greek] {
        let found = names.therapy(LooseName.key(text))
        #expect(found?.ids.contains(therapy.id) == true, "\(text)")
      }
    }
  }
}

@Suite("A line of the vocabulary that can't be read is refused with its place")
struct VocabularyLineTests {
  /// The vocabulary with a line put behind the first of a file.
  private func vocabulary(_ line: String, in part: String) throws -> Vocabulary {
    let files = TextFile.embedded(prefix: "vocabulary/").map { file in
      guard file.name == "vocabulary/" + part else { return file }
      var lines = file.withBytes { String(decoding: $0, as: UTF8.self) }.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      lines.insert(line, at: 1)
      return TextFile(name: file.name, bytes: Array(lines.joined(separator: "\n").utf8))
    }
    return try Vocabulary(files: files)
  }

  @Test(
    "in the names of practice and the words of doses",
    arguments: [
      ("practice.txt", "name octreotide"), ("practice.txt", "brand no-such-drug = Nonsense"), ("practice.txt", "nonsense octreotide = X"),
      ("doses.txt", "unit"),
      ("doses.txt", "nonsense"),
    ])
  func refused(part: String, line: String) throws {
    let error = try #require(throws: Diagnostic.self) {
      let vocabulary = try vocabulary(line, in: part)
      _ =
        try part == "practice.txt"
        ? vocabulary.practiceNames.written.count
        : {
          _ = try vocabulary.doseWords; return 0
        }()
    }
    #expect(error.code == "vocabulary.line" && error.file == "vocabulary/" + part && error.line == 2, "\(error)")
    #expect(error.message.english.hasSuffix(line) && error.message.greek.hasSuffix(line) && error.message.english != error.message.greek)
  }
}
