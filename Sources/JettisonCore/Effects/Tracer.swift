import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// Walks through a stage and notes what each instruction does.
struct Tracer {
  let file: Dockerfile
  let globals: [String: String?]
  var surroundings: Surroundings
  let table: CommandTable
  var state: BuildState
  var directories: Set<String> = [
    "/", "/tmp", "/etc", "/usr", "/bin", "/usr/bin", "/usr/local", "/usr/local/bin", "/opt", "/var", "/home", "/root",
    "/srv",
  ]
  /// The scripts of manifests that the current instruction has been followed into.
  var followed: Set<String> = []

  init(
    file: Dockerfile, base: BaseImage?, globals: [String: String?], surroundings: Surroundings, table: CommandTable
  ) {
    self.file = file
    self.globals = globals
    self.surroundings = surroundings
    self.table = table
    state = BuildState(
      directory: base?.family.directory ?? "/", user: base.flatMap { $0.family.user.isEmpty ? nil : $0.family.user },
      environment: base?.family.environment.compactMapValues(\.value) ?? [:], ownVariables: [], arguments: [:],
      shell: ["/bin/sh", "-c"])
    directories.insert(state.directory)
  }

  mutating func walk() -> ([Step], ContextMap, BuildState) {
    var steps: [Step] = []
    var inStage = false
    let lines = file.instructionLines
    for (index, instruction) in file.instructions.enumerated() {
      if instruction.keyword == .from {
        inStage = true
        continue
      }
      guard inStage else { continue }
      var step = Step(index: index, instruction: instruction, line: lines[index], before: state)
      visit(&step)
      steps.append(step)
    }
    return (steps, surroundings.map, state)
  }

  private mutating func visit(_ step: inout Step) {
    let instruction = step.instruction
    let escape = file.escape
    switch instruction.keyword {
    case .env:
      let before = state
      for pair in instruction.pairs {
        let key = before.expand(pair.key, escape: escape) ?? pair.key
        if let value = before.expand(pair.value, escape: escape) {
          state.environment[key] = value
        } else {
          step.hasUnknownValue = true
          state.environment[key] = nil
          state.arguments[key] = .some(nil)
        }
        if !state.ownVariables.contains(key) { state.ownVariables.append(key) }
      }
    case .arg:
      for (name, value) in instruction.declarations {
        if let value {
          state.arguments[name] = .some(state.expand(value, escape: escape))
        } else {
          state.arguments[name] = .some(globals[name] ?? nil)
        }
      }
    case .workdir:
      if let path = state.expand(instruction.arguments, escape: escape) {
        state.directory = state.path(path)
        directories.insert(state.directory)
      } else {
        step.hasUnknownValue = true
      }
    case .user:
      if let user = state.expand(instruction.arguments, escape: escape) {
        state.user = user
      } else {
        step.hasUnknownValue = true
      }
    case .shell:
      if case .exec(let words) = instruction.command { state.shell = words }
    case .copy, .add: visitCopy(&step)
    case .run: visitRun(&step)
    default: break
    }
  }

  // MARK: COPY and ADD

