import ContextFiles

/// apt, apk and what sets them up.
enum PackageCommands {
  static let rules: [CommandRule] = [
    CommandRule(
      "apt-get", "apt", "aptitude",
      examples: [.init("apt-get install -y --no-install-recommends gcc", .packages), .init("apt-get clean", .cleanup)],
      effect: apt),
    CommandRule("apk", examples: [.init("apk add --no-cache build-base", .packages)], effect: apk),
    CommandRule(
      "apt-mark", "apt-cache", "apt-config", "dpkg-query", "dpkg-architecture", "dpkg-deb", "debconf-show", "deborphan",
      does: .inert, examples: [.init("apt-mark manual libpq5", .inert)]),
    CommandRule(
      "dpkg",
      examples: [
        .init("dpkg -i a.deb", .unknown), .init("dpkg --print-architecture", .inert), .init("dpkg -l", .inert),
        .init("dpkg --add-architecture i386", .unknown), .init("dpkg --purge x", .unknown),
      ]
    ) { invocation in
      let asks: Set<String> = [
        "--print-architecture", "--print-foreign-architectures", "-l", "--list", "-L", "--listfiles", "-s", "--status",
        "-S", "--search", "--get-selections", "--configure", "-p", "-V", "--verify", "--compare-versions", "-c", "-I",
        "--info", "--contents", "--audit",
      ]
      return CommandEffect(invocation.arguments.first.flatMap { $0 }.map(asks.contains) == true ? .inert : .unknown)
    },
    CommandRule(
      "apt-key",
      examples: [
        .init("apt-key add key.asc", .files, writes: ["/etc/apt/trusted.gpg"]), .init("apt-key list", .inert),
      ]
    ) { invocation in
      let asks: Set<String> = ["list", "finger", "fingerprint", "export", "exportall"]
      if let verb = invocation.positional(valued: ["--keyring"]).first ?? nil, asks.contains(verb) {
        return CommandEffect(.inert)
      }
      return SimpleCommand(role: .files, writes: ["/etc/apt/trusted.gpg"]).effect(of: invocation)
    },
    CommandRule(
      "add-apt-repository", "apt-add-repository",
      does: SimpleCommand(role: .files, writes: ["/etc/apt/sources.list.d", "/etc/apt/trusted.gpg.d"]),
      examples: [
        .init("add-apt-repository ppa:x/y", .files, writes: ["/etc/apt/sources.list.d", "/etc/apt/trusted.gpg.d"])
      ]),
    // Answers to the questions of packages, and packages from files: what they change shows only later.
    CommandRule(
      "debconf-set-selections", "dpkg-divert", "dpkg-statoverride", "dpkg-buildpackage", "debuild", "gdebi", "alien",
      "mk-build-deps", "install_packages", "aptdcon", "tasksel", "pacman", "yaourt", "emerge", "xbps-install", "brew",
      "nix-env", "nix", "snap", "swupd", "opkg", "choco", "scoop", "dpkg-scanpackages",
      does: .opaque, examples: [.init("debconf-set-selections answers", .unknown), .init("pacman -Syu", .unknown)]),
    CommandRule(
      "dpkg-reconfigure",
      examples: [
        .init("dpkg-reconfigure -f noninteractive tzdata", .files, writes: ["/etc/localtime", "/etc/timezone"]),
        .init(
          "dpkg-reconfigure --frontend=noninteractive locales", .files,
          writes: ["/usr/lib/locale", "/etc/default/locale"]),
        .init("dpkg-reconfigure dash", .unknown),
      ]
    ) { invocation in
      var effect = CommandEffect(.files)
      switch invocation.positional(valued: ["-f", "--frontend", "-p", "--priority"]) {
      case ["tzdata"]: effect.writes = ["/etc/localtime", "/etc/timezone"]
      case ["locales"]:
        effect.reads = ["/etc/locale.gen"]
        effect.writes = ["/usr/lib/locale", "/etc/default/locale"]
      default: return CommandEffect(.unknown)
      }
      return effect
    },
    CommandRule(
      "update-alternatives", "alternatives", "update-java-alternatives",
      examples: [
        .init("update-alternatives --install /usr/bin/gcc gcc /usr/bin/gcc-9 60", .configuration),
        .init("update-alternatives --install /usr/bin/python python /usr/bin/python3 1", .unknown),
        .init("update-alternatives --list java", .inert),
      ]
    ) { invocation in
      let words = invocation.arguments.compactMap { $0 }
      if words.contains(where: { ["--list", "--display", "--query", "--get-selections"].contains($0) }) {
        return CommandEffect(.inert)
      }
      // The choice of a compiler matters to a build only; that of others needs what it leads to.
      let compilers = ["gcc", "g++", "cc", "c++", "clang", "clang++", "cpp", "ld", "gfortran", "cpp-bin"]
      let named = words.first(where: { !$0.hasPrefix("-") }).map(ContextPath.lastComponent)
      return CommandEffect(named.map(compilers.contains) == true ? .configuration : .unknown)
    },
  ]

  private static let aptValues: Set<String> = ["-t", "--target-release", "-o", "-c"]
  private static let apkValues: Set<String> = ["--virtual", "-t", "--repository", "-X", "-p"]

  @Sendable private static func apt(_ invocation: Invocation) -> CommandEffect {
    var words = invocation.positional(valued: aptValues)
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
      // Every line says yes, and how much it talks changes nothing.
      change.flags = invocation.flags(valued: aptValues) { flag in
        ["--yes", "--assume-yes", "--quiet", "-qq", "-q=2"].contains(flag)
          || flag.dropFirst().allSatisfy { "yq".contains($0) }
      }
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
    var words = invocation.positional(valued: apkValues)
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
      let ownFlags: Set<String> = [
        "--no-cache", "--update", "-U", "--update-cache", "--virtual", "-t", "-q", "--quiet",
      ]
      change.flags = invocation.flags(valued: apkValues) { ownFlags.contains($0) || $0.hasPrefix("--virtual=") }
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
