import ContextFiles
import Projects

/// The shell's own commands and those that change nothing.
enum ShellCommands {
  static let rules: [CommandRule] = [
    // The shell's own words.
    CommandRule(
      "cd", "pushd", "popd", "set", "export", "unset", "true", "false", ":", "echo", "printf", "test", "[", "[[", "((",
      "]", "exit", "umask", "pwd", "command", "type", "trap", "wait", "local", "return", "shift", "read", "alias",
      "unalias", "hash", "ulimit", "break", "continue", "declare", "typeset", "readonly", "let", "getopts", "times",
      "jobs", "kill", "shopt", "unsetopt", "setopt", "exec", "env", "disown", "bind", "complete", "history",
      "deactivate",
      does: .inert,
      examples: [
        .init("echo hello", .inert), .init("cd /src", .inert), .init("echo x > /etc/x", .files, writes: ["/etc/x"]),
      ]),
    CommandRule("eval", does: .opaque, examples: [.init("eval $(ssh-agent)", .unknown)]),
    // What prints, asks, compares or waits.
    CommandRule(
      "ls", "cat", "which", "whereis", "printenv", "uname", "arch", "date", "sleep", "whoami", "id", "grep", "egrep",
      "fgrep", "rgrep", "zgrep", "rg", "ag", "cut", "tr", "head", "tail", "wc", "nproc", "getent", "cksum", "sum",
      "md5sum", "sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum", "b2sum", "shasum", "diff", "cmp", "comm",
      "basename", "dirname", "expr", "seq", "yes", "file", "du", "df", "stat", "sync", "readlink", "realpath", "mktemp",
      "paste", "join", "tac", "rev", "fold", "fmt", "nl", "column", "expand", "unexpand", "od", "hexdump", "strings",
      "base64", "base32", "envsubst", "jq", "bc", "dc", "more", "less", "zcat", "bzcat", "xzcat", "zstdcat",
      "tput", "reset", "clear", "stty", "tty", "locale", "getconf", "hostname", "hostid", "logname", "groups", "users",
      "who", "w", "last", "uptime", "free", "top", "ps", "pgrep", "pkill", "killall", "pidof", "lsof", "fuser",
      "vmstat",
      "lscpu", "lsblk", "dmesg", "lsb_release", "ping", "host", "dig", "nslookup", "ldd", "nm", "objdump", "readelf",
      "size", "scanelf", "pkg-config", "pkgconf", "pg_config", "mysql_config", "xml2-config", "xslt-config",
      "curl-config", "python-config", "python3-config", "php-config", "icu-config", "gpgconf", "gpg-connect-agent",
      "cal", "factor", "look", "timedatectl", "localectl", "cloc", "neofetch", "figlet", "cowsay", "xmllint",
      "desktop-file-validate", "shellcheck", "hadolint",
      does: .inert, examples: [.init("ls -la /opt", .inert), .init("grep -q x /etc/passwd", .inert)]),
    CommandRule(
      "sort", "shuf", "tree", "xmllint", does: SimpleCommand(role: .inert, outputs: ["-o", "--output"]),
      examples: [
        .init("sort -u names", .inert, writes: []), .init("sort -o /etc/names names", .files, writes: ["/etc/names"]),
      ]),
    CommandRule(
      "uniq", does: SimpleCommand(role: .files, operands: .written, skipped: 1, valued: ["-f", "-s", "-w"]),
      examples: [.init("uniq names unique", .files, writes: ["/src/unique"]), .init("uniq -c", .files, writes: [])]),
    CommandRule(
      "awk", "gawk", "mawk", "nawk", "perl",
      examples: [
        .init("awk '{ print $1 }' /etc/passwd", .inert), .init("awk '{ print > \"x\" }' a", .unknown),
        .init("perl -pi -e s/a/b/ /etc/x.conf", .files, writes: ["/etc/x.conf"]),
        .init("perl Makefile.PL", .projectTool),
      ], effect: TextProgram.effect),
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
