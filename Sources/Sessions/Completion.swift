import Grammar
import Guideline
import Vocabulary
import Wording

extension Session {
  /// How a line may go on at a cursor: names of commands, then what the command takes. The candidates are in the language
  /// that is being typed, Greek behind Greek letters and else the session's or English, and none of them makes a line that
  /// its command can't read. The first call collects the words; `prepareCompletions` does so beforehand.
  ///
  /// - Parameters:
  ///   - offset: the cursor, as an offset into the line's UTF-8.
  ///   - files: the paths that begin with a text, those of folders ending in a slash.
  public mutating func completions(line: String, at offset: Int, files: @escaping (String) -> [String] = { _ in [] }) -> CompletionList {
    if var responder {
      self.responder = nil
      defer { self.responder = responder }
      return responder.completions(line: line, at: offset)
    }
    prepareCompletions()
    let bytes = Array(line.utf8.prefix(max(0, offset)))
    guard let start = Self.commandStart(bytes), let completer else { return CompletionList(replaces: bytes.count..<bytes.count) }
    let part = String(decoding: bytes[start...], as: UTF8.self)
    var list = CompletionScene(completer: completer, state: state, world: world, line: part, files: files).list
    list.replaces = (list.replaces.lowerBound + start)..<(list.replaces.upperBound + start)
    return list
  }

  /// Collects the words that `completions` offers.
  public mutating func prepareCompletions() {
    // Where the words can't be read nothing is offered: the command that needs them says why.
    if completer == nil { completer = try? Completer(world) }
  }

  /// Where the last command of a line starts; nil inside a comment.
  private static func commandStart(_ bytes: [UInt8]) -> Int? {
    var start = 0
    var isQuoted = false
    var isComment = false
    for (place, byte) in bytes.enumerated() {
      switch byte {
      case 0x0A:
        start = place + 1
        (isQuoted, isComment) = (false, false)
      case 0x22 where !isComment: isQuoted.toggle()
      case 0x3B where !isQuoted && !isComment: start = place + 1
      case 0x23 where !isQuoted && (place == 0 || bytes[place - 1] == 0x20 || bytes[place - 1] == 0x3B): isComment = true
      default: continue
      }
    }
    while start < bytes.count, bytes[start] == 0x20 { start += 1 }
    return isComment ? nil : start
  }
}

/// The words that completion offers: what doesn't change in a session, collected once.
struct Completer: Sendable {
  let phrases: PhraseCompleter
  /// The therapies' names, then their other names, by place.
  let therapies: [CompletionWord]
  let otherTherapies: [CompletionWord]
  /// Terms, findings and therapies, each with what it is.
  let terms: [CompletionWord]
  let termDescriptions: [Words]
  /// Sections: ids, English titles and Greek titles.
  let sections: [CompletionWord]
  let sectionDescriptions: [Words]
  let tests: DiagnosticTests
  /// The names of commands, and their other names, by place.
  let commands: [[CompletionWord]]
  let aliases: [[CompletionWord]]

  init(_ world: World) throws(Diagnostic) {
    let vocabulary = world.guideline.vocabulary
    phrases = PhraseCompleter(vocabulary)
    tests = try vocabulary.tests
    commands = world.commands.commands.map { Self.words($0.name, 0) }
    aliases = world.commands.commands.map { command in
      command.aliases.map { CompletionWord($0, Language.typed(in: $0) ?? .english, meaning: 0) }
    }
    therapies = vocabulary.therapies.flatMap { Self.words($0.name, $0.index) }
    otherTherapies = vocabulary.writtenPhrases.compactMap { phrase in
      guard case .therapy(let place) = phrase.role else { return nil }
      return CompletionWord(phrase.text, Language.typed(in: phrase.text) ?? .english, meaning: place)
    }
    let named =
      try vocabulary.terms.map { ($0.name, Words("term", "όρος")) }
      + vocabulary.findings.map { ($0.name, Words("finding", "εύρημα")) }
      + vocabulary.therapies.map { ($0.name, $0.kind.name) }
    terms = named.enumerated().flatMap { Self.words($0.element.0, $0.offset) }
    termDescriptions = named.map(\.1)
    var sections: [CompletionWord] = []
    var descriptions: [Words] = []
    for chapter in world.guideline.chapters {
      let greek = world.guideline.titles(of: chapter, .greek)
      let entries = [(chapter.id, chapter.title)] + chapter.sections.map { ($0.id, $0.title) }
      for (id, title) in entries where !id.isEmpty {
        let greekTitle = greek[id] ?? title
        // An id is typed in Latin letters in either language.
        sections += Language.allCases.map { CompletionWord(id, $0, meaning: descriptions.count) }
        descriptions.append(Words(title, greekTitle))
        sections.append(CompletionWord(title, .english, meaning: descriptions.count))
        sections.append(CompletionWord(greekTitle, .greek, meaning: descriptions.count))
        descriptions.append(Words(same: id))
      }
    }
    self.sections = sections
    sectionDescriptions = descriptions
  }

