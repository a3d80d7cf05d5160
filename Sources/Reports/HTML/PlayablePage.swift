import Measures
import Wording

/// One page on which a case is played: no network, nothing but its own script and style, which its policy names by their hashes.
///
/// The script judges nothing: it looks up in the table what a deed leads to and what an end is worth, adds, and shows pieces.
public struct PlayablePage: Sendable {
  public var title: String
  public var language: Language
  /// Below the title: version, origin.
  public var subtitle: String
  /// The line that every export carries.
  public var intendedUse: String
  /// What stands at the foot.
  public var origin: String
  /// How the case is played in the shell.
  public var shell: String
  /// What the table shows, each piece once.
  public var pieces: [PagePiece]
  /// An object; pieces and words are put beside its fields.
  public var table: JSON
  /// The paraphrases that a citation opens.
  public var offer: HTMLPage.Offer

  public init(
    title: String, language: Language, subtitle: String, intendedUse: String, origin: String, shell: String, pieces: [PagePiece], table: JSON,
    offer: HTMLPage.Offer
  ) {
    self.title = title
    self.language = language
    self.subtitle = subtitle
    self.intendedUse = intendedUse
    self.origin = origin
    self.shell = shell
    self.pieces = pieces
    self.table = table
    self.offer = offer
  }

  /// The page. Equal pages give equal bytes.
  public var html: String {
    let citations = Citations(offer.ids, language)
    let shown = pieces.enumerated().map { place, piece -> String in
      let report = ReportHTML(citations: citations, language: language, top: 3, prefix: "p\(place)")
      switch piece {
      case .block(let block): return report.html(Report(blocks: [block]))
      case .row(let row): return report.html(Report(blocks: [.rows([row])]))
      }
    }
    let sources = offer.sources(citations.met)
    let links = Citations(Set(sources.map(\.id)), language)
    let articles = sources.map { source in
      "<article id=\"\(Markup.id(source.id))\" data-title=\"\(Markup.escaped((source.label ?? source.id) + " · " + source.title))\">"
        + source.paragraphs.map { text in links.passage("p", of: text.string) { links.linked(text) } }.joined() + "</article>"
    }
    var fields: [JSON.Field] = []
    if case .object(let given) = table { fields = given }
    fields.append(JSON.Field("pieces", .strings(shown)))
    fields.append(JSON.Field("words", PlayWords.json(language, shell: shell)))
    // An end of an element within a text would be the end of the data.
    let data = JSON.object(fields).text.replacing("<", with: "\\u003c")
    let style = "\n" + PageStyle.text(title: title, use: intendedUse) + "\n" + PlayStyle.text + "\n"
    let script = "\n" + PlayScript.text + "\n"
    return """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '\(Self.hash(script))'; style-src '\(Self.hash(style))'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(Markup.escaped(title))</title>
      <style>\(style)</style>
      </head>
      <body>
      <a class="skip" href="#play">\(HTMLWords.skip[language])</a>
      <header>
      <h1>\(Markup.escaped(title))</h1>
      <p class="subtitle">\(Markup.escaped(subtitle))</p>
      <p class="use">\(Markup.escaped(intendedUse))</p>
      </header>
      <main id="play" tabindex="-1">
      <noscript><p class="error">\(Markup.escaped(PlayWords.noScript[language] + " " + shell))</p></noscript>
      <div id="course"></div>
      <div id="told" class="unseen" role="status"></div>
      </main>
      <footer><p>\(Markup.escaped(intendedUse))</p><p>\(Markup.escaped(origin))</p></footer>
      <div id="sources" hidden>\(articles.joined(separator: "\n"))</div>
      <dialog id="source" aria-labelledby="source-title"><h2 id="source-title"></h2><div id="source-text"></div><form method="dialog"><button>\(Markup.escaped(PlayWords.close[language]))</button></form></dialog>
      <script type="application/json" id="table">\(data)</script>
      <script>\(script)</script>
      </body>
      </html>

      """
  }

  /// A hash as a content policy names it.
  static func hash(_ text: String) -> String { "sha256-" + base64(SHA256.hash(Array(text.utf8))) }

  /// Bytes in the alphabet of RFC 4648.
  static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 { text.append(place <= group.count ? digits[value >> (18 - 6 * place) & 63] : "=") }
    }
    return text
  }
}

