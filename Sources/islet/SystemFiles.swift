import Sessions
import Synchronization
import Terminal
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files and the clock of the machine.
struct SystemFiles: Outside {
  let console: Console

  func read(_ file: String) throws(Diagnostic) -> [UInt8] {
    try console.read(Self.expanded(file), limit: ScriptBounds.bytes)
  }

  /// Writes a file. A whole file goes to a temporary name beside it and is renamed; no symbolic link is followed, and
  /// what isn't a plain file is never replaced.
  func write(_ text: String, to file: String, _ way: Writing) throws(Diagnostic) {
    let path = Self.expanded(file)
    let bytes = Array(text.utf8)
    switch way {
    case .new:
      let handle = Self.open(path, O_WRONLY | O_CREAT | O_EXCL)
      guard handle >= 0 else { throw errno == EEXIST ? .fileExists(file) : .fileNotWritten(file, FileCause(errno: errno)) }
      do throws(Diagnostic) {
        try Self.put(bytes, handle, file)
      } catch {
        unlink(path)
        throw error
      }
    case .atEnd:
      let handle = Self.open(path, O_WRONLY | O_APPEND)
      guard handle >= 0 else { throw .fileNotWritten(file, FileCause(errno: errno)) }
      var status = stat()
      if let cause = fstat(handle, &status) == 0 ? FileCause(mode: status.st_mode) : FileCause(errno: errno) {
        close(handle)
        throw .fileNotWritten(file, cause)
      }
      do throws(Diagnostic) {
        try Self.put(bytes, handle, file)
      } catch {
        // Half a line would be read as another.
        truncate(path, status.st_size)
        throw error
      }
    case .whole:
      let whole = try WholeFile(file, path: path)
      try whole.write(bytes)
      try whole.finish()
    }
  }

  func journal() throws(Diagnostic) -> [UInt8]? {
    guard let left = Journal.cutShort(Console.privateFiles) else { return nil }
    if let fault = left.fault { throw fault }
    return left.bytes
  }

  func seconds() -> Double { islet.seconds(on: CLOCK_PROCESS_CPUTIME_ID) }

  func time() -> Int { wallClock() }

  /// The `.islet` files of the folder that `--cases` names.
  func cases() throws(Diagnostic) -> [(name: String, bytes: [UInt8])] {
    guard let folder = console.options.cases else { return [] }
    var found: [(name: String, bytes: [UInt8])] = []
    for file in try console.files(in: folder, ending: ".islet") {
      found.append((file, try PlainFile.read(file, within: folder, limit: ScriptBounds.bytes)))
    }
    return found
  }

  func attempts() throws(Diagnostic) -> [UInt8] { try Console.privateFiles.read(.attempts) ?? [] }

  func add(attempts lines: [String]) throws(Diagnostic) {
    try Console.privateFiles.append(Array(lines.map { $0 + "\n" }.joined().utf8), to: .attempts)
  }

  /// The paths that begin with a text, in the order of their names; those of folders end in a slash. Hidden files are listed
  /// where their dot is typed.
  static func paths(beginning typed: String) -> [String] {
    let slash = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let folder = String(typed[..<slash])
    let name = typed[slash...]
    let names = ((try? Folder.names(in: folder.isEmpty ? "." : expanded(folder))) ?? []).filter { own in
      own.hasPrefix(name) && own != "." && own != ".." && (!own.hasPrefix(".") || name.hasPrefix("."))
    }
    return names.map { folder + $0 + (Folder.exists(at: expanded(folder + $0)) ? "/" : "") }.sorted()
  }

  /// `~/` at the start is the home folder.
  static func expanded(_ file: String) -> String {
    guard file.hasPrefix("~/"), let home = Console.environment("HOME") else { return file }
    return home + file.dropFirst()
  }

  fileprivate static func open(_ path: String, _ flags: Int32) -> Int32 {
    systemOpen(path, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o644)
  }

  /// Writes bytes and closes the file.
  private static func put(_ bytes: [UInt8], _ handle: Int32, _ file: String) throws(Diagnostic) {
    var code = append(bytes, handle)
    // Some file systems tell of a full disk only here.
    if close(handle) != 0, code == 0 { code = errno }
    if code != 0 { throw .fileNotWritten(file, FileCause(errno: code)) }
  }

  /// Writes bytes; 0, or what went wrong.
  fileprivate static func append(_ bytes: [UInt8], _ handle: Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      var start = 0
      while start < buffer.count {
        let written = systemWrite(handle, buffer.baseAddress.map { $0 + start }, buffer.count - start)
        if written < 0, errno == EINTR { continue }
        if written <= 0 { return written < 0 ? errno : ENOSPC }
        start += written
      }
      return 0
    }
  }
}

/// A file that is written as a whole: under a temporary name beside its own until it is finished, so that what isn't whole never has that.
/// No symbolic link is followed, and what isn't a plain file is never replaced.
final class WholeFile: Sendable {
  private let file: String
  private let path: String
  private let temporary: String
  private let handle: Int32
  private let unfinished: UnfinishedFile
  /// What went wrong first; -1 once it is closed.
  private let state = Mutex<Int32>(0)

  init(_ file: String, path: String? = nil) throws(Diagnostic) {
    let path = path ?? SystemFiles.expanded(file)
    var status = stat()
    let isThere = lstat(path, &status) == 0
    if isThere, let cause = FileCause(mode: status.st_mode) { throw .fileNotWritten(file, cause) }
    self.file = file
    self.path = path
    temporary = "\(path).\(getpid()).tmp"
    unfinished = UnfinishedFile(temporary)
    handle = SystemFiles.open(temporary, O_WRONLY | O_CREAT | O_EXCL)
    guard handle >= 0 else {
      let code = errno
      unfinished.end()
      throw .fileNotWritten(file, FileCause(errno: code))
    }
    // Who may read and write the file stays as it was.
    if isThere { fchmod(handle, status.st_mode & 0o7777) }
  }

  deinit { leave() }

  /// Adds bytes, unless something went wrong before.
  func add(_ bytes: [UInt8]) { state.withLock { if $0 == 0 { $0 = SystemFiles.append(bytes, handle) } } }

  func write(_ bytes: [UInt8]) throws(Diagnostic) {
    add(bytes)
    let code = state.withLock { $0 }
    if code > 0 { throw .fileNotWritten(file, FileCause(errno: code)) }
  }

  /// Gives the file its name.
  func finish() throws(Diagnostic) {
    var code = state.withLock { state in
      defer { state = -1 }
      return state
    }
    if code < 0 { return }
    if code == 0, fsync(handle) != 0 { code = errno }
    // Some file systems tell of a full disk only here.
    if close(handle) != 0, code == 0 { code = errno }
    if code == 0, rename(temporary, path) != 0 { code = errno }
    if code != 0 { unlink(temporary) }
    unfinished.end()
    if code != 0 {
      throw .fileNotWritten(file, FileCause(errno: code))
    }
  }

  /// Leaves it unfinished, with nothing of it left.
  func leave() {
    let wasOpen = state.withLock { state in
      defer { state = -1 }
      return state >= 0
    }
    if wasOpen {
      close(handle)
      unlink(temporary)
      unfinished.end()
    }
  }
}
