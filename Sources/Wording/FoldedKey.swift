/// The key under which a folded phrase is found: a hash of its folded UTF-8 that can be joined from the keys of its
/// words, so that a phrase of several words is looked up without building its text.
///
/// The tests hold that no two phrases of the vocabulary share a key.
public struct FoldedKey: Sendable, Hashable {
  public private(set) var hash: UInt64
  /// The multiplier's power for the key's length.
  private var power: UInt64

  private static var multiplier: UInt64 { 0x9E37_79B9_7F4A_7C15 }

  /// The key of no text.
  public init() {
    hash = 0
    power = 1
  }

  /// The key of a text.
  public init(_ text: String) {
    var copy = text
    self = copy.withUTF8 { FoldedKey($0) }
  }

  /// The key of UTF-8 bytes.
  public init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var hash: UInt64 = 0
    var power: UInt64 = 1
    Folding.forEachFoldedByte(bytes) { byte in
      hash = hash &* Self.multiplier &+ UInt64(byte) &+ 1
      power = power &* Self.multiplier
    }
    self.hash = hash
    self.power = power
  }

  public var isEmpty: Bool { power == 1 }

  /// The key of one text and then another.
  public static func + (a: FoldedKey, b: FoldedKey) -> FoldedKey {
    var key = FoldedKey()
    key.hash = a.hash &* b.power &+ b.hash
    key.power = a.power &* b.power
    return key
  }

  /// The key of this phrase as said of one of several things (a value's word, of a finding).
  public func of(_ place: Int) -> FoldedKey {
    var key = self
    key.hash = (hash ^ (UInt64(place) &+ 1) &* 0xD6E8_FEB8_6659_FD93) &* Self.multiplier
    return key
  }
}

/// A table from folded keys to small numbers (below a million), with open addressing: as fast to fill as to read, for
/// start-up's sake. A slot holds 44 bits of the key's hash and the number.
public struct FoldedTable: @unchecked Sendable {
  /// The slots of a table that is filled; empty where they stand elsewhere.
  private var own: [UInt64]
  /// Slots that are good as long as the program runs and never change.
  private let lasting: UnsafeBufferPointer<UInt64>
  public private(set) var count = 0

  private static var numberBits: UInt64 { 0xF_FFFF }

  /// A table with room for so many keys before it grows.
  public init(capacity: Int) {
    var size = 16
    while size * 2 < capacity * 3 { size *= 2 }
    own = [UInt64](repeating: 0, count: size)
    lasting = UnsafeBufferPointer(start: nil, count: 0)
  }

  /// A table that is read where its slots stand, as `contents` gave them: a power of two of them, good as long as the program runs.
  public init(lasting slots: UnsafeBufferPointer<UInt64>, count: Int) {
    own = []
    lasting = slots
    self.count = count
  }

  /// The slots, for a table made ahead.
  public var contents: [UInt64] { own.isEmpty ? Array(lasting) : own }

  /// The part of a key's hash that a slot holds, mixed since short keys have small hashes; never zero.
  private static func tag(_ key: FoldedKey) -> UInt64 {
    let mixed = (key.hash ^ (key.hash >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return (mixed | 1 << 20) & ~numberBits
  }

  @inline(__always)
  private static func place(_ tag: UInt64, _ slots: UnsafeBufferPointer<UInt64>) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: (tag >> 20) ^ (tag >> 41)) & mask
    while slots[place] != 0, slots[place] & ~numberBits != tag { place = (place + 1) & mask }
    return place
  }

  @inline(__always)
  private func withSlots<R>(_ body: (UnsafeBufferPointer<UInt64>) -> R) -> R {
    lasting.isEmpty ? own.withUnsafeBufferPointer(body) : body(lasting)
  }

  public subscript(key: FoldedKey) -> Int? {
    get {
      let tag = Self.tag(key)
      let slot = withSlots { $0[Self.place(tag, $0)] }
      return slot == 0 ? nil : Int(slot & Self.numberBits)
    }
    set {
      if own.isEmpty { self = FoldedTable(filled: contents, count: count) }
      let tag = Self.tag(key)
      let place = own.withUnsafeBufferPointer { Self.place(tag, $0) }
      if own[place] == 0 { count += 1 }
      own[place] = tag | (UInt64(newValue ?? 0) & Self.numberBits)
      if count * 3 > own.count * 2 { grow() }
    }
  }

  private init(filled slots: [UInt64], count: Int) {
    own = slots
    lasting = UnsafeBufferPointer(start: nil, count: 0)
    self.count = count
  }

  private mutating func grow() {
    var larger = FoldedTable(capacity: own.count)
    for slot in own where slot != 0 {
      let place = larger.own.withUnsafeBufferPointer { Self.place(slot & ~Self.numberBits, $0) }
      larger.own[place] = slot
      larger.count += 1
    }
    self = larger
  }
}
