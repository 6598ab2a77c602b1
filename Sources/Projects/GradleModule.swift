import ContextFiles

/// One project of a Gradle build: its plug-ins and what its tasks leave in `build`.
public struct GradleModule: Sendable, Hashable {
  /// What makes an archive or an installation.
  public enum Task: String, Sendable, Hashable, CaseIterable {
    case jar, bootJar, shadowJar, war, bootWar
  }

  /// The project's name, nil when nothing says it.
  public var name: String?
  /// The folder in the context.
  public var folder: String
  /// The build script in the context.
  public var file: String?
  /// The archives by task, relative to the folder; a task that is missing makes none.
  public var archives: [Task: String] = [:]
  /// The folder that `installDist` fills, relative to the project's.
  public var installation: String?
  /// Folders of further results that frameworks make, relative to the project's.
  public var companions: [String] = []
  /// Why a name cannot be told, nil when all can.
  public var problem: ProjectProblem?
  /// Whether the archives are all that the script may make.
  public var isComplete = true
  /// Dependencies as `group:artifact`, those for tests left out.
  public var dependencies: [String] = []
  private var values: GradleValues.Known = [:]

  /// The values that projects below see.
  var exported: GradleValues { GradleValues(known: values) }

  init(
    name: String?, folder: String, build: (file: String, script: GradleScript)?,
    shared: (file: String, script: GradleScript)?, values inherited: GradleValues
  ) {
    self.name = name
    self.folder = folder
    file = build?.file
    let own = build?.script.statements ?? []
    // What the root says about all projects comes first.
    let isRoot = shared == nil
    let outer = (shared?.script.statements ?? []).filter { Self.isShared($0, by: ["allprojects", "subprojects"]) }
    let statements =
      outer.map { ($0, shared?.file ?? "") }
      + own.filter { isRoot ? !Self.isShared($0, by: ["subprojects"]) : true }.map { ($0, build?.file ?? "") }
    var reader = GradleModuleReader(name: name, values: inherited)
    for (statement, file) in statements { reader.read(statement, file: file) }
    let answer = reader.finish()
    archives = answer.archives
    installation = answer.installation
    companions = answer.companions
    problem = answer.problem
    isComplete = answer.isComplete
    dependencies = answer.dependencies
    values = answer.values
  }

  private static func isShared(_ statement: GradleScript.Statement, by names: [String]) -> Bool {
    statement.blocks.first.map { block in names.contains { block.hasPrefix($0) } } ?? false
  }
}

/// Collects what the statements of a project say.
private struct GradleModuleReader {
  /// The settings of one archive task.
  struct Archive {
    var name: String?
    var base: String?
    var version: String?
    var classifier: String?
    var isDisabled = false
    var folder: String?
  }

  let name: String?
  var values: GradleValues
  var plugins: Set<String> = []
  var version: String?
  var versionProblem: ProjectProblem?
  var base: String?
  var applicationName: String?
  var settings: [GradleModule.Task: Archive] = [:]
  var buildFolder = "build"
  var problem: ProjectProblem?
  var isComplete = true
  var dependencies: [String] = []

  init(name: String?, values: GradleValues) {
    self.name = name
    self.values = values
    self.values.known["name"] = name
    self.values.known["project.name"] = name
    version = values.known["version"]
  }

  // MARK: Statements

  mutating func read(_ statement: GradleScript.Statement, file: String) {
    let text = statement.text
    readPlugin(statement)
    readConstant(text)
    if let task = Self.task(of: statement) { readArchive(task, statement, file: file) }
    let block = statement.blocks.last ?? ""
    let isTop = statement.blocks.allSatisfy { $0.hasPrefix("allprojects") || $0.hasPrefix("subprojects") }
    if isTop || block == "project" {
      if let value = Self.assigned(["version", "project.version"], in: text) {
        version = values.evaluate(value)
        values.known["version"] = version
        versionProblem =
          version == nil
          ? ProjectProblem(file: file, line: statement.line, message: "the version is computed: '\(text.prefix(60))'")
          : nil
      }
      if let value = Self.assigned(["buildDir", "layout.buildDirectory"], in: text) {
        isComplete = false
        if let folder = values.evaluate(value) { buildFolder = folder }
      }
    }
    let keys = ["archivesBaseName", "archivesName", "base.archivesName", "base.archivesBaseName"]
    if isTop || block == "base" || block == "jar", let value = Self.assigned(keys, in: text) {
      base = values.evaluate(value)
      if base == nil { note("the archives' name is computed", statement, file) }
    }
    if text.hasPrefix("setProperty("), text.contains("archivesBaseName"), let comma = text.firstIndex(of: ",") {
      base = values.evaluate(Self.trimmed(text[text.index(after: comma)...].dropLast()))
    }
    if isTop || block == "application",
      let value = Self.assigned(["applicationName", "application.applicationName"], in: text)
    {
      applicationName = values.evaluate(value)
      if applicationName == nil { note("the application's name is computed", statement, file) }
    }
    if statement.blocks.contains("dependencies") { readDependency(text) }
    if text.hasPrefix("apply from") || text.hasPrefix("apply(from") { isComplete = false }
  }

