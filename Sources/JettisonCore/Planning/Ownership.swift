import ContextFiles
import DockerfileSyntax
import ShellSyntax

extension Situation {
  /// The user, and group where it is written, to whom everything at a path belongs behind a step; nil for root, or where
  /// several users own it, so that every file has to keep its own.
  func owner(of path: String, upTo index: Int) -> String? {
    var owners: [String?] = []
    for step in trace.steps where step.index <= index {
      if let copied = step.copied, copied.targets.contains(where: { ContextPath.isWithin($0, path) }) {
        owners.append(copied.owner)
      }
      for effect in step.effects.flatMap(\.flattened) {
        let isTool = effect.role == .projectTool || effect.isInstall
        let writesHere = effect.writes.contains { written in
          ContextPath.isWithin(written, path) || isTool && ContextPath.isWithin(path, written)
        }
        if effect.program == "chown" {
          let words = effect.command?.words.dropFirst().compactMap(\.literal) ?? []
          let isRecursive = words.contains { $0.hasPrefix("-") && $0.contains("R") || $0 == "--recursive" }
          if isRecursive, effect.writes.contains(where: { ContextPath.isWithin(path, $0) }) {
            owners = [words.first { !$0.hasPrefix("-") }]
          }
        } else if writesHere, !["chmod", "rm"].contains(effect.program) {
          owners.append(step.before.user.map(qualified))
        }
      }
    }
    let names = Set(owners.map { ($0 ?? "root").split(separator: ":").first.map(String.init) ?? "root" })
    guard names.count == 1, let name = names.first, name != "root", name != "0" else { return nil }
    // A COPY needs the name to be known where it stands.
    let isKnown =
      name.allSatisfy(\.isNumber) || base?.family.users?.contains(name) == true
      || trace.steps.contains { step in
        step.index < index && step.effects.contains { $0.users.contains { $0.name == name && !$0.isGroup } }
      }
    guard isKnown else { return nil }
    return owners.compactMap { $0 }.max { $0.count < $1.count }
  }

  /// The home folder of the user in force at a step; nil when it cannot be told.
  func homeFolder(at step: Step) -> String? {
    if let home = step.before.environment["HOME"] { return step.before.path(home) }
    let user = step.before.user?.split(separator: ":").first.map(String.init) ?? "root"
    if user == "root" || user == "0" { return "/root" }
    for made in trace.steps where made.index < step.index {
      for effect in made.effects {
        guard let change = effect.users.first(where: { !$0.isGroup && ($0.name == user || $0.id == user) }) else {
          continue
        }
        return change.home ?? "/home/\(change.name)"
      }
    }
    return base?.family.users?.contains(user) == true ? "/home/\(user)" : nil
  }

  /// A user with the group of the same name, for users that the base image makes so.
  private func qualified(_ user: String) -> String {
    base?.family.users?.contains(user) == true ? "\(user):\(user)" : user
  }
}
