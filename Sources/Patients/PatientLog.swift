import Grammar
import Measures
import Reports
import Vocabulary

extension Dose {
  /// The dose as data: amount and unit, timing, route.
  public var json: JSON {
    .fields([
      ("amount", amount.map { .exact($0.value) }), ("unit", amount.map { .string($0.unit.rawValue) }),
      ("timing", timing?.json), ("route", route.map { .string($0.rawValue) }),
    ])
  }
}

extension DoseTiming {
  /// `{"kind":"every","count":4,"unit":"week"}`.
  public var json: JSON {
    switch self {
    case .once: .fields([("kind", .string("once"))])
    case .perHour: .fields([("kind", .string("rate")), ("unit", .string(TimeUnit.hour.rawValue))])
    case .total(let unit): .fields([("kind", .string("total")), ("unit", .string(unit.rawValue))])
    case .times(let count, let unit):
      .fields([("kind", .string("times")), ("count", .integer(count)), ("unit", .string(unit.rawValue))])
    case .every(let span):
      .fields([("kind", .string("every")), ("count", .integer(span.count)), ("unit", .string(span.unit.rawValue))])
    }
  }
}

extension Regimen {
  public var json: JSON {
    .fields([
      ("therapy", .string(therapy)), ("dose", dose.isEmpty ? nil : dose.json), ("purpose", purpose.map { .string($0) }),
      ("deviation", isDeviation ? .bool(true) : nil), ("continues", .bool(continues)),
    ])
  }
}

extension Event {
  /// The event as data, findings in canonical form.
  public func json(_ vocabulary: Vocabulary) -> JSON {
    var fields: [(String, JSON?)] = [("day", .integer(day))]
    switch kind {
    case .learnt: fields.append(("kind", .string("learnt")))
    case .ordered(let id): fields += [("kind", .string("ordered")), ("test", .string(id))]
    case .arranged(let id): fields += [("kind", .string("arranged")), ("setting", .string(id))]
    case .given(let regimen): fields += [("kind", .string("given")), ("regimen", regimen.json)]
    case .performed(let id): fields += [("kind", .string("performed")), ("therapy", .string(id))]
    case .stopped(let id): fields += [("kind", .string("stopped")), ("therapy", .string(id))]
    case .passed(let to): fields += [("kind", .string("passed")), ("to", .integer(to))]
    case .lapsed: fields.append(("kind", .string("lapsed")))
    }
    if !changes.isEmpty {
      fields.append(("findings", .strings(changes.map { Printer.statement($0.finding, $0.possible, vocabulary) })))
    }
    if !notes.isEmpty { fields.append(("noted", .array(notes.map(\.json)))) }
    return .fields(fields)
  }
}

extension Note {
  public var json: JSON { .fields([("text", .string(text)), ("reason", .string(reason.rawValue))]) }
}

extension Patient {
  /// The log as data.
  public func log(_ vocabulary: Vocabulary) -> JSON {
    .fields([
      ("start", .string("\(start)")), ("day", .integer(day)), ("events", .array(events.map { $0.json(vocabulary) })),
    ])
  }
}
