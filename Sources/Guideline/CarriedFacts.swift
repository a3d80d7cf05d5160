import Reports
import Wording

/// A fact of the source as the chapters carry it.
public struct CarriedFact: Sendable {
  public let id: String
  public let chapter: String
  public let heading: String
  /// rule, remark, evidence, dose, adverse-effect, erratum or note.
  public let carriedBy: String
  public let english: Bool
  public let greek: Bool

  public var json: JSON {
    .fields([
      ("id", .string(id)), ("chapter", .string(chapter)), ("heading", .string(heading)), ("carried_by", .string(carriedBy)),
      ("en", .bool(english)), ("el", .bool(greek)),
    ])
  }
}

extension Guideline {
  /// Every fact on a heading, in the order of their ids: carried by a rule before a remark, evidence, a dose or an
  /// adverse effect, by the prose as a note when no block carries it.
  public func carriedFacts() throws(Diagnostic) -> [CarriedFact] {
    var carriers: [String: String] = [:]
    func carry(_ facts: [String], _ carrier: String) {
      for fact in facts where carriers[fact] == nil { carriers[fact] = carrier }
    }
    for rule in rules where !rule.isRemark { carry(rule.facts, "rule") }
    for rule in rules where rule.isRemark { carry(rule.facts, "remark") }
    for kind in [ChapterEntry.Kind.evidence, .dose, .adverseEffect] {
      for entry in entries where entry.kind == kind { carry(entry.list("facts"), kind.rawValue) }
    }
    var found: [CarriedFact] = []
    for chapter in chapters {
      let greek = try self.chapter(chapter.name, .greek)
      for section in chapter.sections {
        let companion = greek?.sections.first { $0.id == section.id }
        for fact in section.facts {
          found.append(
            CarriedFact(
              id: fact, chapter: chapter.name, heading: section.id, carriedBy: carriers[fact] ?? "note", english: true,
              greek: companion?.facts.contains(fact) ?? false))
        }
      }
    }
    return found.sorted { $0.id < $1.id }
  }
}
