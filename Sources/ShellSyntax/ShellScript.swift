/// Shell text taken apart: the commands of a RUN, CMD or script, with an honest ``ShellNode/opaque(_:reason:)`` where
/// the text is not understood.
public struct ShellScript: Sendable, Hashable {
  /// The text.
  public let source: [UInt8]
  /// The text's structure.
  public let root: ShellNode
  /// The texts of the outermost command substitutions, wherever they stand: in arguments, assignments, conditions.
  public let substitutions: [String]

  /// Parses shell text; parsing cannot fail.
  public init(parsing text: String) {
    source = Array(text.utf8)
    var parser = ShellParser(source)
    root = parser.parseScript()
    substitutions = parser.substitutions
  }

  /// The text of a byte range.
  public func text(of range: Range<Int>) -> String { String(decoding: source[range], as: UTF8.self) }

  /// The commands in the order they are written, each with the circumstances it runs in.
  public var commands: [PlacedCommand] {
    var output: [PlacedCommand] = []
    var scopes = 0
    root.flatten(into: &output, circumstances: Circumstances(), scopes: &scopes)
    return output
  }

  /// Whether some part of the text is not understood.
  public var isOpaque: Bool { root.containsOpaque }

  /// The commands when the text is nothing but commands joined by `&&`, `;` or line ends; nil otherwise.
  public var plainSequence: [ShellCommand]? { root.plainSequence }
}

/// A part of shell text.
public indirect enum ShellNode: Sendable, Hashable {
  /// One command with its words.
  case command(ShellCommand)
  /// Commands joined by `|`.
  case pipeline([ShellNode])
  /// `left && right`.
  case and(ShellNode, ShellNode)
  /// `left || right`.
  case or(ShellNode, ShellNode)
  /// Nodes joined by `;`, `&` or line ends.
  case sequence([ShellNode])
  /// A node behind which `&` stands.
  case background(ShellNode)
  /// A node behind `!`.
  case negated(ShellNode)
  /// `( … )`.
  case subshell(ShellNode)
  /// `{ …; }`.
  case group(ShellNode)
  /// `if` and `case`: the condition runs always, one of the branches may run.
  case conditional(condition: ShellNode, branches: [ShellNode])
  /// `for`, `while` and `until`; the words are those a `for` walks over.
  case loop(variable: String?, words: [ShellWord], condition: ShellNode, body: ShellNode)
  /// A function's definition.
  case function(String, ShellNode)
  /// Text that is not understood.
  case opaque(Range<Int>, reason: String)
}

/// A simple command.
public struct ShellCommand: Sendable, Hashable {
  /// Assignments before the first word.
  public var assignments: [ShellAssignment]
  /// The program and its arguments.
  public var words: [ShellWord]
  /// Redirections, wherever they stand in the command.
  public var redirections: [ShellRedirection]
  /// Where the command stands in the text, in bytes.
  public var range: Range<Int>

  /// Makes a command.
  public init(
    assignments: [ShellAssignment], words: [ShellWord], redirections: [ShellRedirection], range: Range<Int>
  ) {
    self.assignments = assignments
    self.words = words
    self.redirections = redirections
    self.range = range
  }

  /// The program's name when it is literal text.
  public var name: String? { words.first?.literal }
}

/// `name=value` before a command.
public struct ShellAssignment: Sendable, Hashable {
  /// The variable.
  public var name: String
  /// The value as a word.
  public var value: ShellWord
}

/// `> file`, `2>&1`, `<<EOF` and their like.
public struct ShellRedirection: Sendable, Hashable {
  /// The operator, such as `>`, `>>`, `<`, `>&`, `<<`.
  public var operation: String
  /// The file descriptor before the operator.
  public var descriptor: Int?
  /// What stands behind the operator.
  public var target: ShellWord

  /// Whether the redirection writes to a file.
  public var writesFile: Bool { [">", ">>", ">|", "&>", "&>>"].contains(operation) }
}