  private static func words(_ words: Words, _ place: Int) -> [CompletionWord] {
    Language.allCases.map { CompletionWord(words[$0], $0, meaning: place) }
  }
}

extension TherapyKind {
  /// What the entry is, in a word.
  var name: Words {
    switch self {
    case .group: Words("group of therapies", "ομάδα θεραπειών")
    case .procedure: Words("procedure", "επέμβαση")
    case .drug: Words("drug", "φάρμακο")
    case .radionuclide: Words("radionuclide", "ραδιονουκλίδιο")
    case .setting: Words("setting", "πλαίσιο φροντίδας")
    case .test: Words("test", "εξέταση")
    }
  }
}

/// One command up to the cursor.
private struct CompletionScene {
  let completer: Completer
  let state: State
  let world: World
  let line: String
  /// The paths that begin with a text.
  let files: (String) -> [String]
  private let tokens: [Token]
  private let end: Int
  private let match: (command: Command, length: Int)?

  init(completer: Completer, state: State, world: World, line: String, files: @escaping (String) -> [String]) {
    self.completer = completer
    self.state = state
    self.world = world
    self.line = line
    self.files = files
    end = line.utf8.count
    // An open quote has no tokens, and nothing completes it.
    let reading = try? world.commands.read(line)
    tokens = reading?.tokens ?? []
    match = reading?.match
  }

  private var isTyping: Bool { tokens.last.map { $0.span.upperBound == end } ?? false }
  private var vocabulary: Vocabulary { world.guideline.vocabulary }

  private func text(from start: Int) -> String { String(decoding: Array(line.utf8)[start...], as: UTF8.self) }

  private func fragment(from start: Int) -> CompletionFragment {
    CompletionFragment(text(from: start), line: line, session: state.language)
  }

  var list: CompletionList {
    guard !tokens.isEmpty || line.isEmpty else { return CompletionList(replaces: end..<end) }
    let names = commandNames
    guard let (command, length) = match, length < tokens.count || !isTyping else {
      return names.candidates.isEmpty && tokens.count == 1 && isTyping ? described : names
    }
    let argument = argument(of: command, from: length)
    guard !names.candidates.isEmpty else { return argument }
    if argument.candidates.isEmpty { return names }
    guard argument.replaces == names.replaces else { return names }
    return CompletionList(replaces: names.replaces, candidates: names.candidates + argument.candidates)
  }

  // MARK: Names of commands

  /// The words of commands' names that may stand at the cursor.
  private var commandNames: CompletionList {
    let typed = isTyping ? tokens.count - 1 : tokens.count
    let start = typed < tokens.count ? tokens[typed].span.lowerBound : end
    let fragment = fragment(from: start)
    var found: [CompletionCandidate] = []
    for isAlias in [false, true] {
      for (place, command) in world.commands.commands.enumerated() {
        let names = isAlias ? completer.aliases[place] : completer.commands[place]
        guard !isAlias || (found.isEmpty && !fragment.text.isEmpty) else { break }
        if typed == 0, !names.contains(where: fragment.begins) { continue }
        let fitting = names.compactMap { name -> CompletionWord? in
          if typed == 0 { return fragment.begins(name) ? name : nil }
          let words = name.text.split(separator: " ").map(String.init)
          guard words.count > typed, zip(words, tokens.prefix(typed)).allSatisfy({ FoldedKey($0) == $1.key }) else { return nil }
          let rest = CompletionWord(words[typed...].joined(separator: " "), name.language, meaning: 0)
          return fragment.begins(rest) ? rest : nil
        }
        guard let best = fitting.first(where: { $0.language == fragment.languages[0] }) ?? fitting.first else { continue }
        found.append(CompletionCandidate(best.text, command.summary[best.language], continues: command.takesArgument))
      }
    }
    return CompletionList(replaces: start..<end, candidates: found)
  }

  /// Findings typed where a command stands: the command that states them is put before them.
  private var described: CompletionList {
    let command = world.commands.command(named: FoldedKey(state.patient == nil ? "patient" : "set"))
    guard let command else { return CompletionList(replaces: 0..<end) }
    let list = completer.phrases.complete(line, tokens: tokens, from: 0, language: state.language)
    let candidates = list.candidates.map { candidate in
      let language = Language.typed(in: candidate.text) ?? state.language
      return CompletionCandidate(
        command.name[language] + " " + candidate.text, candidate.description, continues: candidate.continues)
    }
    return CompletionList(replaces: list.replaces, candidates: candidates)
  }

