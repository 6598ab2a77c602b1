import ContextFiles

/// One module of a Maven project: its coordinates and what its build leaves in `target`.
public struct MavenModule: Sendable, Hashable {
  /// The `pom.xml` in the context.
  public var file: String
  /// The name of the artefact.
  public var artifactId: String
  /// The packaging: `jar`, `war`, `pom` and others.
  public var packaging: String
  /// The version, nil when it cannot be told.
  public var version: String?
  /// The folder of the build's results, relative to the module's.
  public var buildFolder: String
  /// The archives that packaging makes, relative to the module's folder.
  public var archives: [String] = []
  /// Folders that hold what the archives' manifests or launchers name, relative to the module's folder.
  public var companions: [String] = []
  /// Folders that the dependency plug-in fills with archives, relative to the module's folder.
  public var copied: [String] = []
  /// Whether the archives are all that any plug-in of the module makes.
  public var isComplete: Bool
  /// Whether a parent that is not in the tree may configure plug-ins, as a company's own does.
  public var hasForeignParent: Bool
  /// The folders that manifests of archives name, relative to the module's.
  public var classPath: [String] = []
  /// Dependencies as `group:artifact`, those for tests left out.
  public var dependencies: [String] = []
  /// Why a name cannot be told, nil when all can.
  public var problem: ProjectProblem?

  /// The module's folder in the context.
  public var folder: String { ContextPath.parent(file) }

  init(_ chain: [Pom], overrides: [String: String], isParentComplete: Bool) {
    let pom = chain[0]
    let values = PomValues(chain: chain, overrides: overrides)
    file = pom.file
    artifactId = pom.root.value("artifactId") ?? ContextPath.lastComponent(pom.folder)
    packaging = pom.root.value("packaging") ?? "jar"
    isComplete = isParentComplete && chain.allSatisfy { $0.profileBuilds.isEmpty }
    hasForeignParent = !isParentComplete
    buildFolder = "target"
    let written = pom.root["version"] ?? pom.root.at("parent", "version")
    version = written.flatMap { values.resolve($0.text) }
    if let written, version == nil {
      problem = ProjectProblem(
        file: file, line: written.line,
        message: "the version '\(written.text)' is set neither here nor in a parent that lies in this tree")
    } else if written == nil {
      problem = ProjectProblem(file: file, line: pom.root.line, message: "the project has no version")
    }
    for entry in chain.flatMap({ $0.root["dependencies"]?.children ?? [] }) {
      guard entry.value("scope") != "test", let group = entry.value("groupId"), let name = entry.value("artifactId")
      else { continue }
      dependencies.append("\(group):\(name)")
    }
    readBuilds(chain, values)
  }

  // MARK: The build

  private mutating func readBuilds(_ chain: [Pom], _ values: PomValues) {
    let builds = chain.flatMap(\.builds)
    if let written = builds.compactMap({ $0["directory"] }).first {
      buildFolder = values.resolve(written.text).map { ContextPath.clean(Self.relative($0)) } ?? "target"
    }
    var name = version.map { "\(artifactId)-\($0)" }
    if let written = builds.compactMap({ $0["finalName"] }).first {
      var inner = values
      inner.known["project.artifactId"] = artifactId
      name = inner.resolve(written.text)
      if name == nil {
        problem = ProjectProblem(
          file: file, line: written.line, message: "the final name '\(written.text)' cannot be told")
      } else {
        problem = nil
      }
    }
    let ending = ["war", "ear", "rar"].contains(packaging) ? packaging : "jar"
    if let name, packaging != "pom" { add("\(name).\(ending)") }
    var scope = values
    scope.known["project.build.finalName"] = name
    scope.known["project.build.directory"] = buildFolder
    scope.known["build.directory"] = buildFolder
    scope.known["buildDirectory"] = buildFolder
    let plugins = Self.plugins(chain)
    for plugin in plugins { read(plugin, name: name, ending: ending, scope) }
    classPath = plugins.flatMap { Self.configurations($0.element) }.flatMap(Self.classpathPrefixes).map {
      ContextPath.join(buildFolder, $0)
    }
    copied = copiedFolders(plugins, scope)
    companions += copied.filter { classPath.contains($0) }
  }

