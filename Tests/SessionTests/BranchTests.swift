import Commands
import Guideline
import Reports
import Sessions
import Testing
import Wording

@Suite("Branches, moments and comparing")
struct BranchTests {
  private static let maria = "patient Maria 61M, gastrinoma, MEN1, 15 mm"

  private func field(_ answer: Answer?, _ name: String) -> JSON? {
    answer?.report.data.first { $0.0 == name }?.1
  }

  @Test("a branch goes its own way, and switch goes back to the other as it was left")
  func separate() throws {
    var shell = try session()
    #expect(shell.codes("\(Self.maria);branch wait;set size 25 mm;patient 54F, insulinoma") == [])
    #expect(shell.state.patients.count == 2)
    #expect(shell.codes("switch main") == [])
    #expect(shell.state.patients.map(\.name) == ["Maria"])
    #expect(shell.run("show").report.text(.plain).contains("15 mm"))
    #expect(shell.codes("switch wait") == [])
    #expect(shell.state.patients.map(\.name) == ["Maria", "Patient 2"])
  }

  @Test("branches shows a tree, where each forked, and how far it went")
  func tree() throws {
    var shell = try session()
    let answers = shell.answers("\(Self.maria);branch a;set liver mets none;branch b;set size 25 mm;set G1;branches")
    #expect(
      answers.last?.report.text(.plain) == """
          · main   1 change · Maria
            · a    1 change · forked after: patient "Maria" age 61 years, sex is male, syndrome is gastrinoma, men1, size 15 mm · Maria
              * b  2 changes · forked after: set liver-metastases is none · Maria

        """)
    guard case .array(let list)? = field(answers.last, "branches") else { return #expect(Bool(false)) }
    #expect(list.map { $0["branch"] } == [.string("main"), .string("a"), .string("b")])
    #expect(list.map { $0["parent"] } == [.null, .string("main"), .string("a")])
    #expect(list.map { $0["forked_after"] } == [.integer(0), .integer(1), .integer(2)])
  }

  @Test("undo takes back a branch and a switch like any change")
  func undone() throws {
    var shell = try session()
    #expect(shell.codes("\(Self.maria);branch wait;switch main;undo") == [])
    #expect(shell.state.branchName == "wait")
    #expect(shell.codes("undo") == [])
    #expect(shell.state.branches.map(\.name) == ["main"])
    #expect(shell.state.patient?.name == "Maria")
  }

  @Test("forgetting a branch hangs what forked from it on its parent")
  func forgotten() throws {
    var shell = try session()
    #expect(shell.codes("\(Self.maria);branch a;branch b;forget branch a") == [])
    #expect(shell.state.branches.map(\.name) == ["main", "b"])
    #expect(shell.state.branches.map(\.parent) == [nil, "main"])
    #expect(shell.codes("forget branch b") == ["branch.in-use"])
  }

