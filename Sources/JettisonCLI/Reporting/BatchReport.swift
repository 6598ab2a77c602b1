import JettisonCore
import Projects

/// A batch as JSON, in a versioned shape: new keys may come within a version, none goes or changes its meaning.
///
///     {
///       "version": 1,
///       "root": "services",              as it was given; all other paths are seen from there
///       "written": false,                whether files were changed, or only would be
///       "dockerfiles": [{                one per Dockerfile, by the bytes of its path
///         "dockerfile": "api/Dockerfile",
///         "contexts": [{"path": "api", "origin": "compose", "file": "compose.yaml"}],
///                                        origin: compose, bake, skaffold, github or gitlab (in file), copy (inferred),
///                                        folder (the Dockerfile's)
///         "changes": true,               whether the file is, or would be, rewritten
///         "ignoreFiles": ["api/.dockerignore"],
///         "verifications": [{…}],        with --verify, one per context, as in `jettison verify --format json`
///         "outcome": "rewritten",        rewritten, rebased, unchanged, declined or failed
///         …                              rung, reason, message, location, advice, language, finalBase, findings, assumptions, estimate
///                                        as in `jettison diff --format json`
///       }],
///       "problems": [{"id": …, "severity": …, "message": …, "file": …, "line": …}],
///                                        about compose files, folders and links
///       "totals": {
///         "dockerfiles": 1, "outcomes": {"rewritten": 1}, "reasons": {}, "origins": {"compose": 1},
///         "estimate": {"before": 915000000, "after": 15000000, "saving": 900000000}
///       }
///     }
struct BatchReport: Encodable {
  /// A context and how it is known.
  struct ContextRow: Encodable {
    var path: String
    var origin: String
    var file: String?
  }

  /// One Dockerfile.
  struct Row: Encodable {
    let entry: BatchEntry

    private enum CodingKeys: String, CodingKey {
      case dockerfile, contexts, changes, ignoreFiles, verifications
    }

    func encode(to encoder: any Encoder) throws {
      try entry.summary.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(entry.dockerfile, forKey: .dockerfile)
      try container.encode(entry.contexts.map(ContextRow.init), forKey: .contexts)
      try container.encode(entry.changes, forKey: .changes)
      try container.encode(entry.ignorePlans.keys.sorted(by: bytewise), forKey: .ignoreFiles)
      try container.encodeIfPresent(entry.verifications, forKey: .verifications)
    }
  }

  /// The sums.
  struct Totals: Encodable {
    struct Sizes: Encodable {
      var before: Int
      var after: Int
      var saving: Int
    }

    var dockerfiles: Int
    var outcomes: [String: Int]
    var reasons: [String: Int]
    var origins: [String: Int]
    var estimate: Sizes

    init(_ entries: [BatchEntry]) {
      dockerfiles = entries.count
      outcomes = Self.counted(entries.map(\.summary.outcome))
      reasons = Self.counted(entries.compactMap(\.summary.reason))
      origins = Self.counted(entries.flatMap(\.contexts).map { ContextRow($0).origin })
      let estimates = entries.filter(\.changes).compactMap(\.summary.estimate)
      estimate = Sizes(
        before: estimates.reduce(0) { $0 + $1.before }, after: estimates.reduce(0) { $0 + $1.after },
        saving: estimates.reduce(0) { $0 + $1.saving })
    }

    private static func counted(_ names: [String]) -> [String: Int] {
      Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    }
  }

  /// The version of this shape.
  let version = 1
  let root: String
  let written: Bool
  let dockerfiles: [Row]
  let problems: [Finding]
  let totals: Totals

  init(root: String, _ result: BatchResult, isWritten: Bool) {
    self.root = root
    written = isWritten
    dockerfiles = result.entries.map(Row.init)
    problems = result.problems
    totals = Totals(result.entries)
  }
}

extension BatchReport.ContextRow {
  init(_ context: BuildContext) {
    path = context.path
    switch context.origin {
    case .compose(let file): (origin, self.file) = ("compose", file)
    case .build(let tool, let file): (origin, self.file) = (tool.rawValue, file)
    case .copy: origin = "copy"
    case .folder: origin = "folder"
    }
  }
}
