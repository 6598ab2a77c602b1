import ContextFiles
import DockerfileSyntax

/// What writes the lines of the two stages, whatever the kind of the final image.
protocol StagePlanner {
  var situation: Situation { get }
  var builder: [StagePlan.Line] { get set }
  var final: [StagePlan.Line] { get set }
  /// Absolute paths that the final stage takes from the builder.
  var travels: [String] { get set }
}

extension StagePlanner {
  /// Puts an instruction of the author into the builder.
  mutating func inBuilder(_ step: Step, _ because: String) {
    builder.append(StagePlan.Line(.author(step.index), because: because))
  }

  /// Puts an instruction of the author into the final stage.
  mutating func inFinal(_ step: Step, _ because: String) {
    final.append(StagePlan.Line(.author(step.index), because: because))
  }

  /// Copies a path from the builder to the same place, once.
  ///
  /// - Parameter owner: the user to whom it belongs; a COPY makes the folder itself root's otherwise.
  mutating func travel(_ path: String, _ because: String, owner: String? = nil) {
    guard !travels.contains(where: { ContextPath.isWithin(path, $0) }) else { return }
    travels.append(path)
    let flags = "--from=\(situation.builderName)" + (owner.map { " --chown=\($0)" } ?? "")
    let line = "\(flags) \(path) \(path)"
    final.append(StagePlan.Line(.made(.copy, line), because: because))
  }
}
