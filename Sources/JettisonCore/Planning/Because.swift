import ContextFiles
import DockerfileSyntax
import ShellSyntax

// Why a line stands where it stands: sentences that name the line or the command behind the decision.
extension StagePlanner {
  private var steps: [Step] { situation.trace.steps }

  /// Why an instruction that only the finished image uses stands in the final stage.
  func becauseOfRunning(_ step: Step) -> String {
    switch step.keyword {
    case .cmd, .entrypoint, .healthcheck:
      if let later = steps.last(where: { $0.keyword == step.keyword && $0.index > step.index }) {
        return "line \(later.line) replaces it, and Docker reads both"
      }
      return step.keyword == .healthcheck ? "the engine runs it in the container" : "it starts the container"
    case .expose: return "it names a port of the container"
    case .volume: return "it marks a folder of the container whose files are kept outside"
    case .stopsignal: return "the engine stops the container with it"
    default: return "it describes the finished image"
    }
  }

  /// Why the builder needs a variable or an argument.
  ///
  /// - Parameter isBuilder: whether a later step stands in the builder.
  func becauseRead(_ names: Set<String>, by isBuilder: (Step) -> Bool, after step: Step) -> String? {
    let flow = Flow(situation: situation)
    let later = steps.filter { $0.index > step.index && isBuilder($0) }
    if let reader = later.first(where: { !flow.reads($0).isDisjoint(with: names) }) {
      let read = flow.reads(reader).intersection(names).sorted().joined(separator: ", ")
      return "\(reader.mention) reads \(read)"
    }
    return later.first(where: flow.readsAnything).map { "\($0.mention) may read any variable" }
  }

  /// Why the final stage has a variable.
  func becauseSeen(_ names: Set<String>) -> String {
    let read = ShellWord.variableNames(in: situation.roots.text).intersection(names).sorted()
    if let name = read.first { return "what the container starts reads \(name)" }
    return "the running program sees it"
  }

  /// Why the builder works in a folder: the first line that does.
  func becauseWorkedIn(_ step: Step, until last: Int) -> String {
    let later = steps.filter { $0.index > step.index && $0.index <= last }
    let user = later.prefix { $0.keyword != .workdir }.first { step in
      let target = step.copied?.view.destination
      return step.keyword == .run || target.map { !$0.hasPrefix("/") && !$0.hasPrefix("$") } ?? false
    }
    return user.map { $0.keyword == .run ? "\($0.mention) runs in it" : "\($0.mention) is relative to it" }
      ?? "later lines of the builder are relative to it"
  }

  /// Why the builder runs as a user: the first line that does.
  func becauseRunAs(_ step: Step, until last: Int) -> String {
    steps.first { $0.index > step.index && $0.index <= last && $0.keyword == .run }.map {
      "\($0.mention) runs as this user"
    } ?? "build steps run as this user"
  }

  /// Why the builder gets what a COPY brings: the step that reads it.
  func becauseRead(_ step: Step, of readers: [Step]) -> String {
    let targets = step.copied?.targets ?? []
    func isTouched(_ path: String) -> Bool {
      targets.contains { ContextPath.isWithin(path, $0) || ContextPath.isWithin($0, path) }
    }
    let later = readers.filter { $0.index > step.index && $0.keyword == .run }
    let touching = later.filter { reader in
      reader.effects.flatMap(\.flattened).contains { effect in
        effect.reads.contains(where: isTouched) || effect.goPackages.contains(where: isTouched)
          || effect.java?.folders.contains(where: isTouched) ?? false
      }
    }
    if let first = touching.first, let last = touching.last {
      return first.index == last.index ? "\(first.mention) reads it" : "\(first.mention) and \(last.mention) read it"
    }
    return (later.first { $0.has(.build, .projectTool, .dependencies) } ?? later.first).map {
      "\($0.mention) may read it"
    } ?? "the build may read it"
  }

  /// Why a RUN that is no part of the finished image stays in the builder.
  func becauseOfBuilding(_ step: Step) -> String {
    if step.has(.build) { return "what it compiles travels, and its tools stay here" }
    if step.has(.projectTool) { return "what '\(verb(step, .projectTool))' makes travels where the program needs it" }
    if step.has(.dependencies) { return "'\(verb(step, .dependencies))' fetches what is compiled into the program" }
    if step.has(.check) { return "'\(verb(step, .check))' checks the sources, and a failure still stops the build" }
    if step.has(.installer) { return "it installs a tool that nothing calls at run time" }
    if step.has(.configuration) { return "'\(verb(step, .configuration))' sets up a tool of the build" }
    if let path = step.effects.first(where: { $0.role == .download })?.writes.first {
      return "it fetches '\(path)' with tools that stay here"
    }
    if step.has(.users) { return "it makes a user for the build" }
    if step.has(.packages) { return becauseOfPackages(step, kept: []) }
    if step.has(.files) {
      return "the final stage copies what the program needs of \(Wording.list(step.writes))"
    }
    return "it changes nothing that stays"
  }

  /// Why a line with packages stays in the builder.
  func becauseOfPackages(_ step: Step, kept: [String]) -> String {
    let installed = step.effects.compactMap(\.packages).flatMap(\.installed)
    let left = installed.filter { !kept.contains($0) }
    if left.isEmpty { return "it prepares the packages of later lines" }
    return "only the build needs \(Wording.list(left))"
  }

  /// Why a built file travels.
  func becauseBuilt(_ path: String, by step: Step) -> String {
    let names = Set(situation.roots.programs.map(ContextPath.lastComponent))
    let started =
      names.contains(ContextPath.lastComponent(path))
      || situation.roots.text.split(whereSeparator: { " \n\t\"'=:".contains($0) }).contains { word in
        ContextPath.isWithin(ContextPath.join(situation.trace.end.directory, String(word)), path)
      }
    return started
      ? "line \(step.line) makes it, and the container starts it"
      : "line \(step.line) makes it, and something may start it"
  }

  /// Why commands are done again in the final stage.
  func becauseOf(_ effects: [CommandEffect]) -> String {
    let users = effects.flatMap(\.users).map(\.name)
    if !users.isEmpty { return "users and groups belong to an image, and the final one needs \(Wording.list(users))" }
    let paths = Wording.list(effects.flatMap(\.writes))
    let programs = Set(effects.map(\.program))
    if programs.isSubset(of: ["rm", "rmdir"]) { return "the final image does without \(paths), as the original did" }
    if programs.isSubset(of: ["chmod", "chown", "chgrp"]) {
      return "\(paths) needs the same owner and mode in the final image"
    }
    return "the final image needs \(paths) as the original had it"
  }

  private func verb(_ step: Step, _ role: CommandEffect.Role) -> String {
    step.effects.first { $0.role == role }?.verb ?? step.instruction.firstLine
  }
}
