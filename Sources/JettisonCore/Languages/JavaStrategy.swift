import ContextFiles
import DockerfileSyntax
import Projects

/// Splits a Java image: what the build makes goes to the runtime of the same vendor, release and distribution.
struct JavaStrategy: StageSplit {
  enum Target {
    /// The image without the tool chain.
    case runtime
    /// The image with the JDK, for programs that compile, and for lines without a runtime image.
    case toolchain
  }

  let situation: Situation
  let target: Target

  init(_ situation: Situation, target: Target) {
    self.situation = situation
    self.target = target
  }

  func plan() throws(Refusal) -> StagePlan {
    guard let base = situation.base else { throw Refusal(.unknownBase) }
    try situation.requireKnownEffects()
    try checkContext()
    let program = try JavaProgram(situation)
    if let (name, line) = situation.folderArgument {
      throw Refusal(.sameValues, "the build argument \(name) decides where files lie: '\(line.firstLine)'")
    }
    let image = try JavaFinalImage(situation, base: base)
    let text: String
    switch target {
    case .runtime:
      if let reason = program.reach.toolchainReason(situation.roots) { throw Refusal(.startNeedsToolchain, reason) }
      text = try image.runtime()
    case .toolchain: text = try image.toolchain()
    }
    let needs = try needs(of: program, on: text, base)
    let resolved = image.resolved(text)
    let final = FinalBase(
      text: text, template: base.packageManager == .apk ? "java/jre-alpine" : "java/jre", rung: .artefact,
      manager: base.packageManager, isEmpty: false, variables: Set((resolved?.family.environment ?? [:]).keys),
      programs: Set(resolved?.variant.programs ?? []))
    if text != situation.from.image, let name = needs.programs.first(where: { !isThere($0, resolved) }) {
      throw Refusal(.missingAtRunTime, "'\(name)' is called, and no package is known to bring it to '\(text)'")
    }
    if base.family.language != "java", !needs.packages.contains(where: { $0.contains("jre") || $0.contains("java") }) {
      throw Refusal(.missingAtRunTime, "it cannot be told which package brings 'java'")
    }
    var planner = ArtefactPlanner(
      situation: situation, language: "java", base: final, program: program, needs: needs)
    var plan = try planner.plan()
    try checkStart(plan)
    if target == .toolchain, let release = base.javaRelease, base.javaRuntime(written: base.text) == nil {
      plan.findings.append(
        Finding(
          id: .noRuntimeImage, severity: .note,
          message:
            "'\((base.foundation ?? base).family.name)' has no image of Java \(release) without the JDK; eclipse-temurin:\(release)-jre does without, from another vendor"
        ))
    }
    return plan
  }

  /// A build without its build file is built with another context, whose files the program may read.
  private func checkContext() throws(Refusal) {
    let names = ["pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts"]
    guard !situation.trace.map.entries.isEmpty,
      let step = situation.trace.steps.first(where: { step in
        step.effects.flatMap(\.flattened).contains {
          $0.java != nil && ["mvn", "mvnw", "gradle", "gradlew"].contains($0.program)
        }
      }), !situation.listing.files.contains(where: { names.contains(ContextPath.lastComponent($0.path)) }),
      !step.instruction.text.contains(" -f"), !step.instruction.text.contains(" -b")
    else { return }
    throw Refusal(
      .completeContext,
      "'\(step.instruction.firstLine)' finds no build file in this context; name the right one with --context", at: step
    )
  }

  /// What `java` is told to load has to come from somewhere.
  private func checkStart(_ plan: StagePlan) throws(Refusal) {
    let start = JavaStart(situation)
    let finalIndices = Set(plan.finalLines.compactMap(\.authorIndex))
    let brought = situation.trace.steps.filter { finalIndices.contains($0.index) }.flatMap(\.writes) + plan.travels
    let open = situation.trace.steps.flatMap { step in
      step.effects.filter { $0.role == .projectTool && $0.java == nil }.flatMap(\.writes)
    }
    func isThere(_ path: String) -> Bool { brought.contains { ContextPath.isWithin(path, $0) } }
    for entries in start.paths + start.agents.map({ [$0] }) {
      for path in entries where !path.contains("*") && !isThere(path) {
        let mayBeMade = open.contains { ContextPath.isWithin(path, $0) }
        guard entries.count == 1 || mayBeMade else { continue }
        throw Refusal(.missingAtRunTime, "'\(path)' is loaded at the start, and it cannot be told what makes it")
      }
    }
  }

