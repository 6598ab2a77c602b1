/// The characters a part of an expression accepts.
struct ScalarSet: Sendable, Hashable {
  /// A general category by its first letter, as `\pL` names it.
  struct Category: Sendable, Hashable {
    var letter: Character
    var isNegated: Bool
  }

  var ranges: [ClosedRange<UInt32>]
  var categories: [Category] = []
  var isNegated = false

  init(_ ranges: [ClosedRange<UInt32>], isNegated: Bool = false) {
    self.ranges = ranges
    self.isNegated = isNegated
  }

  init(_ scalar: UInt32) { self.init([scalar...scalar]) }

  /// The characters of a text; a pair around `-` is a range.
  init(_ text: String) {
    var ranges: [ClosedRange<UInt32>] = []
    let scalars = text.unicodeScalars.map(\.value)
    var index = 0
    while index < scalars.count {
      let isRange = index + 2 < scalars.count && scalars[index + 1] == "-"
      ranges.append(scalars[index]...scalars[isRange ? index + 2 : index])
      index += isRange ? 3 : 1
    }
    self.init(ranges)
  }

  func contains(_ scalar: UInt32) -> Bool {
    (ranges.contains { $0.contains(scalar) } || categories.contains { $0.contains(scalar) }) != isNegated
  }

  /// The ranges outside this set, which has no categories.
  var complement: [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = max(next, range.upperBound + 1)
    }
    return result + [next...0x10FFFF]
  }

  static let word = ScalarSet("0-9A-Z_a-z")
  static let any = ScalarSet([], isNegated: true)
  static let notNewline = ScalarSet([0x0A...0x0A], isNegated: true)

  /// `\d`, `\s` and `\w`, which Go keeps to ASCII.
  static let perl: [UInt32: ScalarSet] = [
    0x64: ScalarSet("0-9"), 0x73: ScalarSet("\t\n\u{C}\r "), 0x77: word,
  ]

  /// `[:alpha:]` and its kin.
  static let posix: [String: ScalarSet] = [
    "alnum": ScalarSet("0-9A-Za-z"), "alpha": ScalarSet("A-Za-z"), "ascii": ScalarSet([0...0x7F]),
    "blank": ScalarSet("\t "), "cntrl": ScalarSet([0...0x1F, 0x7F...0x7F]), "digit": ScalarSet("0-9"),
    "graph": ScalarSet("!-~"), "lower": ScalarSet("a-z"), "print": ScalarSet(" -~"),
    "punct": ScalarSet("!-/:-@[-`{-~"), "space": ScalarSet("\t-\r "), "upper": ScalarSet("A-Z"), "word": word,
    "xdigit": ScalarSet("0-9A-Fa-f"),
  ]
}

extension ScalarSet.Category {
  fileprivate func contains(_ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return isNegated }
    let found: Character =
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: "L"
      case .nonspacingMark, .spacingMark, .enclosingMark: "M"
      case .decimalNumber, .letterNumber, .otherNumber: "N"
      case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
        .finalPunctuation, .otherPunctuation:
        "P"
      case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: "S"
      case .spaceSeparator, .lineSeparator, .paragraphSeparator: "Z"
      case .control, .format, .surrogate, .privateUse: "C"
      case .unassigned: "?"
      @unknown default: "?"
      }
    return (found == letter) != isNegated
  }
}

/// Reads the text of an expression as Go's `regexp/syntax` does; every function gives nil where Go gives an error.
struct IgnoreExpressionReader {
  typealias Part = IgnoreExpression.Part

  private let source: [UInt32]
  private var index = 0
  /// How many parts repetitions have made so far.
  private var repeated = 0

  init(_ source: [UInt32]) { self.source = source }

  private func peek(_ offset: Int = 0) -> UInt32? { index + offset < source.count ? source[index + offset] : nil }

  private func sees(_ text: String) -> Bool { source[index...].starts(with: text.unicodeScalars.map(\.value)) }

