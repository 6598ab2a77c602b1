import ContextFiles
import ShellSyntax

/// Commands that fetch from the network.
enum FetchCommands {
  static let rules: [CommandRule] = [
    CommandRule(
      "curl",
      examples: [
        .init("curl -fsSL -o /usr/local/bin/tool https://example.com/tool", .download),
        .init("curl https://example.com", .inert),
      ]
    ) {
      invocation in
      guard let target = invocation.option("-o", "--output") ?? bundledOutput(invocation) else {
        if invocation.has("-O") || invocation.has("--remote-name") {
          return download(to: remoteName(invocation), invocation)
        }
        return invocation.command.redirections.contains(where: \.writesFile)
          ? CommandEffect(.download) : CommandEffect(.inert)
      }
      return download(to: target, invocation)
    },
    CommandRule(
      "wget",
      examples: [
        .init("wget -qO/bin/probe https://example.com/probe", .download),
        .init("wget https://example.com/a.tgz", .download),
      ]
    ) {
      invocation in
      if let target = invocation.option("--output-document") ?? wgetOutput(invocation) {
        return target == "-" ? CommandEffect(.inert) : download(to: target, invocation)
      }
      let folder = invocation.option("-P", "--directory-prefix") ?? "."
      return download(to: folder + "/" + remoteName(invocation), invocation)
    },
    CommandRule(
      "git",
      examples: [
        .init("git clone https://example.com/a.git /src", .download), .init("git config --global x y", .configuration),
      ]
    ) {
      invocation in
      let words = invocation.positional(valued: ["-C", "-b", "--branch", "--depth", "-c", "-o"])
      switch words.first ?? nil {
      case "clone":
        let target = words.count > 2 ? words[2] : nil
        let name = (words.count > 1 ? words[1] : nil).map { ContextPath.lastComponent($0) }
        let folder = target ?? name.map { $0.hasSuffix(".git") ? String($0.dropLast(4)) : $0 }
        guard let folder else { return CommandEffect(.unknown) }
        return download(to: folder, invocation)
      case "config": return CommandEffect(.configuration)
      default:
        var effect = CommandEffect(.projectTool)
        effect.writes = [invocation.directory]
        effect.reads = effect.writes
        return effect
      }
    },
    CommandRule(
      "svn", "hg", "bzr",
      examples: [
        .init("svn checkout https://example.com/a /src/a", .download, writes: ["/src/a"]),
        .init("hg clone https://example.com/b", .download, writes: ["/src/b"]),
        .init("svn --version", .inert), .init("hg update stable", .projectTool),
      ]
    ) { invocation in
      let words = invocation.positional(valued: ["-r", "--rev", "--revision", "-b", "--username", "--password"])
      switch words.first ?? nil {
      case "checkout", "co", "clone", "export", "branch":
        guard let folder = words.count > 2 ? words[2] : words.last ?? nil, words.count > 1 else {
          return CommandEffect(.unknown)
        }
        return download(to: words.count > 2 ? folder : ContextPath.lastComponent(folder), invocation)
      case "info", "log", "id", "status", "diff": return CommandEffect(.inert)
      default: return SimpleCommand.projectTool.effect(of: invocation)
      }
    },
    CommandRule(
      "rsync",
      examples: [
        .init("rsync -a dist/ /srv/www", .files, writes: ["/srv/www"], reads: ["/src/dist"]),
        .init("rsync -a host::files /data", .download, writes: ["/data"]),
      ]
    ) { invocation in
      var words = invocation.positional(valued: ["-e", "--exclude", "--include", "--exclude-from", "-f", "--filter"])
      guard words.count > 1, let target = words.removeLast(), !words.contains(where: { $0 == nil }) else {
        return CommandEffect(.unknown)
      }
      if target.contains(":") { return CommandEffect(.inert) }
      if words.contains(where: { $0?.contains(":") == true }) { return download(to: target, invocation) }
      var effect = CommandEffect(.files)
      effect.reads = words.compactMap { $0.map { invocation.path($0).withoutPattern } }
      effect.writes = [invocation.path(target)]
      return effect
    },
    CommandRule("ssh-keyscan", does: .inert, examples: [.init("ssh-keyscan github.com", .inert)]),
    CommandRule(
      "ssh-keygen", does: SimpleCommand(role: .files, outputs: ["-f"], writes: ["~/.ssh", "/etc/ssh"]),
      examples: [
        .init("ssh-keygen -t rsa -f /etc/ssh/key -N ''", .files, writes: ["/etc/ssh/key"]),
        .init("ssh-keygen -A", .files, writes: ["/root/.ssh", "/etc/ssh"]),
      ]),
    CommandRule(
      "openssl",
      examples: [
        .init("openssl version", .inert), .init("openssl rand -hex 16", .inert), .init("openssl ca -batch", .unknown),
        .init(
          "openssl req -x509 -nodes -keyout /etc/k.pem -out /etc/c.pem", .files, writes: ["/etc/c.pem", "/etc/k.pem"]),
      ]
    ) { invocation in
      let asks: Set<String?> = ["ca", "rehash", "engine"]
      guard !asks.contains(invocation.arguments.first ?? nil) else { return CommandEffect(.unknown) }
      return SimpleCommand(role: .inert, outputs: ["-out", "-keyout"]).effect(of: invocation)
    },
    CommandRule(
      "gpg", "gpg2",
      examples: [
        .init("gpg --dearmor -o /usr/share/keyrings/x.gpg", .files, writes: ["/usr/share/keyrings/x.gpg"]),
        .init("gpg --batch --keyserver example.com --recv-keys A1", .files, writes: ["/root/.gnupg"]),
        .init("gpg --import build.sh", .unknown), .init("gpg --batch --verify a.asc a", .inert),
        .init("gpg --export -a A1", .inert),
        .init("gpg -o $X -d a", .unknown),
      ]
    ) { invocation in
      let home = invocation.environment["GNUPGHOME"] ?? "~/.gnupg"
      if invocation.has("-o") || invocation.has("--output") {
        return SimpleCommand(role: .files, outputs: ["-o", "--output"]).effect(of: invocation)
      }
      let asks = [
        "--verify", "--list-keys", "--fingerprint", "--export", "--dearmor", "-d", "--decrypt", "--print-md", "-k",
        "--list-secret-keys",
        "--with-fingerprint", "--show-keys", "--enarmor",
      ]
      if invocation.arguments.contains(where: { $0.map { word in asks.contains { word == $0 } } ?? false }) {
        return CommandEffect(.inert)
      }
      // A key of the project's own may be what the running program signs with.
      let words = invocation.positional(valued: ["--keyserver", "--keyring", "--primary-keyring", "--homedir"])
      let makesKeys = invocation.arguments.contains { $0?.contains("gen") == true || $0?.contains("secret") == true }
      let isOwn = words.contains { word in
        word.map { invocation.surroundings.text(ofImagePath: invocation.path($0)) != nil } ?? false
      }
      if makesKeys || isOwn { return CommandEffect(.unknown) }
      let ring = invocation.options("--keyring", "--primary-keyring").last
      return SimpleCommand(role: .files, writes: [ring ?? home]).effect(of: invocation)
    },
  ]

