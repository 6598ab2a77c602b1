import ContextFiles
import DockerfileSyntax
import Projects

/// Splits a Python image: build packages stay in the builder, dependencies and sources go to the slim base of the same
/// line.
struct PythonStrategy: StageSplit {
  enum Site {
    /// pip installs to a user base at a neutral path (pass `user-install`).
    case userBase
    /// Dependencies stay where the author's tool puts them.
    case samePaths
  }

  /// The neutral user base.
  static let userBase = "/opt/python"

  let situation: Situation
  let site: Site

  init(_ situation: Situation, site: Site) {
    self.situation = situation
    self.site = site
  }

  func plan() throws(Refusal) -> StagePlan {
    guard let base = situation.base else { throw Refusal(.unknownBase) }
    guard base.variant.slimmer != nil || mayGain else {
      throw Refusal(
        .nothingToGain, "'\(base.text)' has no slimmer variant, and no line installs what only a build needs")
    }
    try situation.requireKnownEffects()
    let installs = situation.trace.steps.flatMap { step in step.effects.flatMap(\.flattened).compactMap(\.python) }
    let sites = try dependencySites(installs)
    try checkInterpreter(base)
    let runtime = try runtimeImage(base)
    let sources = PythonSources(situation)
    let needs = try PythonNeeds.needs(
      of: situation, sources: sources, installs: installs, losesPrograms: runtime.isSlimmer)
    let dependencies = PythonDependencies(
      situation: situation, sites: sites, sitePaths: try paths(of: sites, base: base),
      usesUserBase: site == .userBase && sites.contains(.pip), literals: sources.literals)
    var planner = RuntimePlanner(
      situation: situation, runtime: runtime.text, dependencies: dependencies, needs: needs,
      changesBase: runtime.isSlimmer)
    return try planner.plan()
  }

  /// Whether an image that is slim already holds anything that only builds.
  private var mayGain: Bool {
    let packages = situation.installedPackages.contains { package in
      // Alpine's pip is small and brings no compiler along, unlike Debian's.
      if ["py3-pip", "py-pip", "py3-setuptools", "py3-wheel"].contains(package.name) { return false }
      let role = SystemPackages.role(
        of: package.name, manager: package.manager, releases: situation.base?.releases ?? [])
      return role != .runtime && !SystemPackages.programs(of: package.name).contains { situation.rootsName($0) }
    }
    let tools = situation.trace.steps.flatMap { $0.effects.flatMap(\.flattened).compactMap(\.python) }.filter(
      \.isToolOnly
    ).flatMap(\.distributions)
    return packages || !situation.packagesRemovedLater.isEmpty
      || tools.contains { !["pip", "setuptools", "wheel"].contains($0.name) && !situation.rootsName($0.name) }
  }

  // MARK: The base

  private func runtimeImage(_ base: BaseImage) throws(Refusal) -> (text: String, isSlimmer: Bool) {
    guard base.variant.slimmer != nil, base.family.name == "python" else { return (situation.from.image, false) }
    guard base.namesMinorVersion else {
      throw Refusal(
        .noRuntimeVariant,
        "'\(base.text)' names no minor version, so its slim variant may hold another one: name it, for example python:3.12"
      )
    }
    guard let slim = base.slimmer(written: try situation.lineReference()) else {
      throw Refusal(.noRuntimeVariant, "no slim variant of '\(base.text)' is known")
    }
    return (slim, true)
  }

  /// uv fetches an interpreter of its own when the project pins another version than the image's.
  private func checkInterpreter(_ base: BaseImage) throws(Refusal) {
    guard situation.trace.steps.contains(where: { $0.effects.contains { $0.program == "uv" } }),
      let minor = base.minorVersion
    else { return }
    guard let pin = situation.reader.text(of: ".python-version")?.trimmingLine, pin.first?.isNumber == true else {
      return
    }
    if pin != minor, !pin.hasPrefix(minor + ".") {
      throw Refusal(.samePaths, "'.python-version' asks for Python \(pin), so uv fetches an interpreter of its own")
    }
  }

  // MARK: Where the dependencies lie

  private func dependencySites(_ installs: [PythonInstall]) throws(Refusal) -> Set<PythonInstall.Site> {
    let project = installs.filter { !$0.isToolOnly }
    var sites = Set(project.map(\.site))
    if sites.contains(.hidden) {
      throw Refusal(
        .startNeedsToolchain,
        "the dependencies lie in an environment that only Poetry or Pipenv finds, so the tool has to stay")
    }
    if situation.rootsName("poetry"), situation.trace.end.environment["POETRY_VIRTUALENVS_CREATE"] == nil,
      situation.trace.steps.contains(where: { $0.effects.contains { !$0.settings.isEmpty } })
    {
      throw Refusal(.startNeedsToolchain, "the container starts 'poetry', whose configuration lies outside the project")
    }
    // A tool installed by pip that the start command calls travels too.
    if installs.contains(where: {
      $0.isToolOnly && $0.site == .pip && $0.distributions.contains { situation.rootsName($0.name) }
    }) {
      sites.insert(.pip)
    }
    if site == .userBase {
      guard sites.contains(.pip) else {
        throw Refusal(.samePaths, "no dependency is installed by pip into the interpreter's prefix")
      }
      if let reason = UserInstall(situation: situation, sites: sites).objection { throw Refusal(.samePaths, reason) }
    }
    return sites
  }

  private func paths(of sites: Set<PythonInstall.Site>, base: BaseImage) throws(Refusal) -> [PythonInstall.Site:
    [String]]
  {
    var result: [PythonInstall.Site: [String]] = [:]
    for entry in sites {
      switch entry {
      case .pip where site == .userBase: result[entry] = [Self.userBase]
      case .pip, .prefix:
        guard base.family.name == "python", let minor = base.minorVersion else {
          throw Refusal(.samePaths, "the interpreter's prefix is not known for '\(base.text)'")
        }
        // What a wheel brings besides modules and programs: settings, templates and the like.
        let data = base.libc == .glibc ? ["/usr/local/etc", "/usr/local/share"] : ["/usr/local/share"]
        result[entry] = ["/usr/local/lib/python\(minor)/site-packages", "/usr/local/bin"] + data
      case .folder(let path):
        let isOwned = situation.trace.steps.contains { step in
          step.effects.contains { ["chown", "chgrp"].contains($0.program) && $0.writes.contains(path) }
        }
        if isOwned {
          throw Refusal(.sameOwner, "'\(path)' has an owner of its own, which a copied folder would lose")
        }
        guard path != "/", path != "/usr", path != "/usr/local" else {
          throw Refusal(.samePaths, "dependencies are installed into '\(path)'")
        }
        result[entry] = [path]
      case .home:
        guard let step = situation.trace.steps.first(where: { $0.effects.contains { $0.python?.site == .home } }) else {
          continue
        }
        if let folder = step.before.environment["PYTHONUSERBASE"] {
          result[entry] = [step.before.path(folder)]
        } else if let home = situation.homeFolder(at: step) {
          result[entry] = [ContextPath.join(home, ".local")]
        } else {
          throw Refusal(.samePaths, "it cannot be told which folder is the home of the user who installs")
        }
      case .hidden: break
      }
    }
    return result
  }
}
