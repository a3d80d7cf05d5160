import Grammar
import Guideline
import Measures
import Patients
import Sessions
import Vocabulary
import Wording

extension Credit {
  /// In hundredths, rounded.
  public var percent: Int { (millionths + 5_000) / 10_000 }
}

/// An answer to a question as it was read.
public struct Reply: Sendable, Hashable {
  /// The choices named, in the order typed; for a command its canonical form.
  public var choices: [String] = []
  /// How sure of each choice, in hundredths; empty where it wasn't said.
  public var sure: [Int] = []
  /// The number, in the question's unit.
  public var number: Exact?
  public var unit = ""
  /// The words typed.
  public var words = ""

  /// What leads to the same answer when typed again.
  public var line: String {
    if !words.isEmpty { return "\"\(words)\"" }
    if let number { return unit.isEmpty ? "\(number)" : "\(number) \(unit)" }
    guard sure.count == choices.count else { return choices.joined(separator: ", ") }
    return zip(choices, sure).map { "\($0) \($1)%" }.joined(separator: ", ")
  }

  /// As data: the choices, the number or the words.
  public var given: [String] { words.isEmpty ? number.map { ["\($0)"] } ?? choices : [words] }
}

/// Reads what a learner types in answer to a question.
struct ReplyReader {
  /// The words that a problem in one line may have.
  static let problemWords = 50

  let question: Question
  let vocabulary: Vocabulary

  /// The answer, or what is wrong with it; nil when the line is a command that runs as such.
  func reply(_ line: String, command: CaseRole?) -> Result<Reply, Diagnostic>? {
    do throws(Diagnostic) {
      switch question.kind {
      case .command: return nil
      case .single, .concordance: return .success(try one(line))
      case .several: return .success(try several(line))
      case .features(let most):
        let reply = try several(line)
        guard reply.choices.count <= most else {
          throw fault(
            "case.too-many", Words("You named \(reply.choices.count) of at most \(most).", "Αναφέρατε \(reply.choices.count), ενώ επιτρέπονται έως \(most)."),
            Words("Keep those that decide.", "Κρατήστε όσα κρίνουν την απόφαση."), line)
        }
        return .success(reply)
      case .ordering:
        let reply = try several(line)
        let missing = question.choices.filter { !reply.choices.contains($0.id) }
        guard missing.isEmpty else {
          let names = missing.map(\.text)
          throw fault(
            "case.order-incomplete", Words("All of them are put in order, each once.", "Όλα μπαίνουν σε σειρά, το καθένα μία φορά."),
            Words("Missing: " + names.map(\.english).joined(separator: ", "), "Λείπουν: " + names.map(\.greek).joined(separator: ", ")), line)
        }
        return .success(reply)
      case .ranked: return .success(try ranked(line))
      case .number(_, _, let unit, let isUnitAsked): return .success(Reply(number: try number(line, unit, isUnitAsked), unit: unit))
      case .text, .problem:
        // A line that begins with a command that is free here, or asks the guideline, is that command; in quotes it is an answer.
        if let command, [.free, .consults].contains(command) { return nil }
        return .success(try words(line))
      }
    } catch {
      return command != nil && error.code == "case.answer" ? nil : .failure(error)
    }
  }

  private func fault(_ code: String, _ message: Words, _ help: Words, _ line: String) -> Diagnostic {
    Diagnostic(code, message, help: [help], source: line, span: 0..<line.utf8.count)
  }

  // MARK: Choices

  /// The choice that a number, an id or the text itself names.
  private func choice(_ text: String) -> String? {
    if let number = Int(text), question.choices.indices.contains(number - 1) { return question.choices[number - 1].id }
    let key = Folding.key(text)
    return question.choices.first { Folding.key($0.id) == key || Folding.key($0.text.english) == key || Folding.key($0.text.greek) == key }?.id
  }

  /// One choice, and how sure where that is said: `2`, `2 80%`.
  private func one(_ line: String) throws(Diagnostic) -> Reply {
    if let found = choice(line) { return Reply(choices: [found]) }
    if line.hasSuffix("%"), let (name, sure) = parted(line), let found = choice(name) {
      guard (0...100).contains(sure) else { throw outOfRange(line) }
      return Reply(choices: [found], sure: [sure])
    }
    throw notAnAnswer(line)
  }

  private func parts(_ line: String) -> [String] {
    line.split { ",>·".contains($0) }.map { $0.dropTrailingSpaces.drop { $0 == " " } }.map(String.init).filter { !$0.isEmpty }
  }

