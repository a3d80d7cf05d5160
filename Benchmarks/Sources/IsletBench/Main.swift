import Cohorts
import Commands
import Foundation
import Grammar
import Guideline
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

/// Measures in process and prints a line of JSON a measurement: `IsletBench evaluation | commands | questions FILE
/// [COUNT]`.
@main
struct IsletBench {
  static func main() throws {
    let guideline = try Guideline.embedded()
    switch CommandLine.arguments.dropFirst().first {
    case "evaluation": try evaluation(guideline)
    case "commands": try commands(guideline)
    case "questions": try questions(guideline, Array(CommandLine.arguments.dropFirst(2)))
    default: print("IsletBench evaluation | commands | questions FILE [COUNT]")
    }
  }

  /// Questions and tests until what leads is final: means over drawn patients of three seeds.
  private static func questions(_ guideline: Guideline, _ arguments: [String]) throws {
    let questions = try Questions(guideline)
    let file = arguments.first ?? "patients.txt"
    let bytes = Array(try String(contentsOfFile: file, encoding: .utf8).utf8)
    let distributions = try Distributions(file: TextFile(name: file, bytes: bytes), guideline)
    let count = arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000
    for seed in [5, 17, 29] as [UInt64] {
      let patients = questions.drawn(distributions, count: count, seed: seed)
      for order in Questions.Order.allCases {
        var generator = Xoshiro256(seed: seed)
        var (asked, tests, cost) = (0, 0, 0)
        for patient in patients {
          asked += questions.questions(order, patient, &generator)
          let done = questions.tests(order, patient, &generator)
          tests += done.count
          cost += done.cost
        }
        let mean = 1 / Double(patients.count)
        report(
          order.rawValue,
          [("seed", Double(seed)), ("questions", Double(asked) * mean), ("tests", Double(tests) * mean), ("cost", Double(cost) * mean)])
      }
    }
  }

  /// The processor time of work on this thread, which what else the machine does leaves alone.
  private static func seconds(_ work: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    work()
    return now() - start
  }

  private static func report(_ name: String, _ fields: [(String, Double)]) {
    print("{\"name\":\"\(name)\"" + fields.map { ",\"\($0.0)\":\($0.1)" }.joined() + "}")
  }

  /// Compiled evaluation alone, bits prepared, on one thread: with and without counting, in memory that fits the cache and in
  /// memory that doesn't.
  private static func evaluation(_ guideline: Guideline) throws {
    let distributions = try Distributions.embedded(guideline)
    for count in [8_192, 262_144] {
      let prepared = PreparedCohort(DrawnCohort(guideline, distributions, count: count, seed: 7))
      let times = max(1, 2_097_152 / count)
      _ = prepared.count()
      var counting: [Double] = []
      var running: [Double] = []
      for _ in 0..<9 {
        counting.append(seconds { _ = prepared.count(times: times) })
        running.append(seconds { prepared.evaluate(times: times) })
      }
      let total = Double(count * times)
      let size = prepared.size
      report(
        "compiled evaluation, \(count) patients",
        [
          ("counted_per_second", total / counting.sorted()[4]), ("best_counted_per_second", total / (counting.min() ?? 1)),
          ("evaluated_per_second", total / running.sorted()[4]), ("planes", Double(size.planes)), ("steps", Double(size.steps)),
          ("rows_read", Double(size.reads)), ("rows", Double(size.rows)), ("lanes", Double(size.lanes)),
        ])
    }
  }

  /// The median and the 99th percentile of work on each of a thousand sessions; it is an error when the work fails.
  private static func measure(_ name: String, _ sessions: [Session], warmingUp: Bool = true, _ work: (inout Session) -> Bool) throws {
    for session in sessions.prefix(warmingUp ? 50 : 0) {
      var warm = session
      guard work(&warm) else { throw Failure(work: name) }
    }
    var times: [Double] = []
    for session in sessions {
      var copy = session
      times.append(seconds { _ = work(&copy) })
    }
    times.sort()
    report(
      name, [("median_ms", times[times.count / 2] * 1000), ("p99_ms", times[times.count * 99 / 100] * 1000), ("max_ms", (times.last ?? 0) * 1000)])
  }

  private struct Failure: Error {
    let work: String
  }

  /// Commands over a thousand drawn patients: their median and 99th percentile.
  private static func commands(_ guideline: Guideline) throws {
    let world = World(guideline: guideline, commands: .standard, version: "bench")
    var lines: [UInt8] = []
    DrawnCohort(guideline, try .embedded(guideline), count: 1_000, seed: 11).write { lines += $0 }
    var sessions: [Session] = []
    var fresh = Session(world: world, language: .english)
    let collecting = seconds { fresh.prepareCompletions() }
    report("words of completion, collected once a session", [("microseconds", collecting * 1e6)])
    var stated: [[Int: Possible]] = []
    for line in lines.split(separator: 0x0A) {
      let patient = Array(line).withUnsafeBufferPointer { PatientLine($0, guideline) }
      stated.append(patient.stated)
      var session = fresh
      let findings = patient.stated.sorted { $0.key < $1.key }.map { Statement(finding: $0.key, possible: $0.value, span: 0..<0) }
      _ = session.run("patient Case " + Printer.statements(findings, guideline.vocabulary))
      sessions.append(session)
    }
    for command in [
      "recommend", "σύσταση", "why resection", "why not resection", "missing", "what if SSTR2 negative", "flip resection", "flip enucleation", "flip analogues",
      "flip embolisation", "find insulinoma", "βρες ηπατικές μεταστάσεις",
    ] {
      try measure(command, sessions) { session in
        let report = session.run(command).report
        return report.errors.isEmpty && !report.text(.plain).isEmpty
      }
    }
    // Whether it is taken or asked about depends on the patient.
    try measure("give octreotide LAR 20 mg every 4 weeks", sessions) {
      !$0.run("give octreotide LAR 20 mg every 4 weeks").report.text(.plain).isEmpty
    }
    // The first Tab of a program that has just read the guideline.
    let tabs = try (0..<100).map { _ in Session(world: World(guideline: try .embedded(), commands: .standard, version: "bench"), language: .english) }
    try measure("first Tab", tabs, warmingUp: false) { !$0.completions(line: "wh", at: 2).candidates.isEmpty }
    for typed in ["wh", "patient 54F, insul", "set liver-metastases ", "why not en"] {
      try measure("completion of “\(typed)”", sessions) { session in
        !session.completions(line: typed, at: typed.utf8.count).candidates.isEmpty
      }
    }
    var times: [Double] = []
    for _ in 0..<9 {
      times.append(seconds { for patient in stated { _ = guideline.evaluate(guideline.inference.known(patient)) } })
    }
    report("evaluation of one patient with its reasons", [("microseconds", times.sorted()[4] * 1000)])
    let compiled = CompiledGuideline(guideline)
    times = (0..<9).map { _ in seconds { for patient in stated { _ = compiled.statuses(of: [patient]) } } }
    report("statuses of one patient", [("microseconds", times.sorted()[4] * 1000)])
    times = (0..<5).map { _ in seconds { _ = guideline.audit() } }
    report("audit of the whole guideline", [("seconds", times.sorted()[2])])
  }
}
