import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// The pass `manifest-first`: the files that name the dependencies are copied before the sources, so that a change of
/// the sources keeps the layer with the dependencies.
struct ManifestFirst {
  let situation: Situation
  /// The ignore file as it will be; it has to hide what an install makes and a later copy would overwrite.
  var ignore: IgnorePlan?

  /// The COPY lines that replace a copy of everything in the builder, when its readers need known files only.
  ///
  /// - Returns: nil when the pass does not hold.
  func manifests(copiedBy step: Step, readers: [Step], provided: Set<String> = []) -> [String]? {
    guard situation.options.isOn(.manifestFirst), let copied = step.copied, case .context = copied.source else {
      return nil
    }
    var folders: [(folder: String, files: [String])] = []
    var seen: Set<String> = []
    for reader in readers {
      for effect in reader.effects.flatMap(\.flattened) {
        if [.inert, .packages, .cleanup, .users, .configuration].contains(effect.role) { continue }
        guard effect.role == .dependencies, effect.isInstall, effect.environment != nil,
          effect.python?.projects.isEmpty ?? true, !installReadsProject(effect, in: reader)
        else { return nil }
        for path in effect.reads {
          guard copied.targets.contains(where: { ContextPath.isWithin(path, $0) }) else { continue }
          if provided.contains(path) {
            seen.insert(path)
            continue
          }
          guard let context = situation.trace.map.contextPath(of: path, in: situation.listing) else {
            // A lock file that the author's tool may do without.
            if let python = effect.python, python.files.contains(path), python.files.count > 1 { continue }
            if ContextPath.lastComponent(path) == ".python-version" { continue }
            return nil
          }
          guard situation.listing[context]?.kind == .file, seen.insert(path).inserted else {
            if situation.listing[context]?.kind == .directory { return nil }
            continue
          }
          let folder = ContextPath.parent(path)
          if let index = folders.firstIndex(where: { $0.folder == folder }) {
            folders[index].files.append(context)
          } else {
            folders.append((folder, [context]))
          }
        }
      }
    }
    // An earlier line has brought all of them.
    if folders.isEmpty, !seen.isEmpty { return [] }
    // A copy of nothing but manifests stays as the author wrote it.
    let copiedFiles = copied.targets.count
    guard !folders.isEmpty, folders.flatMap(\.files).count < copiedFiles || copiesFolder(copied) else { return nil }
    guard folders.allSatisfy({ $0.files.allSatisfy { !$0.contains(" ") } }) else { return nil }
    return folders.map { entry in
      let isHere = entry.folder == step.before.directory
      let target = isHere ? "./" : (entry.folder == "/" ? "/" : entry.folder + "/")
      return entry.files.joined(separator: " ") + " " + target
    }
  }

  private func copiesFolder(_ copied: CopyEffect) -> Bool {
    guard case .context(let sources) = copied.source else { return false }
    return sources.contains { situation.listing[$0]?.kind == .directory }
  }

  /// `go mod download` or a Node install right behind the copy of everything moves before it, behind a copy of the
  /// manifests.
  func applied(to lines: [StagePlan.Line]) -> [StagePlan.Line] {
    guard situation.options.isOn(.manifestFirst) else { return lines }
    var result = lines
    var index = 0
    while index + 1 < result.count {
      if case .author(let copyIndex) = result[index].origin, case .author(let runIndex) = result[index + 1].origin,
        let copy = step(copyIndex), let run = step(runIndex),
        let manifests = goManifests(copy, run) ?? nodeManifests(copy, run)
      {
        let because = "\(run.mention) reads these files only, so that a change of the sources keeps its layer"
        result.insert(StagePlan.Line(.made(.copy, manifests), because: because, pass: "manifest-first"), at: index)
        result.swapAt(index + 1, index + 2)
        index += 2
      }
      index += 1
    }
    return result
  }

  private func step(_ index: Int) -> Step? { situation.trace.steps.first { $0.index == index } }

