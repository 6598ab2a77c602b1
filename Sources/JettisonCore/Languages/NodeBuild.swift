import ContextFiles
import Projects
import ShellSyntax

/// Where the tools of a Node build put their results, read from their options and configuration.
struct NodeBuild {
  /// The folders of results, absolute.
  private(set) var outputs: [String] = []
  /// Next's traced server.
  private(set) var standalone: String?
  /// Whether every tool is one whose results are known.
  private(set) var isKnown = true

  private let facts: NodeFacts
  private let folder: NodeFacts.Folder
  private var situation: Situation { facts.situation }
  /// Places that file commands write to; they have to lie among the results.
  private var touched: [String] = []
  /// Whether a bundler takes all sources in, so that no import is left to resolve.
  private var bundles = false
  /// Folders that a compiler reads.
  private var inputs: Set<String> = []
  private var depth = 0

  init(_ facts: NodeFacts, folder: NodeFacts.Folder) {
    self.facts = facts
    self.folder = folder
    for step in facts.situation.trace.steps {
      for effect in step.effects {
        let lookup: (String) -> String? = { step.before.value($0) }
        if let install = effect.node {
          guard let place = install.folder, effect.writes.contains(place) else { continue }
          for hook in folder.project.package.installHooks { read(line: hook.command, in: place, lookup) }
        } else if effect.role == .projectTool {
          read(effect.command?.words.map { $0.expanded(lookup) } ?? [], in: effect.directory, lookup)
        } else if [.files, .download].contains(effect.role) {
          touched += effect.writes.filter {
            ContextPath.isWithin($0, folder.path) && !$0.hasSuffix("/.npmrc") && effect.program != "chown"
              && effect.program != "chmod"
          }
        }
      }
    }
    if touched.contains(where: { path in
      !outputs.contains { ContextPath.isWithin(path, $0) } && !Self.isModules(path) && !isMadeBefore(path)
    }) {
      isKnown = false
    }
  }

  private static func isModules(_ path: String) -> Bool { path.split(separator: "/").contains("node_modules") }

  /// The project's own folder, made before anything is in it.
  private func isMadeBefore(_ path: String) -> Bool { path == folder.path }

  // MARK: Commands

  private mutating func read(line: String, in place: String, _ lookup: @escaping (String) -> String?) {
    var place = place
    for placed in ShellScript(parsing: line).commands {
      guard let command = placed.command else {
        isKnown = false
        continue
      }
      if command.words.isEmpty { continue }
      let words = command.words.map { $0.expanded(lookup) }
      if words.first == "cd", words.count > 1, let target = words[1] { place = ContextPath.join(place, target) }
      for redirection in command.redirections where redirection.writesFile {
        if let target = redirection.target.literal, !target.hasPrefix("/dev") {
          touched.append(ContextPath.join(place, target))
        }
      }
      read(words, in: place, lookup)
    }
  }

  private mutating func read(_ words: [String?], in place: String, _ lookup: @escaping (String) -> String?) {
    depth += 1
    defer { depth -= 1 }
    guard depth < 20, let first = words.first ?? nil, !words.contains(nil) else {
      isKnown = false
      return
    }
    let situation = situation
    let text = { (path: String) in
      situation.trace.map.contextPath(of: path, in: situation.listing).flatMap { situation.reader.text(of: $0) }
    }
    switch NodeScripts.meaning(of: words, in: place, text: text) {
    case .command(let words)?:
      if !words.isEmpty { read(words, in: place, lookup) }
      return
    case .lines(let lines, let place)?:
      for line in lines { read(line: line, in: place, lookup) }
      return
    case nil: break
    }
    let arguments = words.dropFirst().compactMap { $0 }
    tool(ContextPath.lastComponent(first), Arguments(arguments), in: place, text)
  }

  /// A tool's arguments.
  private struct Arguments {
    let words: [String]
    init(_ words: [String]) { self.words = words }
    func value(_ names: String...) -> String? {
      for (index, word) in words.enumerated() {
        for name in names {
          if word == name, index + 1 < words.count { return words[index + 1] }
          if word.hasPrefix(name + "=") { return String(word.dropFirst(name.count + 1)) }
        }
      }
      return nil
    }
    var plain: [String] { words.filter { !$0.hasPrefix("-") } }
  }

  private mutating func add(_ path: String, in place: String) {
    let full = ContextPath.join(place, path)
    guard ContextPath.isWithin(full, folder.path), full != folder.path else {
      isKnown = false
      return
    }
    if !outputs.contains(where: { ContextPath.isWithin(full, $0) }) {
      outputs.removeAll { ContextPath.isWithin($0, full) }
      outputs.append(full)
    }
  }

