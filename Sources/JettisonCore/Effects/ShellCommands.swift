import ContextFiles
import Projects

/// The shell's own commands and those that change nothing.
enum ShellCommands {
  static let rules: [CommandRule] = [
    CommandRule(
      "cd", "pushd", "popd", "set", "export", "unset", "true", "false", ":", "echo", "printf", "test", "[", "[[", "((",
      "]",
      "exit", "exec", "umask",
      "ls", "cat", "pwd", "which", "command", "type", "env", "printenv", "uname", "arch", "date", "sleep", "whoami",
      "id", "grep", "egrep",
      "awk", "cut", "tr", "sort", "uniq", "head", "tail", "wc", "xargs", "find", "nproc", "getent", "dpkg", "sha256sum",
      "sha1sum", "md5sum", "sha512sum", "gpg", "diff",
      "basename", "dirname", "expr", "seq", "trap", "wait", "local", "return", "shift", "read", "yes", "file", "du",
      "df", "stat", "sync", "readlink", "realpath", "alias", "hash", "ulimit",
      examples: [
        .init("echo hello", .inert), .init("cd /src", .inert), .init("find / -name x -delete", .unknown),
        .init("dpkg -i a.deb", .unknown),
      ]
    ) { invocation in
      let arguments = invocation.arguments.compactMap { $0 }
      switch invocation.program {
      case "find":
        if arguments.contains(where: { ["-delete", "-exec", "-execdir", "-ok"].contains($0) }) {
          return CommandEffect(.unknown)
        }
      case "xargs", "exec", "env", "command":
        if arguments.contains(where: { !$0.hasPrefix("-") && !$0.contains("=") }), invocation.program != "command" {
          return CommandEffect(.unknown)
        }
      case "dpkg":
        if invocation.has("-i") || arguments.contains("--install") || arguments.contains("-r") {
          return CommandEffect(.unknown)
        }
        if arguments.contains("--add-architecture") { return CommandEffect(.unknown) }
      default: break
      }
      return CommandEffect(.inert)
    },
    CommandRule(
      "make", "gmake", examples: [.init("make build", .projectTool), .init("make -C /tmp/lib install", .unknown)]
    ) { invocation in
      var effect = CommandEffect(.projectTool)
      let folder = invocation.option("-C", "--directory").map(invocation.path) ?? invocation.directory
      // Where the sources came from elsewhere, only their makefile knows where to it installs.
      let installs = invocation.positional(valued: ["-C", "--directory"]).contains { $0?.contains("install") ?? true }
      if installs, Makefile.text(in: folder, invocation.surroundings) == nil { return CommandEffect(.unknown) }
      effect.reads = [folder]
      effect.writes = [folder]
      effect.environment = nil
      return effect
    },
    CommandRule(
      "sh", "bash", "ash", "dash", ".", "source",
      examples: [.init("sh ./build.sh", .projectTool), .init("bash -c 'x'", .unknown)]
    ) { invocation in
      guard let script = invocation.positional().first ?? nil, !invocation.has("-c") else {
        return CommandEffect(.unknown)
      }
      return ProjectScript.effect(of: invocation.path(script), invocation)
    },
  ]
}

/// A script of the project that a RUN starts.
enum ProjectScript {
  /// The effect of a script: it writes below its directory and to the absolute paths its text names.
  static func effect(of path: String, _ invocation: Invocation) -> CommandEffect {
    guard let text = invocation.surroundings.text(ofImagePath: path) else { return CommandEffect(.unknown) }
    var effect = CommandEffect(.projectTool)
    effect.environment = nil
    effect.reads = [invocation.directory, path]
    effect.writes = [invocation.directory] + absolutePaths(in: text)
    return effect
  }

  /// The absolute paths a text names, system folders of programs left out.
  static func absolutePaths(in text: String) -> [String] {
    var paths: [String] = []
    for word in text.split(whereSeparator: { " \t\n\r\"'`;|&()<>=:,{}[]".contains($0) })
    where word.hasPrefix("/") && word.count > 1 {
      let path = ContextPath.clean(String(word))
      let isSystem = ["/bin", "/usr/bin", "/dev", "/tmp", "/proc", "/sys"].contains { ContextPath.isWithin(path, $0) }
      if !isSystem, !paths.contains(path) { paths.append(path) }
    }
    return paths
  }
}