  /// What stands between the `|`; all but the first can begin anywhere.
  mutating func alternatives() -> [[Part]]? {
    var result: [[Part]] = [[]]
    // Go refuses a repetition of nothing, and of a repetition.
    var isRepeated = false
    while let scalar = peek() {
      switch scalar {
      case "|":
        index += 1
        result.append([.many(.any)])
        isRepeated = true
      case "{":
        guard let bounds = repetition() else {
          result[result.count - 1].append(.one(ScalarSet(scalar)))
          index += 1
          isRepeated = false
          continue
        }
        let count = bounds.upperBound == Int.max ? bounds.lowerBound : bounds.upperBound
        repeated += count
        guard !isRepeated, count <= 1000, repeated <= Self.mostRepeated else { return nil }
        Self.repeatLast(bounds, in: &result[result.count - 1])
        isRepeated = true
      default:
        guard let parts = parts(from: scalar) else { return nil }
        result[result.count - 1] += parts
        isRepeated =
          switch parts.last {
          case .many, .folders: true
          default: false
          }
      }
    }
    return result
  }

  private mutating func parts(from scalar: UInt32) -> [Part]? {
    switch scalar {
    case "^":
      index += 1
      return [.start]
    case "$":
      index += 1
      return [.end]
    case "(":
      // Docker writes no other group, and escapes those of the pattern.
      index += "(.*/)?".count
      return [.folders]
    case ".":
      index += ".*".count
      return [.many(.notNewline)]
    case "[":
      guard let set = set() else { return nil }
      guard sees("*") else { return [.one(set)] }
      index += 1
      return [.many(set)]
    case "\\": return escaped()
    default:
      index += 1
      return [.one(ScalarSet(scalar))]
    }
  }

  // MARK: Repetitions

