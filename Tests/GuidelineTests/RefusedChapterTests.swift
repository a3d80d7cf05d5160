import Testing

@Suite("A chapter that can't be read is refused with file and line")
struct RefusedChapterTests {
  private let trial = TrialChapter()

  @Test(
    "what a rule can't say",
    arguments: [
      ("when size > 2 cm", "when colour is blue", "finding.unknown", "when colour is blue"),
      ("when size > 2 cm", "when syndrome is measles", "finding.value-unknown", "when syndrome is measles"),
      ("when size > 2 cm", "if size > 2 cm", "chapter.format", "if size > 2 cm"),
      ("advise resection do", "advise resection perhaps", "chapter.format", "advise resection perhaps"),
      ("role setting", "role guest", "chapter.format", "role guest"),
      ("strength must", "strength ought", "chapter.format", "strength ought"),
      ("```erratum E01", "```mistake E01", "chapter.format", "```mistake E01"),
      ("```erratum E01", "```erratum", "chapter.format", "```erratum"),
      ("<a id=\"trial.dose\"></a>", "<a id=\"trial.dose\">", "chapter.format", "<a id=\"trial.dose\">"),
    ])
  func refused(_ text: String, _ replacement: String, _ code: String, _ line: String) throws {
    let broken = trial.english(text, replacement)
    let error = try #require(try broken.refusal())
    #expect(error.code == code)
    #expect(error.file == "chapters/01-trial.md")
    let lines = broken.englishFile.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[try #require(error.line) - 1].contains(line))
  }

  @Test("a chapter without its first line")
  func firstLine() throws {
    let error = try #require(try trial.english("<!-- islet chapter 1 -->", "<!-- chapter -->").refusal())
    #expect(error.message.english == "The chapter can't be read: the first line is <!-- islet chapter 1 -->.")
    #expect(error.message.greek == "Το κεφάλαιο δεν διαβάζεται: η πρώτη γραμμή είναι <!-- islet chapter 1 -->.")
    #expect(error.line == 1)
  }
}
