/// One pattern of an ignore file, matched as `moby/patternmatcher` does.
public struct IgnorePattern: Sendable, Hashable {
  private enum Part: Sendable, Hashable {
    /// One character.
    case scalar(UInt32)
    /// `?`: any character but a slash.
    case one
    /// `*`: any characters but slashes.
    case star
    /// `**/` and a `**` in mid-pattern: any folders, or nothing.
    case folders
    /// `**` at the end: anything at all.
    case everything
    /// `[a-z]`, negated by `^` only.
    case set([ClosedRange<UInt32>], negated: Bool)
  }

  /// Whether the pattern begins with `!`.
  public let isException: Bool
  /// The cleaned pattern without `!`.
  public let text: String
  private let parts: [Part]

  /// Reads one trimmed, non-empty line; nil for one Docker refuses.
  public init?(parsing line: String) {
    var rest = line
    isException = rest.hasPrefix("!")
    if isException {
      rest = IgnoreFile.trimmed(String(rest.dropFirst()))
      if rest.isEmpty { return nil }
    }
    rest = ContextPath.clean(rest)
    if rest.count > 1, rest.hasPrefix("/") { rest.removeFirst() }
    // Docker cleans `!/` to a lone `!`.
    if isException, rest == "/" { return nil }
    text = rest
    guard let parts = Self.compile(Array(rest.unicodeScalars)) else { return nil }
    self.parts = parts
  }

  /// Whether the pattern matches a path or one of its parents.
  public func matches(_ path: String) -> Bool {
    let scalars = path.unicodeScalars.map(\.value)
    if match(scalars[...]) { return true }
    for (index, scalar) in scalars.enumerated() where scalar == Self.slash {
      if match(scalars[..<index]) { return true }
    }
    return false
  }

  /// Whether the pattern matches the path itself.
  public func matchesExactly(_ path: String) -> Bool {
    match(path.unicodeScalars.map(\.value)[...])
  }

  /// Whether the pattern could match something below a folder; errs on the side of yes.
  func mayMatch(below directory: String) -> Bool {
    let literal = text.prefix { !"*?[\\".contains($0) }
    return literal.count < text.count
      ? directory.hasPrefix(literal) || literal.hasPrefix(directory) : text.hasPrefix(directory + "/")
  }

  private static let slash = UInt32(UInt8(ascii: "/"))

  // MARK: Matching

  private func match(_ path: ArraySlice<UInt32>) -> Bool {
    // The set of reachable states; patterns are short, so the walk stays linear in the path.
    var states = closure([0])
    for scalar in path {
      if states.isEmpty { return false }
      var next: [Int] = []
      for state in states where state / 2 < parts.count { step(state, over: scalar, into: &next) }
      states = closure(next)
    }
    return states.contains(parts.count * 2)
  }

  /// Each part has two states: before it (`2i`), and inside a folder run of it (`2i + 1`).
  private func closure(_ states: [Int]) -> [Int] {
    var seen: [Int] = []
    var pending = states
    while let state = pending.popLast() {
      if seen.contains(state) { continue }
      seen.append(state)
      guard state % 2 == 0, state / 2 < parts.count else { continue }
      switch parts[state / 2] {
      case .star, .folders, .everything: pending.append(state + 2)
      default: break
      }
    }
    return seen
  }

  private func step(_ state: Int, over scalar: UInt32, into next: inout [Int]) {
    let isSlash = scalar == Self.slash
    switch parts[state / 2] {
    case .scalar(let expected):
      if expected == scalar { next.append(state + 2) }
    case .one:
      if !isSlash { next.append(state + 2) }
    case .star:
      if !isSlash { next.append(state) }
    case .everything:
      next.append(state)
    case .folders:
      // `(.*/)?`: a run of any characters that ends with a slash.
      let inside = state % 2 == 0 ? state + 1 : state
      next.append(inside)
      if isSlash { next.append(inside + 1) }
    case .set(let ranges, let negated):
      if ranges.contains(where: { $0.contains(scalar) }) != negated { next.append(state + 2) }
    }
  }

  // MARK: Compiling

  private static func compile(_ pattern: [Unicode.Scalar]) -> [Part]? {
    var parts: [Part] = []
    var index = 0
    while index < pattern.count {
      switch pattern[index] {
      case "*":
        if index + 1 < pattern.count, pattern[index + 1] == "*" {
          index += 2
          while index < pattern.count, pattern[index] == "*" { index += 1 }
          if index < pattern.count, pattern[index] == "/" { index += 1 }
          // A leading `**` before plain text means any text before it: Docker compares the ending.
          let isSuffix =
            parts.isEmpty && index < pattern.count && pattern[index - 1] == "*"
            && !pattern[index...].contains { "*?[\\".unicodeScalars.contains($0) }
          parts.append(index >= pattern.count || isSuffix ? .everything : .folders)
          continue
        }
        parts.append(.star)
      case "?": parts.append(.one)
      case "[":
        guard let (set, end) = compileSet(pattern, from: index) else { return nil }
        parts.append(set)
        index = end
        continue
      case "\\":
        index += 1
        guard index < pattern.count else { return nil }
        parts.append(.scalar(pattern[index].value))
      default: parts.append(.scalar(pattern[index].value))
      }
      index += 1
    }
    return parts
  }

  /// Reads `[…]` as Go's `filepath.Match` does, which refuses an empty set and an open range.
  private static func compileSet(_ pattern: [Unicode.Scalar], from start: Int) -> (Part, Int)? {
    var index = start + 1
    var negated = false
    if index < pattern.count, pattern[index] == "^" {
      negated = true
      index += 1
    }
    func bound() -> UInt32? {
      guard index < pattern.count, pattern[index] != "-", pattern[index] != "]" else { return nil }
      if pattern[index] == "\\" { index += 1 }
      guard index < pattern.count else { return nil }
      defer { index += 1 }
      return pattern[index].value
    }
    var ranges: [ClosedRange<UInt32>] = []
    var isEmpty = true
    while true {
      if index < pattern.count, pattern[index] == "]", !isEmpty {
        return (.set(ranges, negated: negated), index + 1)
      }
      isEmpty = false
      guard let low = bound() else { return nil }
      var high = low
      if index < pattern.count, pattern[index] == "-" {
        index += 1
        guard let end = bound() else { return nil }
        high = end
      }
      if low <= high { ranges.append(low...high) }
    }
  }
}
