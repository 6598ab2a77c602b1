import ContextFiles
import Projects
import ShellSyntax

/// The folders and files that a Node build leaves for the running program, when every one of them can be named.
///
/// Known are tools whose results lie in one folder; whatever else of the project is not plainly for building travels too.
struct NodeOutputs {
  /// What travels below the project, with the step after which it does.
  let results: [String: Int]
  /// Whether a framework traced the dependencies into its own output.
  let replacesModules: Bool
  /// Whether nothing but files for browsers travels.
  let isStatic: Bool
  /// What the running program needs of the context's files, as paths of the image.
  private let kept: Set<String>

  /// The most names that a reader of the Dockerfile follows with pleasure.
  private static let mostNames = 7

  /// Names the results; nil when the whole project travels, or nothing is built.
  init?(_ facts: NodeFacts) {
    let situation = facts.situation
    guard let folder = facts.folders.first, facts.folders.count == 1, facts.builtFolders == [folder.path],
      folder.project.workspaces.isEmpty, folder.manager != .yarnBerry,
      let last = facts.lastBuild, facts.secretFiles.isEmpty
    else { return nil }
    let build = NodeBuild(facts, folder: folder)
    guard build.isKnown, !build.outputs.isEmpty else { return nil }
    let start = NodeStart(situation)
    let scripts = NodeReach.scripts(of: situation)
    for command in start.commands where !Self.isPlain(command, situation) { return nil }
    let served = Self.servedFolders(start.commands, situation)
    let startsNext = start.commands.contains { ContextPath.lastComponent(($0.words.first ?? nil) ?? "") == "next" }
    guard !scripts.isEmpty || startsNext || !served.isEmpty else { return nil }
    for path in scripts + served {
      let isBuilt = build.outputs.contains {
        ContextPath.isWithin(path, $0) || ContextPath.isWithin($0, path) && served.contains(path)
      }
      if !isBuilt, situation.trace.map.contextPath(of: path, in: situation.listing) == nil { return nil }
    }
    // A file server that is installed for everybody needs nothing but the files.
    if scripts.isEmpty, !startsNext, !situation.roots.commands.contains(where: { $0.origin == .healthcheck }),
      served.allSatisfy({ path in build.outputs.contains { ContextPath.isWithin(path, $0) } })
    {
      isStatic = true
      results = Dictionary(uniqueKeysWithValues: Set(served).map { ($0, last) })
      replacesModules = true
      kept = []
      return
    }
    isStatic = false
    // Next's traced server needs nothing beside it.
    if let standalone = build.standalone, !scripts.isEmpty,
      scripts.allSatisfy({ ContextPath.isWithin($0, standalone) }),
      situation.roots.scripts.isEmpty, let untraced = Self.untraced(folder)
    {
      results = Dictionary(uniqueKeysWithValues: ([standalone] + untraced).map { ($0, last) })
      replacesModules = true
      kept = []
      return
    }
    replacesModules = false
    let names = build.keptNames
    guard names.count <= Self.mostNames else { return nil }
    let paths = names.map { ContextPath.join(folder.path, $0) }
    // What another COPY writes over is not what the build had in the end.
    let map = situation.trace.map
    let replaced = map.entries.filter { entry in
      situation.listing[entry.context] != nil
        && map.contextPath(of: entry.image, in: situation.listing) != entry.context
    }.map(\.image)
    let wanted = Set(paths).subtracting(replaced)
    let copied = situation.trace.steps.compactMap { step in
      step.copied.flatMap { $0.targets.allSatisfy(wanted.contains) || Self.isManifestCopy($0) ? $0 : nil }
    }.flatMap(\.targets)
    kept = wanted
    var results: [String: Int] = [:]
    for path in build.outputs + paths where !copied.contains(path) { results[path] = last }
    self.results = results
  }

  /// The dependencies that Next's tracing leaves out although the program loads them: sharp's compiled libraries.
  ///
  /// Nil when it cannot be told where they lie.
  ///
  /// Source: https://sharp.pixelplumbing.com/install and https://nextjs.org/docs/messages/sharp-missing-in-production
  private static func untraced(_ folder: NodeFacts.Folder) -> [String]? {
    guard folder.project.package.runtimeNames.contains("sharp") else { return [] }
    guard let lock = folder.lock, folder.manager == .npm, lock.packages.contains(where: { $0.name == "sharp" }) else {
      return nil
    }
    let isScoped = lock.packages.contains { $0.name.hasPrefix("@img/") && $0.isForLinux && !$0.isDevelopment }
    return isScoped ? [ContextPath.join(folder.path, "node_modules/@img")] : []
  }

  /// Whether it is known which files of the project a start command reads.
  private static func isPlain(_ command: Roots.Command, _ situation: Situation) -> Bool {
    guard let program = command.words.first ?? nil else { return false }
    let name = ContextPath.lastComponent(program)
    let known: Set<String> = [
      "node", "nodejs", "npm", "npx", "yarn", "pnpm", "next", "cross-env", "bun", "tini", "dumb-init",
      "docker-entrypoint.sh",
    ]
    if known.contains(name) || NodePackages.fileServers.contains(name) || command.origin == .healthcheck { return true }
    if ["pm2-runtime", "pm2", "forever"].contains(name) { return !NodeReach.scripts(of: [command]).isEmpty }
    // A script that is read to its end, and the system's commands in it, name their files in its text.
    if situation.roots.scripts.contains(where: { ContextPath.lastComponent($0) == name }) { return true }
    return SystemCommands.builtins.union(SystemCommands.common).union(SystemCommands.notable).contains(name)
  }

  /// The folders that file servers of the image are told to serve.
  private static func servedFolders(_ commands: [Roots.Command], _ situation: Situation) -> [String] {
    let tools = situation.trace.steps.flatMap { $0.effects.flatMap(\.flattened).compactMap(\.node) }.flatMap(\.tools)
    return commands.compactMap { command in
      guard let name = command.words.first ?? nil, NodePackages.fileServers.contains(name), tools.contains(name) else {
        return nil
      }
      var words = command.words.dropFirst().compactMap { $0 }[...]
      while let word = words.first {
        words.removeFirst()
        if ["-l", "-p", "--listen", "--port", "-a", "-c"].contains(word) {
          words = words.dropFirst()
        } else if word != "-s", !word.hasPrefix("-") {
          return ContextPath.join(command.directory, word)
        }
      }
      return nil
    }
  }

  private static func isManifestCopy(_ copied: CopyEffect) -> Bool {
    let names = Set(copied.targets.map(ContextPath.lastComponent))
    return names.contains("package.json") && names.isSubset(of: Set(["package.json"] + NodeLock.names))
  }

  /// Whether an author's COPY brings nothing but what the running program needs.
  func bringsKept(_ copied: CopyEffect) -> Bool {
    guard !replacesModules, !copied.targets.isEmpty else { return false }
    return Self.isManifestCopy(copied) || copied.targets.allSatisfy(kept.contains)
  }
}
