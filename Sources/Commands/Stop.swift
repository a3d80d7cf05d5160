import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let stop = Command(
    "stop", greek: "διέκοψε", aliases: ["διακοπή", "σταμάτα", "σταμάτησε", "σταματήστε", "διακόψτε", "discontinue", "cease", "withdraw"], kind: .change,
    role: .deed,
    group: .treating,
    takes: [.asked("DRUG", "ΦΑΡΜΑΚΟ", .therapies)], summary: Words("a drug is no longer given", "ένα φάρμακο δεν χορηγείται πλέον"),
    details: [
      Words(
        "Without a drug it ends the recording or replay that runs.",
        "Χωρίς φάρμακο τερματίζει την καταγραφή ή την αναπαραγωγή που τρέχει.")
    ],
    examples: [
      Example(
        Words("stop octreotide LAR", "διέκοψε οκτρεοτίδη LAR"), Words("the analogue ends", "το ανάλογο διακόπτεται"),
        gives: Words("octreotide LAR", "οκτρεοτίδη LAR"),
        after: "patient 61M, gastrinoma; give octreotide LAR 20 mg every 4 weeks")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    guard invocation.hasArgument else {
      if invocation.session.recording != nil || invocation.session.replay != nil {
        return Outcome(.request(.stop), Report(), canonical: "stop recording")
      }
      let patient = try invocation.requirePatient()
      let maker = StepMaker(
        guideline: invocation.guideline, formulary: try invocation.guideline.formulary, patient: patient)
      throw Diagnostic(
        "stop.what", Words("Stop what?", "Τι να διακοπεί;"), help: [maker.onNow], source: invocation.line)
    }
    return try TreatmentStep.carriedOut(.stop, invocation)
  }
}
