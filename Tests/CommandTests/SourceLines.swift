#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The lines of the program's sources: where its messages stand.
enum SourceLines {
  struct Line {
    let file: String
    let text: String
  }

  enum Unreadable: Error { case folder(String) }

  static func all() throws -> [Line] {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Sources"
    return try files(in: root).filter { $0.hasSuffix(".swift") }.flatMap { path in
      let name = String(path.split(separator: "/").last ?? "")
      return try read(path).split(separator: "\n").map { Line(file: name, text: String($0)) }
    }
  }

  /// Whether a line speaks of a patient by name or as this one.
  static func namesPatient(_ line: String) -> Bool {
    let folded = line.lowercased()
    return [
      "patient.name", "patient?.name", "patients[", "after.name", "this patient", "the patient's", "αυτός ο ασθενής", "αυτού του ασθενούς", "του ασθενούς",
    ]
    .contains { folded.contains($0) }
  }

  private static func files(in folder: String) throws -> [String] {
    guard let directory = opendir(folder) else { throw Unreadable.folder(folder) }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard !name.hasPrefix(".") else { continue }
      let path = folder + "/" + name
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      found += status.st_mode & S_IFMT == S_IFDIR ? try files(in: path) : [path]
    }
    return found.sorted()
  }

  private static func read(_ path: String) throws -> String {
    guard let file = fopen(path, "r") else { throw Unreadable.folder(path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
