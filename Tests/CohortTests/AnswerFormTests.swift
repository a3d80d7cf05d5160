import Cohorts
import Foundation
import Guideline
import Patients
import Testing
import Wording

@Suite("eval tells what it is asked to tell")
struct AnswerFormTests {
  let guideline: Guideline
  /// Lines of random patients, some of which are refused.
  let lines: [String]

  init() throws {
    guideline = try Guideline.embedded()
    var random = RandomPatients(seed: 31, try PlainEvaluator(textsFolder))
    lines = (0..<150).map { number in
      random.line("\"p\(number)\"", random.next(stated: random.below(70), partly: 20), assumesAbsent: random.below(5) == 0)
    }
  }

  private func objects(_ form: AnswerForm?) throws -> [[String: Any]] {
    let form = form ?? .applying(guideline)
    return try answer(Array(lines.joined(separator: "\n").utf8), guideline, threads: 2, form: form).split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  private func advice(_ object: [String: Any]) -> [[String: Any]] { object["advice"] as? [[String: Any]] ?? [] }

  @Test("by default what applies: rule, stance and paragraphs")
  func applying() throws {
    let (short, whole) = (try objects(nil), try objects(.whole(guideline)))
    var told = 0
    for (short, whole) in zip(short, whole) {
      let expected = advice(whole).filter { $0["status"] as? String == "applies" }.map { $0.filter { ["rule", "stance", "paragraphs"].contains($0.key) } }
      #expect(advice(short) as NSArray == expected as NSArray)
      #expect(short["id"] as? String == whole["id"] as? String)
      #expect(short["errors"] as? NSArray == whole["errors"] as? NSArray)
      #expect(short["notices"] as? NSArray == whole["notices"] as? NSArray)
      told += expected.count
    }
    #expect(told > 500)
  }

  @Test("--depends tells also what depends, with its status and on what")
  func depends() throws {
    let (found, whole) = (try objects(AnswerForm(depends: true, guideline)), try objects(.whole(guideline)))
    let kept = ["rule", "stance", "paragraphs", "status", "depends_on"]
    for (found, whole) in zip(found, whole) {
      #expect(advice(found) as NSArray == advice(whole).map { $0.filter { kept.contains($0.key) } } as NSArray)
    }
  }

  @Test(
    "any choice of fields is that of the whole answer, and by the careful reader the same letter by letter",
    arguments: [
      "rule", "level", "depends_on", "with", "with,depends_on", "rule,with", "background", "depends_on,background", "status,reading", "grade,level,rule",
      "subjects,facts,with,background",
    ], [false, true])
  func fields(names: String, depends: Bool) throws {
    let form = try AnswerForm(all: depends, fields: names, guideline)
    let (found, whole) = (try objects(form), try objects(.whole(guideline)))
    let kept = names.split(separator: ",").map(String.init) + (names.contains("with") ? ["if"] : [])
    for (found, whole) in zip(found, whole) {
      let expected = advice(whole).filter { depends || $0["status"] as? String == "applies" }.map { $0.filter { kept.contains($0.key) } }
      #expect(advice(found) as NSArray == expected as NSArray)
    }
    let fast = answer(Array(lines.joined(separator: "\n").utf8), guideline, form: form).split(separator: "\n").map(String.init)
    for (number, line) in lines.enumerated() {
      var text = line
      let careful = text.withUTF8 { PatientLine($0, guideline) }
      #expect(fast[number] == careful.answer(guideline, line: number + 1, .english, form).text)
    }
  }

  @Test("--rules chooses rules by their ids, a star standing for any letters", arguments: ["surgery.*", "*.gastrinoma-men1,surgery.*", "s*y.*a*"])
  func rules(patterns: String) throws {
    let chosen = { (id: String) in
      patterns.split(separator: ",").contains { pattern in
        let regex = "^" + pattern.replacingOccurrences(of: ".", with: "\\.").replacingOccurrences(of: "*", with: ".*") + "$"
        return id.range(of: regex, options: .regularExpression) != nil
      }
    }
    #expect(guideline.rules.contains { chosen($0.id) } && guideline.rules.contains { !chosen($0.id) })
    let (found, whole) = (try objects(AnswerForm(all: true, rules: patterns, guideline)), try objects(.whole(guideline)))
    for (found, whole) in zip(found, whole) {
      #expect(advice(found) as NSArray == advice(whole).filter { chosen($0["rule"] as? String ?? "") } as NSArray)
    }
    let eval = Eval(guideline, language: .english, form: try AnswerForm(rules: patterns, guideline), threads: 1)
    let counts = String(decoding: eval.lines(eval.count(read: stream(lines[0]))), as: UTF8.self).split(separator: "\n")
    #expect(counts.count == guideline.rules.count { !$0.isRemark && chosen($0.id) } + 1)
  }

  @Test("what is no field and no rule is an error that helps")
  func unknown() throws {
    let field = #expect(throws: Diagnostic.self) { try AnswerForm(fields: "rule,grad", guideline) }
    #expect(field?.code == "eval.field-unknown")
    #expect(field?.message.english == "An answer has no field “grad”.")
    #expect(field?.help.first?.english.contains("level, grade, depends_on") == true)
    let rule = #expect(throws: Diagnostic.self) { try AnswerForm(rules: "surgery.gastrinoma-men", guideline) }
    #expect(rule?.code == "eval.rule-unknown")
    #expect(rule?.help.first?.english == "Did you mean surgery.gastrinoma-men1?")
    #expect(rule?.help.first?.greek == "Μήπως εννοείτε surgery.gastrinoma-men1;")
    #expect(throws: Diagnostic.self) { try AnswerForm(rules: "no-such.*", guideline) }
    #expect(throws: Diagnostic.self) { try AnswerForm(fields: " , ", guideline) }
    #expect(throws: Diagnostic.self) { try AnswerForm(rules: "", guideline) }
  }

  @Test("every answer is as the published schema says, and the schema says no to other objects")
  func schema() throws {
    let schema = try #require(JSONSerialization.jsonObject(with: Data(AnswerSchema.json.text.utf8)) as? [String: Any])
    #expect(schema["$id"] as? String == "urn:islet:schema:eval:2")
    let hostile = [
      #"{"findings":{}}"#, "nonsense", #"{"id":3,"findings":{"siz":1}}"#, #"{"id":1,"findings":{"stage":"locally-advanced","liver-metastases":"bilobar"}}"#,
    ]
    for form in [AnswerForm.whole(guideline), .applying(guideline), try AnswerForm(depends: true, guideline), try AnswerForm(fields: "with", guideline)] {
      let told = answer(Array((lines + hostile).joined(separator: "\n").utf8), guideline, form: form).split(separator: "\n")
      for line in told {
        #expect(Self.faults(of: try JSONSerialization.jsonObject(with: Data(line.utf8)), schema) == [])
      }
    }
    for wrong in [
      "[]", "{}", #"{"id":1,"advice":[]}"#, #"{"advice":[],"errors":[]}"#, #"{"id":1,"line":2,"advice":[],"errors":[]}"#,
      #"{"line":0,"advice":[],"errors":[]}"#, #"{"id":1,"advice":[{"stance":"never"}],"errors":[]}"#, #"{"id":1,"advice":[{"rul":"x"}],"errors":[]}"#,
      #"{"id":1,"advice":[{"paragraphs":["3"]}],"errors":[]}"#, #"{"id":1,"advice":[],"errors":[{"code":"x"}]}"#, #"{"id":true,"advice":[],"errors":[]}"#,
    ] {
      #expect(Self.faults(of: try JSONSerialization.jsonObject(with: Data(wrong.utf8)), schema) != [], "\(wrong)")
    }
  }

  /// What is wrong with a value by a schema, for the words that the schema uses.
  private static func faults(of value: Any, _ schema: [String: Any], at path: String = "$") -> [String] {
    var found: [String] = []
    func isBool(_ value: Any) -> Bool { (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false }
    func isOf(_ type: String) -> Bool {
      switch type {
      case "object": value is [String: Any]
      case "array": value is [Any]
      case "string": value is String
      case "boolean": isBool(value)
      case "integer", "number": value is NSNumber && !isBool(value)
      default: false
      }
    }
    for (word, rule) in schema {
      switch word {
      case "$schema", "$id", "title", "description", "properties", "items": continue
      case "type": if !((rule as? [String]) ?? [rule as? String ?? ""]).contains(where: isOf) { found.append("\(path): type") }
      case "enum": if !(rule as? [String] ?? []).contains(value as? String ?? "") { found.append("\(path): enum") }
      case "pattern": if (value as? String)?.range(of: rule as? String ?? "", options: .regularExpression) == nil { found.append("\(path): pattern") }
      case "minimum": if (value as? Int ?? .min) < (rule as? Int ?? .max) { found.append("\(path): minimum") }
      case "required": for key in rule as? [String] ?? [] where (value as? [String: Any])?[key] == nil { found.append("\(path): \(key) missing") }
      case "oneOf":
        if (rule as? [[String: Any]] ?? []).count(where: { faults(of: value, $0).isEmpty }) != 1 { found.append("\(path): oneOf") }
      case "additionalProperties":
        let known = schema["properties"] as? [String: Any] ?? [:]
        for key in (value as? [String: Any] ?? [:]).keys where known[key] == nil { found.append("\(path): \(key) unknown") }
      default: found.append("the test knows no \(word)")
      }
    }
    for (key, part) in schema["properties"] as? [String: [String: Any]] ?? [:] {
      if let inner = (value as? [String: Any])?[key] { found += faults(of: inner, part, at: "\(path).\(key)") }
    }
    if let items = schema["items"] as? [String: Any] {
      for (place, inner) in (value as? [Any] ?? []).enumerated() { found += faults(of: inner, items, at: "\(path)[\(place)]") }
    }
    return found
  }
}
