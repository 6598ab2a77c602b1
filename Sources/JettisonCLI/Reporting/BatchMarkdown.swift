import ContextFiles
import JettisonCore

/// A batch as Markdown, for a pull request or a job's summary: totals, the rewrites, the biggest saving first, then what is
/// left alone and why.
struct BatchMarkdown {
  var result: BatchResult
  var root: String
  var isWritten: Bool

  var text: String {
    let totals = BatchReport.Totals(result.entries)
    let changed = result.entries.filter(\.changes).sorted {
      let (left, right) = ($0.saving ?? 0, $1.saving ?? 0)
      return left == right ? bytewise($0.dockerfile, $1.dockerfile) : left > right
    }
    var lines = ["## Jettison", ""]
    if result.entries.isEmpty { return (lines + ["No Dockerfile below \(Self.code(root))."]).joined(separator: "\n") }
    let verb = isWritten ? "were rewritten" : "can be rewritten"
    lines.append(
      "\(changed.count) of \(totals.dockerfiles) Dockerfiles \(verb)"
        + (changed.isEmpty
          ? "."
          : ", an estimated \(TextReport.size(totals.estimate.before)) → \(TextReport.size(totals.estimate.after)).")
    )
    if !changed.isEmpty {
      lines += ["", "| Dockerfile | onto | before | after | saved |", "|---|---|---:|---:|---:|"]
      lines += changed.map { entry in
        let sizes = entry.summary.estimate
        func size(_ value: Int?) -> String { value.map(TextReport.size) ?? "–" }
        return "| \(Self.code(entry.dockerfile)) | \(Self.code(entry.summary.finalBase ?? "")) | "
          + "\(size(sizes?.before)) | \(size(sizes?.after)) | \(size(sizes?.saving)) |"
      }
      lines += ["", "Sizes are estimates."]
    }
    if !totals.reasons.isEmpty {
      lines += ["", "| Left alone | because | |", "|---:|---|---|"]
      lines += totals.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { reason, count in
        "| \(count) | `\(reason)` | \(Self.cell(Reason(rawValue: reason)?.summary ?? "")) |"
      }
    }
    let troubles = BatchTable.troubles(result, root: root)
    if !troubles.isEmpty { lines += ["", "Troubles:", ""] + troubles.map { "- \(Self.code($0))" } }
    return lines.joined(separator: "\n")
  }

  /// Text as code, whatever it holds, in a table too.
  private static func code(_ text: String) -> String {
    let text = text.printable.replacing("|", with: "\\|")
    if !text.contains("`") { return text.isEmpty ? "" : "`\(text)`" }
    return "`` \(text) ``"
  }

  private static func cell(_ text: String) -> String {
    text.printable.replacing("|", with: "\\|").replacing("<", with: "&lt;")
  }
}
