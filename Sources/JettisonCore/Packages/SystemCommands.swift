import ContextFiles
import ShellSyntax

/// The programs that small bases hold.
enum SystemCommands {
  /// Words of the shell itself.
  static let builtins: Set<String> = [
    ".", ":", "[", "[[", "((", "alias", "bg", "break", "case", "cd", "command", "continue", "echo", "eval", "exec",
    "exit",
    "export", "false", "fg",
    "getopts", "hash", "jobs", "kill", "let", "local", "printf", "pwd", "read", "readonly", "return", "set", "shift",
    "source", "test", "times",
    "trap", "true", "type", "ulimit", "umask", "unalias", "unset", "wait", "declare", "shopt", "function", "if", "then",
    "else", "fi", "for", "do", "done", "while", "until", "esac",
  ]

  /// Commands of coreutils and their like that both BusyBox and Debian's slim image have.
  static let common: Set<String> = [
    "awk", "basename", "cat", "chgrp", "chmod", "chown", "chroot", "cp", "cut", "date", "dd", "df", "dirname", "du",
    "env", "expand", "expr",
    "find", "fold", "grep", "egrep", "fgrep", "groups", "gunzip", "gzip", "head", "hostname", "id", "install", "ln",
    "ls", "md5sum", "mkdir", "mkfifo", "mknod", "mktemp",
    "mount", "mv", "nice", "nl", "nohup", "nproc", "od", "paste", "printenv", "readlink", "realpath", "rm", "rmdir",
    "sed", "seq", "sh",
    "sha1sum", "sha256sum", "sha512sum", "shuf", "sleep", "sort", "split", "stat", "stty", "sum", "sync", "tac", "tail",
    "tar", "tee", "timeout", "touch", "tr", "truncate",
    "tty", "uname", "uniq", "unlink", "wc", "which", "who", "whoami", "xargs", "yes", "zcat", "getent", "su", "arch",
    "cmp", "diff", "base64", "dash", "getopt",
  ]

  /// What BusyBox has beyond ``common``.
  static let busybox: Set<String> = [
    "ash", "bc", "bunzip2", "bzip2", "crond", "crontab", "dig", "ftpget", "less", "nc", "netstat", "nslookup", "ping",
    "pgrep", "pidof", "pkill", "ps",
    "telnet", "top", "traceroute", "unzip", "vi", "watch", "wget", "xz", "adduser", "addgroup", "ip", "ifconfig",
    "killall", "free", "uptime",
  ]

  /// What Debian's slim image has beyond ``common``.
  static let debian: Set<String> = [
    "bash", "useradd", "groupadd", "usermod", "adduser", "addgroup", "apt-get", "dpkg", "perl", "rgrep", "runuser",
    "setpriv", "chpasswd", "ldconfig", "ldd", "nsenter", "script", "tput", "reset", "pidof", "more",
    "dpkg-reconfigure",
  ]

  /// Programs whose name in sources or scripts means that they are started; with packages that bring them.
  static let notable: Set<String> = [
    "git", "curl", "wget", "ssh", "scp", "sftp", "ssh-keygen", "ssh-keyscan", "ps", "pgrep", "pkill", "hg", "svn",
    "unzip", "convert", "identify", "mogrify", "magick", "ffmpeg", "ffprobe",
    "gpg", "openssl", "pdftotext", "pdftoppm",
    "wkhtmltopdf", "tesseract", "psql", "pg_dump", "mysqldump", "mysql", "redis-cli", "node", "npm", "java", "docker",
    "kubectl", "helm", "terraform", "ansible", "nmap",
    "gcc", "make", "youtube-dl", "yt-dlp", "chromium", "google-chrome", "pandoc", "latex", "pdflatex", "gs", "qpdf",
    "exiftool", "rsync", "sqlite3", "jq", "go", "nginx", "python3", "python", "perl", "bash", "zip", "gm",
  ]

  /// Programs that come in one package with another one.
  private static let companions: [String: [String]] = [
    "ssh": ["ssh-keyscan", "ssh-keygen", "scp", "sftp", "ssh-add", "ssh-agent", "ssh-copy-id"],
    "gpg": ["gpgconf", "gpg-agent", "gpg-connect-agent", "gpgsm", "dirmngr", "gpg2"],
    "gcc": [
      "cc", "cpp", "strip", "ld", "as", "ar", "ranlib", "nm", "objdump", "objcopy", "readelf", "strings", "addr2line",
      "gcov",
    ],
    "g++": ["c++"], "xz": ["unxz", "xzcat"], "bzip2": ["bunzip2", "bzcat"], "make": ["gmake"],
    "autoconf": ["autoreconf", "autoheader"], "automake": ["aclocal"], "python": ["python3"], "python3": ["python"],
    "ps": ["pgrep", "pkill", "top", "free", "uptime", "watch", "vmstat", "w", "sysctl", "pmap", "pwdx", "pidwait"],
    "unzip": ["zipinfo", "funzip"], "svn": ["svnadmin"],
    "convert": ["compare", "composite", "montage", "import", "display", "stream"],
  ]

  /// A program and those that come with it.
  static func withCompanions(_ program: String) -> [String] { [program] + (companions[program] ?? []) }

