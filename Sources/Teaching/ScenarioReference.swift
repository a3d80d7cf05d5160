import Reports
import Wording

/// The words of the scenario language, each with what it means and an example that reads without a fault.
public enum ScenarioReference {
  public struct Entry: Sendable {
    public let word: String
    public let isHeader: Bool
    public let meaning: Words
    /// Lines as they stand in a file.
    public let example: [String]

    init(_ word: String, header isHeader: Bool, _ meaning: Words, _ example: [String]) {
      self.word = word
      self.isHeader = isHeader
      self.meaning = meaning
      self.example = example
    }
  }

  public static func entry(_ word: String) -> Entry? { entries.first { $0.word == word } }

  /// The words that the reader takes, those of the kinds of questions among them.
  public static var readerWords: Set<String> { ScenarioReader.headerWords.union(ScenarioReader.bodyWords).union(Question.Kind.words) }

  /// A small case that holds an example.
  public static func text(with entry: Entry) -> String {
    var header = [
      "title \"T\" | \"Τ\"", "languages en el", "level student", "minutes 10", "objective \"O\" | \"Σ\"",
      "patient Eleni age 54 years, sex is female, hypoglycaemia is present",
    ]
    // The title of two languages stands before them.
    if entry.isHeader {
      let place = header.firstIndex { $0.hasPrefix(entry.word + " ") }
      if let place { header.replaceSubrange(place...place, with: entry.example) } else { header += entry.example }
    }
    let body = entry.isHeader ? [] : entry.example
    return (["islet scenario 1"] + header + body + ["act \"Act.\" | \"Πράξτε.\""]).joined(separator: "\n") + "\n"
  }

