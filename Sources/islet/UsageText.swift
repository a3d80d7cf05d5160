import ArgumentParser
import Reports
import Sessions
import Wording

extension Words {
  /// The words in the language of help and usage errors.
  var said: String { self[Islet.saidLanguage] }
}

extension Islet {
  /// The language of help and of usage errors, which must be known before the arguments are read.
  static let saidLanguage: Language = {
    var options = RunOptions()
    options.language = typed("--language")
    return Console.startLanguage(options, Surroundings(Console.environment).settings)
  }()

  /// The value of an option as it was typed, whatever else is wrong with the line.
  private static func typed(_ option: String) -> String? {
    if let place = arguments.firstIndex(of: option), place + 1 < arguments.count { return arguments[place + 1] }
    return arguments.first { $0.hasPrefix(option + "=") }.map { String($0.dropFirst(option.count + 1)) }
  }

  private static var saidConsole: Console {
    var options = RunOptions()
    options.language = saidLanguage.rawValue
    options.format = typed("--format").flatMap(OutputFormat.init) ?? .text
    return Console(options)
  }

  /// Tells a usage error of the parser, as JSON too where that was asked for. The exit status is 2.
  static func usageFailed(_ message: String) -> ExitCode {
    let console = saidConsole
    let error = ParserWords.diagnostic(message)
    if console.options.format == .json { console.print(Report(error: error), command: "", language: saidLanguage) }
    console.fail(error)
    return ExitCode(2)
  }

  /// Prints what the parser answers by itself: help, the version, a script of completions.
  static func tell(_ message: String) -> ExitCode {
    let console = saidConsole
    let isHelp = message.hasPrefix("OVERVIEW: ") || message.hasPrefix("USAGE: ")
    if isHelp, arguments.dropFirst().first == "help", let error = ParserWords.noHelp(arguments.dropFirst(2)) {
      if console.options.format == .json { console.print(Report(error: error), command: "", language: saidLanguage) }
      console.fail(error)
      return ExitCode(2)
    }
    guard console.options.format == .json, message.first != "{" else {
      Console.write((isHelp ? ParserWords.help(message, saidLanguage) : message) + "\n")
      return .success
    }
    if message == VersionText.said {
      VersionText.show(console.options)
    } else if isHelp, let declarations = JSON(reading: Array(_dumpHelp().utf8)) {
      Console.write(clean: Array((declarations.text + "\n").utf8))
    } else {
      console.fail(.noJSON(Words("A script of completions", "Ένα σενάριο συμπλήρωσης"), Words("a shell's own language", "στη γλώσσα του κελύφους")))
      return ExitCode(1)
    }
    return .success
  }
}

/// What the parser of arguments says, in islet's words. It says it in English alone, and gives no other way to its errors than their text;
/// its version is pinned, and a test asks for each of them.
enum ParserWords {
  /// Its sentences, with braces for what they quote, and a line of help where they hold one.
  private static let sentences: [(pattern: String, code: String, said: @Sendable ([String]) -> (Words, [Words]))] = [
    ("Unknown option '{}'. Did you mean '{}'?", "usage.option", { (noOption($0[0]), [meant([$0[1]])]) }),
    ("Unknown option '{}'", "usage.option", { (noOption($0[0]), []) }),
    ("Missing value for '{}'", "usage.value-missing", { (Words("\($0[0]) needs a value.", "Το \($0[0]) χρειάζεται τιμή."), []) }),
    (
      "The option '{}' does not take any value, but '{}' was specified.", "usage.value",
      { (Words("\($0[0]) takes no value, and “\($0[1])” was given.", "Το \($0[0]) δεν δέχεται τιμή, και δόθηκε «\($0[1])»."), []) }
    ),
    ("Unexpected argument '{}'", "usage.argument", { (extra([$0[0]]), []) }),
    ("{} unexpected arguments: '{}'", "usage.argument", { (extra(quoted($0[1])), []) }),
    ("Missing expected argument '{}'", "usage.argument-missing", { (missing([$0[0]]), []) }),
    ("Missing one of: '{}'", "usage.argument-missing", { (missing(quoted($0[0])), []) }),
    ("The value '{}' is invalid for '{}'. Please provide one of the following:\n{}", "usage.value", { (noValue($0), [values($0[2])]) }),
    ("The value '{}' is invalid for '{}'. Please provide one of {}.", "usage.value", { (noValue($0), [values($0[2])]) }),
    ("The value '{}' is invalid for '{}'", "usage.value", { (noValue($0), []) }),
    ("Invalid option: {}", "usage.option", { (noOption($0[0]), []) }),
    ("Missing required subcommand.", "usage.subcommand", { _ in (Words("A subcommand is missing.", "Λείπει μια υποεντολή."), []) }),
    (
      "Value to be set with flag '{}' had already been set with flag '{}'", "usage.twice",
      { (Words("\($0[0]) and \($0[1]) say the same.", "Τα \($0[0]) και \($0[1]) λένε το ίδιο."), []) }
    ),
    (
      "Can't generate completion scripts for '{}'.\n{}:\n{}", "usage.shell",
      { (Words("There are no completions for “\($0[0])”.", "Δεν υπάρχουν συμπληρώσεις για το «\($0[0])»."), [values($0[2])]) }
    ),
    (
      "Can't autodetect a supported shell.\n{}:\n{}", "usage.shell",
      { (Words("The environment doesn't say which shell this is.", "Το περιβάλλον δεν λέει ποιο είναι το κέλυφος."), [values($0[1])]) }
    ),
  ]

