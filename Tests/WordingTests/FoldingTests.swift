import Testing

@testable import Measures
@testable import Wording

@Suite("Folding")
struct FoldingTests {
  @Test("case, accents, final sigma, spaces and hyphens make no difference")
  func folds() {
    #expect(Folding.key("Ασθενής") == Folding.key("ασθενης"))
    #expect(Folding.key("ΑΣΘΕΝΗΣ") == Folding.key("ασθενής"))
    #expect(Folding.key("liver-metastases") == Folding.key("Liver Metastases"))
    #expect(Folding.key("Ki-67") == "ki67")
    #expect(Folding.key("e\u{301}") == "e")
    #expect(Folding.key("ἀσθενής") == Folding.key("ασθενής"))
  }

  @Test("the letters of the Greek block fold as they do one by one")
  func greekTable() {
    for (place, folded) in Folding.greek.enumerated() {
      let alone = Unicode.Scalar(UInt32(0x380 + place)).flatMap(Folding.fold)?.value ?? 0
      #expect(folded == ((0x380..<0x400).contains(alone) ? UInt8(alone - 0x380) : 0), "U+0\(String(0x380 + place, radix: 16))")
    }
    #expect(Folding.greek.count == 0x80)
  }

  @Test("a swap of neighbours is one change")
  func distance() {
    #expect(Folding.distance("insulnioma", "insulinoma", limit: 3) == 1)
    #expect(Folding.distance("abc", "xyzabc", limit: 2) == 3)
  }
}

@Suite("Exact numbers")
struct ExactTests {
  @Test(
    "text to number and back",
    arguments: [("0.5", "0.5"), ("14", "14"), ("-3.25", "-3.25"), ("2.010", "2.01"), ("007", "7")])
  func roundTrip(text: String, printed: String) {
    #expect(Exact(text)?.description == printed)
  }

  @Test("what isn't a number is refused", arguments: ["", ".", "1.", "1e3", "--1", "1.1234567", "99999999999999999999"])
  func refused(text: String) {
    #expect(Exact(text) == nil)
  }

  @Test("2.01 cm is 20.1 mm, exactly")
  func centimetres() throws {
    let cm = try #require(Exact("2.01"))
    #expect(Unit.centimetre.convert(cm, to: .millimetre) == Exact("20.1"))
  }
}
