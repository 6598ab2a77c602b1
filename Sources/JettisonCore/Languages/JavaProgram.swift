import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// What a Java image builds and starts: archives, class folders, installations with start scripts.
struct JavaProgram {
  var artefacts: [String] = []
  var buildSteps: Set<Int> = []
  /// The folders in the image that build tools work in.
  private(set) var workFolders: [String] = []
  /// The folders that builds fill.
  private(set) var resultFolders: Set<String> = []
  /// What the sources name.
  private(set) var reach = JavaReach()
  /// The texts of the files that configure the build.
  private let configuration: String
  private let map: ContextMap
  private let listing: ContextListing

  init(_ situation: Situation) throws(Refusal) {
    map = situation.trace.map
    listing = situation.listing
    let manifests = [".gradle", ".kts", "pom.xml", "gradle.properties", "build.xml", "build.sbt", ".mvn/maven.config"]
    configuration = situation.listing.files.filter { file in manifests.contains { file.path.hasSuffix($0) } }
      .compactMap { situation.reader.text(of: $0.path) }.joined(separator: "\n")
    let made = JavaResults(situation)
    guard !made.builds.isEmpty else {
      var refusal = Refusal(.prebuiltArtefact, "no step builds a Java program")
      refusal.isBesideThePoint = true
      throw refusal
    }
    buildSteps = Set(made.builds.map(\.step))
    workFolders = made.builds.flatMap(\.effect.reads)
    resultFolders = made.folders.subtracting(workFolders)
    let start = JavaStart(situation)
    for entries in start.paths { try keep(classPath: entries, made) }
    for path in named(situation, made) { add(path) }
    for program in situation.roots.programs where program.contains("/") {
      let path = ContextPath.join(situation.trace.end.directory, program)
      if made.isBuilt(path) { add(made.installation(of: path)) }
    }
    if start.isHidden, artefacts.isEmpty {
      throw Refusal(.opaqueEffects, "the archive that the container starts is named only when it runs")
    }
    guard !artefacts.isEmpty else {
      throw Refusal(.missingAtRunTime, "the start command runs nothing that the file builds")
    }
    try checkArgument(situation, made)
    reach = JavaReach(situation, folders: workFolders)
    for path in namedResources(situation, made) { add(path) }
  }

  /// Keeps the results that a class path names; a folder in it may be missing, but not all of them.
  private mutating func keep(classPath entries: [String], _ made: JavaResults) throws(Refusal) {
    let results = entries.filter { path in
      let folder = path.hasSuffix("/*") ? ContextPath.parent(path) : path
      return made.isBuilt(folder) && !folder.contains("*")
    }
    let plain = results.map { $0.hasSuffix("/*") ? ContextPath.parent($0) : $0 }
    let unsure = plain.filter { !made.isCertain($0) }
    guard entries.count > 1, !unsure.isEmpty else {
      for path in entries { try keep(path, made) }
      return
    }
    for path in plain where made.isCertain(path) { add(path) }
    for path in entries where path.contains("*") && !path.hasSuffix("/*") { try keep(path, made) }
    add(Self.commonFolder(unsure.count > 1 ? unsure : plain))
  }

  /// The deepest folder that holds all of some paths; the folder around a single one.
  private static func commonFolder(_ paths: [String]) -> String {
    var folder = paths.count == 1 ? ContextPath.parent(paths[0]) : paths.first ?? "/"
    while !paths.allSatisfy({ ContextPath.isWithin($0, folder) }) { folder = ContextPath.parent(folder) }
    return folder
  }

  /// Results that options and arguments name by a path: `--spring.config.location=target/classes/application.yml`.
  private func named(_ situation: Situation, _ made: JavaResults) -> [String] {
    let words = situation.roots.commands.flatMap { $0.words.dropFirst().compactMap { $0 } }
    let pieces = words.flatMap { word in
      word.split { $0 == "=" || $0 == ":" || $0 == "," }.map(String.init)
    }
    let endings = [".yml", ".yaml", ".properties", ".xml", ".json", ".conf", ".jar", ".groovy"]
    return pieces.filter { piece in piece.contains("/") && endings.contains { piece.hasSuffix($0) } }
      .map { ContextPath.join(situation.trace.end.directory, $0) }
      .filter { path in
        !path.contains("*") && made.isBuilt(path)
          && resultFolders.contains { $0 != path && ContextPath.isWithin(path, $0) }
      }
  }

