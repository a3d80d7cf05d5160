import Guideline
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let evidence = Command(
    "evidence", greek: "δεδομένα", kind: .question, role: .consults, group: .reading,
    takes: [.optional("THERAPY, SYNDROME or ENDPOINT", "ΘΕΡΑΠΕΙΑ, ΣΥΝΔΡΟΜΟ ή ΚΑΤΑΛΗΚΤΙΚΟ ΣΗΜΕΙΟ", .therapies)],
    summary: Words("what studies found, as the text reports it", "τι βρήκαν οι μελέτες, όπως το αναφέρει το κείμενο"),
    details: [
      Words(
        "A group shows the evidence of its members; a drug also that of its groups. Each cohort (study or series) stands apart: figures of different cohorts are not to be compared. Indirect: not collected in pancreatic tumours as such.",
        "Μια ομάδα δείχνει και τα δεδομένα των μελών της· ένα φάρμακο και των ομάδων του. Κάθε ομάδα ασθενών (μελέτη ή σειρά) παρατίθεται χωριστά: μεγέθη διαφορετικών ομάδων δεν συγκρίνονται. Έμμεσα: δεν προέρχονται ειδικά από παγκρεατικούς όγκους."
      )
    ],
    examples: [
      Example(Words("evidence everolimus", "δεδομένα everolimus"), Words("a therapy", "μια θεραπεία"), gives: Words(same: "0.35")),
      Example(Words("evidence vipoma", "δεδομένα βιπώματος"), Words("a syndrome", "ένα σύνδρομο"), gives: Words(same: "P022")),
      Example(
        Words("evidence progression-free survival", "δεδομένα επιβίωση χωρίς εξέλιξη"), Words("an endpoint", "ένα καταληκτικό σημείο"),
        gives: Words(same: "0.35")),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let all = try invocation.guideline.evidence
    let language = invocation.language
    guard invocation.hasArgument else {
      return TherapyOverview("evidence", all.map(\.therapies), Words("Therapies with evidence in the text", "Θεραπείες με δεδομένα στο κείμενο"))
        .outcome(invocation)
    }
    let asked = try EvidenceQuestion(invocation, all)
    let text = EvidenceText(invocation)
    var blocks: [Block] = [.heading(asked.title[language].capitalised)]
    var shown = asked.own
    if asked.own.isEmpty, asked.above.isEmpty {
      blocks.append(
        .paragraph(Words("The text reports no outcomes for it.", "Το κείμενο δεν αναφέρει αποτελέσματα.")[language]))
    }
    blocks += text.blocks(asked.own, from: 1, namesTherapy: asked.namesTherapy)
    if !asked.above.isEmpty {
      blocks.append(
        .heading(Words("Of the group it belongs to", "Της ομάδας στην οποία ανήκει")[language]))
      blocks += text.blocks(asked.above, from: asked.own.count + 1, namesTherapy: true)
      shown += asked.above
    }
    shown = text.ordered(asked.own) + text.ordered(asked.above)
    if shown.count > 1 { blocks.append(.notice(EvidenceText.apart[language])) }
    var state = invocation.state
    state.listed = shown.map(\.id)
    return Outcome(
      .state(state),
      Report(
        data: [
          ("asked", .fields([(asked.kind, .string(asked.id))])), ("evidence", .array(shown.map { $0.json(language) })),
          ("figures", .array(text.figures(shown).map(\.meaning))),
        ], blocks: blocks), canonical: "evidence " + asked.canonical)
  }
}

/// What evidence is asked for: a therapy's, a syndrome's, or that on an endpoint.
private struct EvidenceQuestion {
  let kind: String
  let id: String
  let canonical: String
  let title: Words
  let own: [Evidence]
  var above: [Evidence] = []
  let namesTherapy: Bool

  init(_ invocation: Invocation, _ all: [Evidence]) throws(Diagnostic) {
    let key = invocation.argumentKey
    let vocabulary = invocation.vocabulary
    if let (endpoints, canonical) = Endpoint.named(key) {
      kind = "endpoint"
      id = endpoints.map(\.rawValue).joined(separator: " ")
      self.canonical = canonical
      title = Words.joined(endpoints.map(\.name), by: ", ")
      own = all.filter { endpoints.contains($0.endpoint) }
      namesTherapy = true
      return
    }
    if let syndrome = Self.syndrome(key, vocabulary) {
      kind = "syndrome"
      id = syndrome.id
      canonical = syndrome.id
      title = syndrome.name
      own = all.filter { $0.syndromes.contains(syndrome.id) }
      namesTherapy = true
      return
    }
    let therapy: Therapy
    do throws(Diagnostic) {
      therapy = try Naming.therapy(invocation)
    } catch {
      var copy = error
      if copy.code == "therapy.unknown" {
        copy.help.append(
          Words(
            "Name a therapy, a syndrome (vipoma) or an endpoint: " + Endpoint.allCases.dropLast().map(\.name.english).joined(separator: ", ") + ".",
            "Γράψτε μια θεραπεία, ένα σύνδρομο (βίπωμα) ή ένα καταληκτικό σημείο: "
              + Endpoint.allCases.dropLast().map(\.name.greek).joined(separator: ", ") + "."))
      }
      throw copy
    }
    let family = Naming.family(of: therapy.id, vocabulary)
    kind = "therapy"
    id = therapy.id
    canonical = therapy.id
    title = therapy.name
    own = family.own.flatMap { member in all.filter { $0.therapies.first == member } }
    above = family.above.flatMap { group in all.filter { $0.therapies.first == group } }
    namesTherapy = Set(own.flatMap(\.therapies)) != [therapy.id]
  }

  private static func syndrome(_ key: FoldedKey, _ vocabulary: Vocabulary) -> (id: String, name: Words)? {
    guard let finding = vocabulary.finding(id: "syndrome") else { return nil }
    var place = vocabulary.value(key, of: finding.index)
    for meaning in vocabulary.meanings(of: key) ?? [] {
      if case .value(let index, let value) = meaning, index == finding.index { place = value }
    }
    guard let place, finding.values.indices.contains(place) else { return nil }
    return (finding.values[place].id, vocabulary.describe(finding.index, .values(1 << UInt32(place))))
  }
}
