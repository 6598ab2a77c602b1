import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

extension RuntimePlanner {
  // MARK: RUN

  mutating func placeRun(_ step: Step) throws(Refusal) {
    if try placeWithSources(step) { return }
    if Self.isBuilderRun(step) {
      try placeBuilderRun(step)
    } else if step.has(.packages), step.effects.allSatisfy({ [.packages, .inert, .cleanup].contains($0.role) }) {
      placePackages(step)
    } else if step.effects.allSatisfy({ [.inert, .cleanup].contains($0.role) }) {
      if step.index < lastBuilder {
        inBuilder(step, "it tidies the builder")
      } else {
        inFinal(step, "it leaves nothing behind, wherever it runs")
      }
    } else {
      try placeSystemRun(step)
    }
  }

  mutating func placeBuilderRun(_ step: Step) throws(Refusal) {
    let isInstall = step.effects.flatMap(\.flattened).contains { $0.isInstall }
    inBuilder(step, isInstall ? becauseInstalled(step) : becauseOfBuilding(step))
    try addPackages(of: step)
    for effect in step.effects.flatMap(\.flattened) where effect.isInstall {
      for folder in dependencies.folders(filledBy: effect, in: step) where brought.insert(folder.path).inserted {
        if let user = folder.madeFor {
          // A COPY would make the folder root's.
          final.append(
            StagePlan.Line(
              .made(.run, "mkdir -p \(folder.path)"),
              because: "a COPY would make the folder root's, and it belongs to '\(user)'"))
        }
        travel(
          folder.path, "the dependencies that \(step.mention) installs",
          owner: dependencies.owner(of: folder.path, upTo: step.index))
      }
    }
    final += try dependencies.finalLines(for: step)
    for effect in step.effects where effect.role == .download { try bringDownload(effect, step) }
    for (root, index) in trees.sorted(by: { $0.key < $1.key }) where index == step.index {
      travel(
        root, "the program may read it, and \(step.mention) may have written it",
        owner: dependencies.owner(of: root, upTo: index))
    }
    try replayLeftovers(step)
  }

  mutating func bringDownload(_ effect: CommandEffect, _ step: Step) throws(Refusal) {
    for path in effect.writes {
      builderOnly.append(path)
      let name = ContextPath.lastComponent(path)
      let isArchive = [".tar", ".gz", ".tgz", ".zip", ".bz2", ".xz", ".deb", ".apk", ".whl"].contains {
        name.hasSuffix($0)
      }
      let isTemporary = ["/tmp", "/root/.cache", "/var/tmp"].contains { ContextPath.isWithin(path, $0) }
      let isRemoved = situation.trace.steps.contains {
        $0.index >= step.index && $0.effects.contains { $0.program == "rm" && $0.writes.contains(path) }
      }
      if isTemporary || isRemoved || (isArchive && effect.program != "tar") { continue }
      guard path != "/" else {
        throw Refusal(
          .copySource, "'\(step.instruction.firstLine)' unpacks into /, which is never copied whole", at: step)
      }
      guard !["/usr", "/usr/local", "/etc", "/usr/lib", "/lib", "/usr/local/lib", "/usr/bin", "/bin"].contains(path)
      else {
        throw Refusal(
          .opaqueEffects, "it cannot be told which files '\(step.instruction.firstLine)' puts below '\(path)'", at: step
        )
      }
      travel(path, "line \(step.line) downloads it, and something may call it at run time")
    }
  }

  /// Users and files that a builder RUN makes besides.
  mutating func replayLeftovers(_ step: Step) throws(Refusal) {
    let relevant = step.effects.filter { effect in
      guard !effect.isInstall else { return false }
      switch effect.role {
      case .users: return true
      case .files: return effect.writes.contains { !isCovered($0, by: step) }
      default: return false
      }
    }
    guard !relevant.isEmpty else { return }
    try replay(step, relevant)
  }

  func isCovered(_ path: String, by step: Step) -> Bool {
    if ["/tmp", "/root/.cache", "/var/lib/apt", "/var/cache", "/var/tmp"].contains(where: {
      ContextPath.isWithin(path, $0)
    }) {
      return true
    }
    if dependencies.paths.contains(where: { ContextPath.isWithin(path, $0) }) { return true }
    if flow.isPrivate(path) { return true }
    if builderOnly.contains(where: { ContextPath.isWithin(path, $0) }) { return true }
    if trees.contains(where: { ContextPath.isWithin(path, $0.key) && step.index <= $0.value }) { return true }
    return travels.contains { ContextPath.isWithin(path, $0) }
  }

