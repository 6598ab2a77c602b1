import ShellSyntax

/// A command that runs the one behind it, such as `sudo` and `timeout`.
struct CommandWrapper {
  /// Options that take the next word.
  var valued: Set<String> = []
  /// How many operands come before the command.
  var operands = 0
  /// Whether the first operand, or an option, names the user who runs it.
  var changesUser = false

  private static let all: [String: CommandWrapper] = [
    "sudo": CommandWrapper(
      valued: ["-u", "--user", "-g", "--group", "-h", "-p", "-C", "-r", "-t", "-T", "-U"], changesUser: true),
    "doas": CommandWrapper(valued: ["-u", "-C"], changesUser: true),
    "gosu": CommandWrapper(operands: 1, changesUser: true),
    "su-exec": CommandWrapper(operands: 1, changesUser: true),
    "setuser": CommandWrapper(operands: 1, changesUser: true),
    "time": CommandWrapper(valued: ["-f", "-o"]),
    "nice": CommandWrapper(valued: ["-n"]),
    "ionice": CommandWrapper(valued: ["-c", "-n"]),
    "nohup": CommandWrapper(), "eatmydata": CommandWrapper(), "builtin": CommandWrapper(), "chronic": CommandWrapper(),
    "unbuffer": CommandWrapper(), "fakeroot": CommandWrapper(), "command": CommandWrapper(),
    "exec": CommandWrapper(valued: ["-a"]),
    "env": CommandWrapper(valued: ["-u", "--unset"]),
    "timeout": CommandWrapper(valued: ["-s", "-k", "--signal", "--kill-after"], operands: 1),
    "stdbuf": CommandWrapper(valued: ["-i", "-o", "-e"]),
    "xvfb-run": CommandWrapper(valued: ["-s", "-n", "-e", "-f", "-w", "-p", "--server-args", "--server-num"]),
  ]

  /// The command that runs in the end, and the user whom a wrapper names.
  static func unwrap(_ original: ShellCommand) -> (command: ShellCommand, user: String?) {
    var command = original
    var user: String?
    while let name = command.name, let wrapper = all[name], command.words.count > 1 {
      // `command -v` asks, `env -C` and `env -S` change more than the command.
      let asks = name == "command" && ["-v", "-V"].contains(command.words[1].literal)
      if asks || name == "env" && ["-C", "-S"].contains(command.words[1].literal) { break }
      var words = command.words.dropFirst()
      var operands = wrapper.operands
      while words.count > 1, let word = words.first {
        let text = word.literal ?? ""
        if wrapper.valued.contains(text), words.count > 2 {
          if wrapper.changesUser, ["-u", "--user"].contains(text) { user = words[words.startIndex + 1].literal ?? "?" }
          words = words.dropFirst(2)
        } else if text.hasPrefix("-") || ["env", "sudo"].contains(name) && word.isAssignment {
          words = words.dropFirst()
        } else if operands > 0 {
          if wrapper.changesUser { user = word.literal?.split(separator: ":").first.map(String.init) ?? "?" }
          operands -= 1
          words = words.dropFirst()
        } else {
          break
        }
      }
      command.words = Array(words)
    }
    return (command, user)
  }
}

extension ShellWord {
  /// Whether the word reads `name=value`.
  fileprivate var isAssignment: Bool {
    guard case .literal(let start)? = parts.first, let cut = start.firstIndex(of: "=") else { return false }
    return cut > start.startIndex && start[..<cut].allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }
}
