import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// What a Go program needs in the final image besides itself.
struct GoNeeds {
  /// Context paths it reads at run time, folders for whole trees.
  var assets: [String] = []
  /// Whether it looks time zones up.
  var timeZones = false
  /// Whether it writes temporary files.
  var temporaryFiles = false
  /// Programs it or the start scripts call.
  var programs: [String] = []
  /// Packages of the author that stay.
  var packages: [String] = []
  /// Downloaded files that stay, absolute.
  var downloads: [String] = []
  /// Files that a RUN makes and the program names, absolute.
  var produced: [String] = []
  /// Whether a user by name is needed.
  var userName: String?
  /// What speaks against an empty base, nil when nothing does.
  var reasonAgainstScratch: String?
  /// What is taken for granted.
  var assumptions: Set<Assumption> = []

  init(_ situation: Situation, program: GoProgram) throws(Refusal) {
    let reach = program.reach
    readAssets(situation, reach: reach)
    timeZones = reach.selectors.contains("time.LoadLocation") && !reach.imports.contains("time/tzdata")
    temporaryFiles =
      !reach.selectors.isDisjoint(with: [
        "os.TempDir", "os.CreateTemp", "os.MkdirTemp", "ioutil.TempFile", "ioutil.TempDir",
      ])
      || reach.selectors.contains {
        $0.hasSuffix(".ParseMultipartForm") || $0.hasSuffix(".FormFile") || $0.hasSuffix(".MultipartForm")
          || $0.hasSuffix(".MultipartReader")
      }
    programs = reach.commandLiterals.filter { SystemCommands.notable.contains($0) || ["sh", "bash"].contains($0) }
      .sorted()
    if reach.imports.contains("os/exec") { assumptions.insert(.execLiterals) }
    if !program.authorDisabledCgo, program.nativeReason == nil, !reach.modules.isEmpty { assumptions.insert(.pureGo) }
    if !reach.unreadable.isEmpty { assumeForUnreadSources(situation) }
    readRoots(situation, program: program)
    readPackages(situation, program: program)
    let user = situation.trace.end.user
    if let user, user != "root", !user.split(separator: ":").allSatisfy({ $0.allSatisfy(\.isNumber) }) {
      userName = user
    }
    decideScratch(situation, program: program)
  }

  // MARK: Assets

  private mutating func readAssets(_ situation: Situation, reach: GoReach) {
    var texts = reach.literals
    for command in situation.roots.commands { texts.formUnion(command.words.compactMap { $0 }) }
    for (name, value) in situation.trace.end.environment where situation.trace.end.ownVariables.contains(name) {
      texts.insert(value)
    }
    var found = contextAssets(named: texts, situation, reach: reach)
    found.formUnion(namedConfigurations(reach, situation))
    found.formUnion(frameworkFolders(reach, situation))
    // What its configuration names is read too.
    let configuration = found.compactMap { path in Self.isConfiguration(path) ? situation.reader.text(of: path) : nil }
    let words = configuration.flatMap {
      $0.split(whereSeparator: { " \t\n\r\"'=:,[]{}()".contains($0) }).map(String.init)
    }
    found.formUnion(contextAssets(named: Set(words), situation, reach: reach))
    readProduced(texts.union(words), situation)
    // A folder takes what lies in it along.
    assets = found.filter { path in !found.contains { $0 != path && ContextPath.isWithin(path, $0) } }.sorted()
    if !reach.packages.isEmpty { assumptions.insert(.readsLiterals) }
  }

  private func contextAssets(named texts: Set<String>, _ situation: Situation, reach: GoReach) -> Set<String> {
    var found: Set<String> = []
    for text in texts {
      for path in candidatePaths(text, situation) {
        var context = situation.trace.map.contextPath(of: path, in: situation.listing)
        if context == nil, ContextPath.parent(path) != situation.trace.end.directory {
          // A file that is yet to be written needs its folder.
          context = situation.trace.map.contextPath(of: ContextPath.parent(path), in: situation.listing)
        }
        guard let context, context != ".", isAsset(context, situation, reach: reach) else { continue }
        found.insert(context)
      }
    }
    return found
  }

  private static func isConfiguration(_ path: String) -> Bool {
    [".yaml", ".yml", ".json", ".toml", ".ini", ".conf", ".env", ".properties"].contains { path.hasSuffix($0) }
  }

  /// Folders that frameworks read without being told.
  private func frameworkFolders(_ reach: GoReach, _ situation: Situation) -> Set<String> {
    guard
      reach.imports.contains(where: {
        $0.contains("/beego") || $0.contains("revel/revel") || $0.contains("gobuffalo/buffalo")
      })
    else { return [] }
    return Set(
      ["conf", "views", "static", "app", "public", "messages", "templates", "locales"].filter { folder in
        situation.listing[folder]?.kind == .directory && isAsset(folder, situation, reach: reach)
      })
  }