  private mutating func tool(_ name: String, _ arguments: Arguments, in place: String, _ text: (String) -> String?) {
    switch name {
    case "tsc", "tspc", "vue-tsc":
      if arguments.words.contains("--noEmit") || arguments.words.contains("--version") { return }
      let project = arguments.value("-p", "--project")
      let plain = arguments.plain.first { $0.hasSuffix(".json") }
      guard let target = arguments.value("--outDir") ?? compilerOutput(project ?? plain ?? "tsconfig.json", place, text)
      else {
        if compilerEmitsNothing(project ?? "tsconfig.json", place, text) { return }
        isKnown = false
        return
      }
      add(target, in: place)
    case "nest":
      guard arguments.plain.first == "build" else { return isKnown = false }
      add(
        compilerOutput("tsconfig.build.json", place, text) ?? compilerOutput("tsconfig.json", place, text) ?? "dist",
        in: place)
    case "next":
      guard arguments.plain.first == "build" else { return isKnown = false }
      bundles = true
      let configuration = NextConfiguration.names.compactMap { text(ContextPath.join(place, $0)) }.first
        .map(NextConfiguration.init(parsing:))
      let target = configuration?.distDir ?? ".next"
      add(target, in: place)
      if configuration?.isStandalone == true { standalone = ContextPath.join(place, target + "/standalone") }
      if configuration?.isExport == true { add("out", in: place) }
    case "react-scripts":
      guard arguments.plain.first == "build" else { return isKnown = false }
      bundles = true
      add("build", in: place)
    case "vite":
      let configuration = ["vite.config.ts", "vite.config.js", "vite.config.mjs", "vite.config.mts"].compactMap {
        text(ContextPath.join(place, $0))
      }.first
      let moves =
        ["outDir", "root:", "ssr"].contains { configuration?.contains($0) == true }
        && arguments.value("--outDir") == nil
      guard arguments.plain.first == "build", !moves, !arguments.words.contains("--ssr") else { return isKnown = false }
      bundles = true
      add(arguments.value("--outDir") ?? "dist", in: place)
    case "vue-cli-service":
      guard arguments.plain.first == "build",
        text(ContextPath.join(place, "vue.config.js"))?.contains("outputDir") != true
      else { return isKnown = false }
      bundles = true
      add(arguments.value("--dest") ?? "dist", in: place)
    case "babel", "swc":
      guard let target = arguments.value("-d", "--out-dir"), let input = arguments.plain.first(where: { $0 != target })
      else { return isKnown = false }
      addInput(input)
      add(target, in: place)
    case "esbuild", "ncc", "tsup":
      if let file = arguments.value("--outfile") { return add(ContextPath.parent(file), in: place) }
      if let target = arguments.value("--outdir", "-o", "-d", "--out-dir") { return add(target, in: place) }
      guard name != "esbuild" else { return isKnown = false }
      let configures = ["tsup.config.ts", "tsup.config.js"].contains {
        text(ContextPath.join(place, $0))?.contains("outDir") == true
      }
      if configures { return isKnown = false }
      add("dist", in: place)
    case "webpack", "webpack-cli":
      if let target = arguments.value("-o", "--output-path") { return add(target, in: place) }
      let configuration = arguments.value("-c", "--config") ?? "webpack.config.js"
      let targets = text(ContextPath.join(place, configuration)).map(Self.webpackTargets) ?? ["dist"]
      guard let targets else { return isKnown = false }
      bundles = true
      for target in targets { add(target, in: place) }
    case "rimraf", "rm", "del", "del-cli", "mkdir", "mkdirp":
      touched += arguments.plain.map { ContextPath.join(place, $0) }
    case "cp", "cpx", "copyfiles", "ncp", "cpy", "mv", "ln", "touch":
      guard let target = arguments.plain.last else { return isKnown = false }
      touched.append(ContextPath.join(place, target))
      if name == "mv" { isKnown = false }
    case "prisma":
      let schema = ["prisma/schema.prisma", "schema.prisma"].compactMap { text(ContextPath.join(place, $0)) }.first
      let writesElsewhere =
        schema?.split(whereSeparator: \.isNewline).contains { $0.drop { $0 == " " || $0 == "\t" }.hasPrefix("output") }
        ?? true
      if arguments.plain.first != "generate" || writesElsewhere || folder.manager != .npm { isKnown = false }
    case "echo", "true", "exit", "test", "[", ":", "cd", "tsc-alias", "resolve-tspaths", "is-ci", "eslint", "prettier",
      "tslint",
      "stylelint", "jest", "mocha", "vitest", "chmod", "patch-package", "husky", "ngcc", "set", "export", "npm", "date",
      "sleep", "cat":
      if name == "npm" { isKnown = false }
    default:
      // Another tool writes where its arguments say, if they name what the context does not have.
      let made = arguments.plain.filter {
        !$0.contains("=") && text(ContextPath.join(place, $0)) == nil && !isCopied(ContextPath.join(place, $0))
      }
      guard made.count == 1, arguments.plain.count > 1, folder.project.package.developmentNames.contains(name) else {
        return isKnown = false
      }
      for input in arguments.plain where input != made[0] { addInput(input) }
      add(made[0], in: place)
    }
  }

