import Foundation
import Testing

/// Builds and starts the examples before and after a rewrite on a real container engine.
///
/// Serialized, so that the tests run in the order of this file and the summary comes last.
@Suite(
  "End to end", .serialized,
  .enabled(if: Settings.isWanted, "set JETTISON_E2E=1 to build and start the examples on a container engine"))
struct EndToEndTests {
  @Test("An example starts and answers as before", arguments: Example.all)
  func example(_ example: Example) {
    guard let engine = Engine.answering else { return }
    let finding: Comparison.Finding
    switch example.plan {
    case .goldenOnly(let reason): finding = Comparison.Finding(verdict: .goldenOnly(reason))
    case .unreadable(let problem): finding = Comparison.Finding(verdict: .failed, problems: [problem])
    case .compare(let check): finding = Comparison(engine: engine, name: example.name).run(example, check)
    }
    report(finding, .example, example.name)
  }

  @Test("A rewrite is as good as one by hand", arguments: Sample.all)
  func sample(_ sample: Sample) {
    guard let engine = Engine.answering else { return }
    report(Comparison(engine: engine, name: "sample-" + sample.name).run(sample), .sample, sample.name)
  }

  @Test("Summary")
  func summary() throws {
    guard Engine.answering != nil else { return }
    let outcomes = Outcomes.shared.all
    Report.summarise(outcomes)
    if let file = Settings.tableFile {
      try Data(Report.markdown(outcomes).utf8).write(to: URL(fileURLWithPath: file))
    }
    #expect(!Example.all.isEmpty, "no examples below \(Settings.root.path)/Examples")
    #expect(Settings.samples == nil || !Sample.all.isEmpty, "JETTISON_E2E_SAMPLES names a folder without samples")
    #expect(outcomes.count == Example.all.count + Sample.all.count, "the summary did not run last, or not all ran")
  }

  /// Keeps a finding for the summary and fails the test for each problem.
  private func report(_ finding: Comparison.Finding, _ kind: Outcome.Kind, _ name: String) {
    Outcomes.shared.add(Outcome(kind: kind, name: name, verdict: finding.verdict, sizes: finding.sizes))
    for problem in finding.problems {
      Issue.record(Comment(rawValue: "\(name): \(problem)"))
    }
  }
}
