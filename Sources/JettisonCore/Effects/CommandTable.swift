/// What a row of the command table does, checked by a test: a command run in `/src`, and its effect.
public struct CommandExample: Sendable {
  /// The command.
  public var command: String
  /// The role it has.
  public var role: CommandEffect.Role
  /// The paths it writes, nil where the example does not say.
  public var writes: [String]?
  /// The paths it reads, nil where the example does not say.
  public var reads: [String]?

  /// Makes an example.
  public init(_ command: String, _ role: CommandEffect.Role, writes: [String]? = nil, reads: [String]? = nil) {
    self.command = command
    self.role = role
    self.writes = writes
    self.reads = reads
  }
}

/// One row of the command table: which programs, and what they do.
public struct CommandRule: Sendable {
  /// The programs' names.
  public var programs: [String]
  /// What the row does.
  public var examples: [CommandExample]
  /// The effect of an invocation.
  public var effect: @Sendable (Invocation) -> CommandEffect

  init(
    programs: [String], examples: [CommandExample], effect: @escaping @Sendable (Invocation) -> CommandEffect
  ) {
    self.programs = programs
    self.examples = examples
    self.effect = effect
  }

  /// Makes a row.
  public init(
    _ programs: String..., examples: [CommandExample], effect: @escaping @Sendable (Invocation) -> CommandEffect
  ) {
    self.init(programs: programs, examples: examples, effect: effect)
  }
}

/// The commands Jettison knows: the system's rows and those of the languages.
public struct CommandTable: Sendable {
  /// All rows.
  public let rules: [CommandRule]
  private let byProgram: [String: CommandRule]

  /// Makes a table; later rows win.
  public init(_ rules: [CommandRule]) {
    self.rules = rules
    var byProgram: [String: CommandRule] = [:]
    for rule in rules {
      for program in rule.programs { byProgram[program] = rule }
    }
    self.byProgram = byProgram
  }

  /// The system's rows and the rows of all languages.
  public static let builtin = CommandTable(
    PackageCommands.rules + RPMCommands.rules + FileCommands.rules + UserCommands.rules + SystemSetupCommands.rules
      + FetchCommands.rules
      + ShellCommands.rules + SearchCommands.rules + BuildCommands.rules + OtherLanguageCommands.rules
      + Language.all.flatMap(\.commands))

  /// The row of a program; a version behind the name (`python3.11`) does not matter.
  public func rule(for program: String) -> CommandRule? {
    if let rule = byProgram[program] { return rule }
    let stem = String(program.prefix { !$0.isNumber && $0 != "." })
    return ["python", "pip"].contains(stem) ? byProgram[stem] : nil
  }
}
