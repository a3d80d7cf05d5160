import Grammar
import Guideline
import Measures
import Patients
import Vocabulary
import Wording

/// The errors of doses that the text doesn't give: each says what the text gives and the nearest dose of it.
struct DoseRefusals {
  let guideline: Guideline
  let formulary: Formulary

  private func cited(_ rule: DoseRule) -> Text { .citations(rule.paragraphs) }

  private func gives(_ rule: DoseRule) -> Words {
    Words(text: "\(cited(rule)) gives: \(rule.words.english)", "Η \(cited(rule)) δίνει: \(rule.words.greek)")
  }

  private func attempt(_ therapy: Therapy, _ dose: Dose) -> Words {
    Words(
      "give \(therapy.name.english) \(dose.written.english)", "δώσε \(therapy.name.greek) \(dose.written.greek)")
  }

  /// An amount in a unit that no dose of the text has, where the text gives a dose.
  func unmeasured(_ therapy: Therapy, _ measure: TreatmentPhrase.Measure, _ rule: DoseRule, _ span: Range<Int>?) -> Diagnostic {
    var help = [gives(rule)]
    if let nearest = formulary.nearest(to: Dose(amount: nil), rule) {
      let example = attempt(therapy, nearest)
      help.append(Words("Nothing was given. Type, for example: \(example.english)", "Δεν χορηγήθηκε τίποτα. Γράψτε, για παράδειγμα: \(example.greek)"))
    }
    let message =
      measure.isPerBody
      ? Words(
        "“\(measure.text)”: per square metre or kilogram; the text gives no such dose.",
        "«\(measure.text)»: ανά τετραγωνικό μέτρο ή κιλό· το κείμενο δεν δίνει τέτοια δόση.")
      : Words(
        "“\(measure.text)” can't be compared with the doses in the text.", "Το «\(measure.text)» δεν συγκρίνεται με τις δόσεις του κειμένου.")
    return Diagnostic("dose.unit", message, help: help, span: span)
  }

  /// A route that isn't the product's, where the text gives none.
  func wrongRoute(_ therapy: Therapy, _ routes: Set<DoseRoute>, _ span: Range<Int>?) -> Diagnostic {
    let own = Words.joined(routes.map(\.written).sorted { $0.english < $1.english }, by: ", ")
    return Diagnostic(
      "dose.route",
      Words(
        "\(therapy.name.english) is given \(own.english) (background: the text gives no route).",
        "Η χορήγηση είναι \(own.greek): \(therapy.name.greek) (εκτός κειμένου: το κείμενο δεν δίνει οδό)."),
      help: [
        Words(
          "Nothing was given. Leave the route out, or add anyway to record a deviation.",
          "Δεν χορηγήθηκε τίποτα. Παραλείψτε την οδό, ή προσθέστε «παρόλα αυτά», για να καταγραφεί ως απόκλιση.")
      ], span: span)
  }

  /// An amount above islet's own bound, where the text gives none.
  func unlikely(_ therapy: Therapy, _ typed: DoseAmount, _ bound: DoseAmount, canBeMeant: Bool, _ span: Range<Int>?) -> Diagnostic {
    Diagnostic(
      "dose.implausible",
      Words(
        "The text gives no dose of \(therapy.name.english), and \(typed.written.english) looks like a slip of the decimal point or the unit.",
        "Το κείμενο δεν δίνει δόση για «\(therapy.name.greek)», και \(typed.written.greek) μοιάζει με λάθος υποδιαστολής ή μονάδας."),
      help: [
        canBeMeant
          ? Words(
            "Nothing was given. islet queries anything above \(bound.written.english), a limit of its own: check the figure and its unit, or add anyway.",
            "Δεν χορηγήθηκε τίποτα. Πάνω από \(bound.written.greek), όριο του islet, ζητείται επιβεβαίωση: ελέγξτε ποσότητα και μονάδα, ή προσθέστε «παρόλα αυτά»."
          )
          : Words(
            "Nothing was given. So far above \(bound.written.english), a limit of islet's own, it is never recorded.",
            "Δεν χορηγήθηκε τίποτα. Δόση τόσο πάνω από \(bound.written.greek), όριο του islet, δεν καταγράφεται ποτέ.")
      ], span: span)
  }

  /// No dose was typed where the text gives one.
  func missing(_ therapy: Therapy, _ rule: DoseRule) -> Diagnostic {
    var help = [gives(rule)]
    if let nearest = formulary.nearest(to: Dose(amount: nil), rule) {
      let example = attempt(therapy, nearest)
      help.append(Words("Nothing was given. Type, for example: \(example.english)", "Δεν χορηγήθηκε τίποτα. Γράψτε, για παράδειγμα: \(example.greek)"))
    }
    return Diagnostic(
      "dose.missing",
      Words("\(therapy.name.english) needs a dose.", "Χρειάζεται δόση για: \(therapy.name.greek)."), help: help)
  }

