import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

extension ArtefactPlanner {
  // MARK: RUN

  mutating func placeRun(_ step: Step) throws(Refusal) {
    if program.buildSteps.contains(step.index) {
      placeBuild(step)
    } else if Self.isBuild(step) {
      inBuilder(step, becauseOfBuilding(step))
    } else if !step.has(.users, .packages), !artefactsBuilt(by: step).isEmpty {
      inBuilder(step, "it puts the program at its place")
      for path in grouped(artefactsBuilt(by: step)) { travel(path, becauseBuilt(path, by: step)) }
    } else {
      try placeSystemRun(step)
      return
    }
    try placeLeftovers(step)
  }

  mutating func placeBuild(_ step: Step) {
    let because = "it builds the program"
    switch program.edit(step, situation) {
    case .none: inBuilder(step, because)
    case .edits(let edits, let pass, let change):
      builder.append(
        StagePlan.Line(.edited(step.index, edits: edits, pass: pass), because: "\(because), \(change)"))
    case .variable(let text, let pass, let reason):
      builder.append(StagePlan.Line(.made(.env, text), because: reason, pass: pass))
      inBuilder(step, because)
    }
    for path in grouped(artefactsBuilt(by: step)) { travel(path, becauseBuilt(path, by: step)) }
  }

  /// The kept programs that this step puts at their place.
  func artefactsBuilt(by step: Step) -> [String] {
    program.artefacts.filter { path in
      let last = situation.trace.steps.last { other in
        other.effects.contains { outer in
          outer.flattened.contains { effect in
            program.makes(path, effect)
              || (effect.role == .files
                && ["mv", "cp", "install", "tar", "unzip", "jar", "java"].contains(effect.program)
                && effect.writes.contains { ContextPath.isWithin(path, $0) })
          }
        }
      }
      return last?.index == step.index
    }
  }

  /// Several programs of one folder that holds nothing else travel as the folder.
  func grouped(_ paths: [String]) -> [String] {
    var result: [String] = []
    for path in paths {
      let folder = ContextPath.parent(path)
      let siblings = program.artefacts.filter { ContextPath.parent($0) == folder }
      let isPure =
        siblings.count > 1 && !program.sharedFolders.contains(folder)
        && folder != situation.trace.end.directory
        && situation.trace.map.contextPath(of: folder, in: situation.listing) == nil
      let choice = isPure ? folder : path
      if !result.contains(choice) { result.append(choice) }
    }
    return result
  }

  /// A RUN without a build: packages, users, files, downloads.
  mutating func placeSystemRun(_ step: Step) throws(Refusal) {
    let kept = keptPackages(of: step)
    let isPure = step.effects.allSatisfy { [.packages, .inert, .cleanup].contains($0.role) }
    if isPure, step.has(.packages) {
      let installed = step.effects.compactMap(\.packages).flatMap(\.installed)
      let refreshes = step.effects.compactMap(\.packages).contains {
        $0.refreshes || $0.options.contains("--no-cache") || $0.options.contains("--update")
          || $0.options.contains("-U")
      }
      let fits = base.manager == situation.base?.packageManager
      if !installed.isEmpty, kept.count == Set(installed).count, refreshes, fits,
        !isNeededByBuild(installed, after: step.index)
      {
        inFinal(step, "the running program may need \(Wording.list(kept)), and the build does not")
        moved.formUnion(kept)
        return
      }
      inBuilder(step, becauseOfPackages(step, kept: kept))
      return
    }
    if step.effects.allSatisfy({ [.inert, .cleanup].contains($0.role) }) {
      inBuilder(step, "it leaves nothing that the final image could need")
      return
    }
    let relevant = step.effects.filter { isRelevant($0, in: step) }
    if relevant.isEmpty || step.has(.packages, .download) {
      inBuilder(step, becauseOfBuilding(step))
      try placeLeftovers(step)
      return
    }
    let configures = step.index < lastBuild && relevant.flatMap(\.writes).contains(where: flow.configuresTools)
    if let user = userInBuilder(of: step) {
      inBuilder(step, "\(user.mention) needs it")
    } else if configures {
      inBuilder(step, "tools of the build read what it writes")
    }
    try replay(step, relevant)
    if builder.contains(where: { $0.authorIndex == step.index }) { bringCopies(of: step) }
  }

