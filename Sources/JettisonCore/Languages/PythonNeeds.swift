import ContextFiles
import DockerfileSyntax
import Projects

/// What a Python project's sources and dependencies ask of the final image.
enum PythonNeeds {
  /// The needs of a final image.
  ///
  /// - Parameters:
  ///   - situation: the file.
  ///   - literals: string literals of the project's sources.
  ///   - installs: what is installed.
  ///   - losesPrograms: whether the final base holds less than the author's.
  static func needs(
    of situation: Situation, sources: PythonSources, installs: [PythonInstall], losesPrograms: Bool
  ) throws(Refusal) -> RuntimeNeeds {
    let isPlainSystem = situation.base?.family.name != "python"
    var needs = RuntimeNeeds(
      situation, started: sources.started, standsFor: { isPlainSystem ? interpreter(behind: $0) : [] })
    if losesPrograms, let base = situation.base, let slim = base.variant.slimmer.flatMap({ base.family.variants[$0] }) {
      try needs.addLostPrograms(situation, final: slim, manager: .apt)
      try addLibraries(to: &needs, situation, installs: installs)
      needs.assumptions.formUnion([.tagPair, .pyLibs])
      if !sources.started.isEmpty { needs.assumptions.insert(.execLiterals) }
    }
    return needs
  }

  /// On a plain system the interpreter comes as a dependency of what only the build needs, and with it what code imports
  /// without naming it.
  private static func interpreter(behind package: String) -> [String] {
    switch package {
    case "python3-pip", "python3-venv", "python3-virtualenv", "python3-setuptools":
      ["python3", "python3-setuptools", "ca-certificates"]
    case "python3-dev", "libpython3-dev": ["python3"]
    case "python-pip", "python-dev", "python2-dev": ["python"]
    case "py3-pip": ["python3", "ca-certificates"]
    default: []
    }
  }

  private static func addLibraries(
    to needs: inout RuntimeNeeds, _ situation: Situation, installs: [PythonInstall]
  ) throws(Refusal) {
    let distributions = installs.flatMap(\.distributions)
    if let browser = distributions.first(where: { PythonLibraries.browsers.contains($0.name) }) {
      throw Refusal(.noRuntimeVariant, "\(browser.name) drives a browser with more system libraries than can be named")
    }
    let minor = situation.base?.versionNumbers.map { $0.minor }
    let names = try PythonLibraries.packages(
      for: distributions, releases: situation.base?.releases ?? [], pythonMinor: minor, present: needs.present
    ).get()
    for name in names { needs.addLost(name, because: "a dependency loads it") }
  }
}

/// What all Python sources of a project say together.
struct PythonSources {
  /// Their string literals.
  var literals: Set<String> = []
  /// The programs they start.
  var started: Set<String> = []

  init(_ situation: Situation) {
    for file in situation.listing.files where file.path.hasSuffix(".py") {
      guard case .success(let bytes) = situation.reader.contents(of: file.path) else { continue }
      let source = PythonSource(parsing: bytes)
      literals.formUnion(source.literals)
      if !source.imports.isDisjoint(with: ["subprocess", "os", "sh", "plumbum", "pexpect", "shutil", "asyncio"]) {
        started.formUnion(SystemCommands.started(by: source.literals))
      }
    }
  }
}
