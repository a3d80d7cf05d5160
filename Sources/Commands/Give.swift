import Sessions
import Wording

extension Command {
  static let give = Command(
    "give", greek: "δώσε",
    aliases: [
      "χορήγησε", "χορήγηση", "χορηγήστε", "δώστε", "ξεκίνα", "ξεκίνησε", "ξεκινήστε", "άρχισε", "αρχίστε", "βάλε", "συνταγογράφησε",
      "start", "begin", "commence", "initiate", "prescribe", "administer", "put on", "put him on", "put her on", "put the patient on",
    ], kind: .change, role: .deed, group: .treating,
    takes: [.value("DRUG DOSE [anyway]", "ΦΑΡΜΑΚΟ ΔΟΣΗ [παρόλα αυτά]", .therapies)],
    summary: Words("give a drug, its dose checked against the text", "χορήγηση φαρμάκου, με έλεγχο της δόσης κατά το κείμενο"),
    details: [
      Words(
        "A dose is written as usual: 20 mg every 4 weeks, 120mg every 28 days, 100 mg tds, 5 MU three times a week, 50 micrograms per hour. A dose that the text doesn't give is refused, with what it gives and the nearest; anyway records it as a deviation. Where the text gives no dose, any is accepted. A drug that the patient is on may be given again without its dose.",
        "Η δόση γράφεται όπως συνήθως: 20 mg κάθε 4 εβδομάδες, 120mg κάθε 28 ημέρες, 100 mg τρεις φορές την ημέρα, 5 εκατομμύρια μονάδες τρεις φορές την εβδομάδα, 50 μικρογραμμάρια ανά ώρα. Δόση που το κείμενο δεν δίνει απορρίπτεται, και η απάντηση λέει τι δίνει το κείμενο και ποια είναι η πλησιέστερη· το «παρόλα αυτά» την καταγράφει ως απόκλιση. Όπου το κείμενο δεν δίνει δόση, γίνεται δεκτή οποιαδήποτε. Φάρμακο που ο ασθενής ήδη λαμβάνει δίνεται ξανά και χωρίς τη δόση."
      )
    ],
    examples: [
      Example(
        Words("give octreotide LAR 20 mg every 4 weeks", "δώσε οκτρεοτίδη LAR 20 mg κάθε 4 εβδομάδες"),
        Words("a long-acting analogue", "ανάλογο μακράς δράσης"), gives: Words(same: "P017"), after: "patient 61M, gastrinoma, liver mets bilobar"),
      Example(
        Words("give diazoxide 100 mg three times a day", "δώσε διαζοξίδη 100 mg τρεις φορές την ημέρα"),
        Words("the daily total is computed", "υπολογίζεται το ημερήσιο σύνολο"), gives: Words(same: "300 mg"), after: "patient 54F, insulinoma 14 mm"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    return try TreatmentStep.carriedOut(.give, invocation)
  }
}
