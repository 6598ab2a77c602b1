/// A `.dockerignore` as Docker reads it and as its walk of the context applies it.
///
/// Lines are trimmed, `#` in column 0 makes a comment, `!` brings back, the last match wins, and a pattern that matches a
/// folder matches what is below it.
///
///     let file = IgnoreFile(parsing: "docs\n!docs/keep\n")
///     file.hides("docs/a.md")        // true
///     file.hides("docs/keep/b.md")   // false
public struct IgnoreFile: Sendable, Hashable {
  /// A line for which Docker refuses the whole file.
  public struct Problem: Sendable, Hashable {
    /// The line, counted from 1.
    public var line: Int
    /// What is wrong with it, and what to do.
    public var message: String
  }

  /// The patterns in order.
  public let patterns: [IgnorePattern]
  /// The first line Docker refuses.
  public let problem: Problem?
  /// The folders the exceptions name; Docker looks at no more to skip a folder.
  private let exceptions: [String]
  /// Whether an exception has wildcards that could reach anywhere.
  private let hasWildException: Bool

  /// Reads an ignore file's text.
  public init(parsing text: String) {
    self.init(parsing: Array(text.utf8))
  }

  /// Reads an ignore file's bytes.
  public init(parsing bytes: [UInt8]) {
    var patterns: [IgnorePattern] = []
    var problem: Problem?
    var capacity = 1_000_000 + 8 * bytes.count
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, var line) in lines.enumerated() {
      func refuse(_ message: String) { if problem == nil { problem = Problem(line: index + 1, message: message) } }
      guard line.count <= Self.lineLimit else {
        refuse("Docker reads no line of more than \(Self.lineLimit) bytes; shorten it")
        continue
      }
      if index == 0, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
      if line.first == UInt8(ascii: "#") { continue }
      switch IgnorePattern.read(String(decoding: line, as: UTF8.self)) {
      case .success(let pattern?):
        // Only repetitions can hold more than their line.
        capacity -= pattern.size
        if capacity < 0 {
          refuse("the repetitions so far need too much memory; write '{' as '\\{'")
        } else {
          patterns.append(pattern)
        }
      case .success(nil): break
      case .failure(.loneExclamationMark): refuse("a '!' needs a pattern behind it")
      case .failure(.badGlob):
        let text = IgnorePattern.trimmed(String(decoding: line.prefix(60), as: UTF8.self))
        refuse("'\(text)' is no pattern for Docker; check its '[', ']' and '\\'")
      }
    }
    self.init(patterns: patterns, problem: problem)
  }

  private init(patterns: [IgnorePattern], problem: Problem?) {
    self.patterns = patterns
    self.problem = problem
    exceptions = patterns.filter(\.isException).map { pattern in
      var start = pattern.text
      for ending in ["/**", "/*"] where start.utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8) {
        start.unicodeScalars.removeLast(ending.utf8.count)
      }
      return start + "/"
    }
    hasWildException = exceptions.contains { $0.utf8.contains { "*[]?^\\".utf8.contains($0) } }
  }

  /// The longest line Docker's reader takes.
  static let lineLimit = 65_535

  /// The file with more patterns at its end, which therefore decide last.
  public func appending(_ added: [IgnorePattern]) -> IgnoreFile {
    IgnoreFile(patterns: patterns + added, problem: problem)
  }

  // MARK: Matching

  /// What an ignore file says of a path, and what it hands on to the paths below.
  public struct Verdict: Sendable, Hashable {
    /// Whether the builder does not see the path.
    public let isHidden: Bool
    /// Whether Docker looks below the path, if it is a folder: a hidden one can hold what an exception brings back.
    public let isEntered: Bool
    fileprivate let matched: [Bool]
  }

  /// Judges a path as Docker's walk does, which comes from the root and asks each folder before what is below it.
  ///
  /// - Parameters:
  ///   - path: the cleaned path.
  ///   - parent: the verdict on the folder that holds it; nil at the root.
  public func verdict(on path: String, below parent: Verdict? = nil) -> Verdict {
    let scalars = path.unicodeScalars.map(\.value)
    return verdict(on: scalars[...], below: parent)
  }

  private func verdict(on path: ArraySlice<UInt32>, below parent: Verdict?) -> Verdict {
    var matched = parent?.matched ?? Array(repeating: false, count: patterns.count)
    var isHidden = false
    for (index, pattern) in patterns.enumerated() {
      if !matched[index] {
        // Docker does not try a pattern that could change nothing here, and what is below does not inherit what was not
        // tried: `**/*.md` and `!docs` hide `docs/a.md`, since nothing hid `docs` when its turn came.
        guard pattern.isException == isHidden, pattern.matches(path) else { continue }
        matched[index] = true
      }
      isHidden = !pattern.isException
    }
    return Verdict(isHidden: isHidden, isEntered: !isHidden || looks(below: path), matched: matched)
  }

  private func looks(below directory: ArraySlice<UInt32>) -> Bool {
    let prefix = directory + [0x2F]
    return hasWildException || exceptions.contains { $0.unicodeScalars.lazy.map(\.value).starts(with: prefix) }
  }

  /// Whether the builder does not see a path of the context; the root itself is never hidden.
  public func hides(_ path: String) -> Bool {
    let cleaned = ContextPath.clean(path)
    if cleaned == "." { return false }
    let scalars = cleaned.unicodeScalars.map(\.value)
    var parent: Verdict?
    for index in scalars.indices where scalars[index] == "/" {
      parent = verdict(on: scalars[..<index], below: parent)
      if parent?.isEntered == false { return true }
    }
    return verdict(on: scalars[...], below: parent).isHidden
  }

  // MARK: Which file

  /// The ignore file of a Dockerfile: the one of its own name if there is one, else `.dockerignore` at the root.
  ///
  /// - Parameters:
  ///   - dockerfile: the Dockerfile's path in the context.
  ///   - reader: the context.
  public static func path(for dockerfile: String, in reader: ContextReader) -> String {
    let own = dockerfile + ".dockerignore"
    switch reader.entry(at: own)?.kind {
    case .file, .link: return own
    case .directory, nil: return ".dockerignore"
    }
  }
}
