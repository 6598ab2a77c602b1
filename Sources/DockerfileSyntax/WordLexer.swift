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
    while position < bytes.count, bytes[position] == .space || bytes[position] == .tab {
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

  private mutating func readBraced(from start: Int) throws(Failure) -> [UInt8] {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 1000 else { throw Failure(message: "nested too deeply") }
    position += 1
    guard position < bytes.count else { throw Failure(message: "syntax error: missing '}'") }
    if bytes[position] == .openBrace || bytes[position] == .closeBrace || bytes[position] == UInt8(ascii: ":") {
      throw Failure(message: "syntax error: bad substitution")
    }
    guard let name = readName(), position < bytes.count else {
      throw Failure(message: "syntax error: bad substitution")
    }
    var operation = bytes[position]
    if operation == .closeBrace {
      position += 1
      return resolve(name, from: start)
    }
    var treatsEmptyAsUnset = false
    if operation == UInt8(ascii: ":") {
      treatsEmptyAsUnset = true
      position += 1
      guard position < bytes.count else { throw Failure(message: "syntax error: missing '}'") }
      operation = bytes[position]
      guard "+-?".utf8.contains(operation) else {
        throw Failure(message: "unsupported modifier (\(Character(Unicode.Scalar(operation)))) in substitution")
      }
    }
    position += 1
    let current = value(name)
    let isSet = current.map { !(treatsEmptyAsUnset && $0.isEmpty) } ?? false
    switch operation {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "?"):
      let operand = try read(until: .closeBrace, splitting: false)
      position += 1
      if operation == UInt8(ascii: "+") { return isSet ? operand : [] }
      if isSet { return Array((current ?? "").utf8) }
      if keepsUnset { return Array(bytes[start..<position]) }
      if operation == UInt8(ascii: "-") { return operand }
      throw Failure(message: "\(name): \(String(decoding: operand, as: UTF8.self))")
    case UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "/"):
      return try readTrimming(operation, current: current, from: start)
    default:
      throw Failure(message: "unsupported modifier (\(Character(Unicode.Scalar(operation)))) in substitution")
    }
  }

  private mutating func readTrimming(_ operation: UInt8, current: String?, from start: Int) throws(Failure) -> [UInt8] {
    var greedy = false
    if position < bytes.count, bytes[position] == operation {
      greedy = true
      position += 1
    }
    let pattern = try readPattern(until: operation == UInt8(ascii: "/") ? [UInt8(ascii: "/")] : [.closeBrace])
    var replacement: [UInt8] = []
    if operation == UInt8(ascii: "/") {
      position += 1
      // A replacement keeps its escapes.
      let keeps = keepsEscapes
      keepsEscapes = true
      defer { keepsEscapes = keeps }
      replacement = try read(until: .closeBrace, splitting: false)
    }
    position += 1
    guard let current else { return keepsUnset ? Array(bytes[start..<position]) : [] }
    guard let glob = Glob(pattern) else { throw Failure(message: "invalid escape in a pattern") }
    let text = Array(current.utf8)
    switch operation {
    case UInt8(ascii: "#"): return glob.droppingPrefix(of: text, greedy: greedy)
    case UInt8(ascii: "%"): return glob.droppingSuffix(of: text, greedy: greedy)
    default: return glob.replacing(in: text, with: replacement, all: greedy)
    }
  }

  /// A pattern with its escapes kept, up to one of `stops`.
  private mutating func readPattern(until stops: [UInt8]) throws(Failure) -> [UInt8] {
    var pattern: [UInt8] = []
    while position < bytes.count, !stops.contains(bytes[position]) {
      switch bytes[position] {
      case .closeBrace: throw Failure(message: "syntax error: missing '/'")
      case .dollar: pattern += try readDollar()
      case .singleQuote: pattern += try readSingleQuoted()
      case .doubleQuote: pattern += try readDoubleQuoted()
      case .backslash where position + 1 < bytes.count:
        pattern += [.backslash, bytes[position + 1]]
        position += 2
      default:
        pattern.append(bytes[position])
        position += 1
      }
    }
    if position >= bytes.count { throw Failure(message: "syntax error: missing '}'") }
    return pattern
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
