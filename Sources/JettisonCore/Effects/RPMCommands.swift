import ContextFiles

/// The package managers of rpm systems.
enum RPMCommands {
  static let rules: [CommandRule] = [
    CommandRule(
      "yum", "dnf", "microdnf", "tdnf",
      examples: [
        .init("yum install -y fontconfig", .packages), .init("dnf -y update", .packages),
        .init("yum clean all", .cleanup),
        .init("microdnf install --nodocs tar", .packages), .init("yum install -y ./a.rpm", .unknown),
        .init("yum groupinstall -y 'Development Tools'", .unknown), .init("yum repolist", .inert),
        .init("dnf config-manager --add-repo x", .files, writes: ["/etc/yum.repos.d"]),
      ], effect: yum),
    CommandRule(
      "yum-config-manager", does: SimpleCommand(role: .files, writes: ["/etc/yum.repos.d"]),
      examples: [.init("yum-config-manager --enable x", .files, writes: ["/etc/yum.repos.d"])]),
    CommandRule(
      "rpm",
      examples: [
        .init("rpm -qa", .inert), .init("rpm --import key", .files, writes: ["/etc/pki/rpm-gpg"]),
        .init("rpm -Uvh a.rpm", .unknown),
      ]
    ) { invocation in
      let words = invocation.arguments.compactMap { $0 }
      if words.contains("--import") {
        return SimpleCommand(role: .files, writes: ["/etc/pki/rpm-gpg"]).effect(of: invocation)
      }
      let asks = words.first.map { $0.hasPrefix("-q") || $0.hasPrefix("-V") || $0 == "--eval" || $0 == "-E" } ?? false
      return CommandEffect(asks ? .inert : .unknown)
    },
    CommandRule(
      "zypper",
      examples: [.init("zypper clean -a", .cleanup), .init("zypper -n install git", .unknown)]
    ) { invocation in
      let verb = invocation.positional().first ?? nil
      return CommandEffect(verb == "clean" || verb == "cc" ? .cleanup : .unknown)
    },
    CommandRule(
      "amazon-linux-extras", "subscription-manager", "scl", "rpmbuild", "urpmi", does: .opaque,
      examples: [.init("amazon-linux-extras install epel", .unknown)]),
    CommandRule(
      "update-ca-trust",
      does: SimpleCommand(role: .files, reads: ["/etc/pki/ca-trust/source"], writes: ["/etc/pki/ca-trust/extracted"]),
      examples: [.init("update-ca-trust extract", .files, writes: ["/etc/pki/ca-trust/extracted"])]),
  ]

  @Sendable private static func yum(_ invocation: Invocation) -> CommandEffect {
    var words = invocation.positional(valued: ["-c", "--config", "-x", "--exclude", "--enablerepo", "--disablerepo"])
    guard !words.isEmpty, let verb = words.removeFirst() else { return CommandEffect(.unknown) }
    let manager = PackageManager(rawValue: invocation.program) ?? .microdnf
    var change = PackageChange(manager: manager)
    change.options = invocation.arguments.compactMap { $0 }.filter { $0.hasPrefix("-") }
    var effect = CommandEffect(.packages)
    effect.environment = ["PATH", "http_proxy", "https_proxy", "no_proxy"]
    switch verb {
    case "install":
      // Files, addresses and groups leave the set of packages open.
      let isOpen = words.contains { $0.map { $0.contains("/") || $0.hasSuffix(".rpm") || $0.hasPrefix("@") } ?? true }
      guard !isOpen else { return CommandEffect(.unknown) }
      change.installed = words.compactMap { $0 }
      change.refreshes = true
    case "remove", "erase": change.removed = words.compactMap { $0 }
    case "update", "upgrade", "check-update", "makecache":
      guard words.isEmpty else { return CommandEffect(.unknown) }
      change.refreshes = true
    case "clean", "autoremove":
      effect.role = .cleanup
      return effect
    case "list", "info", "search", "repolist", "provides", "repoquery", "history": return CommandEffect(.inert)
    case "config-manager": return SimpleCommand(role: .files, writes: ["/etc/yum.repos.d"]).effect(of: invocation)
    default: return CommandEffect(.unknown)
    }
    effect.packages = change
    return effect
  }
}
