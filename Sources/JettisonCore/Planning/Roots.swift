import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// What starts in the final image: ENTRYPOINT, CMD, HEALTHCHECK, the overrides in compose files, and the scripts they start.
public struct Roots: Sendable {
  /// One command that runs in the container.
  public struct Command: Sendable, Hashable {
    /// Where it comes from.
    public enum Origin: Sendable, Hashable {
      case start
      case healthcheck
      case compose(String)
      case platform(String)
      case script(String)
    }

    /// Where it comes from.
    public var origin: Origin
    /// What runs the command, for a sentence.
    var starter: String {
      switch origin {
      case .start: "the container"
      case .healthcheck: "the health check"
      case .compose(let service): "the compose service '\(service)'"
      case .platform(let file): "'\(file)'"
      case .script(let path): "'\(path)'"
      }
    }
    /// The program and its arguments; nil where a word is only known when it runs.
    public var words: [String?]
    /// The folder it runs in, absolute.
    public var directory = "/"
  }

  /// The commands, starts first.
  public var commands: [Command] = []
  /// Whether a shell runs any of them.
  public var needsShell = false
  /// The interpreters of scripts, such as `/bin/bash`.
  public var interpreters: Set<String> = []
  /// The scripts' paths in the image.
  public var scripts: [String] = []
  /// The scripts' texts and all commands as one text, to look names up in.
  public var text = ""
  /// Whether the image has a command of its own or a compose file gives one.
  public var hasCommand = false
  /// Whether the Dockerfile itself sets a command.
  public var hasOwnCommand = false
  /// The compose services that run the host's files in place of the image's.
  public var hostedServices: Set<String> = []
  /// The container paths over which compose services mount folders and volumes.
  private(set) var mountedFolders: [String] = []
  /// The variables that compose services set besides the image's.
  public var environments: [[String: String]] = []
  /// What they set them to, which may hold options such as `-javaagent:agent.jar`.
  public var values: [String] { environments.flatMap { $0.sorted { $0.key < $1.key }.map(\.value) } }

  /// The programs' words, those of wrappers such as `exec` left out.
  public var programs: [String] { commands.compactMap { $0.words.first ?? nil } }

  /// Follows what a trace ends with.
  init(
    of file: Dockerfile, trace: Trace, services: [ComposeFile.Service], reader: ContextReader, listing: ContextListing
  ) {
    let configuration = StartConfiguration(of: file)
    hasCommand = configuration.entrypoint != nil || configuration.command != nil
    hasOwnCommand = hasCommand
    let state = trace.end
    var walker = RootWalker(trace: trace, state: state, reader: reader, listing: listing)
    walker.start(entrypoint: configuration.entrypoint, command: configuration.command, origin: .start)
    if let test = configuration.healthcheck { walker.add(test, origin: .healthcheck) }
    environments = services.map(\.environment)
    mountedFolders = services.flatMap { $0.mounts + $0.volumes }
    for service in services {
      guard service.command != nil || service.entrypoint != nil || service.healthcheck != nil else { continue }
      if service.command != nil || service.entrypoint != nil { hasCommand = true }
      if service.mounts.contains(where: { ContextPath.isWithin(state.directory, ContextPath.clean($0)) }),
        !service.volumes.contains(where: { ContextPath.isWithin(ContextPath.clean($0), state.directory) })
      {
        hostedServices.insert(service.name)
      }
      let entrypoint = service.entrypoint.map(CommandForm.init) ?? configuration.entrypoint
      let command = service.command.map(CommandForm.init) ?? (service.entrypoint == nil ? configuration.command : nil)
      walker.start(entrypoint: entrypoint, command: command, origin: .compose(service.name))
      if let test = service.healthcheck.flatMap(CommandForm.init(healthcheck:)) {
        walker.add(test, origin: .compose(service.name))
      }
    }
    for command in ContextUsers.platformCommands(in: reader) {
      let origin = Command.Origin.platform(command.file)
      let entrypoint = command.entrypoint.map(CommandForm.init)
      if command.isProbe {
        if let entrypoint { walker.add(entrypoint, origin: origin) }
      } else {
        let words = command.command.map(CommandForm.init) ?? (entrypoint == nil ? configuration.command : nil)
        walker.start(entrypoint: entrypoint ?? configuration.entrypoint, command: words, origin: origin)
      }
    }
    commands = walker.commands
    needsShell = walker.needsShell
    interpreters = walker.interpreters
    scripts = walker.scripts
    text = walker.text + values.map { $0 + "\n" }.joined()
  }
}