/// Where and when a command runs.
public struct Circumstances: Sendable, Hashable {
  /// Inside a branch, behind `||`, or in a loop that may run no time.
  public var isConditional = false
  /// The pipeline of several commands it is part of, nil when it stands alone.
  public var pipeline: Int?
  /// The subshells around the command, outermost first; a `cd` counts inside its own only.
  public var subshells: [Int] = []
  /// The loop variables that hold several values.
  public var loopVariables: [String: [ShellWord]] = [:]

  /// Makes the circumstances of a command that stands alone.
  public init() {}
}

/// A command with its circumstances.
public struct PlacedCommand: Sendable, Hashable {
  /// The command, nil for text that is not understood.
  public var command: ShellCommand?
  /// When and where it runs.
  public var circumstances: Circumstances
  /// Where it stands in the text.
  public var range: Range<Int>
}

extension ShellNode {
  func flatten(into output: inout [PlacedCommand], circumstances: Circumstances, scopes: inout Int) {
    switch self {
    case .command(let command):
      output.append(PlacedCommand(command: command, circumstances: circumstances, range: command.range))
    case .pipeline(let nodes):
      var inner = circumstances
      scopes += 1
      inner.pipeline = scopes
      for node in nodes {
        scopes += 1
        inner.subshells = circumstances.subshells + [scopes]
        node.flatten(into: &output, circumstances: inner, scopes: &scopes)
      }
    case .and(let left, let right):
      left.flatten(into: &output, circumstances: circumstances, scopes: &scopes)
      right.flatten(into: &output, circumstances: circumstances, scopes: &scopes)
    case .or(let left, let right):
      left.flatten(into: &output, circumstances: circumstances, scopes: &scopes)
      var inner = circumstances
      inner.isConditional = true
      right.flatten(into: &output, circumstances: inner, scopes: &scopes)
    case .sequence(let nodes):
      for node in nodes { node.flatten(into: &output, circumstances: circumstances, scopes: &scopes) }
    case .subshell(let node):
      var inner = circumstances
      scopes += 1
      inner.subshells.append(scopes)
      node.flatten(into: &output, circumstances: inner, scopes: &scopes)
    case .group(let node), .background(let node), .negated(let node):
      node.flatten(into: &output, circumstances: circumstances, scopes: &scopes)
    case .conditional(let condition, let branches):
      condition.flatten(into: &output, circumstances: circumstances, scopes: &scopes)
      var inner = circumstances
      inner.isConditional = true
      for branch in branches { branch.flatten(into: &output, circumstances: inner, scopes: &scopes) }
    case .loop(let variable, let words, let condition, let body):
      condition.flatten(into: &output, circumstances: circumstances, scopes: &scopes)
      var inner = circumstances
      inner.isConditional = words.isEmpty
      if let variable { inner.loopVariables[variable] = words }
      body.flatten(into: &output, circumstances: inner, scopes: &scopes)
    case .function(_, let body):
      // A function's commands run where it is called; listing them once, as conditional, misses none.
      var inner = circumstances
      inner.isConditional = true
      body.flatten(into: &output, circumstances: inner, scopes: &scopes)
    case .opaque(let range, _):
      output.append(PlacedCommand(command: nil, circumstances: circumstances, range: range))
    }
  }

  var containsOpaque: Bool {
    switch self {
    case .command: false
    case .opaque: true
    case .pipeline(let nodes), .sequence(let nodes): nodes.contains(where: \.containsOpaque)
    case .and(let left, let right), .or(let left, let right): left.containsOpaque || right.containsOpaque
    case .subshell(let node), .group(let node), .function(_, let node), .background(let node), .negated(let node):
      node.containsOpaque
    case .conditional(let condition, let branches):
      condition.containsOpaque || branches.contains(where: \.containsOpaque)
    case .loop(_, _, let condition, let body): condition.containsOpaque || body.containsOpaque
    }
  }

  var plainSequence: [ShellCommand]? {
    switch self {
    case .command(let command): return [command]
    case .and(let left, let right):
      guard let first = left.plainSequence, let second = right.plainSequence else { return nil }
      return first + second
    case .sequence(let nodes):
      var commands: [ShellCommand] = []
      for node in nodes {
        guard let inner = node.plainSequence else { return nil }
        commands += inner
      }
      return commands
    default: return nil
    }
  }
}
