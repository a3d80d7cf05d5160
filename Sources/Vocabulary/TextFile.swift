import CTexts

/// A data file: its name (a path inside the data folder, `chapters/01-surgery.md`) and its bytes.
public struct TextFile: Sendable {
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// The files embedded in the program, in the order of their names, whose names start with a prefix.
  public static func embedded(prefix: String = "") -> [TextFile] {
    var files: [TextFile] = []
    for place in 0..<islet_text_count() {
      guard let text = islet_text_at(place)?.pointee, let name = text.name else { continue }
      let path = String(cString: name)
      guard path.hasPrefix(prefix) else { continue }
      files.append(TextFile(name: path, bytes: Array(UnsafeBufferPointer(start: text.bytes, count: text.count))))
    }
    return files
  }

  /// Calls with each line: its number from 1 and its bytes without the line end.
  public func forEachLine<E: Error>(_ body: (Int, ArraySlice<UInt8>) throws(E) -> Void) throws(E) {
    var start = 0
    var number = 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let last = end > start && bytes[end - 1] == 0x0D ? end - 1 : end
      try body(number, bytes[start..<last])
      start = end + 1
      number += 1
    }
  }

  /// The text of a line or part, without spaces at either end.
  public static func trimmed(_ slice: ArraySlice<UInt8>) -> String {
    var low = slice.startIndex
    var high = slice.endIndex
    while low < high, slice[low] == 0x20 || slice[low] == 0x09 { low += 1 }
    while high > low, slice[high - 1] == 0x20 || slice[high - 1] == 0x09 { high -= 1 }
    return String(decoding: slice[low..<high], as: UTF8.self)
  }
}
