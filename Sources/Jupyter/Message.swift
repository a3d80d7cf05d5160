import Measures
import Reports

/// A request as it arrived from a front end.
public struct Message: Sendable {
  /// Whom the answer is routed to.
  let identities: [[UInt8]]
  /// The header's bytes: the answer's parent.
  let header: [UInt8]
  public let type: String
  public let content: JSON
  /// The front end's name of the cell that it comes from, where it gives one.
  let cell: String?

  public init(type: String, content: JSON, cell: String? = nil, header: [UInt8] = Array("{}".utf8), identities: [[UInt8]] = []) {
    self.type = type
    self.content = content
    self.cell = cell
    self.header = header
    self.identities = identities
  }
}

/// The signatures of requests that were served, so that one that is sent again, by whoever overheard it, isn't run again.
public struct ServedMessages: Sendable {
  /// Signatures remembered, at most; then the older half is forgotten.
  static let most = 65_536

  private var recent: Set<[UInt8]> = []
  private var older: Set<[UInt8]> = []

  public init() {}

  /// Whether frames come for the first time; from then on they don't. Without a key nothing tells two messages apart.
  public mutating func isNew(_ frames: [[UInt8]]) -> Bool {
    guard let signature = Wire.signature(of: frames), !signature.isEmpty else { return true }
    guard !recent.contains(signature), !older.contains(signature) else { return false }
    if recent.count >= Self.most / 2 { (older, recent) = (recent, []) }
    recent.insert(signature)
    return true
  }
}

/// Reads and writes the frames of Jupyter's messages (protocol 5.4): identities, `<IDS|MSG>`, the signature, then header,
/// parent, metadata and content as JSON. The signature is over the exact bytes of these four.
public struct Wire: Sendable {
  static let version = "5.4"
  private static let delimiter = Array("<IDS|MSG>".utf8)

  private let key: [UInt8]
  /// The kernel's own session.
  let session: String

  public init(key: String, session: String) {
    self.key = Array(key.utf8)
    self.session = session
  }

  /// The signature in hexadecimal digits; empty where there is no key.
  private func signature(_ frames: some Sequence<[UInt8]>) -> [UInt8] {
    key.isEmpty ? [] : Array(SHA256.digits(SHA256.keyed(key, frames.flatMap { $0 })).utf8)
  }

  /// The signature that stands in frames.
  static func signature(of frames: [[UInt8]]) -> [UInt8]? {
    guard let place = frames.firstIndex(of: delimiter), frames.count > place + 1 else { return nil }
    return frames[place + 1]
  }

  /// The message in frames; nil when they hold none, or one that isn't signed with the key.
  public func message(_ frames: [[UInt8]]) -> Message? {
    guard let place = frames.firstIndex(of: Self.delimiter), frames.count >= place + 6 else { return nil }
    let parts = frames[(place + 2)..<(place + 6)]
    guard Self.isSame(frames[place + 1], signature(parts)), let header = JSON(reading: frames[place + 2]),
      case .string(let type)? = header["msg_type"], let content = JSON(reading: frames[place + 5])
    else { return nil }
    let cell = JSON(reading: frames[place + 4])?.text("cellId") ?? ""
    return Message(type: type, content: content, cell: cell.isEmpty ? nil : cell, header: frames[place + 2], identities: Array(frames[..<place]))
  }

  /// Compares without telling by its time where two signatures part.
  private static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.count == other.count && zip(one, other).reduce(0) { $0 | $1.0 ^ $1.1 } == 0
  }

  /// The frames of a message.
  ///
  /// - Parameters:
  ///   - identities: whom it is routed to; on iopub its topic.
  ///   - parent: the header's bytes of the request that it answers; nil where there is none.
  ///   - id, date: the message's own id, and when it was made, as ISO 8601.
  public func frames(
    _ type: String, _ content: JSON, identities: [[UInt8]], parent: [UInt8]?, id: String, date: String
  ) -> [[UInt8]] {
    let header = JSON.fields([
      ("msg_id", .string(id)), ("session", .string(session)), ("username", .string("islet")), ("date", .string(date)),
      ("msg_type", .string(type)), ("version", .string(Self.version)),
    ])
    let parts = [Array(header.text.utf8), parent ?? Array("{}".utf8), Array("{}".utf8), Array(content.text.utf8)]
    return identities + [Self.delimiter, signature(parts)] + parts
  }
}
