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

  /// What Docker's parser refuses in the arguments.
  var argumentProblems: [SyntaxProblem.Kind] {
    guard let keyword else { return [] }
    switch keyword {
    case .run, .cmd, .entrypoint, .shell, .copy, .add, .volume:
      return JSONForm.read(argumentBytes) == .nonString ? [.nonStringInJSON] : []
    case .healthcheck:
      guard let text = healthcheckCommandBytes else { return [] }
      return JSONForm.read(text) == .nonString ? [.nonStringInJSON] : []
    case .env, .label:
      let words = Self.nameValueWords(argumentBytes, escape: escape)
      guard let first = words.first else { return [] }
      if !first.contains(.equals) {
        return Self.firstBlank(in: argumentBytes) == argumentBytes.count ? [.missingValue(keyword.rawValue)] : []
      }
      guard words.allSatisfy({ $0.contains(.equals) }) else { return [.missingValue(keyword.rawValue)] }
      return []
    case .onbuild:
      // A chain of ONBUILD is read in a loop, not by recursion, which a long one would make too deep.
      var text = argumentBytes
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
    guard let text = healthcheckCommandBytes else { return nil }
    if case .strings(let words) = JSONForm.read(text) { return .exec(words) }
    return .shell(String(decoding: text, as: UTF8.self))
  }

  private var healthcheckCommandBytes: ArraySlice<UInt8>? {
    let kind = argumentBytes.prefix { !$0.isWordBlank }
    guard Keyword(kind) == .cmd else { return nil }
    let rest = argumentBytes.dropFirst(kind.count)
    return rest.dropFirst(leadingSpaceCount(rest))
  }

  private static func firstBlank(in bytes: ArraySlice<UInt8>) -> Int {
    var count = 0
    while count < bytes.count, unicodeSpaceLength(bytes, at: count) == 0 { count += 1 }
    return count
  }

  /// Words split at Unicode blanks outside quotes, quotes and escapes kept; an open quote takes the rest.
  static func nameValueWords(_ bytes: ArraySlice<UInt8>, escape: UInt8) -> [[UInt8]] {
    let text = Array(bytes)
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    var inWord = false
    var quote: UInt8?
    var position = 0
    while position < text.count {
      let byte = text[position]
      let space = quote == nil ? unicodeSpaceLength(text, at: position) : 0
      if space > 0 {
        if inWord { words.append(word) }
        (word, inWord) = ([], false)
        position += space
        continue
      }
      inWord = true
      if byte == escape, quote != .singleQuote {
        guard position + 1 < text.count else { break }
        word += [byte, text[position + 1]]
        position += 2
        continue
      }
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == .singleQuote || byte == .doubleQuote {
        quote = byte
      }
      word.append(byte)
      position += 1
    }
    if inWord, !word.isEmpty { words.append(word) }
    return words
  }
}
