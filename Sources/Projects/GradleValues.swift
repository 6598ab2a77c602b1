/// What names stand for in a Gradle script: properties, extra properties and constants.
struct GradleValues: Hashable {
  typealias Known = [String: String]

  var known: Known = [:]

  /// The text that an expression gives: string literals, known names, and sums of them; nil when it is computed.
  func evaluate(_ expression: String) -> String? {
    var result = ""
    for part in Self.summands(expression) {
      guard let text = value(of: part) else { return nil }
      result += text
    }
    return result
  }

  private func value(of part: String) -> String? {
    if let quote = part.first, quote == "\"" || quote == "'", part.last == quote, part.count > 1 {
      let length = part.hasPrefix("\"\"\"") && part.count > 5 ? 3 : 1
      let inside = String(part.dropFirst(length).dropLast(length))
      if quote == "'" { return inside.contains("'") ? nil : inside }
      return inside.contains("\"") ? nil : interpolated(inside)
    }
    if !part.isEmpty, part.allSatisfy({ $0.isNumber || $0 == "." }) { return part }
    return lookUp(part)
  }

  private func lookUp(_ name: String) -> String? {
    var name = name
    for ending in [".toString()", ".get()", ".toString", "!!"] where name.hasSuffix(ending) {
      name = String(name.dropLast(ending.count))
    }
    for prefix in ["project.", "rootProject.", "this.", "ext.", "rootProject.ext.", "project.ext."]
    where name.hasPrefix(prefix) {
      if let value = known[String(name.dropFirst(prefix.count))], !name.hasSuffix(".name") { return value }
    }
    return known[name]
  }

  /// A string with `$name` and `${expression}` replaced.
  private func interpolated(_ text: String) -> String? {
    var result = ""
    var rest = text[...]
    while let mark = rest.firstIndex(of: "$") {
      result += rest[..<mark]
      rest = rest[rest.index(after: mark)...]
      let name: Substring
      if rest.first == "{" {
        guard let end = rest.firstIndex(of: "}") else { return nil }
        name = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
      } else {
        name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
        rest = rest[name.endIndex...]
      }
      guard let value = lookUp(String(name)) else { return nil }
      result += value
    }
    return result + rest
  }

  /// The parts of a sum, strings kept whole.
  private static func summands(_ text: String) -> [String] {
    var parts: [String] = [""]
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "+" {
        parts.append("")
        continue
      }
      parts[parts.count - 1].append(character)
    }
    return parts.map { part in
      let trimmed = part.drop { $0 == " " || $0 == "\t" }
      return String(trimmed.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
  }
}
