import ContextFiles
import Projects
import ShellSyntax

/// What a build tool of Java makes.
public struct JavaBuild: Sendable, Hashable {
  /// The folders of its results, absolute: `target`, `build`, a folder of classes.
  public var folders: [String] = []
  /// Folders that archives need beside them, absolute.
  public var companions: [String] = []
  /// Folders that exist when the build is done, absolute.
  public var certain: [String] = []
  /// Folders that hold an installation with start scripts, absolute.
  public var installations: [String] = []
  /// Whether the archives are all that is made.
  public var isComplete = false
  /// Why an archive's name cannot be told.
  public var problem: ProjectProblem?
  /// Dependencies as `group:artifact`.
  public var dependencies: [String] = []
}

/// What the tools of Java and Kotlin do.
enum JavaCommands {
  static let rules: [CommandRule] = [
    CommandRule(
      "mvn", "mvnw", "mvnd",
      examples: [
        .init("mvn -B -DskipTests package", .build), .init("./mvnw dependency:go-offline", .dependencies),
        .init("mvn --version", .inert), .init("mvn test", .check),
      ], effect: maven),
    CommandRule(
      "gradle", "gradlew",
      examples: [
        .init("gradle bootJar --no-daemon", .build), .init("./gradlew -x test build", .build),
        .init("gradle --version", .inert),
        .init("./gradlew dependencies", .dependencies),
      ], effect: gradle),
    CommandRule(
      "javac", "kotlinc", "scalac", examples: [.init("javac -d out src/Main.java", .build)], effect: compiler),
    CommandRule(
      "jar",
      examples: [
        .init("jar cfm app.jar MANIFEST.MF -C out .", .build), .init("jar -xf app.jar", .files),
        .init("jar tf app.jar", .inert),
      ], effect: jar),
    CommandRule("sbt", "ant", "lein", "mill", "bazel", examples: [.init("sbt stage", .projectTool)]) { invocation in
      var effect = projectTool(invocation)
      effect.java = JavaBuild(
        folders: ["target", "build", "dist"].map { ContextPath.join(invocation.directory, $0) })
      return effect
    },
    CommandRule(
      "java",
      examples: [
        .init("java -version", .inert), .init("java -jar tool.jar", .unknown),
        .init("java -Djarmode=tools -jar app.jar extract --destination out", .files),
      ], effect: launcher),
    CommandRule(
      "keytool", examples: [.init("keytool -importcert -file ca.crt -keystore /app/trust.jks", .files)], effect: keytool
    ),
    CommandRule(
      "jlink", "native-image", "jpackage", does: .opaque, examples: [.init("jlink --output /jre", .unknown)]),
    CommandRule("jdeps", "javap", does: .inert, examples: [.init("jdeps app.jar", .inert)]),
  ]

  private static func projectTool(_ invocation: Invocation) -> CommandEffect {
    var effect = CommandEffect(.projectTool)
    effect.reads = [invocation.directory]
    effect.writes = [invocation.directory]
    effect.environment = nil
    return effect
  }

  // MARK: Maven

  private static let mavenValued: Set<String> = [
    "-f", "--file", "-s", "--settings", "-gs", "--global-settings", "-pl", "--projects", "-P", "--activate-profiles",
    "-T", "--threads", "-t", "--toolchains", "-rf", "--resume-from", "-l", "--log-file", "-D", "--define", "-b",
    "--builder",
  ]

