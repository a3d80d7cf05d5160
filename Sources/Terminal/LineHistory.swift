import Wording

/// The lines typed before, as the history file holds them: a line each, oldest first, a line end within one written `\n`
/// and a backslash `\\`.
public enum LineHistory {
  /// Lines that are kept.
  public static let limit = 2_000

  /// A line as the file holds it, its end included.
  public static func encoded(_ line: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for byte in line.utf8 {
      switch byte {
      case 0x0A: bytes += [0x5C, 0x6E]
      case 0x5C: bytes += [0x5C, 0x5C]
      default: bytes.append(byte)
      }
    }
    return bytes + [0x0A]
  }

  /// The last lines of a file.
  public static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0x0A).suffix(limit).map { slice in
      var line: [UInt8] = []
      var escaped = false
      for byte in slice {
        if escaped {
          line.append(byte == 0x6E ? 0x0A : byte)
          escaped = false
        } else if byte == 0x5C {
          escaped = true
        } else {
          line.append(byte)
        }
      }
      return String(decoding: line, as: UTF8.self)
    }
  }

  /// The last lines of the history file. A file that has grown to several times their number is cut to them.
  public static func load(_ files: PrivateFiles) throws(Diagnostic) -> [String] {
    guard let bytes = try files.read(.history) else { return [] }
    let lines = lines(bytes)
    if bytes.count > 400_000, bytes.lazy.filter({ $0 == 0x0A }).count > limit * 2 {
      // Other shells may have added lines meanwhile, so it is cut as it is now. What can't be cut stays.
      try? files.rewrite(.history) { now in Self.lines(now).flatMap(encoded) }
    }
    return lines
  }

  /// Adds a line to the history file.
  public static func add(_ line: String, to files: PrivateFiles) throws(Diagnostic) {
    try files.append(encoded(line), to: .history)
  }

  /// Whether a line is kept: not an empty one, and not one that starts with a space.
  public static func keeps(_ line: String) -> Bool { !line.isEmpty && line.first != " " && line.utf8.count <= 40_000 }
}
