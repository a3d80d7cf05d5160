/// An array whose copies share what they don't change: to append or replace an element costs the logarithm of the count, in
/// time and in memory, however many copies stand. So undo, branches and moments of history stay cheap.
///
/// A tree of 16 elements or subtrees a node; every node but those on the right edge is full.
public struct SharedArray<Element: Sendable>: Sendable {
  /// An element in a place of its own, so that a copied node copies no elements.
  private final class Box: Sendable {
    let element: Element

    init(_ element: Element) { self.element = element }
  }

  private enum Tree: Sendable {
    case leaf([Box])
    case inner([Tree])
  }

  private static var bits: Int { 4 }
  private static var width: Int { 1 << bits }

  private var root = Tree.leaf([])
  /// Levels of inner nodes above the leaves.
  private var height = 0
  public private(set) var count = 0

  public init() {}

  public init(_ elements: some Sequence<Element>) { for element in elements { append(element) } }

  public mutating func append(_ element: Element) {
    if count == Self.width << (height * Self.bits) {
      root = .inner([root])
      height += 1
    }
    root = Self.appending(Box(element), to: root, height)
    count += 1
  }

  private static func appending(_ box: Box, to node: Tree, _ height: Int) -> Tree {
    switch node {
    case .leaf(var boxes):
      boxes.append(box)
      return .leaf(boxes)
    case .inner(let nodes):
      if let last = nodes.last, !isFull(last, height - 1) {
        return .inner(nodes.dropLast() + [appending(box, to: last, height - 1)])
      }
      var new = Tree.leaf([box])
      for _ in 1..<height { new = .inner([new]) }
      var longer = nodes
      longer.append(new)
      return .inner(longer)
    }
  }

  private static func isFull(_ node: Tree, _ height: Int) -> Bool {
    switch node {
    case .leaf(let boxes): boxes.count == width
    case .inner(let nodes): nodes.count == width && nodes.last.map { isFull($0, height - 1) } ?? false
    }
  }

  private func box(at place: Int) -> Box {
    var node = root
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

  private static func replacing(_ place: Int, by box: Box, in node: Tree, _ shift: Int) -> Tree {
    let own = place >> shift & (width - 1)
    switch node {
    case .leaf(var boxes):
      boxes[own] = box
      return .leaf(boxes)
    case .inner(var nodes):
      nodes[own] = replacing(place, by: box, in: nodes[own], shift - bits)
      return .inner(nodes)
    }
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
    copy.root = Self.cut(root, to: count, height)
    copy.count = count
    while case .inner(let nodes) = copy.root, nodes.count == 1 {
      copy.root = nodes[0]
      copy.height -= 1
    }
    return copy
  }

  private static func cut(_ node: Tree, to count: Int, _ height: Int) -> Tree {
    switch node {
    case .leaf(let boxes): return .leaf(Array(boxes.prefix(count)))
    case .inner(let nodes):
      let size = 1 << (height * bits)
      let whole = count / size
      let rest = count % size
      return .inner(Array(nodes.prefix(whole)) + (rest == 0 ? [] : [cut(nodes[whole], to: rest, height - 1)]))
    }
  }

  /// Whether two arrays are one and the same, which takes no time; equal ones may not be.
  private static func isSame(_ a: Tree, _ b: Tree) -> Bool {
    switch (a, b) {
    case (.leaf(let a), .leaf(let b)): a.count == b.count && a.indices.allSatisfy { a[$0] === b[$0] }
    case (.inner(let a), .inner(let b)): a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { a.baseAddress == $0.baseAddress && a.count == $0.count } }
    default: false
    }
  }
}

extension SharedArray: RandomAccessCollection, MutableCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  public subscript(place: Int) -> Element {
    get {
      precondition(place >= 0 && place < count)
      return box(at: place).element
    }
    set {
      precondition(place >= 0 && place < count)
      root = Self.replacing(place, by: Box(newValue), in: root, height * Self.bits)
    }
  }
}

extension SharedArray: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension SharedArray: Equatable where Element: Equatable {
  public static func == (a: SharedArray, b: SharedArray) -> Bool { a.count == b.count && a.height == b.height && equal(a.root, b.root) }

  private static func equal(_ a: Tree, _ b: Tree) -> Bool {
    if isSame(a, b) { return true }
    switch (a, b) {
    case (.leaf(let a), .leaf(let b)): return a.count == b.count && a.indices.allSatisfy { a[$0] === b[$0] || a[$0].element == b[$0].element }
    case (.inner(let a), .inner(let b)): return a.count == b.count && a.indices.allSatisfy { equal(a[$0], b[$0]) }
    default: return false
    }
  }
}

extension SharedArray: Hashable where Element: Hashable {
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for element in self { hasher.combine(element) }
  }
}