  /// The folders that the dependency plug-in fills, relative to the module's.
  private func copiedFolders(_ plugins: [(name: String, element: XMLElement)], _ scope: PomValues) -> [String] {
    plugins.filter { $0.name == "maven-dependency-plugin" }.flatMap { Self.configurations($0.element) }.compactMap {
      $0.value("outputDirectory").flatMap(scope.resolve).map { ContextPath.clean($0) }
    }
  }

  private static func configurations(_ plugin: XMLElement) -> [XMLElement] {
    [plugin["configuration"]].compactMap { $0 }
      + (plugin["executions"]?.children ?? []).compactMap { $0["configuration"] }
  }

  /// The plug-ins in force, with the configuration that a parent manages for them.
  private static func plugins(_ chain: [Pom]) -> [(name: String, element: XMLElement)] {
    let used = chain.flatMap(\.builds).flatMap { $0["plugins"]?.children ?? [] }
    let names = Set(used.compactMap { $0.value("artifactId") })
    let managed = chain.flatMap(\.builds).flatMap { $0.at("pluginManagement", "plugins")?.children ?? [] }
      .filter { $0.value("artifactId").map(names.contains) ?? false }
    return (used + managed).compactMap { plugin in plugin.value("artifactId").map { ($0, plugin) } }
  }

  private mutating func read(
    _ plugin: (name: String, element: XMLElement), name: String?, ending: String, _ scope: PomValues
  ) {
    let configurations = Self.configurations(plugin.element)
    func value(_ key: String) -> String? {
      configurations.compactMap { $0.value(key) }.first.flatMap(scope.resolve)
    }
    let base = value("finalName") ?? name
    switch plugin.name {
    case "maven-jar-plugin", "maven-war-plugin", "spring-boot-maven-plugin":
      if configurations.contains(where: { $0["outputDirectory"] != nil }) { isComplete = false }
      if let base { add("\(base).\(ending)") }
      for configuration in configurations {
        if let classifier = configuration.value("classifier").flatMap(scope.resolve), let base {
          add("\(base)-\(classifier).\(ending)")
        }
      }
      if value("warName") != nil { isComplete = false }
    case "maven-shade-plugin":
      if let output = value("outputFile") { archives.append(ContextPath.clean(Self.relative(output))) }
      if value("shadedArtifactAttached") == "true", let base {
        add("\(base)-\(value("shadedClassifierName") ?? "shaded").jar")
      } else if let base {
        add("\(base).jar")
      }
    case "maven-assembly-plugin":
      for configuration in configurations {
        let base = configuration.value("finalName").flatMap(scope.resolve) ?? base
        let ids = (configuration["descriptorRefs"]?.children ?? []).map(\.text)
        if configuration["descriptors"] != nil || configuration["descriptor"] != nil { isComplete = false }
        guard let base else { continue }
        for id in ids {
          add(configuration.value("appendAssemblyId") == "false" ? "\(base).jar" : "\(base)-\(id).jar")
        }
      }
    case "quarkus-maven-plugin":
      if let folder = QuarkusPackaging(scope.known).folder { companions.append(ContextPath.join(buildFolder, folder)) }
      if let base { add("\(base)-runner.jar") }
    case let other where Self.harmless.contains(other): break
    default: isComplete = false
    }
  }

  private mutating func add(_ name: String) {
    let path = ContextPath.join(buildFolder, name)
    if !archives.contains(path) { archives.append(path) }
  }

