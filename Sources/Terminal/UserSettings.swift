import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The file that a user writes: `$XDG_CONFIG_HOME/islet/config`, else `~/.config/islet/config`.
public enum UserSettings {
  /// The folder; nil without a home folder.
  static func folder(_ environment: (String) -> String?) -> String? {
    if let named = environment("XDG_CONFIG_HOME"), named.hasPrefix("/") { return named + "/islet" }
    guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.config/islet"
  }

  public static func path(_ environment: (String) -> String?) -> String? { folder(environment).map { $0 + "/config" } }

  /// The file's bytes; nil when it isn't there. What isn't a plain file, is too long or can't be read is an error.
  public static func read(_ path: String, limit: Int) throws(Diagnostic) -> [UInt8]? {
    let handle = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard handle >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .notRead(path, FileCause(errno: errno))
    }
    defer { close(handle) }
    return try PrivateFiles.bytes(of: handle, limit: limit, path)
  }
}
