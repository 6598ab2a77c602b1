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
    bringCopies(of: step)
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
}