  /// Resources that literals name at the place where the build copies them: `target/classes/x.txt`.
  private func namedResources(_ situation: Situation, _ made: JavaResults) -> [String] {
    reach.literals.compactMap { literal in
      let path = ContextPath.join(situation.trace.end.directory, String(literal.trimmingPrefix("file:")))
      for place in ["/target/classes/", "/build/resources/main/"] {
        guard path.contains(place), made.isBuilt(path) else { continue }
        let source = path.replacing(place, with: "/src/main/resources/")
        if map.contextPath(of: source, in: listing) != nil { return path }
      }
      return nil
    }
  }

  /// A name that a build argument decides, by a variable that the start command reads, cannot stand in a COPY.
  private func checkArgument(_ situation: Situation, _ made: JavaResults) throws(Refusal) {
    guard let argument = made.argument else { return }
    let state = situation.trace.end
    for name in situation.argumentNames.intersection(ShellWord.variableNames(in: situation.roots.text)).sorted() {
      guard let value = state.environment[name], !value.isEmpty,
        let path = artefacts.first(where: { $0.contains(value) })
      else { continue }
      throw Refusal(.sameValues, "the build argument \(argument) decides the name of '\(path)', which \(name) holds")
    }
  }

  /// Keeps what a path of the start command means.
  private mutating func keep(_ path: String, _ made: JavaResults) throws(Refusal) {
    if path.contains("*") {
      let folder = ContextPath.parent(path)
      if path.hasSuffix("/*") {
        if made.isBuilt(folder) { add(folder) }
        return
      }
      guard made.isBuilt(folder) || made.files.contains(where: { ContextPath.parent($0) == folder }) else { return }
      if let argument = made.argument {
        throw Refusal(.sameValues, "the build argument \(argument) decides what '\(path)' stands for")
      }
      if let problem = made.problem {
        let place = problem.file + (problem.line.map { ":\($0)" } ?? "")
        throw Refusal(
          .missingAtRunTime,
          "the start command names '\(path)', and what the build calls it cannot be told: \(place): \(problem.message)")
      }
      let matches = made.files.filter { JavaResults.matches($0, path) }.sorted()
      // One name is a fact; of several, some may be made by other versions of a plug-in only.
      let isSure = made.isComplete && matches.count == 1
      add(isSure ? matches[0] : folder)
      if isSure { made.besides(matches[0]).forEach { add($0) } }
      return
    }
    guard made.isBuilt(path) else { return }
    if let other = made.contradiction(to: path) {
      throw Refusal(
        .missingAtRunTime, "the start command names '\(path)', and the build makes '\(other)': correct one of them")
    }
    add(made.companion(of: path) ?? made.installation(of: path))
    made.besides(path).forEach { add($0) }
  }

  private mutating func add(_ path: String) {
    guard !artefacts.contains(where: { ContextPath.isWithin(path, $0) }) else { return }
    artefacts.removeAll { ContextPath.isWithin($0, path) }
    artefacts.append(path)
    artefacts.sort()
  }
}

extension JavaProgram: BuiltProgram {
  var linksLibraries: Bool { true }
  var mayReadUnseenFiles: Bool { true }
  var buildFolders: [String] {
    [
      "/root/.m2", "/root/.gradle", "/home/gradle/.gradle", "/root/.ivy2", "/root/.sbt", "/usr/share/maven",
      "/opt/gradle",
    ]
  }
  var sharedFolders: Set<String> { Set(artefacts.map(ContextPath.parent)) }
  var fetchers: Set<String> { [] }
  var buildsWithAnything: Bool { true }
  var buildPackages: Set<String> { ["nodejs", "npm", "yarn", "libc6-compat", "gcompat"] }

  func makes(_ path: String, _ effect: CommandEffect) -> Bool {
    effect.artefacts.contains(path)
      || effect.java != nil && [.build, .projectTool].contains(effect.role)
        && effect.writes.contains { ContextPath.isWithin(path, $0) }
  }

