import Reports
import Testing
import Wording

@testable import Jupyter

@Suite("Messages and connection files")
struct WireTests {
  let wire = Wire(key: "a key", session: "s")

  func frames(_ wire: Wire) -> [[UInt8]] {
    wire.frames(
      "execute_request", .fields([("code", .string("σύσταση"))]), identities: [[0, 1], [2]], parent: Array("{ }".utf8), id: "1",
      date: "2026-01-01T00:00:00.000000Z")
  }

  @Test("what is written is read again, its header's bytes and identities as they were")
  func roundTrip() throws {
    let frames = frames(wire)
    let message = try #require(wire.message(frames))
    #expect(message.type == "execute_request")
    #expect(message.content["code"] == .string("σύσταση"))
    #expect(message.identities == [[0, 1], [2]])
    #expect(message.header == frames[4])
    #expect(frames[5] == Array("{ }".utf8), "the parent's bytes are passed on as they came")
    #expect(JSON(reading: frames[4])?["version"] == .string("5.4"))
  }

  @Test("a change of any signed byte, and another key, make a message none", arguments: 4..<8)
  func tampered(frame: Int) {
    var frames = frames(wire)
    frames[frame].append(0x20)
    #expect(wire.message(frames) == nil)
    #expect(Wire(key: "another", session: "s").message(self.frames(wire)) == nil)
  }

  @Test("without a key the signature is empty")
  func unsigned() {
    let open = Wire(key: "", session: "s")
    #expect(frames(open)[3] == [])
    #expect(open.message(frames(open)) != nil)
    #expect(open.message(frames(wire)) == nil)
  }

  @Test("a signed message is served once, and another is served; what isn't signed can't be told apart")
  func replayed() {
    var served = ServedMessages()
    let open = Wire(key: "", session: "s")
    let another = Wire(key: "another", session: "s")
    let isNew = [wire, wire, another, open, open].map { served.isNew(frames($0)) }
    #expect(isNew == [true, false, true, true, true])
  }

  @Test("a long session forgets the oldest signatures, never the newest")
  func bounded() {
    var served = ServedMessages()
    func frames(_ number: Int) -> [[UInt8]] { [Self.delimiter, Array("\(number)".utf8)] }
    let count = ServedMessages.most + 10
    let isNew = (0..<count).map { served.isNew(frames($0)) }
    #expect(isNew.allSatisfy { $0 })
    let again = [count - 1, ServedMessages.most / 2 + 20, 0].map { served.isNew(frames($0)) }
    #expect(again == [false, false, true])
  }

  static let delimiter = Array("<IDS|MSG>".utf8)

  @Test("frames that hold no message are none", arguments: [[], [[]], [delimiter], [[UInt8]](repeating: delimiter, count: 7)] as [[[UInt8]]])
  func noMessage(frames: [[UInt8]]) { #expect(Wire(key: "", session: "s").message(frames) == nil) }

  static let file =
    #"{"transport":"tcp","ip":"127.0.0.1","key":"k","signature_scheme":"hmac-sha256","shell_port":1,"control_port":2,"iopub_port":3,"stdin_port":4,"hb_port":5}"#

  @Test("a connection file gives each channel its address")
  func connection() throws {
    let connection = try Connection(Array(Self.file.utf8), file: "k.json")
    #expect(connection.endpoint(.shell) == "tcp://127.0.0.1:1")
    #expect(connection.endpoint(.heartbeat) == "tcp://127.0.0.1:5")
    let pipes = try Connection(Array(Self.file.replacingOccurrences(of: "tcp", with: "ipc").utf8), file: "k.json")
    #expect(pipes.endpoint(.iopub) == "ipc://127.0.0.1-3")
  }

  @Test(
    "a connection file that can't be served is refused with the field that is wrong",
    arguments: [
      ("\"ip\"", "\"pi\"", "ip"), ("\"key\"", "\"yek\"", "key"), ("hmac-sha256", "hmac-md5", "signature_scheme"), ("tcp", "udp", "transport"),
      ("\"hb_port\":5", "\"hb_port\":70000", "hb_port"), ("{", "", "JSON"),
    ])
  func refused(part: String, other: String, field: String) throws {
    let bytes = Array(Self.file.replacingOccurrences(of: part, with: other).utf8)
    let error = try #require(throws: Diagnostic.self) { try Connection(bytes, file: "k.json") }
    #expect(
      error.text(.plain, .english) == """
        error[kernel.connection]  \(field) is missing or can't be served.
          k.json
          islet-kernel is started by Jupyter, which writes the connection file. Register it with: islet jupyter install

        """)
  }
}

extension String {
  fileprivate func replacingOccurrences(of part: String, with other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return String(self[..<range.lowerBound]) + other + self[range.upperBound...]
  }

  private func firstRange(of part: String) -> Range<String.Index>? {
    indices.lazy.compactMap { self[$0...].hasPrefix(part) ? $0..<self.index($0, offsetBy: part.count) : nil }.first
  }
}
