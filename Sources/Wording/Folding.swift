/// Text folding: what islet treats as the same word.
///
/// Case, accents (Latin and Greek, precomposed or combining), the Greek final sigma, spaces, hyphens and underscores
/// make no difference to a keyword or a vocabulary phrase.
public enum Folding {
  /// The key under which a phrase is found: folded, without spaces, hyphens and underscores.
  public static func key(_ text: String) -> String {
    var copy = text
    return copy.withUTF8 { bytes in
      if bytes.allSatisfy({ ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) }) {
        return String(decoding: bytes, as: UTF8.self)
      }
      return key(bytes)
    }
  }

  /// The key of UTF-8 bytes. Bytes that are not UTF-8 are left out.
  public static func key(_ bytes: UnsafeBufferPointer<UInt8>) -> String { String(decoding: keyBytes(bytes), as: UTF8.self) }

  /// A phrase's key, in UTF-8.
  public static func keyBytes(of text: String) -> [UInt8] {
    var copy = text
    return copy.withUTF8 { keyBytes($0) }
  }

  private static func keyBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    forEachFoldedByte(bytes) { out.append($0) }
    return out
  }

  /// Calls with each byte of the folded text, in UTF-8.
  static func forEachFoldedByte(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt8) -> Void) {
    let greek = greek
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
        switch byte {
        case 0x20, 0x09, 0x2D, 0x5F: continue
        case 0x41...0x5A: body(byte | 0x20)
        default: body(byte)
        }
        continue
      }
      // Greek and Coptic, two bytes in UTF-8: the letters of half of all phrases.
      if byte == 0xCE || byte == 0xCF, index + 1 < bytes.count, bytes[index + 1] & 0xC0 == 0x80 {
        let folded = greek[Int(byte & 1) << 6 | Int(bytes[index + 1] & 0x3F)]
        if folded != 0 {
          body(0xCE | (folded >> 6))
          body(0x80 | (folded & 0x3F))
          index += 2
          continue
        }
      }
      let (scalar, width) = decode(bytes, at: index)
      index += width
      guard let folded = fold(scalar) else { continue }
      let value = folded.value
      if value < 0x80 {
        body(UInt8(value))
      } else if value < 0x800 {
        body(0xC0 | UInt8(value >> 6))
        body(0x80 | UInt8(value & 0x3F))
      } else {
        for byte in String(folded).utf8 { body(byte) }
      }
    }
  }

  /// What the letters from U+0380 to U+03FF fold to, less U+0380; 0 where `fold` must be asked. Written out, so that no start
  /// works it out; a test holds it to `fold`.
  static let greek: [UInt8] = [
    0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x31, 0x07, 0x35, 0x37, 0x39, 0x0B, 0x3F, 0x0D, 0x45, 0x49,
    0x39, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x3F,
    0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x39, 0x45, 0x31, 0x35, 0x37, 0x39,
    0x45, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x3F,
    0x40, 0x41, 0x43, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x39, 0x45, 0x3F, 0x45, 0x49, 0x57,
    0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x59, 0x59, 0x5B, 0x5B, 0x5D, 0x5D, 0x5F, 0x5F,
    0x61, 0x61, 0x63, 0x63, 0x65, 0x65, 0x67, 0x67, 0x69, 0x69, 0x6B, 0x6B, 0x6D, 0x6D, 0x6F, 0x6F,
    0x70, 0x71, 0x72, 0x73, 0x38, 0x75, 0x76, 0x78, 0x78, 0x72, 0x7B, 0x7B, 0x7C, 0x00, 0x00, 0x00,
  ]

  /// Calls with each scalar of UTF-8 text, where it begins and where the next one does.
  static func forEachScalar(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Unicode.Scalar, _ place: Int, _ next: Int) -> Void) {
    var place = 0
    while place < bytes.count {
      let (scalar, width) = bytes[place] < 0x80 ? (Unicode.Scalar(bytes[place]), 1) : decode(bytes, at: place)
      body(scalar, place, place + width)
      place += width
    }
  }

  private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (Unicode.Scalar, Int) {
    let first = bytes[index]
    func continuation(_ offset: Int) -> UInt32? {
      guard index + offset < bytes.count, bytes[index + offset] & 0xC0 == 0x80 else { return nil }
      return UInt32(bytes[index + offset] & 0x3F)
    }
    if first & 0xE0 == 0xC0, let a = continuation(1), let scalar = Unicode.Scalar(UInt32(first & 0x1F) << 6 | a) {
      return (scalar, 2)
    }
    if first & 0xF0 == 0xE0, let a = continuation(1), let b = continuation(2),
      let scalar = Unicode.Scalar(UInt32(first & 0x0F) << 12 | a << 6 | b)
    {
      return (scalar, 3)
    }
    if first & 0xF8 == 0xF0, let a = continuation(1), let b = continuation(2), let c = continuation(3),
      let scalar = Unicode.Scalar(UInt32(first & 0x07) << 18 | a << 12 | b << 6 | c)
    {
      return (scalar, 4)
    }
    return ("\u{00AD}", 1)
  }

  /// One scalar folded, or nil for one that folding leaves out (combining marks, soft hyphen, joiners).
  public static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    let value = scalar.value
    switch value {
    case 0x41...0x5A: return Unicode.Scalar(value | 0x20)
    case 0..<0x80: return scalar
    case 0xA0, 0x2007, 0x2009, 0x202F, 0x2010...0x2015, 0x2212: return nil
    case 0x300...0x36F, 0xAD, 0x200B...0x200F, 0x2060, 0xFEFF: return nil
    case 0xB5: return "μ"
    case 0x386, 0x3AC: return "α"
    case 0x388, 0x3AD: return "ε"
    case 0x389, 0x3AE: return "η"
    case 0x38A, 0x3AF, 0x3AA, 0x3CA, 0x390: return "ι"
    case 0x38C, 0x3CC: return "ο"
    case 0x38E, 0x3CD, 0x3AB, 0x3CB, 0x3B0: return "υ"
    case 0x38F, 0x3CE: return "ω"
    case 0x3C2: return "σ"
    case 0x391...0x3A9: return Unicode.Scalar(value + 0x20)
    case 0x3B1...0x3C9: return scalar
    case 0x1F00...0x1FFF: return polytonic[Int(value) - 0x1F00]
    case 0xC0...0xC5, 0xE0...0xE5: return "a"
    case 0xC7, 0xE7: return "c"
    case 0xC8...0xCB, 0xE8...0xEB: return "e"
    case 0xCC...0xCF, 0xEC...0xEF: return "i"
    case 0xD1, 0xF1: return "n"
    case 0xD2...0xD6, 0xF2...0xF6: return "o"
    case 0xD9...0xDC, 0xF9...0xFC: return "u"
    case 0xDD, 0xFD, 0xFF: return "y"
    default: return scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
    }
  }

  /// Greek Extended (U+1F00 to U+1FFF), each scalar's plain letter.
  private static let polytonic: [Unicode.Scalar?] = (0x1F00...0x1FFF).map { value -> Unicode.Scalar? in
    switch value {
    case 0x1F00...0x1F0F, 0x1F70, 0x1F71, 0x1F80...0x1F8F, 0x1FB0...0x1FBC: return "α"
    case 0x1F10...0x1F1F, 0x1F72, 0x1F73, 0x1FC8, 0x1FC9: return "ε"
    case 0x1F20...0x1F2F, 0x1F74, 0x1F75, 0x1F90...0x1F9F, 0x1FC2...0x1FC7, 0x1FCA...0x1FCC: return "η"
    case 0x1F30...0x1F3F, 0x1F76, 0x1F77, 0x1FD0...0x1FDB: return "ι"
    case 0x1F40...0x1F4F, 0x1F78, 0x1F79, 0x1FF8, 0x1FF9: return "ο"
    case 0x1F50...0x1F5F, 0x1F7A, 0x1F7B, 0x1FE0...0x1FE3, 0x1FE6...0x1FEB: return "υ"
    case 0x1F60...0x1F6F, 0x1F7C, 0x1F7D, 0x1FA0...0x1FAF, 0x1FF2...0x1FF7, 0x1FFA...0x1FFC: return "ω"
    case 0x1FE4, 0x1FE5, 0x1FEC: return "ρ"
    default: return nil
    }
  }

  /// How many single-letter changes (insert, delete, replace, swap of neighbours) lead from one text to the other;
  /// more than `limit` is answered as `limit + 1`.
  public static func distance(_ first: String, _ second: String, limit: Int) -> Int {
    if abs(scalars(first) - scalars(second)) > limit { return limit + 1 }
    let a = Array(first.unicodeScalars)
    let b = Array(second.unicodeScalars)
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var before: [Int] = []
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      row.reserveCapacity(b.count + 1)
      var smallest = i
      for j in 1...b.count {
        var cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, before[j - 2] + 1) }
        row.append(cost)
        smallest = min(smallest, cost)
      }
      if smallest > limit { return limit + 1 }
      before = previous
      previous = row
    }
    return previous[b.count]
  }

  /// How many scalars a text has: the bytes of its UTF-8 that begin one.
  private static func scalars(_ text: String) -> Int { text.utf8.count { $0 & 0xC0 != 0x80 } }
}

extension StringProtocol {
  /// Whether it has a Greek letter.
  public var hasGreek: Bool { unicodeScalars.contains(where: \.isGreek) }
}

extension Unicode.Scalar {
  /// Whether it is a Greek letter.
  public var isGreek: Bool { (0x370...0x3FF).contains(value) || (0x1F00...0x1FFF).contains(value) }
}
