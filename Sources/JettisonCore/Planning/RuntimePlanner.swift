import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// Places every instruction when the final image is the runtime variant of the author's own base: dependencies travel
/// from the builder, sources are copied again from the context, configuration follows.
struct RuntimePlanner {
  let situation: Situation
  let runtime: String
  let sites: Set<PythonInstall.Site>
  let usesUserBase: Bool
  let needs: PythonNeeds
  let changesBase: Bool

  private let flow: Flow
  private let lastBuilder: Int
  /// Folders that travel whole because a tool of the project writes into them, with the step after which they travel.
  private var trees: [String: Int] = [:]
  private var builder: [StagePlan.Line] = []
  private var final: [StagePlan.Line] = []
  private var travels: [String] = []
  private var installs: [String] = []
  private var broughtSites: Set<PythonInstall.Site> = []
  /// Paths that only the builder has.
  private var builderOnly: [String] = []

  init(
    situation: Situation, runtime: String, sites: Set<PythonInstall.Site>, usesUserBase: Bool, needs: PythonNeeds, changesBase: Bool
  ) {
    self.situation = situation
    self.runtime = runtime
    self.sites = sites
    self.usesUserBase = usesUserBase
    self.needs = needs
    self.changesBase = changesBase
    flow = Flow(situation: situation)
    lastBuilder = situation.trace.steps.last { Self.isBuilderRun($0) }?.index ?? -1
  }

  /// Whether a RUN stays in the builder because of what it does.
  static func isBuilderRun(_ step: Step) -> Bool {
    step.has(.dependencies, .build, .projectTool, .check, .installer, .configuration, .download)
      || step.effects.contains { $0.python != nil }
  }

  mutating func plan(dependencyPaths: [PythonInstall.Site: [String]]) throws(Refusal) -> StagePlan {
    try findTrees(dependencyPaths)
    for step in situation.trace.steps { try place(step, dependencyPaths) }
    guard changesBase || !gain.isEmpty else { throw Refusal(.nothingToGain) }
    var values = ["builder": situation.builderName, "runtime": runtime]
    if usesUserBase { values["userbase"] = PythonStrategy.userBase }
    values["packages"] = needs.lost.joined(separator: " ")
    var assumptions = needs.assumptions
    if situation.trace.steps.contains(where: { $0.has(.projectTool) }) { assumptions.insert(.projectTool) }
    var plan = StagePlan(
      language: "python", rung: changesBase ? .productionDependencies : .sameBase,
      template: usesUserBase ? "python/user-base" : "python/same-paths", runtime: runtime, builder: situation.builderName,
      finalName: situation.finalName, builderLines: builder, finalLines: final, values: values, assumptions: assumptions.sorted(),
      travels: travels, installs: needs.lost + installs)
    plan.findings = needs.findings
    plan.sharedPrefix = changesBase ? 0 : sharedPrefix
    if usesUserBase {
      let because = "pip installs to a place that any user can read and that travels as one folder"
      plan.builderLines.insert(StagePlan.Line(.made(.env, UserInstall.variables), because: because), at: plan.sharedPrefix)
    }
    return plan
  }

  /// What the final image can do without although its base stays the same.
  private var gain: [String] {
    let tools = situation.trace.steps.flatMap { $0.effects.compactMap(\.python) }
      .filter { $0.isToolOnly && !$0.distributions.isEmpty && !usesUserBase }
      .flatMap(\.distributions).map(\.name).filter { !["pip", "setuptools", "wheel"].contains($0) && !situation.rootsName($0) }
    let movesPrefix = sites.contains(.prefix) || sites.contains(.pip) && !usesUserBase
    return needs.dropped + (movesPrefix ? [] : tools)
  }

  /// How many first lines both stages have in common.
  private var sharedPrefix: Int {
    var count = 0
    while count < builder.count, count < final.count, builder[count].origin == final[count].origin, case .author = builder[count].origin { count += 1 }
    return count >= 2 ? count : 0
  }