private struct RootWalker {
  let trace: Trace
  let state: BuildState
  let reader: ContextReader
  let listing: ContextListing
  var commands: [Roots.Command] = []
  var needsShell = false
  var interpreters: Set<String> = []
  var scripts: [String] = []
  var text = ""
  /// Where the commands run that are being followed.
  private var folder: String
  private var followed: Set<String> = []
  /// How many shells inside one another are being followed.
  private var depth = 0

  init(trace: Trace, state: BuildState, reader: ContextReader, listing: ContextListing) {
    self.trace = trace
    self.state = state
    self.reader = reader
    self.listing = listing
    folder = state.directory
  }

  mutating func start(entrypoint: CommandForm?, command: CommandForm?, origin: Roots.Command.Origin) {
    switch (entrypoint, command) {
    case (.exec(let words)?, .exec(let more)?): add(.exec(words + more), origin: origin)
    case (.exec(let words)?, .shell(let text)?):
      // Docker hands the shell form over as `/bin/sh -c text`.
      add(.exec(words + state.shell + [text]), origin: origin)
    case (let entrypoint?, _): add(entrypoint, origin: origin)
    case (nil, let command?): add(command, origin: origin)
    case (nil, nil): break
    }
  }

  mutating func add(_ form: CommandForm, origin: Roots.Command.Origin) {
    switch form {
    case .exec(let words):
      text += words.joined(separator: " ") + "\n"
      follow(words.map { $0 }, origin: origin)
    case .shell(let line):
      needsShell = true
      interpreters.insert(state.shell.first ?? "/bin/sh")
      addShell(line, origin: origin)
    }
  }

  private mutating func addShell(_ line: String, origin: Roots.Command.Origin) {
    depth += 1
    defer { depth -= 1 }
    // A variable may hold text that starts the same shell again.
    guard depth < 50 else { return }
    text += line + "\n"
    let script = ShellScript(parsing: line)
    for placed in script.commands {
      guard let command = placed.command, !command.words.isEmpty else { continue }
      if command.name == "cd", let target = command.words.dropFirst().first?.literal {
        folder = ContextPath.join(folder, target)
      }
      followText(of: command, origin: origin)
      follow(Self.words(of: command) { state.environment[$0] }, origin: origin)
    }
    followSubstitutions(of: script, origin: origin)
  }

  /// The words of a command as the shell hands them over; nil where one is not known.
  ///
  /// A variable outside of quotes that is known to be empty is no word at all, and the text of `-c` is a script of its
  /// own, whose variables its own shell expands as well. A word `"$@"` stands for the arguments that are handed on.
  private static func words(
    of command: ShellCommand, handing handed: [String?]? = nil, _ value: (String) -> String?
  ) -> [String?] {
    let runsText = command.name.map { textRunners.contains(ContextPath.lastComponent($0)) } ?? false
    var words: [String?] = []
    for word in command.words {
      if let handed, word.parts == [.variable("@")] {
        words += handed
        continue
      }
      let text = word.expanded(value)
      if text == "", !word.isQuoted { continue }
      words.append(text ?? (runsText && words.last == "-c" ? word.unquoted : nil))
    }
    return words
  }

  /// Programs that run the text behind `-c`.
  private static let textRunners: Set<String> = ["sh", "bash", "ash", "dash", "su", "runuser"]

