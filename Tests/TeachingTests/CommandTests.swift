import Sessions
import Teaching
import Testing
import Wording

@Suite("The commands of teaching")
struct TeachingCommandTests {
  @Test("have examples that run in both languages; those that only a case answers say so outside one", arguments: Command.teaching.map(\.id), Language.allCases)
  func examples(id: String, language: Language) throws {
    let command = try #require(Command.teaching.first { $0.id == id })
    #expect(!command.examples.isEmpty)
    for example in command.examples {
      var shell = Session(world: try world(), language: language)
      for line in example.setUp.split(separator: ";") { #expect(!shell.run(String(line)).isError) }
      var last: Answer?
      shell.run(example.line[language], NoOutside()) { last = $0 }
      let codes = last?.report.errors.map(\.code) ?? ["none"]
      #expect(codes == (["decide", "hint", "status", "done", "debrief"].contains(id) ? ["case.none"] : []), "\(example.line[language])")
      #expect(last?.command == id)
      let said = last.map { $0.report.text(.plain) + $0.report.errorText(.plain, language) } ?? ""
      #expect(example.gives.map { said.contains($0[language]) } ?? said.isEmpty, "\(said)")
    }
  }

  @Test("have names that no other command has")
  func names() throws {
    var seen: [FoldedKey: String] = [:]
    for command in try world().commands.commands {
      for name in Set([command.id, command.name.greek] + command.aliases) {
        let other = seen.updateValue(command.id, forKey: FoldedKey(name))
        #expect(other == nil || other == command.id, "\(name): \(command.id) and \(other ?? "")")
      }
    }
  }

  @Test("expect holds or stops with what was found")
  func expect() throws {
    var shell = Session(world: try world(), language: .english)
    _ = shell.run("patient 54F, insulinoma 14 mm in the tail, clearly localised, near the surface")
    #expect(shell.run("expect recommend includes surgery.enucleation").report.errors.map(\.code) == ["expect.unmet"])
    #expect(!shell.run("expect recommend includes enucleation").isError)
    #expect(!shell.run("expect recommend excludes whipple").isError)
    #expect(shell.run("expect recommend excludes enucleation").report.errors.map(\.code) == ["expect.unmet"])
    #expect(!shell.run("expect error dose.implausible : give octreotide infusion 50 mg per hour").isError)
    #expect(shell.run("expect error dose.implausible : show").report.errors.map(\.code) == ["expect.unmet"])
    // What isn't met is no question about what it names.
    #expect(shell.run("expect recommend includes everolimus").report.errors.map(\.code) == ["expect.unmet"])
    #expect(shell.run("ανάμενε σύσταση περιλαμβάνει everolimus").report.errors.map(\.code) == ["expect.unmet"])
    #expect(shell.run("expect size > 2 cm").report.errors.map(\.code) == ["expect.unmet"])
    #expect(shell.run("expect recommend includes nonsense").report.errors.map(\.code) == ["expect.advice"])
  }

  @Test("expect is understood in Greek and means the same")
  func expectInGreek() throws {
    var shell = Session(world: try world(), language: .greek)
    _ = shell.run("ασθενής 54 γυναίκα, ινσουλίνωμα 14 mm, σαφώς εντοπισμένο, κοντά στην επιφάνεια")
    for (greek, english) in [
      ("ανάμενε σύσταση περιλαμβάνει εκπυρήνιση", "expect recommend includes enucleation"),
      ("ανάμενε σύσταση αποκλείει whipple", "expect recommend excludes whipple"),
      ("ανάμενε σφάλμα number.out-of-range : όρισε ki67 300%", "expect error number.out-of-range : όρισε ki67 300%"),
      ("ανάμενε ινσουλίνωμα και μέγεθος < 2 cm", "expect syndrome is insulinoma and size < 20 mm"),
    ] {
      let answer = shell.run(greek)
      #expect(!answer.isError && answer.canonical == english, "\(answer.canonical ?? "")")
    }
    #expect(shell.run("ανάμενε σύσταση αποκλείει εκπυρήνιση").report.errors.map(\.code) == ["expect.unmet"])
  }
}
