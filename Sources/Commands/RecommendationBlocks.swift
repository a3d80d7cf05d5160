import Counsel
import Grammar
import Guideline
import Measures
import Patients
import Reports
import Vocabulary
import Wording

/// The answer of `recommend` in words.
struct RecommendationBlocks {
  private let counsel: Counsel
  private let recommendation: Recommendation
  private let ask: [(finding: Int, lines: [Int])]
  private let text: AdviceText
  private let language: Language
  private let live: [RuleEvaluation]
  /// Rules whose conditions hold, but which others take away.
  private let takenAway: [Rule]
  /// The doses that the text gives as usual and without an erratum, with their therapies.
  private let doses: [String: Words]
  /// For each line what the text reports of its therapy in this patient's syndrome.
  private let expected: [ChapterEntry?]
  /// Of lines whose drug was stopped for progression, that it was.
  private var stopped: [Int: String] = [:]

  /// The columns and lines of the screen that the short answer keeps to.
  private static let columns = 80
  private static let mostLines = 16

  private var guideline: Guideline { text.guideline }
  private var known: Known { counsel.known }
  private func say(_ english: @autoclosure () -> String, _ greek: @autoclosure () -> String) -> String {
    language == .greek ? greek() : english()
  }

  init(_ counsel: Counsel, _ recommendation: Recommendation, ask: [(finding: Int, lines: [Int])], _ text: AdviceText) throws(Diagnostic) {
    self.counsel = counsel
    self.recommendation = recommendation
    self.ask = ask
    self.text = text
    language = text.language
    let rules = text.guideline.rules
    live = counsel.evaluation.live
    takenAway = counsel.evaluation.ruleEvaluations.filter { $0.when == .yes && $0.status == .absent && !$0.isDone && !rules[$0.rule].isRemark }
      .map { rules[$0.rule] }
    doses = text.guideline.usualDoses
    for line in recommendation.lines {
      let drugs = try counsel.stoppedForProgression(line.head)
      guard !drugs.isEmpty else { continue }
      let list = Words.joined(
        drugs.map { drug in
          let name = text.vocabulary.therapy(id: drug.therapy)?.name ?? Words(same: drug.therapy)
          return Words("\(name.english), day \(drug.day)", "\(name.greek), ημέρα \(drug.day)")
        }, by: "; ")
      stopped[line.head] = Words("stopped with progression: \(list.english)", "διακόπηκε με εξέλιξη: \(list.greek)")[text.language]
    }
    if let syndrome = text.vocabulary.finding(id: "syndrome"), let value = counsel.known[syndrome.index].value {
      let id = syndrome.values[value].id
      expected = recommendation.lines.map { line in
        guard line.tier == .lead else { return nil }
        return counsel.guideline.evidence(
          inSyndrome: id, near: Set(line.rules.flatMap { counsel.guideline.rules[$0].subjects.flatMap(counsel.near) }))
      }
    } else {
      expected = []
    }
  }

  // MARK: The first screen

  /// A row with the lines that it takes on the screen.
  private struct Measured {
    let row: Row
    let height: Int
  }

  /// How much of the answer the first screen holds.
  private struct Fold {
    /// Lines on what applies; those beyond are named side by side.
    var whole = Int.max
    /// Whether what the text reports in this syndrome stands below its line.
    var hasExpected = false
    /// What the text says besides below a line, and what must go with it.
    var remarks = 0
    var companions = 0
    var waiting: Int
    /// Statements named on each line that waits.
    var named: [Int]
    /// Whether what speaks against a therapy stands in the text's words, and a silence with both sides.
    var hasReasons = true
    var hasSections = false
    /// Whether the text's silences stand in its words.
    var hasNotes = false
  }

  /// At most 16 lines at 80 columns: what leads, what one more finding would decide, what to ask next; the rest counted.
  var firstScreen: [Block] {
    var screen = Screen(self)
    return screen.blocks
  }

  /// The first screen while it is fitted: each part is made and measured once.
  private struct Screen {
    private let answer: RecommendationBlocks
    private let applying: [(number: Int, line: Recommendation.Line)]
    private let waiting: [(number: Int, line: Recommendation.Line)]
    private let nameable: [[Rule]]
    private var fold: Fold
    private var applyingRows: [Int: Measured] = [:]
    private var waitingRows: [Int: Measured] = [:]
    private lazy var below = belowRows()
    /// The lines below the rows that are there however the rest is folded: the signs, what is counted, what to ask.
    private let foot: Int
    private let digits: Int

