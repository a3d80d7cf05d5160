import Grammar
import Testing
import Vocabulary
import Wording

private let embedded = Result { try Vocabulary.embedded() }

func vocabulary() throws -> Vocabulary { try embedded.get() }

/// What the shell understands of a phrase, in canonical form.
func understood(_ phrase: String) throws -> String {
  let vocabulary = try vocabulary()
  do throws(Diagnostic) {
    let plain = try Input.plain(phrase)
    var reader = try PhraseReader(vocabulary, plain)
    return Printer.statements(try reader.statements(), vocabulary)
  } catch {
    return "error \(error.code)"
  }
}

/// What a clinician would type, and what it means by findings.tsv.
@Suite("Clinicians' phrases")
struct ClinicianTests {
  static let englishPhrases: [(String, String)] = [
    ("54F", "age 54 years, sex is female"), ("61M", "age 61 years, sex is male"), ("61 M", "age 61 years, sex is male"),
    ("54 f", "age 54 years, sex is female"), ("54yo F", "age 54 years, sex is female"), ("54 year old woman", "age 54 years, sex is female"),
    ("54-year-old man", "age 54 years, sex is male"), ("a 61 y/o male", "age 61 years, sex is male"), ("age 70", "age 70 years"),
    ("14mm", "size 14 mm"), ("14 mm", "size 14 mm"), ("1.4 cm", "size 14 mm"), ("1,4 cm", "size 14 mm"), ("2.01cm", "size 20.1 mm"),
    ("size > 2 cm", "size > 20 mm"), ("size ≥ 2 cm", "size >= 20 mm"), ("larger than 2 cm", "size > 20 mm"),
    ("tumour size 25 mm", "size 25 mm"), ("tumor size: 25 mm", "size 25 mm"),
    ("insulinoma 14 mm in the tail", "syndrome is insulinoma, size 14 mm, location is tail"),
    ("G2", "grade is G2"), ("grade 3", "grade is G3"), ("NET G1", "grade is G1"), ("Ki-67 3%", "ki67 3 %"), ("Ki67: 3", "ki67 3 %"), ("ki 67 = 3%", "ki67 3 %"),
    ("Ki-67 of 12 %", "ki67 12 %"), ("3% Ki-67", "ki67 3 %"), ("Ki-67 < 2%", "ki67 < 2 %"), ("Ki-67 above 20%", "ki67 > 20 %"), ("MIB-1 15%", "ki67 15 %"),
    ("mitoses 5 per 10 HPF", "mitoses 5"), ("mitotic count 3", "mitoses 3"), ("5 mitoses", "mitoses 5"),
    ("MEN1", "men1"), ("MEN-1", "men1"), ("no MEN1", "men1 no"), ("MEN1 unknown", "men1 unknown"), ("MEN1 negative", "men1 no"), ("sporadic", "men1 no"),
    ("without MEN1", "men1 no"),
    ("MEN1 positive", "men1"), ("sporadic gastrinoma", "men1 no, syndrome is gastrinoma"),
    ("ZES", "syndrome is gastrinoma"), ("Zollinger–Ellison syndrome", "syndrome is gastrinoma"), ("NF pNET", "syndrome is nonfunctioning, site is pancreas"),
    ("NF", "syndrome is nonfunctioning"), ("non-functioning", "syndrome is nonfunctioning"), ("nonfunctional", "syndrome is nonfunctioning"),
    ("functioning", "syndrome is not nonfunctioning"), ("functional tumor", "syndrome is not nonfunctioning"), ("VIPoma", "syndrome is vipoma"),
    ("WDHA", "syndrome is vipoma"),
    ("Verner-Morrison", "syndrome is vipoma"), ("ectopic ACTH", "syndrome is acth-oma"), ("Cushing's syndrome", "syndrome is acth-oma"),
    ("Cushing’s syndrome", "syndrome is acth-oma"), ("acromegaly", "syndrome is ghrh-oma"),
    ("PTHrPoma", "syndrome is pthrp-oma"), ("carcinoid syndrome", "syndrome is carcinoid"), ("glucagonoma", "syndrome is glucagonoma"),
    ("somatostatinoma", "syndrome is somatostatinoma"),
    ("pancreatic NET", "site is pancreas"), ("pNET", "site is pancreas"), ("ampullary", "site is periampullary"), ("duodenal", "site is periampullary"),
    ("ileal", "site is small-bowel"), ("primary hepatic NET", "site is liver"),
    ("occult primary", "site is occult"), ("CUP", "site is occult"), ("head of the pancreas", "location is head"), ("pancreatic tail", "location is tail"),
    ("uncinate", "location is uncinate"),
    ("well differentiated", "differentiation is well"), ("well-differentiated", "differentiation is well"),
    ("poorly differentiated carcinoma", "differentiation is poor"), ("moderately differentiated", "differentiation is moderate"),
    ("clearly localised", "localised-preoperatively"), ("clearly localized", "localised-preoperatively"),
    ("localised before surgery", "localised-preoperatively"), ("localised", "stage is localised"), ("localized disease", "stage is localised"),
    ("not localised before surgery", "localised-preoperatively no"), ("near the surface", "near-surface"), ("not near the surface", "near-surface no"),
    ("deep", "near-surface no"), ("superficial", "near-surface"), ("found at operation", "found-at-surgery"),
    ("not found at surgery", "found-at-surgery no"), ("R0", "complete-excision"), ("R1", "complete-excision no"), ("benign", "malignant no"),
    ("malignant", "malignant"), ("asymptomatic", "symptomatic no"), ("symptomatic", "symptomatic"), ("no symptoms", "symptomatic no"),
    ("metastatic", "stage is metastatic"), ("locally advanced", "stage is locally-advanced"), ("mets", "stage is metastatic"),
    ("unresectable", "resectable no"), ("inoperable", "resectable no"), ("not resectable", "resectable no"), ("operable", "resectable"),
    ("primary resected", "primary-resected"), ("primary in situ", "primary-resected no"), ("no primary found", "primary-found no"), ("end-stage", "end-stage"),
    ("liver mets", "liver-metastases is not none"), ("liver mets bilobar", "liver-metastases is bilobar"),
    ("bilobar liver mets", "liver-metastases is bilobar"), ("liver metastases in one lobe", "liver-metastases is unilobar"),
    ("no liver mets", "liver-metastases is none"),
    ("hepatic metastases in both lobes", "liver-metastases is bilobar"), ("unresectable liver mets", "liver-metastases is not none, liver-resectable no"),
    ("liver mets unresectable", "liver-metastases is not none, liver-resectable no"),
    ("resectable liver metastases", "liver-metastases is not none, liver-resectable"),
    ("liver involvement 80%", "liver-involvement 80 %"), ("80% liver involvement", "liver-involvement 80 %"),
    ("hepatic involvement > 75%", "liver-involvement > 75 %"), ("12 liver lesions", "liver-lesions 12"),
    ("largest liver lesion 3.5 cm", "largest-liver-lesion 35 mm"),
    ("Essen 2", "essen-type is 2"), ("Essen type 3", "essen-type is 3"), ("PVT", "portal-vein-thrombosis"),
    ("no portal vein thrombosis", "portal-vein-thrombosis no"), ("carcinoid heart disease", "carcinoid-heart-disease"),
    ("bilioenteric anastomosis", "biliary-enteric-anastomosis"),
    ("bone mets", "bone-metastases"), ("painful bone metastases", "bone-pain, bone-metastases"), ("no brain mets", "brain-metastases no"),
    ("RECIST progression", "progression-12-months"), ("progression in the last 12 months", "progression-12-months"), ("rapid progression", "rapid-progression"),
    ("progression", "error reading.ambiguous"), ("SSTR2 negative", "sstr2 is negative"), ("SSTR2 neg", "sstr2 is negative"), ("SSTR2+", "sstr2 is positive"),
    ("SSTR positive", "sstr is positive"), ("octreoscan negative", "sstr is negative"), ("MIBG positive", "mibg-uptake is positive"),
    ("no MIBG uptake", "mibg-uptake is negative"),
    ("on SSA", "ssa is current"), ("on octreotide LAR", "ssa is current"), ("refractory to SSA", "ssa-response is refractory"),
    ("carcinoid crisis", "carcinoid-crisis"), ("prior chemo", "prior-chemotherapy"), ("previous PRRT", "prior-radionuclide"),
    ("liver resection planned", "surgery-planned is liver"), ("surgery planned", "surgery-planned is not none"),
    ("hypoglycemia", "hypoglycaemia is not none"), ("hypoglycaemia refractory", "hypoglycaemia is refractory"),
    ("refractory hypoglycemia", "hypoglycaemia is refractory"), ("severe diarrhea", "diarrhoea is severe"), ("diarrhoea", "diarrhoea is not none"),
    ("no diarrhea", "diarrhoea is none"), ("life-threatening diarrhoea", "diarrhoea is life-threatening"),
    ("steatorrhea", "steatorrhoea"), ("hypokalemia", "hypokalaemia"), ("hypercalcemia", "hypercalcaemia"),
    ("acid uncontrolled on PPI", "acid-control is uncontrolled-on-ppi"), ("DM", "diabetes"), ("diabetic", "diabetes"), ("HTN", "hypertension"),
    ("CrCl 45 mL/min", "creatinine-clearance 45 mL/min"), ("asymptomatic gallstones", "gallstones is asymptomatic"),
    ("no gallstones", "gallstones is none"), ("curative intent", "goal is cure"), ("palliative intent", "goal is symptom-control"),
    ("would need multi-organ transplant", "multi-organ-transplant is would-need"),
    (
      "54F, insulinoma, 14 mm, tail, clearly localised, near the surface",
      "age 54 years, sex is female, syndrome is insulinoma, size 14 mm, location is tail, localised-preoperatively, near-surface"
    ),
    ("61M with gastrinoma, MEN1, 25 mm", "age 61 years, sex is male, syndrome is gastrinoma, men1, size 25 mm"),
  ]

