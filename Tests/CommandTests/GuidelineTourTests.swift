import Commands
import Guideline
import Testing

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
}
