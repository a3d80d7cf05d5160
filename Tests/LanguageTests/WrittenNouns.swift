/// A finding that people say as a noun, in both languages, with the conditions that its presence and its absence mean.
struct WrittenNoun {
  let finding: String
  let yes: String
  let no: String
  let english: [String]
  let nominative: [String]
  let accusative: [String]
  let genitive: [String]
  /// Whether a patient can deny it.
  let isSymptom: Bool

  private init(
    _ finding: String, _ english: [String], _ nominative: [String], _ accusative: [String], _ genitive: [String],
    category: Bool = false,
    symptom: Bool = false
  ) {
    self.finding = finding
    yes = category ? "\(finding) is not none" : finding
    no = category ? "\(finding) is none" : "\(finding) no"
    self.english = english
    self.nominative = nominative
    self.accusative = accusative
    self.genitive = genitive
    isSymptom = symptom
  }

  static let all: [WrittenNoun] = [
    WrittenNoun("men1", ["MEN1", "MEN-1", "multiple endocrine neoplasia type 1"], ["MEN1"], ["MEN1"], ["MEN1"]),
    WrittenNoun(
      "diabetes", ["diabetes", "diabetes mellitus"], ["διαβήτης", "σακχαρώδης διαβήτης"],
      ["διαβήτη", "σακχαρώδη διαβήτη"],
      ["διαβήτη", "σακχαρώδους διαβήτη"]),
    WrittenNoun("hypertension", ["hypertension"], ["υπέρταση"], ["υπέρταση"], ["υπέρτασης"]),
    WrittenNoun(
      "diarrhoea", ["diarrhoea", "diarrhea"], ["διάρροια"], ["διάρροια"], ["διάρροιας"], category: true, symptom: true),
    WrittenNoun(
      "hypoglycaemia", ["hypoglycaemia", "hypoglycemia"], ["υπογλυκαιμία"], ["υπογλυκαιμία"], ["υπογλυκαιμίας"],
      category: true,
      symptom: true),
    WrittenNoun(
      "weight-loss", ["weight loss"], ["απώλεια βάρους"], ["απώλεια βάρους"], ["απώλειας βάρους"], symptom: true),
    WrittenNoun(
      "hypokalaemia", ["hypokalaemia", "hypokalemia"], ["υποκαλιαιμία"], ["υποκαλιαιμία"], ["υποκαλιαιμίας"]),
    WrittenNoun("dehydration", ["dehydration"], ["αφυδάτωση"], ["αφυδάτωση"], ["αφυδάτωσης"]),
    WrittenNoun(
      "steatorrhoea", ["steatorrhoea", "steatorrhea"], ["στεατόρροια"], ["στεατόρροια"], ["στεατόρροιας"], symptom: true
    ),
    WrittenNoun(
      "hypercalcaemia", ["hypercalcaemia", "hypercalcemia"], ["υπερασβεστιαιμία"], ["υπερασβεστιαιμία"],
      ["υπερασβεστιαιμίας"]),
    WrittenNoun(
      "gallstones", ["gallstones"], ["χολόλιθοι", "χολολιθίαση"], ["χολόλιθους", "χολολιθίαση"],
      ["χολολίθων", "χολολιθίασης"],
      category: true),
    WrittenNoun(
      "portal-vein-thrombosis", ["portal vein thrombosis", "PVT"], ["θρόμβωση πυλαίας φλέβας"],
      ["θρόμβωση πυλαίας φλέβας"],
      ["θρόμβωσης πυλαίας φλέβας"]),
    WrittenNoun(
      "carcinoid-heart-disease", ["carcinoid heart disease"],
      ["καρδιοπάθεια καρκινοειδούς", "καρκινοειδής καρδιοπάθεια"],
      ["καρδιοπάθεια καρκινοειδούς", "καρκινοειδή καρδιοπάθεια"], ["καρδιοπάθειας καρκινοειδούς"]),
    WrittenNoun(
      "liver-metastases", ["liver metastases", "liver mets", "hepatic metastases"], ["ηπατικές μεταστάσεις"],
      ["ηπατικές μεταστάσεις"],
      ["ηπατικών μεταστάσεων"], category: true),
    WrittenNoun(
      "bone-metastases", ["bone metastases", "bone mets"], ["οστικές μεταστάσεις"], ["οστικές μεταστάσεις"],
      ["οστικών μεταστάσεων"]),
    WrittenNoun(
      "brain-metastases", ["brain metastases", "brain mets"], ["εγκεφαλικές μεταστάσεις"], ["εγκεφαλικές μεταστάσεις"],
      ["εγκεφαλικών μεταστάσεων"]),
  ]

  /// Two hundred words that no vocabulary of this field has, and that are a slip of none of its words.
  static let strange: [String] =
    ("umbrella kitchen harbour lantern gravel meadow violin carpet thunder saddle orchard pencil blanket copper velvet marble "
    + "ladder bucket whistle compass feather canyon glacier pumpkin barrel anchor candle cushion drawer elbowroom fiddle garlic "
    + "hammock igloo jigsaw kettle lemonade mirror napkin oatmeal paddle quarry raincoat sandal teapot upholstery vineyard "
    + "walnut yoghurt zeppelin backgammon chimney doorbell envelope fireplace greenhouse honeycomb inkwell jukebox keyhole "
    + "lighthouse mailbox notebook overcoat pinecone quicksand rucksack snowflake toothpick underpass voucher wheelbarrow "
    + "yachting zucchini applause bonfire cobweb dragonfly earmuffs footbridge grapevine hedgehog icicle jasmine kangaroo "
    + "limousine moonlight newsstand opera parsley raspberry skylight tambourine unicorn volleyball windmill xylophone yodelling trombone tricycle "
    + "ομπρέλα κουζίνα λιμάνι φανάρι χαλίκι λιβάδι βιολί χαλί βροντή σέλα περιβόλι μολύβι κουβέρτα μπακίρι βελούδο μάρμαρο "
    + "σκαμνί κουβάς σφυρίχτρα πυξίδα φτερό φαράγγι παγετώνας κολοκύθα βαρέλι άγκυρα λαμπάδα μαξιλάρι συρτάρι σκάκι σκόρδο "
    + "αιώρα παζλ τσαγιέρα λεμονάδα καθρέφτης πετσέτα βρόμη κουπί λατομείο αδιάβροχο σανδάλι ταπετσαρία αμπελώνας καρύδι γιαούρτι "
    + "αερόπλοιο τάβλι καμινάδα κουδούνι φάκελος τζάκι θερμοκήπιο κηρήθρα μελανοδοχείο κλειδαρότρυπα φάρος γραμματοκιβώτιο "
    + "τετράδιο παλτό κουκουνάρι σακίδιο νιφάδα οδοντογλυφίδα γέφυρα κουπόνι καρότσι ιστιοπλοΐα χειροκρότημα φωτιά λιβελούλα "
    + "σκαντζόχοιρος γιασεμί καγκουρό λιμουζίνα φεγγαρόφωτο εφημερίδα όπερα μαϊντανός φραμπουάζ φεγγίτης ντέφι μονόκερος "
    + "ανεμόμυλος ξυλόφωνο βόλεϊ σιδηρόδρομος ταχυδρόμος πλατεία τραγούδι χωράφι ψαράς ωρολόγιο στρώμα ροδάκινο πεπόνι κεράσι πατίνι ψαλίδι κρεμάστρα")
    .split(separator: " ").map(String.init)
}
