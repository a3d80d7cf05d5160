/// The key under which a folded phrase is found: a hash of its folded UTF-8 that can be joined from the keys of its
/// words, so that a phrase of several words is looked up without building its text.
///
/// The tests hold that no two phrases of the vocabulary share a key.
public struct FoldedKey: Sendable, Hashable {
  public private(set) var hash: UInt64
  /// The multiplier's power for the key's length.
  private var power: UInt64

  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The key of no text.
  public init() {
    hash = 0
    power = 1
  }

  /// The key of a text.
  public init(_ text: String) {
    var copy = text
    self = copy.withUTF8 { FoldedKey(utf8: $0) }
  }

  /// The key of UTF-8 bytes.
  public init(utf8 bytes: some RandomAccessCollection<UInt8>) {
    self.init()
    if let done = bytes.withContiguousStorageIfAvailable({ FoldedKey(buffer: $0) }) {
      self = done
    } else {
      self = Array(bytes).withUnsafeBufferPointer { FoldedKey(buffer: $0) }
    }
  }

  private init(buffer: UnsafeBufferPointer<UInt8>) {
    self.init()
    Folding.forEachFoldedByte(buffer) { append($0) }
  }

  private mutating func append(_ byte: UInt8) {
    hash = hash &* Self.multiplier &+ UInt64(byte) &+ 1
    power = power &* Self.multiplier
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

/// A table from folded keys to values, with open addressing: as fast to fill as to read, for start-up's sake.
public struct FoldedTable<Value: Sendable>: Sendable {
  private var keys: [UInt64]
  private var values: [Value?]
  public private(set) var count = 0

  public init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    keys = [UInt64](repeating: 0, count: size)
    values = [Value?](repeating: nil, count: size)
  }

  private func place(_ hash: UInt64) -> Int {
    let mask = keys.count - 1
    var place = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & mask
    while keys[place] != 0, keys[place] != hash { place = (place + 1) & mask }
    return place
  }

  public subscript(key: FoldedKey) -> Value? {
    get {
      let hash = key.hash | 1
      let place = place(hash)
      return keys[place] == hash ? values[place] : nil
    }
    set {
      let hash = key.hash | 1
      let place = place(hash)
      if keys[place] == 0 { count += 1 }
      keys[place] = hash
      values[place] = newValue
      if count * 3 > keys.count * 2 { grow() }
    }
  }

  private mutating func grow() {
    var larger = FoldedTable(capacity: keys.count)
    for (key, value) in zip(keys, values) where key != 0 {
      let place = larger.place(key)
      larger.keys[place] = key
      larger.values[place] = value
      larger.count += 1
    }
    self = larger
  }
}