/// The words that a page to play adds itself.
enum PlayWords {
  static let noScript = Words(
    "This page needs JavaScript, which is switched off here. The case can also be played in the shell:",
    "Η σελίδα χρειάζεται JavaScript, που εδώ είναι κλειστή. Το περιστατικό παίζεται και στο κέλυφος:")
  static let close = Words("Close", "Κλείσιμο")

  private static let all: [(String, Words)] = [
    ("about", Words("Before you begin", "Πριν αρχίσετε")),
    ("begin", Words("Begin", "Έναρξη")),
    ("question", Words("Question {n}", "Ερώτηση {n}")),
    ("turn", Words("Your turn", "Σειρά σας")),
    ("on", Words("The case goes on", "Συνέχεια του περιστατικού")),
    ("answer", Words("Answer", "Απάντηση")),
    ("goOn", Words("Continue", "Συνέχεια")),
    ("done", Words("Done: go on", "Τέλος: συνέχεια")),
    ("hint", Words("Hint (cost {cost})", "Υπόδειξη (κόστος {cost})")),
    ("tests", Words("Tests", "Εξετάσεις")),
    ("treatment", Words("Treat and arrange", "Θεραπεία και οργάνωση")),
    ("time", Words("Let time pass", "Πέρασμα χρόνου")),
    ("against", Words("Decide against", "Απόφαση να μη γίνει")),
    ("cost", Words("cost {cost}", "κόστος {cost}")),
    ("known", Words("What you know", "Όσα ξέρετε")),
    ("standing", Words("day {day} · spent {spent}", "ημέρα {day} · δαπανήθηκαν {spent}")),
    ("nothing", Words("Nothing yet.", "Τίποτα ακόμη.")),
    ("choose", Words("Choose an answer first.", "Διαλέξτε πρώτα μια απάντηση.")),
    ("most", Words("At most {n}: keep those that decide.", "Το πολύ {n}: κρατήστε όσα κρίνουν.")),
    ("share", Words("share in per cent", "ποσοστό στα 100")),
    ("shareRange", Words("A share is a whole number from 0 to 100.", "Το ποσοστό είναι ακέραιος από 0 έως 100.")),
    ("shareSum", Words("Together they make more than 100%.", "Μαζί ξεπερνούν το 100%.")),
    ("number", Words("number", "αριθμός")),
    ("unit", Words("unit", "μονάδα")),
    ("unitFirst", Words("In which unit?", "Σε ποια μονάδα;")),
    ("noNumber", Words("Write a number, such as 3 or 7.5.", "Γράψτε έναν αριθμό, όπως 3 ή 7.5.")),
    ("up", Words("Move up: {text}", "Πιο πάνω: {text}")),
    ("down", Words("Move down: {text}", "Πιο κάτω: {text}")),
    ("place", Words("{text}: place {n}", "{text}: θέση {n}")),
    ("shell", Words("That way isn't in the page. In the shell:", "Η διαδρομή αυτή δεν είναι στη σελίδα. Στο κέλυφος:")),
    (
      "more",
      Words(
        "Other actions and doses, asking the guideline and taking back are in the shell:",
        "Άλλες πράξεις και δόσεις, ερωτήσεις στην οδηγία και αναίρεση υπάρχουν στο κέλυφος:")
    ),
    ("over", Words("The case is over", "Το περιστατικό τελείωσε")),
    ("home", Words("To take home", "Να θυμάστε")),
    ("debrief", Words("Debrief", "Ανασκόπηση")),
    ("course", Words("Course", "Πορεία")),
    ("questions", Words("Questions", "Ερωτήσεις")),
    ("hintDone", Words("hint", "υπόδειξη")),
    ("day", Words("day {day}", "ημέρα {day}")),
    ("left", Words("left alone: {text}", "δεν έγινε: {text}")),
    ("again", Words("Play again", "Ξανά από την αρχή")),
    ("print", Words("Print", "Εκτύπωση")),
    ("result", Words("chosen", "επιλέχθηκε")),
  ]

  static func json(_ language: Language, shell: String) -> JSON {
    .fields(all.map { ($0.0, .string($0.1[language])) } + [("command", .string(shell))])
  }
}
