import Guideline
import Testing

@testable import Commands

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("The guideline on one page")
struct GuidelineTourTests {
  @Test("the page in Notebook is what the chapters give now; if not, run: make tour")
  func upToDate() throws {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let file = try #require(fopen("/" + root + "/Notebook/guideline-tour.md", "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    let page = try GuidelineTour(try .embedded()).markdown
    #expect(String(decoding: bytes, as: UTF8.self) == page, "run: make tour")
  }

  @Test("it holds every fact and every erratum")
  func complete() throws {
    let guideline = try Guideline.embedded()
    let page = try GuidelineTour(guideline).markdown
    for fact in try guideline.carriedFacts() { #expect(page.contains(fact.id), "\(fact.id)") }
    for number in 1...43 { #expect(page.contains("**E\(number < 10 ? "0" : "")\(number)**")) }
  }

  @Test("no id of a rule, section, entry or therapy stands in its words; what an id says is in both languages")
  func ids() throws {
    let guideline = try Guideline.embedded()
    // Anchors and comments are no words of the page.
    var words = try GuidelineTour(guideline).markdown
    for pattern in ["<!-- .*? -->", "<a id=\".*?\"></a>"] { words = words.replacing(try Regex(pattern), with: "") }
    let ids =
      guideline.rules.map(\.id) + guideline.entries.filter { $0.kind != .erratum }.map(\.id) + guideline.chapters.map(\.name)
      + guideline.chapters.flatMap(\.sections).map(\.id) + guideline.vocabulary.therapies.map(\.id).filter { $0.contains("-") }
    let tokens = Set(words.split { !($0.isLetter || $0.isNumber || "-._".contains($0)) }.map { String($0.last == "." ? $0.dropLast() : $0) })
    // Names that are written as their ids are.
    let names = Set(guideline.vocabulary.therapies.flatMap { "\($0.name.english) \($0.name.greek)".split(separator: " ").map(String.init) })
    #expect(ids.filter { $0.contains(where: { "-.".contains($0) }) && tokens.contains($0) && !names.contains($0) } == [])
    let fields = guideline.entries.filter { $0.kind != .erratum }.flatMap { EntryText(guideline: guideline).fields($0) }
    #expect(fields.count > 300)
    for field in fields {
      // An id has no capitals, as 131I-MIBG has.
      let words = field.greek.split { !($0.isLetter || $0.isNumber || "-".contains($0)) }
      #expect(!words.contains { $0.count > 4 && $0.contains("-") && $0.allSatisfy { $0.isASCII && !$0.isUppercase } }, "\(field.greek)")
      // Of small Latin letters only a unit's symbol is Greek too.
      let symbols = Set(["mg", "cm", "mm"])
      #expect(!words.contains { $0.count > 1 && !symbols.contains(String($0)) && $0.allSatisfy { $0.isASCII && $0.isLowercase } }, "\(field.greek)")
    }
  }
}