  public static let entries: [Entry] = [
    Entry(
      "title", header: true,
      Words(
        "The case's title.",
        "Ο τίτλος του περιστατικού."),
      [
        "title \"A small insulinoma\" | \"Ένα μικρό ινσουλίνωμα\""
      ]),
    Entry(
      "author", header: true,
      Words(
        "Who wrote it.",
        "Ποιος το έγραψε."),
      [
        "author \"your name\""
      ]),
    Entry(
      "languages", header: true,
      Words(
        "Its languages: en, el or both. With both, every text is written twice, side by side.",
        "Οι γλώσσες του: en, el ή και οι δύο. Με δύο, κάθε κείμενο γράφεται δίπλα δίπλα δύο φορές."),
      [
        "languages en el"
      ]),
    Entry(
      "level", header: true,
      Words(
        "For whom: student, resident or specialist.",
        "Για ποιους: student (φοιτητές), resident (ειδικευόμενοι) ή specialist (ειδικοί)."),
      [
        "level student"
      ]),
    Entry(
      "minutes", header: true,
      Words(
        "How long it takes.",
        "Πόση ώρα χρειάζεται."),
      [
        "minutes 10"
      ]),
    Entry(
      "objective", header: true,
      Words(
        "What the learner should be able to do; one per line.",
        "Τι να μπορεί να κάνει ο εκπαιδευόμενος· ένα σε κάθε γραμμή."),
      [
        "objective \"Localise before operating\" | \"Εντόπιση πριν από την επέμβαση\""
      ]),
    Entry(
      "guideline", header: true,
      Words(
        "The version of the chapters it was written for.",
        "Η έκδοση των κεφαλαίων για την οποία γράφτηκε."),
      [
        "guideline 1"
      ]),
    Entry(
      "consult", header: true,
      Words(
        "Asking the guideline about the patient: free, costs N, or closed.",
        "Ερωτήσεις στην οδηγία για τον ασθενή: free (δωρεάν), costs N (κόστος) ή closed (κλειστές)."),
      [
        "consult costs 2"
      ]),
    Entry(
      "feedback", header: true,
      Words(
        "When judgements are given: each (at once) or end (in the debrief). After a choice or an answer, the feedback to it.",
        "Πότε λέγονται οι κρίσεις: each (αμέσως) ή end (στην ανασκόπηση). Μετά από επιλογή ή απάντηση, τι λέγεται γι' αυτήν."),
      [
        "feedback each"
      ]),
    Entry(
      "weights", header: true,
      Words(
        "The parts of the score; they sum to 100. Caps hold it down whatever the parts make: \(Score.Cap.graveFaults.most) with two grave faults or more, \(Score.Cap.graveFault.most) with one, \(Score.Cap.reasoning.most) below half of the reasoning, \(Score.Cap.best.most) unless every goal is reached without a fault and with three quarters of the reasoning.",
        "Τα μέρη του βαθμού· έχουν άθροισμα 100. Όρια τον κρατούν όσο κι αν δίνουν τα μέρη: \(Score.Cap.graveFaults.most) με δύο βαριά σφάλματα ή περισσότερα, \(Score.Cap.graveFault.most) με ένα, \(Score.Cap.reasoning.most) κάτω από το μισό του συλλογισμού, \(Score.Cap.best.most) αν δεν επιτεύχθηκε κάθε στόχος χωρίς σφάλμα και με τρία τέταρτα του συλλογισμού."
      ),
      [
        "weights goal 30 reasoning 30 safety 25 economy 15"
      ]),
    Entry(
      "goal", header: true,
      Words(
        "An action that must be taken, in its dose where that is said, and before others where the order matters; one per line. A group is reached by any of its members; what anyway forced reaches none. Without it every recommendation that applies to the whole truth is a goal.",
        "Πράξη που πρέπει να γίνει, στη δόση της αν αναφέρεται, και πριν από άλλες αν μετρά η σειρά· μία σε κάθε γραμμή. Μια ομάδα την επιτυγχάνει κάθε μέλος της· ό,τι δόθηκε με το anyway δεν επιτυγχάνει στόχο. Αν λείπει, στόχος είναι κάθε σύσταση που ισχύει για ολόκληρη την αλήθεια."
      ),
      [
        "goal perform enucleation",
        "goal give diazoxide before perform enucleation",
      ]),
    Entry(
      "name", header: true,
      Words(
        "What the patient is called in each language, where a name is written otherwise in the other.",
        "Πώς λέγεται ο ασθενής σε κάθε γλώσσα, όταν το όνομα γράφεται αλλιώς στην άλλη."),
      [
        "name \"Eleni\" | \"Ελένη\""
      ]),
    Entry(
      "patient", header: true,
      Words(
        "Name and what is known from the start, as the shell takes it.",
        "Όνομα και όσα είναι γνωστά από την αρχή, όπως τα δέχεται το κέλυφος."),
      [
        "patient Eleni age 54 years, sex is female, hypoglycaemia is present"
      ]),
    Entry(
      "hidden", header: true,
      Words(
        "Findings that stay hidden until a test shows them.",
        "Ευρήματα που μένουν κρυφά ώσπου να τα δείξει μια εξέταση."),
      [
        "hidden syndrome is insulinoma, size 14 mm, location is tail"
      ]),
    Entry(
      "reveals", header: true,
      Words(
        "What a test shows here, where it differs from the vocabulary.",
        "Τι δείχνει εδώ μια εξέταση, όταν διαφέρει από το λεξιλόγιο."),
      [
        "reveals ct size, location"
      ]),
    Entry(
      "cost", header: true,
      Words(
        "What a test costs here. After a hint, what the hint costs.",
        "Τι κοστίζει εδώ μια εξέταση. Μετά από υπόδειξη, τι κοστίζει αυτή."),
      [
        "cost mri 4"
      ]),
    Entry(
      "needs", header: true,
      Words(
        "A test that must come before an action; because gives the reason. It counts as needed in economy, and an operation without it is blind; another test that shows the same will do. What a question accepts as its answer is needed too.",
        "Εξέταση που πρέπει να προηγηθεί μιας πράξης· το because δίνει τον λόγο. Στην οικονομία μετρά ως αναγκαία, και χωρίς αυτήν μια επέμβαση είναι τυφλή· τη θέση της παίρνει άλλη εξέταση που δείχνει τα ίδια. Αναγκαία είναι και κάθε εξέταση που μια ερώτηση δέχεται ως απάντηση."
      ),
      [
        "needs ct for perform enucleation because \"Nobody operates blind (background).\" | \"Κανείς δεν χειρουργεί στα τυφλά (εκτός κειμένου).\""
      ]),
    Entry(
      "worsens", header: true,
      Words(
        "A finding that appears after a number of days unless one of the actions was taken first; the warning is given before it appears, in the free phase and whenever time passes.",
        "Εύρημα που εμφανίζεται μετά από τόσες ημέρες, αν δεν έγινε πριν μία από τις πράξεις· η προειδοποίηση λέγεται πριν, στην ελεύθερη φάση και όποτε περνά χρόνος."
      ),
      [
        "worsens dehydration-or-electrolyte-deficit after 3 days unless give rehydration or give fluids warning \"Her fluids run out.\" | \"Τα υγρά της τελειώνουν.\""
      ]),
    Entry(
      "say", header: false,
      Words(
        "Tells what happens. A sentence that names its paragraph, or says background, judges or teaches: an exam leaves it out.",
        "Λέει τι συμβαίνει. Πρόταση που αναφέρει παράγραφο, ή γράφει εκτός κειμένου, κρίνει ή διδάσκει: σε διαγώνισμα παραλείπεται."),
      [
        "say \"Eleni faints before breakfast.\" | \"Η Ελένη λιποθυμά πριν από το πρωινό.\""
      ]),
    Entry(
      "pause", header: false,
      Words(
        "Waits for Enter.",
        "Περιμένει Enter."),
      [
        "pause"
      ]),
    Entry(
      "exhibit", header: false,
      Words(
        "Shows something: table with rows, report with lines, or timeline, the patient's course drawn. It closes with end.",
        "Δείχνει κάτι: table με σειρές, report με γραμμές, ή timeline, την πορεία του ασθενούς. Κλείνει με end."),
      [
        "exhibit timeline \"Her course so far\" | \"Η πορεία της ως εδώ\"",
        "end",
      ]),
    Entry(
      "row", header: false,
      Words(
        "A row of a table, cells parted by commas; the first row holds the headings. A value needs no second language.",
        "Σειρά πίνακα, κελιά με κόμμα· η πρώτη σειρά έχει τις επικεφαλίδες. Μια τιμή δεν χρειάζεται δεύτερη γλώσσα."),
      [
        "exhibit table \"Laboratory\" | \"Εργαστήριο\"",
        "  row \"Test\" | \"Εξέταση\", \"Result\" | \"Αποτέλεσμα\"",
        "  row \"Glucose\" | \"Γλυκόζη\", \"38 mg/dL\"",
        "end",
      ]),
    Entry(
      "line", header: false,
      Words(
        "A line of a report.",
        "Γραμμή πορίσματος."),
      [
        "exhibit report \"CT\" | \"Αξονική\"",
        "  line \"A lesion of 14 mm in the tail.\" | \"Βλάβη 14 mm στην ουρά.\"",
        "end",
      ]),
    Entry(
      "ask", header: false,
      Words(
        "A question: its name, its kind, its text. It closes with end. Its kind is one of the words below.",
        "Ερώτηση: όνομα, είδος, κείμενο. Κλείνει με end. Το είδος είναι ένα από τα παρακάτω."),
      [
        "ask cause single \"Which tumour?\" | \"Ποιος όγκος;\"",
        "  choice insulinoma right \"Insulinoma\" | \"Ινσουλίνωμα\"",
        "  choice vipoma wrong \"VIPoma\" | \"Βίπωμα\"",
        "end",
      ]),
    Entry(
      "single", header: false,
      Words(
        "One choice is the answer. The learner may add how sure: 1 80%.",
        "Μία επιλογή είναι η απάντηση. Ο εκπαιδευόμενος μπορεί να προσθέσει πόσο βέβαιος είναι: 1 80%."),
      [
        "ask cause single \"Which tumour?\" | \"Ποιος όγκος;\"",
        "  choice insulinoma right \"Insulinoma\" | \"Ινσουλίνωμα\"",
        "  choice vipoma wrong \"VIPoma\" | \"Βίπωμα\"",
        "end",
      ]),
    Entry(
      "several", header: false,
      Words(
        "All right choices and no wrong one.",
        "Όλες οι σωστές επιλογές και καμία λάθος."),
      [
        "ask proof several \"What proves it?\" | \"Τι το αποδεικνύει;\"",
        "  choice low right \"Low glucose\" | \"Χαμηλή γλυκόζη\"",
        "  choice high right \"Unsuppressed insulin\" | \"Ινσουλίνη που δεν καταστέλλεται\"",
        "  choice scan wrong \"A shadow on a scan\" | \"Μια σκιά στην εικόνα\"",
        "end",
      ]),
    Entry(
      "choice", header: false,
      Words(
        "A choice: its name, what it is worth, its text. Worth: right, partly or wrong; of ranked right or wrong with expert N; of concordance votes N; of ordering place N.",
        "Επιλογή: όνομα, αξία, κείμενο. Αξία: right, partly ή wrong· στο ranked right ή wrong με expert N· στο concordance votes N· στο ordering place N."),
      [
        "ask cause single \"Which tumour?\" | \"Ποιος όγκος;\"",
        "  choice insulinoma right \"Insulinoma\" | \"Ινσουλίνωμα\" feedback \"Fasting points to it (background).\" | \"Το δείχνει η νηστεία (εκτός κειμένου).\"",
        "  choice none partly \"None yet\" | \"Κανένας ακόμη\"",
        "  choice vipoma wrong \"VIPoma\" | \"Βίπωμα\"",
        "end",
      ]),
    Entry(
      "ranked", header: false,
      Words(
        "A ranked differential: the learner names diagnoses, the likeliest first, each with its share of 100. Each choice says whether it turns out so, and how sure an expert is at this stage. Half the credit is for the expert's first in first place, half for the agreement of the order (Kendall's tau, never below 0; what isn't named comes last). All shares count for the Brier score in the debrief.",
        "Ιεραρχημένη διαφορική διάγνωση: ο εκπαιδευόμενος γράφει διαγνώσεις, πρώτα την πιθανότερη, καθεμία με το ποσοστό της στα 100. Κάθε επιλογή λέει αν τελικά ισχύει, και πόσο βέβαιος είναι ο ειδικός σε αυτό το στάδιο. Ο μισός βαθμός για την πρώτη του ειδικού στην πρώτη θέση, ο μισός για τη συμφωνία της σειράς (τ του Kendall, ποτέ κάτω από 0· όσα δεν αναφέρθηκαν έρχονται τελευταία). Όλα τα ποσοστά μετρούν στον δείκτη Brier της ανασκόπησης."
      ),
      [
        "ask first ranked \"What do you think of?\" | \"Τι σκέφτεστε;\"",
        "  choice vipoma wrong expert 10 \"VIPoma\" | \"Βίπωμα\"",
        "  choice insulinoma right expert 70 \"Insulinoma\" | \"Ινσουλίνωμα\"",
        "  choice factitious wrong expert 20 \"Insulin injected in secret\" | \"Ινσουλίνη στα κρυφά\"",
        "  moved \"Attacks on fasting (background).\" | \"Τα επεισόδια στη νηστεία (εκτός κειμένου).\"",
        "end",
      ]),
    Entry(
      "features", header: false,
      Words(
        "Key features: at most this many choices; each right one earns the same, a wrong one cancels a right one.",
        "Κρίσιμα στοιχεία: το πολύ τόσες επιλογές· κάθε σωστή αξίζει το ίδιο, μια λάθος αφαιρεί μία."),
      [
        "ask keys features 2 \"Which decide on enucleation?\" | \"Ποια κρίνουν την εκπυρήνιση;\"",
        "  choice surface right \"Near the surface\" | \"Κοντά στην επιφάνεια\"",
        "  choice place right \"Clearly localised\" | \"Σαφώς εντοπισμένος\"",
        "  choice age wrong \"Her age\" | \"Η ηλικία της\"",
        "end",
      ]),
    Entry(
      "concordance", header: false,
      Words(
        "Script concordance: how a new finding changes a thought. A panel's votes are the credit: those of the choice over the most that one got. Say who voted (panel); in an exercise without a panel say that the votes are yours.",
        "Συμφωνία σεναρίου: πώς αλλάζει μια σκέψη με ένα νέο εύρημα. Βαθμός είναι οι ψήφοι μιας ομάδας: της επιλογής προς τις περισσότερες. Γράψτε ποιοι ψήφισαν (panel)· αν δεν υπήρξε ομάδα, ότι οι ψήφοι είναι δικές σας."
      ),
      [
        "ask change concordance \"You think of an analogue; SSTR2 is negative. It becomes\" | \"Σκέφτεστε ανάλογο· ο SSTR2 είναι αρνητικός. Γίνεται\"",
        "  choice less votes 8 \"less fitting\" | \"λιγότερο κατάλληλο\" feedback \"Without SSTR2 it does not control hypoglycaemia (P028).\" | \"Χωρίς SSTR2 δεν ελέγχει την υπογλυκαιμία (P028).\"",
        "  choice same votes 2 \"as fitting\" | \"εξίσου κατάλληλο\"",
        "  choice more votes 0 \"more fitting\" | \"πιο κατάλληλο\"",
        "  panel \"Ten votes that the author made up.\" | \"Δέκα ψήφοι που επινόησε ο συγγραφέας.\"",
        "end",
      ]),
    Entry(
      "ordering", header: false,
      Words(
        "All choices in their order; two may share a place. Credit: pairs in the right order less pairs in the wrong one, over all pairs.",
        "Όλες οι επιλογές με τη σειρά τους· δύο μπορούν να έχουν την ίδια θέση. Βαθμός: ζεύγη σε σωστή σειρά μείον ζεύγη σε λάθος, προς όλα τα ζεύγη."),
      [
        "ask steps ordering \"In which order?\" | \"Με ποια σειρά;\"",
        "  choice operate place 3 \"Operate\" | \"Χειρουργείο\"",
        "  choice prove place 1 \"Prove the syndrome\" | \"Απόδειξη του συνδρόμου\"",
        "  choice find place 2 \"Find the tumour\" | \"Εντόπιση του όγκου\"",
        "end",
      ]),
    Entry(
      "number", header: false,
      Words(
        "A number in its unit; within gives the tolerance. The unit is given, or asked for with unit-asked; another unit of the same kind is converted.",
        "Αριθμός στη μονάδα του· το within δίνει την ανοχή. Η μονάδα λέγεται, ή ζητείται με unit-asked· άλλη μονάδα του ίδιου είδους μετατρέπεται."),
      [
        "ask most number 600 mg within 0 mg unit-asked \"At most how much diazoxide a day?\" | \"Το πολύ πόση διαζοξίδη την ημέρα;\" feedback \"200 to 600 mg (P038).\" | \"200 έως 600 mg (P038).\"",
        "  wrong 60 mg feedback \"A slip of ten (P038).\" | \"Λάθος κατά μία τάξη μεγέθους (P038).\"",
        "end",
      ]),
    Entry(
      "command", header: false,
      Words(
        "The next command is the answer.",
        "Η επόμενη εντολή είναι η απάντηση."),
      [
        "ask proof command \"Order what proves it.\" | \"Ζητήστε ό,τι το αποδεικνύει.\"",
        "  accepts order fasting-glucose-insulin",
        "  wrong order mri",
        "end",
      ]),
    Entry(
      "text", header: false,
      Words(
        "An answer in one's own words, read as a note is read; findings that the text names are held against wants and harms.",
        "Απάντηση με λόγια του εκπαιδευομένου, που διαβάζεται όπως ένα σημείωμα· τα ευρήματά της συγκρίνονται με τα wants και harms."),
      [
        "ask what text \"What has she?\" | \"Τι έχει;\"",
        "  wants syndrome is insulinoma",
        "  model \"An insulinoma\" | \"Ινσουλίνωμα\"",
        "  wrong \"A gastrinoma\" | \"Γαστρίνωμα\"",
        "end",
      ]),
    Entry(
      "problem", header: false,
      Words(
        "The problem in one line, at most 50 words: which decisive findings it names. What contradicts the patient cancels a right one.",
        "Το πρόβλημα σε μία γραμμή, έως 50 λέξεις: ποια κρίσιμα ευρήματα αναφέρει. Ό,τι δεν ταιριάζει στον ασθενή αφαιρεί ένα."),
      [
        "ask line problem \"The problem in one line?\" | \"Το πρόβλημα σε μία γραμμή;\"",
        "  wants hypoglycaemia is not none",
        "  wants age > 50",
        "  model \"A 54-year-old woman with hypoglycaemia\" | \"Γυναίκα 54 ετών με υπογλυκαιμία\"",
        "  wrong \"A young man with diarrhoea\" | \"Νεαρός άνδρας με διάρροια\"",
        "end",
      ]),
    Entry(
      "accepts", header: false,
      Words(
        "A command that answers; an action or a command's name.",
        "Εντολή που απαντά· πράξη ή όνομα εντολής."),
      [
        "ask proof command \"Order what proves it.\" | \"Ζητήστε ό,τι το αποδεικνύει.\"",
        "  accepts order fasting-glucose-insulin feedback \"Blood first (P002).\" | \"Πρώτα η βιοχημεία (P002).\"",
        "end",
      ]),
    Entry(
      "wrong", header: false,
      Words(
        "A wrong answer that someone would give: a number, a command or words; with what is said to it.",
        "Λάθος απάντηση που θα έδινε κάποιος: αριθμός, εντολή ή λόγια· με ό,τι λέγεται γι' αυτήν."),
      [
        "ask most number 600 mg within 0 mg \"At most how much diazoxide a day?\" | \"Το πολύ πόση διαζοξίδη την ημέρα;\"",
        "  wrong 200 mg feedback \"That is where it starts (P038).\" | \"Από εκεί αρχίζει (P038).\"",
        "end",
      ]),
    Entry(
      "otherwise", header: false,
      Words(
        "What is said to any other number or command.",
        "Τι λέγεται σε κάθε άλλο αριθμό ή εντολή."),
      [
        "ask most number 600 mg within 0 mg \"At most how much diazoxide a day?\" | \"Το πολύ πόση διαζοξίδη την ημέρα;\"",
        "  otherwise feedback \"200 to 600 mg (P038).\" | \"200 έως 600 mg (P038).\"",
        "end",
      ]),
    Entry(
      "wants", header: false,
      Words(
        "A condition that an answer in words must meet; each is worth the same. A reader takes “hypoglycaemia” as not none: want no more than that.",
        "Συνθήκη που πρέπει να πληροί μια απάντηση με λόγια· όλες αξίζουν το ίδιο. Η λέξη «υπογλυκαιμία» διαβάζεται ως not none: μη ζητάτε περισσότερα."),
      [
        "ask what text \"What has she?\" | \"Τι έχει;\"",
        "  wants syndrome is insulinoma feedback \"The fast shows it (background).\" | \"Το δείχνει η νηστεία (εκτός κειμένου).\"",
        "  wants hypoglycaemia is not none",
        "  model \"An insulinoma with hypoglycaemia\" | \"Ινσουλίνωμα με υπογλυκαιμία\"",
        "  wrong \"A gastrinoma\" | \"Γαστρίνωμα\"",
        "end",
      ]),
    Entry(
      "harms", header: false,
      Words(
        "A condition that cancels a right one in an answer in words.",
        "Συνθήκη που αφαιρεί ένα από μια απάντηση με λόγια."),
      [
        "ask what text \"What has she?\" | \"Τι έχει;\"",
        "  wants syndrome is insulinoma",
        "  harms stage is metastatic feedback \"Nothing says so (background).\" | \"Τίποτα δεν το λέει (εκτός κειμένου).\"",
        "  model \"An insulinoma\" | \"Ινσουλίνωμα\"",
        "  wrong \"A metastatic gastrinoma\" | \"Μεταστατικό γαστρίνωμα\"",
        "end",
      ]),
    Entry(
      "model", header: false,
      Words(
        "An answer in words with full credit; check reads it in both languages.",
        "Απάντηση με λόγια που παίρνει όλο τον βαθμό· ο έλεγχος τη διαβάζει και στις δύο γλώσσες."),
      [
        "ask what text \"What has she?\" | \"Τι έχει;\"",
        "  wants syndrome is insulinoma",
        "  model \"She has an insulinoma\" | \"Έχει ινσουλίνωμα\"",
        "  wrong \"A gastrinoma\" | \"Γαστρίνωμα\"",
        "end",
      ]),
    Entry(
      "moved", header: false,
      Words(
        "What moved the expert at this stage; of ranked.",
        "Τι επηρέασε τον ειδικό σε αυτό το στάδιο· στο ranked."),
      [
        "ask first ranked \"What do you think of?\" | \"Τι σκέφτεστε;\"",
        "  choice a wrong expert 10 \"VIPoma\" | \"Βίπωμα\"",
        "  choice b right expert 60 \"Insulinoma\" | \"Ινσουλίνωμα\"",
        "  choice c wrong expert 20 \"Gastrinoma\" | \"Γαστρίνωμα\"",
        "  moved \"Attacks on fasting (background).\" | \"Τα επεισόδια στη νηστεία (εκτός κειμένου).\"",
        "end",
      ]),
    Entry(
      "panel", header: false,
      Words(
        "Who voted; of concordance.",
        "Ποιοι ψήφισαν· στο concordance."),
      [
        "ask change concordance \"The analogue becomes\" | \"Το ανάλογο γίνεται\"",
        "  choice less votes 8 \"less fitting\" | \"λιγότερο κατάλληλο\"",
        "  choice same votes 2 \"as fitting\" | \"εξίσου κατάλληλο\"",
        "  choice more votes 0 \"more fitting\" | \"πιο κατάλληλο\"",
        "  panel \"Ten votes that the author made up.\" | \"Δέκα ψήφοι που επινόησε ο συγγραφέας.\"",
        "end",
      ]),
    Entry(
      "end", header: false,
      Words(
        "Closes ask, exhibit and path.",
        "Κλείνει τα ask, exhibit και path."),
      [
        "exhibit timeline \"Her course\" | \"Η πορεία της\"",
        "end",
      ]),
    Entry(
      "act", header: false,
      Words(
        "The free phase: the whole shell on what the learner knows, until done.",
        "Η ελεύθερη φάση: όλο το κέλυφος πάνω σε όσα γνωρίζει ο εκπαιδευόμενος, ως το τέλος."),
      [
        "act \"Treat her.\" | \"Θεραπεύστε την.\""
      ]),
    Entry(
      "hint", header: false,
      Words(
        "A hint to the ask or act above, and what it costs.",
        "Υπόδειξη για το προηγούμενο ask ή act, και τι κοστίζει."),
      [
        "act \"Treat her.\" | \"Θεραπεύστε την.\"",
        "hint \"Look for receptors.\" | \"Αναζητήστε υποδοχείς.\" cost 1",
      ]),
    Entry(
      "label", header: false,
      Words(
        "A place to go to.",
        "Σημείο για μετάβαση."),
      [
        "goto later",
        "label later",
      ]),
    Entry(
      "goto", header: false,
      Words(
        "Goes to a label below; never back.",
        "Πηγαίνει σε ετικέτα πιο κάτω· ποτέ πίσω."),
      [
        "goto later",
        "say \"Left out.\" | \"Παραλείπεται.\"",
        "label later",
      ]),
    Entry(
      "when", header: false,
      Words(
        "Goes to a label when something holds: answer NAME is CHOICE, answer NAME right, given, performed, ordered, arranged, stopped, or a condition on the truth; each also after not.",
        "Πηγαίνει σε ετικέτα όταν ισχύει κάτι: answer ΟΝΟΜΑ is ΕΠΙΛΟΓΗ, answer ΟΝΟΜΑ right, given, performed, ordered, arranged, stopped, ή συνθήκη για την αλήθεια· όλα και με not."
      ),
      [
        "when not ordered ct goto later",
        "label later",
      ]),
    Entry(
      "expect", header: false,
      Words(
        "What must hold on the whole truth, tested by islet check; expect score of PATH is N tests a path.",
        "Τι πρέπει να ισχύει για ολόκληρη την αλήθεια· το ελέγχει το islet check. Το expect score of ΔΙΑΔΡΟΜΗ is N κοιτά μια διαδρομή."),
      [
        "expect recommend includes enucleation"
      ]),
    Entry(
      "path", header: false,
      Words(
        "A way through the case, line by line as a learner types it, with the score that it gets; check walks it. An answer is typed by names: a choice's; of several and features names with commas; of ranked each with its share, the likeliest first; of ordering all in their order; a number with its unit; words as they are; a command as in the shell. Three paths are usual: good, with all right; wrong, with the good actions and a wrong answer to each question; bad. explore --players plays by them, and as learners who game the score would: good gets 100, wrong 65 at most, right answers without an action 40, everything given 25, an operation without a test 45, everything ordered leaves less than 5 of economy, chance a mean below 35. An action may say teaches RULE: the rule that its mark must name.",
        "Διαδρομή μέσα στο περιστατικό, γραμμή γραμμή όπως τη γράφει ο εκπαιδευόμενος, με τον βαθμό της· την εκτελεί το islet check. Η απάντηση γράφεται με ονόματα: της επιλογής· στα several και features ονόματα με κόμμα· στο ranked καθένα με το ποσοστό του, πρώτα το πιθανότερο· στο ordering όλα με τη σειρά τους· αριθμός με τη μονάδα του· λόγια όπως είναι· εντολή όπως στο κέλυφος. Συνήθως οι διαδρομές είναι τρεις: good, με όλα σωστά· wrong, με τις καλές πράξεις και λάθος απάντηση σε κάθε ερώτηση· bad. Με αυτές παίζει το explore --players, και όπως θα έπαιζε όποιος κυνηγά τον βαθμό: η good παίρνει 100, η wrong έως 65, σωστές απαντήσεις χωρίς πράξη έως 40, όλα χορηγημένα έως 25, επέμβαση χωρίς εξέταση έως 45, όλες οι εξετάσεις αφήνουν κάτω από 5 στην οικονομία, η τύχη μέσο όρο κάτω από 35. Μια πράξη μπορεί να λέει teaches ΚΑΝΟΝΑΣ: τον κανόνα που πρέπει να αναφέρει η κρίση της."
      ),
      [
        "path good score 100",
        "  perform enucleation teaches surgery.enucleation",
        "  done",
        "end",
      ]),
  ]
}
