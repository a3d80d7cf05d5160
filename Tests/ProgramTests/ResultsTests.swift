import Foundation
import Testing

@Suite("islet results", .serialized)
struct ResultsTests {
  /// One right answer, at a second.
  private func event(_ time: Int) -> String {
    #"{"v":1,"at":0,"step":2,"case":"fasting-hypoglycaemia","attempt":1,"what":"cause","kind":"answer","mark":"right","line":"insulinoma 80%","time":\#(time)}"#
      + "\n"
  }

  @Test("a file or a folder is a learner; what can't be read or isn't a log is told by its name, with status 1, and the rest is read")
  func folder() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(event(1), to: "class/anna.jsonl")
    try program.write(event(2), to: "class/basil/islet/attempts")
    try program.write("lines typed\n", to: "class/basil/islet/history")
    try program.write(event(3), to: "class/clio/.local/share/islet/attempts")
    try program.write("Dear all,\nthe logs\n", to: "class/README")
    try program.write("", to: "class/dora")
    try program.write("", to: "class/.hidden")
    let folder = program.home.appendingPathComponent("class")
    try FileManager.default.createDirectory(at: folder.appendingPathComponent("empty"), withIntermediateDirectories: true)
    let told = try program.run(["results", "class", "--to", "csv", "--table", "learners"])
    #expect(told.status == 1)
    let names = told.output.split(separator: "\r\n").dropFirst().map { String($0.prefix { $0 != "," }) }
    #expect(names == ["anna", "basil", "clio", "dora"])
    #expect(told.errors.contains("error[log.foreign]") && told.errors.contains("class/README"), "\(told.errors)")
    #expect(told.errors.contains("error[log.none]") && told.errors.contains("class/empty"))
    #expect(!told.errors.contains("history"))
    let greek = try program.run(["--language", "el", "results", "class"])
    #expect(greek.status == 1 && greek.output.contains("4 εκπαιδευόμενοι") && greek.output.contains("Μικροί αριθμοί"))
  }

  @Test("links, pipes and loops of links in a learner's folder hang nothing, and none leads out")
  func strangers() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(event(4), to: "outside")
    try program.write(event(1), to: "class/anna/attempts")
    let folder = program.home.appendingPathComponent("class")
    try FileManager.default.createDirectory(at: folder.appendingPathComponent("basil"), withIntermediateDirectories: true)
    #expect(mkfifo(folder.appendingPathComponent("basil/attempts").path, 0o600) == 0)
    for (name, target) in [("clio", "../outside"), ("anna/loop", "."), ("anna/up", "../.."), ("dora", "/etc")] {
      try FileManager.default.createSymbolicLink(atPath: folder.appendingPathComponent(name).path, withDestinationPath: target)
    }
    let told = try program.run(["results", "class", "--to", "csv", "--table", "learners"])
    #expect(told.status == 1)
    #expect(told.output.split(separator: "\r\n").dropFirst().map { String($0.prefix { $0 != "," }) } == ["anna"])
    #expect(told.errors.contains("it is a named pipe") && told.errors.contains("leads out of its folder"), "\(told.errors)")
  }

  @Test("made-up learners are read as text, as every table and as a page, and their exams hold; a changed line is told")
  func learners() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run(["explore", "small-incidentaloma", "--learners", "30", "--exam", "-o", "class"]).status == 0)
    let text = try program.run(["results", "class", "--exam"])
    #expect(text.status == 0 && text.output.contains("30 learners · 1 case · exams only"), "\(text.output.prefix(300)) \(text.errors)")
    #expect(try program.run(["results", "class", "-o", "class.html"]).status == 0)
    let page = try program.read("class.html")
    #expect(page.contains("<svg") && page.contains("default-src 'none'") && !page.contains("<script"))
    #expect(try program.run(["results", "class", "-o", "items.csv"]).status == 0)
    #expect(try program.read("items.csv").hasPrefix("case,question,kind,n,mean_credit,p_low"))
    let data = try program.run(["--format", "json", "results", "class"]).output
    #expect(data.contains(#""by_learner":[{"learner":"learner-01""#))
    let log = try program.read("class/learner-05.jsonl").split(separator: "\n")
    try program.write((log[..<2] + log[3...]).joined(separator: "\n") + "\n", to: "class/learner-05.jsonl")
    let told = try program.run(["results", "class", "--exam"])
    #expect(told.status == 1 && told.errors.contains("error[log.seal]") && told.errors.contains("class/learner-05.jsonl:3"), "\(told.errors)")
    #expect(told.output.contains("29 learners") || told.output.contains("learners: 29") || told.output.contains("29 attempts"), "\(told.output)")
  }

  @Test("an exam from its first line to its receipt: nothing is told, and results reads the score")
  func exam() throws {
    let program = try Program()
    defer { program.remove() }
    let lines = ["54-year-old woman with fasting hypoglycaemia", "insulinoma 65, factitious 20, reactive 10", "hint", "recommend", "quit"]
    let left = try program.run(["--keep-going", "play", "fasting-hypoglycaemia", "--exam"], input: lines.joined(separator: "\n") + "\n")
    #expect(left.errors.contains("case.closed-in-exam") && left.errors.contains("case.consulting-closed"), "\(left.errors)")
    #expect(left.output.contains("no marks until it is handed in") && !left.output.contains("Right"))
    let rest = [
      "insulinoma", "order fasting-glucose-insulin", "prove, find, operate, histology", "order ct", "done", "sstr2", "less", "arrange hpb-unit",
      "give diazoxide 300 mg a day by mouth", "perform enucleation", "done", "complete, benign",
    ]
    // Taken up again it is still an exam, asked for or not.
    let ended = try program.run(["--keep-going", "play", "fasting-hypoglycaemia"], input: rest.joined(separator: "\n") + "\n")
    #expect(ended.output.contains("The exam is over") && ended.output.contains("Receipt: ") && !ended.output.contains("of 100"), "\(ended.output)")
    let log = program.home.appendingPathComponent(".local/share/islet")
    try FileManager.default.createDirectory(at: program.home.appendingPathComponent("class"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: log, to: program.home.appendingPathComponent("class/anna"))
    let results = try program.run(["results", "class"])
    let receipt = try #require(ended.output.firstMatch(of: /Receipt: ([0-9a-f-]{14})/)?.1)
    #expect(results.status == 0 && results.output.contains("score 100") && results.output.contains(receipt), "\(results.output) \(results.errors)")
    #expect(!(try program.run(["play"]).output.contains("best 100")))
  }

  @Test("a case that was left is taken up where it was; with again it starts over, from the shell's prompt as from the command line")
  func again() throws {
    let program = try Program()
    defer { program.remove() }
    let first = "Put her problem in one line."
    let answered = try program.run(["play", "small-incidentaloma"], input: "58-year-old woman, asymptomatic, nodule of the pancreas\nquit\n")
    #expect(answered.output.contains(first), "\(answered.output) \(answered.errors)")
    let taken = try program.run(["play", "small-incidentaloma"], input: "quit\n")
    #expect(taken.output.contains("Resumed where you left off.") && !taken.output.contains(first), "\(taken.output)")
    for call in [
      (["play", "small-incidentaloma", "--again"], "quit\n"), ([], "play small-incidentaloma again\nquit\n"), ([], "παίξε small-incidentaloma ξανά\n"),
    ] {
      let over = try program.run(call.0, input: call.1)
      #expect(over.status == 0 && over.output.contains(first) && !over.output.contains("Resumed"), "\(call): \(over.output) \(over.errors)")
    }
  }
}
