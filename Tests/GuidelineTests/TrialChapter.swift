import Guideline
import Testing
import Vocabulary
import Wording

/// A small chapter that the lint finds no fault in, to be broken in one place.
struct TrialChapter {
  var englishFile = TrialChapter.cleanEnglish
  var greekFile: String? = TrialChapter.cleanGreek

  /// The chapter with a text replaced, which must be there.
  func english(_ text: String, _ replacement: String, _ location: SourceLocation = #_sourceLocation) -> TrialChapter {
    var copy = self
    copy.englishFile = Self.replace(text, replacement, in: englishFile, location)
    return copy
  }

  /// The same in the Greek companion.
  func greek(_ text: String, _ replacement: String, _ location: SourceLocation = #_sourceLocation) -> TrialChapter {
    var copy = self
    copy.greekFile = greekFile.map { Self.replace(text, replacement, in: $0, location) }
    return copy
  }

  /// The same in both languages.
  func both(_ text: String, _ replacement: String, _ location: SourceLocation = #_sourceLocation) -> TrialChapter {
    english(text, replacement, location).greek(text, replacement, location)
  }

  /// With a block at the end of the English file.
  func adding(_ block: String) -> TrialChapter {
    var copy = self
    copy.englishFile += "\n" + block + "\n"
    return copy
  }

  /// What the lint finds. Each fault names a file of the chapter and a line, and speaks both languages.
  func faults() throws -> [Diagnostic] {
    var files = [TextFile(name: "chapters/01-trial.md", bytes: Array(englishFile.utf8))]
    if let greekFile { files.append(TextFile(name: "chapters/01-trial.el.md", bytes: Array(greekFile.utf8))) }
    let faults = try Guideline(files: files, vocabulary: try .embedded()).check()
    for fault in faults {
      #expect(files.contains { $0.name == fault.file })
      #expect(fault.line != nil)
      #expect(fault.message.english != fault.message.greek)
    }
    return faults
  }

  /// Expects faults of one code: in which file and on a line with which text. What else follows from it is named.
  func expect(
    _ code: String, at text: String, inGreek isGreek: Bool = false, beside others: Set<String> = [], _ location: SourceLocation = #_sourceLocation
  ) throws {
    let all = try faults()
    #expect(Set(all.map(\.code)) == Set(others.union([code]).map { "check." + $0 }), sourceLocation: location)
    let faults = all.filter { $0.code == "check." + code }
    for fault in faults {
      let file = fault.file?.hasSuffix(".el.md") == true ? greekFile ?? "" : englishFile
      #expect(fault.file?.hasSuffix(".el.md") == isGreek, sourceLocation: location)
      let lines = file.split(separator: "\n", omittingEmptySubsequences: false)
      let line = try #require(fault.line, sourceLocation: location)
      try #require(lines.indices.contains(line - 1), sourceLocation: location)
      #expect(lines[line - 1].contains(text), sourceLocation: location)
    }
  }

  /// Expects faults of these codes and no other.
  func expectCodes(_ codes: Set<String>, _ location: SourceLocation = #_sourceLocation) throws {
    #expect(Set(try faults().map(\.code)) == codes, sourceLocation: location)
  }

  /// The error with which the chapter is refused before any check.
  func refusal() throws -> Diagnostic? {
    do throws(Diagnostic) {
      _ = try Guideline(files: [TextFile(name: "chapters/01-trial.md", bytes: Array(englishFile.utf8))], vocabulary: try .embedded())
      return nil
    } catch {
      return error
    }
  }

  private static func replace(_ text: String, _ replacement: String, in whole: String, _ location: SourceLocation) -> String {
    #expect(whole.contains(text), sourceLocation: location)
    return whole.replacing(text, with: replacement)
  }

