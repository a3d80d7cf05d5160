import Foundation
import Testing

@Suite("Notebooks on the command line")
struct NotebookTests {
  static let text = "# T\n\n```islet\npatient Maria 54F, insulinoma\n```\n\n```islet\nrecommend drugs\n```\n"

  @Test("run prints, run --write fills, check finds what was edited, and a broken cell leaves the file alone")
  func filling() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.text, to: "a.md")
    let printed = try program.run(["run", "a.md"])
    #expect(printed.status == 0 && printed.output.hasPrefix("islet> patient Maria 54F, insulinoma\nMaria   54 F"))
    #expect(try program.read("a.md") == Self.text)
    #expect(try program.run(["run", "a.md", "--write"]).output == "a.md: 2 outputs\n")
    let filled = try program.read("a.md")
    #expect(filled.contains("```output "))
    #expect(try program.run(["check", "a.md"]).status == 0)
    #expect(try program.run(["check", "a.md", "--bless", "--because", "first"]).status == 0)
    #expect(try program.run(["run", "a.md", "--format", "markdown"]).output == filled)

    let edited = filled.replacingOccurrences(of: "recommend drugs", with: "recommend surgery")
    try program.write(edited, to: "a.md")
    let stale = try program.run(["check", "a.md"])
    #expect(stale.status == 1 && stale.errors.hasPrefix("error[notebook.stale]") && stale.errors.contains("a.md:11, cell 2"))

    try program.write(edited.replacingOccurrences(of: "recommend surgery", with: "recommend nonsense"), to: "a.md")
    let broken = try program.read("a.md")
    let failed = try program.run(["run", "a.md", "--write"])
    #expect(failed.status == 1 && failed.errors.contains("a.md:12, cell 2") && failed.errors.contains("notebook.not-written"))
    #expect(try program.read("a.md") == broken)
    #expect(try program.run(["run", "a.islet", "--write"]).status == 2)
  }

  @Test("render writes a page or a notebook for Jupyter, follows no link, and writes nothing where something fails")
  func rendering() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.text, to: "a.md")
    #expect(try program.run(["render", "a.md", "-o", "a.html"]).status == 0)
    #expect(try program.read("a.html").hasPrefix("<!DOCTYPE html>"))
    #expect(try program.run(["render", "a.md", "-o", "a.ipynb"]).status == 0)
    #expect(try program.read("a.ipynb").hasPrefix("{\"cells\":["))
    #expect(try program.run(["render", "insulinoma", "--language", "el"]).output.contains("<html lang=\"el\">"))
    for (arguments, code) in [
      (["a.md", "-o", "a.doc"], "render.kind"), (["nothing"], "render.unknown"), (["b.md"], "file.unreadable"),
      (["insulinoma", "-o", "b.ipynb"], "render.jupyter"), (["a.md", "-o", "none/a.html"], "file.not-written"),
    ] {
      let failed = try program.run(["render"] + arguments)
      #expect(failed.status == 1 && failed.errors.hasPrefix("error[\(code)]"), "\(arguments)")
    }
    try FileManager.default.createSymbolicLink(
      at: program.home.appendingPathComponent("link.html"), withDestinationURL: program.home.appendingPathComponent("a.md"))
    #expect(try program.run(["render", "a.md", "-o", "link.html"]).status == 1)
    #expect(try program.read("a.md") == Self.text)
    try program.write("```islet\npatient 54F\nsave x\n```\n", to: "c.md")
    let stranger = try program.run(["render", "c.md", "-o", "c.html"])
    #expect(stranger.errors.hasPrefix("error[script.outside]") && stranger.errors.contains("c.md:3, cell 1"))
    #expect(!FileManager.default.fileExists(atPath: program.home.appendingPathComponent("c.html").path))
  }

  /// A browser of the tests' own, which writes where it is told to, or fails.
  private static func browser(_ program: Program, does: String) throws -> [String: String] {
    try program.write("#!/bin/sh\n\(does)\n", to: "bin/chromium")
    let path = program.home.appendingPathComponent("bin/chromium").path
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return ["PATH": "\(program.home.path)/bin:/usr/bin:/bin", "TMPDIR": program.home.path]
  }

  @Test("render writes a PDF by the Chromium on the path, hands it the page alone, and leaves nothing behind")
  func paper() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.text, to: "a.md")
    let writes = """
      for word in "$@"; do case "$word" in --print-to-pdf=*) out=${word#*=};; file://*) page=${word#file://};; esac; done
      printf '%%PDF of ' >"$out"; grep -c '<h1>T</h1>' "$page" >>"$out"
      """
    let environment = try Self.browser(program, does: writes)
    let done = try program.run(["render", "a.md", "-o", "a.pdf"], environment: environment)
    #expect(done.status == 0 && done.output == "Wrote a.pdf\n")
    #expect(try program.read("a.pdf") == "%PDF of 1\n")
    let left = try FileManager.default.contentsOfDirectory(atPath: program.home.path).filter { $0.hasPrefix("islet-") || $0.hasSuffix(".tmp") }
    #expect(left.isEmpty)
  }

  @Test("without a Chromium render says what to do instead; one that prints nothing leaves the file as it was", arguments: ["en", "el"])
  func paperless(_ language: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.text, to: "a.md")
    try program.write("kept", to: "a.pdf")
    let none = try program.run(["render", "a.md", "-o", "a.pdf", "--language", language], environment: ["PATH": program.home.path])
    #expect(none.status == 1 && none.errors.hasPrefix("error[render.no-browser]") && none.errors.contains("-o page.html"))
    let environment = try Self.browser(program, does: "exit 1")
    let failed = try program.run(["render", "a.md", "-o", "a.pdf", "--language", language], environment: environment)
    #expect(failed.status == 1 && failed.errors.hasPrefix("error[render.not-printed]"))
    #expect(try program.read("a.pdf") == "kept")
  }
}
