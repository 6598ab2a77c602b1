import ContextFiles
import DockerfileSyntax
import JettisonCore

/// What a batch did, or would do, with one Dockerfile; all paths are seen from the batch's root.
struct BatchEntry: Sendable {
  /// The Dockerfile.
  var dockerfile: String
  /// The contexts it is built with.
  var contexts: [BuildContext] = []
  /// The outcome with its reasons and figures.
  var summary: ConversionSummary
  /// The unit it belongs to, counted from 0 over all that the batch looks at, other shards' included.
  var unit = 0
  /// The line of its FROM, of a file that changes.
  var line = 1
  /// The old content, of a file that changes.
  var original: [UInt8] = []
  /// The new content, nil when the file stays as it is.
  var rewritten: [UInt8]?
  /// What is to be added to each ignore file.
  var ignorePlans: [String: IgnorePlan] = [:]
  /// The lines of a file that changes with their reasons, where a report shows them: the author's, then the new ones.
  var explanation: Explanation?

  /// Whether it could not be dealt with.
  var isTrouble: Bool { ["declined", "failed"].contains(summary.outcome) }

  /// What an engine says of the rewrite, in each context; nil where none was asked.
  var verifications: [VerificationReport]?

  /// Whether the file is rewritten.
  var changes: Bool { rewritten != nil }

  /// What is saved, for a rewrite.
  var saving: Int? { changes ? measuredSaving ?? summary.estimate?.saving : nil }

  private var measuredSaving: Int? { verifications?.compactMap(\.saving).min().map(Int.init) }

  /// The entry of a file that could not be read or written.
  static func failed(_ dockerfile: String, contexts: [BuildContext] = [], _ message: String) -> BatchEntry {
    BatchEntry(dockerfile: dockerfile, contexts: contexts, summary: ConversionSummary(failed: message))
  }
}

/// Everything a batch did.
struct BatchResult: Sendable {
  /// One entry per Dockerfile, by the bytes of its path.
  var entries: [BatchEntry]
  /// What is wrong with other files and folders: compose files, unreadable folders, links.
  var problems: [Finding]
}

extension ContextError {
  /// The error in words for a person.
  var message: String {
    switch self {
    case .notFound: "nothing of that name is there any more"
    case .unreadable(let why): why
    }
  }
}

extension Dockerfile {
  /// The line of the first FROM, counted from 1.
  var lineOfFrom: Int { zip(instructions, instructionLines).first { $0.0.keyword == .from }?.1 ?? 1 }
}