  // MARK: Arguments

  /// What the command takes at the cursor: its value, an option's value, or an option's words.
  private func argument(of command: Command, from first: Int) -> CompletionList {
    let options = command.options
    guard !options.isEmpty else { return value(of: command, command.value?.takes ?? .nothing, from: first) }
    // The last option that is begun, and where its value starts.
    var open: Parameter?
    var start = first
    var given: Set<String> = []
    var place = first
    while place < tokens.count {
      guard let (option, length) = options.lazy.compactMap({ option in option.words(at: place, in: tokens).map { (option, $0) } }).first,
        place + length < tokens.count || !isTyping
      else {
        place += 1
        continue
      }
      (open, start) = (option, place + length)
      given.insert(option.id)
      place += length
      if option.takesRest { break }
    }
    let takes = open.map { $0.takesValue ? $0.takes : .nothing } ?? command.value?.takes ?? .nothing
    let list = value(of: command, takes, from: start)
    guard open?.takesRest != true else { return list }
    let words = words(of: options.filter { !given.contains($0.id) }, from: start)
    // An option's words follow a value, not another option's words that lack theirs.
    let lacks = start >= tokens.count && (open.map(\.takesValue) ?? (command.value?.isRequired ?? false))
    if lacks || words.candidates.isEmpty { return list }
    guard list.replaces == words.replaces else { return list.candidates.isEmpty || !isTyping ? words : list }
    return CompletionList(replaces: list.replaces, candidates: list.candidates + words.candidates)
  }

  /// The words of options that may stand at the cursor.
  private func words(of options: [Parameter], from first: Int) -> CompletionList {
    var typed = isTyping ? tokens.count - 1 : tokens.count
    // A flag's hyphens are its own.
    while isTyping, typed > first, tokens[typed - 1].isSymbol("-") { typed -= 1 }
    let start = typed < tokens.count ? tokens[typed].span.lowerBound : end
    let fragment = fragment(from: start)
    var found: [CompletionCandidate] = []
    for option in options {
      let names = Language.allCases.map { CompletionWord(option.words[$0], $0, meaning: 0) }
      let fitting = option.style == .flag ? names.filter { $0.text.hasPrefix(fragment.text) } : names.filter(fragment.begins)
      guard let best = fitting.first(where: { $0.language == fragment.languages[0] }) ?? fitting.first else { continue }
      found.append(CompletionCandidate(best.text, option.placeholder[best.language], continues: option.takesValue))
    }
    return CompletionList(replaces: start..<end, candidates: found)
  }

