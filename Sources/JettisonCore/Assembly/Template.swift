import DockerfileSyntax
import Templates

/// A whole Dockerfile with `{{holes}}`.
///
/// A hole in a line is a word; a hole alone on a line is replaced by instructions; an instruction with an empty hole
/// disappears.
public struct Template: Sendable {
  /// The name: `go/scratch`.
  public let name: String
  /// Where it comes from: `built in`, or a file's path.
  public let origin: String
  /// The text.
  public let text: String
  /// The `# key: value` comments at the top.
  public let metadata: [String: String]
  /// The lines behind them.
  public let body: Dockerfile

  /// Reads a template.
  ///
  /// - Throws: ``TemplateError`` with the place of the fault.
  public init(name: String, origin: String, text: String) throws(TemplateError) {
    self.name = name
    self.origin = origin
    self.text = text
    let file = Dockerfile(parsing: text)
    var metadata: [String: String] = [:]
    var rest = file.items[...]
    while case .comment(let line)? = rest.first {
      let comment = line.comment.dropFirst().drop { $0 == " " }
      guard let colon = comment.firstIndex(of: ":") else { break }
      metadata[String(comment[..<colon])] = String(comment[comment.index(after: colon)...].drop { $0 == " " })
      rest = rest.dropFirst()
    }
    self.metadata = metadata
    body = Dockerfile(items: Array(rest))
    try check(file)
  }

  private func check(_ file: Dockerfile) throws(TemplateError) {
    var line = 1
    var hasAuthor = false
    var stages = 0
    for item in file.items {
      let text = item.text
      switch item {
      case .unknown(let instruction):
        let word = instruction.text.trimmingLine
        guard let hole = Self.loneHole(word) else {
          throw TemplateError(origin: origin, line: line, message: "'\(word)' is neither an instruction nor a hole")
        }
        guard Self.blockHoles.contains(hole) else {
          throw TemplateError(
            origin: origin, line: line,
            message: "no hole '{{\(hole)}}' can stand alone on a line; there are: {{author}}, {{final}}")
        }
        if hole == "author" { hasAuthor = true }
      case .instruction(let instruction):
        if instruction.keyword == .from { stages += 1 }
        for hole in Self.holes(in: text) where !Self.wordHoles.contains(hole) {
          throw TemplateError(
            origin: origin, line: line,
            message:
              "unknown hole '{{\(hole)}}'; there are: \(Self.wordHoles.sorted().map { "{{\($0)}}" }.joined(separator: ", "))"
          )
        }
      default: break
      }
      line += text.utf8.filter { $0 == 0x0A }.count
    }
    guard hasAuthor else {
      throw TemplateError(origin: origin, line: 1, message: "the template has no {{author}} line")
    }
    guard stages > 0 else {
      throw TemplateError(origin: origin, line: 1, message: "the template has no FROM for the final stage")
    }
  }

  static let blockHoles: Set<String> = ["author", "final"]
  static let wordHoles: Set<String> = [
    "builder", "runtime", "folders", "packages", "certificates", "zoneinfo", "tmp", "path", "userbase",
  ]

  static func loneHole(_ line: String) -> String? {
    guard line.hasPrefix("{{"), line.hasSuffix("}}") else { return nil }
    return String(line.dropFirst(2).dropLast(2))
  }

  /// The names of the holes in a text, in order.
  static func holes(in text: String) -> [String] {
    var names: [String] = []
    var rest = text[...]
    while let open = rest.range(of: "{{"), let close = rest[open.upperBound...].range(of: "}}") {
      names.append(String(rest[open.upperBound..<close.lowerBound]))
      rest = rest[close.upperBound...]
    }
    return names
  }

  /// The built-in template of a name; nil when there is none.
  public static func builtin(_ name: String) -> Template? {
    BuiltinFiles.all["languages/\(name).Dockerfile"].flatMap { try? Template(name: name, origin: "built in", text: $0) }
  }

  /// The names of all built-in templates.
  public static var builtinNames: [String] {
    BuiltinFiles.all.keys.filter { $0.hasPrefix("languages/") }.map { String($0.dropFirst(10).dropLast(11)) }.sorted()
  }
}

/// A fault in a template.
public struct TemplateError: Error, Sendable, Hashable {
  /// The file.
  public var origin: String
  /// The line, counted from 1.
  public var line: Int
  /// What is wrong.
  public var message: String
}

/// The templates in force: built in, and overridden file by file.
public struct TemplateSet: Sendable {
  private var overrides: [String: Template]

  /// The built-in templates.
  public init() { overrides = [:] }

  /// Puts a template in place of the built-in one of its name.
  public mutating func override(with template: Template) { overrides[template.name] = template }

  /// The template of a name.
  public func template(_ name: String) -> Template? { overrides[name] ?? Template.builtin(name) }

  /// All names.
  public var names: [String] { Set(Template.builtinNames + overrides.keys).sorted() }
}

extension String {
  var trimmingLine: String {
    var text = self[...]
    while let last = text.last, last.isWhitespace { text.removeLast() }
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    return String(text)
  }

  func replacing(_ needle: String, with replacement: String) -> String {
    var result = ""
    var rest = self[...]
    while let range = rest.range(of: needle) {
      result += rest[..<range.lowerBound] + replacement
      rest = rest[range.upperBound...]
    }
    return result + rest
  }
}
