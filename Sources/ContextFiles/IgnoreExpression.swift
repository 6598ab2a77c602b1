/// A regular expression of the few kinds into which Docker turns an ignore pattern, read as Go's `regexp` reads it.
///
/// Docker escapes only part of what a regular expression treats as special, so `\d` in a pattern is any digit, `\b` an edge
/// of a word, `|` an alternative, `a{2}` a repetition, and `[*]` no star. What Go refuses to compile fails the whole build.
struct IgnoreExpression: Sendable, Hashable {
  private let alternatives: [Alternative]

  /// Reads the text of an expression without its leading `^`; nil when Go refuses it.
  init?(_ source: [UInt32]) {
    var reader = IgnoreExpressionReader(source)
    guard let alternatives = reader.alternatives() else { return nil }
    self.alternatives = alternatives.map { Alternative($0) }
  }

  /// How many parts there are.
  var size: Int { alternatives.reduce(0) { $0 + $1.size } }

  /// Whether the expression matches one text only.
  var isLiteral: Bool { alternatives.count == 1 && alternatives[0].isLiteral }

  /// Whether the expression matches a text.
  func matches(_ text: ArraySlice<UInt32>) -> Bool {
    alternatives.contains { $0.matches(text) }
  }
}

/// A sequence of parts that stands at the beginning of a text.
private struct Alternative: Sendable, Hashable {
  typealias Part = IgnoreExpression.Part
  private let parts: [Part]
  /// The characters every match begins with; they take the place of as many parts.
  private let head: [UInt32]
  /// The characters every match ends with.
  private let tail: [UInt32]
  private let minimumLength: Int

  init(_ parts: [Part]) {
    head = Array(parts.lazy.map(\.literal).prefix { $0 != nil }.compactMap(\.self))
    self.parts = Array(parts.dropFirst(head.count))
    let isAnchored = parts.last == .end
    let ending = self.parts.dropLast().reversed().map(\.literal).prefix { $0 != nil }.compactMap(\.self)
    tail = isAnchored ? ending.reversed() : []
    minimumLength = parts.count { if case .one = $0 { true } else { false } }
  }

  var isLiteral: Bool { parts == [.end] }
  var size: Int { head.count + parts.count }

  /// Linear in the text, since the set of reachable states moves along it once.
  func matches(_ text: ArraySlice<UInt32>) -> Bool {
    guard text.count >= minimumLength, text.starts(with: head), text.suffix(tail.count).elementsEqual(tail) else {
      return false
    }
    var states = StateSet(parts.count * 2 + 1)
    var next = StateSet(parts.count * 2 + 1)
    var place = text.startIndex + head.count
    if enter(0, at: place, in: text, &states) { return true }
    while place < text.endIndex, !states.members.isEmpty {
      let scalar = text[place]
      place += 1
      next.removeAll()
      for state in states.members {
        switch parts[state / 2] {
        case .one(let set), .optional(let set):
          if set.contains(scalar), enter(state + 2, at: place, in: text, &next) { return true }
        case .many(let set):
          if set.contains(scalar), enter(state, at: place, in: text, &next) { return true }
        case .folders:
          // Each part has two states: before it, and within it.
          guard scalar != "\n" else { continue }
          next.insert(state | 1)
          if scalar == "/", enter((state | 1) + 1, at: place, in: text, &next) { return true }
        case .start, .end, .wordEdge: continue
        }
      }
      swap(&states, &next)
    }
    return false
  }

  /// Adds a state and all that follow from it without a character; true when the end of the expression is among them.
  private func enter(_ first: Int, at place: Int, in text: ArraySlice<UInt32>, _ states: inout StateSet) -> Bool {
    var state = first
    while state < parts.count * 2 {
      if !states.insert(state) { return false }
      switch parts[state / 2] {
      case .one: return false
      case .many, .optional, .folders: break
      case .start: if place != text.startIndex { return false }
      case .end: if place != text.endIndex { return false }
      case .wordEdge(let expected):
        let before = place > text.startIndex && ScalarSet.word.contains(text[place - 1])
        let after = place < text.endIndex && ScalarSet.word.contains(text[place])
        if (before != after) != expected { return false }
      }
      state += 2
    }
    return true
  }
}

extension IgnoreExpression {
  enum Part: Sendable, Hashable {
    /// One character of a set.
    case one(ScalarSet)
    /// One character of a set, or none.
    case optional(ScalarSet)
    /// Any number of characters of a set.
    case many(ScalarSet)
    /// `(.*/)?`: any text that ends with a slash, or nothing.
    case folders
    /// `^`
    case start
    /// `$`
    case end
    /// `\b`, or `\B` when it must be none.
    case wordEdge(Bool)
  }
}

extension IgnoreExpression.Part {
  /// The character, when the part is just one.
  fileprivate var literal: UInt32? {
    guard case .one(let set) = self, !set.isNegated, set.categories.isEmpty, set.ranges.count == 1 else { return nil }
    return set.ranges[0].count == 1 ? set.ranges[0].lowerBound : nil
  }
}

/// A set of small numbers that remembers their order and is emptied in no time.
private struct StateSet {
  private(set) var members: [Int] = []
  private var rounds: [Int]
  private var round = 1

  init(_ limit: Int) { rounds = Array(repeating: 0, count: limit) }

  @discardableResult mutating func insert(_ state: Int) -> Bool {
    if rounds[state] == round { return false }
    rounds[state] = round
    members.append(state)
    return true
  }

  mutating func removeAll() {
    members.removeAll(keepingCapacity: true)
    round += 1
  }
}
