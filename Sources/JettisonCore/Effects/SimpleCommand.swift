import ContextFiles

/// A command whose options and operands alone tell its effect, so that its row is data.
struct SimpleCommand: Sendable {
  /// What a command does to the paths among its operands.
  enum Operands: Sendable {
    /// They are no paths, or nothing happens to them that matters to an image.
    case ignored
    case read
    case written
    /// They are read and written.
    case changed
    /// They are folders that it makes.
    case made
  }

  var role: CommandEffect.Role
  var operands = Operands.ignored
  /// How many operands come before the paths, such as the mode of `chmod`.
  var skipped = 0
  /// Options that take the next word.
  var valued: Set<String> = []
  /// Options whose value is a path that it writes, in place of ``writes``.
  var outputs: [String] = []
  /// Paths that it reads whatever its operands are; `.` is the working directory and `~` the home folder.
  var reads: [String] = []
  /// Paths that it writes whatever its operands are.
  var writes: [String] = []
  /// The variables it reads; nil when it may read any.
  var environment: Set<String>? = []

  /// A command that changes nothing that stays.
  static let inert = SimpleCommand(role: .inert)
  /// A tool that works on the files of its folder and may read any variable.
  static let projectTool = SimpleCommand(role: .projectTool, reads: ["."], writes: ["."], environment: nil)
  /// A test or linter: it reads the files of its folder and leaves nothing.
  static let check = SimpleCommand(role: .check, reads: ["."], environment: nil)
  /// A command that may write anywhere.
  static let opaque = SimpleCommand(role: .unknown)

  /// What an invocation does.
  func effect(of invocation: Invocation) -> CommandEffect {
    var effect = CommandEffect(role)
    effect.environment = environment
    effect.reads = reads.map(invocation.path)
    let targets = outputs.flatMap { name in invocation.has(name) ? [invocation.option(name)] : [] }
    guard !targets.contains(where: { $0 == nil }) else { return CommandEffect(.unknown) }
    effect.writes = (targets.isEmpty ? writes : targets.compactMap { $0 }).map(invocation.path)
    if role == .inert, !targets.isEmpty { effect.role = .files }
    if case .ignored = operands { return effect }
    let words = invocation.positional(valued: valued.union(outputs)).dropFirst(skipped)
    guard !words.contains(where: { $0 == nil }) else { return CommandEffect(.unknown) }
    let paths = words.compactMap { $0.map { invocation.path($0).withoutPattern } }
    switch operands {
    case .ignored: break
    case .read: effect.reads += paths
    case .written: effect.writes += paths
    case .changed:
      effect.reads += paths
      if targets.isEmpty { effect.writes += paths }
    case .made:
      // The shell decides how many folders a pattern names.
      guard words.allSatisfy({ $0.map { invocation.path($0) == invocation.path($0).withoutPattern } ?? false }) else {
        return CommandEffect(.unknown)
      }
      effect.makesDirectories = paths
      effect.writes += paths
    }
    return effect
  }
}

extension CommandRule {
  /// Makes a row that is data.
  init(_ programs: String..., does command: SimpleCommand, examples: [CommandExample]) {
    self.init(programs: programs, examples: examples) { command.effect(of: $0) }
  }
}

extension String {
  /// The path, or of a pattern the folder in which it is looked for.
  var withoutPattern: String {
    guard let mark = firstIndex(where: { "*?[{".contains($0) }) else { return self }
    return ContextPath.parent(String(self[..<mark]) + "x")
  }
}