  // MARK: Trees

  private mutating func findTrees(_ dependencyPaths: [PythonInstall.Site: [String]]) throws(Refusal) {
    for step in situation.trace.steps {
      for effect in step.effects.flatMap(\.flattened) where effect.role == .projectTool || (effect.role == .dependencies && !effect.writes.isEmpty && effect.python != nil) {
        for path in effect.writes {
          if dependencyPaths.values.joined().contains(where: { ContextPath.isWithin(path, $0) }) { continue }
          if ["/tmp", "/root/.cache"].contains(where: { ContextPath.isWithin(path, $0) }) { continue }
          let root = situation.trace.map.entries.filter { $0.instruction < step.index && ContextPath.isWithin(path, $0.image) }
            .map(\.image).min { $0.count < $1.count } ?? path
          guard root != "/" else { throw Refusal(.copySource, "'\(step.instruction.firstLine)' writes below /, which is never copied whole") }
          trees[root] = step.index
        }
      }
    }
    for (root, index) in trees {
      let changesOwner = situation.trace.steps.contains { step in
        step.index <= index && step.effects.contains { ["chown", "chmod", "chgrp"].contains($0.program) && $0.writes.contains(root) }
      }
      if changesOwner { throw Refusal(.sameOwner, "'\(root)' has an owner or mode of its own, which a copied folder would lose") }
    }
  }

  /// The tree that holds a path and still travels after a step.
  private func tree(holding path: String, after index: Int) -> String? {
    trees.first { ContextPath.isWithin(path, $0.key) && index < $0.value }?.key
  }

  // MARK: Lines

  private mutating func inBuilder(_ step: Step, _ because: String) { builder.append(StagePlan.Line(.author(step.index), because: because)) }
  private mutating func inFinal(_ step: Step, _ because: String) { final.append(StagePlan.Line(.author(step.index), because: because)) }

  private mutating func travel(_ path: String, _ because: String) {
    guard !travels.contains(where: { ContextPath.isWithin(path, $0) }) else { return }
    travels.append(path)
    final.append(StagePlan.Line(.made(.copy, "--from=\(situation.builderName) \(path) \(path)"), because: because))
  }

  // MARK: Instructions

  private mutating func place(_ step: Step, _ dependencyPaths: [PythonInstall.Site: [String]]) throws(Refusal) {
    switch step.keyword {
    case .cmd, .entrypoint, .expose, .healthcheck, .stopsignal, .label, .maintainer, .volume:
      inFinal(step, "it configures the running container")
    case .env:
      if isReadInBuilder(step, names: Set(step.instruction.pairs.map(\.key))) { inBuilder(step, "a build step reads it") }
      inFinal(step, "the running program sees it")
    case .arg: placeArgument(step)
    case .workdir:
      if step.index < lastBuilder { inBuilder(step, "build steps run in it") }
      inFinal(step, "the program starts in it, and paths are relative to it")
    case .user:
      if situation.trace.steps.contains(where: { $0.index > step.index && $0.index <= lastBuilder && $0.keyword == .run }) { inBuilder(step, "build steps run as this user") }
      inFinal(step, "the program runs as this user")
    case .shell:
      if step.index < lastBuilder { inBuilder(step, "RUN lines of the builder use it") }
      inFinal(step, "shell-form lines of the final image use it")
    case .copy, .add: try placeCopy(step)
    case .run: try placeRun(step, dependencyPaths)
    default: throw Refusal(.opaqueEffects, "'\(step.instruction.firstLine)' is not understood")
    }
  }

  private func isReadInBuilder(_ step: Step, names: Set<String>) -> Bool {
    guard step.index < lastBuilder else { return false }
    if names.contains(where: { name in PythonCommands.pipPrefixes.contains { name.hasPrefix($0) } }) { return true }
    return situation.trace.steps.contains { later in
      guard later.index > step.index, later.index <= lastBuilder else { return false }
      if later.keyword == .run {
        guard Self.isBuilderRun(later) || later.has(.packages) else { return false }
        let mayReadAny = later.effects.flatMap(\.flattened).contains { $0.environment == nil && $0.role != .check }
        return mayReadAny || !flow.reads(later).isDisjoint(with: names)
      }
      return [.env, .workdir, .copy, .add, .user, .arg].contains(later.keyword) && !flow.reads(later).isDisjoint(with: names)
    }
  }

