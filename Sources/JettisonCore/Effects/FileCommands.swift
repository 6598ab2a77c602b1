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
      let paths = invocation.positional()
      guard !paths.contains(where: { $0 == nil }) else { return CommandEffect(.unknown) }
      return removal(of: paths.compactMap { $0.map(invocation.path) })
    },
    CommandRule(
      "sed",
      examples: [
        .init("sed -i s/a/b/ /etc/x.conf", .files, writes: ["/etc/x.conf"]), .init("sed s/a/b/ x", .inert),
        .init("sed -ri.bak -e s/a/b/ -e s/b/c/ /etc/x/*.conf", .files, writes: ["/etc/x"]),
        .init("sed -i s/a/$(date)/ /etc/x.conf", .files, writes: ["/etc/x.conf"]),
      ]
    ) { invocation in
      let flags = invocation.arguments.compactMap { $0 }.filter { $0.hasPrefix("-") }
      let short = flags.filter { !$0.hasPrefix("--") }.map { $0.prefix { $0 != "." } }
      guard short.contains(where: { $0.contains("i") }) || flags.contains(where: { $0.hasPrefix("--in-place") }) else {
        return CommandEffect(.inert)
      }
      // A bundle that ends in `e` or `f` takes the script from the next word.
      let scripts = Set(short.filter { $0.hasSuffix("e") && !$0.contains("i") || $0.hasSuffix("f") }.map(String.init))
      let named = scripts.union(["--expression", "--file"])
      let words = invocation.positional(valued: named)
      let files =
        flags.contains(where: { flag in named.contains { flag.hasPrefix($0) && $0.count > 2 } || named.contains(flag) })
        ? words[...] : words.dropFirst()
      guard !files.contains(where: { $0 == nil }) else { return CommandEffect(.unknown) }
      var effect = CommandEffect(.files)
      effect.writes = files.compactMap { $0.map { invocation.path($0).withoutPattern } }
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
      "zip", does: SimpleCommand(role: .files, reads: ["."], writes: ["."]),
      examples: [.init("zip -r out.zip dist", .files, writes: ["/src"])]),
    CommandRule(
      "dd",
      examples: [
        .init("dd if=/dev/zero of=/swap bs=1M count=1", .files, writes: ["/swap"]), .init("dd of=$X", .unknown),
      ]
    ) { invocation in
      var effect = CommandEffect(.files)
      let words = invocation.arguments
      guard !words.contains(where: { $0 == nil }) else { return CommandEffect(.unknown) }
      let values = { (name: String) in
        words.compactMap { $0 }.filter { $0.hasPrefix(name) }.map { invocation.path(String($0.dropFirst(name.count))) }
      }
      effect.reads = values("if=")
      effect.writes = values("of=")
      if effect.writes.isEmpty { effect.role = .inert }
      return effect
    },
    CommandRule(
      "strip", "chrpath", "patchelf", "upx", "advpng", "optipng", "jpegoptim", "gifsicle",
      does: SimpleCommand(
        role: .files, operands: .changed,
        valued: ["-R", "-K", "-N", "--set-rpath", "--set-interpreter", "--add-needed", "-r"], outputs: ["-o"]),
      examples: [
        .init("strip --strip-all /app/main", .files, writes: ["/app/main"], reads: ["/app/main"]),
        .init("upx -9 -o small big", .files, writes: ["/src/small"], reads: ["/src/big"]),
      ]),
    CommandRule(
      "patch", does: SimpleCommand(role: .files, outputs: ["-d", "--directory"], reads: ["."], writes: ["."]),
      examples: [
        .init("patch -p1 -i fix.patch", .files, writes: ["/src"]),
        .init("patch -d /opt/x -p1", .files, writes: ["/opt/x"]),
      ]),
    CommandRule(
      "dos2unix", "gzip", "bzip2", "zstd", "unix2dos", does: SimpleCommand(role: .files, operands: .changed),
      examples: [.init("dos2unix start.sh", .files, writes: ["/src/start.sh"], reads: ["/src/start.sh"])]),
  ]

  /// What removing paths does: of caches and temporary files nothing that matters.
  static func removal(of paths: [String]) -> CommandEffect {
    let caches = [
      "/var/lib/apt", "/var/cache", "/tmp", "/var/tmp", "/root/.cache", "/root/.npm", "/var/log", "/usr/share/doc",
      "/usr/share/man",
    ]
    if paths.allSatisfy({ path in caches.contains { ContextPath.isWithin(path, $0) } }) {
      return CommandEffect(.cleanup)
    }
    var effect = CommandEffect(.files)
    effect.writes = paths
    effect.reads = paths
    return effect
  }
}
