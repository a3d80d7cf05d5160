import ArgumentParser
import Vocabulary
import Wording

/// Arguments in their plain form: whole names of options, each with its value behind a space. The parser, which knows every
/// form and explains what is wrong, takes longer than most answers: it reads what isn't plain.
struct PlainArguments {
  private(set) var positional: [String] = []
  private var flags: Set<String> = []
  /// A handful: a dictionary of them would cost more at start than looking through them.
  private var values: [(option: String, value: String)] = []

  /// Nil where an argument isn't plain, or is none of these flags and options.
  init?(_ arguments: ArraySlice<String>, flags known: Set<String>, options: Set<String> = []) {
    var rest = arguments
    while let argument = rest.popFirst() {
      if !argument.hasPrefix("-") || argument == "-" {
        positional.append(argument)
      } else if Self.sharedFlags.contains(argument) || known.contains(argument) {
        flags.insert(argument)
      } else if Self.sharedOptions.contains(argument) || options.contains(argument), let value = rest.popFirst(), !value.hasPrefix("-"),
        self[argument] == nil
      {
        values.append((argument, value))
      } else {
        return nil
      }
    }
  }

  private static let sharedFlags: Set<String> = ["--keep-going", "--allow-files", "--no-pager", "--journal"]
  private static let sharedOptions: Set<String> = ["--format", "--language", "--guideline", "--cases"]

  func has(_ flag: String) -> Bool { flags.contains(flag) }

  subscript(option: String) -> String? { values.first { $0.option == option }?.value }

  /// The only argument that is no option; nil where there is none or more than one.
  var only: String? { positional.count == 1 ? positional[0] : nil }

  var isAlone: Bool { positional.isEmpty }

  /// The options that every way of running islet shares; nil where the parser has something to say on them.
  var shared: RunOptions? {
    var options = RunOptions()
    if let name = self["--format"] {
      guard let format = OutputFormat(rawValue: name) else { return nil }
      options.format = format
    }
    if let name = self["--language"] {
      guard Language(reading: name) != nil else { return nil }
      options.language = name
    }
    options.guideline = self["--guideline"]
    options.cases = self["--cases"]
    options.keepGoing = has("--keep-going")
    options.allowFiles = has("--allow-files")
    options.noPager = has("--no-pager")
    options.journal = has("--journal")
    return options
  }
}

extension Islet {
  /// Runs what plain arguments ask for; nil where they aren't plain.
  static func runPlainly(_ arguments: ArraySlice<String>) throws -> Void? {
    guard let first = arguments.first else {
      preload.start()
      return try run(Console(RunOptions()), commands: nil)
    }
    if first.hasPrefix("-") {
      guard let plain = PlainArguments(arguments, flags: ["--version"], options: ["-c"]), plain.isAlone, let options = plain.shared else { return nil }
      if plain.has("--version") {
        guard plain["-c"] == nil else { return nil }
        return VersionText.show(options)
      }
      if plain["-c"] == nil, options.guideline == nil { preload.start() }
      return try run(Console(options), commands: plain["-c"])
    }
    let rest = arguments.dropFirst()
    switch first {
    case "run":
      guard let plain = PlainArguments(rest, flags: ["--write"]), let file = plain.only, let options = plain.shared,
        !plain.has("--write") || Console.isNotebook(file)
      else { return nil }
      return try Console(options).run(file, writes: plain.has("--write"))
    case "note":
      guard let plain = PlainArguments(rest, flags: []), let file = plain.only, let options = plain.shared else { return nil }
      let console = Console(options)
      return try console.finish(console.readNote(file))
    case "eval":
      guard let request = EvalRequest(rest) else { return nil }
      let console = Console(request.shared)
      return try console.finish(console.eval(request))
    case "check":
      guard let plain = PlainArguments(rest, flags: ["--strict"]), !plain.isAlone, let options = plain.shared else { return nil }
      let console = Console(options)
      return try console.finish(console.check(plain.positional, blessing: nil, isStrict: plain.has("--strict")))
    case "audit":
      guard let plain = PlainArguments(rest, flags: [], options: ["--topic", "--against"]), plain.isAlone, let options = plain.shared else { return nil }
      let console = Console(options)
      return try console.finish(console.audit(topic: plain["--topic"], against: plain["--against"]))
    case "guideline":
      guard let plain = PlainArguments(rest, flags: []), let part = plain.only, let options = plain.shared else { return nil }
      let console = Console(options)
      switch part {
      case "facts": return try console.finish(console.guidelineFacts())
      case "check": return try console.finish(console.guidelineCheck())
      case "tour": return try console.finish(console.guidelineTour())
      case "table": return try console.finish(console.guidelineTable())
      default: return nil
      }
    default: return nil
    }
  }
}

extension Console {
  /// Runs a script, a notebook or, for a dash, standard input.
  func run(_ file: String, writes: Bool) throws {
    if file == "-" {
      try finish(runPipe(isFile: true))
    } else if Console.isNotebook(file) {
      try finish(runNotebook(file, writes: writes))
    } else {
      try finish(runScript(try read(file, limit: 1_000_000), name: file))
    }
  }
}
