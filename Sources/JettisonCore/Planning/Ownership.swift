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

  /// A user with its group: the one that the author gives files to together with the user, the one that the user is made
  /// with, or the one of the same name for users that the base image makes so.
  ///
  /// Older builders take a user without a group for one with a group of the same name.
  private func qualified(_ user: String) -> String {
    guard !user.contains(":") else { return user }
    if base?.family.users?.contains(user) == true { return "\(user):\(user)" }
    let owners = trace.steps.flatMap { step -> [String] in
      let changed = step.effects.flatMap(\.flattened).filter { $0.program == "chown" }.flatMap { effect in
        effect.command?.words.compactMap(\.literal) ?? []
      }
      return [step.copied?.owner].compactMap { $0 } + changed
    }
    if let written = owners.first(where: { $0.hasPrefix(user + ":") && $0.count > user.count + 1 }) { return written }
    for effect in trace.steps.flatMap(\.effects) where effect.users.contains(where: { $0.name == user && !$0.isGroup })
    {
      let options = effect.program == "useradd" ? ["-g", "--gid"] : ["-G", "--ingroup", "--gid"]
      let words = effect.command?.words.map { $0.literal ?? "" } ?? []
      if let mark = words.firstIndex(where: options.contains), mark + 1 < words.count, !words[mark + 1].isEmpty {
        return "\(user):\(words[mark + 1])"
      }
    }
    return user
  }
}
