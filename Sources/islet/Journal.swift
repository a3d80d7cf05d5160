import Sessions
import Terminal
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The journal of an interactive shell: the changes and settings that it accepted, a script, each line on the disk before
/// its answer is printed. Its shell locks it; when the shell is killed the lock goes and the file stays.
struct Journal {
  /// What a shell that was killed left behind.
  struct CutShort {
    let found: PrivateFiles.Found
    let bytes: [UInt8]
    /// The changes and settings it holds.
    let count: Int
  }

  private let files: PrivateFiles
  private let suffix: String
  private var handle: Int32 = -1
  /// Whether it can't be written, and that was said.
  private var isBroken = false

  init(_ files: PrivateFiles) {
    self.files = files
    suffix = "\(time(nil))-\(getpid())"
  }

  /// Adds lines and waits until they are on the disk. The file is made, and locked, when the first line comes.
  mutating func add(_ lines: [String], _ world: World, _ language: Language) throws(Diagnostic) {
    guard !lines.isEmpty, !isBroken else { return }
    do throws(Diagnostic) {
      var text = lines.map { $0 + "\n" }.joined()
      if handle < 0 {
        handle = try files.open(.journal, suffix: suffix)
        guard flock(handle, LOCK_EX | LOCK_NB) == 0 else { throw unwritten(errno) }
        text = Script.text(.journal, fields: world.fields(language), lines: []) + text
      }
      let bytes = Array(text.utf8)
      let written = bytes.withUnsafeBytes { systemWrite(handle, $0.baseAddress, $0.count) }
      guard written == bytes.count else { throw unwritten(written < 0 ? errno : ENOSPC) }
      guard fsync(handle) == 0 else { throw unwritten(errno) }
    } catch {
      isBroken = true
      throw error
    }
  }

  private func unwritten(_ code: Int32) -> Diagnostic {
    .fileNotWritten(files.path(of: .journal, suffix: suffix) ?? "journal", FileCause(errno: code))
  }

  /// Drops the journal: the shell ends as it should.
  mutating func end() {
    guard handle >= 0 else { return }
    if let path = files.path(of: .journal, suffix: suffix) { unlink(path) }
    close(handle)
    handle = -1
  }

  /// The newest journal whose shell no longer runs, if there is one. Those that hold nothing are dropped.
  static func cutShort(_ files: PrivateFiles) -> CutShort? {
    var newest: CutShort?
    for found in (try? files.list()) ?? [] where found.file == .journal && found.size > 0 {
      guard let name = found.path.split(separator: "/").last, name.hasPrefix("journal-") else { continue }
      let suffix = String(name.dropFirst("journal-".count))
      guard isFree(found.path), let bytes = try? files.read(.journal, suffix: suffix),
        let count = try? Script(bytes, file: found.path, isOwn: true).commands(file: found.path).count
      else { continue }
      if count == 0 {
        try? files.delete(found)
      } else if found.path > newest?.found.path ?? "" {
        newest = CutShort(found: found, bytes: bytes, count: count)
      }
    }
    return newest
  }

  /// Whether no running shell holds a journal's lock.
  private static func isFree(_ path: String) -> Bool {
    let handle = systemOpen(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard handle >= 0 else { return false }
    defer { close(handle) }
    return flock(handle, LOCK_EX | LOCK_NB) == 0
  }
}

extension Console {
  /// One line on the session that was cut short, when there is one.
  var cutShortNotice: Words? {
    Journal.cutShort(Self.privateFiles).map { found in
      Words(
        "A session was cut short (changes and settings: \(found.count)). restore brings it back.",
        "Μια συνεδρία διακόπηκε (αλλαγές και ρυθμίσεις: \(found.count)). Η εντολή επαναφορά τη φέρνει πίσω.")
    }
  }
}
