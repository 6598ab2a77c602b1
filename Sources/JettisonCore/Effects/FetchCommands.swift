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
