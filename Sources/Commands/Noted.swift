import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension NotedStretch {
  /// What an answer says of it: `“CgA 300”: chromogranin A, the text gives no value for it`.
  func shown(_ vocabulary: Vocabulary) -> Words {
    let why: Words
    // A line of the list holds other names of one thing for these; for others also its like: tamoxifen beside oral contraceptives.
    if let term = term.flatMap({ vocabulary.outsideTerm($0) }), note.reason == .outside, [.lab, .population].contains(term.kind) {
      let name = term.name
      why =
        term.kind == .lab
        ? Words("\(name.english): the text gives no value for it", "\(name.greek): το κείμενο δεν δίνει τιμή γι' αυτό")
        : Words("\(name.english): the text has no finding for it", "\(name.greek): το κείμενο δεν έχει τέτοιο εύρημα")
    } else {
      why = note.reason.shown
    }
    return Words("noted “\(note.text)” · \(why.english)", "σημειώθηκε «\(note.text)» · \(why.greek)")
  }
}

extension Patient {
  /// What must be said beside a dose or an operation: a child, a pregnancy, a renal failure that is noted, of which the text
  /// doesn't say whether it holds.
  func populationNotices(_ vocabulary: Vocabulary) -> [Words] {
    var names: [Words] = []
    for note in noted where note.reason == .outside {
      guard let reading = try? PhraseReader.read(vocabulary, note.text) else { continue }
      for term in reading.notes.compactMap({ $0.term.flatMap { vocabulary.outsideTerm($0) } }) where term.kind == .population && !names.contains(term.name) {
        names.append(term.name)
      }
    }
    if let age = vocabulary.finding(id: "age"), case .numbers(let years)? = stated[age.index], let most = years.upper, most.millionths < 18_000_000 {
      names.append(Words("childhood", "παιδική ηλικία"))
    }
    return names.map { name in
      Words("\(name.english): the text doesn't say whether this holds in it", "\(name.greek): το κείμενο δεν λέει αν αυτό ισχύει")
    }
  }
}

extension FindingsReading {
  /// What was noted, a notice each.
  func notices(_ vocabulary: Vocabulary, _ language: Language) -> [Block] { notes.map { .notice($0.shown(vocabulary)[language]) } }

  /// The fields of an answer that say what was read: `noted`.
  var noted: (String, JSON?) { ("noted", notes.isEmpty ? nil : .array(notes.map(\.note.json))) }

  /// The same, said of a patient: a he or a she means that patient and tells nothing more where the sex is stated.
  func said(of patient: Patient?) -> FindingsReading {
    guard let pronoun, let patient, patient.stated[pronoun.finding] != nil else { return self }
    var reading = self
    reading.items.removeAll { $0 == .statement(pronoun) }
    return reading
  }

  /// The same after what stops a line is thrown.
  func checked(_ invocation: Invocation) throws(Diagnostic) -> FindingsReading {
    if let error = error(invocation.vocabulary) { throw error }
    guard !items.isEmpty else { throw Diagnostic.nothingStated(start..<max(start, invocation.line.utf8.count)).on(invocation.line) }
    return self
  }
}
