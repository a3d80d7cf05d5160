import Foundation
import Grammar
import Testing
import Wording

/// What reads like a real person's data is found, and what only holds numbers, dates and signs is not: tables in both languages, made
/// of ways to write each thing.
@Suite("A real person's data is told from numbers")
struct PersonalDataTests {
  /// AMKA with their check digits worked out by hand from the rule (Luhn): 01 01 70, 12 03 70, 29 02 60, 31 12 99, 05 06 48.
  private static let amka = ["01017012343", "12037000010", "29026011113", "31129998766", "05064855504"]
  private static let births = ["1.1.70", "12/3/1970", "12-03-1970", "01.01.1970", "1970-03-12", "3/12/48", "29.2.1960", "5-6-48"]
  private static let written = ["maria@gmail.com", "m.papadopoulou@uni-hospital.gr", "maria-p@mail.example.org"]
  private static let spelt = [
    "maria at gmail dot com", "maria (at) gmail.com", "maria [at] gmail [dot] com", "maria παπάκι gmail τελεία com", "μαρία παπάκι yahoo τελεία gr",
    "maria at otenet.gr", "m.p at mail dot uni dot gr",
  ]
  private static let phones = ["6971234567", "697 123 4567", "+30 697 123 4567", "+30 2101234567", "0030 210 1234567", "+44 7700 900123"]
  private static let months = ["12 March 1970", "March 12, 1970", "12 Μαρτίου 1970", "1 Ιανουαρίου 1970", "3 Δεκ 1948", "5 June 48"]

  /// Every way of writing, `@`, with every value.
  private static func all(_ ways: [String], _ values: [String]) -> [String] {
    var found: [String] = []
    for way in ways { for value in values { found.append(way.replacingOccurrences(of: "@", with: value)) } }
    return found
  }

  /// An AMKA with its date apart.
  private static func apart(_ sign: String) -> [String] { amka.map { String($0.prefix(6)) + sign + String($0.suffix(5)) } }

  static var names: [String] {
    var found = all(["@", "Maria @", "Μαρία @", "ΑΜΚΑ @"], amka)
    found += apart(" ")
    found += apart("-")
    found += all(["@", "Maria @", "Μαρία @", "γεν @"], births)
    found += all(["@", "Maria @", "Ελένη, @"], months)
    found += all(["{}", "Maria {}"].map { $0.replacingOccurrences(of: "{}", with: "@") }, spelt)
    found += written + written.map { "Maria " + $0 }
    found += all(["@", "Maria @", "τηλ @"], phones)
    found += ["MRN 123456", "record 7654321", "Α.Μ. 1234567", "αρ. φακέλου 98765", "1234567", "NHS 943 476 5919", "12345678901"]
    return found
  }

  static var texts: [String] {
    var found = all(["patient 54F, @", "note \"ΑΜΚΑ: @\"", "set G2 # @"], amka)
    found += all(["σημείωμα \"@, 54 ετών\""], apart(" "))
    let ways = [
      "note \"born @, insulinoma\"", "patient 54F, born on @", "σημείωμα \"Γεννήθηκε @.\"", "ασθενής γεννηθείσα την @, 54 Γ", "note \"DOB: @\"",
      "note \"d.o.b. @\"", "σημείωμα \"ημ. γέννησης: @\"", "note \"@ (date of birth)\"",
    ]
    found += all(ways, births)
    found += all(ways, months)
    found += all(["note \"write to @\"", "set G2 # @", "σημείωμα \"γράψτε στο @\""], spelt)
    for address in written { found += ["note \"write to \(address)\"", "σημείωμα \"γράψτε στο \(address)\""] }
    found += all(["note \"tel. @\"", "σημείωμα \"τηλέφωνο: @\""], phones)
    found += ["note \"MRN 1234567\"", "σημείωμα \"αριθμός μητρώου 1234567\""]
    return found
  }

  /// What a name may hold.
  static let madeUpNames: [String] = [
    "Maria", "Μαρία", "Patient 1", "Ασθενής 12", "Bed 7 2024", "Κλίνη 7 2024", "patient 2026-11", "2026-11", "2026-11-28", "20261128", "Group 3-4", "Room 101",
    "Arm 2 of 3", "Case 2024-001", "Σεμινάριο 28.11.2026", "2012-2026", "G2 Ki-67 12", "T3N1M0", "Size 14 x 12", "v1.2.3", "Ομάδα Α 3", "Cohort 10000",
    "Maria 54F", "Maria 54 14 25", "10.000", "A-1", "X.1", "Week 12/2026", "Θάλαμος 3, κλίνη 12", "Teaching case 5", "Year 2012", "Έτος 2026", "May 2026",
    "Μάιος 2026", "12 March 2026", "12 Μαρτίου 2026", "3rd", "Νο 7", "P121", "E01-E43", "Seen at 10", "at home", "Anna at work", "Μαρία στο σπίτι",
  ]

  static var harmless: [String] { madeUpNames.map { "patient \"" + $0 + "\" 54F" } + lines }

