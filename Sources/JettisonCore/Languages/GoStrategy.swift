import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// Splits a Go image: the program and what it reads go to a small base, everything else stays in the builder.
struct GoStrategy: StageSplit {
  enum Target: String {
    case scratch, alpine, debian, distroless
  }

  /// The variables Go's tools read.
  static let goVariables: Set<String> = [
    "GOOS", "GOARCH", "GOARM", "GOAMD64", "GOPATH", "GOROOT", "GOBIN", "GOCACHE", "GOMODCACHE", "GOFLAGS", "GOPROXY",
    "GONOSUMDB", "GONOPROXY",
    "GOPRIVATE", "GOSUMDB", "GOINSECURE", "GO111MODULE", "GOTOOLCHAIN", "GOEXPERIMENT", "GOWORK", "CGO_ENABLED",
    "CGO_CFLAGS", "CGO_LDFLAGS", "CC", "CXX", "PKG_CONFIG_PATH",
    "PATH", "HOME", "http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "TARGETOS",
    "TARGETARCH", "SSH_AUTH_SOCK", "GIT_SSH_COMMAND",
  ]

  let situation: Situation
  let target: Target
  let flow: Flow

  init(_ situation: Situation, target: Target) {
    self.situation = situation
    self.target = target
    flow = Flow(situation: situation)
  }

  func plan() throws(Refusal) -> StagePlan {
    guard let base = situation.base else { throw Refusal(.unknownBase) }
    let program = try GoProgram(situation)
    let needs = try GoNeeds(situation, program: program)
    let runtime = try runtimeImage(base, program: program, needs: needs)
    let final = FinalBase(
      text: runtime, template: "go/\(target.rawValue)", rung: target == .scratch ? .staticArtefact : .artefact,
      manager: target == .alpine ? .apk : target == .debian ? .apt : nil,
      isEmpty: target == .scratch || target == .distroless,
      lacksCertificates: target != .distroless || changesCertificates)
    var planner = ArtefactPlanner(
      situation: situation, language: "go", base: final, program: program, needs: needs.needs)
    var plan = try planner.plan()
    if buildsForTarget(program), !runsCommands(plan) { plan.leavesPlatform = true }
    return plan
  }

  /// Whether the builder runs on the machine that builds, and compiles every program for the one it is meant for.
  private func buildsForTarget(_ program: GoProgram) -> Bool {
    guard let platform = situation.from.platform,
      Expansion.variables(in: platform, escape: situation.file.escape) == ["BUILDPLATFORM"]
    else { return false }
    return program.builds.allSatisfy { build in
      let commands = [build.effect.command, build.outer].compactMap { $0 }
      let assigned = commands.flatMap(\.assignments).filter { $0.name == "GOARCH" }.map(\.value)
      let exported = commands.flatMap(\.words).filter { $0.parts.first == .literal("GOARCH=") }
      if (assigned + exported).contains(where: { $0.variables.contains("TARGETARCH") }) { return true }
      return situation.trace.steps.contains { step in
        step.index < build.step && step.keyword == .env
          && step.instruction.pairs.contains { $0.key == "GOARCH" && $0.value.contains("TARGETARCH") }
      }
    }
  }

  /// Whether the final stage runs commands, which on another platform's image would need an emulator.
  private func runsCommands(_ plan: StagePlan) -> Bool {
    !plan.installs.isEmpty
      || plan.finalLines.contains { line in
        switch line.origin {
        case .made(let keyword, _): keyword == .run
        case .author(let index), .edited(let index, _, _): situation.file.instructions[index].keyword == .run
        }
      }
  }

