import ContextFiles
import DockerfileSyntax

/// The first step of the ladder: files that are right as they are, or not for Jettison to split.
enum Gate {
  /// Facts that stop before anything of the project is read.
  static func refusal(of file: Dockerfile, path: String) -> Refusal? {
    let stages = file.instructions.filter { $0.keyword == .from }
    let images = stages.compactMap { From($0)?.image.lowercased() }
    if images.contains(where: isWindows) || file.escape == UInt8(ascii: "`") { return Refusal(.windows) }
    if stages.count > 1 { return Refusal(.alreadyMultiStage) }
    if file.instructions.contains(where: { $0.keyword == .onbuild }) { return Refusal(.onbuild) }
    if images.contains(where: { $0.hasSuffix("onbuild") }) {
      return Refusal(.onbuild, "the base image runs ONBUILD triggers that are not in this file")
    }
    if path.contains(".devcontainer")
      || images.contains(where: { $0.contains("devcontainers") || $0.contains("vscode") || $0.contains("gitpod") })
    {
      return Refusal(.devImage)
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
      case .webServer?: return Refusal(servesFiles(situation) ? .staticSite : .infrastructure)
      case .infrastructure?: return Refusal(.infrastructure)
      case nil: break
      }
      if base.family.name == "scratch" || base.family.name.contains("distroless") { return Refusal(.prebuiltArtefact) }
    } else {
      return unknownBase(situation)
    }
    guard roots.hasCommand else { return Refusal(.noCommand) }
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
      return Refusal(.unknownBase, "images of \(language) are not split yet")
    }
    return Refusal(.unknownBase, "'\(image)' is not an image whose content Jettison knows")
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
        return Refusal(.startNeedsToolchain, "the container starts '\(name)', which is part of the tool chain")
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
    let copied = situation.trace.steps.compactMap(\.copied)
    if let script = situation.roots.scripts.first {
      return Refusal(.scriptOnly, "'\(script)' is a script, and nothing is built")
    }
    let startsCopied = situation.roots.programs.contains { program in
      let path = ContextPath.join(situation.trace.end.directory, program)
      return copied.contains { copy in
        let sources = copy.view.sources.map(ContextPath.lastComponent)
        return copy.targets.contains { ContextPath.isWithin(path, $0) || ContextPath.lastComponent($0) == program }
          || sources.contains(ContextPath.lastComponent(path))
      }
    }
    if startsCopied { return Refusal(.prebuiltArtefact) }
    if let step = situation.trace.steps.first(where: { $0.has(.unknown, .projectTool, .build, .installer) }) {
      return Refusal(
        .opaqueEffects, "it cannot be told what '\(step.instruction.firstLine)' leaves for the running program")
    }
    return Refusal(.nothingToGain)
  }
}
