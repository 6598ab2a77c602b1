import ContextFiles
import Projects
import ShellSyntax

/// What Node's package managers do.
enum NodeCommands {
  static let rules: [CommandRule] =
    [
      CommandRule(
        "npm",
        examples: [
          .init("npm ci", .dependencies), .init("npm install --omit=dev", .dependencies),
          .init("npm i -g pm2", .dependencies),
          .init("npm run build", .projectTool), .init("npm test", .check), .init("npm run lint", .check),
          .init("npm cache clean --force", .cleanup),
          .init("npm config set registry https://example.com", .configuration),
          .init("npm prune --production", .dependencies), .init("npm --version", .inert),
          .init("npm publish", .unknown),
        ], effect: npm),
      CommandRule(
        "yarn", "yarnpkg",
        examples: [
          .init("yarn", .dependencies), .init("yarn --frozen-lockfile", .dependencies),
          .init("yarn install", .dependencies),
          .init("yarn build", .projectTool), .init("yarn run build", .projectTool), .init("yarn test", .check),
          .init("yarn global add serve", .dependencies), .init("yarn cache clean", .cleanup),
          .init("yarn --version", .inert),
          .init("yarn workspaces focus --production", .dependencies),
        ], effect: yarn),
      CommandRule(
        "pnpm",
        examples: [
          .init("pnpm install --frozen-lockfile", .dependencies), .init("pnpm build", .projectTool),
          .init("pnpm -r run build", .projectTool), .init("pnpm --filter api build", .projectTool),
          .init("pnpm store prune", .cleanup),
          .init("pnpm add -g turbo", .dependencies), .init("pnpm prune --prod", .dependencies),
          .init("pnpm test", .check),
        ], effect: pnpm),
      CommandRule(
        "bun",
        examples: [
          .init("bun install --frozen-lockfile", .dependencies), .init("bun run build", .projectTool),
          .init("bun test", .check),
          .init("bun build ./src/index.ts --outdir dist", .projectTool), .init("bun --version", .inert),
        ], effect: bun),
      CommandRule(
        "npx", "pnpx", "bunx",
        examples: [
          .init("npx prisma generate", .projectTool), .init("npx -y tsc", .projectTool),
          .init("npx playwright install", .unknown),
          .init("npx eslint .", .check),
        ]
      ) { NodeTools.run($0, words: $0.positional(valued: ["-p", "--package", "-c", "--call"])) },
      CommandRule(
        "corepack",
        examples: [.init("corepack enable", .dependencies), .init("corepack prepare pnpm@9 --activate", .dependencies)]
      ) { corepack($0) },
    ] + NodeTools.rules

  /// Prefixes of the variables that only package managers and builds read.
  static let toolVariables = [
    "npm_config_", "NPM_CONFIG_", "NPM_", "YARN_", "PNPM_", "COREPACK_", "BUN_INSTALL", "CYPRESS_", "HUSKY",
  ]

  /// The variables a package manager and native builds behind it read.
  private static let variables: Set<String> = [
    "PATH", "HOME", "NODE_ENV", "NODE_OPTIONS", "NODE_PATH", "NODE_EXTRA_CA_CERTS", "CI", "HUSKY", "http_proxy",
    "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "NPM_TOKEN", "NPM_CONFIG_LOGLEVEL", "PYTHON",
    "CC", "CXX", "CFLAGS", "CXXFLAGS", "LDFLAGS", "MAKEFLAGS", "PNPM_HOME", "COREPACK_HOME", "XDG_CACHE_HOME",
    "PUPPETEER_SKIP_DOWNLOAD", "PUPPETEER_SKIP_CHROMIUM_DOWNLOAD", "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
    "CYPRESS_INSTALL_BINARY", "SHARP_IGNORE_GLOBAL_LIBVIPS", "SASS_BINARY_SITE", "DATABASE_URL", "TMPDIR",
  ]

  // MARK: npm

