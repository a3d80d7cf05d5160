import Foundation
import Testing

/// Bytes that no prompt would send, through a pipe, a file and `islet eval`.
@Suite("The program answers bad bytes with a whole message and goes on")
struct BadInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let line: String
    let english: String
    let greek: String
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "a line of 100,000 characters", line: String(repeating: "x", count: 100_000),
      english: """
        error[input.too-long]  The line has more than 10000 characters.
        @  Split it into several commands.

        """,
      greek: """
        error[input.too-long]  Η γραμμή ξεπερνά τους 10000 χαρακτήρες.
        @  Χωρίστε τη σε περισσότερες εντολές.

        """),
    Case(
      name: "a NUL", line: "set \0 MEN1",
      english: """
        error[input.control-character]  The line holds a control character (NUL).
        @  Type the line again without it.

        """,
      greek: """
        error[input.control-character]  Η γραμμή περιέχει χαρακτήρα ελέγχου (NUL).
        @  Πληκτρολογήστε ξανά τη γραμμή χωρίς αυτόν.

        """),
    Case(
      name: "invalid UTF-8", line: "set \u{1}",
      english: """
        error[input.encoding]  The line is not valid UTF-8 text.
        @  Save the file, or set the terminal, as UTF-8.

        """,
      greek: """
        error[input.encoding]  Η γραμμή δεν είναι έγκυρο κείμενο UTF-8.
        @  Αποθηκεύστε το αρχείο, ή ρυθμίστε το τερματικό, σε UTF-8.

        """),
    Case(
      name: "an open quote", line: "set \"open",
      english: """
        error[input.quote]  A quoted text is not closed.
        @    set "open
                ^^^^^
          Add the closing ".

        """,
      greek: """
        error[input.quote]  Τα εισαγωγικά δεν κλείνουν.
        @    set "open
                ^^^^^
          Προσθέστε το " στο τέλος.

        """),
  ]

  @Test("from a pipe and from a file, in both languages; what comes after is still run with --keep-going", arguments: cases)
  func pipeAndFile(_ bad: Case) throws {
    let program = try Program()
    defer { program.remove() }
    let script = Data("patient Maria 54F\n".utf8) + bad.bytes + Data("\nshow\n".utf8)
    let path = program.home.appendingPathComponent("bad.islet")
    try script.write(to: path)
    for (language, message) in [("en", bad.english), ("el", bad.greek)] {
      let piped = try program.run(["--language", language, "--keep-going"], input: script)
      #expect(piped.errors == message.replacing("@", with: ""))
      #expect(piped.status == 1)
      #expect(piped.output.components(separatedBy: "Maria").count > 2)
      let stopped = try program.run(["run", "bad.islet", "--language", language])
      #expect(stopped.errors == message.replacing("@", with: "  bad.islet:2\n"))
      #expect(stopped.status == 1)
    }
  }

  static let patients: [(String, String, String)] = [
    (
      #"{"id":1,"findings":{"larynx":true}}"#, #"{"code":"finding.unknown","message":"Unknown finding “larynx”.","finding":"larynx"}"#,
      #"{"code":"finding.unknown","message":"Άγνωστο εύρημα «larynx».","finding":"larynx"}"#
    ),
    (
      #"{"id":1,"findings":{"size":"14 kg"}}"#, #"{"code":"unit.wrong","message":"size is not measured in kg.","finding":"size"}"#,
      #"{"code":"unit.wrong","message":"Το εύρημα «μέγεθος» δεν μετριέται σε kg.","finding":"size"}"#
    ),
    (
      #"{"id":1,"findings":{"ki67":300}}"#,
      #"{"code":"number.out-of-range","message":"300 is outside what Ki-67 can be. It takes a number from 0 to 100%.","finding":"ki67"}"#,
      #"{"code":"number.out-of-range","message":"Το 300 είναι έξω από τα όρια για το εύρημα «Ki-67». Δέχεται αριθμό από 0 έως 100%.","finding":"ki67"}"#
    ),
  ]

  @Test("islet eval answers a bad line with its error and the next line with advice, in both languages", arguments: patients)
  func eval(line: String, english: String, greek: String) throws {
    let program = try Program()
    defer { program.remove() }
    for (language, message) in [("en", english), ("el", greek)] {
      let told = try program.run(["eval", "--language", language], input: line + "\n{\"id\":2,\"findings\":{}}\n")
      let lines = told.output.split(separator: "\n")
      #expect(lines.first.map(String.init) == #"{"id":1,"advice":[],"errors":["# + message + "]}")
      #expect(lines.last?.hasPrefix(#"{"id":2,"advice":[{"#) == true)
      #expect(told.status == 1)
    }
  }

  @Test("islet eval names a line that is no text or no JSON by its number")
  func evalBytes() throws {
    let program = try Program()
    defer { program.remove() }
    let told = try program.run(["eval"], input: Data([0x22, 0xFF, 0x22, 0x0A]) + Data("{\"id\":\"\0\"}\n{\"id\":3,\"findings\":{}}\n".utf8))
    let lines = told.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix(#"{"line":1,"advice":[],"errors":[{"code":"input.encoding","#))
    #expect(lines[1].hasPrefix(#"{"line":2,"advice":[],"errors":[{"code":"#))
    #expect(lines[2].hasPrefix(#"{"id":3,"advice":[{"#))
    #expect(told.status == 1)
  }
}

extension BadInputTests.Case {
  /// The line's bytes; U+0001 stands for a byte that is no UTF-8.
  var bytes: Data { Data(line.utf8.map { $0 == 1 ? 0xFF : $0 }) }
}