  private mutating func placeArgument(_ step: Step) {
    let names = Set(step.instruction.declarations.map(\.name))
    let readers = situation.trace.steps.filter { $0.index > step.index && !flow.reads($0).isDisjoint(with: names) }
    let forBuilder = isReadInBuilder(step, names: names)
    let forFinal = readers.contains { !($0.keyword == .run && Self.isBuilderRun($0)) }
    if forBuilder || !forFinal { inBuilder(step, "a build step may read it") }
    if forFinal { inFinal(step, "an argument ends with its stage, and lines of the final stage read it") }
  }

  // MARK: COPY and ADD

  private mutating func placeCopy(_ step: Step) throws(Refusal) {
    guard let copied = step.copied else { throw Refusal(.opaqueEffects, "'\(step.instruction.firstLine)' cannot be resolved") }
    let inTree = copied.targets.allSatisfy { tree(holding: $0, after: step.index) != nil } && !copied.targets.isEmpty
    if inTree {
      inBuilder(step, "a later step works on it, and the result travels")
      return
    }
    let readers = situation.trace.steps.filter { later in
      later.index > step.index && later.keyword == .run && (Self.isBuilderRun(later) && reads(later, anyOf: copied.targets))
    }
    if readers.isEmpty {
      inFinal(step, "the running program needs it, and no build step does")
      return
    }
    if let manifests = ManifestFirst(situation: situation).manifests(copiedBy: step, readers: readers) {
      for line in manifests { builder.append(StagePlan.Line(.made(.copy, line), because: "the dependencies need these files only, so that a change of the sources keeps their layer")) }
    } else {
      inBuilder(step, "the dependencies need it")
    }
    if isNeededAtRunTime(step, copied) { inFinal(step, "the running program needs it") }
  }

  /// Whether a builder step reads one of the places a copy wrote.
  private func reads(_ step: Step, anyOf targets: [String]) -> Bool {
    let reads = step.effects.flatMap(\.flattened).filter { $0.role != .packages && $0.role != .users }.flatMap(\.reads)
    return targets.contains { target in
      reads.contains { ContextPath.isWithin($0, target) || ContextPath.isWithin(target, $0) } || flow.mentions(step, target)
    }
  }

  private static let manifestNames: Set<String> = ["pyproject.toml", "poetry.lock", "uv.lock", "pdm.lock", "Pipfile", "Pipfile.lock", "constraints.txt", ".python-version", "setup.py", "setup.cfg"]

  private func isNeededAtRunTime(_ step: Step, _ copied: CopyEffect) -> Bool {
    guard case .context(let sources) = copied.source else { return true }
    let toolAtStart = ["poetry", "uv", "pipenv", "pdm", "hatch", "pip"].contains { situation.rootsName($0) }
    let files = sources.flatMap { situation.listing.files(below: $0) }
    let onlyManifests = !toolAtStart && !files.isEmpty && files.allSatisfy { file in
      let name = ContextPath.lastComponent(file.path)
      let isManifest = Self.manifestNames.contains(name) || (name.hasSuffix(".txt") && name.lowercased().contains("require"))
        || (ContextPath.parent(file.path).hasSuffix("requirements") && name.hasSuffix(".txt"))
      return isManifest && !needs.literals.contains { $0.hasSuffix(name) } && !situation.roots.text.contains(name)
    }
    if onlyManifests { return false }
    // Sources that were only installed: outside the working directory, not editable, named by nothing.
    return !copied.targets.allSatisfy { isOnlyInstalled($0) }
  }

