import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// Places every instruction when the final image is a small base with a built program and what it reads.
struct ArtefactPlanner: StagePlanner {
  let situation: Situation
  let language: String
  let base: FinalBase
  let program: any BuiltProgram
  let needs: ArtefactNeeds
  let flow: Flow
  let lastBuild: Int
  var builder: [StagePlan.Line] = []
  var final: [StagePlan.Line] = []
  var travels: [String] = []
  var packages: [String] = []
  var findings: [Finding] = []
  /// Packages the author's own line brings to the final stage.
  var moved: Set<String> = []

  init(situation: Situation, language: String, base: FinalBase, program: any BuiltProgram, needs: ArtefactNeeds) {
    self.situation = situation
    self.language = language
    self.base = base
    self.program = program
    self.needs = needs
    flow = Flow(situation: situation)
    lastBuild = situation.trace.steps.last { Self.isBuild($0) }?.index ?? 0
  }

  /// Whether a RUN does something that only a build needs.
  static func isBuild(_ step: Step) -> Bool {
    step.has(.dependencies, .build, .projectTool, .check, .installer, .configuration, .unknown)
  }

  mutating func plan() throws(Refusal) -> StagePlan {
    if let unknown = situation.trace.steps.first(where: { $0.has(.unknown) }),
      !needs.assets.isEmpty || program.mayReadUnseenFiles || !needs.programs.isEmpty
    {
      throw Refusal(.opaqueEffects, "it cannot be told what '\(unknown.phrase(of: .unknown))' writes", at: unknown)
    }
    keepInheritedDirectory()
    for step in situation.trace.steps { try place(step) }
    if let lost = program.artefacts.first(where: { path in !travels.contains { ContextPath.isWithin(path, $0) } }) {
      throw Refusal(.copySource, "it cannot be told which step makes '\(lost)'")
    }
    try keepInheritedVariables()
    try addRemainingPackages()
    let path = extraPath
    var values = ["builder": situation.builderName, "runtime": base.text]
    let options = try installFlags()
    values["packages"] = packages.isEmpty ? "" : (options + packages).joined(separator: " ")
    if !packages.isEmpty {
      let folders = situation.trace.steps.flatMap { $0.effects.filter(isManualFolder).flatMap(\.makesDirectories) }
      values["folders"] = folders.joined(separator: " ")
    }
    if base.lacksCertificates, situation.builderHolds(Self.certificates) { values["certificates"] = Self.certificates }
    values["zoneinfo"] = try zoneinfo()
    if base.isEmpty, needs.temporaryFiles { values["tmp"] = "/tmp" }
    values["path"] = path
    var assumptions = needs.assumptions
    if situation.trace.steps.contains(where: { $0.has(.projectTool) }) { assumptions.insert(.projectTool) }
    var plan = StagePlan(
      language: language, rung: base.rung, template: base.template, runtime: base.text,
      builder: situation.builderName, finalName: situation.finalName, builderLines: builder, finalLines: final,
      values: values,
      assumptions: assumptions.sorted(), travels: travels, installs: packages)
    plan.findings = findings
    plan.valueReasons = valueReasons.filter { !(values[$0.key] ?? "").isEmpty }
    return plan
  }

  static let certificates = "/etc/ssl/certs/ca-certificates.crt"

  func zoneinfo() throws(Refusal) -> String? {
    guard needs.timeZones else { return nil }
    let zip = "/usr/local/go/lib/time/zoneinfo.zip"
    let installed = situation.installedPackages.contains { $0.name == "tzdata" }
    if installed { return "/usr/share/zoneinfo" }
    let trims = situation.trace.steps.contains { $0.instruction.text.contains("-trimpath") }
    if situation.builderHolds(zip), !trims { return zip }
    // Alpine's images hold no zones, and Go looks nowhere else: the original knew the zone no better.
    if situation.base?.libc == .musl, trims { return nil }
    // Debian's hold them up to this release.
    let system: Set<String> = ["stretch", "buster", "bullseye", "bookworm"]
    if let releases = situation.base?.releases, !releases.isEmpty, system.isSuperset(of: releases) {
      return "/usr/share/zoneinfo"
    }
    throw Refusal(
      .missingAtRunTime, "the program looks time zones up, and the builder's time zone data cannot be found")
  }

