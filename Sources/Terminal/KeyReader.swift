/// What a terminal sends, taken apart into keys and pasted text.
///
/// A bracketed paste of several lines is handed on line by line, each followed by Return, so that each becomes a command
/// in its order; what follows the last line end stays on the line, to be edited. Tabs in it are spaces, and other control
/// characters are left out.
public struct KeyReader {
  public enum Key: Sendable, Hashable {
    case character(Unicode.Scalar)
    /// Pasted text without line ends.
    case pasted(String)
    /// A line end in pasted text.
    case lineEnd
    /// A signal came in while waiting.
    case signal
    case end
  }

  /// What a wait for the next byte gave.
  public enum Arrival: Sendable {
    case byte(UInt8)
    /// Nothing came in time.
    case late
    case signal
    case end
  }

  /// Bytes of one paste that are kept; what is longer is cut.
  public static let pasteLimit = 1_000_000

  /// Whether pastes come in brackets (`ESC [200~` … `ESC [201~`).
  public var isBracketed: Bool
  private var waiting: [Key] = []
  private var next = 0

  public init(isBracketed: Bool) { self.isBracketed = isBracketed }

  /// Whether keys wait that were read before.
  public var hasWaiting: Bool { next < waiting.count }

  /// Forgets the keys that wait: the rest of a paste after Ctrl-C.
  public mutating func clear() {
    waiting.removeAll()
    next = 0
  }

  /// Puts a key behind those that wait.
  public mutating func push(_ key: Key) { waiting.append(key) }

  /// Puts keys before those that wait, the first of them first.
  public mutating func unread(_ keys: [Key]) { waiting.insert(contentsOf: keys, at: next) }

  /// The next key. `arrival` waits for a byte, for ever (nil) or for some milliseconds.
  public mutating func key(_ arrival: (Int?) -> Arrival) -> Key {
    if hasWaiting {
      next += 1
      let key = waiting[next - 1]
      if !hasWaiting { clear() }
      return key
    }
    let byte: UInt8
    switch arrival(nil) {
    case .byte(let first): byte = first
    case .signal, .late: return .signal
    case .end: return .end
    }
    if byte == 0x1B, isBracketed { return escape(arrival) }
    return scalar(from: byte, arrival).map { .character($0) } ?? key(arrival)
  }

  // MARK: Characters

  /// The character that starts with a byte; nil when its bytes are not UTF-8.
  private mutating func scalar(from first: UInt8, _ arrival: (Int?) -> Arrival) -> Unicode.Scalar? {
    let more: Int
    var value: UInt32
    switch first {
    case 0..<0x80: return Unicode.Scalar(first)
    case 0xC2...0xDF: (more, value) = (1, UInt32(first & 0x1F))
    case 0xE0...0xEF: (more, value) = (2, UInt32(first & 0x0F))
    case 0xF0...0xF4: (more, value) = (3, UInt32(first & 0x07))
    default: return nil
    }
    for _ in 0..<more {
      // The rest of a character comes at once; half of one is dropped.
      guard case .byte(let byte) = arrival(200) else { return nil }
      guard byte & 0xC0 == 0x80 else {
        if byte < 0x80, let plain = scalar(from: byte, arrival) { waiting.append(.character(plain)) }
        return nil
      }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return Unicode.Scalar(value)
  }

  // MARK: Paste

  private static let opening = Array("[200~".utf8)
  private static let closing = Array("\u{1B}[201~".utf8)

  /// Escape: the start of a paste, or a key.
  private mutating func escape(_ arrival: (Int?) -> Arrival) -> Key {
    var read: [UInt8] = []
    for expected in Self.opening {
      guard case .byte(let byte) = arrival(20) else { break }
      read.append(byte)
      if byte != expected { break }
    }
    if read == Self.opening {
      paste(gather(arrival))
      return key(arrival)
    }
    var place = 0
    let bytes = read
    while place < bytes.count {
      let first = bytes[place]
      place += 1
      let scalar = scalar(from: first) { limit in
        guard place < bytes.count else { return arrival(limit) }
        place += 1
        return .byte(bytes[place - 1])
      }
      if let scalar { waiting.append(.character(scalar)) }
    }
    return .character("\u{1B}")
  }

  /// The bytes up to the end of a paste, or up to where it breaks off.
  private func gather(_ arrival: (Int?) -> Arrival) -> [UInt8] {
    var bytes: [UInt8] = []
    var matched = 0
    while true {
      switch arrival(2_000) {
      case .byte(let byte):
        if byte == Self.closing[matched] {
          matched += 1
          if matched == Self.closing.count { return bytes }
          continue
        }
        if bytes.count < Self.pasteLimit { bytes += Self.closing.prefix(matched) + [byte] }
        matched = 0
      case .signal: continue
      case .late, .end: return bytes
      }
    }
  }

  private mutating func paste(_ bytes: [UInt8]) {
    var line = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    func flush() {
      if !line.isEmpty { waiting.append(.pasted(Composition.composed(String(line)))) }
      line = String.UnicodeScalarView()
    }
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      defer { previous = scalar }
      switch scalar.value {
      case 0x0A where previous == "\r": continue
      case 0x0A, 0x0D:
        flush()
        waiting.append(.lineEnd)
      case 0x09: line.append(" ")
      case 0..<0x20, 0x7F..<0xA0, 0xFFFD: continue
      default: line.append(scalar)
      }
    }
    flush()
  }
}