  private func isOnlyInstalled(_ target: String) -> Bool {
    let directory = situation.trace.end.directory
    if ContextPath.isWithin(directory, target) || ContextPath.isWithin(target, directory) { return false }
    let projects = situation.trace.steps.flatMap { $0.effects.flatMap(\.flattened).compactMap(\.python) }.flatMap(\.projects)
    guard projects.contains(where: { !$0.isEditable && ContextPath.isWithin($0.path, target) }), !projects.contains(where: { $0.isEditable && ContextPath.isWithin($0.path, target) }) else { return false }
    let named = situation.trace.end.ownVariables.contains { (situation.trace.end.environment[$0] ?? "").contains(target) }
    return !named && !situation.roots.text.contains(target) && !needs.literals.contains { $0.contains(target) }
  }

  // MARK: RUN

  private mutating func placeRun(_ step: Step, _ dependencyPaths: [PythonInstall.Site: [String]]) throws(Refusal) {
    if Self.isBuilderRun(step) {
      try placeBuilderRun(step, dependencyPaths)
    } else if step.has(.packages), step.effects.allSatisfy({ [.packages, .inert, .cleanup].contains($0.role) }) {
      placePackages(step)
    } else if step.effects.allSatisfy({ [.inert, .cleanup].contains($0.role) }) {
      if step.index < lastBuilder { inBuilder(step, "it tidies the builder") } else { inFinal(step, "it changes nothing that stays") }
    } else {
      try placeSystemRun(step)
    }
  }

  private mutating func placeBuilderRun(_ step: Step, _ dependencyPaths: [PythonInstall.Site: [String]]) throws(Refusal) {
    let pythons = step.effects.flatMap(\.flattened).compactMap(\.python)
    inBuilder(step, pythons.isEmpty ? "only the build needs its tools" : "it installs the dependencies")
    try addPackages(of: step)
    for install in pythons where !install.isToolOnly || (install.site == .pip && sites.contains(.pip) && !usesOtherInstall(install.site)) {
      guard broughtSites.insert(install.site).inserted else { continue }
      for path in dependencyPaths[install.site] ?? [] { travel(path, "the installed dependencies") }
    }
    for effect in step.effects where effect.role == .download { try bringDownload(effect, step) }
    for (root, index) in trees.sorted(by: { $0.key < $1.key }) where index == step.index { travel(root, "steps of the build wrote into it") }
    try replayLeftovers(step, dependencyPaths)
  }

  private func usesOtherInstall(_ site: PythonInstall.Site) -> Bool {
    situation.trace.steps.contains { $0.effects.flatMap(\.flattened).contains { $0.python.map { !$0.isToolOnly && $0.site == site } ?? false } }
  }

  private mutating func bringDownload(_ effect: CommandEffect, _ step: Step) throws(Refusal) {
    for path in effect.writes {
      builderOnly.append(path)
      let name = ContextPath.lastComponent(path)
      let isArchive = [".tar", ".gz", ".tgz", ".zip", ".bz2", ".xz", ".deb", ".apk", ".whl"].contains { name.hasSuffix($0) }
      let isTemporary = ["/tmp", "/root/.cache", "/var/tmp"].contains { ContextPath.isWithin(path, $0) }
      let isRemoved = situation.trace.steps.contains { $0.index >= step.index && $0.effects.contains { $0.program == "rm" && $0.writes.contains(path) } }
      if isTemporary || isRemoved || (isArchive && effect.program != "tar") { continue }
      guard path != "/" else { throw Refusal(.copySource, "'\(step.instruction.firstLine)' unpacks into /, which is never copied whole") }
      guard !["/usr", "/usr/local", "/etc", "/usr/lib", "/lib", "/usr/local/lib", "/usr/bin", "/bin"].contains(path) else {
        throw Refusal(.opaqueEffects, "it cannot be told which files '\(step.instruction.firstLine)' puts below '\(path)'")
      }
      travel(path, "it was downloaded, and something outside the file may call it")
    }
  }

