#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a thread is to do.
private final class ThreadWork: Sendable {
  let work: @Sendable () -> Void
  init(_ work: @escaping @Sendable () -> Void) { self.work = work }
}

#if canImport(Darwin)
  private func startThread(_ task: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<ThreadWork>.fromOpaque(task).takeRetainedValue().work()
    return nil
  }
#else
  private func startThread(_ task: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let task { Unmanaged<ThreadWork>.fromOpaque(task).takeRetainedValue().work() }
    return nil
  }
#endif

/// Work on threads of its own.
public enum Concurrently {
  /// The machine's processors, at most sixteen.
  static var processors: Int { max(1, min(16, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Runs the work so many times, each on its own thread, and waits for all. A thread that can't be had is done without.
  static func run(_ threads: Int, _ work: @escaping @Sendable () -> Void) {
    let running = (1..<max(1, threads)).compactMap { _ in begin(work) }
    work()
    for thread in running { pthread_join(thread, nil) }
  }

  /// Begins the work on a thread, to be joined or left to itself; nil when none can be had.
  public static func begin(_ work: @escaping @Sendable () -> Void) -> pthread_t? {
    let context = Unmanaged.passRetained(ThreadWork(work))
    var thread: pthread_t?
    if create(&thread, context.toOpaque()) { return thread }
    context.release()
    return nil
  }

  private static func create(_ thread: inout pthread_t?, _ context: UnsafeMutableRawPointer) -> Bool {
    #if canImport(Darwin)
      return pthread_create(&thread, nil, startThread, context) == 0
    #else
      var identifier: pthread_t = 0
      guard pthread_create(&identifier, nil, startThread, context) == 0 else { return false }
      thread = identifier
      return true
    #endif
  }

  /// Leaves the processor to others for a moment.
  static func pause() { usleep(200) }
}
