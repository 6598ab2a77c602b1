import ArgumentParser
import ContextFiles
import DockerfileSyntax
import JettisonCore

extension ColorChoice: ExpressibleByArgument {}

/// How an answer is printed.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}

/// What every command that looks at a Dockerfile takes.
struct SharedOptions: ParsableArguments {
  @Argument(help: "A project folder, a Dockerfile, or - for a Dockerfile on standard input.", completion: .file())
  var path: String = "."

  @Option(
    name: .long, help: ArgumentHelp("The build context, when it is not the Dockerfile's folder.", valueName: "dir"),
    completion: .directory)
  var context: String?

  @Option(
    name: .long,
    help: ArgumentHelp("A folder with templates that replace the built-in ones of the same name.", valueName: "dir"),
    completion: .directory)
  var templates: String?

  @Flag(name: .long, help: "Refuse any rewrite that takes something for granted.")
  var strict = false

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Switch a pass off: \(ConversionOptions.passes.joined(separator: ", ")). Repeatable.", valueName: "pass"))
  var without: [String] = []

  @Option(name: .long, help: ArgumentHelp("How to print the answer: text or json.", valueName: "format"))
  var format: ReportFormat = .text

  @Option(name: .long, help: ArgumentHelp("When to use colours: auto, always or never.", valueName: "when"))
  var color: ColorChoice = .auto

  func validate() throws {
    for pass in without where !ConversionOptions.passes.contains(pass) {
      throw ValidationError(
        "There is no pass '\(pass)'. The passes are: \(ConversionOptions.passes.joined(separator: ", ")).")
    }
  }

  var options: ConversionOptions {
    var options = ConversionOptions()
    options.isStrict = strict
    options.disabledPasses = Set(without)
    return options
  }
}

/// A Dockerfile with its context, found on disk or on standard input.
struct Subject {
  /// The Dockerfile's path as a person reads it.
  var displayPath: String
  /// Where it lies, nil for standard input.
  var file: String?
  /// The Dockerfile's path relative to the context.
  var relativePath: String
  /// The context's folder, absolute.
  var contextRoot: String
  /// The Dockerfile's bytes.
  var bytes: [UInt8]

  /// Finds what the arguments mean.
  init(_ shared: SharedOptions) throws(ToolError) {
    if let context = shared.context, Disk.isDirectory(context) != true {
      throw ToolError(path: context, message: "the build context is no folder", id: "no-context")
    }
    if shared.path == "-" {
      contextRoot = Disk.canonical(shared.context ?? ".") ?? "."
      displayPath = "<stdin>"
      relativePath = "Dockerfile"
      bytes = try Self.unwrap(Disk.readStandardInput(), path: displayPath)
      return
    }
    var path = shared.path
    guard let isFolder = Disk.isDirectory(path) else {
      throw ToolError(path: path, message: "no such file or folder", id: "not-found")
    }
    if isFolder {
      let folder = path == "." ? "" : (path.hasSuffix("/") ? path : path + "/")
      guard let name = Self.names.first(where: { Disk.isDirectory(folder + $0) == false }) else {
        throw ToolError(
          path: path, message: "no Dockerfile here: looked for \(Self.names.joined(separator: ", "))",
          id: "no-dockerfile")
      }
      path = folder + name
    }
    guard let canonical = Disk.canonical(path) else {
      throw ToolError(path: path, message: "no such file", id: "not-found")
    }
    displayPath = path
    file = canonical
    contextRoot = Disk.canonical(shared.context ?? ContextPath.parent(canonical)) ?? "."
    relativePath = Self.relative(canonical, to: contextRoot)
    bytes = try Self.unwrap(Disk.read(canonical), path: path)
  }

  /// The names looked for in a folder, in order.
  static let names = ["Dockerfile", "dockerfile", "Containerfile", "DockerFile", "docker/Dockerfile"]

  private static func relative(_ path: String, to root: String) -> String {
    if let inside = ContextPath.relative(path, to: root) { return inside }
    var ups = ""
    var folder = root
    while !ContextPath.isWithin(path, folder) {
      folder = ContextPath.parent(folder)
      ups += "../"
    }
    return ups + (ContextPath.relative(path, to: folder) ?? path)
  }

