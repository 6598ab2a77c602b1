import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// What a Go program needs in the final image besides itself.
struct GoNeeds {
  /// What the planner works with.
  var needs = ArtefactNeeds()
  /// What speaks against an empty base, nil when nothing does.
  var reasonAgainstScratch: String?
  init(_ situation: Situation, program: GoProgram) throws(Refusal) {
    let reach = program.reach
    let search = AssetSearch(situation: situation, literals: reach.literals, program: program)
    let found = search.find(conventional: conventional(reach, search).union(besideProgram(program, search)))
    needs.add(found)
    if !reach.packages.isEmpty { needs.assumptions.insert(.readsLiterals) }
    let looksUp =
      reach.selectors.contains("time.LoadLocation") || situation.setsTimeZone || Self.namesTimeZones(reach)
    needs.timeZones = looksUp && !reach.imports.contains("time/tzdata")
    needs.temporaryFiles =
      !reach.selectors.isDisjoint(with: [
        "os.TempDir", "os.CreateTemp", "os.MkdirTemp", "ioutil.TempFile", "ioutil.TempDir",
      ])
      || reach.selectors.contains {
        $0.hasSuffix(".ParseMultipartForm") || $0.hasSuffix(".FormFile") || $0.hasSuffix(".MultipartForm")
          || $0.hasSuffix(".MultipartReader")
      }
    needs.programs = Self.startedPrograms(reach, program, situation)
    if reach.startsPrograms {
      readStartedScripts(found.assets, situation)
      needs.assumptions.insert(.execLiterals)
    }
    if !program.authorDisabledCgo, program.nativeReason == nil, !reach.modules.isEmpty {
      needs.assumptions.insert(.pureGo)
    }
    if !reach.unreadable.isEmpty { assumeForUnreadSources(situation) }
    needs.readRuntime(of: program, situation)
    decideScratch(situation, program: program)
  }

  // MARK: What it starts and looks up

  /// The programs that the sources start, but for those that the image builds or fetches itself.
  private static func startedPrograms(_ reach: GoReach, _ program: GoProgram, _ situation: Situation) -> [String] {
    let started = SystemCommands.startedFully(by: reach.commandLiterals).filter { path in
      !program.artefacts.contains(path) && !situation.trace.steps.contains { $0.writes.contains(path) }
    }
    return Set(started.map(ContextPath.lastComponent)).sorted()
  }

  /// Scripts among the files it reads may be what it starts: their interpreter and the programs they call.
  private mutating func readStartedScripts(_ assets: [String], _ situation: Situation) {
    var found = Set(needs.programs)
    for file in situation.listing.files where assets.contains(where: { ContextPath.isWithin(file.path, $0) }) {
      guard file.entry.size < 1 << 20, let text = situation.reader.text(of: file.path), text.hasPrefix("#!"),
        let line = text.split(whereSeparator: \.isNewline).first
      else { continue }
      let words = line.dropFirst(2).split(separator: " ").map { ContextPath.lastComponent(String($0)) }
      let interpreter = words.first == "env" ? words.dropFirst().first { !$0.hasPrefix("-") } : words.first
      guard let interpreter else { continue }
      found.insert(interpreter)
      if interpreter.hasSuffix("sh") { found.formUnion(SystemCommands.started(byScript: text)) }
    }
    needs.programs = found.sorted()
  }

  /// Whether time zones are looked up by a library: in a data source's name, a schedule, or a setting.
  private static func namesTimeZones(_ reach: GoReach) -> Bool {
    let lookers = [
      "go-sql-driver/mysql", "gorm.io/driver/mysql", "gorm/dialects/mysql", "jackc/pgx", "gorm.io/driver/postgres",
      "clickhouse", "robfig/cron", "go-co-op/gocron", "jasonlvhit/gocron", "go-ora", "go-mssqldb",
    ]
    if reach.imports.contains(where: { path in lookers.contains { path.contains($0) } }) { return true }
    let areas = ["Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Pacific/"]
    let settings = ["&loc=", "?loc=", "TimeZone=", "CRON_TZ=", "TZ="]
    return reach.literals.contains { literal in
      areas.contains { literal.hasPrefix($0) && literal.utf8.count > $0.utf8.count && !literal.contains(" ") }
        || settings.contains { literal.contains($0) }
    }
  }

