#if Jupyter
  import CZeroMQ
  import Cohorts
  import Wording

  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Darwin)
    import Darwin
  #endif

  /// A ZeroMQ socket, bound to a channel of a connection. It may be used by the thread that it was handed to last.
  struct Socket {
    let pointer: UnsafeMutableRawPointer

    /// Binds a socket. Errors name the address and what ZeroMQ says of it.
    init(_ context: UnsafeMutableRawPointer, kind: Int32, _ endpoint: String) throws(Diagnostic) {
      guard let pointer = zmq_socket(context, kind) else { throw Self.fault(endpoint) }
      self.pointer = pointer
      // What was said last still goes out when the kernel ends.
      set(ZMQ_LINGER, 1000)
      if kind == ZMQ_ROUTER { set(ZMQ_ROUTER_HANDOVER, 1) }
      if kind == ZMQ_XPUB {
        set(ZMQ_XPUB_VERBOSE, 1)
        // A slow reader still gets everything: a front end that misses “idle” waits for ever.
        set(ZMQ_SNDHWM, 0)
      }
      guard zmq_bind(pointer, endpoint) == 0 else {
        let fault = Self.fault(endpoint)
        zmq_close(pointer)
        throw fault
      }
    }

    init(pointer: UnsafeMutableRawPointer) { self.pointer = pointer }

    private func set(_ option: Int32, _ value: Int32) {
      withUnsafePointer(to: value) { _ = zmq_setsockopt(pointer, option, $0, MemoryLayout<Int32>.size) }
    }

    /// The frames of the next message; nil when none is there, or none will come.
    func receive(waits: Bool = false) -> [[UInt8]]? {
      var frames: [[UInt8]] = []
      var hasMore = true
      while hasMore {
        var frame = zmq_msg_t()
        zmq_msg_init(&frame)
        defer { zmq_msg_close(&frame) }
        var size: Int32
        repeat { size = zmq_msg_recv(&frame, pointer, waits || !frames.isEmpty ? 0 : ZMQ_DONTWAIT) } while size < 0 && zmq_errno() == EINTR
        guard size >= 0 else { return nil }
        let bytes = UnsafeRawBufferPointer(start: zmq_msg_data(&frame), count: Int(size))
        frames.append([UInt8](bytes))
        hasMore = zmq_msg_more(&frame) != 0
      }
      return frames
    }

    func send(_ frames: [[UInt8]]) {
      for (place, frame) in frames.enumerated() {
        let more = place < frames.count - 1 ? ZMQ_SNDMORE : 0
        frame.withUnsafeBytes { bytes in
          while zmq_send(pointer, bytes.baseAddress, bytes.count, more) < 0, zmq_errno() == EINTR {}
        }
      }
    }

    func close() { zmq_close(pointer) }

    /// The system has no room for it, or doesn't let it listen there.
    static func fault(_ endpoint: String) -> Diagnostic {
      let reason = zmq_strerror(zmq_errno()).map { String(cString: $0) } ?? "?"
      return Diagnostic(
        "kernel.address", Words("The kernel can't listen at \(endpoint): \(reason).", "Ο πυρήνας δεν μπορεί να ακούσει στο \(endpoint): \(reason)."),
        help: [Words("Start the kernel again from Jupyter.", "Ξεκινήστε πάλι τον πυρήνα από το Jupyter.")])
    }
  }

  /// Echoes what comes in on a thread of its own, so that a front end sees the kernel live while a cell runs.
  final class Heartbeat: Sendable {
    private let socket: UInt

    private init(_ socket: Socket) { self.socket = UInt(bitPattern: socket.pointer) }

    /// Starts echoing on a socket, which is the thread's from here on.
    static func start(_ socket: Socket) {
      let heartbeat = Heartbeat(socket)
      if Concurrently.begin({ heartbeat.echo() }) == nil { socket.close() }
    }

    private func echo() {
      guard let pointer = UnsafeMutableRawPointer(bitPattern: socket) else { return }
      let socket = Socket(pointer: pointer)
      while let frames = socket.receive(waits: true) { socket.send(frames) }
      socket.close()
    }
  }
#endif