  @Sendable private static func npm(_ invocation: Invocation) -> CommandEffect {
    let place = Place(invocation, folderOptions: ["--prefix", "-C"])
    var words = invocation.positional(valued: valued)
    guard let first = words.first else {
      return invocation.has("-v") || invocation.arguments.contains("--version")
        ? CommandEffect(.inert) : CommandEffect(.unknown)
    }
    guard let verb = first else { return CommandEffect(.unknown) }
    words.removeFirst()
    switch verb {
    case "install", "i", "add", "in", "ins", "inst", "isntall", "ci", "clean-install", "ic", "install-clean", "update",
      "up", "upgrade":
      return install(invocation, .npm, place, named: verb.hasPrefix("ci") || verb.hasPrefix("up") ? [] : words)
    case "install-ci-test", "cit", "install-test", "it": return install(invocation, .npm, place, named: [])
    case "prune", "dedupe", "ddp", "rebuild", "rb", "uninstall", "un", "rm", "r", "remove":
      guard !place.isGlobal else { return CommandEffect(.cleanup) }
      var effect = install(invocation, .npm, place, named: [])
      // What is built or removed again does not make the tree one of production.
      if verb != "prune" { effect.node?.isProduction = false }
      return effect
    case "audit":
      return words.first == "fix" ? install(invocation, .npm, place, named: []) : CommandEffect(.check)
    case "run", "run-script", "rum", "urn":
      guard let script = words.first ?? nil else { return CommandEffect(.inert) }
      return NodeTools.script(script, invocation, in: place.folder)
    case "test", "t", "tst": return NodeTools.script("test", invocation, in: place.folder)
    case "exec", "x": return NodeTools.run(invocation, words: words)
    case "cache": return CommandEffect(.cleanup)
    case "config", "c", "set", "login", "adduser", "logout", "whoami", "ping": return CommandEffect(.configuration)
    case "ls", "list", "ll", "la", "version", "view", "info", "outdated", "root", "prefix", "bin", "help", "fund",
      "get", "doctor":
      return CommandEffect(.inert)
    case "pkg": return manifestEdit(invocation, place)
    default: return CommandEffect(.unknown)
    }
  }

  /// The options of npm, pnpm, yarn and bun that take the next word.
  private static let valued: Set<String> = [
    "--prefix", "-C", "--dir", "--cwd", "--registry", "--cache", "--workspace", "-w", "--loglevel", "--omit",
    "--include",
    "--filter", "-F", "--userconfig", "--network-timeout", "--store-dir", "--cache-folder", "--fetch-retries",
    "--modules-folder", "--reporter", "--tag", "--linker", "--backend", "--location",
  ]

  // MARK: yarn, pnpm, bun

  @Sendable private static func yarn(_ invocation: Invocation) -> CommandEffect {
    var place = Place(invocation, folderOptions: ["--cwd"])
    let manager = yarnKind(invocation, in: place.folder)
    var words = invocation.positional(valued: valued.subtracting(["-w", "--include", "-C", "--tag", "-F"]))
    guard let first = words.first else {
      if invocation.arguments.contains("--version") || invocation.arguments.contains("-v") {
        return CommandEffect(.inert)
      }
      return install(invocation, manager, place, named: [])
    }
    guard let verb = first else { return CommandEffect(.unknown) }
    words.removeFirst()
    switch verb {
    case "install": return install(invocation, manager, place, named: [])
    case "add", "up", "upgrade", "remove", "dedupe", "autoclean", "rebuild":
      return install(invocation, manager, place, named: verb == "add" ? words : [])
    case "global":
      guard words.first == "add" else { return words.first == "bin" ? CommandEffect(.inert) : CommandEffect(.unknown) }
      place.isGlobal = true
      return install(invocation, manager, place, named: Array(words.dropFirst()))
    case "workspaces":
      if words.first == "focus" { return install(invocation, manager, place, named: []) }
      return NodeTools.projectTool(invocation, in: place.folder)
    case "workspace": return NodeTools.projectTool(invocation, in: place.folder)
    case "run":
      guard let script = words.first ?? nil else { return CommandEffect(.inert) }
      return NodeTools.script(script, invocation, in: place.folder)
    case "cache": return CommandEffect(.cleanup)
    case "config": return CommandEffect(.configuration)
    case "set", "policies", "plugin": return manifestEdit(invocation, place)
    case "node", "exec", "dlx": return NodeTools.run(invocation, words: verb == "node" ? ["node"] + words : words)
    case "version", "versions", "list", "why", "info", "licenses", "check", "audit", "bin", "help":
      return CommandEffect(.inert)
    default: return NodeTools.script(verb, invocation, in: place.folder)
    }
  }

  private static func yarnKind(_ invocation: Invocation, in folder: String) -> NodePackageManager {
    project(invocation, in: folder)?.yarn ?? .yarnClassic
  }

