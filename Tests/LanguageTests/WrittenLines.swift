/// A stretch of a written line, with what it means by reading.md: the grammar that writes it knows.
struct Stretch {
  /// What kind of writing it is, for the count.
  let kind: String
  let text: String
  /// The conditions that it states, by finding.
  var means: [String: String] = [:]
  /// Conditions that may be stated beside them, and do no harm.
  var free: Set<String> = []
  /// Words of which one must stand in a note, and the reasons that the note may have.
  var noted: [String] = []
  var reasons: Set<String> = []
  /// Whether it has two readings, so that taking one in silence is a fault.
  var isOpen = false
  /// Findings that it speaks of without stating them.
  var touches: Set<String> = []

  var findings: Set<String> { touches.union(means.keys) }

  init(_ kind: String, _ text: String, _ means: [String: String] = [:]) {
    self.kind = kind
    self.text = text
    self.means = means
  }

  func freely(_ conditions: String...) -> Stretch {
    var copy = self
    copy.free.formUnion(conditions)
    return copy
  }

  /// The stretch, of which these words must be noted.
  func noting(_ words: [String], _ reasons: String..., of finding: String? = nil) -> Stretch {
    var copy = self
    // The point of an abbreviated unit may end the sentence, and isn't part of a note then.
    copy.noted = words.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
    copy.reasons = Set(reasons)
    if let finding { copy.touches.insert(finding) }
    return copy
  }

  func open(_ findings: String...) -> Stretch {
    var copy = self
    copy.isOpen = true
    copy.touches.formUnion(findings)
    return copy
  }
}

/// A line and its stretches.
struct WrittenLine {
  let text: String
  let stretches: [Stretch]
  /// Where each stretch starts, in UTF-8.
  let starts: [Int]

  /// The stretch in which a byte stands.
  func stretch(at place: Int) -> Stretch? { starts.lastIndex { $0 <= place }.map { stretches[$0] } }
}

enum Tongue: CaseIterable { case english, greek, mixed }

/// Writes lines as people write them, the same from the same seed.
struct LineWriter {
  private var draws: Draws