  /// The last dose is too near.
  func early(_ therapy: Therapy, _ rule: DoseRule, last: Int, from: Int, _ patient: Patient) -> Diagnostic {
    let (day, date) = (patient.date(of: last), patient.date(of: from))
    return Diagnostic(
      "dose.early",
      Words(
        "It is too early for \(therapy.name.english): the last was on \(day).",
        "Είναι νωρίς για «\(therapy.name.greek)»: η προηγούμενη χορήγηση ήταν στις \(day)."),
      help: [
        gives(rule),
        Words(
          "Nothing was given. The text gives it from \(date) on; add anyway to record a deviation.",
          "Δεν χορηγήθηκε τίποτα. Κατά το κείμενο, από \(date) και μετά· ή προσθέστε «παρόλα αυτά», για να καταγραφεί ως απόκλιση."),
      ])
  }

  /// The dose lies outside every rule of the text; nil where a rule gives it, or there is none.
  func outside(_ dose: Dose, _ therapy: Therapy, _ verdict: DoseVerdict, _ known: Known, _ span: Range<Int>?) -> Diagnostic? {
    let order: [DoseVerdict.Fault] = [.condition, .total, .amount, .interval, .frequency, .route, .unit, .implausible]
    let sorted = verdict.faults.enumerated().sorted {
      (order.firstIndex(of: $0.element.fault) ?? 9, $0.offset) < (order.firstIndex(of: $1.element.fault) ?? 9, $1.offset)
    }.map(\.element)
    guard let main = sorted.first else { return nil }
    var help: [Words] = []
    if main.fault == .condition {
      let rule = main.rule
      let open = AdviceText(guideline: guideline, language: .english).condition(rule.when)
      let greek = AdviceText(guideline: guideline, language: .greek).condition(rule.when)
      let state =
        known.truth(rule.when) == .no ? Words("which does not hold here", "που εδώ δεν ισχύει") : Words("which is not stated", "που δεν έχει δηλωθεί")
      help.append(Words(text: "\(cited(rule)) gives it only with: \(open), \(state.english).", "Η \(cited(rule)) το δίνει μόνο με: \(greek), \(state.greek)."))
      for other in verdict.faults where other.rule.id != rule.id { help.append(gives(other.rule)) }
    } else {
      for entry in verdict.faults where known.truth(entry.rule.when) != .no || entry.rule.id == main.rule.id { help.append(gives(entry.rule)) }
      if main.rule.basis == .day, dose.timing == nil, let amount = dose.amount, let first = main.rule.named.first,
        amount.compared(to: first) == -1
      {
        help.append(Words("Add how often it is given, for example: three times a day.", "Γράψτε πόσο συχνά δίνεται, για παράδειγμα: τρεις φορές την ημέρα."))
      }
    }
    if main.fault == .route, dose.route == .intravenous {
      let infusions = formulary.rules(for: therapy.id).compactMap(\.continuous).flatMap(formulary.rules(for:))
      help += infusions.filter { $0.onlyFor.isEmpty && $0.route == .intravenous }.map(gives)
    }
    let usable = sorted.first { known.truth($0.rule.when) == .yes && $0.rule.givesAmount } ?? main
    if let nearest = formulary.nearest(to: dose, usable.rule) {
      let example = attempt(therapy, nearest)
      help.append(
        Words(
          "Nothing was given. Nearest: \(example.english); or add anyway to record a deviation.",
          "Δεν χορηγήθηκε τίποτα. Πλησιέστερη: \(example.greek)· ή προσθέστε «παρόλα αυτά», για να καταγραφεί ως απόκλιση."))
    } else {
      help.append(
        Words(
          "Nothing was given. Add anyway to record a deviation.", "Δεν χορηγήθηκε τίποτα. Προσθέστε «παρόλα αυτά», για να καταγραφεί ως απόκλιση."))
    }
    return Diagnostic("dose.\(main.fault.rawValue)", sentence(dose, therapy, main), help: help, span: span)
  }

  /// The dose lies above a ceiling of the text. `isMeant`: for what the text gives it; `limit`: it lies above so many times of it.
  func above(_ rule: DoseRule, _ dose: Dose, _ therapy: Therapy, isMeant: Bool, limit: Int?, _ span: Range<Int>?) -> Diagnostic {
    let fault: DoseVerdict.Fault = rule.basis == .day ? .total : .amount
    var help = [gives(rule)]
    if !isMeant {
      let meant = rule.onlyFor.isEmpty ? rule.purposeWords : Words.joined(rule.onlyFor.compactMap { guideline.vocabulary.therapy(id: $0)?.name }, by: ", ")
      help.append(
        Words(
          "The text gives this ceiling for \(meant.english); its wider use is islet's.",
          "Το κείμενο δίνει αυτό το όριο για: \(meant.greek)· η ευρύτερη χρήση του είναι του islet."))
    }
    if let limit {
      help.append(
        Words(
          "Nothing was given. Above \(limit) times the ceiling it is never recorded, not even with anyway.",
          "Δεν χορηγήθηκε τίποτα. Δόση πάνω από \(limit) φορές το όριο δεν καταγράφεται ποτέ, ούτε με «παρόλα αυτά»."))
    } else {
      help.append(
        Words(
          "Nothing was given. Add anyway to record a deviation.", "Δεν χορηγήθηκε τίποτα. Προσθέστε «παρόλα αυτά», για να καταγραφεί ως απόκλιση."))
    }
    return Diagnostic("dose.\(fault.rawValue)", sentence(dose, therapy, (rule, fault)), help: help, span: span)
  }

