import Yams

/// What a lock file says about the packages that are installed.
public struct NodeLock: Sendable, Hashable {
  /// One package at one place of the tree.
  public struct Package: Sendable, Hashable {
    /// The name, without an alias.
    public var name: String
    /// The version.
    public var version: String = ""
    /// Whether only development needs it.
    public var isDevelopment = false
    /// Whether the install goes on without it.
    public var isOptional = false
    /// Whether it runs something when it is installed.
    public var hasInstallScript = false
    /// The systems it is for; a `!` in front excludes one.
    public var os: [String] = []
    /// The processors it is for.
    public var cpu: [String] = []
    /// The C libraries it is for.
    public var libc: [String] = []
    /// The commands it brings.
    public var bin: [String] = []
    /// Whether it is a folder of the repository.
    public var isLink = false

    /// Whether it can be installed on Linux.
    public var isForLinux: Bool {
      os.isEmpty || (os.contains("linux") || os.contains { $0.hasPrefix("!") } && !os.contains("!linux"))
    }
  }

  /// Whose lock file it is.
  public enum Kind: String, Sendable, Hashable {
    case npm
    case yarnClassic
    case yarnBerry
    case pnpm
    case bun
  }

  /// Whose it is.
  public var kind: Kind
  /// The version of the format: `3`, `9.0`.
  public var formatVersion: String
  /// The packages.
  public var packages: [Package] = []

  /// Whether its fields tell packages with native code from others.
  ///
  /// Locks of npm from version 2 of the format on name install scripts, systems and C libraries; the others do not.
  public var tellsNativeCode: Bool { kind == .npm && formatVersion != "1" }

  /// Whether it tells the packages that only development needs.
  public var tellsDevelopment: Bool { kind == .npm || (kind == .pnpm && packages.contains(where: \.isDevelopment)) }

  /// The names of lock files, with whose they are.
  public static let names = [
    "npm-shrinkwrap.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb",
  ]

  /// Reads a lock file by its name.
  public static func parse(_ text: String, file: String, name: String) -> Result<NodeLock, ProjectProblemError> {
    switch name {
    case "yarn.lock": yarn(text, file: file)
    case "pnpm-lock.yaml": pnpm(text, file: file)
    case "bun.lock": bun(text, file: file)
    case "bun.lockb": .success(NodeLock(kind: .bun, formatVersion: "binary"))
    default: npm(text, file: file)
    }
  }

  // MARK: npm

  private static func npm(_ text: String, file: String) -> Result<NodeLock, ProjectProblemError> {
    JSONText.parse(text, file: file).map { root in
      let version = root["lockfileVersion"]?.integer ?? 1
      var lock = NodeLock(kind: .npm, formatVersion: String(version))
      if version >= 2, let packages = root["packages"] {
        for member in packages.members where !member.name.isEmpty {
          lock.packages.append(Package(place: member.name, entry: member.value))
        }
      } else {
        lock.formatVersion = "1"
        lock.addDependencies(root["dependencies"])
      }
      return lock
    }
  }

  /// The nested `dependencies` of the format's first version.
  private mutating func addDependencies(_ dependencies: JSONText?) {
    for member in dependencies?.members ?? [] {
      var package = Package(name: member.name)
      package.version = member.value["version"]?.string ?? ""
      package.isDevelopment = member.value["dev"]?.bool ?? false
      package.isOptional = member.value["optional"]?.bool ?? false
      packages.append(package)
      addDependencies(member.value["dependencies"])
    }
  }

  // MARK: yarn

