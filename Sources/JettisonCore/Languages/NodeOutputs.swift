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
    let starts = NodeStart(situation).commands
    for command in starts {
      guard let program = command.words.first ?? nil else { return nil }
      let known: Set<String> = [
        "node", "nodejs", "npm", "npx", "yarn", "pnpm", "next", "cross-env", "bun", "tini", "dumb-init",
        "docker-entrypoint.sh",
      ]
      guard known.contains(ContextPath.lastComponent(program)) || command.origin == .healthcheck else { return nil }
    }
    let scripts = NodeReach.scripts(of: situation)
    let startsNext = starts.contains { ContextPath.lastComponent(($0.words.first ?? nil) ?? "") == "next" }
    guard !scripts.isEmpty || startsNext else { return nil }
    for script in scripts {
      let isBuilt = build.outputs.contains { ContextPath.isWithin(script, $0) }
      if !isBuilt, situation.trace.map.contextPath(of: script, in: situation.listing) == nil { return nil }
    }
    // Next's traced server needs nothing beside it.
    if let standalone = build.standalone, !scripts.isEmpty,
      scripts.allSatisfy({ ContextPath.isWithin($0, standalone) }),
      situation.roots.scripts.isEmpty
    {
      results = [standalone: last]
      replacesModules = true
      kept = []
      return
    }
    replacesModules = false
    let names = build.keptNames
    guard names.count <= Self.mostNames else { return nil }
    let paths = names.map { ContextPath.join(folder.path, $0) }
    let copied = situation.trace.steps.compactMap { step in
      step.copied.flatMap { $0.targets.allSatisfy(Set(paths).contains) || Self.isManifestCopy($0) ? $0 : nil }
    }.flatMap(\.targets)
    kept = Set(paths)
    var results: [String: Int] = [:]
    for path in build.outputs + paths where !copied.contains(path) { results[path] = last }
    self.results = results
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
