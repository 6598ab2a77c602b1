import ContextFiles
import JettisonCore
import Verification

/// Lets an engine try the rewrites of a batch before they are written.
struct BatchVerification: Sendable {
  /// The batch's root, absolute.
  var root: String
  /// The engine that is asked for.
  var request: EngineRequest
  /// How patiently.
  var options: VerificationOptions

  /// Verifies every rewrite in each of its contexts, one after the other: an engine builds with all cores.
  ///
  /// - Returns: the entries, with those that do not pass turned into failures.
  /// - Throws: what is wrong with the engine itself; a base image that cannot be pulled only concerns its Dockerfile.
  func verify(_ entries: [BatchEntry]) throws -> [BatchEntry] {
    // Several Dockerfiles may share an ignore file: each is tried with the whole of what would be written.
    var plans: [String: [IgnorePlan]] = [:]
    for entry in entries { for (path, plan) in entry.ignorePlans { plans[path, default: []].append(plan) } }
    let ignoreFiles = plans.reduce(into: [String: [UInt8]]()) { files, item in
      files[item.key] = IgnorePlan.union(item.value, current: try? Disk.read(root + "/" + item.key).get())?.bytes
    }
    return try Interruption.run { [ignoreFiles] in
      let engine = try await Engine.find(request)
      Output.note(engine.announcement)
      var verified: [BatchEntry] = []
      for entry in entries {
        verified.append(entry.changes ? try await verify(entry, engine, ignoreFiles) : entry)
      }
      return verified
    }
  }

  private func verify(_ entry: BatchEntry, _ engine: Engine, _ ignoreFiles: [String: [UInt8]]) async throws
    -> BatchEntry
  {
    var options = options
    options.assumptions = entry.summary.assumptions.compactMap { Assumption(rawValue: $0.id) }
    var entry = entry
    var reports: [VerificationReport] = []
    var complaints: [String] = []
    for context in entry.contexts {
      guard let pair = pair(entry, in: context, ignoreFiles) else { continue }
      let steps = StepLines(prefix: entry.dockerfile + ": ")
      do {
        let result = try await Verifier(engine: engine, options: options, reporter: steps.reporter)
          .verify(pair.old, pair.new)
        reports.append(VerificationReport(entry.dockerfile, result))
        complaints += result.problems.map { ([$0.message] + $0.causes).joined(separator: ": ") }
      } catch let trouble as Trouble where ["no-base", "no-frontend"].contains(trouble.id) {
        complaints.append("\(trouble.message): \(trouble.log ?? "")")
      }
    }
    if !complaints.isEmpty {
      entry = .failed(
        entry.dockerfile, contexts: entry.contexts,
        "its rewrite was not verified: \(complaints.joined(separator: "; "))")
    }
    entry.verifications = reports
    return entry
  }

  private func pair(_ entry: BatchEntry, in context: BuildContext, _ ignoreFiles: [String: [UInt8]]) -> RecipePair? {
    guard let rewritten = entry.rewritten else { return nil }
    let beside = entry.dockerfile + ".dockerignore"
    let own = try? Disk.read(root + "/" + beside).get()
    let folder = context.path == "." ? root : root + "/" + context.path
    return RecipePair(
      old: Recipe(name: "the original", dockerfile: entry.original, ignoreFile: own, context: folder),
      new: Recipe(
        name: "the rewritten Dockerfile", dockerfile: rewritten,
        ignoreFile: ignoreFiles[beside]
          ?? (own == nil ? ignoreFiles[ContextPath.join(context.path, ".dockerignore")] : own),
        context: folder))
  }
}