  func keptPackages(of step: Step) -> [String] {
    step.effects.compactMap(\.packages).flatMap(\.installed).filter { needs.packages.contains($0) }
  }

  func isNeededByBuild(_ installed: [String], after index: Int) -> Bool {
    if program.buildsWithAnything, index < lastBuild { return true }
    // The language's own commands call these to fetch modules and to stamp versions.
    let fetchers: Set<String> = ["git", "ssh", "hg", "svn", "bzr"]
    return situation.trace.steps.contains { step in
      guard step.index > index, step.keyword == .run || step.keyword == .shell else { return false }
      let called = Set(step.effects.flatMap(\.flattened).map(\.program))
      let fetches =
        step.has(.dependencies, .build) && !called.isDisjoint(with: program.fetchers) || step.has(.dependencies)
      return installed.contains { name in
        let programs = SystemPackages.programs(of: name)
        return programs.contains {
          called.contains($0) || (fetchers.contains($0) && fetches) || step.instruction.text.contains("/\($0)\"")
            || step.instruction.text.contains("\($0) ")
        }
          || (program.linksLibraries && name.hasPrefix("lib"))
      }
    }
  }

  /// The first step of the builder that needs what a step makes.
  func userInBuilder(of step: Step) -> Step? {
    let users = Set(step.effects.flatMap(\.users).map(\.name))
    let takesAnything = program.buildsWithAnything && step.index < lastBuild && step.has(.files)
    return situation.trace.steps.first { later in
      guard later.index > step.index, later.index <= lastBuild else { return false }
      if takesAnything, Self.isBuild(later) { return true }
      if !users.isEmpty, later.keyword == .user || later.copied?.owner != nil,
        users.contains(where: { later.instruction.text.contains($0) })
      {
        return true
      }
      if later.effects.contains(where: { effect in
        ["chown", "chgrp", "install", "su"].contains(effect.program)
          && users.contains { name in
            effect.command?.words.contains { $0.literal?.split(separator: ":").contains { $0 == name } ?? false }
              ?? false
          }
      }) {
        return true
      }
      let isForeign = later.before.user.map { $0 != "root" && $0 != "0" } ?? false
      if isForeign, later.keyword == .run,
        step.effects.contains(where: { effect in
          ["chown", "chgrp", "chmod"].contains(effect.program)
            && effect.writes.contains { ContextPath.isWithin(later.before.directory, $0) }
        })
      {
        return true
      }
      return step.effects.flatMap(\.makesDirectories).contains { flow.mentions(later, $0) }
    }
  }

  /// Whether the final image could miss what a command does.
  func isRelevant(_ effect: CommandEffect, in step: Step) -> Bool {
    if program.isBuildOnly(effect, in: step) || isManualFolder(effect) { return false }
    switch effect.role {
    case .users: return !base.isEmpty
    case .files:
      if isCarried(effect) { return false }
      return effect.writes.contains { path in !ContextPath.isWithin(path, "/dev") && !isBuildPath(path, effect) }
    default: return false
    }
  }

  /// Whether a command only changes modes or texts of files that came by COPY lines of the builder: `COPY --from` brings
  /// both along.
  func isCarried(_ effect: CommandEffect) -> Bool {
    guard ["chmod", "sed", "dos2unix"].contains(effect.program), !effect.writes.isEmpty else { return false }
    let patterns = Set(
      (effect.command?.words ?? []).compactMap(\.literal).filter { $0.contains { "*?[".contains($0) } }
        .map { ContextPath.parent(ContextPath.join(effect.directory, $0)) })
    let placed = Set(final.compactMap(\.authorIndex))
    let copied = situation.trace.steps.filter { placed.contains($0.index) }.flatMap { $0.copied?.targets ?? [] }
    return effect.writes.allSatisfy { path in
      guard let context = situation.trace.map.contextPath(of: path, in: situation.listing), isOnlyInBuilder(path)
      else { return false }
      if situation.listing[context]?.kind == .file { return true }
      return patterns.contains(path) && !copied.contains { ContextPath.isWithin($0, path) }
    }
  }

