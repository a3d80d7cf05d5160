import Foundation
import ReportSamples
import Testing
import Wording

@testable import Reports

@Suite("A page in HTML")
struct HTMLPageTests {
  static let use = Words("For training with hypothetical patients only.", "Μόνο για εκπαίδευση με υποθετικούς ασθενείς.")

  static func page(_ language: Language) -> HTMLPage {
    let text = Words(
      "# A page\n\nSee P002.\n\n## First\n\n| a | b |\n|---|---|\n| c | d |\n\n## Second\n\n## Second\n\n```rule x\nwhen y\n```",
      "# Σελίδα\n\nΒλ. P002.\n\n## Πρώτα\n\n| α | β |\n|---|---|\n| γ | δ |\n\n## Έπειτα\n\n## Έπειτα\n\n```rule x\nwhen y\n```")[language]
    let rows = Report(blocks: [
      .heading("Recommended"),
      .rows([
        Row("Enucleation", number: 1, detail: "if found", citation: Text.citations(["P002", "P003"])),
        Row("histology", mark: "+", citation: Text.citation("P002"), level: 1),
      ]),
      .notice("more"), .table(["a", "b"], [["1", .citation("P002")]]), .verbatim(["x  y"]),
    ])
    let wrong = Report(
      error: Diagnostic("word.unknown", Words("<b> is not known.", "<b>: άγνωστο."), source: "set <b>", span: 4..<7))
    return HTMLPage(
      title: Words("A page", "Σελίδα")[language], language: language, subtitle: "islet", intendedUse: use[language],
      parts: [
        .markdown(Markdown.blocks(of: text)), .cell(["recommend"], rows), .cell(["set <b>"], wrong),
        .report(Report(blocks: SampleFigures.all(language).map { .figure($0) })), .report(Report(blocks: SampleFigures.all(language).map { .figure($0) })),
      ], sources: [HTMLPage.Source("P002", "Enucleation", ["It is enough where …, as \(Text.citation("P003")) says."])])
  }

  @Test("The page is well-formed, in its language, with one title and one main part", arguments: Language.allCases)
  func form(_ language: Language) throws {
    let page = Self.page(language)
    let elements = try Elements(page.html, isHTML: true)
    #expect(elements.named("html").first?.attributes["lang"] == language.rawValue)
    #expect(elements.named("h1").map(\.text) == [page.title])
    #expect(elements.named("main").count == 1)
    #expect(page.html.hasPrefix("<!DOCTYPE html>\n") && page.html.hasSuffix("</html>\n"))
    #expect(page.html == Self.page(language).html)
  }