  /// A folder of a started program that the final base does not search.
  var extraPath: String? {
    let standard = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]
    for name in situation.roots.programs where !name.contains("/") {
      guard let artefact = program.artefacts.first(where: { ContextPath.lastComponent($0) == name }) else { continue }
      let folder = ContextPath.parent(artefact)
      let own =
        situation.trace.end.ownVariables.contains("PATH")
        && (situation.trace.end.environment["PATH"] ?? "").split(separator: ":").contains { $0 == folder }
      if !standard.contains(folder), !own { return folder }
    }
    return nil
  }

  // MARK: Lines

  /// The program starts where the old base let it start, when the author does not say.
  mutating func keepInheritedDirectory() {
    guard let directory = situation.base?.family.directory, directory != "/",
      !situation.trace.steps.contains(where: { step in
        step.keyword == .workdir
          && (step.instruction.arguments.hasPrefix("/") || step.instruction.arguments.hasPrefix("$"))
      })
    else { return }
    final.append(
      StagePlan.Line(
        .made(.workdir, directory),
        because: "'\(situation.from.image)' starts its programs here, and the file names no other folder"))
  }

  /// Variables of the old base that lines of the final stage, or what starts, still read.
  private mutating func keepInheritedVariables() throws(Refusal) {
    let own = Set(situation.trace.end.ownVariables)
    let inherited = (situation.base?.family.environment ?? [:]).filter { $0.key != "PATH" && !own.contains($0.key) }
    var read = ShellWord.variableNames(in: situation.roots.text)
    for line in final {
      guard let index = line.authorIndex else { continue }
      let instruction = situation.file.instructions[index]
      if ![.cmd, .entrypoint, .healthcheck].contains(instruction.keyword) {
        read.formUnion(ShellWord.variableNames(in: instruction.text))
      }
    }
    for name in read.intersection(inherited.keys).subtracting(base.variables).sorted(by: >) {
      guard let value = inherited[name]?.value else {
        throw Refusal(.sameValues, "the final stage reads \(name), whose value the old base sets")
      }
      final.insert(
        StagePlan.Line(.made(.env, "\(name)=\(value)"), because: "the old base sets it, and the final stage reads it"),
        at: 0)
    }
  }

  // MARK: Instructions

  mutating func place(_ step: Step) throws(Refusal) {
    switch step.keyword {
    case .cmd, .entrypoint, .expose, .healthcheck, .stopsignal, .label, .maintainer, .volume:
      inFinal(step, becauseOfRunning(step))
    case .env: placeVariable(step)
    case .arg: placeArgument(step)
    case .workdir: placeDirectory(step)
    case .user: placeUser(step)
    case .shell:
      if step.index < lastBuild { inBuilder(step, "shell-form lines of the builder use it") }
      if !base.isEmpty { inFinal(step, "shell-form lines of the final stage use it") }
    case .copy, .add: try placeCopy(step)
    case .run: try placeRun(step)
    default: throw Refusal(.opaqueEffects, "'\(step.instruction.firstLine)' is not understood", at: step)
    }
  }

  mutating func placeVariable(_ step: Step) {
    let names = Set(step.instruction.pairs.map(\.key))
    let isBuilder = { (step: Step) in step.index <= lastBuild && step.keyword != .env || Self.isBuild(step) }
    if let because = becauseRead(names, by: isBuilder, after: step) {
      inBuilder(step, because)
    } else if step.index < lastBuild, let because = becauseRead(names, by: isBuilderText, after: step) {
      inBuilder(step, because)
    }
    inFinal(step, becauseSeen(names))
  }

  /// Whether a step's text is expanded in the builder.
  private func isBuilderText(_ step: Step) -> Bool {
    step.index < lastBuild && [.env, .workdir, .copy, .add].contains(step.keyword)
  }

  mutating func placeArgument(_ step: Step) {
    let names = Set(step.instruction.declarations.map(\.name))
    inBuilderIfRead(step, names)
    let reader = situation.trace.steps.first { later in
      later.index > step.index && later.keyword != .run && later.keyword != .copy && later.keyword != .add
        && later.keyword != .arg
        && !flow.reads(later).isDisjoint(with: names)
    }
    if let reader {
      inFinal(step, "\(reader.mention) reads it in the final stage, where arguments have to be named again")
    }
  }

  mutating func inBuilderIfRead(_ step: Step, _ names: Set<String>) {
    if let because = becauseRead(names, by: { _ in true }, after: step) {
      inBuilder(step, because)
    } else {
      inBuilder(step, "no line reads it, and a build that gives it a value still finds it")
    }
  }

  mutating func placeDirectory(_ step: Step) {
    let steps = situation.trace.steps
    if step.index < lastBuild { inBuilder(step, becauseWorkedIn(step, until: lastBuild)) }
    // Only the directory in force at the end counts, with what it is relative to.
    let laterAbsolute = steps.contains { later in
      later.index > step.index && later.keyword == .workdir
        && (later.instruction.arguments.hasPrefix("/") || later.instruction.arguments.hasPrefix("$"))
    }
    if !laterAbsolute { inFinal(step, "the container starts in it") }
  }

  mutating func placeUser(_ step: Step) {
    let steps = situation.trace.steps
    if steps.contains(where: { $0.index > step.index && $0.index <= lastBuild && $0.keyword == .run }) {
      inBuilder(step, becauseRunAs(step, until: lastBuild))
    }
    guard !steps.contains(where: { $0.index > step.index && $0.keyword == .user }) else { return }
    let user = step.before.expand(step.instruction.arguments, escape: situation.file.escape)
    if base.isEmpty, user == "root" || user?.hasPrefix("root:") == true {
      // An empty base has no user database to look the name up in, and its user is root without being told.
      if !builder.contains(where: { $0.authorIndex == step.index }) {
        inBuilder(step, "the final image runs as root in any case")
      }
    } else {
      inFinal(step, "the program runs as this user")
    }
  }

  // MARK: COPY and ADD

  mutating func placeCopy(_ step: Step) throws(Refusal) {
    guard let copied = step.copied else {
      throw Refusal(.opaqueEffects, "'\(step.instruction.firstLine)' cannot be resolved", at: step)
    }
    let assets = (needs.assets + replayedReads.keys.filter { !needs.assets.contains($0) }.sorted()).filter { asset in
      if case .context(let sources) = copied.source {
        return sources.contains { ContextPath.isWithin(asset, $0) || ContextPath.isWithin($0, asset) }
      }
      return false
    }
    if step.index < lastBuild, !copied.targets.isEmpty, copied.targets.allSatisfy(flow.configuresTools) {
      // The bundle of certificates travels by itself; credentials and settings have no business in the final image.
      inBuilder(step, "tools of the build read it unasked")
      let isShared = copied.targets.contains { target in
        ["/etc/ssl", "/usr/local/share/ca-certificates"].contains { ContextPath.isWithin(target, $0) }
      }
      if isShared, !base.lacksCertificates { inFinal(step, "the running program may read it too") }
      return
    }
    if step.index > lastBuild {
      inFinal(step, "nothing changes it after this line, and no build step needs it")
      return
    }
    if copied.source == .other, !copied.targets.isEmpty, copied.targets.allSatisfy(isKeptAddition) {
      if copied.targets.allSatisfy(additionsForFinal.contains) {
        inFinal(step, "no build step calls it, and something at run time may")
      } else {
        inBuilder(step, "a build step works on it")
        for path in copied.targets { travel(path, "something at run time may read or call it") }
      }
      return
    }
    if case .context(let sources) = copied.source, !sources.isEmpty,
      sources.allSatisfy({ !isBuildInput($0, copiedBy: step) })
    {
      if program.configurationNames(copied.targets) { inBuilder(step, "the build's configuration names it") }
      inFinal(step, "the running program may read it, and no build step needs it")
      return
    }
    if case .image = copied.source, copied.targets.allSatisfy({ !isUsedByBuild($0, after: step.index) }) {
      inFinal(step, "no build step needs it")
      return
    }
    inBuilder(step, becauseRead(step, of: situation.trace.steps.filter { $0.index <= lastBuild }))
    if assets.isEmpty, case .context(let sources) = copied.source,
      program.isOnlyForRunning(sources.flatMap { situation.listing.files(below: $0).map(\.path) })
    {
      inFinal(step, "nothing of the build names it, so the running program may read it")
      return
    }
    for asset in assets { bring(asset, copiedBy: step) }
  }

  /// Whether the final image keeps a file that ADD fetched or whose text stands in the Dockerfile.
  private func isKeptAddition(_ path: String) -> Bool { needs.downloads.contains(path) || needs.texts.contains(path) }

  /// The kept files that ADD fetched or whose text stands in the Dockerfile, as far as no RUN changes them together with
  /// files of the builder: they, and what is done to them, can go to the final stage.
  var additionsForFinal: Set<String> {
    var result: Set<String> = []
    for step in situation.trace.steps {
      guard let copied = step.copied, copied.source == .other else { continue }
      result.formUnion(copied.targets.filter(isKeptAddition))
    }
    let candidates = result
    for step in situation.trace.steps where step.keyword == .run {
      let effects = step.effects.flatMap(\.flattened).filter { ![.inert, .cleanup].contains($0.role) }
      let isOnThemOnly = effects.allSatisfy { effect in
        !effect.writes.isEmpty && (effect.reads + effect.writes).allSatisfy(candidates.contains)
      }
      if isOnThemOnly, !base.isEmpty { continue }
      result = result.filter { path in
        !flow.mentions(step, path)
          && !effects.contains { effect in
            effect.role == .unknown || (effect.reads + effect.writes).contains { ContextPath.isWithin(path, $0) }
          }
      }
    }
    return result
  }

  func isUsedByBuild(_ path: String, after index: Int) -> Bool {
    let name = ContextPath.lastComponent(path)
    return situation.trace.steps.contains {
      $0.index > index && $0.keyword == .run && ($0.instruction.text.contains(name) || $0.has(.projectTool, .unknown))
    }
  }

  /// Whether the build needs something of a context path: sources, modules, embedded files, or what a RUN names.
  func isBuildInput(_ path: String, copiedBy step: Step) -> Bool {
    let files = situation.listing.files(below: path)
    if files.isEmpty { return true }
    let places = situation.trace.map.entries.filter { $0.instruction == step.index }.map(\.image)
    if files.contains(where: { program.isBuildInput($0.path, at: places) }) {
      let scriptsOnly = files.allSatisfy { $0.path.hasSuffix(".sh") }
      if !scriptsOnly { return true }
    }
    return situation.trace.steps.contains { later in
      guard later.index > step.index, later.index <= lastBuild, later.keyword == .run else { return false }
      if later.has(.projectTool, .unknown),
        places.contains(where: { place in later.writes.contains { ContextPath.isWithin(place, $0) } })
      {
        return true
      }
      return places.contains { flow.mentions(later, $0) }
    }
  }

  mutating func bring(_ asset: String, copiedBy step: Step) {
    let owner = step.copied?.owner
    for image in situation.trace.map.imagePaths(of: asset)
    where situation.trace.map.entries.contains(where: {
      $0.instruction == step.index && ContextPath.isWithin(image, $0.image)
    }) {
      // A later copy of the same file to the same place brings it once.
      let last = situation.trace.map.entries.last {
        ContextPath.isWithin(image, $0.image) && ContextPath.relative(asset, to: $0.context) != nil
      }
      guard last?.instruction == step.index, isNamed(asset, at: image) else { continue }
      if let owner, !base.isEmpty, situation.listing[asset]?.kind == .directory {
        // A COPY would make the folder root's.
        let text = "mkdir -p \(image) && chown \(owner) \(image)"
        final.append(
          StagePlan.Line(
            .made(.run, text), because: "a COPY would make the folder root's, and it belongs to '\(owner)'"))
      }
      let isAsset = needs.assets.contains { ContextPath.isWithin(asset, $0) }
      travel(image, isAsset ? "the program reads '\(asset)' at run time" : "a line of the final stage reads it")
    }
  }
}

