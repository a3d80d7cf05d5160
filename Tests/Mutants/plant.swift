// Plants mutants in Swift files: plant SEEDS COUNT OUTPUT FILE …; each seed draws COUNT of the places of each module, and every file is
// written anew with a switch at each place drawn. OUTPUT gets a line a mutant: number, file, line, kind, what it was, the seed that drew it.
// Built with the compiler's own swift-syntax by .ci/mutants-swift.
import Foundation
import SwiftOperators
import SwiftParser
import SwiftSyntax

/// splitmix64.
struct Random {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

let comparisons: [String: String] = ["<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="]

/// Walks the places of a file in their order; those whose number is switched get a mutant.
final class Planter: SyntaxRewriter {
  let file: String
  let converter: SourceLocationConverter
  /// The mutant at a place, by the place's number over all files; nil where none is planted.
  let mutant: (Int) -> Int?
  var next: Int
  /// Within a statement that has a mutant none is planted, but places are counted all the same.
  private var isCounting = false
  var planted: [(number: Int, line: Int, kind: String, text: String)] = []

  init(_ file: String, _ tree: SourceFileSyntax, next: Int, mutant: @escaping (Int) -> Int?) {
    self.file = file
    self.next = next
    self.mutant = mutant
    converter = SourceLocationConverter(fileName: file, tree: tree)
  }

  private func place(_ node: some SyntaxProtocol, _ kind: String) -> Int? {
    if mayThrow(Syntax(node)) { return nil }
    defer { next += 1 }
    guard !isCounting, let number = mutant(next) else { return nil }
    let line = converter.location(for: node.positionAfterSkippingLeadingTrivia).line
    planted.append((number, line, kind, node.trimmedDescription.split(separator: "\n").joined(separator: " ")))
    return number
  }

  /// Whether a `try` covers a node or stands within it: a switch would widen what it throws.
  private func mayThrow(_ node: Syntax) -> Bool {
    var above = node.parent
    while let at = above, !at.is(CodeBlockItemSyntax.self) {
      if at.is(TryExprSyntax.self) { return true }
      above = at.parent
    }
    return node.tokens(viewMode: .sourceAccurate).contains { $0.tokenKind == .keyword(.try) }
  }

  private func expression(_ text: String, like node: some SyntaxProtocol) -> ExprSyntax {
    guard case .expr(var parsed)? = Parser.parse(source: text).statements.first?.item else { fatalError(text) }
    parsed.leadingTrivia = node.leadingTrivia
    parsed.trailingTrivia = node.trailingTrivia
    return parsed
  }

  /// An operand as it may stand beside another operator.
  private func operand(_ node: ExprSyntax) -> String { node.is(InfixOperatorExprSyntax.self) ? "(\(node.trimmedDescription))" : node.trimmedDescription }

  override func visit(_ node: InfixOperatorExprSyntax) -> ExprSyntax {
    guard let sign = node.operator.as(BinaryOperatorExprSyntax.self)?.operator.text else { return super.visit(node) }
    if sign == "&&" || sign == "||" {
      let number = place(node, sign)
      let visited = super.visit(node)
      guard let both = visited.as(InfixOperatorExprSyntax.self) else { return visited }
      guard let number else { return ExprSyntax(both) }
      let (left, right) = (both.leftOperand.trimmedDescription, both.rightOperand.trimmedDescription)
      return expression(
        "Mutant.choose(\(number), \(left) \(sign) \(right), \(operand(both.leftOperand)) \(sign == "&&" ? "||" : "&&") \(operand(both.rightOperand)))",
        like: node)
    }
    if let other = comparisons[sign] {
      // What stands inside is written twice, and so has no mutant of its own.
      guard let number = place(node, sign) else { return ExprSyntax(node) }
      let (left, right) = (node.leftOperand.trimmedDescription, node.rightOperand.trimmedDescription)
      // Equal and not equal always differ; what they compare may be read from a file, and is asked for once.
      let form = sign == "==" || sign == "!=" ? "choose" : "pick"
      return expression("Mutant.\(form)(\(number), \(left) \(sign) \(right), \(left) \(other) \(right))", like: node)
    }
    return super.visit(node)
  }

  override func visit(_ node: PrefixOperatorExprSyntax) -> ExprSyntax {
    guard node.operator.text == "!" else { return super.visit(node) }
    let number = place(node, "!")
    let visited = super.visit(node)
    guard let inner = visited.as(PrefixOperatorExprSyntax.self), let number else { return visited }
    let value = inner.expression.trimmedDescription
    return expression("Mutant.choose(\(number), !\(value), \(value))", like: node)
  }

  override func visit(_ node: BooleanLiteralExprSyntax) -> ExprSyntax {
    guard node.parent?.is(ReturnStmtSyntax.self) == true else { return ExprSyntax(node) }
    let text = node.literal.text
    guard let number = place(node, "return") else { return ExprSyntax(node) }
    return expression("(Mutant.on(\(number)) ? \(text == "true" ? "false" : "true") : \(text))", like: node)
  }

