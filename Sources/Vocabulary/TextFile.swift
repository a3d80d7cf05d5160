import CTexts
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Bytes of a data file while it is being read: a line, or a part of one.
public typealias Bytes = UnsafeBufferPointer<UInt8>

/// A data file: its name (a path inside the data folder, `chapters/01-surgery.md`) and its bytes.
public struct TextFile: Sendable {
  private enum Source: Sendable {
    /// Embedded in the program, at this place: never copied.
    case embedded(Int)
    case bytes([UInt8])
  }

  public let name: String
  private let source: Source

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    source = .bytes(bytes)
  }

  private init(name: String, place: Int) {
    self.name = name
    source = .embedded(place)
  }

  /// The files embedded in the program, in the order of their names, whose names start with a prefix.
  public static func embedded(prefix: String = "") -> [TextFile] {
    prefix.withCString { start in
      let length = strlen(start)
      var files: [TextFile] = []
      for place in 0..<islet_text_count() {
        guard let name = islet_text_at(place)?.pointee.name, strncmp(name, start, length) == 0 else { continue }
        files.append(TextFile(name: String(cString: name), place: place))
      }
      return files
    }
  }

  /// Its bytes, good as long as the program runs: those of a file that isn't embedded are copied, and the copy is kept. Nil without any.
  var lasting: LastingBytes? {
    switch source {
    case .embedded(let place):
      guard let text = islet_text_at(place)?.pointee, let bytes = text.bytes else { return nil }
      return LastingBytes(bytes, count: text.count)
    case .bytes(let bytes):
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
      copy.copyBytes(from: bytes)
      return copy.baseAddress.map { LastingBytes($0, count: bytes.count) }
    }
  }

  /// Calls with all its bytes, which are good during the call only.
  public func withBytes<R, E: Error>(_ body: (Bytes) throws(E) -> R) throws(E) -> R {
    switch source {
    case .embedded(let place):
      let text = islet_text_at(place)?.pointee
      return try body(Bytes(start: text?.bytes, count: text?.count ?? 0))
    case .bytes(let bytes): return try bytes.withUnsafeBufferPointer(body)
    }
  }
}

extension [TextFile] {
  /// Calls with each line of a vocabulary file that says something (no blank line, no comment), after its first line, which
  /// names the format. Errors are set on file and line.
  func readVocabulary(_ part: String, _ read: (Bytes, Int) throws(Diagnostic) -> Void) throws(Diagnostic) {
    for file in self where file.name.hasSuffix(part + ".txt") {
      try file.withBytes { (bytes: Bytes) throws(Diagnostic) in
        var lines = LineCursor(bytes)
        while let line = lines.read() {
          let line = line.trimmed
          guard line.count > 0, line[0] != 0x23 else { continue }
          do throws(Diagnostic) {
            if lines.number == 1 {
              guard line.reads("islet vocabulary 1") else { throw .vocabulary("the first line is “islet vocabulary 1”") }
            } else {
              try read(line, lines.number)
            }
          } catch {
            throw error.at(file: file.name, line: lines.number)
          }
        }
      }
    }
  }
}

/// The lines of a file, one after the other.
public struct LineCursor {
  private let bytes: Bytes
  /// The number of the line last read, from 1.
  public private(set) var number = 0
  /// Where the line last read starts, and where the next one does.
  public private(set) var start = 0
  public private(set) var next = 0

  public init(_ bytes: Bytes) { self.bytes = bytes }

