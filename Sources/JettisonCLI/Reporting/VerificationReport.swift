import JettisonCore
import Verification

/// A verification as JSON, in a versioned shape: new keys may come within a version, none goes or changes its meaning.
///
///     {
///       "version": 1,
///       "dockerfile": "Dockerfile",
///       "verified": true,                whether there was a rewrite to verify
///       "passed": true,                  whether nothing speaks against the new image
///       "before": {                      the original; after: the new image; each left out where it does not build
///         "size": 892900000,
///         "layerCount": 9,
///         "layers": [{"size": 117000000, "madeBy": "ADD rootfs.tar /"}],
///         "stages": [{"name": "builder", "size": 893000000}],
///         "buildSeconds": 31.2,
///         "end": "stays up",             or: ends with status 0, does not start
///         "health": "healthy",
///         "scan": {"packages": 120, "vulnerabilities": {"high": 3}}
///       },
///       "saving": 887800000,
///       "problems": [{
///         "area": "answers",             build, configuration, files, programs, start, health, answers, run, assumption, guard
///         "message": "GET / is answered with status 500, was 200",
///         "causes": ["it names /app/index.html: …"],
///         "details": "before: …"
///       }],
///       "notes": ["there is no shell any more"],
///       "sameAnswers": 2,
///       "assumptions": [{"id": "pure-go", "answer": "confirmed", "because": "…"}]
///     }
struct VerificationReport: Encodable, Sendable {
  /// The version of this shape.
  let version = 1
  let dockerfile: String
  let verified: Bool
  let passed: Bool
  let before: ImageFacts?
  let after: ImageFacts?
  let saving: Int64?
  let problems: [Problem]
  let notes: [String]
  let sameAnswers: Int
  let assumptions: [AssumptionVerdict]

  /// Makes a report; without a verification, of a file that stays as it is.
  init(_ dockerfile: String, _ verification: VerificationResult?) {
    let verification = verification ?? VerificationResult()
    self.dockerfile = dockerfile
    verified = verification.before != nil || !verification.problems.isEmpty
    passed = verification.isPassed
    before = verification.before
    after = verification.after
    saving = verification.saving
    problems = verification.problems
    notes = verification.notes
    sameAnswers = verification.sameAnswers
    assumptions = verification.assumptions
  }

  // MARK: The table

  /// A row of the table: what, before, after, saved.
  private var rows: [[String]] {
    guard let before, let after else { return [] }
    var rows = [
      [
        "size", ByteCount(before.size).text, ByteCount(after.size).text,
        before.size == 0
          ? "" : ByteCount.decimal(Double(before.size - after.size) / Double(before.size) * 100) + " %",
      ],
      ["layers", "\(before.layerCount)", "\(after.layerCount)", "\(before.layerCount - after.layerCount)"],
      ["build", Self.seconds(before.buildSeconds), Self.seconds(after.buildSeconds), ""],
    ]
    if let old = before.scan, let new = after.scan {
      if let packages = old.packages, let now = new.packages {
        rows.append(["packages", "\(packages)", "\(now)", "\(packages - now)"])
      }
      rows.append(["vulnerabilities", "\(old.total)", "\(new.total)", "\(old.total - new.total)"])
      for severity in ["critical", "high"] {
        let (count, now) = (old.vulnerabilities[severity] ?? 0, new.vulnerabilities[severity] ?? 0)
        if count + now > 0 { rows.append(["- \(severity)", "\(count)", "\(now)", "\(count - now)"]) }
      }
    }
    return rows
  }

  private static let head = ["", "before", "after", "saved"]

  private static func seconds(_ number: Double) -> String { ByteCount.decimal(number) + " s" }

  /// What was the same, in one sentence.
  private var verdict: String {
    var parts = ["configuration", "owners and modes"]
    if let end = after?.end { parts.append("start (\(end))") }
    if let health = after?.health { parts.append("health check (\(health))") }
    if sameAnswers > 0 { parts.append("\(sameAnswers) answer\(sameAnswers == 1 ? "" : "s")") }
    return "The same program: " + parts.joined(separator: ", ")
  }

