import ContextFiles
import JettisonCore

/// Writes the rewrites of a batch as patches, one for each unit of Dockerfiles that share a context.
struct PatchWriter {
  /// The folder the batch looked through, absolute.
  var root: String
  /// Where the patches go.
  var folder: String

  /// Makes the folder, unless it is there.
  ///
  /// - Parameter isWhole: whether the batch writes all patches, so that others in the folder are of no use.
  func prepare(isWhole: Bool) throws(ToolError) {
    switch Disk.isDirectory(folder) {
    case nil: try Disk.makeDirectory(folder)
    case false?: throw ToolError(path: folder, message: "it is no folder, so no patches go there", id: "no-folder")
    case true?:
      guard case .success(let entries) = Disk.list(folder) else {
        throw ToolError(path: folder, message: "cannot be listed", id: "unreadable")
      }
      if isWhole, let old = entries.map(\.name).filter({ $0.hasSuffix(".patch") }).min(by: bytewise) {
        throw ToolError(
          path: folder, message: "it holds patches already, such as '\(old)': remove them or name another folder",
          id: "not-empty")
      }
    }
  }

  /// Writes the patches.
  ///
  /// - Returns: how many there are.
  func write(_ entries: [BatchEntry]) throws(ToolError) -> Int {
    var units: [Int: [BatchEntry]] = [:]
    for entry in entries where entry.changes { units[entry.unit, default: []].append(entry) }
    let prefix = Disk.repositoryRoot(of: root).flatMap { ContextPath.relative(root, to: $0) } ?? "."
    for (unit, entries) in units.sorted(by: { $0.key < $1.key }) {
      var changes = entries.map { entry in
        UnifiedDiff.Change(path: ContextPath.join(prefix, entry.dockerfile), old: entry.original, new: entry.rewritten)
      }
      var plans: [String: [IgnorePlan]] = [:]
      for entry in entries { for (path, plan) in entry.ignorePlans { plans[path, default: []].append(plan) } }
      for (path, plans) in plans.sorted(by: { bytewise($0.key, $1.key) }) {
        let current = try? Disk.read(root + "/" + path).get()
        guard let bytes = IgnorePlan.union(plans, current: current)?.bytes else { continue }
        changes.append(UnifiedDiff.Change(path: ContextPath.join(prefix, path), old: current, new: bytes))
      }
      let patch = BatchPatch(number: unit + 1, entries: entries, changes: changes, prefix: prefix)
      try Disk.write(Array(patch.text.utf8), to: folder + "/" + patch.name)
    }
    return units.count
  }
}
