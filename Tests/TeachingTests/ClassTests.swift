import Foundation
import Reports
import Teaching
import Testing
import Wording

@Suite("A class in numbers")
struct ClassTests {
  // MARK: Statistics

  @Test("a share has Wilson's interval, as its paper's form gives it; from nine learners there is none")
  func share() throws {
    // Eight of ten: (0.8 + z²/20 ∓ z √(0.8·0.2/10 + z²/400)) / (1 + z²/10), by hand.
    let found = try #require(ItemStatistics.share(8, of: 10))
    #expect(abs(found.value - 0.8) < 1e-9 && abs(found.low - 0.49016) < 1e-4 && abs(found.high - 0.94332) < 1e-4)
    let none = try #require(ItemStatistics.share(0, of: 30))
    #expect(abs(none.low) < 1e-9 && abs(none.high - 0.11352) < 1e-4)
    #expect(ItemStatistics.share(9, of: 9) == nil)
  }

  /// Scores of 0 and 1 of 40 learners in five items, by a rule that no formula below shares.
  private let rows: [[Double]] = (0..<40).map { (learner: Int) -> [Double] in
    (0..<5).map { item -> Double in
      let place: Int = (learner * 7 + item * 11) % 40
      return place < 30 - item * 4 || (learner > 25 && item != 3) ? 1 : 0
    }
  }

  @Test("of items right or wrong, discrimination is the point-biserial correlation and alpha is KR-20")
  func classical() throws {
    let sums = rows.map { $0.reduce(0, +) }
    for item in 0..<5 {
      let rests = rows.map { $0.reduce(0, +) - $0[item] }
      let passed = rows.indices.filter { rows[$0][item] == 1 }
      let share = Double(passed.count) / 40
      func mean(_ places: [Int]) -> Double { places.reduce(0) { $0 + rests[$1] } / Double(places.count) }
      let whole = mean(Array(rows.indices))
      let squares: Double = rests.reduce(0) { $0 + ($1 - whole) * ($1 - whole) }
      let spread: Double = (squares / 40).squareRoot()
      let failed: Double = mean(rows.indices.filter { rows[$0][item] == 0 })
      let biserial: Double = (mean(passed) - failed) / spread * (share * (1 - share)).squareRoot()
      let found = try #require(ItemStatistics.correlation(rows.indices.map { (rows[$0][item], rests[$0]) }))
      #expect(abs(found.value - biserial) < 1e-9)
      #expect(found.low < found.value && found.value < found.high)
    }
    let mean = sums.reduce(0, +) / 40
    // KR-20 with the variances over n, as Kuder and Richardson have it; the ratio is the same as with n - 1.
    let variance = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40
    let parts = (0..<5).reduce(0.0) { sum, item in
      let p = rows.reduce(0) { $0 + $1[item] } / 40
      return sum + p * (1 - p)
    }
    let alpha = try #require(ItemStatistics.alpha(rows))
    #expect(abs(alpha - 5.0 / 4 * (1 - parts / variance)) < 1e-9)
    // Fisher: r 0.5 of 30 lies between 0.17 and 0.73.
    let pairs = (0..<30).map { place -> (x: Double, y: Double) in
      let bonus: Int = place % 4 < 2 ? 3 : 0
      return (Double(place % 2), Double(place % 2 + bonus - place % 3))
    }
    let fisher = try #require(ItemStatistics.correlation(pairs))
    let ratio: Double = (1 + fisher.value) / (1 - fisher.value)
    let z: Double = 0.5 * Foundation.log(ratio)
    let low: Double = tanh(z - 1.959964 / Double(27).squareRoot())
    #expect(abs(fisher.low - low) < 1e-6)
  }

  @Test("what few learners, or learners who don't differ, can't tell is told by no number")
  func few() {
    #expect(ItemStatistics.correlation((0..<29).map { (Double($0 % 2), Double($0 % 2)) }) == nil)
    #expect(ItemStatistics.correlation((0..<40).map { (1, Double($0)) }) == nil)
    #expect(ItemStatistics.alpha(Array(rows.prefix(29))) == nil)
    #expect(ItemStatistics.alpha(rows.map { [$0[0]] }) == nil)
    #expect(ItemStatistics.alpha(rows.map { _ in [1, 1] }) == nil)
  }

