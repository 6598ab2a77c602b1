import ContextFiles
import Projects

/// The sources that run in a Node image, as far as the start command and imports lead to them, with what they name.
struct NodeReach {
  /// The source files, as paths of the context.
  var files: Set<String> = []
  /// The packages they import.
  var packages: Set<String> = []
  /// Their string literals.
  var literals: Set<String> = []
  /// Relative imports that leave the source's own top-level folder, as paths of the context.
  var crossings: Set<String> = []
  /// The programs they start.
  var started: Set<String> = []

  /// Follows the imports of what starts; where it was built, or loads by computed names, all sources count but those of
  /// tests and tools.
  ///
  /// - Parameter tools: folders of packages that only development needs.
  init(_ situation: Situation, tools: [String] = []) {
    let sources = situation.listing.files.map(\.path).filter { path in
      Self.isSource(path) && !tools.contains { ContextPath.isWithin(path, $0) }
    }
    let entries = Self.entries(of: situation)
    var pending = entries
    var isPartial = !entries.isEmpty && entries.count == Self.scripts(of: situation).count
    var seen: Set<String> = []
    while let path = pending.popLast() {
      guard seen.insert(path).inserted else { continue }
      guard let source = read(path, situation) else { continue }
      if source.loadsComputed { isPartial = false }
      for module in source.imports where module.hasPrefix(".") {
        let target = ContextPath.clean(ContextPath.join(ContextPath.parent(path), module))
        if let found = Self.resolve(target, situation.listing) {
          pending.append(found)
        } else if situation.listing[target] == nil {
          // A built or generated file.
          isPartial = false
        }
      }
    }
    if !isPartial { for path in sources where seen.insert(path).inserted { _ = read(path, situation) } }
  }

  private mutating func read(_ path: String, _ situation: Situation) -> NodeSource? {
    files.insert(path)
    guard path.hasSuffix(".json") == false, case .success(let bytes) = situation.reader.contents(of: path),
      bytes.count < 2_000_000
    else { return nil }
    let source = NodeSource(parsing: bytes, mode: situation.trace.end.environment["NODE_ENV"])
    literals.formUnion(source.literals)
    packages.formUnion(source.imports.compactMap(NodeSource.package(of:)))
    let top = path.split(separator: "/").first.map(String.init)
    for module in source.imports where module.hasPrefix(".") {
      let target = ContextPath.clean(ContextPath.join(ContextPath.parent(path), module))
      if target.split(separator: "/").first.map(String.init) != top || !path.contains("/") { crossings.insert(target) }
    }
    let starters: Set<String> = [
      "child_process", "node:child_process", "execa", "shelljs", "cross-spawn", "zx", "bun", "simple-git",
      "promisify-child-process",
    ]
    if !source.imports.isDisjoint(with: starters) { started.formUnion(SystemCommands.started(by: source.literals)) }
    return source
  }

  // MARK: Where it starts

  /// The scripts that `node` and its like are started with, as paths of the image.
  static func scripts(of situation: Situation) -> [String] { scripts(of: NodeStart(situation).commands) }

  static func scripts(of commands: [Roots.Command]) -> [String] {
    commands.compactMap { command in
      guard let program = command.words.first ?? nil else { return nil }
      let name = ContextPath.lastComponent(program)
      var words = command.words.dropFirst().compactMap { $0 }[...]
      switch name {
      case "node", "nodejs":
        while let word = words.first, word.hasPrefix("-") {
          if ["-e", "--eval", "-p", "--print", "--version", "-v"].contains(word) { return nil }
          words.removeFirst()
          if ["-r", "--require", "--import", "--loader", "--experimental-loader", "--env-file"].contains(word) {
            words = words.dropFirst()
          }
        }
      case "bun":
        words = words.drop { $0.hasPrefix("-") || $0 == "run" }
      case "pm2-runtime", "pm2", "forever":
        words = words.drop { $0.hasPrefix("-") || $0 == "start" }
        guard words.first?.hasSuffix(".js") == true, words.first?.contains("ecosystem") == false else { return nil }
      default: return nil
      }
      return words.first.map { ContextPath.join(command.directory, $0) }
    }
  }

  /// The started scripts that are files of the context.
  static func entries(of situation: Situation) -> [String] {
    scripts(of: situation).compactMap { script in
      for candidate in [script] + NodeSource.extensions.map({ script + $0 })
        + ["index.js", "index.ts"].map({ ContextPath.join(script, $0) })
      {
        if let path = situation.trace.map.contextPath(of: candidate, in: situation.listing),
          situation.listing[path]?.kind == .file
        {
          return path
        }
      }
      return nil
    }
  }

  private static func resolve(_ target: String, _ listing: ContextListing) -> String? {
    let stem = [".js", ".mjs", ".cjs"].first { target.hasSuffix($0) }.map { String(target.dropLast($0.count)) }
    let candidates =
      [target] + NodeSource.extensions.map { target + $0 } + [target + ".json"]
      + NodeSource.extensions.map { target + "/index" + $0 } + (stem.map { [$0 + ".ts", $0 + ".tsx"] } ?? [])
    return candidates.first { listing[$0]?.kind == .file }
  }

  /// Whether a file is a source that may run: no test, no configuration of a tool.
  static func isSource(_ path: String) -> Bool {
    let name = ContextPath.lastComponent(path)
    guard NodeSource.isName(name) else { return false }
    let words = name.split(separator: ".").map(String.init)
    if words.dropFirst().contains(where: {
      ["test", "spec", "stories", "e2e-spec", "cy", "config", "conf", "bench"].contains($0)
    }),
      !name.hasPrefix("next.config")
    {
      return false
    }
    if name.hasPrefix(".")
      || ["gulpfile.js", "Gruntfile.js", "gulpfile.ts", "jest.setup.js", "karma.conf.js"].contains(name)
    {
      return false
    }
    let tools: Set<String> = [
      "test", "tests", "__tests__", "__mocks__", "e2e", "cypress", "spec", "stories", ".storybook", "node_modules",
      ".github", "benchmark", "benchmarks", "examples", "docs",
    ]
    return !path.split(separator: "/").dropLast().contains { tools.contains(String($0)) }
  }
}