    init(_ answer: RecommendationBlocks) {
      self.answer = answer
      let lines = answer.recommendation.lines.enumerated().map { (number: $0.offset + 1, line: $0.element) }
      applying = lines.filter { !answer.isWaiting($0.line) }
      waiting = lines.filter { answer.isWaiting($0.line) }
      nameable = waiting.prefix(8).map { answer.nameable($0.line.rules) }
      fold = Fold(waiting: min(4, waiting.count), named: [Int](repeating: 1, count: waiting.count))
      digits = String(lines.count).utf8.count
      let counted = answer.counted(99).map { Self.height($0, indent: 2) } ?? 0
      let legend = lines.isEmpty ? 0 : Self.height(answer.legend(lines.flatMap(\.line.all)), indent: 2)
      foot = counted + legend + (answer.askNext().map { Self.height($0, indent: 0) } ?? 0)
    }

    private static func height(_ text: some Textual, indent: Int) -> Int { Display.wrapped(text.text.string, to: RecommendationBlocks.columns - indent).count }

    private static func height(_ blocks: [Block]) -> Int { blocks.isEmpty ? 0 : Report(blocks: blocks).lineCount(columns: RecommendationBlocks.columns) }

    /// The lines that a row takes beside citations of one paragraph, its details behind its text.
    private func measured(_ row: Row) -> Measured {
      let lead = row.number == nil ? 2 + row.level * 2 + digits : 2 + digits + 2 + (row.mark.isEmpty ? 0 : 2)
      let whole = (row.detail.isEmpty ? row.text : row.text + " · " + row.detail).string
      return Measured(
        row: row,
        height: Display.width(whole) <= RecommendationBlocks.columns - 7 - lead ? 1 : Display.wrapped(whole, to: RecommendationBlocks.columns - 7 - lead).count)
    }

    private mutating func applyingRow(_ place: Int) -> Measured {
      let key = place * 2 + (fold.hasReasons ? 1 : 0)
      if let known = applyingRows[key] { return known }
      let made = measured(answer.row(applying[place].line, number: applying[place].number, hasReasons: fold.hasReasons))
      applyingRows[key] = made
      return made
    }

    private mutating func waitingRow(_ place: Int) -> Measured {
      let key = place * 8 + fold.named[place]
      if let known = waitingRows[key] { return known }
      let (number, line) = waiting[place]
      let made = measured(answer.waitingRow(line, number: number, named: Array(nameable[place].prefix(fold.named[place]))))
      waitingRows[key] = made
      return made
    }

    /// Below each line that leads, what the text says of it for this syndrome and what must go with it.
    private func belowRows() -> (
      expected: [(place: Int, Measured)], remarks: [(place: Int, Measured)], companions: [(place: Int, Measured)]
    ) {
      var told: Set<Int> = []
      var expected: [(place: Int, Measured)] = []
      var remarks: [(place: Int, Measured)] = []
      var companions: [(place: Int, Measured)] = []
      for (place, (number, line)) in applying.enumerated() where line.tier == .lead && (remarks.count < 2 || companions.count < 2) {
        if expected.isEmpty, let row = answer.expected(number) { expected.append((place, measured(row))) }
        remarks += answer.remarks(on: line, &told).map { (place, measured($0)) }
        companions += answer.required(with: line, &told).map { (place, measured($0)) }
      }
      return (expected, remarks, companions)
    }

    private var thresholds: [Block] {
      answer.recommendation.thresholds.map { .paragraph(answer.silence($0, isShort: !fold.hasReasons)) }
    }

    private var beyond: [Block] {
      let lines = applying.dropFirst(min(fold.whole, applying.count))
      guard !lines.isEmpty else { return [] }
      let named = lines.map { line -> Text in "\(line.number) \(answer.short(line.line.head)) \(answer.cite(line.line.head))" }
      return [.paragraph(answer.say("Also: ", "Επίσης: ") + named.joined(separator: " · "))]
    }

    private var notes: [Block] {
      let rules = answer.recommendation.remarks.map { answer.guideline.rules[$0] }
      if rules.isEmpty { return [] }
      return [.rows(rules.map { Row($0.title.cited(answer.language), mark: "–", detail: answer.text.marks($0), citation: answer.cite($0.index)) })]
    }

