import Cohorts
import Guideline
import Synchronization
import Terminal
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads the embedded guideline on a second thread while the first reads the arguments or shows the prompt, so that the
/// first answer comes sooner.
final class Preload: Sendable {
  private enum Progress: Sendable {
    case idle, running
    case done(Result<Guideline, Diagnostic>)
  }

  private let progress = Mutex(Progress.idle)
  private let thread = Mutex<pthread_t?>(nil)

  /// Whether arguments ask for something that needs the guideline.
  static func isWorthwhile(_ arguments: [String]) -> Bool {
    !arguments.dropFirst().contains { argument in
      argument.hasPrefix("--guideline") || argument.hasPrefix("--generate") || argument.hasPrefix("--experimental")
        || ["--version", "--help", "-h", "help", "data", "jupyter"].contains(argument)
    }
  }

  /// Starts reading.
  func start() {
    Heap.grows(by: 1 << 21)
    progress.withLock { $0 = .running }
    // Signals are the first thread's: it is the one that waits for keys.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let started = Concurrently.begin { self.prepare() }
    if started == nil { progress.withLock { $0 = .idle } }
    thread.withLock { $0 = started }
  }

  private func prepare() {
    let result: Result<Guideline, Diagnostic>
    do throws(Diagnostic) {
      result = .success(try .embedded())
    } catch {
      result = .failure(error)
    }
    progress.withLock { $0 = .done(result) }
  }

  /// The embedded guideline, kept as long as the program runs: at its end nothing is taken apart.
  func guideline() throws(Diagnostic) -> Guideline {
    let guideline = try read()
    _ = Unmanaged.passRetained(guideline)
    return guideline
  }

  /// What the second thread read, or read now when it was not started.
  private func read() throws(Diagnostic) -> Guideline {
    let handle = thread.withLock { handle in
      defer { handle = nil }
      return handle
    }
    if let handle { pthread_join(handle, nil) }
    let done = progress.withLock { state -> Result<Guideline, Diagnostic>? in
      if case .done(let result) = state { return result }
      return nil
    }
    guard let done else { return try .embedded() }
    switch done {
    case .success(let guideline): return guideline
    case .failure(let error): throw error
    }
  }
}
