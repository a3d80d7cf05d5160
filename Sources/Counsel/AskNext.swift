import Guideline
import Vocabulary

extension Counsel {
  /// The findings to ask for next, the most helpful first, with the numbers of the lines that they decide.
  public func askNext(_ recommendation: Recommendation, most: Int) -> [(finding: Int, lines: [Int])] {
    var found: [(finding: Int, lines: [Int])] = []
    for (place, line) in recommendation.lines.enumerated() {
      let waiting = waitsForOperation(line.head) ? evaluation[line.head].dependsOn : []
      let findings = waiting + line.waitsFor + line.unless.flatMap { evaluation[$0].dependsOn }
      for finding in Set(findings).sorted() {
        if let known = found.firstIndex(where: { $0.finding == finding }) {
          found[known].lines.append(place + 1)
        } else {
          found.append((finding, [place + 1]))
        }
      }
    }
    if recommendation.lines.isEmpty {
      // Where nothing stands yet, what the nearest statements depend on.
      for rule in dependentInOrder(recommendation.rest, own: nil).prefix(3) {
        for finding in evaluation[rule].dependsOn where !found.contains(where: { $0.finding == finding }) { found.append((finding, [])) }
      }
    }
    return Array(
      found.enumerated().sorted { (-$0.element.lines.count, $0.offset) < (-$1.element.lines.count, $1.offset) }.prefix(most).map(\.element))
  }
}
