/// A shell word that opens a heredoc: `<<EOF`, `<<-'EOF'`, `3<<EOF`.
struct HeredocWord {
  /// The word does not lex.
  struct Malformed: Error {
    var word: String
  }

  var name: [UInt8]
  var stripsTabs: Bool
  var expands: Bool
  var fileDescriptor: UInt64

  /// The heredoc words of a logical line; none when the line does not lex at all.
  static func all(in line: ArraySlice<UInt8>) throws(Malformed) -> [HeredocWord] {
    var lexer = WordLexer(escape: .backslash)
    lexer.keepsQuotes = true
    lexer.keepsEscapes = true
    lexer.keepsUnset = true
    guard let words = try? lexer.words(line) else { return [] }
    var heredocs: [HeredocWord] = []
    for word in words {
      if let heredoc = try HeredocWord(word) { heredocs.append(heredoc) }
    }
    return heredocs
  }

  /// Reads one word by `^(\d*)<<(-?)\s*([^<]*)$`; nil when it opens no heredoc.
  init?(_ word: [UInt8]) throws(Malformed) {
    let digits = word.prefix { $0.isDigit }
    var rest = word.dropFirst(digits.count)
    guard rest.starts(with: [.lessThan, .lessThan]) else { return nil }
    rest = rest.dropFirst(2)
    stripsTabs = rest.first == .dash
    if stripsTabs { rest = rest.dropFirst() }
    rest = rest.drop { $0.isWordBlank || $0 == .lineFeed }
    guard !rest.isEmpty, !rest.contains(.lessThan) else { return nil }
    fileDescriptor = digits.isEmpty ? 0 : UInt64(String(decoding: digits, as: UTF8.self)) ?? .max
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    var lexer = WordLexer(escape: .backslash)
    lexer.keepsUnset = true
    do {
      let plain = try lexer.words(rest)
      lexer.keepsQuotes = true
      let quoted = try lexer.words(rest)
      guard plain.count == 1, quoted.count == 1, !plain[0].isEmpty else { return nil }
      name = Self.repaired(plain[0])
      expands = plain == quoted
    } catch {
      throw Malformed(word: String(decoding: word, as: UTF8.self))
    }
  }

  /// The text with each byte that is no UTF-8 replaced by U+FFFD, as Go's scanner reads it.
  private static func repaired(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      var decoder = UTF8()
      var iterator = bytes[position..<min(position + 4, bytes.count)].makeIterator()
      if case .scalarValue(let scalar) = decoder.decode(&iterator) {
        result += Array(bytes[position..<(position + UTF8.width(scalar))])
        position += UTF8.width(scalar)
      } else {
        result += [0xEF, 0xBF, 0xBD]
        position += 1
      }
    }
    return result
  }
}
