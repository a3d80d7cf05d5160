import Foundation
import Testing

@Suite("Modules")
struct ImportTests {
  /// The order of the modules: each imports only those above it.
  static let order = [
    "Wording", "Measures", "Reports", "CLanes", "Arrow", "CTexts", "Vocabulary", "Grammar", "Patients", "Guideline", "Cohorts", "Counsel", "Sessions",
    "Commands", "Teaching", "Notebooks", "CEditLine", "Terminal", "CProgram", "islet", "CZeroMQ", "CNoKerberos", "Jupyter", "IsletKernel",
  ]
  /// What else may be imported, and where; an empty list is anywhere.
  static let others = [
    "Glibc": [], "Darwin": [], "Musl": [], "Synchronization": [], "ArgumentParser": ["islet"],
  ]
  /// The terminal knows nothing of the guideline.
  static let allowed = ["Terminal": ["CEditLine", "Wording", "Reports"]]

  @Test("import only those above them, and nothing else but the C library")
  func imports() throws {
    let sources = repository.appendingPathComponent("Sources")
    let modules = try FileManager.default.contentsOfDirectory(atPath: sources.path).filter { !$0.hasPrefix(".") }
    #expect(modules.count > 10)
    for module in modules {
      let place = try #require(Self.order.firstIndex(of: module), "\(module) has no place in the order")
      let files = FileManager.default.enumerator(atPath: sources.appendingPathComponent(module).path)?.compactMap { $0 as? String } ?? []
      for file in files where file.hasSuffix(".swift") {
        let text = try String(contentsOf: sources.appendingPathComponent(module).appendingPathComponent(file), encoding: .utf8)
        for name in Self.imported(text) { #expect(Self.isAllowed(name, in: module, at: place), "\(module)/\(file) imports \(name)") }
      }
    }
  }

  private static func isAllowed(_ name: String, in module: String, at place: Int) -> Bool {
    if let places = others[name] { return places.isEmpty || places.contains(module) }
    if let allowed = allowed[module] { return allowed.contains(name) }
    return order[..<place].contains(name)
  }

  static func imported(_ text: String) -> [String] {
    text.matches(
      of:
        /(?m)^\s*(?:@\w+\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|func|protocol|var|let|typealias)\s+)?(\w+)/
    )
    .map { String($0.1) }
  }

  @Test("are read in every form of import, and one from below or Foundation is refused")
  func judge() throws {
    #expect(Self.imported("import A\n  @testable import B\npublic import struct C.D\n// import E\n#if x\n  import F\n#endif") == ["A", "B", "C", "F"])
    for (name, module, isAllowed) in [
      ("Guideline", "Grammar", false), ("Foundation", "Cohorts", false), ("ArgumentParser", "Commands", false), ("Guideline", "Terminal", false),
      ("Grammar", "Guideline", true), ("CLanes", "Arrow", true), ("Arrow", "CLanes", false),
    ] {
      let place = try #require(Self.order.firstIndex(of: module))
      #expect(Self.isAllowed(name, in: module, at: place) == isAllowed, "\(name) in \(module)")
    }
  }
}
