import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// Places every instruction when the final image is the runtime variant of the author's own base: dependencies travel
/// from the builder, sources are copied again from the context, configuration follows.
struct RuntimePlanner: StagePlanner {
  let situation: Situation
  let runtime: String
  let dependencies: any RuntimeDependencies
  var needs: RuntimeNeeds
  let changesBase: Bool

  let flow: Flow
  /// The programs that the author's image has and the final one does not.
  let lostPrograms: Set<String>
  /// The last step whose RUN stays in the builder.
  var lastBuilder: Int
  /// Folders that travel whole because a tool of the project writes into them, with the step after which they travel.
  var trees: [String: Int] = [:]
  var builder: [StagePlan.Line] = []
  var final: [StagePlan.Line] = []
  var travels: [String] = []
  var installs: [String] = []
  var brought: Set<String> = []
  /// Paths that only the builder has.
  var builderOnly: [String] = []
  /// The RUN lines that turned out to need files of the builder while the steps were placed.
  var onBuilderFiles: Set<Int> = []

  init(
    situation: Situation, runtime: String, dependencies: any RuntimeDependencies, needs: RuntimeNeeds,
    changesBase: Bool
  ) {
    self.situation = situation
    self.runtime = runtime
    self.dependencies = dependencies
    self.needs = needs
    self.changesBase = changesBase
    flow = Flow(situation: situation)
    let programs = needs.dropped.flatMap(SystemPackages.programs).flatMap(SystemCommands.withCompanions)
    lostPrograms =
      situation.base.map { base in
        SystemCommands.programs(of: base.variant).union(programs)
          .subtracting(SystemCommands.programs(of: base.variant(of: runtime)))
      } ?? []
    lastBuilder = situation.trace.steps.last { Self.isBuilderRun($0) }?.index ?? -1
  }

  /// Whether a RUN stays in the builder because of what it does.
  static func isBuilderRun(_ step: Step) -> Bool {
    step.has(.dependencies, .build, .projectTool, .check, .installer, .configuration, .download)
      || step.effects.contains { $0.isInstall }
  }

  mutating func plan() throws(Refusal) -> StagePlan {
    var again = self
    try checkNativeBuilds()
    try findTrees()
    for step in situation.trace.steps {
      try place(step)
      for (root, index) in trees.sorted(by: { $0.key < $1.key }) where index == step.index {
        travel(
          root, "the program may read it, and \(step.mention) may have written it",
          owner: dependencies.owner(of: root, upTo: index))
      }
    }
    if onBuilderFiles != again.onBuilderFiles {
      // What stands before those lines is placed anew, as they belong to the builder now.
      again.onBuilderFiles = onBuilderFiles
      again.lastBuilder = max(lastBuilder, onBuilderFiles.max() ?? lastBuilder)
      return try again.plan()
    }
    dropUnreadArguments()
    guard changesBase || !(needs.dropped + dependencies.dropped).isEmpty else {
      throw Refusal(
        .nothingToGain,
        "'\(runtime)' has no slimmer variant, and no package or dependency is there for the build alone")
    }
    var values = dependencies.templateValues
    values["builder"] = situation.builderName
    values["runtime"] = runtime
    values["packages"] = needs.lost.joined(separator: " ")
    let userBase = "Python finds what pip installed for users here, and commands are on PATH"
    let valueReasons = ["packages": needs.lostReasons.joined(separator: "; "), "userbase": userBase]
    var assumptions = needs.assumptions
    if situation.trace.steps.contains(where: { $0.has(.projectTool) }) { assumptions.insert(.projectTool) }
    if changesBase, !builder.contains(where: isRun) || dependencies.buildsNothing {
      return rebase(assumptions.sorted())
    }
    builder += dependencies.closing
    var plan = StagePlan(
      language: dependencies.language, rung: changesBase ? .productionDependencies : .sameBase,
      template: dependencies.template, runtime: runtime, builder: situation.builderName,
      finalName: situation.finalName, builderLines: builder, finalLines: final, values: values,
      assumptions: assumptions.sorted(), travels: travels, installs: needs.lost + installs)
    plan.findings = needs.findings
    plan.valueReasons = valueReasons.filter { !(values[$0.key] ?? "").isEmpty }
    plan.developmentSize = dependencies.developmentSize
    plan.isPortable = dependencies.isPortable ? true : nil
    plan.sharedPrefix = changesBase ? 0 : sharedPrefix
    if let opening = dependencies.opening { plan.builderLines.insert(opening, at: plan.sharedPrefix) }
    return plan
  }

