import ContextFiles
import ShellSyntax

/// Commands that read programs of their own or run other commands on what they find.
enum SearchCommands {
  static let rules: [CommandRule] = [
    CommandRule(
      "find",
      examples: [
        .init("find / -name x", .inert), .init("find /var/cache -type f -delete", .cleanup),
        .init("find /app -name '*.pyc' -delete", .files, writes: ["/app"]),
        .init("find . -name '*.sh' -exec chmod +x {} +", .files, writes: ["/src"]),
        .init("find /etc -type f -exec grep -l x {} \\;", .inert), .init("find / -exec sh -c 'x' \\;", .unknown),
        .init("find $HERE -delete", .unknown),
      ], effect: find),
    CommandRule(
      "xargs",
      examples: [
        .init("xargs grep -l x", .inert), .init("xargs rm -f", .unknown), .init("xargs -n 1 echo", .inert),
      ], effect: xargs),
  ]

  @Sendable private static func find(_ invocation: Invocation) -> CommandEffect {
    let isExpression = { (word: String?) in word.map { $0.hasPrefix("-") || ["(", "!", "\\("].contains($0) } ?? false }
    let globals: Set<String?> = ["-H", "-L", "-P"]
    let start = invocation.arguments.drop { globals.contains($0) }
    let written = start.prefix { !isExpression($0) }
    guard !written.contains(where: { $0 == nil }) else { return CommandEffect(.unknown) }
    let roots = written.isEmpty ? ["."] : written.compactMap { $0 }
    var rest = Array(start.dropFirst(written.count))
    var effects: [CommandEffect] = []
    while !rest.isEmpty {
      let word = rest.removeFirst()
      switch word {
      case "-delete": effects.append(FileCommands.removal(of: roots.map(invocation.path)))
      case "-exec", "-execdir", "-ok", "-okdir":
        let end = rest.firstIndex { $0 == ";" || $0 == "+" || $0 == "\\;" } ?? rest.endIndex
        let command = Array(rest[..<end])
        rest.removeFirst(min(end + 1, rest.count))
        for root in roots { effects.append(inner(command.map { $0 == "{}" ? root : $0 }, invocation)) }
      case "-fprint", "-fprintf", "-fls", "-fprint0": return CommandEffect(.unknown)
      default: continue
      }
    }
    return combined(effects)
  }

  /// What xargs adds to the command comes from its input, which the command line does not tell.
  @Sendable private static func xargs(_ invocation: Invocation) -> CommandEffect {
    let valued: Set<String> = ["-n", "-P", "-I", "-i", "-L", "-s", "-d", "-E", "-a", "--max-args", "--max-procs"]
    var rest = invocation.arguments[...]
    while let word = rest.first ?? nil, word.hasPrefix("-") {
      rest = rest.dropFirst(valued.contains(word) ? 2 : 1)
    }
    guard !rest.isEmpty else { return CommandEffect(.inert) }
    return inner(rest.map { $0 == "{}" ? nil : $0 } + [nil], invocation)
  }

  /// The effect of a command inside another one.
  private static func inner(_ words: [String?], _ invocation: Invocation) -> CommandEffect {
    guard let first = words.first, let path = first else { return CommandEffect(.unknown) }
    var inner = invocation
    inner.program = ContextPath.lastComponent(path)
    inner.programPath = path
    inner.arguments = Array(words.dropFirst())
    inner.words = inner.arguments.map { $0.map(ShellWord.init(literal:)) ?? ShellWord(parts: [.opaque("")]) }
    inner.command.words = [ShellWord(literal: path)] + inner.words
    inner.command.redirections = []
    var effect = CommandTable.builtin.rule(for: inner.program)?.effect(inner) ?? CommandEffect(.unknown)
    let plain: Set<CommandEffect.Role> = [.inert, .cleanup, .files]
    if !plain.contains(effect.role) { effect.role = .unknown }
    return effect
  }

  /// One effect for several plain ones.
  private static func combined(_ effects: [CommandEffect]) -> CommandEffect {
    let roles = Set(effects.map(\.role))
    var result = CommandEffect(.inert)
    if roles.contains(.unknown) { return CommandEffect(.unknown) }
    if roles.contains(.files) { result.role = .files } else if roles.contains(.cleanup) { result.role = .cleanup }
    for effect in effects {
      result.reads += effect.reads
      result.writes += effect.writes
    }
    return result
  }
}

/// Programs that a command is given as text.
enum TextProgram {
  /// The effect of awk and perl with a program on the command line.
  @Sendable static func effect(_ invocation: Invocation) -> CommandEffect {
    let isPerl = invocation.program == "perl"
    let opaqueMarks =
      isPerl
      ? ["open", "system", "exec", "unlink", "rename", "`", "qx", "mkdir"] : ["> \"", ">\"", "| \"", "|\"", "system("]
    guard let text = invocation.arguments.first(where: { $0?.hasPrefix("-") != true }) else {
      return CommandEffect(.unknown)
    }
    if isPerl {
      if text == "Makefile.PL" || text == "Build.PL" { return SimpleCommand.projectTool.effect(of: invocation) }
      let code =
        invocation.options("-e", "-E")
        + invocation.arguments.compactMap { $0 }.filter { $0.hasPrefix("s/") || $0.hasPrefix("s|") }
      let flags = invocation.arguments.compactMap { $0 }.filter { $0.hasPrefix("-") && !$0.hasPrefix("--") }
      guard flags.contains(where: { $0.contains("e") }), invocation.isFullyKnown,
        !opaqueMarks.contains(where: { mark in code.contains { $0.contains(mark) } })
      else { return CommandEffect(.unknown) }
      guard flags.contains(where: { $0.contains("i") }) else { return CommandEffect(.inert) }
      let valued = Set(flags.filter { $0.hasSuffix("e") })
      var effect = CommandEffect(.files)
      effect.writes = invocation.paths(valued: valued).map(\.withoutPattern)
      effect.reads = effect.writes
      return effect
    }
    let isOpaque = text.map { text in opaqueMarks.contains { text.contains($0) } } ?? true
    return CommandEffect(isOpaque || invocation.arguments.contains("inplace") ? .unknown : .inert)
  }
}
