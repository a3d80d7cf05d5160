/// The times of one group, right-censored: when each was seen to have the event, or was last seen without it.
public struct SurvivalSample: Sendable, Hashable {
  /// What happened at one time. Who is censored at a time is still at risk of the events at that time.
  public struct Instant: Sendable, Hashable {
    public let time: Double
    fileprivate var eventCount: UInt32 = 0
    fileprivate var censoredCount: UInt32 = 0
    private let riskCount: UInt32

    fileprivate init(time: Double, atRisk: Int) {
      self.time = time
      riskCount = UInt32(clamping: atRisk)
    }

    public var events: Int { Int(eventCount) }
    public var censored: Int { Int(censoredCount) }
    /// How many were at risk just before.
    public var atRisk: Int { Int(riskCount) }
  }

  /// Distinct times, ascending.
  public let instants: [Instant]
  public let count: Int

  public var events: Int { instants.reduce(0) { $0 + $1.events } }

  /// - Parameters:
  ///   - events: the times of events, in any order; what is no number is left out.
  ///   - censored: the times of censoring.
  public init(events: [Double], censored: [Double] = []) {
    let events = Self.ascending(events)
    let censored = Self.ascending(censored)
    count = events.count + censored.count
    var instants: [Instant] = []
    instants.reserveCapacity(count)
    var (event, left) = (0, 0)
    while event < events.count || left < censored.count {
      let isEvent = left == censored.count || (event < events.count && events[event] <= censored[left])
      let time = isEvent ? events[event] : censored[left]
      if instants.last?.time != time { instants.append(Instant(time: time, atRisk: count - event - left)) }
      if isEvent {
        instants[instants.count - 1].eventCount += 1
        event += 1
      } else {
        instants[instants.count - 1].censoredCount += 1
        left += 1
      }
    }
    self.instants = instants
  }

  /// The numbers among them in order. Many are sorted by the digits of their bits, eleven at a time from the lowest on.
  private static func ascending(_ times: [Double]) -> [Double] {
    if times.count < 4_096 { return times.filter { !$0.isNaN }.sorted() }
    let (digits, values) = (6, 1 << 11)
    var places = [Int](repeating: 0, count: digits * values)
    var keys: [UInt64] = []
    keys.reserveCapacity(times.count)
    for time in times where !time.isNaN {
      // Its bits as a whole number that is ordered as the number is.
      let bits = time.bitPattern
      let key = bits ^ (bits >> 63 == 1 ? .max : 1 << 63)
      for digit in 0..<digits { places[digit &* values &+ Int(key >> UInt64(11 &* digit) & 2_047)] &+= 1 }
      keys.append(key)
    }
    var sorted = keys
    for digit in 0..<digits {
      let counts = digit * values..<(digit + 1) * values
      if places[counts].contains(keys.count) { continue }
      var place = 0
      for value in counts { (places[value], place) = (place, place + places[value]) }
      for key in keys {
        let value = digit &* values &+ Int(key >> UInt64(11 &* digit) & 2_047)
        sorted[places[value]] = key
        places[value] &+= 1
      }
      swap(&keys, &sorted)
    }
    return keys.map { Double(bitPattern: $0 ^ ($0 >> 63 == 1 ? 1 << 63 : .max)) }
  }

  /// How many are at risk just before a time.
  public func atRisk(at time: Double) -> Int {
    var low = 0
    var high = instants.count
    while low < high {
      let middle = (low + high) / 2
      if instants[middle].time < time { low = middle + 1 } else { high = middle }
    }
    return low < instants.count ? instants[low].atRisk : 0
  }

  /// The product-limit estimate of survival (Kaplan and Meier 1958).
  public var kaplanMeier: KaplanMeier { KaplanMeier(self) }
}

/// A Kaplan-Meier curve: from each time of an event on, the estimated fraction without one.
public struct KaplanMeier: Sendable, Hashable {
  public struct Step: Sendable, Hashable {
    public let time: Double
    /// From 0 to 1.
    public let survival: Double
  }

  /// Times ascend, fractions fall. Before the first it is 1.
  public let steps: [Step]

  init(_ sample: SurvivalSample) {
    var survival = 1.0
    var steps: [Step] = []
    steps.reserveCapacity(sample.instants.count)
    for instant in sample.instants where instant.events > 0 {
      survival *= Double(instant.atRisk - instant.events) / Double(instant.atRisk)
      steps.append(Step(time: instant.time, survival: survival))
    }
    self.steps = steps
  }

  /// The first time from which at most half are without an event; nil while the curve stays above one half. A fraction
  /// counts as one half within rounding.
  public var median: Double? { steps.first { $0.survival <= 0.5 + 1e-12 }?.time }

  public func survival(at time: Double) -> Double {
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].time <= time { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 1 : steps[low - 1].survival
  }

  /// At most so many of its steps, up to a time: the last of each of as many equal stretches.
  public func thinned(to most: Int, end: Double) -> [Step] {
    let shown = steps.prefix { $0.time <= end }
    guard shown.count > most, most > 0, end > 0 else { return Array(shown) }
    var kept: [Step] = []
    var stretch = -1
    for step in shown {
      let place = min(most - 1, Int(step.time / end * Double(most)))
      if place == stretch { kept[kept.count - 1] = step } else { kept.append(step) }
      stretch = place
    }
    return kept
  }
}