  /// The final base, or why this target does not hold.
  private func runtimeImage(_ base: BaseImage, program: GoProgram, needs go: GoNeeds) throws(Refusal) -> String {
    let needs = go.needs
    switch target {
    case .scratch:
      guard program.isStatic else {
        throw Refusal(.sameLibc, "the binary is linked to a C library: \(program.nativeReason ?? "cgo is on")")
      }
      if let reason = go.reasonAgainstScratch { throw Refusal(.missingAtRunTime, reason) }
      return "scratch"
    case .alpine:
      guard program.isStatic || base.libc == .musl else {
        throw Refusal(.sameLibc, "the binary is linked to glibc: \(program.nativeReason ?? "cgo is on")")
      }
      if base.libc != .musl {
        if let package = needs.packages.first { throw Refusal(.sameLibc, "the package '\(package)' comes from Debian") }
        if let download = needs.downloads.first { throw Refusal(.sameLibc, "'\(download)' may be linked to glibc") }
      }
      if let missing = needs.programs.first(where: { !isOnAlpine($0) }) {
        throw Refusal(.missingAtRunTime, "no package of Alpine is known to bring '\(missing)'")
      }
      if base.family.name == "alpine",
        !base.releases.isEmpty || !program.isStatic || !needs.packages.isEmpty
      {
        return situation.from.image
      }
      if base.libc == .musl, let release = base.releases.first {
        return try situation.reference(of: "alpine:\(release)")
      }
      return try situation.reference(of: Template.builtin("go/alpine")?.metadata["runtime"] ?? "alpine:3.22")
    case .distroless: return try distroless(base, program: program, needs: go)
    case .debian:
      guard base.libc == .glibc else {
        throw Refusal.besideThePoint(.sameLibc, "the builder's programs are linked to musl")
      }
      if let missing = needs.programs.first(where: { !isOnDebian($0) }) {
        throw Refusal(.missingAtRunTime, "no package of Debian is known to bring '\(missing)'")
      }
      guard let release = base.releases.last else {
        throw Refusal(
          .sameLibc, "the tag '\(base.reference.tag ?? "latest")' names no release whose slim image could be taken")
      }
      if base.releases.count > 1, !needs.packages.isEmpty || !needs.downloads.isEmpty {
        throw Refusal(
          .sameLibc,
          "the tag '\(base.reference.tag ?? "latest")' may stand for \(base.releases.joined(separator: " or "))")
      }
      return base.family.name == "ubuntu"
        ? situation.from.image : try situation.reference(of: "debian:\(release)-slim")
    }
  }

  /// The image without a shell: for a static binary the one without a C library, else that of the builder's release.
  ///
  /// Source: https://github.com/GoogleContainerTools/distroless/blob/main/README.md
  private func distroless(_ base: BaseImage, program: GoProgram, needs: GoNeeds) throws(Refusal) -> String {
    if let reason = needs.reasonAgainstScratch { throw Refusal(.missingAtRunTime, reason) }
    if program.isStatic { return try situation.reference(of: "gcr.io/distroless/static-debian12") }
    let numbers = ["bullseye": 11, "bookworm": 12, "trixie": 13]
    guard base.releases.count == 1, let number = base.releases.first.flatMap({ numbers[$0] }) else {
      throw Refusal(
        .sameLibc,
        "the binary is linked to a C library, and no distroless image is known to have that of '\(base.text)'")
    }
    return try situation.reference(of: "gcr.io/distroless/cc-debian\(number)")
  }

  /// Whether the author adds to the system's bundle of certificates.
  private var changesCertificates: Bool {
    situation.trace.steps.contains { step in
      step.writes.contains { path in
        ["/etc/ssl", "/usr/local/share/ca-certificates"].contains { ContextPath.isWithin(path, $0) }
      } || step.instruction.text.contains("update-ca-certificates")
    }
  }

  /// Whether one of the author's own packages brings a program.
  private func isInstalled(_ program: String) -> Bool {
    situation.installedPackages.contains { SystemPackages.programs(of: $0.name).contains(program) }
  }

  private func isOnAlpine(_ program: String) -> Bool {
    situation.base?.libc == .musl && isInstalled(program) || SystemCommands.builtins.contains(program)
      || SystemCommands.common.contains(program)
      || SystemCommands.busybox.contains(program)
      || SystemPackages.package(bringing: program, manager: .apk) != nil
  }

  private func isOnDebian(_ program: String) -> Bool {
    isInstalled(program) || SystemCommands.builtins.contains(program) || SystemCommands.common.contains(program)
      || SystemCommands.debian.contains(program)
      || SystemPackages.package(bringing: program, manager: .apt) != nil
  }
}
