import ContextFiles

/// What a `go.mod` says.
///
/// Source of the format: https://go.dev/ref/mod#go-mod-file
public struct GoModule: Sendable, Hashable {
  /// The module's path.
  public var path: String
  /// The language version of the `go` line, such as `1.22`.
  public var goVersion: String?
  /// The versions by module path, direct and indirect.
  public var requirements: [String: String]
  /// The folders of `replace` lines that name a local path, relative to the module.
  public var localReplacements: [String]

  /// Reads a `go.mod`; the error names the line that cannot be read.
  public static func parse(_ text: String, file: String) -> Result<GoModule, ProjectProblemError> {
    var module = GoModule(path: "", goVersion: nil, requirements: [:], localReplacements: [])
    var block: String?
    for (index, rawLine) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      var line = rawLine[...]
      if let comment = line.range(of: "//") { line = line[..<comment.lowerBound] }
      var words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(Self.unquoted)
      guard !words.isEmpty else { continue }
      func problem(_ message: String) -> Result<GoModule, ProjectProblemError> {
        .failure(ProjectProblemError(ProjectProblem(file: file, line: index + 1, message: message)))
      }
      if block != nil, words == [")"] {
        block = nil
        continue
      }
      if block == nil, words.count == 2, words[1] == "(" {
        block = words[0]
        continue
      }
      if let block { words.insert(block, at: 0) }
      switch words[0] {
      case "module":
        guard words.count == 2 else { return problem("the module line needs exactly one path") }
        module.path = words[1]
      case "go":
        guard words.count == 2 else { return problem("the go line needs exactly one version") }
        module.goVersion = words[1]
      case "require":
        guard words.count >= 3 else { return problem("a require needs a module path and a version") }
        module.requirements[words[1]] = words[2]
      case "replace":
        guard let arrow = words.firstIndex(of: "=>"), arrow + 1 < words.count else {
          return problem("a replace needs '=>' and a target")
        }
        let target = words[arrow + 1]
        if target.hasPrefix("./") || target.hasPrefix("../") || target.hasPrefix("/") {
          module.localReplacements.append(target)
        }
      case "exclude", "retract", "toolchain", "godebug", "tool", "ignore": break
      default: return problem("unknown directive '\(words[0])'")
      }
    }
    guard !module.path.isEmpty else {
      return .failure(ProjectProblemError(ProjectProblem(file: file, line: 1, message: "no module line")))
    }
    return .success(module)
  }

  private static func unquoted(_ word: Substring) -> String {
    word.count >= 2 && word.first == word.last && (word.first == "\"" || word.first == "`")
      ? String(word.dropFirst().dropLast()) : String(word)
  }
}

extension Substring {
  /// The range of a text inside this one, without Foundation.
  func range(of needle: String) -> Range<Substring.Index>? {
    let bytes = Array(needle.utf8)
    var index = utf8.startIndex
    while index < utf8.endIndex {
      if utf8[index...].starts(with: bytes),
        let end = utf8.index(index, offsetBy: bytes.count, limitedBy: utf8.endIndex)
      {
        return index..<end
      }
      index = utf8.index(after: index)
    }
    return nil
  }
}