  /// The parser's whole message as an error that teaches: what is wrong, what it may have meant, the form, where help is.
  static func diagnostic(_ message: String) -> Diagnostic {
    var sentence: [Substring] = []
    var option: Substring?
    var usage: Substring?
    for line in message.split(separator: "\n") {
      if line.hasPrefix("Usage: ") {
        usage = line.dropFirst("Usage: ".count)
      } else if line.hasPrefix("Help:  ") {
        option = line.dropFirst("Help:  ".count)
      } else if usage == nil {
        sentence.append(line)
      }
    }
    var text = sentence.joined(separator: "\n")
    if text.hasPrefix("Error: ") { text = String(text.dropFirst("Error: ".count)) }
    // Of several short options in one, the parser also says how the first might take the others for its value.
    if let other = text.firstRange(of: "\n   or: ") { text = String(text[..<other.lowerBound]) }
    var code = "usage"
    var words = Words(same: text)
    var help: [Words] = []
    let path = usage.map { $0.split(separator: " ").prefix { !"[<-".contains($0.first ?? "-") }.map(String.init) } ?? ["islet"]
    for (pattern, own, said) in sentences {
      guard let values = captured(text, pattern) else { continue }
      code = own
      (words, help) = said(values)
      if own == "usage.argument", let typed = quoted(values[values.count - 1]).first, let subcommand = noSubcommand(typed, path) {
        code = "usage.subcommand"
        (words, help) = subcommand
      }
      break
    }
    if let option { help.append(Words(same: String(option))) }
    if let usage, usage.utf8.count < 120 { help.append(Words("Usage: \(usage)", "Χρήση: \(Self.help(String(usage), .greek))")) }
    let call = path.joined(separator: " ") + " --help"
    help.append(Words("More: \(call)", "Περισσότερα: \(call)"))
    return Diagnostic(code, words, help: help)
  }

  /// A help screen of the parser in a language.
  static func help(_ text: String, _ language: Language) -> String {
    guard language == .greek else { return text }
    var text = text
    for (english, greek) in labels { text = text.replacing(english, with: greek) }
    return text
  }

  private static let labels = [
    ("OVERVIEW: ", "ΠΕΡΙΓΡΑΦΗ: "), ("USAGE: ", "ΧΡΗΣΗ: "), ("ARGUMENTS:\n", "ΟΡΙΣΜΑΤΑ:\n"), ("OPTIONS:\n", "ΕΠΙΛΟΓΕΣ:\n"),
    ("SUBCOMMANDS:\n", "ΥΠΟΕΝΤΟΛΕΣ:\n"), ("<subcommand>", "<υποεντολή>"), ("[<options>]", "[<επιλογές>]"), ("(values: ", "(τιμές: "),
    ("default: ", "αν λείπει: "), ("default)", "αν λείπει)"), ("Show the version.", "Η έκδοση, η οδηγία και το commit."),
    ("Show help information.", "Αυτή η βοήθεια."), ("Show subcommand help information.", "Η βοήθεια μιας υποεντολής."), ("  See '", "  Αναλυτικά: '"),
    ("' for detailed help.", "'"),
  ]

  private static func noOption(_ name: String) -> Words { Words("There is no option \(name) here.", "Εδώ δεν υπάρχει επιλογή \(name).") }

  private static func extra(_ arguments: [String]) -> Words {
    let (english, greek) = (arguments.map { "“\($0)”" }.joined(separator: ", "), arguments.map { "«\($0)»" }.joined(separator: ", "))
    return Words("\(english) isn't expected here.", "Εδώ τίποτε δεν δέχεται: \(greek).")
  }

  private static func missing(_ arguments: [String]) -> Words {
    let names = arguments.joined(separator: ", ")
    return Words("Something is missing: \(names)", "Κάτι λείπει: \(names)")
  }

  private static func noValue(_ values: [String]) -> Words {
    Words("“\(values[0])” isn't a value of \(values[1]).", "Το «\(values[0])» δεν είναι τιμή για: \(values[1]).")
  }

  private static func values(_ text: String) -> Words {
    let names = text.split(whereSeparator: { " \n',-".contains($0) }).filter { $0 != "or" && $0 != "and" }.joined(separator: ", ")
    return Words("Values: \(names)", "Τιμές: \(names)")
  }

  private static func meant(_ names: [String]) -> Words {
    Words("Did you mean \(names.joined(separator: " or "))?", "Μήπως εννοείτε \(names.joined(separator: " ή "));")
  }