  /// Follows text that a shell runs later or once more: `trap "jstack $pid" TERM`, `eval "exec $COMMAND"`.
  private mutating func followText(of command: ShellCommand, origin: Roots.Command.Origin) {
    let words = command.words.map(\.unquoted)
    switch command.name {
    case "trap" where words.count > 2 && words[1].contains(" "): addShell(words[1], origin: origin)
    case "eval" where words.count > 1: addShell(words.dropFirst().joined(separator: " "), origin: origin)
    default: break
    }
  }

  /// Follows the commands inside a script's expansions, each in a shell of its own.
  private mutating func followSubstitutions(of script: ShellScript, origin: Roots.Command.Origin) {
    let before = folder
    for text in script.substitutions {
      addShell(text, origin: origin)
      folder = before
    }
  }

  /// Follows a command that stands for others, as `npm start` does for a script of the manifest.
  private mutating func followStandIn(_ words: [String?], origin: Roots.Command.Origin) {
    let text = { (path: String) in trace.map.contextPath(of: path, in: listing).flatMap { reader.text(of: $0) } }
    for language in Language.all {
      guard let meaning = language.meaning?(words, folder, text) else { continue }
      switch meaning {
      case .command(let words): if !words.isEmpty { follow(words, origin: origin) }
      case .lines(let lines, let place):
        guard followed.insert(place + "\n" + lines.joined(separator: "\n")).inserted else { return }
        needsShell = true
        interpreters.insert("/bin/sh")
        let before = folder
        for line in lines {
          folder = place
          addShell(line, origin: origin)
        }
        folder = before
      }
      return
    }
  }

  /// Follows what a supervisor or scheduler starts.
  private mutating func followSupervised(_ words: [String?]) {
    let before = folder
    for line in SupervisedCommands(startedBy: words, in: folder, trace, reader: reader, listing: listing).lines
    where followed.insert(line.folder + "\n" + line.text).inserted {
      folder = line.folder
      addShell(line.text, origin: .script(line.file))
    }
    folder = before
  }

  private mutating func follow(_ original: [String?], origin: Roots.Command.Origin) {
    var words = original
    // Wrappers and the shell's own words stand before the program.
    while let first = words.first, let name = first, words.count > 1,
      Self.wrappers.contains(ContextPath.lastComponent(name))
    {
      if ContextPath.lastComponent(name) == "dumb-init" || ContextPath.lastComponent(name) == "tini"
        || ContextPath.lastComponent(name) == "gosu"
      {
        commands.append(Roots.Command(origin: origin, words: [name]))
      }
      words.removeFirst()
      if ContextPath.lastComponent(name) == "gosu" || ContextPath.lastComponent(name) == "su-exec", words.count > 1 {
        words.removeFirst()
      }
      while words.count > 1, let option = words[0],
        option.hasPrefix("-") || (option.contains("=") && !option.contains("/"))
      { words.removeFirst() }
    }
    guard !words.isEmpty else { return }
    commands.append(Roots.Command(origin: origin, words: words, directory: folder))
    followStandIn(words, origin: origin)
    followSupervised(words)
    guard let first = words[0] else { return }
    let program = ContextPath.lastComponent(first)
    if ["su", "runuser"].contains(program), let mark = words.firstIndex(where: { $0 == "-c" || $0 == "--command" }),
      mark + 1 < words.count, let line = words[mark + 1]
    {
      needsShell = true
      interpreters.insert("/bin/sh")
      return addShell(line, origin: origin)
    }
    if ["sh", "bash", "ash", "dash"].contains(program) {
      needsShell = true
      interpreters.insert(first)
      if let mark = words.firstIndex(of: "-c"), mark + 1 < words.count, let line = words[mark + 1] {
        addShell(line, origin: origin)
        return
      }
      let rest = words.dropFirst().drop { $0?.hasPrefix("-") == true }
      if let script = rest.first ?? nil { read(script: script, arguments: Array(rest.dropFirst())) }
      return
    }
    if first.contains("/") || onPath(first) != nil {
      read(script: onPath(first) ?? first, arguments: Array(words.dropFirst()))
    }
    // A script that waits for others hands over to what stands behind `--`.
    if program.contains("wait"), let mark = words.firstIndex(of: "--"), mark + 1 < words.count {
      follow(Array(words[(mark + 1)...]), origin: origin)
    }
    // Arguments that are scripts of their own, as with an entrypoint that ends in `exec "$@"`.
    for word in words.dropFirst().compactMap({ $0 }) where word.hasSuffix(".sh") { read(script: word, arguments: []) }
  }

