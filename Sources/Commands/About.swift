import Reports
import Sessions
import Wording

/// What this islet is.
public enum Release {
  public static let version = "0.2.0"
  /// The day of the version, as ISO 8601 has it.
  public static let date = "2026-11-28"
}

/// The intended use and the origin of the text, as every export shows them.
public enum IntendedUse {
  public static let line = Words(
    "For clinical training and education with hypothetical patient data; not for the diagnosis or treatment of real patients.",
    "Για κλινική εκπαίδευση με υποθετικά δεδομένα ασθενών· όχι για διάγνωση ή θεραπεία πραγματικών ασθενών.")

  public static let origin = Words(
    "The guideline is a Greek text on treating pancreatic and periampullary neuroendocrine tumours that follows, as far as known, the UK guideline of 2012 (Ramage et al., Gut 2012;61:6-32). P001 to P121 are this project's paragraph numbers. islet holds paraphrase only, is endorsed by no author or publisher, and the text knows nothing after 2012.",
    "Η οδηγία είναι ελληνικό κείμενο για τη θεραπεία των παγκρεατικών και περιληκυθικών νευροενδοκρινικών όγκων που ακολουθεί, όσο είναι γνωστό, τη βρετανική οδηγία του 2012 (Ramage et al., Gut 2012;61:6-32). Οι αριθμοί P001 έως P121 είναι αρίθμηση παραγράφων αυτού του έργου. Το islet περιέχει μόνο παράφραση, δεν έχει την έγκριση συγγραφέα ή εκδότη, και το κείμενο δεν περιλαμβάνει τίποτε νεότερο από το 2012."
  )

  /// The first line of the shell.
  public static func banner(_ version: String) -> Words {
    Words(
      "islet \(version) · pancreatic NET therapy, UK text 2012 · hypothetical patients only",
      "islet \(version) · θεραπεία παγκρεατικών NET, κείμενο 2012 · μόνο υποθετικοί ασθενείς")
  }
}

extension Command {
  static let about = Command(
    "about", greek: "σχετικά", kind: .question, role: .free, group: .session,
    summary: Words("what islet is, its intended use and the origin of the text", "τι είναι το islet, ο σκοπός του και η προέλευση του κειμένου"),
    examples: [
      Example(
        Words("about", "σχετικά"), Words("intended use, origin, version", "σκοπός, προέλευση, έκδοση"),
        gives: Words("hypothetical patient data", "υποθετικά δεδομένα ασθενών"))
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let language = invocation.language
    return Outcome(
      .state(invocation.state),
      Report(
        data: [("version", .string(invocation.world.version)), ("intended_use", .string("education-hypothetical"))],
        blocks: [
          .paragraph(IntendedUse.banner(invocation.world.version)[language]), .paragraph(IntendedUse.line[language]),
          .paragraph(IntendedUse.origin[language]),
        ]), canonical: "about")
  }
}
