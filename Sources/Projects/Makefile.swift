/// The recipes of a makefile, one level deep: enough to see what `make target` runs.
///
/// Conditionals, includes and functions are not evaluated.
public struct Makefile: Sendable, Hashable {
  /// A rule's prerequisites and recipe.
  public struct Rule: Sendable, Hashable {
    /// The targets it runs first.
    public var prerequisites: [String]
    /// The recipe's lines, known variables filled in; what make would compute stays as it is written.
    public var recipe: [String]
  }

  /// The rules by target.
  public var rules: [String: Rule] = [:]
  /// The first target, which plain `make` builds.
  public var defaultTarget: String?

  /// Reads a makefile's text.
  public init(parsing text: String) {
    var variables: [String: String] = [:]
    var targets: [String] = []
    for line in Self.logicalLines(text) {
      if line.hasPrefix("\t") {
        for target in targets { rules[target]?.add(recipe: String(line.dropFirst()), variables: variables) }
        continue
      }
      let stripped = Self.withoutComment(line)
      if stripped.isEmpty { continue }
      if let (name, value, operation) = Self.assignment(stripped) {
        switch operation {
        case "?": if variables[name] == nil { variables[name] = value }
        case "+": variables[name] = variables[name].map { $0 + " " + value } ?? value
        // What a command prints is only known when it runs.
        case "!": variables[name] = nil
        default: variables[name] = value
        }
        targets = []
        continue
      }
      guard let colon = stripped.firstIndex(of: ":") else {
        targets = []
        continue
      }
      targets = Self.expand(String(stripped[..<colon]), variables).split(separator: " ").map(String.init)
      let prerequisites = Self.expand(String(stripped[stripped.index(after: colon)...]), variables)
        .split(whereSeparator: { " \t:|".contains($0) }).map(String.init)
      for target in targets where !target.hasPrefix(".") {
        if defaultTarget == nil, !target.contains("%") { defaultTarget = target }
        rules[target, default: Rule(prerequisites: [], recipe: [])].prerequisites += prerequisites
      }
    }
  }

  /// The recipe lines that building a target runs, prerequisites first; nil when there is no such target.
  public func commands(for target: String?) -> [String]? {
    guard let target = target ?? defaultTarget, rules[target] != nil else { return nil }
    var lines: [String] = []
    var seen: Set<String> = []
    func visit(_ name: String) {
      guard seen.insert(name).inserted, let rule = rules[name] else { return }
      rule.prerequisites.forEach(visit)
      lines += rule.recipe
    }
    visit(target)
    return lines
  }

  private static func logicalLines(_ text: String) -> [String] {
    var lines: [String] = []
    var current = ""
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.last == "\\" {
        current += line.dropLast() + " "
      } else {
        lines.append(current + line)
        current = ""
      }
    }
    return lines + (current.isEmpty ? [] : [current])
  }

  private static func withoutComment(_ line: String) -> String {
    String((line.firstIndex(of: "#").map { line[..<$0] } ?? line[...]).trimmed)
  }

  /// Splits `name = value`; the operation is the character before `=`, if there is one.
  private static func assignment(_ line: String) -> (name: String, value: String, operation: Character?)? {
    var text = line[...]
    if text.hasPrefix("export ") { text = text.dropFirst(7).trimmed }
    guard let equals = text.firstIndex(of: "=") else { return nil }
    var name = text[..<equals]
    let operation = name.last.flatMap { "?:+!".contains($0) ? $0 : nil }
    while let last = name.last, "?:+!".contains(last) { name.removeLast() }
    name = name.trimmed
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "_-.".contains($0) }) else { return nil }
    return (String(name), String(text[text.index(after: equals)...].trimmed), operation)
  }

  /// Fills variables in; what make would compute (`$(shell …)`) or what is not set stays as it is written.
  fileprivate static func expand(_ text: String, _ variables: [String: String], depth: Int = 0) -> String {
    var result = ""
    var index = text.startIndex
    while index < text.endIndex {
      guard text[index] == "$", let next = text.index(index, offsetBy: 1, limitedBy: text.endIndex),
        next < text.endIndex
      else {
        result.append(text[index])
        index = text.index(after: index)
        continue
      }
      if text[next] == "$" {
        result.append("$")
        index = text.index(after: next)
      } else if text[next] == "(" || text[next] == "{" {
        let close: Character = text[next] == "(" ? ")" : "}"
        var level = 0
        var end = next
        while end < text.endIndex {
          if text[end] == text[next] { level += 1 }
          if text[end] == close { level -= 1 }
          if level == 0 { break }
          end = text.index(after: end)
        }
        guard end < text.endIndex else { return result + text[index...] }
        let name = String(text[text.index(after: next)..<end])
        if let value = variables[name], depth < 10 {
          result += expand(value, variables, depth: depth + 1)
        } else {
          // Left as it is written, so that a shell parser sees an expansion it does not know.
          result += text[index...end]
        }
        index = text.index(after: end)
      } else {
        result += text[index...next]
        index = text.index(after: next)
      }
    }
    return result
  }
}

extension Makefile.Rule {
  fileprivate mutating func add(recipe line: String, variables: [String: String]) {
    var text = line[...].trimmed
    while let first = text.first, "@-+".contains(first) { text = text.dropFirst().trimmed }
    if text.isEmpty || text.hasPrefix("#") { return }
    recipe.append(Makefile.expand(String(text), variables))
  }
}
