import Grammar
import Wording

/// Something that a command takes behind its name: a value in place, or an option with its word in front. The form that
/// help shows, what is read, what Tab offers and how it is written all follow from it.
public struct Parameter: Sendable {
  public enum Style: Sendable, Hashable {
    /// What stands right behind the command's name.
    case value
    /// Words in front of it, in either language: `seed 7`, `σπόρος 7`.
    case keyword
    /// Two hyphens in front of it: `--until 5`.
    case flag
  }

  /// What a command asks for it by. An option's is its word in English, and its name on the program's command line.
  public let id: String
  public let style: Style
  /// An option's words, in front of its value.
  public let words: Words
  /// Other words for it, in either language.
  public let aliases: [String]
  /// How its value stands in a form: `FILE`. Empty for an option that stands alone.
  public let placeholder: Words
  /// What its value is.
  public let takes: CompletionKind
  public let isRequired: Bool
  /// Whether the command asks for it itself where it is missing.
  public let isAsked: Bool
  /// Whether it takes all that follows, whatever words are in it.
  public let takesRest: Bool
  /// Whether its value may stand right behind the command's name, without its words.
  public let mayLackWords: Bool
  /// Whether the command's value may be left out where it is given.
  public let replacesValue: Bool
  /// What an error says besides where it is missing.
  public let choices: @Sendable (World) -> [Words]

  private init(
    _ id: String, _ style: Style, _ words: Words, _ aliases: [String], _ placeholder: Words, _ takes: CompletionKind,
    isRequired: Bool, takesRest: Bool = false, mayLackWords: Bool = false,
    replacesValue: Bool = false, isAsked: Bool = false, choices: @escaping @Sendable (World) -> [Words] = { _ in [] }
  ) {
    self.id = id
    self.style = style
    self.words = words
    self.aliases = aliases
    self.placeholder = placeholder
    self.takes = takes
    self.isRequired = isRequired
    self.takesRest = takesRest
    self.mayLackWords = mayLackWords
    self.replacesValue = replacesValue
    self.isAsked = isAsked
    self.choices = choices
  }

  /// A value that must be there.
  public static func value(
    _ english: String, _ greek: String, _ takes: CompletionKind = .nothing,
    choices: @escaping @Sendable (World) -> [Words] = { _ in [] }
  ) -> Parameter {
    Parameter(
      "value", .value, Words(same: ""), [], Words(english, greek), takes, isRequired: true, choices: choices)
  }

  /// A value that must be there, and for which the command asks by itself.
  public static func asked(_ english: String, _ greek: String, _ takes: CompletionKind) -> Parameter {
    Parameter("value", .value, Words(same: ""), [], Words(english, greek), takes, isRequired: true, isAsked: true)
  }

  /// A value that may be left out.
  public static func optional(_ english: String, _ greek: String, _ takes: CompletionKind = .nothing) -> Parameter {
    Parameter("value", .value, Words(same: ""), [], Words(english, greek), takes, isRequired: false)
  }

  /// A file's name, taken as it is typed: quotes around it are dropped, marks inside it stay.
  public static let file = value("FILE", "ΑΡΧΕΙΟ", .files)

  /// Words with a value behind them, or with none.
  public static func keyword(
    _ id: String, _ greek: String, aliases: [String] = [], _ placeholder: Words = Words(same: ""),
    _ takes: CompletionKind = .nothing, takesRest: Bool = false, mayLackWords: Bool = false
  ) -> Parameter {
    Parameter(
      id, .keyword, Words(id, greek), aliases, placeholder, takes, isRequired: false, takesRest: takesRest,
      mayLackWords: mayLackWords)
  }

  /// An option behind two hyphens, the same in both languages.
  public static func flag(_ id: String, _ placeholder: String = "", replacesValue: Bool = false) -> Parameter {
    Parameter(
      id, .flag, Words(same: "--" + id), [], Words(same: placeholder), .nothing, isRequired: false,
      replacesValue: replacesValue)
  }

  /// Whether a value stands behind its words.
  public var takesValue: Bool { style == .value || !placeholder.english.isEmpty }

  /// Its name on the program's command line: `--what-if`.
  public var longName: String { id.replacing(" ", with: "-") }

  /// How it stands in a form: `[seed NUMBER]`.
  var form: Words {
    let joined = Words.joined([words, placeholder].filter { !$0.english.isEmpty }, by: " ")
    return isRequired ? joined : Words("[\(joined.english)]", "[\(joined.greek)]")
  }

  /// The number of tokens that are its words, at a place; nil where they don't stand.
  func words(at place: Int, in tokens: [Token]) -> Int? {
    switch style {
    case .value: return nil
    case .flag:
      guard place + 2 < tokens.count, tokens[place].isSymbol("-"), tokens[place + 1].isSymbol("-"),
        tokens[place + 2].folded == id
      else { return nil }
      return 3
    case .keyword:
      guard place < tokens.count, tokens[place].kind == .word else { return nil }
      return ([words.english, words.greek] + aliases).lazy.compactMap { name -> Int? in
        let parts = name.split(separator: " ")
        guard place + parts.count <= tokens.count else { return nil }
        return zip(parts, tokens[place...]).allSatisfy { FoldedKey(String($0)) == $1.key } ? parts.count : nil
      }.max()
    }
  }
}

/// An option as given: its value's tokens and the line that they stand in.
public struct GivenOption: Sendable {
  public let line: String
  /// Its words and its value in the line.
  public let span: Range<Int>
  /// Its value, without its words.
  public let tokens: [Token]

