import ContextFiles
import DockerfileSyntax
import Projects

/// What a Node image installs and which of it the running program needs.
struct NodeFacts {
  /// An install with the step it belongs to.
  struct Install {
    var step: Step
    var effect: CommandEffect
    var node: NodeInstall

    /// The project whose dependencies are installed; nil when it is not in the context.
    func project(in situation: Situation) -> Result<NodeProject, ProjectProblemError>? {
      guard let folder = node.folder,
        let manifest = situation.trace.map.contextPath(
          of: ContextPath.join(folder, "package.json"), in: situation.listing)
      else { return nil }
      return NodeProject.read(ContextPath.parent(manifest), listing: situation.listing, reader: situation.reader)
    }

    /// The lock file that the install reads: one that was copied before it.
    func lock(of project: NodeProject, in situation: Situation) -> Result<NodeLock, ProjectProblemError>? {
      guard let folder = node.folder, let name = project.lockName(of: node.manager) else { return nil }
      let path = ContextPath.join(folder, name)
      let isThere = situation.trace.map.entries.contains {
        $0.instruction < step.index && ContextPath.isWithin(path, $0.image)
      }
      return isThere ? project.lock(of: node.manager, reader: situation.reader) : nil
    }
  }

  /// A project's folder in the image.
  struct Folder {
    var path: String
    var project: NodeProject
    var manager: NodePackageManager
    var lock: NodeLock?
    var installs: [Install]

    /// Whether a later step removes `node_modules` again.
    var isRemoved = false

    /// Whether there is no `node_modules` in the end: nothing to install, or removed again.
    var isEmpty: Bool {
      let package = project.package
      return isRemoved
        || package.runtimeNames.isEmpty && package.devDependencies.isEmpty && package.peerDependencies.isEmpty
          && project.workspaces.isEmpty && installs.allSatisfy { $0.node.packages.isEmpty }
    }

    /// Whether development dependencies are there in the end.
    var holdsDevelopment: Bool { !(installs.last?.node.isProduction ?? false) }
    /// Whether any layer ever held them.
    var everHeldDevelopment: Bool { installs.contains { !$0.node.isProduction } }
  }

  let situation: Situation
  let folders: [Folder]
  let reach: NodeReach
  /// Why the development dependencies stay, nil when they may go.
  let developmentReason: String?

  static func installs(of situation: Situation) -> [Install] {
    situation.trace.steps.flatMap { step in
      step.effects.flatMap(\.flattened).compactMap { effect in
        effect.node.flatMap { $0.folder == nil ? nil : Install(step: step, effect: effect, node: $0) }
      }
    }
  }

  init(_ situation: Situation) throws(Refusal) {
    self.situation = situation
    var folders: [Folder] = []
    for install in Self.installs(of: situation) {
      guard let path = install.node.folder else { continue }
      if let index = folders.firstIndex(where: { $0.path == path }) {
        folders[index].installs.append(install)
        continue
      }
      guard case .success(let project)? = install.project(in: situation) else {
        throw Refusal(
          .opaqueEffects, "'\(install.step.instruction.firstLine)' installs what no package.json of this context names",
          at: install.step)
      }
      let lock = try? install.lock(of: project, in: situation)?.get()
      folders.append(
        Folder(path: path, project: project, manager: install.node.manager, lock: lock, installs: [install]))
    }
    for index in folders.indices {
      let modules = ContextPath.join(folders[index].path, "node_modules")
      let last = folders[index].installs.last?.step.index ?? 0
      folders[index].isRemoved = situation.trace.steps.contains { step in
        step.index >= last
          && step.effects.contains { $0.program == "rm" && $0.writes.contains(modules) && !$0.isConditional }
      }
    }
    if let folder = folders.first(where: { $0.project.keepsPackagesElsewhere && $0.manager == .yarnBerry }) {
      throw Refusal(
        .missingAtRunTime,
        "Yarn runs the program from its global cache, outside '\(folder.path)'; set enableGlobalCache to false in .yarnrc.yml"
      )
    }
    self.folders = folders
    let reach = NodeReach(situation, tools: folders.flatMap { $0.project.developmentPaths })
    self.reach = reach
    developmentReason = folders.lazy.compactMap { Self.reason(in: $0, situation, reach) }.first
  }

  // MARK: Development dependencies

