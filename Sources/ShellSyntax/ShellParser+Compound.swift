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
    if peek(0) == UInt8(ascii: "(") { return opaqueRest(from: start, "arithmetic loop") }
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
}
