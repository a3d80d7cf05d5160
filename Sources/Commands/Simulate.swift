import Cohorts
import Grammar
import Guideline
import Measures
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let simulate = Command(
    "simulate", greek: "προσομοίωση", aliases: ["προσομοίωσε"], kind: .question, role: .free, group: .reading,
    takes: [
      .value(
        "THERAPY", "ΘΕΡΑΠΕΙΑ",
        .choices { state, world in
          // Completion offers what can be read; the command says what can't.
          guard let trials = try? world.guideline.publishedTrials() else { return [] }
          var found: [CompletionCandidate] = []
          for trial in trials {
            guard let name = trial.evidence.therapies.lazy.compactMap({ world.guideline.vocabulary.therapy(id: $0)?.name }).first else { continue }
            for text in [name[state.language], name.english, name.greek] where !found.contains(where: { $0.text == text }) {
              found.append(CompletionCandidate(text, trial.evidence.endpoint.name[state.language], continues: true))
            }
          }
          return found
        },
        choices: { world in
          (try? world.guideline.publishedTrials()).map { [SimulationRequest.choices($0, world.guideline.vocabulary)] } ?? []
        })
    ] + SimulationRequest.options,
    summary: Words(
      "draw a group consistent with a trial's published summary", "προσομοίωση ομάδας σύμφωνης με τη δημοσιευμένη σύνοψη μιας μελέτης"),
    details: [
      Words(
        "For the trials whose times the text gives for both arms. Half of n are in each arm; with until, times are censored there, else everyone is followed to the event. The same seed gives the same group.",
        "Για τις μελέτες των οποίων το κείμενο δίνει χρόνους και στα δύο σκέλη. Κάθε σκέλος έχει το μισό του n· με το «έως» οι χρόνοι λογοκρίνονται εκεί, αλλιώς όλοι παρακολουθούνται ως το συμβάν. Ο ίδιος σπόρος δίνει την ίδια ομάδα."
      ),
      Words(
        "It is about groups: not survival, not a prognosis, and nothing about any one patient.",
        "Αφορά ομάδες: δεν είναι επιβίωση ούτε πρόγνωση, και δεν λέει τίποτε για μεμονωμένο ασθενή."),
    ],
    examples: [
      Example(
        Words("simulate everolimus n 1000 seed 7", "προσομοίωση everolimus n 1000 σπόρος 7"),
        Words("with the published hazard ratio", "με τον δημοσιευμένο λόγο κινδύνου"), gives: Words(same: "0.35")),
      Example(
        Words("simulate octreotide LAR n 1000 seed 7 until 12 months", "προσομοίωση οκτρεοτίδη LAR n 1000 σπόρος 7 έως 12 μήνες"),
        Words("followed for a year", "με παρακολούθηση ενός έτους"), gives: Words(same: "14.3")),
    ], isOfGroups: true
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let request = try SimulationRequest(invocation)
    let cohort = SimulatedTrial(request.trial, count: request.count, seed: request.seed, followUp: request.followUp)
    return Outcome(
      .state(invocation.state), SimulationReport(invocation, cohort, therapy: request.therapy, until: request.until).report,
      canonical: invocation.written(request.therapy.id, request.written))
  }
}

/// What a `simulate` line asks for.
struct SimulationRequest {
  /// What stands behind the therapy.
  static let options: [Parameter] = [
    .size, .seed,
    .keyword("until", "έως", aliases: ["till", "ως", "μέχρι"], Words("DURATION", "ΔΙΑΣΤΗΜΑ")),
  ]

  let therapy: Therapy
  let trial: PublishedTrial
  private(set) var count = 1_000
  private(set) var seed: UInt64
  /// The follow-up asked for; empty: to the event.
  private(set) var until: [TimeSpan] = []

