import Grammar
import Reports
import Wording

/// A line of a cell that speaks to the notebook, not to the session: `%plain`. It holds for the rest of its cell.
enum Directive: String, CaseIterable, Sendable {
  case plain, figures, page
  case keepGoing = "keep-going"
  case clear
  case help

  var name: Words {
    switch self {
    case .plain: Words(rawValue, "απλό")
    case .figures: Words(rawValue, "εικόνες")
    case .page: Words(rawValue, "σελίδα")
    case .keepGoing: Words(rawValue, "συνέχισε")
    case .clear: Words(rawValue, "καθάρισε")
    case .help: Words(rawValue, "βοήθεια")
    }
  }

  var summary: Words {
    switch self {
    case .plain: Words("answers below are plain text, as the shell prints them", "οι απαντήσεις παρακάτω είναι απλό κείμενο, όπως στο κέλυφος")
    case .figures: Words("of answers below that have figures only these are shown", "όσες απαντήσεις παρακάτω έχουν διαγράμματα εμφανίζονται μόνο με αυτά")
    case .page: Words("answers below open in the pager and aren't kept", "οι απαντήσεις παρακάτω ανοίγουν σε χωριστό πλαίσιο και δεν κρατιούνται")
    case .keepGoing:
      Words("an error below is shown, and the cell and those after it run on", "ένα σφάλμα παρακάτω εμφανίζεται, και το κελί και τα επόμενα συνεχίζουν")
    case .clear: Words("what the cell has shown so far is wiped", "σβήνεται ό,τι έδειξε ως τώρα το κελί")
    case .help: Words("this list", "αυτός ο κατάλογος")
    }
  }

  /// The directive on a line; nil for a line that is none.
  static func read(_ line: String) throws(Diagnostic) -> Directive? {
    let text = line.drop { $0 == " " }
    guard text.first == "%" else { return nil }
    let key = FoldedKey(String(text.dropFirst()))
    if let found = allCases.first(where: { FoldedKey($0.name.english) == key || FoldedKey($0.name.greek) == key }) { return found }
    let names = { (language: Language) in allCases.map { "%" + $0.name[language] }.joined(separator: ", ") }
    throw Diagnostic(
      "kernel.directive", Words("“\(text)” isn't a directive of the kernel.", "Το «\(text)» δεν είναι εντολή % ενός κελιού."),
      help: [
        Words(
          "There are \(names(.english)); each goes on a line of its own.", "Υπάρχουν: \(names(.greek))· καθεμία μόνη στη γραμμή της.")
      ], source: line, span: (line.utf8.count - text.utf8.count)..<line.utf8.count)
  }

  static func list(_ language: Language) -> Report {
    let rows = allCases.map { Row("%" + $0.name[language], detail: $0.summary[language]) }
    let head = Words("Directives of a notebook's cell, each alone on its line", "Εντολές % ενός κελιού, καθεμία μόνη στη γραμμή της")
    return Report(blocks: [.heading(head[language]), .rows(rows)])
  }
}
