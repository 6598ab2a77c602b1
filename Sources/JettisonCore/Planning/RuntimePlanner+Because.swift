import ContextFiles
import DockerfileSyntax

// The sentences that only the runtime planner needs.
extension RuntimePlanner {
  /// Why the builder has a variable: the step that reads it, or tools that read it unasked.
  func becauseRead(_ names: Set<String>, after step: Step) -> String {
    let isBuilder = { (later: Step) in
      later.index <= lastBuilder
        && (later.keyword != .run || Self.isBuilderRun(later) || later.has(.packages, .users)
          || onBuilderFiles.contains(later.index))
    }
    if let because = becauseRead(names, by: isBuilder, after: step) { return because }
    let tool = names.sorted().first { name in dependencies.toolVariables.contains { name.hasPrefix($0) } }
    return tool.map { "tools of the build obey \($0)" } ?? "a build step may read it"
  }

  /// Why the final stage has a folder as its working directory.
  func becauseStartedIn(_ step: Step) -> String {
    let later = situation.trace.steps.first { $0.index > step.index && $0.keyword == .workdir }
    guard let later else { return "the container starts in it" }
    return later.instruction.arguments.hasPrefix("/")
      ? "lines before line \(later.line) are relative to it" : "the folder of line \(later.line) lies in it"
  }

  /// Why the final stage has a user.
  func becauseOwned(_ step: Step) -> String {
    let later = situation.trace.steps.first { $0.index > step.index && $0.keyword == .user }
    return later.map { "lines before line \($0.line) run as this user" } ?? "the program runs as this user"
  }

  /// Why something stays in the builder whose result travels: the step that works on it.
  func becauseWorkedOn(_ step: Step) -> String {
    let paths = step.copied?.targets ?? step.writes
    let tree = trees.first { root, _ in paths.contains { ContextPath.isWithin($0, root) } }
    let last = tree.flatMap { _, index in situation.trace.steps.first { $0.index == index } }
    guard let last, last.index != step.index else { return "what it writes travels with the results of the build" }
    return "\(last.mention) works on it, and the result travels"
  }

  /// Why an install stands in the builder.
  func becauseInstalled(_ step: Step) -> String {
    let effect = step.effects.flatMap(\.flattened).first { $0.isInstall }
    let name = effect?.verb ?? step.instruction.firstLine
    if effect?.installsTools == true || effect?.python?.isToolOnly == true {
      return "'\(name)' installs tools for the build"
    }
    return "'\(name)' installs the dependencies here, and the final stage copies them"
  }
}
