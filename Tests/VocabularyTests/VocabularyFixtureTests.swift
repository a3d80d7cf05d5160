import Testing
import Vocabulary

@Suite("The vocabulary reads")
struct VocabularyTests {
  @Test("the files of tests and terms read without error")
  func reference() throws { try Vocabulary.embedded().checkReference() }
}