  private func goManifests(_ copy: Step, _ run: Step) -> String? {
    guard let copied = copy.copied, case .context = copied.source, run.keyword == .run, copiesFolder(copied),
      run.effects.allSatisfy({ $0.role == .inert || ($0.role == .dependencies && $0.program == "go") }),
      run.has(.dependencies),
      run.effects.filter({ $0.program == "go" }).allSatisfy({
        $0.command?.words.dropFirst().prefix(2).map(\.literal) == ["mod", "download"]
          && $0.directory == run.before.directory
      })
    else { return nil }
    let directory = run.before.directory
    // A copy of the module before this one has brought the manifests already.
    let broughtBefore = situation.trace.map.entries.contains {
      $0.instruction < copy.index && $0.image == ContextPath.join(directory, "go.mod")
    }
    guard !broughtBefore,
      let module = situation.trace.map.contextPath(of: ContextPath.join(directory, "go.mod"), in: situation.listing),
      situation.listing[ContextPath.join(ContextPath.parent(module), "vendor")] == nil,
      situation.listing[ContextPath.join(ContextPath.parent(module), "go.work")] == nil,
      let text = situation.reader.text(of: module), case .success(let parsed) = GoModule.parse(text, file: module),
      parsed.localReplacements.isEmpty
    else { return nil }
    let sum = ContextPath.join(ContextPath.parent(module), "go.sum")
    let files = [module] + (situation.listing[sum] == nil ? [] : [sum])
    return files.joined(separator: " ") + " ./"
  }

  /// For Node the ignore file has to hide `node_modules`: the copy would overwrite what is installed.
  private func nodeManifests(_ copy: Step, _ run: Step) -> String? {
    guard let copied = copy.copied, case .context = copied.source, copiesFolder(copied), run.keyword == .run,
      run.effects.allSatisfy({ $0.node?.folder != nil || [.inert, .cleanup].contains($0.role) }),
      let install = run.effects.first(where: { $0.node != nil }), run.effects.filter({ $0.node != nil }).count == 1,
      !installReadsProject(install, in: run),
      install.role == .dependencies, !install.isConditional, install.environment != nil,
      install.node?.packages.isEmpty == true,
      let folder = install.node?.folder, folder == run.before.directory,
      install.writes == [ContextPath.join(folder, "node_modules")],
      copied.targets.contains(where: { ContextPath.isWithin(folder, $0) }),
      let modules = situation.trace.map.entries.last(where: { $0.instruction == copy.index }).flatMap({ entry in
        ContextPath.relative(ContextPath.join(folder, "node_modules"), to: entry.image).map {
          ContextPath.join(entry.context, $0)
        }
      }), ignore?.hides(modules) == true
    else { return nil }
    let broughtBefore = situation.trace.map.entries.contains {
      $0.instruction < copy.index && ContextPath.isWithin($0.image, folder)
    }
    guard !broughtBefore else { return nil }
    var files: [String] = []
    for path in install.reads {
      guard let context = situation.trace.map.contextPath(of: path, in: situation.listing),
        situation.listing[context]?.kind == .file, !context.contains(" ")
      else { return nil }
      files.append(context)
    }
    return files.isEmpty ? nil : files.joined(separator: " ") + " ./"
  }

  /// Whether an install script of a package reads files of the project, as Prisma's generates the client of a schema,
  /// and no later step of the author's does the same.
  private func installReadsProject(_ effect: CommandEffect, in step: Step) -> Bool {
    guard let node = effect.node, !node.ignoresScripts,
      case .success(let project)? = NodeFacts.Install(step: step, effect: effect, node: node).project(in: situation)
    else { return false }
    let locked = (try? project.lock(of: node.manager, reader: situation.reader)?.get())?.packages.map(\.name) ?? []
    let names = Set(locked + node.packages).union(project.package.runtimeNames).union(project.package.developmentNames)
    let generates = situation.trace.steps.contains { later in
      later.index > step.index && later.keyword == .run && later.instruction.text.contains("prisma generate")
    }
    return NodePackages.projectReaders.contains { name, endings in
      names.contains(name) && !(generates && endings == [".prisma"])
        && situation.listing.files.contains { file in endings.contains { file.path.hasSuffix($0) } }
    }
  }
}
