import Measures
import Wording

/// The conditions of a piece of advice as a tree, each with its value for a patient: the picture of `why`.
public struct ConditionTree: Sendable, Hashable {
  public var root: Node

  /// How a node's branches make its value.
  public enum Join: Sendable, Hashable {
    /// Nothing below: a condition.
    case leaf
    case all
    case any
    case not
    case atLeast(Int)
  }

  public struct Node: Sendable, Hashable {
    /// The canonical condition, or the rule's id at the root.
    public var id: String
    public var label: Text
    /// `not stated`, `derived from Ki-67`.
    public var detail: Text
    public var truth: Truth
    public var join: Join
    public var branches: [Node]

    public init(_ id: String, _ label: some Textual, detail: some Textual = Text(), _ truth: Truth, join: Join = .leaf, branches: [Node] = []) {
      self.id = id
      self.label = label.text
      self.detail = detail.text
      self.truth = truth
      self.join = join
      self.branches = branches
    }

    /// ✓ holds, ✗ fails, ? is not known.
    public var mark: String {
      switch truth {
      case .yes: "✓"
      case .no: "✗"
      case .unknown: "?"
      }
    }

    var json: JSON {
      let name: String? =
        switch join {
        case .leaf: nil
        case .all: "all"
        case .any: "any"
        case .not: "not"
        case .atLeast(let number): "at-least-\(number)"
        }
      return .fields([
        ("id", .string(id)), ("text", .string(label.string)), ("value", .string(truth.word)), ("join", name.map { .string($0) }),
        ("branches", branches.isEmpty ? nil : .array(branches.map(\.json))),
      ])
    }

    /// The node and those below it, each with its depth.
    func flattened(depth: Int = 0) -> [(node: Node, depth: Int)] { [(self, depth)] + branches.flatMap { $0.flattened(depth: depth + 1) } }
  }

  public init(_ root: Node) { self.root = root }

  var fields: [(String, JSON?)] { [("root", root.json)] }

  func table(_ language: Language) -> (head: [Text], rows: [[Text]]) {
    (
      ["", Text(FigureWords.condition[language]), ""],
      root.flattened().map { node, depth in
        [Text(FigureWords.truth(node.truth)[language]), String(repeating: "· ", count: depth) + node.label, node.detail]
      }
    )
  }

  func description(_ language: Language) -> String {
    root.flattened().map { "\($0.node.label.string): \(FigureWords.truth($0.node.truth)[language])" }.joined(separator: "; ") + "."
  }
}
