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