  /// Users and files that a builder RUN makes besides.
  private mutating func replayLeftovers(_ step: Step, _ dependencyPaths: [PythonInstall.Site: [String]]) throws(Refusal) {
    let relevant = step.effects.filter { effect in
      guard effect.python == nil else { return false }
      switch effect.role {
      case .users: return true
      case .files: return effect.writes.contains { !isCovered($0, by: step, dependencyPaths) }
      default: return false
      }
    }
    guard !relevant.isEmpty else { return }
    try replay(step, relevant)
  }

  private func isCovered(_ path: String, by step: Step, _ dependencyPaths: [PythonInstall.Site: [String]]) -> Bool {
    if ["/tmp", "/root/.cache", "/var/lib/apt", "/var/cache", "/var/tmp"].contains(where: { ContextPath.isWithin(path, $0) }) { return true }
    if dependencyPaths.values.joined().contains(where: { ContextPath.isWithin(path, $0) }) { return true }
    if builderOnly.contains(where: { ContextPath.isWithin(path, $0) }) { return true }
    if trees.contains(where: { ContextPath.isWithin(path, $0.key) && step.index <= $0.value }) { return true }
    return travels.contains { ContextPath.isWithin(path, $0) }
  }

  private mutating func replay(_ step: Step, _ relevant: [CommandEffect]) throws(Refusal) {
    var commands: [String] = []
    for effect in relevant {
      guard !effect.isConditional, let command = effect.command, let script = step.script else {
        throw Refusal(.opaqueEffects, "a part of '\(step.instruction.firstLine)' cannot be repeated on its own")
      }
      let missing = effect.reads.contains { read in builderOnly.contains { ContextPath.isWithin(read, $0) } }
      guard !missing, !ShellVariableUse.readsAssigned(effect, in: step) else {
        throw Refusal(.opaqueEffects, "a part of '\(step.instruction.firstLine)' needs what only the builder has")
      }
      commands.append(script.text(of: command.range))
    }
    final.append(StagePlan.Line(.made(.run, commands.joined(separator: " && ")), because: "the final image needs users and files as the original had them"))
  }

  // MARK: Users and files

  private mutating func placeSystemRun(_ step: Step) throws(Refusal) {
    if changesBase, step.effects.contains(where: { ["adduser", "addgroup"].contains($0.program) }), situation.base?.releases.contains("trixie") != false {
      throw Refusal(.missingAtRunTime, "'adduser' may be missing in the slim image of this release")
    }
    let writes = step.effects.filter { $0.role == .files }.flatMap(\.writes)
    let readsBuilder = step.effects.flatMap(\.reads).contains { read in builderOnly.contains { ContextPath.isWithin(read, $0) } }
    if readsBuilder {
      inBuilder(step, "it works on what only the builder has")
      for path in writes where !["/tmp", "/var/tmp"].contains(where: { ContextPath.isWithin(path, $0) }) && !builderOnly.contains(path) { travel(path, "a step of the build wrote it") }
      try addPackages(of: step)
      return
    }
    let inTrees = !writes.isEmpty && writes.allSatisfy { tree(holding: $0, after: step.index) != nil } && !step.has(.users, .packages)
    if inTrees {
      inBuilder(step, "a later step works on it, and the result travels")
      return
    }
    if step.has(.packages) {
      if !(needs.dropped.isEmpty && step.effects.compactMap(\.packages).flatMap(\.installed).allSatisfy { (needs.kept[step.index] ?? []).contains($0) }) {
        inBuilder(step, "the build needs its packages")
        try addPackages(of: step)
        try replayLeftovers(step, [:])
        return
      }
    }
    if isNeededByBuilder(step, writes) { inBuilder(step, "the build needs it") }
    inFinal(step, "the running program needs it")
  }