  private static func yarn(_ text: String, file: String) -> Result<NodeLock, ProjectProblemError> {
    let isBerry = text.contains("__metadata:")
    var lock = NodeLock(kind: isBerry ? .yarnBerry : .yarnClassic, formatVersion: isBerry ? "berry" : "1")
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      if line.hasPrefix("<<<<<<<") || line.hasPrefix(">>>>>>>") {
        return .failure(
          ProjectProblemError(
            ProjectProblem(file: file, line: index + 1, message: "it holds the marks of an unfinished merge")))
      }
      guard let first = line.first, first != "#" else { continue }
      if first != " " {
        guard line.hasSuffix(":") else {
          return .failure(
            ProjectProblemError(
              ProjectProblem(file: file, line: index + 1, message: "an entry ends with ':', and this line does not")))
        }
        let descriptor = line.dropLast().split(separator: ",").first.map(String.init) ?? ""
        let plain = descriptor.filter { $0 != "\"" }
        guard plain != "__metadata", let mark = plain.dropFirst().firstIndex(of: "@") else { continue }
        var package = Package(name: String(plain[..<mark]))
        package.isLink = plain[mark...].contains("@workspace:") || plain[mark...].contains("@link:")
        lock.packages.append(package)
      } else if line.hasPrefix("  version"), !lock.packages.isEmpty {
        let value = line.dropFirst(9).drop { $0 == ":" || $0 == " " }.filter { $0 != "\"" }
        lock.packages[lock.packages.count - 1].version = String(value)
      }
    }
    return .success(lock)
  }

  // MARK: pnpm

  private static func pnpm(_ text: String, file: String) -> Result<NodeLock, ProjectProblemError> {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      return .failure(ProjectProblemError(ProjectProblem(yaml: error, file: file)))
    }
    guard let mapping = root?.mapping else {
      return .failure(ProjectProblemError(ProjectProblem(file: file, line: 1, message: "it holds no YAML mapping")))
    }
    var lock = NodeLock(kind: .pnpm, formatVersion: mapping["lockfileVersion"]?.string ?? "")
    for (key, value) in mapping["packages"]?.mapping ?? [:] {
      guard let key = key.string else { continue }
      var package = Package(pnpm: key)
      package.isDevelopment = value.mapping?["dev"]?.bool ?? false
      package.isOptional = value.mapping?["optional"]?.bool ?? false
      package.hasInstallScript = value.mapping?["requiresBuild"]?.bool ?? false
      for (name, path) in [("os", \Package.os), ("cpu", \Package.cpu), ("libc", \Package.libc)] {
        package[keyPath: path] = value.mapping?[name]?.sequence?.compactMap(\.string) ?? []
      }
      lock.packages.append(package)
    }
    return .success(lock)
  }

  // MARK: bun

  private static func bun(_ text: String, file: String) -> Result<NodeLock, ProjectProblemError> {
    JSONText.parse(text, file: file, isRelaxed: true).map { root in
      var lock = NodeLock(kind: .bun, formatVersion: root["lockfileVersion"]?.integer.map(String.init) ?? "")
      for member in root["packages"]?.members ?? [] {
        let identity = member.value.elements.first?.string ?? member.name
        guard let mark = identity.dropFirst().firstIndex(of: "@") else { continue }
        var package = Package(name: String(identity[..<mark]))
        package.version = String(identity[identity.index(after: mark)...])
        package.isLink = package.version.hasPrefix("workspace:")
        lock.packages.append(package)
      }
      return lock
    }
  }
}

extension NodeLock.Package {
  /// An entry of `packages` in npm's lock: `node_modules/a/node_modules/@b/c`.
  fileprivate init(place: String, entry: JSONText) {
    var name = place
    let mark = "node_modules/"
    if let cut = place.utf8.count >= mark.utf8.count ? place.lastRange(of: mark) : nil {
      name = String(place[cut.upperBound...])
    }
    self.name = entry["name"]?.string ?? name
    version = entry["version"]?.string ?? ""
    // `devOptional` is installed as an optional package when development is left out.
    isDevelopment = entry["dev"]?.bool ?? false
    isOptional = (entry["optional"]?.bool ?? false) || (entry["devOptional"]?.bool ?? false)
    hasInstallScript = entry["hasInstallScript"]?.bool ?? false
    os = entry["os"]?.strings ?? []
    cpu = entry["cpu"]?.strings ?? []
    libc = entry["libc"]?.strings ?? []
    bin = entry["bin"]?.members.map(\.name) ?? []
    isLink = (entry["link"]?.bool ?? false) || !place.contains(mark)
  }

  /// A key of `packages` in pnpm's lock: `/a@1.0.0(b@2.0.0)`, `/@a/b/1.0.0_peer`, `a@1.0.0`.
  fileprivate init(pnpm key: String) {
    var text = key[...].prefix { $0 != "(" }
    if text.first == "/" { text = text.dropFirst() }
    // Up to format 5 a slash stands before the version, then an at sign.
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let count = text.first == "@" ? 2 : 1
    if parts.count > count, parts[count].first?.isNumber == true {
      self.init(name: parts.prefix(count).joined(separator: "/"))
      version = String(parts[count].prefix { $0 != "_" })
    } else if let mark = text.dropFirst().lastIndex(of: "@") {
      self.init(name: String(text[..<mark]))
      version = String(text[text.index(after: mark)...])
    } else {
      self.init(name: String(text))
    }
  }
}

extension String {
  /// The last place of a text in this one.
  fileprivate func lastRange(of needle: String) -> Range<String.Index>? {
    var start = index(endIndex, offsetBy: -needle.count)
    while true {
      if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
      guard start > startIndex else { return nil }
      start = index(before: start)
    }
  }
}

extension ProjectProblem {
  /// A fault that the YAML reader found.
  init(yaml error: any Error, file: String) {
    let line: Int? =
      switch error as? YamlError {
      case .scanner(_, _, let mark, _)?, .parser(_, _, let mark, _)?, .composer(_, _, let mark, _)?: mark.line
      default: nil
      }
    self.init(file: file, line: line, message: "no valid YAML")
  }
}
