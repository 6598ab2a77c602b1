import ContextFiles
import DockerfileSyntax
import Projects

/// The pass `production-dependencies`: the author's own package manager removes what only development needs, in the builder.
///
/// Sources: https://docs.npmjs.com/cli/commands/npm-prune, https://classic.yarnpkg.com/lang/en/docs/cli/install,
/// https://yarnpkg.com/cli/workspaces/focus, https://pnpm.io/cli/prune
struct NodePruning {
  /// The lines at the end of the builder.
  var lines: [StagePlan.Line] = []
  /// Why development dependencies stay, for a person; nil when there are none or they go.
  var objection: String?
  /// Whether no development dependency is left in the end.
  var removesAll = true

  init(_ facts: NodeFacts) {
    for folder in facts.folders where folder.holdsDevelopment && !folder.isRemoved {
      guard !folder.project.package.developmentNames.isEmpty || !folder.project.workspaces.isEmpty else { continue }
      let reason = facts.developmentReason ?? Self.objection(to: folder, facts)
      // Where nothing would be left and nothing is built, the folder itself has to travel.
      let package = folder.project.package
      if reason == nil, package.runtimeNames.isEmpty, folder.project.workspaces.isEmpty, facts.builtFolders.isEmpty {
        removesAll = false
        continue
      }
      guard reason == nil, let command = Self.command(for: folder, facts) else {
        objection = objection ?? reason ?? "their package manager cannot remove them alone"
        removesAll = false
        continue
      }
      let place = facts.builderDirectory == folder.path ? "" : "cd \(folder.path) && "
      lines.append(
        StagePlan.Line(.made(.run, place + command), because: Self.because(folder), pass: "production-dependencies"))
    }
  }

  private static func because(_ folder: NodeFacts.Folder) -> String {
    let names = folder.project.package.developmentNames.sorted()
    return "nothing that starts uses "
      + (names.isEmpty ? "the workspaces' development dependencies" : Wording.list(names))
  }

  private static func objection(to folder: NodeFacts.Folder, _ facts: NodeFacts) -> String? {
    let situation = facts.situation
    if !situation.options.isOn(.productionDependencies) { return "the pass production-dependencies is switched off" }
    if folder.installs.contains(where: { $0.node.isUnsaved }) {
      return "a package is installed without being named in package.json, and a prune would remove it"
    }
    if folder.installs.contains(where: { !$0.node.packages.isEmpty }), npmMajor(situation) < 5 {
      return "this npm does not note installed packages in package.json"
    }
    let users = Set(folder.installs.map { $0.step.before.user ?? "root" } + [facts.builderUser ?? "root"])
    if users.count > 1, facts.builderUser ?? "root" != "root" {
      return "they belong to another user than the one at the end of the build"
    }
    guard folder.manager != .npm else { return nil }
    if facts.writesIntoModules(of: folder) {
      return "the build writes into node_modules, and \(folder.manager.rawValue) would remove that"
    }
    return nil
  }

  /// The command; nil where the package manager has none that is safe.
  private static func command(for folder: NodeFacts.Folder, _ facts: NodeFacts) -> String? {
    let package = folder.project.package
    let options = folder.installs.flatMap(\.node.options)
    func kept(_ allowed: Set<String>) -> String {
      var seen: Set<String> = []
      return options.filter { allowed.contains($0) && seen.insert($0).inserted }.map { " " + $0 }.joined()
    }
    switch folder.manager {
    case .npm:
      let isOld = npmMajor(facts.situation) < 7
      let scripts = package.installHooks.isEmpty ? "" : " --ignore-scripts"
      return (isOld ? "npm prune --production" : "npm prune --omit=dev") + scripts
        + kept([
          "--legacy-peer-deps", "--force", "-f", "--omit=optional", "--omit=peer", "--no-optional", "--install-links",
        ])
    case .yarnClassic:
      return "yarn install --production --ignore-scripts --prefer-offline"
        + kept(["--frozen-lockfile", "--pure-lockfile", "--ignore-engines", "--ignore-optional"])
    case .yarnBerry:
      guard !folder.project.isPlugAndPlay else { return nil }
      let brings = folder.project.yarnrc?.plugins.contains { $0.contains("workspace-tools") } ?? false
      let major = package.manager.flatMap { Int($0.version.prefix { $0.isNumber }) } ?? 0
      return major >= 4 || brings ? "yarn workspaces focus --production --all" : nil
    case .pnpm:
      guard folder.project.workspaces.isEmpty else { return nil }
      guard !package.installHooks.isEmpty else { return "CI=true pnpm prune --prod" }
      // The option came with 8.15.6.
      if let version = package.manager?.version, isOlder(version, than: [8, 15, 6]) { return nil }
      return "CI=true pnpm prune --prod --ignore-scripts"
    case .bun:
      guard package.installHooks.isEmpty, folder.project.workspaces.isEmpty else { return nil }
      return "rm -rf node_modules && bun install --production" + kept(["--frozen-lockfile"])
    }
  }

  private static func isOlder(_ version: String, than other: [Int]) -> Bool {
    let parts = version.split(separator: ".").map { Int($0.prefix { $0.isNumber }) ?? 0 }
    return parts.lexicographicallyPrecedes(other)
  }

  /// The major version of the npm that comes with a release of Node; a floating tag has a new one.
  private static func npmMajor(_ situation: Situation) -> Int {
    for step in situation.trace.steps {
      for tool in step.effects.compactMap(\.node).flatMap({
        if case .tools(let names) = $0.scope { names } else { [String]() }
      })
      where tool.hasPrefix("npm@") {
        if let major = Int(tool.dropFirst(4).prefix { $0.isNumber }) { return major }
        return 10
      }
    }
    guard situation.base?.family.name == "node", let node = situation.base?.versionNumbers?.major else { return 10 }
    switch node {
    case ..<5: return 2
    case 5...7: return 3
    case 8...14: return 6
    case 15: return 7
    default: return 8
    }
  }
}
