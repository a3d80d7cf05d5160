import ReportSamples
import Testing
import Wording

@testable import Reports

@Suite("Markdown: what is read")
struct MarkdownTests {
  private func html(_ text: String, _ anchors: Set<String> = []) -> String {
    MarkdownHTML(citations: Citations(anchors)).html(Markdown.blocks(of: text))
  }

  @Test(
    "Each form of the subset becomes its element",
    arguments: [
      ("# One", "<h1>One</h1>"), ("### Three ###", "<h3>Three</h3>"), ("a\nb", "<p>a b</p>"), ("a  \nb", "<p>a<br>b</p>"),
      ("*a* and **b** and _c_", "<p><em>a</em> and <strong>b</strong> and <em>c</em></p>"), ("snake_case_word", "<p>snake_case_word</p>"),
      ("2 * 3 * 4", "<p>2 * 3 * 4</p>"), ("`a < b`", "<p><code>a &lt; b</code></p>"), ("``a ` b``", "<p><code>a ` b</code></p>"),
      (
        "`islet render X -o Y --language el`", "<p><code>islet render X <span class=\"whole\">-o</span> Y <span class=\"whole\">--language</span> el</code></p>"
      ),
      ("`2 - 3`, `--a-word-longer-than-a-narrow-screen`", "<p><code>2 - 3</code>, <code>--a-word-longer-than-a-narrow-screen</code></p>"),
      ("\\*a\\*", "<p>*a*</p>"), ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"), ("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>"),
      ("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul></li>\n</ul>"), ("> a\n> b", "<blockquote><p>a b</p></blockquote>"), ("---", "<hr>"),
      ("[a](b.el.md)", "<p><a href=\"b.el.html\" rel=\"noreferrer\">a</a></p>"), ("[a](./b.md#c)", "<p><a href=\"./b.html#c\" rel=\"noreferrer\">a</a></p>"),
      ("[a](https://b.md)", "<p><a href=\"https://b.md\" rel=\"noreferrer\">a</a></p>"),
      ("[a](https://x.org/b.md#c)", "<p><a href=\"https://x.org/b.md#c\" rel=\"noreferrer\">a</a></p>"),
      ("[a](../b.md)", "<p><a href=\"../b.md\" rel=\"noreferrer\">a</a></p>"), ("[a](.md)", "<p><a href=\".md\" rel=\"noreferrer\">a</a></p>"),
      ("[a](b.txt)", "<p><a href=\"b.txt\" rel=\"noreferrer\">a</a></p>"),
      ("[a](#b)", "<p><a href=\"#b\" rel=\"noreferrer\">a</a></p>"), ("a <!-- b --> c", "<p>a  c</p>"), ("<!-- islet chapter 1 -->\n# A", "<h1>A</h1>"),
      ("# A\n<a id=\"x.y\"></a> F001 · P001\n\nText", "<h1 id=\"x.y\">A</h1>\n<p class=\"source\">F001<span class=\"whole\"> ·</span> P001</p>\n<p>Text</p>"),
      ("a *b", "<p>a *b</p>"),
      ("*a **b***", "<p><em>a <strong>b</strong></em></p>"), ("", ""), ("α *β* γ", "<p>α <em>β</em> γ</p>"),
    ])
  func forms(_ text: String, _ expected: String) { #expect(html(text) == expected) }

  @Test("A fence keeps its info and its lines, comments and marks in it too; an open one runs to the end")
  func fences() {
    #expect(
      Markdown.blocks(of: "```islet error=dose.unit\ngive x\n\n*a* <!-- b -->\n```\nafter") == [
        .code(info: "islet error=dose.unit", ["give x", "", "*a* <!-- b -->"]), .paragraph([.text("after")]),
      ])
    #expect(Markdown.blocks(of: "```\na") == [.code(info: "", ["a"])])
    #expect(Markdown.blocks(of: "````\n```\n````") == [.code(info: "", ["```"])])
  }

