import Grammar
import Guideline
import Measures
import Patients
import Vocabulary

/// Reads patients' lines straight into a block. It knows only what is plainly written; anything else, and whatever may be
/// wrong, is left to `PatientLine`, so that both read the same.
struct LineReader {
  enum Outcome {
    case read, blank
    /// For the careful reader. What was read of the line is withdrawn.
    case unusual
  }

  private enum Kind: Int8 {
    case category, boolean, number, other
  }

  private let compiled: CompiledGuideline
  private let kinds: [Kind]
  private let names: TextTable
  /// By value text and finding: the value's place; -1 for unknown.
  private let values: TextTable
  /// Texts of values that the careful reader has read before, for instance "25 mm": a place in `readings`.
  private var memory = TextTable(capacity: 4_096)
  private var readings: [(planes: [Int], isInterval: Bool)] = []
  /// By finding: the line in which it was read last.
  private var seen: [Int]
  private var line = 0
  /// By finding: what stands from its name on up to its value, where it is plainly written, in words, and how many bytes that is.
  private let keyWords: [UInt64]
  private let keyLengths: [Int]
  private static var wordsOfKey: Int { 6 }
  /// The findings in the order in which lines state them, as learnt so far; each is guessed to follow the one before it.
  private var order: [Int] = []
  private var orderPlaces: [Int]
  /// How many findings of the order may be missing before one that is guessed.
  private static var lookAhead: Int { 4 }
  /// Below 0 guesses have failed too often to be made.
  private var patience = 64
  /// Where the id of the line read last stands, quotes included; nil when it has none.
  private(set) var id: UnsafeBufferPointer<UInt8>?
  /// Whether the line read last states a number as an interval.
  private(set) var hasInterval = false

  init(_ compiled: CompiledGuideline) {
    self.compiled = compiled
    let findings = compiled.guideline.vocabulary.findings
    var names = TextTable(capacity: findings.count)
    var values = TextTable(capacity: findings.reduce(0) { $0 + $1.values.count + 1 })
    var kinds: [Kind] = []
    for finding in findings {
      names.add(finding.id, salt: 0, finding.index)
      var kind = Kind.other
      if compiled.columns.columns[finding.index] != nil {
        kind = finding.isNumber ? .number : finding.kind == .boolean ? .boolean : .category
        if finding.place(of: "unknown") == nil { values.add("unknown", salt: finding.index, -1) }
        for (place, value) in finding.values.enumerated() { values.add(value.id, salt: finding.index, place) }
      }
      kinds.append(kind)
    }
    self.names = names
    self.values = values
    self.kinds = kinds
    seen = Array(repeating: 0, count: findings.count)
    orderPlaces = Array(repeating: -1, count: findings.count)
    var keyWords: [UInt64] = []
    var keyLengths: [Int] = []
    for finding in findings {
      let text = Array("\(finding.id)\":".utf8)
      let isShort = text.count <= Self.wordsOfKey * 8
      keyLengths.append(isShort ? text.count : 0)
      for word in 0..<Self.wordsOfKey {
        let part = isShort ? text.dropFirst(word * 8).prefix(8) : []
        keyWords.append(part.reversed().reduce(0) { $0 << 8 | UInt64($1) })
      }
    }
    self.keyWords = keyWords
    self.keyLengths = keyLengths
  }

  /// Whether a finding's name stands at a place, with the quote and colon behind it. No word is looked at behind one that differs.
  @inline(__always)
  private func isKey(of finding: Int, at start: UnsafePointer<UInt8>) -> Bool {
    let raw = UnsafeRawPointer(start)
    var left = keyLengths[finding]
    if left == 0 { return false }
    var place = 0
    var word = finding &* Self.wordsOfKey
    while left > 8 {
      if raw.loadUnaligned(fromByteOffset: place, as: UInt64.self) != keyWords[word] { return false }
      place &+= 8
      word &+= 1
      left &-= 8
    }
    return (raw.loadUnaligned(fromByteOffset: place, as: UInt64.self) ^ keyWords[word]) & (.max &>> UInt64(64 &- 8 &* left)) == 0
  }

  /// Puts a finding that was not guessed into the order, behind the one before it.
  private mutating func learn(_ finding: Int, at place: Int) {
    guard orderPlaces[finding] < 0 else { return }
    order.insert(finding, at: min(place, order.count))
    for place in order.indices { orderPlaces[order[place]] = place }
  }

