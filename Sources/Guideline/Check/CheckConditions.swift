import Grammar
import Vocabulary
import Wording

/// Conditions are written in canonical form, ids and not phrases; printed, they read back as the same condition.
extension ChapterCheck {
  func conditions() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    var reader = CanonicalReader(vocabulary)
    for (block, source) in written {
      for field in block.fields where ["when", "unless", "not-said"].contains(field.name) || (field.name == "until" && block.kind != "dose") {
        let condition: Condition
        do throws(Diagnostic) {
          condition = try ConditionReader.condition(field.value, vocabulary)
        } catch {
          faults.append(error.at(file: source.file, line: field.line))
          continue
        }
        let printed = Printer.condition(condition, vocabulary)
        if reader.condition(field.value) == condition, reader.condition(printed) == condition { continue }
        faults.append(
          fault(
            "condition-form", source, field.line, "The condition of \(block.id) isn't in canonical form.",
            "Η συνθήκη του \(block.id) δεν είναι σε κανονική μορφή.", help: [Words(same: printed)]))
      }
    }
    return faults
  }
}
