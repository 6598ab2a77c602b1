import ContextFiles

/// Commands on files at paths they name.
enum FileCommands {
  static let rules: [CommandRule] = [
    CommandRule(
      "mkdir", does: SimpleCommand(role: .files, operands: .made, valued: ["-m", "--mode"]),
      examples: [.init("mkdir -p /data x", .files, writes: ["/data", "/src/x"]), .init("mkdir $(id -un)", .unknown)]),
    CommandRule(
      "chmod", "chown", "chgrp", "setcap",
      does: SimpleCommand(role: .files, operands: .changed, skipped: 1, valued: ["--reference"]),
      examples: [
        .init("chmod +x /start.sh", .files, writes: ["/start.sh"]),
        .init("chown -R app:$(id -g) /data", .files, writes: ["/data"]),
        // Of a pattern the folder is known.
        .init("chmod 755 /opt/bin/*", .files, writes: ["/opt/bin"], reads: ["/opt/bin"]),
      ]),
    CommandRule(
      "touch", "truncate", "mkfifo",
      does: SimpleCommand(role: .files, operands: .written, valued: ["-d", "-t", "-r", "-s", "--size"]),
      examples: [.init("touch /data/db.sqlite", .files, writes: ["/data/db.sqlite"])]),
    CommandRule(
      "ln", "cp", "mv", "install", examples: [.init("cp a /usr/local/bin/a", .files), .init("ln -s /a /b", .files)]
    ) {
      invocation in
      var effect = CommandEffect(.files)
      var paths = invocation.positional(valued: ["-m", "-o", "-g", "-t"])
      guard invocation.isFullyKnown, paths.count >= 1 else { return CommandEffect(.unknown) }
      if invocation.program == "install", invocation.has("-d") {
        effect.writes = paths.compactMap { $0.map(invocation.path) }
        effect.makesDirectories = effect.writes
        return effect
      }
      let target = paths.count > 1 ? paths.removeLast() : "."
      effect.reads = paths.compactMap { $0.map(invocation.path) }
      effect.writes = [invocation.path(target ?? ".")]
      if invocation.program == "mv" { effect.writes += effect.reads }
      return effect
    },
    CommandRule(
      "rm", "rmdir", "unlink",
      examples: [
        .init("rm -rf /var/lib/apt/lists/*", .cleanup), .init("rm -rf /root/.cache", .cleanup),
        .init("rm /app/config.sample", .files),
      ]
    ) {
      invocation in
      var effect = CommandEffect(.cleanup)
      let paths = invocation.positional()
      guard !paths.contains(where: { $0 == nil }) else { return CommandEffect(.unknown) }
      let absolute = paths.compactMap { $0.map(invocation.path) }
      let caches = [
        "/var/lib/apt", "/var/cache", "/tmp", "/var/tmp", "/root/.cache", "/root/.npm", "/var/log", "/usr/share/doc",
        "/usr/share/man",
      ]
      if absolute.allSatisfy({ path in caches.contains { ContextPath.isWithin(path, $0) } }) { return effect }
      effect.role = .files
      effect.writes = absolute
      effect.reads = absolute
      return effect
    },
    CommandRule("sed", examples: [.init("sed -i s/a/b/ /etc/x.conf", .files), .init("sed s/a/b/ x", .inert)]) {
      invocation in
      guard invocation.arguments.contains(where: { $0?.hasPrefix("-i") == true || $0 == "--in-place" }) else {
        return CommandEffect(.inert)
      }
      var effect = CommandEffect(.files)
      let words = invocation.positional(valued: ["-e", "-f", "--expression"])
      let files = invocation.has("-e") ? words[...] : words.dropFirst()
      guard !files.contains(where: { $0 == nil }) else { return CommandEffect(.unknown) }
      effect.writes = files.compactMap { $0.map(invocation.path) }
      effect.reads = effect.writes
      return effect
    },
    CommandRule(
      "tee", does: SimpleCommand(role: .files, operands: .written),
      examples: [.init("tee -a /etc/x.conf", .files, writes: ["/etc/x.conf"])]),
    CommandRule("tar", "unzip", "gunzip", "bunzip2", "xz", examples: [.init("tar xzf a.tgz -C /opt", .files)]) {
      invocation in
      var effect = CommandEffect(.files)
      let target = invocation.option("-C", "--directory", "-d").map(invocation.path) ?? invocation.directory
      effect.reads = invocation.paths(valued: ["-C", "--directory", "-d"])
      effect.writes = [target]
      return effect
    },
    CommandRule(
      "dos2unix", "gzip", "bzip2", "zstd", "unix2dos", does: SimpleCommand(role: .files, operands: .changed),
      examples: [.init("dos2unix start.sh", .files, writes: ["/src/start.sh"], reads: ["/src/start.sh"])]),
  ]
}