  /// Plug-ins that make no archive of their own.
  private static let harmless: Set<String> = [
    "maven-compiler-plugin", "maven-surefire-plugin", "maven-failsafe-plugin", "maven-resources-plugin",
    "maven-clean-plugin", "maven-install-plugin", "maven-deploy-plugin", "maven-enforcer-plugin",
    "maven-checkstyle-plugin", "maven-pmd-plugin", "maven-site-plugin", "maven-javadoc-plugin", "maven-release-plugin",
    "maven-source-plugin", "jacoco-maven-plugin", "kotlin-maven-plugin", "git-commit-id-plugin",
    "git-commit-id-maven-plugin", "sonar-maven-plugin", "versions-maven-plugin", "build-helper-maven-plugin",
    "spotless-maven-plugin", "fmt-maven-plugin", "exec-maven-plugin", "flyway-maven-plugin", "jib-maven-plugin",
    "liquibase-maven-plugin", "dockerfile-maven-plugin", "docker-maven-plugin", "apt-maven-plugin",
    "properties-maven-plugin", "openapi-generator-maven-plugin", "protobuf-maven-plugin", "lombok-maven-plugin",
    "asciidoctor-maven-plugin", "spotbugs-maven-plugin", "findbugs-maven-plugin", "coveralls-maven-plugin",
    "license-maven-plugin", "jaxb2-maven-plugin", "maven-jaxb2-plugin", "rocker-maven-plugin", "scala-maven-plugin",
    "maven-dependency-plugin", "buildnumber-maven-plugin", "hibernate-enhance-maven-plugin", "cobertura-maven-plugin",
    "maven-toolchains-plugin", "maven-eclipse-plugin", "maven-idea-plugin", "frontend-maven-plugin",
  ]

  /// The folders beside an archive that its manifest's class path names.
  private static func classpathPrefixes(_ configuration: XMLElement) -> [String] {
    guard let manifest = configuration.at("archive", "manifest"), manifest.value("addClasspath") == "true" else {
      return []
    }
    return [manifest.value("classpathPrefix") ?? "."]
  }

  /// A path below the project's folder without `${project.basedir}`.
  private static func relative(_ path: String) -> String {
    for prefix in ["${project.basedir}/", "${basedir}/"] where path.hasPrefix(prefix) {
      return String(path.dropFirst(prefix.count))
    }
    return path
  }
}

/// The values of a pom's expressions.
struct PomValues {
  var known: [String: String] = [:]

  init(chain: [Pom], overrides: [String: String]) {
    for pom in chain.reversed() {
      for property in pom.root["properties"]?.children ?? [] { known[property.name] = property.text }
    }
    let pom = chain[0].root
    let version = pom.value("version") ?? pom.at("parent", "version")?.text
    let group = pom.value("groupId") ?? pom.at("parent", "groupId")?.text
    for prefix in ["project.", "pom.", ""] {
      known[prefix + "version"] = version
      known[prefix + "groupId"] = group
      known[prefix + "artifactId"] = pom.value("artifactId")
      known[prefix + "name"] = pom.value("name") ?? pom.value("artifactId")
    }
    known["project.parent.version"] = pom.at("parent", "version")?.text
    known["parent.version"] = known["project.parent.version"]
    known["project.parent.artifactId"] = pom.at("parent", "artifactId")?.text
    known["project.packaging"] = pom.value("packaging") ?? "jar"
    known["file.separator"] = "/"
    known.merge(overrides) { $1 }
  }

  /// A text with its expressions replaced; nil when one is not known.
  func resolve(_ text: String) -> String? {
    var result = text
    for _ in 0..<20 {
      guard let start = result.firstRange(of: "${"), let end = result[start.upperBound...].firstIndex(of: "}") else {
        return result
      }
      let name = String(result[start.upperBound..<end])
      if name == "project.basedir" || name == "basedir" {
        result.replaceSubrange(start.lowerBound...end, with: ".")
        continue
      }
      guard let value = known[name], value != "${\(name)}" else { return nil }
      result.replaceSubrange(start.lowerBound...end, with: value)
    }
    return nil
  }
}
