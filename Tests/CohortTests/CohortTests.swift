import Cohorts
import Foundation
import Guideline
import Measures
import Synchronization
import Testing
import Vocabulary
import Wording

@Suite("Cohorts are drawn by a seed and counted")
struct CohortTests {
  let guideline: Guideline

  init() throws { guideline = try Guideline.embedded() }

  private func drawn(_ count: Int, seed: UInt64 = 7) throws -> DrawnCohort {
    DrawnCohort(guideline, try .embedded(guideline), count: count, seed: seed)
  }

  private func lines(_ cohort: DrawnCohort) -> String {
    var bytes: [UInt8] = []
    cohort.write { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func finding(_ id: String) throws -> Int { try #require(guideline.vocabulary.finding(id: id)).index }

  @Test("the generator is xoshiro256** seeded by splitmix64")
  func generator() {
    // The state that splitmix64 makes of seed 0 is published; the first outputs follow from the definition.
    var generator = Xoshiro256(seed: 0)
    #expect((0..<3).map { _ in generator.next() } == [0x99EC_5F36_CB75_F2B4, 0xBF6E_1F78_4956_452A, 0x1A5F_849D_4933_E6E0])
  }

  @Test("of lines that aren't read, and of contradictions, all are counted and the first 20 are named", arguments: [19, 20, 21, 45])
  func refusedLines(faults: Int) throws {
    // Line 3, 6, 9 … of each kind: a fine patient, one that can't be read, one that contradicts itself.
    let lines = (0..<faults).flatMap { number in
      [
        #"{"id":\#(number),"findings":{"men1":true}}"#, #"{"id":\#(number),"findings":{"ki67":"much"}}"#,
        #"{"id":\#(number),"findings":{"malignant":false,"bone-metastases":true}}"#,
      ]
    }
    let counts = CohortStudy(guideline, CohortQuestion()).count(read: stream(lines.joined(separator: "\n") + "\n"))
    #expect(counts.patients == 3 * faults && counts.refused == 2 * faults)
    #expect(counts.groups.map(\.patients) == [faults])
    #expect(counts.unread.count == faults && counts.unread.first == (0..<min(20, faults)).map { 3 * $0 + 2 })
    #expect(counts.contradicting.count == faults && counts.contradicting.first == (0..<min(20, faults)).map { 3 * $0 + 3 })
  }

  @Test("one seed draws one cohort, of which a smaller one is the beginning")
  func seeds() throws {
    #expect(lines(try drawn(700)) == lines(try drawn(700)))
    #expect(lines(try drawn(700)).hasPrefix(lines(try drawn(600))))
    #expect(lines(try drawn(50)) != lines(try drawn(50, seed: 8)))
  }

  @Test("a seed draws what its generator gives, share by share")
  func drawnByHand() throws {
    let text = "islet vocabulary 1\ndraw age: 20 to 39 15; 40 to 69 65; 70 to 89 20\ndraw men1: yes 8; no 72; unknown 20\n"
    let shares = try Distributions(file: TextFile(name: "my.txt", bytes: Array(text.utf8)), guideline)
    var expected = ""
    for place in 0..<600 {
      // A block of 512 has a generator of its own.
      var generator = Xoshiro256(seed: 7 &+ UInt64(place / 512) &* 0xD134_2543_DE82_EF95)
      var line = ""
      for _ in 0...place % 512 {
        let mark = generator.below(100)
        let (low, count): (UInt64, UInt64) = mark < 15 ? (20, 20) : mark < 80 ? (40, 30) : (70, 20)
        let age = low + generator.below(count)
        let men1 = generator.below(100)
        line = "{\"id\":\"c\(place + 1)\",\"findings\":{\"age\":\(age)" + (men1 < 8 ? ",\"men1\":true" : men1 < 80 ? ",\"men1\":false" : "") + "}}\n"
      }
      expected += line
    }
    #expect(lines(DrawnCohort(guideline, shares, count: 600, seed: 7)) == expected)
  }

  @Test("a line of shares is drawn from where its condition holds: of one finding, of several, of numbers")
  func conditions() throws {
    let text = """
      islet vocabulary 1
      draw age: 20 to 20 1; 70 to 70 1; unknown 1
      draw stage: localised 1; metastatic 1; unknown 1
      draw diabetes when age >= 65 and stage is metastatic: yes 1
      draw gallstones when age >= 65 or stage is localised: asymptomatic 1
      draw hypertension when stage is not metastatic: no 1
      draw weight-loss when stage is localised: yes 1
      draw weight-loss when stage is metastatic: no 1
      draw size when age < 65: 10 to 30 1
      """
    let shares = try Distributions(file: TextFile(name: "my.txt", bytes: Array(text.utf8)), guideline)
    let cohort = DrawnCohort(guideline, shares, count: 900, seed: 11)
    var kinds: Set<String> = []
    for line in lines(cohort).split(separator: "\n") {
      func has(_ text: String) -> Bool { line.contains(text) }
      let (isOld, isYoung) = (has("\"age\":70"), has("\"age\":20"))
      let (isLocal, isMetastatic) = (has("\"stage\":\"localised\""), has("\"stage\":\"metastatic\""))
      kinds.insert("\(isOld)\(isYoung)\(isLocal)\(isMetastatic)")
      #expect(has("\"diabetes\":true") == (isOld && isMetastatic))
      #expect(has("\"gallstones\":\"asymptomatic\"") == (isOld || isLocal))
      #expect(has("\"hypertension\":false") == isLocal)
      #expect(has("\"weight-loss\":true") == isLocal)
      #expect(has("\"weight-loss\":false") == isMetastatic)
      #expect(has("\"size\":") == isYoung)
    }
    #expect(kinds.count == 9)
    let read = Eval(guideline, language: .english).count(read: stream(lines(cohort)))
    let counted = CohortStudy(guideline, CohortQuestion()).count(cohort)
    #expect(counted.applies == read.applies)
    #expect(counted.depends == read.depends)
  }

  @Test("no drawn patient contradicts itself")
  func coherent() throws {
    let counts = CohortStudy(guideline, CohortQuestion()).count(try drawn(6_000))
    #expect(counts.patients == 6_000)
    #expect(counts.refused == 0)
  }

  @Test("drawn patients read from their lines are counted alike, and groups add up")
  func groups() throws {
    let cohort = try drawn(1_500)
    var question = CohortQuestion()
    question.by = try finding("stage")
    question.crossing = (try finding("syndrome"), try finding("size"))
    let study = CohortStudy(guideline, question)
    let counts = study.count(cohort)
    let read = study.count(read: stream(lines(cohort)))
    let all = CohortStudy(guideline, CohortQuestion()).count(cohort)
    #expect(counts.applies == all.applies)
    #expect(counts.depends == all.depends)
    #expect(read.applies == all.applies)
    #expect(read.crossing == counts.crossing)
    #expect(counts.groups.map(\.patients).reduce(0, +) == 1_500)
    #expect(counts.crossing.joined().reduce(0, +) == 1_500)
    let tally = Eval(guideline, language: .english).count(read: stream(lines(cohort)))
    #expect(tally.applies == all.applies)
    #expect(tally.depends == all.depends)
  }

  @Test("what if counts who gains and who loses advice, as stating it would")
  func whatIf() throws {
    // F109: an insulinoma without SSTR2 takes the general advice on analogues away.
    let sstr2 = try #require(guideline.vocabulary.finding(id: "sstr2"))
    let negative = try #require(sstr2.place(of: "negative"))
    var question = CohortQuestion()
    question.whatIf = [(sstr2.index, .values(1 << UInt32(negative)))]
    let cohort = try drawn(1_000)
    let counts = CohortStudy(guideline, question).count(cohort)
    let text = lines(cohort).split(separator: "\n").map { line -> String in
      var line = String(line)
      line = line.replacingOccurrences(of: ",\"sstr2\":\"positive\"", with: "").replacingOccurrences(of: ",\"sstr2\":\"negative\"", with: "")
      return String(line.dropLast(2)) + ",\"sstr2\":\"negative\"}}"
    }
    let after = Eval(guideline, language: .english).count(read: stream(text.joined(separator: "\n")))
    #expect(after.refused == counts.impossible)
    let before = counts.applies
    let place = try #require(counts.rules.firstIndex { guideline.rules[$0].facts.contains("F109") })
    #expect(counts.gained[place] > 0)
    #expect(counts.lost.contains { $0 > 0 })
    if counts.impossible == 0 {
      for rule in before.indices { #expect(before[rule] + counts.gained[rule] - counts.lost[rule] == after.applies[rule]) }
    }
  }

  @Test(
    "a file of shares that can't be read says where",
    arguments: [
      ("draw men1: yes 1\n", 1, "the first line is islet vocabulary 1"),
      ("islet vocabulary 1\n\ndraw men2: yes 1\n", 3, "“men2” is no finding that can be stated"),
      ("islet vocabulary 1\ndraw men1: maybe 1\n", 2, "men1 has no value maybe"),
      ("islet vocabulary 1\ndraw men1: yes\n", 2, "a share is a whole number behind its value, as in yes 10"),
      ("islet vocabulary 1\ndraw size: 1 to 900 5\n", 2, "size takes LOW to HIGH SHARE within its range"),
      ("islet vocabulary 1\n# nothing\n", 1, "it draws nothing"),
    ])
  func shares(text: String, line: Int, reason: String) throws {
    let error = #expect(throws: Diagnostic.self) {
      try Distributions(file: TextFile(name: "my.txt", bytes: Array(text.utf8)), guideline)
    }
    #expect(error?.code == "cohort.distribution")
    #expect(error?.file == "my.txt")
    #expect(error?.line == line)
    #expect(error?.message.english == "The distribution can't be read: \(reason).")
  }
}
