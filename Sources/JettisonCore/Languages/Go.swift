import ContextFiles
import Projects
import ShellSyntax

extension Language {
  /// Go: modules, vendored, GOPATH.
  static let go = Language(
    id: "go", name: "Go",
    markers: ["go.mod", "go.work", "Gopkg.toml", "glide.yaml", "vendor.json"],
    commands: GoCommands.rules,
    toolchainPrograms: ["go", "gofmt", "make", "air", "fresh", "realize", "reflex", "CompileDaemon", "dlv", "gin"],
    fault: { situation in
      situation.copiedFiles(named: "go.mod").lazy.compactMap { GoModule.parse($0.text, file: $0.path).problem }.first
    },
    strategies: [
      Strategy(.staticArtefact) { GoStrategy($0, target: .scratch) },
      Strategy(.artefact) { GoStrategy($0, target: .alpine) },
      Strategy(.artefact) { GoStrategy($0, target: .debian) },
      Strategy(.artefact, onlyFor: .distroless) { GoStrategy($0, target: .distroless) },
    ])
}

/// What Go's tools do.
enum GoCommands {
  static let rules: [CommandRule] = [
    CommandRule(
      "go",
      examples: [
        .init("go build -o app .", .build), .init("go install ./...", .build), .init("go mod download", .dependencies),
        .init("go test ./...", .check), .init("go version", .inert),
      ], effect: go),
    CommandRule(
      "dep", "glide", "govendor", "godep", "gvt", "trash",
      does: SimpleCommand(role: .dependencies, reads: ["."], writes: ["."], environment: nil),
      examples: [.init("dep ensure", .dependencies, writes: ["/src"])]),
    CommandRule(
      "gofmt", "golint", "golangci-lint", "staticcheck", "errcheck", "govulncheck", "gometalinter",
      does: SimpleCommand(role: .check, reads: ["."]), examples: [.init("golangci-lint run", .check)]),
    CommandRule(
      "swag", "wire", "mockgen", "sqlc", "easyjson", "stringer", "protoc", "buf", "templ", "go-bindata", "packr",
      "packr2", "statik", "rice", does: .projectTool, examples: [.init("swag init", .projectTool, writes: ["/src"])]),
  ]

  /// Options of `go build` and its kin that take the next word.
  private static let valued: Set<String> = [
    "-o", "-p", "-ldflags", "-gcflags", "-asmflags", "-tags", "-mod", "-modfile", "-installsuffix", "-buildmode", "-C",
    "-pkgdir",
    "-toolexec", "-overlay", "-compiler", "-gccgoflags", "-exec",
  ]

  @Sendable private static func go(_ invocation: Invocation) -> CommandEffect {
    guard let verb = invocation.arguments.first ?? nil else { return CommandEffect(.unknown) }
    switch verb {
    case "build": return build(invocation)
    case "install": return install(invocation)
    case "get":
      if invocation.has("-d") || !canInstallByGet(invocation) { return reading(.dependencies, invocation) }
      var effect = install(invocation)
      effect.role = .dependencies
      return effect
    case "mod", "work": return reading(.dependencies, invocation)
    case "generate": return reading(.projectTool, invocation)
    case "test", "vet", "fmt", "fix", "tool":
      var effect = reading(.check, invocation)
      effect.writes = []
      return effect
    case "env", "version", "list", "help", "doc", "bug": return CommandEffect(.inert)
    case "clean": return CommandEffect(.cleanup)
    case "run":
      let target = targets(invocation).first ?? "."
      let isLocal = target.hasPrefix(".") || target.hasPrefix("/") || target.hasSuffix(".go")
      return isLocal ? reading(.projectTool, invocation) : CommandEffect(.unknown)
    default: return CommandEffect(.unknown)
    }
  }

  /// Before Go 1.17 outside modules `go get` also builds and installs.
  private static func canInstallByGet(_ invocation: Invocation) -> Bool {
    guard let version = invocation.surroundings.toolVersion else { return false }
    return version < (1, 18)
  }

  private static func reading(_ role: CommandEffect.Role, _ invocation: Invocation) -> CommandEffect {
    var effect = CommandEffect(role)
    effect.reads = [folder(invocation)]
    effect.writes = effect.reads
    effect.environment = role == .projectTool ? nil : GoStrategy.goVariables
    return effect
  }

  private static func folder(_ invocation: Invocation) -> String {
    invocation.option("-C").map(invocation.path) ?? invocation.directory
  }

  private static func build(_ invocation: Invocation) -> CommandEffect {
    var effect = reading(.build, invocation)
    guard invocation.isFullyKnownUpToFlags(valued) else {
      effect.artefacts = []
      return effect
    }
    let directory = folder(invocation)
    let packages = targets(invocation)
    let resolved = GoPackages(invocation.surroundings, directory: directory, environment: invocation.environment)
    effect.goPackages = packages.flatMap { resolved.folders(of: $0) }
    let mains = packages.flatMap { resolved.mains(of: $0) }
    if let output = invocation.option("-o") {
      let path = ContextPath.join(directory, output)
      if output.hasSuffix("/") || output == "." {
        effect.artefacts = mains.map { ContextPath.join(path, $0.name) }
      } else {
        effect.artefacts = [path]
      }
    } else if packages.count == 1 || packages.allSatisfy({ $0.hasSuffix(".go") }) {
      effect.artefacts = mains.prefix(1).map { ContextPath.join(directory, $0.name) }
      if packages.first?.hasSuffix("...") == true, mains.count != 1 { effect.artefacts = [] }
    }
    effect.writes = effect.artefacts
    return effect
  }