  private func several(_ line: String) throws(Diagnostic) -> Reply {
    // 1, 3; 1 3; 1 and 3.
    let parts = parts(line).flatMap { part -> [String] in
      guard choice(part) == nil else { return [part] }
      return part.split(separator: " ").map(String.init).filter { !vocabulary.isParticle(FoldedKey($0), .and) }
    }
    var found: [String] = []
    for part in parts {
      guard let choice = choice(part) else { throw notAnAnswer(line) }
      guard !found.contains(choice) else { throw twice(choice, line) }
      found.append(choice)
    }
    guard !found.isEmpty else { throw notAnAnswer(line) }
    return Reply(choices: found)
  }

  private func twice(_ id: String, _ line: String) -> Diagnostic {
    let text = question.choices.first { $0.id == id }?.text ?? Words(same: id)
    return fault(
      "case.answer-twice", Words("“\(text.english)” appears twice.", "Το «\(text.greek)» υπάρχει δύο φορές."), Words("Name it once.", "Γράψτε το μία φορά."),
      line)
  }

  private func outOfRange(_ line: String) -> Diagnostic {
    fault(
      "case.sure-range", Words("How sure you are goes from 0 to 100%.", "Η βεβαιότητα είναι από 0 έως 100%."),
      Words("Write, for example: 2 80%", "Γράψτε, για παράδειγμα: 2 80%"), line)
  }

  /// `insulinoma 70%`: what stands before the last word, and that as a number.
  private func parted(_ text: String) -> (name: String, sure: Int)? {
    guard let space = text.lastIndex(of: " ") else { return nil }
    var last = text[text.index(after: space)...]
    if last.last == "%" { last.removeLast() }
    guard !last.isEmpty, let sure = Int(last) else { return nil }
    return (text[..<space].dropTrailingSpaces, sure)
  }

  private func ranked(_ line: String) throws(Diagnostic) -> Reply {
    var reply = Reply()
    for part in parts(line) {
      guard let (name, sure) = parted(part), let found = choice(name) else {
        if let bare = choice(part) {
          let text = question.choices.first { $0.id == bare }?.text ?? Words(same: bare)
          throw fault(
            "case.sure", Words("How sure are you of “\(text.english)”?", "Πόσο βέβαιοι είστε για «\(text.greek)»;"),
            Words(
              "Most likely first, each with its share of 100: NUMBER SHARE, NUMBER SHARE",
              "Πρώτα το πιθανότερο, καθένα με το ποσοστό του: ΑΡΙΘΜΟΣ ΠΟΣΟΣΤΟ, ΑΡΙΘΜΟΣ ΠΟΣΟΣΤΟ"), line)
        }
        throw notAnAnswer(line)
      }
      guard (0...100).contains(sure) else { throw outOfRange(line) }
      guard !reply.choices.contains(found) else { throw twice(found, line) }
      if let last = reply.sure.last, sure > last {
        throw fault(
          "case.sure-order", Words("A later one has a larger share than the one before it.", "Για ένα επόμενο είστε πιο βέβαιοι από ό,τι για το προηγούμενο."),
          Words("Put the most likely first.", "Βάλτε πρώτο το πιθανότερο."), line)
      }
      reply.choices.append(found)
      reply.sure.append(sure)
    }
    guard !reply.choices.isEmpty else { throw notAnAnswer(line) }
    guard reply.sure.reduce(0, +) <= 100 else {
      throw fault(
        "case.sure-sum", Words("Together they make more than 100%.", "Μαζί ξεπερνούν το 100%."),
        Words("Only one of them can be right: share out at most 100.", "Μόνο ένα μπορεί να ισχύει: μοιράστε το πολύ 100."), line)
    }
    return reply
  }

  // MARK: Numbers

  /// The number in the question's unit; another unit of the same kind is converted.
  private func number(_ line: String, _ unit: String, _ isUnitAsked: Bool) throws(Diagnostic) -> Exact {
    guard let tokens = try? Lexer.tokens(line), let value = tokens.first?.number else { throw notAnAnswer(line) }
    let rest = tokens.dropFirst()
    guard !rest.isEmpty else {
      guard !isUnitAsked else {
        throw fault(
          "case.unit", Words("In which unit?", "Σε ποια μονάδα;"), Words("Write the number with its unit.", "Γράψτε τον αριθμό με τη μονάδα του."), line)
      }
      return value
    }
    let key = rest.reduce(FoldedKey()) { $0 + $1.key }
    let typed = vocabulary.unit(key) ?? rest.map(\.text).joined()
    if typed == unit || Folding.key(typed) == Folding.key(unit) { return value }
    if let same = Self.converted(value, typed, to: unit) { return same }
    guard vocabulary.unit(key) != nil else { throw notAnAnswer(line) }
    throw fault(
      "case.unit-kind", Words("“\(typed)” doesn't measure what is asked.", "Το «\(typed)» δεν μετρά αυτό που ρωτάται."),
      Words("What kind of quantity is it?", "Τι είδους μέγεθος είναι;"), line)
  }

