import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// Where Node's dependencies and build results lie, for the runtime planner.
struct NodeDependencies: RuntimeDependencies {
  let situation: Situation
  let facts: NodeFacts
  /// The development dependencies are removed in the builder.
  let prunes: Bool
  let results: [String: Int]?
  var findings: [Finding] = []
  var isPortable = false
  var template = "node/slim"
  private let outputs: NodeOutputs?
  private var pruneLines: [StagePlan.Line] = []

  init(_ facts: NodeFacts) throws(Refusal) {
    self.facts = facts
    situation = facts.situation
    outputs = NodeOutputs(facts)
    results = outputs?.results ?? Self.wholeProject(facts)
    let pruning = NodePruning(facts)
    prunes = pruning.removesAll && outputs?.replacesModules != true
    if !leavesModules {
      pruneLines = pruning.lines
      if let reason = pruning.objection {
        findings.append(
          Finding(
            id: .developmentDependenciesStay, severity: .note,
            message: "the development dependencies stay: \(reason)"))
      }
    }
  }

  /// A project with credentials among its files travels whole from the builder, which removes them.
  private static func wholeProject(_ facts: NodeFacts) -> [String: Int]? {
    guard !facts.secretFiles.isEmpty, facts.builtFolders.isEmpty else { return nil }
    var results: [String: Int] = [:]
    for folder in facts.folders {
      let copies = facts.situation.trace.map.entries.filter {
        ContextPath.isWithin($0.image, folder.path) || ContextPath.isWithin(folder.path, $0.image)
      }
      results[folder.path] = (folder.installs.map(\.step.index) + copies.map(\.instruction)).max()
    }
    return results
  }

  var language: String { "node" }
  var templateValues: [String: String] { [:] }
  var paths: [String] { facts.folders.map { ContextPath.join($0.path, "node_modules") } }
  var buildsNothing: Bool {
    facts.folders.allSatisfy(\.isEmpty) && facts.builtFolders.isEmpty
      && situation.trace.steps.filter(RuntimePlanner.isBuilderRun).allSatisfy { step in
        step.effects.allSatisfy { effect in
          let isTool = effect.node.map { !$0.tools.isEmpty && $0.tools.allSatisfy(NodePackages.portableTools.contains) }
          return effect.node?.folder != nil || isTool == true || [.inert, .cleanup].contains(effect.role)
        }
      }
  }
  var buildUsesPackages: Bool { true }
  var toolVariables: [String] { NodeCommands.toolVariables }
  var opening: StagePlan.Line? { nil }

  /// Development dependencies, whole trees that a framework traced, and tools nothing starts.
  var dropped: [String] {
    let removed = developmentSize.map { _ in ["development dependencies"] } ?? []
    return removed + (outputs?.replacesModules == true ? ["node_modules"] : []) + unusedTools
  }

  private var unusedTools: [String] {
    situation.trace.steps.flatMap { $0.effects.flatMap(\.flattened).compactMap(\.node) }.flatMap(\.tools).filter {
      !["npm", "yarn", "pnpm", "corepack"].contains($0) && !isStarted($0)
    }
  }

  var developmentSize: Int? {
    if outputs?.replacesModules == true {
      return facts.folders.map { folder in
        let package = folder.project.package
        let locked = folder.lock.map { NodePackages.size(of: $0.packages.filter(\.isForLinux).map(\.name)) } ?? 0
        // A lock file may be behind the manifest.
        return max(locked, NodePackages.size(ofNamed: package.runtimeNames.union(package.developmentNames).sorted()))
      }.reduce(0, +)
    }
    let folders = facts.folders.filter { $0.everHeldDevelopment && (prunes || !$0.holdsDevelopment) }
    let size = folders.map(NodeFacts.developmentSize).reduce(0, +)
    return size > 0 ? size : nil
  }

  // MARK: Lines