  @Test("A table has a head and rows as wide as the head; an escaped bar stays in its cell")
  func tables() {
    let blocks = Markdown.blocks(of: "| a | b |\n|---|:-:|\n| c\\|d | *e* | f |\n| g |")
    #expect(blocks == [.table(head: [[.text("a")], [.text("b")]], rows: [[[.text("c|d")], [.emphasis([.text("e")])]], [[.text("g")], []]])])
  }

  @Test(
    "No hostile text becomes an element, an attribute or a link that runs",
    arguments: [
      "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a id=\"x\" onclick=\"y\"></a>", "<a id=\"x y\"></a>", "[a](javascript:alert(1))",
      "[a](JaVaScRiPt:alert(1))", "[a](java\tscript:alert(1))", "[a](&#106;avascript:alert(1))", "[a](data:text/html,<script>)", "[a](vbscript:x)",
      "[a](//evil.example)", "[a](\u{1}javascript:x)", "![a](javascript:x)", "<javascript:alert(1)>", "[a](https://x\" onmouseover=\"y)", "<!-- <script> -->",
      "<!-- open", "# <b>x</b>", "| <i>a</i> | b |\n|---|---|\n| <script> | c |", "```<script>\n</code></pre><script>\n```", "> <iframe src=x>",
      "- <svg onload=x>", "[<img>](#a\"b)", "<style>*{}</style>", "&lt;script&gt;", "[a](file:///etc/passwd)", "\u{202E}abc",
    ])
  func hostile(_ text: String) throws {
    let result = html(text)
    let elements = try Elements("<div>" + result + "</div>", isHTML: true)
    let allowed: Set = ["div", "p", "h1", "a", "table", "thead", "tbody", "tr", "th", "td", "pre", "code", "span", "blockquote", "ul", "li"]
    for element in elements.all {
      #expect(allowed.contains(element.name), "\(result)")
      #expect(Set(element.attributes.keys).isSubset(of: ["id", "href", "rel", "class", "tabindex", "role", "aria-label", "scope"]), "\(result)")
      if let target = element.attributes["href"] { #expect(target.hasPrefix("#") || target.hasPrefix("https://"), "\(result)") }
    }
    #expect(!result.contains("\u{202E}") && !result.contains("\u{1}"))
  }

  @Test("A citation is a link where the page holds what it leads to, and nowhere else")
  func citations() {
    #expect(html("See P002, P003 and surgery.", ["P002", "surgery"]).contains("<a class=\"cite\" href=\"#P002\">P002</a>, P003 and surgery."))
    #expect(!html("`P002` [P002](#x)", ["P002"]).contains("class=\"cite\""))
  }

  @Test("Long lines of opening marks are read in time that grows with their length", .timeLimit(.minutes(1)))
  func long() {
    for mark in ["*a ", "[", "[a](", "`a ``b ", "<", "_a __b ", "> ", "- ", "| a ", "\\", "![", "<!-- ", "1. "] {
      #expect(!html(String(repeating: mark, count: 3000)).contains("<script"))
      #expect(!html(String(repeating: mark + "\n", count: 2000)).contains("<script"))
    }
    #expect(!html("- a" + String(repeating: "\n", count: 20000) + "b").isEmpty)
  }
}

@Suite("The reader of XML that the tests use")
struct ElementsTests {
  @Test(
    "What is not well-formed is refused",
    arguments: ["<a>", "<a></b>", "<a b=c></a>", "<a b=\"1\" b=\"2\"></a>", "<a>&x;</a>", "<a>& b</a>", "</a>", "<a", "x", "<a b=\"<\"></a>"])
  func refused(_ text: String) { #expect(throws: Elements.Fault.self) { try Elements(text) } }

  @Test("What is well-formed is read")
  func read() throws {
    let elements = try Elements("<a b=\"1\"><c/>x &amp; y</a>")
    #expect(elements.all.map(\.name) == ["a", "c"] && elements.all[0].attributes == ["b": "1"] && elements.all[0].text == "x &amp; y")
  }
}