  /// A script copied to a folder on the PATH.
  private func onPath(_ program: String) -> String? {
    guard !program.contains("/") else { return nil }
    for folder in (state.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":") {
      let path = ContextPath.join(String(folder), program)
      if trace.map.contextPath(of: path, in: listing) != nil { return path }
    }
    return nil
  }

  /// Follows a script's commands; `"$@"` stands for the arguments it is started with.
  private mutating func read(script: String, arguments: [String?]) {
    let path = ContextPath.join(folder, script)
    guard !scripts.contains(path), scripts.count < 50, let source = trace.map.contextPath(of: path, in: listing),
      let written = reader.text(of: source), written.hasPrefix("#!") || path.hasSuffix(".sh")
    else { return }
    // A script with the line ends of Windows only starts because a step mends it.
    let content = written.contains("\r") ? written.replacing("\r\n", with: "\n") : written
    scripts.append(path)
    let first = content.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
    let interpreter =
      first.hasPrefix("#!") ? first.dropFirst(2).split(whereSeparator: \.isWhitespace).map(String.init) : ["/bin/sh"]
    if let program = interpreter.first {
      interpreters.insert(program.hasSuffix("/env") ? (interpreter.count > 1 ? interpreter[1] : program) : program)
    }
    text += content + "\n"
    let name = interpreter.last.map(ContextPath.lastComponent) ?? "sh"
    guard
      ["sh", "bash", "ash", "dash"].contains(name)
        || interpreter.contains(where: { ["sh", "bash", "dash", "ash"].contains(ContextPath.lastComponent($0)) })
    else { return }
    needsShell = true
    let parsed = ShellScript(parsing: content)
    let own = constants(of: parsed)
    for placed in parsed.commands {
      guard let command = placed.command, !command.words.isEmpty else { continue }
      followText(of: command, origin: .script(path))
      // Behind `--` stands what such scripts hand over to, after they have shifted their own arguments away.
      let handed = arguments.firstIndex(of: "--").map { Array(arguments[($0 + 1)...]) } ?? arguments
      let hands = command.name.map { ["exec", "gosu", "su-exec", "dumb-init", "tini"].contains($0) } ?? false
      let value = { (name: String) in own.keys.contains(name) ? own[name] ?? nil : state.environment[name] }
      let words = Self.words(of: command, handing: hands ? handed : nil, value)
      if !words.isEmpty { follow(words, origin: .script(path)) }
    }
    followSubstitutions(of: parsed, origin: .script(path))
  }

  /// The variables that a script sets once and for all; nil for those that it may set to more than one value.
  private func constants(of script: ShellScript) -> [String: String?] {
    var values: [String: String?] = [:]
    for placed in script.commands {
      guard let command = placed.command, command.words.isEmpty || command.name == "export" else { continue }
      var assignments = command.assignments.map { ($0.name, $0.value.expanded { values[$0] ?? state.environment[$0] }) }
      for word in command.words.dropFirst() {
        guard let text = word.expanded({ values[$0] ?? state.environment[$0] }), let cut = text.firstIndex(of: "=")
        else { continue }
        assignments.append((String(text[..<cut]), String(text[text.index(after: cut)...])))
      }
      for (name, value) in assignments {
        let isFirst = !values.keys.contains(name) && !placed.circumstances.isConditional
        values[name] = .some(isFirst ? value : nil)
      }
    }
    return values
  }

  private static let wrappers: Set<String> = [
    "exec", "env", "nohup", "time", "nice", "dumb-init", "tini", "gosu", "su-exec", "command", "catatonit",
  ]
}