  private mutating func visitCopy(_ step: inout Step) {
    guard let view = Copy(step.instruction), let destination = state.expand(view.destination, escape: file.escape)
    else {
      step.hasUnknownValue = true
      return
    }
    let target = state.path(destination)
    let count = view.sources.count + view.heredocs.count
    func place(of name: String) -> String {
      isDirectory(destination, target, count: count)
        ? ContextPath.join(target, ContextPath.lastComponent(name)) : target
    }
    var effect = CopyEffect(source: .other, targets: [], owner: view.owner, view: view)
    if let from = view.from {
      effect.source = .image(from)
      effect.targets = view.sources.map(place)
      step.copied = effect
      return
    }
    var contextPaths: [String] = []
    var isContext = true
    for source in view.sources {
      guard let source = state.expand(source, escape: file.escape) else {
        step.hasUnknownValue = true
        continue
      }
      if view.isAdd, let remote = Self.remoteName(source) {
        isContext = false
        effect.targets.append(remote.isEmpty ? target : place(of: remote))
        continue
      }
      let matches = surroundings.listing.matches(source)
      if matches.isEmpty {
        effect.missing.append(source)
        // It may be there where the image is built.
        if !source.contains(where: { "*?[".contains($0) }) {
          effect.targets.append(place(of: source))
        }
      }
      for match in matches {
        contextPaths.append(match)
        let isFolder = surroundings.listing[match]?.kind == .directory
        let place =
          isFolder || !isDirectory(destination, target, count: view.sources.count + matches.count - 1)
          ? target : ContextPath.join(target, ContextPath.lastComponent(match))
        if isFolder { directories.insert(target) }
        effect.targets.append(place)
        surroundings.map.entries.append(ContextMap.Entry(image: place, context: match, instruction: step.index))
      }
    }
    if !view.heredocs.isEmpty {
      isContext = false
      effect.targets += view.heredocs.map { place(of: $0.name) }
    }
    effect.source = isContext ? .context(contextPaths) : .other
    step.copied = effect
  }

  private func isDirectory(_ written: String, _ path: String, count: Int) -> Bool {
    count > 1 || written.hasSuffix("/") || written == "." || written.hasSuffix("/.") || directories.contains(path)
  }