  /// The program in whose package another one comes; the program itself where it is nobody's companion.
  static func leader(of program: String) -> String {
    companions.first { $0.value.contains(program) && !$0.key.hasPrefix("python") }?.key ?? program
  }

  /// The programs that a base image holds, as far as they are known.
  static func programs(of variant: Catalogue.Family.Variant) -> Set<String> {
    var names = builtins.union(variant.programs.flatMap(withCompanions))
    switch variant.libc {
    case .glibc: names.formUnion(common.union(debian))
    case .musl: names.formUnion(common.union(busybox))
    case .none: break
    }
    return names
  }

  /// The programs that a command of a RUN calls, wrappers and unpackers included.
  static func called(by effect: CommandEffect) -> Set<String> {
    var names: Set<String> = [effect.program]
    let words = effect.command?.words.compactMap(\.literal) ?? []
    if let first = words.first { names.insert(ContextPath.lastComponent(first)) }
    if ["apt-key", "add-apt-repository"].contains(effect.program) { names.insert("gpg") }
    if effect.program == "tar" {
      let letters = words.dropFirst().first { !$0.hasPrefix("--") }.map { $0.hasPrefix("/") ? "" : $0 } ?? ""
      if letters.contains("J") || words.contains(where: { $0.hasSuffix(".xz") }) { names.insert("xz") }
      if words.contains(where: { $0.hasSuffix(".bz2") || $0.hasSuffix(".tbz2") }) { names.insert("bzip2") }
    }
    return names
  }

  /// The notable programs that string literals of the sources start.
  ///
  /// A literal that is a command line of several commands, or starts one through a shell or a wrapper, names all of them.
  static func started(by literals: Set<String>) -> Set<String> {
    literals.reduce(into: []) { found, literal in
      let words = literal.prefix(400).split(whereSeparator: \.isWhitespace)
      guard let first = words.first.map({ ContextPath.lastComponent(String($0)) }) else { return }
      if notable.contains(first) { found.insert(first) }
      guard words.count > 1, isCommandLine(literal, first: first) else { return }
      found.formUnion(commandWords(of: literal).filter { notable.contains($0) || inCommandLines.contains($0) })
    }
  }

  /// Programs with names that mean a start in the middle of a command line only.
  private static let inCommandLines: Set<String> = ["file", "xz", "bzip2", "patch"]

  /// Whether a literal may be a text for a shell.
  private static func isCommandLine(_ literal: String, first: String) -> Bool {
    guard literal.utf8.count < 4000 else { return false }
    return ["|", "&&", ";", "$(", "`"].contains { literal.contains($0) } || notable.contains(first)
      || ["cd", "sh", "bash", "sudo", "env", "exec", "nohup", "time", "timeout", "nice", "xargs"].contains(first)
  }

  /// The programs that a shell would start for a text, those behind wrappers included.
  private static func commandWords(of text: String) -> [String] {
    ShellScript(parsing: text).commands.flatMap { placed -> [String] in
      var names: [String] = []
      for word in placed.command?.words ?? [] {
        guard let text = word.literal else { break }
        let name = ContextPath.lastComponent(text)
        names.append(name)
        let isWrapper = ["sudo", "env", "exec", "nohup", "time", "timeout", "nice", "xargs"].contains(name)
        if !isWrapper, !text.hasPrefix("-"), !text.contains("="), !text.allSatisfy(\.isNumber) { break }
      }
      return names
    }
  }

  /// The programs of which any literal holds the name as a word: enough to keep a package that the author names himself.
  static func mentioned(in literals: Set<String>) -> Set<String> {
    literals.reduce(into: []) { found, literal in
      guard literal.utf8.count < 4000 else { return }
      for word in literal.split(whereSeparator: { " \t\n\r\"'`;|&()$/={}<>,".contains($0) }) {
        let name = String(word)
        if fetching.contains(name) { found.insert(name) }
      }
    }
  }

  /// Programs that builds fetch and unpack with and running programs call just as well.
  private static let fetching: Set<String> = [
    "git", "curl", "wget", "ssh", "scp", "rsync", "gpg", "zip", "unzip", "hg", "svn",
  ]

  /// The programs that string literals start, shells and whatever lies in a folder of the system's programs included, as
  /// absolute paths where they are given so.
  static func startedFully(by literals: Set<String>) -> Set<String> {
    let named = literals.compactMap { literal -> String? in
      guard let word = literal.split(separator: " ", maxSplits: 1).first.map(String.init) else { return nil }
      let isProgram = shells.contains(word) || binaryFolders.contains(ContextPath.parent(word))
      return isProgram && !ContextPath.lastComponent(word).isEmpty ? word : nil
    }
    return started(by: literals).union(named)
  }

  /// The notable programs that a script starts.
  static func started(byScript text: String) -> Set<String> {
    Set(commandWords(of: text).filter { notable.contains($0) || inCommandLines.contains($0) })
  }

  private static let shells: Set<String> = ["sh", "bash", "ash", "dash", "zsh", "ksh"]

  private static let binaryFolders: Set<String> = [
    "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin",
  ]
}