  /// Files that a RUN makes and the program names.
  private mutating func readProduced(_ texts: Set<String>, _ situation: Situation) {
    let paths = Set(texts.flatMap { candidatePaths($0, situation) })
    for step in situation.trace.steps {
      for effect in step.effects where [.files, .download].contains(effect.role) && effect.makesDirectories.isEmpty {
        for path in effect.writes where paths.contains(path) && !produced.contains(path) { produced.append(path) }
      }
    }
  }

  /// The absolute paths a literal may mean: itself, behind `file://`, behind `--option=`, up to a wildcard.
  private func candidatePaths(_ text: String, _ situation: Situation) -> [String] {
    guard text.utf8.count < 200, !text.contains("\n") else { return [] }
    var spellings = [text]
    if let mark = text.range(of: "file://") { spellings.append(String(text[mark.upperBound...])) }
    if let mark = text.firstIndex(of: "=") { spellings.append(String(text[text.index(after: mark)...])) }
    var paths: [String] = []
    for spelling in spellings {
      var path = spelling
      if let wildcard = path.firstIndex(where: { "*?%{[".contains($0) }) {
        path = String(path[..<wildcard])
        guard let slash = path.lastIndex(of: "/") else { continue }
        path = String(path[..<slash])
      }
      guard !path.isEmpty, path != ".", path != "/", path != ".." else { continue }
      let directory = situation.trace.end.directory
      paths.append(ContextPath.join(directory, path))
      // `folder + "/conf/app.ini"` is put together at run time.
      if path.hasPrefix("/") { paths.append(ContextPath.join(directory, String(path.drop { $0 == "/" }))) }
    }
    return paths.filter { $0 != "/" }
  }

  /// Sources, modules and embedded files are no assets; neither is a folder that holds nothing else.
  private func isAsset(_ path: String, _ situation: Situation, reach: GoReach) -> Bool {
    let name = ContextPath.lastComponent(path)
    if ["vendor", ".git", "go.mod", "go.sum", "Makefile", "Dockerfile"].contains(name) || name.hasSuffix(".go") {
      return false
    }
    let files = situation.listing.files(below: path)
    if files.isEmpty { return situation.listing[path]?.kind == .directory }
    return files.contains { file in
      let isSource = [".go", ".md", ".proto"].contains { file.path.hasSuffix($0) } || file.path.contains("/testdata/")
      return !isSource
        && !reach.embeds.contains {
          ContextPath.isWithin(file.path, $0) || IgnorePattern(parsing: $0)?.matches(file.path) == true
        }
    }
  }

  /// Configuration that a reader finds by a name without its ending, as viper does.
  private func namedConfigurations(_ reach: GoReach, _ situation: Situation) -> Set<String> {
    guard
      reach.imports.contains(where: {
        $0.contains("spf13/viper") || $0.contains("knadh/koanf") || $0.contains("jinzhu/configor")
          || $0.contains("godotenv")
      })
    else { return [] }
    let endings = ["yaml", "yml", "json", "toml", "properties", "hcl", "ini", "env"]
    var names: Set<String> = reach.literals.union(["config"])
    if reach.imports.contains(where: { $0.contains("godotenv") }) { names.insert("") }
    var found: Set<String> = []
    for file in situation.listing.files where !file.path.hasSuffix(".go") {
      let name = ContextPath.lastComponent(file.path)
      guard let dot = name.lastIndex(of: "."), endings.contains(String(name[name.index(after: dot)...])),
        names.contains(String(name[..<dot]))
      else { continue }
      let depth = file.path.split(separator: "/").count
      if depth <= 2, !situation.trace.map.imagePaths(of: file.path).isEmpty { found.insert(file.path) }
    }
    return found
  }

  /// Where a source cannot be read, everything beside the program that is no source may be what it reads.
  private mutating func assumeForUnreadSources(_ situation: Situation) {
    temporaryFiles = true
    let directory = situation.trace.end.directory
    let endings = [
      ".go", ".md", ".mod", ".sum", ".lock", ".sh", ".toml", ".txt", ".mk", ".proto", ".dockerfile", ".dockerignore",
    ]
    let names: Set<String> = [
      "makefile", "dockerfile", "license", "vagrantfile", "vendor", "node_modules", "docs", "test", "tests", "testdata",
      "package.json", "package-lock.json", "glide.yaml",
    ]
    for file in situation.listing.files {
      guard let top = file.path.split(separator: "/").first.map(String.init), !top.hasPrefix("."),
        !names.contains(top.lowercased()), !ComposeFile.isName(top)
      else { continue }
      if endings.contains(where: { file.path.lowercased().hasSuffix($0) }) || top.lowercased().hasPrefix("dockerfile") {
        continue
      }
      guard situation.trace.map.imagePaths(of: top).contains(ContextPath.join(directory, top)) else { continue }
      if !assets.contains(where: { ContextPath.isWithin(file.path, $0) }) {
        assets.append(file.path == top ? top : file.path)
      }
    }
    assets.sort()
  }

  // MARK: Roots