  private static let cleanEnglish = """
    <!-- islet chapter 1 -->
    # Trial
    <a id="trial"></a> P001 P002 P003 · surgery

    ## Large tumours
    <a id="trial.large"></a> F001 · P001

    A tumour larger than 2 cm is resected.

    ```rule trial.large
    advise resection do
    when size > 2 cm
    facts F001
    paragraphs P001
    level 3
    grade B
    en Resection above 2 cm
    el Εκτομή πάνω από 2 cm
    ```

    ```rule trial.unit
    advise hpb-unit alongside
    with resection
    role setting
    strength must
    facts F001
    paragraphs P001
    level 3
    grade B
    en In a specialised unit
    el Σε ειδική μονάδα
    ```

    ## Survival
    <a id="trial.survival"></a> F002 F003 · P002

    Progression-free survival was 11.0 months, and 4.6 months with placebo, in 410 patients (ratio 0.35, 0.27 to 0.45, p below 0.001). A second series reports a response in 20% of patients.

    ```evidence trial.pfs
    therapy everolimus
    cohort first
    endpoint progression-free-survival
    value 11.0 months
    comparator placebo 4.6 months
    hazard-ratio 0.35 (0.27 to 0.45)
    p < 0.001
    n 410
    design randomised
    directness direct
    facts F002
    paragraphs P002
    population-en pancreatic NET
    population-el παγκρεατικός NET
    en Progression-free survival
    el Επιβίωση χωρίς εξέλιξη
    ```

    ```evidence trial.response
    therapy everolimus
    cohort second
    endpoint response-rate
    value 20 %
    design series
    directness indirect
    errata E01
    facts F003
    paragraphs P002
    population-en NET
    population-el NET
    en Response
    el Ανταπόκριση
    ```

    ## Doses
    <a id="trial.dose"></a> F004 F005 · P003

    The infusion runs at 50 micrograms per hour. Oedema of grade 3 or 4 occurs in 10% of patients.

    ```dose trial.infusion
    therapy octreotide-infusion
    purpose cover
    amount 50 micrograms
    route intravenous
    per hour
    erratum E01
    facts F004
    paragraphs P003
    en 50 micrograms per hour (E01)
    el 50 μικρογραμμάρια ανά ώρα (E01)
    ```

    ```adverse-effect trial.oedema
    therapy diazoxide
    effect oedema
    frequency 10 %
    severity 3-4
    facts F005
    paragraphs P003
    en Oedema in 10%, grade 3 or 4
    el Οίδημα στο 10%, βαθμού 3 ή 4
    ```

    ```erratum E01
    severity A
    facts F004
    paragraph P003
    printed-en 50 grains per hour (E01; read: 50 micrograms per hour)
    printed-el 50 κόκκοι ανά ώρα (E01· ανάγνωση: 50 μικρογραμμάρια ανά ώρα)
    reading-en 50 micrograms per hour
    reading-el 50 μικρογραμμάρια ανά ώρα
    handling-en only the reading is used
    handling-el χρησιμοποιείται μόνο η ανάγνωση
    forms 50 grains; 50 κόκκοι (E01; read: 50 micrograms per hour)
    apart F002; F003
    ```
    """

  private static let cleanGreek = """
    <!-- islet chapter 1 -->
    # Δοκιμή
    <a id="trial"></a> P001 P002 P003 · surgery

    ## Μεγάλοι όγκοι
    <a id="trial.large"></a> F001 · P001

    Όγκος άνω των 2 cm εκτέμνεται.

    ## Επιβίωση
    <a id="trial.survival"></a> F002 F003 · P002

    Η επιβίωση χωρίς εξέλιξη ήταν 11.0 μήνες, και 4.6 μήνες με εικονικό φάρμακο, σε 410 ασθενείς (λόγος 0.35, 0.27 έως 0.45, p κάτω από 0.001). Δεύτερη σειρά αναφέρει ανταπόκριση στο 20% των ασθενών.

    ## Δόσεις
    <a id="trial.dose"></a> F004 F005 · P003

    Η έγχυση γίνεται με 50 μικρογραμμάρια ανά ώρα. Οίδημα βαθμού 3 ή 4 εμφανίζεται στο 10% των ασθενών.

    """
}
