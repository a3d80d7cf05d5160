import Cohorts
import Guideline
import Measures
import Reports
import Sessions
import Vocabulary
import Wording

/// A simulated trial in words, numbers and curves. It speaks of groups, never of a patient.
struct SimulationReport {
  private let cohort: SimulatedTrial
  private let therapy: Therapy
  private let until: [TimeSpan]
  private let guideline: Guideline
  private let language: Language
  private let text: EvidenceText
  /// The curves of the treated and of the control arm.
  private let curves: (treated: KaplanMeier, control: KaplanMeier)
  private let comparison: (logRank: SurvivalComparison.LogRank?, ratio: SurvivalComparison.Ratio?)
  private let end: Double
  private let ticks: [Double]

  init(_ invocation: Invocation, _ cohort: SimulatedTrial, therapy: Therapy, until: [TimeSpan]) {
    self.cohort = cohort
    self.therapy = therapy
    self.until = until
    guideline = invocation.guideline
    language = invocation.language
    text = EvidenceText(invocation)
    curves = (cohort.treated.kaplanMeier, cohort.control.kaplanMeier)
    let comparison = cohort.comparison
    self.comparison = (comparison.logRank, comparison.hazardRatio)
    (end, ticks) = Self.axis(cohort)
  }

  private var trial: PublishedTrial { cohort.trial }
  private var evidence: Evidence { cohort.trial.evidence }
  private var model: SurvivalModel { cohort.trial.model }

  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }

  /// Up to the follow-up, or until one in twenty of the better arm is left; marks at round times.
  private static func axis(_ cohort: SimulatedTrial) -> (end: Double, ticks: [Double]) {
    let most = SurvivalModel.Arm.allCases.map { cohort.trial.model.time($0, survival: 0.05) }.max() ?? 1
    let reach = cohort.followUp ?? most
    var step = 1.0
    for factor in [2.0, 1.5, 2, 2, 2].cycled(40) where reach / step > 8 { step *= factor }
    while step > reach / 2 { step /= 2 }
    let end = cohort.followUp ?? (reach / step).rounded(.up) * step
    return (end, Array(stride(from: 0, through: end, by: step)))
  }

  var report: Report {
    let figure = self.figure
    let about = [
      Row(say("Trial: ", "Μελέτη: ") + study, detail: studied, citation: Text.citations(evidence.paragraphs)),
      Row(say("Population: ", "Πληθυσμός: ") + evidence.population.cited(language), detail: EvidenceText.directness(evidence)[language]),
      Row(say("Endpoint: ", "Καταληκτικό σημείο: ") + evidence.endpoint.name[language]),
    ]
    var published = [Row(say("Published: ", "Δημοσιευμένα: ") + text.figure(evidence))]
    if let note = evidence.note { published.append(Row(note.cited(language), mark: "·", level: 1)) }
    for id in evidence.errata {
      guard let reading = guideline.erratum(id)?.words("reading") else { continue }
      published.append(Row(Text.citation(id) + ": " + reading.cited(language), mark: "!", level: 1))
    }
    // Figures with an erratum stand apart, since the lines of its block aren't broken.
    let described: [Block] = evidence.errata.isEmpty ? [.rows(about + published)] : [.rows(about), .rows(published)]
    return Report(
      data: data(figure),
      blocks: [
        .heading(therapy.name[language].capitalised + say(": a simulated group", ": ομάδα προσομοίωσης"))
      ] + described + [
        .figure(figure),
        .table(
          [
            say("Arm", "Σκέλος"), "n", say("events", "συμβάντα"), say("median (\(unit))", "διάμεσος (\(unit))"),
            say("published", "δημοσιευμένη"),
          ],
          SurvivalModel.Arm.allCases.map { arm in
            let sample = cohort.sample(arm)
            return [
              name(arm), String(sample.count), String(sample.events),
              curve(of: arm).median.map(ThreeFigures.text) ?? say("not reached", "δεν επετεύχθη"), publishedMedian(arm).words[language],
            ]
          }), .rows(results),
      ])
  }

  /// The trial, as the section on it is headed.
  private var study: String {
    guideline.sectionTitle(evidence.section, language) ?? evidence.cohort
  }

  /// `randomised, placebo-controlled · 410 patients · published 2011 (background)`
  private var studied: String {
    var parts = [evidence.design.name[language]]
    if let count = evidence.patients { parts.append(say("\(count) patients", "\(count) ασθενείς")) }
    parts.append(
      evidence.published.map { EvidenceText.published($0)[language] } ?? say("the text gives no year", "το κείμενο δεν δίνει έτος"))
    return parts.joined(separator: " · ")
  }

  private var drawn: String {
    let followed =
      until.isEmpty
      ? say("everyone is followed to the event", "όλοι παρακολουθούνται ως το συμβάν")
      : say(
        "followed for \(until.map(\.written.english).joined(separator: " ")), then censored",
        "παρακολούθηση \(until.map(\.written.greek).joined(separator: " ")) και μετά λογοκρισία")
    return say(
      "A cohort consistent with the published summary, invented: n \(cohort.count), half in each arm, seed \(cohort.seed); \(followed).",
      "Επινοημένη ομάδα, σύμφωνη με τη δημοσιευμένη σύνοψη: n \(cohort.count), το μισό σε κάθε σκέλος, σπόρος \(cohort.seed)· \(followed).")
  }

  private var assumption: String {
    let ratio = ThreeFigures.text(model.hazardRatio)
    switch model.basis {
    case .derived:
      let shape = ThreeFigures.text(model.shape)
      return say(
        "Model: Weibull times with one shape k = \(shape) for both arms, the published times read as medians; k is derived from two summaries, not estimated.",
        "Μοντέλο: χρόνοι Weibull με κοινό σχήμα k = \(shape) στα δύο σκέλη, με τους δημοσιευμένους χρόνους ως διαμέσους· το k προκύπτει από δύο συνόψεις, δεν εκτιμήθηκε."
      )
    case .assumed:
      return say(
        "Model: exponential times, the published times read as medians. Hazard ratio \(ratio): implied by the assumption, not in the text.",
        "Μοντέλο: εκθετικοί χρόνοι, με τους δημοσιευμένους χρόνους ως διαμέσους. Λόγος κινδύνου \(ratio): προκύπτει από την παραδοχή, δεν υπάρχει στο κείμενο."
      )
    }
  }

  private var results: [Row] {
    var rows: [Row] = []
    if let ratio = comparison.ratio {
      let value = ThreeFigures.text(ratio.value)
      if let published = evidence.hazardRatio {
        let (low, high) = (ThreeFigures.text(ratio.interval.low), ThreeFigures.text(ratio.interval.high))
        rows.append(
          Row(
            say(
              "Simulated hazard ratio \(value) (95% interval \(low) to \(high))", "Λόγος κινδύνου της προσομοίωσης \(value) (διάστημα 95%: \(low) έως \(high))"),
            detail: say("published \(published.words.english)", "δημοσιευμένος \(published.words.greek)")))
      } else {
        rows.append(
          Row(
            say("Simulated hazard ratio \(value)", "Λόγος κινδύνου της προσομοίωσης \(value)"),
            detail: say("implied by the assumption, not in the text", "προκύπτει από την παραδοχή, δεν υπάρχει στο κείμενο")))
      }
    }
    if let test = comparison.logRank {
      rows.append(
        Row(
          say(
            "Log-rank χ² \(ThreeFigures.text(test.chiSquared)), p \(Self.p(test.p))", "Log-rank χ² \(ThreeFigures.text(test.chiSquared)), p \(Self.p(test.p))"),
          detail: say("of the simulated group: it grows with n", "της ομάδας προσομοίωσης: μεγαλώνει με το n")))
    } else {
      rows.append(
        Row(
          say(
            "No event while both arms are at risk: hazard ratio and log-rank can't be computed",
            "Κανένα συμβάν όσο και τα δύο σκέλη είναι σε κίνδυνο: λόγος κινδύνου και log-rank δεν υπολογίζονται")))
    }
    return rows
  }

  private var limits: String {
    say(
      "This is \(evidence.endpoint.name.english) in groups: not survival, not a prognosis. It says nothing about any one patient.",
      "Πρόκειται για «\(evidence.endpoint.name.greek)» σε ομάδες: δεν είναι συνολική επιβίωση ούτε πρόγνωση. Δεν λέει τίποτε για μεμονωμένο ασθενή.")
  }

  /// `< 0.001`, `= 0.0213`, as evidence writes it.
  private static func p(_ value: Double) -> String { value < 0.001 ? "< 0.001" : "= " + ThreeFigures.text(value) }

  private var unit: String { trial.unit.name[language] }

  private func name(_ arm: SurvivalModel.Arm) -> String { arm == .treated ? therapy.name[language] : text.name(trial.comparator) }

  private func id(_ arm: SurvivalModel.Arm) -> String { arm == .treated ? therapy.id : trial.comparator.id }

  private func publishedMedian(_ arm: SurvivalModel.Arm) -> ReportedValue {
    arm == .treated ? evidence.value ?? trial.comparator.value : trial.comparator.value
  }

  // MARK: Curves

  private func curve(of arm: SurvivalModel.Arm) -> KaplanMeier { arm == .treated ? curves.treated : curves.control }

  private var figure: Figure {
    var notes = [
      study + " · " + studied, evidence.population[language] + " · " + EvidenceText.directness(evidence)[language], drawn,
      assumption,
    ]
    if let ratio = evidence.hazardRatio {
      notes.append(
        say(
          "Band: the curves that the ends of the published interval, \(ratio.low) and \(ratio.high), give beside the model's \(text.name(trial.comparator)) arm.",
          "Ζώνη: οι καμπύλες που δίνουν τα άκρα του δημοσιευμένου διαστήματος, \(ratio.low) και \(ratio.high), δίπλα στο σκέλος του μοντέλου με \(text.name(trial.comparator))."
        ))
    }
    notes.append(limits)
    return Figure(
      evidence.cohort + "-simulated", title: (evidence.endpoint.name[language] + say(", simulated", ", προσομοίωση")).capitalised,
      language: language, notes: notes.map { Text(citing: $0) }, citation: Text.citations(evidence.paragraphs),
      .survival(
        SurvivalCurves(
          timeUnit: unit, timeUnitID: trial.unit.rawValue, end: end, ticks: ticks, endpoint: say("without an event", "χωρίς συμβάν"),
          arms: SurvivalModel.Arm.allCases.map(curve))))
  }

  private func curve(_ arm: SurvivalModel.Arm) -> SurvivalCurves.Arm {
    let sample = cohort.sample(arm)
    let estimate = curve(of: arm)
    var steps = estimate.thinned(to: 400, end: end).map { SurvivalCurves.Step($0.time, $0.survival) }
    // The curve goes on to the end of the follow-up.
    if let followUp = cohort.followUp, let last = sample.instants.last, last.censored > 0 {
      steps.append(SurvivalCurves.Step(followUp, estimate.survival(at: followUp)))
    }
    var band: [SurvivalCurves.Bounds] = []
    if arm == .treated {
      band = (0...120).compactMap { place in
        let time = end * Double(place) / 120
        return trial.band(at: time).map { SurvivalCurves.Bounds(time, low: $0.low, high: $0.high) }
      }
    }
    return SurvivalCurves.Arm(
      id(arm), name(arm), count: sample.count, steps: steps, atRisk: ticks.map(sample.atRisk),
      median: estimate.median.map { .reached($0) } ?? .notReached, band: band)
  }

  // MARK: As data

  private func data(_ figure: Figure) -> [(String, JSON?)] {
    [
      ("simulated", .bool(true)), ("therapy", .string(therapy.id)), ("evidence", evidence.json(language)), ("n", .integer(cohort.count)),
      ("seed", .number(String(cohort.seed))), ("follow_up", cohort.followUp.map(ThreeFigures.json)), ("unit", .string(trial.unit.rawValue)),
      (
        "model",
        .fields([
          ("distribution", .string(model.basis == .derived ? "weibull" : "exponential")), ("shape", ThreeFigures.json(model.shape)),
          ("basis", .string(model.basis.rawValue)), ("hazard_ratio", ThreeFigures.json(model.hazardRatio)),
          ("hazard_ratio_in_text", .bool(evidence.hazardRatio != nil)),
        ])
      ),
      ("arms", .array(SurvivalModel.Arm.allCases.map(json))),
      (
        "hazard_ratio",
        comparison.ratio.map { ratio in
          let isPublished = evidence.hazardRatio != nil
          return .fields([
            ("value", ThreeFigures.json(ratio.value)), ("low", isPublished ? ThreeFigures.json(ratio.interval.low) : nil),
            ("high", isPublished ? ThreeFigures.json(ratio.interval.high) : nil),
          ])
        }
      ),
      (
        "log_rank",
        comparison.logRank.map {
          .fields([("chi_squared", ThreeFigures.json($0.chiSquared)), ("degrees_of_freedom", .integer(1)), ("p", .string(Self.p($0.p)))])
        }
      ), ("is_not", .strings(["survival", "prognosis"])), ("figures", .array([figure.meaning])),
    ]
  }

  private func json(_ arm: SurvivalModel.Arm) -> JSON {
    let sample = cohort.sample(arm)
    let estimate = curve(of: arm)
    let steps = estimate.thinned(to: 100, end: end)
    return .fields([
      ("id", .string(id(arm))), ("n", .integer(sample.count)), ("events", .integer(sample.events)),
      ("median", estimate.median.map(ThreeFigures.json) ?? .string("not-reached")), ("published_median", publishedMedian(arm).json),
      (
        "kaplan_meier",
        .fields([
          ("time", .array(steps.map { ThreeFigures.json($0.time) })), ("survival", .array(steps.map { ThreeFigures.json($0.survival) })),
        ])
      ),
      (
        "at_risk",
        .fields([("time", .array(ticks.map(ThreeFigures.json))), ("count", .array(ticks.map { .integer(sample.atRisk(at: $0)) }))])
      ),
    ])
  }
}

extension [Double] {
  /// These over and over, so many in all.
  fileprivate func cycled(_ count: Int) -> [Double] { isEmpty ? [] : (0..<count).map { self[$0 % self.count] } }
}
