import Wording

/// What a study measured: the endpoints of the text's evidence.
public enum Endpoint: String, Sendable, CaseIterable {
  case responseRate = "response-rate"
  case objectiveResponse = "objective-response"
  case completeResponse = "complete-response"
  case partialResponse = "partial-response"
  case stableDisease = "stable-disease"
  case diseaseControl = "disease-control"
  case tumourResponse = "tumour-response"
  case biochemicalResponse = "biochemical-response"
  case symptomResponse = "symptom-response"
  case overallSurvival = "overall-survival"
  case survivalRate = "survival-rate"
  case progressionFreeSurvival = "progression-free-survival"
  case timeToProgression = "time-to-progression"
  case diseaseFreeSurvival = "disease-free-survival"
  case durationOfResponse = "duration-of-response"
  case localRecurrence = "local-recurrence"
  case recurrence
  case mortality
  case qualityOfLife = "quality-of-life"
  case other

  public var name: Words {
    switch self {
    case .responseRate: Words("response rate", "ποσοστό ανταπόκρισης")
    case .objectiveResponse: Words("objective response", "αντικειμενική ανταπόκριση")
    case .completeResponse: Words("complete response", "πλήρης ανταπόκριση")
    case .partialResponse: Words("partial response", "μερική ανταπόκριση")
    case .stableDisease: Words("stable disease", "σταθερή νόσος")
    case .diseaseControl: Words("disease control", "έλεγχος της νόσου")
    case .tumourResponse: Words("tumour response", "ανταπόκριση του όγκου")
    case .biochemicalResponse: Words("biochemical response", "βιοχημική ανταπόκριση")
    case .symptomResponse: Words("symptom response", "συμπτωματική ανταπόκριση")
    case .overallSurvival: Words("overall survival", "συνολική επιβίωση")
    case .survivalRate: Words("survival rate", "ποσοστό επιβίωσης")
    case .progressionFreeSurvival: Words("progression-free survival", "επιβίωση χωρίς εξέλιξη")
    case .timeToProgression: Words("time to progression", "χρόνος έως την εξέλιξη")
    case .diseaseFreeSurvival: Words("disease-free survival", "επιβίωση ελεύθερη νόσου")
    case .durationOfResponse: Words("duration of response", "διάρκεια ανταπόκρισης")
    case .localRecurrence: Words("local recurrence", "τοπική υποτροπή")
    case .recurrence: Words("recurrence", "υποτροπή")
    case .mortality: Words("mortality", "θνησιμότητα")
    case .qualityOfLife: Words("quality of life", "ποιότητα ζωής")
    case .other: Words("other findings", "άλλα ευρήματα")
    }
  }

  /// Short forms and families: `PFS`, `survival`, `response`.
  private static let families: [(names: [String], endpoints: [Endpoint])] = [
    (["PFS"], [.progressionFreeSurvival]), (["OS"], [.overallSurvival]), (["TTP"], [.timeToProgression]),
    (["DFS"], [.diseaseFreeSurvival]), (["ORR"], [.objectiveResponse]), (["QoL"], [.qualityOfLife]),
    (["survival", "επιβίωση"], [.overallSurvival, .survivalRate, .progressionFreeSurvival, .diseaseFreeSurvival]),
    (
      ["response", "ανταπόκριση"],
      [.responseRate, .objectiveResponse, .completeResponse, .partialResponse, .tumourResponse, .biochemicalResponse, .symptomResponse]
    ),
    (["stabilisation", "stabilization", "σταθεροποίηση"], [.stableDisease]),
    (["progression", "εξέλιξη"], [.progressionFreeSurvival, .timeToProgression]),
    (["recurrence", "υποτροπή"], [.recurrence, .localRecurrence]),
    (["symptoms", "συμπτώματα"], [.symptomResponse]),
  ]

  /// The endpoints that a phrase names, and the phrase as a recording writes it; nil for none.
  public static func named(_ key: FoldedKey) -> (endpoints: [Endpoint], canonical: String)? {
    for family in families where family.names.contains(where: { FoldedKey($0) == key }) {
      return (family.endpoints, family.endpoints.count == 1 ? family.endpoints[0].rawValue : family.names[0])
    }
    return allCases.first { [$0.rawValue, $0.name.english, $0.name.greek].contains { FoldedKey($0) == key } }
      .map { ([$0], $0.rawValue) }
  }
}

/// How a study was made, as far as the text says.
public enum StudyDesign: String, Sendable, CaseIterable {
  case randomisedPlaceboControlled = "randomised-placebo-controlled"
  case randomised
  case singleArm = "single-arm"
  case series
  case retrospective
  case notStated = "not-stated"

  public var name: Words {
    switch self {
    case .randomisedPlaceboControlled: Words("randomised, placebo-controlled", "τυχαιοποιημένη, ελεγχόμενη με εικονικό φάρμακο")
    case .randomised: Words("randomised", "τυχαιοποιημένη")
    case .singleArm: Words("single arm", "ενός σκέλους")
    case .series: Words("case series", "σειρά ασθενών")
    case .retrospective: Words("retrospective", "αναδρομική")
    case .notStated: Words("design not stated", "χωρίς αναφορά σχεδιασμού")
    }
  }
}
