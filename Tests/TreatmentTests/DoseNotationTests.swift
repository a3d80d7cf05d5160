import Grammar
import Guideline
import Measures
import Testing
import Vocabulary
import Wording

/// A fixed generator (splitmix64), so that a failure comes back.
typealias Generator = SplitMix64

private func amount(_ number: String, _ unit: DoseUnit) throws -> DoseAmount {
  let value = try #require(Exact(number))
  return try #require(DoseAmount(value, unit))
}

private func span(_ count: Int, _ unit: TimeUnit) throws -> TimeSpan { try #require(TimeSpan(count, unit)) }

@Suite("Safe-dose notation")
struct DoseNotationTests {
  @Test("every printer of doses, in both languages")
  func printers() throws {
    let table: [(Words, String, String)] = [
      (try amount("20", .milligram).written, "20 mg", "20 mg"),
      (try amount("37.50", .milligram).written, "37.5 mg", "37.5 mg"),
      (try amount("0.5", .milligram).written, "0.5 mg", "0.5 mg"),
      (try amount("1.125", .milligram).written, "1125 micrograms", "1125 μικρογραμμάρια"),
      (try amount("1000", .milligram).written, "1000 mg", "1000 mg"),
      (try amount("50", .microgram).written, "50 micrograms", "50 μικρογραμμάρια"),
      (try amount("1", .microgram).written, "1 microgram", "1 μικρογραμμάριο"),
      (try amount("2", .gram).written, "2 g", "2 g"),
      (try amount("5", .millionUnits).written, "5 million units", "5 εκατομμύρια μονάδες"),
      (try amount("1", .millionUnits).written, "1 million units", "1 εκατομμύριο μονάδες"),
      (try amount("7.4", .gigabecquerel).written, "7.4 GBq", "7.4 GBq"),
      (DoseTiming.once.written, "as a single dose", "εφάπαξ"),
      (DoseTiming.times(1, .day).written, "once a day", "μία φορά την ημέρα"),
      (DoseTiming.times(2, .day).written, "twice a day", "δύο φορές την ημέρα"),
      (DoseTiming.times(3, .week).written, "three times a week", "τρεις φορές την εβδομάδα"),
      (DoseTiming.times(6, .day).written, "6 times a day", "6 φορές την ημέρα"),
      (DoseTiming.total(.day).written, "a day", "την ημέρα"),
      (DoseTiming.perHour.written, "per hour", "ανά ώρα"),
      (DoseTiming.every(try span(28, .day)).written, "every 4 weeks", "κάθε 4 εβδομάδες"),
      (DoseTiming.every(try span(8, .hour)).written, "every 8 hours", "κάθε 8 ώρες"),
      (DoseTiming.every(try span(3, .month)).written, "every 3 months", "κάθε 3 μήνες"),
      (DoseTiming.every(try span(1, .hour)).written, "every hour", "κάθε ώρα"),
      (DoseRoute.oral.written, "by mouth", "από το στόμα"),
      (DoseRoute.subcutaneous.written, "subcutaneously", "υποδορίως"),
      (DoseRoute.intravenous.written, "intravenously", "ενδοφλεβίως"),
      (DoseRoute.intramuscular.written, "intramuscularly", "ενδομυϊκά"),
      (try span(1, .week).written, "1 week", "1 εβδομάδα"),
      (try span(24, .hour).written, "1 day", "1 ημέρα"),
      (try span(12, .month).written, "1 year", "1 έτος"),
      (
        Dose(amount: try amount("100", .milligram), timing: .times(3, .day), route: .oral).written,
        "100 mg three times a day by mouth", "100 mg τρεις φορές την ημέρα από το στόμα"
      ),
    ]
    for (words, english, greek) in table {
      #expect(words == Words(english, greek))
      #expect(SafeDoseNotation.faults(in: english).isEmpty, "\(english)")
      #expect(SafeDoseNotation.faults(in: greek).isEmpty, "\(greek)")
    }
  }

  @Test("the judge of notation finds each fault that it knows")
  func negativeControls() {
    let bad: [(String, SafeDoseNotation.Fault)] = [
      ("50 µg", .micro), ("50 μg", .micro), ("50 ug", .micro), ("20mg", .noSpace), ("1.0 mg", .trailingZero), (".5 mg", .noLeadingZero),
      ("1,000 mg", .comma), ("7,4 GBq", .comma), ("5 MU", .units), ("5 IU", .units), ("50 mg/h", .slash), ("< 1 mg", .comparison),
      ("20 mg q4w", .abbreviation), ("100 mg tds", .abbreviation), ("100 mg BD", .abbreviation),
    ]
    for (text, fault) in bad { #expect(SafeDoseNotation.faults(in: text).contains(fault), "\(text)") }
    #expect(Set(bad.map(\.1)) == Set(SafeDoseNotation.Fault.allCases))
  }

  @Test("a measurement keeps its slash, and is another type with another printer")
  func measurements() throws {
    let clearance = try #require(Exact("60"))
    #expect(Unit.millilitrePerMinute.written(clearance) == "60 mL/min")
  }

  @Test("100,000 generated doses: printed in either language they are read back as the same dose, without forbidden notation")
  func generated() throws {
    let vocabulary = try Vocabulary.embedded()
    let words = try vocabulary.doseWords
    let therapy = try #require(vocabulary.therapy(id: "diazoxide"))
    var generator = Generator(state: 2012)
    var failures: [String] = []
    for turn in 0..<100_000 {
      let dose = Self.dose(&generator)
      for (place, language) in Language.allCases.enumerated() {
        let text = dose.written[language]
        let faults = SafeDoseNotation.faults(in: text)
        if !faults.isEmpty { failures.append("\(text): \(faults)") }
        // Each dose is read back in one language, in turn: half the time, the same cover.
        guard turn % 2 == place else { continue }
        var reader = try TreatmentReader(vocabulary, words, "diazoxide " + text)
        let phrase = try? reader.treatment()
        if phrase?.dose != dose || phrase?.therapy.id != therapy.id { failures.append(text) }
        if failures.count > 5 { break }
      }
      if failures.count > 5 { break }
    }
    #expect(failures == [])
  }

  /// A dose that can be typed: of three decimals behind a whole number only those that a smaller unit can print.
  private static func dose(_ generator: inout Generator) -> Dose {
    let unit = DoseUnit.allCases.randomElement(using: &generator) ?? .milligram
    let decimals = [0, 0, 1, 2].randomElement(using: &generator) ?? 0
    let power: Int64 = [1_000_000, 100_000, 10_000][decimals]
    let millionths = Int64.random(in: 1...9_999, using: &generator) * power
    let amount = DoseAmount(Exact(millionths: millionths), unit)
    let timing: DoseTiming?
    switch Int.random(in: 0...6, using: &generator) {
    case 0: timing = nil
    case 1: timing = .once
    case 2: timing = .times(Int.random(in: 1...24, using: &generator), [.day, .week, .month].randomElement(using: &generator) ?? .day)
    case 3: timing = .total([.day, .week].randomElement(using: &generator) ?? .day)
    case 4: timing = .perHour
    default:
      timing = TimeSpan(Int.random(in: 1...60, using: &generator), [.hour, .day, .week, .month].randomElement(using: &generator) ?? .week)
        .map { .every($0) }
    }
    return Dose(amount: amount, timing: timing, route: ([nil] + DoseRoute.allCases).randomElement(using: &generator) ?? nil)
  }

  @Test("dose texts of the chapters keep the notation in both languages, and say the drug's amounts")
  func chapters() throws {
    let guideline = try Guideline.embedded()
    let formulary = try guideline.formulary
    #expect(formulary.rules.count >= 12)
    for rule in formulary.rules {
      #expect(SafeDoseNotation.faults(in: rule.words.english).isEmpty, "\(rule.id)")
      #expect(SafeDoseNotation.faults(in: rule.words.greek).isEmpty, "\(rule.id)")
      for amount in rule.named {
        #expect(rule.words.english.contains("\(amount.value)"), "\(rule.id)")
        #expect(rule.words.greek.contains("\(amount.value)"), "\(rule.id)")
      }
      #expect(rule.words.english.contains("about ") == rule.isApproximate && rule.words.greek.contains("περίπου ") == rule.isApproximate, "\(rule.id)")
    }
    // F079: about 1 mg a day.
    #expect(formulary.rules.filter(\.isApproximate).map(\.facts) == [["F078", "F079"]])
  }
}

@Suite("Doses as people write them")
struct DoseReadingTests {
  private func read(_ text: String) throws -> TreatmentPhrase {
    let vocabulary = try Vocabulary.embedded()
    var reader = try TreatmentReader(vocabulary, try vocabulary.doseWords, text)
    return try reader.treatment()
  }

  private func code(_ text: String) -> String? {
    do {
      _ = try read(text)
      return nil
    } catch let error as Diagnostic {
      return error.code
    } catch {
      return "other"
    }
  }

  @Test(
    "shorthand in both languages is read as its canonical form",
    arguments: [
      ("octreotide LAR 20 mg q4w", "octreotide-lar 20 mg every 4 weeks"),
      ("lanreotide autogel 120mg every 28 days", "lanreotide-autogel 120 mg every 4 weeks"),
      ("diazoxide 100 mg three times a day", "diazoxide 100 mg three times a day"),
      ("diazoxide 100 mg tds", "diazoxide 100 mg three times a day"),
      ("diazoxide 100mg TDS po", "diazoxide 100 mg three times a day by mouth"),
      ("diazoxide 150 mg bd", "diazoxide 150 mg twice a day"),
      ("diazoxide 100 mg qds", "diazoxide 100 mg four times a day"),
      ("diazoxide 100 mg q8h", "diazoxide 100 mg every 8 hours"),
      ("diazoxide 100 mg x3", "diazoxide 100 mg three times a day"),
      ("diazoxide 100 mg 3x/day", "diazoxide 100 mg three times a day"),
      ("diazoxide 3 x 100 mg daily", "diazoxide 100 mg three times a day"),
      ("diazoxide 300 mg/day", "diazoxide 300 mg a day"),
      ("interferon 5 million units 3 times weekly", "interferon-alpha 5 million units three times a week"),
      ("100 mg diazoxide tid", "diazoxide 100 mg three times a day"),
      ("everolimus 10 mg daily", "everolimus 10 mg a day"),
      ("everolimus 10 mg od", "everolimus 10 mg once a day"),
      ("sunitinib 37,5 mg per day", "sunitinib 37.5 mg a day"),
      ("interferon 5 MU three times a week", "interferon-alpha 5 million units three times a week"),
      ("interferon 5 MU tiw sc", "interferon-alpha 5 million units three times a week subcutaneously"),
      ("I-131 MIBG 7.4 GBq", "mibg-131i 7.4 GBq"),
      ("131I-MIBG 7,4GBq every 3 months", "mibg-131i 7.4 GBq every 3 months"),
      ("octreotide infusion 50 micrograms/h", "octreotide-infusion 50 micrograms per hour"),
      ("octreotide infusion 50 mcg per hour", "octreotide-infusion 50 micrograms per hour"),
      ("rescue octreotide 250 micrograms bd sc", "octreotide 250 micrograms twice a day subcutaneously for rescue"),
      ("octreotide LAR 30 mg 4-weekly", "octreotide-lar 30 mg every 4 weeks"),
      ("octreotide LAR 30 mg monthly", "octreotide-lar 30 mg once a month"),
      ("οκτρεοτίδη LAR 20 mg κάθε 4 εβδομάδες", "octreotide-lar 20 mg every 4 weeks"),
      ("λανρεοτίδη Autogel 120mg κάθε 28 ημέρες", "lanreotide-autogel 120 mg every 4 weeks"),
      ("διαζοξίδη 100 mg τρεις φορές την ημέρα", "diazoxide 100 mg three times a day"),
      ("διαζοξίδη 100mg x3", "diazoxide 100 mg three times a day"),
      ("διαζοξίδη 100 mg ανά 8 ώρες", "diazoxide 100 mg every 8 hours"),
      ("ιντερφερόνη 5 εκατομμύρια μονάδες τρεις φορές την εβδομάδα", "interferon-alpha 5 million units three times a week"),
      ("έγχυση οκτρεοτίδης 50 μικρογραμμάρια ανά ώρα", "octreotide-infusion 50 micrograms per hour"),
      ("έγχυση οκτρεοτίδης 50 μg/ώρα", "octreotide-infusion 50 micrograms per hour"),
      ("εβερόλιμους 10 mg ημερησίως", "everolimus 10 mg a day"),
      ("εβερόλιμους 10 mg μία φορά την ημέρα", "everolimus 10 mg once a day"),
      ("ppi", "ppi"),
      ("diazoxide 100 mg tds anyway", "diazoxide 100 mg three times a day anyway"),
      ("διαζοξίδη 100 mg τρεις φορές την ημέρα παρόλα αυτά", "diazoxide 100 mg three times a day anyway"),
    ])
  func shorthand(_ typed: String, _ canonical: String) throws {
    let phrase = try read(typed)
    #expect(phrase.canonical == canonical)
    #expect(try read(canonical).canonical == canonical)
  }

  @Test(
    "what can't be read is refused, with its code",
    arguments: [
      ("diazoxide 1,000 mg daily", "dose.thousands"), ("diazoxide 1.000 mg daily", "dose.thousands"),
      ("diazoxide 100", "dose.unit-missing"), ("diazoxide 0 mg daily", "dose.number"), ("diazoxide -5 mg daily", "dose.number"),
      ("diazoxide 100 mg twice", "dose.timing-incomplete"), ("diazoxide 100 mg 200 mg", "dose.two-values"),
      ("diazoxide 100 mg bd tds", "dose.two-values"), ("diazoxide 100 mg/fortnight", "dose.unreadable"),
      ("diazoxide 100 mg sometimes", "dose.unreadable"), ("aspirin 100 mg daily", "therapy.outside"),
      ("flurbinol 100 mg daily", "therapy.unknown"), ("", "therapy.unknown"),
      ("diazoxide 100 mg every 0 days", "dose.unreadable"),
    ])
  func refusals(_ typed: String, _ expected: String) {
    #expect(code(typed) == expected)
  }

  @Test("a number that starts with its point is shown with both readings of the whole line, the number alone replaced", arguments: [".5", ",5", ".25", ",3"])
  func leading(number: String) throws {
    var shell = try Shell(.english, "patient 54F, insulinoma")
    for (before, after) in [("give diazoxide ", " g a day"), ("give diazoxide ", ""), ("give sunitinib ", " mg once a day")] {
      let error = try #require(shell.session.run(before + number + after).report.errors.first)
      #expect(error.code == "dose.leading-point")
      #expect(error.readings == ["0." + number.dropFirst(), String(number.dropFirst())].map { before + $0 + after }, "\(number)\(after)")
    }
  }

  @Test("a comma or point before three digits is shown with both readings")
  func thousands() throws {
    let error = #expect(throws: Diagnostic.self) { try read("διαζοξίδη 1.000 mg ημερησίως") }
    #expect(
      error?.help.map(\.greek) == ["Αν εννοείτε το μεγαλύτερο: 1000 mg", "Αν εννοείτε το μικρότερο: 1 mg"])
    let eighth = try amount("125", .milligram)
    #expect(try read("diazoxide 0.125 g daily").dose.amount == eighth)
  }

  @Test("three decimals behind a nought stay, since they can't be taken for thousands; behind another whole number they don't")
  func decimals() throws {
    #expect(try amount("0.125", .milligram).written == Words("0.125 mg", "0.125 mg"))
    #expect(try amount("0.125", .gram).written.english == "0.125 g")
    #expect(try amount("1", .milligram).written.english == "1 mg")
    #expect(try amount("1.125", .milligram).written.english == "1125 micrograms")
    #expect(try amount("1.125", .gram).written.english == "1125 mg")
    #expect(try amount("1.12", .milligram).written.english == "1.12 mg")
    #expect(try amount("37.5", .milligram).written.english == "37.5 mg")
  }

  @Test("daily totals come from dose and frequency")
  func totals() throws {
    #expect(try read("diazoxide 100 mg tds").dose.dailyTotal?.written.english == "300 mg")
    #expect(try read("diazoxide 100 mg q8h").dose.dailyTotal?.written.english == "300 mg")
    #expect(try read("octreotide infusion 50 micrograms/h").dose.dailyTotal?.written.english == "1200 micrograms")
    #expect(try read("interferon 5 MU tiw").dose.dailyTotal == nil)
    #expect(try read("octreotide LAR 20 mg q4w").dose.dailyTotal == nil)
  }
}

@Suite("Time")
struct TimeTests {
  @Test("days, weeks, calendar months and years from 2012-01-01")
  func calendar() throws {
    let start = try #require(CalendarDate("2012-01-01"))
    #expect(start.serial == 15_340)
    #expect("\(start.after(try span(4, .week)))" == "2012-01-29")
    #expect("\(start.after(try span(3, .month)))" == "2012-04-01")
    #expect("\(start.after(try span(2, .year)))" == "2014-01-01")
    let lastOfJanuary = try #require(CalendarDate("2012-01-31"))
    #expect("\(lastOfJanuary.after(try span(1, .month)))" == "2012-02-29")
    let leapDay = try #require(CalendarDate("2012-02-29"))
    #expect("\(leapDay.after(try span(1, .year)))" == "2013-02-28")
    #expect(CalendarDate("2012-02-30") == nil)
  }

  @Test(
    "what isn't a length of time is quoted: its number and its unit, and nothing behind them",
    arguments: [
      ("3 fortnights after lunch", "3 fortnights"), ("1 month 2 fortnights and more", "2 fortnights"), ("2 δεκαετίες ακόμη", "2 δεκαετίες"), ("soon", "soon"),
    ])
  func unreadable(line: String, quoted: String) throws {
    let vocabulary = try Vocabulary.embedded()
    var reader = try TreatmentReader(vocabulary, try vocabulary.doseWords, line)
    let error = try #require(#expect(throws: Diagnostic.self) { try reader.spans() })
    #expect(error.code == "time.unreadable" && error.message.english.hasPrefix("“\(quoted)” isn't") && error.message.greek.contains("«\(quoted)»"))
    #expect(try #require(error.span).count == quoted.utf8.count)
  }

  @Test("a century is a leap year where 400 divides it (Gregorian calendar)")
  func centuries() throws {
    for (year, isLeap) in [(1900, false), (1904, true), (2000, true), (2001, false), (2100, false), (2196, true), (2200, false)] {
      #expect((CalendarDate(year: year, month: 2, day: 29) != nil) == isLeap, "\(year)")
      let january = try #require(CalendarDate(year: year, month: 1, day: 31))
      #expect("\(january.after(try span(1, .month)))" == "\(year)-02-\(isLeap ? 29 : 28)")
      #expect(january.after(try span(31, .day)).description.hasPrefix(isLeap ? "\(year)-03-02" : "\(year)-03-03"))
    }
  }

  @Test("dates and their day numbers are inverse over four hundred years")
  func inverse() throws {
    for serial in stride(from: -20_000, to: 84_000, by: 1) {
      let date = CalendarDate(serial: serial)
      let (year, month, day) = date.parts
      if (1900...2200).contains(year) { #expect(CalendarDate(year: year, month: month, day: day) == date) }
    }
  }
}
