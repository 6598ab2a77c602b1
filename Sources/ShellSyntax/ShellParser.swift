/// A recursive-descent parser for POSIX sh and the bash that RUN lines use.
struct ShellParser {
  let bytes: [UInt8]
  var position = 0
  var depth = 0
  /// Whether a word ran into the text's end inside a quote or a substitution.
  var isUnterminated = false
  /// The texts of the command substitutions in the words so far.
  var substitutions: [String] = []
  /// Here-documents whose bodies start behind the current line.
  var pendingHeredocs: [(name: String, stripsTabs: Bool)] = []

  static let deepest = 200
  /// How many commands `&&` and `||` may join; each makes the tree one level deeper.
  static let longest = 2000
  static let reserved: Set<String> = [
    "then", "else", "elif", "fi", "do", "done", "esac", "}", ")", ";;", "in",
  ]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func parseScript() -> ShellNode {
    var nodes: [ShellNode] = []
    while true {
      nodes.append(parseList(until: []))
      skipBlanks()
      guard position < bytes.count else { break }
      // A closing word without its opening one: what follows is not understood.
      nodes.append(.opaque(position..<bytes.count, reason: "unbalanced shell syntax"))
      break
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  // MARK: Lists

  mutating func parseList(until stops: Set<String>) -> ShellNode {
    var nodes: [ShellNode] = []
    while true {
      skipSeparators()
      guard position < bytes.count, !atStop(stops) else { break }
      let before = position
      nodes.append(parseAndOr(until: stops))
      skipBlanks()
      if position < bytes.count, bytes[position] == UInt8(ascii: ";"), peek(1) != UInt8(ascii: ";") {
        position += 1
      } else if position < bytes.count, bytes[position] == UInt8(ascii: "&"), peek(1) != UInt8(ascii: "&") {
        position += 1
        nodes[nodes.count - 1] = .background(nodes[nodes.count - 1])
      } else if position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
        takeNewline()
      } else if position == before {
        nodes.append(.opaque(position..<bytes.count, reason: "unexpected shell syntax"))
        position = bytes.count
      } else {
        break
      }
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  mutating func parseAndOr(until stops: Set<String>) -> ShellNode {
    var left = parsePipeline(until: stops)
    var length = 0
    while true {
      skipBlanks()
      length += 1
      if length > Self.longest, peek(0) != nil {
        return .sequence([left, opaqueRest(from: position, "too many commands in a row")])
      }
      if take("&&") {
        skipSeparators(newlinesOnly: true)
        left = .and(left, parsePipeline(until: stops))
      } else if take("||") {
        skipSeparators(newlinesOnly: true)
        left = .or(left, parsePipeline(until: stops))
      } else {
        return left
      }
    }
  }

  mutating func parsePipeline(until stops: Set<String>) -> ShellNode {
    skipBlanks()
    let isNegated = peekWord() == "!"
    if isNegated { position += 1 }
    var nodes = [parseCommand(until: stops)]
    while true {
      skipBlanks()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "|"), peek(1) != UInt8(ascii: "|") else { break }
      position += 1
      if peek(0) == UInt8(ascii: "&") { position += 1 }
      skipSeparators(newlinesOnly: true)
      nodes.append(parseCommand(until: stops))
    }
    let node = nodes.count == 1 ? nodes[0] : ShellNode.pipeline(nodes)
    return isNegated ? .negated(node) : node
  }

  // MARK: Commands

  mutating func parseCommand(until stops: Set<String>) -> ShellNode {
    skipBlanks()
    depth += 1
    defer { depth -= 1 }
    let start = position
    guard depth < Self.deepest else { return opaqueRest(from: start, "nested too deeply") }
    guard position < bytes.count else { return opaqueRest(from: start, "a command is missing") }
    if bytes[position] == UInt8(ascii: "(") {
      if peek(1) == UInt8(ascii: "(") {
        guard let words = parseArithmetic() else { return opaqueRest(from: start, "arithmetic command") }
        let command = ShellCommand(assignments: [], words: words, redirections: [], range: start..<position)
        return redirected(.command(command), from: start)
      }
      position += 1
      let body = parseList(until: [")"])
      skipBlanks()
      guard take(")") else { return opaqueRest(from: start, "subshell is not closed") }
      return redirected(.subshell(body), from: start)
    }
    switch peekWord() {
    case "{":
      position += 1
      let body = parseList(until: ["}"])
      skipBlanks()
      guard takeWord("}") else { return opaqueRest(from: start, "group is not closed") }
      return redirected(.group(body), from: start)
    case "if": return parseIf(from: start)
    case "for": return parseFor(from: start)
    case "while", "until": return parseWhile(from: start)
    case "case": return parseCase(from: start)
    case "[[": return parseConditionalExpression(from: start)
    case "function":
      _ = takeWord("function")
      skipBlanks()
      let name = takeName()
      skipBlanks()
      if take("(") { _ = take(")") }
      skipSeparators()
      return .function(name, parseCommand(until: stops))
    default: break
    }
    if let name = functionName() {
      skipSeparators()
      return .function(name, parseCommand(until: stops))
    }
    return parseSimple(from: start)
  }

  mutating func parseSimple(from start: Int) -> ShellNode {
    var command = ShellCommand(assignments: [], words: [], redirections: [], range: start..<start)
    var end = start
    while true {
      skipBlanks()
      guard position < bytes.count else { break }
      let byte = bytes[position]
      if "|;\n)".utf8.contains(byte) { break }
      if byte == UInt8(ascii: "&"), peek(1) != UInt8(ascii: ">") { break }
      if byte == UInt8(ascii: "("), !command.words.isEmpty || command.assignments.isEmpty {
        return opaqueRest(from: start, "unexpected parenthesis")
      }
      if let redirection = parseRedirection() {
        command.redirections.append(redirection)
        if isUnterminated { return opaqueRest(from: start, "a quote is not closed") }
        end = position
        continue
      }
      if command.words.isEmpty, let name = assignmentName() {
        position += name.utf8.count
        let isAppended = take("+=")
        if !isAppended { position += 1 }
        let valueStart = position
        let isArray = peek(0) == UInt8(ascii: "(")
        guard var value = isArray ? parseArray() : parseWord() else { return opaqueRest(from: start, "array") }
        // What is appended to is not known here.
        if isAppended { value = opaqueWord(from: valueStart) }
        command.assignments.append(ShellAssignment(name: name, value: value))
        if isUnterminated { return opaqueRest(from: start, "a quote is not closed") }
        end = position
        continue
      }
      let before = position
      command.words.append(parseWord())
      if position == before { return opaqueRest(from: start, "unexpected character") }
      if isUnterminated { return opaqueRest(from: start, "a quote is not closed") }
      end = position
    }
    command.range = start..<end
    if end == start { return opaqueRest(from: start, "a command is missing") }
    return .command(command)
  }

  mutating func redirected(_ node: ShellNode, from start: Int) -> ShellNode {
    var redirections: [ShellRedirection] = []
    skipBlanks()
    while let redirection = parseRedirection() {
      redirections.append(redirection)
      skipBlanks()
    }
    guard redirections.contains(where: \.writesFile) else { return node }
    // The files a group writes are kept as a command without words behind it.
    let writer = ShellCommand(assignments: [], words: [], redirections: redirections, range: start..<position)
    return .sequence([node, .command(writer)])
  }

  mutating func parseRedirection() -> ShellRedirection? {
    let mark = position
    var digits: [UInt8] = []
    while position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39 {
      digits.append(bytes[position])
      position += 1
    }
    let operators = ["&>>", "&>", "<<<", "<<-", "<<", ">>", ">|", ">&", "<&", "<>", ">", "<"]
    guard let operation = operators.first(where: { bytes[position...].starts(with: $0.utf8) }) else {
      position = mark
      return nil
    }
    position += operation.utf8.count
    skipBlanks()
    let target = parseWord()
    if operation == "<<" || operation == "<<-" {
      pendingHeredocs.append((target.expanded { "$" + $0 } ?? "", operation == "<<-"))
    }
    return ShellRedirection(
      operation: operation, descriptor: Int(String(decoding: digits, as: UTF8.self)), target: target)
  }

  // MARK: Words

  mutating func parseWord() -> ShellWord {
    var reader = WordReader(bytes, at: position)
    let word = reader.read()
    position = reader.position
    if reader.isUnterminated { isUnterminated = true }
    for case .opaque(let text) in word.parts { substitutions += Substitution.texts(in: text) }
    return word
  }

  // MARK: Lexical helpers

  func peek(_ offset: Int) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  mutating func take(_ text: String) -> Bool {
    guard bytes[position...].starts(with: text.utf8) else { return false }
    position += text.utf8.count
    return true
  }

  /// Skips blanks, escaped line ends and comments.
  mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0D: position += 1
      case UInt8(ascii: "\\") where peek(1) == UInt8(ascii: "\n"): position += 2
      case UInt8(ascii: "\\") where peek(1) == 0x0D && peek(2) == UInt8(ascii: "\n"): position += 3
      case UInt8(ascii: "#") where position == 0 || " \t\n;&|()\r".utf8.contains(bytes[position - 1]):
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
      default: return
      }
    }
  }

  mutating func skipSeparators(newlinesOnly: Bool = false) {
    while true {
      skipBlanks()
      guard position < bytes.count else { return }
      if bytes[position] == UInt8(ascii: "\n") {
        takeNewline()
      } else if !newlinesOnly, bytes[position] == UInt8(ascii: ";"), peek(1) != UInt8(ascii: ";") {
        position += 1
      } else {
        return
      }
    }
  }

  /// Takes a line end and the bodies of the here-documents that were opened on the line.
  mutating func takeNewline() {
    position += 1
    for heredoc in pendingHeredocs {
      while position < bytes.count {
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        var line = bytes[position..<end]
        position = min(end + 1, bytes.count)
        if heredoc.stripsTabs { line = line.drop { $0 == 0x09 } }
        if line.elementsEqual(heredoc.name.utf8) { break }
      }
    }
    pendingHeredocs = []
  }

  func peekWord() -> String? {
    var end = position
    while end < bytes.count, !" \t\n;|&()<>\r".utf8.contains(bytes[end]) {
      end += 1
      if end - position > 10 { return nil }
    }
    return end > position ? String(decoding: bytes[position..<end], as: UTF8.self) : nil
  }

  mutating func takeWord(_ word: String) -> Bool {
    skipBlanks()
    guard peekWord() == word else { return false }
    position += word.utf8.count
    return true
  }

  func atStop(_ stops: Set<String>) -> Bool {
    if stops.contains(")"), bytes[position] == UInt8(ascii: ")") { return true }
    if stops.contains(";;"), bytes[position] == UInt8(ascii: ";"), peek(1) == UInt8(ascii: ";") { return true }
    if bytes[position] == UInt8(ascii: ")") { return true }
    guard let word = peekWord() else { return false }
    return stops.contains(word) || Self.reserved.contains(word)
  }

  mutating func takeName() -> String {
    let start = position
    while position < bytes.count, ShellWord.isNameByte(bytes[position]) || bytes[position] == UInt8(ascii: "-") {
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// The name before `()` at this place; the position moves behind the parentheses.
  mutating func functionName() -> String? {
    let mark = position
    let name = takeName()
    skipBlanks()
    if !name.isEmpty, take("(") {
      skipBlanks()
      if take(")") { return name }
    }
    position = mark
    return nil
  }

  func assignmentName() -> String? {
    var end = position
    while end < bytes.count, ShellWord.isNameByte(bytes[end]) { end += 1 }
    let isAppended = end + 1 < bytes.count && bytes[end] == UInt8(ascii: "+") && bytes[end + 1] == UInt8(ascii: "=")
    guard end > position, end < bytes.count, bytes[end] == UInt8(ascii: "=") || isAppended,
      !(bytes[position] >= 0x30 && bytes[position] <= 0x39)
    else { return nil }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }

  mutating func opaqueRest(from start: Int, _ reason: String) -> ShellNode {
    position = bytes.count
    return .opaque(start..<bytes.count, reason: reason)
  }
}