  private mutating func addInput(_ path: String) {
    if let name = path.split(separator: "/").first(where: { $0 != "." }) { inputs.insert(String(name)) }
  }

  /// The folders that a webpack configuration names as its `output.path`; nil when one is put together otherwise.
  private static func webpackTargets(_ text: String) -> [String]? {
    let plain = String(text.filter { !$0.isWhitespace }.map { $0 == "\"" || $0 == "`" ? "'" : $0 })
    var targets: [String] = []
    var rest = plain[...]
    while let mark = rest.range(of: "path:") {
      let value = rest[mark.upperBound...]
      rest = value
      let known = [
        "path.resolve(__dirname,'", "path.join(__dirname,'", "resolve(__dirname,'", "join(__dirname,'", "__dirname+'",
      ]
      guard let prefix = known.first(where: value.hasPrefix) else { return nil }
      let target = value.dropFirst(prefix.count).prefix { $0 != "'" }
      guard value.dropFirst(prefix.count + target.count + 1).first.map({ "),;}".contains($0) }) ?? false else {
        return nil
      }
      targets.append(ContextPath.clean(target.hasPrefix("/") ? "." + target : String(target)))
    }
    if targets.isEmpty { return plain.contains("output:{path") ? nil : ["dist"] }
    return targets
  }

  private func isCopied(_ path: String) -> Bool {
    situation.trace.map.contextPath(of: path, in: situation.listing) != nil
  }

  /// The `outDir` of a compiler's configuration, those it builds upon included.
  private func compilerOutput(_ file: String, _ place: String, _ text: (String) -> String?, depth: Int = 0) -> String? {
    let name = file.hasSuffix(".json") ? file : file + "/tsconfig.json"
    let path = ContextPath.join(place, name)
    guard depth < 5, let content = text(path), let read = try? TypeScriptConfiguration.parse(content, file: name).get(),
      !read.noEmit
    else {
      return nil
    }
    if let target = read.outDir { return ContextPath.join(ContextPath.parent(path), target) }
    guard let parent = read.extends, parent.hasPrefix(".") else { return nil }
    return compilerOutput(
      ContextPath.join(ContextPath.parent(path), parent.hasSuffix(".json") ? parent : parent + ".json"), place, text,
      depth: depth + 1)
  }

  private func compilerEmitsNothing(_ file: String, _ place: String, _ text: (String) -> String?) -> Bool {
    text(ContextPath.join(place, file)).flatMap { try? TypeScriptConfiguration.parse($0, file: file).get().noEmit }
      ?? false
  }

  // MARK: What else travels

  /// The names right below the project that the running program may need besides results and dependencies.
  var keptNames: [String] {
    let context = folder.project.folder
    let files = situation.listing.files(below: context).map(\.path)
    var names: [String] = []
    for path in files {
      guard let rest = ContextPath.relative(path, to: context),
        let name = rest.split(separator: "/").first.map(String.init),
        !names.contains(name)
      else { continue }
      names.append(name)
    }
    let roots = situation.roots.text.split { " \t\n\r\"'`;|&()<>=:,{}[]".contains($0) }.flatMap {
      $0.split(separator: "/")
    }
    var named = Set(roots.map(String.init))
    for literal in facts.reach.literals { for part in literal.split(separator: "/") { named.insert(String(part)) } }
    if !bundles {
      for crossing in facts.reach.crossings {
        if let name = ContextPath.relative(crossing, to: context)?.split(separator: "/").first {
          named.insert(String(name))
        }
      }
    }
    names = names.filter { name in
      let image = ContextPath.join(folder.path, name)
      let isCopied = situation.trace.map.entries.contains { entry in
        entry.instruction < (facts.lastBuild ?? 0)
          && (ContextPath.isWithin(image, entry.image) || ContextPath.isWithin(entry.image, image))
      }
      // A start script that was copied to its own place is not called here.
      let isElsewhere = situation.roots.scripts.contains { script in
        script != image
          && situation.trace.map.contextPath(of: script, in: situation.listing) == ContextPath.join(context, name)
      }
      return isCopied && name != "node_modules" && !outputs.contains(image) && !isElsewhere
    }
    var kept = names.filter { named.contains($0) && !Self.neverRead($0) || !isOnlyForBuilding($0, context) }
    // What the kept configuration names is kept too.
    for name in kept where !situation.listing.files(below: ContextPath.join(context, name)).isEmpty {
      guard situation.listing[ContextPath.join(context, name)]?.kind == .file, name != "package.json",
        let text = situation.reader.text(of: ContextPath.join(context, name)), text.utf8.count < 100_000
      else { continue }
      let words = Set(text.split { !($0.isLetter || $0.isNumber || "._-".contains($0)) }.map(String.init))
      for other in names where words.contains(other) && !kept.contains(other) && !Self.neverRead(other) {
        kept.append(other)
      }
    }
    return kept.flatMap { withoutTools($0, context) }.sorted()
  }