  private func needs(of program: JavaProgram, on text: String, _ base: BaseImage) throws(Refusal) -> ArtefactNeeds {
    var needs = ArtefactNeeds()
    let search = AssetSearch(situation: situation, literals: program.reach.literals, program: program)
    let found = search.find(conventional: conventional(program, search), folders: Self.folders)
    needs.add(found)
    needs.programs = program.reach.programs.sorted()
    if program.reach.hasSources { needs.assumptions.insert(.readsLiterals) }
    if text != situation.from.image {
      needs.assumptions.formUnion([.tagPair, .execLiterals])
    } else if !program.reach.programs.isEmpty {
      needs.assumptions.insert(.execLiterals)
    }
    needs.readRuntime(of: program, situation)
    needs.programs.removeAll { $0 == "java" || JavaTools.names.contains($0) }
    return needs
  }

  /// Whether the final image has a program, or gets it by a package.
  private func isThere(_ program: String, _ final: BaseImage?) -> Bool {
    guard let final, let manager = final.packageManager else { return false }
    let system = manager == .apk ? SystemCommands.busybox : SystemCommands.debian
    return final.variant.programs.contains(program) || SystemCommands.builtins.contains(program)
      || SystemCommands.common.contains(program) || system.contains(program)
      || SystemPackages.package(bringing: program, manager: manager) != nil
      || situation.installedPackages.contains { SystemPackages.programs(of: $0.name).contains(program) }
  }

  /// Folders of the working directory that frameworks read.
  private static let folders = [
    "config", "conf", "public", "webapp", "views", "static", "templates", "keystore", "certs", "lib",
  ]

  /// Files beside the program that frameworks read without being told: Spring's `config` and `application.*`, logging
  /// configuration, Play's and Jooby's `conf`.
  private func conventional(_ program: JavaProgram, _ search: AssetSearch) -> Set<String> {
    let directory = situation.trace.end.directory
    var found: Set<String> = []
    for entry in Self.folders {
      let path = ContextPath.join(directory, entry)
      guard let context = situation.trace.map.contextPath(of: path, in: situation.listing),
        situation.listing[context]?.kind == .directory, search.isAsset(context)
      else { continue }
      found.insert(context)
    }
    found.formUnion(agentFiles())
    found.formUnion(namedSources(program))
    let endings = [".yml", ".yaml", ".properties", ".p12", ".jks"]
    for file in situation.listing.files {
      let name = ContextPath.lastComponent(file.path)
      guard
        endings.contains(where: { name.hasSuffix($0) }) || ["logback.xml", "log4j2.xml", "log4j.xml"].contains(name),
        !ComposeFile.isName(name), !name.hasPrefix("."), !program.isSource(file.path), !program.isEmbedded(file.path),
        situation.trace.map.imagePaths(of: file.path).contains(where: { ContextPath.parent($0) == directory })
      else { continue }
      let isApplication =
        name.hasPrefix("application") || name.hasPrefix("bootstrap") || name.hasPrefix("log")
        || name.hasPrefix("config")
        || [".p12", ".jks"].contains { name.hasSuffix($0) }
      if isApplication { found.insert(file.path) }
    }
    return found
  }
}

extension JavaStrategy {
  /// What literals name below the source folders, which the program so reads from the working directory rather than from
  /// its archive: `src/main/resources/sql/init.sql`.
  fileprivate func namedSources(_ program: JavaProgram) -> Set<String> {
    let directory = situation.trace.end.directory
    var found: Set<String> = []
    for literal in program.reach.literals where literal.contains("src/") || literal.contains("src\\") {
      for spelling in [literal] + program.spellings(of: literal) {
        // A separator in front follows the folder's name: `System.getProperty("user.dir") + "/src/main/webapp"`.
        let written = spelling.replacing("\\\\", with: "/").drop { $0 == "/" }
        let path = ContextPath.join(directory, String(written.prefix { !"*?%{$".contains($0) }))
        // A file that is yet to be written needs its folder.
        let places = [path, ContextPath.parent(path)]
        guard
          let context = places.lazy.compactMap({ situation.trace.map.contextPath(of: $0, in: situation.listing) })
            .first,
          program.isEmbedded(context)
        else { continue }
        let files = situation.listing.files(below: context)
        guard !files.isEmpty, !files.allSatisfy({ program.isSource($0.path) }) else { continue }
        found.insert(context)
      }
    }
    return found
  }

