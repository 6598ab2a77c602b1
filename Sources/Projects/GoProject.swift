import ContextFiles

/// A Go project in a build context: its module and the packages that a main package reaches.
public struct GoProject: Sendable {
  /// The folder of the module in the context, `.` for the root.
  public var directory: String
  /// The module; nil in a GOPATH layout.
  public var module: GoModule?
  /// The import path of ``directory``: the module's path, or the path below `src` in a GOPATH layout.
  public var importPath: String
  /// Whether a `vendor` folder holds the dependencies.
  public var isVendored: Bool
  /// The other modules of a `go.work`, by import path, with their folders.
  public var workspace: [String: String]
  private let listing: ContextListing
  private let reader: ContextReader

  /// Reads a project.
  ///
  /// - Parameters:
  ///   - directory: the folder to look in, upwards to the root, for `go.mod`.
  ///   - importPath: the import path of `directory` when there is no module.
  /// - Returns: the project; a problem when its `go.mod` cannot be read.
  public static func read(
    at directory: String, importPath: String?, in listing: ContextListing, reader: ContextReader
  ) -> Result<GoProject, ProjectProblemError> {
    var folder = directory
    while listing[join(folder, "go.mod")] == nil, folder != "." { folder = ContextPath.parent(folder) }
    var workspace: [String: String] = [:]
    var module: GoModule?
    if listing[join(folder, "go.mod")] != nil {
      let file = join(folder, "go.mod")
      guard case .success(let bytes) = reader.contents(of: file) else {
        return .failure(ProjectProblemError(ProjectProblem(file: file, line: nil, message: "the file cannot be read")))
      }
      switch GoModule.parse(String(decoding: bytes, as: UTF8.self), file: file) {
      case .success(let parsed): module = parsed
      case .failure(let error): return .failure(error)
      }
    } else {
      folder = directory
    }
    for file in listing.files where file.path.hasSuffix("go.mod") && ContextPath.lastComponent(file.path) == "go.mod" {
      guard let text = reader.text(of: file.path),
        case .success(let other) = GoModule.parse(text, file: file.path)
      else { continue }
      workspace[other.path] = ContextPath.parent(file.path)
    }
    return .success(
      GoProject(
        directory: folder, module: module, importPath: module?.path ?? importPath ?? "",
        isVendored: listing[join(folder, "vendor")] != nil, workspace: workspace, listing: listing, reader: reader))
  }

  private static func join(_ directory: String, _ name: String) -> String { ContextPath.join(directory, name) }

  /// The folders with a main package at a path or below it, sorted; no other folder's sources are read.
  public func mainPackages(below path: String = ".") -> [String] {
    var folders: Set<String> = []
    let place = ContextPath.isWithin(path, directory) ? path : directory
    for file in listing.files(below: place) where Self.isSource(file.path) && !isOutside(file.path) {
      let folder = ContextPath.parent(file.path)
      if folders.contains(folder) || !ContextPath.isWithin(folder, path) { continue }
      if let source = source(file.path), source.package == "main" { folders.insert(folder) }
    }
    return folders.sorted()
  }

  /// What the packages say that a main package reaches inside the context.
  public func reach(from mains: [String]) -> GoReach {
    var reach = GoReach()
    var pending = mains.isEmpty ? mainPackages() : mains
    while let folder = pending.popLast() {
      guard reach.packages.insert(folder).inserted else { continue }
      var isBare = true
      for file in listing.files(below: folder)
      where ContextPath.parent(file.path) == folder && Self.isSource(file.path) {
        guard let source = source(file.path) else {
          reach.unreadable.append(file.path)
          continue
        }
        if source.package.isEmpty { reach.unreadable.append(file.path) }
        if !source.isBare { isBare = false }
        reach.sourceCount += 1
        reach.add(source, file: file.path)
        for path in source.imports {
          if let folder = self.folder(ofImport: path) { pending.append(folder) }
        }
      }
      // A package that declares nothing is not what the program was built from.
      if isBare, listing[folder] != nil { reach.unreadable.append(folder) }
    }
    reach.modules = Set(module?.requirements.keys.map { $0 } ?? []).union(reach.externalImports(besides: importPath))
    return reach
  }

  /// The folder of an import path inside the context, nil for another module's or the standard library's.
  public func folder(ofImport path: String) -> String? {
    if !importPath.isEmpty {
      if path == importPath { return directory }
      if path.hasPrefix(importPath + "/") {
        return ContextPath.join(directory, String(path.dropFirst(importPath.count + 1)))
      }
    }
    if path.hasPrefix("./") { return ContextPath.join(directory, path) }
    for (module, folder) in workspace.sorted(by: { $0.key.count > $1.key.count }) {
      if path == module { return folder }
      if path.hasPrefix(module + "/") { return ContextPath.join(folder, String(path.dropFirst(module.count + 1))) }
    }
    return nil
  }

