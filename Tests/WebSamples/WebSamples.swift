import ReportSamples
import Reports
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes the pages that `make check-web` looks at: `WebSamples FOLDER`. A page of every block and figure in each
/// language.
@main
enum WebSamples {
  static let use = Words(
    "For clinical training and education with hypothetical patient data, not for real-case diagnosis or therapy.",
    "Για κλινική εκπαίδευση με υποθετικά δεδομένα ασθενών, όχι για διάγνωση ή θεραπεία πραγματικών περιστατικών.")

  static func main() {
    guard let folder = CommandLine.arguments.dropFirst().first else {
      perror("WebSamples FOLDER")
      exit(2)
    }
    let pages: [(String, HTMLPage)] = Language.allCases.map { ("samples-\($0.rawValue)", samples($0)) }
    for (name, page) in pages {
      guard write(page.html, to: "\(folder)/\(name).html") else {
        perror("\(folder)/\(name).html")
        exit(1)
      }
    }
    for language in Language.allCases {
      for figure in SampleFigures.all(language) {
        guard write(figure.svg(), to: "\(folder)/\(figure.id)-\(language.rawValue).svg") else { exit(1) }
      }
    }
  }

  static func samples(_ language: Language) -> HTMLPage {
    let rows = [
      Row(
        Words("Enucleation", "Εκπυρήνιση")[language], number: 1, detail: Words("if found at surgery", "αν βρεθεί στο χειρουργείο")[language],
        citation: Text.citation("P002")),
      Row(
        Words("complete excision and benign features on histology", "πλήρης εκτομή και καλοήθη χαρακτηριστικά στην ιστολογική")[language], mark: "+",
        citation: Text.citation("P002"), level: 1),
      Row(Words("A second line", "Δεύτερη γραμμή")[language], number: 2, citation: Text.citations(["P028", "P038"])),
    ]
    let answer = Report(blocks: [
      .heading(Words("Recommended", "Συνιστάται")[language]), .rows(rows),
      .notice(Words("… and 61 more depend on what is not stated", "… και άλλες 61 εξαρτώνται από όσα δεν αναφέρονται")[language]),
      .table(
        [Words("finding", "εύρημα")[language], Words("value", "τιμή")[language], "P"],
        (1...3).map { [Words("a finding with a long name \($0)", "εύρημα με μακρύ όνομα \($0)")[language], "25 mm", "P002"] }),
      .verbatim([String(repeating: "0123456789 ", count: 12)]),
    ])
    let wrong = Report(
      error: Diagnostic(
        "word.unknown", Words("\"enuclation\" is not a word that islet knows", "«enuclation»: άγνωστη λέξη"),
        help: [Words("Try: why enucleation", "Δοκιμάστε: why enucleation")], source: "why enuclation", span: 4..<14))
    let text = Words(
      "Some *prose* with `code`, see P002.\n\n## A list\n\n- one\n- two\n  1. nested\n\n> A quotation.\n\n## A table\n\n| a | b |\n|---|---|\n| c | d |\n\n## A link\n\n[The list](#a-list).",
      "Λίγο *κείμενο* με `code`, βλ. P002.\n\n## Κατάλογος\n\n- ένα\n- δύο\n  1. μέσα\n\n> Παράθεμα.\n\n## Πίνακας\n\n| α | β |\n|---|---|\n| γ | δ |\n\n## Σύνδεσμος\n\n[Ο κατάλογος](#κατάλογος)."
    )[language]
    return HTMLPage(
      title: Words("Sample page", "Δείγμα σελίδας")[language], language: language, subtitle: "islet", intendedUse: use[language],
      parts: [
        .markdown(Markdown.blocks(of: text)),
        .cell(["patient Maria 54F, insulinoma 14 mm in the tail, clearly localised, near the surface", "recommend"], answer),
        .cell(["why enuclation"], wrong), .report(Report(blocks: SampleFigures.all(language).map { .figure($0) })),
      ],
      sources: [
        HTMLPage.Source(
          "P002", Words("Enucleation of an insulinoma", "Εκπυρήνιση ινσουλινώματος")[language], [Text(Words("A paraphrase.", "Παράφραση.")[language])])
      ])
  }

  static func write(_ text: String, to path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    let written = fputs(text, file) >= 0
    return fclose(file) == 0 && written
  }
}
