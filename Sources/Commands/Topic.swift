import Grammar
import Guideline
import Sessions
import Wording

/// The topics of the text's sections, for `recommend TOPIC`.
enum Topic {
  static let all: [(id: String, name: Words)] = [
    ("surgery", Words("surgery", "χειρουργική")), ("liver", Words("liver", "ήπαρ")),
    ("transplantation", Words("transplantation", "μεταμόσχευση")), ("drugs", Words("drugs", "φάρμακα")),
    ("analogues", Words("analogues", "ανάλογα")), ("chemotherapy", Words("chemotherapy", "χημειοθεραπεία")),
    ("targeted", Words("targeted", "στοχευμένα")), ("local", Words("local", "τοπικές")),
    ("radionuclide", Words("radionuclide", "ραδιονουκλίδια")),
    ("radiotherapy", Words("radiotherapy", "ακτινοθεραπεία")), ("supportive", Words("supportive", "υποστηρικτικά")),
  ]

  /// The topics for completion, with the number of statements that each has.
  static func choices(_ language: Language, _ guideline: Guideline) -> [CompletionCandidate] {
    all.map { topic in
      let count = guideline.rules.filter { $0.isOn(topic.id) }.count
      return CompletionCandidate(topic.name[language], Words("\(count) statements", "\(count) δηλώσεις")[language])
    }
  }

  static func named(_ key: FoldedKey) -> String? {
    all.first { FoldedKey($0.id) == key || FoldedKey($0.name.greek) == key }?.id
  }

  static func unknown(_ name: String) -> Diagnostic {
    Diagnostic(
      "topic.unknown", Words("“\(name)” isn't a topic.", "Το «\(name)» δεν είναι θέμα."),
      help: [
        Words("Topics: " + all.map(\.name.english).joined(separator: ", "), "Θέματα: " + all.map(\.name.greek).joined(separator: ", "))
      ])
  }
}
