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

  let facts: NodeFacts
  let folder: NodeFacts.Folder
  var situation: Situation { facts.situation }
  /// Places that file commands write to; they have to lie among the results.
  private var touched: [String] = []
  /// Whether a bundler takes all sources in, so that no import is left to resolve.
  private(set) var bundles = false
  /// Folders that a compiler reads.
  private(set) var inputs: Set<String> = []
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
}
