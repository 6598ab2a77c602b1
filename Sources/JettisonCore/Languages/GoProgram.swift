import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// The programs a Go image builds: where they lie, what they reach, and whether they need C.
struct GoProgram {
  /// One command of a RUN that builds a program which is kept.
  struct Build {
    var step: Int
    var effect: CommandEffect
    /// Whether the command is nested in a recipe or script, so that only the outer command can be edited.
    var isNested: Bool
    /// The command in the RUN's own text.
    var outer: ShellCommand?
  }

  /// The commands that build what is kept.
  var builds: [Build] = []
  /// The kept programs' paths, absolute.
  var artefacts: [String] = []
  /// Whether a root's program is among them.
  var reach = GoReach()
  /// Why the program needs C, nil when it does not.
  var nativeReason: String?
  /// Whether the binaries are, or will be, static.
  var isStatic = false
  /// Whether the author himself turned cgo off in every build.
  var authorDisabledCgo = false

  init(_ situation: Situation) throws(Refusal) {
    var paths: [String: [Build]] = [:]
    var own: [String] = []
    var folders: Set<String> = [
      "/usr/local/bin", "/usr/bin", "/bin", "/sbin", "/usr/sbin", "/go/bin", "/opt", "/srv", "/",
    ]
    for step in situation.trace.steps {
      for outer in step.effects {
        folders.formUnion(outer.flattened.flatMap(\.makesDirectories))
        for (position, effect) in outer.flattened.enumerated() {
          let build = Build(step: step.index, effect: effect, isNested: position > 0, outer: outer.command)
          for path in effect.artefacts {
            paths[path, default: []].append(build)
            if effect.role == .build, !own.contains(path), !effect.goPackages.isEmpty { own.append(path) }
          }
          // `mv app /usr/local/bin/`: the program lies at its new place.
          if effect.role == .files, ["mv", "cp", "install", "ln"].contains(effect.program) {
            for (source, target) in Situation.moves(effect, known: Set(paths.keys), folders: folders) {
              paths[target] = paths[source]
              if own.contains(source), !own.contains(target) { own.append(target) }
              if effect.program != "ln" { own.removeAll { $0 == source } }
            }
          }
        }
      }
    }
    let started = situation.startPaths(candidates: Set(paths.keys))
    guard !paths.isEmpty else {
      if let step = situation.trace.steps.first(where: { $0.has(.projectTool, .unknown, .build) }) {
        throw Refusal(.opaqueEffects, "it cannot be told which programs '\(step.instruction.firstLine)' builds")
      }
      throw Refusal(.prebuiltArtefact, "no step builds a Go program")
    }
    guard started.contains(where: { paths[$0] != nil }) else {
      throw Refusal(.missingAtRunTime, "the start command runs none of the programs that the file builds")
    }
    artefacts = own
    for path in started where paths[path] != nil && !artefacts.contains(path) { artefacts.append(path) }
    if let remote = started.first(where: { path in
      paths[path].map { $0.allSatisfy { $0.effect.goPackages.isEmpty } } ?? false
    }) {
      throw Refusal(.opaqueEffects, "'\(remote)' is built from sources that are not in this build context")
    }
    artefacts.sort()
    var seen: Set<String> = []
    for path in artefacts {
      for build in paths[path] ?? [] where seen.insert("\(build.step):\(build.outer?.range.lowerBound ?? -1)").inserted
      { builds.append(build) }
    }
    try checkArguments(situation)
    readSources(situation)
    if reach.sourceCount == 0, builds.contains(where: { !$0.effect.goPackages.isEmpty }) {
      throw Refusal(
        .opaqueEffects, "the sources that '\(artefacts.first ?? "")' is built from are not in this build context")
    }
    decideLinking(situation)
  }

  /// A path that a build argument decides would be another one in another build.
  private func checkArguments(_ situation: Situation) throws(Refusal) {
    for build in builds {
      guard let step = situation.trace.steps.first(where: { $0.index == build.step }),
        let words = build.effect.command?.words
      else { continue }
      var afterFlags = false
      for word in words.dropFirst(2) {
        let text = word.expanded { _ in "" } ?? ""
        let isFlagText =
          afterFlags || text.hasPrefix("-ldflags") || text.hasPrefix("--ldflags") || text.hasPrefix("-tags")
          || text.hasPrefix("-gcflags")
        afterFlags = ["-ldflags", "--ldflags", "-tags", "-gcflags"].contains(text)
        let arguments = word.variables.filter { step.before.arguments[$0] != nil && step.before.environment[$0] == nil }
        if !isFlagText, let name = arguments.sorted().first {
          throw Refusal(.sameValues, "the build argument \(name) decides what is built and where")
        }
      }
    }
  }

  private mutating func readSources(_ situation: Situation) {
    let surroundings = Surroundings(
      reader: situation.reader, listing: situation.listing, map: situation.trace.map,
      toolVersion: situation.base?.versionNumbers)
    for build in builds {
      guard let step = situation.trace.steps.first(where: { $0.index == build.step }) else { continue }
      let packages = GoPackages(surroundings, directory: build.effect.directory, environment: step.before.environment)
      for folder in build.effect.goPackages {
        guard let project = packages.project(at: folder), let context = packages.contextPath(folder) else { continue }
        let mains = project.mainPackages(below: context)
        reach.merge(project.reach(from: mains.isEmpty ? [context] : mains))
      }
    }
  }

