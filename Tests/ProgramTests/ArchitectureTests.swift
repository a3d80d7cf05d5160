import Foundation
import Testing

@Suite("docs/architecture.md")
struct ArchitectureTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func page() throws -> String { try String(contentsOf: Self.root.appending(path: "docs/architecture.md"), encoding: .utf8) }

  @Test("every file and folder that it names is in the tree")
  func files() throws {
    let names = try page().matches(of: /`(Sources\/[A-Za-z\/.]+)`/).map { String($0.1) }
    #expect(names.count > 30)
    for name in names {
      #expect(FileManager.default.fileExists(atPath: Self.root.appending(path: name).path), "\(name) is not there")
    }
  }

  @Test("it draws every module of Sources, in the order in which each may import the ones above")
  func modules() throws {
    let page = try page()
    let drawing = try #require(page.split(separator: "```").dropFirst().first)
    let drawn = drawing.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path).filter { !$0.hasPrefix(".") }
    #expect(Set(drawn).union(["Jupyter", "IsletKernel", "CZeroMQ", "CNoKerberos"]) == Set(folders))
    let order = ImportTests.order.filter(drawn.contains)
    #expect(drawn.filter(order.contains) == order)
  }
}
