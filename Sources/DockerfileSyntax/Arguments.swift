/// The form of RUN, CMD, ENTRYPOINT, SHELL and of a health check's command.
public enum CommandForm: Sendable, Hashable {
  /// `["program", "argument"]`, run without a shell.
  case exec([String])
  /// Text for the shell.
  case shell(String)
}

/// A `key=value` of ENV or LABEL, or the one pair of the old form `ENV key value`.
public struct KeyValue: Sendable, Hashable {
  /// The name, with quotes and escapes as written.
  public var key: String
  /// The value, with quotes and escapes as written.
  public var value: String
}

extension Instruction {
  /// The command of RUN, CMD, ENTRYPOINT and SHELL in the form Docker takes it.
  public var command: CommandForm {
    if case .strings(let words) = JSONForm.read(argumentBytes) { return .exec(words) }
    return .shell(arguments)
  }

  /// The words of FROM, EXPOSE, COPY, ADD, VOLUME and ARG.
  ///
  /// COPY, ADD and VOLUME also take a JSON array; ARG keeps quotes together, the others do not.
  public var words: [String] {
    switch keyword {
    case .copy, .add, .volume:
      if case .strings(let words) = JSONForm.read(argumentBytes) { return words }
    case .arg:
      return Self.nameValueWords(argumentBytes, escape: escape).map { String(decoding: $0, as: UTF8.self) }
    default: break
    }
    return argumentBytes.split { $0.isWordBlank }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether COPY, ADD or VOLUME is written as a JSON array.
  public var isJSONForm: Bool {
    if case .strings = JSONForm.read(argumentBytes) { return true }
    return false
  }

  /// The pairs of ENV and LABEL, in order.
  public var pairs: [KeyValue] {
    let words = Self.nameValueWords(argumentBytes, escape: escape)
    guard let first = words.first else { return [] }
    if isLegacyPair {
      let blank = Self.firstBlank(in: argumentBytes)
      let key = argumentBytes.prefix(blank)
      let rest = argumentBytes.dropFirst(blank)
      let value = rest.dropFirst(leadingSpaceCount(rest))
      return [KeyValue(key: String(decoding: key, as: UTF8.self), value: String(decoding: value, as: UTF8.self))]
    }
    _ = first
    return words.compactMap { word in
      guard let cut = word.firstIndex(of: .equals) else { return nil }
      return KeyValue(
        key: String(decoding: word[..<cut], as: UTF8.self), value: String(decoding: word[(cut + 1)...], as: UTF8.self))
    }
  }

  /// Whether ENV or LABEL has the old form `ENV key value`, in which everything behind the key is one value.
  public var isLegacyPair: Bool {
    guard let first = Self.nameValueWords(argumentBytes, escape: escape).first else { return false }
    return !first.contains(.equals)
  }

  /// The names and defaults of ARG.
  public var declarations: [(name: String, value: String?)] {
    words.map { word in
      guard let cut = word.firstIndex(of: "=") else { return (word, nil) }
      return (String(word[..<cut]), String(word[word.index(after: cut)...]))
    }
  }

  /// Whether ``problems(of:_:escape:)`` can find anything, told from the first byte of the arguments.
  static func mayHaveProblems(_ keyword: Keyword, firstByte: UInt8?) -> Bool {
    switch keyword {
    case .run, .cmd, .entrypoint, .shell, .copy, .add, .volume: firstByte == UInt8(ascii: "[")
    case .env, .label, .healthcheck, .onbuild: true
    default: false
    }
  }

  /// What Docker's parser refuses in an instruction's joined arguments.
  static func problems(of keyword: Keyword, _ arguments: ArraySlice<UInt8>, escape: UInt8) -> [SyntaxProblem.Kind] {
    switch keyword {
    case .run, .cmd, .entrypoint, .shell, .copy, .add, .volume:
      return JSONForm.read(arguments) == .nonString ? [.nonStringInJSON] : []
    case .healthcheck:
      guard let text = healthcheckCommand(in: arguments) else { return [] }
      return JSONForm.read(text) == .nonString ? [.nonStringInJSON] : []
    case .env, .label:
      var words = NameValueWords(arguments, escape: escape)
      guard let first = words.next() else { return [] }
      if !arguments[first].contains(.equals) {
        return firstBlank(in: arguments) == arguments.count ? [.missingValue(keyword.rawValue)] : []
      }
      while let word = words.next() {
        if !arguments[word].contains(.equals) { return [.missingValue(keyword.rawValue)] }
      }
      return []
    case .onbuild:
      // A chain of ONBUILD is read in a loop, not by recursion, which a long one would make too deep.
      var text = arguments
      while Keyword(text.prefix { !$0.isWordBlank }) == .onbuild {
        text = text.drop { !$0.isWordBlank }.drop { $0.isWordBlank }
      }
      var parser = Parser(Array(text), escape: escape)
      return parser.parse().problems.map(\.kind).filter {
        switch $0 {
        case .noInstructions, .unterminatedHeredoc, .malformedHeredoc: false
        default: true
        }
      }
    default: return []
    }
  }

  /// The command behind `HEALTHCHECK CMD`, nil for NONE and for a health check Docker cannot read.
  public var healthcheckCommand: CommandForm? {
    guard let text = Self.healthcheckCommand(in: argumentBytes) else { return nil }
    if case .strings(let words) = JSONForm.read(text) { return .exec(words) }
    return .shell(String(decoding: text, as: UTF8.self))
  }

  private static func healthcheckCommand(in arguments: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let kind = arguments.prefix { !$0.isWordBlank }
    guard Keyword(kind) == .cmd else { return nil }
    let rest = arguments.dropFirst(kind.count)
    return rest.dropFirst(leadingSpaceCount(rest))
  }

  private static func firstBlank(in bytes: ArraySlice<UInt8>) -> Int {
    var count = 0
    while count < bytes.count, unicodeSpaceLength(bytes, at: count) == 0 { count += 1 }
    return count
  }

  /// Words split at Unicode blanks outside quotes, quotes and escapes kept; an open quote takes the rest.
  static func nameValueWords(_ bytes: ArraySlice<UInt8>, escape: UInt8) -> [ArraySlice<UInt8>] {
    var words = NameValueWords(bytes, escape: escape)
    var result: [ArraySlice<UInt8>] = []
    while let word = words.next() { result.append(bytes[word]) }
    return result
  }
}

/// The words of ENV, LABEL and ARG one by one, as ranges of the text.
struct NameValueWords {
  private let bytes: ArraySlice<UInt8>
  private let escape: UInt8
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>, escape: UInt8) {
    self.bytes = bytes
    self.escape = escape
    position = bytes.startIndex
  }

  /// The length of the Unicode blank at this place, 0 for none; only some bytes can start one.
  private var spaceLength: Int {
    let byte = bytes[position]
    if byte > .space, byte < 0x80 { return 0 }
    return unicodeSpaceLength(bytes, at: position - bytes.startIndex)
  }

  /// The next word; a lone escape at the text's end is no part of it.
  mutating func next() -> Range<Int>? {
    while position < bytes.endIndex {
      let length = spaceLength
      if length == 0 { break }
      position += length
    }
    let start = position
    var quote: UInt8?
    while position < bytes.endIndex {
      let byte = bytes[position]
      if quote == nil, spaceLength > 0 { break }
      if byte == escape, quote != .singleQuote {
        guard position + 1 < bytes.endIndex else {
          let end = position
          position = bytes.endIndex
          return end > start ? start..<end : nil
        }
        position += 2
        continue
      }
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == .singleQuote || byte == .doubleQuote {
        quote = byte
      }
      position += 1
    }
    return position > start ? start..<position : nil
  }
}