    private var namedWaiting: [Int] { zip(nameable, fold.named).prefix(fold.waiting).flatMap { $0.prefix($1).map(\.index) } }

    private var shown: [Int] { applying.prefix(fold.whole).flatMap(\.line.rules) + namedWaiting }

    private var sections: [Block] {
      let cited = shown.flatMap { answer.guideline.rules[$0].paragraphs }
      return cited.isEmpty ? [] : [.notice(answer.text.legend(cited))]
    }

    private mutating func fits() -> Bool {
      var lines = foot + Self.height(thresholds) + Self.height(beyond)
      if applying.isEmpty, waiting.isEmpty { lines += 1 }
      for place in applying.indices.prefix(fold.whole) where lines <= RecommendationBlocks.mostLines { lines += applyingRow(place).height }
      for place in 0..<fold.waiting where lines <= RecommendationBlocks.mostLines { lines += waitingRow(place).height }
      if fold.hasExpected { lines += below.expected.reduce(0) { $0 + $1.1.height } }
      if fold.remarks > 0 { lines += below.remarks.prefix(fold.remarks).reduce(0) { $0 + $1.1.height } }
      if fold.companions > 0 { lines += below.companions.prefix(fold.companions).reduce(0) { $0 + $1.1.height } }
      if fold.hasNotes { lines += Self.height(notes) }
      if fold.hasSections { lines += Self.height(sections) }
      return lines <= RecommendationBlocks.mostLines
    }

    /// Takes a change that leaves the screen short enough.
    private mutating func attempt(_ change: (inout Fold) -> Void) -> Bool {
      let before = fold
      change(&fold)
      if fits() { return true }
      fold = before
      return false
    }

    private mutating func name(_ place: Int, _ most: Int) {
      guard nameable[place].count >= most, fold.named[place] < most else { return }
      _ = attempt { $0.named[place] = most }
    }

    var blocks: [Block] {
      mutating get {
        let most = fold.waiting
        if !fits() {
          var isShort = false
          for waiting in (0..<most).reversed() where !isShort { isShort = attempt { $0.waiting = waiting } }
          if !isShort {
            fold.waiting = 0
            fold.hasReasons = false
            isShort = fits()
            for whole in (0...12).reversed() where !isShort { isShort = attempt { $0.whole = whole } }
          }
        } else {
          extend()
        }
        return composed()
      }
    }

    /// First what the text expects in this syndrome, then what it recommends once one finding is known, then more of what waits.
    private mutating func extend() {
      if !below.expected.isEmpty { _ = attempt { $0.hasExpected = true } }
      if waiting.count > 4 { _ = attempt { $0.waiting = 5 } }
      for place in 0..<fold.waiting {
        let recommended = nameable[place].lastIndex { $0.stance == .do && answer.counsel.openFindings($0.index).count == 1 }
        if let recommended { name(place, min(4, recommended + 1)) }
      }
      for named in 2...3 { for place in 0..<fold.waiting { name(place, named) } }
      for more in 5...8 where more <= waiting.count && more > fold.waiting { _ = attempt { $0.waiting = more } }
      _ = attempt { $0.hasNotes = true }
      _ = attempt { $0.remarks = 2 } || attempt { $0.remarks = 1 }
      _ = attempt { $0.companions = 2 } || attempt { $0.companions = 1 }
      _ = attempt { $0.hasSections = true }
    }

