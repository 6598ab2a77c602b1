/// How an author writes: the spelling that new instructions copy.
public struct Style: Sendable, Hashable {
  /// The line ending used most.
  public var newline: String
  /// Whether keywords are written in lower case.
  public var isLowerCase: Bool

  /// Measures a file's style.
  public init(of file: Dockerfile) {
    var (crlf, lf, lower, upper) = (0, 0, 0, 0)
    for item in file.items {
      for token in item.tokens {
        switch token.kind {
        case .newline, .continuation, .emptyLine:
          if token.bytes.last == .lineFeed {
            if token.bytes.dropLast().last == .carriageReturn { crlf += 1 } else { lf += 1 }
          }
        case .keyword:
          if token.bytes.contains(where: { $0 >= 0x61 && $0 <= 0x7A }) { lower += 1 } else { upper += 1 }
        default: break
        }
      }
    }
    newline = crlf > lf ? "\r\n" : "\n"
    isLowerCase = lower > upper
  }

  /// Makes an instruction in this style.
  ///
  /// - Parameters:
  ///   - keyword: the instruction.
  ///   - arguments: everything behind the keyword; `\n` in it is a continued line, whose escape character the caller writes.
  /// - Returns: nil when the text would not read back as that one instruction.
  public func instruction(
    _ keyword: Keyword, _ arguments: String, escape: UInt8 = UInt8(ascii: "\\")
  ) -> Instruction? {
    let word = isLowerCase ? keyword.rawValue.lowercased() : keyword.rawValue
    var text = "\(word) \(arguments)\n"
    if newline != "\n" {
      text = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: newline)
    }
    guard let made = Instruction(parsing: text, escape: escape), made.keyword == keyword, !made.endsInContinuation
    else { return nil }
    return made
  }
}
