import Grammar
import Guideline
import Patients
import Vocabulary
import Wording

/// What is known of a patient and no finding of the text tells: a pregnancy, a child, renal failure. The text's silence on it
/// matters beside a dose or an operation, so it is repeated there.
struct SilenceOn {
  let guideline: Guideline

  /// A notice for each.
  func notices(_ patient: Patient) throws(Diagnostic) -> [Notice] {
    let names = try guideline.vocabulary.practiceNames
    var found: [Words] = []
    for note in patient.noted where note.reason == .outside { found += names.matters(in: note.text) }
    let known = guideline.inference.known(patient)
    for (condition, name) in names.matterConditions {
      let read = try ConditionReader.condition(condition, guideline.vocabulary)
      if known.truth(read) == .yes { found.append(name) }
    }
    var told: Set<String> = []
    return found.filter { told.insert($0.english).inserted }.map { name in
      Notice(
        code: "silent.patient",
        text: Words(
          "\(name.english.capitalised): the text doesn't say whether this holds here.",
          "\(name.greek.capitalised): το κείμενο δεν λέει αν αυτό ισχύει εδώ."))
    }
  }
}