  /// Refuses a base with fewer libraries for programs that a step compiles: what they are linked to, no line names.
  private func checkNativeBuilds() throws(Refusal) {
    guard changesBase, situation.base?.variant.programs.contains("gcc") == true else { return }
    let step = situation.trace.steps.first { step in
      step.effects.flatMap(\.flattened).contains { effect in
        BuildCommands.native.contains(effect.program) || effect.program == "make" && effect.nested.isEmpty
      }
    }
    guard let step else { return }
    throw Refusal(
      .missingAtRunTime, "'\(step.instruction.firstLine)' compiles code that may need libraries of the full image")
  }

  private func isRun(_ line: StagePlan.Line) -> Bool {
    line.authorIndex.map { situation.file.instructions[$0].keyword == .run } ?? false
  }

  /// Nothing is built: the slimmer variant takes the base's place, and the file keeps its one stage.
  private func rebase(_ assumptions: [Assumption]) -> StagePlan {
    var plan = StagePlan.rebase(
      situation, language: dependencies.language, runtime: runtime, lost: needs.lost, assumptions: assumptions)
    plan.findings = needs.findings
    plan.isPortable = dependencies.isPortable ? true : nil
    return plan
  }

  /// How many first lines both stages have in common.
  var sharedPrefix: Int {
    var count = 0
    while count < builder.count, count < final.count, builder[count].origin == final[count].origin,
      case .author = builder[count].origin
    { count += 1 }
    return count >= 2 ? count : 0
  }

  // MARK: Trees

  mutating func findTrees() throws(Refusal) {
    if let results = dependencies.results {
      trees = results
      return
    }
    for step in situation.trace.steps {
      for effect in step.effects.flatMap(\.flattened)
      where effect.role == .projectTool
        || (effect.role == .dependencies && effect.isInstall && !effect.installsTools && !effect.writes.isEmpty)
      {
        for path in effect.writes {
          if dependencies.paths.contains(where: { ContextPath.isWithin(path, $0) }) { continue }
          if ["/tmp", "/root/.cache"].contains(where: { ContextPath.isWithin(path, $0) }) { continue }
          let root = situation.copiedRoot(of: path, before: step.index)
          guard root != "/" else {
            throw Refusal(
              .copySource, "'\(step.instruction.firstLine)' writes below /, which is never copied whole", at: step)
          }
          trees[root] = step.index
        }
      }
    }
    for (root, index) in trees where dependencies.owner(of: root, upTo: index) == nil {
      let changesOwner = situation.trace.steps.contains { step in
        step.index <= index && !preparesFolder(step)
          && step.effects.contains { $0.changesAccess(of: root) }
      }
      if changesOwner {
        throw Refusal(.sameOwner, "'\(root)' has an owner or mode of its own, which a copied folder would lose")
      }
    }
  }

  /// Whether a step only makes folders and gives them away before anything is copied into them, so that it can be done
  /// again in the final stage.
  func preparesFolder(_ step: Step) -> Bool {
    guard step.keyword == .run, !step.effects.isEmpty,
      step.effects.allSatisfy({ ["mkdir", "chown", "chmod", "install"].contains($0.program) && $0.role == .files })
    else { return false }
    let paths = step.effects.flatMap(\.writes)
    return !situation.trace.steps.contains { earlier in
      earlier.index < step.index
        && earlier.writes.contains { write in paths.contains { ContextPath.isWithin(write, $0) } }
    }
  }

  /// The tree that holds a path and still travels after a step.
  func tree(holding path: String, after index: Int) -> String? {
    trees.first { ContextPath.isWithin(path, $0.key) && index < $0.value }?.key
  }

  // MARK: Instructions