  private mutating func decideLinking(_ situation: Situation) {
    if let file = reach.cgoFiles.sorted().first {
      nativeReason = "'\(file)' has import \"C\""
    } else if let module = GoModules.native.sorted().first(where: { reach.uses(module: $0) }) {
      nativeReason = "the module \(module) needs C"
    } else if reach.imports.contains("plugin") {
      nativeReason = "the program loads plugins"
    }
    let settings = builds.map { cgoSetting($0, situation) }
    authorDisabledCgo = !settings.isEmpty && settings.allSatisfy { $0 == "0" }
    let linksStatically = builds.allSatisfy { build in
      let text =
        build.effect.command.map { _ in situation.trace.steps.first { $0.index == build.step }?.instruction.text ?? "" }
        ?? ""
      return text.contains("-extldflags") && text.contains("-static")
    }
    let forced = builds.contains { build in
      guard let words = build.effect.command?.words.compactMap(\.literal) else { return false }
      return words.contains("-race") || words.contains { $0.hasPrefix("-buildmode") && !$0.hasSuffix("exe") }
    }
    if forced {
      nativeReason = nativeReason ?? "the build asks for -race or a build mode that links dynamically"
    }
    let authorEnabled = settings.contains("1")
    // Without the pass cgo stays on wherever a compiler is, and `net` links to the C library.
    let isMadeStatic = nativeReason == nil && !authorEnabled && situation.options.isOn(.staticGo)
    isStatic = !forced && (authorDisabledCgo || isMadeStatic || linksStatically)
    if !isStatic, nativeReason == nil, !situation.options.isOn(.staticGo) {
      nativeReason = "cgo may be on, and the pass static-go is off"
    }
    if authorEnabled, nativeReason == nil { nativeReason = "the author sets CGO_ENABLED=1" }
  }

  /// The value of CGO_ENABLED that a build sees: in the command, exported before it, or in the environment.
  func cgoSetting(_ build: Build, _ situation: Situation) -> String? {
    for command in [build.effect.command, build.outer] {
      if let value = command?.assignments.first(where: { $0.name == "CGO_ENABLED" })?.value.literal { return value }
      if let word = command?.words.compactMap(\.literal).first(where: { $0.hasPrefix("CGO_ENABLED=") }) {
        return String(word.dropFirst(12))
      }
    }
    guard let step = situation.trace.steps.first(where: { $0.index == build.step }) else { return nil }
    for effect in step.effects where effect.program == "export" {
      if let word = effect.command?.words.compactMap(\.literal).first(where: { $0.hasPrefix("CGO_ENABLED=") }) {
        return String(word.dropFirst(12))
      }
    }
    return step.before.environment["CGO_ENABLED"]
  }
}

extension GoProgram: BuiltProgram {
  var buildSteps: Set<Int> { Set(builds.map(\.step)) }
  var linksLibraries: Bool { !isStatic }
  var buildFolders: [String] { ["/go/src", "/go/pkg", "/usr/local/go"] }
  var sharedFolders: Set<String> { ["/go/bin", "/usr/local/bin", "/usr/bin", "/bin"] }
  var fetchers: Set<String> { ["go"] }

  var mayReadUnseenFiles: Bool {
    let readers = [
      "os.Open", "os.ReadFile", "ioutil.ReadFile", "http.Dir", "template.ParseGlob", "template.ParseFiles", "os.DirFS",
      "os.ReadDir", "ioutil.ReadDir", "filepath.Walk",
    ]
    return !reach.selectors.isDisjoint(with: readers)
  }

  func isSource(_ path: String) -> Bool {
    ["vendor", "go.mod", "go.sum"].contains(ContextPath.lastComponent(path)) || path.hasSuffix(".go")
  }

  func isEmbedded(_ path: String) -> Bool {
    reach.embeds.contains { ContextPath.isWithin(path, $0) || IgnorePattern(parsing: $0)?.matches(path) == true }
  }

  func isBuildInput(_ path: String, at places: [String]) -> Bool {
    let endings = [
      ".go", ".mod", ".sum", ".work", ".c", ".h", ".cc", ".cpp", ".hpp", ".s", ".S", ".proto", ".lock", ".toml", ".mk",
      ".sh",
    ]
    let names: Set<String> = ["Makefile", "makefile", "GNUmakefile", "vendor", "glide.yaml", "vendor.json", ".git"]
    return endings.contains { path.hasSuffix($0) } || names.contains(ContextPath.lastComponent(path))
      || path.contains("vendor/") || isEmbedded(path)
  }

  func edit(_ step: Step, _ situation: Situation) -> StepEdit {
    StaticGo(situation: situation, program: self).edit(step, builds.filter { $0.step == step.index })
  }
}

extension Situation {
  /// The absolute paths of the programs that the roots start; names without a folder are looked up among the candidates
  /// on the PATH.
  func startPaths(candidates: Set<String>) -> [String] {
    var paths: [String] = []
    let folders = (trace.end.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map(
      String.init)
    for program in roots.programs {
      var path: String?
      if program.contains("/") {
        path = ContextPath.join(trace.end.directory, program)
      } else {
        path = folders.map { ContextPath.join($0, program) }.first { candidates.contains($0) }
      }
      if let path, !paths.contains(path) { paths.append(path) }
    }
    return paths
  }
}
