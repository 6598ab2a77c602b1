import DockerfileSyntax
import ShellSyntax

// What an image has from its base: entrypoint, volumes, users.
extension Contract {
  /// What the old base starts and keeps, and the new one's: the same, or the tool chain's own business.
  func sameInheritance(from old: BaseImage?, to new: BaseImage?, own: Configuration) -> Verdict {
    let entrypoints = [old?.family.entrypoint, new?.family.entrypoint]
    if own.values["Entrypoint"] == nil, entrypoints[0] != entrypoints[1],
      let other = entrypoints.compactMap({ $0 }).first(where: { $0.toolchain != true })
    {
      return .fails("the base's entrypoint '\(other.words.joined(separator: " "))' would change")
    }
    let volumes = Set((old?.family.volumes ?? []).filter { $0.toolchain != true }.map(\.path))
    let kept = own.volumes.union((new?.family.volumes ?? []).map(\.path))
    if let lost = volumes.subtracting(kept).min() { return .fails("the base's volume '\(lost)' would be lost") }
    return .holds
  }

  /// A user or group that lines of the final stage give files to, and that only the old base has.
  var missingOwner: String? {
    let new = situation.image(plan.runtime)
    guard let old = situation.base, let new, new.family.name != old.family.name else { return nil }
    let finalIndices = Set(plan.finalLines.compactMap(\.authorIndex))
    let made = plan.finalLines.compactMap { line in
      if case .made(.run, let text) = line.origin { text } else { nil }
    }.joined(separator: " ")
    let users = situation.trace.steps.filter { finalIndices.contains($0.index) }.flatMap { step in
      step.effects.flatMap(\.users).map(\.name)
    }
    var owners: [String] = finalLines.compactMap { Copy($0)?.owner }
    for step in situation.trace.steps where finalIndices.contains(step.index) {
      for effect in step.effects where effect.program == "chown" || effect.program == "chgrp" {
        owners +=
          effect.command?.words.dropFirst().first { $0.literal?.hasPrefix("-") != true }?.literal.map { [$0] } ?? []
      }
    }
    let names = owners.flatMap { $0.split(separator: ":").map(String.init) }
    return names.first { name in
      !name.allSatisfy(\.isNumber) && !name.contains("$") && !Self.systemUsers.contains(name) && !users.contains(name)
        && !made.contains(name)
    }
  }

  /// Users and groups that Debian, Ubuntu and Alpine have alike.
  private static let systemUsers: Set<String> = [
    "root", "daemon", "bin", "sys", "adm", "tty", "disk", "lp", "mail", "news", "uucp", "man", "proxy", "games",
    "nobody",
    "nogroup", "www-data", "users", "staff", "audio", "video",
  ]
}
