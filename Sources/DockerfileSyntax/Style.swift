/// How an author writes: the spelling that new instructions copy.
public struct Style: Sendable, Hashable {
  /// The line ending used most.
  public var newline: String
  /// Whether keywords are written in lower case.
  public var isLowerCase: Bool
  /// The blanks before most continued lines; four where none is continued.
  public var indentation: String

  /// Measures a file's style.
  public init(of file: Dockerfile) {
    var (crlf, lf, lower, upper) = (0, 0, 0, 0)
    var indentations: [String: Int] = [:]
    var isContinued = false
    for item in file.items {
      for token in item.tokens {
        if isContinued, token.kind == .argument || token.kind == .flag || token.kind == .blank {
          indentations[String(token.text.prefix { $0 == " " || $0 == "\t" }), default: 0] += 1
        }
        isContinued = token.kind == .continuation
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
    // Of two that are as frequent, the shorter one, so that the answer is the same on every machine.
    let usual = indentations.filter { !$0.key.isEmpty }.min {
      ($1.value, $0.key.count, $0.key) < ($0.value, $1.key.count, $1.key)
    }
    indentation = usual?.key ?? "    "
  }

  /// Makes an instruction of several lines in this style, each but the first indented as the author does.
  ///
  /// - Returns: nil when the text would not read back as that one instruction.
  public func instruction(_ keyword: Keyword, lines: [String], escape: UInt8 = UInt8(ascii: "\\")) -> Instruction? {
    let joint = " " + String(Character(Unicode.Scalar(escape))) + "\n" + indentation
    return instruction(keyword, lines.joined(separator: joint), escape: escape)
  }

  /// Makes an instruction in this style.
  ///
  /// - Parameters:
  ///   - keyword: the instruction.
  ///   - arguments: everything behind the keyword; `\n` in it is a continued line, whose escape character the caller writes.
  ///   - escape: the file's escape character.
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
