import Reports
import Sessions
import Wording

extension Command {
  static let help = Command(
    "help", greek: "βοήθεια", kind: .question, role: .free, group: .session,
    takes: [.optional("COMMAND, GROUP or WORDS", "ΕΝΤΟΛΗ, ΟΜΑΔΑ ή ΛΕΞΕΙΣ", .commands)],
    summary: Words("the first commands, one with its examples, a group, or a search", "οι πρώτες εντολές, μία με παραδείγματα, μια ομάδα, ή αναζήτηση"),
    details: [
      Words(
        "A search covers names, aliases and descriptions, in both languages. help config explains your settings.",
        "Οι λέξεις αναζητούνται σε ονόματα, συνώνυμα και περιγραφές, και στις δύο γλώσσες. Η βοήθεια config εξηγεί τις ρυθμίσεις του χρήστη.")
    ],
    examples: [
      Example(
        Words("help", "βοήθεια"), Words("where to begin", "από πού να αρχίσετε"),
        gives: Words("describe a hypothetical patient", "περιγραφή υποθετικού ασθενούς")),
      Example(Words("help why not", "βοήθεια γιατί όχι"), Words("one command", "μία εντολή"), gives: Words("γιατί όχι", "why not")),
      Example(
        Words("help treat", "βοήθεια θεραπεία"), Words("the commands of a group", "οι εντολές μιας ομάδας"), gives: Words("give DRUG DOSE", "δώσε ΦΑΡΜΑΚΟ ΔΟΣΗ")
      ),
      Example(
        Words("help studies", "βοήθεια μελέτες"), Words("commands whose description has these words", "εντολές με αυτές τις λέξεις"),
        gives: Words("evidence", "δεδομένα")),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let text = HelpText(invocation.world.commands, invocation.language)
    let (report, canonical) = invocation.hasArgument ? try text.answer(invocation) : (text.overview, "help")
    return Outcome(.state(invocation.state), report, canonical: canonical)
  }
}

extension CommandGroup {
  /// The word that `help` knows it by.
  public var word: Words {
    switch self {
    case .patients: Words("describe", "περιγραφή")
    case .asking: Words("ask", "ερωτήσεις")
    case .reading: Words("consult", "ανάγνωση")
    case .treating: Words("treat", "θεραπεία")
    case .teaching: Words("teach", "διδασκαλία")
    case .session: Words("session", "συνεδρία")
    }
  }
}

/// What `help` says.
private struct HelpText {
  let registry: Registry
  let language: Language

  /// The commands that one needs first, in the order in which one meets them.
  private static let first = ["patient", "set", "recommend", "why", "what if", "give", "evidence", "find", "play", "undo"]

  init(_ registry: Registry, _ language: Language) {
    self.registry = registry
    self.language = language
  }

  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }

  private func members(_ group: CommandGroup) -> [Command] { registry.commands.filter { $0.group == group } }

  private func row(_ command: Command) -> Row { Row(Text.command(command.shortForm[language], command.id), detail: command.summary[language]) }

  /// One screen of 80 columns and 24 rows: what one needs first, then the groups.
  var overview: Report {
    let first = Self.first.compactMap { registry.command(id: $0) }
    let groups = CommandGroup.allCases.filter { !members($0).isEmpty }
    let room = 76 - (first.map { Display.width($0.brief[language]) }.max() ?? 0)
    let rows = groups.map { group in
      Row(group.word[language], detail: Self.cut(members(group).map { $0.name[language] }, to: 56))
    }
    return Report(
      data: [("commands", .strings(registry.commands.map(\.id)))],
      blocks: [
        .heading(say("To begin with", "Για αρχή")),
        .rows(first.map { Row(Text.command($0.brief[language], $0.id), detail: Self.cut($0.summary[language], to: room)) }),
        .heading(say("Every command, by group", "Όλες οι εντολές, κατά ομάδα")), .rows(rows),
        .notice(
          say(
            "help COMMAND shows examples, help GROUP a group, help WORDS searches; tour leads the way. Type findings as you would write them: 54F, insulinoma, 14 mm.",
            "βοήθεια ΕΝΤΟΛΗ: παραδείγματα· βοήθεια ΟΜΑΔΑ· βοήθεια ΛΕΞΕΙΣ: αναζήτηση· ξενάγηση: οδηγός. Τα ευρήματα όπως τα γράφετε: γυναίκα 54 ετών, ινσουλίνωμα."
          )),
        .notice(IntendedUse.line[language]),
      ])
  }

  /// Texts with commas between, as many as fit into some columns.
  private static func cut(_ texts: [String], to columns: Int) -> String {
    var text = ""
    for (place, part) in texts.enumerated() {
      let next = text.isEmpty ? part : text + ", " + part
      let isLast = place == texts.count - 1
      guard Display.width(next) + (isLast ? 0 : 3) <= columns else { return text + ", …" }
      text = next
    }
    return text
  }

  /// A text cut between words to some columns.
  private static func cut(_ text: String, to columns: Int) -> String {
    guard Display.width(text) > columns else { return text }
    return (Display.wrapped(text, to: columns - 2).first ?? "") + " …"
  }

