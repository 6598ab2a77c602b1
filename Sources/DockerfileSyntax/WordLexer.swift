/// Docker's shell-like lexer (`shell/lex.go`): splits words, removes quotes and escapes, and expands variables.
struct WordLexer {
  /// A text Docker cannot lex.
  struct Failure: Error, Hashable {
    var message: String
  }

  var escape: UInt8
  /// Keeps quote characters in the result.
  var keepsQuotes = false
  /// Keeps escape characters in the result.
  var keepsEscapes = false
  /// Leaves a variable's own text where it has no value, instead of nothing.
  var keepsUnset = false
  /// The value of a variable, nil when it has none.
  var value: (String) -> String? = { _ in nil }

  private var bytes: [UInt8] = []
  private var position = 0
  private var words: [[UInt8]] = []
  private var word: [UInt8] = []
  private var inWord = false
  private var depth = 0

  init(escape: UInt8) { self.escape = escape }

  /// The words of `text`, split at Unicode blanks outside quotes.
  mutating func words(_ text: some Collection<UInt8>) throws(Failure) -> [[UInt8]] {
    bytes = Array(text)
    (position, words, word, inWord) = (0, [], [], false)
    _ = try read(until: nil, splitting: true)
    if inWord { words.append(word) }
    return words
  }

  /// `text` as one word: quotes removed, variables expanded, blanks kept.
  mutating func expand(_ text: some Collection<UInt8>) throws(Failure) -> [UInt8] {
    bytes = Array(text)
    position = 0
    return try read(until: nil, splitting: false)
  }

