import ContextFiles
import ShellSyntax

/// Compilers and build systems of C and its kin.
enum BuildCommands {
  /// The programs that link native code.
  static let native: Set<String> = [
    "gcc", "g++", "cc", "c++", "clang", "clang++", "gfortran", "tcc", "rustc", "swiftc", "ld", "configure", "cmake",
    "ninja", "meson", "scons", "waf", "b2", "bjam", "qmake", "cargo",
  ]

  static let rules: [CommandRule] = [
    CommandRule(
      "gcc", "g++", "cc", "c++", "clang", "clang++", "gfortran", "tcc", "rustc", "swiftc", "nasm", "yasm", "as", "ld",
      does: SimpleCommand(role: .projectTool, outputs: ["-o"], reads: ["."], writes: ["."], environment: nil),
      examples: [
        .init("gcc -O2 -o /usr/local/bin/probe probe.c", .projectTool, writes: ["/usr/local/bin/probe"]),
        .init("gcc -c a.c", .projectTool, writes: ["/src"]), .init("gcc -v", .projectTool),
      ]),
    CommandRule(
      "ar", "ranlib", "protoc-gen-go", "flex", "bison", "swig", "moc", "rpcgen", "gperf", "m4", "xgettext", "msgfmt",
      "msgmerge", "gdbus-codegen", "glib-compile-resources", "glib-compile-schemas", "makeinfo", "doxygen",
      "sphinx-build", "mkdocs", "hugo", "jekyll", "pandoc", "asciidoctor", "antlr4", "thrift", "flatc", "catkin_make",
      does: .projectTool, examples: [.init("doxygen", .projectTool, writes: ["/src"])]),
    CommandRule(
      "configure", "autogen.sh", "buildconf", "autoreconf", "autoconf", "automake", "aclocal", "autoheader",
      "libtoolize",
      "intltoolize", "autopoint", "phpize", "qmake", "premake", "premake5", "gyp", "gn", "config",
      does: .projectTool,
      examples: [
        .init("./configure --prefix=/usr/local", .projectTool, writes: ["/src"]), .init("autoreconf -i", .projectTool),
      ]),
    CommandRule(
      "cmake",
      examples: [
        .init("cmake -DCMAKE_BUILD_TYPE=Release ..", .projectTool, writes: ["/src"]),
        .init("cmake -S . -B /tmp/out", .projectTool, writes: ["/src", "/tmp/out"]),
        .init("cmake --build build", .projectTool), .init("cmake --install build", .unknown),
        .init("cmake --build . --target install", .unknown), .init("cmake -E echo x", .unknown),
      ]
    ) { invocation in
      let leaving: Set<String> = ["--install", "install", "-E", "-P"]
      let isKnown = zip(invocation.arguments, invocation.words).allSatisfy { argument, word in
        if let argument { return !leaving.contains(argument) }
        // `-DNAME=$VALUE` says nothing about where the build is written.
        guard case ShellWord.Part.literal(let start)? = word.parts.first else { return false }
        return start.hasPrefix("-D")
      }
      guard isKnown else { return CommandEffect(.unknown) }
      var effect = SimpleCommand.projectTool.effect(of: invocation)
      for folder in invocation.options("-B", "-S", "-H", "--build") {
        let path = invocation.path(folder)
        if !ContextPath.isWithin(path, invocation.directory) { effect.writes.append(path) }
      }
      return effect
    },
    CommandRule(
      "ninja", "meson", "scons", "waf", "rake", "b2", "bjam", "xmake", "tup", "just", "task", "jam",
      examples: [
        .init("ninja -C build", .projectTool, writes: ["/src"]), .init("ninja -C build install", .unknown),
        .init("meson setup /tmp/out", .projectTool, writes: ["/src", "/tmp/out"]),
      ]
    ) { invocation in
      guard !invocation.positional(valued: ["-j"]).contains(where: { $0?.contains("install") ?? true }) else {
        return CommandEffect(.unknown)
      }
      var effect = SimpleCommand.projectTool.effect(of: invocation)
      let folders = invocation.options("-C") + invocation.arguments.compactMap { $0 }.filter { $0.hasPrefix("/") }
      for path in folders.map(invocation.path) where !ContextPath.isWithin(path, invocation.directory) {
        effect.writes.append(path)
      }
      return effect
    },
    CommandRule(
      "checkinstall", "stow", "make.bash", "all.bash", does: .opaque, examples: [.init("checkinstall", .unknown)]),
  ]
}

