import DockerfileSyntax
import JettisonCore

/// One conversion in words for a person.
struct TextReport {
  /// Whether something was done or only would be.
  enum Tense {
    case would
    case done([String])
  }

  let subject: Subject
  let conversion: Conversion
  let palette: Palette
  let tense: Tense

  init(_ subject: Subject, _ conversion: Conversion, palette: Palette, tense: Tense) {
    self.subject = subject
    self.conversion = conversion
    self.palette = palette
    self.tense = tense
  }

  /// The outcome, findings, assumptions and the estimate, in a few lines.
  var summary: String {
    var lines = [headline]
    if let plan = conversion.plan {
      if let estimate = conversion.estimate {
        lines.append("  estimated size: \(Self.size(estimate.before)) → \(Self.size(estimate.after))")
      }
      if !plan.assumptions.isEmpty {
        lines.append(
          "  takes for granted: \(plan.assumptions.map(\.rawValue).joined(separator: ", ")) (jettison explain says more)"
        )
      }
    }
    lines += conversion.findings.map(describe)
    return lines.joined(separator: "\n")
  }

  private var headline: String {
    let path = palette.bold(subject.displayPath)
    switch conversion.outcome {
    case .rewritten, .rebased:
      let base = conversion.plan.map { "onto \($0.runtime) [\($0.rung.rawValue)]" } ?? ""
      switch tense {
      case .would: return "\(path): would be rewritten \(base)"
      case .done(let files):
        return "\(path): rewritten \(base)"
          + (files.count > 1 ? " with \(files.dropFirst().joined(separator: ", "))" : "")
      }
    case .unchanged(let refusal):
      let place = palette.bold(self.place(file: refusal.location?.file, line: refusal.location?.line))
      return "\(place): unchanged: \(refusal.message) [\(refusal.reason.rawValue)]"
    case .declined(let problem): return "\(path): declined: \(problem)"
    }
  }

  private func describe(_ finding: Finding) -> String {
    let place = place(file: finding.file, line: finding.line) + (finding.column.map { ":\($0)" } ?? "")
    return "\(place): \(finding.severity.rawValue): \(finding.message) [\(finding.id.rawValue)]"
  }

  private func place(file: String?, line: Int?) -> String {
    (file.map(subject.displayed) ?? subject.displayPath) + (line.map { ":\($0)" } ?? "")
  }

  /// Everything `explain` says.
  var explanation: String {
    guard let plan = conversion.plan else { return ([summary] + advice + rejections).joined(separator: "\n") }
    var lines = [headline]
    if let explanation = conversion.explanation {
      lines += ["", palette.bold("Where each line of the old file went")]
      for row in explanation.original {
        lines += self.lines(row.line, row.place.rawValue, row.text, row.because)
      }
      lines += ["", palette.bold("Where each line of the new file came from")]
      for row in explanation.new { lines += self.lines(row.line, row.stage, row.text, origin(of: row)) }
    }
    if !plan.assumptions.isEmpty {
      lines += ["", palette.bold("Taken for granted")]
      for assumption in plan.assumptions {
        lines.append("  \(assumption.rawValue): \(assumption.summary)")
        lines.append(palette.dim("             wrong with: \(assumption.refutation)"))
      }
    }
    if let ignore = conversion.ignoreFile {
      lines += ["", palette.bold("Added to \(ignore.path)")] + ignore.added.map { "  " + $0 }
    }
    lines += rejections
    if let estimate = conversion.estimate {
      lines += ["", "estimated size: \(Self.size(estimate.before)) → \(Self.size(estimate.after))"]
    }
    return (lines + conversion.findings.map(describe)).joined(separator: "\n")
  }

  private func lines(_ line: Int, _ place: String, _ text: String, _ because: String) -> [String] {
    [
      "  \(Self.pad("\(line)", 4)) \(Self.pad(place, 8)) \(text)",
      palette.dim("                " + because),
    ]
  }

  private func origin(of row: Explanation.New) -> String {
    let start = row.from.map { "line \($0)" } ?? "new"
    guard let because = row.because else { return start }
    let pass = row.pass.map {
      " (pass \($0)\(Pass(rawValue: $0) != nil ? "; --without \($0) leaves it out" : ""))"
    }
    return "\(start)\(row.from != nil && row.pass != nil ? ", edited" : ""): \(because)\(pass ?? "")"
  }

  /// What could change a refusal.
  private var advice: [String] {
    guard case .unchanged(let refusal) = conversion.outcome else { return [] }
    return ["  what could change that: \(refusal.reason.advice)"]
  }

  private var rejections: [String] {
    guard !conversion.rejections.isEmpty else { return [] }
    return ["", palette.bold("Steps that were tried first and do not hold")]
      + conversion.rejections.indices.filter { $0 == 0 || conversion.rejections[$0] != conversion.rejections[$0 - 1] }
      .map {
        let rejection = conversion.rejections[$0]
        let refusal = rejection.refusal
        let line = refusal.location?.line.map { " (line \($0))" } ?? ""
        return "  \(rejection.rung.rawValue): \(refusal.message)\(line) [\(refusal.reason.rawValue)]"
      }
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// Bytes as a person reads them.
  static func size(_ bytes: Int) -> String {
    bytes >= 1_000_000_000 ? "\(bytes / 100_000_000 / 10).\(bytes / 100_000_000 % 10) GB" : "\(bytes / 1_000_000) MB"
  }
}
