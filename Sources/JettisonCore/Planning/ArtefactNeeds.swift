import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// What a built program needs in the final image besides itself, whatever its language.
struct ArtefactNeeds {
  /// Context paths it reads at run time, folders for whole trees.
  var assets: [String] = []
  /// Where the image holds the assets that are named by a path; one that is missing counts wherever it is copied to.
  var assetPlaces: [String: Set<String>] = [:]
  /// Files that a RUN makes and the program names, absolute.
  var produced: [String] = []
  /// The absolute paths that literals and the start command name.
  var names: Set<String> = []
  /// Whether it looks time zones up, be it only for the local time of a TZ variable.
  var timeZones = false
  /// Whether it writes temporary files.
  var temporaryFiles = false
  /// Programs it or the start scripts call.
  var programs: [String] = []
  /// Packages of the author that stay.
  var packages: [String] = []
  /// Downloaded files that stay, absolute.
  var downloads: [String] = []
  /// Files whose text stands in the Dockerfile and that stay, absolute.
  var texts: [String] = []
  /// A user by name that is needed.
  var userName: String?
  /// What is taken for granted.
  var assumptions: Set<Assumption> = []

  /// Takes over what a search for assets found.
  mutating func add(_ found: AssetSearch.Answer) {
    assets = found.assets
    assetPlaces = found.places
    produced = found.produced
    names = found.names
  }

  /// Adds what the start command, packages, downloads and the user call for.
  mutating func readRuntime(of program: any BuiltProgram, _ situation: Situation) {
    readRoots(situation, program: program)
    readPackages(situation, program: program)
    let user = situation.trace.end.user
    if let user, user != "root", !user.split(separator: ":").allSatisfy({ $0.allSatisfy(\.isNumber) }) {
      userName = user
    }
  }

  // MARK: Roots

  private mutating func readRoots(_ situation: Situation, program: any BuiltProgram) {
    let artefactNames = Set(program.artefacts.map(ContextPath.lastComponent))
    for name in situation.roots.programs {
      let last = ContextPath.lastComponent(name)
      if artefactNames.contains(last) || SystemCommands.builtins.contains(last) { continue }
      let path = ContextPath.join(situation.trace.end.directory, name)
      if situation.roots.scripts.contains(path) { continue }
      if name.contains("/"), program.artefacts.contains(where: { ContextPath.isWithin(path, $0) }) { continue }
      if name.contains("/"), situation.trace.steps.contains(where: { $0.writes.contains(path) }) { continue }
      if !programs.contains(last) { programs.append(last) }
    }
    for interpreter in situation.roots.interpreters {
      let name = ContextPath.lastComponent(interpreter)
      if name != "sh", name != "ash", !programs.contains(name) { programs.append(name) }
    }
  }

  // MARK: Packages and downloads

  private mutating func readPackages(_ situation: Situation, program: any BuiltProgram) {
    let builderRuns = situation.trace.steps.filter { $0.keyword == .run }
    for package in situation.installedPackages {
      let role = SystemPackages.role(
        of: package.name, manager: package.manager, releases: situation.base?.releases ?? [])
      let isCalled = SystemPackages.programs(of: package.name).contains {
        programs.contains($0) || situation.rootsName($0)
      }
      switch role {
      case .build: if isCalled { add(package.name) }
      case .buildAnd(let libraries):
        // cgo links C code to the C library only; C++ needs its own.
        if isCalled {
          add(package.name)
        } else if program.linksLibraries, libraries != ["libgcc"] {
          libraries.forEach { add($0) }
        }
      case .runtime:
        if program.buildPackages.contains(package.name), !isCalled { continue }
        // The files of these two travel by themselves.
        if package.name != "ca-certificates", package.name != "tzdata" { add(package.name) }
        if package.name == "tzdata" { timeZones = true }
      }
    }
    for step in situation.trace.steps {
      guard let copied = step.copied, copied.source == .other else { continue }
      for path in copied.targets where isKeptAddition(path, after: step.index, situation, program) {
        if !copied.view.heredocs.isEmpty, !program.isSource(path) {
          texts.append(path)
        } else if copied.view.isAdd, !downloads.contains(path) {
          downloads.append(path)
        }
      }
    }
    if situation.trace.steps.contains(where: {
      $0.effects.contains { $0.program == "ln" && $0.writes.contains("/etc/localtime") }
    }) {
      add("tzdata")
    }
    for step in builderRuns {
      for effect in step.effects
      where effect.role == .download && !effect.isConditional && !program.isBuildOnly(effect, in: step) {
        for path in effect.writes where isKeptDownload(path, step: step, situation, program) { downloads.append(path) }
      }
    }
  }

  private mutating func add(_ package: String) {
    if !packages.contains(package) { packages.append(package) }
  }

  /// What an ADD fetched and no later step calls.
  private func isKeptAddition(_ path: String, after index: Int, _ situation: Situation, _ program: any BuiltProgram)
    -> Bool
  {
    let name = ContextPath.lastComponent(path)
    if (["/tmp", "/root"] + program.buildFolders).contains(where: { ContextPath.isWithin(path, $0) }) { return false }
    return !situation.trace.steps.contains { step in
      step.index > index && step.keyword == .run
        && step.effects.contains { $0.program == name || ($0.program != "chmod" && $0.reads.contains(path)) }
    }
  }

  /// A single file outside the sources that no later step uses.
  private func isKeptDownload(_ path: String, step: Step, _ situation: Situation, _ program: any BuiltProgram) -> Bool {
    let temporary = (["/tmp", "/root"] + program.buildFolders).contains { ContextPath.isWithin(path, $0) }
    if temporary || path == "/" || path == situation.trace.end.directory { return false }
    let name = ContextPath.lastComponent(path)
    let isArchive = [".tar", ".gz", ".tgz", ".zip", ".bz2", ".xz", ".deb", ".apk"].contains { name.hasSuffix($0) }
    if isArchive { return false }
    let usedLater = situation.trace.steps.contains { other in
      guard other.index > step.index || (other.index == step.index), other.keyword == .run else { return false }
      return other.effects.contains { effect in
        effect.program == name
          || (effect.command?.words.first?.literal.map { ContextPath.lastComponent($0) == name } ?? false)
      }
    }
    if usedLater { return situation.rootsName(name) }
    return ["/bin", "/sbin", "/usr/bin", "/usr/local/bin", "/opt", "/srv", "/etc"].contains {
      ContextPath.isWithin(path, $0)
    }
      || ContextPath.isWithin(path, situation.trace.end.directory) && situation.trace.end.directory != "/"
  }
}