  @Test("names that can't be are refused, and change nothing")
  func names() throws {
    var shell = try session()
    #expect(shell.codes("\(Self.maria)") == [])
    let before = shell.state
    #expect(
      shell.codes("branch main;branch 12;branch a/b;branch;branch a@b.gr;switch nowhere;rename to Maria/x;rename nobody to Eleni;forget nobody") == [
        "branch.exists", "branch.name", "branch.name", "command.incomplete", "patient.real", "branch.unknown", "patient.name", "target.unknown",
        "target.unknown",
      ])
    #expect(shell.state == before)
  }

  @Test("comparing two branches names the finding that differs and the advice gained and lost (F019 above 2 cm with MEN1)")
  func compared() throws {
    var shell = try session()
    let answer = shell.answers("\(Self.maria);branch wait;set size 25 mm;compare main wait").last
    #expect(answer?.report.errors == [])
    #expect(
      field(answer, "findings")
        == .array([.fields([("finding", .string("size")), ("a", .string("size 15 mm")), ("b", .string("size 25 mm"))])]))
    guard case .array(let changes)? = field(answer, "changes") else { return #expect(Bool(false)) }
    #expect(changes.contains { $0["rule"] == .string("surgery.gastrinoma-men1") && $0["change"] == .string("gained") })
  }

  @Test("comparing two courses names the therapies of each, a dose that differs, and the companions not yet carried out (F002)")
  func treated() throws {
    var shell = try session()
    let answer = shell.answers(
      "patient Maria 61M, gastrinoma, no MEN1, 15 mm, pancreas;give octreotide LAR 20 mg every 4 weeks;branch b;advance 28 days;give octreotide LAR 30 mg every 4 weeks;arrange hpb-unit;compare main b"
    ).last
    #expect(answer?.report.errors == [])
    let lar = { (dose: String) in JSON.fields([("therapy", .string("octreotide-lar")), ("dose", .string(dose))]) }
    #expect(
      field(answer, "therapies")
        == .fields([
          ("a", .array([lar("20 mg every 4 weeks")])),
          ("b", .array([.fields([("therapy", .string("hpb-unit"))]), lar("30 mg every 4 weeks")])),
        ]))
    let missing = field(answer, "companions_missing")
    guard case .array(let a)? = missing?["a"], case .array(let b)? = missing?["b"] else { return #expect(Bool(false)) }
    let unit = Set(a.map(\.text)).subtracting(b.map(\.text))
    #expect(unit.count == 1)
    let rules = try Guideline.embedded().rules.filter { unit.contains(JSON.string($0.id).text) }
    #expect(rules.map(\.facts) == [["F002"]])
  }

  @Test("without a second name the comparison is with now; moments are numbers of history")
  func moments() throws {
    var shell = try session()
    let answer = shell.answers("\(Self.maria);set size 25 mm;set size 30 mm;compare 1").last
    #expect(answer?.canonical == "compare moment 1")
    guard case .array(let findings)? = field(answer, "findings") else { return #expect(Bool(false)) }
    #expect(findings.first?["a"] == .string("size 15 mm"))
    #expect(findings.first?["b"] == .string("size 30 mm"))
    #expect(shell.codes("compare 1 9;compare") == ["target.unknown", "command.incomplete"])
  }

  @Test("a name that is a patient's and a branch's is an error that says both readings")
  func ambiguous() throws {
    var shell = try session()
    let answer = shell.answers("patient \"wait\" 54F, insulinoma;branch wait;compare wait").last
    #expect(
      answer?.report.errors.first?.text(.plain, .english) == """
        error[target.ambiguous]  “wait” can be read in more than one way.
            compare wait
                    ^^^^
          Type: compare patient "wait"
          Type: compare branch "wait"

        """)
    #expect(shell.codes("compare branch wait") == [])
  }

  @Test(
    "what was done is named in Greek, whatever it was, and reads as the same change",
    arguments: [
      ("set liver mets", "όρισε ηπατικές μεταστάσεις"), ("set liver-resectable no", "όρισε εξαιρέσιμες ηπατικές μεταστάσεις όχι"),
      ("set Ki-67 < 2%", "όρισε Ki-67 κάτω από 2%"), ("unset size, men1", "αναίρεσε μέγεθος, MEN1"),
      ("advance 1 year 2 months", "προχώρα 1 έτος 2 μήνες"), ("branch wait", "κλάδος \"wait\""),
      ("rename to Eleni", "μετονόμασε ασθενή \"Maria\" σε \"Eleni\""),
      ("arrange mdt", "οργάνωσε συμβούλιο πολλών ειδικοτήτων"), ("order CT", "ζήτησε αξονική τομογραφία"), ("perform whipple", "εκτέλεσε"),
      ("give octreotide LAR 20 mg every 4 weeks", "δώσε οκτρεοτίδη LAR 20 mg κάθε 4 εβδομάδες"), ("assume absent", "θεώρησε απόντα"),
      ("patient \"Eleni\" from 2013-05-01 54F", "ασθενής \"Eleni\" από 2013-05-01 ηλικία 54 έτη, γυναίκα"),
    ])
  func named(line: String, greek: String) throws {
    var shell = try session(.greek)
    #expect(shell.codes(Self.maria) == [])
    var again = shell
    let canonical = shell.run(line).canonical
    let after = shell.state
    let said = shell.run("undo").report.text(.plain).split(separator: "\n").first.map(String.init) ?? ""
    #expect(said.hasPrefix("Αναιρέθηκε: " + greek), "\(said)")
    #expect(again.run(String(said.dropFirst("Αναιρέθηκε: ".count))).canonical == canonical)
    #expect(again.state == after)
    _ = shell.run("redo")
    // A branch forks from where its own parent stood.
    if line.hasPrefix("branch") { return }
    #expect(shell.run("branch \"next\"").isError == false)
    guard let fork = shell.run("branches").report.text(.plain).split(separator: "\n").last else { return #expect(Bool(false)) }
    #expect(fork.contains("χωρίστηκε μετά από: " + greek), "\(fork)")
  }

  @Test("undo says what was taken back, and where the session stands", arguments: Language.allCases)
  func undoSays(language: Language) throws {
    var shell = try session(language)
    let answer = shell.answers("\(Self.maria);set size 25 mm;undo").last
    #expect(
      answer?.report.text(.plain)
        == (language == .english
          ? """
          Taken back: set size 25 mm
          Now at: Maria
            last change: patient "Maria" age 61 years, sex is male, syndrome is gastrinoma, men1, size 15 mm

          """
          : """
          Αναιρέθηκε: όρισε 25 mm
          Τώρα: Maria
            τελευταία αλλαγή: ασθενής "Maria" ηλικία 61 έτη, άνδρας, γαστρίνωμα, MEN1, 15 mm

          """))
  }
}
