import ContextFiles
import Projects
import ShellSyntax

// What one command of a RUN does.
extension Tracer {
  mutating func effect(
    of original: ShellCommand, directory: String, variables: [String: String], placed: Circumstances,
    follows: Bool
  ) -> CommandEffect {
    let (command, otherUser) = CommandWrapper.unwrap(original)
    let user = otherUser ?? state.user
    var environment = state.environment
    for (name, value) in state.arguments { if let value, environment[name] == nil { environment[name] = value } }
    if user == nil || user == "root" || user == "0" { environment["HOME"] = environment["HOME"] ?? "/root" }
    environment["PWD"] = directory
    environment.merge(variables) { $1 }
    let lookup: (String) -> String? = { environment[$0] }
    var result: CommandEffect
    if let path = command.words.first?.expanded(lookup) {
      let program = ContextPath.lastComponent(path)
      let words = command.words.dropFirst().flatMap { fields(of: $0.withKnownSubstitutions(directory), lookup) }
      let invocation = Invocation(
        program: program, programPath: path, arguments: words.map { $0.expanded(lookup) }, words: words,
        directory: directory, user: user, environment: environment,
        command: command, surroundings: surroundings)
      if words.count == 1, let word = words[0].literal, ["--version", "--help", "-version"].contains(word) {
        result = CommandEffect(.inert)
      } else if let rule = table.rule(for: program), !isOwnScript(path, in: directory) {
        result = rule.effect(invocation)
      } else if path.contains("/") {
        result = ProjectScript.effect(of: ContextPath.join(directory, path), invocation)
      } else {
        result = CommandEffect(.unknown)
      }
      result.program = program
    } else {
      result = CommandEffect(command.words.isEmpty ? .inert : .unknown)
    }
    for redirection in command.redirections where redirection.writesFile {
      guard let target = redirection.target.withKnownSubstitutions(directory).expanded(lookup) else {
        result.role = .unknown
        continue
      }
      let path = ContextPath.join(directory, target)
      if ContextPath.isWithin(path, "/dev") || redirection.operation == ">&" { continue }
      result.writes.append(path)
      result.redirected.append(path)
      if result.role == .inert || result.role == .cleanup { result.role = .files }
    }
    if follows, result.role == .projectTool, let path = command.words.first?.expanded(lookup) {
      result.nested = nestedEffects(
        of: ContextPath.lastComponent(path), path: path, command: command, directory: directory, lookup: lookup)
      // What a recipe puts elsewhere is the tool's own work.
      let outside = result.nested.filter { $0.role == .files && $0.program != "rm" }.flatMap(\.results)
      for path in outside where !result.writes.contains(where: { ContextPath.isWithin(path, $0) }) {
        result.writes.append(path)
      }
    }
    if follows {
      result.nested += installs(behind: command.words.map { $0.expanded(lookup) }, effect: result, directory: directory)
    }
    result.command = original
    result.directory = directory
    result.isConditional = placed.isConditional
    result.isInPipeline = placed.pipeline != nil
    for word in command.words + command.assignments.map(\.value) { result.environment?.formUnion(word.variables) }
    return result
  }

  /// Whether a path leads to a script of the context that only happens to be named like a command; the wrappers of build
  /// tools have rows of their own.
  private func isOwnScript(_ path: String, in directory: String) -> Bool {
    path.contains("/") && !["mvnw", "gradlew"].contains(ContextPath.lastComponent(path))
      && surroundings.text(ofImagePath: ContextPath.join(directory, path)) != nil
  }

  /// The words that an unquoted variable's value falls into.
  private func fields(of word: ShellWord, _ lookup: (String) -> String?) -> [ShellWord] {
    guard !word.isQuoted, !word.variables.isEmpty, let text = word.expanded(lookup), text.contains(" ") || text.isEmpty
    else { return [word] }
    return text.split(separator: " ").map { ShellWord(parts: [.literal(String($0))], range: word.range) }
  }

  /// What a command does whose loop variable takes several values: what it does for each of them.
  mutating func effect(
    of command: ShellCommand, directory: String, variables: [String: String], placed: Circumstances
  ) -> CommandEffect {
    let used = command.words.reduce(into: Set<String>()) { $0.formUnion($1.variables) }
      .union(command.redirections.flatMap(\.target.variables))
    guard let (name, words) = placed.loopVariables.first(where: { used.contains($0.key) }), !words.isEmpty else {
      return effect(of: command, directory: directory, variables: variables, placed: placed, follows: true)
    }
    var inner = placed
    inner.loopVariables[name] = nil
    let state = state
    let lookup: (String) -> String? = { variables[$0] ?? state.value($0) }
    let values = words.flatMap { fields(of: $0, lookup) }.map { $0.hasPattern ? nil : $0.expanded(lookup) }
    var effects: [CommandEffect] = []
    for value in values {
      var bound = variables
      bound[name] = value
      effects.append(effect(of: command, directory: directory, variables: bound, placed: inner))
    }
    guard var result = effects.first else { return CommandEffect(.unknown) }
    for other in effects.dropFirst() { result.add(other) }
    return result
  }
}

extension CommandEffect {
  /// Adds what the same command does for another value.
  fileprivate mutating func add(_ other: CommandEffect) {
    if role != other.role { role = .unknown }
    reads += other.reads
    writes += other.writes
    makesDirectories += other.makesDirectories
    users += other.users
    artefacts += other.artefacts
    goPackages += other.goPackages
    nested += other.nested
    packages?.installed += other.packages?.installed ?? []
    packages?.removed += other.packages?.removed ?? []
    // Installs of languages are listed one by one.
    if python != other.python || node != other.node || java != other.java { role = .unknown }
  }
}

extension ShellWord {
  /// The word with the substitutions filled in whose result is known: the working directory and temporary files.
  func withKnownSubstitutions(_ directory: String) -> ShellWord {
    var word = self
    word.parts = parts.map { part in
      guard case .opaque(let text) = part else { return part }
      let command = text.drop { "$(`".contains($0) }
      if command == "pwd)" || command == "pwd`" { return .literal(directory) }
      return command.hasPrefix("mktemp") ? .literal("/tmp/made-by-mktemp") : part
    }
    return word
  }
}