  /// Reads the line at a cursor into the block, without keeping the patient, and moves the cursor behind the line's end when
  /// it could be read. Behind the last line end of the buffer stand sixteen quotes.
  mutating func read(_ cursor: inout UnsafePointer<UInt8>, _ block: PatientBlock) -> Outcome {
    var at = cursor
    id = nil
    hasInterval = false
    skipSpace(&at)
    if at[0] == 0x0A {
      cursor = at + 1
      return .blank
    }
    line &+= 1
    guard object(&at, block) else {
      block.withdraw()
      return .unusual
    }
    skipSpace(&at)
    guard at[0] == 0x0A, at - cursor <= Eval.longestLine else {
      block.withdraw()
      return .unusual
    }
    cursor = at + 1
    return .read
  }

  @inline(__always)
  private func skipSpace(_ at: inout UnsafePointer<UInt8>) {
    while at[0] <= 0x20, at[0] == 0x20 || at[0] == 0x09 || at[0] == 0x0D { at += 1 }
  }

  /// Takes a byte that may have space before it.
  @inline(__always)
  private func take(_ byte: UInt8, _ at: inout UnsafePointer<UInt8>) -> Bool {
    if at[0] <= 0x20 { skipSpace(&at) }
    guard at[0] == byte else { return false }
    at += 1
    return true
  }

  private mutating func object(_ at: inout UnsafePointer<UInt8>, _ block: PatientBlock) -> Bool {
    guard take(0x7B, &at) else { return false }
    if take(0x7D, &at) { return true }
    var hasFindings = false
    var hasAssumption = false
    repeat {
      guard take(0x22, &at) else { return false }
      let key = TextToken(untilQuote: at)
      at += key.count + 1
      guard take(0x3A, &at) else { return false }
      skipSpace(&at)
      switch (key.head, key.count) {
      case (0x6469, 2):
        guard id == nil, readID(&at) else { return false }
      case (0x7367_6E69_646E_6966, 8):
        guard !hasFindings, findings(&at, block) else { return false }
        hasFindings = true
      case (0x656D_7573_7361, 6):
        guard !hasAssumption, at[0] == 0x22 else { return false }
        let value = TextToken(untilQuote: at + 1)
        guard value.count == 6, value.head == 0x746E_6573_6261 else { return false }
        at += 8
        block.assumeAbsent()
        hasAssumption = true
      default: return false
      }
    } while take(0x2C, &at)
    return take(0x7D, &at)
  }

  /// An id of plain characters, or a number.
  private mutating func readID(_ at: inout UnsafePointer<UInt8>) -> Bool {
    let start = at
    if at[0] == 0x22 {
      at += 1
      while at[0] != 0x22 {
        guard at[0] >= 0x20, at[0] < 0x7F, at[0] != 0x5C else { return false }
        at += 1
      }
      at += 1
    } else {
      // Whole numbers alone; a first 0 has nothing behind it.
      guard at[0] &- 0x30 < 10 else { return false }
      let isZero = at[0] == 0x30
      repeat { at += 1 } while at[0] &- 0x30 < 10
      switch at[0] {
      case 0x2C, 0x7D, 0x20, 0x09, 0x0D: if isZero, at - start > 1 { return false }
      default: return false
      }
    }
    let found = UnsafeBufferPointer(start: start, count: at - start)
    if Self.mayBePersonal(UnsafeRawBufferPointer(found)), PersonalData.kind(in: String(decoding: found, as: UTF8.self), .id) != nil { return false }
    id = found
    return true
  }

  /// Whether an id is to be looked at as what may be a real person's data; most have fewer digits, and no sign of a date or an address.
  static func mayBePersonal(_ id: UnsafeRawBufferPointer) -> Bool {
    guard id.count > 6 else { return false }
    var digits = 0
    var signs = 0
    for byte in id {
      digits &+= byte &- 0x30 < 10 ? 1 : 0
      signs &+= byte == 0x40 || byte == 0x20 ? 2 : byte == 0x2D || byte == 0x2E || byte == 0x2F ? 1 : 0
    }
    return digits >= 10 || signs >= 2
  }

