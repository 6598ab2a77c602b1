import ContextFiles
import DockerfileSyntax

/// The first step of the ladder: files that are right as they are, or not for Jettison to split.
enum Gate {
  /// Facts that stop before anything of the project is read.
  static func refusal(of file: Dockerfile, path: String) -> Refusal? {
    let stages = file.instructions.filter { $0.keyword == .from }
    let images = stages.compactMap { From($0)?.image.lowercased() }
    let lines = zip(file.instructionLines, file.instructions)
    func location(_ fits: (Instruction) -> Bool) -> Location { Location(line: lines.first { fits($1) }?.0) }
    let from = location { $0.keyword == .from }
    if let image = images.first(where: isWindows) {
      return Refusal(.windows, "'\(image)' is a Windows image, which Jettison does not split", at: from)
    }
    if file.escape == UInt8(ascii: "`") {
      return Refusal(.windows, "the escape character is the backtick of Windows Dockerfiles", at: Location(line: 1))
    }
    if stages.count > 1, let second = lines.filter({ $1.keyword == .from }).dropFirst().first {
      return Refusal(
        .alreadyMultiStage, "the file has \(stages.count) stages already", at: Location(line: second.0))
    }
    if file.instructions.contains(where: { $0.keyword == .onbuild }) {
      return Refusal(
        .onbuild, "ONBUILD runs in the build of every image made from this one, so nothing here may change",
        at: location { $0.keyword == .onbuild })
    }
    if let image = images.first(where: { $0.hasSuffix("onbuild") }) {
      return Refusal(.onbuild, "'\(image)' copies and builds by triggers that are not in this file", at: from)
    }
    if path.contains(".devcontainer")
      || images.contains(where: { $0.contains("devcontainers") || $0.contains("vscode") || $0.contains("gitpod") })
    {
      return Refusal(.devImage, "it is the image of a development container: its tools are its purpose", at: from)
    }
    return nil
  }

  private static func isWindows(_ image: String) -> Bool {
    [
      "windowsservercore", "nanoserver", "mcr.microsoft.com/windows", "microsoft/dotnet-framework", "microsoft/iis",
      "microsoft/aspnet:", "dotnet/framework", "-windows",
    ].contains { image.contains($0) }
  }

  /// Facts of the base image and of what starts.
  static func refusal(of situation: Situation, language: Language?) -> Refusal? {
    let roots = situation.roots
    if let base = situation.base {
      switch base.family.kind {
      case .webServer?:
        return servesFiles(situation)
          ? Refusal(.staticSite, "'\(base.text)' serves files that are copied in, and nothing is built")
          : Refusal(
            .infrastructure, "the file configures the server that comes with '\(base.text)', and builds nothing")
      case .infrastructure?:
        return Refusal(
          .infrastructure, "the file configures the server that comes with '\(base.text)', and builds nothing")
      case nil: break
      }
      if base.family.name == "scratch" || base.family.name.contains("distroless") {
        return Refusal(
          .prebuiltArtefact, "'\(base.text)' holds no tool that could build: the program comes from outside")
      }
    } else {
      return unknownBase(situation)
    }
    guard roots.hasCommand else {
      return Refusal(.noCommand, "neither the file nor a compose file says what starts: it is made to be built upon")
    }
    if let refusal = startRefusal(situation, language: language) ?? language?.startRefusal?(situation) {
      return refusal
    }
    guard language == nil else { return nil }
    return plainSystem(situation)
  }

  private static func servesFiles(_ situation: Situation) -> Bool {
    situation.trace.steps.contains { step in
      guard let copied = step.copied else {
        return step.instruction.text.contains("html") || step.instruction.text.contains("htdocs")
      }
      if (copied.targets + [copied.view.destination]).contains(where: {
        $0.contains("html") || $0.contains("htdocs") || $0.contains("www")
      }) {
        return true
      }
      guard case .context(let sources) = copied.source else { return false }
      return sources.contains { situation.listing.files(below: $0).contains { $0.path.hasSuffix(".html") } }
    }
  }

  private static let otherLanguages = [
    "ruby": "Ruby",
    "php": "PHP", "composer": "PHP", "rust": "Rust", "gcc": "C and C++", "perl": "Perl", "elixir": "Elixir",
    "erlang": "Erlang", "swift": "Swift", "haskell": "Haskell", "mono": "Mono", "tomcat": "Tomcat",
  ]

