import Terminal
import Testing

@Suite("Keys and pastes")
struct KeyReaderTests {
  /// The keys that bytes give; after them the input ends.
  private func keys(_ text: String, bracketed: Bool = true) -> [KeyReader.Key] { keys(Array(text.utf8), bracketed: bracketed) }

  private func keys(_ bytes: [UInt8], bracketed: Bool = true) -> [KeyReader.Key] {
    var reader = KeyReader(isBracketed: bracketed)
    var place = 0
    var found: [KeyReader.Key] = []
    while found.last != .end, found.count < 10_000 {
      found.append(
        reader.key { limit in
          guard place < bytes.count else { return limit == nil ? .end : .late }
          place += 1
          return .byte(bytes[place - 1])
        })
    }
    return found.dropLast()
  }

  private func characters(_ text: String) -> [KeyReader.Key] { text.unicodeScalars.map { .character($0) } }

  @Test("letters of any length in bytes come as one key each")
  func letters() {
    #expect(keys("aΩ€😀") == characters("aΩ€😀"))
  }

  @Test("bytes that are not UTF-8 are dropped and the next letter is kept")
  func invalid() {
    #expect(keys([0xFF, 0x61, 0xCE, 0x62]) == characters("ab"))
  }

  @Test("Escape and the arrow keys pass through")
  func escapes() {
    #expect(keys("\u{1B}[Ab") == characters("\u{1B}[Ab"))
    #expect(keys("\u{1B}") == characters("\u{1B}"))
    #expect(keys("\u{1B}β") == characters("\u{1B}β"))
  }

  @Test("a paste of one line comes whole, with spaces for tabs and without control characters")
  func line() {
    #expect(keys("\u{1B}[200~set\tsize\u{7} 14 mm\u{1B}[201~x") == [.pasted("set size 14 mm"), .character("x")])
  }

  @Test("each line of a paste is followed by Return, and the last stays to be edited")
  func lines() {
    #expect(
      keys("\u{1B}[200~one\r\ntwo\rthree\nrest\u{1B}[201~")
        == [.pasted("one"), .lineEnd, .pasted("two"), .lineEnd, .pasted("three"), .lineEnd, .pasted("rest")])
  }

  @Test("a paste that breaks off is kept as far as it came")
  func brokenOff() {
    #expect(keys("\u{1B}[200~abc") == [.pasted("abc")])
    #expect(keys("\u{1B}[200~a\u{1B}[b\u{1B}[201~") == [.pasted("a[b")])
  }

  @Test("without brackets Escape is a key like any other")
  func plain() {
    #expect(keys("\u{1B}[200~a", bracketed: false) == characters("\u{1B}[200~a"))
  }

  @Test("accents join their letters")
  func accents() {
    #expect(Composition.composed("ι\u{301}α e\u{301} ι\u{308}\u{301}") == "ία é ΐ")
    #expect(Array(Composition.composed("α\u{301}").unicodeScalars) == ["ά"])
    #expect(Array(Composition.composed("b\u{301}").unicodeScalars) == ["b", "\u{301}"])
    #expect(keys("\u{1B}[200~ό\u{1B}[201~") == [.pasted("ό")])
  }
}

@Suite("The history of lines")
struct LineHistoryTests {
  @Test("a line reads back as it was, also with line ends and backslashes")
  func roundTrip() {
    let lines = ["patient 54F", "a\nb", "a\\nb\\", "ασθενής Μαρία"]
    #expect(LineHistory.lines(lines.flatMap(LineHistory.encoded)) == lines)
    for line in lines { #expect(LineHistory.encoded(line).filter { $0 == 0x0A }.count == 1) }
  }

  @Test("only the last lines are kept in mind")
  func limit() {
    let file = (0..<LineHistory.limit + 5).flatMap { LineHistory.encoded("line \($0)") }
    #expect(LineHistory.lines(file).count == LineHistory.limit)
    #expect(LineHistory.lines(file).first == "line 5")
  }

  @Test("a line that starts with a space, or is empty, is not kept")
  func kept() {
    #expect(LineHistory.keeps("show"))
    #expect(!LineHistory.keeps(" show"))
    #expect(!LineHistory.keeps(""))
  }

  @Test("a file that has grown long is cut to its last lines")
  func cutting() throws {
    let home = try TemporaryFolder()
    let files = PrivateFiles { $0 == "HOME" ? home.path : nil }
    let line = String(repeating: "x", count: 100)
    try files.append((0..<5_000).flatMap { LineHistory.encoded("\($0) \(line)") }, to: .history)
    let loaded = try LineHistory.load(files)
    #expect(loaded.count == LineHistory.limit)
    #expect(loaded.last == "4999 \(line)")
    #expect(try files.read(.history).map(LineHistory.lines) == loaded)
    #expect((try files.read(.history)?.count ?? 0) < 250_000)
  }

  @Test("lines of several shells stand beside each other")
  func shared() throws {
    let home = try TemporaryFolder()
    let files = PrivateFiles { $0 == "HOME" ? home.path : nil }
    try LineHistory.add("one", to: files)
    try LineHistory.add("two", to: files)
    #expect(try LineHistory.load(files) == ["one", "two"])
  }
}

@Suite("The list below the line")
struct CompletionListingTests {
  private func choices(_ count: Int) -> [Completion.Choice] {
    (0..<count).map { Completion.Choice("word\($0)", "what word number \($0) means") }
  }

  @Test("choices stand with their descriptions, none wider than the terminal")
  func descriptions() {
    let lines = CompletionListing.lines(
      [.init("liver metastases", "none · unilobar · bilobar"), .init("ήπαρ", "θέση")], columns: 40, rows: 10, language: .english)
    #expect(lines == ["  liver metastases  none · unilobar · …", "  ήπαρ              θέση"])
    #expect(lines.allSatisfy { $0.count < 40 })
  }

  @Test("a long list stands side by side, and what finds no room is counted, in the session's language")
  func long() {
    let lines = CompletionListing.lines(choices(100), columns: 40, rows: 6, language: .english)
    #expect(lines.count == 6)
    #expect(lines.first == "  word0   word5   word10  word15")
    #expect(lines.last == "  … and 80 more: type another letter")
    #expect(CompletionListing.lines(choices(100), columns: 40, rows: 6, language: .greek).last == "  … και άλλα 80: γράψτε ένα γράμμα ακόμη")
    #expect(CompletionListing.lines(choices(16), columns: 40, rows: 6, language: .english).count == 4)
  }

  @Test("a terminal of any size gets lines that fit it", arguments: [1, 5, 20, 33, 80, 500], [1, 3, 24])
  func sizes(columns: Int, rows: Int) {
    for count in [1, 2, 30, 200] {
      let lines = CompletionListing.lines(choices(count), columns: columns, rows: rows, language: .english)
      #expect(lines.count <= max(rows, 3))
      #expect(lines.dropLast().allSatisfy { $0.count <= max(columns, 20) })
    }
  }
}