  @Test("Nothing may be fetched or run: the content policy forbids it and the page doesn't ask", arguments: Language.allCases)
  func policy(_ language: Language) throws {
    let html = Self.page(language).html
    let elements = try Elements(html, isHTML: true)
    let policy = elements.named("meta").first { $0.attributes["http-equiv"] == "Content-Security-Policy" }
    #expect(
      policy?.attributes["content"]?.hasPrefix("default-src 'none'; style-src 'unsafe-inline'") == true)
    let forbidden: Set = ["script", "link", "img", "iframe", "object", "embed", "form", "base", "video", "audio"]
    #expect(elements.all.allSatisfy { !forbidden.contains($0.name) })
    #expect(elements.all.allSatisfy { element in element.attributes.keys.allSatisfy { !$0.hasPrefix("on") && $0 != "src" && $0 != "style" } })
    #expect(!html.contains("url(") && !html.contains("@import"))
  }

  @Test("Every id is there once, and every link within the page leads to one", arguments: Language.allCases)
  func links(_ language: Language) throws {
    let elements = try Elements(Self.page(language).html, isHTML: true)
    let ids = elements.all.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count, "\(Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }.keys)")
    for link in elements.named("a") {
      guard let target = link.attributes["href"] else { continue }
      #expect(target.hasPrefix("#") && ids.contains(String(target.dropFirst())), "\(target)")
    }
    let references = elements.all.compactMap { $0.attributes["aria-labelledby"] }.flatMap { $0.split(separator: " ") }
    #expect(!references.isEmpty && references.allSatisfy { ids.contains(String($0)) })
  }

  @Test("A row's citation opens the paraphrase at its place and leads to it, and it leads back; an id that the page doesn't hold is text")
  func citations() throws {
    let html = Self.page(.english).html
    let elements = try Elements(html, isHTML: true)
    #expect(
      html.contains("<summary>P002 P003</summary><div class=\"passage\"><p><a class=\"cite\" href=\"#P002\">P002</a> Enucleation</p><p>It is enough where"))
    let source = try #require(html.range(of: "<article class=\"cited\" id=\"P002\"").map { html[$0.lowerBound...] })
    let back = source.prefix { $0 != "\n" }.split(separator: "href=\"#cited-").dropFirst().map { $0.prefix { $0 != "\"" } }
    // A way back to each part of the page that cites it: the text and the answer.
    #expect(back.count == 2 && back.allSatisfy { place in elements.all.contains { $0.attributes["id"] == "cited-\(place)" } })
    #expect(html.contains("id=\"P002\"") && !html.contains("href=\"#P003\""))
  }

  @Test("The intended use stands at the top and at the end, and at the foot of each printed page", arguments: Language.allCases)
  func intendedUse(_ language: Language) { #expect(Self.page(language).html.split(separator: Self.use[language]).count == 4) }

  @Test("Light, dark, narrow and print are provided for, and each colour has a value in light and dark")
  func styles() {
    let html = Self.page(.english).html
    #expect(html.contains("@media screen and (prefers-color-scheme:dark)") && html.contains("@media print") && html.contains("@media (max-width:40rem)"))
    for (name, (light, dark)) in zip(FigureStyle.names, zip(FigureStyle.light, FigureStyle.dark)) {
      #expect(html.contains("--\(name):\(light)") && html.contains("--\(name):\(dark)"))
    }
  }

  @Test("Text and lines stand out from the paper: at least 4.5 to 1 for text, 3 to 1 for lines")
  func contrast() throws {
    for palette in [FigureStyle.light, FigureStyle.dark] {
      let paper = try #require(FigureStyle.names.firstIndex(of: "paper"))
      for (name, colour) in zip(FigureStyle.names, palette) where name != "paper" && name != "grid" {
        let ratio = Self.contrast(colour, palette[paper])
        #expect(ratio >= (name == "ink" || name == "muted" ? 4.5 : 3), "\(name) \(colour): \(ratio)")
      }
    }
  }

  /// The contrast of two colours after WCAG 2.
  static func contrast(_ one: String, _ other: String) -> Double {
    func luminance(_ colour: String) -> Double {
      let value = Int(colour.dropFirst(), radix: 16) ?? 0
      let parts = [value >> 16 & 255, value >> 8 & 255, value & 255].map { Double($0) / 255 }
      let linear = parts.map { part -> Double in
        if part <= 0.04045 { return part / 12.92 }
        // ((part + 0.055) / 1.055) to the power 2.4, as its square times the fifth root of its square.
        let base = (part + 0.055) / 1.055
        var root = base
        for _ in 0..<60 { root -= (root * root * root * root * root - base * base) / (5 * root * root * root * root) }
        return base * base * root
      }
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
    let pair = [luminance(one), luminance(other)].sorted()
    return (pair[1] + 0.05) / (pair[0] + 0.05)
  }

  @Test("What scrolls sideways can be reached and is named; the page has a link past its head", arguments: Language.allCases)
  func keyboard(_ language: Language) throws {
    let elements = try Elements(Self.page(language).html, isHTML: true)
    let scrolling = elements.all.filter { ($0.attributes["class"] ?? "").split(separator: " ").contains("scroll") }
    #expect(scrolling.count > 10)
    for element in scrolling {
      #expect(element.attributes["tabindex"] == "0" && element.attributes["role"] == "group" && !(element.attributes["aria-label"] ?? "").isEmpty)
    }
    // What never scrolls is no stop.
    let wrapped = elements.all.filter { ($0.attributes["class"] ?? "").split(separator: " ").contains { $0 == "wraps" || $0 == "typed" } }
    #expect(!wrapped.isEmpty && wrapped.allSatisfy { $0.attributes["tabindex"] == nil })
    #expect(elements.named("a").first?.attributes["href"] == "#text")
  }

  @Test("Headings that say the same have anchors of their own; the title is not said twice")
  func headings() throws {
    let elements = try Elements(Self.page(.english).html, isHTML: true)
    #expect(elements.named("h2").compactMap { $0.attributes["id"] }.prefix(3) == ["first", "second", "second-2"])
    #expect(elements.named("h2").allSatisfy { $0.text != "A page" })
  }

  @Test("A stance has a badge of sign and word; what a row is and what it says are elements of their own", arguments: Language.allCases)
  func badges(_ language: Language) throws {
    let word = Words("recommended", "συνιστάται")[language]
    let kind = Text.Kind.stance(id: "do", sign: "✓", word: word)
    let report = Report(blocks: [
      .rows([
        Row("Enucleation", number: 1, mark: Text("✓", kind)), Row("alongside  Histology", level: 1), Row("P", detail: Text(word, kind) + " if found"),
        Row("b", mark: Text("✓", kind)), Row("c", mark: "✓"),
      ])
    ])
    let page = HTMLPage(title: "T", language: language, intendedUse: "x", parts: [.report(report)]).html
    let badge = "<span class=\"badge do\"><span aria-hidden=\"true\">✓</span> \(word)</span>"
    #expect(page.components(separatedBy: badge).count == 4)
    #expect(page.contains("<span class=\"lead\">1</span>\n<div class=\"what\">Enucleation</div>\n<div class=\"detail\">\(badge)</div>"))
    #expect(page.contains("<span class=\"label\">alongside</span> <span>Histology</span>"))
    #expect(page.contains("<span class=\"said\">\(Words("yes", "ναι")[language])</span>"))
    _ = try Elements(page, isHTML: true)
  }

  @Test("A passage in the other language says so")
  func languages() throws {
    func page(_ text: String, _ language: Language) -> String {
      HTMLPage(title: "T", language: language, intendedUse: "x", parts: [.markdown(Markdown.blocks(of: text))]).html
    }
    let greek = page("Η εκπυρήνιση αρκεί, P002.\n\nSee it.\n\n- Enucleation · Εκπυρήνιση του όγκου MEN1 στην ουρά (IFN-α)", .english)
    #expect(greek.contains("<p lang=\"el\">Η εκπυρήνιση αρκεί, P002.</p>") && greek.contains("<p>See it.</p>"))
    #expect(greek.contains("<li>Enucleation<span class=\"whole\"> ·</span> <span lang=\"el\">Εκπυρήνιση του όγκου MEN1 στην ουρά</span> (IFN-α)</li>"))
    let english = page("Only in a specialised unit for this.\n\nΟδηγία everolimus.\n\neverolimus, MEN1", .greek)
    #expect(english.contains("<p lang=\"en\">Only in a specialised unit for this.</p>") && english.contains("<p>Οδηγία everolimus.</p>"))
    #expect(english.contains("<p>everolimus, MEN1</p>"))
  }

  @Test(
    "No level of headings is left out, whatever a text or an answer begins with", arguments: ["", "# A\n\n### B", "#### A\n\n## B", "## A\n\n# B\n\n### C"])
  func levels(text: String) throws {
    let answer = Report(blocks: [.heading("Recommended"), .paragraph("a")])
    let page = HTMLPage(
      title: "T", language: .english, intendedUse: "x",
      parts: [.cell(["a"], answer), .markdown(Markdown.blocks(of: text)), .cell(["a"], answer)], sources: [HTMLPage.Source("P002", "E", ["x"])])
    let levels = try Elements(page.html, isHTML: true).all.compactMap {
      $0.name.count == 2 && $0.name.first == "h" ? $0.name.dropFirst().first?.wholeNumberValue : nil
    }
    #expect(levels.first == 1 && levels.filter { $0 == 1 }.count == 1)
    for (before, after) in zip(levels, levels.dropFirst()) { #expect(after <= before + 1, "\(levels)") }
  }

  @Test(
    "The contents stand in the page for wide screens and for narrow ones, the style showing one; each landmark has a name of its own",
    arguments: Language.allCases)
  func landmarks(_ language: Language) throws {
    var page = Self.page(language)
    page.parts.append(.markdown(Markdown.blocks(of: "## C\n\n## D\n\n## E")))
    let elements = try Elements(page.html, isHTML: true)
    let lists = elements.named("nav")
    #expect(lists.map { $0.attributes["class"] } == ["aside", "folded"])
    #expect(page.html.contains("nav.aside{display:none}") && page.html.contains(".beside>.folded{display:none}"))
    for name in ["main", "header", "footer"] { #expect(elements.named(name).count == 1) }
    #expect(elements.all.allSatisfy { $0.attributes["role"] != "region" })
    #expect(elements.named("section").isEmpty || elements.named("section").allSatisfy { $0.attributes["id"] != nil })
  }

  @Test("A printed page names its title, the intended use and its number, whatever the title holds")
  func paper() {
    var page = Self.page(.english)
    page.title = "a\";}</style><b>"
    let html = page.html
    #expect(html.contains("counter(page) \" / \" counter(pages)") && html.contains("@bottom-left{content:\"For training with hypothetical patients only.\""))
    #expect(html.contains("@top-left{content:\"a\\22 ;\\7d \\3c \\2f style\\3e \\3c b\\3e \""))
    #expect(html.components(separatedBy: "</style>").count == 2)
  }

  @Test("The gaps between the parts of a line are kept, which HTML would close")
  func gaps() {
    let report = Report(blocks: [.paragraph("Maria   day 14   today"), .rows([Row("day 0   2012", detail: "a   b")])])
    let html = report.fragment(.english, name: "a")
    #expect(html.contains("<p>Maria&emsp;day 14&emsp;today</p>"))
    #expect(html.contains(">day 0&emsp;2012<") && html.contains(">a&emsp;b<"))
  }

  @Test(
    "No row ends between a number and the word behind it, and what is copied has its plain space",
    arguments: [
      ("size 14 mm", "size <span class=\"whole\">14 mm</span>"), ("κάθε 4 εβδομάδες.", "κάθε <span class=\"whole\">4 εβδομάδες.</span>"),
      ("7.5–24 % of 90 patients", "<span class=\"whole\">7.5–24 %</span> of <span class=\"whole\">90 patients</span>"),
      ("61M · 25 mm · MEN1", "61M<span class=\"whole\"> ·</span> <span class=\"whole\">25 mm</span><span class=\"whole\"> ·</span> MEN1"),
      ("≥20 mm", "<span class=\"whole\">≥20 mm</span>"), ("(20 mg)", "(<span class=\"whole\">20 mg)</span>"),
      ("0.5 mg & 1,000 mL/min", "<span class=\"whole\">0.5 mg</span> &amp; <span class=\"whole\">1,000 mL/min</span>"),
      ("2 · MEN1 and P002 insulinoma", "2<span class=\"whole\"> ·</span> MEN1 and P002 insulinoma"), ("1 gastroenteropancreatic", "1 gastroenteropancreatic"),
      ("61   years", "61   years"),
    ])
  func numbers(text: String, html: String) {
    #expect(Citations([]).plain(text) == html)
  }

  @Test("Hostile figures, reports and titles stay text")
  func hostile() throws {
    let bad = "<script>alert(1)</script>\"'&\u{1B}[31m"
    let report = Report(
      blocks: [
        .heading(bad), .paragraph(bad), .notice(bad), .verbatim([bad]), .table([bad], [[bad]]), .rows([Row(bad, mark: bad, detail: bad, citation: bad)]),
      ]
        + SampleFigures.hostile.map { .figure($0) })
    let page = HTMLPage(
      title: bad, language: .english, subtitle: bad, intendedUse: bad,
      parts: [.cell([bad], report), .report(Report(error: Diagnostic("x", Words(same: bad), source: bad, span: 0..<3)))],
      sources: [HTMLPage.Source(bad, bad, [Text(bad)])])
    let elements = try Elements(page.html, isHTML: true)
    #expect(elements.named("script").isEmpty && !page.html.contains("<script") && !page.html.contains("\u{1B}"))
  }
}
