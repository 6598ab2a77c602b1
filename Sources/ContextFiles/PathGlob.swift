/// A pattern of Go's `filepath.Match`, which a COPY source with wildcards is, and every ignore pattern has to be.
///
/// `*` and `?` stay inside one name, `[a-z]` and `[^a-z]` are sets, and a backslash takes the next character as it is.
public struct PathGlob: Sendable, Hashable {
  private enum Part: Sendable, Hashable {
    case scalar(UInt32)
    case one
    case star
    case set([ClosedRange<UInt32>], isNegated: Bool)
  }

  private let parts: [Part]

  /// Reads a pattern; nil for one Go calls bad: an open or empty set, a set with a bare `-`, a backslash at the end.
  public init?(_ text: String) {
    let scalars = text.unicodeScalars.map(\.value)
    var parts: [Part] = []
    var index = 0
    while index < scalars.count {
      switch scalars[index] {
      case "*":
        if parts.last != .star { parts.append(.star) }
      case "?": parts.append(.one)
      case "[":
        guard let (set, end) = Self.set(scalars, from: index + 1) else { return nil }
        parts.append(set)
        index = end
        continue
      case "\\":
        index += 1
        guard index < scalars.count else { return nil }
        parts.append(.scalar(scalars[index]))
      default: parts.append(.scalar(scalars[index]))
      }
      index += 1
    }
    self.parts = parts
  }

  /// Whether the pattern matches the whole of a path.
  public func matches(_ path: String) -> Bool {
    let scalars = path.unicodeScalars.map(\.value)
    var part = 0
    var place = 0
    // Where the last star stands and how far it reaches; Go never returns to an earlier one either.
    var star: (part: Int, place: Int)?
    while place < scalars.count || part < parts.count {
      if part < parts.count, parts[part] == .star {
        star = (part, place)
        part += 1
      } else if part < parts.count, place < scalars.count, accepts(parts[part], scalars[place]) {
        part += 1
        place += 1
      } else if let last = star, last.place < scalars.count, scalars[last.place] != "/" {
        star = (last.part, last.place + 1)
        part = last.part + 1
        place = last.place + 1
      } else {
        return false
      }
    }
    return true
  }

  private func accepts(_ part: Part, _ scalar: UInt32) -> Bool {
    switch part {
    case .scalar(let expected): expected == scalar
    case .one: scalar != "/"
    case .star: false
    case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
    }
  }

  private static func set(_ scalars: [UInt32], from start: Int) -> (Part, Int)? {
    var index = start
    let isNegated = index < scalars.count && scalars[index] == "^"
    if isNegated { index += 1 }
    func bound() -> UInt32? {
      guard index < scalars.count, scalars[index] != "-", scalars[index] != "]" else { return nil }
      if scalars[index] == "\\" { index += 1 }
      guard index + 1 < scalars.count else { return nil }
      index += 1
      return scalars[index - 1]
    }
    var ranges: [ClosedRange<UInt32>] = []
    var isEmpty = true
    while index >= scalars.count || scalars[index] != "]" || isEmpty {
      isEmpty = false
      guard let low = bound() else { return nil }
      var high = low
      if scalars[index] == "-" {
        index += 1
        guard let end = bound() else { return nil }
        high = end
      }
      if low <= high { ranges.append(low...high) }
    }
    return (.set(ranges, isNegated: isNegated), index + 1)
  }
}

extension UInt32 {
  /// Lets a pattern compare scalars with literals: `scalar == "/"`.
  static func == (scalar: UInt32, literal: Unicode.Scalar) -> Bool { scalar == literal.value }
  static func != (scalar: UInt32, literal: Unicode.Scalar) -> Bool { scalar != literal.value }
  static func ~= (literal: Unicode.Scalar, scalar: UInt32) -> Bool { scalar == literal.value }
}
