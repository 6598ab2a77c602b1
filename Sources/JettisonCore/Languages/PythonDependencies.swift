import ContextFiles
import DockerfileSyntax
import Projects

/// Where Python's dependencies lie, for the runtime planner.
struct PythonDependencies: RuntimeDependencies {
  let situation: Situation
  let sites: Set<PythonInstall.Site>
  let sitePaths: [PythonInstall.Site: [String]]
  let usesUserBase: Bool
  /// String literals of the project's sources.
  let literals: Set<String>

  var language: String { "python" }
  var template: String { usesUserBase ? "python/user-base" : "python/same-paths" }
  var templateValues: [String: String] { usesUserBase ? ["userbase": PythonStrategy.userBase] : [:] }
  var paths: [String] { sitePaths.values.flatMap { $0 } }
  var results: [String: Int]? { nil }
  var toolVariables: [String] { PythonCommands.pipPrefixes }
  var isPortable: Bool { false }
  var buildsNothing: Bool { false }
  var buildUsesPackages: Bool { false }
  var developmentSize: Int? { nil }
  var closing: [StagePlan.Line] { [] }

  var opening: StagePlan.Line? {
    guard usesUserBase else { return nil }
    return StagePlan.Line(
      .made(.env, UserInstall.variables),
      because: "pip installs to a place that any user can read and that travels as one folder", pass: "user-install")
  }

  /// Tools of the prefix that stay behind.
  var dropped: [String] {
    if sites.contains(.prefix) || sites.contains(.pip) && !usesUserBase { return [] }
    return situation.trace.steps.flatMap { $0.effects.compactMap(\.python) }
      .filter { $0.isToolOnly && !$0.distributions.isEmpty && !usesUserBase }
      .flatMap(\.distributions).map(\.name).filter {
        !["pip", "setuptools", "wheel"].contains($0) && !situation.rootsName($0)
      }
  }

  func folders(filledBy effect: CommandEffect, in step: Step) -> [DependencyFolder] {
    guard let install = effect.python,
      !install.isToolOnly || (install.site == .pip && sites.contains(.pip) && !usesOtherInstall(install.site))
    else { return [] }
    let user = step.before.user
    let isOthers = install.site == .home && user != nil && user != "root" && user != "0"
    return (sitePaths[install.site] ?? []).enumerated().map { index, path in
      DependencyFolder(path: path, madeFor: isOthers && index == 0 ? user : nil)
    }
  }

  private func usesOtherInstall(_ site: PythonInstall.Site) -> Bool {
    situation.trace.steps.contains {
      $0.effects.flatMap(\.flattened).contains { $0.python.map { !$0.isToolOnly && $0.site == site } ?? false }
    }
  }

  func owner(of path: String, upTo index: Int) -> String? { nil }
  func finalLines(for step: Step) -> [StagePlan.Line] { [] }

  // MARK: What only installing needs

  private static let manifestNames: Set<String> = [
    "pyproject.toml", "poetry.lock", "uv.lock", "pdm.lock", "Pipfile", "Pipfile.lock", "constraints.txt",
    ".python-version", "setup.py", "setup.cfg",
  ]

  func isNeededAtRunTime(_ step: Step, _ copied: CopyEffect) -> Bool {
    guard case .context(let sources) = copied.source else { return true }
    let toolAtStart = ["poetry", "uv", "pipenv", "pdm", "hatch", "pip"].contains { situation.rootsName($0) }
    let files = sources.flatMap { situation.listing.files(below: $0) }
    let onlyManifests =
      !toolAtStart && !files.isEmpty
      && files.allSatisfy { file in
        let name = ContextPath.lastComponent(file.path)
        let isManifest =
          Self.manifestNames.contains(name) || (name.hasSuffix(".txt") && name.lowercased().contains("require"))
          || (ContextPath.parent(file.path).hasSuffix("requirements") && name.hasSuffix(".txt"))
        return isManifest && !literals.contains { $0.hasSuffix(name) } && !situation.roots.text.contains(name)
      }
    if onlyManifests { return false }
    // Sources that were only installed: outside the working directory, not editable, named by nothing.
    return !copied.targets.allSatisfy { isOnlyInstalled($0) }
  }

  private func isOnlyInstalled(_ target: String) -> Bool {
    let directory = situation.trace.end.directory
    if directory != "/", ContextPath.isWithin(directory, target) || ContextPath.isWithin(target, directory) {
      return false
    }
    let projects = situation.trace.steps.flatMap { $0.effects.flatMap(\.flattened).compactMap(\.python) }.flatMap(
      \.projects)
    guard
      projects.contains(where: {
        !$0.isEditable && (ContextPath.isWithin($0.path, target) || ContextPath.isWithin(target, $0.path))
      }),
      !projects.contains(where: { $0.isEditable && ContextPath.isWithin($0.path, target) })
    else { return false }
    let named = situation.trace.end.ownVariables.contains {
      (situation.trace.end.environment[$0] ?? "").contains(target)
    }
    return !named && !situation.roots.text.contains(target) && !literals.contains { $0.contains(target) }
  }
}
