import ContextFiles
import DockerfileSyntax
import JettisonCore

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
  init(_ place: SubjectArguments) throws(ToolError) {
    if let context = place.context, Disk.isDirectory(context) != true {
      throw ToolError(path: context, message: "the build context is no folder", id: "no-context")
    }
    if place.path == "-" {
      contextRoot = Disk.canonical(place.context ?? ".") ?? "."
      displayPath = "<stdin>"
      relativePath = "Dockerfile"
      bytes = try Self.unwrap(Disk.readStandardInput(), path: displayPath)
      return
    }
    var path = place.path
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
    bytes = try Self.unwrap(Disk.read(canonical), path: path)
    if let context = place.context {
      contextRoot = Disk.canonical(context) ?? "."
    } else {
      contextRoot = Self.inferredContext(of: canonical, bytes, asked: isFolder ? Disk.canonical(place.path) : nil)
    }
    relativePath = ContextPath.path(canonical, from: contextRoot)
  }

  /// A Dockerfile at a known place with a known context.
  init(displayPath: String, file: String, contextRoot: String, bytes: [UInt8]) {
    self.displayPath = displayPath
    self.file = file
    self.contextRoot = contextRoot
    self.bytes = bytes
    relativePath = ContextPath.path(file, from: contextRoot)
  }

  /// The names looked for in a folder, in order.
  static let names = ["Dockerfile", "dockerfile", "Containerfile", "DockerFile", "docker/Dockerfile"]

  private static func unwrap(_ result: Result<[UInt8], ContextError>, path: String) throws(ToolError) -> [UInt8] {
    switch result {
    case .success(let bytes): return bytes
    case .failure(.notFound): throw ToolError(path: path, message: "no such file", id: "not-found")
    case .failure(.unreadable(let why)):
      throw ToolError(path: path, message: "cannot be read: \(why)", id: "unreadable")
    }
  }

  /// Runs the conversion.
  ///
  /// - Parameters:
  ///   - flags: a person's choices.
  ///   - reader: the build context; left out, it is read from disk.
  ///   - users: who uses the context, where a batch knows.
  func convert(_ flags: RewriteFlags, reader: ContextReader? = nil, users: ContextUsers? = nil)
    throws(ToolError) -> Conversion
  {
    if relativePath.hasPrefix("../"), let file, Disk.isDirectory(file + ".dockerignore") == false {
      return .unchanged(
        bytes,
        Refusal(
          .completeContext, "its ignore file lies beside it and outside the build context, where nothing is read"))
    }
    let settings = try flags.settings(for: contextRoot)
    let templates = try TemplateLoader.load(folder: settings.templates, contextRoot: contextRoot)
    return JettisonCore.convert(
      bytes, path: relativePath, in: (reader ?? Disk.reader(of: contextRoot)).readingOnce(), templates: templates,
      options: settings.options, users: users)
  }

  /// A context path as a person sees it from the current folder.
  func displayed(_ contextPath: String) -> String {
    let full = contextRoot + "/" + contextPath
    return ContextPath.relative(ContextPath.clean(full), to: Disk.currentDirectory) ?? ContextPath.clean(full)
  }

  /// The changes a conversion makes, with paths as seen from the repository's root, or the context's where there is none.
  func changes(_ conversion: Conversion) -> [UnifiedDiff.Change] {
    let root = Disk.repositoryRoot(of: contextRoot) ?? contextRoot
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
}