  func folders(filledBy effect: CommandEffect, in step: Step) -> [DependencyFolder] {
    guard let install = effect.node, let folder = install.folder else { return [] }
    let path = ContextPath.join(folder, "node_modules")
    guard !leavesModules, facts.folders.contains(where: { $0.path == folder && !$0.isEmpty }), !isInTree(path) else {
      return []
    }
    return [DependencyFolder(path: path)]
  }

  /// Whether the running program needs no dependencies beside the results of the build.
  private var leavesModules: Bool {
    guard let outputs else { return false }
    return outputs.replacesModules
      || prunes
        && facts.folders.allSatisfy { folder in
          folder.project.package.runtimeNames.isEmpty && folder.installs.allSatisfy { $0.node.packages.isEmpty }
        }
  }

  /// Why what travels may not run on another C library; nil when it can.
  var nativeReason: String? { outputs?.isStatic == true ? nil : facts.nativeReason(pruned: prunes) }

  private func isInTree(_ path: String) -> Bool {
    if let results { return results.keys.contains { ContextPath.isWithin(path, $0) } }
    return facts.builtFolders.contains { ContextPath.isWithin(path, $0) }
  }

  var closing: [StagePlan.Line] {
    var lines = pruneLines
    for path in facts.secretFiles {
      lines.append(
        StagePlan.Line(.made(.run, "rm -f \(path)"), because: "it holds credentials, which stay in the builder"))
    }
    return lines
  }

  func owner(of path: String, upTo index: Int) -> String? { situation.owner(of: path, upTo: index) }

  // MARK: Copies

  func isNeededAtRunTime(_ step: Step, _ copied: CopyEffect) -> Bool {
    guard case .context(let sources) = copied.source else { return true }
    if let outputs { return outputs.bringsKept(copied) }
    if isCopiedAgain(step, copied) { return false }
    let manifests: Set<String> = Set(
      ["package.json", ".npmrc", ".yarnrc", ".yarnrc.yml", "pnpm-workspace.yaml", "bunfig.toml", "tsconfig.json"]
        + NodeLock.names)
    let files = sources.flatMap { situation.listing.files(below: $0) }
    let onlyManifests = !files.isEmpty && files.allSatisfy { manifests.contains(ContextPath.lastComponent($0.path)) }
    return !onlyManifests || files.contains { ContextPath.lastComponent($0.path) == "package.json" }
  }

  /// Whether a later copy of a whole folder brings the same files again.
  private func isCopiedAgain(_ step: Step, _ copied: CopyEffect) -> Bool {
    let entries = situation.trace.map.entries
    let own = entries.filter { $0.instruction == step.index }
    return situation.trace.steps.contains { later in
      guard later.index > step.index, let again = later.copied, again.owner == copied.owner,
        !isTouched(copied.targets, between: step, and: later)
      else { return false }
      return own.allSatisfy { entry in
        entries.contains { whole in
          guard whole.instruction == later.index, whole.image != entry.image,
            let rest = ContextPath.relative(entry.image, to: whole.image)
          else { return false }
          return ContextPath.clean(ContextPath.join(whole.context, rest)) == entry.context
        }
      }
    }
  }

  /// Whether a step of the final stage works on files before they are copied again.
  private func isTouched(_ paths: [String], between first: Step, and last: Step) -> Bool {
    situation.trace.steps.contains { step in
      step.index > first.index && step.index < last.index && step.keyword == .run && !RuntimePlanner.isBuilderRun(step)
        && step.effects.contains { effect in
          (effect.reads + effect.writes).contains { place in
            paths.contains { ContextPath.isWithin($0, place) || ContextPath.isWithin(place, $0) }
          }
        }
    }
  }

  // MARK: Tools

  private func isStarted(_ tool: String) -> Bool {
    let commands = [tool] + NodePackages.commands.filter { $0.value.contains(tool) }.map(\.key)
    return commands.contains { situation.rootsName($0) || facts.reach.started.contains($0) }
  }

