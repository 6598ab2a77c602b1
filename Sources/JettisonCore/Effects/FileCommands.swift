import ContextFiles

/// Commands on files at paths they name.
enum FileCommands {
  static let rules: [CommandRule] = [
    CommandRule("mkdir", examples: [("mkdir -p /data", .files)]) { invocation in
      var effect = CommandEffect(.files)
      let paths = invocation.paths(valued: ["-m", "--mode"])
      effect.makesDirectories = paths
      effect.writes = paths
      return invocation.isFullyKnown ? effect : CommandEffect(.unknown)
    },
    CommandRule(
      "chmod", "chown", "chgrp", "setcap", examples: [("chmod +x /start.sh", .files), ("chown -R app /data", .files)]
    ) {
      invocation in
      var effect = CommandEffect(.files)
      let paths = invocation.positional(valued: ["--reference"]).dropFirst()
      guard !paths.contains(where: { $0 == nil }) else { return CommandEffect(.unknown) }
      // Of a pattern the folder is known.
      effect.writes = paths.compactMap { path in
        path.map(invocation.path).map { $0.contains { "*?[".contains($0) } ? ContextPath.parent($0) : $0 }
      }
      effect.reads = effect.writes
      return effect
    },
    CommandRule("touch", examples: [("touch /data/db.sqlite", .files)]) { invocation in
      var effect = CommandEffect(.files)
      effect.writes = invocation.paths(valued: ["-d", "-t", "-r"])
      return invocation.isFullyKnown ? effect : CommandEffect(.unknown)
    },
    CommandRule("ln", "cp", "mv", "install", examples: [("cp a /usr/local/bin/a", .files), ("ln -s /a /b", .files)]) {
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
        ("rm -rf /var/lib/apt/lists/*", .cleanup), ("rm -rf /root/.cache", .cleanup), ("rm /app/config.sample", .files),
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
    CommandRule("sed", examples: [("sed -i s/a/b/ /etc/x.conf", .files), ("sed s/a/b/ x", .inert)]) { invocation in
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
    CommandRule("tee", examples: [("tee /etc/x.conf", .files)]) { invocation in
      var effect = CommandEffect(.files)
      effect.writes = invocation.paths()
      return effect
    },
    CommandRule("tar", "unzip", "gunzip", "bunzip2", "xz", examples: [("tar xzf a.tgz -C /opt", .files)]) {
      invocation in
      var effect = CommandEffect(.files)
      let target = invocation.option("-C", "--directory", "-d").map(invocation.path) ?? invocation.directory
      effect.reads = invocation.paths(valued: ["-C", "--directory", "-d"])
      effect.writes = [target]
      return effect
    },
    CommandRule("dos2unix", "gzip", examples: [("dos2unix start.sh", .files)]) { invocation in
      var effect = CommandEffect(.files)
      effect.writes = invocation.paths()
      effect.reads = effect.writes
      return effect
    },
  ]
}
