import FuzzLaws
import Testing

/// The laws of the house, on whatever comes. `make fuzz` runs them for minutes or hours; here each has a moment.
@Suite("Laws under fuzz")
struct FuzzTests {
  private static let laws = Result { try Laws() }

  @Test(
    "a law holds of what broke it once, and of new inputs",
    arguments: [
      "undo", "saved", "journal", "parsed", "languages", "evaluators", "settles", "bytes", "chapters", "scripts", "cases", "notebooks", "logs",
      "keys", "tables", "pages", "marks", "typed", "json", "arrow",
    ])
  func holds(name: String) throws {
    let law = try #require(try Self.laws.get().all.first { $0.name == name })
    for (file, input) in try KeptInputs.own.inputs(of: law) {
      let fault = law.fault(input)
      #expect(fault == nil, "\(file)")
    }
    let (inputs, failure) = law.hold(seconds: 0.3, from: 1)
    #expect(inputs > 0)
    #expect(failure == nil, "\(failure.map { "\(law.says): \($0.fault)\n\(String(decoding: $0.input, as: UTF8.self))" } ?? "")")
  }

  @Test("the readers that coverage guides are laws that take any bytes")
  func readers() throws {
    let laws = try Self.laws.get()
    #expect(laws.readers.count == 14)
    for law in laws.readers {
      for bytes: [UInt8] in [[], [0], [0xFF, 0xFE], Array("\n\n".utf8)] { #expect(law.fault(bytes) == nil, "\(law.name)") }
    }
  }

  @Test("no law is left out, and every kept input is some law's")
  func all() throws {
    let laws = try Self.laws.get().all
    #expect(Set(laws.map(\.name)).count == laws.count && laws.count == 20)
    let kept = KeptInputs.own
    let own = try laws.flatMap { try kept.inputs(of: $0).map(\.file) }
    #expect(try kept.files().sorted() == own.sorted())
  }
}