  @Sendable private static func pnpm(_ invocation: Invocation) -> CommandEffect {
    let place = Place(invocation, folderOptions: ["-C", "--dir"])
    var words = invocation.positional(valued: valued.subtracting(["-w", "--include"]))
    guard let first = words.first else {
      return invocation.arguments.contains { $0 == "--version" || $0 == "-v" }
        ? CommandEffect(.inert) : CommandEffect(.unknown)
    }
    guard let verb = first else { return CommandEffect(.unknown) }
    words.removeFirst()
    switch verb {
    case "install", "i", "fetch", "prune", "rebuild", "rb", "update", "up", "dedupe", "remove", "rm", "uninstall":
      return install(invocation, .pnpm, place, named: [])
    case "add": return install(invocation, .pnpm, place, named: words)
    case "run", "run-script":
      guard let script = words.first ?? nil else { return CommandEffect(.inert) }
      return NodeTools.script(script, invocation, in: place.folder)
    case "recursive", "multi", "m": return NodeTools.projectTool(invocation, in: place.folder)
    case "exec", "dlx": return NodeTools.run(invocation, words: words)
    case "store", "cache": return CommandEffect(.cleanup)
    case "config", "set", "login": return CommandEffect(.configuration)
    case "list", "ls", "why", "outdated", "root", "bin", "licenses", "audit", "help": return CommandEffect(.inert)
    case "deploy":
      var effect = NodeTools.projectTool(invocation, in: place.folder)
      if let target = words.last ?? nil { effect.writes.append(invocation.path(target)) }
      return effect
    case "setup", "env", "publish", "self-update", "link": return CommandEffect(.unknown)
    default: return NodeTools.script(verb == "t" ? "test" : verb, invocation, in: place.folder)
    }
  }

  @Sendable private static func bun(_ invocation: Invocation) -> CommandEffect {
    let place = Place(invocation, folderOptions: ["--cwd"])
    var words = invocation.positional(valued: valued.subtracting(["-w", "-C", "--include"]))
    guard let first = words.first else {
      return invocation.arguments.contains { $0 == "--version" || $0 == "-v" || $0 == "--revision" }
        ? CommandEffect(.inert) : CommandEffect(.unknown)
    }
    guard let verb = first else { return CommandEffect(.unknown) }
    words.removeFirst()
    switch verb {
    case "install", "i", "update", "remove", "rm": return install(invocation, .bun, place, named: [])
    case "add", "a": return install(invocation, .bun, place, named: words)
    case "run":
      guard let script = words.first ?? nil else { return CommandEffect(.inert) }
      return NodeTools.script(script, invocation, in: place.folder)
    case "build": return NodeTools.projectTool(invocation, in: place.folder)
    case "test": return NodeTools.script("test", invocation, in: place.folder)
    case "x": return NodeTools.run(invocation, words: words)
    case "pm": return CommandEffect(words.first == "cache" ? .cleanup : .inert)
    case "upgrade", "link", "create", "publish": return CommandEffect(.unknown)
    default: return NodeTools.script(verb, invocation, in: place.folder)
    }
  }

  private static func corepack(_ invocation: Invocation) -> CommandEffect {
    var words = invocation.positional(valued: ["--install-directory"]).compactMap { $0 }
    guard !words.isEmpty else { return CommandEffect(.inert) }
    let verb = words.removeFirst()
    guard ["enable", "prepare", "use", "install", "hydrate", "up", "pack"].contains(verb) else {
      return CommandEffect(verb == "disable" ? .configuration : .unknown)
    }
    var effect = CommandEffect(.dependencies)
    effect.environment = variables
    effect.node = NodeInstall(manager: .npm, scope: .tools(words.isEmpty ? ["corepack"] : words))
    effect.writes = ["/usr/local/bin", corepackCache(invocation.environment, home: invocation.home)]
    return effect
  }

  /// Where Corepack keeps the package managers that it fetched.
  static func corepackCache(_ environment: [String: String], home: String) -> String {
    environment["COREPACK_HOME"] ?? home + "/.cache/node/corepack"
  }

  // MARK: Installs

  /// Where a command works.
  struct Place {
    var folder: String
    var isGlobal: Bool

    init(_ invocation: Invocation, folderOptions: [String]) {
      folder = invocation.directory
      for name in folderOptions { if let value = invocation.option(name) { folder = invocation.path(value) } }
      isGlobal =
        invocation.arguments.contains { ["-g", "--global", "--location=global"].contains($0) }
        || invocation.option("--location") == "global"
    }
  }

  /// The project in a folder of the image.
  static func project(_ invocation: Invocation, in folder: String) -> NodeProject? {
    let surroundings = invocation.surroundings
    guard
      let manifest = surroundings.map.contextPath(
        of: ContextPath.join(folder, "package.json"), in: surroundings.listing)
    else { return nil }
    return try? NodeProject.read(
      ContextPath.parent(manifest), listing: surroundings.listing, reader: surroundings.reader)?.get()
  }

