import Foundation
import Testing

@Suite("islet jupyter")
struct JupyterInstallTests {
  @Test("install registers the kernel for the user in both languages, again and again")
  func install() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("#!/bin/sh\n", to: "a kernel")
    let kernel = program.home.appendingPathComponent("a kernel").resolvingSymlinksInPath().path
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: kernel)
    for _ in 0..<2 {
      let (status, _, errors) = try program.run(["jupyter", "install", "--kernel", "a kernel"])
      #expect((status, errors) == (0, ""))
    }
    #if os(macOS)
      let folder = "Library/Jupyter/kernels"
    #else
      let folder = ".local/share/jupyter/kernels"
    #endif
    for (name, language) in [("islet", "en"), ("islet-el", "el")] {
      let bytes = Data(try program.read("\(folder)/\(name)/kernel.json").utf8)
      let value = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
      let arguments = try #require(value["argv"] as? [String])
      #expect(arguments == [kernel, "{connection_file}", "--language", language])
      #expect(value["interrupt_mode"] as? String == "message")
      #expect(value["language"] as? String == "islet")
      #expect(try program.read("\(folder)/\(name)/logo-svg.svg").hasPrefix("<svg xmlns="))
    }
  }

  @Test("a kernel that isn't there is not registered")
  func missing() throws {
    let program = try Program()
    defer { program.remove() }
    let (status, _, errors) = try program.run(["jupyter", "install", "--kernel", "none"])
    #expect(status == 1)
    #expect(
      errors == """
        error[kernel.missing]  There is no kernel at none.
          Build it with make kernel, which needs libzmq's development files, or name it: islet jupyter install --kernel FILE

        """)
    #expect(!FileManager.default.fileExists(atPath: program.home.appendingPathComponent(".local/share/jupyter").path))
  }
}
