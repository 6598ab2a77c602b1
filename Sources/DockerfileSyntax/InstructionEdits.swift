/// Edits of one instruction: each changes its own tokens only, reads the result again, and gives nil where something else
/// than what was asked for would change with it.
///
/// An edit never makes of the text more than one instruction, another keyword, a heredoc that was not there, a line that
/// ends in an escape, or a JSON form that stops being one.
extension Instruction {
  /// What a reader takes the arguments for; an edit of a part must not change it.
  private enum Form: Equatable {
    case json, text, pairs, legacyPair
  }

  private var form: Form {
    switch keyword {
    case .env, .label: isLegacyPair ? .legacyPair : .pairs
    case .run, .cmd, .entrypoint, .shell, .copy, .add, .volume: isJSONForm ? .json : .text
    case .healthcheck: if case .exec = healthcheckCommand { .json } else { .text }
    default: .text
    }
  }

  // MARK: Arguments

  /// The instruction with its whole argument text replaced; text that starts with `[` has to be a JSON form where Docker
  /// looks for one.
  public func replacingArguments(with text: String) -> Instruction? {
    let edited = rebuilt { tokens in
      let place = tokens.firstIndex { $0.kind == .argument }
      guard let first = place, let last = tokens.lastIndex(where: { $0.kind == .argument }) else { return }
      tokens.replaceSubrange(first...last, with: [Token(.argument, text)])
    }
    guard let edited, edited.flagTokens == flagTokens else { return nil }
    return form == .json && text.hasPrefix("[") && edited.form != .json ? nil : edited
  }

