import ContextFiles

/// A Maven project in a build context: its modules and what packaging each of them makes.
///
/// Sources: https://maven.apache.org/pom.html and the documentation of the packaging plug-ins.
public struct MavenProject: Sendable, Hashable {
  /// The modules, the folder's own first.
  public var modules: [MavenModule]

  /// Reads a project and its modules.
  ///
  /// - Parameters:
  ///   - file: the `pom.xml` in the context.
  ///   - properties: what the command line sets with `-D`.
  public static func read(
    _ file: String, properties: [String: String] = [:], in listing: ContextListing, reader: ContextReader
  ) -> Result<MavenProject, ProjectProblemError> {
    var poms = PomReader(listing: listing, reader: reader)
    var modules: [MavenModule] = []
    var pending = [file]
    var seen: Set<String> = []
    while !pending.isEmpty {
      let path = pending.removeFirst()
      guard seen.insert(path).inserted, seen.count < 500 else { continue }
      switch poms.chain(of: path) {
      case .failure(let error): return .failure(error)
      case .success(let chain):
        let overrides = QuarkusPackaging.settings(in: ContextPath.parent(path), reader).merging(properties) { $1 }
        modules.append(MavenModule(chain, overrides: overrides, isParentComplete: poms.isComplete(chain)))
        pending += chain[0].modules.map { name in
          let module = ContextPath.join(ContextPath.parent(path), name)
          return name.hasSuffix(".xml") ? module : ContextPath.join(module, "pom.xml")
        }.filter { listing[$0]?.kind == .file }
      }
    }
    return .success(MavenProject(modules: modules))
  }
}

/// One `pom.xml` as written.
struct Pom: Hashable {
  var file: String
  var root: XMLElement

  var folder: String { ContextPath.parent(file) }

  /// The modules it names, those of profiles included.
  var modules: [String] {
    let profiles = root["profiles"]?.children ?? []
    return ([root] + profiles).flatMap { $0["modules"]?.children ?? [] }.map(\.text).filter { !$0.isEmpty }
  }

  /// Its build section and those of its profiles.
  var builds: [XMLElement] {
    [root["build"]].compactMap { $0 } + profileBuilds
  }

  var profileBuilds: [XMLElement] { (root["profiles"]?.children ?? []).compactMap { $0["build"] } }
}

/// Reads poms once each, and finds their parents in the tree.
private struct PomReader {
  let listing: ContextListing
  let reader: ContextReader
  var cache: [String: Result<Pom, ProjectProblemError>] = [:]

  init(listing: ContextListing, reader: ContextReader) {
    self.listing = listing
    self.reader = reader
  }

  mutating func pom(_ file: String) -> Result<Pom, ProjectProblemError> {
    if let known = cache[file] { return known }
    let result: Result<Pom, ProjectProblemError>
    if let text = reader.text(of: file) {
      result = XMLElement.parse(text, file: file).flatMap { root in
        guard root.name == "project" else {
          let problem = ProjectProblem(file: file, line: root.line, message: "<\(root.name)> is no Maven project")
          return .failure(ProjectProblemError(problem))
        }
        return .success(Pom(file: file, root: root))
      }
    } else {
      result = .failure(ProjectProblemError(ProjectProblem(file: file, line: nil, message: "the file cannot be read")))
    }
    cache[file] = result
    return result
  }

  /// A pom and its parents in the tree, the nearest first.
  mutating func chain(of file: String) -> Result<[Pom], ProjectProblemError> {
    var poms: [Pom] = []
    var next: String? = file
    while let path = next, !poms.contains(where: { $0.file == path }) {
      switch pom(path) {
      case .failure(let error): return .failure(error)
      case .success(let pom):
        poms.append(pom)
        next = parentFile(of: pom)
      }
    }
    return .success(poms)
  }

  /// Whether no parent is missing that could set more than a published framework's parent does.
  func isComplete(_ chain: [Pom]) -> Bool {
    guard let parent = chain.last?.root["parent"] else { return true }
    return ["spring-boot-starter-parent", "spring-boot-dependencies"].contains(parent.value("artifactId") ?? "")
  }

  private mutating func parentFile(of pom: Pom) -> String? {
    guard let parent = pom.root["parent"] else { return nil }
    let written = parent["relativePath"].map(\.text) ?? "../pom.xml"
    guard !written.isEmpty else { return nil }
    var path = ContextPath.join(pom.folder, written)
    if listing[path]?.kind == .directory { path = ContextPath.join(path, "pom.xml") }
    guard listing[path]?.kind == .file, case .success(let found) = self.pom(path) else { return nil }
    // Maven takes the file for the parent only if it is the one that is named.
    return found.root.value("artifactId") == parent.value("artifactId") ? path : nil
  }
}