  mutating func replay(_ step: Step, _ relevant: [CommandEffect]) throws(Refusal) {
    var commands: [String] = []
    for effect in relevant {
      if effect.isInPipeline, effect.role == .files {
        for path in effect.writes where !isCovered(path, by: step) { travel(path, "line \(step.line) makes it") }
        continue
      }
      guard !effect.isConditional, !effect.isInPipeline, let command = effect.command, let script = step.script else {
        throw Refusal(
          .opaqueEffects, "a part of '\(step.instruction.firstLine)' cannot be repeated on its own", at: step)
      }
      let missing = effect.reads.contains { read in builderOnly.contains { ContextPath.isWithin(read, $0) } }
      guard !missing, !ShellVariableUse.readsAssigned(effect, in: step) else {
        throw Refusal(
          .opaqueEffects, "a part of '\(step.instruction.firstLine)' needs what only the builder has", at: step)
      }
      commands.append(script.text(of: command.range))
    }
    guard !commands.isEmpty else { return }
    final.append(
      StagePlan.Line(
        .made(.run, commands.joined(separator: " && ")),
        because: becauseOf(relevant)))
  }

  // MARK: Users and files

  mutating func placeSystemRun(_ step: Step) throws(Refusal) {
    if changesBase, step.effects.contains(where: { ["adduser", "addgroup"].contains($0.program) }),
      situation.base?.releases.contains("trixie") != false
    {
      throw Refusal(.missingAtRunTime, "'adduser' may be missing in the slim image of this release")
    }
    let writes = step.effects.filter { $0.role == .files }.flatMap(\.writes)
    let ownPaths = dependencies.paths
    let changesDependencies = writes.allSatisfy { path in ownPaths.contains { ContextPath.isWithin(path, $0) } }
    if !writes.isEmpty, !step.has(.users, .packages), changesDependencies {
      inBuilder(step, "it changes the dependencies, which travel")
      return
    }
    let readsBuilder = step.effects.flatMap(\.reads).contains { read in
      builderOnly.contains { ContextPath.isWithin(read, $0) }
    }
    if readsBuilder {
      guard !writes.contains("/") else {
        throw Refusal(
          .copySource, "'\(step.instruction.firstLine)' writes into /, which is never copied whole", at: step)
      }
      inBuilder(step, "it works on what only the builder has")
      for path in writes
      where !["/tmp", "/var/tmp"].contains(where: { ContextPath.isWithin(path, $0) }) && !builderOnly.contains(path) {
        travel(path, "line \(step.line) writes it")
      }
      try addPackages(of: step)
      return
    }
    let inTrees =
      !writes.isEmpty && writes.allSatisfy { tree(holding: $0, after: step.index) != nil }
      && !step.has(.users, .packages)
    if inTrees {
      inBuilder(step, becauseWorkedOn(step))
      if preparesFolder(step) { inFinal(step, "a COPY keeps a folder's owner and mode only where the folder exists") }
      return
    }
    if lacksInput(step) {
      try placeOnBuilderFiles(step)
      return
    }
    if step.has(.packages) {
      if !(needs.dropped.isEmpty
        && step.effects.compactMap(\.packages).flatMap(\.installed).allSatisfy {
          (needs.kept[step.index] ?? []).contains($0)
        })
      {
        inBuilder(step, becauseOfPackages(step, kept: needs.kept[step.index] ?? []))
        try addPackages(of: step)
        try replayLeftovers(step)
        return
      }
    }
    if let user = userInBuilder(of: step, writes) {
      inBuilder(step, "\(user.mention) needs it")
    } else if step.index < lastBuilder && writes.contains(where: flow.configuresTools) {
      inBuilder(step, "tools of the build read what it writes")
    }
    inFinal(step, becauseOf(step.effects.filter { [.users, .files].contains($0.role) }))
  }

  /// The first step of the builder that needs what a step makes.
  func userInBuilder(of step: Step, _ writes: [String]) -> Step? {
    let users = Set(step.effects.flatMap(\.users).map(\.name))
    return situation.trace.steps.first { later in
      guard later.index > step.index, later.index <= lastBuilder else { return false }
      if !users.isEmpty, later.keyword == .user || later.copied?.owner != nil,
        users.contains(where: { later.instruction.text.contains($0) })
      {
        return true
      }
      if later.keyword == .run, Self.isBuilderRun(later) {
        return writes.contains { path in
          flow.mentions(later, path) || changesWorkplace(step, path, of: later)
            || later.effects.flatMap(\.flattened).contains { effect in
              effect.reads.contains { ContextPath.isWithin(path, $0) && effect.role != .dependencies }
            }
        }
      }
      return false
    }
  }