  private func isNeededByBuilder(_ step: Step, _ writes: [String]) -> Bool {
    let users = Set(step.effects.flatMap(\.users).map(\.name))
    return situation.trace.steps.contains { later in
      guard later.index > step.index, later.index <= lastBuilder else { return false }
      if !users.isEmpty, later.keyword == .user || later.copied?.owner != nil, users.contains(where: { later.instruction.text.contains($0) }) { return true }
      if later.keyword == .run, Self.isBuilderRun(later) {
        return writes.contains { path in
          flow.mentions(later, path) || later.effects.flatMap(\.flattened).contains { effect in effect.reads.contains { ContextPath.isWithin(path, $0) && effect.role != .dependencies } }
        }
      }
      return false
    }
  }

  // MARK: Packages

  private mutating func placePackages(_ step: Step) {
    let changes = step.effects.compactMap(\.packages)
    let installed = changes.flatMap(\.installed)
    let kept = needs.kept[step.index] ?? []
    if installed.isEmpty {
      if lastBuilder > step.index { inBuilder(step, "later lines of the builder install packages") } else { inFinal(step, "later lines of the final stage may need it") }
      return
    }
    let refreshes = changes.contains { $0.refreshes || $0.options.contains("--no-cache") || $0.options.contains("--update") || $0.options.contains("-U") || $0.options.contains("--update-cache") }
    let all = installed.allSatisfy { kept.contains($0) }
    if all {
      // Headers that no row splits are needed on both sides.
      if installed.contains(where: { $0.hasSuffix("-dev") }), step.index < lastBuilder { inBuilder(step, "the build needs headers") }
      if refreshes {
        inFinal(step, "the running program may need these packages")
        return
      }
    } else if step.index < lastBuilder {
      inBuilder(step, "only the build needs these packages, or all of them")
    } else {
      builder.append(StagePlan.Line(.author(step.index), because: "the final image does not need all of these packages"))
    }
    if let line = packageLine(step) {
      let origin: StagePlan.Line.Origin = all && !builder.contains { $0.authorIndex == step.index }
        ? .edited(step.index, edits: [StagePlan.TextEdit(offset: 0, length: step.instruction.argumentBytes.count, text: line)], pass: "clean-lists")
        : .made(.run, line)
      final.append(StagePlan.Line(origin, because: "the running program needs these packages"))
    }
  }

  private mutating func addPackages(of step: Step) throws(Refusal) {
    guard let line = packageLine(step) else { return }
    final.append(StagePlan.Line(.made(.run, line), because: "the running program needs these packages"))
  }

  /// A RUN that installs what stays of a step's packages.
  private mutating func packageLine(_ step: Step) -> String? {
    let names = (needs.kept[step.index] ?? []) + (needs.libraries[step.index] ?? [])
    var unique: [String] = []
    for name in names where !unique.contains(name) && !installs.contains(name) { unique.append(name) }
    guard !unique.isEmpty, let change = step.effects.compactMap(\.packages).first(where: { !$0.installed.isEmpty }) else { return nil }
    installs += unique
    let keepsRecommends = !(needs.kept[step.index] ?? []).isEmpty && !change.options.contains("--no-install-recommends")
    return change.manager.installLine(unique, withRecommends: keepsRecommends)
  }
}

extension PackageManager {
  /// The text of a RUN that installs packages and leaves no lists behind (pass `clean-lists`).
  func installLine(_ packages: [String], withRecommends: Bool) -> String {
    switch self {
    case .apk: "apk add --no-cache " + packages.joined(separator: " ")
    case .apt:
      "apt-get update && apt-get install -y " + (withRecommends ? "" : "--no-install-recommends ") + packages.joined(separator: " ")
        + " && rm -rf /var/lib/apt/lists/*"
    }
  }
}

/// Whether a command reads variables that only its own RUN sets.
enum ShellVariableUse {
  static func readsAssigned(_ effect: CommandEffect, in step: Step) -> Bool {
    let assigned = Set(step.effects.compactMap(\.command).flatMap(\.assignments).map(\.name))
    let read = (effect.command?.words ?? []).reduce(into: Set<String>()) { $0.formUnion($1.variables) }
    return !read.isDisjoint(with: assigned)
  }
}
