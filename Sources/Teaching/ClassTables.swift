import Guideline
import Reports
import Wording

/// The results of a class as tables and as data.
public struct ClassTables: Sendable {
  /// The tables that can be had as CSV.
  public enum Table: String, Sendable, CaseIterable {
    case learners, cases, items, options, calibration, errors, exams
    /// The answers of first attempts, a line each.
    case responses
  }

  let results: ClassResults

  public init(results: ClassResults) { self.results = results }

  /// A table as RFC 4180 has it; names and ids are the same in every language.
  public func csv(_ table: Table) -> String { AttemptExport.csv(rows(table)) }

  private func text(_ value: Double?) -> String { value.map { ItemStatistics.plain($0) } ?? "" }
  private func text(_ value: Int?) -> String { value.map { "\($0)" } ?? "" }
  private func estimate(_ value: ItemStatistics.Estimate?) -> [String] { [text(value?.value), text(value?.low), text(value?.high)] }

  /// A table with its line of names.
  func rows(_ table: Table) -> [[String]] {
    switch table {
    case .learners:
      return [
        ["learner", "cases", "attempts", "first_mean", "best_mean"] + ScoreParts.names.map { $0 + "_percent" }
          + ["grave_faults", "hints", "consults", "brier", "forecasts"]
      ]
        + results.learners.map { learner in
          let parts = ScoreParts.names.indices.map { place in text(ClassResults.Learner.mean(learner.parts.map { $0[place] })) }
          let brier = learner.forecasts.count < ItemStatistics.leastForShare ? nil : Calibration(learner.forecasts).brier?.double
          return [learner.name, "\(learner.cases)", "\(learner.attempts)", text(learner.mean), text(learner.best)] + parts
            + ["\(learner.grave)", "\(learner.hints)", "\(learner.consults)", text(brier), "\(learner.forecasts.count)"]
        }
    case .cases:
      var rows = [["case", "learners", "attempts", "first_finished", "minimum", "q1", "median", "q3", "maximum", "alpha", "alpha_items", "alpha_learners"]]
      for result in results.cases {
        var row: [String] = [result.id, "\(result.learners)", "\(result.attempts)", "\(result.firsts.count)", text(result.firsts.first)]
        for percent in [25, 50, 75] { row.append(text(result.quantile(percent))) }
        row += [text(result.firsts.last), text(result.alpha?.value), text(result.alpha?.items), text(result.alpha?.learners)]
        rows.append(row)
      }
      return rows
    case .items:
      return [["case", "question", "kind", "n", "mean_credit", "p_low", "p_high", "r_item_rest", "r_low", "r_high"]]
        + results.cases.flatMap { result in
          result.items.map { item in
            [item.case, item.name, item.question?.kind.word ?? "", "\(item.count)"] + estimate(item.facility) + estimate(item.discrimination)
          }
        }
    case .options:
      return [["case", "question", "option", "right", "n", "chosen", "mean_rest"]]
        + results.cases.flatMap { result in
          result.items.flatMap { item in
            item.options.map { option in
              [item.case, item.name, option.choice.id, option.isRight ? "yes" : "no", "\(item.count)", "\(option.count)", text(option.rest)]
            }
          }
        }
    case .calibration:
      return [["said", "n", "mean_said", "so_it_was", "share", "low", "high"]]
        + ConfidenceBand.bands(results.forecasts).map { band in
          [band.label, "\(band.forecasts.count)", "\(band.mean)", "\(band.right)"] + estimate(band.share)
        }
    case .errors:
      return [["rule", "kind", "learners", "of", "paragraphs", "what"]]
        + results.errors.map { error in
          let rule = error.rule.flatMap { results.guideline.rule(id: $0) }
          return [
            error.rule ?? "", error.kind, "\(error.learners.count)", "\(results.learners.count)", rule?.paragraphs.joined(separator: " ") ?? "",
            error.what.joined(separator: "; "),
          ]
        }
    case .exams:
      return [["learner", "case", "attempt", "score", "sealed", "closed", "receipt", "faults"]]
        + results.learners.flatMap { learner in
          learner.exams.map { exam, score in
            [
              learner.name, exam.case, "\(exam.attempt)", text(exam.holds ? score : nil), exam.holds ? "yes" : "no", exam.isClosed ? "yes" : "no",
              exam.receipt ?? "", exam.faults.map { "\($0.kind.rawValue) \($0.line)" }.joined(separator: "; "),
            ]
          }
        }
    case .responses:
      return [["learner", "case", "attempt", "question", "credit", "mark", "given"]]
        + results.responses.flatMap { response in
          response.answers.filter { $0.mark != nil }.map { event in
            [
              results.learners[response.learner].name, response.case, "\(response.attempt)", event.what, text(event.earned), event.mark ?? "",
              event.line ?? "",
            ]
          }
        }
    }
  }

