import Testing
import Wording

@Suite("A text in spans")
struct TextTests {
  @Test("one thing and several agree with their numbers, in Greek also in gender")
  func numbers() {
    func said(_ count: Int) -> Words { Words(count, one: Words("1 day", "1 ημέρα"), several: Words("\(count) days", "\(count) ημέρες")) }
    #expect([0, 1, 2].map { said($0).english } == ["0 days", "1 day", "2 days"] && said(1).greek == "1 ημέρα")
    #expect([1, 2].map { Words.more($0).greek } == ["… και άλλο 1", "… και άλλα 2"])
    #expect([1, 2].map { Words.more($0, feminine: true).greek } == ["… και άλλη 1", "… και άλλες 2"] && Words.more(1).english == "… and 1 more")
  }

  @Test("Spans cover the text in order, and joining and slicing keep what they are")
  func spans() {
    let cited = Text.citation("P002")
    let text: Text = "όπως στην \(cited), δηλαδή \(Text("200 mg", .dose))."
    #expect(text.string == "όπως στην P002, δηλαδή 200 mg.")
    #expect(
      text.spans == [
        .init(string: "όπως στην ", kinds: []), .init(string: "P002", kinds: [.citation("P002")]), .init(string: ", δηλαδή ", kinds: []),
        .init(string: "200 mg", kinds: [.dose]), .init(string: ".", kinds: []),
      ])
    #expect("(" + text + ")" == Text("(") + text + Text(")"))
    #expect([cited, "b"].joined(separator: " · ").spans.map(\.string) == ["P002", " · b"])
    #expect(("a " + cited).split(separator: " ") == ["a", cited])
    let bytes = text.string.utf8.count
    for place in 0...bytes {
      let (first, rest) = (text[0..<place], text[place..<bytes])
      // Offsets within a letter give nothing.
      if first.string + rest.string == text.string { #expect((first + rest).spans.map(\.string).joined() == text.string) }
    }
  }

  @Test("What holds another keeps it, and a change of letters moves the marks with them")
  func nested() {
    let line = ("E01 · " as Text).marked(.erratum("E01")) + "x"
    let whole = (Text.citation("E01") + " <50 mg>").marked(.erratum("E01"))
    #expect(whole.spans.map(\.kinds) == [[.erratum("E01"), .citation("E01")], [.erratum("E01")]])
    #expect(whole.holdsErratum && line.holdsErratum && !Text("E01").holdsErratum)
    let wider = whole.mapped { $0.split(separator: "<", omittingEmptySubsequences: false).joined(separator: "&lt;") }
    #expect(wider.spans.map(\.string) == ["E01", " &lt;50 mg>"] && wider.spans.map(\.kinds) == whole.spans.map(\.kinds))
    #expect(whole.mapped { _ in "" }.isEmpty)
  }

  @Test(
    "A sentence of the guideline is read once: ids of paragraphs, facts and errata are citations, other words are none",
    arguments: [
      ("(E22; read: P051, F012)", ["E22", "P051", "F012"]), ("(E22· ανάγνωση)", ["E22"]), ("P001–P121", ["P001", "P121"]), ("P002", ["P002"]),
      ("G2, E2, P2, E012, P0021, F12, XP002, P002b, Ε01, αP002, p002", []), ("", []), ("NET01 (F012)", ["F012"]),
    ])
  func citing(_ sentence: String, _ ids: [String]) {
    let text = Text(citing: sentence)
    #expect(text.string == sentence)
    #expect(text.spans.compactMap { if case .citation(let id)? = $0.kinds.first { id } else { nil } } == ids)
    #expect(text.spans.filter { !$0.kinds.isEmpty }.map(\.string) == ids)
  }

  @Test("Words keep what their parts are in each language, joined too", arguments: Language.allCases)
  func words(_ language: Language) {
    let words = Words(text: "see \(Text.citation("P100"))", "βλ. \(Text.citation("P100"))")
    #expect(words.text(language).spans.last?.kinds == [.citation("P100")])
    #expect(words[language] == words.text(language).string)
    #expect(Words.joined([words, Words("a", "α")], by: ", ").text(language).spans.map(\.kinds) == [[], [.citation("P100")], []])
    #expect(Words("see P100", "βλ. P100").text(language).spans.map(\.kinds) == [[]])
  }
}
