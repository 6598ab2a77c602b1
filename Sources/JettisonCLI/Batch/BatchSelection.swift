import ContextFiles
import JettisonCore

/// Which Dockerfiles of a repository a batch answers for; the others still count as users of their contexts.
struct BatchSelection: Sendable {
  /// A part of a batch: the units whose number leaves this remainder.
  struct Shard: Sendable, Hashable {
    /// From 1 to ``count``.
    var index: Int
    var count: Int

    /// Reads `2/4`; nil for anything that is no part of a whole.
    init?(_ text: String) {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let index = parts[0], let count = parts[1], index >= 1, index <= count else { return nil }
      (self.index, self.count) = (index, count)
    }

    func holds(_ unit: Int) -> Bool { unit % count == index - 1 }
  }

  /// Patterns of paths that alone are looked at; none means all.
  var included: GitIgnore?
  /// Patterns of paths that are left out.
  var excluded = GitIgnore(patterns: [])
  /// The part that is done.
  var shard: Shard?

  /// Whether a Dockerfile is asked for, in whichever shard.
  func asksFor(_ path: String) -> Bool { included?.hides(path) ?? true && !excluded.hides(path) }

  /// Whether troubles that belong to no Dockerfile are told here, so that they are told once.
  var tellsOfRepository: Bool { shard.map { $0.index == 1 } ?? true }

  /// The number of the unit that each Dockerfile belongs to, for those asked for.
  ///
  /// - Parameters:
  ///   - groups: the Dockerfiles that share contexts.
  ///   - others: those that could not be read, each on its own.
  func units(_ groups: [[String]], others: [String]) -> [String: Int] {
    let all = (groups + others.map { [$0] }).map { $0.filter(asksFor) }.filter { !$0.isEmpty }
    var units: [String: Int] = [:]
    for (number, unit) in all.sorted(by: { bytewise($0[0], $1[0]) }).enumerated() {
      for path in unit { units[path] = number }
    }
    return units
  }
}
