import Wording

/// What the data files say and what is worked out of it, made ahead: it is read in place at start, where reading the files would
/// take longer than the first answer. `make build` renews `guideline.table`; a test holds it equal to the files.
///
/// It is a header and sections of the modules that read them. The header carries a mark of the files that it was made of: a
/// table of other files is passed over, and the files are read instead.
public struct FlatTable: Sendable {
  public enum Section: Int, Sendable, CaseIterable { case vocabulary, phrases, guideline, chapters, entries, cohort }

  /// The table's name among the embedded files.
  public static let name = "guideline.table"
  private static let magic: UInt64 = 0x3154_4C46_5445_4C53

  /// Marks of the vocabulary's files and of the chapters'.
  public struct Marks: Sendable, Equatable {
    public let vocabulary: UInt64
    public let chapters: UInt64

    public init(vocabulary: UInt64, chapters: UInt64) {
      self.vocabulary = vocabulary
      self.chapters = chapters
    }
  }

  private let memory: LastingBytes
  public let marks: Marks

  /// Nil where the bytes are no whole table.
  init?(_ file: TextFile) {
    guard let lasting = file.lasting else { return nil }
    memory = lasting
    let words = 4 + Section.allCases.count
    guard memory.count >= words * 8, memory.word(0) == Self.magic, memory.word(1) == UInt64(memory.count) else { return nil }
    marks = Marks(vocabulary: memory.word(2), chapters: memory.word(3))
    for section in Section.allCases where memory.word(4 + section.rawValue) + 8 > UInt64(memory.count) { return nil }
  }

  /// Reads a section from its beginning.
  public func reader(_ section: Section) -> FlatTableReader {
    FlatTableReader(memory, from: Int(memory.word(4 + section.rawValue)))
  }

  /// A table of sections, in their order.
  public static func bytes(_ marks: Marks, _ sections: [FlatTableWriter]) -> [UInt8] {
    var body: [UInt8] = []
    var offsets: [UInt64] = []
    let head = (4 + sections.count) * 8
    for section in sections {
      offsets.append(UInt64(head + body.count))
      body += section.bytes
    }
    let words = [magic, UInt64(head + body.count), marks.vocabulary, marks.chapters] + offsets
    return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) } } + body
  }

  /// A mark of files: their names, lengths and bytes. A change of one word of them is always another mark.
  public static func mark(_ files: [TextFile]) -> UInt64 {
    var mark: UInt64 = 0xCBF2_9CE4_8422_2325
    for file in files {
      for byte in file.name.utf8 { mark = (mark &+ UInt64(byte)) &* multiplier }
      file.withBytes { mark = (mark &+ hash(UnsafeRawBufferPointer($0))) &* multiplier }
    }
    return mark
  }

  private static var multiplier: UInt64 { 0x9E37_79B9_7F4A_7C15 }

  /// Sums of words, and sums of those sums, in which a word's place counts (Fletcher), of eight words at a time: four hundred
  /// kilobytes are summed at each start.
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var (sums, sumsOfSums) = (SIMD8<UInt64>.zero, SIMD8<UInt64>.zero)
    let whole = bytes.count / 64 * 64
    if let base = bytes.baseAddress {
      for place in stride(from: 0, to: whole, by: 64) {
        sums &+= base.loadUnaligned(fromByteOffset: place, as: SIMD8<UInt64>.self)
        sumsOfSums &+= sums
      }
    }
    var hash = UInt64(bytes.count)
    for place in 0..<8 { hash = ((hash &+ sums[place]) &* multiplier &+ sumsOfSums[place]) &* multiplier }
    for place in whole..<bytes.count { hash = (hash &+ UInt64(bytes[place])) &* multiplier }
    return hash
  }
}

/// Bytes that are good as long as the program runs.
struct LastingBytes: @unchecked Sendable {
  let base: UnsafeRawPointer
  let count: Int

  init(_ base: UnsafeRawPointer, count: Int) {
    self.base = base
    self.count = count
  }

  /// The word at a place of words.
  func word(_ place: Int) -> UInt64 { base.loadUnaligned(fromByteOffset: place * 8, as: UInt64.self) }
}