  init(_ invocation: Invocation) throws(Diagnostic) {
    let trials = try invocation.guideline.publishedTrials()
    let command = invocation.command
    (therapy, trial) = try Self.named(invocation.first..<invocation.tokens.count, trials, invocation)
    seed = invocation.world.seed
    if let size = invocation.options[Parameter.size.id] {
      guard let number = size.number, (2...SimulatedTrial.largest).contains(number) else {
        throw Self.number(
          size, Words("A simulated group has 2 to \(SimulatedTrial.largest).", "Μια ομάδα προσομοίωσης έχει 2 έως \(SimulatedTrial.largest)."))
      }
      count = number
    }
    if let given = invocation.options[Parameter.seed.id] {
      guard let number = UInt64(given.text), given.tokens.count == 1 else {
        throw Self.number(given, Words("A seed is a whole number, up to \(UInt64.max).", "Ο σπόρος είναι ακέραιος αριθμός, έως \(UInt64.max)."))
      }
      seed = number
    }
    guard let given = invocation.options["until"] else { return }
    var reader = TreatmentReader(invocation.vocabulary, try invocation.vocabulary.doseWords, given.line, tokens: given.tokens, from: 0)
    until = try reader.spans()
    if until.isEmpty || reader.isPlanned { throw command.unread(given.span, given.line) }
    guard until.reduce(0, { $0 + $1.averageDays }) <= 36_525 else {
      throw Self.number(given, Words("A follow-up lasts 100 years at most.", "Η παρακολούθηση διαρκεί έως 100 έτη."))
    }
  }

  /// The follow-up in the unit of the trial.
  var followUp: Double? { until.isEmpty ? nil : until.reduce(0) { $0 + $1.averageDays } / trial.unit.averageDays }

  /// The options in canonical form.
  var written: [String: String] {
    var written = [Parameter.size.id: "\(count)", Parameter.seed.id: "\(seed)"]
    if !until.isEmpty { written["until"] = until.map(\.written.english).joined(separator: " ") }
    return written
  }

  /// The trial of a therapy, or the one that a study's name means.
  private static func named(
    _ range: Range<Int>, _ trials: [PublishedTrial], _ invocation: Invocation
  ) throws(Diagnostic) -> (Therapy, PublishedTrial) {
    let vocabulary = invocation.vocabulary
    let key = invocation.tokens[range].reduce(FoldedKey()) { $0 + $1.key }
    if let trial = trials.first(where: { FoldedKey($0.evidence.cohort) == key }),
      let therapy = trial.evidence.therapies.lazy.compactMap({ vocabulary.therapy(id: $0) }).first
    {
      return (therapy, trial)
    }
    let therapy: Therapy
    do throws(Diagnostic) {
      therapy = try Naming.therapy(invocation, range)
    } catch {
      throw error.adding(choices(trials, vocabulary))
    }
    guard let trial = trials.first(where: { $0.evidence.therapies.contains(therapy.id) }) else {
      throw Diagnostic(
        "simulate.no-trial",
        Words(
          "The text gives no randomised trial of \(therapy.name.english) with a time for each arm, so there is nothing to draw from.",
          "Το κείμενο δεν δίνει τυχαιοποιημένη μελέτη με χρόνο για κάθε σκέλος για: \(therapy.name.greek)· δεν υπάρχει βάση για προσομοίωση."),
        help: [choices(trials, vocabulary)], source: invocation.line,
        span: invocation.tokens[range.lowerBound].span.lowerBound..<invocation.tokens[range.upperBound - 1].span.upperBound)
    }
    return (therapy, trial)
  }

  static func choices(_ trials: [PublishedTrial], _ vocabulary: Vocabulary) -> Words {
    let names = Words.joined(trials.flatMap(\.evidence.therapies).compactMap { vocabulary.therapy(id: $0)?.name }, by: ", ")
    return Words("It gives them for: \(names.english)", "Τα δίνει για: \(names.greek)")
  }

  private static func number(_ option: GivenOption, _ words: Words) -> Diagnostic {
    Diagnostic(
      "simulate.number", words,
      help: [Words("For example: simulate everolimus n 1000 seed 7", "Για παράδειγμα: προσομοίωση everolimus n 1000 σπόρος 7")],
      source: option.line, span: option.valueSpan)
  }
}

extension Diagnostic {
  fileprivate func adding(_ words: Words) -> Diagnostic {
    var copy = self
    copy.help.append(words)
    return copy
  }
}

extension TimeSpan {
  /// Its length in days, of months and years on average.
  fileprivate var averageDays: Double {
    switch unit {
    case .hour: Double(count) / 24
    case .day: Double(count)
    case .week: Double(count) * 7
    case .month: Double(count) * 365.25 / 12
    case .year: Double(count) * 365.25
    }
  }
}

extension ReportedValue.Unit {
  /// The length of one in days, of months and years on average.
  fileprivate var averageDays: Double {
    switch self {
    case .hours: 1 / 24.0
    case .weeks: 7
    case .months: 365.25 / 12
    case .years: 365.25
    case .days, .percent: 1
    }
  }
}
