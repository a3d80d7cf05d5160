import Reports
import Wording

/// Where a front end wants the kernel: Jupyter's connection file.
public struct Connection: Sendable, Hashable {
  public enum Channel: String, Sendable, CaseIterable {
    case shell, control, iopub, stdin
    case heartbeat = "hb"
  }

  private let transport: String
  private let address: String
  private let ports: [Channel: Int]
  /// What messages are signed with; empty: they aren't.
  public let key: String

  /// Reads a connection file's bytes. Errors name the field that is missing or that islet can't serve.
  public init(_ bytes: [UInt8], file: String) throws(Diagnostic) {
    guard let value = JSON(reading: bytes), case .object = value else { throw Self.fault(file, "JSON") }
    func text(_ name: String, otherwise: String? = nil) throws(Diagnostic) -> String {
      if case .string(let text)? = value[name] { return text }
      guard value[name] == nil, let otherwise else { throw Self.fault(file, name) }
      return otherwise
    }
    transport = try text("transport", otherwise: "tcp")
    guard ["tcp", "ipc"].contains(transport) else { throw Self.fault(file, "transport") }
    address = try text("ip")
    key = try text("key")
    let scheme = try text("signature_scheme", otherwise: "hmac-sha256")
    guard scheme == "hmac-sha256" || key.isEmpty else { throw Self.fault(file, "signature_scheme") }
    var ports: [Channel: Int] = [:]
    for channel in Channel.allCases {
      let name = channel.rawValue + "_port"
      guard case .number(let digits)? = value[name], let port = Int(digits), (1...65_535).contains(port) else { throw Self.fault(file, name) }
      ports[channel] = port
    }
    self.ports = ports
  }

  /// The address of a channel, as ZeroMQ takes it.
  public func endpoint(_ channel: Channel) -> String {
    "\(transport)://\(address)\(transport == "tcp" ? ":" : "-")\(ports[channel] ?? 0)"
  }

  private static func fault(_ file: String, _ field: String) -> Diagnostic {
    Diagnostic(
      "kernel.connection",
      Words("\(field) is missing or can't be served.", "Το πεδίο \(field) λείπει ή δεν υποστηρίζεται."),
      help: [
        Words(
          "islet-kernel is started by Jupyter, which writes the connection file. Register it with: islet jupyter install",
          "Το islet-kernel το ξεκινά το Jupyter, που γράφει το αρχείο σύνδεσης. Καταχώριση: islet jupyter install")
      ], file: file)
  }
}
