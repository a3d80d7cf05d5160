import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a folder of the machine holds.
public enum Folder {
  /// The names of all that lies in a folder, hidden files, `.` and `..` included, in no order.
  public static func names(in path: String) throws(Diagnostic) -> [String] {
    guard let handle = opendir(path) else {
      let code = errno
      var status = stat()
      // What lies there is said, where it is no folder.
      let cause = code == ENOTDIR && stat(path, &status) == 0 ? FileCause(mode: status.st_mode) ?? .file : FileCause(errno: code)
      throw Diagnostic(
        "folder.unreadable",
        Words("The folder “\(path)” can't be read: \(cause.words.english).", "Ο φάκελος «\(path)» δεν διαβάζεται: \(cause.words.greek)."),
        help: cause.helpForFolders.map { [$0] } ?? [])
    }
    defer { closedir(handle) }
    var found: [String] = []
    while let entry = readdir(handle) {
      found.append(withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } })
    }
    return found
  }

  /// Whether a folder, or a link to one, lies at a path.
  public static func exists(at path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