  private mutating func findings(_ at: inout UnsafePointer<UInt8>, _ block: PatientBlock) -> Bool {
    guard take(0x7B, &at) else { return false }
    if take(0x7D, &at) { return true }
    var next = 0
    repeat {
      guard take(0x22, &at) else { return false }
      var finding = -1
      var guess = next
      let last = patience < 0 ? next : min(order.count, next &+ Self.lookAhead)
      while guess < last {
        if isKey(of: order[guess], at: at) {
          finding = order[guess]
          at += keyLengths[finding]
          next = guess &+ 1
          patience = min(patience &+ 1, 64)
          break
        }
        guess &+= 1
      }
      if finding < 0 {
        let key = TextToken(untilQuote: at)
        guard let found = names.find(key, salt: 0) else { return false }
        finding = found
        at += key.count + 1
        guard take(0x3A, &at) else { return false }
        learn(finding, at: next)
        let place = orderPlaces[finding]
        patience = place >= next && place < next + Self.lookAhead ? min(patience + 1, 64) : max(patience - 2, -64)
        next = place + 1
      }
      guard seen[finding] != line else { return false }
      seen[finding] = line
      skipSpace(&at)
      guard value(of: finding, &at, block) else { return false }
    } while take(0x2C, &at)
    return take(0x7D, &at)
  }

  @inline(__always)
  private mutating func value(of finding: Int, _ at: inout UnsafePointer<UInt8>, _ block: PatientBlock) -> Bool {
    let kind = kinds[finding]
    if kind == .other { return false }
    switch at[0] {
    case 0x22:
      let text = TextToken(untilQuote: at + 1)
      if let place = values.find(text, salt: finding) {
        at += text.count + 2
        if place < 0 { return true }
        block.state(finding, place)
        return true
      }
      guard let planes = remembered(text, finding) else { return false }
      at += text.count + 2
      for plane in planes { block.set(plane) }
      return true
    case 0x74:
      guard kind == .boolean, at[1] == 0x72, at[2] == 0x75, at[3] == 0x65 else { return false }
      at += 4
      block.state(finding, 0)
      return true
    case 0x66:
      guard kind == .boolean, at[1] == 0x61, at[2] == 0x6C, at[3] == 0x73, at[4] == 0x65 else { return false }
      at += 5
      block.state(finding, 1)
      return true
    case 0x6E:
      guard at[1] == 0x75, at[2] == 0x6C, at[3] == 0x6C else { return false }
      at += 4
      return true
    case 0x30...0x39:
      guard kind == .number, let number = number(&at), let column = compiled.columns.columns[finding],
        column.admits(number)
      else { return false }
      block.state(finding, compiled.columns.value(of: number, in: column))
      return true
    default: return false
    }
  }

  /// A plain decimal number, in millionths.
  @inline(__always)
  private func number(_ at: inout UnsafePointer<UInt8>) -> Int64? {
    var whole: Int64 = 0
    var digits = 0
    if at[0] == 0x30, at[1] &- 0x30 < 10 { return nil }
    while at[0] &- 0x30 < 10 {
      whole = whole &* 10 &+ Int64(at[0] &- 0x30)
      digits += 1
      at += 1
    }
    guard digits <= 9 else { return nil }
    whole = whole &* 1_000_000
    if at[0] == 0x2E {
      at += 1
      var place: Int64 = 100_000
      var decimals = 0
      while at[0] &- 0x30 < 10 {
        whole = whole &+ Int64(at[0] &- 0x30) &* place
        place /= 10
        decimals += 1
        at += 1
      }
      guard decimals > 0, decimals <= 6 else { return nil }
    }
    switch at[0] {
    case 0x2C, 0x7D, 0x20, 0x09, 0x0D: return whole
    default: return nil
    }
  }

  /// The planes of a value's text as the careful reader reads it; nil when it refuses it, or the text is long.
  private mutating func remembered(_ text: TextToken, _ finding: Int) -> [Int]? {
    guard text.count <= 16 else { return nil }
    if let place = memory.find(text, salt: finding) {
      hasInterval = hasInterval || readings[place].isInterval
      return readings[place].planes
    }
    for place in 0..<text.count where text.start[place] < 0x20 || text.start[place] >= 0x7F || text.start[place] == 0x5C {
      return nil
    }
    let guideline = compiled.guideline
    let string = String(decoding: UnsafeBufferPointer(start: text.start, count: text.count), as: UTF8.self)
    guard let possible = try? PatientLine.read(string, guideline.vocabulary.findings[finding], guideline) else { return nil }
    let planes = compiled.columns.bits(of: finding, possible)
    let isInterval = if case .numbers = possible { !possible.isSettled } else { false }
    if readings.count < memory.capacity {
      memory.add(text, salt: finding, readings.count)
      readings.append((planes, isInterval))
    }
    hasInterval = hasInterval || isInterval
    return planes
  }
}