    private mutating func composed() -> [Block] {
      var rows: [Row] = []
      let remarks = (fold.hasExpected ? below.expected : []) + (fold.remarks > 0 ? Array(below.remarks.prefix(fold.remarks)) : [])
      let companions = fold.companions > 0 ? Array(below.companions.prefix(fold.companions)) : []
      for place in applying.indices.prefix(fold.whole) {
        rows.append(applyingRow(place).row)
        rows += (remarks + companions).filter { $0.place == place }.map(\.1.row)
      }
      for place in 0..<fold.waiting { rows.append(waitingRow(place).row) }
      var blocks = thresholds
      if !rows.isEmpty { blocks.append(.rows(rows)) }
      blocks += beyond
      if applying.isEmpty, waiting.isEmpty {
        blocks.append(
          .paragraph(answer.say("The text gives no advice on what is stated so far.", "Το κείμενο δεν δίνει σύσταση για όσα δηλώθηκαν ως τώρα.")))
      }
      let signs =
        namedWaiting + applying.dropFirst(min(fold.whole, applying.count)).map(\.line.head)
        + applying.prefix(fold.whole).flatMap { answer.signed($0.line, hasReasons: fold.hasReasons) }
      if !signs.isEmpty { blocks.append(.notice(answer.legend(signs))) }
      if fold.hasNotes { blocks += notes }
      let hidden =
        waiting.dropFirst(fold.waiting).reduce(0) { $0 + $1.line.all.count } + answer.recommendation.rest.count
        + (applying + waiting).reduce(0) { $0 + $1.line.strengthens.count }
      if let counted = answer.counted(hidden) { blocks.append(.notice(counted)) }
      let shownNumbers = Set(applying.map(\.number) + waiting.prefix(fold.waiting).map(\.number))
      if let asked = answer.askNext(shownNumbers.contains) { blocks.append(.paragraph(asked)) }
      if fold.hasSections { blocks += sections }
      return blocks
    }
  }

  private func isWaiting(_ line: Recommendation.Line) -> Bool { line.tier == .pending }

  /// What is counted only, with the command that shows it.
  private var missing: Text { .command(say("missing", "λείπουν"), "missing") }

  private func counted(_ hidden: Int) -> Text? {
    let general = recommendation.general.count
    let everyone =
      general == 1
      ? say("Also for every patient: 1 statement", "Και για κάθε ασθενή: 1 δήλωση")
      : say("Also for every patient: \(general) statements", "Και για κάθε ασθενή: \(general) δηλώσεις")
    let open =
      hidden == 1
      ? say("1 more depends", "άλλη 1 εξαρτάται") : say("\(hidden) more depend", "άλλες \(hidden) εξαρτώνται")
    let parts = (general > 0 ? [everyone] : []) + (hidden > 0 ? [open] : [])
    return parts.isEmpty ? nil : parts.joined(separator: " · ").capitalised + ": " + Text.command(say("recommend all", "σύσταση όλα"), "recommend")
  }

  /// What to ask next, with the numbers of the lines that it decides; only those that `isShown` tells of.
  private func askNext(_ isShown: (Int) -> Bool = { _ in true }) -> String? {
    guard !ask.isEmpty else { return nil }
    var isFirst = true
    let list = ask.map { asked in
      let name = guideline.vocabulary.findings[asked.finding].name[language]
      let lines = asked.lines.filter(isShown)
      guard !lines.isEmpty else { return name }
      defer { isFirst = false }
      return name + " (" + (isFirst ? say("decides ", "κρίνει ") : "") + lines.map(String.init).joined(separator: ", ") + ")"
    }
    return say("Ask next: ", "Επόμενη ερώτηση: ") + list.joined(separator: " · ")
  }

  /// A line that applies: its head in the text's words, and what is said beside it.
  private func row(_ line: Recommendation.Line, number: Int, hasReasons: Bool) -> Row {
    let rule = guideline.rules[line.head]
    var details: [any Textual] = []
    if counsel.status(line.head) == .depends { details.append(text.conditionally(rule, known)) }
    if counsel.isNotSaid(line.head) { details.append(AdviceText.notSaid[language]) }
    if counsel.isCarriedOut(line.head) { details.append(done(rule)) }
    if let said = stopped[line.head] { details.append(said) }
    if let dose = usualDose(rule) { details.append(dose) }
    // A title that names its erratum needs no second mark.
    if rule.reading.map({ !rule.title[language].contains($0) }) ?? true { details.append(text.marks(rule)) }
    for index in otherSides(of: line) {
      // The other side of the same therapy stands on its line.
      let other = guideline.rules[index]
      details.append(hasReasons ? sign(index) + " " + other.title.cited(language) : other.stance?.badge(language) ?? Text())
    }
    for index in conditions(on: line, hasReasons: hasReasons) {
      details.append(sign(index) + " " + text.conditionally(guideline.rules[index], known))
    }
    return Row(
      rule.title.cited(language), number: number, mark: sign(line.head), detail: Text.joined(details),
      citation: cite(line.head))
  }

  private func otherSides(of line: Recommendation.Line) -> [Int] {
    line.rules.dropFirst().filter { counsel.isAgainst($0) || guideline.rules[$0].stance == .disputed }
  }

