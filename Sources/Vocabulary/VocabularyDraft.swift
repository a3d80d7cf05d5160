import Wording

/// A vocabulary while its files are being read.
struct VocabularyDraft {
  var findings: [FindingDraft] = []
  var therapies: [Therapy] = []
  var derivations: [Derivation] = []
  var scales: [Scale] = []
  var contradictions: [Contradiction] = []
  var definitions: [Definition] = []
  /// Numbers that may be given with their unit alone: `14 mm` is the size.
  var bareNumbers: [Int] = []

  /// What `assume absent` sets: whole groups, single findings, and what it leaves alone in metastatic disease.
  var absentGroups: [String] = []
  var absentFindings: [Int] = []
  var sparedInMetastatic: [Int] = []

  var findingPlaces: [String: Int] = [:]
  var therapyPlaces: [String: Int] = [:]
  /// What a phrase means on its own: a place in `meanings`.
  var phrases = FoldedTable(capacity: 16)
  var meanings: [Meaning] = []
  /// The place of the value that a phrase means after a finding's name, keyed by phrase and finding.
  var valuePhrases = FoldedTable(capacity: 16)
  /// What a phrase names: a place in `namedTherapies`.
  var therapyPhrases = FoldedTable(capacity: 16)
  var namedTherapies: [[Int]] = []
  /// The bits of the particles that a phrase is.
  var particles = FoldedTable(capacity: 16)
  /// The canonical unit of a word: a place in `units`.
  var unitWords = FoldedTable(capacity: 16)
  var units: [String] = []
  /// The same tables by the stems of the phrases' words, without the small words inside them.
  var phraseStems = FoldedTable(capacity: 16)
  var valueStems = FoldedTable(capacity: 16)
  var therapyStems = FoldedTable(capacity: 16)
  var lexicon = Lexicon()

  /// The groups above each therapy where they were worked out before.
  var knownGroupsAbove: [[Int]]?

  /// For each therapy the groups above it, nearest first.
  var groupsAbove: [[Int]] {
    let direct = therapies.map { $0.groupIDs.compactMap { therapyPlaces[$0] } }
    return therapies.indices.map { place in
      var found: [Int] = []
      var queue = direct[place]
      var next = 0
      while next < queue.count {
        let group = queue[next]
        next += 1
        guard group != place, !found.contains(group) else { continue }
        found.append(group)
        queue += direct[group]
      }
      return found
    }
  }
}
