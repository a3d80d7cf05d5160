/// Simulated and estimated numbers to three significant figures: what they are worth, and what their meaning holds.
public enum ThreeFigures {
  /// Plain digits: a decimal point, no trailing zero, no exponent; `?` for what is no number. Below a millionth it is 0.
  public static func text(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "?" }
    if value.magnitude < 1e-6 { return "0" }
    var places = 2
    var size = value.magnitude
    while size < 0.9995 {
      size *= 10
      places += 1
    }
    while size >= 9.995 {
      size /= 10
      places -= 1
    }
    if places >= 0 { return Numeral.fixed(value, places: places) }
    let unit = (places..<0).reduce(1.0) { unit, _ in unit * 10 }
    return Numeral.fixed((value / unit).rounded() * unit, places: 0)
  }

  /// The number, null for what is none.
  public static func json(_ value: Double) -> JSON {
    let text = text(value)
    return text == "?" ? .null : .number(text)
  }
}
