import ContextFiles
import JettisonCore
import Projects

/// A batch in words for a person: a table, the biggest saving first, then reasons and totals.
struct BatchTable {
  private let entries: [BatchEntry]
  private let root: String
  private let isWritten: Bool
  private let width: Int?
  private let palette: Palette

  /// Makes a table.
  ///
  /// - Parameters:
  ///   - result: the batch.
  ///   - root: the folder as the person named it.
  ///   - isWritten: whether something was done or only would be.
  ///   - width: the terminal's columns; nil cuts nothing off.
  ///   - palette: the colours.
  init(_ result: BatchResult, root: String, isWritten: Bool, width: Int?, palette: Palette) {
    // Entries come by path, and sorting keeps that order among equals only with the path as a second key.
    entries = result.entries.sorted {
      let (left, right) = (Self.rank($0), Self.rank($1))
      return left == right ? bytewise($0.dockerfile, $1.dockerfile) : left > right
    }
    self.root = root
    self.isWritten = isWritten
    self.width = width
    self.palette = palette
  }

  private static func rank(_ entry: BatchEntry) -> Int { entry.saving ?? (entry.changes ? 0 : -1) }

  /// Everything that goes to standard output.
  var text: String {
    if entries.isEmpty { return "No Dockerfile below '\(root.printable)'." }
    return (rows + reasons + totals).joined(separator: "\n")
  }

  // MARK: The table

  private struct Cells {
    var saving: String
    var outcome: String
    var context: String
    var path: String
  }

  private static func cells(_ entry: BatchEntry) -> Cells {
    Cells(
      saving: entry.saving.map(TextReport.size) ?? "–",
      outcome: entry.summary.rung ?? entry.summary.reason ?? entry.summary.outcome, context: context(of: entry),
      path: entry.dockerfile.printable)
  }

  /// Where a Dockerfile is built, as seen from its own folder, which keeps the column narrow, and how that is known.
  private static func context(of entry: BatchEntry) -> String {
    guard let first = entry.contexts.first else { return "–" }
    if entry.contexts.count > 1 { return "\(entry.contexts.count) contexts" }
    let own = ContextPath.parent(entry.dockerfile)
    var place = ContextPath.path(first.path, from: own).printable
    if place.hasSuffix("/.") { place.removeLast(2) }
    switch first.origin {
    case .compose: return place + " (compose)"
    case .build(let tool, _): return place + " (\(tool.rawValue))"
    case .copy: return place + " (COPY)"
    case .folder: return place
    }
  }

  private var rows: [String] {
    let table = entries.map { ($0, Self.cells($0)) }
    let header = Cells(saving: "Saving", outcome: "Outcome", context: "Context", path: "Dockerfile")
    let all = [header] + table.map(\.1)
    let saving = all.map(\.saving.count).max() ?? 0
    let outcome = all.map(\.outcome.count).max() ?? 0
    let context = min(all.map(\.context.count).max() ?? 0, 20)
    // The path comes last and is whole wherever it can be: it is what people copy and search for.
    let path = width.map { max($0 - saving - outcome - context - 6, 20) }
    func line(_ cells: Cells, _ paint: (String) -> String) -> String {
      let number = String(repeating: " ", count: saving - cells.saving.count) + cells.saving
      let place = path.map { Self.cut(cells.path, $0) } ?? cells.path
      let folder = Self.pad(Self.cut(cells.context, context), context)
      return "\(number)  \(paint(Self.pad(cells.outcome, outcome)))  \(folder)  \(place)"
    }
    return [palette.bold(line(header) { $0 })]
      + table.map { entry, cells in
        line(cells) { text in
          if entry.changes { return palette.green(text) }
          return entry.summary.outcome == "unchanged" ? palette.dim(text) : palette.red(text)
        }
      }
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// A path's end, which tells more than its beginning.
  private static func cut(_ text: String, _ width: Int) -> String {
    text.count <= width ? text : "…" + text.suffix(width - 1)
  }

  // MARK: Below the table

  private var reasons: [String] {
    let counts = BatchReport.Totals(entries).reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard !counts.isEmpty else { return [] }
    let number = counts.map { "\($0.value)".count }.max() ?? 0
    let name = counts.map(\.key.count).max() ?? 0
    return ["", palette.bold("Left alone because")]
      + counts.map { reason, count in
        let space = String(repeating: " ", count: number - "\(count)".count)
        return "  \(space)\(count)  \(Self.pad(reason, name))  \(Reason(rawValue: reason)?.summary ?? "")"
      }
  }

  private var totals: [String] {
    let totals = BatchReport.Totals(entries)
    func count(_ outcome: String) -> Int { totals.outcomes[outcome] ?? 0 }
    func phrase(_ number: Int, _ words: String) -> String? { number == 0 ? nil : "\(number) \(words)" }
    let tense = isWritten ? "" : "would be "
    let parts = [
      phrase(count("rewritten"), tense + "rewritten"), phrase(count("rebased"), tense + "rebased"),
      phrase(count("unchanged"), "left alone"), phrase(count("declined"), "declined"),
      phrase(count("failed"), "failed"),
    ].compactMap { $0 }
    var lines = [
      "",
      palette.bold("\(totals.dockerfiles) Dockerfile\(totals.dockerfiles == 1 ? "" : "s"): ")
        + parts.joined(separator: ", "),
    ]
    if entries.contains(where: \.changes) {
      let sizes = totals.estimate
      lines.append(
        "Estimated size: \(TextReport.size(sizes.before)) → \(TextReport.size(sizes.after)), saving "
          + palette.bold(TextReport.size(sizes.saving)))
    }
    let origins = [
      phrase(totals.origins["compose"] ?? 0, "from compose files"),
      phrase(totals.origins["bake"] ?? 0, "from bake files"),
      phrase(totals.origins["skaffold"] ?? 0, "from skaffold files"),
      phrase((totals.origins["github"] ?? 0) + (totals.origins["gitlab"] ?? 0), "from pipelines"),
      phrase(totals.origins["copy"] ?? 0, "from what COPY names"),
      phrase(totals.origins["folder"] ?? 0, "the Dockerfile's folder"),
    ].compactMap { $0 }
    if !origins.isEmpty { lines.append("Contexts: " + origins.joined(separator: ", ")) }
    return lines
  }

  // MARK: Troubles

  /// One line per Dockerfile or other file that could not be dealt with, for standard error.
  static func troubles(_ result: BatchResult, root: String) -> [String] {
    func place(_ path: String) -> String { ContextPath.join(root, path).printable }
    var lines = result.problems.map { problem in
      let line = problem.line.map { ":\($0)" } ?? ""
      let file = place(problem.file ?? ".")
      return (
        file, "\(file)\(line): \(problem.severity.rawValue): \(problem.message.printable) [\(problem.id.rawValue)]"
      )
    }
    for entry in result.entries where ["declined", "failed"].contains(entry.summary.outcome) {
      let file = place(entry.dockerfile)
      let message = (entry.summary.message ?? "").printable
      lines.append((file, "\(file): error: \(message) [\(entry.summary.outcome)]"))
    }
    return lines.sorted { bytewise($0.0, $1.0) }.map(\.1)
  }
}