  @Test("English shorthand and sentences", arguments: englishPhrases)
  func english(_ phrase: String, _ canonical: String) throws { #expect(try understood(phrase) == canonical) }

  static let greekPhrases: [(String, String)] = [
    ("54 γυναίκα", "age 54 years, sex is female"), ("Γ 54", "sex is female, age 54 years"), ("61 άνδρας", "age 61 years, sex is male"),
    ("γυναίκα 54 ετών", "sex is female, age 54 years"), ("άντρας 61 χρονών", "sex is male, age 61 years"), ("54Γ", "age 54 years, sex is female"),
    ("61Α", "age 61 years, sex is male"), ("ηλικία 54", "age 54 years"),
    ("ινσουλίνωμα", "syndrome is insulinoma"), ("ινσουλινώματος", "syndrome is insulinoma"), ("ΙΝΣΟΥΛΙΝΩΜΑ", "syndrome is insulinoma"),
    ("ινσουλινωμα", "syndrome is insulinoma"), ("ινσουλίνωμα 14 χιλ στην ουρά", "syndrome is insulinoma, size 14 mm, location is tail"),
    ("γαστρίνωμα χωρίς MEN1", "syndrome is gastrinoma, men1 no"), ("με MEN1", "men1"), ("MEN1 άγνωστο", "men1 unknown"),
    ("σποραδικό γαστρίνωμα", "men1 no, syndrome is gastrinoma"), ("μη λειτουργικός", "syndrome is nonfunctioning"),
    ("μη λειτουργική", "syndrome is nonfunctioning"), ("μη λειτουργικό NET", "syndrome is nonfunctioning"),
    ("λειτουργικός όγκος", "syndrome is not nonfunctioning"), ("βίπωμα", "syndrome is vipoma"), ("γλυκαγονώματος", "syndrome is glucagonoma"),
    ("σύνδρομο Zollinger-Ellison", "syndrome is gastrinoma"), ("έκτοπη ACTH", "syndrome is acth-oma"), ("σύνδρομο καρκινοειδούς", "syndrome is carcinoid"),
    ("1,4 εκ", "size 14 mm"), ("1,4 cm", "size 14 mm"), ("14 χιλιοστά", "size 14 mm"), ("μέγεθος 2,5 εκ", "size 25 mm"), ("μέγεθος > 2 cm", "size > 20 mm"),
    ("διάμετρος 25 mm", "size 25 mm"),
    ("Ki-67 3%", "ki67 3 %"), ("δείκτης Ki-67 12%", "ki67 12 %"), ("Ki67: 3", "ki67 3 %"), ("μιτώσεις 5", "mitoses 5"), ("βαθμός G2", "grade is G2"),
    ("καλά διαφοροποιημένος", "differentiation is well"), ("χαμηλής διαφοροποίησης", "differentiation is poor"),
    ("μέτριας διαφοροποίησης", "differentiation is moderate"), ("υψηλής διαφοροποίησης", "differentiation is well"),
    ("πάγκρεας", "site is pancreas"), ("κεφαλή παγκρέατος", "location is head"), ("ουρά του παγκρέατος", "location is tail"),
    ("λεπτό έντερο", "site is small-bowel"), ("άγνωστη πρωτοπαθής", "site is occult"), ("περιληκυθικός όγκος", "site is periampullary"),
    ("ηπατικές μεταστάσεις", "liver-metastases is not none"), ("ηπατικών μεταστάσεων", "liver-metastases is not none"),
    ("χωρίς ηπατικές μεταστάσεις", "liver-metastases is none"), ("ηπατικές μεταστάσεις και στους δύο λοβούς", "liver-metastases is bilobar"),
    ("αμφίλοβες ηπατικές μεταστάσεις", "liver-metastases is bilobar"), ("μεταστάσεις στο ήπαρ", "liver-metastases is not none"),
    ("μεταστάσεων", "stage is metastatic"), ("μεταστατική νόσος", "stage is metastatic"), ("ανεγχείρητος", "resectable no"), ("ανεγχείρητη", "resectable no"),
    ("ανεγχείρητο", "resectable no"), ("εξαιρέσιμος", "resectable"), ("εξαιρέσιμη", "resectable"),
    ("ανεγχείρητες ηπατικές μεταστάσεις", "liver-metastases is not none, liver-resectable no"),
    ("ηπατικές μεταστάσεις ανεγχείρητες", "liver-metastases is not none, liver-resectable no"),
    ("ηπατικές μεταστάσεις 5,4 εκ. ανεγχείρητος", "error reading.ambiguous"),
    ("ηπατικές μεταστάσεις, εξαιρέσιμος", "error reading.ambiguous"),
    ("ηπατική συμμετοχή 80%", "liver-involvement 80 %"), ("οστικές μεταστάσεις", "bone-metastases"), ("χωρίς οστικές μεταστάσεις", "bone-metastases no"),
    ("οστικό άλγος", "bone-pain"), ("ασυμπτωματικός", "symptomatic no"), ("ασυμπτωματική", "symptomatic no"), ("ασυμπτωματικό", "symptomatic no"),
    ("συμπτωματικός", "symptomatic"), ("χωρίς συμπτώματα", "symptomatic no"),
    ("σαφώς εντοπισμένο", "localised-preoperatively"), ("εντοπισμένη νόσος", "stage is localised"), ("κοντά στην επιφάνεια", "near-surface"),
    ("όχι κοντά στην επιφάνεια", "near-surface no"), ("τοπικά προχωρημένη νόσος", "stage is locally-advanced"), ("κακοήθης", "malignant"),
    ("καλοήθης", "malignant no"),
    ("SSTR2 αρνητικός", "sstr2 is negative"), ("αρνητικοί υποδοχείς σωματοστατίνης", "sstr is negative"), ("πρόσληψη MIBG θετική", "mibg-uptake is positive"),
    ("υπογλυκαιμία", "hypoglycaemia is not none"), ("ανθεκτική υπογλυκαιμία", "hypoglycaemia is refractory"), ("σοβαρή διάρροια", "diarrhoea is severe"),
    ("διάρροια απειλητική για τη ζωή", "diarrhoea is life-threatening"),
    ("χωρίς διάρροια", "diarrhoea is none"), ("σακχαρώδης διαβήτης", "diabetes"), ("υπέρταση", "hypertension"), ("θρόμβωση πυλαίας", "portal-vein-thrombosis"),
    ("κάθαρση κρεατινίνης 45", "creatinine-clearance 45 mL/min"), ("τελικού σταδίου", "end-stage"), ("ταχεία εξέλιξη", "rapid-progression"),
    ("εξέλιξη", "error reading.ambiguous"), ("χολολιθίαση ασυμπτωματική", "gallstones is asymptomatic"),
    ("ασυμπτωματική χολολιθίαση", "gallstones is asymptomatic"), ("κρίση καρκινοειδούς", "carcinoid-crisis"),
    ("προηγούμενη χημειοθεραπεία", "prior-chemotherapy"), ("υπό ανάλογο σωματοστατίνης", "ssa is current"), ("απώλεια βάρους", "weight-loss"),
    ("νεκρολυτικό ερύθημα", "necrolytic-erythema is not none"),
    (
      "54 γυναίκα, ινσουλίνωμα 14 mm στην ουρά, σαφώς εντοπισμένο",
      "age 54 years, sex is female, syndrome is insulinoma, size 14 mm, location is tail, localised-preoperatively"
    ),
  ]

  @Test("Greek shorthand, cases and genders", arguments: greekPhrases)
  func greek(_ phrase: String, _ canonical: String) throws { #expect(try understood(phrase) == canonical) }

  static let therapiesPhrases: [(String, String)] = [
    ("SSA", "somatostatin-analogue"), ("LAR", "octreotide-lar"), ("PRRT", "prrt"), ("TACE", "chemoembolisation"), ("RFA", "rfa"), ("SIRT", "sirt"),
    ("OLT", "liver-transplant"), ("STZ", "stz-chemotherapy"), ("PPI", "ppi"), ("TAE", "embolisation"),
    ("chemoembolization", "chemoembolisation"), ("embolization", "embolisation"), ("debulking", "debulking"), ("Whipple", "whipple"),
    ("distal pancreatectomy", "distal-pancreatectomy"), ("hepatectomy", "liver-resection"), ("MDT", "mdt"), ("MIBG", "mibg-131i"), ("131I-MIBG", "mibg-131i"),
    ("lutetium", "lu177-dotatate"), ("DOTATOC", "y90-dotatoc"),
    ("εκπυρήνιση", "enucleation"), ("εκπυρήνισης", "enucleation"), ("ηπατεκτομή", "liver-resection"), ("χημειοεμβολισμός", "chemoembolisation"),
    ("χημειοεμβολισμού", "chemoembolisation"), ("εμβολισμού", "embolisation"), ("θερμοπηξία", "rfa"), ("ραδιοεμβολισμός", "sirt"),
    ("χολοκυστεκτομή", "cholecystectomy"), ("διαζοξίδη", "diazoxide"),
    ("μεταμόσχευση ήπατος", "liver-transplant"), ("ανάλογα σωματοστατίνης", "somatostatin-analogue"), ("ογκολογικό συμβούλιο", "mdt"),
    ("κλινική μελέτη", "clinical-trial"), ("ακτινοθεραπεία", "radiotherapy"), ("αναστολείς αντλίας πρωτονίων", "ppi"),
  ]

  @Test("therapies by their short forms and names", arguments: therapiesPhrases)
  func therapies(_ name: String, _ id: String) throws {
    #expect(try vocabulary().therapies(named: FoldedKey(name)).map(\.id) == [id])
  }
}