  /// A number in another unit of the same kind: lengths, masses of drugs, hours to weeks. Nil otherwise, or where it isn't exact.
  static func converted(_ value: Exact, _ from: String, to unit: String) -> Exact? {
    if let from = Unit(rawValue: from), let to = Unit(rawValue: unit), from != .count, to != .count, let same = from.convert(value, to: to) { return same }
    if let from = DoseUnit(rawValue: from), let to = DoseUnit(rawValue: unit), from.dimension == to.dimension {
      return value.scaled(by: from.factor, over: to.factor)
    }
    guard let from = TimeUnit(rawValue: from)?.hours, let to = TimeUnit(rawValue: unit)?.hours else { return nil }
    return value.scaled(by: from, over: to)
  }

  // MARK: Words

  /// The words of an answer, without the quotes around them.
  static func unquoted(_ line: String) -> String {
    var text = line
    if text.count > 1, text.first == "\"", text.last == "\"" {
      text.removeFirst()
      text.removeLast()
    }
    return text
  }

  private func words(_ line: String) throws(Diagnostic) -> Reply {
    let text = Self.unquoted(line)
    if case .problem = question.kind, case let count = text.split(separator: " ").count, count > Self.problemWords {
      throw fault(
        "case.too-long",
        Words("That is \(count) words; one line has at most \(Self.problemWords).", "Είναι \(count) λέξεις· μία γραμμή έχει το πολύ \(Self.problemWords)."),
        Words("Keep age, sex, and the findings that decide.", "Κρατήστε ηλικία, φύλο, και τα ευρήματα που κρίνουν."), line)
    }
    let read: FindingsReading
    do throws(Diagnostic) {
      read = try PhraseReader.read(vocabulary, text, isProse: true)
    } catch {
      throw error.on(line)
    }
    guard !read.statements.isEmpty else {
      throw fault(
        "case.unread", Words("No finding was read in that.", "Δεν διαβάστηκε κανένα εύρημα."),
        Words(
          "Name findings as you would in a note: fasting hypoglycaemia, 14 mm in the tail, no liver metastases. The same words again are taken as they are.",
          "Γράψτε ευρήματα όπως σε ένα σημείωμα: υπογλυκαιμία νηστείας, 14 χιλ. στην ουρά, χωρίς ηπατικές μεταστάσεις. Τα ίδια λόγια ξανά γίνονται δεκτά όπως είναι."
        ),
        line)
    }
    return Reply(words: text)
  }

  func notAnAnswer(_ line: String) -> Diagnostic {
    let help: Words
    let ids = question.choices.map(\.id).joined(separator: ", ")
    switch question.kind {
    case .several, .features, .ordering:
      help = Words(
        "Answer with numbers from 1 to \(question.choices.count), a comma between two, or with: \(ids)",
        "Απαντήστε με αριθμούς από 1 έως \(question.choices.count), με κόμμα ανάμεσα.")
    case .single, .concordance:
      help = Words(
        "Answer with a number from 1 to \(question.choices.count), or with: \(ids)", "Απαντήστε με αριθμό από 1 έως \(question.choices.count).")
    case .ranked:
      help = Words(
        "Most likely first, each with its share of 100: NUMBER SHARE, NUMBER SHARE",
        "Πρώτα το πιθανότερο, καθένα με το ποσοστό του: ΑΡΙΘΜΟΣ ΠΟΣΟΣΤΟ, ΑΡΙΘΜΟΣ ΠΟΣΟΣΤΟ")
    case .number(_, _, let unit, let isUnitAsked):
      help =
        isUnitAsked
        ? Words("Answer with a number and its unit.", "Απαντήστε με έναν αριθμό και τη μονάδα του.")
        : unit.isEmpty
          ? Words("Answer with a number.", "Απαντήστε με έναν αριθμό.") : Words("Answer with a number, in \(unit).", "Απαντήστε με αριθμό, σε \(unit).")
    case .command: help = Words("Answer with a command: order CT", "Απαντήστε με μια εντολή: ζήτησε αξονική")
    case .text, .problem: help = Words("Answer in your own words.", "Απαντήστε με δικά σας λόγια.")
    }
    var error = fault("case.answer", Words("“\(line)” isn't an answer here.", "Το «\(line)» δεν αποτελεί απάντηση εδώ."), help, line)
    error.help.append(Self.again)
    return error
  }

  private static let again = Words(
    text: "\(Text.command("status", "status")) shows the question again.",
    "Η εντολή \(Text.command("κατάσταση", "status")) ξαναδείχνει την ερώτηση.")
}

extension TimeUnit {
  /// Of units that have a fixed length.
  fileprivate var hours: Int64? {
    switch self {
    case .hour: 1
    case .day: 24
    case .week: 168
    case .month, .year: nil
    }
  }
}
