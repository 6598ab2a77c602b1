import ContextFiles
import JettisonCore

/// Puts the rewrites of a batch on disk.
struct BatchWriter: Sendable {
  /// The batch's root, absolute.
  var root: String
  /// Whether old files are kept.
  var keepsOld: Bool?
  /// How many threads work.
  var jobs: Int

  /// Writes every ignore file and then every Dockerfile.
  ///
  /// An ignore file hides what none of its users needs, old or new, so every state between is one in which all of them
  /// build. Where one cannot be written its Dockerfiles stay as they are.
  ///
  /// - Returns: the entries, with those that could not be written turned into failures.
  func write(_ entries: [BatchEntry]) -> [BatchEntry] {
    var plans: [String: [IgnorePlan]] = [:]
    for entry in entries { for (path, plan) in entry.ignorePlans { plans[path, default: []].append(plan) } }
    let ignoreFiles = plans.sorted { bytewise($0.key, $1.key) }
    let faults = Workers.map(ignoreFiles, jobs: jobs) { path, plans in
      fault { () throws(ToolError) in
        let current = try? Disk.read(root + "/" + path).get()
        guard let bytes = IgnorePlan.union(plans, current: current)?.bytes else { return }
        try replace(path, with: bytes)
      }
    }
    var faulty: [String: String] = [:]
    for (file, fault) in zip(ignoreFiles, faults) { faulty[file.key] = fault }
    return Workers.map(entries, jobs: jobs) { [faulty] entry in
      guard let bytes = entry.rewritten else { return entry }
      let missing = entry.ignorePlans.keys.sorted(by: bytewise).compactMap { faulty[$0] }.first
      guard let message = missing ?? fault({ () throws(ToolError) in try replace(entry.dockerfile, with: bytes) })
      else { return entry }
      return .failed(entry.dockerfile, contexts: entry.contexts, message)
    }
  }

  private func replace(_ path: String, with bytes: [UInt8]) throws(ToolError) {
    try Replacement(path: root + "/" + path, bytes: bytes).write(keepingOld: keepsOld)
  }

  private func fault(_ body: () throws(ToolError) -> Void) -> String? {
    do throws(ToolError) {
      try body()
      return nil
    } catch {
      return "\(error.path.flatMap { ContextPath.relative($0, to: root) } ?? root): \(error.message)"
    }
  }
}