  /// Reads `{2}`, `{2,}` or `{2,4}`; nil when the brace is literal.
  private mutating func repetition() -> ClosedRange<Int>? {
    var place = index + 1
    func number() -> Int? {
      let digits = source[place...].prefix { ("0"..."9") ~= $0 }
      guard !digits.isEmpty, digits.count == 1 || source[place] != "0" else { return nil }
      place += digits.count
      // Go takes no more than a thousand, so that a long number is as good as any beyond.
      return digits.count > 4 ? 10_000 : digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    guard let low = number() else { return nil }
    var high = low
    if place < source.count, source[place] == "," {
      place += 1
      if place < source.count, source[place] == "}" {
        high = low > 1000 ? low : Int.max
      } else if let end = number() {
        high = end
      } else {
        return nil
      }
    }
    guard place < source.count, source[place] == "}" else { return nil }
    index = place + 1
    return low <= high ? low...high : 10_000...10_000
  }

  private static func repeatLast(_ bounds: ClosedRange<Int>, in parts: inout [Part]) {
    let isOptional = bounds.lowerBound == 0
    switch parts.popLast() {
    case nil:
      // What repeats is Docker's own `^`: without it, the expression can begin anywhere.
      if isOptional { parts.append(.many(.any)) }
    case .one(let set), .optional(let set):
      parts += Array(repeating: .one(set), count: bounds.lowerBound)
      if bounds.upperBound == Int.max {
        parts.append(.many(set))
      } else {
        parts += Array(repeating: .optional(set), count: bounds.count - 1)
      }
    case let part?:
      // An edge, twice, is the same edge, but needs not be there if it may be absent.
      if !isOptional { parts.append(part) }
    }
  }

  /// Go allows more, but no pattern in use comes near.
  private static let mostRepeated = 20_000

  // MARK: Escapes and sets

  private mutating func escaped() -> [Part]? {
    switch peek(1).flatMap(Unicode.Scalar.init) {
    case "A": index += 2; return [.start]
    case "z": index += 2; return [.end]
    case "b": index += 2; return [.wordEdge(true)]
    case "B": index += 2; return [.wordEdge(false)]
    case "Q":
      // Everything up to `\E` is literal, and without one the rest, Docker's own `$` included.
      index += 2
      var literals: [Part] = []
      while let scalar = peek() {
        if sees("\\E") {
          index += 2
          break
        }
        literals.append(.one(ScalarSet(scalar)))
        index += 1
      }
      return literals
    default: break
    }
    var set = ScalarSet([])
    guard let isClass = readClass(into: &set) else { return nil }
    return isClass ? [.one(set)] : character().map { [.one(ScalarSet($0))] }
  }

  /// Reads `\d`, `\W`, `\pL` and the like; false when something else stands here.
  private mutating func readClass(into set: inout ScalarSet) -> Bool? {
    guard sees("\\"), let name = peek(1) else { return false }
    if name == "p" || name == "P" {
      guard let letter = peek(2).flatMap(Unicode.Scalar.init), "CLMNPSZ".unicodeScalars.contains(letter) else {
        return nil
      }
      set.categories.append(ScalarSet.Category(letter: Character(letter), isNegated: name == "P"))
      index += 3
      return true
    }
    if let ranges = ScalarSet.perl[name]?.ranges {
      set.ranges += ranges
    } else if let inverse = ScalarSet.perl[name + 0x20] {
      set.ranges += inverse.complement
    } else {
      return false
    }
    index += 2
    return true
  }

  /// Reads a set from its `[`.
  private mutating func set() -> ScalarSet? {
    index += 1
    var set = ScalarSet([])
    if sees("^") {
      set.isNegated = true
      index += 1
    }
    var isFirst = true
    while isFirst || peek().map({ $0 != "]" }) != false {
      isFirst = false
      if sees("[:"),
        let end = source[(index + 2)...].indices.first(where: { source[$0...].starts(with: [0x3A, 0x5D]) })
      {
        var name = String(String.UnicodeScalarView(source[(index + 2)..<end].compactMap(Unicode.Scalar.init)))
        let isNegated = name.unicodeScalars.first == "^"
        if isNegated { name.unicodeScalars.removeFirst() }
        guard let named = ScalarSet.posix[name] else { return nil }
        set.ranges += isNegated ? named.complement : named.ranges
        index = end + 2
        continue
      }
      guard let isClass = readClass(into: &set) else { return nil }
      if isClass { continue }
      guard let low = character() else { return nil }
      var high = low
      if sees("-"), let after = peek(1), after != "]" {
        index += 1
        guard let end = character(), end >= low else { return nil }
        high = end
      }
      set.ranges.append(low...high)
    }
    guard peek() != nil else { return nil }
    index += 1
    return set
  }

  /// Reads one character, written plainly or with a backslash.
  private mutating func character() -> UInt32? {
    guard let first = peek() else { return nil }
    index += 1
    guard first == "\\" else { return first }
    guard let scalar = peek() else { return nil }
    index += 1
    switch scalar {
    case "0"..."7":
      // A lone digit other than zero is a backreference, which Go does not have.
      var value = scalar - 0x30
      var digits = 1
      while digits < 3, let digit = peek(), ("0"..."7") ~= digit {
        value = value * 8 + digit - 0x30
        digits += 1
        index += 1
      }
      return digits == 1 && value != 0 ? nil : value
    case "x":
      guard let high = peek().flatMap(Self.hexadecimal), let low = peek(1).flatMap(Self.hexadecimal) else { return nil }
      index += 2
      return high * 16 + low
    case "a": return 0x07
    case "f": return 0x0C
    case "n": return 0x0A
    case "r": return 0x0D
    case "t": return 0x09
    case "v": return 0x0B
    default:
      let isWord = ("0"..."9") ~= scalar || ("A"..."Z") ~= scalar || ("a"..."z") ~= scalar
      return scalar < 0x80 && !isWord ? scalar : nil
    }
  }

  private static func hexadecimal(_ scalar: UInt32) -> UInt32? {
    Unicode.Scalar(scalar).flatMap { Character($0).isASCII ? Character($0).hexDigitValue : nil }.map(UInt32.init)
  }
}

extension ClosedRange<Unicode.Scalar> {
  fileprivate static func ~= (range: Self, value: UInt32) -> Bool {
    range.lowerBound.value <= value && value <= range.upperBound.value
  }
}