  private mutating func note(_ message: String, _ statement: GradleScript.Statement, _ file: String) {
    problem =
      problem
      ?? ProjectProblem(
        file: file, line: statement.line, message: message + ": '\(statement.text.prefix(60))'")
  }

  private mutating func readPlugin(_ statement: GradleScript.Statement) {
    let text = statement.text
    let isPlugin =
      statement.blocks.last == "plugins" || text.hasPrefix("apply plugin") || text.hasPrefix("apply(plugin")
    guard isPlugin, !text.contains("apply false"), !text.contains("apply(false)") else { return }
    for id in [
      "org.springframework.boot", "com.github.johnrengelman.shadow", "com.gradleup.shadow", "io.ktor.plugin",
      "io.quarkus", "io.micronaut.application", "application", "war", "java", "kotlin",
    ] where text.contains("\"\(id)") || text.contains("'\(id)") || text == id || text == "`\(id)`" {
      plugins.insert(id)
    }
  }

  /// `val x = "1"`, `def x = '1'`, `ext.x = '1'`, `extra["x"] = "1"`, `ext { x = '1' }`.
  private mutating func readConstant(_ text: String) {
    var text = text
    for prefix in ["private ", "val ", "var ", "def ", "final ", "String ", "ext.", "project.ext."]
    where text.hasPrefix(prefix) { text = String(text.dropFirst(prefix.count)) }
    guard let mark = text.firstIndex(of: "="), mark > text.startIndex else { return }
    var name = Self.trimmed(text[..<mark])
    if name.hasPrefix("extra[\""), name.hasSuffix("\"]") { name = String(name.dropFirst(7).dropLast(2)) }
    name = String(name.prefix { $0 != ":" && $0 != " " })
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }), name != "version",
      let value = values.evaluate(Self.trimmed(text[text.index(after: mark)...]))
    else { return }
    values.known[name] = value
  }

  private mutating func readDependency(_ text: String) {
    guard !text.hasPrefix("test"), !text.hasPrefix("androidTest") else { return }
    guard let open = text.firstIndex(where: { $0 == "\"" || $0 == "'" }) else { return }
    let quote = text[open]
    let rest = text[text.index(after: open)...]
    let parts = rest.prefix { $0 != quote }.split(separator: ":")
    if parts.count >= 2 { dependencies.append("\(parts[0]):\(parts[1])") }
  }

  // MARK: Archive tasks

  /// The task that a statement configures, by its own name or by the block it stands in.
  private static func task(of statement: GradleScript.Statement) -> GradleModule.Task? {
    for header in statement.blocks.reversed() + [statement.text.prefix { $0 != "=" && $0 != "(" }.description] {
      let words = header.split { !($0.isLetter || $0.isNumber) }.map(String.init)
      // Ktor's own name for the settings of the shaded archive.
      if words.first == "fatJar" { return .shadowJar }
      for task in [GradleModule.Task.bootJar, .shadowJar, .bootWar, .war, .jar]
      where words.contains(task.rawValue)
        || words.contains(task.rawValue.prefix(1).uppercased() + task.rawValue.dropFirst())
      {
        return task
      }
    }
    return nil
  }

  private mutating func readArchive(
    _ task: GradleModule.Task, _ statement: GradleScript.Statement, file: String
  ) {
    var text = statement.text
    for prefix in ["tasks.\(task.rawValue).", "\(task.rawValue)."] where text.hasPrefix(prefix) {
      text = String(text.dropFirst(prefix.count))
    }
    var archive = settings[task] ?? Archive()
    func read(_ keys: [String]) -> String?? {
      guard let value = Self.assigned(keys, in: text) else { return nil }
      return .some(values.evaluate(value))
    }
    for (keys, path) in [
      (["archiveFileName", "archiveName"], \Archive.name), (["archiveBaseName", "baseName"], \Archive.base),
      (["archiveVersion", "version"], \Archive.version), (["archiveClassifier", "classifier"], \Archive.classifier),
      (["destinationDirectory", "destinationDir"], \Archive.folder),
    ] as [([String], WritableKeyPath<Archive, String?>)] {
      guard let value = read(keys) else { continue }
      archive[keyPath: path] = value
      if value == nil, path != \Archive.version || Self.assigned(keys, in: text) != "null" {
        note("the archive's name is computed", statement, file)
      }
      if path == \Archive.version, value == nil { archive.version = "" }
      if path == \Archive.folder { isComplete = false }
    }
    if let value = Self.assigned(["enabled", "isEnabled"], in: text) { archive.isDisabled = value == "false" }
    settings[task] = archive
  }

  /// The value given to one of some properties: `x = v`, `x v`, `x.set(v)`, `x(v)`.
  private static func assigned(_ keys: [String], in text: String) -> String? {
    for key in keys where text.hasPrefix(key) {
      let rest = text.dropFirst(key.count)
      let trimmed = Self.trimmed(rest)
      if trimmed.hasPrefix("="), !trimmed.hasPrefix("==") { return Self.trimmed(trimmed.dropFirst()) }
      for open in [".set(", "("] where rest.hasPrefix(open) && trimmed.hasSuffix(")") {
        return Self.trimmed(trimmed.dropFirst(open.count).dropLast())
      }
      if rest.first == " ", let first = trimmed.first, first == "\"" || first == "'" { return trimmed }
    }
    return nil
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }

  // MARK: The answer

  struct Answer {
    var archives: [GradleModule.Task: String] = [:]
    var installation: String?
    var companions: [String] = []
    var problem: ProjectProblem?
    var isComplete: Bool
    var dependencies: [String]
    var values: GradleValues.Known
  }

  func finish() -> Answer {
    var answer = Answer(
      problem: problem ?? versionProblem, isComplete: isComplete, dependencies: dependencies, values: values.known)
    let boots = plugins.contains("org.springframework.boot")
    let shades = !plugins.isDisjoint(with: [
      "com.github.johnrengelman.shadow", "com.gradleup.shadow", "io.ktor.plugin",
    ])
    // Ktor names its archive `<project>-all.jar`, in some releases with other parts.
    let isKtor = plugins.contains("io.ktor.plugin")
    if isKtor, settings[.shadowJar]?.name == nil { answer.isComplete = false }
    let isWar = plugins.contains("war")
    // Spring Boot gives the plain archive a classifier; before 2.5 it made none.
    answer.archives[.jar] = archive(.jar, classifier: boots ? "plain" : "", ending: "jar")
    if boots { answer.archives[.bootJar] = archive(.bootJar, classifier: "", ending: "jar") }
    if isKtor, settings[.shadowJar] == nil {
      answer.archives[.shadowJar] = name.map { "\(buildFolder)/libs/\($0)-all.jar" }
    } else if shades {
      answer.archives[.shadowJar] = archive(.shadowJar, classifier: "all", ending: "jar")
    }
    if isWar {
      answer.archives[.war] = archive(.war, classifier: boots ? "plain" : "", ending: "war")
      if boots { answer.archives[.bootWar] = archive(.bootWar, classifier: "", ending: "war") }
    }
    if let name = applicationName ?? name { answer.installation = "\(buildFolder)/install/\(name)" }
    if plugins.contains("io.quarkus"), let folder = QuarkusPackaging(values.known).folder {
      answer.companions.append("\(buildFolder)/\(folder)")
    }
    return answer
  }

  private func archive(_ task: GradleModule.Task, classifier: String, ending: String) -> String? {
    let own = settings[task] ?? Archive()
    if own.isDisabled { return nil }
    let folder = own.folder ?? "\(buildFolder)/libs"
    if let file = own.name { return "\(folder)/\(file)" }
    guard let base = own.base ?? base ?? name else { return nil }
    if version == nil, versionProblem != nil, own.version == nil { return nil }
    let parts = [base, own.version ?? version ?? "", own.classifier ?? classifier].filter { !$0.isEmpty }
    return "\(folder)/\(parts.joined(separator: "-")).\(ending)"
  }
}