  mutating func place(_ step: Step) throws(Refusal) {
    switch step.keyword {
    case .cmd, .entrypoint, .expose, .healthcheck, .stopsignal, .label, .maintainer, .volume:
      inFinal(step, becauseOfRunning(step))
    case .env:
      let names = Set(step.instruction.pairs.map(\.key))
      if isReadInBuilder(step, names: names) { inBuilder(step, becauseRead(names, after: step)) }
      inFinal(step, becauseSeen(names))
    case .arg: placeArgument(step)
    case .workdir:
      if step.index < lastBuilder { inBuilder(step, becauseWorkedIn(step, until: lastBuilder)) }
      inFinal(step, becauseStartedIn(step))
    case .user:
      if situation.trace.steps.contains(where: {
        $0.index > step.index && $0.index <= lastBuilder && $0.keyword == .run
      }) {
        inBuilder(step, becauseRunAs(step, until: lastBuilder))
      }
      inFinal(step, becauseOwned(step))
    case .shell:
      if step.index < lastBuilder { inBuilder(step, "shell-form lines of the builder use it") }
      inFinal(step, "shell-form lines of the final stage use it")
    case .copy, .add: try placeCopy(step)
    case .run: try placeRun(step)
    default: throw Refusal(.opaqueEffects, "'\(step.instruction.firstLine)' is not understood", at: step)
    }
  }

  func isReadInBuilder(_ step: Step, names: Set<String>) -> Bool {
    guard step.index < lastBuilder else { return false }
    if names.contains(where: { name in dependencies.toolVariables.contains { name.hasPrefix($0) } }) { return true }
    return situation.trace.steps.contains { later in
      guard later.index > step.index, later.index <= lastBuilder else { return false }
      if later.keyword == .run {
        guard Self.isBuilderRun(later) || later.has(.packages, .users) || onBuilderFiles.contains(later.index) else {
          return false
        }
        let mayReadAny = later.effects.flatMap(\.flattened).contains { $0.environment == nil && $0.role != .check }
        return mayReadAny || !flow.reads(later).isDisjoint(with: names)
      }
      return [.env, .workdir, .copy, .add, .user, .arg].contains(later.keyword)
        && !flow.reads(later).isDisjoint(with: names)
    }
  }

  mutating func placeArgument(_ step: Step) {
    let names = Set(step.instruction.declarations.map(\.name))
    let readers = situation.trace.steps.filter { $0.index > step.index && !flow.reads($0).isDisjoint(with: names) }
    let forBuilder = isReadInBuilder(step, names: names)
    let forFinal = readers.contains { !($0.keyword == .run && Self.isBuilderRun($0)) }
    if forBuilder {
      inBuilder(step, becauseRead(names, after: step))
    } else if !forFinal {
      inBuilder(step, "no line reads it, and a build that gives it a value still finds it")
    }
    if let reader = readers.first(where: { !($0.keyword == .run && Self.isBuilderRun($0)) }) {
      inFinal(step, "\(reader.mention) reads it in the final stage, where arguments have to be named again")
    }
  }

  /// Takes arguments out of the final stage whose readers all stand in the builder: a value given there would show in the
  /// history of every RUN behind it.
  private mutating func dropUnreadArguments() {
    let builderIndices = Set(builder.compactMap(\.authorIndex))
    let lines = final
    final = lines.filter { line in
      guard let index = line.authorIndex, builderIndices.contains(index),
        let step = situation.trace.steps.first(where: { $0.index == index }), step.keyword == .arg
      else { return true }
      let names = Set(step.instruction.declarations.map(\.name))
      return lines.contains { other in
        switch other.origin {
        case .made(_, let text): !ShellWord.variableNames(in: text).isDisjoint(with: names)
        case .author(let reader), .edited(let reader, _, _):
          reader != index
            && situation.trace.steps.contains { $0.index == reader && !flow.reads($0).isDisjoint(with: names) }
        }
      }
    }
  }

  // MARK: COPY and ADD

