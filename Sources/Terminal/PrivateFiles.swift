import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that islet keeps for its user between sessions. Nobody else may read it.
public enum PrivateFile: String, Sendable, CaseIterable {
  /// The lines typed at the prompt.
  case history
  /// What changed in a session that was cut short; each shell has its own, `journal-…`.
  case journal
  /// A learner's attempts at cases.
  case attempts
  /// The last language chosen at the prompt.
  case language

  public var name: Words {
    switch self {
    case .history: Words("lines typed at the prompt", "γραμμές που πληκτρολογήθηκαν")
    case .journal: Words("journal of a session", "ημερολόγιο συνεδρίας")
    case .attempts: Words("attempts at cases", "προσπάθειες σε περιστατικά")
    case .language: Words("language chosen last", "τελευταία επιλογή γλώσσας")
    }
  }
}

/// The private files of a user: mode 0600, in folders of mode 0700 named by the XDG base directories. History, journal and
/// language are state (`$XDG_STATE_HOME/islet`, else `~/.local/state/islet`), attempts are data (`$XDG_DATA_HOME/islet`,
/// else `~/.local/share/islet`). No symbolic link is followed to a file.
public struct PrivateFiles: Sendable {
  /// A private file as it lies on the disk.
  public struct Found: Sendable, Hashable {
    public let file: PrivateFile
    public let path: String
    /// Bytes.
    public let size: Int

    /// Whether it is a journal that was restored but for lines that no longer read.
    public var isKept: Bool { path.split(separator: "/").last?.hasPrefix("journal-kept-") ?? false }
  }

  private let stateFolder: String?
  private let dataFolder: String?

  /// The folders that an environment names. Relative paths in it are ignored, as XDG asks; without a home folder no file
  /// is kept.
  public init(environment: (String) -> String?) {
    func folder(_ variable: String, _ inHome: String) -> String? {
      if let named = environment(variable), named.hasPrefix("/") { return named + "/islet" }
      guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
      return home + "/" + inHome + "/islet"
    }
    stateFolder = folder("XDG_STATE_HOME", ".local/state")
    dataFolder = folder("XDG_DATA_HOME", ".local/share")
  }

  private func folder(of file: PrivateFile) -> String? { file == .attempts ? dataFolder : stateFolder }

  /// Where a file lies, or would; nil without a home folder. A suffix (letters, digits, hyphens) tells several files of a
  /// kind apart: `journal-4711`.
  public func path(of file: PrivateFile, suffix: String = "") -> String? {
    folder(of: file).map { $0 + "/" + file.rawValue + (suffix.isEmpty ? "" : "-" + suffix) }
  }

  /// Whether islet has kept nothing here yet, and the user has set nothing: a first start.
  public static func isFirstStart(_ environment: (String) -> String?) -> Bool {
    let files = PrivateFiles(environment: environment)
    return [files.stateFolder, files.dataFolder, UserSettings.folder(environment)].allSatisfy { folder in
      folder.map { access($0, F_OK) != 0 } ?? true
    }
  }

  // MARK: Reading and writing