  @Sendable private static func maven(_ invocation: Invocation) -> CommandEffect {
    let goals = invocation.positional(valued: mavenValued).compactMap { $0 }
    if goals.isEmpty || invocation.arguments.contains(where: { $0 == "--version" || $0 == "-v" }) {
      return CommandEffect(.inert)
    }
    let file = invocation.option("-f", "--file")
    var folder = file.map(invocation.path) ?? invocation.directory
    var pom = "pom.xml"
    if folder.hasSuffix(".xml") {
      pom = ContextPath.lastComponent(folder)
      folder = ContextPath.parent(folder)
    }
    var effect = CommandEffect(mavenRole(goals))
    effect.reads = [folder]
    effect.writes = [folder]
    effect.environment = nil
    guard effect.role == .build else { return effect }
    var build = JavaBuild(folders: [ContextPath.join(folder, "target")])
    let surroundings = invocation.surroundings
    if let context = surroundings.map.contextFolder(of: folder, in: surroundings.listing, holding: [pom]) {
      let properties = definitions("-D", invocation)
      switch MavenProject.read(
        ContextPath.join(context, pom), properties: properties, in: surroundings.listing, reader: surroundings.reader)
      {
      case .failure(let error): build.problem = error.problem
      case .success(let project):
        build.isComplete = !project.modules.contains { !$0.isComplete || $0.problem != nil }
        for module in project.modules {
          let place = ContextPath.join(folder, ContextPath.relative(module.folder, to: context) ?? ".")
          build.folders.append(ContextPath.join(place, module.buildFolder))
          build.companions += module.companions.map { ContextPath.join(place, $0) }
          let copied = module.copied.map { ContextPath.join(place, $0) }
          build.certain += copied
          effect.writes += copied.filter { !ContextPath.isWithin($0, folder) }
          let classPath = module.classPath.map { ContextPath.join(place, $0) }
          // A folder may be written as it lies in the image.
          build.companions += copied.filter { classPath.contains($0) && !build.companions.contains($0) }
          let results = ContextPath.join(place, module.buildFolder)
          if module.packaging != "pom" { build.certain.append(ContextPath.join(results, "classes")) }
          if goals.contains(where: { $0.hasSuffix(":copy-dependencies") }) {
            let target = properties["outputDirectory"].map { ContextPath.join(place, $0) }
            build.certain.append(target ?? ContextPath.join(results, "dependency"))
            build.companions += [target].compactMap { $0 }.filter(classPath.contains)
          }
          effect.artefacts += module.archives.map { ContextPath.join(place, $0) }
          build.dependencies += module.dependencies
          build.problem = build.problem ?? (module.packaging == "pom" ? nil : module.problem)
        }
      }
    }
    if goals.contains(where: { $0.contains(":") }) { build.isComplete = false }
    effect.java = build
    return effect
  }

  private static func mavenRole(_ goals: [String]) -> CommandEffect.Role {
    let packaging: Set<String> = [
      "package", "verify", "install", "deploy", "integration-test", "compile", "prepare-package",
    ]
    if goals.contains(where: packaging.contains) { return .build }
    let plugins = goals.filter { $0.contains(":") }
    let onlyFetch = plugins.allSatisfy { goal in
      [":go-offline", ":resolve", ":resolve-plugins", ":resolve-dependencies", ":sources", ":get"].contains {
        goal.contains($0)
      }
    }
    let phases = goals.filter { !$0.contains(":") }
    if !plugins.isEmpty, onlyFetch, phases.allSatisfy({ ["clean", "validate"].contains($0) }) { return .dependencies }
    if phases.contains(where: { ["test", "test-compile"].contains($0) }) { return plugins.isEmpty ? .check : .build }
    if plugins.isEmpty, phases.allSatisfy({ ["clean", "validate"].contains($0) }) { return .check }
    return .build
  }

  /// What `-Dname=value` or `-Pname=value` sets.
  private static func definitions(_ flag: String, _ invocation: Invocation) -> [String: String] {
    var result: [String: String] = [:]
    for argument in invocation.arguments.compactMap({ $0 }) where argument.hasPrefix(flag) {
      guard let cut = argument.firstIndex(of: "=") else { continue }
      result[String(argument[..<cut].dropFirst(flag.count))] = String(argument[argument.index(after: cut)...])
    }
    return result
  }

  // MARK: Gradle

