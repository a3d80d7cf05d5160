/// A reader of XML just large enough to show that a picture or page is well-formed, and to ask what it holds.
public struct Elements: Sendable {
  public struct Element: Sendable {
    public let name: String
    public let attributes: [String: String]
    /// The text right inside it.
    public var text = ""
  }

  public struct Fault: Error, CustomStringConvertible {
    public let description: String
  }

  public private(set) var all: [Element] = []

  public func named(_ name: String) -> [Element] { all.filter { $0.name == name } }

  /// - Parameter isHTML: a DOCTYPE is read, and the elements without an end tag are known.
  public init(_ source: String, isHTML: Bool = false) throws {
    // A sign may have a combining mark behind it.
    let text = source.unicodeScalars.map(Character.init)
    var place = 0
    var open: [Int] = []
    func fault(_ words: String) -> Fault { Fault(description: "\(words) at \(String(text[max(0, place - 40)..<min(text.count, place + 40)]))") }
    func check(_ value: String) throws {
      for part in value.unicodeScalars.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
        guard let end = part.firstIndex(of: ";"), ["amp", "lt", "gt", "quot", "#39", "emsp"].contains(String(part[..<end])) else { throw fault("a bare &") }
      }
    }
    while place < text.count {
      guard text[place] == "<" else {
        let end = text[place...].firstIndex(of: "<") ?? text.count
        let words = String(text[place..<end])
        if open.last.map({ all[$0].name }) != "style" { try check(words) }
        if let last = open.last { all[last].text += words } else if words.contains(where: { !$0.isWhitespace }) { throw fault("text outside") }
        place = end
        continue
      }
      guard let end = text[place...].firstIndex(of: ">") else { throw fault("a tag without end") }
      var tag = String(text[(place + 1)..<end])
      if isHTML, tag.uppercased() == "!DOCTYPE HTML" {
        place = end + 1
        continue
      }
      if tag.hasPrefix("/") {
        guard let last = open.popLast(), all[last].name == tag.dropFirst() else { throw fault("</\(tag) closes nothing") }
        place = end + 1
        continue
      }
      let isEmpty = tag.hasSuffix("/")
      if isEmpty { tag.removeLast() }
      let element = try Self.element(tag, check)
      all.append(element)
      if !isEmpty, !(isHTML && ["meta", "hr", "br"].contains(element.name)) { open.append(all.count - 1) }
      place = end + 1
    }
    if let last = open.last { throw Fault(description: "<\(all[last].name)> is never closed") }
  }

  private static func element(_ tag: String, _ check: (String) throws -> Void) throws -> Element {
    let name = tag.prefix { $0 != " " && $0 != "\n" }
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber }) else { throw Fault(description: "<\(tag)> has no name") }
    var attributes: [String: String] = [:]
    var rest = tag.dropFirst(name.count).drop { $0.isWhitespace }
    while !rest.isEmpty {
      let key = rest.prefix { $0 != "=" && !$0.isWhitespace }
      rest = rest.dropFirst(key.count)
      guard !key.isEmpty, key.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) else { throw Fault(description: "a bad attribute in <\(tag)>") }
      var value = ""
      if rest.first == "=" {
        rest = rest.dropFirst()
        guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else { throw Fault(description: "\(key) is not quoted in <\(tag)>") }
        value = String(rest[rest.index(after: rest.startIndex)..<end])
        rest = rest[rest.index(after: end)...]
      }
      try check(value)
      guard !value.contains("<"), attributes.updateValue(value, forKey: String(key)) == nil else { throw Fault(description: "\(key) twice in <\(tag)>") }
      rest = rest.drop { $0.isWhitespace }
    }
    return Element(name: String(name), attributes: attributes)
  }
}