  /// What stands between the quotation marks of a list: a', 'b.
  private static func quoted(_ text: String) -> [String] { text.split(separator: "', '").map(String.init) }

  /// A word in the place of a subcommand that is none: those near it, or the shell's command of that name. Nil where no subcommand is expected.
  private static func noSubcommand(_ typed: String, _ path: [String]) -> (Words, [Words])? {
    guard let command = command(path) else { return nil }
    let names = command.configuration.subcommands.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
    // A command that is taken where no subcommand is named stands for the one above it.
    let above = Array(path.dropLast())
    if names.isEmpty, path.count > 2, Self.command(above)?.configuration.defaultSubcommand == command { return noSubcommand(typed, above) }
    guard !names.isEmpty, !typed.hasPrefix("-") else { return nil }
    let words = Words(
      "“\(typed)” isn't a subcommand of \(path.joined(separator: " ")).", "Το «\(typed)» δεν είναι υποεντολή του \(path.joined(separator: " ")).")
    let near = Words.nearest(
      names.compactMap { name in
        let limit = name.count < 5 ? 1 : 2
        let distance = Folding.distance(typed.lowercased(), name, limit: limit)
        if distance <= limit { return (distance, Words(same: name)) }
        return typed.count > 1 && name.hasPrefix(typed.lowercased()) ? (limit, Words(same: name)) : nil
      })
    if !near.isEmpty { return (words, [meant(near.prefix(3).map(\.english))]) }
    if path.count == 1, let known = Console.commands.command(named: FoldedKey(typed)) {
      return (
        words,
        [
          Words(
            "\(known.name.english) is a command of the shell: islet -c 'patient 54F, insulinoma; \(known.name.english)'",
            "Η εντολή «\(known.name.greek)» είναι του κελύφους: islet -c 'ασθενής γυναίκα 54 ετών, ινσουλίνωμα; \(known.name.greek)'")
        ]
      )
    }
    let list = names.joined(separator: ", ")
    return (words, [Words("Subcommands: \(list)", "Υποεντολές: \(list)")])
  }

  /// An error where help was asked on what is no subcommand; the parser would show another help.
  static func noHelp(_ arguments: ArraySlice<String>) -> Diagnostic? {
    var path = ["islet"]
    for name in arguments.prefix(while: { !$0.hasPrefix("-") }) {
      if let (words, help) = noSubcommand(name, path), !isSubcommand(name, path) { return Diagnostic("usage.subcommand", words, help: help) }
      path.append(name)
    }
    return nil
  }

  private static func isSubcommand(_ name: String, _ path: [String]) -> Bool { command(path + [name]) != nil }

  /// The command at a path of names.
  private static func command(_ path: [String]) -> ParsableCommand.Type? {
    var command: ParsableCommand.Type = Islet.self
    for name in path.dropFirst() {
      guard let next = command.configuration.subcommands.first(where: { $0._commandName == name }) else { return nil }
      command = next
    }
    return command
  }

  /// What stands in a text in place of a pattern's braces; nil where it isn't like the pattern.
  private static func captured(_ text: String, _ pattern: String) -> [String]? {
    let parts = pattern.split(separator: "{}", omittingEmptySubsequences: false)
    guard text.hasPrefix(parts[0]) else { return nil }
    var rest = text.dropFirst(parts[0].count)
    var found: [String] = []
    for (place, part) in parts.dropFirst().enumerated() {
      let isLast = place == parts.count - 2
      if part.isEmpty, isLast {
        found.append(String(rest))
        return found
      }
      let end: Range<Substring.Index>?
      if isLast { end = rest.hasSuffix(part) ? rest.index(rest.endIndex, offsetBy: -part.count)..<rest.endIndex : nil } else { end = rest.firstRange(of: part) }
      guard let end else { return nil }
      found.append(String(rest[..<end.lowerBound]))
      rest = rest[end.upperBound...]
    }
    return rest.isEmpty ? found : nil
  }
}

extension Diagnostic {
  /// Refuses --format json where what is printed is something else.
  static func noJSON(_ what: Words, _ form: Words) -> Diagnostic {
    Diagnostic(
      "format.json", Words("\(what.english) is \(form.english), never JSON.", "\(what.greek) είναι \(form.greek), ποτέ JSON."),
      help: [
        Words("Leave out --format json. islet schema lists what is JSON.", "Αφήστε έξω το --format json. Τι είναι JSON, το λέει το islet schema.")
      ])
  }
}

extension Console {
  /// Refuses --format json for what is printed in a form of its own.
  func refuseJSON(_ what: Words, _ form: Words) throws(Diagnostic) {
    if options.format == .json { throw .noJSON(what, form) }
  }

  /// Says a line of what was done, as JSON where that is asked for.
  func say(_ words: Words, command: String, _ data: [(String, JSON?)]) {
    if options.format == .json {
      print(Report(data: data), command: command, language: language)
    } else {
      Self.write(words[language] + "\n")
    }
  }
}
