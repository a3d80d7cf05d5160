/// A node of a circuit, or its negation.
struct Literal: Hashable, Comparable {
  let raw: Int32

  init(raw: Int32) { self.raw = raw }
  init(node: Int) { raw = Int32(node) << 1 }

  static let yes = Literal(node: 0)
  static let no = !yes

  var node: Int { Int(raw >> 1) }
  var isNegated: Bool { raw & 1 == 1 }

  static prefix func ! (literal: Literal) -> Literal { Literal(raw: literal.raw ^ 1) }
  static func < (a: Literal, b: Literal) -> Bool { a.raw < b.raw }
}

/// A two-valued circuit of conjunctions and negations over planes of bits; equal parts are built once.
struct Circuit {
  enum Node: Hashable {
    case yes
    /// A plane of the block's columns.
    case plane(Int)
    /// All of these; sorted, each once, none the negation of another.
    case all([Literal])
  }

  private(set) var nodes: [Node] = [.yes]
  private var places: [Node: Int] = [.yes: 0]

  mutating func plane(_ index: Int) -> Literal { literal(.plane(index)) }

  private mutating func literal(_ node: Node) -> Literal {
    if let place = places[node] { return Literal(node: place) }
    places[node] = nodes.count
    nodes.append(node)
    return Literal(node: nodes.count - 1)
  }

  /// All of them.
  mutating func all(_ literals: [Literal]) -> Literal {
    var kept: [Literal] = []
    for literal in literals.sorted() where literal != .yes && kept.last != literal {
      if literal == .no || kept.last == !literal { return .no }
      kept.append(literal)
    }
    if kept.isEmpty { return .yes }
    return kept.count == 1 ? kept[0] : literal(.all(kept))
  }

  /// Any of them.
  mutating func any(_ literals: [Literal]) -> Literal { !all(literals.map { !$0 }) }

  /// At least so many of them.
  mutating func atLeast(_ needed: Int, _ literals: [Literal]) -> Literal {
    if needed <= 0 { return .yes }
    if needed > literals.count { return .no }
    // reached[k]: at least k of those read so far.
    var reached = [Literal](repeating: .no, count: needed + 1)
    reached[0] = .yes
    for literal in literals {
      for count in stride(from: needed, through: 1, by: -1) {
        reached[count] = any([reached[count], all([reached[count - 1], literal])])
      }
    }
    return reached[needed]
  }
}

/// A truth of Kleene's logic for a whole block: the patients for whom it certainly holds, and those for whom it may.
struct Rails: Hashable {
  var certain: Literal
  var possible: Literal

  static let yes = Rails(certain: .yes, possible: .yes)
  static let no = Rails(certain: .no, possible: .no)
  static prefix func ! (a: Rails) -> Rails { Rails(certain: !a.possible, possible: !a.certain) }
}

extension Circuit {
  mutating func all(_ parts: [Rails]) -> Rails { Rails(certain: all(parts.map(\.certain)), possible: all(parts.map(\.possible))) }
  mutating func any(_ parts: [Rails]) -> Rails { Rails(certain: any(parts.map(\.certain)), possible: any(parts.map(\.possible))) }
}
