import Measures
import Reports
import Wording

/// How well a learner's confidence fits what turned out to be so: the Brier score (Brier 1950) over all that was said with a share,
/// each forecast by itself. It is 0 where every sure answer was right, and 0.25 for one who says 50% of everything.
struct Calibration {
  let forecasts: [Forecast]

  init(_ forecasts: [Forecast]) { self.forecasts = forecasts }

  /// The mean squared distance of the confidence from what was so, to three places; nil without forecasts.
  var brier: Exact? {
    guard !forecasts.isEmpty else { return nil }
    let sum = forecasts.reduce(0) { total, forecast in
      let distance = (forecast.isTrue ? 100 : 0) - forecast.sure
      return total + distance * distance
    }
    return Exact(millionths: Int64((sum * 1_000 + forecasts.count * 5_000) / (forecasts.count * 10_000)) * 1_000)
  }

  func rows(_ language: Language) -> [Row] {
    guard let brier else { return [] }
    func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }
    let name =
      switch brier.millionths {
      case ..<50_000: say("your confidence matches the outcomes well", "η βεβαιότητά σας ταιριάζει με ό,τι ίσχυε")
      case ..<150_000: say("your confidence matches the outcomes fairly well", "η βεβαιότητά σας ταιριάζει αρκετά με ό,τι ίσχυε")
      case ..<250_000: say("your confidence says little", "η βεβαιότητά σας λέει λίγα")
      default: say("saying 50% throughout would have done as well or better", "το 50% σε όλα θα τα πήγαινε το ίδιο ή καλύτερα")
      }
    // Whether the sure ones were right: those of more than half.
    let bold = forecasts.filter { $0.sure > 50 }
    let right = bold.count { $0.isTrue }
    var rows = [Row(say("Brier score \(brier)", "Δείκτης Brier \(brier)"), detail: name + say(" (0 is best)", " (άριστα το 0)"))]
    if !bold.isEmpty {
      let mean = bold.reduce(0) { $0 + $1.sure } / bold.count
      rows.append(
        Row(
          say("more than 50% sure: \(bold.count), right: \(right)", "βεβαιότητα πάνω από 50%: \(bold.count), σωστές: \(right)"),
          detail: right * 100 < mean * bold.count - bold.count * 15
            ? say("overconfident: \(mean)% sure on average", "πιο βέβαιοι (κατά μέσο όρο \(mean)%) απ' όσο σωστοί")
            : right * 100 > mean * bold.count + bold.count * 15
              ? say("underconfident: \(mean)% sure on average", "πιο σωστοί απ' όσο βέβαιοι (κατά μέσο όρο \(mean)%)")
              : say("well judged: \(mean)% sure on average", "περίπου τόσο βέβαιοι (κατά μέσο όρο \(mean)%) όσο σωστοί")))
    }
    return rows
  }
}
