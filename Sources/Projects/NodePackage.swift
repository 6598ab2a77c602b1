import ContextFiles

/// What a `package.json` says about dependencies, scripts and the package manager.
///
/// Source of the format: https://docs.npmjs.com/cli/configuring-npm/package-json
public struct NodePackage: Sendable, Hashable {
  /// The package's name.
  public var name: String?
  /// The commands by script name.
  public var scripts: [String: String] = [:]
  /// What the program needs, with the version ranges.
  public var dependencies: [String: String] = [:]
  /// What only development needs.
  public var devDependencies: [String: String] = [:]
  /// What is used where it can be installed.
  public var optionalDependencies: [String: String] = [:]
  /// What the surrounding project is to install.
  public var peerDependencies: [String: String] = [:]
  /// The patterns of the workspaces.
  public var workspaces: [String] = []
  /// The package manager with its version: `pnpm@9.1.0`.
  public var packageManager: String?
  /// The file that stands for the package.
  public var main: String?
  /// The commands it brings, with the files behind them.
  public var bin: [String: String] = [:]
  /// The range of Node's versions.
  public var nodeRange: String?
  /// Whether the files are modules: `"type": "module"`.
  public var isModule = false
  /// The top-level keys, for tools that are configured here.
  public var keys: Set<String> = []

  /// Reads a `package.json`.
  public static func parse(_ text: String, file: String) -> Result<NodePackage, ProjectProblemError> {
    JSONText.parse(text, file: file).flatMap { root in
      guard case .object = root else {
        return .failure(ProjectProblemError(ProjectProblem(file: file, line: 1, message: "it holds no JSON object")))
      }
      return .success(NodePackage(root))
    }
  }

  init(_ root: JSONText) {
    name = root["name"]?.string
    scripts = root["scripts"]?.stringMembers ?? [:]
    dependencies = root["dependencies"]?.stringMembers ?? [:]
    devDependencies = root["devDependencies"]?.stringMembers ?? [:]
    optionalDependencies = root["optionalDependencies"]?.stringMembers ?? [:]
    peerDependencies = root["peerDependencies"]?.stringMembers ?? [:]
    workspaces = root["workspaces"]?.strings ?? []
    if workspaces.isEmpty { workspaces = root["workspaces"]?["packages"]?.strings ?? [] }
    packageManager = root["packageManager"]?.string
    main = root["main"]?.string
    if let file = root["bin"]?.string, let name {
      bin = [ContextPath.lastComponent(name): file]
    } else {
      bin = root["bin"]?.stringMembers ?? [:]
    }
    nodeRange = root["engines"]?["node"]?.string
    isModule = root["type"]?.string == "module"
    keys = Set(root.members.map(\.name))
  }

  /// What the program needs at run time, by name.
  public var runtimeNames: Set<String> { Set(dependencies.keys).union(optionalDependencies.keys) }

  /// The packages that only development needs: those that are a dependency too do not count.
  public var developmentNames: Set<String> { Set(devDependencies.keys).subtracting(runtimeNames) }

  /// The commands of a script in the order in which the package manager runs them, hooks included; nil when there is none.
  public func commands(of script: String, hooks: Bool = true) -> [String]? {
    guard let text = scripts[script] else { return nil }
    guard hooks else { return [text] }
    return [scripts["pre" + script], text, scripts["post" + script]].compactMap { $0 }
  }

  /// The hooks that an install in the project's own folder runs.
  public var installHooks: [(name: String, command: String)] {
    ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare", "dependencies"]
      .compactMap { name in scripts[name].map { (name, $0) } }
  }

  /// The dependencies that are folders of the repository.
  public var localPaths: [String] { Self.localPaths(in: [dependencies, devDependencies, optionalDependencies]) }

  static func localPaths(in tables: [[String: String]]) -> [String] {
    tables.flatMap(\.values).compactMap { range in
      for prefix in ["file:", "link:", "portal:"] where range.hasPrefix(prefix) {
        return String(range.dropFirst(prefix.count))
      }
      return range.hasPrefix("./") || range.hasPrefix("../") ? range : nil
    }.sorted()
  }

  /// Whether a dependency is another package of the same workspace.
  public var hasWorkspaceDependencies: Bool {
    [dependencies, devDependencies, optionalDependencies].contains { $0.values.contains { $0.hasPrefix("workspace:") } }
  }

  /// The name and version of `packageManager`, the hash left out.
  public var manager: (name: String, version: String)? {
    guard let packageManager, let mark = packageManager.firstIndex(of: "@") else { return nil }
    let version = packageManager[packageManager.index(after: mark)...].prefix { $0 != "+" }
    return (String(packageManager[..<mark]), String(version))
  }
}