  private static let gradleValued: Set<String> = [
    "-x", "--exclude-task", "-p", "--project-dir", "-b", "--build-file", "-c", "--settings-file", "-g",
    "--gradle-user-home", "-I", "--init-script", "--console", "--max-workers", "--tests",
  ]

  @Sendable private static func gradle(_ invocation: Invocation) -> CommandEffect {
    let tasks = invocation.positional(valued: gradleValued).compactMap { $0 }
    if invocation.arguments.contains(where: { $0 == "--version" || $0 == "-v" || $0 == "--stop" }) {
      return CommandEffect(.inert)
    }
    let folder = invocation.option("-p", "--project-dir").map(invocation.path) ?? invocation.directory
    var effect = CommandEffect(gradleRole(tasks))
    effect.reads = [folder]
    effect.writes = [folder]
    effect.environment = nil
    guard effect.role == .build else { return effect }
    var build = JavaBuild(folders: [ContextPath.join(folder, "build")])
    let surroundings = invocation.surroundings
    let scripts = ["settings.gradle", "settings.gradle.kts", "build.gradle", "build.gradle.kts"]
    if let context = surroundings.map.contextFolder(of: folder, in: surroundings.listing, holding: scripts) {
      let project = GradleProject.read(
        at: context, rootName: folder == "/" ? nil : ContextPath.lastComponent(folder),
        properties: definitions("-P", invocation).merging(
          definitions("-D", invocation).filter { $0.key.hasPrefix("quarkus.") }
        ) { $1 }, in: surroundings.listing, reader: surroundings.reader)
      let chosen = modules(of: project, tasks)
      build.isComplete = !chosen.contains { !$0.isComplete }
      for module in project.modules {
        let place = ContextPath.join(folder, ContextPath.relative(module.folder, to: context) ?? ".")
        build.folders.append(ContextPath.join(place, "build"))
        build.companions += module.companions.map { ContextPath.join(place, $0) }
        if let installation = module.installation {
          build.installations.append(ContextPath.join(place, installation))
        }
        build.dependencies += module.dependencies
        for language in ["java", "kotlin", "groovy", "scala"]
        where surroundings.listing[ContextPath.join(module.folder, "src/main/\(language)")] != nil {
          build.certain.append(ContextPath.join(place, "build/classes/\(language)/main"))
        }
        guard chosen.contains(module) else { continue }
        build.problem = build.problem ?? module.problem
        for (task, path) in module.archives where makes(task, tasks) {
          effect.artefacts.append(ContextPath.join(place, path))
        }
      }
      effect.artefacts.sort()
    }
    effect.java = build
    return effect
  }

  private static func gradleRole(_ tasks: [String]) -> CommandEffect.Role {
    let names = tasks.map { $0.split(separator: ":").last.map(String.init) ?? $0 }
    let fetching: Set<String> = [
      "dependencies", "resolveDependencies", "downloadDependencies", "help", "tasks", "wrapper", "properties",
      "projects", "clean", "getDeps", "downloadRepos",
    ]
    if names.isEmpty || names.allSatisfy(fetching.contains) { return .dependencies }
    let checks: Set<String> = ["test", "check", "lint", "clean", "ktlintCheck", "detekt", "spotlessCheck"]
    return names.allSatisfy(checks.contains) ? .check : .build
  }

  /// The projects whose tasks run: those of a task's path, else all.
  private static func modules(of project: GradleProject, _ tasks: [String]) -> [GradleModule] {
    let paths = tasks.map { $0.split(separator: ":").dropLast() }.filter { !$0.isEmpty }
    guard !paths.isEmpty, paths.count == tasks.filter({ $0 != "clean" }).count else { return project.modules }
    return project.modules.filter { module in paths.contains { $0.last.map(String.init) == module.name } }
  }

  /// Whether one of the tasks makes what another one is known to make; a task of the project's own may make anything.
  private static func makes(_ archive: GradleModule.Task, _ tasks: [String]) -> Bool {
    let names = tasks.map { $0.split(separator: ":").last.map(String.init) ?? $0 }
    return names.contains { name in
      GradleModule.Task(rawValue: name).map { $0 == archive } ?? !["clean", "test", "check"].contains(name)
    }
  }

