import Guideline
import Patients
import Vocabulary

/// A short text inside a line, by its place: equal texts have equal ends and length, and texts of up to sixteen bytes are
/// told apart by these alone.
struct TextToken {
  let start: UnsafePointer<UInt8>
  let count: Int
  let head: UInt64
  let tail: UInt64

  /// The text from a place up to the next quote. The buffer goes on for sixteen bytes behind its last quote.
  @inline(__always)
  init(untilQuote start: UnsafePointer<UInt8>) {
    self.start = start
    let raw = UnsafeRawPointer(start)
    let first = raw.loadUnaligned(as: UInt64.self)
    var word = first
    var length = 0
    while true {
      let marks = word ^ 0x2222_2222_2222_2222
      let found = (marks &- 0x0101_0101_0101_0101) & ~marks & 0x8080_8080_8080_8080
      if found != 0 {
        length &+= found.trailingZeroBitCount >> 3
        break
      }
      length &+= 8
      word = (raw + length).loadUnaligned(as: UInt64.self)
    }
    count = length
    if length >= 8 {
      head = first
      tail = (raw + (length &- 8)).loadUnaligned(as: UInt64.self)
    } else {
      head = length == 0 ? 0 : first & (.max &>> UInt64(64 &- 8 &* length))
      tail = 0
    }
  }

  @inline(__always)
  func hash(_ salt: Int) -> UInt64 {
    let mixed = (head &+ UInt64(truncatingIfNeeded: salt)) &* 0x9E37_79B9_7F4A_7C15 ^ (tail &* 0xC2B2_AE3D_27D4_EB4F) &+ UInt64(count)
    return (mixed ^ mixed &>> 29) &* 0xBF58_476D_1CE4_E5B9
  }

  @inline(__always)
  func matches(_ entry: TextTable.Slot, _ texts: UnsafePointer<UInt8>) -> Bool {
    guard head == entry.head, tail == entry.tail, count == entry.count else { return false }
    if count <= 16 { return true }
    for place in 8..<(count &- 8) where start[place] != texts[entry.text &+ place] { return false }
    return true
  }
}

/// Texts with a number each, found without reading them byte by byte. A salt keeps apart the values of different findings.
struct TextTable {
  struct Slot {
    var head: UInt64 = 0
    var tail: UInt64 = 0
    var count = -1
    var text = 0
    var salt = 0
    var value = 0
  }

  private var entries: [Slot]
  private var texts: [UInt8] = []
  private var used = 0
  private let shift: UInt64

  /// Room for so many texts, at most.
  let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    var bits = 4
    while 1 << bits < capacity * 3 { bits += 1 }
    entries = Array(repeating: Slot(), count: 1 << bits)
    shift = UInt64(64 - bits)
  }

  @inline(__always)
  func find(_ token: TextToken, salt: Int) -> Int? {
    entries.withUnsafeBufferPointer { entries in
      texts.withUnsafeBufferPointer { texts in
        var place = Int(token.hash(salt) &>> shift)
        while true {
          let entry = entries[place]
          if entry.count < 0 { return nil }
          if entry.salt == salt, let base = texts.baseAddress, token.matches(entry, base) { return entry.value }
          place = (place &+ 1) & (entries.count &- 1)
        }
      }
    }
  }

  /// Adds a text; nothing happens when the table is full.
  mutating func add(_ token: TextToken, salt: Int, _ value: Int) {
    guard used < capacity else { return }
    used += 1
    var place = Int(token.hash(salt) >> shift)
    while entries[place].count >= 0 { place = (place + 1) & (entries.count - 1) }
    entries[place] = Slot(head: token.head, tail: token.tail, count: token.count, text: texts.count, salt: salt, value: value)
    texts += UnsafeBufferPointer(start: token.start, count: token.count)
    if texts.isEmpty { texts.append(0) }
  }

  mutating func add(_ text: String, salt: Int, _ value: Int) {
    let padded = Array(text.utf8) + [0x22] + [UInt8](repeating: 0, count: 16)
    padded.withUnsafeBufferPointer { if let base = $0.baseAddress { add(TextToken(untilQuote: base), salt: salt, value) } }
  }
}
