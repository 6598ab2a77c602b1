import ContextFiles
import DockerfileSyntax
import Projects

/// Whether the build of a Java project may ask git: for a version, a build number, or the files that changed.
enum JavaVersionControl {
  /// What the names of plug-ins and tasks hold that read the repository, besides `git` itself.
  private static let marks = [
    "axion", "reckon", "nebula", "versioning", "dynamic-version", "buildnumber", "ratchet", "semver", "shipkit",
    "maven-scm", "scmversion", "scm-version", "changelist",
  ]

  /// Words with `git` in them that have nothing to do with the repository at hand.
  private static let harmless = [
    "github", "gitlab", "gitee", "gitbook", "gitignore", "gitattributes", "gitter", "gitpod", "digit", "legit",
  ]

  /// Folders whose sources are plug-ins of the build.
  private static let pluginFolders: Set<String> = [
    "buildSrc", "build-logic", "buildLogic", "build-plugins", "gradle-plugins", "build-conventions",
  ]

  static func isNeeded(in situation: Situation) -> Bool {
    let files = situation.listing.files.map(\.path)
    if files.contains(where: { isBuildFile($0) && asks(situation.reader.text(of: $0) ?? "") }) { return true }
    // What a parent from elsewhere configures is not known.
    return files.contains { file in
      guard ContextPath.lastComponent(file) == "pom.xml",
        case .success(let project) = MavenProject.read(file, in: situation.listing, reader: situation.reader)
      else { return false }
      return project.modules.contains(where: \.hasForeignParent)
    }
  }

  private static func isBuildFile(_ path: String) -> Bool {
    let name = ContextPath.lastComponent(path)
    if ["pom.xml", "extensions.xml", "maven.config", "gradle.properties", "build.sbt", "build.xml"].contains(name) {
      return true
    }
    if [".gradle", ".gradle.kts", ".versions.toml", ".groovy", ".sbt"].contains(where: name.hasSuffix) { return true }
    return [".kt", ".java", ".kts"].contains(where: name.hasSuffix)
      && path.split(separator: "/").contains { pluginFolders.contains(String($0)) }
  }

  private static func asks(_ text: String) -> Bool {
    var text = text.lowercased()
    if marks.contains(where: text.contains) { return true }
    for word in harmless { text = text.replacing(word, with: "") }
    return text.contains("git")
  }
}
