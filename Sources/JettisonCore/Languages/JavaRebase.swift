import ContextFiles
import DockerfileSyntax
import Projects

/// Puts the runtime image in the place of a JDK under a program that is copied from the context.
struct JavaRebase: StageSplit {
  let situation: Situation

  init(_ situation: Situation) { self.situation = situation }

  func plan() throws(Refusal) -> StagePlan {
    guard let base = situation.base, base.family.language == "java" else {
      throw Refusal.besideThePoint(.noRuntimeVariant, "'\(situation.from.image)' is no image of Java")
    }
    let steps = situation.trace.steps
    if steps.contains(where: { $0.effects.flatMap(\.flattened).contains { $0.java != nil && $0.role != .inert } }) {
      throw Refusal.besideThePoint(.nothingToGain, "the file builds its program, so another base alone is not enough")
    }
    if base.isJavaRuntime {
      throw Refusal(.prebuiltArtefact, "no line builds a Java program, and '\(base.text)' holds no JDK to leave behind")
    }
    let allowed: Set<CommandEffect.Role> = [.inert, .cleanup, .files, .users, .packages, .download]
    if let step = steps.first(where: { $0.effects.contains { !allowed.contains($0.role) } }) {
      throw Refusal(.opaqueEffects, "it cannot be told what '\(step.instruction.firstLine)' needs of the JDK", at: step)
    }
    let reach = JavaReach(situation, folders: ["/"])
    if let reason = reach.toolchainReason(situation.roots) { throw Refusal(.startNeedsToolchain, reason) }
    let start = JavaStart(situation)
    if let source = start.source {
      throw Refusal(.startNeedsToolchain, "'\(source)' is compiled when the container starts")
    }
    let image = try JavaFinalImage(situation, base: base)
    let runtime = try image.runtime()
    try checkPrograms(base, image.resolved(runtime))
    return StagePlan.rebase(situation, language: "java", runtime: runtime, assumptions: [.execLiterals, .tagPair])
  }

  /// What RUN lines and the start call has to be in the runtime image too.
  private func checkPrograms(_ base: BaseImage, _ runtime: BaseImage?) throws(Refusal) {
    let lost = Set(base.variant.programs).subtracting(runtime?.variant.programs ?? [])
    let called = situation.trace.steps.flatMap { $0.effects.flatMap(\.flattened).map(\.program) }
    let started = situation.roots.programs.map(ContextPath.lastComponent)
    let installed = situation.installedPackages.flatMap { SystemPackages.programs(of: $0.name) }
    for name in called + started where lost.union(JavaTools.names).contains(name) && !installed.contains(name) {
      throw Refusal(.missingAtRunTime, "'\(name)' is called, and the image without the tool chain does not have it")
    }
  }
}
