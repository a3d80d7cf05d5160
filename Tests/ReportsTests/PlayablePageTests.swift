import Testing
import Wording

@testable import Reports

@Suite("A page on which a case is played")
struct PlayablePageTests {
  private func page(_ language: Language) -> String {
    PlayablePage(
      title: "A <case>", language: language, subtitle: "s", intendedUse: "For training.", origin: "o", shell: "islet play a-case",
      pieces: [.block(.paragraph(Text(citing: "See P002 </script><script>alert(1)</script>"))), .row(Row("a row"))], table: .fields([("start", .integer(0))]),
      offer: HTMLPage.Offer(ids: ["P002"]) { _ in [HTMLPage.Source("P002", "Title", [Text("Paraphrase.")])] }
    ).html
  }

  @Test("its policy lets nothing in but its own script and style, by their hashes", arguments: Language.allCases)
  func policy(language: Language) throws {
    let html = page(language)
    #expect(html.contains("default-src 'none'; script-src 'sha256-") && !html.contains("unsafe-inline"))
    let style = try #require(html.firstMatch(of: /(?s)<style>(.*)<\/style>/)?.1)
    let script = try #require(html.firstMatch(of: /(?s)<script>(.*)<\/script>/)?.1)
    #expect(html.contains("style-src '\(PlayablePage.hash(String(style)))'"))
    #expect(html.contains("script-src '\(PlayablePage.hash(String(script)))'"))
    #expect(html.contains("<html lang=\"\(language.rawValue)\">") && html.contains("<noscript>"))
  }

  @Test("hashes are written as a policy names them: the standard's examples in base64")
  func hashes() {
    #expect(PlayablePage.hash("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    #expect(PlayablePage.hash("abc") == "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
    #expect(PlayablePage.base64(Array("fooba".utf8)) == "Zm9vYmE=" && PlayablePage.base64(Array("foob".utf8)) == "Zm9vYg==")
  }

  @Test("no text of a case ends the data or becomes an element, and what is cited is there to be opened")
  func escaping() {
    let html = page(.english)
    #expect(!html.contains("<script>alert") && html.contains("A &lt;case&gt;"))
    #expect(html.split(separator: "</script>", omittingEmptySubsequences: false).count == 3)
    #expect(html.contains("<article id=\"P002\"") && html.contains("Paraphrase."))
  }
}