  // MARK: Text

  /// The report for a terminal.
  func text(_ palette: Palette) -> String {
    var lines: [String] = []
    if !rows.isEmpty { lines += Self.columns([Self.head] + rows, palette) }
    if let after {
      for stage in (before?.stages ?? []) { lines.append("stage before: \(stage.name), \(ByteCount(stage.size).text)") }
      for stage in after.stages { lines.append("stays behind: stage \(stage.name), \(ByteCount(stage.size).text)") }
      let layers = after.layers.filter { $0.size > 0 }
      if !layers.isEmpty { lines += ["", palette.bold("Layers of the new image")] }
      lines += layers.map { layer in
        "  \(Self.pad(ByteCount(layer.size).text, 10))  \(Self.cut(layer.madeBy.printable, 90))"
      }
    }
    if !assumptions.isEmpty {
      lines += ["", palette.bold("Taken for granted")]
      lines += assumptions.map { "  \($0.id): \(paint($0.answer, palette)): \($0.because.printable)" }
    }
    if !notes.isEmpty { lines += ["", palette.bold("Notes")] + notes.map { "  " + $0.printable } }
    lines.append("")
    if passed { return (lines + [palette.green(verdict)]).joined(separator: "\n") }
    lines.append(palette.red("Not verified:"))
    for problem in problems {
      lines.append("  \(problem.area.rawValue): \(problem.message.printable)")
      lines += problem.causes.map { "    " + $0.printable }
      lines += problem.details.split(whereSeparator: \.isNewline).map { palette.dim("      " + String($0).printable) }
    }
    return lines.joined(separator: "\n")
  }

  private func paint(_ answer: AssumptionVerdict.Answer, _ palette: Palette) -> String {
    switch answer {
    case .confirmed: palette.green(answer.rawValue)
    case .refuted: palette.red(answer.rawValue)
    case .notTested: answer.rawValue
    }
  }

  private static func columns(_ rows: [[String]], _ palette: Palette) -> [String] {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.enumerated().map { number, row in
      let cells = row.indices.map { column in
        column == 0
          ? row[column] + String(repeating: " ", count: widths[column] - row[column].count)
          : pad(row[column], widths[column])
      }
      let line = cells.joined(separator: "   ").trimmingSpaces
      return number == 0 ? palette.bold(line) : line
    }
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func cut(_ text: String, _ width: Int) -> String {
    text.count <= width ? text : text.prefix(width - 1) + "…"
  }

  // MARK: Markdown

  /// The report as one pastes it into a pull request.
  var markdown: String {
    var lines = ["### `\(dockerfile)`: \(passed ? "the same program in a smaller box" : "not verified")", ""]
    if !rows.isEmpty {
      lines += ["| | before | after | saved |", "|---|---:|---:|---:|"]
      lines += rows.map { "| " + $0.joined(separator: " | ") + " |" } + [""]
    }
    if passed { lines += [verdict + ".", ""] }
    for problem in problems {
      lines.append("- **\(problem.area.rawValue)**: \(Self.escaped(problem.message))")
      lines += problem.causes.map { "  - \(Self.escaped($0))" }
      if !problem.details.isEmpty {
        lines +=
          ["", "  ```text"] + problem.details.split(whereSeparator: \.isNewline).map { "  " + String($0).printable }
        lines += ["  ```", ""]
      }
    }
    if !problems.isEmpty { lines.append("") }
    if !assumptions.isEmpty {
      lines += ["Taken for granted:", ""]
      lines += assumptions.map { "- `\($0.id)`: \($0.answer.rawValue): \(Self.escaped($0.because))" } + [""]
    }
    if !notes.isEmpty { lines += ["Notes:", ""] + notes.map { "- \(Self.escaped($0))" } + [""] }
    return lines.dropLast().joined(separator: "\n")
  }

  /// A text without what markdown would make something of.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.printable {
      if "\\`*_<>|[]#".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}

extension String {
  /// The text without spaces at its end.
  fileprivate var trimmingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