  /// What lies beside an agent: its own configuration and libraries.
  fileprivate func agentFiles() -> Set<String> {
    let directory = situation.trace.end.directory
    var found: Set<String> = []
    for path in JavaStart(situation).agents {
      guard let context = situation.trace.map.contextPath(of: path, in: situation.listing) else { continue }
      if ContextPath.parent(path) != directory, ContextPath.parent(context) != "." {
        found.insert(ContextPath.parent(context))
      } else {
        let stem = ContextPath.lastComponent(context).prefix { $0 != "." && $0 != "-" }
        for file in situation.listing.files
        where ContextPath.parent(file.path) == ContextPath.parent(context)
          && ContextPath.lastComponent(file.path).hasPrefix(stem)
        { found.insert(file.path) }
      }
    }
    return found
  }
}

/// The final image of a Java program, and why there is none.
struct JavaFinalImage {
  let situation: Situation
  let base: BaseImage

  init(_ situation: Situation, base: BaseImage) throws(Refusal) {
    self.situation = situation
    self.base = base
    guard base.family.language == nil || base.family.language == "java" else {
      throw Refusal(.noRuntimeVariant, "'\(base.text)' is an image of another language")
    }
    if base.family.language == "java", situation.trace.end.ownVariables.contains("JAVA_HOME") {
      throw Refusal(.sameValues, "the file sets JAVA_HOME, which lies elsewhere in another image")
    }
  }

  /// The image without a tool chain.
  func runtime() throws(Refusal) -> String {
    // On a plain system the packages decide.
    if base.family.language == nil { return situation.from.image }
    if base.isJavaRuntime { throw Refusal(.nothingToGain, "'\(base.text)' holds no JDK to leave behind") }
    guard let release = base.javaRelease else { throw unnamed }
    let written = try line()
    guard let text = base.javaRuntime(written: written) else {
      throw Refusal(
        .noRuntimeVariant,
        "the line '\((base.foundation ?? base).family.name)' has no image of Java \(release) without the JDK")
    }
    try checkVariables(text, base.javaRuntime(written: base.text))
    return try beside(text)
  }

  /// Why nothing stands behind a tag.
  private var unnamed: Refusal {
    if let inner = base.family.foundation(of: base.reference.tag ?? "") {
      return Refusal(.noRuntimeVariant, "'\(base.text)' is built on '\(inner)', which Jettison does not know")
    }
    if let row = base.family.builtOn?.first(where: { base.reference.tag?.contains($0.mark) == true }),
      let tag = base.reference.tag, tag.contains(where: \.isNumber), row.mark.count < tag.count
    {
      return Refusal(.noRuntimeVariant, "it is not known which image '\(base.text)' is built on")
    }
    let example = ["maven": "maven:3.9-eclipse-temurin-21", "gradle": "gradle:8-jdk21"][base.family.name]
    return Refusal(
      .noRuntimeVariant,
      "'\(base.text)' names no release of Java, so no other image can be chosen: name it, for example "
        + (example ?? "\(base.family.name):21"))
  }

  /// The image with the JDK: the line that a build tool's image is built on, or the author's own.
  func toolchain() throws(Refusal) -> String {
    if base.isJavaRuntime || base.family.language == nil {
      throw Refusal(.nothingToGain, "'\(base.text)' is no image with a JDK that another stage could start from")
    }
    if base.family.builtOn == nil { return situation.from.image }
    let written = try line()
    guard let text = base.javaToolchain(written: written), base.foundation != nil else { throw unnamed }
    try checkVariables(text, base.javaToolchain(written: base.text))
    return try beside(text)
  }

  /// The author's reference; its digest belongs to his image only.
  private func line() throws(Refusal) -> String {
    base.reference.digest == nil && base.map?.namesTag != true ? situation.from.image : try situation.lineReference()
  }

  /// The reference of an image of another line where the author's own comes from.
  private func beside(_ text: String) throws(Refusal) -> String {
    base.family.builtOn == nil ? text : try situation.reference(of: text)
  }

  /// The row of an image that may be written with variables.
  func resolved(_ text: String) -> BaseImage? { situation.image(text) }

  private func expanded(_ text: String) -> String? {
    situation.file.expand(text, with: situation.file.globalArguments)
  }

  /// Build arguments may choose the tag; the new reference has to follow them.
  private func checkVariables(_ text: String, _ plain: String?) throws(Refusal) {
    guard text.contains("$") else { return }
    guard expanded(text) == plain else {
      throw Refusal(.sameValues, "the tag of '\(situation.from.image)' is put together so that no other can follow it")
    }
  }
}