  /// The statements whose signs a line's row carries.
  private func signed(_ line: Recommendation.Line, hasReasons: Bool) -> [Int] {
    [line.head] + otherSides(of: line) + conditions(on: line, hasReasons: hasReasons)
  }

  /// What speaks against a line's therapy once one finding is known, as far as its row says so.
  private func conditions(on line: Recommendation.Line, hasReasons: Bool) -> [Int] {
    guard hasReasons else { return [] }
    return line.unless.filter { counsel.evaluation[$0].dependsOn.count == 1 && counsel.isMet($0) }
  }

  /// The sign of a statement's stance; the legend below the list says what it means.
  private func sign(_ index: Int) -> Text { guideline.rules[index].stance?.sign(language) ?? Text() }

  /// The first paragraph of a statement; a plus where there are more.
  private func cite(_ index: Int) -> Text {
    let paragraphs = guideline.rules[index].paragraphs
    return .citation(paragraphs.first ?? "") + (paragraphs.count > 1 ? "+" : "")
  }

  private func done(_ rule: Rule) -> String {
    rule.subjects.contains { counsel.carriedOut($0) == .once } ? say("done once", "έγινε μία φορά") : say("carried out", "έχει γίνει")
  }

  private func usualDose(_ rule: Rule) -> String? {
    guard rule.stance == .do || rule.stance == .consider, rule.subjects.count == 1 else { return nil }
    return doses[rule.subjects[0]]?[language]
  }

  /// What the text says of a line that leads for this patient.
  private func remarks(on line: Recommendation.Line, _ told: inout Set<Int>) -> [Row] {
    var rows: [Row] = []
    for evaluated in live where evaluated.status == .applies && guideline.rules[evaluated.rule].isRemark && !told.contains(evaluated.rule) {
      let remark = guideline.rules[evaluated.rule]
      guard remark.when != .always, !remark.standsAlone, line.rules.contains(where: { guideline.related(guideline.rules[$0], remark) }) else { continue }
      told.insert(evaluated.rule)
      rows.append(Row(say("note  ", "σημείωση  ") + remark.title.cited(language), citation: cite(remark.index), level: 1))
    }
    return rows
  }

  /// What must go with a line that leads.
  private func required(with line: Recommendation.Line, _ told: inout Set<Int>) -> [Row] {
    companions(of: line).filter {
      $0.strength == .must && counsel.evaluation[$0.index].ifChosen.isEmpty && told.insert($0.index).inserted
    }.map(alongside)
  }

  /// What the text reports of a line's therapy in this patient's syndrome.
  private func expected(_ number: Int) -> Row? {
    guard number <= expected.count, let entry = expected[number - 1], let title = entry.words(), let figure = entry["value"] else { return nil }
    return Row(
      say("in groups  ", "σε ομάδες  ") + title.cited(language), detail: EvidenceText.range(figure, language),
      citation: Text.citations(Array(entry.list("paragraphs").prefix(1))), level: 1)
  }

  private func alongside(_ companion: Rule) -> Row {
    let evaluated = counsel.evaluation[companion.index]
    var details: [any Textual] = [
      text.ifChosen(evaluated), evaluated.status == .depends ? text.conditionally(companion, known) : "", text.marks(companion),
    ]
    // What must go with it, and what the text says against that, are one line.
    if companion.strength == .must, let other = companion.with.lazy.compactMap({ counsel.objections(to: companion, of: $0).first }).first {
      details.append(say("but ", "όμως ") + guideline.rules[other].title.cited(language))
    }
    return Row(
      say("alongside  ", "μαζί  ") + companion.title.cited(language), detail: Text.joined(details),
      citation: text.citation([companion]), level: 1)
  }

  // MARK: What waits

  /// A therapy with the sign of its stance: `liver resection ○`.
  private func short(_ index: Int) -> Text {
    let rule = guideline.rules[index]
    let names = rule.subjects.compactMap { guideline.vocabulary.therapy(id: $0)?.name[language] }
    let name = names.count > 2 ? Array(names.prefix(2)).joined(separator: ", ") + ", …" : names.joined(separator: say(" or ", " ή "))
    let considered = counsel.choosesRegimen(index) ? say(" if chemotherapy is considered", " αν εξετάζεται χημειοθεραπεία") : ""
    return name + " " + sign(index) + considered
  }

