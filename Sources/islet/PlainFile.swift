import Sessions
import Synchronization
import Terminal
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads files that a user names, and files of folders. Only plain files are read: anything else is an error that says what it is.
enum PlainFile {
  /// A file's bytes, up to a limit. Of a file in a folder that may be a stranger's a link out of the folder isn't followed.
  static func read(_ path: String, within folder: String? = nil, limit: Int) throws(Diagnostic) -> [UInt8] {
    let handle = try open(path, within: folder)
    defer { close(handle) }
    let stream = InputStream(handle, name: path)
    var bytes: [UInt8] = []
    while let chunk = try stream.chunk() {
      bytes += chunk
      if bytes.count > limit { throw .fileTooLong(path, limit) }
    }
    return bytes
  }

  /// Opens a plain file for reading; whoever asked closes it.
  static func open(_ path: String, within folder: String? = nil) throws(Diagnostic) -> Int32 {
    if let folder, leads(path, outOf: folder) { throw .fileUnreadable(path, .leadsOut) }
    // A pipe would wait for a writer.
    let handle = systemOpen(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard handle >= 0 else { throw .fileUnreadable(path, FileCause(errno: errno)) }
    var status = stat()
    let cause = fstat(handle, &status) == 0 ? FileCause(mode: status.st_mode) : FileCause(errno: errno)
    if let cause {
      close(handle)
      throw .fileUnreadable(path, cause)
    }
    return handle
  }

  private static func leads(_ path: String, outOf folder: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return false }
    guard let target = real(path), let root = real(folder) else { return true }
    return !target.hasPrefix(root == "/" ? root : root + "/")
  }

  /// Whether a folder lies at a path; a link to one is none.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Throws where what is to be written is one of the files that are read, by whatever path.
  static func refuseWriting(_ output: String?, over inputs: [String?]) throws(Diagnostic) {
    var written = stat()
    guard let output, stat(SystemFiles.expanded(output), &written) == 0 else { return }
    for input in inputs {
      var read = stat()
      guard let input, stat(SystemFiles.expanded(input), &read) == 0 else { continue }
      if read.st_dev == written.st_dev, read.st_ino == written.st_ino { throw .fileNotWritten(output, .isRead) }
    }
  }

  /// A path without links; nil where it leads nowhere.
  static func real(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }
}

/// A stream that is read to its end: standard input, or a file.
final class InputStream: Sendable {
  private let handle: Int32
  private let name: String?
  private let failure = Mutex<Int32?>(nil)

  /// A name is a file's; none is standard input's.
  init(_ handle: Int32 = 0, name: String? = nil) {
    self.handle = handle
    self.name = name
  }

  /// Fills a buffer with the next bytes, as they come; 0 at the end and after a failure, which `finish` tells.
  func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    var count = 0
    repeat { count = systemRead(handle, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
    if count < 0 {
      let code = errno
      failure.withLock { $0 = code }
    }
    return max(0, count)
  }

  /// Throws when the end wasn't the stream's own.
  func finish() throws(Diagnostic) {
    guard let code = failure.withLock({ $0 }) else { return }
    let cause = FileCause(errno: code)
    if let name { throw .fileUnreadable(name, cause) }
    throw Diagnostic(
      "input.unreadable",
      Words("Standard input can't be read: \(cause.words.english).", "Η τυπική είσοδος δεν διαβάζεται: \(cause.words.greek)."))
  }

  /// The next bytes; nil at the end.
  func chunk(size: Int = 65_536) throws(Diagnostic) -> [UInt8]? {
    let chunk = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in count = fill(UnsafeMutableRawBufferPointer(buffer)) }
    if chunk.isEmpty { try finish() }
    return chunk.isEmpty ? nil : chunk
  }

  /// The next line, without its end; nil when there is none. Bytes are read one at a time, so that none is taken from what follows.
  func line() throws(Diagnostic) -> [UInt8]? {
    var line: [UInt8] = []
    while let byte = try chunk(size: 1)?.first {
      if byte == 0x0A { return line }
      line.append(byte)
    }
    return line.isEmpty ? nil : line
  }
}