  /// Corepack fetches a package manager when it is first called; what starts by it must find it there.
  private func corepackCache(filledBy step: Step) throws(Refusal) -> [StagePlan.Line] {
    let enables = situation.trace.steps.flatMap(\.effects).contains { $0.program == "corepack" }
    let first = situation.trace.steps.first { step in
      step.effects.contains { $0.node?.folder != nil && [.pnpm, .yarnBerry, .yarnClassic].contains($0.node?.manager) }
    }
    guard enables, first?.index == step.index, isStarted("pnpm") || isStarted("yarn") else { return [] }
    let end = situation.trace.end
    let root = "root"
    let users = [end.user, step.before.user].map { user in
      user?.split(separator: ":").first.map { $0 == "0" ? root : String($0) } ?? root
    }
    let because = "Corepack would fetch the package manager again when it starts"
    var lines: [StagePlan.Line] = []
    var flags = "--from=\(situation.builderName)"
    var home = "/root"
    if end.environment["COREPACK_HOME"] == nil {
      // Another user would fetch it again in the original too.
      guard users[0] == users[1] else { return [] }
      guard let folder = situation.homeFolder(at: step) else {
        throw Refusal(
          .missingAtRunTime,
          "Corepack keeps the package manager of the start command in the home folder of '\(users[0])', which cannot be told; set COREPACK_HOME to a folder of the image, or start with node"
        )
      }
      home = folder
    }
    let cache = NodeCommands.corepackCache(end.environment, home: home)
    if end.environment["COREPACK_HOME"] == nil, users[0] != root {
      // A COPY would make the folders above root's.
      lines.append(StagePlan.Line(.made(.run, "mkdir -p \(cache)"), because: "the user keeps his cache below his home"))
      flags += " --chown=\(users[0])"
    }
    lines.append(StagePlan.Line(.made(.copy, "\(flags) \(cache) \(cache)"), because: because))
    return lines
  }

  func finalLines(for step: Step) throws(Refusal) -> [StagePlan.Line] {
    var commands: [String] = []
    for effect in step.effects {
      guard let install = effect.node, install.folder == nil else { continue }
      let isCorepack = effect.program == "corepack"
      let tools = install.tools.map { $0 == "corepack" ? "pnpm" : $0 }
      let used = tools.filter { $0 != "npm" && (isStarted($0) || isCorepack && isStarted("yarn")) }
      guard !used.isEmpty else { continue }
      guard isCorepack || used.allSatisfy(NodePackages.portableTools.contains) else {
        throw Refusal(
          .copySource, "'\(used[0])' is a tool of the start command, and it may need what only the builder has")
      }
      guard !effect.isConditional, let command = effect.command, let script = step.script else {
        throw Refusal(
          .opaqueEffects, "a part of '\(step.instruction.firstLine)' cannot be repeated on its own", at: step)
      }
      commands.append(script.text(of: command.range))
    }
    let lines = try corepackCache(filledBy: step)
    guard !commands.isEmpty else { return lines }
    let because = "the start command calls the tool, whose command is a link that a COPY would follow"
    let isWhole = step.effects.allSatisfy { effect in
      (effect.node.map { $0.folder == nil } ?? false) || [.inert, .cleanup].contains(effect.role)
    }
    if isWhole { return [StagePlan.Line(.author(step.index), because: because)] + lines }
    return [StagePlan.Line(.made(.run, commands.joined(separator: " && ")), because: because)] + lines
  }
}

extension Situation {
  /// Whether an install by a package manager that Corepack fetches leaves it at a path.
  func fillsCorepackCache(_ path: String) -> Bool {
    trace.steps.contains { step in
      step.effects.flatMap(\.flattened).contains { $0.node?.folder != nil }
        && homeFolder(at: step).map { NodeCommands.corepackCache(step.before.environment, home: $0) } == path
    }
  }
}