  private static let lines: [String] = [
    "patient 54F, insulinoma 14 mm", "ασθενής 54 γυναίκα, ινσουλίνωμα 14 χιλ.", "CgA 1234", "chromogranin A 12345 ng/mL", "χρωμογρανίνη 12345",
    "platelets 250000", "αιμοπετάλια 250.000", "CT 12/3/2024", "αξονική 12/3/2024", "MRI on 1.1.2024", "μαγνητική στις 1.1.24", "diagnosed 12/3/2019",
    "operated on 3-4-2021", "χειρουργείο 3.4.2021", "since March 2019", "από τον Μάρτιο του 2019", "follow-up 2020-05-06",
    "give octreotide LAR 20 mg every 4 weeks",
    "give octreotide infusion 50 micrograms per hour", "δώσε οκτρεοτίδη 100 mcg 3 φορές την ημέρα", "give Lu-177 7.4 GBq", "advance 3 months",
    "set ki67 2.5 %", "Ki-67 3-20 %", "mitoses 2/10 HPF", "2-20 per 10 HPF", "sizes 12, 14, 25 mm", "10 x 12 x 14 mm", "lesions 12-14-25",
    "gastrin 1000-2000 pg/mL",
    "γαστρίνη 1000-2000", "cohort n 1000000 seed 42", "simulate everolimus n 1000 seed 7", "find 2012", "cite F001", "read P001", "dose P100", "errata",
    "branch v2", "what if size 25 mm", "expect 60 s", "BP 120/80", "ΑΠ 120/80", "pulse 80", "glucose 45 mg/dL at 10:30", "γλυκόζη 45 στις 10:30",
    "seen at clinic. No mets", "metastases at liver. Net of 3 cm", "at 14 mm. com", "look at it.", "NET at the tail", "biopsy at hospital.",
    "in remission at 5 years",
    "dot blot at 3", "παπάκι", "54F @ clinic", "5 @ 10", "WHO 2010 G2", "TNM 8th ed. 2017", "ENETS 2016", "UK 2012", "Gut 2012;61:6-32",
    "cases 1-5, 7, 9", "1,2,3,4,5,6,7,8,9,10,11", "1 2 3 4 5 6 7 8 9 10 11", "0.5 0.75 1.25 2.5", "1.234.567", "1 000 000", "100 000 000", "12345678 cells",
    "phone the surgeon", "τηλεφώνησε στον χειρουργό", "record my-case.islet", "record 2024.islet", "κατέγραψε περιστατικό-2024", "save 20261128.islet",
    "load 2026-11-28.islet", "born in Athens", "γεννήθηκε στην Αθήνα", "first-born", "birth weight 3500 g", "born 54 years ago", "newborn screening 2019",
    "date 12/3/2024, grade G2", "12 March 2024: octreotide", "12 Μαρτίου 2024: οκτρεοτίδη", "in May 2024 25 mm", "July 4 units", "σε 12 μήνες 2024",
    "stage T2 N1 M0",
    "hospital stay 12 days", "νοσηλεία 12 ημερών", "chart 3", "hospital 2", "αρ. 3", "φάκελος 12", "μητρώο όγκων 2019", "passport not needed",
    "patient 61M, gastrinoma, MEN1, 25 mm", "ασθενής 61 Α, γαστρίνωμα, MEN1, 25 mm", "set grade G3, Ki-67 35 %", "όρισε βαθμός G3, Ki-67 35 %",
    "expect recommend includes enucleation", "evidence everolimus", "δεδομένα everolimus", "give everolimus 10 mg daily", "δώσε everolimus 10 mg ημερησίως",
    "perform whipple", "order CT", "advance 12 weeks", "compare moment 3 moment 12", "replay a.islet --until 12", "set creatinine clearance 45 mL/min",
    "heart rate 110, BP 90/60, glucose 38", "weight 82.5 kg, height 176 cm", "βάρος 82,5 kg, ύψος 176 cm",
  ]

  @Test("what is found, as a name and in a line")
  func found() {
    for name in Self.names { #expect(PersonalData.kind(in: name, .name) != nil, "\(name)") }
    for text in Self.texts { #expect(PersonalData.kind(in: text, .text) != nil, "\(text)") }
    #expect(Self.names.count + Self.texts.count >= 200)
  }

  @Test("what isn't, as a name and in a line")
  func notFound() {
    for name in Self.madeUpNames { #expect(PersonalData.kind(in: name, .name) == nil, "\(name)") }
    for text in Self.harmless { #expect(PersonalData.kind(in: text, .text) == nil, "\(text)") }
    #expect(Self.madeUpNames.count + Self.harmless.count >= 200)
  }

  @Test("an AMKA has a date that there is and a check digit")
  func amka() {
    for number in Self.amka {
      #expect(PersonalData.kind(in: number, .id) == .amka, "\(number)")
      let last = number.last?.wholeNumberValue ?? 0
      // Another check digit, a month 13 and a day 32 make it a number.
      #expect(PersonalData.kind(in: String(number.dropLast()) + "\((last + 1) % 10)", .id) == nil, "\(number)")
    }
    for number in ["01137012343", "32017012343", "31027012343", "00017012343"] { #expect(PersonalData.kind(in: number, .id) == nil, "\(number)") }
  }

  @Test("an id may be a number of any length; a date of birth, an address and an AMKA it may not")
  func ids() {
    for id in [
      "a1", "17", "-3", "1.50", "1e3", "12345678901234567890", "000123", "case-000123", "550e8400-e29b-41d4-a716-446655440000", "2026-11-28", "1234567", "p.1",
    ] {
      #expect(PersonalData.kind(in: id, .id) == nil, "\(id)")
    }
    for id in ["1.1.70", "12/3/1970", "1970-03-12", "maria@gmail.com", "maria at gmail dot com", "Maria 12.3.1970"] {
      #expect(PersonalData.kind(in: id, .id) != nil, "\(id)")
    }
  }
}