  private static func unwrap(_ result: Result<[UInt8], ContextError>, path: String) throws(ToolError) -> [UInt8] {
    switch result {
    case .success(let bytes): return bytes
    case .failure(.notFound): throw ToolError(path: path, message: "no such file", id: "not-found")
    case .failure(.unreadable(let why)):
      throw ToolError(path: path, message: "cannot be read: \(why)", id: "unreadable")
    }
  }

  /// Runs the conversion.
  func convert(_ shared: SharedOptions) throws(ToolError) -> Conversion {
    let templates = try TemplateLoader.load(folder: shared.templates, contextRoot: contextRoot)
    return JettisonCore.convert(
      bytes, path: relativePath, in: Disk.reader(of: contextRoot), templates: templates, options: shared.options)
  }

  /// A context path as a person sees it from the current folder.
  func displayed(_ contextPath: String) -> String {
    let full = contextRoot + "/" + contextPath
    return ContextPath.relative(ContextPath.clean(full), to: Disk.currentDirectory) ?? ContextPath.clean(full)
  }

  /// The changes a conversion makes, with paths as seen from the repository's root, or the context's where there is none.
  func changes(_ conversion: Conversion) -> [UnifiedDiff.Change] {
    let root = repositoryRoot ?? contextRoot
    func path(_ full: String) -> String {
      ContextPath.relative(ContextPath.clean(full), to: root) ?? ContextPath.lastComponent(full)
    }
    var changes = [
      UnifiedDiff.Change(path: path(file ?? contextRoot + "/Dockerfile"), old: bytes, new: conversion.rewritten.bytes)
    ]
    if conversion.rewritten == conversion.original { changes = [] }
    if let ignore = conversion.ignoreFile, let new = ignore.bytes {
      let full = contextRoot + "/" + ignore.path
      let old = try? Disk.read(full).get()
      changes.append(UnifiedDiff.Change(path: path(full), old: old, new: new))
    }
    return changes
  }

  /// The nearest folder upwards that holds `.git`.
  private var repositoryRoot: String? {
    var folder = contextRoot
    while folder != "/" {
      if Disk.isDirectory(folder + "/.git") != nil { return folder }
      folder = ContextPath.parent(folder)
    }
    return nil
  }
}

/// Templates from `--templates` and `.jettison/templates/`.
enum TemplateLoader {
  static func load(folder: String?, contextRoot: String) throws(ToolError) -> TemplateSet {
    var set = TemplateSet()
    let own = contextRoot + "/.jettison/templates"
    if Disk.isDirectory(own) == true { try add(own, to: &set) }
    if let folder {
      guard Disk.isDirectory(folder) == true else {
        throw ToolError(path: folder, message: "the template folder does not exist", id: "no-templates")
      }
      try add(folder, to: &set)
    }
    return set
  }

  private static func add(_ folder: String, to set: inout TemplateSet) throws(ToolError) {
    guard case .success(let languages) = Disk.list(folder) else {
      throw ToolError(path: folder, message: "the template folder cannot be read", id: "no-templates")
    }
    for language in languages.sorted(by: { $0.name < $1.name }) where language.kind == .directory {
      guard case .success(let files) = Disk.list(folder + "/" + language.name) else { continue }
      for file in files.sorted(by: { $0.name < $1.name }) where file.name.hasSuffix(".Dockerfile") {
        let path = "\(folder)/\(language.name)/\(file.name)"
        guard case .success(let bytes) = Disk.read(path) else {
          throw ToolError(path: path, message: "the template cannot be read", id: "unreadable")
        }
        let name = "\(language.name)/\(file.name.dropLast(".Dockerfile".count))"
        do {
          set.override(with: try Template(name: name, origin: path, text: String(decoding: bytes, as: UTF8.self)))
        } catch {
          throw ToolError(path: error.origin, line: error.line, message: error.message, id: "broken-template")
        }
      }
    }
  }
}
