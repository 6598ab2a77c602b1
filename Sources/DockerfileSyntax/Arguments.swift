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

  /// Makes a pair.
  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }
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
    if takesJSONWords, case .strings(let words) = JSONForm.read(argumentBytes) { return words }
    return wordRanges.map { String(decoding: argumentSlice($0), as: UTF8.self) }
  }

  /// Where each of the words stands, as offsets into ``argumentBytes``; a JSON string with its quotes.
  ///
  /// RUN, CMD, ENTRYPOINT and SHELL have words in the JSON form only; the instructions that take one argument have one.
  public var wordRanges: [Range<Int>] {
    let bytes = argumentBytes
    switch keyword {
    case .workdir, .user, .stopsignal, .maintainer: return bytes.isEmpty ? [] : [0..<bytes.count]
    case .run, .cmd, .entrypoint, .shell: return JSONForm.elements(of: bytes) ?? []
    case .arg: return Self.nameValueWords(bytes, escape: escape).map { offsets($0.startIndex..<$0.endIndex, in: bytes) }
    default:
      if takesJSONWords, let elements = JSONForm.elements(of: bytes) { return elements }
      return bytes.split { $0.isWordBlank }.map { offsets($0.startIndex..<$0.endIndex, in: bytes) }
    }
  }

  private var takesJSONWords: Bool { keyword == .copy || keyword == .add || keyword == .volume }

  private func offsets(_ range: Range<Int>, in bytes: ArraySlice<UInt8>) -> Range<Int> {
    (range.lowerBound - bytes.startIndex)..<(range.upperBound - bytes.startIndex)
  }

  private func argumentSlice(_ range: Range<Int>) -> ArraySlice<UInt8> {
    argumentBytes.dropFirst(range.lowerBound).prefix(range.count)
  }

  /// Whether the arguments are a JSON array, where Docker looks for one: in RUN, CMD, ENTRYPOINT, SHELL, COPY, ADD, VOLUME.
  public var isJSONForm: Bool {
    switch keyword {
    case .run, .cmd, .entrypoint, .shell, .copy, .add, .volume: JSONForm.elements(of: argumentBytes) != nil
    default: false
    }
  }

  /// The pairs of ENV and LABEL, in order.
  public var pairs: [KeyValue] {
    pairRanges.map { pair in
      KeyValue(
        key: String(decoding: argumentSlice(pair.key), as: UTF8.self),
        value: String(decoding: argumentSlice(pair.value), as: UTF8.self))
    }
  }

  /// Where the name and the value of each pair of ENV and LABEL stand, as offsets into ``argumentBytes``.
  public var pairRanges: [(key: Range<Int>, value: Range<Int>)] {
    guard keyword == .env || keyword == .label else { return [] }
    let bytes = argumentBytes
    if isLegacyPair {
      let key = Self.firstBlank(in: bytes)
      let blanks = bytes.dropFirst(key).prefix { $0.isWordBlank }.count
      return [(0..<key, (key + blanks)..<bytes.count)]
    }
    return Self.nameValueWords(bytes, escape: escape).compactMap { word in
      guard let cut = word.firstIndex(of: .equals) else { return nil }
      return (offsets(word.startIndex..<cut, in: bytes), offsets((cut + 1)..<word.endIndex, in: bytes))
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
      let rest = healthcheckParts(of: arguments).rest
      return JSONForm.read(rest.dropFirst(leadingSpaceCount(rest))) == .nonString ? [.nonStringInJSON] : []
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
      var trigger = Instruction(line: arguments, escape: escape)
      while trigger.keyword == .onbuild { trigger = Instruction(line: trigger.argumentBytes, escape: escape) }
      return trigger.keyword.map { problems(of: $0, trigger.argumentBytes, escape: escape) } ?? []
    default: return []
    }
  }

  /// The command behind `HEALTHCHECK CMD`, nil for NONE and for a health check Docker cannot read.
  public var healthcheckCommand: CommandForm? {
    Keyword(healthcheckParts.kind) == .cmd ? healthcheckForm : nil
  }

  /// What stands behind the type of a health check, in the form Docker takes it, whatever the type is.
  public var healthcheckForm: CommandForm {
    let rest = healthcheckParts.rest
    if case .strings(let words) = JSONForm.read(rest.dropFirst(leadingSpaceCount(rest))) { return .exec(words) }
    return .shell(String(decoding: rest, as: UTF8.self))
  }

  /// The type of a health check and what stands behind it; Docker parts them at bytes, not at characters.
  public var healthcheckParts: (kind: ArraySlice<UInt8>, rest: ArraySlice<UInt8>) {
    Self.healthcheckParts(of: argumentBytes)
  }

  private static func healthcheckParts(
    of arguments: ArraySlice<UInt8>
  ) -> (kind: ArraySlice<UInt8>, rest: ArraySlice<UInt8>) {
    let kind = arguments.prefix { !$0.isLatinSpace }
    return (kind, arguments.dropFirst(kind.count).drop { $0.isLatinSpace })
  }

  private static func firstBlank(in bytes: ArraySlice<UInt8>) -> Int {
    bytes.prefix { !$0.isWordBlank }.count
  }

  /// Words split at Unicode blanks outside quotes, quotes and escapes kept; an open quote takes the rest.
  static func nameValueWords(_ bytes: ArraySlice<UInt8>, escape: UInt8) -> [ArraySlice<UInt8>] {
    var words = NameValueWords(bytes, escape: escape)
    var result: [ArraySlice<UInt8>] = []
    while let word = words.next() { result.append(bytes[word]) }
    return result
  }
}
