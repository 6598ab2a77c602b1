import ContextFiles
import DockerfileSyntax
import Projects

extension NodeFacts {
  /// Words of scripts behind which an install may stand that is not seen: a tool that installs, a program that may.
  private static let installers: Set<String> = ["install", "ci", "i", "bootstrap", "lerna", "rush", "install-deps"]

  /// A manifest with dependencies of its own below a project whose scripts may install them in a way that is not
  /// understood; nil when all installs are known.
  var unfollowedManifest: String? {
    let runs = situation.trace.steps.filter { $0.keyword == .run }.map(\.instruction.text).joined(separator: "\n")
    for folder in folders where folder.project.workspaces.isEmpty {
      let scripts = NodeVersionControl.runScripts(of: folder.project.package, from: runs)
      let words = Set(scripts.flatMap(NodeVersionControl.words))
      guard !words.isDisjoint(with: Self.installers) else { continue }
      let known = Set(folders.map(\.project.folder))
      for file in situation.listing.files(below: folder.project.folder) {
        let place = ContextPath.parent(file.path)
        guard ContextPath.lastComponent(file.path) == "package.json", !known.contains(place),
          !place.split(separator: "/").contains("node_modules"),
          !situation.trace.map.imagePaths(of: file.path).isEmpty, let text = situation.reader.text(of: file.path),
          let package = try? NodePackage.parse(text, file: file.path).get(),
          !package.runtimeNames.isEmpty
        else { continue }
        return file.path
      }
    }
    return nil
  }
}
