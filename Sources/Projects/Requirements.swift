import ContextFiles

/// A requirements file with everything it includes.
///
/// Source of the format: https://pip.pypa.io/en/stable/reference/requirements-file-format/
public struct Requirements: Sendable, Hashable {
  /// The distributions.
  public var distributions: [PythonDistribution] = []
  /// The files read: the file itself and what `-r` and `-c` include, paths in the context.
  public var files: [String] = []
  /// Local projects it installs (`-e .`, `./lib`), paths in the context.
  public var localPaths: [String] = []
  /// Whether anything comes out of version control (`git+https://…`).
  public var usesVersionControl = false
  /// Files that are included and cannot be read.
  public var missing: [String] = []

  /// Reads a file and its includes.
  public init(reading file: String, from reader: ContextReader) {
    var pending = [file]
    while let next = pending.popLast() {
      guard !files.contains(next) else { continue }
      guard let text = reader.text(of: next) else {
        missing.append(next)
        continue
      }
      files.append(next)
      for line in Self.logicalLines(text) { read(line, in: next, pending: &pending) }
    }
  }

  private mutating func read(_ line: String, in file: String, pending: inout [String]) {
    let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let first = words.first else { return }
    let folder = ContextPath.parent(file)
    func argument(_ long: String, _ short: String) -> String? {
      if first == long || first == short { return words.dropFirst().first }
      if first.hasPrefix(long + "=") { return String(first.dropFirst(long.count + 1)) }
      if first.hasPrefix(short), !first.hasPrefix("--"), first.count > short.count {
        return String(first.dropFirst(short.count))
      }
      return nil
    }
    if let path = argument("--requirement", "-r") {
      pending.append(ContextPath.join(folder, path))
    } else if let path = argument("--constraint", "-c") {
      // A constraint pins what others ask for, and asks for nothing.
      let constraint = ContextPath.join(folder, path)
      if !files.contains(constraint) { files.append(constraint) }
    } else if let target = argument("--editable", "-e") {
      add(target: target, folder: folder)
    } else if !first.hasPrefix("-") {
      if let distribution = PythonDistribution(parsing: line.strippingPerRequirementOptions) {
        distributions.append(distribution)
        if distribution.specifier.contains("git+") { usesVersionControl = true }
      } else {
        add(target: first, folder: folder)
      }
    }
  }

  private mutating func add(target: String, folder: String) {
    if target.contains("://") {
      let scheme = target[...].range(of: "://").map { target[..<$0.lowerBound] } ?? ""
      if scheme.contains("+") || scheme == "git" { usesVersionControl = true }
      let fragment = target.firstIndex(of: "#").map { target[target.index(after: $0)...] } ?? ""
      for part in fragment.split(separator: "&") where part.hasPrefix("egg=") {
        if let distribution = PythonDistribution(parsing: String(part.dropFirst(4))) {
          distributions.append(distribution)
        }
      }
    } else {
      localPaths.append(ContextPath.join(folder, target.split(separator: "[").first.map(String.init) ?? target))
    }
  }

  /// Lines with `\` continuations joined and comments cut.
  private static func logicalLines(_ text: String) -> [String] {
    var lines: [String] = []
    var current = ""
    let text = text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
    for rawLine in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      var line = rawLine
      if let hash = line.firstIndex(of: "#"),
        hash == line.startIndex || line[line.index(before: hash)].isWhitespace
      {
        line = line[..<hash]
      }
      line = line.trimmed
      if line.last == "\\" {
        current += line.dropLast() + " "
      } else {
        lines.append(current + line)
        current = ""
      }
    }
    return (lines + [current]).filter { !$0.isEmpty }
  }
}

extension String {
  /// The requirement without ` --hash=…` and its like.
  fileprivate var strippingPerRequirementOptions: String {
    self[...].range(of: " --").map { String(self[..<$0.lowerBound]) } ?? self
  }
}