  /// A folder's own folders where some of them are packages that only development needs.
  private func withoutTools(_ name: String, _ context: String) -> [String] {
    let path = ContextPath.join(context, name)
    let tools = folder.project.developmentPaths
    guard tools.contains(where: { ContextPath.isWithin($0, path) }) else { return [name] }
    let children = Set(
      situation.listing.files(below: path).compactMap {
        ContextPath.relative($0.path, to: path)?.split(separator: "/").first.map(String.init)
      })
    return children.filter { !tools.contains(ContextPath.join(path, $0)) }.map { ContextPath.join(name, $0) }
  }

  private static func neverRead(_ name: String) -> Bool {
    NodeLock.names.contains(name)
      || ["node_modules", "Dockerfile", ".dockerignore", ".git", ".gitignore", "README.md"].contains(name)
  }

  private static let buildFiles: Set<String> = [
    ".editorconfig", ".gitignore", ".gitattributes", ".dockerignore", ".nvmrc", ".node-version", ".npmrc", ".yarnrc",
    ".npmignore",
    "nest-cli.json", "nodemon.json", "tslint.json", "jsconfig.json", "next-env.d.ts", "Makefile", ".travis.yml",
    ".gitlab-ci.yml",
    ".swcrc", "components.json", "renovate.json", "codecov.yml", "Procfile", "fly.toml", "vercel.json", "netlify.toml",
    "app.json", "Jenkinsfile",
    "test", "tests", "__tests__", "__mocks__", "e2e", "cypress", ".github", ".vscode", ".idea", ".husky", "docs",
    "coverage", ".circleci",
    ".storybook", "stories", ".git", ".devcontainer", "k8s", "helm", "chart", "charts", ".cursorrules", ".cursor",
    "turbo.json", "CODEOWNERS", "LICENSE", "LICENSE.md", "NOTICE",
  ]

  private func isOnlyForBuilding(_ name: String, _ context: String) -> Bool {
    if Self.buildFiles.contains(name) || NodeLock.names.contains(name) { return true }
    // The paths of the compiler's configuration are looked up at run time.
    let resolvesPaths =
      facts.reach.packages.contains("tsconfig-paths") || situation.roots.text.contains("tsconfig-paths")
    if resolvesPaths, name.hasPrefix("tsconfig") { return false }
    let path = ContextPath.join(context, name)
    if situation.listing[path]?.kind != .directory {
      for prefix in [
        ".eslint", ".prettier", ".babelrc", "tsconfig", "Dockerfile", "docker-compose", "compose.", ".stylelint",
        ".lintstaged", ".huskyrc", ".commitlint", ".env.example", ".env.sample", ".env.template", ".env.docker.example",
      ]
      where name.hasPrefix(prefix) { return true }
      if name.hasSuffix(".md") || name.hasSuffix(".tsbuildinfo") || name.hasSuffix(".dockerfile") { return true }
      let parts = name.split(separator: ".")
      return parts.count > 2 && (parts[1] == "config" || parts[1] == "setup")
        && !["next", "ecosystem", "pm2"].contains(parts[0])
    }
    let files = situation.listing.files(below: path).map(\.path)
    let starts = NodeReach.entries(of: situation)
    if files.contains(where: starts.contains) { return false }
    let sources = [".ts", ".tsx", ".mts", ".cts"]
    if bundles {
      let kinds =
        NodeSource.extensions + [
          ".css", ".scss", ".sass", ".less", ".vue", ".svelte", ".map", ".snap", ".DS_Store", ".gitkeep",
        ]
      return files.allSatisfy { file in kinds.contains { file.hasSuffix($0) } }
    }
    return inputs.contains(name)
      || files.contains { file in sources.contains { file.hasSuffix($0) } && !file.hasSuffix(".d.ts") }
  }
}