  private mutating func read(until stop: UInt8?, splitting: Bool) throws(Failure) -> [UInt8] {
    var result: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      if byte == stop { return result }
      let space = splitting ? unicodeSpaceLength(bytes, at: position) : 0
      if space > 0 {
        if inWord { words.append(word) }
        (word, inWord) = ([], false)
        position += space
        continue
      }
      let piece: [UInt8]
      switch byte {
      case .singleQuote: piece = try readSingleQuoted()
      case .doubleQuote: piece = try readDoubleQuoted()
      case .dollar: piece = try readDollar()
      case .lessThan where splitting && position + 1 < bytes.count && bytes[position + 1] == .lessThan:
        piece = readShift()
      default:
        if byte == escape {
          position += 1
          guard position < bytes.count else {
            piece = keepsEscapes ? [byte] : []
            break
          }
          piece = keepsEscapes ? [byte, bytes[position]] : [bytes[position]]
        } else {
          piece = [byte]
        }
        position += 1
      }
      result += piece
      if splitting {
        word += piece
        inWord = true
      }
    }
    if stop != nil { throw Failure(message: "unexpected end of statement while looking for matching }") }
    return result
  }

  /// `<<` with the dash and the blanks directly behind it, which belong to the heredoc word since 1.16.
  private mutating func readShift() -> [UInt8] {
    var piece: [UInt8] = [.lessThan, .lessThan]
    position += 2
    if position < bytes.count, bytes[position] == .dash {
      position += 1
      return piece + [.dash]
    }
    while position < bytes.count, [.space, .tab, .carriageReturn].contains(bytes[position]) {
      piece.append(bytes[position])
      position += 1
    }
    return piece
  }

  private mutating func readSingleQuoted() throws(Failure) -> [UInt8] {
    guard let end = bytes[(position + 1)...].firstIndex(of: .singleQuote) else {
      throw Failure(message: "unexpected end of statement while looking for matching single-quote")
    }
    let inner = bytes[(position + 1)..<end]
    position = end + 1
    return keepsQuotes ? [.singleQuote] + inner + [.singleQuote] : Array(inner)
  }

  private mutating func readDoubleQuoted() throws(Failure) -> [UInt8] {
    position += 1
    var result: [UInt8] = keepsQuotes ? [.doubleQuote] : []
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case .doubleQuote:
        position += 1
        if keepsQuotes { result.append(.doubleQuote) }
        return result
      case .dollar:
        result += try readDollar()
      case escape:
        position += 1
        guard position < bytes.count else { break }
        let next = bytes[position]
        if next == .doubleQuote || next == .dollar || next == escape {
          if keepsEscapes { result.append(byte) }
          result.append(next)
          position += 1
        } else {
          result.append(byte)
        }
      default:
        result.append(byte)
        position += 1
      }
    }
    throw Failure(message: "unexpected end of statement while looking for matching double-quote")
  }

  private mutating func readDollar() throws(Failure) -> [UInt8] {
    let start = position
    position += 1
    guard position < bytes.count else { return [.dollar] }
    if bytes[position] == .openBrace { return try readBraced(from: start) }
    guard let name = readName() else { return [.dollar] }
    return resolve(name, from: start)
  }

  private func resolve(_ name: String, from start: Int) -> [UInt8] {
    if let value = value(name) { return Array(value.utf8) }
    return keepsUnset ? Array(bytes[start..<position]) : []
  }

  /// A name of letters, digits and underscores, of digits only, or one special character.
  private mutating func readName() -> String? {
    let start = position
    let first = bytes[position]
    if "@*#?-$!".utf8.contains(first) {
      position += 1
    } else if first.isDigit {
      while position < bytes.count, bytes[position].isDigit { position += 1 }
    } else {
      while position < bytes.count {
        let length = nameCharacterLength
        if length == 0 { break }
        position += length
      }
    }
    return position == start ? nil : String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// The length of the letter, digit or underscore at this place, 0 for anything else; letters are Unicode's.
  private var nameCharacterLength: Int {
    if bytes[position].isNameByte { return 1 }
    guard bytes[position] >= 0x80 else { return 0 }
    var decoder = UTF8()
    var iterator = bytes[position..<min(position + 4, bytes.count)].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return 0 }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
      return UTF8.width(scalar)
    default: return 0
    }
  }

  /// The length of the character at this place, 1 for a byte that is no UTF-8.
  private var characterLength: Int {
    var decoder = UTF8()
    var iterator = bytes[position..<min(position + 4, bytes.count)].makeIterator()
    if case .scalarValue(let scalar) = decoder.decode(&iterator) { return UTF8.width(scalar) }
    return 1
  }

  private mutating func readBraced(from start: Int) throws(Failure) -> [UInt8] {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 1000 else { throw Failure(message: "nested too deeply") }
    position += 1
    guard position < bytes.count else { throw Failure(message: "syntax error: missing '}'") }
    if bytes[position] == .openBrace || bytes[position] == .closeBrace || bytes[position] == UInt8(ascii: ":") {
      throw Failure(message: "syntax error: bad substitution")
    }
    let name = readName() ?? ""
    guard position < bytes.count else { throw Failure(message: "syntax error: missing '}'") }
    let operation = bytes[position]
    position += 1
    switch operation {
    case .closeBrace: return resolve(name, from: start)
    case UInt8(ascii: "/"): return try readReplacement(of: name, from: start)
    case UInt8(ascii: ":"):
      // Any character may stand here as long as the variable is not asked for.
      guard position < bytes.count else { throw Failure(message: "syntax error: missing '}'") }
      let text = Array(bytes[position..<min(position + characterLength, bytes.count)])
      position += text.count
      if text == [.hash] || text == [UInt8(ascii: "%")] { throw Self.unsupported(text) }
      return try readOperand(of: name, text, treatsEmptyAsUnset: true)
    default:
      guard "+-?#%".utf8.contains(operation) else { throw Self.unsupported([operation]) }
      return try readOperand(of: name, [operation], treatsEmptyAsUnset: false)
    }
  }

  private static func unsupported(_ modifier: [UInt8]) -> Failure {
    Failure(message: "unsupported modifier (\(String(decoding: modifier, as: UTF8.self))) in substitution")
  }

  /// `${name-operand}` and its kin, read up to the closing brace.
  private mutating func readOperand(
    of name: String, _ modifier: [UInt8], treatsEmptyAsUnset: Bool
  ) throws(Failure) -> [UInt8] {
    let isPattern = modifier == [.hash] || modifier == [UInt8(ascii: "%")]
    var operand = try readText(until: .closeBrace, keepingEscapes: isPattern)
    let current = value(name)
    if keepsUnset, current == nil {
      return [.dollar, .openBrace] + Array(name.utf8) + (treatsEmptyAsUnset ? [UInt8(ascii: ":")] : []) + modifier
        + operand + [.closeBrace]
    }
    let isSet = current.map { !(treatsEmptyAsUnset && $0.isEmpty) } ?? false
    let text = Array((current ?? "").utf8)
    switch modifier.first {
    case UInt8(ascii: "+"): return isSet ? operand : []
    case UInt8(ascii: "-"): return isSet ? text : operand
    case UInt8(ascii: "?"):
      if isSet { return text }
      throw Failure(message: "\(name): \(String(decoding: operand, as: UTF8.self))")
    case let operation? where isPattern:
      let isGreedy = operand.first == operation
      if isGreedy { operand.removeFirst() }
      guard let glob = Glob(operand) else { throw Failure(message: "invalid escape in a pattern") }
      return operation == .hash
        ? glob.droppingPrefix(of: text, greedy: isGreedy) : glob.droppingSuffix(of: text, greedy: isGreedy)
    default: throw Self.unsupported(modifier)
    }
  }

  /// `${name/pattern/replacement}`, or with `//` for every match.
  private mutating func readReplacement(of name: String, from start: Int) throws(Failure) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    let replacesAll = position < bytes.count && bytes[position] == slash
    if replacesAll { position += 1 }
    let pattern = try readText(until: slash, keepingEscapes: true)
    let replacement = try readText(until: .closeBrace, keepingEscapes: true)
    guard let current = value(name) else { return keepsUnset ? Array(bytes[start..<position]) : [] }
    guard let glob = Glob(pattern) else { throw Failure(message: "invalid escape in a pattern") }
    return glob.replacing(in: Array(current.utf8), with: replacement, all: replacesAll)
  }

  /// The text up to a byte, which is taken too.
  private mutating func readText(until stop: UInt8, keepingEscapes: Bool) throws(Failure) -> [UInt8] {
    let keeps = keepsEscapes
    keepsEscapes = keepingEscapes
    defer { keepsEscapes = keeps }
    let text = try read(until: stop, splitting: false)
    position += 1
    return text
  }
}

