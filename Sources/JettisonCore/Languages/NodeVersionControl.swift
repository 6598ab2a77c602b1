import ContextFiles
import DockerfileSyntax
import Projects

/// Whether something in a Node project asks git: a script, a configuration, a source or a package.
enum NodeVersionControl {
  /// Packages that read the repository although their names do not tell.
  private static let packages: Set<String> = [
    "nodegit", "gitinfo", "isomorphic-git", "dugite", "next-build-id", "last-commit-log", "unplugin-info",
    "@vuepress/plugin-last-updated", "@vuepress/plugin-git",
  ]

  /// Parts of names of packages that have to do with git and leave the repository alone in a build.
  private static let harmless = ["hook", "cz", "commitlint", "semantic-release", "github", "gitlab", "gitmoji"]

  /// What sources say when they ask git.
  private static let questions =
    ["rev-parse", "describe", "log", "show", "branch", "status", "tag", "config", "symbolic-ref", "rev-list", "diff"]
    .map { "git " + $0 } + ["\"git\"", "'git'", ".git/", "'.git'", "\".git\"", "showLastUpdate", "lastUpdated: true"]

  static func isNeeded(in situation: Situation) -> Bool {
    let manifests = situation.listing.files.map(\.path).filter { ContextPath.lastComponent($0) == "package.json" }
    guard !manifests.isEmpty else { return false }
    let runs = situation.trace.steps.filter { $0.keyword == .run }.map(\.instruction.text).joined(separator: "\n")
    for path in manifests {
      guard let text = situation.reader.text(of: path), let package = try? NodePackage.parse(text, file: path).get()
      else { continue }
      let names = package.runtimeNames.union(package.developmentNames)
      if names.contains(where: readsRepository) { return true }
      if runScripts(of: package, from: runs + "\n" + situation.roots.text).contains(where: {
        words(of: $0).contains("git")
      }) {
        return true
      }
    }
    return situation.listing.files.map(\.path).contains { path in
      let name = ContextPath.lastComponent(path)
      let isProgram = NodeSource.isName(name) || [".sh", ".vue", ".json5"].contains { name.hasSuffix($0) }
      guard isProgram, !path.split(separator: "/").contains("node_modules"),
        let text = situation.reader.text(of: path), text.utf8.count < 1_000_000
      else { return false }
      return questions.contains { text.contains($0) }
    }
  }

  /// Whether the running program asks git.
  static func isAsked(by reach: NodeReach) -> Bool {
    reach.started.contains("git") || reach.packages.contains(where: readsRepository)
  }

  private static func readsRepository(_ package: String) -> Bool {
    if packages.contains(package) { return true }
    guard !harmless.contains(where: { package.contains($0) }) else { return false }
    return package.split { "-/@._".contains($0) }.contains("git")
  }

  /// The scripts that a build or start calls, directly or through others, with the hooks of an install.
  static func runScripts(of package: NodePackage, from text: String) -> [String] {
    var pending = words(of: text) + package.installHooks.map(\.name)
    var seen: Set<String> = []
    while let word = pending.popLast() {
      let called = package.scripts.keys.filter { name in
        let stem = name.hasPrefix("pre") ? name.dropFirst(3) : name.hasPrefix("post") ? name.dropFirst(4) : name[...]
        return name == word || stem == word || word.hasSuffix("*") && name.hasPrefix(word.prefix { $0 != "*" })
      }
      for name in called where seen.insert(name).inserted { pending += words(of: package.scripts[name] ?? "") }
    }
    return seen.compactMap { package.scripts[$0] }
  }

  static func words(of text: String) -> [String] {
    text.split { " \t\n\r\"'`;|&()$=<>,[]{}".contains($0) }.map(String.init)
  }
}