  /// A line that waits for findings: what each outcome brings.
  private func waitingRow(_ line: Recommendation.Line, number: Int, named: [Rule]) -> Row {
    let rules = line.rules.map { guideline.rules[$0] }
    if line.isAgreement {
      let name = rules[0].subjects.compactMap { guideline.vocabulary.therapy(id: $0)?.name[language] }.joined(separator: ", ").capitalised
      let open = line.waitsFor.map { guideline.vocabulary.findings[$0].name[language] }.joined()
      let said = rules[0].stance?.said[language] ?? ""
      return Row(
        say("\(name): \(said) whatever \(open) is", "\(name): \(said), ό,τι κι αν ισχύει για το εύρημα «\(open)»"), number: number,
        mark: sign(line.head), citation: cite(line.head))
    }
    var outcomes: [(condition: String, therapies: [Text])] = []
    for rule in named {
      let condition = waits(rule)
      if let place = outcomes.firstIndex(where: { $0.condition == condition }) {
        outcomes[place].therapies.append(short(rule.index))
      } else {
        outcomes.append((condition, [short(rule.index)]))
      }
    }
    var said = outcomes.map { $0.condition + ": " + $0.therapies.joined(separator: ", ") }.joined(separator: "; ")
    if rules.count > named.count { said += " +\(rules.count - named.count)" }
    return Row(said, number: number, mark: "?", citation: cite(line.head))
  }

  /// The statements of a line that may be named, in that order: each says something of another therapy than those before it, and
  /// waits for two findings at most.
  private func nameable(_ rules: [Int]) -> [Rule] {
    let open = rules.map { counsel.openFindings($0).count }
    let recommends = zip(rules, open).contains { guideline.rules[$0].stance == .do && $1 == 1 && counsel.isMet($0) }
    func key(_ place: Int) -> (Int, Int, Int, Int) {
      let isDo = guideline.rules[rules[place]].stance == .do ? 0 : 1
      return (counsel.isMet(rules[place]) ? 0 : 1, recommends ? open[place] : isDo, recommends ? isDo : open[place], place)
    }
    var named: [Rule] = []
    for place in rules.indices.sorted(by: { key($0) < key($1) }) {
      let rule = guideline.rules[rules[place]]
      guard named.isEmpty || open[place] <= 2 else { continue }
      let isTold = named.contains { other in
        other.stance?.isPositive == rule.stance?.isPositive && waits(other) == waits(rule)
          && rule.subjects.allSatisfy { subject in other.subjects.contains { guideline.vocabulary.related($0, subject) } }
      }
      let isRepeated = named.contains { other in other.stance == rule.stance && rule.subjects.allSatisfy(other.subjects.contains) }
      if !isTold, !isRepeated { named.append(rule) }
    }
    return named
  }

  /// What a statement waits for, in words: its own open conditions on the findings that decide.
  private func waits(_ rule: Rule) -> String {
    let deciding = Set(counsel.evaluation[rule.index].dependsOn.flatMap { [$0, guideline.statedThrough[$0] ?? $0] })
    let own = rule.when.conjuncts.filter { part in
      known.truth(part) == .unknown && part.tests.contains { deciding.contains($0.finding) }
    }
    // A condition with branches of its own is named by what it asks about.
    let parts =
      own.isEmpty
      ? text.open(rule, known)
      : own.map { part in
        guard case .any(let parts) = part, parts.contains(where: { if case .all = $0 { true } else { false } }) else { return text.openPart(part, known) }
        let names = part.findings(statable: guideline.isStatable).filter { deciding.contains($0) }.map { guideline.vocabulary.findings[$0].name[language] }
        return say("depending on ", "ανάλογα με το εύρημα ") + names.joined(separator: ", ")
      }
    return parts.joined(separator: say(" and ", " και "))
  }

  /// What the signs in a list mean.
  private func legend(_ shown: [Int]) -> Text {
    let stances = Stance.allCases.filter { stance in shown.contains { guideline.rules[$0].stance == stance } }
    return stances.map { $0.badge(language) }.joined(separator: "  ")
  }

  // MARK: The whole answer

