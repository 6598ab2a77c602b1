import ContextFiles
import ShellSyntax

/// Finds the image builds of a shell script: `docker build`, `docker buildx build`, `podman build`, `buildah bud`, and
/// kaniko's executor.
struct BuildCommand {
  /// A build, its paths told from the repository's root.
  struct Build: Hashable {
    var context: String
    var dockerfile: String
    var target: String?
    var arguments: [String: String] = [:]
  }

  /// What stands for the repository's root while words are filled in, since a script may name it absolutely.
  static let root = "/\u{1}"

  /// The folder in which the script starts, told from the root.
  var directory: String
  /// What variables hold; those of the root hold ``root``.
  var variables: [String: String]

  /// The builds of a script whose context and Dockerfile can be told.
  func builds(in script: String) -> [Build] {
    var folders: [[Int]: String?] = [[]: ContextPath.join(Self.root, directory)]
    var known = variables
    var result: [Build] = []
    for placed in ShellScript(parsing: script).commands {
      guard let command = placed.command else { continue }
      let place = placed.circumstances.subshells
      let folder =
        folders[place] ?? (place.indices.reversed().lazy.compactMap { folders[Array(place[..<$0])] }.first ?? nil)
      func text(_ word: ShellWord) -> String? { expanded(word, known, folder) }
      if command.words.isEmpty {
        for assignment in command.assignments { known[assignment.name] = text(assignment.value) }
        continue
      }
      if command.name == "cd" || command.name == "pushd" {
        let target = command.words.count > 1 ? text(command.words[1]) : nil
        folders[place] = .some(folder.flatMap { folder in target.map { ContextPath.join(folder, $0) } })
        continue
      }
      if command.name == "popd" { folders[place] = .some(ContextPath.join(Self.root, directory)) }
      guard let folder, let arguments = Self.arguments(of: command) else { continue }
      if let build = build(arguments.words, isKaniko: arguments.isKaniko, folder: folder, text: text) {
        result.append(build)
      }
    }
    return result
  }

  private func expanded(_ word: ShellWord, _ known: [String: String], _ folder: String?) -> String? {
    var text = ""
    for part in word.parts {
      switch part {
      case .literal(let piece), .pattern(let piece): text += piece
      case .variable("PWD"):
        guard let folder else { return nil }
        text += folder
      case .variable(let name):
        guard let value = known[name] else { return nil }
        text += value
      case .opaque(let piece):
        guard let folder, ["$(pwd)", "`pwd`"].contains(piece) else { return nil }
        text += folder
      }
    }
    return text
  }

  /// The words behind the command that builds; nil for any other command.
  private static func arguments(of command: ShellCommand) -> (words: ArraySlice<ShellWord>, isKaniko: Bool)? {
    var words = command.words[...]
    if words.first?.literal == "sudo" { words.removeFirst() }
    guard let program = words.popFirst()?.literal.map(ContextPath.lastComponent) else { return nil }
    if program == "executor" { return (words, true) }
    guard ["docker", "podman", "nerdctl", "buildah", "img"].contains(program) else { return nil }
    if ["buildx", "image", "builder"].contains(words.first?.literal) { words.removeFirst() }
    guard let verb = words.popFirst()?.literal, ["build", "bud", "b"].contains(verb) else { return nil }
    return (words, false)
  }

  private func build(
    _ words: ArraySlice<ShellWord>, isKaniko: Bool, folder: String, text: (ShellWord) -> String?
  ) -> Build? {
    var context: String? = isKaniko ? "." : nil
    var file: String?
    var target: String?
    var arguments: [String: String] = [:]
    var rest = words
    while let word = rest.popFirst() {
      guard let name = Self.flag(word) else {
        context = text(word)
        if context == nil { return nil }
        continue
      }
      if Self.switches.contains(name.flag) { continue }
      let value: String?
      if name.hasValue {
        value = text(word).flatMap { text in text.firstIndex(of: "=").map { String(text[text.index(after: $0)...]) } }
      } else {
        guard let next = rest.popFirst() else { return nil }
        value = text(next)
      }
      switch name.flag {
      case "-f", "--file", "--dockerfile":
        guard let value else { return nil }
        file = value
      case "-c" where isKaniko, "--context" where isKaniko:
        guard let value else { return nil }
        context = value.hasPrefix("dir://") ? String(value.dropFirst(6)) : value
      case "--context-sub-path": return nil
      case "--target": target = value
      case "--build-arg":
        guard let pair = value?.split(separator: "=", maxSplits: 1), pair.count == 2 else { continue }
        arguments[String(pair[0])] = String(pair[1])
      default: break
      }
    }
    guard let context, !ImageBuild.isRemote(context), file != "-" else { return nil }
    guard let inside = Self.inside(ContextPath.join(folder, context)),
      let dockerfile = Self.inside(ContextPath.join(folder, file ?? ContextPath.join(context, "Dockerfile")))
    else { return nil }
    return Build(context: inside, dockerfile: dockerfile, target: target, arguments: arguments)
  }

  private static func inside(_ path: String) -> String? { ContextPath.relative(path, to: root) }

  /// The flag of a word, and whether its value stands in the same word.
  private static func flag(_ word: ShellWord) -> (flag: String, hasValue: Bool)? {
    guard case .literal(let start)? = word.parts.first, start.hasPrefix("-"), start.count > 1 else { return nil }
    guard let mark = start.firstIndex(of: "=") else { return (start, false) }
    return (String(start[..<mark]), true)
  }

  /// The flags without a value.
  private static let switches: Set<String> = [
    "--no-cache", "--pull", "--rm", "--force-rm", "--squash", "-q", "--quiet", "--compress", "--push", "--load", "-D",
    "--debug", "--check", "--layers", "--no-push", "--cleanup", "--single-snapshot", "--reproducible", "--insecure",
    "--skip-tls-verify", "--use-new-run", "--skip-unused-stages", "--cache", "--force", "--pull-always", "--stdin",
  ]
}