extension ArtefactPlanner {
  /// Whether a place of an asset in the image is one that something names.
  private func isNamed(_ asset: String, at image: String) -> Bool {
    let replayed = replayedReads[asset] ?? []
    guard let places = needs.assetPlaces[asset] else { return replayed.isEmpty || replayed.contains(image) }
    return places.union(replayed).contains { ContextPath.isWithin(image, $0) || ContextPath.isWithin($0, image) }
  }

  /// Context files that commands read which the final stage has to repeat, such as a certificate for a key store, with
  /// their places in the image.
  private var replayedReads: [String: Set<String>] {
    let copies = ["cp", "mv", "tar", "unzip", "sed", "install"]
    var result: [String: Set<String>] = [:]
    for step in situation.trace.steps where !Self.isBuild(step) {
      for effect in step.effects where effect.role == .files && !copies.contains(effect.program) {
        guard isRelevant(effect, in: step) else { continue }
        for path in effect.reads where !effect.writes.contains(path) {
          guard let context = situation.trace.map.contextPath(of: path, in: situation.listing),
            situation.listing[context]?.kind == .file
          else { continue }
          result[context, default: []].insert(path)
        }
      }
    }
    return result
  }
}

extension Situation {
  /// Whether the builder is known to hold a file.
  func builderHolds(_ path: String) -> Bool {
    base?.variant.files.contains(path) == true
      || (path == ArtefactPlanner.certificates && installedPackages.contains { $0.name == "ca-certificates" })
  }
}