  private static let keptOptions: Set<String> = [
    "--legacy-peer-deps", "--force", "-f", "--omit=optional", "--omit=peer", "--no-optional", "--ignore-optional",
    "--strict-peer-deps", "--no-package-lock", "--ignore-engines", "--frozen-lockfile", "--pure-lockfile",
    "--shamefully-hoist", "--install-links",
  ]

  private static func install(
    _ invocation: Invocation, _ manager: NodePackageManager, _ place: Place, named: [String?]
  ) -> CommandEffect {
    guard !named.contains(where: { $0 == nil }) else { return CommandEffect(.unknown) }
    let names = named.compactMap { $0 }
    let arguments = invocation.arguments.compactMap { $0 }
    var effect = CommandEffect(.dependencies)
    effect.environment = variables
    if place.isGlobal {
      effect.node = NodeInstall(manager: manager, scope: .tools(names))
      effect.writes = ["/usr/local/lib/node_modules", "/usr/local/bin", "/usr/local/share/.config/yarn"]
      return effect
    }
    var install = NodeInstall(manager: manager, scope: .project(place.folder), packages: names)
    install.isProduction = isProduction(invocation, arguments)
    install.isUnsaved = arguments.contains("--no-save")
    install.ignoresScripts = arguments.contains("--ignore-scripts")
    install.options = arguments.filter { keptOptions.contains($0) }
    effect.node = install
    effect.writes = [ContextPath.join(place.folder, "node_modules")]
    addFiles(to: &effect, invocation, install, in: place.folder)
    return effect
  }

  private static func isProduction(_ invocation: Invocation, _ arguments: [String]) -> Bool {
    let flags = [
      "--production", "--production=true", "--prod", "-P", "--only=production", "--only=prod", "--omit=dev", "--omit",
      "--no-dev",
    ]
    let includesDevelopment = arguments.contains {
      ["--include=dev", "--production=false", "--prod=false", "--also=dev", "--also=development", "--dev", "-D"]
        .contains($0)
    }
    if includesDevelopment { return false }
    if arguments.contains(where: { flags.contains($0) && $0 != "--omit" })
      || invocation.options("--omit", "--only").contains(where: { ["dev", "prod", "production"].contains($0) })
    {
      return true
    }
    if invocation.environment["NPM_CONFIG_PRODUCTION"] == "true"
      || invocation.environment["npm_config_production"] == "true"
    {
      return true
    }
    // Bun installs development dependencies whatever NODE_ENV says.
    let local = invocation.command.assignments.first { $0.name == "NODE_ENV" }?.value.literal
    return invocation.program != "bun" && (local ?? invocation.environment["NODE_ENV"]) == "production"
  }

  /// The files an install reads, and what its hooks write.
  private static func addFiles(
    to effect: inout CommandEffect, _ invocation: Invocation, _ install: NodeInstall, in folder: String
  ) {
    guard let project = project(invocation, in: folder) else {
      effect.reads = [folder]
      return
    }
    let hooks = install.ignoresScripts ? [] : project.package.installHooks
    let needsWhole =
      !hooks.isEmpty || !project.workspaces.isEmpty || !project.package.localPaths.isEmpty
      || project.package.hasWorkspaceDependencies || project.isPlugAndPlay || project.yarnrc?.yarnPath != nil
      || !project.package.keys.isDisjoint(with: ["pnpm", "patchedDependencies", "gypfile"])
      || invocation.surroundings.listing[ContextPath.join(project.folder, "binding.gyp")] != nil
    if needsWhole {
      effect.reads = [folder]
      if !hooks.allSatisfy({ NodeTools.onlyTouchesModules($0.command) }) {
        effect.writes.append(folder)
        effect.environment = nil
      }
      return
    }
    for name in ["package.json"] + NodeLock.names + [
      ".npmrc", ".yarnrc", ".yarnrc.yml", "bunfig.toml", ".pnpmfile.cjs", "pnpm-workspace.yaml",
    ] {
      let path = ContextPath.join(folder, name)
      let isOwnLock = !NodeLock.names.contains(name) || project.lockName(of: install.manager) == name
      if isOwnLock, invocation.surroundings.map.contextPath(of: path, in: invocation.surroundings.listing) != nil {
        effect.reads.append(path)
      }
    }
  }

  /// A command that changes the manifest or brings the package manager itself.
  private static func manifestEdit(_ invocation: Invocation, _ place: Place) -> CommandEffect {
    var effect = CommandEffect(.projectTool)
    effect.reads = [place.folder]
    effect.writes = [place.folder]
    return effect
  }
}