  // MARK: A class

  private func line(_ step: Int, _ attempt: Int, _ rest: String) -> String {
    #"{"v":1,"at":0,"step":\#(step),"case":"small-insulinoma","attempt":\#(attempt),"time":\#(1_000 + step),\#(rest)}"# + "\n"
  }

  private func results(_ logs: [String: String], exams: Bool = false) throws -> ClassResults {
    let scenario = try scenario("small-insulinoma")
    return ClassResults(
      logs.sorted { $0.key < $1.key }.map { LearnerLog($0.key, CaseLog(Array($0.value.utf8))) }, try world().guideline, exams: exams
    ) { $0 == "small-insulinoma" ? scenario : nil }
  }

  @Test("first attempts alone count, later ones stand apart; choices, confidence and errors by rule are those of the first")
  func firstAttempts() throws {
    let wrong = line(2, 1, #""kind":"answer","what":"cause","mark":"wrong","line":"vipoma 90%","credit":0"#)
    let right = line(2, 2, #""kind":"answer","what":"cause","mark":"right","line":"insulinoma 80%","credit":1"#)
    let error = line(3, 1, #""kind":"give","what":"octreotide-lar","rule":"insulinoma.analogues-without-sstr2","mark":"against""#)
    let results = try results([
      "anna": wrong + error + line(4, 1, #""kind":"end","what":"small-insulinoma","mark":"31""#) + right
        + line(4, 2, #""kind":"end","what":"small-insulinoma","mark":"91""#),
      "basil": line(2, 1, #""kind":"answer","what":"cause","mark":"right","line":"insulinoma 60%","credit":1"#) + error,
    ])
    let found = try #require(results.cases.first)
    #expect(found.learners == 2 && found.attempts == 3 && found.firsts == [31])
    #expect(found.again.map { [$0.first, $0.last] } == [[31, 91]])
    let item = try #require(found.items.first)
    #expect(item.count == 2 && item.sum == 1 && item.facility == nil && item.discrimination == nil)
    #expect(item.options.first { $0.choice.id == "insulinoma" }?.count == 1)
    #expect(results.forecasts.map(\.sure).sorted() == [60, 90])
    #expect(results.errors.map(\.rule) == ["insulinoma.analogues-without-sstr2"])
    #expect(results.errors[0].learners.count == 2)
    #expect(results.learners.map(\.mean) == [31, nil] && results.learners.map(\.best) == [91, nil])
    // Two learners: no share, no correlation, and it is said.
    let text = ClassReport(results, .english).report(pictures: true).text(.plain)
    #expect(text.contains("Small numbers") && text.contains("1 of 2") && !text.contains("(50%)"))
    #expect(ClassReport(results, .greek).report(pictures: false).text(.plain).contains("Μικροί αριθμοί"))
  }

  @Test("a log that two learners hand in to the second is told; the same answers at other times aren't")
  func copies() throws {
    let log = line(2, 1, #""kind":"answer","what":"cause","mark":"right","line":"insulinoma","credit":1"#)
    let later = log.replacingOccurrences(of: #""time":1002"#, with: #""time":2002"#)
    #expect(try results(["anna": log, "basil": log, "clio": later]).copies == [["anna", "basil"]])
  }

  @Test("thirty made-up learners: every number of the tables follows from the answers that they list", arguments: [1, 7])
  func thirty(seed: UInt64) throws {
    let scenario = try CaseLibrary().scenario("fasting-hypoglycaemia", world())
    let made = SimulatedClass([scenario], try world(), seed: seed)
    let logs = (0..<30).map { LearnerLog("learner \($0)", CaseLog(Array(made.log($0).map { $0 + "\n" }.joined().utf8))) }
    #expect(logs.allSatisfy { $0.log.unread.isEmpty && !$0.log.events.isEmpty })
    #expect(made.log(3) == SimulatedClass([scenario], try world(), seed: seed).log(3))
    // Some look at hints, which an exam has none of.
    let exam = SimulatedClass([scenario], try world(), seed: seed, isExam: true)
    for (sitting, mayHint) in [(made, true), (exam, false)] {
      #expect((0..<30).contains { sitting.log($0).contains { $0.contains("\"kind\":\"hint\"") } } == mayHint)
    }
    let results = ClassResults(logs, try world().guideline) { _ in scenario }
    let found = try #require(results.cases.first)
    #expect(found.learners == 30 && found.others == 0 && Set(found.firsts).count > 5)
    #expect(found.firsts == found.firsts.sorted())
    let quarters = [0, 25, 50, 75, 100].map { found.quantile($0) }
    #expect(quarters.first == found.firsts.first && quarters.last == found.firsts.last && quarters[2] == found.firsts[(found.firsts.count - 1) / 2])
    for (hundredths, score) in zip([0, 25, 50, 75, 100], quarters) {
      let (below, within) = (found.firsts.count { $0 < score ?? 0 }, found.firsts.count { $0 <= score ?? 0 })
      #expect(below * 100 <= hundredths * found.firsts.count && within * 100 >= hundredths * (found.firsts.count - 1), "\(hundredths)")
    }
    // The judge reads the table of answers as another program would.
    let rows = ClassTables(results: results).csv(.responses).split(separator: "\r\n").dropFirst().map {
      $0.split(separator: ",", maxSplits: 5).map(String.init)
    }
    for item in found.items {
      let credits = rows.filter { $0[3] == item.name }.compactMap { Double($0[4]) }
      #expect(credits.count == item.count)
      let facility = try #require(item.facility)
      #expect(abs(credits.reduce(0, +) / Double(credits.count) - facility.value) < 1e-3)
      if case .single? = item.question?.kind { #expect(item.options.reduce(0) { $0 + $1.count } == item.count) }
      // What a learner is credited for is what the tables call right.
      let table = ClassTables(results: results).csv(.options).split(separator: "\r\n").map { $0.split(separator: ",").map(String.init) }
      let options = table.filter { $0[1] == item.name }
      if case .single? = item.question?.kind {
        #expect(Set(options.map { $0[3] }) == ["yes", "no"])
        for option in item.options { #expect(options.contains { $0[2] == option.choice.id && $0[3] == (option.choice.verdict == .right ? "yes" : "no") }) }
      }
    }
    #expect(found.items.contains { $0.discrimination != nil } && found.alpha != nil && !results.errors.isEmpty)
    for language in Language.allCases {
      let report = ClassReport(results, language).report(pictures: true)
      #expect(report.blocks.contains { if case .figure = $0 { true } else { false } })
      for row in report.text(TextStyle(columns: 80, isColoured: false)).split(separator: "\n") { #expect(Display.width(String(row)) <= 80, "\(row)") }
      // Questions go by their numbers and texts: an author's ids are English words.
      let rows = ClassReport(results, language).report(pictures: false).text(.plain).split(separator: "\n").map { $0.drop { $0 == " " } }
      for item in found.items where language == .greek { #expect(!rows.contains { $0.hasPrefix(item.name) }, "\(item.name)") }
      #expect(rows.contains { $0.contains(language == .english ? "mean said" : "μέση δηλωμένη") })
      for fifth in [0...20, 21...40, 41...60, 61...80, 81...100] {
        let count = results.forecasts.count { fifth.contains($0.sure) }
        #expect(count == 0 || rows.contains { $0.contains("\(fifth.upperBound)") && $0.contains(" \(count) ") && $0.contains("%") }, "\(fifth)")
      }
      let title = try #require(found.items[1].question).text[language]
      #expect(rows.contains { $0.contains("2. " + title.prefix(20)) })
    }
    for table in ClassTables.Table.allCases {
      let lines = ClassTables(results: results).csv(table).split(separator: "\r\n")
      #expect(lines.count > (table == .exams ? 0 : 1), "\(table)")
    }
  }

  @Test("a case that isn't available still gives difficulty; its choices are said to be missing")
  func elsewhere() throws {
    let log = CaseLog(Array(line(2, 1, #""kind":"answer","what":"cause","mark":"right","line":"insulinoma","credit":1"#).utf8))
    let results = ClassResults([LearnerLog("anna", log)], try world().guideline) { _ in nil }
    #expect(results.cases[0].items.map(\.name) == ["cause"] && results.cases[0].items[0].options.isEmpty)
    #expect(ClassReport(results, .english).report(pictures: false).text(.plain).contains("isn't available here"))
  }
}
