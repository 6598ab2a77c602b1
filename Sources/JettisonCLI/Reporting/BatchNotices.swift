import ContextFiles
import JettisonCore

/// What a batch has to say of places in files, for programs that show it beside their lines.
struct BatchNotices {
  /// One sentence about a place.
  struct Notice: Equatable {
    var severity: Finding.Severity
    /// A reason's, rung's or finding's id.
    var id: String
    /// What the id means.
    var summary: String
    var message: String
    /// The file, from the repository's root.
    var path: String
    /// The line, counted from 1.
    var line: Int
    /// The column in bytes, counted from 1.
    var column: Int?
  }

  /// All notices, by path and line.
  let all: [Notice]

  /// - Parameters:
  ///   - result: the batch.
  ///   - prefix: the folder the batch looked through, as a path from the repository's root.
  init(_ result: BatchResult, prefix: String) {
    func notice(_ finding: Finding, in file: String) -> Notice {
      Notice(
        severity: finding.severity, id: finding.id.rawValue, summary: finding.id.summary, message: finding.message,
        path: ContextPath.join(prefix, finding.file ?? file), line: finding.line ?? 1, column: finding.column)
    }
    var notices = result.problems.map { notice($0, in: ".") }
    for entry in result.entries {
      let path = ContextPath.join(prefix, entry.dockerfile)
      // A file that is left alone on purpose needs nobody's eye.
      if entry.changes || entry.isTrouble { notices += entry.summary.findings.map { notice($0, in: entry.dockerfile) } }
      if let rung = entry.summary.rung.flatMap(Rung.init(rawValue:)), entry.changes {
        notices.append(
          Notice(
            severity: .note, id: rung.rawValue, summary: Self.summary(of: rung), message: Self.gain(entry), path: path,
            line: entry.line))
      } else if entry.summary.outcome == "failed" {
        notices.append(
          Notice(
            severity: .error, id: "failed", summary: "a file cannot be read or written",
            message: entry.summary.message ?? "it cannot be read", path: path, line: 1))
      }
    }
    all = notices.sorted { left, right in
      if left.path != right.path { return bytewise(left.path, right.path) }
      return (left.line, left.id, left.message) < (right.line, right.id, right.message)
    }
  }

  private static func gain(_ entry: BatchEntry) -> String {
    let base = entry.summary.finalBase.map { "can run on \($0)" } ?? "can be smaller"
    let sizes = entry.summary.estimate.map {
      ", an estimated \(TextReport.size($0.after)) instead of \(TextReport.size($0.before))"
    }
    return "this image \(base)\(sizes ?? ""): see 'jettison diff'"
  }

  private static func summary(of rung: Rung) -> String { "the image can leave its build behind (\(rung.rawValue))" }
}