  // MARK: The tools of the JDK

  @Sendable private static func compiler(_ invocation: Invocation) -> CommandEffect {
    var effect = CommandEffect(.build)
    effect.reads = [invocation.directory]
    let output = invocation.option("-d").map(invocation.path) ?? invocation.directory
    effect.writes = [output]
    effect.environment = ["CLASSPATH", "JAVA_HOME", "PATH", "JDK_JAVAC_OPTIONS"]
    if output.hasSuffix(".jar") { effect.artefacts = [output] }
    effect.java = JavaBuild(folders: output.hasSuffix(".jar") ? [] : [output])
    return effect
  }

  @Sendable private static func jar(_ invocation: Invocation) -> CommandEffect {
    let words = invocation.arguments.compactMap { $0 }
    guard let first = words.first, words.count == invocation.arguments.count || first.contains("c") else {
      return CommandEffect(.unknown)
    }
    let letters = first.hasPrefix("--") ? "" : String(first.drop { $0 == "-" })
    if letters.hasPrefix("t") || words.contains("--list") { return CommandEffect(.inert) }
    if letters.hasPrefix("x") || words.contains("--extract") {
      var effect = CommandEffect(.files)
      effect.reads = [invocation.directory]
      effect.writes = [invocation.directory]
      return effect
    }
    // `cfm archive manifest`, `cmf manifest archive`: the names follow the order of the letters.
    let named = letters.filter { "fme".contains($0) }
    var archive = invocation.option("--file")
    if archive == nil, let place = Array(named).firstIndex(of: "f"), words.count > place + 1 {
      archive = words[place + 1]
    }
    guard let archive else { return CommandEffect(.unknown) }
    var effect = CommandEffect(.build)
    effect.reads = [invocation.directory]
    effect.artefacts = [invocation.path(archive)]
    effect.writes = effect.artefacts
    effect.environment = ["JAVA_HOME", "PATH"]
    effect.java = JavaBuild(isComplete: true)
    return effect
  }

  /// A program that runs while the image is built may write anything; only Spring Boot's unpacking is known.
  @Sendable private static func launcher(_ invocation: Invocation) -> CommandEffect {
    let words = invocation.arguments.compactMap { $0 }
    let asks = ["-version", "--version", "-help", "--help", "-fullversion"]
    if words.contains(where: asks.contains) { return CommandEffect(.inert) }
    guard words.contains(where: { $0.hasPrefix("-Djarmode=") }), words.contains("extract"),
      let mark = words.firstIndex(of: "-jar"), mark + 1 < words.count
    else { return CommandEffect(.unknown) }
    var effect = CommandEffect(.files)
    effect.reads = [invocation.path(words[mark + 1])]
    effect.writes = [invocation.option("--destination").map(invocation.path) ?? invocation.directory]
    return effect
  }

  /// Changes a key store; the JDK's own lies elsewhere before Java 9.
  @Sendable private static func keytool(_ invocation: Invocation) -> CommandEffect {
    var effect = CommandEffect(.files)
    let home = invocation.environment["JAVA_HOME"]
    let store = invocation.option("-keystore")
    let isOwn = invocation.has("-cacerts")
    if invocation.arguments.contains(where: { $0 == "-list" }) { return CommandEffect(.inert) }
    if isOwn || (store == nil && invocation.arguments.contains { $0 == nil }) {
      effect.writes = ["\(home ?? "/opt/java")/lib/security/cacerts"]
    } else if let store {
      let path = invocation.path(store)
      if path.contains("/jre/lib/"), path.contains("cacerts") { return CommandEffect(.unknown) }
      effect.writes = [path]
    } else {
      effect.writes = [invocation.home + "/.keystore"]
    }
    if let file = invocation.option("-file") { effect.reads = [invocation.path(file)] }
    return effect
  }
}