  private static func download(to path: String, _ invocation: Invocation) -> CommandEffect {
    var effect = CommandEffect(.download)
    effect.writes = [invocation.path(path)]
    effect.environment = ["http_proxy", "https_proxy", "no_proxy", "PATH"]
    return effect
  }

  /// `-sLo file`: a bundle that ends in `o`.
  private static func bundledOutput(_ invocation: Invocation) -> String? {
    for (index, argument) in invocation.arguments.enumerated() {
      guard let argument, argument.hasPrefix("-"), !argument.hasPrefix("--"), argument.last == "o", argument.count > 2
      else { continue }
      return index + 1 < invocation.arguments.count ? invocation.arguments[index + 1] : nil
    }
    return nil
  }

  /// `-O file`, `-Ofile`, `-qO file`, `-qOfile`.
  private static func wgetOutput(_ invocation: Invocation) -> String? {
    for (index, argument) in invocation.arguments.enumerated() {
      guard let argument, argument.hasPrefix("-"), !argument.hasPrefix("--"), let mark = argument.firstIndex(of: "O")
      else { continue }
      let rest = argument[argument.index(after: mark)...]
      if !rest.isEmpty { return String(rest) }
      return index + 1 < invocation.arguments.count ? invocation.arguments[index + 1] : nil
    }
    return nil
  }

  private static func remoteName(_ invocation: Invocation) -> String {
    let address = invocation.arguments.compactMap { $0 }.first { $0.contains("://") } ?? "index.html"
    return ContextPath.lastComponent(String(address.prefix { $0 != "?" }))
  }
}
