import ContextFiles
import DockerfileSyntax

// Packages that come from elsewhere than the distribution's own archive.
extension Step {
  /// Whether it adds a source of packages, or the key of one, or may do so unseen.
  var addsPackageSource: Bool {
    let places = [
      "/etc/apt/sources.list", "/etc/apt/sources.list.d", "/etc/apt/trusted.gpg", "/etc/apt/trusted.gpg.d",
      "/etc/apt/keyrings", "/usr/share/keyrings", "/etc/apk/repositories", "/etc/apk/keys", "/etc/yum.repos.d",
    ]
    return effects.flatMap(\.flattened).contains { effect in
      // Another mirror holds the same packages.
      if effect.program == "sed" { return false }
      return effect.role == .installer && !installsToolsOnly
        || effect.writes.contains { write in places.contains { ContextPath.isWithin(write, $0) } }
    }
  }

  /// Whether an installer is one of those that bring a tool of their own and leave the system's packages alone.
  private var installsToolsOnly: Bool {
    [
      "rustup", "poetry", "nvm", "deno.land", "bun.sh", "bun.com", "astral.sh", "volta", "sdkman", "get-pip", "pyenv",
      "golangci", "pnpm", "yarnpkg.com/install", "npmjs.com/install", "composer", "goreleaser", "buf.build",
    ].contains { instruction.text.contains($0) }
  }
}

extension RuntimePlanner {
  /// Does a step again in the final stage whose package source some packages there come from.
  ///
  /// - Returns: whether the step was placed.
  mutating func placeWithSources(_ step: Step) throws(Refusal) -> Bool {
    let kept = needs.kept[step.index] ?? []
    let isUsed = needs.kept.contains { $0.key >= step.index && !$0.value.isEmpty }
    guard step.addsPackageSource, isUsed else { return false }
    let installed = step.effects.compactMap(\.packages).flatMap(\.installed)
    let isRepeatable = step.effects.allSatisfy { effect in
      [.packages, .files, .inert, .cleanup, .download, .installer, .configuration].contains(effect.role)
    }
    guard isRepeatable, installed.allSatisfy(kept.contains) else {
      throw Refusal(
        .opaqueEffects,
        "'\(step.instruction.firstLine)' adds a source of packages and does more that the final stage cannot repeat: split the line",
        at: step)
    }
    if step.index < lastBuilder { inBuilder(step, "the build may need the packages of its source") }
    inFinal(step, "packages of the final stage come from the source it adds")
    installs += installed
    let called = step.effects.flatMap(\.flattened).reduce(into: Set<String>()) {
      $0.formUnion(SystemCommands.called(by: $1))
    }
    guard let base = situation.base, let manager = base.packageManager else { return true }
    for program in called.intersection(lostPrograms).sorted() {
      guard let package = SystemPackages.package(bringing: program, manager: manager) else { continue }
      needs.addLost(package, because: "line \(step.line) of the final stage calls '\(program)'")
    }
    let fetches = !called.isDisjoint(with: ["curl", "wget"])
    if fetches, manager == .apt, !base.variant(of: runtime).files.contains(ArtefactPlanner.certificates) {
      needs.addLost("ca-certificates", because: "line \(step.line) of the final stage fetches a source of packages")
    }
    return true
  }
}

extension ArtefactPlanner {
  /// The options with which the author installs what the final stage installs again.
  func installFlags() throws(Refusal) -> [String] {
    let sourced = situation.installedPackages.first { package in
      packages.contains(package.name)
        && situation.trace.steps.contains { $0.index <= package.step && $0.addsPackageSource }
    }
    if let sourced {
      throw Refusal(.opaqueEffects, "the package '\(sourced.name)' may come from a source that a step adds")
    }
    let changes = situation.trace.steps.flatMap(\.packageChanges).filter {
      !Set($0.installed).isDisjoint(with: packages)
    }
    let flags = Set(changes.map(\.flags))
    if flags.count == 1, let only = flags.first { return only }
    guard flags.allSatisfy({ $0.allSatisfy { $0.hasPrefix("--no-install-") } }) else {
      throw Refusal(.opaqueEffects, "packages that the program needs are installed with different options")
    }
    return base.manager == .apt && flags.isEmpty ? ["--no-install-recommends"] : []
  }

  mutating func addRemainingPackages() throws(Refusal) {
    for name in needs.packages where !moved.contains(name) { packages.append(name) }
    guard let manager = base.manager else {
      guard let name = packages.first else { return }
      throw Refusal(
        .noRuntimeVariant, "the package '\(name)' has to be in the final image, whose packages are not known")
    }
    for name in needs.programs {
      let builtIn =
        SystemCommands.builtins.contains(name) || SystemCommands.common.contains(name)
        || (manager == .apk ? SystemCommands.busybox.contains(name) : SystemCommands.debian.contains(name))
      if builtIn || base.programs.contains(name) { continue }
      guard let package = SystemPackages.package(bringing: name, manager: manager) else { continue }
      if packages.contains(package) || moved.contains(package) { continue }
      packages.append(package)
      findings.append(
        Finding(
          id: .packageOfLostBase, severity: .note,
          message:
            "the final image installs '\(package)', which the old base held, because '\(name)' is called at run time"))
    }
  }
}
