import ContextFiles
import DockerfileSyntax
import ShellSyntax

extension Situation {
  /// The user, and group where it is written, to whom everything at a path of the builder belongs; nil for root, or where
  /// several users own it, so that every file has to keep its own.
  func owner(of path: String) -> String? {
    var owners: [String?] = []
    for step in trace.steps {
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
    guard names.count == 1, names != ["root"], names != ["0"] else { return nil }
    return owners.compactMap { $0 }.max { $0.count < $1.count }
  }

  /// A user with the group of the same name, for users that the base image makes so.
  private func qualified(_ user: String) -> String {
    base?.family.users?.contains(user) == true ? "\(user):\(user)" : user
  }
}
