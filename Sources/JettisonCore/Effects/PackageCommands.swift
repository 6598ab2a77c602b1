/// apt and apk.
enum PackageCommands {
  static let rules: [CommandRule] = [
    CommandRule(
      "apt-get", "apt", "aptitude",
      examples: [.init("apt-get install -y --no-install-recommends gcc", .packages), .init("apt-get clean", .cleanup)],
      effect: apt),
    CommandRule("apk", examples: [.init("apk add --no-cache build-base", .packages)], effect: apk),
    CommandRule("apt-mark", "apt-cache", "dpkg-query", examples: [.init("apt-mark manual libpq5", .inert)]) { _ in
      CommandEffect(.inert)
    },
    CommandRule("apt-key", "add-apt-repository", examples: [.init("add-apt-repository ppa:x/y", .unknown)]) { _ in
      CommandEffect(.unknown)
    },
  ]

  @Sendable private static func apt(_ invocation: Invocation) -> CommandEffect {
    var words = invocation.positional(valued: ["-t", "--target-release", "-o", "-c"])
    guard !words.isEmpty, let verb = words.removeFirst() else { return CommandEffect(.unknown) }
    var effect = CommandEffect(.packages)
    var change = PackageChange(manager: .apt)
    change.options = invocation.arguments.compactMap { $0 }.filter { $0.hasPrefix("-") && $0 != "--" }
    effect.environment = ["DEBIAN_FRONTEND", "PATH", "http_proxy", "https_proxy", "no_proxy"]
    switch verb {
    case "update": change.refreshes = true
    case "install", "build-dep", "reinstall":
      // A name that is not known, or a file, leaves the set of packages open.
      guard verb == "install",
        !words.contains(where: { $0 == nil || $0?.hasPrefix(".") == true || $0?.hasPrefix("/") == true })
      else { return CommandEffect(.unknown) }
      change.installed = words.compactMap { $0 }
    case "remove", "purge": change.removed = words.compactMap { $0 }
    case "upgrade", "dist-upgrade", "full-upgrade", "safe-upgrade": change.options.append("upgrade")
    case "autoremove", "clean", "autoclean", "check":
      effect.role = .cleanup
      return effect
    default: return CommandEffect(.unknown)
    }
    effect.packages = change
    return effect
  }

  @Sendable private static func apk(_ invocation: Invocation) -> CommandEffect {
    let virtual = invocation.option("--virtual", "-t")
    var words = invocation.positional(valued: ["--virtual", "-t", "--repository", "-X", "-p"])
    guard !words.isEmpty, let verb = words.removeFirst() else { return CommandEffect(.unknown) }
    var effect = CommandEffect(.packages)
    var change = PackageChange(manager: .apk)
    change.options = invocation.arguments.compactMap { $0 }.filter { $0.hasPrefix("-") }
    effect.environment = ["PATH", "http_proxy", "https_proxy"]
    switch verb {
    case "update": change.refreshes = true
    case "add":
      guard !words.contains(where: { $0 == nil || $0?.hasPrefix("/") == true }) else { return CommandEffect(.unknown) }
      change.installed = words.compactMap { $0 }
      change.group = virtual
    case "del": change.removed = words.compactMap { $0 }
    case "upgrade", "fix": change.options.append("upgrade")
    case "cache", "info", "version", "search":
      effect.role = .cleanup
      return effect
    default: return CommandEffect(.unknown)
    }
    effect.packages = change
    return effect
  }
}
