/// Why an edit of a file was not made.
public struct EditRefusal: Error, Sendable, Hashable {
  /// One sentence for a person.
  public var message: String
}

/// Edits of whole instructions: each reads the file again and is refused where anything but the instruction asked for
/// would read otherwise afterwards.
///
/// Places count ``Dockerfile/instructions``. A comment block, the comment lines directly above an instruction, belongs to
/// it.
extension Dockerfile {
  /// The file with an instruction put before the one at `index` and its comments, or behind the last one.
  public func inserting(_ instruction: Instruction, at index: Int) throws(EditRefusal) -> Dockerfile {
    try edited { items, places in
      guard (0...places.count).contains(index) else { return }
      let place = index < places.count ? block(of: places[index], in: items).lowerBound : end(of: places, in: items)
      items.insert(.instruction(instruction), at: place)
    }
  }

  /// The file with the instruction at `index` replaced and its comments kept.
  public func replacingInstruction(at index: Int, with instruction: Instruction) throws(EditRefusal) -> Dockerfile {
    try edited { items, places in
      guard places.indices.contains(index) else { return }
      items[places[index]] = .instruction(instruction)
    }
  }

  /// The file without the instruction at `index` and its comments.
  public func removingInstruction(at index: Int) throws(EditRefusal) -> Dockerfile {
    try edited { items, places in
      guard places.indices.contains(index) else { return }
      take(block(of: places[index], in: items), from: &items)
    }
  }

  /// The file with the instruction at `index`, comments included, moved before the one at `target` and its comments, or
  /// behind the last one when `target` is their number.
  public func movingInstruction(at index: Int, to target: Int) throws(EditRefusal) -> Dockerfile {
    try edited { items, places in
      guard places.indices.contains(index), (0...places.count).contains(target), target != index, target != index + 1
      else { return }
      let source = block(of: places[index], in: items)
      let moved = Array(items[source])
      let place = target < places.count ? block(of: places[target], in: items).lowerBound : end(of: places, in: items)
      if place >= source.upperBound {
        items.insert(contentsOf: moved, at: place)
        take(source, from: &items)
      } else {
        take(source, from: &items)
        items.insert(contentsOf: moved, at: place)
      }
    }
  }

  // MARK: Blocks

  /// The items of an instruction and the comment lines directly above it.
  private func block(of place: Int, in items: [Item]) -> Range<Int> {
    var start = place
    while start > 0, case .comment = items[start - 1] { start -= 1 }
    return start..<(place + 1)
  }

  private func end(of places: [Int], in items: [Item]) -> Int { places.last.map { $0 + 1 } ?? items.count }

  /// Takes items out, and one of two blank lines that would meet.
  private func take(_ range: Range<Int>, from items: inout [Item]) {
    items.removeSubrange(range)
    let place = range.lowerBound
    guard place < items.count, case .blank = items[place] else { return }
    if place == 0 {
      items.remove(at: 0)
    } else if case .blank = items[place - 1] {
      items.remove(at: place)
    }
  }

  // MARK: Checking

  private func edited(_ edit: (inout [Item], _ places: [Int]) -> Void) throws(EditRefusal) -> Dockerfile {
    guard problems.isEmpty else { throw EditRefusal(message: "the file has a syntax problem: \(problems[0].message)") }
    var items = self.items
    edit(&items, items.indices.filter { if case .instruction = items[$0] { true } else { false } })
    guard items != self.items else { throw EditRefusal(message: "there is no such instruction") }
    let newline = Style(of: self).newline
    for place in items.indices.dropLast() { items[place] = items[place].endingLine(with: newline) }
    let result = Dockerfile(parsing: Dockerfile(items: items).bytes)
    if let problem = result.problems.first { throw EditRefusal(message: problem.message) }
    if result.items == items { return result }
    for (place, item) in items.enumerated() where !result.items.indices.contains(place) || result.items[place] != item {
      throw EditRefusal(message: Self.explanation(of: items, at: place))
    }
    throw EditRefusal(message: "the file would hold more instructions than asked for")
  }

  private static func explanation(of items: [Item], at place: Int) -> String {
    if case .directive(let directive) = items[place] {
      return "the \(directive.name) directive would not stand at the top any more"
    }
    if case .instruction(let instruction) = items[place], instruction.endsInContinuation {
      return "'\(instruction.keywordText)' ends in an escape and would swallow the line behind it"
    }
    return "'\(items[place].text.prefix { !$0.isNewline })' would read otherwise"
  }
}

extension Item {
  /// The item with a line ending when it had none.
  func endingLine(with newline: String) -> Item {
    guard let last = tokens.last, last.bytes.last != .lineFeed else { return self }
    let ended = Tokens(Array(tokens) + [Token(.newline, newline)])
    switch self {
    case .directive(var directive):
      directive.tokens = ended
      return .directive(directive)
    case .comment: return .comment(Line(tokens: ended))
    case .blank: return .blank(Line(tokens: ended))
    case .instruction(let instruction): return .instruction(instruction.endingLine(with: newline))
    case .unknown(let instruction): return .unknown(instruction.endingLine(with: newline))
    }
  }
}
