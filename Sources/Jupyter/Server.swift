#if Jupyter
  import CZeroMQ
  import Measures
  import Reports
  import Wording

  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Darwin)
    import Darwin
  #endif

  /// A kernel at the sockets of a connection. One thread serves them all but the heartbeat; while a cell runs, it looks
  /// before each command whether the control channel brings an interrupt or a shutdown.
  public struct Server {
    private let wire: Wire
    private let context: UnsafeMutableRawPointer
    private let shell: Socket
    private let control: Socket
    private let input: Socket
    private let iopub: Socket
    private var kernel: Kernel
    /// What came on the control channel while a cell ran, and is answered after it.
    private var deferred: [[[UInt8]]] = []
    private var served = ServedMessages()

    /// Binds the sockets. Errors: an address that is taken.
    public init(_ connection: Connection, _ kernel: Kernel) throws(Diagnostic) {
      guard let context = zmq_ctx_new() else { throw Socket.fault(connection.endpoint(.shell)) }
      self.context = context
      self.kernel = kernel
      wire = Wire(key: connection.key, session: Self.newID())
      shell = try Socket(context, kind: ZMQ_ROUTER, connection.endpoint(.shell))
      control = try Socket(context, kind: ZMQ_ROUTER, connection.endpoint(.control))
      input = try Socket(context, kind: ZMQ_ROUTER, connection.endpoint(.stdin))
      iopub = try Socket(context, kind: ZMQ_XPUB, connection.endpoint(.iopub))
      Heartbeat.start(try Socket(context, kind: ZMQ_REP, connection.endpoint(.heartbeat)))
    }

    /// Serves until a front end asks to end, or until Jupyter, which started the kernel, is gone.
    public mutating func run() {
      let parent = getenv("JPY_PARENT_PID") == nil ? nil : getppid()
      publish("status", Self.state("starting"), parent: nil)
      while !kernel.isShutDown {
        var polled = [control, shell, iopub].map { zmq_pollitem_t(socket: $0.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0) }
        if zmq_poll(&polled, Int32(polled.count), 1000) < 1, let parent, getppid() != parent { break }
        welcome()
        while !kernel.isShutDown, let frames = control.receive() { serve(frames, control) }
        if !kernel.isShutDown, let frames = shell.receive() { serve(frames, shell) }
        while !kernel.isShutDown, !deferred.isEmpty { serve(deferred.removeFirst(), control) }
      }
      for socket in [shell, control, input, iopub] { socket.close() }
      zmq_ctx_term(context)
    }

    /// Tells those who have just subscribed that they miss nothing from here on.
    private func welcome() {
      while let topic = iopub.receive()?.first {
        guard topic.first == 1 else { continue }
        let name = String(decoding: topic.dropFirst(), as: UTF8.self)
        send("iopub_welcome", .fields([("subscription", .string(name))]), to: iopub, identities: [Array(topic.dropFirst())], parent: nil)
      }
    }

    private mutating func serve(_ frames: [[UInt8]], _ socket: Socket) {
      guard let request = wire.message(frames) else {
        var notice = "islet-kernel: a message that isn't signed with the connection's key, or isn't one, was left out\n"
        notice.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
        return
      }
      guard served.isNew(frames) else {
        var notice = "islet-kernel: a message that was served already was left out\n"
        notice.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
        return
      }
      for frames in answer(request, socket) {
        guard let waiting = wire.message(frames), waiting.type == "execute_request" else {
          serve(frames, shell)
          continue
        }
        publish("status", Self.state("busy"), parent: waiting)
        reply("execute_reply", Kernel.aborted, to: waiting, shell)
        publish("status", Self.state("idle"), parent: waiting)
      }
    }

    /// Answers a request. What it returns came together with a cell that failed, before its failure was told.
    private mutating func answer(_ request: Message, _ socket: Socket) -> [[[UInt8]]] {
      publish("status", Self.state("busy"), parent: request)
      let (wire, iopub, control) = (wire, iopub, control)
      var isInterrupted = false
      var later: [[[UInt8]]] = []
      let looksForInterrupt = request.type == "execute_request"
      let answer = kernel.answer(
        request,
        isInterrupted: {
          while looksForInterrupt, let frames = control.receive() {
            let type = wire.message(frames)?.type
            isInterrupted = isInterrupted || type == "interrupt_request" || type == "shutdown_request"
            later.append(frames)
          }
          return isInterrupted
        },
        publish: { type, content in Self.publish(type, content, parent: request, wire, iopub) })
      var waiting: [[[UInt8]]] = []
      while kernel.abortsNext, let frames = shell.receive() { waiting.append(frames) }
      kernel.abortsNext = false
      if let answer { reply(answer.type, answer.content, to: request, socket) }
      publish("status", Self.state("idle"), parent: request)
      deferred += later
      return waiting
    }

    private func reply(_ type: String, _ content: JSON, to request: Message, _ socket: Socket) {
      send(type, content, to: socket, identities: request.identities, parent: request.header)
    }

    private func publish(_ type: String, _ content: JSON, parent: Message?) { Self.publish(type, content, parent: parent, wire, iopub) }

    private static func publish(_ type: String, _ content: JSON, parent: Message?, _ wire: Wire, _ iopub: Socket) {
      let topic = Array("kernel.\(wire.session).\(type)".utf8)
      iopub.send(wire.frames(type, content, identities: [topic], parent: parent?.header, id: newID(), date: now()))
    }

    private func send(_ type: String, _ content: JSON, to socket: Socket, identities: [[UInt8]], parent: [UInt8]?) {
      socket.send(wire.frames(type, content, identities: identities, parent: parent, id: Self.newID(), date: Self.now()))
    }

    private static func state(_ name: String) -> JSON { .fields([("execution_state", .string(name))]) }

    /// 128 random bits in hexadecimal digits.
    private static func newID() -> String {
      var random = SystemRandomNumberGenerator()
      return SHA256.digits((0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
    }

    /// The time as ISO 8601, in UTC.
    private static func now() -> String {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      var parts = tm()
      gmtime_r(&time.tv_sec, &parts)
      func padded(_ number: Int, _ places: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, places - digits.count)) + digits
      }
      let date = [(Int(parts.tm_year) + 1900, 4), (Int(parts.tm_mon) + 1, 2), (Int(parts.tm_mday), 2)].map(padded).joined(separator: "-")
      let clock = [(Int(parts.tm_hour), 2), (Int(parts.tm_min), 2), (Int(parts.tm_sec), 2)].map(padded).joined(separator: ":")
      return "\(date)T\(clock).\(padded(Int(time.tv_nsec) / 1000, 6))Z"
    }
  }
#endif