  /// Build tools that are fetched and unpacked, Maven, Gradle and the like, and folders that compilers fill.
  func isBuildOnly(_ effect: CommandEffect, in step: Step) -> Bool {
    guard [.files, .download].contains(effect.role) else { return false }
    let made = effect.makesDirectories
    if !made.isEmpty, made.allSatisfy({ path in resultFolders.contains { ContextPath.isWithin(path, $0) } }) {
      return !made.contains { path in artefacts.contains { ContextPath.isWithin(path, $0) } }
    }
    let paths = (effect.reads + effect.writes).filter { path in
      !workFolders.contains { $0 != "/" && ContextPath.isWithin(path, $0) }
    }
    if paths.contains(where: { $0.split(separator: "/").contains(where: Self.namesBuildTool) }) { return true }
    // An archive unpacked while it comes: the address says what it is.
    guard effect.role == .download else { return false }
    return step.instruction.text.split(whereSeparator: { " \t\n\\/\"'=".contains($0) }).contains(
      where: Self.namesBuildTool)
  }

  private static func namesBuildTool(_ part: Substring) -> Bool {
    let name = part.lowercased()
    return ["maven", "apache-maven", "mvn", "gradle", "sbt", "kotlinc", "ant", "apache-ant"].contains {
      name == $0 || name.hasPrefix($0 + "-") || name.hasPrefix($0 + ".")
    }
  }

  func isSource(_ path: String) -> Bool {
    let name = ContextPath.lastComponent(path)
    let names: Set<String> = [
      "pom.xml", "mvnw", "mvnw.cmd", "gradlew", "gradlew.bat", "gradle.properties", "gradle", ".mvn", "buildSrc", "src",
      "target", "build", "Jenkinsfile", "Procfile", ".gitignore", ".dockerignore",
    ]
    let endings = [".java", ".kt", ".kts", ".scala", ".groovy", ".gradle", ".iml", ".class"]
    return names.contains(name) || endings.contains { name.hasSuffix($0) }
  }

  func isEmbedded(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard let place = parts.firstIndex(of: "src"), place + 2 < parts.count else { return false }
    let kinds: Set<Substring> = [
      "java", "kotlin", "scala", "groovy", "resources", "webapp", "proto", "docker", "jib", "avro", "antlr4", "sql",
    ]
    return parts[place + 1] != "main" || kinds.contains(parts[place + 2])
  }

  /// Build tools may read any file below the folder they work in.
  func isBuildInput(_ path: String, at places: [String]) -> Bool {
    places.contains { place in
      workFolders.contains { ContextPath.isWithin(place, $0) || ContextPath.isWithin($0, place) }
        || reach.literals.contains { $0.hasPrefix(place) }
    }
  }

  func configurationNames(_ places: [String]) -> Bool {
    places.contains { $0 != "/" && configuration.contains(ContextPath.lastComponent($0)) }
  }

  func isOnlyForRunning(_ files: [String]) -> Bool {
    let endings = [
      ".yml", ".yaml", ".properties", ".json", ".xml", ".conf", ".txt", ".sql", ".drl", ".p12", ".jks", ".pem", ".crt",
      ".cer", ".csv", ".html", ".ftl", ".mustache",
    ]
    let tools = [
      ".", "checkstyle", "pmd", "spotbugs", "findbugs", "settings", "formatter", "eclipse", "ruleset", "suppress",
      "package", "tsconfig", "angular", "lombok", "README", "LICENSE", "docker-compose", "compose", "gradle", "maven",
    ]
    return !files.isEmpty
      && files.allSatisfy { path in
        let name = ContextPath.lastComponent(path)
        return endings.contains { name.hasSuffix($0) } && !tools.contains { name.hasPrefix($0) } && !isSource(path)
          && !isEmbedded(path) && !configuration.contains(name)
      }
  }

  /// `-javaagent:agent.jar=port`, class paths, `file:config.yml`, defaults as in `${rules.folder:rules}`.
  func spellings(of literal: String) -> [String] {
    guard literal.contains(where: { $0 == ":" || $0 == "," }) else { return [] }
    let parts = literal.split { ":,${}".contains($0) }.map(String.init)
    return parts.flatMap { [$0, String($0.prefix { $0 != "=" })] }
      + parts.filter { $0.hasSuffix("/*") }.map { String($0.dropLast(2)) }
  }
}