/// Texts that stand in a table until they are asked for.
public struct FlatRecord: @unchecked Sendable {
  private let base: UnsafeRawPointer

  fileprivate init(_ base: UnsafeRawPointer) { self.base = base }

  private func end(_ field: Int) -> Int { Int(base.loadUnaligned(fromByteOffset: field * 4, as: UInt32.self)) }

  /// The bytes of a field.
  private func bytes(_ field: Int) -> Bytes {
    let start = end(field)
    return Bytes(start: (base + start).assumingMemoryBound(to: UInt8.self), count: end(field + 1) - start)
  }

  public func text(_ field: Int) -> String { bytes(field).text }

  /// The text of a field; nil where there is none.
  public func optional(_ field: Int) -> String? {
    let bytes = bytes(field)
    return bytes.isEmpty ? nil : bytes.text
  }

  /// The ids of a field.
  public func ids(_ field: Int) -> [String] { bytes(field).ids }

  /// Whether an id is one of a field's.
  public func holds(id: String, in field: Int) -> Bool {
    let (bytes, id) = (bytes(field), id.utf8)
    var place = 0
    while place + id.count <= bytes.count {
      let end = place + id.count
      if end == bytes.count || bytes[end] == 0x20, bytes[place..<end].elementsEqual(id) { return true }
      while place < bytes.count, bytes[place] != 0x20 { place += 1 }
      place += 1
    }
    return false
  }

  public func words(_ field: Int) -> Words { Words(lasting: bytes(field), bytes(field + 1)) }
}

/// Writes a section of a table.
public struct FlatTableWriter {
  private var places: [String: Int] = [:]
  private var names: [String] = []
  private var body: [UInt8] = []

  public init() {}

  /// A whole number of 32 bits.
  public mutating func number(_ value: Int) { append(UInt64(UInt32(truncatingIfNeeded: value)), bytes: 4) }

  public mutating func optional(_ value: Int?) { number(value ?? -1) }

  public mutating func flag(_ value: Bool) { number(value ? 1 : 0) }

  public mutating func wide(_ value: UInt64) { append(value, bytes: 8) }

  private mutating func append(_ value: UInt64, bytes: Int) {
    for place in 0..<bytes { body.append(UInt8(truncatingIfNeeded: value >> UInt64(place * 8))) }
  }

  /// A text of which the section holds one copy, made when it is opened: for ids.
  public mutating func name(_ text: String) {
    if places[text] == nil {
      places[text] = names.count
      names.append(text)
    }
    number(places[text] ?? 0)
  }

  public mutating func optionalName(_ text: String?) {
    flag(text != nil)
    if let text { name(text) }
  }

  public mutating func words(_ words: Words) {
    text(words.english)
    text(words.greek)
  }

  public mutating func text(_ text: String) {
    number(text.utf8.count)
    body += text.utf8
  }

  /// Texts that are read when they are asked for.
  public mutating func record(_ fields: [String]) {
    var end = (fields.count + 1) * 4
    var ends = [end]
    for field in fields {
      end += field.utf8.count
      ends.append(end)
    }
    number(end)
    for end in ends { number(end) }
    for field in fields { body += field.utf8 }
  }

  public mutating func list<Element>(_ elements: some Collection<Element>, _ write: (inout FlatTableWriter, Element) -> Void) {
    number(elements.count)
    for element in elements { write(&self, element) }
  }

  /// A part that is read when it is asked for.
  public mutating func part(_ write: (inout FlatTableWriter) -> Void) {
    let start = body.count
    number(0)
    write(&self)
    let size = UInt64(body.count - start - 4)
    for place in 0..<4 { body[start + place] = UInt8(truncatingIfNeeded: size >> UInt64(place * 8)) }
  }

  public mutating func names(_ names: [String]) { list(names) { $0.name($1) } }

  public mutating func numbers(_ numbers: [Int]) { list(numbers) { $0.number($1) } }

  mutating func table(_ table: FoldedTable) {
    let slots = table.contents
    number(table.count)
    number(slots.count)
    while !body.count.isMultiple(of: 8) { body.append(0) }
    for slot in slots { wide(slot) }
  }