  // MARK: Data

  private func json(_ value: Double?) -> JSON { value.map { .number(ItemStatistics.plain($0)) } ?? .null }
  private func json(_ value: Int?) -> JSON { value.map { .integer($0) } ?? .null }

  private func json(_ value: ItemStatistics.Estimate?) -> JSON {
    guard let value else { return .null }
    return .fields([("value", json(value.value)), ("low", json(value.low)), ("high", json(value.high))])
  }

  var data: [(String, JSON?)] {
    [
      ("learners", .integer(results.learners.count)), ("exams_alone", .bool(results.examsAlone)),
      (
        "by_learner",
        .array(
          results.learners.map { learner in
            .fields([
              ("learner", .string(learner.name)), ("cases", .integer(learner.cases)), ("attempts", .integer(learner.attempts)),
              ("first_mean", json(learner.mean)), ("best_mean", json(learner.best)), ("grave_faults", .integer(learner.grave)),
              ("hints", .integer(learner.hints)), ("consults", .integer(learner.consults)), ("forecasts", .integer(learner.forecasts.count)),
              ("brier", learner.forecasts.count < ItemStatistics.leastForShare ? .null : json(Calibration(learner.forecasts).brier?.double)),
              (
                "exams",
                learner.exams.isEmpty
                  ? nil
                  : .array(
                    learner.exams.map { exam, score in
                      .fields([
                        ("case", .string(exam.case)), ("attempt", .integer(exam.attempt)), ("score", exam.holds ? json(score) : .null),
                        ("sealed", .bool(exam.holds)), ("closed", .bool(exam.isClosed)), ("receipt", exam.receipt.map { .string($0) }),
                        (
                          "faults",
                          .array(exam.faults.map { .fields([("fault", .string($0.kind.rawValue)), ("line", .integer($0.line))]) })
                        ),
                      ])
                    })
              ),
            ])
          })
      ),
      ("cases", .array(results.cases.map(json))),
      (
        "calibration",
        .array(
          ConfidenceBand.bands(results.forecasts).map { band in
            .fields([
              ("said", .string(band.label)), ("n", .integer(band.forecasts.count)), ("mean", .integer(band.mean)), ("so", .integer(band.right)),
              ("share", json(band.share)),
            ])
          })
      ),
      (
        "errors",
        .array(
          results.errors.map { error in
            .fields([
              ("rule", error.rule.map { .string($0) }), ("kind", error.kind.isEmpty ? nil : .string(error.kind)),
              ("learners", .integer(error.learners.count)), ("what", .strings(error.what)),
            ])
          })
      ), ("copies", results.copies.isEmpty ? nil : .array(results.copies.map { .strings($0) })),
    ]
  }

  private func json(_ result: ClassResults.CaseResult) -> JSON {
    .fields([
      ("case", .string(result.id)), ("learners", .integer(result.learners)), ("attempts", .integer(result.attempts)),
      ("first_scores", .array(result.firsts.map { .integer($0) })), ("alpha", json(result.alpha?.value)),
      (
        "items",
        .array(
          result.items.map { item in
            .fields([
              ("question", .string(item.name)), ("kind", item.question.map { .string($0.kind.word) }), ("n", .integer(item.count)),
              ("p", json(item.facility)), ("r", json(item.discrimination)),
              (
                "options",
                .array(
                  item.options.map { option in
                    .fields([
                      ("id", .string(option.choice.id)), ("right", .bool(option.isRight)), ("chosen", .integer(option.count)), ("rest", json(option.rest)),
                    ])
                  })
              ),
            ])
          })
      ),
      (
        "decisions",
        .array(
          result.tallies.map { tally in
            .fields([
              ("what", .string(tally.what)), ("marks", .fields(tally.marks.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
            ])
          })
      ),
    ])
  }
}

extension ItemStatistics {
  /// A number to four places, for machines.
  static func plain(_ value: Double) -> String {
    let parts = Int((abs(value) * 10_000).rounded())
    guard parts > 0 else { return "0" }
    var digits = String(parts % 10_000)
    digits = String(repeating: "0", count: 4 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return (value < 0 ? "-" : "") + "\(parts / 10_000)" + (digits.isEmpty ? "" : "." + digits)
  }
}

extension Question.Kind {
  /// Its word in a case file.
  var word: String {
    switch self {
    case .single: "single"
    case .several: "several"
    case .number: "number"
    case .command: "command"
    case .ranked: "ranked"
    case .features: "features"
    case .concordance: "concordance"
    case .ordering: "ordering"
    case .text: "text"
    case .problem: "problem"
    }
  }
}