  /// Whether the program looks for its home folder, which an empty base without accounts puts at `/`.
  private static func looksForHome(_ reach: GoReach, _ situation: Situation) -> Bool {
    let isNamed = reach.literals.contains {
      $0 == "HOME" || $0.hasPrefix("~/") || $0.contains("$HOME") || $0.contains("${HOME}")
    }
    if isNamed || reach.imports.contains(where: { $0.contains("go-homedir") || $0.contains("adrg/xdg") }) {
      return true
    }
    let home = "/root"
    if ContextPath.isWithin(situation.trace.end.directory, home) { return false }
    let volumes = situation.file.instructions.filter { $0.keyword == .volume }.flatMap(\.words)
    return (situation.roots.mountedFolders + volumes).contains { ContextPath.isWithin(ContextPath.clean($0), home) }
      || situation.trace.map.entries.contains { $0.image.hasPrefix(home + "/.") }
  }

  // MARK: Assets

  /// Files and folders that frameworks read without being told.
  private func conventional(_ reach: GoReach, _ search: AssetSearch) -> Set<String> {
    frameworkFolders(reach, search).union(namedConfigurations(reach, search.situation))
  }

  private func frameworkFolders(_ reach: GoReach, _ search: AssetSearch) -> Set<String> {
    guard
      reach.imports.contains(where: {
        $0.contains("/beego") || $0.contains("revel/revel") || $0.contains("gobuffalo/buffalo")
      })
    else { return [] }
    return Set(
      ["conf", "views", "static", "app", "public", "messages", "templates", "locales"].filter { folder in
        search.situation.listing[folder]?.kind == .directory && search.isAsset(folder)
      })
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
    needs.temporaryFiles = true
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
      if !needs.assets.contains(where: { ContextPath.isWithin(file.path, $0) }) {
        needs.assets.append(file.path == top ? top : file.path)
      }
    }
    needs.assets.sort()
  }

  // MARK: The empty base

  private mutating func decideScratch(_ situation: Situation, program: GoProgram) {
    let reach = program.reach
    let roots = situation.roots
    if roots.needsShell {
      reasonAgainstScratch = "\(situation.shellUser) needs a shell"
    } else if let script = roots.scripts.first {
      reasonAgainstScratch = "'\(script)' is a script, which needs a shell"
    } else if let program = needs.programs.first {
      reasonAgainstScratch = "'\(program)' is called at run time"
    } else if let package = needs.packages.first {
      reasonAgainstScratch = "the package '\(package)' is needed at run time"
    } else if let download = needs.downloads.first {
      reasonAgainstScratch = "'\(download)' may be linked to a C library"
    } else if let userName = needs.userName {
      reasonAgainstScratch = "the user '\(userName)' needs a user database"
    } else if needs.temporaryFiles, let user = situation.trace.end.user, user != "root", user != "0" {
      reasonAgainstScratch = "the user '\(user)' needs a writable /tmp"
    } else if !reach.selectors.isDisjoint(with: [
      "user.Current", "user.Lookup", "user.LookupId", "os.UserHomeDir", "os.UserCacheDir", "os.UserConfigDir",
    ]) {
      reasonAgainstScratch = "the program looks users up"
    } else if Self.looksForHome(reach, situation) {
      reasonAgainstScratch = "the program looks for its home folder"
    } else if situation.trace.steps.contains(where: { step in
      step.effects.contains {
        ["chown", "ln"].contains($0.program) && $0.role == .files
          && !$0.writes.allSatisfy { path in program.artefacts.contains(path) }
      }
    }) {
      reasonAgainstScratch = "a RUN sets owners or links, which takes a shell"
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
      return needs.assets.contains { asset in
        situation.listing[asset]?.kind == .directory
          && situation.trace.map.entries.contains {
            $0.instruction == step.index && ContextPath.relative(asset, to: $0.context) != nil
          }
      }
    }
    return changed || owned
  }
}
