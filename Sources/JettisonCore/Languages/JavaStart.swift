import ContextFiles

/// What the start commands hand to `java`: archives, class paths, agents.
struct JavaStart {
  /// The class paths: archives and class folders, absolute; wildcards as written.
  ///
  /// An archive behind `-jar` stands alone.
  var paths: [[String]] = []
  /// The agents, absolute.
  var agents: [String] = []
  /// Whether a start names its archive only when it runs.
  var isHidden = false
  /// A source file that `java` compiles when it starts.
  var source: String?
  /// The commands that start `java` at all.
  var count = 0

  private static let classPaths: Set<String> = ["-cp", "-classpath", "--class-path", "-p", "--module-path"]
  private static let valued: Set<String> = [
    "-m", "--module", "--add-modules", "--add-opens", "--add-exports", "--add-reads", "--limit-modules",
    "--upgrade-module-path", "--patch-module", "--source", "--enable-native-access",
  ]

  init(_ situation: Situation) {
    for command in situation.roots.commands {
      guard let program = command.words.first ?? nil, ContextPath.lastComponent(program) == "java" else { continue }
      count += 1
      read(Array(command.words.dropFirst()), situation)
    }
    let values =
      situation.trace.end.ownVariables.compactMap { situation.trace.end.environment[$0] } + situation.roots.values
    let words =
      situation.roots.commands.flatMap { $0.words.compactMap { $0 } }
      + values.flatMap { $0.split(separator: " ").map(String.init) }
    for word in words where word.hasPrefix("-javaagent:") {
      let path = String(word.dropFirst("-javaagent:".count).prefix { $0 != "=" })
      agents.append(ContextPath.join(situation.trace.end.directory, path))
    }
  }

  private mutating func read(_ words: [String?], _ situation: Situation) {
    let directory = situation.trace.end.directory
    var index = 0
    var hasPath = false
    var wantsArchive = false
    let known = paths.count
    func absolute(_ path: String) -> String { ContextPath.join(directory, path) }
    while index < words.count {
      defer { index += 1 }
      guard let word = words[index] else {
        // A variable with options, as `$JAVA_OPTS`, or the archive itself.
        if wantsArchive, index == words.count - 1 { isHidden = true }
        continue
      }
      let value = index + 1 < words.count ? words[index + 1] : nil
      if word == "-jar" {
        wantsArchive = true
        continue
      }
      if Self.classPaths.contains(word) {
        if let value { paths.append(Self.entries(value).map(absolute)) } else { isHidden = true }
        hasPath = true
        index += 1
      } else if let mark = word.firstIndex(of: "="), Self.classPaths.contains(String(word[..<mark])) {
        paths.append(Self.entries(String(word[word.index(after: mark)...])).map(absolute))
        hasPath = true
      } else if Self.valued.contains(word) {
        index += 1
        if word == "-m" || word == "--module" { return }
      } else if word.hasPrefix("@") {
        isHidden = true
      } else if !word.hasPrefix("-") {
        if wantsArchive {
          // Behind an archive no other class path counts.
          paths.removeLast(paths.count - known)
          paths.append([absolute(word)])
        } else if word.hasSuffix(".java") {
          source = word
        } else if !hasPath {
          let path = situation.trace.end.environment["CLASSPATH"] ?? "."
          paths.append(Self.entries(path).map(absolute))
        }
        return
      }
    }
  }

  /// The entries of a class path; an empty one is the working directory.
  private static func entries(_ text: String) -> [String] {
    text.split(separator: ":", omittingEmptySubsequences: false).map { $0.isEmpty ? "." : String($0) }
  }
}
