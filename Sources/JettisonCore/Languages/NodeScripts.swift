import ContextFiles
import Projects

/// What commands of Node's package managers and wrappers stand for when they start a program.
enum NodeScripts {
  /// The meaning of a start command; nil for one that is itself the program.
  ///
  /// - Parameters:
  ///   - words: the command, nil where a word is not known.
  ///   - folder: where it runs.
  ///   - text: the text of a context file by its path in the image.
  static func meaning(of words: [String?], in folder: String, text: (String) -> String?) -> Meaning? {
    guard let first = words.first ?? nil else { return nil }
    let rest = Array(words.dropFirst())
    switch ContextPath.lastComponent(first) {
    case "npm": return npm(rest, folder, text)
    case "yarn", "yarnpkg", "pnpm", "bun": return runner(ContextPath.lastComponent(first), rest, folder, text)
    case "docker-entrypoint.sh":
      // The base image's own, which runs its arguments.
      return rest.isEmpty || text("/usr/local/bin/docker-entrypoint.sh") != nil ? nil : .command(rest)
    case "npx", "pnpx", "bunx":
      return .command(dropOptions(rest, valued: ["-p", "--package", "-c", "--call"]))
    case "cross-env", "cross-env-shell":
      return .command(Array(rest.drop { $0?.contains("=") == true || $0?.hasPrefix("-") == true }))
    case "dotenv", "dotenvx", "env-cmd":
      if let mark = rest.firstIndex(of: "--") { return .command(Array(rest[(mark + 1)...])) }
      let plain = dropOptions(rest, valued: ["-e", "-f", "--file", "-p", "-v", "-c"])
      return .command(plain.first == "run" ? Array(plain.dropFirst()) : plain)
    case "npm-run-all", "run-s", "run-p":
      return .lines(rest.compactMap { $0 }.filter { !$0.hasPrefix("-") }.map { "npm run \($0)" }, folder: folder)
    case "concurrently":
      let lines = dropOptions(rest, valued: ["-n", "--names", "-c", "--prefix-colors", "-p", "--prefix", "-i"])
        .compactMap { $0 }
      return .lines(lines.map { $0.hasPrefix("npm:") ? "npm run \($0.dropFirst(4))" : $0 }, folder: folder)
    default: return nil
    }
  }

  private static func dropOptions(_ words: [String?], valued: Set<String>) -> [String?] {
    var rest = words[...]
    while let word = rest.first ?? nil, word.hasPrefix("-") {
      rest.removeFirst()
      if word == "--" { break }
      if valued.contains(word), !rest.isEmpty { rest.removeFirst() }
    }
    return Array(rest)
  }

  /// The options in front of a verb, of which some name the project's folder.
  private static func place(_ words: [String?], _ folder: String) -> (words: [String?], folder: String) {
    var rest: [String?] = []
    var place = folder
    var index = 0
    while index < words.count {
      guard let word = words[index] else {
        rest.append(nil)
        index += 1
        continue
      }
      index += 1
      if ["--prefix", "--cwd", "-C", "--dir"].contains(word), index < words.count {
        if let value = words[index] { place = ContextPath.join(folder, value) }
        index += 1
      } else if let mark = word.firstIndex(of: "="), ["--prefix", "--cwd", "--dir"].contains(String(word[..<mark])) {
        place = ContextPath.join(folder, String(word[word.index(after: mark)...]))
      } else if word.hasPrefix("-"), rest.isEmpty {
        if ["--filter", "-F", "--workspace", "-w", "--loglevel"].contains(word) { index += 1 }
      } else {
        rest.append(word)
      }
    }
    return (rest, place)
  }

  private static func package(_ folder: String, _ text: (String) -> String?) -> NodePackage? {
    let path = ContextPath.join(folder, "package.json")
    return text(path).flatMap { try? NodePackage.parse($0, file: path).get() }
  }

  private static func npm(_ words: [String?], _ folder: String, _ text: (String) -> String?) -> Meaning? {
    let (rest, folder) = place(words, folder)
    guard let verb = rest.first ?? nil else { return nil }
    var script: String?
    switch verb {
    case "start", "restart", "test": script = verb
    case "run", "run-script": script = rest.dropFirst().first ?? nil
    case "exec", "x": return .command(dropOptions(Array(rest.dropFirst()), valued: ["-p", "--package"]))
    default: return nil
    }
    guard let script, let package = package(folder, text) else { return nil }
    if script == "start", package.scripts["start"] == nil { return .lines(["node server.js"], folder: folder) }
    return package.commands(of: script).map { .lines($0, folder: folder) }
  }

  private static func runner(
    _ name: String, _ words: [String?], _ folder: String, _ text: (String) -> String?
  ) -> Meaning? {
    let (rest, folder) = place(words, folder)
    guard let verb = rest.first ?? nil else { return nil }
    let isRun = verb == "run" || verb == "run-script"
    guard let script = isRun ? rest.dropFirst().first ?? nil : verb else { return nil }
    if !isRun, verb == "exec" || verb == "node" || verb == "x" || verb == "dlx" {
      let words = dropOptions(Array(rest.dropFirst()), valued: [])
      return .command(verb == "node" ? ["node"] + words : words)
    }
    if let package = package(folder, text) {
      // Newer versions of Yarn, and pnpm unless told, run no pre and post hooks of a project's own scripts.
      if let lines = package.commands(of: script) { return .lines(lines, folder: folder) }
      if script == "start", name == "yarn" || name == "pnpm" { return .lines(["node server.js"], folder: folder) }
    }
    // A command of a package; for Bun a file.
    if name == "bun" || ["install", "add", "global"].contains(verb) { return nil }
    return .command(Array(rest.dropFirst(isRun ? 1 : 0)))
  }
}
