/// Commands that make users and groups.
enum UserCommands {
  static let rules: [CommandRule] = [
    CommandRule(
      "useradd", "adduser", "groupadd", "addgroup", "usermod",
      examples: [.init("useradd -u 1000 -m app", .users), .init("addgroup -S app", .users)]
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
    CommandRule(
      "passwd", "chpasswd", "deluser", "userdel", "groupdel", "delgroup", "gpasswd", "groupmod", "chsh", "newusers",
      does: SimpleCommand(role: .users, writes: ["/etc/passwd", "/etc/group", "/etc/shadow"]),
      examples: [.init("passwd -d root", .users), .init("groupmod -g 99 www-data", .users)]),
  ]
}

/// Commands that set up what programs find in the system: certificates, locales, time zones, libraries.
enum SystemSetupCommands {
  static let rules: [CommandRule] = [
    CommandRule(
      "update-ca-certificates",
      does: SimpleCommand(role: .files, reads: ["/usr/local/share/ca-certificates"], writes: ["/etc/ssl/certs"]),
      examples: [.init("update-ca-certificates", .files, writes: ["/etc/ssl/certs"])]),
    CommandRule(
      "locale-gen", "update-locale", "localedef",
      does: SimpleCommand(role: .files, reads: ["/etc/locale.gen"], writes: ["/usr/lib/locale"]),
      examples: [.init("locale-gen en_US.UTF-8", .files, writes: ["/usr/lib/locale"])]),
    CommandRule(
      "ldconfig", does: SimpleCommand(role: .files, writes: ["/etc/ld.so.cache"]),
      examples: [.init("ldconfig", .files, writes: ["/etc/ld.so.cache"])]),
    CommandRule(
      "fc-cache", does: SimpleCommand(role: .files, writes: ["/var/cache/fontconfig"]),
      examples: [.init("fc-cache -fv", .files, writes: ["/var/cache/fontconfig"])]),
    CommandRule(
      "crontab", does: SimpleCommand(role: .files, operands: .read, valued: ["-u"], writes: ["/var/spool/cron"]),
      examples: [.init("crontab /etc/cron.d/app", .files, writes: ["/var/spool/cron"], reads: ["/etc/cron.d/app"])]),
    // What a service does while the image is built, nobody can tell.
    CommandRule(
      "service", "systemctl", "initctl", "invoke-rc.d", "update-rc.d", "rc-update", "rc-service", "chkconfig",
      "start-stop-daemon",
      "supervisord", "supervisorctl", "mysql", "mysqld", "mysqld_safe", "mysqladmin", "mysql_install_db", "psql",
      "createdb",
      "createuser", "pg_ctl", "initdb", "postgres", "mongod", "redis-server", "redis-cli", "nginx", "apache2",
      "apachectl",
      "apache2ctl", "httpd", "a2enmod", "a2dismod", "a2ensite", "a2dissite", "a2enconf", "a2disconf", "phpenmod",
      "php5enmod",
      "su", "runuser", "chroot", "docker", "dockerd", "wine", "Xvfb", "sysctl", "modprobe", "mount", "umount",
      "setfacl", "chattr",
      "visudo", "postconf", "rabbitmq-plugins", "jupyter", "ipython", "sqlite3",
      examples: [
        .init("service mysql start", .unknown), .init("service --status-all", .inert), .init("su app -c 'x'", .unknown),
        .init("systemctl status x", .inert),
      ]
    ) { invocation in
      let words = invocation.arguments.compactMap { $0 }
      return CommandEffect(words.contains { ["status", "--status-all", "is-active"].contains($0) } ? .inert : .unknown)
    },
  ]
}
