import ContextFiles

extension ArtefactPlanner {
  // MARK: What a build leaves

  /// What a RUN that stays in the builder leaves for the final image.
  mutating func placeLeftovers(_ step: Step) throws(Refusal) {
    for effect in step.effects where effect.role == .download {
      for path in effect.writes where needs.downloads.contains(path) || needs.produced.contains(path) {
        travel(path, "line \(step.line) downloads it, and something may call it at run time")
      }
    }
    for path in step.effects.flatMap(\.redirected) where needs.produced.contains(path) {
      travel(path, "line \(step.line) writes it, and the program may read it")
    }
    bringCopies(of: step)
    try placeNestedLeftovers(step)
    let relevant = step.effects.filter { isRelevant($0, in: step) }
    if !relevant.isEmpty { try replay(step, relevant) }
  }

  /// Brings the folders that a RUN copies into a folder of the image and the program names.
  mutating func bringCopies(of step: Step) {
    for effect in step.effects where effect.role == .files && ["cp", "mv"].contains(effect.program) {
      guard let target = effect.writes.first else { continue }
      for path in needs.produced
      where ContextPath.isWithin(path, target)
        && effect.reads.contains(where: {
          ContextPath.lastComponent($0) == ContextPath.lastComponent(path) || path == target
        })
      {
        travel(path, "line \(step.line) copies it there, and the program may read it")
      }
    }
  }

  /// Brings what a script or recipe that a RUN starts puts outside the folders of the build.
  private mutating func placeNestedLeftovers(_ step: Step) throws(Refusal) {
    let carries = ["cp", "mv", "mkdir", "tar", "unzip", "install", "touch", "sed", "chmod", "rm", ""]
    for effect in step.effects.flatMap(\.nested) where isRelevant(effect, in: step) {
      let isNamed = effect.results.contains { path in
        needs.names.contains { ContextPath.isWithin($0, path) || ContextPath.isWithin(path, $0) && $0 != "/" }
          || needs.produced.contains { ContextPath.isWithin($0, path) } || situation.roots.text.contains(path)
      }
      guard isNamed || effect.users.contains(where: { $0.name == needs.userName }) else { continue }
      guard effect.role == .files, carries.contains(effect.program) || !effect.redirected.isEmpty,
        !effect.isConditional
      else {
        throw Refusal(
          .opaqueEffects, "what '\(step.instruction.firstLine)' starts changes files or users of the final image",
          at: step)
      }
      for path in effect.results where effect.program != "rm" {
        travel(path, "line \(step.line) makes it, and the program may use it")
      }
    }
  }
}
