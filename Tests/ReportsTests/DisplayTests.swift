import Testing

@testable import Reports

@Suite("Columns and controls of a text")
struct DisplayTests {
  /// Plain, wide, combining and controlling characters, of one to four bytes.
  private static let characters: [Unicode.Scalar] = [
    "a", "~", " ", "\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "\u{80}", "\u{9F}", "\u{A0}", "é", "\u{301}", "λ", "Ω", "\u{61C}", "ـ",
    "\u{200B}", "\u{200E}", "–", "…", "”", "\u{2028}", "\u{202E}", "\u{2066}", "€", "漢", "\u{FE0F}", "\u{1F600}",
  ]

  /// Each character with so many plain ones on either side of it, of letters or of Greek.
  private static var texts: [(before: Int, scalar: Unicode.Scalar, after: Int, text: String)] {
    (0..<10).flatMap { before in
      [0, 3, 8, 17].flatMap { after in
        characters.map { (before, $0, after, String(repeating: "x", count: before) + String($0) + String(repeating: "y", count: after)) }
      }
    }
  }

  @Test("a text takes the columns of its characters, whatever stands beside them")
  func width() {
    for (before, scalar, after, text) in Self.texts {
      #expect(Display.width(text) == before + Display.width(scalar) + after, "U+\(String(scalar.value, radix: 16)) after \(before)")
    }
    #expect(Display.width("") == 0)
    #expect(Display.width("ασθενής 54 ετών") == 15)
  }

  @Test("no control is taken for plain text, wherever it stands, and plain text stays as it is")
  func safe() {
    for (before, scalar, after, text) in Self.texts {
      let safe = Display.safe(text)
      #expect(!safe.unicodeScalars.contains(where: Display.isControl), "U+\(String(scalar.value, radix: 16)) after \(before)")
      if Display.isControl(scalar) {
        #expect(!Display.isSafe(text) && safe.unicodeScalars.count <= before + 1 + after)
      } else {
        #expect(safe == text, "U+\(String(scalar.value, radix: 16)) after \(before)")
      }
    }
  }

  @Test("so many spaces, none below one", arguments: [(-3, ""), (0, ""), (1, " "), (9, "         "), (17, "                 ")])
  func spaces(count: Int, text: String) {
    #expect(Display.padded("", to: count) == text && Display.padded("", to: count).hashValue == text.hashValue)
  }
}