  /// Every statement with what goes with it.
  var whole: [Block] {
    var blocks: [Block] = recommendation.thresholds.map { .paragraph(silence($0, isShort: false)) }
    var told: Set<Int> = []
    var cited: [String] = []
    func list(_ heading: Words, _ rows: [Row]) {
      if !rows.isEmpty { blocks += [.heading(heading[language]), .rows(rows)] }
    }
    let lines = Array(recommendation.lines.enumerated())
    func applying(_ tier: Tier) -> [Row] {
      lines.filter { !isWaiting($0.element) && $0.element.tier == tier }.flatMap { wholeRows($0.element, number: $0.offset + 1, &told, &cited) }
    }
    list(Words("For this patient", "Για αυτόν τον ασθενή"), applying(.lead))
    list(Words("Options", "Επιλογές"), applying(.option))
    list(
      Words("What one more finding would decide", "Τι θα έκρινε ένα ακόμη εύρημα"),
      lines.filter { isWaiting($0.element) }.flatMap { wholeWaitingRows($0.element, number: $0.offset + 1, &cited) })
    list(
      Words("For every patient", "Για κάθε ασθενή"),
      recommendation.general.flatMap { wholeRows(.init(rules: [$0], tier: .general), number: nil, &told, &cited) })
    if recommendation.lines.isEmpty, recommendation.general.isEmpty, recommendation.rest.isEmpty {
      blocks.append(.paragraph(say("The text gives no advice on what is stated so far.", "Το κείμενο δεν δίνει σύσταση για όσα δηλώθηκαν ως τώρα.")))
    }
    let remarks = recommendation.remarks.filter { !told.contains($0) }.map { guideline.rules[$0] }
    list(Words("Notes", "Σημειώσεις"), remarks.map { Row($0.title.cited(language), detail: text.marks($0), citation: text.citation([$0])) })
    var rest = recommendation.rest.count
    if recommendation.lines.isEmpty, rest > 0 {
      // Where nothing of a topic stands, on what the nearest statements depend.
      let nearest = counsel.dependentInOrder(recommendation.rest, own: nil).prefix(5)
      list(Words("It depends", "Εξαρτάται"), nearest.map { plainRow($0, &cited) })
      rest -= nearest.count
    }
    if rest > 0 {
      blocks.append(
        .notice(
          rest == 1
            ? say("… and 1 more depends on what is not stated: ", "… και άλλη 1 εξαρτάται από ό,τι δεν δηλώθηκε: ") + missing
            : say("… and \(rest) more depend on what is not stated: ", "… και άλλες \(rest) εξαρτώνται από ό,τι δεν δηλώθηκε: ") + missing))
    }
    if let asked = askNext() { blocks.append(.paragraph(asked)) }
    cited += remarks.flatMap(\.paragraphs)
    if !cited.isEmpty { blocks.append(.notice(text.legend(cited))) }
    return blocks
  }

  private func plainRow(_ index: Int, _ cited: inout [String]) -> Row {
    let rule = guideline.rules[index]
    cited += rule.paragraphs
    let details = Text.joined([text.standing(rule, counsel.evaluation[index], known), text.marks(rule)])
    return Row(rule.title.cited(language), mark: "·", detail: details, citation: text.citation([rule]))
  }

