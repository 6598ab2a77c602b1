import ContextFiles

/// The package managers of Node.
public enum NodePackageManager: String, Sendable, Hashable {
  case npm
  case yarnClassic = "yarn"
  case yarnBerry = "yarn-berry"
  case pnpm
  case bun
}

/// A folder with a `package.json`, and what lies beside it.
public struct NodeProject: Sendable, Hashable {
  /// The folder in the context.
  public var folder: String
  /// The manifest.
  public var package: NodePackage
  /// The folder's lock files, by name.
  public var lockNames: [String]
  /// The folder's `.npmrc`.
  public var npmrc: NpmConfiguration?
  /// The folder's `.yarnrc.yml`.
  public var yarnrc: YarnConfiguration?
  /// The workspace patterns, those of `pnpm-workspace.yaml` included.
  public var workspaces: [String]

  /// Reads a folder; nil when it has no `package.json`.
  ///
  /// - Parameters:
  ///   - folder: the folder in the context.
  ///   - listing: what the builder sees.
  ///   - reader: the context.
  public static func read(_ folder: String, listing: ContextListing, reader: ContextReader) -> Result<
    NodeProject, ProjectProblemError
  >? {
    func path(_ name: String) -> String { ContextPath.join(folder, name) }
    func text(_ name: String) -> String? { listing[path(name)]?.kind == .file ? reader.text(of: path(name)) : nil }
    guard let manifest = text("package.json") else { return nil }
    return NodePackage.parse(manifest, file: path("package.json")).flatMap { package in
      var project = NodeProject(
        folder: folder, package: package, lockNames: NodeLock.names.filter { listing[path($0)]?.kind == .file },
        npmrc: text(".npmrc").map(NpmConfiguration.init(parsing:)), yarnrc: nil, workspaces: package.workspaces)
      if let text = text(".yarnrc.yml") {
        switch YarnConfiguration.parse(text, file: path(".yarnrc.yml")) {
        case .success(let read): project.yarnrc = read
        case .failure(let error): return .failure(error)
        }
      }
      if let text = text("pnpm-workspace.yaml"), project.workspaces.isEmpty {
        // Newer versions of pnpm keep settings there, with no packages.
        let lines = text.split(whereSeparator: \.isNewline)
        let isList = lines.contains { $0.hasPrefix("packages:") }
        if isList {
          project.workspaces = lines.compactMap { line in
            let item = line.drop { $0 == " " }
            guard item.hasPrefix("- ") else { return nil }
            return String(item.dropFirst(2).filter { $0 != "'" && $0 != "\"" })
          }
        }
      }
      return .success(project)
    }
  }

  /// The folders of the context that are development dependencies and nothing else.
  public var developmentPaths: [String] {
    let needed = NodePackage.localPaths(in: [package.dependencies, package.optionalDependencies])
    return NodePackage.localPaths(in: [package.devDependencies]).filter { !needed.contains($0) }.map {
      ContextPath.clean(ContextPath.join(folder, $0))
    }
  }

  /// The lock file that a package manager reads.
  public func lockName(of manager: NodePackageManager) -> String? {
    let names: [String] =
      switch manager {
      case .npm: ["npm-shrinkwrap.json", "package-lock.json"]
      case .yarnClassic, .yarnBerry: ["yarn.lock"]
      case .pnpm: ["pnpm-lock.yaml"]
      case .bun: ["bun.lock", "bun.lockb"]
      }
    return names.first { lockNames.contains($0) }
  }

  /// Reads the lock file of a package manager; nil when there is none.
  public func lock(of manager: NodePackageManager, reader: ContextReader) -> Result<NodeLock, ProjectProblemError>? {
    guard let name = lockName(of: manager) else { return nil }
    let path = ContextPath.join(folder, name)
    return NodeLock.parse(reader.text(of: path) ?? "", file: path, name: name)
  }

  /// Which Yarn a call of `yarn` starts here.
  public var yarn: NodePackageManager {
    if yarnrc != nil { return .yarnBerry }
    if let manager = package.manager, manager.name == "yarn", !manager.version.hasPrefix("1") { return .yarnBerry }
    return .yarnClassic
  }

  /// Whether the archives of ``isPlugAndPlay`` lie in the user's cache, as they do by default since Yarn 4.
  public var keepsPackagesElsewhere: Bool {
    guard isPlugAndPlay, yarnrc?.enableGlobalCache != false else { return false }
    if yarnrc?.enableGlobalCache == true { return true }
    let named =
      package.manager?.version
      ?? yarnrc?.yarnPath.map { path in
        String(ContextPath.lastComponent(path).drop { !$0.isNumber })
      }
    guard let major = named.flatMap({ Int($0.prefix { $0.isNumber }) }) else { return true }
    return major >= 4
  }

  /// Whether packages stay in archives and there is no `node_modules`.
  public var isPlugAndPlay: Bool { yarn == .yarnBerry && (yarnrc?.nodeLinker ?? "pnp") == "pnp" }
}
