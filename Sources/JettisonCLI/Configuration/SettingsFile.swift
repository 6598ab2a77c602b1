import ContextFiles
import JettisonCore
import Yams

/// A repository's own choices: `.jettison.yml`, in the build context's folder or above it up to the repository's root.
struct SettingsFile {
  /// The name looked for.
  static let name = ".jettison.yml"

  /// What the file says.
  private(set) var settings = Settings()
  /// The folder it lies in, absolute.
  let folder: String
  /// The file as a person reads it.
  private let path: String

  /// The nearest file at a folder or above it; nil where there is none.
  ///
  /// Without a repository only the folder itself is looked at: what lies above belongs to nobody known.
  static func nearest(to folder: String) throws(ToolError) -> SettingsFile? {
    let root = Disk.repositoryRoot(of: folder) ?? folder
    var folder = folder
    while true {
      let file = folder + "/" + name
      switch Disk.read(file) {
      case .success(let bytes): return try SettingsFile(parsing: bytes, in: folder)
      case .failure(.notFound): break
      case .failure(.unreadable(let why)):
        throw ToolError(path: displayed(file), message: "cannot be read: \(why)", id: "unreadable")
      }
      guard folder != root, folder != "/" else { return nil }
      folder = ContextPath.parent(folder)
    }
  }

  private static func displayed(_ file: String) -> String {
    ContextPath.relative(file, to: Disk.currentDirectory) ?? file
  }

  /// Reads the file's text.
  init(parsing bytes: [UInt8], in folder: String) throws(ToolError) {
    self.folder = folder
    path = Self.displayed(folder + "/" + Self.name)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ToolError(path: path, message: "the file is no valid UTF-8", id: "bad-settings")
    }
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw Self.failure(error, path: path)
    }
    guard let root, root.null == nil else { return }
    guard let mapping = root.mapping else {
      throw wrong(root, "the file has to hold 'key: value' lines; the keys are: \(Self.keys)")
    }
    for (key, value) in mapping { try read(key, value) }
  }

  private static let keys = "exclude, maps, passes, runtime, strict, templates"

  private mutating func read(_ key: Node, _ value: Node) throws(ToolError) {
    switch key.string {
    case "strict": settings.isStrict = try boolean(value, of: "strict")
    case "runtime": settings.runtime = try runtime(value)
    case "passes":
      for (name, value) in try entries(value, of: "passes", as: "names of passes with true or false") {
        guard let pass = name.string.flatMap(Pass.init) else {
          throw wrong(
            name, "there is no pass '\(name.string ?? "")'; the passes are: \(Pass.names.joined(separator: ", "))")
        }
        settings.passes[pass] = try boolean(value, of: pass.rawValue)
      }
    case "maps":
      for (old, new) in try entries(value, of: "maps", as: "names of images with the known ones behind them") {
        settings.maps.append(try map(old, new))
      }
    case "templates": settings.templates = try templates(value)
    case "exclude": settings.exclude = try patterns(value)
    case let other: throw wrong(key, "there is no key '\(other ?? "")'; the keys are: \(Self.keys)")
    }
  }

  // MARK: Values

  private func boolean(_ value: Node, of key: String) throws(ToolError) -> Bool {
    guard value.scalar?.style == .plain, let choice = value.bool else {
      throw wrong(value, "'\(key)' needs true or false")
    }
    return choice
  }

  private func text(_ value: Node, of key: String, as kind: String) throws(ToolError) -> String {
    guard let text = value.scalar?.string, !text.isEmpty else { throw wrong(value, "'\(key)' needs \(kind)") }
    return text
  }

  private func entries(_ value: Node, of key: String, as kind: String) throws(ToolError) -> [(Node, Node)] {
    guard let mapping = value.mapping else { throw wrong(value, "'\(key)' needs lines of \(kind)") }
    return mapping.map { ($0.key, $0.value) }
  }

  private func runtime(_ value: Node) throws(ToolError) -> RuntimeBase {
    let names = RuntimeBase.allCases.map(\.rawValue).joined(separator: ", ")
    let name = try text(value, of: "runtime", as: "one of: \(names)")
    guard let runtime = RuntimeBase(rawValue: name) else {
      throw wrong(value, "'\(name)' is no kind of final base; there are: \(names)")
    }
    return runtime
  }

  private func map(_ old: Node, _ new: Node) throws(ToolError) -> ImageMap {
    let name = try text(old, of: "maps", as: "the name of an image")
    let known = try text(new, of: name, as: "the name of an image that Jettison knows")
    do {
      return try ImageMap(old: name, new: known)
    } catch {
      throw wrong(old, error.message)
    }
  }

  /// A folder of the repository: what somebody else's file names outside of it is not read.
  private func templates(_ value: Node) throws(ToolError) -> String {
    let name = try text(value, of: "templates", as: "a folder, as seen from this file")
    let root = Disk.repositoryRoot(of: folder) ?? folder
    let full = ContextPath.join(folder, name)
    guard let canonical = Disk.canonical(full), Disk.isDirectory(canonical) == true else {
      throw wrong(value, "there is no folder '\(name)'")
    }
    guard ContextPath.isWithin(canonical, root) else {
      throw wrong(value, "the folder '\(name)' lies outside the repository")
    }
    return full
  }

  private func patterns(_ value: Node) throws(ToolError) -> IgnoreFile {
    guard let sequence = value.sequence else { throw wrong(value, "'exclude' needs a list of patterns") }
    var lines: [String] = []
    for node in sequence {
      let line = try text(node, of: "exclude", as: "patterns as in a .dockerignore")
      if let problem = IgnoreFile(parsing: line).problem { throw wrong(node, problem.message) }
      lines.append(line)
    }
    return IgnoreFile(parsing: lines.joined(separator: "\n"))
  }

  // MARK: Errors

  private func wrong(_ node: Node, _ message: String) -> ToolError {
    ToolError(path: path, line: node.mark?.line, column: node.mark?.column, message: message, id: "bad-settings")
  }

  private static func failure(_ error: any Error, path: String) -> ToolError {
    var failure = ToolError(path: path, message: "it is no YAML", id: "bad-settings")
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _)?, .parser(_, let problem, let mark, _)?,
      .composer(_, let problem, let mark, _)?:
      (failure.line, failure.column) = (mark.line, mark.column)
      failure.message = "it is no YAML: \(problem)"
    case .duplicatedKeysInMapping(let names, let context)?:
      (failure.line, failure.column) = (context.mark.line, context.mark.column)
      failure.message = "'\(names.sorted().joined(separator: "', '"))' is there twice"
    default: break
    }
    return failure
  }
}