  /// Why a folder's development dependencies are needed by the running program.
  private static func reason(in folder: Folder, _ situation: Situation, _ reach: NodeReach) -> String? {
    let names = folder.project.package.developmentNames
    guard !names.isEmpty, folder.holdsDevelopment else { return nil }
    for command in NodeStart(situation).commands {
      guard let program = command.words.first ?? nil else { continue }
      let name = ContextPath.lastComponent(program)
      if let package = NodePackages.package(bringing: name, lock: folder.lock, candidates: names) {
        return "the start command calls '\(name)'" + (name == package ? "" : " of '\(package)'")
          + ", a development dependency"
      }
      for word in command.words.dropFirst().compactMap({ $0 }) {
        if let package = NodeSource.package(of: word), names.contains(package) {
          return "the start command names '\(package)', a development dependency"
        }
      }
    }
    let start = NodeStart(situation)
    if let package = start.preloaded.compactMap(NodeSource.package(of:)).first(where: names.contains) {
      return "NODE_OPTIONS names '\(package)', a development dependency"
    }
    for file in start.processFiles {
      for word in NodeStart.words(of: file.text) {
        let name = ContextPath.lastComponent(word)
        if let package = NodePackages.package(bringing: name, lock: folder.lock, candidates: names) {
          return "'\(file.path)' names '\(package)', a development dependency"
        }
      }
    }
    if names.contains("typescript"), readsTypedConfiguration(of: folder, situation, reach) {
      return "Next reads its configuration with 'typescript', a development dependency, when it starts"
    }
    if let package = reach.packages.intersection(names).filter({ !$0.hasPrefix("@types/") }).sorted().first {
      return "the sources import '\(package)', a development dependency"
    }
    if let package = names.sorted().first(where: { reach.literals.contains($0) && !isBuildTool($0, in: folder) }) {
      return "the sources name '\(package)', a development dependency"
    }
    return nil
  }

  /// Whether Next itself starts, not a server that it traced, and its configuration has to be compiled.
  private static func readsTypedConfiguration(
    of folder: Folder, _ situation: Situation, _ reach: NodeReach
  ) -> Bool {
    guard
      ["next.config.ts", "next.config.mts"].contains(where: {
        situation.listing[ContextPath.join(folder.project.folder, $0)]?.kind == .file
      })
    else { return false }
    let start = NodeStart(situation)
    if start.commands.contains(where: { ContextPath.lastComponent(($0.words.first ?? nil) ?? "") == "next" }) {
      return true
    }
    return reach.packages.contains("next")
      && !NodeReach.scripts(of: start.commands).contains { $0.split(separator: "/").contains("standalone") }
  }

  /// Whether the running program reads the compiler's configuration.
  var readsCompilerOptions: Bool {
    reach.packages.contains("tsconfig-paths") || situation.roots.text.contains("tsconfig-paths")
      || NodeStart(situation).preloaded.contains { $0.contains("tsconfig-paths") }
      || folders.contains { Self.readsTypedConfiguration(of: $0, situation, reach) }
  }

  /// Whether a build script calls a command of a package, so that its name in the sources does not mean loading it.
  private static func isBuildTool(_ package: String, in folder: Folder) -> Bool {
    folder.project.package.scripts.contains { name, text in
      ["build", "prebuild", "postbuild", "compile"].contains { name == $0 || name.hasPrefix($0 + ":") }
        && text.split(whereSeparator: { " ;&|".contains($0) }).contains {
          NodePackages.package(bringing: String($0), lock: folder.lock, candidates: [package]) != nil
        }
    }
  }

  /// The folder's packages that stay behind when development dependencies go, in megabytes.
  static func developmentSize(of folder: Folder) -> Int {
    if folder.project.package.developmentNames.isEmpty, folder.project.workspaces.isEmpty { return 0 }
    // A lock file that is behind the manifest tells nothing about what is missing there.
    let locked = Set(folder.lock?.packages.map(\.name) ?? [])
    let isBehind = locked.isDisjoint(with: folder.project.package.developmentNames) && folder.project.workspaces.isEmpty
    if let lock = folder.lock, lock.tellsDevelopment, !isBehind {
      return NodePackages.size(of: lock.packages.filter { $0.isDevelopment && $0.isForLinux }.map(\.name))
    }
    return NodePackages.size(ofNamed: folder.project.package.developmentNames.sorted())
  }

  // MARK: The build

