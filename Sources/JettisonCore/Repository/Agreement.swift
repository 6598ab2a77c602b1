import ContextFiles

extension Conversion {
  /// The one answer to a Dockerfile that is built with several contexts: its rewrite where every context gives the same,
  /// else the file as it was.
  ///
  /// - Parameter answers: the answer in each context, at least one.
  public static func agreed(_ answers: [(context: BuildContext, conversion: Conversion)]) -> Conversion? {
    guard var first = answers.first?.conversion else { return nil }
    if answers.allSatisfy({ $0.conversion.rewritten == first.rewritten }) {
      let isRewritten = first.rewritten != first.original
      for answer in answers.dropFirst() where isRewritten {
        first.findings += answer.conversion.findings.filter { !first.findings.contains($0) }
      }
      return first
    }
    let names = answers.map { "'\($0.context.path)'" }.joined(separator: " and ")
    let refused = answers.compactMap { answer -> String? in
      switch answer.conversion.outcome {
      case .unchanged(let refusal): "in '\(answer.context.path)' \(refusal.message)"
      case .declined(let problem): "in '\(answer.context.path)' \(problem)"
      case .rewritten, .rebased: nil
      }
    }
    let why = refused.first ?? "each asks for another rewrite"
    return Conversion(
      original: first.original,
      outcome: .unchanged(Refusal(.buildsAsBefore, "it is built with the contexts \(names), and \(why)")),
      language: first.language, rewritten: first.original, findings: [])
  }
}