  /// Whether a step makes or gives away the folder that a later one works in.
  private func changesWorkplace(_ step: Step, _ path: String, of later: Step) -> Bool {
    path != "/" && ContextPath.isWithin(later.before.directory, path)
      && step.effects.contains { ["mkdir", "chown", "chmod", "chgrp", "install"].contains($0.program) }
  }

  // MARK: Packages

  mutating func placePackages(_ step: Step) {
    let changes = step.effects.compactMap(\.packages)
    let installed = changes.flatMap(\.installed)
    let kept = needs.kept[step.index] ?? []
    if installed.isEmpty {
      if changes.contains(where: { !$0.removed.isEmpty }) {
        inBuilder(step, "what it removes never reaches the final image")
      } else if lastBuilder > step.index {
        inBuilder(step, "later lines of the builder install packages")
      } else {
        inFinal(step, "later lines of the final stage may need it")
      }
      return
    }
    let refreshes = changes.contains {
      $0.refreshes || $0.options.contains("--no-cache") || $0.options.contains("--update") || $0.options.contains("-U")
        || $0.options.contains("--update-cache")
    }
    let all = installed.allSatisfy { kept.contains($0) }
    if all {
      // Headers that no row splits are needed on both sides, and so are programs that the build calls.
      if installed.contains(where: { $0.hasSuffix("-dev") }), step.index < lastBuilder {
        inBuilder(
          step, "the build may need the headers of \(Wording.list(installed.filter { $0.hasSuffix("-dev") }))")
      } else if let caller = caller(of: installed, after: step) {
        inBuilder(step, "\(caller.mention) calls it")
      } else if dependencies.buildUsesPackages, step.index < lastBuilder,
        !installed.allSatisfy(SystemPackages.isOnlyForRunning)
      {
        inBuilder(step, "the build may use \(Wording.list(installed)) too")
      }
      if refreshes {
        inFinal(step, "the running program may need \(Wording.list(installed))")
        return
      }
    } else if step.index < lastBuilder {
      inBuilder(step, becauseOfPackages(step, kept: kept))
    } else {
      inBuilder(step, "the final image does without \(Wording.list(installed.filter { !kept.contains($0) }))")
    }
    if let line = packageLine(step) {
      let origin: StagePlan.Line.Origin =
        all && !builder.contains { $0.authorIndex == step.index }
        ? .edited(
          step.index, edits: [StagePlan.TextEdit(offset: 0, length: step.instruction.argumentBytes.count, text: line)],
          pass: "clean-lists")
        : .made(.run, line)
      final.append(StagePlan.Line(origin, because: becauseKept(step)))
    }
  }

  /// Why a package stays, or which library stands for a `-dev` package.
  private func becauseKept(_ step: Step) -> String {
    let kept = needs.kept[step.index] ?? []
    let libraries = (needs.libraries[step.index] ?? []).filter { !kept.contains($0) }
    if kept.isEmpty {
      return "what was compiled with the packages of line \(step.line) may be linked to \(Wording.list(libraries))"
    }
    return "the running program may need \(Wording.list(kept)) of line \(step.line)"
      + (libraries.isEmpty ? "" : ", and what was compiled may be linked to \(Wording.list(libraries))")
  }

  /// A later step of the builder that calls a program of some packages.
  private func caller(of packages: [String], after step: Step) -> Step? {
    let programs = Set(packages.flatMap(SystemPackages.programs))
    return situation.trace.steps.first { later in
      later.index > step.index && later.keyword == .run && Self.isBuilderRun(later)
        && later.effects.flatMap(\.flattened).contains { programs.contains($0.program) }
    }
  }

  mutating func addPackages(of step: Step) throws(Refusal) {
    guard let line = packageLine(step) else { return }
    final.append(StagePlan.Line(.made(.run, line), because: becauseKept(step)))
  }

  /// A RUN that installs what stays of a step's packages.
  mutating func packageLine(_ step: Step) -> String? {
    let names = (needs.kept[step.index] ?? []) + (needs.libraries[step.index] ?? [])
    var unique: [String] = []
    for name in names where !unique.contains(name) && !installs.contains(name) { unique.append(name) }
    guard !unique.isEmpty, let change = step.packageChanges.first(where: { !$0.installed.isEmpty })
    else { return nil }
    installs += unique
    var flags = change.flags
    // Libraries that only stand for headers are no install of the author's, and nobody asked for what they recommend.
    if change.manager == .apt, (needs.kept[step.index] ?? []).isEmpty, !flags.contains("--no-install-recommends") {
      flags.append("--no-install-recommends")
    }
    return change.manager.installLine(
      unique, flags: flags, cleans: situation.options.isOn(.cleanLists))
  }
}