/// Package managers and tools of languages that are not split themselves, as far as they stay in the project's folder.
enum OtherLanguageCommands {
  static let rules: [CommandRule] = [
    CommandRule(
      "cargo",
      examples: [
        .init("cargo build --release", .projectTool, writes: ["/src"]), .init("cargo test", .check),
        .init("cargo install ripgrep", .unknown), .init("cargo --version", .inert),
      ]
    ) { invocation in
      verb(
        invocation,
        project: ["build", "b", "fetch", "generate-lockfile", "update", "vendor", "run", "r", "rustc", "chef"],
        check: ["test", "t", "check", "c", "clippy", "fmt", "bench", "audit", "deny"],
        inert: ["metadata", "tree", "version", "search"])
    },
    CommandRule(
      "composer", "composer.phar",
      examples: [
        .init("composer install --no-dev", .projectTool, writes: ["/src"]),
        .init("composer global require x/y", .unknown), .init("composer clear-cache", .cleanup),
      ]
    ) { invocation in
      verb(
        invocation,
        project: [
          "install", "i", "update", "u", "require", "remove", "dump-autoload", "dumpautoload", "run-script", "run",
          "exec", "init",
        ],
        check: ["validate", "test"], inert: ["show", "about", "diagnose", "check-platform-reqs"],
        cleanup: ["clear-cache", "clearcache", "cc"])
    },
    CommandRule(
      "dotnet",
      examples: [
        .init("dotnet publish -c Release -o /out", .projectTool, writes: ["/src", "/out"]),
        .init("dotnet test", .check), .init("dotnet tool install -g x", .unknown), .init("dotnet --info", .inert),
      ]
    ) { invocation in
      var effect = verb(
        invocation, project: ["restore", "build", "publish", "msbuild", "clean", "pack", "run", "new", "add"],
        check: ["test", "format"],
        inert: ["--info", "--list-sdks", "--list-runtimes", "help"])
      if effect.role == .projectTool, let output = invocation.option("-o", "--output") {
        effect.writes.append(invocation.path(output))
      }
      return effect
    },
    CommandRule(
      "mix", "rebar3", "rebar", "shards", "crystal", "stack", "cabal", "dune", "lake", "zig", "pub", "dart", "flutter",
      "swift",
      examples: [
        .init("mix deps.get", .projectTool), .init("stack build", .projectTool), .init("mix test", .check),
        .init("mix local.hex --force", .unknown), .init("cabal install hlint", .unknown),
      ]
    ) { invocation in
      verb(
        invocation,
        project: [
          "deps.get", "deps.compile", "compile", "release", "phx.digest", "build", "get", "deps", "clean", "run",
          "package", "fetch",
        ],
        check: ["test", "credo", "dialyzer", "format", "analyze"], inert: [])
    },
    CommandRule(
      "gem", "bundle", "bundler", "php", "pecl", "pear", "cpan", "cpanm", "ruby", "luarocks", "conda", "mamba",
      "micromamba", "opam", "julia", "R", "Rscript", "ghc", "erl", "elixir", "tlmgr", "rustup", "nvm", "pyenv", "rbenv",
      "sdk", "sdkmanager", "docker-php-ext-install", "docker-php-ext-configure", "docker-php-ext-enable",
      "docker-php-source", "install-php-extensions", "pipx", "gcloud", "aws", "helm", "kubectl", "terraform",
      "ansible-playbook",
      examples: [
        .init("gem install bundler", .unknown), .init("conda clean -afy", .cleanup), .init("ruby -v", .inert),
        .init("conda config --add channels x", .configuration), .init("pipx install poetry", .unknown),
      ]
    ) { invocation in
      let words = invocation.positional()
      if words.isEmpty, invocation.has("-v", "-V") { return CommandEffect(.inert) }
      switch (invocation.program, words.first ?? nil) {
      case ("conda", "clean"), ("mamba", "clean"), ("micromamba", "clean"), ("gem", "cleanup"):
        return CommandEffect(.cleanup)
      case ("conda", "config"), ("mamba", "config"), ("bundle", "config"), ("gem", "sources"):
        return CommandEffect(.configuration)
      case ("conda", "list"), ("conda", "info"), ("mamba", "info"), ("mamba", "list"), ("gem", "list"), ("gem", "env"),
        ("pipx", "list"):
        return CommandEffect(.inert)
      default: return CommandEffect(.unknown)
      }
    },
  ]

  /// The effect of a tool by its verb; what no list names may write anywhere.
  private static func verb(
    _ invocation: Invocation, project: Set<String>, check: Set<String>, inert: Set<String>,
    cleanup: Set<String> = []
  ) -> CommandEffect {
    let words = invocation.arguments.compactMap { $0 }.filter { !$0.hasPrefix("+") }
    guard let verb = words.first(where: { !$0.hasPrefix("-") || inert.contains($0) }) else {
      return CommandEffect(words.contains { ["-V", "-v", "--version"].contains($0) } ? .inert : .unknown)
    }
    if inert.contains(verb) { return CommandEffect(.inert) }
    if cleanup.contains(verb) { return CommandEffect(.cleanup) }
    if check.contains(verb) { return SimpleCommand.check.effect(of: invocation) }
    guard project.contains(verb), !words.contains("global"), !words.contains("-g") else {
      return CommandEffect(.unknown)
    }
    // Its results lie elsewhere then.
    guard invocation.environment["CARGO_TARGET_DIR"] == nil else { return CommandEffect(.unknown) }
    return SimpleCommand.projectTool.effect(of: invocation)
  }
}
