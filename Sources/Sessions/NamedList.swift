import Patients
import Synchronization
import Wording

/// What has a name by which a user calls it.
public protocol Named: Sendable {
  var name: String { get }
}

extension Patient: Named {}
extension Branch: Named {}

/// Things with names, in the order of their making, found by name without looking at each. Copies share what they don't change.
public struct NamedList<Element: Named>: Sendable {
  /// Where a name may stand: each place at which some copy of the list has had it. Whoever asks looks whether it still does.
  private final class Places: Sendable {
    private let places = Mutex<[FoldedKey: [Int]]>([:])

    func note(_ key: FoldedKey, at place: Int) {
      places.withLock { if $0[key]?.contains(place) != true { $0[key, default: []].append(place) } }
    }

    func places(of key: FoldedKey) -> [Int] { places.withLock { $0[key] ?? [] } }
  }

  private var elements = SharedArray<Element>()
  /// Nil while the list is short enough to be looked through.
  private var index: Places?

  private static var short: Int { 16 }

  public init() {}

  /// The place of a name, after folding.
  public func place(of name: String) -> Int? { place(of: FoldedKey(name)) }

  public func place(of key: FoldedKey) -> Int? {
    guard let index else { return elements.firstIndex { FoldedKey($0.name) == key } }
    return index.places(of: key).filter { $0 < count && FoldedKey(elements[$0].name) == key }.min()
  }

  /// The names for an error that lists them, as many as are read.
  public var names: String { prefix(20).map(\.name).joined(separator: ", ") + (count > 20 ? " …" : "") }

  public mutating func append(_ element: Element) {
    elements.append(element)
    note(element, at: count - 1)
  }

  public mutating func remove(at place: Int) {
    elements.remove(at: place)
    index = nil
    noteAll()
  }

  private mutating func note(_ element: Element, at place: Int) {
    if let index { index.note(FoldedKey(element.name), at: place) } else { noteAll() }
  }

  private mutating func noteAll() {
    guard count > Self.short else { return }
    let new = Places()
    for (place, element) in elements.enumerated() { new.note(FoldedKey(element.name), at: place) }
    index = new
  }
}

extension NamedList: RandomAccessCollection, MutableCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { elements.count }

  public subscript(place: Int) -> Element {
    get { elements[place] }
    set {
      elements[place] = newValue
      note(newValue, at: place)
    }
  }
}

extension NamedList: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Element...) { for element in elements { append(element) } }
}

extension NamedList: Equatable where Element: Equatable {
  public static func == (a: NamedList, b: NamedList) -> Bool { a.elements == b.elements }
}

extension NamedList: Hashable where Element: Hashable {
  public func hash(into hasher: inout Hasher) { elements.hash(into: &hasher) }
}