  /// The name under which ADD puts what does not come as it is from the context: the last part of an address, nothing
  /// for what is unpacked into the destination; nil for a file of the context.
  private static func remoteName(_ source: String) -> String? {
    if source.hasPrefix("git@") { return "" }
    guard source.contains("://") else {
      let endings = [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"]
      return endings.contains { source.hasSuffix($0) } ? "" : nil
    }
    let address = source.prefix { $0 != "?" && $0 != "#" }
    return address.hasSuffix(".git") ? "" : ContextPath.lastComponent(String(address))
  }

  // MARK: RUN

  private mutating func visitRun(_ step: inout Step) {
    let instruction = step.instruction
    followed = []
    if !instruction.heredocs.isEmpty {
      visitHeredocRun(&step)
      return
    }
    switch instruction.command {
    case .exec(let words):
      let command = ShellCommand(
        assignments: [], words: words.map(ShellWord.init(literal:)), redirections: [], range: 0..<0)
      let made = effect(
        of: command, directory: state.directory, variables: [:], placed: Circumstances(), follows: true)
      surroundings.settings.merge(made.settings) { $1 }
      step.effects = [made]
    case .shell(let text):
      guard let shell = state.shell.first, ["sh", "bash", "ash", "dash"].contains(ContextPath.lastComponent(shell))
      else {
        step.effects = [CommandEffect(.unknown)]
        return
      }
      let script = ShellScript(parsing: text)
      step.script = script
      step.effects = effects(of: script)
    }
    leaveOutMounts(&step)
    for folder in step.effects.flatMap(\.makesDirectories) { directories.insert(folder) }
  }

  /// What a command writes below a mount is not in the image.
  private func leaveOutMounts(_ step: inout Step) {
    let targets = step.instruction.flags.filter { $0.name == "mount" }.compactMap { flag -> String? in
      let fields = (flag.value ?? "").split(separator: ",").map { $0.split(separator: "=", maxSplits: 1) }
      guard let field = fields.first(where: { $0.count == 2 && ["target", "dst", "destination"].contains($0[0]) })
      else { return nil }
      return state.expand(String(field[1]), escape: file.escape).map(state.path)
    }
    step.mounts = targets.filter { $0 != "/" }
    guard !step.mounts.isEmpty else { return }
    // Where an artefact was built still tells where a later copy of it comes from.
    for index in step.effects.indices {
      step.effects[index].writes.removeAll(where: step.isMounted)
      step.effects[index].makesDirectories.removeAll(where: step.isMounted)
    }
  }

  private mutating func visitHeredocRun(_ step: inout Step) {
    let script = ShellScript(parsing: step.instruction.arguments)
    let body = step.instruction.heredocs.first.map { String(decoding: $0.body, as: UTF8.self) } ?? ""
    let onlyHeredoc = script.plainSequence?.allSatisfy { $0.words.isEmpty } ?? false
    guard onlyHeredoc, step.instruction.heredocs.count == 1, !body.hasPrefix("#!") else {
      step.effects = [CommandEffect(.unknown)]
      return
    }
    step.effects = effects(of: ShellScript(parsing: body))
  }

  mutating func effects(of script: ShellScript) -> [CommandEffect] {
    var effects: [CommandEffect] = []
    var directories: [[Int]: String] = [:]
    var variables: [String: String] = [:]
    for placed in script.commands {
      guard let command = placed.command else {
        effects.append(CommandEffect(.unknown))
        continue
      }
      let scope = placed.circumstances.subshells
      var directory = state.directory
      for length in stride(from: scope.count, through: 0, by: -1) {
        if let known = directories[Array(scope.prefix(length))] {
          directory = known
          break
        }
      }
      for assignment in command.assignments where command.words.isEmpty {
        variables[assignment.name] = assignment.value.withKnownSubstitutions(directory).expanded {
          variables[$0] ?? state.value($0)
        }
      }
      var made = effect(of: command, directory: directory, variables: variables, placed: placed.circumstances)
      if command.name == "export" {
        for word in command.words.dropFirst() {
          guard let text = word.withKnownSubstitutions(directory).expanded({ variables[$0] ?? state.value($0) }),
            let cut = text.firstIndex(of: "=")
          else { continue }
          variables[String(text[..<cut])] = String(text[text.index(after: cut)...])
        }
      }
      if command.name == "cd" || command.name == "pushd" {
        let target = command.words.dropFirst().first?.expanded { variables[$0] ?? state.value($0) }
        if let target {
          directories[scope] = ContextPath.join(directory, target)
        } else if command.words.count > 1 {
          made = CommandEffect(.unknown)
        }
      }
      if command.name == "." || command.name == "source", let target = command.words.dropFirst().first?.literal,
        target.hasSuffix("/bin/activate")
      {
        variables["VIRTUAL_ENV"] = ContextPath.join(directory, String(target.dropLast("/bin/activate".count)))
        made = CommandEffect(.inert)
      }
      if let inner = innerScript(of: command) {
        made = combined(inner, of: command, placed: placed.circumstances, directory: directory)
      }
      surroundings.settings.merge(made.settings) { $1 }
      if let pipeline = placed.circumstances.pipeline {
        refine(&made, pipeline: pipeline, effects: effects, script: script)
      }
      effects.append(made)
    }
    return effects
  }

  /// What a command means that reads another one's output: `curl … | sh`, `curl … | tar x`.
  private func refine(_ effect: inout CommandEffect, pipeline: Int, effects: [CommandEffect], script: ShellScript) {
    let members = script.commands.filter { $0.circumstances.pipeline == pipeline }.compactMap { $0.command?.name }
    let fetches = members.contains { $0 == "curl" || $0 == "wget" }
    guard fetches, effect.program != "curl", effect.program != "wget" else { return }
    if ["sh", "bash", "python", "python3", "perl"].contains(effect.program) {
      var installer = CommandEffect(.installer)
      installer.environment = nil
      // Setup scripts of package repositories are run like that.
      let text = script.commands.filter { $0.circumstances.pipeline == pipeline }.map { script.text(of: $0.range) }
      if ["setup", "repo", "deb", "rpm", "apt"].contains(where: { mark in text.contains { $0.contains(mark) } }) {
        installer.writes = ["/etc/apt/sources.list.d"]
      }
      installer.command = effect.command
      installer.program = effect.program
      installer.directory = effect.directory
      installer.isConditional = effect.isConditional
      effect = installer
    } else if effect.role == .files {
      effect.role = .download
    }
  }
}
