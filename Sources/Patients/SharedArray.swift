/// An array whose copies share what they don't change: to append or replace an element costs the logarithm of the count, in
/// time and in memory, however many copies stand. So undo, branches and moments of history stay cheap.
///
/// A tree of 16 elements or subtrees a node; every node but those on the right edge is full.
public struct SharedArray<Element: Sendable>: Sendable {
  /// An element in a place of its own, so that a copied node copies no elements.
  private final class Box: SharedBox, @unchecked Sendable {
    let element: Element

    init(_ element: Element) { self.element = element }
  }

  private typealias Tree = SharedTree

  private var root = Tree.leaf([])
  /// Levels of inner nodes above the leaves.
  private var height = 0
  public private(set) var count = 0

  public init() {}

  public init(_ elements: some Sequence<Element>) { for element in elements { append(element) } }

  public mutating func append(_ element: Element) {
    if count == Tree.width << (height * Tree.bits) {
      root = .inner([root])
      height += 1
    }
    root = root.appending(Box(element), height)
    count += 1
  }

  /// Takes an element out; what stands before it stays shared.
  public mutating func remove(at place: Int) {
    precondition(indices.contains(place))
    let after = self[(place + 1)...]
    var shorter = prefix(elements: place)
    for element in after { shorter.append(element) }
    self = shorter
  }

  /// Takes the last element out; nil when there is none.
  public mutating func popLast() -> Element? {
    guard let last else { return nil }
    removeLast(1)
    return last
  }

  /// Takes the last elements out, as many as there are.
  public mutating func removeLast(_ elements: Int) { self = prefix(elements: Swift.max(0, count - elements)) }

  /// The array of its first elements.
  private func prefix(elements count: Int) -> SharedArray {
    guard count > 0 else { return SharedArray() }
    var copy = self
    copy.root = root.cut(to: count, height)
    copy.count = count
    while case .inner(let nodes) = copy.root, nodes.count == 1 {
      copy.root = nodes[0]
      copy.height -= 1
    }
    return copy
  }
}

extension SharedArray: RandomAccessCollection, MutableCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  public subscript(place: Int) -> Element {
    get {
      precondition(place >= 0 && place < count)
      return unsafeDowncast(root.box(at: place, height), to: Box.self).element
    }
    set {
      precondition(place >= 0 && place < count)
      root = root.replacing(place, by: Box(newValue), height * Tree.bits)
    }
  }
}

extension SharedArray: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension SharedArray: Equatable where Element: Equatable {
  public static func == (a: SharedArray, b: SharedArray) -> Bool { a.count == b.count && a.height == b.height && a.root.equals(b.root) { Self.equal($0, $1) } }

  private static func equal(_ a: SharedBox, _ b: SharedBox) -> Bool {
    unsafeDowncast(a, to: Box.self).element == unsafeDowncast(b, to: Box.self).element
  }
}

extension SharedArray: Hashable where Element: Hashable {
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for element in self { hasher.combine(element) }
  }
}

/// The place of an element of whatever type. Only boxes of one type stand in a tree.
class SharedBox: @unchecked Sendable {}

/// The tree of a shared array: of no type of elements, so that one copy of its code serves all.
enum SharedTree: Sendable {
  case leaf([SharedBox])
  case inner([SharedTree])

  static var bits: Int { 4 }
  static var width: Int { 1 << bits }

  func appending(_ box: SharedBox, _ height: Int) -> SharedTree {
    switch self {
    case .leaf(var boxes):
      boxes.append(box)
      return .leaf(boxes)
    case .inner(var nodes):
      if let last = nodes.last, !last.isFull(height - 1) {
        nodes[nodes.count - 1] = last.appending(box, height - 1)
        return .inner(nodes)
      }
      var new = SharedTree.leaf([box])
      for _ in 1..<height { new = .inner([new]) }
      nodes.append(new)
      return .inner(nodes)
    }
  }

  private func isFull(_ height: Int) -> Bool {
    switch self {
    case .leaf(let boxes): boxes.count == Self.width
    case .inner(let nodes): nodes.count == Self.width && nodes.last.map { $0.isFull(height - 1) } ?? false
    }
  }

  func box(at place: Int, _ height: Int) -> SharedBox {
    var node = self
    var shift = height * Self.bits
    while true {
      switch node {
      case .leaf(let boxes): return boxes[place & (Self.width - 1)]
      case .inner(let nodes):
        node = nodes[place >> shift & (Self.width - 1)]
        shift -= Self.bits
      }
    }
  }

  func replacing(_ place: Int, by box: SharedBox, _ shift: Int) -> SharedTree {
    let own = place >> shift & (Self.width - 1)
    switch self {
    case .leaf(var boxes):
      boxes[own] = box
      return .leaf(boxes)
    case .inner(var nodes):
      nodes[own] = nodes[own].replacing(place, by: box, shift - Self.bits)
      return .inner(nodes)
    }
  }

  /// The tree of its first elements.
  func cut(to count: Int, _ height: Int) -> SharedTree {
    switch self {
    case .leaf(let boxes): return .leaf(Array(boxes.prefix(count)))
    case .inner(let nodes):
      let size = 1 << (height * Self.bits)
      let whole = count / size
      let rest = count % size
      return .inner(Array(nodes.prefix(whole)) + (rest == 0 ? [] : [nodes[whole].cut(to: rest, height - 1)]))
    }
  }

  /// Whether two trees are one and the same, which takes no time; equal ones may not be.
  private func isSame(_ other: SharedTree) -> Bool {
    switch (self, other) {
    case (.leaf(let a), .leaf(let b)): a.count == b.count && a.indices.allSatisfy { a[$0] === b[$0] }
    case (.inner(let a), .inner(let b)): a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { a.baseAddress == $0.baseAddress && a.count == $0.count } }
    default: false
    }
  }

  func equals(_ other: SharedTree, _ equal: (SharedBox, SharedBox) -> Bool) -> Bool {
    if isSame(other) { return true }
    switch (self, other) {
    case (.leaf(let a), .leaf(let b)): return a.count == b.count && a.indices.allSatisfy { a[$0] === b[$0] || equal(a[$0], b[$0]) }
    case (.inner(let a), .inner(let b)): return a.count == b.count && a.indices.allSatisfy { a[$0].equals(b[$0], equal) }
    default: return false
    }
  }
}