  private func isOutside(_ path: String) -> Bool {
    path.split(separator: "/").dropLast().contains { $0 == "vendor" || $0 == "testdata" || $0.hasPrefix("_") }
  }

  private static func isSource(_ path: String) -> Bool { path.hasSuffix(".go") && !path.hasSuffix("_test.go") }

  private func source(_ path: String) -> GoSource? {
    guard case .success(let bytes) = reader.contents(of: path) else { return nil }
    return GoSource(parsing: bytes)
  }
}

/// Everything the packages say that are linked into a program.
public struct GoReach: Sendable {
  /// The packages' folders in the context.
  public var packages: Set<String> = []
  /// All imports.
  public var imports: Set<String> = []
  /// All string literals, those that something is joined to with a wildcard as well.
  public var literals: Set<String> = []
  /// The string literals of each package's folder.
  private var literalsByFolder: [String: Set<String>] = [:]
  /// The folders of packages that start programs.
  private var startingFolders: Set<String> = []
  /// The embedded paths, relative to the context.
  public var embeds: [String] = []
  /// All selectors.
  public var selectors: Set<String> = []
  /// The selectors called with the working directory among their arguments.
  public var directoryCalls: Set<String> = []
  /// The literals of sources that find files beside themselves, by the source's folder.
  public var sourceLiterals: [String: Set<String>] = [:]
  /// The files with `import "C"`.
  public var cgoFiles: [String] = []
  /// The modules that may be linked in.
  public var modules: Set<String> = []
  /// Sources that cannot be read, and packages that declare nothing.
  public var unreadable: [String] = []
  /// How many source files were found.
  public var sourceCount = 0

  /// Makes an empty reach.
  public init() {}

  mutating func add(_ source: GoSource, file: String) {
    imports.formUnion(source.imports)
    literals.formUnion(source.literals.union(source.joinedLiterals))
    selectors.formUnion(source.selectors)
    directoryCalls.formUnion(source.directoryCalls)
    let folder = ContextPath.parent(file)
    let looksBeside =
      source.selectors.contains("runtime.Caller")
      || source.imports.contains { $0.contains("gobuffalo/packr") || $0.hasSuffix("GeertJohan/go.rice") }
    if looksBeside { sourceLiterals[folder, default: []].formUnion(source.literals) }
    embeds += source.embeds.map { ContextPath.join(folder, $0.hasPrefix("all:") ? String($0.dropFirst(4)) : $0) }
    if source.usesCgo { cgoFiles.append(file) }
    literalsByFolder[folder, default: []].formUnion(source.literals)
    if !source.imports.isDisjoint(with: Self.starters) { startingFolders.insert(folder) }
  }

  /// Adds what another program's packages say.
  public mutating func merge(_ other: GoReach) {
    packages.formUnion(other.packages)
    imports.formUnion(other.imports)
    literals.formUnion(other.literals)
    literalsByFolder.merge(other.literalsByFolder) { own, _ in own }
    startingFolders.formUnion(other.startingFolders)
    embeds += other.embeds
    selectors.formUnion(other.selectors)
    directoryCalls.formUnion(other.directoryCalls)
    sourceLiterals.merge(other.sourceLiterals) { $0.union($1) }
    cgoFiles += other.cgoFiles
    modules.formUnion(other.modules)
    unreadable += other.unreadable
    sourceCount += other.sourceCount
  }

  /// The packages that start programs, those of the standard library and well-known wrappers.
  private static let starters: Set<String> = [
    "os/exec", "syscall", "golang.org/x/sys/unix", "github.com/go-cmd/cmd", "github.com/bitfield/script",
    "github.com/codeskyblue/go-sh", "github.com/magefile/mage/sh", "github.com/kballard/go-shellquote",
  ]

  /// Whether programs are started.
  public var startsPrograms: Bool { !startingFolders.isEmpty }

  /// The string literals of packages that start programs; a constant may stand in another file of the package.
  public var commandLiterals: Set<String> {
    startingFolders.reduce(into: []) { $0.formUnion(literalsByFolder[$1] ?? []) }
  }

  func externalImports(besides own: String) -> Set<String> {
    imports.filter { $0.split(separator: "/").first?.contains(".") == true && (own.isEmpty || !$0.hasPrefix(own)) }
  }

  /// Whether a module or a package of it is imported or required.
  public func uses(module: String) -> Bool {
    modules.contains { $0 == module || $0.hasPrefix(module + "/") }
  }
}
