import Grammar
import Measures
import Reports
import Sessions
import Wording

extension PlayTable {
  /// A play by the table alone, by the lines that one would type in the shell: what a page does, in Swift.
  public struct Walk {
    var table: PlayTable
    private let world: World
    private(set) var node: Int
    /// The situation in the free phase that waits; nil elsewhere.
    private(set) var state: Int?
    private(set) var earned: [Int] = []
    private(set) var spent = 0
    private var hints = 0
    /// The lines typed, and what was done for them, as a page's reader does it.
    public private(set) var lines: [String] = []
    public private(set) var actions: [JSON] = []

    public init(_ table: PlayTable, _ world: World) {
      self.table = table
      self.world = world
      node = table.start
      arrive()
    }

    public var isOver: Bool { if case .over = table.nodes[node] { true } else { false } }

    /// Whether the case waits in a free phase.
    public var isFree: Bool { state != nil }

    private mutating func arrive() {
      hints = 0
      while case .pause(_, let next) = table.nodes[node] {
        actions.append(.strings(["next"]))
        node = next
      }
      if case .act(_, let place, _) = table.nodes[node] { state = place } else { state = nil }
    }

    private mutating func go(to next: Int) {
      node = next
      arrive()
    }

    /// Does what a line says; false where the table doesn't hold it.
    public mutating func type(_ line: String) -> Bool {
      guard isDone(line) else { return false }
      lines.append(line)
      return true
    }

    private mutating func isDone(_ line: String) -> Bool {
      let command = world.commands.command(in: line)?.id
      if command == "hint" { return hint() }
      switch table.nodes[node] {
      case .pause, .over: return false
      case .act(_, _, let place): return act(line, command, place)
      case .command(_, _, let commands):
        guard let choice = choice(line), let found = commands.first(where: { $0.choice == choice }) else { return false }
        actions.append(.array([.string("deed"), .integer(choice)]))
        spent += table.choices[choice].cost
        earned.append(found.credit)
        go(to: found.next)
        return true
      case .question(_, let item, let next):
        guard let (key, action) = key(line, table.items[item]), let reply = table.items[item].replies[key] else { return false }
        actions.append(action)
        earned.append(reply.credit)
        go(to: next[next.count > 1 ? reply.way : 0])
        return true
      }
    }

    private mutating func act(_ line: String, _ command: String?, _ place: Int) -> Bool {
      guard let here = state else { return false }
      if command == "done" {
        actions.append(.strings(["done"]))
        go(to: table.states[here].done[place])
        return true
      }
      guard let choice = choice(line), let move = table.states[here].moves[choice] else { return false }
      actions.append(.array([.string("deed"), .integer(choice)]))
      spent += table.choices[choice].cost
      state = move.state
      return true
    }

    private var priced: [PricedHint] {
      switch table.nodes[node] {
      case .act(_, _, let place): table.acts[place]
      case .question(_, let item, _), .command(_, let item, _): table.items[item].hints
      case .pause, .over: []
      }
    }

    var hintsLeft: Bool { hints < priced.count }

    private mutating func hint() -> Bool {
      guard priced.indices.contains(hints) else { return false }
      spent += priced[hints].cost
      hints += 1
      actions.append(.strings(["hint"]))
      return true
    }

    private func choice(_ line: String) -> Int? {
      if let known = table.lines[line] { return known }
      // Of a name alone, the first in its dose.
      return table.choices.firstIndex { $0.line == line || $0.line.hasPrefix(line + " ") }
    }