  private func sentence(_ dose: Dose, _ therapy: Therapy, _ main: (rule: DoseRule, fault: DoseVerdict.Fault)) -> Words {
    let typed = dose.written
    let name = therapy.name
    switch main.fault {
    case .total:
      if let total = dose.dailyTotal, let low = main.rule.named.first {
        let isLow = (total.compared(to: low) ?? 0) < 0 && main.rule.named.count > 1
        let side = isLow ? Words("below", "κάτω από") : Words("outside", "έξω από")
        return Words(
          "\(name.english) \(typed.english) is \(total.written.english) a day, \(side.english) what the text gives.",
          "\(name.greek) \(typed.greek): σύνολο \(total.written.greek) την ημέρα, \(side.greek) ό,τι δίνει το κείμενο.")
      }
    case .amount:
      if let amount = dose.amount, let last = main.rule.named.last, let times = amount.times(last), times >= 10 {
        return Words(
          "\(name.english) \(typed.english) is \(times) times what the text gives.",
          "\(name.greek) \(typed.greek): \(times) φορές η δόση του κειμένου.")
      }
      if dose.amount == nil {
        return Words("\(name.english) needs an amount.", "Χρειάζεται ποσότητα για: \(name.greek).")
      }
    case .route:
      if let route = main.rule.route {
        return Words(
          "The text gives \(name.english) \(route.written.english).", "Το κείμενο δίνει «\(name.greek)» \(route.written.greek).")
      }
    case .unit:
      return Words(
        "\(name.english) is not dosed in that unit.", "Η δόση δεν εκφράζεται σε αυτή τη μονάδα: \(name.greek).")
    case .interval, .frequency, .condition, .implausible: break
    }
    return Words(
      "The text doesn't give \(name.english) \(typed.english).", "Το κείμενο δεν δίνει: \(name.greek) \(typed.greek).")
  }

  /// The dose is what the text misprints: printed value, erratum and reading stand on one line, and the typed line is not
  /// quoted.
  func misprint(_ therapy: Therapy, _ rule: DoseRule) -> Diagnostic {
    let plain = Words(String(therapy.id.map { $0 == "-" ? " " : $0 }), therapy.name.greek)
    var help: [Words] = []
    let nearest = formulary.nearest(to: Dose(amount: nil), rule)
    if let misprint = rule.misprint, let erratum = rule.erratum, let right = nearest?.written {
      let printed = Dose(amount: misprint, timing: nearest?.timing).written
      let near = Set(guideline.vocabulary.groups(above: therapy.id))
      let ceiling = formulary.rules.first { other in
        guard case .atMost = other.amounts, other.basis == .day else { return false }
        return other.therapies.contains { !near.isDisjoint(with: guideline.vocabulary.groups(above: $0)) }
      }
      var reason = Words(same: "")
      if let ceiling, let bound = ceiling.named.last, let times = misprint.scaled(by: 24)?.times(bound) {
        reason = Words(
          text: " (else \(times) times the ceiling in \(cited(ceiling)))", " (αλλιώς \(times) φορές το όριο της \(cited(ceiling)))")
      }
      help.append(
        Words(
          text: Text("\(cited(rule)) prints \(printed.english); erratum \(Text.citation(erratum)) reads \(right.english)\(reason.text(.english)).")
            .marked(.erratum(erratum)),
          Text("Η \(cited(rule)) γράφει \(printed.greek)· το παρόραμα \(Text.citation(erratum)) διαβάζεται \(right.greek)\(reason.text(.greek)).")
            .marked(.erratum(erratum))))
    }
    if let right = nearest?.written {
      help.append(
        Words(
          text: "Nothing was given. Try: \(Text.command("give \(plain.english) \(right.english)", "give"))",
          "Δεν χορηγήθηκε τίποτα. Δοκιμάστε: \(Text.command("δώσε \(plain.greek) \(right.greek)", "give"))"))
    }
    return Diagnostic(
      "dose.implausible", Words("\(plain.english), the dose as typed", "\(plain.greek), η δόση όπως γράφτηκε"), help: help)
  }
}
