import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// Splits a Node image: build tools, development dependencies and compiled sources stay in the builder.
struct NodeStrategy: StageSplit {
  enum Runtime {
    /// The line's Alpine image, for trees without native code.
    case alpine
    /// The line's slim image.
    case slim
    /// The author's own base.
    case same
  }

  let situation: Situation
  let runtime: Runtime

  init(_ situation: Situation, runtime: Runtime) {
    self.situation = situation
    self.runtime = runtime
  }

  func plan() throws(Refusal) -> StagePlan {
    guard let base = situation.base else { throw Refusal(.unknownBase) }
    let image = try runtimeImage(base)
    try situation.requireKnownEffects()
    if base.family.language != "node", let installer = situation.trace.steps.first(where: { $0.has(.installer) }) {
      throw Refusal(
        .opaqueEffects,
        "'\(installer.instruction.firstLine)' may bring the interpreter itself, which the program needs", at: installer)
    }
    let facts = try NodeFacts(situation)
    var dependencies = try NodeDependencies(facts)
    if runtime == .alpine {
      if let reason = dependencies.nativeReason { throw Refusal(.sameLibc, reason) }
      try checkSystem()
      dependencies.isPortable = true
      dependencies.template = "node/alpine"
    }
    // Python is there for native modules, which node-gyp builds with it.
    var needs = RuntimeNeeds(
      situation, started: facts.reach.started,
      isForBuilding: { ["python", "python2", "python3", "python-is-python3", "python3-distutils"].contains($0) })
    if runtime != .same { try addLost(to: &needs, facts, base) }
    if runtime == .alpine, !needs.kept.isEmpty || !needs.libraries.isEmpty {
      throw Refusal(.sameLibc, "the packages of the author's system have other names on Alpine")
    }
    var planner = RuntimePlanner(
      situation: situation, runtime: image, dependencies: dependencies, needs: needs, changesBase: runtime != .same)
    var plan = try planner.plan()
    plan.findings += dependencies.findings
    return plan
  }

  // MARK: The base

  private func runtimeImage(_ base: BaseImage) throws(Refusal) -> String {
    let name: String
    switch runtime {
    case .same:
      // The slimmer variants have had their turn; only their absence leads here.
      guard base.variant.slimmer == nil || base.family.language != "node" else {
        throw Refusal.besideThePoint(.noRuntimeVariant, "'\(base.text)' has slimmer variants, which were tried first")
      }
      return situation.from.image
    case .alpine: name = "alpine"
    case .slim: name = "slim"
    }
    guard base.family.language == "node", base.variant.slimmer != nil else {
      throw Refusal.besideThePoint(.nothingToGain, "'\(base.text)' has no slimmer variant")
    }
    guard base.version != nil || runtime == .alpine else {
      throw Refusal(
        .noRuntimeVariant,
        "'\(base.text)' names no version, so its slimmer variants may hold another one: name it, for example \(base.family.name):22"
      )
    }
    guard let image = base.sibling(name, written: try situation.lineReference()) else {
      throw Refusal(.noRuntimeVariant, "'\(base.text)' is not known to have the variant '\(name)'")
    }
    return image
  }

  /// Whether what runs besides Node finds its programs on Alpine.
  private func checkSystem() throws(Refusal) {
    if let interpreter = situation.roots.interpreters.first(where: { ContextPath.lastComponent($0) == "bash" }) {
      throw Refusal(.missingAtRunTime, "a script runs in '\(interpreter)', which Alpine does not have")
    }
    if let step = situation.trace.steps.first(where: { $0.has(.users) }) {
      throw Refusal(.missingAtRunTime, "'\(step.instruction.firstLine)' is written for Debian's commands", at: step)
    }
    if let step = situation.trace.steps.first(where: changesSystem) {
      throw Refusal(.missingAtRunTime, "'\(step.instruction.firstLine)' changes what Debian's image holds", at: step)
    }
    if let step = situation.trace.steps.first(where: { step in
      step.has(.download, .installer)
        || step.copied.map { if case .context = $0.source { false } else { true } } ?? false
    }) {
      throw Refusal(.sameLibc, "'\(step.instruction.firstLine)' may bring a program that is linked to glibc", at: step)
    }
    if let program = situation.listing.files.first(where: isCompiled) {
      throw Refusal(.sameLibc, "'\(program.path)' may be linked to glibc")
    }
    let known = SystemCommands.builtins.union(SystemCommands.common).union(SystemCommands.busybox)
    for command in situation.roots.commands {
      guard case .script = command.origin, let program = command.words.first ?? nil, !program.contains("/") else {
        continue
      }
      let isNodes = ["node", "nodejs", "npm", "npx", "yarn", "pnpm", "bun", "bunx"].contains(program)
      if !isNodes, !known.contains(program), !["curl", "git"].contains(program) {
        throw Refusal(.missingAtRunTime, "a script calls '\(program)', which Alpine may not have")
      }
    }
  }