/// The patterns of `${name#pattern}` and its kin: only `*` and `?` are wild.
private struct Glob {
  private enum Part: Equatable {
    case byte(UInt8)
    case any
    case many
  }

  private var parts: [Part] = []

  /// Reads a pattern; nil for an escape of anything but `*`, `?`, a backslash, `}` and `/`.
  init?(_ pattern: [UInt8]) {
    var index = 0
    while index < pattern.count {
      switch pattern[index] {
      case UInt8(ascii: "*"): parts.append(.many)
      case UInt8(ascii: "?"): parts.append(.any)
      case .backslash:
        index += 1
        guard index < pattern.count, "*?\\}/".utf8.contains(pattern[index]) else { return nil }
        parts.append(.byte(pattern[index]))
      default: parts.append(.byte(pattern[index]))
      }
      index += 1
    }
  }

  private func matches(_ text: ArraySlice<UInt8>) -> Bool {
    // The classic two-pointer match: on a mismatch, let the last `*` take one byte more.
    var (part, position, star, mark) = (0, text.startIndex, -1, text.startIndex)
    while position < text.endIndex {
      if part < parts.count, parts[part] == .any || parts[part] == .byte(text[position]) {
        part += 1
        position += 1
      } else if part < parts.count, parts[part] == .many {
        (star, mark) = (part, position)
        part += 1
      } else if star >= 0 {
        mark += 1
        (part, position) = (star + 1, mark)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { $0 == .many }
  }

  func droppingPrefix(of text: [UInt8], greedy: Bool) -> [UInt8] {
    let lengths = Array(0...text.count)
    let match = (greedy ? lengths.reversed() : lengths).first { matches(text[..<$0]) }
    return Array(text.dropFirst(match ?? 0))
  }

  func droppingSuffix(of text: [UInt8], greedy: Bool) -> [UInt8] {
    let lengths = Array(0...text.count)
    let match = (greedy ? lengths.reversed() : lengths).first { matches(text[(text.count - $0)...]) }
    return Array(text.dropLast(match ?? 0))
  }

  func replacing(in text: [UInt8], with replacement: [UInt8], all: Bool) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    var done = false
    while index <= text.count {
      if !done, let end = (index...text.count).reversed().first(where: { $0 > index && matches(text[index..<$0]) }) {
        result += replacement
        index = end
        done = !all
      } else {
        if index < text.count { result.append(text[index]) }
        index += 1
      }
    }
    return result
  }
}