  /// A file's bytes; nil when it isn't there. What isn't a plain file, is too long or can't be read is an error.
  public func read(_ file: PrivateFile, suffix: String = "", limit: Int = 16_000_000) throws(Diagnostic) -> [UInt8]? {
    guard let path = path(of: file, suffix: suffix) else { return nil }
    let handle = Self.open(path, O_RDONLY)
    guard handle >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .notRead(path, FileCause(errno: errno))
    }
    defer { close(handle) }
    return try Self.bytes(of: handle, limit: limit, path)
  }

  /// Puts bytes in the place of what a file holds.
  public func write(_ bytes: [UInt8], to file: PrivateFile, suffix: String = "") throws(Diagnostic) {
    let handle = try open(file, suffix: suffix)
    defer { close(handle) }
    guard flock(handle, LOCK_EX) == 0, ftruncate(handle, 0) == 0, Self.write(bytes, to: handle) else { throw notKept(file, suffix, errno) }
  }

  /// Adds bytes at a file's end, whole even when several shells write.
  public func append(_ bytes: [UInt8], to file: PrivateFile, suffix: String = "") throws(Diagnostic) {
    let handle = try open(file, suffix: suffix)
    defer { close(handle) }
    guard flock(handle, LOCK_EX) == 0 else { throw notKept(file, suffix, errno) }
    let end = lseek(handle, 0, SEEK_END)
    guard Self.write(bytes, to: handle) else {
      let code = errno
      // Half a line would spoil the next.
      ftruncate(handle, end)
      throw notKept(file, suffix, code)
    }
  }

  /// Replaces what a file holds by what a function makes of it, while no other shell writes.
  public func rewrite(_ file: PrivateFile, suffix: String = "", _ change: ([UInt8]) -> [UInt8]) throws(Diagnostic) {
    let handle = try open(file, suffix: suffix)
    defer { close(handle) }
    guard flock(handle, LOCK_EX) == 0 else { throw notKept(file, suffix, errno) }
    let old = try Self.bytes(of: handle, limit: 64_000_000, path(of: file, suffix: suffix) ?? file.rawValue)
    guard ftruncate(handle, 0) == 0, Self.write(change(old), to: handle) else { throw notKept(file, suffix, errno) }
  }

  /// Opens a file for reading and for adding at its end; makes it, with its folders, when it isn't there. The caller
  /// closes the handle, and may lock it with `flock`.
  public func open(_ file: PrivateFile, suffix: String = "") throws(Diagnostic) -> Int32 {
    guard let folder = folder(of: file), let path = path(of: file, suffix: suffix) else { throw .notKept(file.rawValue, .homeless) }
    Self.makeFolder(folder)
    let handle = Self.open(path, O_RDWR | O_APPEND | O_CREAT)
    guard handle >= 0 else { throw .notKept(path, FileCause(errno: errno)) }
    var status = stat()
    if fstat(handle, &status) == 0, status.st_mode & 0o777 != 0o600 { fchmod(handle, 0o600) }
    return handle
  }

  /// Puts a journal aside, so that nobody restores it again and its lines stay to be read.
  public func keep(_ found: Found) throws(Diagnostic) {
    guard let slash = found.path.lastIndex(of: "/"), !found.isKept else { return }
    let name = found.path[found.path.index(after: slash)...].dropFirst("journal-".count)
    guard rename(found.path, found.path[...slash] + "journal-kept-" + name) == 0 else { throw .notKept(found.path, FileCause(errno: errno)) }
  }

  private func notKept(_ file: PrivateFile, _ suffix: String, _ code: Int32) -> Diagnostic {
    .notKept(path(of: file, suffix: suffix) ?? file.rawValue, FileCause(errno: code))
  }

  // MARK: Listing and deleting

  /// The private files on the disk, by kind and then by path.
  public func list() throws(Diagnostic) -> [Found] {
    var all: [Found] = []
    for file in PrivateFile.allCases {
      guard let folder = folder(of: file), Folder.exists(at: folder) else { continue }
      let names = try Folder.names(in: folder)
      var found: [Found] = []
      for name in names where name == file.rawValue || name.hasPrefix(file.rawValue + "-") {
        let path = folder + "/" + name
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
        found.append(Found(file: file, path: path, size: Int(status.st_size)))
      }
      all += found.sorted { $0.path < $1.path }
    }
    return all
  }

  /// Deletes a file that `list` named.
  public func delete(_ found: Found) throws(Diagnostic) {
    guard unlink(found.path) == 0 || errno == ENOENT else { throw .notDeleted(found.path, FileCause(errno: errno)) }
  }

  // MARK: The system

  private static func open(_ path: String, _ flags: Int32) -> Int32 {
    #if canImport(Glibc)
      return Glibc.open(path, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
    #else
      return Darwin.open(path, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
    #endif
  }

  /// Makes a folder and those above it.
  public static func makeFolder(_ path: String) {
    guard mkdir(path, 0o700) != 0, errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
    makeFolder(String(path[..<slash]))
    mkdir(path, 0o700)
  }

  static func bytes(of handle: Int32, limit: Int, _ path: String) throws(Diagnostic) -> [UInt8] {
    var status = stat()
    if let cause = fstat(handle, &status) == 0 ? FileCause(mode: status.st_mode) : FileCause(errno: errno) { throw .notRead(path, cause) }
    let size = Int(status.st_size)
    guard size <= limit else { throw .notRead(path, FileCause(errno: EFBIG)) }
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = pread(handle, buffer.baseAddress.map { $0 + count }, size - count, off_t(count))
        if got < 0, errno == EINTR { continue }
        if got < 0 { code = errno }
        if got <= 0 { break }
        count += got
      }
    }
    if code != 0 { throw .notRead(path, FileCause(errno: code)) }
    return bytes
  }

  private static func write(_ bytes: [UInt8], to handle: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var start = 0
      while start < buffer.count {
        #if canImport(Glibc)
          let written = Glibc.write(handle, buffer.baseAddress.map { $0 + start }, buffer.count - start)
        #else
          let written = Darwin.write(handle, buffer.baseAddress.map { $0 + start }, buffer.count - start)
        #endif
        if written < 0, errno == EINTR { continue }
        if written <= 0 { return false }
        start += written
      }
      return true
    }
  }
}

extension Diagnostic {
  static func notKept(_ path: String, _ cause: FileCause) -> Diagnostic {
    Diagnostic(
      "data.not-kept", Words("“\(path)” can't be written: \(cause.words.english).", "Το «\(path)» δεν μπορεί να γραφτεί: \(cause.words.greek)."),
      help: cause.help.map { [$0] } ?? [])
  }

  static func notRead(_ path: String, _ cause: FileCause) -> Diagnostic {
    Diagnostic(
      "data.unreadable", Words("“\(path)” can't be read: \(cause.words.english).", "Το «\(path)» δεν διαβάζεται: \(cause.words.greek)."),
      help: cause.help.map { [$0] } ?? [])
  }

  static func notDeleted(_ path: String, _ cause: FileCause) -> Diagnostic {
    Diagnostic(
      "data.not-deleted", Words("“\(path)” can't be deleted: \(cause.words.english).", "Το «\(path)» δεν μπορεί να διαγραφεί: \(cause.words.greek)."),
      help: cause.help.map { [$0] } ?? [])
  }
}
