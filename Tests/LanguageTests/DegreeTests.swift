import Commands
import Guideline
import Sessions
import Testing
import Wording

private let guideline = Result { try Guideline.embedded() }

@Suite("A degree, a bracket or a date belongs to its own noun")
struct DegreeTests {
  private func read(_ phrase: String) throws -> (canonical: String, codes: [String]) {
    var session = Session(world: World(guideline: try guideline.get(), commands: .standard, version: "test"), language: .english)
    let answer = session.run("patient \"A\" " + phrase)
    return ((answer.canonical ?? "").replacing("patient \"A\"", with: "").trimmingSpaces(), answer.report.errors.map(\.code))
  }

  @Test(
    "what is there from a degree on isn't stated where less than that is said, wherever the degree stands",
    arguments: [
      ("thromboembolic risk = low", "thromboembolic-risk no"), ("thromboembolic risk (normal)", "thromboembolic-risk no"),
      ("carcinoid heart disease: negligible", "carcinoid-heart-disease no"), ("trivial carcinoid heart disease", "carcinoid-heart-disease no"),
      ("καρδιοπάθεια καρκινοειδούς: μη σημαντική", "carcinoid-heart-disease no"),
      ("tumour lysis risk: negligible", #"noted outside "tumour lysis risk: negligible""#), ("thromboembolic risk: high", "thromboembolic-risk"),
    ])
  func slight(phrase: String, canonical: String) throws {
    let (found, codes) = try read(phrase)
    #expect(codes == [] && found.hasPrefix(canonical) && !found.dropFirst(canonical.count).hasPrefix(" no"), "\(phrase): \(found)")
  }

  @Test("a mild one is asked", arguments: ["slight carcinoid heart disease", "carcinoid heart disease (mild)", "καρκινοειδής καρδιοπάθεια, ήπια"])
  func mild(phrase: String) throws {
    #expect(try read(phrase).codes == ["reading.ambiguous"])
  }

  @Test(
    "about, behind a number, is kept as a note; a plus behind it is a bound",
    arguments: [
      ("gastrinoma, 31 mm or so", #"syndrome is gastrinoma, size 31 mm, noted uncertain "31 mm or so""#),
      ("VIPoma 4 cm, approximately, sstr positive", #"syndrome is vipoma, size 40 mm, sstr is positive"#),
      ("Ki-67 7% περίπου", #"ki67 7 %, noted uncertain "7% περίπου""#), ("liver lesions 6+", "liver-lesions >= 6"),
    ])
  func about(phrase: String, canonical: String) throws {
    let found = try read(phrase)
    #expect(found.codes == [] && found.canonical.hasPrefix(canonical.split(separator: ", noted")[0]), "\(phrase): \(found.canonical)")
    if canonical.contains("noted") { #expect(found.canonical == canonical) }
  }

  @Test(
    "a word that says no before a noun of its own says nothing of the finding before it",
    arguments: [
      ("glucagonoma tail, negative blood cultures", "syndrome is glucagonoma, location is tail"),
      ("VIPoma, diarrhoea, normal colonoscopy", "syndrome is vipoma, diarrhoea is not none"),
      ("γαστρίνωμα κεφαλής, αρνητικός ιστολογικός έλεγχος", "syndrome is gastrinoma, location is head"),
    ])
  func otherNoun(phrase: String, canonical: String) throws {
    let found = try read(phrase)
    #expect(found.codes == [] && found.canonical.hasPrefix(canonical + ", noted"), "\(phrase): \(found.canonical)")
  }

  @Test(
    "a finding that is negative still is",
    arguments: [("MEN1 (negative)", "men1 no"), ("SSTR: negative", "sstr is negative"), ("bone metastases negative", "bone-metastases no")])
  func negative(phrase: String, canonical: String) throws {
    #expect(try read(phrase).canonical == canonical)
  }

  @Test(
    "what it measured once is past",
    arguments: [
      ("insulinoma 22 mm, previously 17 mm", #"syndrome is insulinoma, size 22 mm, noted past "previously 17 mm""#),
      ("γαστρίνωμα 3 cm (2 cm το 2019)", "syndrome is gastrinoma, size 30 mm, noted past"),
    ])
  func former(phrase: String, canonical: String) throws {
    let found = try read(phrase)
    #expect(found.codes == [] && found.canonical.hasPrefix(canonical), "\(phrase): \(found.canonical)")
  }

  @Test(
    "numbers in brackets are of the lesions before them, a share of the liver is its involvement",
    arguments: [
      ("liver lesions (n = 5)", "liver-lesions 5"), ("liver lesions (0.9 and 1.6 cm)", "largest-liver-lesion 16 mm"),
      ("liver mets in >40% of the liver", "liver-metastases is not none, liver-involvement > 40 %"),
      ("ηπατικές μεταστάσεις στο 35% του ήπατος", "liver-metastases is not none, liver-involvement 35 %"),
    ])
  func brackets(phrase: String, canonical: String) throws {
    let found = try read(phrase)
    #expect(found.codes == [] && found.canonical.contains(canonical), "\(phrase): \(found.canonical)")
  }

  @Test(
    "ages and sexes as charts have them",
    arguments: [
      ("Θ/47, γαστρίνωμα", "age 47 years, sex is female"), ("Α 71, γαστρίνωμα", "age 71 years, sex is male"),
      ("62 ετών (Θ), γαστρίνωμα", "age 62 years, sex is female"), ("49 y.o. M, insulinoma", "age 49 years, sex is male"),
      ("33 (F), insulinoma", "age 33 years, sex is female"),
    ])
  func charts(phrase: String, canonical: String) throws {
    let found = try read(phrase).canonical
    for part in canonical.split(separator: ", ") { #expect(found.contains(part), "\(phrase): \(found)") }
  }

  @Test(
    "each note of what a list denies says no",
    arguments: [
      ("no MEN1, von Hippel-Lindau or NF1", ["no NF1"]), ("χωρίς MEN1 ή νευροϊνωμάτωση", ["χωρίς νευροϊνωμάτωση"]),
      ("denies jaundice or wheeze", ["denies jaundice", "denies wheeze"]),
    ])
  func denied(phrase: String, notes: [String]) throws {
    let found = try read(phrase).canonical
    for note in notes { #expect(found.contains("\"\(note)\""), "\(phrase): \(found)") }
  }

  @Test(
    "a doubt behind who it is reaches forward alone; a title's age is an age",
    arguments: [
      ("72 yr old woman probable glucagonoma, 4 cm", "age 72 years, sex is female"), ("Mrs Dimou, 58, VIPoma", "age 58 years"),
    ])
  func persons(phrase: String, canonical: String) throws {
    let found = try read(phrase)
    #expect(found.codes == [], "\(phrase)")
    for part in canonical.split(separator: ", ") { #expect(found.canonical.contains(part), "\(phrase): \(found.canonical)") }
    #expect(!found.canonical.contains("syndrome is glucagonoma"))
  }
}