  init(seed: UInt64) { draws = Draws(state: seed << 40) }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &draws)]
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &draws) }

  private mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

  // MARK: Lines

  mutating func line() -> WrittenLine {
    let tongue = pick(Tongue.allCases)
    var stretches: [Stretch] = []
    var spoken: Set<String> = []
    for _ in 0..<number(1...5) {
      for _ in 0..<8 {
        let isGreek = tongue == .greek || (tongue == .mixed && chance(50))
        let stretch = stretch(isGreek)
        // Nothing is said twice on a line, and nothing that another stretch would contradict.
        let taken = stretch.findings.union(Self.bound(stretch.findings))
        guard taken.isDisjoint(with: spoken) else { continue }
        spoken.formUnion(taken)
        stretches.append(stretch)
        break
      }
    }
    var text = ""
    var starts: [Int] = []
    for stretch in stretches {
      if !text.isEmpty {
        // A comma between two digits would be a decimal comma.
        let isTight = text.last?.isNumber == false && stretch.text.first?.isLetter == true
        // Behind a unit's point, έως would make a range of two sentences: no reader could tell.
        let isRange = ["έως", "μέχρι", "up to", "at most"].contains { stretch.text.hasPrefix($0) }
        text += text.hasSuffix(".") ? isRange ? ", " : " " : pick([", ", ", ", isTight ? "," : ", ", ". "])
      }
      starts.append(text.utf8.count)
      text += stretch.text
    }
    return WrittenLine(text: text, stretches: stretches, starts: starts)
  }

  /// Findings that bear on each other, so that only one stretch of a line speaks of them.
  private static func bound(_ findings: Set<String>) -> Set<String> {
    let groups: [Set<String>] = [
      ["liver-metastases", "liver-lesions", "largest-liver-lesion", "liver-resectable", "liver-involvement"],
      ["bone-metastases", "bone-pain"], ["age", "sex"], ["grade", "ki67", "mitoses"], ["stage", "malignant"],
      ["site", "location"],
      ["symptomatic", "hypoglycaemia"],
    ]
    return groups.filter { !$0.isDisjoint(with: findings) }.reduce(into: []) { $0.formUnion($1) }
  }

  private mutating func stretch(_ isGreek: Bool) -> Stretch {
    switch number(0...15) {
    case 0: plain(isGreek)
    case 1: person(isGreek)
    case 2: size(isGreek)
    case 3: index(isGreek)
    case 4: affirmed(isGreek)
    case 5, 6: denied(isGreek)
    case 7: deniedList(isGreek)
    case 8: turned(isGreek)
    case 9: open(isGreek)
    case 10: hedged(isGreek)
    case 11: ofAnother(isGreek)
    case 12: past(isGreek)
    case 13: measuredElsewhere(isGreek)
    case 14: qualified(isGreek)
    default: chance(50) ? outside(isGreek) : strange(isGreek)
    }
  }

  // MARK: Plain findings

  private mutating func plain(_ isGreek: Bool) -> Stretch {
    let all: [(String, String, String, String)] = [
      ("syndrome", "syndrome is insulinoma", "insulinoma", "ινσουλίνωμα"),
      ("syndrome", "syndrome is gastrinoma", "gastrinoma", "γαστρίνωμα"),
      ("syndrome", "syndrome is glucagonoma", "glucagonoma", "γλυκαγόνωμα"),
      ("syndrome", "syndrome is vipoma", "VIPoma", "βίπωμα"),
      ("syndrome", "syndrome is nonfunctioning", "non-functioning", "μη λειτουργικός"),
      ("syndrome", "syndrome is gastrinoma", "Zollinger-Ellison syndrome", "σύνδρομο Zollinger-Ellison"),
      ("location", "location is head", "head of the pancreas", "κεφαλή παγκρέατος"),
      ("location", "location is tail", "in the tail", "στην ουρά"),
      ("site", "site is pancreas", "pNET", "NET παγκρέατος"), ("grade", "grade is G2", "G2", "G2"),
      ("grade", "grade is G1", "grade 1", "βαθμός 1"),
      ("differentiation", "differentiation is well", "well differentiated", "καλά διαφοροποιημένο"),
      ("resectable", "resectable no", "unresectable", "ανεγχείρητος"),
      ("sstr", "sstr is positive", "octreoscan positive", "octreoscan θετικό"),
      ("sstr", "sstr is negative", "SSTR -ve", "SSTR αρνητικοί"),
      ("near-surface", "near-surface", "near the surface", "κοντά στην επιφάνεια"),
    ]
    let (finding, condition, english, greek) = pick(all)
    return Stretch("plain", isGreek ? greek : english, [finding: condition]).freely("site is pancreas")
  }

  private mutating func person(_ isGreek: Bool) -> Stretch {
    let years = number(19...88)
    let isFemale = chance(50)
    let letter = isFemale ? "F" : "M"
    let text: String
    if isGreek {
      let word = isFemale ? "γυναίκα" : "άνδρας"
      text = pick([
        "\(years)χρον\(isFemale ? "η" : "ος")", "\(word) \(years) ετών", "\(years) ετών \(word)",
        "\(word), \(years) ετών",
      ])
    } else {
      let word = isFemale ? "woman" : "man"
      text = pick([
        "\(years)\(letter)", "\(years)/\(letter)", "\(letter)/\(years)", "\(years)yo \(letter)",
        "\(years) year old \(word)", "\(years)-year-old \(word)",
        "\(years) years, \(letter)", "age \(years), \(isFemale ? "female" : "male")",
      ])
    }
    return Stretch("age and sex", text, ["age": "age \(years) years", "sex": "sex is \(isFemale ? "female" : "male")"])
  }

  // MARK: Numbers

  /// Tenths of a centimetre as people write them in centimetres.
  private mutating func centimetres(_ tenths: Int, _ isGreek: Bool) -> String {
    let mark = isGreek || chance(25) ? "," : "."
    let number =
      tenths % 10 == 0 && chance(70)
      ? "\(tenths / 10)" : tenths < 10 && chance(40) ? "\(mark)\(tenths)" : "\(tenths / 10)\(mark)\(tenths % 10)"
    return number + (isGreek ? pick([" εκ", " εκ.", " εκατοστά", " cm"]) : pick([" cm", "cm"]))
  }

  private mutating func length(_ millimetres: Int, _ isGreek: Bool) -> String {
    if chance(50) { return centimetres(millimetres, isGreek) }
    return "\(millimetres)" + (isGreek ? pick([" χιλ", " χιλ.", " χιλιοστά", " mm"]) : pick([" mm", "mm"]))
  }

  private mutating func size(_ isGreek: Bool) -> Stretch {
    let low = number(4...60)
    let high = low + number(2...20)
    let text = length(low, isGreek)
    let exact = ["size": "size \(low) mm"]
    switch number(0...8) {
    case 0: return Stretch("size", text, exact)
    case 1:
      return Stretch(
        "size",
        pick(isGreek ? ["μέγεθος ", "όγκος ", "μέγεθος: "] : ["size ", "size: ", "tumour ", "tumour of "]) + text, exact
      )
    case 2:
      let other = max(3, low - number(1...3))
      let form =
        isGreek
        ? "\(low) x \(other) χιλ"
        : pick(["\(low) x \(other) mm", "\(low)x\(other) mm", "\(low) × \(other) mm", "\(other) x \(low) mm"])
      return Stretch("size of two measures", form, exact)
    case 3:
      let words = isGreek ? pick(["έως ", "μέχρι "]) : pick(["up to ", "at most "])
      return Stretch("size interval", words + text, ["size": "size <= \(low) mm"])
    case 4:
      return Stretch(
        "size interval", (isGreek ? "τουλάχιστον " : pick(["at least ", ">= ", "≥ "])) + text,
        ["size": "size >= \(low) mm"])
    case 5:
      return Stretch(
        "size interval", (isGreek ? "κάτω από " : pick(["< ", "<", "less than ", "under "])) + text,
        ["size": "size < \(low) mm"])
    case 6:
      return Stretch(
        "size interval", (isGreek ? "πάνω από " : pick(["> ", ">", "more than ", "larger than "])) + text,
        ["size": "size > \(low) mm"])
    case 7:
      let form =
        isGreek ? "\(low)-\(high) χιλ" : pick(["\(low)-\(high) mm", "\(low) to \(high) mm", "\(low)–\(high) mm"])
      return Stretch("size interval", form, ["size": "size >= \(low) mm and size <= \(high) mm"])
    default:
      let word = isGreek ? "περίπου" : pick(["about", "approximately", "~"])
      return Stretch("about a size", "\(word) \(text)", exact).noting(
        [word == "~" ? "\(low)" : word, "\(low)", text], "uncertain")
    }
  }

  private mutating func index(_ isGreek: Bool) -> Stretch {
    let low = number(1...40)
    let high = low + number(1...20)
    let name = isGreek ? pick(["Ki-67", "δείκτης Ki-67", "Ki67"]) : pick(["Ki-67", "Ki67", "Ki 67", "Ki-67 index"])
    let joint = isGreek ? " " : pick([" ", ": ", " = ", " of "])
    switch number(0...5) {
    case 0, 1: return Stretch("Ki-67", "\(name)\(joint)\(low)\(pick(["%", " %"]))", ["ki67": "ki67 \(low) %"])
    case 2:
      let form = isGreek ? "\(low)-\(high)%" : pick(["\(low)-\(high)%", "\(low) to \(high)%", "\(low)–\(high) %"])
      return Stretch("Ki-67 interval", "\(name) \(form)", ["ki67": "ki67 >= \(low) % and ki67 <= \(high) %"])
    case 3:
      return Stretch("Ki-67 interval", "\(name) \(isGreek ? "έως" : "up to") \(low)%", ["ki67": "ki67 <= \(low) %"])
    case 4: return Stretch("Ki-67 interval", "\(name) \(pick(["<", "< "]))\(low)%", ["ki67": "ki67 < \(low) %"])
    default:
      let word = isGreek ? "περίπου" : pick(["about", "~", "roughly"])
      return Stretch("about an index", "\(name) \(word) \(low)%", ["ki67": "ki67 \(low) %"]).noting(
        [word == "~" ? "\(low)" : word, "\(low)"], "uncertain")
    }
  }

  /// Numbers that belong to another noun than the primary, and durations.
  private mutating func measuredElsewhere(_ isGreek: Bool) -> Stretch {
    let count = number(2...15)
    let long = length(number(5...60) + 1, isGreek)
    let plain = millimetres(long)
    let liver = "liver-metastases is not none"
    switch number(0...6) {
    case 0:
      let text =
        isGreek
        ? "ηπατικές μεταστάσεις \(long)"
        : pick(["liver metastases \(long)", "\(long) liver metastasis", "liver mets largest \(long)"])
      return Stretch(
        "size of a metastasis", text,
        ["liver-metastases": liver, "largest-liver-lesion": "largest-liver-lesion \(plain) mm"]
      )
      .freely("liver-lesions 1")
    case 1:
      let text = isGreek ? "οστική μετάσταση \(long)" : pick(["bone metastasis \(long)", "\(long) bone metastasis"])
      return Stretch("size of a metastasis", text, ["bone-metastases": "bone-metastases"]).noting(
        [long], "outside", "not-understood")
    case 2:
      let text = isGreek ? "\(count) ηπατικές μεταστάσεις" : "\(count) liver \(pick(["metastases", "mets"]))"
      return Stretch(
        "count of metastases", text, ["liver-metastases": liver, "liver-lesions": "liver-lesions \(count)"])
    case 3:
      let text = isGreek ? "χολόλιθοι \(count) χιλ" : "gallstones \(count) mm"
      return Stretch("size of something else", text, ["gallstones": "gallstones is not none"]).noting(
        ["\(count)"], "outside", "not-understood")
    default:
      let noun = pick(WrittenNoun.all.filter { !$0.finding.hasSuffix("metastases") && $0.finding != "men1" })
      let duration =
        isGreek
        ? pick(["εδώ και \(count) χρόνια", "εδώ και \(count) μήνες", "από το \(2000 + count)"])
        : pick(["for \(count) years", "for \(count) months", "since \(2000 + count)"])
      let name = isGreek ? pick(noun.nominative) : pick(noun.english)
      return Stretch("duration", "\(name) \(duration)", [noun.finding: noun.yes]).noting(
        ["\(count)", "\(2000 + count)"], "outside", "not-understood")
    }
  }

  /// The millimetres of a length that this grammar wrote.
  private func millimetres(_ length: String) -> Int {
    let digits = length.prefix { $0.isNumber || $0 == "." || $0 == "," }
    let isCentimetres = length.contains("cm") || length.contains("εκ")
    guard isCentimetres else { return Int(digits) ?? 0 }
    let halves = digits.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }.map { Int($0) ?? 0 }
    return (halves.first ?? 0) * 10 + (halves.count > 1 ? halves[1] : 0)
  }

  // MARK: Affirmed and denied

  private mutating func affirmed(_ isGreek: Bool) -> Stretch {
    let noun = pick(WrittenNoun.all)
    let text =
      isGreek
      ? pick([pick(noun.nominative), "με " + pick(noun.accusative)]) : pick(["", "", "with "]) + pick(noun.english)
    return Stretch("affirmed", text, [noun.finding: noun.yes])
  }

  private mutating func denied(_ isGreek: Bool) -> Stretch {
    let noun = pick(WrittenNoun.all)
    let means = [noun.finding: noun.no]
    if isGreek {
      let forms = [
        "χωρίς \(pick(noun.accusative))", "όχι \(pick(noun.nominative))", "δεν έχει \(pick(noun.accusative))",
        "απουσία \(pick(noun.genitive))",
        "\(pick(noun.nominative)): όχι", "\(pick(noun.nominative)) απουσιάζει", "\(pick(noun.nominative)) αποκλείστηκε",
        "αποκλείστηκε \(pick(noun.nominative))",
      ]
      return Stretch("denied", noun.isSymptom && chance(30) ? "αρνείται \(pick(noun.accusative))" : pick(forms), means)
    }
    let name = pick(noun.english)
    if noun.isSymptom, chance(30) {
      return Stretch("denied", "\(pick(["denies", "patient denies", "never had"])) \(name)", means)
    }
    let ahead = pick(["no", "without", "no evidence of", "absence of", "negative for", "free of", "nil", "no sign of"])
    if chance(60) { return Stretch("denied", "\(ahead) \(name)", means) }
    return Stretch(
      "denied behind", "\(name)\(pick([": no", " negative", " absent", " excluded", " ruled out", ": none"]))", means)
  }

  private mutating func two() -> (WrittenNoun, WrittenNoun) {
    let first = pick(WrittenNoun.all)
    let second = pick(
      WrittenNoun.all.filter {
        $0.finding != first.finding && !($0.finding.hasSuffix("metastases") && first.finding.hasSuffix("metastases"))
      })
    return (first, second)
  }

  private mutating func deniedList(_ isGreek: Bool) -> Stretch {
    if chance(20) {
      let shared =
        isGreek
        ? pick([
          "χωρίς ηπατικές ή οστικές μεταστάσεις", "ούτε ηπατικές ούτε οστικές μεταστάσεις",
          "χωρίς ηπατικές και οστικές μεταστάσεις",
        ])
        : pick([
          "no liver or bone metastases", "no liver or bone mets", "without liver or bone metastases",
          "no liver and bone metastases",
        ])
      return Stretch(
        "denied list, one noun", shared,
        ["liver-metastases": "liver-metastases is none", "bone-metastases": "bone-metastases no"])
    }
    let (first, second) = two()
    let text: String
    if isGreek {
      text = pick([
        "χωρίς \(pick(first.accusative)) ή \(pick(second.accusative))",
        "ούτε \(pick(first.nominative)) ούτε \(pick(second.nominative))",
        "δεν έχει \(pick(first.accusative)) ούτε \(pick(second.accusative))",
        "όχι \(pick(first.nominative)), όχι \(pick(second.nominative))",
      ])
    } else {
      let (one, other) = (pick(first.english), pick(second.english))
      text = pick([
        "no \(one) or \(other)", "no \(one) nor \(other)", "without \(one) or \(other)", "no \(one)/\(other)",
        "no \(one), no \(other)",
        "negative for \(one) or \(other)",
      ])
    }
    return Stretch("denied list", text, [first.finding: first.no, second.finding: second.no])
  }

  /// One affirmed and one denied, in one phrase.
  private mutating func turned(_ isGreek: Bool) -> Stretch {
    let (yes, no) = two()
    let means = [yes.finding: yes.yes, no.finding: no.no]
    if isGreek {
      let text = pick([
        "\(pick(yes.nominative)) όχι \(pick(no.nominative))", "\(pick(yes.nominative)) χωρίς \(pick(no.accusative))",
        "όχι \(pick(no.nominative)) αλλά \(pick(yes.nominative))",
        "χωρίς \(pick(no.accusative)) αλλά με \(pick(yes.accusative))",
      ])
      return Stretch("affirmed and denied", text, means)
    }
    let (one, other) = (pick(yes.english), pick(no.english))
    let text = pick([
      "\(one) no \(other)", "\(one) but no \(other)", "no \(other) but \(one)", "\(one) without \(other)",
      "no \(other) with \(one)", "\(one) with no \(other)",
    ])
    return Stretch("affirmed and denied", text, means)
  }

  /// What has two readings by the contract: one of them may not be taken in silence.
  private mutating func open(_ isGreek: Bool) -> Stretch {
    let (first, second) = two()
    if chance(30) {
      let text =
        isGreek
        ? "όχι \(pick(first.nominative)): όχι"
        : pick(["no \(pick(first.english)) negative", "no no \(pick(first.english))"])
      return Stretch("two negations", text).open(first.finding)
    }
    let text =
      isGreek
      ? "\(pick(["χωρίς", "δεν έχει"])) \(pick(first.accusative)) και \(pick(second.accusative))"
      : "\(pick(["no", "without", "negative for"])) \(pick(first.english)) and \(pick(second.english))"
    return Stretch("no X and Y", text).open(first.finding, second.finding)
  }

  // MARK: Noted

  private mutating func hedged(_ isGreek: Bool) -> Stretch {
    let noun = pick(WrittenNoun.all)
    let name = isGreek ? pick(noun.nominative) : pick(noun.english)
    let text: String
    if isGreek {
      text = pick([
        "ίσως \(name)", "υποψία \(pick(noun.genitive))", "ενδεχόμενο \(pick(noun.genitive))", "?\(name)", "\(name)?",
      ])
    } else {
      text = pick([
        "possible \(name)", "suspected \(name)", "probable \(name)", "likely \(name)", "query \(name)", "?\(name)",
        "\(name)?", "rule out \(name)",
        "r/o \(name)",
        "may have \(name)",
      ])
    }
    return Stretch("hedged", text).noting([name] + noun.genitive, "uncertain", of: noun.finding)
  }

  private mutating func ofAnother(_ isGreek: Bool) -> Stretch {
    let noun = pick(WrittenNoun.all)
    let name = isGreek ? pick(noun.accusative) : pick(noun.english)
    let text: String
    if isGreek {
      text = pick([
        "πατέρας με \(name)", "μητέρα με \(name)", "αδελφός με \(name)", "οικογενειακό ιστορικό \(pick(noun.genitive))",
      ])
    } else {
      text = pick([
        "father has \(name)", "mother has \(name)", "sister with \(name)", "family history of \(name)", "FHx \(name)",
        "brother: \(name)",
        "\(name) in the family",
      ])
    }
    return Stretch("of another", text).noting([name] + noun.genitive, "not-patient", of: noun.finding)
  }

  private mutating func past(_ isGreek: Bool) -> Stretch {
    let noun = pick(WrittenNoun.all.filter(\.isSymptom))
    let name = isGreek ? pick(noun.nominative) : pick(noun.english)
    let text =
      isGreek
      ? pick(["ιστορικό \(pick(noun.genitive))", "\(name) που υποχώρησε", "\(name) στο παρελθόν"])
      : pick(["history of \(name)", "previous \(name)", "\(name) resolved", "past \(name)", "\(name) in the past"])
    return Stretch("past", text).noting([name] + noun.genitive, "past", of: noun.finding).freely(noun.no)
  }

  private mutating func outside(_ isGreek: Bool) -> Stretch {
    let value = number(2...9)
    let all =
      isGreek
      ? [
        "ECOG \(value % 4)": "ECOG", "έγκυος": "έγκυος", "κρεατινίνη 1,\(value)": "κρεατινίνη", "ίκτερος": "ίκτερος",
        "εξάψεις": "εξάψεις",
        "CgA \(value)00": "CgA",
      ]
      : [
        "ECOG \(value % 4)": "ECOG", "pregnant": "pregnant", "CgA \(value)00": "CgA",
        "creatinine 1.\(value) mg/dl": "creatinine", "eGFR \(value)5": "eGFR",
        "Hb \(value).8": "Hb", "flushing": "flushing", "jaundice": "jaundice", "lymph node \(value + 8) mm": "node",
        "renal cyst \(value) cm": "cyst",
        "chromogranin A \(value)40": "chromogranin", "BP 1\(value)0/90": "BP", "spleen 1\(value) cm": "spleen",
      ]
    let (text, word) = pick(all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    return Stretch("outside the text", text).noting([word], "outside", "not-understood")
  }

  private mutating func strange(_ isGreek: Bool) -> Stretch {
    let word = pick(WrittenNoun.strange)
    let noun = pick(WrittenNoun.all)
    let name = isGreek ? pick(noun.nominative) : pick(noun.english)
    switch number(0...3) {
    case 0: return Stretch("unknown word", word).noting([word], "not-understood", "outside")
    case 1:
      return Stretch("unknown word before", "\(word) \(name)", [noun.finding: noun.yes]).noting(
        [word], "not-understood", "outside")
    case 2:
      return Stretch("unknown word behind", "\(name) \(word)", [noun.finding: noun.yes]).noting(
        [word], "not-understood", "outside")
    default:
      return Stretch("unknown words", "\(word) \(pick(WrittenNoun.strange))").noting(
        [word], "not-understood", "outside")
    }
  }

  // MARK: Qualifiers

  private mutating func qualified(_ isGreek: Bool) -> Stretch {
    let liver = "liver-metastases"
    let all: [Stretch] =
      isGreek
      ? [
        Stretch(
          "qualified", "μη εξαιρέσιμες αμφίλοβες ηπατικές μεταστάσεις",
          [liver: "\(liver) is bilobar", "liver-resectable": "liver-resectable no"]),
        Stretch(
          "qualified", "ανεγχείρητες ηπατικές μεταστάσεις",
          [liver: "\(liver) is not none", "liver-resectable": "liver-resectable no"]),
        Stretch(
          "qualified", "εξαιρέσιμες ηπατικές μεταστάσεις",
          [liver: "\(liver) is not none", "liver-resectable": "liver-resectable"]),
        Stretch("qualified", "συμπτωματική χολολιθίαση", ["gallstones": "gallstones is symptomatic"]),
        Stretch("qualified", "ασυμπτωματική χολολιθίαση", ["gallstones": "gallstones is asymptomatic"]),
        Stretch("qualified", "ανθεκτική υπογλυκαιμία", ["hypoglycaemia": "hypoglycaemia is refractory"]),
        Stretch("qualified", "σοβαρή διάρροια", ["diarrhoea": "diarrhoea is severe"]),
        Stretch("grade of a symptom", "διάρροια βαθμού 3", ["diarrhoea": "diarrhoea is not none"]).noting(
          ["βαθμού", "3"], "outside", "not-understood"
        )
        .freely("diarrhoea is severe"),
      ]
      : [
        Stretch(
          "qualified", "unresectable bilobar liver metastases",
          [liver: "\(liver) is bilobar", "liver-resectable": "liver-resectable no"]),
        Stretch(
          "qualified", "resectable unilobar liver mets",
          [liver: "\(liver) is unilobar", "liver-resectable": "liver-resectable"]),
        Stretch(
          "qualified", "bilobar liver metastases, not resectable",
          [liver: "\(liver) is bilobar", "liver-resectable": "liver-resectable no"]),
        Stretch(
          "qualified", "inoperable liver metastases",
          [liver: "\(liver) is not none", "liver-resectable": "liver-resectable no"]),
        Stretch("qualified", "painful bone metastases", ["bone-pain": "bone-pain"]).freely("bone-metastases"),
        Stretch("qualified", "symptomatic gallstones", ["gallstones": "gallstones is symptomatic"]),
        Stretch("qualified", "asymptomatic gallstones", ["gallstones": "gallstones is asymptomatic"]),
        Stretch("qualified", "refractory hypoglycaemia", ["hypoglycaemia": "hypoglycaemia is refractory"]),
        Stretch("qualified", "severe diarrhoea", ["diarrhoea": "diarrhoea is severe"]),
        Stretch("qualified", "life-threatening diarrhoea", ["diarrhoea": "diarrhoea is life-threatening"]),
        Stretch("qualified", "uncontrolled hypertension", ["hypertension": "hypertension"]).noting(
          ["uncontrolled"], "outside", "not-understood"),
        Stretch("grade of a symptom", "grade 3 diarrhoea", ["diarrhoea": "diarrhoea is not none"]).noting(
          ["grade", "3"], "outside", "not-understood"
        )
        .freely("diarrhoea is severe"),
      ]
    return pick(all)
  }
}