  /// What is known of the words behind `help`: a command, a group, the settings, or what a search finds.
  func answer(_ invocation: Invocation) throws(Diagnostic) -> (Report, String) {
    let key = invocation.argumentKey
    if let command = registry.command(named: key) { return (report(of: command), "help \(command.id)") }
    if let group = CommandGroup.allCases.first(where: { group in
      [group.word.english, group.word.greek, group.name.english, group.name.greek].contains { FoldedKey($0) == key }
    }), !members(group).isEmpty {
      return (report(of: group), "help \(group.word.english)")
    }
    if ["config", "settings", "ρυθμίσεις"].contains(where: { FoldedKey($0) == key }) { return (settings, "help config") }
    let words = invocation.tokens[invocation.first...].filter { $0.kind != .symbol }.map(\.folded).filter { !$0.isEmpty }
    let found = search(words)
    guard !found.isEmpty else {
      var help = [Words("help lists the first commands and the groups.", "Η εντολή βοήθεια δείχνει τις πρώτες εντολές και τις ομάδες.")]
      let near = registry.suggestions(for: invocation.foldedArgument)
      if !near.isEmpty {
        help.insert(
          Words(
            "Did you mean: \(near.map(\.id).joined(separator: ", "))?", "Μήπως εννοείτε: \(near.map(\.name.greek).joined(separator: ", "));"), at: 0)
      }
      throw Diagnostic(
        "help.unknown",
        Words(
          "No command is called “\(invocation.argument)”, and none mentions it.",
          "Καμία εντολή δεν ονομάζεται «\(invocation.argument)» και καμία δεν το αναφέρει."), help: help, source: invocation.line,
        span: invocation.argumentSpan)
    }
    let report = Report(
      data: [("words", .strings(words)), ("commands", .strings(found.map(\.id)))],
      blocks: [
        .heading(say("Commands on “\(invocation.argument)”", "Εντολές για «\(invocation.argument)»")), .rows(found.map(row)),
        .notice(Text.command(say("help COMMAND", "βοήθεια ΕΝΤΟΛΗ"), "help") + say(" shows examples.", " δείχνει παραδείγματα.")),
      ])
    return (report, "help " + words.joined(separator: " "))
  }

  private func report(of command: Command) -> Report {
    var blocks: [Block] = [.heading(command.form[language]), .paragraph(command.summary[language])]
    blocks += command.details.map { .paragraph($0[language]) }
    let names = ([command.id, command.name.greek] + command.aliases).joined(separator: ", ")
    blocks.append(.notice(say("Names: \(names)", "Ονόματα: \(names)")))
    blocks.append(
      .rows(
        command.examples.flatMap { example in
          [Row(Text.command(example.line[language], command.id), detail: example.shows[language])]
            + (example.gives.map { [Row($0[language], mark: "→", level: 1)] } ?? [])
        }))
    return Report(data: [("command_help", .string(command.id))], blocks: blocks)
  }

  private func report(of group: CommandGroup) -> Report {
    let members = members(group)
    return Report(
      data: [("group", .string(group.word.english)), ("commands", .strings(members.map(\.id)))],
      blocks: [
        .heading(group.name[language]), .rows(members.map(row)),
        .notice(Text.command(say("help COMMAND", "βοήθεια ΕΝΤΟΛΗ"), "help") + say(" shows examples.", " δείχνει παραδείγματα.")),
      ])
  }

  private var settings: Report {
    Report(
      data: [("settings", .strings(Settings.entries.map(\.name)))],
      blocks: [
        .heading(Settings.place),
        .paragraph(say("One setting per line; # starts a comment.", "Μία ρύθμιση ανά γραμμή· το # αρχίζει σχόλιο.")),
        .rows(Settings.entries.map { Row("\($0.name): \($0.form[language])", detail: $0.summary[language]) }),
        .notice(Settings.order[language]),
      ])
  }

  // MARK: Search

  /// The commands all of whose words begin words of theirs, those first where the words stand in a name.
  private func search(_ words: [String]) -> [Command] {
    guard !words.isEmpty else { return [] }
    func begins(_ texts: [String]) -> Bool {
      let keys = texts.flatMap { $0.split { !$0.isLetter && !$0.isNumber } }.map { Folding.key(String($0)) }
      return words.allSatisfy { word in keys.contains { $0.hasPrefix(word) } }
    }
    func both(_ words: [Words]) -> [String] { words.flatMap { [$0.english, $0.greek] } }
    var ranked: [(rank: Int, place: Int, command: Command)] = []
    for (place, command) in registry.commands.enumerated() {
      let names = both([command.name])
      let fields = [
        names, names + command.aliases, names + command.aliases + both([command.summary]),
        names + command.aliases + both([command.summary] + command.details + command.examples.map(\.shows)),
      ]
      if let rank = fields.firstIndex(where: begins) { ranked.append((rank, place, command)) }
    }
    return ranked.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.command)
  }
}

extension Command {
  /// Its name with what it cannot do without, brackets left out: how it is typed first.
  fileprivate var brief: Words {
    func bare(_ text: String) -> String {
      var depth = 0
      let kept = text.filter { character in
        if character == "[" { depth += 1 }
        defer { if character == "]" { depth -= 1 } }
        return depth == 0
      }
      return kept.split(separator: " ").joined(separator: " ")
    }
    let values = takes.filter { $0.style == .value && $0.isRequired }.map(\.placeholder)
    return Words.joined([name] + values.map { Words(bare($0.english), bare($0.greek)) }, by: " ")
  }
}