  /// The next line without its end; nil after the last.
  public mutating func read() -> Bytes? {
    guard next < bytes.count, let base = bytes.baseAddress else { return nil }
    start = next
    number += 1
    var end = bytes.count
    if let found = memchr(base + start, 0x0A, bytes.count - start) {
      end = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    }
    next = end + 1
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return bytes.part(start, end)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The part between two places.
  public func part(_ from: Int, _ to: Int) -> Bytes { Bytes(start: baseAddress.map { $0 + from }, count: to - from) }

  /// Without spaces and tabs at either end.
  public var trimmed: Bytes {
    var low = 0
    var high = count
    while low < high, self[low] == 0x20 || self[low] == 0x09 { low += 1 }
    while high > low, self[high - 1] == 0x20 || self[high - 1] == 0x09 { high -= 1 }
    return part(low, high)
  }

  public var text: String { String(decoding: self, as: UTF8.self) }

  /// Where a byte first stands.
  public func place(of byte: UInt8) -> Int? {
    var place = 0
    while place < count {
      if self[place] == byte { return place }
      place += 1
    }
    return nil
  }

  /// Where a text last stands.
  public func place(ofLast text: StaticString) -> Int? {
    var place = count - text.utf8CodeUnitCount
    while place >= 0 {
      if part(place, place + text.utf8CodeUnitCount).reads(text) { return place }
      place -= 1
    }
    return nil
  }

  /// Whether it is this ASCII or UTF-8 text.
  public func reads(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && (count == 0 || memcmp(baseAddress!, text.utf8Start, count) == 0)
  }

  public func starts(_ text: StaticString) -> Bool {
    count >= text.utf8CodeUnitCount && memcmp(baseAddress!, text.utf8Start, text.utf8CodeUnitCount) == 0
  }

  /// The first word and what follows it, without the spaces between them.
  public var headAndRest: (head: Bytes, rest: Bytes) {
    guard let space = place(of: 0x20) else { return (self, part(count, count)) }
    return (part(0, space), part(space, count).trimmed)
  }

  /// The parts of a list, without spaces at their ends; empty parts are left out.
  public func parts(separator: UInt8) -> Parts { Parts(bytes: self, separator: separator) }

  /// The words of a list of ids, separated by spaces or commas.
  public var ids: [String] {
    var found: [String] = []
    var start = 0
    while start < count {
      while start < count, self[start] == 0x20 || self[start] == 0x2C { start += 1 }
      var end = start
      while end < count, self[end] != 0x20, self[end] != 0x2C { end += 1 }
      if end > start { found.append(part(start, end).text) }
      start = end
    }
    return found
  }
}

/// The parts of a list, one after the other.
public struct Parts: Sequence, IteratorProtocol {
  fileprivate let bytes: Bytes
  fileprivate let separator: UInt8
  private var start = 0

  fileprivate init(bytes: Bytes, separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
  }

  public mutating func next() -> Bytes? {
    while start < bytes.count, let base = bytes.baseAddress {
      var end = bytes.count
      if let found = memchr(base + start, Int32(separator), bytes.count - start) {
        end = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
      }
      let part = bytes.part(start, end).trimmed
      start = end + 1
      if !part.isEmpty { return part }
    }
    return nil
  }
}

extension String {
  /// Its parts between a byte, without spaces at their ends; empty ones are left out.
  public func parts(separator: Character) -> [String] {
    var copy = self
    return copy.withUTF8 { $0.parts(separator: separator.asciiValue ?? 0).map(\.text) }
  }
}

/// A line of a vocabulary file: `KIND WORD … = PHRASE; PHRASE`.
public struct NameLine: Sendable {
  /// The words before the equals sign, the kind of the line first; there is one at least.
  public let head: [String]
  /// The phrases after it, without spaces at their ends; none is empty.
  public let phrases: [String]

  /// What the head says after its kind.
  public var rest: String { head.dropFirst().joined(separator: " ") }

  /// Nil for a line that is none: without an equals sign after a space, or without a word before it.
  public init?(_ line: String) {
    var line = line
    let read = line.withUTF8 { bytes -> (head: [String], phrases: [String])? in
      var place = 0
      while place + 1 < bytes.count, !(bytes[place] == 0x20 && bytes[place + 1] == 0x3D) { place += 1 }
      guard place + 1 < bytes.count else { return nil }
      let rest = bytes.part(place + 2, bytes.count)
      return (bytes.part(0, place).parts(separator: 0x20).map(\.text), rest.parts(separator: 0x3B).map(\.text))
    }
    guard let read, !read.head.isEmpty else { return nil }
    (head, phrases) = read
  }
}
