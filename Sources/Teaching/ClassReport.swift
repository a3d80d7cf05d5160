import Guideline
import Measures
import Reports
import Wording

/// The results of a class in words, with pictures where there is a page for them.
public struct ClassReport: Sendable {
  let results: ClassResults
  let language: Language

  public init(_ results: ClassResults, _ language: Language) {
    self.results = results
    self.language = language
  }

  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }
  private func two(_ value: Double) -> String { ItemStatistics.two(value) }
  private func two(_ value: Double?) -> String { value.map(two) ?? "–" }
  private func number(_ value: Int?) -> String { value.map { "\($0)" } ?? "–" }

  private func interval(_ estimate: ItemStatistics.Estimate?) -> String {
    estimate.map { "\(two($0.low)) \(say("to", "έως")) \(two($0.high))" } ?? "–"
  }

  private func counted(_ count: Int, _ one: Words, _ many: Words) -> String { "\(count) " + (count == 1 ? one : many)[language] }

  /// `18 of 30`, and the share where there are enough.
  private func count(_ part: Int, of whole: Int) -> String {
    let text = say("\(part) of \(whole)", "\(part) από \(whole)")
    guard whole >= ItemStatistics.leastForShare else { return text }
    return text + " (\((part * 200 + whole) / (whole * 2))%)"
  }

  public func report(pictures: Bool) -> Report {
    var blocks: [Block] = [
      .paragraph(
        [
          counted(results.learners.count, Words("learner", "εκπαιδευόμενος"), Words("learners", "εκπαιδευόμενοι")),
          counted(results.cases.count, Words("case", "περιστατικό"), Words("cases", "περιστατικά")),
        ].joined(separator: " · ")
          + (results.examsAlone ? say(" · exams only", " · μόνο διαγωνίσματα") : ""))
    ]
    if results.cases.contains(where: { $0.learners < ItemStatistics.leastForCorrelation }) {
      blocks.append(
        .notice(
          say(
            "Small numbers: a share is given from \(ItemStatistics.leastForShare) learners up, discrimination and alpha from \(ItemStatistics.leastForCorrelation); – stands where there are fewer, or where nothing varies.",
            "Μικροί αριθμοί: ποσοστό δίνεται από \(ItemStatistics.leastForShare) εκπαιδευομένους και πάνω, διακριτική ικανότητα και α από \(ItemStatistics.leastForCorrelation)· η παύλα σημαίνει ότι είναι λιγότεροι, ή ότι τίποτα δεν διαφέρει."
          )))
    }
    for names in results.copies {
      blocks.append(.notice(say("The same log, to the second: ", "Το ίδιο αρχείο, στο δευτερόλεπτο: ") + names.joined(separator: ", ")))
    }
    blocks += learners
    blocks += exams
    for result in results.cases { blocks += self.blocks(result, pictures: pictures) }
    blocks += confidence(pictures: pictures)
    blocks += errors
    if !results.cases.isEmpty { blocks.append(.notice(terms)) }
    let results = results
    return Report(blocks: blocks) { ClassTables(results: results).data }
  }

  private var terms: String {
    say(
      "First attempts alone count, but for the attempts' number. p: mean credit (difficulty index), with Wilson's 95% interval; r: correlation of an item with the mean credit of the learner's other items in the case (corrected item-total, Henrysson 1963), with Fisher's interval; alpha: Cronbach 1951, for items right or wrong KR-20; Brier: 0 is best, 0.25 says 50% of everything.",
      "Μετρούν μόνο οι πρώτες προσπάθειες, εκτός από τον αριθμό τους. p: μέση βαθμολογία (δείκτης δυσκολίας), με 95% διάστημα Wilson· r: συσχέτιση του στοιχείου με τη μέση βαθμολογία των άλλων στοιχείων του περιστατικού (διορθωμένη συσχέτιση στοιχείου–συνόλου, Henrysson 1963), με διάστημα Fisher· α: Cronbach 1951, για σωστό ή λάθος KR-20· Brier: άριστα το 0, το 0.25 αντιστοιχεί σε 50% για όλα."
    )
  }

  // MARK: Learners

  private var learners: [Block] {
    [
      .heading(say("Learners", "Εκπαιδευόμενοι")),
      .table(
        [
          say("learner", "όνομα"), say("cases", "περιστατικά"), say("attempts", "προσπάθειες"), say("first", "πρώτη"), say("best", "άριστη"),
          say("grave", "βαριά"), say("hints", "υποδ."), say("asked", "ερωτ."), "Brier (n)",
        ],
        results.learners.map { learner in
          [
            learner.name, "\(learner.cases)", "\(learner.attempts)", number(learner.mean), number(learner.best), "\(learner.grave)", "\(learner.hints)",
            "\(learner.consults)", brier(learner.forecasts),
          ]
        }),
      .notice(
        say(
          "first, best: mean score of completed first attempts, and of the best in each case; grave: grave faults",
          "πρώτη, άριστη: μέσος βαθμός των πρώτων προσπαθειών που ολοκληρώθηκαν και της καλύτερης κάθε περιστατικού· βαριά: βαριά σφάλματα")),
    ]
  }

  private func brier(_ forecasts: [Forecast]) -> String {
    guard forecasts.count >= ItemStatistics.leastForShare, let brier = Calibration(forecasts).brier else {
      return forecasts.isEmpty ? "–" : "– (\(forecasts.count))"
    }
    return "\(two(brier.double)) (\(forecasts.count))"
  }

  private var exams: [Block] {
    let rows = results.learners.flatMap { learner in
      learner.exams.map { exam, score -> Row in
        let state: String
        if !exam.holds {
          state = say("the seal doesn't hold: not counted", "η σφραγίδα δεν ισχύει: δεν μετρά")
        } else if let receipt = exam.receipt {
          state = say("sealed, receipt \(receipt)", "σφραγισμένο, απόδειξη \(receipt)")
        } else {
          state = say("not closed: left, or cut short at its end", "δεν ολοκληρώθηκε: εγκαταλείφθηκε, ή λείπει το τέλος του")
        }
        let number = exam.attempt > 1 ? say("attempt \(exam.attempt)", "προσπάθεια \(exam.attempt)") : ""
        return Row(
          "\(learner.name) · \(exam.case)", mark: !exam.holds ? "✗" : exam.isClosed ? "✓" : "?",
          detail: [exam.holds ? score.map { say("score \($0)", "βαθμός \($0)") } ?? "" : "", number, state].filter { !$0.isEmpty }.joined(separator: " · "))
      }
    }
    guard !rows.isEmpty else { return [] }
    return [
      .heading(say("Exams", "Διαγωνίσματα")), .rows(rows),
      .notice(
        say(
          "A seal shows lines that were changed, added, moved or taken out. That a log was made again as a whole, or an exam taken out at its end, only the learner's receipt shows.",
          "Η σφραγίδα δείχνει γραμμές που άλλαξαν, προστέθηκαν, μετακινήθηκαν ή αφαιρέθηκαν. Αν όλο το αρχείο έγινε από την αρχή, ή αν αφαιρέθηκε ένα διαγώνισμα από το τέλος του, το δείχνει μόνο η απόδειξη του εκπαιδευομένου."
        )),
    ]
  }

  // MARK: A case

  private func blocks(_ result: ClassResults.CaseResult, pictures: Bool) -> [Block] {
    var blocks: [Block] = [.heading(result.title.map { "\($0[language]) (\(result.id))" } ?? result.id)]
    var parts = [
      counted(result.learners, Words("learner", "εκπαιδευόμενος"), Words("learners", "εκπαιδευόμενοι")),
      counted(result.attempts, Words("attempt", "προσπάθεια"), Words("attempts", "προσπάθειες")),
      say("first ones finished: \(result.firsts.count)", "πρώτες που ολοκληρώθηκαν: \(result.firsts.count)"),
    ]
    if let middle = result.quantile(50), let low = result.firsts.first, let high = result.firsts.last {
      parts.append(say("median \(middle), range \(low) to \(high)", "διάμεσος \(middle), εύρος \(low) έως \(high)"))
      if result.firsts.count >= ItemStatistics.leastForShare, let first = result.quantile(25), let third = result.quantile(75) {
        parts.append(say("quartiles \(first) and \(third)", "τεταρτημόρια \(first) και \(third)"))
      }
    }
    if !result.again.isEmpty {
      let gain = ClassResults.Learner.mean(result.again.map { $0.last - $0.first }.map { $0 + 100 }).map { $0 - 100 } ?? 0
      parts.append(
        say(
          "\(result.again.count) repeated: \(gain < 0 ? "" : "+")\(gain) on average", "\(result.again.count) ξανά: \(gain < 0 ? "" : "+")\(gain) κατά μέσο όρο")
      )
    }
    if let alpha = result.alpha {
      parts.append(
        say(
          "alpha \(two(alpha.value)) (\(alpha.items) items, \(alpha.learners) learners)",
          "α \(two(alpha.value)) (\(alpha.items) στοιχεία, \(alpha.learners) άτομα)"))
    }
    blocks.append(.paragraph(parts.joined(separator: " · ")))
    if result.title == nil {
      blocks.append(
        .notice(
          say(
            "The case isn't available here: its choices can't be named. Give its folder: --cases DIR",
            "Το περιστατικό δεν είναι διαθέσιμο: οι επιλογές του δεν κατονομάζονται. Δώστε τον φάκελό του: --cases DIR")))
    } else if result.others > 0 {
      blocks.append(
        .notice(
          say(
            "\(result.others) first attempts were at another version of its file; where its choices changed, the counts mix both.",
            "\(result.others) πρώτες προσπάθειες έγιναν σε άλλη έκδοση του αρχείου· όπου άλλαξαν οι επιλογές, οι αριθμοί ανακατεύουν και τις δύο.")))
    }
    guard !result.items.isEmpty else { return blocks + decisions(result) }
    blocks.append(
      .table(
        [say("question", "ερώτηση"), "n", "p", "95%", "r", "95%"],
        result.items.enumerated().map { place, item in
          [
            number(item, place), "\(item.count)", item.facility.map { two($0.value) } ?? "–", interval(item.facility),
            item.discrimination.map { two($0.value) } ?? "–",
            interval(item.discrimination),
          ]
        }))
    if pictures { blocks += figures(result) }
    return blocks + [.rows(result.items.enumerated().flatMap { rows($1, $0) })] + decisions(result)
  }

  /// What a question is called in tables and pictures: its number in the case, or its id where the case isn't at hand.
  private func number(_ item: ItemResult, _ place: Int) -> String { item.question == nil ? item.name : "\(place + 1)" }

  /// An item with what was answered to it.
  private func rows(_ item: ItemResult, _ place: Int) -> [Row] {
    let remark = item.remark?[language] ?? ""
    var rows = [Row(item.question.map { "\(place + 1). \($0.text[language])" } ?? item.name, mark: remark.isEmpty ? "·" : "!", detail: remark)]
    let manner: String?
    switch item.question?.kind {
    case .ranked: manner = say("put first", "πρώτη θέση")
    case .ordering: manner = say("in its place", "στη θέση της")
    default: manner = nil
    }
    rows += item.options.map { option in
      let rest = option.rest.map { say("rest ", "υπόλοιπα ") + two($0) }
      return Row(
        option.choice.text[language], mark: option.isRight ? "✓" : "✗",
        detail: [count(option.count, of: item.count) + (manner.map { " " + $0 } ?? ""), rest, item.remark(option)?[language]].compactMap { $0 }
          .joined(separator: " · "), level: 1)
    }
    rows += item.wrong.prefix(3).map { Row($0.line, mark: "✗", detail: count($0.count, of: item.count), level: 1) }
    return rows
  }

  private func decisions(_ result: ClassResults.CaseResult) -> [Block] {
    guard !result.tallies.isEmpty else { return [] }
    return [
      .paragraph(say("Decisions", "Αποφάσεις")),
      .rows(
        result.tallies.map { tally in
          let marks = tally.marks.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\(Self.name($0.key)[language]) \($0.value)" }
          return Row(deed(tally.what), mark: "·", detail: marks.joined(separator: " · "))
        }),
    ]
  }

  /// `give diazoxide` in words.
  private func deed(_ what: String) -> String {
    let vocabulary = results.guideline.vocabulary
    for act in Deed.Act.allCases where what.hasPrefix(act.rawValue + " ") {
      let name = name(String(what.dropFirst(act.rawValue.count + 1)))
      return act == .against ? say("leave alone: ", "να μη γίνει: ") + name : name
    }
    return vocabulary.therapy(id: what)?.name[language] ?? what
  }

  private func name(_ id: String) -> String { results.guideline.vocabulary.therapy(id: id)?.name[language] ?? id }

  private static func name(_ mark: String) -> Words {
    Mark(rawValue: mark)?.name ?? Verdict(rawValue: mark)?.name ?? Words(same: mark)
  }

  private func exact(_ value: Double, _ places: Int64 = 1_000_000) -> Exact { Exact(millionths: Int64((value * Double(places) / 10_000).rounded()) * 10_000) }

  private func figures(_ result: ClassResults.CaseResult) -> [Block] {
    var blocks: [Block] = []
    func figure(_ id: String, _ title: String, _ measure: String, _ reference: Exact?, _ estimate: (ItemResult) -> ItemStatistics.Estimate?, _ note: String) {
      let rows = result.items.enumerated().compactMap { place, item in estimate(item).map { (place, item, $0) } }
      guard !rows.isEmpty else { return }
      blocks.append(
        .figure(
          Figure(
            "\(id)-\(result.id)", title: title, language: language, notes: [Text(note)],
            .forest(
              ForestPlot(
                measure: measure, measureID: id, reference: reference, isLogarithmic: false,
                cohorts: [
                  ForestPlot.Cohort(
                    result.id, result.title?[language] ?? result.id,
                    rows.map { place, item, estimate in
                      ForestPlot.Estimate(
                        item.name, item.question == nil ? item.name : say("question \(place + 1)", "ερώτηση \(place + 1)"), value: exact(estimate.value),
                        low: exact(estimate.low), high: exact(estimate.high))
                    })
                ])))))
    }
    figure(
      "facility", say("How hard its questions are", "Πόσο δύσκολες είναι οι ερωτήσεις"), say("p, mean credit", "p, μέση βαθμολογία"), nil,
      { $0.facility },
      say("Bars: Wilson's 95% intervals. Left is hard.", "Γραμμές: 95% διαστήματα Wilson. Αριστερά οι δύσκολες."))
    figure(
      "discrimination", say("How well they tell learners apart", "Πόσο ξεχωρίζουν τους εκπαιδευομένους"), say("r, item with rest", "r, στοιχείο με υπόλοιπα"),
      Exact(0), { $0.discrimination },
      say(
        "Bars: Fisher's 95% intervals. Look again at a question left of 0.",
        "Γραμμές: 95% διαστήματα Fisher. Αριστερά του 0 η ερώτηση θέλει ξαναδιάβασμα."))
    return blocks
  }

  // MARK: Confidence and errors

  private func confidence(pictures: Bool) -> [Block] {
    let bands = ConfidenceBand.bands(results.forecasts)
    guard !bands.isEmpty, let brier = Calibration(results.forecasts).brier else { return [] }
    let all = results.forecasts.count
    let mean = Double(results.forecasts.reduce(0) { $0 + $1.sure }) / Double(all)
    let share = Double(results.forecasts.count { $0.isTrue }) * 100 / Double(all)
    var blocks: [Block] = [.heading(say("Confidence", "Βεβαιότητα"))]
    guard all >= ItemStatistics.leastForShare else {
      return blocks + [.paragraph(say("\(all) given with a percentage: too few to judge.", "\(all) με ποσοστό: πολύ λίγες για συμπέρασμα."))]
    }
    let bias = Int((mean - share).rounded())
    let surer =
      abs(bias) < 5
      ? say("well calibrated", "όσο βέβαιοι τόσο σωστοί")
      : bias > 0
        ? say("overconfident by \(bias) points", "κατά \(bias) μονάδες πιο βέβαιοι απ' όσο σωστοί")
        : say("underconfident by \(-bias) points", "κατά \(-bias) μονάδες πιο σωστοί απ' όσο βέβαιοι")
    blocks.append(.paragraph("Brier \(two(brier.double)) (n \(all)) · " + surer))
    blocks.append(
      .table(
        [say("said", "δηλωμένη"), "n", say("mean said", "μέση δηλωμένη"), say("so it was", "ίσχυε"), "95%"],
        bands.map { band in
          [
            band.label, "\(band.forecasts.count)", "\(band.mean)%",
            band.share.map { "\(Int(($0.value * 100).rounded()))%" }
              ?? say("\(band.right) of \(band.forecasts.count)", "\(band.right) από \(band.forecasts.count)"),
            interval(band.share),
          ]
        }))
    let drawn = bands.compactMap { band in band.share.map { (band, $0) } }
    if pictures, !drawn.isEmpty {
      blocks.append(
        .figure(
          Figure(
            "calibration", title: say("What proved true, by stated confidence", "Τι ίσχυε, ανά δηλωμένη βεβαιότητα"), language: language,
            notes: [
              Text(
                say(
                  "Well calibrated: the square lies at the mean stated confidence.", "Με ακριβή βεβαιότητα το τετράγωνο πέφτει στον μέσο όρο όσων δηλώθηκαν."))
            ],
            .forest(
              ForestPlot(
                measure: say("share that proved true", "ποσοστό που ίσχυε"), measureID: "calibration", reference: nil, isLogarithmic: false,
                cohorts: [
                  ForestPlot.Cohort(
                    "class", say("class", "τάξη"),
                    drawn.map { band, share in
                      ForestPlot.Estimate(
                        band.label, say("\(band.label), mean \(band.mean)%", "\(band.label), μέση \(band.mean)%"), value: exact(share.value),
                        low: exact(share.low), high: exact(share.high))
                    })
                ])))))
    }
    return blocks
  }

  private var errors: [Block] {
    guard !results.errors.isEmpty else { return [] }
    return [
      .heading(say("Common errors, by rule", "Συχνά σφάλματα, ανά κανόνα")),
      .rows(
        results.errors.prefix(20).map { error in
          let rule = error.rule.flatMap { results.guideline.rule(id: $0) }
          let kind = Fault.Kind(rawValue: error.kind)?.name ?? Self.name(error.kind)
          let deeds = error.what.prefix(4).map(deed).joined(separator: ", ")
          return Row(
            rule?.title[language] ?? error.rule ?? kind[language], mark: "✗",
            detail: [say("\(error.learners.count) of \(results.learners.count) learners", "\(error.learners.count) από \(results.learners.count)"), deeds]
              .joined(separator: " · "),
            citation: Text.citations(rule?.paragraphs ?? []))
        }),
    ]
  }
}

/// Forecasts of one fifth of the scale.
struct ConfidenceBand {
  let label: String
  let forecasts: [Forecast]

  var right: Int { forecasts.count { $0.isTrue } }
  /// Of what was said, in hundredths.
  var mean: Int { ClassResults.Learner.mean(forecasts.map(\.sure)) ?? 0 }
  var share: ItemStatistics.Estimate? { ItemStatistics.share(Double(right), of: forecasts.count) }

  /// The fifths in which something was said.
  static func bands(_ forecasts: [Forecast]) -> [ConfidenceBand] {
    [0...20, 21...40, 41...60, 61...80, 81...100].compactMap { range in
      let found = forecasts.filter { range.contains($0.sure) }
      return found.isEmpty ? nil : ConfidenceBand(label: "\(range.lowerBound)–\(range.upperBound)%", forecasts: found)
    }
  }
}