  /// A number is one more. Not where the language wants a literal, and not 0 and 1, which mostly stand for a place.
  override func visit(_ node: IntegerLiteralExprSyntax) -> ExprSyntax {
    guard let value = Int(node.literal.text), value > 1, !isFixed(Syntax(node)), let number = place(node, "number") else { return ExprSyntax(node) }
    return expression("(Mutant.on(\(number)) ? \(value + 1) : \(value))", like: node)
  }

  private func isFixed(_ node: Syntax) -> Bool {
    var above = node.parent
    while let at = above, !at.is(CodeBlockItemSyntax.self) {
      if at.is(EnumCaseElementSyntax.self) || at.is(ExpressionPatternSyntax.self) || at.is(AttributeSyntax.self) || at.is(TypeExprSyntax.self) { return true }
      above = at.parent
    }
    return false
  }

  /// A statement that changes something is left out: a call that changes what it is called on, or an assignment to a part of what is there.
  override func visit(_ node: CodeBlockItemSyntax) -> CodeBlockItemSyntax {
    guard case .expr(let expr) = node.item, isChange(expr), let number = place(node, "statement") else { return super.visit(node) }
    isCounting = true
    _ = super.visit(node)
    isCounting = false
    guard var item = Parser.parse(source: "if !Mutant.on(\(number)) { \(node.trimmedDescription) }").statements.first else { return node }
    item.leadingTrivia = node.leadingTrivia
    item.trailingTrivia = node.trailingTrivia
    return item
  }

  private func isChange(_ expr: ExprSyntax) -> Bool {
    if let call = expr.as(FunctionCallExprSyntax.self), let member = call.calledExpression.as(MemberAccessExprSyntax.self) {
      return ["append", "insert", "removeAll", "removeLast", "formUnion", "sort"].contains(member.declName.baseName.text) && call.trailingClosure == nil
    }
    guard let pair = expr.as(InfixOperatorExprSyntax.self) else { return false }
    if let sign = pair.operator.as(BinaryOperatorExprSyntax.self)?.operator.text { return ["+=", "-=", "*=", "/=", "|=", "&="].contains(sign) }
    guard pair.operator.is(AssignmentExprSyntax.self) else { return false }
    return pair.leftOperand.is(SubscriptCallExprSyntax.self) || (pair.leftOperand.is(MemberAccessExprSyntax.self) && !isInInitializer(Syntax(expr)))
  }

  private func isInInitializer(_ node: Syntax) -> Bool {
    var above = node.parent
    while let at = above {
      if at.is(InitializerDeclSyntax.self) { return true }
      if at.is(FunctionDeclSyntax.self) { return false }
      above = at.parent
    }
    return false
  }
}

let seeds = CommandLine.arguments[1].split(separator: ",").compactMap { UInt64($0) }
guard CommandLine.arguments.count > 4, let count = Int(CommandLine.arguments[2]) else { exit(2) }
let output = CommandLine.arguments[3]
let files = CommandLine.arguments.dropFirst(4).sorted()

func tree(_ file: String) throws -> SourceFileSyntax {
  let parsed = Parser.parse(source: try String(contentsOfFile: file, encoding: .utf8))
  return OperatorTable.standardOperators.foldAll(parsed) { _ in }.as(SourceFileSyntax.self) ?? parsed
}

/// The module that a file is part of: the folder behind Sources.
func module(_ file: String) -> String {
  let parts = file.split(separator: "/")
  return parts.firstIndex(of: "Sources").map { String(parts[$0 + 1]) } ?? ""
}

var places = 0
var ranges: [String: Range<Int>] = [:]
for file in files {
  let tree = try tree(file)
  let planter = Planter(file, tree, next: places) { _ in nil }
  _ = planter.rewrite(tree)
  let start = ranges[module(file)]?.lowerBound ?? places
  places = planter.next
  ranges[module(file)] = start..<places
}
var drawn: [Int: UInt64] = [:]
for seed in seeds {
  var random = Random(state: seed)
  for (_, range) in ranges.sorted(by: { $0.key < $1.key }) {
    var left = min(count, range.filter { drawn[$0] == nil }.count)
    while left > 0 {
      let place = range.lowerBound + Int(random.next() % UInt64(range.count))
      guard drawn[place] == nil else { continue }
      drawn[place] = seed
      left -= 1
    }
  }
}
let numbers = Dictionary(uniqueKeysWithValues: drawn.keys.sorted().enumerated().map { ($1, $0 + 1) })
let drawnBy = Dictionary(uniqueKeysWithValues: numbers.compactMap { place, number in drawn[place].map { (number, $0) } })
var next = 0
var lines: [String] = []
for file in files {
  let tree = try tree(file)
  let planter = Planter(file, tree, next: next) { numbers[$0] }
  let written = planter.rewrite(tree)
  next = planter.next
  guard !planter.planted.isEmpty else { continue }
  var text = written.description
  if !text.contains("import MutantSwitch") { text = "import MutantSwitch\n" + text }
  try text.write(toFile: file, atomically: true, encoding: .utf8)
  lines += planter.planted.sorted { $0.number < $1.number }.map {
    "\($0.number)\t\(file)\t\($0.line)\t\($0.kind)\t\($0.text.prefix(160))\t\(drawnBy[$0.number] ?? 0)"
  }
}
try (lines.joined(separator: "\n") + "\n").write(toFile: output, atomically: true, encoding: .utf8)
print("\(places) places, \(lines.count) mutants")
