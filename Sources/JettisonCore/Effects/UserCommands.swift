/// Commands that make users and groups.
enum UserCommands {
  static let rules: [CommandRule] = [
    CommandRule(
      "useradd", "adduser", "groupadd", "addgroup", "usermod",
      examples: [("useradd -u 1000 -m app", .users), ("addgroup -S app", .users)]
    ) { invocation in
      var effect = CommandEffect(.users)
      let valued: Set<String> = [
        "-u", "--uid", "-g", "--gid", "-G", "--groups", "-d", "--home", "--home-dir", "-h", "-s", "--shell", "-c",
        "--comment",
        "--gecos", "--ingroup", "-K", "-b", "--base-dir", "-k", "--skel", "-e", "-p", "--password",
      ]
      let isGroup = invocation.program.hasPrefix("group") || invocation.program == "addgroup"
      guard let name = invocation.positional(valued: valued).last ?? nil else { return CommandEffect(.unknown) }
      let id = isGroup ? invocation.option("-g", "--gid") : invocation.option("-u", "--uid")
      // Short options may stand together: `useradd -md /srv/web web`.
      let together = invocation.arguments.compactMap { $0 }.first {
        $0.hasPrefix("-") && !$0.hasPrefix("--") && $0.count > 2 && $0.hasSuffix("d")
      }
      let home =
        isGroup
        ? nil : invocation.option("-d", "--home", "--home-dir", "-h") ?? together.flatMap { invocation.option($0) }
      effect.users = [UserChange(name: name, id: id, isGroup: isGroup, home: home)]
      effect.writes = ["/etc/passwd", "/etc/group", "/etc/shadow"]
      return effect
    },
    CommandRule("passwd", "chpasswd", "deluser", "userdel", examples: [("passwd -d root", .users)]) { _ in
      var effect = CommandEffect(.users)
      effect.writes = ["/etc/passwd", "/etc/shadow"]
      return effect
    },
    CommandRule("update-ca-certificates", examples: [("update-ca-certificates", .files)]) { _ in
      var effect = CommandEffect(.files)
      effect.reads = ["/usr/local/share/ca-certificates"]
      effect.writes = ["/etc/ssl/certs"]
      return effect
    },
    CommandRule("locale-gen", "update-locale", "localedef", examples: [("locale-gen en_US.UTF-8", .files)]) { _ in
      var effect = CommandEffect(.files)
      effect.reads = ["/etc/locale.gen"]
      effect.writes = ["/usr/lib/locale"]
      return effect
    },
    CommandRule("ldconfig", examples: [("ldconfig", .files)]) { _ in
      var effect = CommandEffect(.files)
      effect.writes = ["/etc/ld.so.cache"]
      return effect
    },
  ]
}