  private mutating func readRoots(_ situation: Situation, program: GoProgram) {
    let artefactNames = Set(program.artefacts.map(ContextPath.lastComponent))
    for name in situation.roots.programs {
      let last = ContextPath.lastComponent(name)
      if artefactNames.contains(last) || SystemCommands.builtins.contains(last) { continue }
      let path = ContextPath.join(situation.trace.end.directory, name)
      if situation.roots.scripts.contains(path) { continue }
      if name.contains("/"), situation.trace.steps.contains(where: { $0.writes.contains(path) }) { continue }
      if !programs.contains(last) { programs.append(last) }
    }
    for interpreter in situation.roots.interpreters {
      let name = ContextPath.lastComponent(interpreter)
      if name != "sh", name != "ash", !programs.contains(name) { programs.append(name) }
    }
  }

  private mutating func readPackages(_ situation: Situation, program: GoProgram) {
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
        } else if !program.isStatic, libraries != ["libgcc"] {
          libraries.forEach { add($0) }
        }
      case .runtime:
        // The files of these two travel by themselves.
        if package.name != "ca-certificates", package.name != "tzdata" { add(package.name) }
        if package.name == "tzdata" { timeZones = true }
      }
    }
    for step in situation.trace.steps {
      guard let copied = step.copied, copied.source == .other, copied.view.isAdd else { continue }
      for path in copied.targets where isKeptAddition(path, after: step.index, situation) && !downloads.contains(path) {
        downloads.append(path)
      }
    }
    if situation.trace.steps.contains(where: {
      $0.effects.contains { $0.program == "ln" && $0.writes.contains("/etc/localtime") }
    }) {
      add("tzdata")
    }
    for step in builderRuns {
      for effect in step.effects where effect.role == .download && !effect.isConditional {
        for path in effect.writes where isKeptDownload(path, step: step, situation) { downloads.append(path) }
      }
    }
  }

  private mutating func add(_ package: String) {
    if !packages.contains(package) { packages.append(package) }
  }

  /// What an ADD fetched and no later step calls.
  private func isKeptAddition(_ path: String, after index: Int, _ situation: Situation) -> Bool {
    let name = ContextPath.lastComponent(path)
    if ["/tmp", "/go/src", "/root"].contains(where: { ContextPath.isWithin(path, $0) }) { return false }
    return !situation.trace.steps.contains { step in
      step.index > index && step.keyword == .run
        && step.effects.contains { $0.program == name || ($0.program != "chmod" && $0.reads.contains(path)) }
    }
  }

  /// A single file outside the sources that no later step uses.
  private func isKeptDownload(_ path: String, step: Step, _ situation: Situation) -> Bool {
    let temporary = ["/tmp", "/go", "/root", "/usr/local/go"].contains { ContextPath.isWithin(path, $0) }
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

  // MARK: The empty base

  private mutating func decideScratch(_ situation: Situation, program: GoProgram) {
    let reach = program.reach
    let roots = situation.roots
    if roots.needsShell {
      reasonAgainstScratch = "the start command or a health check needs a shell"
    } else if let script = roots.scripts.first {
      reasonAgainstScratch = "'\(script)' is a script"
    } else if let program = programs.first {
      reasonAgainstScratch = "'\(program)' is called at run time"
    } else if let package = packages.first {
      reasonAgainstScratch = "the package '\(package)' is needed at run time"
    } else if let download = downloads.first {
      reasonAgainstScratch = "'\(download)' may be linked to a C library"
    } else if let userName {
      reasonAgainstScratch = "the user '\(userName)' needs a user database"
    } else if temporaryFiles, let user = situation.trace.end.user, user != "root", user != "0" {
      reasonAgainstScratch = "the user '\(user)' needs a writable /tmp"
    } else if !reach.selectors.isDisjoint(with: [
      "user.Current", "user.Lookup", "user.LookupId", "os.UserHomeDir", "os.UserCacheDir", "os.UserConfigDir",
    ]) {
      reasonAgainstScratch = "the program looks users up"
    } else if situation.trace.steps.contains(where: { step in
      step.effects.contains {
        ["chown", "ln"].contains($0.program) && $0.role == .files
          && !$0.writes.allSatisfy { path in program.artefacts.contains(path) }
      }
    }) {
      reasonAgainstScratch = "owners or links are set by a step that needs a shell"
    } else if hasOwnedFolders(situation) {
      reasonAgainstScratch = "a folder has an owner or mode of its own"
    }
  }

  /// Folders that a copy alone would give to root with the usual mode.
  private func hasOwnedFolders(_ situation: Situation) -> Bool {
    let made = Set(situation.trace.steps.flatMap { $0.effects.flatMap(\.makesDirectories) })
    let changed = situation.trace.steps.contains { step in
      step.effects.contains { $0.program == "chmod" && !made.isDisjoint(with: $0.writes) }
    }
    let owned = situation.trace.steps.contains { step in
      guard step.copied?.owner != nil else { return false }
      return assets.contains { asset in
        situation.listing[asset]?.kind == .directory
          && situation.trace.map.entries.contains {
            $0.instruction == step.index && ContextPath.relative(asset, to: $0.context) != nil
          }
      }
    }
    return changed || owned
  }
}
