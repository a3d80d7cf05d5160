import Measures
import Reports
import Wording

/// Figures of every kind in both languages, with made-up numbers: what is tested is the drawing.
public enum SampleFigures {
  static func number(_ text: String) -> Exact { Exact(text) ?? .zero }

  /// A curve that falls at the rate given, month by month, and its band.
  static func arm(_ id: String, _ label: String, keep: Double, band: Bool, censored: [Double]) -> SurvivalCurves.Arm {
    var steps: [SurvivalCurves.Step] = []
    var bounds: [SurvivalCurves.Bounds] = []
    var survival = 1.0
    var median = SurvivalCurves.Median.notReached
    for month in 0...24 {
      steps.append(SurvivalCurves.Step(Double(month), survival))
      bounds.append(SurvivalCurves.Bounds(Double(month), low: survival * survival, high: survival + (1 - survival) * 0.2))
      if survival <= 0.5, median == .notReached { median = .reached(Double(month)) }
      survival *= keep
    }
    let atRisk = [0, 6, 12, 18, 24].map { Int(200 * steps[$0].survival) }
    return SurvivalCurves.Arm(
      id, label, count: 200, steps: steps, censored: censored, atRisk: atRisk, median: median, band: band ? bounds : [])
  }

  public static func survival(_ language: Language) -> Figure {
    let words: (Words) -> String = { $0[language] }
    return Figure(
      "curves", title: words(Words("A made-up trial", "Επινοημένη μελέτη")), language: language,
      notes: [Text(words(Words("A simulated group, not survival, not a prognosis.", "Προσομοιωμένη ομάδα, όχι επιβίωση, όχι πρόγνωση.")))],
      citation: "P119",
      .survival(
        SurvivalCurves(
          timeUnit: words(Words("months", "μήνες")), timeUnitID: "month", end: 24, ticks: [0, 6, 12, 18, 24],
          endpoint: words(Words("progression-free", "χωρίς εξέλιξη νόσου")),
          arms: [
            arm("treated", words(Words("treatment", "θεραπεία")), keep: 0.975, band: true, censored: [5, 9, 15, 24]),
            arm("control", words(Words("placebo", "εικονικό φάρμακο")), keep: 0.86, band: false, censored: [3, 8]),
          ])))
  }

  public static func forest(_ language: Language) -> Figure {
    let endpoint = Words("progression-free survival", "επιβίωση χωρίς εξέλιξη")[language]
    return Figure(
      "forest", title: Words("Hazard ratios", "Λόγοι κινδύνου")[language], language: language,
      .forest(
        ForestPlot(
          measure: Words("hazard ratio, logarithmic scale", "λόγος κινδύνου, λογαριθμική κλίμακα")[language], measureID: "hazard-ratio",
          reference: number("1"), isLogarithmic: true, left: Words("favours treatment", "υπέρ της θεραπείας")[language],
          right: Words("favours placebo", "υπέρ του εικονικού")[language],
          cohorts: [
            ForestPlot.Cohort(
              "trial-a", Words("Trial A, n 410", "Μελέτη Α, n 410")[language],
              [ForestPlot.Estimate("a", endpoint, value: number("0.35"), low: number("0.27"), high: number("0.45"), citation: "P119")]),
            ForestPlot.Cohort(
              "trial-b", Words("Trial B, n 85", "Μελέτη Β, n 85")[language],
              [
                ForestPlot.Estimate("b", endpoint, value: number("0.34"), low: number("0.2"), high: number("0.59"), citation: "P052"),
                ForestPlot.Estimate("c", Words("overall survival", "συνολική επιβίωση")[language], value: number("0.81"), citation: "P052"),
              ]),
          ])))
  }

  public static func ranges(_ language: Language) -> Figure {
    Figure(
      "ranges", title: Words("Response", "Ανταπόκριση")[language], language: language,
      .ranges(
        RangeChart(
          unit: "%", unitID: "percent",
          cohorts: [
            RangeChart.Cohort(
              "series-a", Words("Embolisation, series", "Εμβολισμός, σειρές")[language],
              [
                RangeChart.Bar(
                  "a", Words("biochemical response", "βιοχημική ανταπόκριση")[language], low: number("12"), high: number("75"), citation: "P100"),
                RangeChart.Bar("b", Words("tumour response", "ανταπόκριση του όγκου")[language], value: number("47.5"), citation: "P101"),
              ]),
            RangeChart.Cohort(
              "series-b", Words("Radionuclide", "Ραδιονουκλίδιο")[language],
              [RangeChart.Bar("c", Words("symptoms", "συμπτώματα")[language], low: number("0"), high: number("100"))]),
          ])))
  }