  private func wholeRows(_ line: Recommendation.Line, number: Int?, _ told: inout Set<Int>, _ cited: inout [String]) -> [Row] {
    let first = guideline.rules[line.head]
    cited += line.all.flatMap { guideline.rules[$0].paragraphs }
    var details: [any Textual] = [text.standing(first, counsel.evaluation[line.head], known)]
    if counsel.isNotSaid(line.head) { details.append(AdviceText.notSaid[language]) }
    if counsel.isCarriedOut(line.head) { details.append(done(first)) }
    if let said = stopped[line.head] { details.append(said) }
    if let dose = usualDose(first) { details.append(dose) }
    details.append(text.marks(first))
    var rows = [
      Row(first.title.cited(language), number: number, detail: Text.joined(details), citation: text.citation([first]))
    ]
    func add(_ word: Words, _ rule: Rule, _ detail: Text = Text()) {
      rows.append(Row(word[language] + "  " + rule.title.cited(language), detail: detail, citation: text.citation([rule]), level: 1))
    }
    func standing(_ rule: Rule) -> Text {
      Text.joined([text.standing(rule, counsel.evaluation[rule.index], known), text.marks(rule)])
    }
    let others = (line.rules.dropFirst() + line.unless + line.strengthens).map { guideline.rules[$0] }
    for rule in others where rule.title != first.title || rule.stance != first.stance {
      let isOtherSide = first.conflicts.contains(rule.id) || rule.conflicts.contains(first.id)
      add(isOtherSide ? Words("conflicts with", "συγκρούεται με") : Words("also", "επίσης"), rule, standing(rule))
    }
    let own = Set(line.all)
    for other in takenAway where line.rules.contains(where: { guideline.rules[$0].overrides.contains(other.id) }) {
      add(Words("in place of", "αντί για"), other)
    }
    for other in guideline.rules where !own.contains(other.index) && (counsel.stands(other.index) || counsel.isNear(other.index)) {
      guard line.rules.contains(where: { guideline.rules[$0].conflicts.contains(other.id) || other.conflicts.contains(guideline.rules[$0].id) }) else {
        continue
      }
      add(Words("conflicts with", "συγκρούεται με"), other, standing(other))
    }
    for companion in companions(of: line) where !told.contains(companion.index) {
      told.insert(companion.index)
      cited += companion.paragraphs
      rows.append(alongside(companion))
    }
    for evaluated in live where evaluated.status == .applies && guideline.rules[evaluated.rule].isRemark && !told.contains(evaluated.rule) {
      let remark = guideline.rules[evaluated.rule]
      guard line.rules.contains(where: { guideline.related(guideline.rules[$0], remark) }) else { continue }
      told.insert(remark.index)
      cited += remark.paragraphs
      add(Words("note", "σημείωση"), remark, text.marks(remark))
    }
    return rows
  }

  private func wholeWaitingRows(_ line: Recommendation.Line, number: Int, _ cited: inout [String]) -> [Row] {
    cited += line.rules.flatMap { guideline.rules[$0].paragraphs }
    if line.isAgreement { return [waitingRow(line, number: number, named: [])] }
    return line.rules.enumerated().map { place, index in
      let rule = guideline.rules[index]
      let details = Text.joined([text.standing(rule, counsel.evaluation[index], known), text.marks(rule)])
      let citation = text.citation([rule])
      return place == 0
        ? Row(rule.title.cited(language), number: number, detail: details, citation: citation)
        : Row(rule.title.cited(language), detail: details, citation: citation, level: 1)
    }
  }

  /// What goes alongside a line: cautions first, then what must not be forgotten, then choice, technique and dose.
  private func companions(of line: Recommendation.Line) -> [Rule] {
    let found = live.filter { evaluated in
      guideline.rules[evaluated.rule].isCompanion && line.rules.contains { evaluated.accompanies.contains($0) }
    }.map { guideline.rules[$0.rule] }
    func order(_ rule: Rule) -> Int {
      if counsel.isAgainst(rule.index) { return 0 }
      return rule.canBeForgotten ? (rule.strength == .must ? 1 : 2) : rule.role == .favours ? 3 : 4
    }
    return found.enumerated().map { (order($0.element), $0.offset, $0.element) }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  /// That a number lies where the text speaks of more and of less only.
  private func silence(_ threshold: UncoveredThreshold, isShort: Bool) -> Text {
    let value = guideline.vocabulary.describe(threshold.finding, known[threshold.finding])[language]
    let name = guideline.vocabulary.findings[threshold.finding].name[language]
    if isShort {
      return Words("Exactly \(value) (\(name)): the text does not cover it.", "Ακριβώς \(value) (\(name)): το κείμενο δεν το καλύπτει.").text(language)
    }
    func said(_ rules: [Int]) -> Text {
      let first = guideline.rules[rules[0]]
      let title = first.title.cited(language) + " (" + text.citation([first]) + ")"
      let more = rules.count - 1
      return more == 0 ? title : title + say(" and \(more) more", more == 1 ? " και άλλη 1" : " και άλλες \(more)")
    }
    return Words(
      text:
        "Exactly \(value) (\(name)): the text speaks of more and of less, and does not cover it. More: \(said(threshold.above)). Less: \(said(threshold.below)).",
      "Ακριβώς \(value) (\(name)): το κείμενο μιλά για περισσότερο και για λιγότερο και δεν το καλύπτει. Περισσότερο: \(said(threshold.above)). Λιγότερο: \(said(threshold.below))."
    ).text(language)
  }
}