  private func value(of command: Command, _ takes: CompletionKind, from first: Int) -> CompletionList {
    let start = first < tokens.count ? tokens[first].span.lowerBound : end
    let fragment = fragment(from: start)
    func listed(_ candidates: [CompletionCandidate]) -> CompletionList { CompletionList(replaces: start..<end, candidates: candidates) }
    func fitting(_ candidates: [CompletionCandidate]) -> CompletionList {
      listed(candidates.filter { Folding.keyBytes(of: $0.text).starts(with: fragment.key) })
    }
    switch takes {
    case .nothing: return listed([])
    case .findings:
      let place = command.id == "patient" && isName(first) ? first + 1 : first
      return completer.phrases.complete(line, tokens: tokens, from: place, language: state.language)
    case .findingNames:
      return completer.phrases.complete(
        line, tokens: tokens, from: first, language: state.language, only: Array(vocabulary.findings.indices))
    case .statedFindings:
      return completer.phrases.complete(
        line, tokens: tokens, from: first, language: state.language, only: state.patient?.statedFindings ?? [])
    case .advice:
      if let number = fragment.text.first, number.isNumber { return fitting(numbers(fragment)) }
      return listed((fragment.text.isEmpty ? numbers(fragment) : []) + therapies(fragment) { _ in true })
    case .therapies: return listed(therapies(fragment) { $0.kind != .setting && $0.kind != .test })
    case .settings: return listed(therapies(fragment) { $0.kind == .setting })
    case .tests:
      let words = completer.tests.enumerated().flatMap { place, test in
        Language.allCases.map { CompletionWord(test.name[$0], $0, meaning: place) }
      }
      return listed(
        fragment.matches(words).map { word in
          let revealed = completer.tests[word.meaning].reveals.compactMap { vocabulary.finding(id: $0)?.name[word.language] }
          return CompletionCandidate(word.text, revealed.joined(separator: " · "))
        })
    case .patients:
      return fitting(
        state.patients.enumerated().map { place, patient in
          CompletionCandidate(patient.name, place == state.current ? Words("in use", "τρέχων")[fragment.languages[0]] : "")
        })
    case .sections:
      return listed(
        fragment.matches(completer.sections.lazy.filter { !fragment.text.isEmpty || $0.meaning % 2 == 0 }).map {
          CompletionCandidate($0.text, completer.sectionDescriptions[$0.meaning][$0.language])
        })
    case .terms:
      var seen = Set<String>()
      return listed(
        fragment.matches(completer.terms).filter { seen.insert(Folding.key($0.text)).inserted }.map {
          CompletionCandidate($0.text, completer.termDescriptions[$0.meaning][$0.language])
        })
    case .commands:
      let words = world.commands.commands.enumerated().flatMap { place, command in
        Language.allCases.map { CompletionWord(command.name[$0], $0, meaning: place) }
      }
      return listed(
        fragment.matches(words).map { CompletionCandidate($0.text, world.commands.commands[$0.meaning].summary[$0.language]) })
    case .languages:
      return fitting([CompletionCandidate("en", "English"), CompletionCandidate("el", "Ελληνικά")])
    case .errata:
      let entries = world.guideline.entries.filter { $0.kind == .erratum }.sorted { $0.id < $1.id }
      return fitting(entries.map { CompletionCandidate($0.id, ($0.list("paragraph") + $0.list("facts")).joined(separator: " ")) })
    case .branches: return fitting(branches)
    case .targets: return targets(from: first)
    case .files: return listed(files(fragment.text).map { CompletionCandidate(Self.written($0), "") })
    case .choices(let choices): return fitting(choices(state, world))
    }
  }

  /// A path as a line holds it: between quotes where it would end early or be taken apart.
  private static func written(_ path: String) -> String {
    let isPlain = !path.contains { ";#".contains($0) } && !path.contains(" --") && path.first.map { !"\"“„« -".contains($0) } ?? false
    return isPlain && path.last != " " ? path : Command.quoted(path)
  }

  /// Whether a token is a new patient's name, and typed to its end.
  private func isName(_ place: Int) -> Bool {
    guard place < tokens.count, tokens[place].span.upperBound < end else { return false }
    return tokens[place].kind == .quoted || PhraseReader(vocabulary, line, tokens: tokens, from: place).startsName
  }

  private var branches: [CompletionCandidate] {
    state.branches.enumerated().map { place, branch in
      CompletionCandidate(branch.name, place == state.branch ? Words("in use", "τρέχων")[state.language] : "")
    }
  }

  /// Patients and branches by name, for the last word.
  private func targets(from first: Int) -> CompletionList {
    let typed = isTyping ? tokens.count - 1 : tokens.count
    let start = typed >= first && typed < tokens.count ? tokens[typed].span.lowerBound : end
    let key = Folding.keyBytes(of: text(from: start))
    let named =
      state.patients.map { ($0.name, Words("patient", "ασθενής")) } + state.branches.map { ($0.name, Words("branch", "κλάδος")) }
    let found = named.filter { Folding.keyBytes(of: $0.0).starts(with: key) }.map { name, kind in
      CompletionCandidate(name.contains(" ") ? "\"\(name)\"" : name, kind[state.language])
    }
    return CompletionList(replaces: start..<end, candidates: found)
  }

  /// The lines of the last list by their numbers.
  private func numbers(_ fragment: CompletionFragment) -> [CompletionCandidate] {
    state.listed.enumerated().compactMap { place, id in
      world.guideline.rule(id: id).map { CompletionCandidate("\(place + 1)", $0.title[fragment.languages[0]]) }
    }
  }

  private func therapies(_ fragment: CompletionFragment, _ fits: (Therapy) -> Bool) -> [CompletionCandidate] {
    func found(_ words: [CompletionWord]) -> [CompletionCandidate] {
      fragment.matches(words).compactMap { word in
        let therapy = vocabulary.therapies[word.meaning]
        guard fits(therapy) else { return nil }
        let name = therapy.name[word.language]
        let kind = therapy.kind.name[word.language]
        return CompletionCandidate(word.text, name == word.text ? kind : name + ", " + kind)
      }
    }
    let names = found(completer.therapies)
    return names.isEmpty && !fragment.text.isEmpty ? found(completer.otherTherapies) : names
  }
}

extension Command {
  /// Whether something may follow its name.
  var takesArgument: Bool { !takes.isEmpty }
}