  /// Whether a step sets up Debian's packages, or fails where a file of the system is missing.
  private func changesSystem(_ step: Step) -> Bool {
    step.effects.flatMap(\.flattened).contains { effect in
      if effect.program == "dpkg-reconfigure" { return true }
      let isForced = effect.command?.words.contains {
        $0.literal.map { $0.hasPrefix("-") && $0.contains("f") } ?? false
      }
      return effect.program == "rm" && isForced != true
        && effect.writes.contains { path in
          ["/etc", "/usr/share", "/usr/lib"].contains { ContextPath.isWithin(path, $0) }
            && situation.trace.map.contextPath(of: path, in: situation.listing) == nil
        }
    }
  }

  /// Whether a file of the context is a compiled program or library that is copied.
  private func isCompiled(_ file: ContextListing.File) -> Bool {
    let name = ContextPath.lastComponent(file.path)
    guard name.hasSuffix(".so") || file.entry.isExecutable && !name.contains("."),
      !situation.trace.map.imagePaths(of: file.path).isEmpty,
      case .success(let bytes) = situation.reader.contents(of: file.path)
    else { return false }
    return bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46])
  }

  // MARK: What the base held

  private func addLost(to needs: inout RuntimeNeeds, _ facts: NodeFacts, _ base: BaseImage) throws(Refusal) {
    guard let final = base.family.variants[runtime == .alpine ? "alpine" : "slim"] else { return }
    let manager: PackageManager = runtime == .alpine ? .apk : .apt
    var names: Set<String> = []
    for folder in facts.folders {
      let locked = folder.lock?.packages.filter { !$0.isDevelopment }.map(\.name) ?? []
      names.formUnion(locked + folder.project.package.runtimeNames + folder.installs.flatMap(\.node.packages))
    }
    for manifest in situation.copiedFiles(named: "package.json") where facts.folders.isEmpty {
      names.formUnion((try? NodePackage.parse(manifest.text, file: manifest.path).get())?.runtimeNames ?? [])
    }
    if let browser = names.intersection(NodePackages.browsers).sorted().first {
      throw Refusal(.noRuntimeVariant, "\(browser) drives a browser with more system libraries than can be named")
    }
    if let linked = names.intersection(NodePackages.linked).sorted().first {
      throw Refusal(.noRuntimeVariant, "\(linked) is linked to libraries that the slimmer image may lack")
    }
    for name in names.sorted() {
      for program in NodePackages.programs[name] ?? [] where base.variant.programs.contains(program) {
        guard let package = SystemPackages.package(bringing: program, manager: manager) else { continue }
        if !final.programs.contains(program) { needs.addLost(package, because: "'\(name)' calls '\(program)'") }
      }
      for library in NodePackages.libraries[name] ?? [] {
        needs.addLost(library, because: "'\(name)' loads its libraries")
      }
    }
    try needs.addLostPrograms(situation, final: final, manager: manager)
    if runtime == .alpine {
      if let step = situation.trace.steps.first(where: \.readsZones) {
        needs.addLost("tzdata", because: "line \(step.line) reads the time zones")
      } else if !situation.roots.scripts.isEmpty, situation.trace.end.environment["TZ"]?.contains("/") == true {
        needs.addLost("tzdata", because: "the commands of scripts obey TZ")
      }
    }
    if needs.lost.contains("git"), manager == .apt {
      needs.addLost("ca-certificates", because: "git checks servers with them")
    }
    if runtime == .slim,
      let variable = ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"].first(where: {
        situation.trace.end.environment[$0]?.hasPrefix("/etc/ssl") == true
      })
    {
      needs.addLost("ca-certificates", because: "\(variable) names them")
    }
    if !needs.lost.isEmpty, runtime == .slim,
      base.releases.isEmpty || base.releases.contains(where: { ["jessie", "stretch", "buster"].contains($0) }),
      !situation.trace.steps.contains(where: { $0.effects.contains { $0.packages?.manager == .apt } })
    {
      throw Refusal(
        .noRuntimeVariant,
        "'\(needs.lost[0])' would have to be installed, and the package archives of this old release may be closed: name a newer one"
      )
    }
    needs.assumptions.formUnion(runtime == .alpine ? [.tagPair, .jsNative] : [.tagPair, .jsLibs])
    if !facts.reach.started.isEmpty { needs.assumptions.insert(.execLiterals) }
  }
}