  private static func install(_ invocation: Invocation) -> CommandEffect {
    var effect = reading(.build, invocation)
    let resolved = GoPackages(
      invocation.surroundings, directory: folder(invocation), environment: invocation.environment)
    let packages = targets(invocation)
    effect.goPackages = packages.flatMap { resolved.folders(of: $0) }
    let root =
      invocation.environment["GOBIN"] ?? (invocation.environment["GOPATH"] ?? "/go").split(separator: ":").first.map {
        $0 + "/bin"
      } ?? "/go/bin"
    effect.artefacts = packages.flatMap { resolved.mains(of: $0) }.map { ContextPath.join(root, $0.name) }
    effect.writes = effect.artefacts
    return effect
  }

  private static func targets(_ invocation: Invocation) -> [String] {
    let words = invocation.positional(valued: valued).dropFirst().compactMap { $0 }
    return words.isEmpty ? ["."] : Array(words)
  }
}

extension Invocation {
  /// Whether everything but the values of free-text flags is known.
  fileprivate func isFullyKnownUpToFlags(_ valued: Set<String>) -> Bool {
    for (index, argument) in arguments.enumerated() where argument == nil {
      let previous = index > 0 ? arguments[index - 1] : nil
      // `-ldflags "-X main.version=$(git describe)"` and `-ldflags="…"` say nothing about the output.
      if case .literal(let start)? = words[index].parts.first,
        start.hasPrefix("-ldflags") || start.hasPrefix("--ldflags") || start.hasPrefix("-X")
      {
        continue
      }
      if let previous, ["-ldflags", "--ldflags", "-gcflags", "-tags"].contains(previous) { continue }
      return false
    }
    return true
  }
}

/// Resolves package arguments to main packages.
struct GoPackages {
  private let surroundings: Surroundings
  private let directory: String
  private let sourceRoot: String

  init(_ surroundings: Surroundings, directory: String, environment: [String: String]) {
    self.surroundings = surroundings
    self.directory = directory
    sourceRoot = (environment["GOPATH"] ?? "/go").split(separator: ":").first.map { $0 + "/src" } ?? "/go/src"
  }

  /// The folders of the image that an argument names.
  func folders(of argument: String) -> [String] {
    if argument.hasSuffix(".go") { return [ContextPath.parent(ContextPath.join(directory, argument))] }
    if argument.hasSuffix("...") { return [ContextPath.join(directory, String(argument.dropLast(3)))] }
    if argument == "." || argument.hasPrefix("./") || argument.hasPrefix("../") || argument.hasPrefix("/") {
      return [ContextPath.join(directory, argument)]
    }
    return contextFolder(ofImport: argument).map { [$0] } ?? []
  }

  /// The programs that an argument builds: name and folder in the context.
  func mains(of argument: String) -> [(name: String, folder: String?)] {
    if argument.hasSuffix(".go") {
      return [(String(ContextPath.lastComponent(argument).dropLast(3)), nil)]
    }
    if !argument.hasSuffix("..."), !argument.hasPrefix("."), !argument.hasPrefix("/"),
      contextFolder(ofImport: argument) == nil
    {
      // A package from elsewhere: `go get github.com/x/tool`, `go install example.com/tool/v2@latest`.
      let path = String(argument.prefix { $0 != "@" })
      return [(Self.programName(ofImport: path), nil)]
    }
    var found: [(name: String, folder: String?)] = []
    for folder in folders(of: argument) {
      guard let project = project(at: folder), let context = contextPath(folder) else { continue }
      let mains =
        argument.hasSuffix("...") ? project.mainPackages(below: context) : [context]
      found += mains.map { (name(of: $0, in: project), $0) }
    }
    return found
  }

  /// The project whose packages a folder of the image belongs to.
  func project(at folder: String) -> GoProject? {
    guard let context = contextPath(folder) else { return nil }
    let importPath = ContextPath.relative(folder, to: sourceRoot)
    return try? GoProject.read(
      at: context, importPath: importPath, in: surroundings.listing, reader: surroundings.reader
    ).get()
  }

  /// The context folder behind a folder of the image.
  func contextPath(_ folder: String) -> String? {
    surroundings.map.contextFolder(of: folder, in: surroundings.listing, holding: ["go.mod"])
  }

  private func contextFolder(ofImport path: String) -> String? {
    let inGoPath = ContextPath.join(sourceRoot, path)
    if contextPath(inGoPath) != nil { return inGoPath }
    guard let project = project(at: directory), let folder = project.folder(ofImport: path) else { return nil }
    return surroundings.map.imagePaths(of: folder).first
  }

  private func name(of folder: String, in project: GoProject) -> String {
    if folder == project.directory { return Self.programName(ofImport: project.importPath) }
    let relative = ContextPath.relative(folder, to: project.directory) ?? folder
    return Self.programName(ofImport: project.importPath + "/" + relative)
  }

  /// The last element of an import path, a major version's suffix left out.
  static func programName(ofImport path: String) -> String {
    let parts = path.split(separator: "/").map(String.init)
    guard let last = parts.last else { return path }
    let isVersion = last.first == "v" && last.count > 1 && last.dropFirst().allSatisfy(\.isNumber) && last != "v1"
    return isVersion && parts.count > 1 ? parts[parts.count - 2] : last
  }
}