  /// The names, then what was written, each from a multiple of eight bytes.
  var bytes: [UInt8] {
    var pool = FlatTableWriter()
    pool.number(names.count)
    for name in names { pool.text(name) }
    while pool.body.count % 8 != 4 { pool.body.append(0) }
    var whole = FlatTableWriter()
    whole.number(pool.body.count + 4)
    whole.body += pool.body + body
    while !whole.body.count.isMultiple(of: 8) { whole.body.append(0) }
    return whole.body
  }
}

/// Reads a section of a table. What lies beyond the table's end is read as nothing, and said by `isBroken`.
public struct FlatTableReader: Sendable {
  private let memory: LastingBytes
  private var next: Int
  /// The section's names.
  private var known: [String] = []
  public private(set) var isBroken = false

  init(_ memory: LastingBytes, from start: Int) {
    self.memory = memory
    next = start
    let body = start + number()
    let count = self.count()
    known.reserveCapacity(count)
    for _ in 0..<count { known.append(text()) }
    next = body
  }

  /// How many bytes the next value may take; fewer than asked for where the table ends.
  private mutating func take(_ bytes: Int) -> UnsafeRawPointer? {
    guard bytes >= 0, bytes <= memory.count - next else {
      isBroken = true
      return nil
    }
    defer { next += bytes }
    return memory.base + next
  }

  public mutating func number() -> Int { take(4).map { Int($0.loadUnaligned(as: Int32.self)) } ?? 0 }

  public mutating func optional() -> Int? {
    let value = number()
    return value < 0 ? nil : value
  }

  public mutating func flag() -> Bool { number() != 0 }

  public mutating func wide() -> UInt64 { take(8).map { $0.loadUnaligned(as: UInt64.self) } ?? 0 }

  /// A number of things that follow, each of at least four bytes.
  @usableFromInline
  mutating func count() -> Int {
    let count = number()
    guard count >= 0, count <= (memory.count - next) / 4 else {
      isBroken = true
      return 0
    }
    return count
  }

  public mutating func name() -> String {
    let place = number()
    guard known.indices.contains(place) else {
      isBroken = true
      return ""
    }
    return known[place]
  }

  public mutating func optionalName() -> String? { flag() ? name() : nil }

  /// Words of which a language's letters are read when they are asked for.
  public mutating func words() -> Words {
    let english = bytes()
    return Words(lasting: english, bytes())
  }

  public mutating func text() -> String { bytes().text }

  private mutating func bytes() -> Bytes {
    let count = number()
    return Bytes(start: take(count)?.assumingMemoryBound(to: UInt8.self), count: isBroken ? 0 : count)
  }

  /// The ids of a text.
  public mutating func ids() -> [String] {
    let count = number()
    return take(count).map { Bytes(start: $0.assumingMemoryBound(to: UInt8.self), count: count).ids } ?? []
  }

  public mutating func record() -> FlatRecord? { take(number()).map { FlatRecord($0) } }

  /// What follows so many times. Made for each kind of thing where it is called: a start reads a thousand lists.
  @inlinable
  public mutating func list<Element>(_ read: (inout FlatTableReader) -> Element) -> [Element] {
    let count = count()
    if count == 0 { return [] }
    return [Element](unsafeUninitializedCapacity: count) { room, filled in
      for place in 0..<count {
        room.initializeElement(at: place, to: read(&self))
        filled = place + 1
      }
    }
  }

  /// A reader that stands at the beginning of a part; this one passes it over.
  public mutating func part() -> FlatTableReader {
    let size = number()
    var part = self
    if take(size) == nil { part.isBroken = true }
    return part
  }

  public mutating func names() -> [String] { list { $0.name() } }

  public mutating func numbers() -> [Int] { list { $0.number() } }

  mutating func table() -> FoldedTable {
    let count = number()
    let size = number()
    while !next.isMultiple(of: 8) { next += 1 }
    guard size > 0, size.nonzeroBitCount == 1, size <= memory.count / 8, count < size, let slots = take(size * 8) else {
      isBroken = true
      return FoldedTable(capacity: 16)
    }
    return FoldedTable(lasting: UnsafeBufferPointer(start: slots.assumingMemoryBound(to: UInt64.self), count: size), count: count)
  }
}
