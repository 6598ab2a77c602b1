import ContextFiles
import Yams

/// Settings of npm in an `.npmrc`.
public struct NpmConfiguration: Sendable, Hashable {
  /// The settings as written.
  public var settings: [String: String] = [:]

  /// Reads the text.
  public init(parsing text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      guard let first = line.first(where: { !$0.isWhitespace }), first != "#", first != ";" else { continue }
      let parts = line.split(separator: "=", maxSplits: 1)
      guard let name = parts.first?.trimmed, !name.isEmpty else { continue }
      settings[String(name)] = parts.count > 1 ? String(parts[1].trimmed) : "true"
    }
  }

  /// Whether it holds a password or token itself; one that comes from the environment is none.
  public var holdsCredentials: Bool {
    settings.contains { name, value in
      let isSecret = ["_authToken", "_auth", "_password"].contains { name == $0 || name.hasSuffix(":" + $0) }
      return isSecret && !value.contains("${")
    }
  }

  /// How packages are laid out: `hoisted`, `isolated`, `pnp`.
  public var nodeLinker: String? { settings["node-linker"] }
}

/// Settings of Yarn 2 and newer in a `.yarnrc.yml`.
public struct YarnConfiguration: Sendable, Hashable {
  /// How packages are laid out: `pnp`, `node-modules` or `pnpm`.
  public var nodeLinker: String
  /// The Yarn that the project brings itself.
  public var yarnPath: String?
  /// Whether packages are kept in the user's cache alone; nil leaves it to the version.
  public var enableGlobalCache: Bool?
  /// The plugins' names.
  public var plugins: [String]

  /// Reads a `.yarnrc.yml`.
  public static func parse(_ text: String, file: String) -> Result<YarnConfiguration, ProjectProblemError> {
    do {
      let root = try Yams.compose(yaml: text)?.mapping
      return .success(
        YarnConfiguration(
          nodeLinker: root?["nodeLinker"]?.string ?? "pnp", yarnPath: root?["yarnPath"]?.string,
          enableGlobalCache: root?["enableGlobalCache"]?.bool,
          plugins: root?["plugins"]?.sequence?.compactMap { $0.mapping?["spec"]?.string ?? $0.string } ?? []))
    } catch {
      return .failure(ProjectProblemError(ProjectProblem(yaml: error, file: file)))
    }
  }
}

/// The places of a `tsconfig.json`.
public struct TypeScriptConfiguration: Sendable, Hashable {
  /// Where the compiler writes, relative to the file.
  public var outDir: String?
  /// Where the sources begin.
  public var rootDir: String?
  /// The configuration it builds upon.
  public var extends: String?
  /// Whether the compiler writes nothing.
  public var noEmit = false

  /// Reads a `tsconfig.json`.
  public static func parse(_ text: String, file: String) -> Result<TypeScriptConfiguration, ProjectProblemError> {
    JSONText.parse(text, file: file, isRelaxed: true).map { root in
      let options = root["compilerOptions"]
      return TypeScriptConfiguration(
        outDir: options?["outDir"]?.string, rootDir: options?["rootDir"]?.string, extends: root["extends"]?.string,
        noEmit: options?["noEmit"]?.bool ?? false)
    }
  }
}

/// What a `next.config.*` says, as far as its text shows it.
public struct NextConfiguration: Sendable, Hashable {
  /// Whether the build puts a server of its own below `.next/standalone`.
  public var isStandalone: Bool
  /// Whether the build only writes static files.
  public var isExport: Bool
  /// Where the build writes.
  public var distDir: String

  /// The file names, in Next's order.
  public static let names = ["next.config.js", "next.config.mjs", "next.config.ts", "next.config.cjs"]

  /// Reads the text; `output` counts wherever it is set.
  public init(parsing text: String) {
    let plain = text.filter { !$0.isWhitespace }.map { $0 == "\"" || $0 == "`" ? "'" : $0 }
    let joined = String(plain)
    isStandalone = joined.contains("output:'standalone'") || joined.contains("output='standalone'")
    isExport = joined.contains("output:'export'")
    distDir = ".next"
    let mark = "distDir:'"
    if let start = joined.firstRange(of: mark)?.upperBound {
      distDir = ContextPath.clean(String(joined[start...].prefix { $0 != "'" }))
    }
  }
}

extension String {
  fileprivate func firstRange(of needle: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
      start = index(after: start)
    }
    return nil
  }
}
