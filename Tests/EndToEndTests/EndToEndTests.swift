import Foundation
import Testing

/// Everything that needs an engine, one test after the other: each looks at what is left there.
@Suite(
  "End to end", .serialized,
  .enabled(if: Settings.isWanted, "set JETTISON_E2E=1 to build and start the examples on a container engine"))
enum EndToEnd {}

extension EndToEnd {
  /// Builds and starts the examples before and after a rewrite on a real container engine, with `jettison verify`.
  ///
  /// The tests run in the order of this file, so that the summary comes last.
  @Suite("Examples")
  struct ExampleTests {
    /// What came of one example or sample.
    private struct Finding {
      var verdict: Outcome.Verdict
      var sizes: Sizes?
      var problems: [String] = []
    }

    @Test("An example starts and answers as before", arguments: Example.all)
    func example(_ example: Example) async throws {
      guard Docker.program != nil else { return }
      switch example.plan {
      case .goldenOnly(let reason): report(Finding(verdict: .goldenOnly(reason)), .example, example.name)
      case .unreadable(let problem): report(Finding(verdict: .failed, problems: [problem]), .example, example.name)
      case .verify(let arguments): report(try await verify(example, arguments), .example, example.name, example.readme)
      }
    }

    private func verify(_ example: Example, _ arguments: [String]) async throws -> Finding {
      let scratch = try TemporaryFolder()
      defer { scratch.remove() }
      try Folders.copy(example.folder, to: scratch.url) { $0 == "expected" }
      try Folders.stripSyntaxLines(of: scratch.url.appendingPathComponent("Dockerfile"))
      let before = Folders.snapshot(scratch.url)
      let result = try await Jettison.verify(scratch.url, arguments)
      #expect(Folders.snapshot(scratch.url) == before, "\(example.name): verify has changed the project")
      if result.status == 2, result.errors.contains("[no-base]") {
        return Finding(verdict: .notBuilt(result.errors.split(separator: "\n").suffix(2).joined(separator: " ")))
      }
      guard let answer = result.answer else { return Finding(verdict: .failed, problems: [result.errors]) }
      var problems = answer.problems.map { "\($0.area): \($0.text)" }
      if !answer.verified { problems.append("jettison leaves it alone: \(result.errors)") }
      if let sizes = answer.sizes, sizes.after >= sizes.before { problems.append("size: it saves nothing") }
      if problems.isEmpty, result.status != 0 { problems.append("status \(result.status): \(result.errors)") }
      return Finding(verdict: problems.isEmpty ? .passed : .failed, sizes: answer.sizes, problems: problems)
    }

    // MARK: Hand-written answers

    /// How much larger than a hand-written answer ours may be.
    private static let tolerance = 1.03

    @Test("A rewrite is as good as one by hand", arguments: Sample.all)
    func sample(_ sample: Sample) async throws {
      guard Docker.program != nil else { return }
      report(try await verify(sample), .sample, sample.name)
    }

    private func verify(_ sample: Sample) async throws -> Finding {
      let scratch = try TemporaryFolder()
      defer { scratch.remove() }
      let project = try sample.copy("Dockerfile.before", to: scratch.url.appendingPathComponent("project"))
      let byHand = try sample.copy("Dockerfile.after", to: scratch.url.appendingPathComponent("by-hand"))
        .appendingPathComponent("Dockerfile")
      guard try String(contentsOf: byHand, encoding: .utf8).hasStart else {
        return Finding(verdict: .leftAlone("the hand-written image starts its base's own program, not the author's"))
      }
      let ours = try await Jettison.verify(project, try sample.probes())
      if ours.status == 2, ours.errors.contains("[no-base]") {
        return Finding(verdict: .notBuilt(ours.errors.split(separator: "\n").suffix(2).joined(separator: " ")))
      }
      guard let answer = ours.answer else { return Finding(verdict: .failed, problems: [ours.errors]) }
      guard answer.verified else { return Finding(verdict: .leftAlone(ours.errors)) }
      // A person may have changed what the image says and does, so that its size is of interest, and which answers tell of
      // what an image holds: those are other ones once it has been rewritten.
      let theirs = try await Jettison.verify(project, try sample.probes() + ["--after", byHand.path])
      let excused = Set((theirs.answer?.problems ?? []).filter { $0.area == "answers" }.map(\.message))
      var problems = answer.problems.filter { !excused.contains($0.message) }.map { "\($0.area): \($0.text)" }
      guard let size = answer.after?.size, let reference = theirs.answer?.after?.size else {
        return Finding(
          verdict: .failed, problems: problems + ["the hand-written image does not build: \(theirs.errors)"])
      }
      let sizes = Sizes(before: reference, after: size)
      if sizes.ratio > Self.tolerance {
        problems.append("ours is \(String(format: "%.3f", sizes.ratio)) of the hand-written one")
      }
      return Finding(verdict: problems.isEmpty ? .passed : .failed, sizes: sizes, problems: problems)
    }

    // MARK: Summary

    @Test("Summary")
    func summary() async throws {
      guard Docker.program != nil else { return }
      let outcomes = Outcomes.shared.all
      Report.summarise(outcomes)
      if let file = Settings.readme {
        try Report.writeTable(outcomes, into: URL(fileURLWithPath: file, relativeTo: Settings.root))
      }
      #expect(!Example.all.isEmpty, "no examples below \(Settings.root.path)/Examples")
      #expect(Settings.samples == nil || !Sample.all.isEmpty, "JETTISON_E2E_SAMPLES names a folder without samples")
      #expect(outcomes.count == Example.all.count + Sample.all.count, "the summary did not run last, or not all ran")
      #expect(try await Docker.leftovers().isEmpty, "verify has left something in the engine")
    }

    /// Keeps a finding for the summary and fails the test for each problem.
    private func report(_ finding: Finding, _ kind: Outcome.Kind, _ name: String, _ readme: String? = nil) {
      Outcomes.shared.add(
        Outcome(kind: kind, name: name, readme: readme, verdict: finding.verdict, sizes: finding.sizes))
      for problem in finding.problems {
        Issue.record(Comment(rawValue: "\(name): \(problem)"))
      }
    }
  }
}

extension String {
  /// Whether the text of a Dockerfile says what its image starts.
  fileprivate var hasStart: Bool {
    split(separator: "\n").contains { line in
      ["CMD", "ENTRYPOINT"].contains { line.uppercased().hasPrefix($0 + " ") }
    }
  }
}