  /// The steps that run tools of the project, or install hooks that build.
  private var buildEffects: [(step: Step, effect: CommandEffect)] {
    situation.trace.steps.flatMap { step in
      step.effects.flatMap(\.flattened).filter { effect in
        effect.role == .projectTool || (effect.node?.folder).map { effect.writes.contains($0) } ?? false
      }.map { (step, $0) }
    }
  }

  /// The folders into which the build writes, each as the outermost copied one.
  var builtFolders: Set<String> {
    Set(
      buildEffects.flatMap { entry in entry.effect.writes.map { situation.copiedRoot(of: $0, before: entry.step.index) }
      }
    )
    .filter { path in !["/tmp", "/root/.cache"].contains { ContextPath.isWithin(path, $0) } }
  }

  /// The last step that builds.
  var lastBuild: Int? { buildEffects.map(\.step.index).max() }

  private var lastBuilderStep: Step? { situation.trace.steps.last { RuntimePlanner.isBuilderRun($0) } }

  /// Where the builder stands in the end.
  var builderDirectory: String { lastBuilderStep?.before.directory ?? "/" }

  /// The builder's user in the end, nil for root.
  var builderUser: String? { lastBuilderStep?.before.user }

  /// Whether the build puts something into `node_modules` that a fresh install would not.
  func writesIntoModules(of folder: Folder) -> Bool {
    let names = folder.project.package.runtimeNames.union(folder.project.package.developmentNames)
    if names.contains("@prisma/client") || names.contains("patch-package") { return true }
    if folder.project.package.installHooks.contains(where: { $0.command.contains("patch") }) { return true }
    let texts =
      folder.project.package.scripts.values
      + situation.trace.steps.filter { $0.keyword == .run }.map(\.instruction.text)
    return texts.contains { $0.contains("node_modules/") && !$0.contains("node_modules/.bin") }
  }

  /// Files with registry credentials that would travel with the project.
  var secretFiles: [String] {
    var paths: [String] = []
    for file in situation.listing.files where ContextPath.lastComponent(file.path) == ".npmrc" {
      guard let text = situation.reader.text(of: file.path), NpmConfiguration(parsing: text).holdsCredentials else {
        continue
      }
      paths += situation.trace.map.imagePaths(of: file.path)
    }
    for step in situation.trace.steps {
      for effect in step.effects where effect.role == .files {
        let own = effect.writes.filter { ContextPath.lastComponent($0) == ".npmrc" }
        if effect.program == "rm" { paths.removeAll { own.contains($0) } } else { paths += own }
      }
    }
    return paths.filter { path in folders.contains { ContextPath.isWithin(path, $0.path) } }
  }

  // MARK: Native code

  /// Why what travels may not run on another C library; nil when the lock file proves it can.
  func nativeReason(pruned: Bool) -> String? {
    for folder in folders {
      let package = folder.project.package
      let needed = package.runtimeNames.union(folder.installs.flatMap(\.node.packages))
        .union(pruned || !folder.holdsDevelopment ? [] : package.developmentNames)
      if needed.isEmpty, folder.project.workspaces.isEmpty { continue }
      guard let lock = folder.lock else {
        return "no lock file tells which of the dependencies hold native code"
      }
      guard lock.tellsNativeCode else {
        return "the lock file does not tell which of the dependencies hold native code"
      }
      let locked = Set(lock.packages.map(\.name))
      if let missing = needed.sorted().first(where: { !locked.contains($0) }) {
        return "'\(missing)' is not in the lock file, so it cannot be told whether it holds native code"
      }
      let travelling = lock.packages.filter { $0.isForLinux && !(pruned && $0.isDevelopment) }
      if let native = travelling.first(where: NodePackages.holdsNativeCode) {
        return "'\(native.name)' may hold code compiled for the builder's C library"
      }
    }
    if let manifest = unfollowedManifest {
      return "'\(manifest)' may be installed by a script, and it cannot be told what it holds"
    }
    let context = situation.trace.map.entries.map(\.context)
    if let file = situation.listing.files.first(where: { file in
      (file.path.hasSuffix(".node") || file.path.hasSuffix("binding.gyp"))
        && context.contains { ContextPath.isWithin(file.path, $0) }
    }) {
      return "'\(file.path)' is native code"
    }
    if situation.listing.directories.contains(where: { $0 == "node_modules" || $0.hasSuffix("/node_modules") }),
      folders.isEmpty
    {
      return "the dependencies come from the context, and it cannot be told what they hold"
    }
    return nil
  }
}