  mutating func placeCopy(_ step: Step) throws(Refusal) {
    guard let copied = step.copied else {
      throw Refusal(.opaqueEffects, "'\(step.instruction.firstLine)' cannot be resolved", at: step)
    }
    let inTree =
      copied.targets.allSatisfy { tree(holding: $0, after: step.index - 1) != nil } && !copied.targets.isEmpty
    if inTree {
      inBuilder(step, becauseWorkedOn(step))
      return
    }
    if try placeTool(step, copied) { return }
    let readers = situation.trace.steps.filter { later in
      later.index > step.index && later.keyword == .run
        && (Self.isBuilderRun(later) && reads(later, anyOf: copied.targets))
    }
    if readers.isEmpty {
      if situation.trace.steps.contains(where: {
        $0.index > step.index && onBuilderFiles.contains($0.index) && reads($0, anyOf: copied.targets)
      }) {
        inBuilder(step, "a step on the builder's files reads it")
      }
      inFinal(step, "the running program may read it, and no build step does")
      return
    }
    let isNeeded = dependencies.isNeededAtRunTime(step, copied)
    if isNeeded,
      let manifests = ManifestFirst(situation: situation).manifests(
        copiedBy: step, readers: readers, provided: providedBefore(step))
    {
      for line in manifests {
        builder.append(
          StagePlan.Line(
            .made(.copy, line),
            because: "\(readers[0].mention) reads these files only, so that a change of the sources keeps its layer",
            pass: "manifest-first"))
      }
    } else {
      inBuilder(step, becauseRead(step, of: readers))
    }
    if isNeeded { inFinal(step, "the running program may read it") }
  }

  /// The places that earlier lines of the builder have filled.
  func providedBefore(_ step: Step) -> Set<String> {
    let indices = Set(builder.compactMap(\.authorIndex))
    return Set(
      situation.trace.map.entries.filter { $0.instruction < step.index && indices.contains($0.instruction) }.map(
        \.image))
  }

  /// Tools and their settings: what only the build calls stays in the builder, settings that everybody reads go to both.
  ///
  /// - Returns: whether the step was placed.
  mutating func placeTool(_ step: Step, _ copied: CopyEffect) throws(Refusal) -> Bool {
    let builderRuns = situation.trace.steps.filter {
      $0.index > step.index && $0.keyword == .run && (Self.isBuilderRun($0) || $0.has(.packages))
    }
    guard !builderRuns.isEmpty else { return false }
    if !copied.targets.isEmpty, copied.targets.allSatisfy(flow.configuresTools) {
      inBuilder(step, "tools of the build read it unasked")
      if copied.targets.allSatisfy(flow.isPrivateToolFile) {
        builderOnly += copied.targets
      } else {
        inFinal(step, "the running program may read it too")
      }
      return true
    }
    let provided = copied.targets.filter { target in builderRuns.contains { flow.provides(target, to: $0) } }
    guard !provided.isEmpty,
      provided.contains(where: { situation.trace.map.contextPath(of: $0, in: situation.listing) == nil })
    else { return false }
    inBuilder(step, "the build calls it")
    let isStarted = copied.targets.contains { situation.rootsName(ContextPath.lastComponent($0)) }
    if isStarted { inFinal(step, "the start command calls it") }
    return true
  }

  /// Whether a builder step reads one of the places a copy wrote.
  func reads(_ step: Step, anyOf targets: [String]) -> Bool {
    let reads = step.effects.flatMap(\.flattened).filter { $0.role != .packages && $0.role != .users }.flatMap(\.reads)
    return targets.contains { target in
      reads.contains { ContextPath.isWithin($0, target) || ContextPath.isWithin(target, $0) }
        || flow.mentions(step, target)
    }
  }
}

extension PackageManager {
  /// How the text begins of a RUN that installs packages.
  var installStart: String {
    switch self {
    case .apk: "apk add --no-cache "
    case .apt: "apt-get update && apt-get install -y "
    case .yum, .dnf, .microdnf: "\(rawValue) install -y "
    }
  }

  /// The text of a RUN that installs packages.
  ///
  /// - Parameters:
  ///   - packages: their names.
  ///   - flags: options of the author's own install.
  ///   - cleans: whether no lists stay behind (pass `clean-lists`).
  func installLine(_ packages: [String], flags: [String], cleans: Bool) -> String {
    let line = installStart + (flags + packages).joined(separator: " ")
    return switch self {
    case .apt where cleans: line + " && rm -rf /var/lib/apt/lists/*"
    case .yum, .dnf, .microdnf: cleans ? line + " && \(rawValue) clean all" : line
    case .apk, .apt: line
    }
  }
}

/// Whether a command reads variables that only its own RUN sets.
enum ShellVariableUse {
  static func readsAssigned(_ effect: CommandEffect, in step: Step) -> Bool {
    let assigned = Set(step.effects.compactMap(\.command).flatMap(\.assignments).map(\.name))
    let read = (effect.command?.words ?? []).reduce(into: Set<String>()) { $0.formUnion($1.variables) }
    return !read.isDisjoint(with: assigned)
  }
}