    /// The key of a reply, and how a page's reader gives it.
    private func key(_ line: String, _ item: Item) -> (String, JSON)? {
      guard let question = table.scenario.question(item.name) else { return nil }
      let vocabulary = world.guideline.vocabulary
      guard case .success(let reply)? = ReplyReader(question: question, vocabulary: vocabulary).reply(line, command: nil) else { return nil }
      func action(_ rest: [JSON]) -> JSON { .array([.string(item.kind)] + rest) }
      if item.kind == "number" {
        guard let number = reply.number, let unit = item.numbers.first(where: { $0.unit == reply.unit }) else { return nil }
        let key = unit.ranges.first { ($0.low...$0.high).contains(number.millionths) }?.reply ?? "other"
        return (key, action([.string("\(number)"), .string(unit.name)]))
      }
      if item.kind == "words" {
        let said = Set(ItemTable.read(line, vocabulary))
        let places = item.phrases.indices.filter { place in !said.isDisjoint(with: ItemTable.read(item.phrases[place][0], vocabulary)) }
        return (ItemTable.key(places), action(places.map { .integer($0) }))
      }
      var places = reply.choices.compactMap { id in question.choices.firstIndex { $0.id == id } }
      if item.kind == "some" { places.sort() }
      let shares = reply.sure.isEmpty || item.kind != "shares" ? [] : reply.sure
      return (ItemTable.key(places), action(places.map { .integer($0) } + shares.map { .integer($0) }))
    }

    // MARK: The score

    /// The total and the four parts, looked up and added; nil before the end.
    public var score: [String: Int]? {
      guard case .over(_, let place) = table.nodes[node] else { return nil }
      let end = table.ends[place]
      let sum = earned.reduce(0, +)
      let weights = table.scenario.weights
      let reasoning =
        stride(from: weights.reasoning, through: 1, by: -1).first { points in
          sum >= PlayTable.least(earned.count) { Score.reasoning($0, of: earned.count, weights) >= points }
        } ?? (earned.isEmpty ? weights.reasoning : 0)
      let economy = table.economies[end.economy].first { spent <= $0[0] }?[1] ?? 0
      let band = Score.Band(sum, of: earned.count)
      let cap = end.caps[band.rawValue]
      let total = end.goal + reasoning + end.safety + economy
      return [
        "total": cap < 0 ? total : min(total, PlayTable.caps[cap].most), "goal": end.goal, "reasoning": reasoning, "safety": end.safety,
        "economy": economy,
      ]
    }
  }
}

extension PlayTable.Walk {
  /// A play at random by what the table holds, with hints; the same seed goes the same way.
  public init(wandering table: PlayTable, _ world: World, seed: UInt64) {
    self.init(table, world)
    var generator = SplitMix64(state: seed)
    while !isOver {
      let lines = offered
      let line = lines[Int(generator.next() % UInt64(lines.count))]
      // After some deeds a free phase is ended.
      let isEnough = isFree && generator.next() % 5 == 0
      _ = type(isEnough ? "done" : line)
    }
  }

  /// Lines that the table answers here, as one would type them in the shell.
  private var offered: [String] {
    switch table.nodes[node] {
    case .pause, .over: return [""]
    case .act(_, let place, _):
      let moves = table.states[state ?? place].moves.keys.sorted()
      return ["done"] + moves.map { table.choices[$0].line } + (hintsLeft ? ["hint"] : [])
    case .command(_, _, let commands): return commands.map { table.choices[$0.choice].line } + (hintsLeft ? ["hint"] : [])
    case .question(_, let item, _): return replies(table.items[item]) + (hintsLeft ? ["hint"] : [])
    }
  }

  private func replies(_ item: PlayTable.Item) -> [String] {
    let keys = item.replies.keys.sorted()
    let places = keys.map { $0.split(separator: ",").compactMap { Int($0) } }
    switch item.kind {
    case "number":
      guard let unit = item.numbers.first else { return [] }
      return unit.ranges.map { "\(Exact(millionths: $0.low)) \(unit.unit)" } + ["987654 \(unit.unit)"]
    case "words": return places.map { $0.map { item.phrases[$0][0] }.joined(separator: ", ") }
    case "shares": return places.map { $0.enumerated().map { "\($0.element + 1) \(max(0, 40 - $0.offset * 9))" }.joined(separator: ", ") }
    default: return places.map { $0.map { "\($0 + 1)" }.joined(separator: ", ") }
    }
  }
}