  /// Whether no COPY of the final stage brings a path of the context or something in it.
  private func isOnlyInBuilder(_ path: String) -> Bool {
    let placed = Set(final.compactMap(\.authorIndex))
    return !situation.trace.map.entries.contains {
      placed.contains($0.instruction) && (ContextPath.isWithin(path, $0.image) || ContextPath.isWithin($0.image, path))
    }
  }

  /// Why a command cannot be repeated in the final stage: it names a file that stays in the builder.
  private func missingOperand(of effect: CommandEffect) -> String? {
    guard ["chmod", "chown", "chgrp", "setcap", "sed", "dos2unix"].contains(effect.program) else { return nil }
    return effect.writes.first { path in
      guard let context = situation.trace.map.contextPath(of: path, in: situation.listing),
        situation.listing[context]?.kind == .file
      else { return false }
      return isOnlyInBuilder(path) && !travels.contains { ContextPath.isWithin(path, $0) }
    }
  }

  /// Folders of manual pages, which slim images lack and some packages' scripts want.
  func isManualFolder(_ effect: CommandEffect) -> Bool {
    !effect.makesDirectories.isEmpty
      && effect.makesDirectories.allSatisfy { ContextPath.isWithin($0, "/usr/share/man") }
  }

  /// Paths whose content the final image gets otherwise, or does not need.
  func isBuildPath(_ path: String, _ effect: CommandEffect) -> Bool {
    var buildFolders =
      program.buildFolders + [
        "/tmp", "/root/.cache", "/var/lib/apt", "/etc/apt", "/etc/apk", "/root/.ssh", "/root/.config", "/root/.netrc",
        "/root/.gitconfig", "/root/.docker", "/root/.git-credentials", "/root/.gnupg",
      ]
    // The bundle of certificates travels by itself.
    if base.lacksCertificates { buildFolders += ["/etc/ssl", "/usr/local/share/ca-certificates"] }
    if buildFolders.contains(where: { ContextPath.isWithin(path, $0) }) { return true }
    // Modes and capabilities travel with the program.
    if ["chmod", "setcap"].contains(effect.program), program.artefacts.contains(path) { return true }
    if needs.produced.contains(path) { return false }
    // A mode travels with the file.
    if effect.program == "chmod", needs.downloads.contains(path) { return !additionsForFinal.contains(path) }
    if program.artefacts.contains(where: { ContextPath.isWithin($0, path) && !["chown"].contains(effect.program) }) {
      return true
    }
    let directory = situation.trace.end.directory
    if effect.makesDirectories.contains(path) {
      return ContextPath.isWithin(directory, path)
        || situation.trace.map.entries.contains { ContextPath.isWithin($0.image, path) }
    }
    if effect.program == "chown" || effect.program == "ln" { return false }
    // Changed sources stay behind unless the program reads them.
    if situation.trace.map.contextPath(of: path, in: situation.listing) != nil
      || ContextPath.isWithin(path, effect.directory) && effect.directory != "/"
    {
      return !needs.assets.contains { asset in
        situation.trace.map.imagePaths(of: asset).contains {
          ContextPath.isWithin(path, $0) || ContextPath.isWithin($0, path)
        }
      }
    }
    return false
  }

