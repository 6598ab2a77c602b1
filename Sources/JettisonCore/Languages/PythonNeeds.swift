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
      situation, started: sources.started, mentioned: sources.mentioned,
      standsFor: { package in
        if sources.findsLibraries, finderPackages.contains(package) { return ["binutils"] }
        return isPlainSystem ? interpreter(behind: package) : []
      })
    if losesPrograms, let base = situation.base, let slim = base.variant.slimmer.flatMap({ base.family.variants[$0] }) {
      try needs.addLostPrograms(situation, final: slim, manager: .apt)
      try addLibraries(to: &needs, situation, installs: installs)
      needs.assumptions.formUnion([.tagPair, .pyLibs])
      if !sources.started.isEmpty { needs.assumptions.insert(.execLiterals) }
    } else {
      addDroppedLibraries(to: &needs, situation, installs: installs)
    }
    return needs
  }

  /// Packages of Alpine with the tools by which `ctypes.util.find_library` finds anything there.
  private static let finderPackages: Set<String> = ["gcc", "g++", "build-base", "binutils"]

  /// What dependencies need and a package brought that stays in the builder: the programs they start, and libraries that
  /// came with it.
  private static func addDroppedLibraries(
    to needs: inout RuntimeNeeds, _ situation: Situation, installs: [PythonInstall]
  ) {
    guard let base = situation.base, let manager = base.packageManager else { return }
    let brought = Set(needs.dropped + needs.dropped.flatMap(SystemPackages.libraries(broughtBy:)))
    for distribution in installs.flatMap(\.distributions) {
      // For musl, wheels are rarer than the table says, and Debian's names of any release stand for Alpine's.
      let found = PythonLibraries.packages(
        for: [distribution], releases: manager == .apk ? ["bookworm"] : base.releases,
        pythonMinor: manager == .apk ? 0 : base.versionNumbers?.minor, present: needs.present)
      guard case .success(let names) = found else { continue }
      for name in names where brought.contains(name.replacing("t64", with: "")) {
        if let name = manager == .apk ? SystemPackages.alpineNames[name] : name { needs.keep(name) }
      }
    }
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
    let minor = situation.base?.versionNumbers?.minor
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
  /// The programs whose names they hold.
  var mentioned: Set<String> = []
  /// Whether they look shared libraries up by name.
  var findsLibraries = false

  init(_ situation: Situation) {
    let starters: Set<String> = ["subprocess", "os", "sh", "plumbum", "pexpect", "shutil", "asyncio"]
    for file in situation.listing.files where file.path.hasSuffix(".py") {
      guard case .success(let bytes) = situation.reader.contents(of: file.path) else { continue }
      let source = PythonSource(parsing: bytes)
      literals.formUnion(source.literals)
      if !source.imports.isDisjoint(with: starters) {
        started.formUnion(SystemCommands.started(by: source.literals))
        mentioned.formUnion(SystemCommands.mentioned(in: source.literals))
      }
      if source.literals.contains("django.contrib.gis") || source.literals.contains(where: { $0.hasSuffix(".postgis") })
        || source.imports.contains("ctypes") && String(decoding: bytes, as: UTF8.self).contains("find_library")
      {
        findsLibraries = true
      }
    }
  }
}
