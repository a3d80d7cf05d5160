import Grammar
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

/// An order of what the text doesn't speak of: its words are noted with the patient, and nothing is judged.
struct OutsideOrder {
  /// The command that it stood behind.
  let act: String
  let name: PracticeName
  /// What was ordered, word for word.
  let words: String

  func outcome(_ invocation: Invocation) throws(Diagnostic) -> Outcome {
    let patient = try invocation.requirePatient()
    try patient.checkRoom()
    let language = invocation.language
    let note = Note("\(act) \(words)", .outside)
    let after = patient.noting([note])
    var state = invocation.state
    state.replace(after)
    let text = AdviceText(invocation)
    let time = CourseText(text: text, patient: after)
    let regimens = Words.joined(try text.vocabulary.practiceNames.regimens(with: name.name), by: "; ")
    // A name that stands for its like isn't what was ordered: brain MRI is no echocardiogram.
    let typed = Folding.key(words)
    let isNamed = [name.name.english, name.name.greek].contains { typed.contains(Folding.key($0)) }
    let subject = isNamed ? name.name : Words(same: words)
    let said =
      !regimens.english.isEmpty
      ? Words(
        "Noted, word for word: the text gives \(name.name.english) only as part of: \(regimens.english).",
        "Σημειώθηκε αυτολεξεί: το κείμενο δίνει αυτό το φάρμακο (\(name.name.greek)) μόνο ως μέρος σχήματος: \(regimens.greek).")
      : Words(
        "Noted, word for word: the text is silent on \(subject.english).",
        "Σημειώθηκε αυτολεξεί: το κείμενο σιωπά για: \(subject.greek).")
    let blocks: [Block] = [
      .paragraph("\(after.name)   \(time.date(after.day))   " + Words("noted: ", "σημειώθηκε: ")[language] + words),
      .notice(said[language]),
    ]
    return Outcome(
      .state(state),
      Report(
        data: [("act", .string(act)), ("day", .integer(after.day)), ("noted", .array([note.json]))],
        blocks: blocks),
      canonical: "\(act) \(words)")
  }
}