  private static func unknownBase(_ situation: Situation) -> Refusal {
    let image = situation.from.image
    if let name = ImageReference(image)?.officialName, let language = otherLanguages[name] {
      return Refusal(.unknownBase, "'\(image)' is an image of \(language), which Jettison does not split yet")
    }
    let name = ImageMap.split(String(image.prefix { $0 != "@" })).name
    return Refusal(
      .unknownBase, "'\(image)' is not an image whose content Jettison knows: --map \(name)=NAME says which one it is")
  }

  // MARK: What starts

  private static let shells: Set<String> = [
    "bash", "sh", "zsh", "ash", "/bin/bash", "/bin/sh", "/bin/ash", "/bin/zsh", "irb", "ipython",
  ]
  private static let toolchains: Set<String> = [
    "go", "cargo", "mvn", "gradle", "./mvnw", "./gradlew", "make", "gcc", "javac", "rustc", "dotnet-watch", "air",
    "stack", "cabal", "mix", "sbt",
  ]

  private static func startRefusal(_ situation: Situation, language: Language?) -> Refusal? {
    let starts = situation.roots.commands.filter { $0.origin != .healthcheck }
    for command in starts {
      guard let program = command.words.first ?? nil else { continue }
      let name = ContextPath.lastComponent(program)
      let arguments = command.words.dropFirst().compactMap { $0 }
      if case .start = command.origin {
        if shells.contains(program), arguments.allSatisfy({ $0.hasPrefix("-") && $0 != "-c" }) {
          return Refusal(.devImage, "the container starts a shell: its tools are its purpose")
        }
        let idles = name == "sleep" && (arguments.contains("infinity") || !startsMore(starts))
        if idles || name == "tail" && arguments.contains("/dev/null") {
          return Refusal(.devImage, "the container only waits to be entered")
        }
      }
      if case .script = command.origin, !["go", "mvn", "mvnw", "gradle", "gradlew"].contains(name) { continue }
      if language?.toolchainPrograms.contains(name) == true || toolchains.contains(name) {
        return Refusal(
          .startNeedsToolchain, "\(command.starter) starts '\(name)', which is part of the tool chain")
      }
    }
    return nil
  }

  /// Whether a container that sleeps does so before it starts something else, such as a database's client.
  private static func startsMore(_ starts: [Roots.Command]) -> Bool {
    starts.contains { command in
      guard command.origin == .start, let first = command.words.first, let program = first else { return false }
      let name = ContextPath.lastComponent(program)
      return name != "sleep" && !shells.contains(program) && !SystemCommands.builtins.contains(name)
    }
  }

  /// A system image without a language: packages, a script, or a program built elsewhere.
  private static func plainSystem(_ situation: Situation) -> Refusal {
    if let script = situation.roots.scripts.first {
      return Refusal(.scriptOnly, "the container starts the script '\(script)', and no line builds anything")
    }
    if let (program, line) = copiedProgram(situation) {
      return Refusal(
        .prebuiltArtefact, "'\(program)' is copied in by line \(line), and no line builds it", at: Location(line: line))
    }
    if let step = situation.trace.steps.first(where: { $0.has(.unknown, .projectTool, .build, .installer) }) {
      return Refusal(
        .opaqueEffects,
        "it cannot be told what '\(step.phrase(of: .unknown, .projectTool, .build, .installer))' leaves for the running program",
        at: step)
    }
    if let (program, line) = copiedProgram(situation, inFolders: true) {
      return Refusal(
        .prebuiltArtefact, "'\(program)' comes with what line \(line) copies, and no line builds it",
        at: Location(line: line))
    }
    return Refusal(
      .nothingToGain, "no line builds a program or installs what only a build needs, so nothing could stay behind")
  }

  /// A started program that a COPY brings, with the line.
  ///
  /// - Parameter inFolders: whether a program counts that may lie in a copied folder.
  private static func copiedProgram(_ situation: Situation, inFolders: Bool = false) -> (program: String, line: Int)? {
    for program in situation.roots.programs {
      let path = ContextPath.join(situation.trace.end.directory, program)
      for step in situation.trace.steps {
        guard let copied = step.copied else { continue }
        let isNamed =
          copied.targets.contains(path)
          || copied.view.sources.contains { ContextPath.lastComponent($0) == ContextPath.lastComponent(path) }
        let isFolder =
          if case .context(let sources) = copied.source {
            sources.contains { situation.listing[$0]?.kind == .directory }
          } else {
            false
          }
        let isListed =
          situation.trace.map.contextPath(of: path, in: situation.listing).map { situation.listing[$0]?.kind == .file }
          ?? false
        let isWithin = copied.targets.contains { ContextPath.isWithin(path, $0) }
        if isNamed && !isFolder || isWithin && (isListed || inFolders) { return (program, step.line) }
      }
    }
    return nil
  }
}
