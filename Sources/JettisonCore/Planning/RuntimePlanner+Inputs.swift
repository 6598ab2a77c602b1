import ContextFiles

extension RuntimePlanner {
  // MARK: RUN lines on files of the builder

  /// Whether a step reads files, or calls programs, that only the builder has.
  func lacksInput(_ step: Step) -> Bool { step.effects.contains { lacksInput($0, step) } }

  private func lacksInput(_ effect: CommandEffect, _ step: Step) -> Bool {
    // What is removed need not be there.
    guard effect.role == .files, !["rm", "rmdir"].contains(effect.program) else { return false }
    if !SystemCommands.called(by: effect).isDisjoint(with: lostPrograms) { return true }
    // An owner or mode can be changed wherever there is anything at the path.
    let changesInPlace = ["chown", "chgrp", "chmod"].contains(effect.program)
    return effect.reads.contains { path in
      isOnlyInBuilder(path) && !(changesInPlace && isAnythingInFinal(path, before: step))
    }
  }

  /// Whether the builder's lines so far brought a path, or something below it, that the final stage does not have.
  private func isOnlyInBuilder(_ path: String) -> Bool {
    if travels.contains(where: { ContextPath.isWithin(path, $0) }) { return false }
    let inBuilder = Set(builder.compactMap(\.authorIndex))
    let inFinal = Set(final.compactMap(\.authorIndex))
    let entries = situation.trace.map.entries.filter { entry in
      ContextPath.isWithin(path, entry.image) || ContextPath.isWithin(entry.image, path)
    }
    if entries.contains(where: { inFinal.contains($0.instruction) && ContextPath.isWithin(path, $0.image) }) {
      return false
    }
    // A context that is copied into / brings only what it lists; the rest there is the system's.
    let isListed = situation.trace.map.contextPath(of: path, in: situation.listing) != nil
    return entries.contains { entry in
      inBuilder.contains(entry.instruction) && !inFinal.contains(entry.instruction) && (entry.image != "/" || isListed)
    }
  }

  private func isAnythingInFinal(_ path: String, before step: Step) -> Bool {
    if ContextPath.isWithin(step.before.directory, path) || travels.contains(where: { ContextPath.isWithin($0, path) })
    {
      return true
    }
    let inFinal = Set(final.compactMap(\.authorIndex))
    return situation.trace.steps.contains { earlier in
      inFinal.contains(earlier.index) && earlier.writes.contains { ContextPath.isWithin($0, path) }
    }
  }

  /// Leaves a step on the builder's files in the builder; what it writes travels, and users and owners are made again.
  mutating func placeOnBuilderFiles(_ step: Step) throws(Refusal) {
    let onBuilderFiles = step.effects.filter { lacksInput($0, step) }
    inBuilder(step, "it works on what only the builder has")
    self.onBuilderFiles.insert(step.index)
    for effect in onBuilderFiles {
      // A link is of no use without what it leads to.
      for path in effect.program == "ln" ? effect.reads : effect.results where !isCovered(path, by: step) {
        guard !Self.isShared(path) else {
          throw Refusal(
            .copySource, "'\(step.instruction.firstLine)' puts files of the builder into '\(path)' among others",
            at: step)
        }
        travel(
          path, "line \(step.line) makes it of the builder's files",
          owner: dependencies.owner(of: path, upTo: step.index))
      }
    }
    try addPackages(of: step)
    let again = step.effects.filter { effect in
      switch effect.role {
      case .users: true
      case .files where ["chown", "chgrp"].contains(effect.program):
        isAnythingInFinal(effect.writes.first ?? "/", before: step)
      case .files where effect.program == "ln" || !lacksInput(effect, step):
        effect.writes.contains { !isCovered($0, by: step) }
      default: false
      }
    }
    if !again.isEmpty { try replay(step, again) }
  }

  /// Whether a folder belongs to the system, so that it cannot be copied over another one.
  private static func isShared(_ path: String) -> Bool {
    let system = [
      "/usr/local/bin", "/usr/local/lib", "/usr/local/share", "/usr/bin", "/usr/lib", "/usr/share", "/etc", "/var/lib",
      "/opt", "/home", "/root", "/srv", "/bin", "/sbin", "/lib", "/tmp", "/mnt", "/media",
    ]
    return system.contains { ContextPath.isWithin($0, path) }
  }
}
