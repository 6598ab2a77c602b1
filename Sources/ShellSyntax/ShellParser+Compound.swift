extension ShellParser {
  // MARK: Compound commands

  mutating func parseIf(from start: Int) -> ShellNode {
    _ = takeWord("if")
    let condition = parseList(until: ["then"])
    guard takeWord("then") else { return opaqueRest(from: start, "if without then") }
    var branches = [parseList(until: ["elif", "else", "fi"])]
    while true {
      if takeWord("elif") {
        branches.append(parseList(until: ["then"]))
        guard takeWord("then") else { return opaqueRest(from: start, "elif without then") }
        branches.append(parseList(until: ["elif", "else", "fi"]))
      } else if takeWord("else") {
        branches.append(parseList(until: ["fi"]))
      } else if takeWord("fi") {
        return redirected(.conditional(condition: condition, branches: branches), from: start)
      } else {
        return opaqueRest(from: start, "if without fi")
      }
    }
  }

  mutating func parseFor(from start: Int) -> ShellNode {
    _ = takeWord("for")
    skipBlanks()
    if peek(0) == UInt8(ascii: "(") { return parseArithmeticFor(from: start) }
    let variable = takeName()
    skipSeparators(newlinesOnly: true)
    var words: [ShellWord] = []
    if takeWord("in") {
      while true {
        skipBlanks()
        guard position < bytes.count, bytes[position] != UInt8(ascii: ";"), bytes[position] != UInt8(ascii: "\n") else {
          break
        }
        let before = position
        words.append(parseWord())
        if position == before { return opaqueRest(from: start, "for without do") }
      }
    }
    skipSeparators()
    guard takeWord("do") else { return opaqueRest(from: start, "for without do") }
    let body = parseList(until: ["done"])
    guard takeWord("done") else { return opaqueRest(from: start, "for without done") }
    return redirected(.loop(variable: variable, words: words, condition: .sequence([]), body: body), from: start)
  }

  /// `for ((i = 0; i < 3; i++)); do …; done`, whose body may run no time.
  private mutating func parseArithmeticFor(from start: Int) -> ShellNode {
    let head = position
    guard let words = parseArithmetic() else { return opaqueRest(from: start, "arithmetic loop") }
    let condition = ShellCommand(assignments: [], words: words, redirections: [], range: head..<position)
    skipSeparators()
    guard takeWord("do") else { return opaqueRest(from: start, "for without do") }
    let body = parseList(until: ["done"])
    guard takeWord("done") else { return opaqueRest(from: start, "for without done") }
    return redirected(.loop(variable: nil, words: [], condition: .command(condition), body: body), from: start)
  }

  mutating func parseWhile(from start: Int) -> ShellNode {
    if !takeWord("while") { _ = takeWord("until") }
    let condition = parseList(until: ["do"])
    guard takeWord("do") else { return opaqueRest(from: start, "while without do") }
    let body = parseList(until: ["done"])
    guard takeWord("done") else { return opaqueRest(from: start, "while without done") }
    return redirected(.loop(variable: nil, words: [], condition: condition, body: body), from: start)
  }

  mutating func parseCase(from start: Int) -> ShellNode {
    _ = takeWord("case")
    skipBlanks()
    _ = parseWord()
    skipSeparators(newlinesOnly: true)
    guard takeWord("in") else { return opaqueRest(from: start, "case without in") }
    var branches: [ShellNode] = []
    while true {
      skipSeparators()
      if takeWord("esac") { break }
      _ = take("(")
      // The patterns up to the closing parenthesis.
      while position < bytes.count, bytes[position] != UInt8(ascii: ")") {
        let before = position
        skipBlanks()
        if peek(0) == UInt8(ascii: "|") { position += 1 } else { _ = parseWord() }
        if position == before { return opaqueRest(from: start, "case pattern") }
      }
      guard take(")") else { return opaqueRest(from: start, "case without esac") }
      branches.append(parseList(until: [";;", "esac"]))
      skipBlanks()
      if !take(";;&") && !take(";;") && !take(";&") {
        skipSeparators()
        guard takeWord("esac") else { return opaqueRest(from: start, "case without esac") }
        break
      }
    }
    return redirected(.conditional(condition: .sequence([]), branches: branches), from: start)
  }

  /// `[[ … ]]` is a test; it writes nothing and starts nothing.
  mutating func parseConditionalExpression(from start: Int) -> ShellNode {
    var words: [ShellWord] = []
    while position < bytes.count {
      skipBlanks()
      if position < bytes.count, "|&<>()\n;".utf8.contains(bytes[position]) {
        position += 1
        continue
      }
      guard position < bytes.count else { break }
      let word = parseWord()
      words.append(word)
      if word.literal == "]]", !word.isQuoted {
        return .command(ShellCommand(assignments: [], words: words, redirections: [], range: start..<position))
      }
      if word.range.isEmpty { break }
    }
    return opaqueRest(from: start, "[[ without ]]")
  }

  // MARK: Bash

  /// `((expression))` as three words; nil when it is not closed.
  mutating func parseArithmetic() -> [ShellWord]? {
    let start = position
    guard take("((") else { return nil }
    var depth = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")") where depth == 0:
        let end = position
        guard take("))") else { return nil }
        return [
          ShellWord(parts: [.literal("((")], range: start..<(start + 2)),
          ShellWord(
            parts: [.opaque(String(decoding: bytes[(start + 2)..<end], as: UTF8.self))], range: (start + 2)..<end),
          ShellWord(parts: [.literal("))")], range: end..<position),
        ]
      case UInt8(ascii: ")"): depth -= 1
      // A command substitution could hide parentheses; nobody counts with one.
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): return nil
      default: break
      }
      position += 1
    }
    return nil
  }

  /// `(a b)` behind `name=`, as one opaque word; nil when it is not closed.
  mutating func parseArray() -> ShellWord? {
    let start = position
    guard take("(") else { return nil }
    while true {
      skipSeparators(newlinesOnly: true)
      if take(")") { return opaqueWord(from: start) }
      let before = position
      _ = parseWord()
      if position == before || isUnterminated { return nil }
    }
  }

  /// Text up to here as a word that is not understood.
  func opaqueWord(from start: Int) -> ShellWord {
    ShellWord(parts: [.opaque(String(decoding: bytes[start..<position], as: UTF8.self))], range: start..<position)
  }
}