  public static func timeline(_ language: Language) -> Figure {
    let doses = stride(from: 14, through: 154, by: 28).map { day in
      Timeline.Item("dose-\(day)", "", day == 98 ? .missed : day == 154 ? .due : .dose, from: day)
    }
    return Figure(
      "course", title: Words("Course of Patient 1", "Πορεία: Ασθενής 1")[language], language: language,
      .timeline(
        Timeline(
          days: 0...182, today: 140,
          lanes: [
            Timeline.Lane(
              "tests", Words("Tests", "Εξετάσεις")[language],
              [
                Timeline.Item("ct", Words("computed tomography", "αξονική τομογραφία")[language], .test, from: 0),
                Timeline.Item("biopsy", Words("biopsy", "βιοψία")[language], .test, from: 6),
                Timeline.Item("size", Words("size 25 mm", "μέγεθος 25 mm")[language], .finding, from: 6),
                Timeline.Item("mri", Words("magnetic resonance imaging of the liver", "μαγνητική τομογραφία του ήπατος")[language], .test, from: 120),
              ]),
            Timeline.Lane(
              "octreotide-lar", Words("octreotide LAR", "οκτρεοτίδη LAR")[language],
              [Timeline.Item("course", Words("30 mg every 4 weeks", "30 mg κάθε 4 εβδομάδες")[language], .course, from: 14)] + doses),
            Timeline.Lane(
              "operations", Words("Procedures", "Επεμβάσεις")[language],
              [
                Timeline.Item("embolisation", Words("embolisation", "εμβολισμός")[language], .procedure, from: 60),
                Timeline.Item("watch", Words("post-embolisation syndrome", "σύνδρομο μετά από εμβολισμό")[language], .window, from: 61, to: 63),
              ]),
          ])))
  }

  public static func tree(_ language: Language) -> Figure {
    typealias Node = ConditionTree.Node
    return Figure(
      "why", title: Words("Why enucleation", "Γιατί εκπυρήνιση")[language], language: language, citation: "P002",
      .tree(
        ConditionTree(
          Node(
            "surgery.enucleation", Words("Enucleation", "Εκπυρήνιση")[language],
            detail: Words("recommended if found at surgery", "συνιστάται αν βρεθεί στο χειρουργείο")[language], .unknown, join: .all,
            branches: [
              Node("syndrome is insulinoma", Words("syndrome is insulinoma", "το σύνδρομο είναι ινσουλίνωμα")[language], .yes),
              Node(
                "any", "", .yes, join: .any,
                branches: [
                  Node("near-surface", Words("near the surface", "κοντά στην επιφάνεια")[language], .yes),
                  Node("men1", "MEN1", .no),
                ]),
              Node(
                "found-at-surgery", Words("found at surgery", "βρίσκεται στο χειρουργείο")[language],
                detail: Words("not stated", "δεν αναφέρεται")[language], .unknown),
            ]))))
  }

  public static func crossing(_ language: Language) -> Figure {
    typealias Value = Crossing.Value
    return Figure(
      "crossing", title: Words("Syndrome by grade", "Σύνδρομο ανά βαθμό")[language], language: language,
      .crossing(
        Crossing(
          rows: Crossing.Axis(
            "syndrome", Words("syndrome", "σύνδρομο")[language],
            [
              Value("insulinoma", Words("insulinoma", "ινσουλίνωμα")[language]), Value("gastrinoma", Words("gastrinoma", "γαστρίνωμα")[language]),
              Value("none", Words("no syndrome", "χωρίς σύνδρομο")[language]), Value("unknown", Words("not stated", "δεν αναφέρεται")[language]),
            ]),
          columns: Crossing.Axis(
            "grade", Words("grade", "βαθμός κακοήθειας")[language],
            [Value("g1", "G1"), Value("g2", "G2"), Value("g3", "G3"), Value("unknown", Words("not stated", "δεν αναφέρεται")[language])]),
          counts: [[120, 30, 2, 44], [60, 55, 5, 31], [240, 180, 33, 102], [11, 9, 0, 78]])))
  }

  public static func all(_ language: Language) -> [Figure] {
    [survival(language), forest(language), ranges(language), timeline(language), tree(language), crossing(language)]
  }
}

extension SampleFigures {
  /// Figures of every kind whose words are an attack.
  public static var hostile: [Figure] {
    let bad = "<script>alert(\"1\")</script>&amp;'\u{1B}[31m\u{202E}]]>"
    let one = number("1")
    let contents: [Figure.Content] = [
      .survival(
        SurvivalCurves(
          timeUnit: bad, timeUnitID: bad, end: 2, ticks: [0, 1, 2], endpoint: bad,
          arms: [SurvivalCurves.Arm(bad, bad, count: 1, steps: [SurvivalCurves.Step(0, 1), SurvivalCurves.Step(1, 0)], median: .reached(1))])),
      .forest(
        ForestPlot(
          measure: bad, measureID: bad, reference: one, isLogarithmic: true, left: bad, right: bad,
          cohorts: [ForestPlot.Cohort(bad, bad, [ForestPlot.Estimate(bad, bad, value: one, low: one, high: one, citation: bad)])])),
      .ranges(RangeChart(unit: bad, unitID: bad, cohorts: [RangeChart.Cohort(bad, bad, [RangeChart.Bar(bad, bad, value: one, citation: bad)])])),
      .timeline(
        Timeline(
          days: 0...10, today: 5, ticks: [Timeline.Tick(0, bad)],
          lanes: [Timeline.Lane(bad, bad, Timeline.Kind.allCases.map { Timeline.Item(bad, bad, $0, from: 3, to: 4) })])),
      .tree(ConditionTree(ConditionTree.Node(bad, bad, detail: bad, .no, join: .any, branches: [ConditionTree.Node(bad, bad, .yes)]))),
      .crossing(
        Crossing(
          rows: Crossing.Axis(bad, bad, [Crossing.Value(bad, bad)]), columns: Crossing.Axis(bad, bad, [Crossing.Value(bad, bad)]), counts: [[3]])),
    ]
    return contents.map { Figure(bad, title: bad, language: .english, notes: [Text(bad)], citation: bad, $0) }
  }
}