  /// Does again in the final stage what a RUN does to users and files there.
  mutating func replay(_ step: Step, _ relevant: [CommandEffect]) throws(Refusal) {
    if base.isEmpty {
      if !isPlaced(step) { inBuilder(step, "what it makes travels") }
      for path in relevant.flatMap(\.results) { travel(path, "line \(step.line) makes it, and the program may use it") }
      return
    }
    for effect in relevant {
      guard let path = missingOperand(of: effect) else { continue }
      throw Refusal(
        .opaqueEffects,
        "'\(step.instruction.firstLine)' has to be repeated in the final stage, which has no '\(path)': split the line",
        at: step)
    }
    let meaningful = step.effects.filter { ![.inert, .cleanup].contains($0.role) }
    let translator = UserTranslation(from: situation.base?.packageManager ?? .apt, to: base.manager ?? .apt)
    let needsTranslation = meaningful.contains { $0.role == .users } && translator.isNeeded
    if relevant.allSatisfy({ $0.program == "mkdir" }) {
      if !isPlaced(step) { inBuilder(step, "the folder it makes travels") }
      // The folder is its maker's, and a COPY would make it root's.
      let owner = step.before.user.flatMap { $0 == "root" || $0 == "0" ? nil : $0 }
      for path in relevant.flatMap(\.makesDirectories) {
        travel(path, "line \(step.line) makes this folder, and the program may write to it", owner: owner)
      }
      return
    }
    if !needsTranslation, !isPlaced(step), relevant.count == meaningful.count, !usesBuilderFiles(relevant) {
      inFinal(step, becauseOf(relevant))
      return
    }
    let copies = relevant.filter {
      ["cp", "mv", "tar", "unzip", "sed", "install"].contains($0.program) && $0.makesDirectories.isEmpty
        || $0.isInPipeline && $0.role == .files
    }
    if copies.isEmpty, !needsTranslation, meaningful.count == relevant.count {
      inFinal(step, becauseOf(relevant))
      return
    }
    for effect in copies {
      for path in effect.results { travel(path, "line \(step.line) makes it, and the program may read it") }
    }
    var commands: [String] = []
    for effect in relevant where !copies.contains(where: { $0.command == effect.command }) {
      guard !effect.isConditional, !effect.isInPipeline, let command = effect.command, let script = step.script else {
        throw Refusal(
          .opaqueEffects, "a part of '\(step.instruction.firstLine)' cannot be repeated on its own", at: step)
      }
      if effect.role == .users {
        guard let text = translator.translate(effect, text: script.text(of: command.range)) else {
          throw Refusal(.sameOwner, "'\(script.text(of: command.range))' has no exact counterpart on the final base")
        }
        commands += text
      } else {
        commands.append(script.text(of: command.range))
      }
    }
    if !copies.isEmpty, !isPlaced(step) { inBuilder(step, "what it makes travels") }
    guard !commands.isEmpty else { return }
    let text = commands.joined(separator: " && ")
    let because = becauseOf(relevant)
    if meaningful.count == relevant.count, copies.isEmpty, !isPlaced(step) {
      let edit = StagePlan.TextEdit(offset: 0, length: step.instruction.argumentBytes.count, text: text)
      final.append(StagePlan.Line(.edited(step.index, edits: [edit], pass: "same-users"), because: because))
    } else {
      final.append(StagePlan.Line(.made(.run, text), because: because))
    }
  }

  /// Whether a line of either stage stands for a step already.
  private func isPlaced(_ step: Step) -> Bool {
    builder.contains { $0.authorIndex == step.index } || final.contains { $0.authorIndex == step.index }
  }

  /// Whether commands work on files that only the builder has.
  private func usesBuilderFiles(_ effects: [CommandEffect]) -> Bool {
    let inFinal = Set(final.compactMap(\.authorIndex))
    let builderPlaces = situation.trace.map.entries.filter { !inFinal.contains($0.instruction) }.map(\.image)
    return effects.contains { effect in
      let paths =
        effect.reads
        + (["cp", "mv", "ln", "touch", "mkdir", "tar", "unzip", "install"].contains(effect.program)
          || effect.program.isEmpty ? [] : effect.writes)
      return paths.contains { path in
        builderPlaces.contains { ContextPath.isWithin(path, $0) }
          && !travels.contains { ContextPath.isWithin(path, $0) } && !effect.makesDirectories.contains(path)
      }
    }
  }
}
