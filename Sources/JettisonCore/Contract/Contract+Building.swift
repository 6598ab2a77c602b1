import ContextFiles
import DockerfileSyntax

// C12: the result builds wherever the original did.
extension Contract {
  func buildsAsBefore() -> Verdict {
    let features = ["--mount", "--link", "--chmod", "--parents", "--exclude", "<<"]
    let before = situation.file.text
    for instruction in result.instructions
    where instruction.keyword == .run || instruction.keyword == .copy || instruction.keyword == .add {
      for feature in features where instruction.text.contains(feature) && !before.contains(feature) {
        return .fails("the result would need '\(feature)'")
      }
    }
    let runs = Set((plan.builderLines + plan.finalLines).compactMap(\.authorIndex))
    for step in situation.trace.steps where step.keyword == .run && !runs.contains(step.index) {
      return .fails("'\(step.instruction.firstLine)' would no longer run")
    }
    let lastBuilder = plan.builderLines.last { line in
      guard let index = line.authorIndex else { return false }
      return situation.trace.steps.contains { $0.index == index && $0.keyword == .run }
    }
    if let setup = missingRepository {
      return .fails("the final stage would install packages without the sources that '\(setup.firstLine)' names")
    }
    if let missing = missingProgram {
      return .fails(
        "'\(missing.line.firstLine)' of the final stage calls '\(missing.name)', which only the builder has")
    }
    if let line = missingZones {
      return .fails("'\(line.firstLine)' reads time zones, which '\(plan.runtime)' does not have")
    }
    if lastBuilder != nil, builderCopies.isEmpty {
      return .fails("nothing of the builder reaches the final stage, so its steps would be skipped")
    }
    return .holds
  }

  /// The first program that a RUN of the final stage calls and only the builder has.
  private var missingProgram: (name: String, line: Instruction)? {
    guard let base = situation.base else { return nil }
    var there = SystemCommands.programs(of: base.variant(of: plan.runtime))
    there.formUnion(plan.travels.map(ContextPath.lastComponent))
    let packages = situation.installedPackages.map(\.name) + situation.packagesRemovedLater
    var lost = SystemCommands.programs(of: base.variant)
      .union(packages.flatMap(SystemPackages.programs).flatMap(SystemCommands.withCompanions))
    for step in finalTrace.steps where step.keyword == .run {
      for effect in step.effects.flatMap(\.flattened) {
        let brought = (effect.packages?.installed ?? []).flatMap(SystemPackages.programs)
        there.formUnion(brought.flatMap(SystemCommands.withCompanions))
        lost.subtract(there)
        if let name = SystemCommands.called(by: effect).first(where: lost.contains) { return (name, step.instruction) }
      }
    }
    return nil
  }

  /// A step that makes packages of elsewhere known, where a line of the final stage that stands for the author's installs
  /// without it: HARD_CASES 43.
  var missingRepository: Instruction? {
    let places = [
      "/etc/apt/sources.list.d", "/etc/apt/sources.list", "/etc/apt/trusted.gpg.d", "/etc/apt/trusted.gpg",
      "/etc/apt/keyrings",
      "/etc/apt/preferences.d", "/etc/apk/repositories", "/etc/apk/keys", "/etc/yum.repos.d",
    ]
    let setups = situation.trace.steps.filter { step in
      let written = step.effects.filter { !["sed", "rm"].contains($0.program) }.flatMap(\.writes)
      return (written + (step.copied?.targets ?? [])).contains { path in
        places.contains { ContextPath.isWithin(path, $0) }
      }
    }
    guard let first = setups.first else { return nil }
    // The template installs what the author did, and comes before his lines.
    let installed = Set(situation.installedPackages.filter { $0.step >= first.index }.map(\.name))
    let names = (plan.values["packages"] ?? "").split(separator: " ").map(String.init)
    if names.contains(where: installed.contains) { return first.instruction }
    if lacksCertificates, let setup = setups.first(where: { $0.instruction.text.contains("https:") }) {
      return setup.instruction
    }
    var placed: Set<Int> = []
    for line in plan.finalLines {
      switch line.origin {
      case .author(let index): placed.insert(index)
      case .edited(let index, _, _):
        placed.insert(index)
        if let setup = setups.first(where: { $0.index == index && $0.has(.packages) }) { return setup.instruction }
      case .made(.run, let text) where PackageManager.allCases.contains { text.hasPrefix($0.installStart) }:
        if let setup = setups.first(where: { !placed.contains($0.index) }) { return setup.instruction }
      case .made: continue
      }
    }
    return nil
  }

  /// Whether the final stage cannot fetch over TLS because the certificates stay behind with the old base.
  private var lacksCertificates: Bool {
    guard let base = situation.base, base.text != plan.runtime else { return false }
    let tool = "update-ca-certificates"
    let isInstalled = finalTrace.steps.contains { step in
      step.effects.contains { $0.packages?.installed.contains("ca-certificates") ?? false }
    }
    return SystemCommands.programs(of: base.variant).contains(tool) && !isInstalled
      && !SystemCommands.programs(of: base.variant(of: plan.runtime)).contains(tool)
  }

  /// The first RUN of the final stage that reads the system's time zones where nothing brings them: Alpine's images hold
  /// none, with the exception of those for Java.
  private var missingZones: Instruction? {
    guard situation.base?.packageManager == .apt,
      let base = Catalogue.builtin.resolve(plan.runtime), base.packageManager == .apk, base.family.language != "java",
      !finalTrace.steps.contains(where: { step in
        step.effects.flatMap(\.flattened).contains { $0.packages?.installed.contains("tzdata") == true }
      }), !plan.installs.contains("tzdata")
    else { return nil }
    return finalTrace.steps.first { $0.keyword == .run && $0.readsZones }?.instruction
  }

  /// The walk through the final stage as it will be built.
  private var finalTrace: Trace {
    let text = (["FROM \(plan.runtime)"] + finalLines.map(\.text)).joined(separator: "\n")
    return Trace(
      of: Dockerfile(parsing: text), base: Catalogue.builtin.resolve(plan.runtime) ?? situation.base,
      globals: situation.file.globalArguments, reader: situation.reader, listing: situation.listing, table: .builtin)
  }
}