  /// The instruction with bytes of its argument text replaced; the ranges are offsets into ``argumentBytes`` and must
  /// not overlap.
  public func replacing(_ edits: [(range: Range<Int>, text: String)]) -> Instruction? {
    let edited = rebuilt { tokens in
      for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
        InstructionLine.replace(edit.range, with: edit.text, in: &tokens)
      }
    }
    guard let edited, edited.flagTokens == flagTokens, edited.form == form else { return nil }
    return edited
  }

  // MARK: Words

  /// The instruction with one of its ``words`` replaced; in the JSON form the text is quoted.
  public func replacingWord(at index: Int, with text: String) -> Instruction? {
    let ranges = wordRanges
    guard ranges.indices.contains(index) else { return nil }
    let edited = replacing([(ranges[index], isJSONForm ? JSONForm.quoted(text) : text)])
    return edited?.wordRanges.count == ranges.count ? edited : nil
  }

  /// The instruction with a word put before the one at `index`, or behind the last when `index` is their number.
  public func insertingWord(_ text: String, at index: Int) -> Instruction? {
    let ranges = wordRanges
    guard (0...ranges.count).contains(index) else { return nil }
    let word = isJSONForm ? JSONForm.quoted(text) : text
    let separator = isJSONForm ? ", " : " "
    let edited: Instruction?
    if index < ranges.count {
      edited = replacing([(ranges[index].lowerBound..<ranges[index].lowerBound, word + separator)])
    } else if let last = ranges.last {
      edited = replacing([(last.upperBound..<last.upperBound, separator + word)])
    } else {
      return nil
    }
    return edited?.wordRanges.count == ranges.count + 1 ? edited : nil
  }

  /// The instruction without one of its words and the blanks, or the comma, behind it; nil for the only one.
  public func removingWord(at index: Int) -> Instruction? {
    let ranges = wordRanges
    guard ranges.indices.contains(index), ranges.count > 1 else { return nil }
    let range =
      index + 1 < ranges.count
      ? ranges[index].lowerBound..<ranges[index + 1].lowerBound
      : ranges[index - 1].upperBound..<ranges[index].upperBound
    let edited = replacing([(range, "")])
    return edited?.wordRanges.count == ranges.count - 1 ? edited : nil
  }

  // MARK: Pairs

  /// The ENV or LABEL with the value of a pair replaced, the last one of that name; quotes are the caller's to write.
  public func replacingValue(of key: String, with text: String) -> Instruction? {
    guard let index = pairs.lastIndex(where: { $0.key == key }) else { return nil }
    let before = pairs
    let edited = replacing([(pairRanges[index].value, text)])
    guard let after = edited?.pairs, after.map(\.key) == before.map(\.key), after[index].value == text else {
      return nil
    }
    return edited
  }

  /// The ENV or LABEL with a pair behind the others; nil in the old form, whose value takes all that follows.
  public func appendingPair(_ key: String, _ value: String) -> Instruction? {
    guard let last = pairRanges.last, !isLegacyPair else { return nil }
    let edited = replacing([(last.value.upperBound..<last.value.upperBound, " \(key)=\(value)")])
    return edited?.pairs == pairs + [KeyValue(key: key, value: value)] ? edited : nil
  }

  /// The ENV or LABEL without the pairs of a name and the blanks behind them; nil where none would be left.
  public func removingPairs(of key: String) -> Instruction? {
    let ranges = pairRanges
    let kept = pairs.filter { $0.key != key }
    guard !kept.isEmpty, kept.count < ranges.count else { return nil }
    var edits: [(range: Range<Int>, text: String)] = []
    var end = argumentBytes.count
    for (index, pair) in pairs.enumerated().reversed() {
      if pair.key == key {
        // Behind the last pair that stays nothing follows, so that its blanks go instead.
        let isTail = pairs[index...].allSatisfy { $0.key == key }
        let start = isTail && index > 0 ? ranges[index - 1].value.upperBound : ranges[index].key.lowerBound
        edits.append((start..<end, ""))
        end = start
      } else {
        end = ranges[index].key.lowerBound
      }
    }
    let edited = replacing(edits)
    return edited?.pairs == kept ? edited : nil
  }

  // MARK: Flags

  /// The instruction with a flag set: its first occurrence replaced, else put behind the others.
  ///
  /// - Parameters:
  ///   - name: the flag without its dashes.
  ///   - value: nil for a flag that stands alone, such as `--link`.
  public func settingFlag(_ name: String, to value: String?) -> Instruction? {
    guard let index = flags.firstIndex(where: { $0.name == name }) else { return addingFlag(name, value) }
    let place = flagTokens[index]
    var expected = flags
    expected[index].value = value
    return checkingFlags(expected) { $0.replaceSubrange(place, with: [Self.flagToken(name, value)]) }
  }

  /// The instruction with a flag behind its other flags, as `--mount` may stand several times.
  public func addingFlag(_ name: String, _ value: String?) -> Instruction? {
    let last = flagTokens.prefix(flags.count).last
    let flag = Self.flagToken(name, value)
    return checkingFlags(flags + [BuilderFlag(name: name, value: value)]) { tokens in
      if let last {
        tokens.insert(contentsOf: [Token(.blank, " "), flag], at: last.upperBound)
      } else if let first = tokens.firstIndex(where: { $0.kind == .argument }) {
        tokens.insert(contentsOf: [flag, Token(.blank, " ")], at: first)
      }
    }
  }

  private static func flagToken(_ name: String, _ value: String?) -> Token {
    Token(.flag, "--\(name)" + (value.map { "=\($0)" } ?? ""))
  }

  /// The instruction without the flags of a name and the blanks behind them.
  public func removingFlags(_ name: String) -> Instruction? {
    let places = flagTokens
    return checkingFlags(flags.filter { $0.name != name }) { tokens in
      for (flag, place) in zip(flags, places).reversed() where flag.name == name {
        let blank = tokens.indices.contains(place.upperBound) && tokens[place.upperBound].kind == .blank ? 1 : 0
        tokens.removeSubrange(place.lowerBound..<(place.upperBound + blank))
      }
    }
  }

  /// The ranges of tokens that make up each flag, and the `--` that ends them; a continuation may cut one into several.
  private var flagTokens: [Range<Int>] {
    var places: [Range<Int>] = []
    var isOpen = false
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .flag where isOpen: places[places.count - 1] = places[places.count - 1].lowerBound..<(index + 1)
      case .flag:
        places.append(index..<(index + 1))
        isOpen = true
      case .blank, .argument: isOpen = false
      default: break
      }
    }
    return places
  }

  private func checkingFlags(_ expected: [BuilderFlag], _ edit: (inout [Token]) -> Void) -> Instruction? {
    let edited = rebuilt(edit)
    return edited?.flags == expected && edited?.argumentBytes == argumentBytes ? edited : nil
  }

  // MARK: Line endings

  /// The instruction with `newline` as its last line ending when it had none.
  public func endingLine(with newline: String) -> Instruction {
    guard tokens.last?.kind != .newline else { return self }
    var copy = self
    copy.tokens = Tokens(Array(tokens) + [Token(.newline, newline)])
    return copy
  }

  /// Applies an edit of tokens and reads the result again, so that an edit can never change what the rest means.
  private func rebuilt(_ edit: (inout [Token]) -> Void) -> Instruction? {
    var tokens = Array(self.tokens)
    edit(&tokens)
    var parser = Parser(tokens.flatMap(\.bytes), escape: escape)
    let file = parser.parse()
    guard file.problems.isEmpty, file.items.count == 1, case .instruction(let instruction) = file.items[0],
      instruction.keyword == keyword, instruction.heredocs.map(\.name) == heredocs.map(\.name),
      instruction.endsInContinuation == endsInContinuation
    else { return nil }
    return instruction
  }
}