  /// Where the value stands.
  public var valueSpan: Range<Int> {
    guard let first = tokens.first, let last = tokens.last else { return span }
    return first.span.lowerBound..<last.span.upperBound
  }

  /// The value as typed.
  public var text: String { tokens.isEmpty ? "" : String(decoding: Array(line.utf8)[valueSpan], as: UTF8.self) }

  /// The value, when it is one whole number and nothing else.
  public var number: Int? { tokens.count == 1 && tokens[0].kind == .number ? Int(tokens[0].text) : nil }

  /// A value that is the whole text: an option of the program's command line.
  public init(_ text: String) throws(Diagnostic) {
    line = try Input.plain(text)
    do throws(Diagnostic) {
      tokens = try Lexer.tokens(line)
    } catch {
      throw error.on(line)
    }
    span = 0..<line.utf8.count
  }

  init(line: String, span: Range<Int>, tokens: [Token]) {
    self.line = line
    self.span = span
    self.tokens = tokens
  }
}

extension Command {
  /// The options that it takes.
  public var options: [Parameter] { takes.filter { $0.style != .value } }

  /// What it takes right behind its name.
  public var value: Parameter? { takes.first { $0.style == .value } }

  /// An option by its id.
  public func option(_ id: String) -> Parameter? { options.first { $0.id == id } }

  /// Whether its value is a file's name.
  var takesFile: Bool { if case .files? = value?.takes { true } else { false } }

  /// The command in canonical form: its value as written, then its options in the order of its form. An option that
  /// stands alone is written as an empty text.
  public func written(_ value: String = "", _ given: [String: String] = [:]) -> String {
    var parts = [id]
    if !value.isEmpty { parts.append(value) }
    for option in options {
      guard let text = given[option.id] else { continue }
      parts.append(option.words.english)
      if !text.isEmpty { parts.append(text) }
    }
    return parts.joined(separator: " ")
  }

  /// A file's name as a line holds it.
  public static func quoted(_ file: String) -> String { "\"\(file)\"" }

  /// Takes the options out of the tokens behind the name; what is left is the value.
  func options(in tokens: [Token], from first: Int, _ line: String) throws(Diagnostic) -> (
    value: [Token], given: [String: GivenOption]
  ) {
    let options = options
    if options.isEmpty { return (tokens, [:]) }
    var kept = Array(tokens[..<first])
    var given: [String: GivenOption] = [:]
    var place = first
    func starts(_ place: Int) -> (Parameter, Int)? {
      for option in options { if let length = option.words(at: place, in: tokens) { return (option, length) } }
      return nil
    }
    while place < tokens.count {
      guard let (option, length) = starts(place) else {
        guard given.isEmpty, !isFlag(tokens, place) else { throw unread(tokens[place...], line) }
        kept.append(tokens[place])
        place += 1
        continue
      }
      guard given[option.id] == nil else { throw unread(tokens[place..<(place + length)], line) }
      let start = place + length
      var end = start
      if option.takesValue {
        while end < tokens.count, option.takesRest || (starts(end) == nil && !isFlag(tokens, end)) { end += 1 }
        guard end > start else { throw unread(tokens[place..<start], line) }
      }
      let span = tokens[place].span.lowerBound..<tokens[end - 1].span.upperBound
      given[option.id] = GivenOption(line: line, span: span, tokens: Array(tokens[start..<end]))
      place = end
    }
    if kept.count > first, value == nil, let bare = options.first(where: \.mayLackWords) {
      let words = kept[first...]
      guard given[bare.id] == nil else { throw unread(words, line) }
      let span = kept[first].span.lowerBound..<kept[kept.count - 1].span.upperBound
      given[bare.id] = GivenOption(line: line, span: span, tokens: Array(words))
      kept.removeLast(words.count)
    }
    return (kept, given)
  }

  /// Whether two hyphens stand at a place, and flags are taken.
  private func isFlag(_ tokens: [Token], _ place: Int) -> Bool {
    guard options.contains(where: { $0.style == .flag }) else { return false }
    return place + 1 < tokens.count && tokens[place].isSymbol("-") && tokens[place + 1].isSymbol("-")
  }

  private func unread(_ tokens: ArraySlice<Token>, _ line: String) -> Diagnostic {
    let span = (tokens.first?.span.lowerBound ?? 0)..<(tokens.last?.span.upperBound ?? line.utf8.count)
    return unread(span, line)
  }

  /// An error for an option, or a word between options, that has no meaning here.
  public func unread(_ span: Range<Int>, _ line: String) -> Diagnostic {
    let text = String(decoding: Array(line.utf8)[span], as: UTF8.self)
    return Diagnostic(
      id + ".unread",
      Words(
        "“\(text)” has no meaning here, is given twice, or needs something after it.",
        "Το «\(text)» δεν έχει νόημα εδώ, λέγεται δύο φορές, ή κάτι λείπει μετά από αυτό."),
      help: [Words("Usage: \(form.english)", "Η μορφή της: \(form.greek)")], source: line, span: span)
  }
}

/// A command called by the program itself, with its value and options as they are: no line is put together and read again.
public struct CommandCall: Sendable {
  public let command: String
  public let value: String
  public let options: [String: String]

  public init(_ command: String, _ value: String, options: [String: String] = [:]) {
    self.command = command
    self.value = value
    self.options = options
  }
}
