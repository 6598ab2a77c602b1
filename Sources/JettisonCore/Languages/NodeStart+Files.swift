import ContextFiles
import Projects

/// What starts with a Node image although no command line shows it.
extension NodeStart {
  // MARK: Options in the environment

  /// The modules that `NODE_OPTIONS` loads before the program.
  var preloaded: [String] {
    let values =
      [situation.trace.end.environment["NODE_OPTIONS"]] + situation.roots.environments.map { $0["NODE_OPTIONS"] }
    let lines = situation.roots.text.split(whereSeparator: \.isNewline).filter { $0.contains("NODE_OPTIONS=") }
    return (values.compactMap { $0 } + lines.map(String.init)).flatMap(Self.preloads)
  }

  private static func preloads(in text: String) -> [String] {
    let words = text.split { " \t\"'=".contains($0) }.map(String.init)
    return zip(words, words.dropFirst()).compactMap { option, value in
      ["-r", "--require", "--import", "--loader", "--experimental-loader"].contains(option) ? value : nil
    }
  }

  /// Whether a module that is loaded before the program compiles what is loaded after it.
  static func registersCompiler(_ module: String) -> Bool {
    [
      "ts-node", "tsx", "@babel/register", "babel-register", "esbuild-register", "@swc-node", "@swc/register",
      "sucrase", "tsm", "esm-loader",
    ].contains { module == $0 || module.hasPrefix($0 + "/") }
  }

  // MARK: Process managers

  /// The files in which process managers read what to start, with the scripts of the manifest that they name.
  var processFiles: [(path: String, text: String)] {
    var paths: [String] = []
    for command in commands {
      guard let program = command.words.first ?? nil else { continue }
      switch ContextPath.lastComponent(program) {
      case "pm2", "pm2-runtime", "pm2-docker", "forever":
        paths += command.words.dropFirst().compactMap { $0 }.filter(Self.isProcessFile).compactMap { word in
          situation.trace.map.contextPath(of: ContextPath.join(command.directory, word), in: situation.listing)
        }
      case "supervisord":
        paths += situation.listing.files.map(\.path).filter { path in
          [".conf", ".ini"].contains { path.hasSuffix($0) } && !situation.trace.map.imagePaths(of: path).isEmpty
            && situation.reader.text(of: path)?.contains("[program:") == true
        }
      default: break
      }
    }
    let scripts = situation.copiedFiles(named: "package.json").compactMap {
      try? NodePackage.parse($0.text, file: $0.path).get().scripts
    }
    return paths.compactMap { path in
      guard let text = situation.reader.text(of: path) else { return nil }
      let words = Set(Self.words(of: text))
      let called = scripts.flatMap { $0.filter { words.contains($0.key) }.values }
      return (path, ([text] + called).joined(separator: "\n"))
    }
  }

  private static func isProcessFile(_ word: String) -> Bool {
    if [".json", ".yml", ".yaml"].contains(where: { word.hasSuffix($0) }) { return true }
    let name = ContextPath.lastComponent(word)
    return ["ecosystem", "config", "pm2", "process"].contains { name.contains($0) } && NodeSource.isName(name)
  }

  /// The words of a process manager's file.
  static func words(of text: String) -> [String] {
    text.split { !($0.isLetter || $0.isNumber || "._-/@:".contains($0)) }.map(String.init)
  }

  // MARK: TypeScript at the start

  /// Why the program needs a compiler when it starts, where a file or a wrapper says so.
  var compiledAtStart: Refusal? {
    if let module = preloaded.first(where: Self.registersCompiler) {
      return Refusal(.startNeedsToolchain, "NODE_OPTIONS loads '\(module)', which compiles the sources first")
    }
    let compilers: Set<String> = [
      "ts-node", "ts-node-esm", "ts-node-script", "ts-node-dev", "tsnd", "tsx", "tsm", "tsimp", "babel-node",
      "swc-node", "esno", "vite-node", "nodemon",
    ]
    for file in processFiles {
      if let word = Self.words(of: file.text).first(where: { word in
        compilers.contains(ContextPath.lastComponent(word)) || Self.registersCompiler(word) || Self.isTypeScript(word)
      }) {
        return Refusal(.startNeedsToolchain, "'\(file.path)' starts '\(word)', which is compiled first")
      }
    }
    for command in commands where command.origin != .healthcheck {
      guard let program = command.words.first ?? nil else { continue }
      let name = ContextPath.lastComponent(program)
      let arguments = command.words.dropFirst().compactMap { $0 }
      let reads = ["knex", "typeorm", "mikro-orm"].contains(name) && arguments.contains(where: Self.isTypeScript)
      let isDefault =
        name == "knex" && !arguments.contains { $0.hasPrefix("--knexfile") }
        && finds("knexfile.ts", command) && !finds("knexfile.js", command)
      if name.hasPrefix("typeorm-ts-node") || reads || isDefault {
        return Refusal(
          .startNeedsToolchain, "\(command.starter) starts '\(name)', which compiles its configuration first")
      }
    }
    return nil
  }

  private func finds(_ name: String, _ command: Roots.Command) -> Bool {
    situation.trace.map.contextPath(of: ContextPath.join(command.directory, name), in: situation.listing) != nil
  }

  private static func isTypeScript(_ word: String) -> Bool {
    [".ts", ".mts", ".cts"].contains { word.hasSuffix($0) } && !word.hasSuffix(".d.ts")
  }
}
