import ContextFiles
import Projects

extension NodeBuild {
  // MARK: What else travels

  /// The names right below the project that the running program may need besides results and dependencies.
  var keptNames: [String] {
    let context = folder.project.folder
    let files = situation.listing.files(below: context).map(\.path)
    var names: [String] = []
    // A COPY may give a file another name, or bring it from elsewhere.
    let copies = situation.trace.map.entries.compactMap { ContextPath.relative($0.image, to: folder.path) }
    for path in files.compactMap({ ContextPath.relative($0, to: context) }) + copies where path != "." {
      if let name = path.split(separator: "/").first.map(String.init), !names.contains(name) { names.append(name) }
    }
    let roots = situation.roots.text.split { " \t\n\r\"'`;|&()<>=:,{}[]".contains($0) }.flatMap {
      $0.split(separator: "/")
    }
    var named = Set(roots.map(String.init))
    for literal in facts.reach.literals.union(NodeStart(situation).preloaded) {
      for part in literal.split(separator: "/") { named.insert(String(part)) }
    }
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
    var kept = names.filter { name in
      Self.isNamed(name, by: named) && (!Self.neverRead(name) || name == "README.md" && named.contains(name))
        || !isOnlyForBuilding(name)
    }
    let repository = ContextPath.join(folder.path, ".git")
    if situation.trace.map.contextPath(of: repository, in: situation.listing) != nil,
      NodeVersionControl.isAsked(by: facts.reach)
    {
      kept.append(".git")
    }
    // What the kept configuration names is kept too.
    var index = 0
    while index < kept.count {
      let path = source(of: kept[index])
      index += 1
      guard situation.listing[path]?.kind == .file, ContextPath.lastComponent(path) != "package.json",
        let text = situation.reader.text(of: path), text.utf8.count < 100_000
      else { continue }
      let words = Set(text.split { !($0.isLetter || $0.isNumber || "._-".contains($0)) }.map(String.init))
      for other in names where Self.isNamed(other, by: words) && !kept.contains(other) && !Self.neverRead(other) {
        kept.append(other)
      }
    }
    return kept.flatMap { withoutTools($0, context) }.sorted()
  }

  /// Where in the context the file or folder of a name right below the project comes from.
  private func source(of name: String) -> String {
    situation.trace.map.contextPath(of: ContextPath.join(folder.path, name), in: situation.listing)
      ?? ContextPath.join(folder.project.folder, name)
  }

  /// Whether words name a file, or its module without the extension, as in `require("./a.config")`.
  private static func isNamed(_ name: String, by words: Set<String>) -> Bool {
    if words.contains(name) { return true }
    guard let mark = NodeSource.moduleExtensions.first(where: name.hasSuffix) else { return false }
    let stem = String(name.dropLast(mark.count))
    return stem.dropFirst().contains(".") && words.contains(stem)
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

  private func isOnlyForBuilding(_ name: String) -> Bool {
    if Self.buildFiles.contains(name) || NodeLock.names.contains(name) { return true }
    if facts.readsCompilerOptions, name.hasPrefix("tsconfig") { return false }
    let path = source(of: name)
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
